"""Flat tables of the records, for pandas, polars, Arrow, and what reads them; and the panel, one row a period.

The columns of a record's table are its fields in the order of the model (`jpus.models`), flattened:

=============================  ====================================================================================
field                          columns
=============================  ====================================================================================
text, word, number, yes or no  one, of the field's name
date, period                   three: ``signed`` as written, ``signed_earliest``, ``signed_latest``
quantity                       ``value unit stated qualifier resolution rounding low high``
one citation                   ``source locator``
several texts                  one text, joined by ``"; "``
several records                how many; they stand in a table of their own (``terms``, ``participants``, ``parties``)
=============================  ====================================================================================

The types are the same whatever the data, in an empty table too:

========  =====================  ========================  ==================
column    pandas                 polars                    Arrow
========  =====================  ========================  ==================
text      ``object``             ``String``                ``string``
date      ``datetime64[s]``      ``Date``                  ``date32``
decimal   ``object`` (Decimal)   ``Decimal(38, 9)``        ``decimal128(38, 9)``
integer   ``Int64``              ``Int64``                 ``int64``
boolean   ``boolean``            ``Boolean``               ``bool``
========  =====================  ========================  ==================

With ``numbers="float"`` a decimal column is ``float64``. Parquet and CSV are the libraries' own:
``jpus.treaties.to_polars().write_parquet("treaties.parquet")``, ``jpus.treaties.to_pandas().to_csv("treaties.csv")``.
"""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias, cast, get_args

import attrs

from jpus.dates import DateLike, PartialDate, Period
from jpus.errors import library
from jpus.models import (
    Citation,
    Disagreement,
    Initiative,
    Meeting,
    MeetingKind,
    Official,
    RuleException,
    Subject,
    Term,
    TradeFigure,
    Treaty,
)
from jpus.quantities import Quantity
from jpus.schemas import Field, fields_of
from jpus.spans import Span, span_of

if TYPE_CHECKING:
    from jpus.dataset import Collection, Dataset

ColumnType: TypeAlias = Literal["text", "date", "decimal", "integer", "boolean"]
Cell: TypeAlias = "str | dt.date | Decimal | int | bool | None"
_TypedCells: TypeAlias = tuple[str, str, list[Any]]
Bound: TypeAlias = Literal["", "earliest", "latest", "low", "high"]
Rule: TypeAlias = Literal["middle", "start", "end", "any"]
Unit: TypeAlias = Literal["year", "month", "day"]

PRECISION: Final = 38
"""Digits that a decimal of Arrow and polars has in all."""
SCALE: Final = 9
"""Digits that it has after the point."""


class Column(NamedTuple):
    """A column: its name and its type.

    >>> Column("year", "integer").type
    'integer'
    """

    name: str
    """The name."""
    type: ColumnType
    """``text``, ``date``, ``decimal``, ``integer`` or ``boolean``; any cell may be empty (None)."""


@attrs.frozen(repr=False)
class Table:
    """Rows with typed columns; iterating gives each row as a dict.

    DuckDB, polars and whatever else reads Arrow streams take a table as it is.

    >>> table = Table((Column("year", "integer"), Column("office", "text")), ((1854, "us-president"),))
    >>> table, table.to_dicts()
    (<Table: 1 row, 2 columns>, [{'year': 1854, 'office': 'us-president'}])
    """

    columns: tuple[Column, ...]
    """The columns, in order."""
    rows: tuple[tuple[Cell, ...], ...]
    """The cells of each row, in the order of the columns."""

    def to_dicts(self) -> list[dict[str, Cell]]:
        """The rows, each as a dict from column to cell.

        >>> Table((Column("year", "integer"),), ((1854,), (1858,))).to_dicts()
        [{'year': 1854}, {'year': 1858}]
        """
        return list(self)

    def to_pandas(self, *, numbers: str = "decimal") -> Any:
        """A pandas DataFrame (extra ``pandas``).

        Args:
            numbers: ``decimal`` keeps amounts exact, ``float`` makes them fit for arithmetic.

        Raises:
            MissingExtraError: When pandas is not installed.
            ValueError: When numbers is another word.

        >>> Table((Column("n", "decimal"),), ((Decimal("1.5"),),)).to_pandas(numbers="float")["n"].sum().item()
        1.5
        """
        pandas = library("pandas", "pandas")
        dtypes = {
            "text": "object",
            "date": "datetime64[s]",
            "decimal": "object",
            "float": "float64",
            "integer": "Int64",
            "boolean": "boolean",
        }
        typed = self._typed(numbers)
        return pandas.DataFrame({name: pandas.Series(cells, dtype=dtypes[kind]) for name, kind, cells in typed})

    def to_polars(self, *, numbers: str = "decimal") -> Any:
        """A polars DataFrame (extra ``polars``).

        Args:
            numbers: ``decimal`` keeps amounts exact, ``float`` makes them fit for arithmetic.

        Raises:
            MissingExtraError: When polars is not installed.
            ValueError: When numbers is another word, or an amount has more digits than a decimal there.

        >>> Table((Column("year", "integer"),), ((1854,), (None,))).to_polars().dtypes
        [Int64]
        """
        polars = library("polars", "polars")
        dtypes = {
            "text": polars.String,
            "date": polars.Date,
            "decimal": polars.Decimal(PRECISION, SCALE),
            "float": polars.Float64,
            "integer": polars.Int64,
            "boolean": polars.Boolean,
        }
        typed = _fitting(self._typed(numbers))
        schema = {name: dtypes[kind] for name, kind, _ in typed}
        return polars.DataFrame({name: cells for name, _, cells in typed}, schema=schema)

    def to_arrow(self, *, numbers: str = "decimal") -> Any:
        """A pyarrow Table (extra ``arrow``).

        Args:
            numbers: ``decimal`` keeps amounts exact, ``float`` makes them fit for arithmetic.

        Raises:
            MissingExtraError: When pyarrow is not installed.
            ValueError: When numbers is another word, or an amount has more digits than a decimal there.

        >>> Table((Column("year", "integer"),), ((1854,), (None,))).to_arrow().schema
        year: int64
        """
        pyarrow = library("pyarrow", "arrow")
        dtypes = {
            "text": pyarrow.string(),
            "date": pyarrow.date32(),
            "decimal": pyarrow.decimal128(PRECISION, SCALE),
            "float": pyarrow.float64(),
            "integer": pyarrow.int64(),
            "boolean": pyarrow.bool_(),
        }
        typed = _fitting(self._typed(numbers))
        schema = pyarrow.schema([(name, dtypes[kind]) for name, kind, _ in typed])
        return pyarrow.table({name: cells for name, _, cells in typed}, schema=schema)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The rows as an Arrow stream."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def _typed(self, numbers: str) -> list[_TypedCells]:
        """The columns, each with its cells, and amounts as they are asked for."""
        if numbers not in {"decimal", "float"}:
            raise ValueError(f"numbers {numbers!r} is none of decimal, float")
        typed: list[_TypedCells] = []
        for place, (name, kind) in enumerate(self.columns):
            cells: list[Any] = [row[place] for row in self.rows]
            if kind == "decimal" and numbers == "float":
                typed.append((name, "float", [None if cell is None else float(cell) for cell in cells]))
            else:
                typed.append((name, kind, cells))
        return typed

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    def __repr__(self) -> str:
        rows, columns = len(self.rows), len(self.columns)
        return f"<Table: {rows} row{'s' * (rows != 1)}, {columns} column{'s' * (columns != 1)}>"

    def _repr_html_(self) -> str:
        from jpus.display import ROWS, _escaped, _of, _table

        caption = f"Table: {_of(min(ROWS, len(self)), len(self))}"
        # A text that is empty says that there is nothing; a cell that is, that nothing is known.
        shown = ([_escaped('""' if cell == "" else cell_text(cell)) for cell in row] for row in self.rows[:ROWS])
        return _table(caption, [column.name for column in self.columns], shown)


def cell_text(cell: Cell) -> str:
    """A cell as it is written in a file: ISO dates, plain digits, ``true`` and ``false``, nothing for None.

    >>> [cell_text(cell) for cell in (dt.date(1854, 3, 31), Decimal("1E+3"), True, None)]
    ['1854-03-31', '1000', 'true', '']
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _fitting(typed: list[_TypedCells]) -> list[_TypedCells]:
    """The columns, once it is certain that no amount would be rounded: polars does so without a word."""
    for name, kind, cells in typed:
        if kind == "decimal":
            for cell in cells:
                if cell is not None and not _fits(cell):
                    text = f"has more than {PRECISION - SCALE} digits before the point or {SCALE} after it"
                    raise ValueError(f"{name}: {cell} {text}: ask for numbers='float'")
    return typed


def _fits(number: Decimal) -> bool:
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -SCALE and number.adjusted() < PRECISION - SCALE


# --- rows of records -------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Part:
    """A column of a model's flat table, and where its cells come from."""

    column: Column
    """The column."""
    field: Field
    """The field that it shows."""
    bound: Bound = ""
    """Which bound of the field's value it is; empty for the value itself."""
    read: Callable[[Any], Cell]
    """Gives the cell of a record."""


_OF_DATES: Final[tuple[Bound, ...]] = ("earliest", "latest")
_OF_AMOUNTS: Final[tuple[Bound, ...]] = ("low", "high")
_SCALARS: Final[dict[Any, ColumnType]] = {str: "text", bool: "boolean", int: "integer", Decimal: "decimal"}


@functools.cache
def parts(model: type) -> tuple[Part, ...]:
    """The columns of a model's flat table, in order.

    >>> [part.column.name for part in parts(Citation)]
    ['source', 'locator']
    """
    return tuple(part for field in fields_of(model) for part in _parts_of(field))


def _parts_of(field: Field) -> Iterator[Part]:
    get = operator.attrgetter(field.name)
    if field.many:
        joined = field.kind is str
        column = Column(field.name, "text" if joined else "integer")
        yield Part(column=column, field=field, read=_then(get, "; ".join if joined else len))
    elif field.kind in {PartialDate, Period}:
        yield Part(column=Column(field.name, "text"), field=field, read=_then(get, str))
        yield from (_bound_of(field, bound, Column(f"{field.name}_{bound}", "date")) for bound in _OF_DATES)
    elif field.kind in {Quantity, Citation}:
        for part in parts(field.kind):
            yield attrs.evolve(part, read=_then(get, part.read))
        if field.kind is Quantity:
            yield from (_bound_of(field, bound, Column(bound, "decimal")) for bound in _OF_AMOUNTS)
    else:
        yield Part(column=Column(field.name, "text" if field.choices else _SCALARS[field.kind]), field=field, read=get)


def _bound_of(field: Field, bound: Bound, column: Column) -> Part:
    read = _then(operator.attrgetter(field.name), operator.attrgetter(bound))
    return Part(column=column, field=field, bound=bound, read=read)


def _then(get: Callable[[Any], Any], show: Callable[[Any], Cell]) -> Callable[[Any], Cell]:
    def read(record: Any) -> Cell:
        value = get(record)
        return None if value is None else show(value)

    return read


def table(collection: Collection[Any]) -> Table:
    """The flat table of a collection, one row a record.

    >>> import jpus
    >>> len(table(jpus.offices)) == len(jpus.offices)
    True
    """
    return flat(collection.model, collection)


def flat(model: type, records: Iterable[Any]) -> Table:
    """The flat table of some records of one model."""
    shown = parts(model)
    return Table(
        tuple(part.column for part in shown), tuple(tuple(part.read(one) for part in shown) for one in records)
    )


PARENTS: Final[dict[type, str]] = {
    Disagreement: "disagreement",
    Initiative: "initiative",
    Meeting: "meeting",
    Official: "official",
    RuleException: "exception",
    Term: "term",
    Treaty: "treaty",
}
"""For each model that holds others, the column of their table that names the holder."""


def members(records: Iterable[Any], field: Field) -> Table:
    """What records of one model hold in a field, one row each: the holder's id, the place in the field, the value.

    Args:
        records: The records.
        field: A field of their model that holds several.
    """
    head = (Column(PARENTS[field.model], "text"), Column("position", "integer"))
    held = [
        (record.id, place, member)
        for record in records
        for place, member in enumerate(getattr(record, field.name), start=1)
    ]
    if field.kind is str:
        return Table((*head, Column(field.name, "text")), tuple(held))
    inner = flat(field.kind, (member for _, _, member in held))
    rows = ((id, place, *row) for (id, place, _), row in zip(held, inner.rows, strict=True))
    return Table((*head, *inner.columns), tuple(rows))


def _own(collection: Collection[Any], name: str) -> Table:
    (field,) = (field for field in fields_of(collection.model) if field.name == name)
    return members(collection, field)


def terms(officials: Collection[Official]) -> Table:
    """One row a term: ``official position``, then the columns of `jpus.Term`.

    >>> import jpus
    >>> jpus.officials.terms.to_dicts()[0]["position"]
    1
    """
    return _own(officials, "terms")


def participants(meetings: Collection[Meeting]) -> Table:
    """One row a participant: ``meeting position``, then the columns of `jpus.Participant`.

    >>> import jpus
    >>> {"meeting", "name", "office"} <= set(jpus.meetings.participants.to_dicts()[0])
    True
    """
    return _own(meetings, "participants")


def parties(treaties: Collection[Treaty]) -> Table:
    """One row a party: ``treaty position``, then the columns of `jpus.Party`.

    >>> import jpus
    >>> {"treaty", "country", "signed"} <= set(jpus.treaties.parties.to_dicts()[0])
    True
    """
    return _own(treaties, "parties")


def rows(collection: Collection[Any]) -> list[dict[str, Any]]:
    """The rows of the flat table: see `jpus.dataset.Collection.to_dicts`."""
    return table(collection).to_dicts()


def to_pandas(collection: Collection[Any], *, numbers: str = "decimal") -> Any:
    """A pandas DataFrame: see `jpus.dataset.Collection.to_pandas`."""
    return table(collection).to_pandas(numbers=numbers)


def to_polars(collection: Collection[Any], *, numbers: str = "decimal") -> Any:
    """A polars DataFrame: see `jpus.dataset.Collection.to_polars`."""
    return table(collection).to_polars(numbers=numbers)


def to_arrow(collection: Collection[Any], *, numbers: str = "decimal") -> Any:
    """A pyarrow Table: see `jpus.dataset.Collection.to_arrow`."""
    return table(collection).to_arrow(numbers=numbers)


# --- the panel -------------------------------------------------------------------------------------------------------

PANEL_OFFICES: Final = (
    "jp-prime-minister",
    "jp-chief-cabinet-secretary",
    "jp-minister-for-foreign-affairs",
    "jp-minister-of-defense",
    "jp-ambassador-to-us",
    "us-president",
    "us-secretary-of-state",
    "us-secretary-of-defense",
    "us-trade-representative",
    "us-chief-of-mission-japan",
)
"""The offices whose holders a panel names.

>>> import jpus
>>> all(office in jpus.offices for office in PANEL_OFFICES)
True
"""
ALLIANCE: Final = ("security-treaty-1951", "mutual-cooperation-and-security-1960")
"""The treaties by which the United States is bound to the security of Japan."""
PANEL_TRADE: Final = (
    ("US", "exports", "census"),
    ("US", "imports", "census"),
    ("US", "balance", "census"),
    ("US", "imports", "compiled"),
    ("JP", "imports", "compiled"),
)
"""View, flow and basis of the trade in goods that a panel gives, in dollars.

>>> ("US", "balance", "census") in PANEL_TRADE
True
"""
CODES: Final[dict[str, str | int]] = {
    "cow_jp": 740,
    "cow_us": 2,
    "gw_jp": 740,
    "gw_us": 2,
    "iso3_jp": "JPN",
    "iso3_us": "USA",
    "m49_jp": 392,
    "m49_us": 840,
}
"""How others call the two: Correlates of War, Gleditsch and Ward, ISO 3166-1 alpha-3, UN M49.

>>> CODES["iso3_jp"], CODES["m49_us"]
('JPN', 840)
"""

_State: TypeAlias = Literal["complete", "incomplete", "outside"]
_Filled: TypeAlias = tuple[Column, Sequence[Cell]]


def panel(dataset: Dataset, unit: str, start: DateLike | int, end: DateLike | int, *, rule: str = "middle") -> Table:
    """One row a year, month or day, from start to end, both included.

    The columns, in order:

    - ``period period_earliest period_latest``.
    - One for each of `PANEL_OFFICES` (``jp_prime_minister`` ...): the ids of those who certainly held it, substantive
      or acting, joined by ``"; "``; an empty text where certainly nobody did.
    - ``alliance``: the id of the security treaty in force, of 1951 or 1960.
    - ``treaties_security`` ..., by subject: how many treaties of the data are certainly in force.
    - ``meetings_summit`` ..., by kind: how many meetings certainly started within the period, held ones only. A visit
      and each of its talks are meetings by themselves: do not add up kinds of the one and the other.
    - ``us_exports_goods_census_usd`` ..., by definition (`PANEL_TRADE`): trade in goods in dollars, of calendar years
      and of months, each period by the rule of `jpus.dataset.TradeFigures.series`. A balance is exports minus imports
      where one source states both, else as stated.
    - The codes of both countries in other data (`CODES`).

    What is not known is missing, never zero: outside the dates of `jpus.coverage`, and after the day of the data, all
    is. Within them a zero or an empty text is given only where coverage says that the records are complete; a count
    where it does not, or says so of a part of the period, is of what the data has, and at least that.

    Args:
        dataset: The data.
        unit: ``year``, ``month`` or ``day``.
        start: The first period: a date no finer than the unit; a number is a year.
        end: The last period, alike.
        rule: The day that holders and treaties are of: ``start`` and ``end`` are the period's first and last day,
            ``middle`` is 1 July of a year and the 15th of a month, ``any`` takes what holds on any day of it.

    Raises:
        ValueError: On another unit or rule, a date that is none or too fine, an end before the start.
        TypeError: On a start or an end that is neither date nor number.

    >>> import jpus
    >>> [row["alliance"] for row in jpus.panel("year", 1959, 1960)]
    ['security-treaty-1951', 'mutual-cooperation-and-security-1960']
    """
    periods = _periods(unit, start, end)
    if rule not in get_args(Rule):
        raise ValueError(f"rule {rule!r} is none of {', '.join(get_args(Rule))}")
    whole = _Stretches.of((period.earliest, period.latest) for period in periods)
    days = _Stretches.of(_ruled(period, rule) for period in periods)
    filled: list[_Filled] = [
        (Column("period", "text"), [str(period) for period in periods]),
        (Column("period_earliest", "date"), [period.earliest for period in periods]),
        (Column("period_latest", "date"), [period.latest for period in periods]),
        *_holders(dataset, days),
        (Column("alliance", "text"), _alliance(dataset, days)),
        *_counted(
            dataset, "treaties", get_args(Subject), ((one.subject, span_of(one)) for one in dataset.treaties), days
        ),
        *_counted(
            dataset,
            "meetings",
            get_args(MeetingKind),
            ((one.kind, Span.of(one.start, one.start)) for one in dataset.meetings if one.status == "held"),
            whole,
        ),
        *_trade(dataset, unit, periods),
        *_codes(len(periods)),
    ]
    return Table(tuple(column for column, _ in filled), tuple(zip(*(cells for _, cells in filled), strict=True)))


def _periods(unit: str, start: DateLike | int, end: DateLike | int) -> list[PartialDate]:
    if unit not in get_args(Unit):
        raise ValueError(f"unit {unit!r} is none of {', '.join(get_args(Unit))}")
    first, last = _bound("start", start, unit).earliest, _bound("end", end, unit).latest
    if last < first:
        raise ValueError(f"end {end} is before start {start}")
    if unit == "year":
        return [PartialDate(year) for year in range(first.year, last.year + 1)]
    if unit == "month":
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        return [PartialDate(month // 12, month % 12 + 1) for month in months]
    return [PartialDate.of(dt.date.fromordinal(day)) for day in range(first.toordinal(), last.toordinal() + 1)]


def _bound(name: str, value: DateLike | int, unit: str) -> PartialDate:
    date = PartialDate(value) if type(value) is int else PartialDate.of(cast("DateLike", value))
    order = get_args(Unit)
    if order.index(date.precision) > order.index(unit):
        raise ValueError(f"{name} {date} is finer than a {unit}: name a whole one")
    return date


def _ruled(period: PartialDate, rule: str) -> tuple[dt.date, dt.date]:
    """The first and the last of the days on which what holds is asked for."""
    first, last = period.earliest, period.latest
    if rule == "any":
        return first, last
    if rule == "middle":
        middle = {"year": first.replace(month=7), "month": first.replace(day=15), "day": first}[period.precision]
        return middle, middle
    day = first if rule == "start" else last
    return day, day


@attrs.frozen
class _Stretches:
    """The days that each row is of: from a first to a last, in order of time."""

    firsts: list[int]
    lasts: list[int]

    @classmethod
    def of(cls, days: Iterable[tuple[dt.date, dt.date]]) -> _Stretches:
        pairs = [(first.toordinal(), last.toordinal()) for first, last in days]
        return cls([first for first, _ in pairs], [last for _, last in pairs])

    def surely(self, span: Span) -> range:
        """The rows on some day of which it certainly holds, however late it starts and however early it ends."""
        start, end = min(span.sure_first, span.last), max(span.sure_last, span.first)
        return range(bisect.bisect_left(self.lasts, start), bisect.bisect_right(self.firsts, end))

    def possibly(self, span: Span) -> range:
        """The rows on some day of which it may hold."""
        return range(bisect.bisect_left(self.lasts, span.first), bisect.bisect_right(self.firsts, span.last))

    def within(self, first: dt.date, last: dt.date) -> range:
        """The rows all of whose days are from first to last."""
        return range(
            bisect.bisect_left(self.firsts, first.toordinal()), bisect.bisect_right(self.lasts, last.toordinal())
        )

    def __len__(self) -> int:
        return len(self.firsts)


def _coverage(dataset: Dataset, collection: str, key: str, rows: _Stretches) -> list[_State]:
    """What coverage says of each row: of the key where it has an entry, else of the whole collection."""
    entries = [entry for entry in dataset.coverage if entry.collection == collection]
    entries = [entry for entry in entries if entry.key == key] or [entry for entry in entries if entry.key is None]
    bounds = [(entry.complete, entry.start, entry.end) for entry in entries if entry.start and entry.end]
    states: list[_State] = ["outside" if bounds else "incomplete"] * len(rows)
    for complete, start, end in bounds:
        whole = rows.within(start.earliest, end.latest)
        for row in rows.possibly(Span.of(start, end)):
            if complete and row in whole:
                states[row] = "complete"
            elif states[row] == "outside":
                states[row] = "incomplete"
    past = _past(dataset, rows)
    return [state if row in past else "outside" for row, state in enumerate(states)]


def _past(dataset: Dataset, rows: _Stretches) -> range:
    """The rows that end by the day of the data: beyond it nothing is known, whatever runs on."""
    return rows.within(dt.date.min, PartialDate.parse(dataset.data_version).latest)


def _doubt(states: list[_State], possibly: range, surely: range) -> None:
    """Take back that rows are complete where something may hold that does not certainly."""
    if possibly != surely:
        for row in possibly:
            if row not in surely and states[row] == "complete":
                states[row] = "incomplete"


def _known(found: Iterable[str | int], states: Iterable[_State]) -> list[Cell]:
    """What was found, or None where there may be more than nothing."""
    return [
        value if state == "complete" or (value and state == "incomplete") else None
        for value, state in zip(found, states, strict=True)
    ]


def _holders(dataset: Dataset, rows: _Stretches) -> Iterator[_Filled]:
    spans: dict[str, list[tuple[Span, str]]] = {}
    for official in dataset.officials:
        for term in official.terms:
            if term.role != "ad_interim":
                spans.setdefault(term.office, []).append((cast("Span", span_of(term)), official.id))
    for office in PANEL_OFFICES:
        states = _coverage(dataset, "officials", office, rows)
        names: list[dict[str, None]] = [{} for _ in states]
        for span, id in sorted(spans.get(office, ()), key=lambda pair: (pair[0].first, pair[1])):
            surely = rows.surely(span)
            for row in surely:
                names[row][id] = None
            _doubt(states, rows.possibly(span), surely)
        yield Column(office.replace("-", "_"), "text"), _known(map("; ".join, names), states)


def _alliance(dataset: Dataset, rows: _Stretches) -> list[Cell]:
    ids: list[list[str]] = [[] for _ in range(len(rows))]
    past = _past(dataset, rows)
    for id in ALLIANCE:
        treaty = dataset.treaties.get(id)
        span = span_of(treaty) if treaty is not None else None
        if span is not None:
            for row in rows.surely(span):
                if row in past:
                    ids[row].append(id)
    return ["; ".join(found) or None for found in ids]


def _counted(
    dataset: Dataset,
    collection: str,
    keys: Iterable[str],
    items: Iterable[tuple[str, Span | None]],
    rows: _Stretches,
) -> Iterator[_Filled]:
    """A column for each key: how many of the items that have it certainly hold."""
    spans: dict[str, list[Span]] = {}
    for key, span in items:
        if span is not None:
            spans.setdefault(key, []).append(span)
    for key in keys:
        states = _coverage(dataset, collection, key, rows)
        steps = [0] * (len(rows) + 1)
        for span in spans.get(key, ()):
            surely = rows.surely(span)
            if surely:
                steps[surely.start] += 1
                steps[surely.stop] -= 1
            _doubt(states, rows.possibly(span), surely)
        yield Column(f"{collection}_{key}", "integer"), _known(list(accumulate(steps))[:-1], states)


def _trade(dataset: Dataset, unit: str, periods: list[PartialDate]) -> Iterator[_Filled]:
    freq = {"year": "A", "month": "M", "day": None}[unit]

    def figures(ref_area: str, flow: str, basis: str) -> dict[Period, TradeFigure]:
        if freq is None:
            return {}
        found = dataset.trade_figures.series(flow, ref_area=ref_area, basis=basis, freq=freq, unit="USD")
        return {figure.time_period: figure for figure in found}

    keys = [Period(period, period) for period in periods]
    for ref_area, flow, basis in PANEL_TRADE:
        values = {period: figure.quantity.value for period, figure in figures(ref_area, flow, basis).items()}
        if flow == "balance":
            values |= _balances(figures(ref_area, "exports", basis), figures(ref_area, "imports", basis))
        column = Column(f"{ref_area.lower()}_{flow}_goods_{basis}_usd", "decimal")
        yield column, [values.get(key) for key in keys]


def _balances(exports: dict[Period, TradeFigure], imports: dict[Period, TradeFigure]) -> dict[Period, Decimal]:
    return {
        period: figure.quantity.value - imports[period].quantity.value
        for period, figure in exports.items()
        if period in imports and imports[period].citation.source == figure.citation.source
    }


def _codes(count: int) -> Iterator[_Filled]:
    for name, code in CODES.items():
        yield Column(name, "integer" if isinstance(code, int) else "text"), [code] * count
