"""Collections of records, all of them together, and the questions that they answer."""

from __future__ import annotations

import functools
import json
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeVar, cast

import attrs

from jpus.dates import DateLike, PartialDate, Period
from jpus.errors import DataError, NotCoveredWarning, Problem, UnknownIdError
from jpus.models import (
    COLLECTIONS,
    AnyRecord,
    Claim,
    Coverage,
    Disagreement,
    Indicator,
    Initiative,
    Meeting,
    Office,
    Official,
    Record,
    RuleException,
    Source,
    Term,
    TradeFigure,
    Treaty,
)

if TYPE_CHECKING:
    from os import PathLike
    from typing import Self

    from importlib_resources.abc import Traversable

    from jpus.assessing import Assessment
    from jpus.checking import Report
    from jpus.consistency import Mirror
    from jpus.spans import Span, Spans
    from jpus.tables import Table

Item = TypeVar("Item")

_WRITTEN: Final = (PartialDate, Period, Decimal)
_PLAIN: Final = (str, int, type(None), *_WRITTEN)


def _days(date: DateLike) -> tuple[int, int]:
    date = PartialDate.of(date)
    return date.earliest.toordinal(), date.latest.toordinal()


def _is_outside(entry: Coverage, first: int, last: int) -> bool:
    if entry.start is None or entry.end is None:
        return False
    return first < entry.start.earliest.toordinal() or last > entry.end.latest.toordinal()


class Collection(Generic[AnyRecord]):
    """Records of one kind, in order of their ids; immutable.

    Iterating gives the records; ``in`` and indexing go by id.

    >>> import jpus
    >>> "san-francisco-peace-treaty-1951" in jpus.treaties
    True
    >>> jpus.treaties["san-francisco-peace-treaty-1951"].signed
    PartialDate(1951, 9, 8)
    """

    __slots__ = ("__weakref__", "_by_value", "_dataset", "_former", "_index", "_records")

    name: ClassVar[str]
    """The name of the collection in a Dataset."""
    model: ClassVar[type]
    """The class of its records."""

    def __init__(self, records: Iterable[AnyRecord] | Mapping[str, AnyRecord], dataset: Dataset) -> None:
        if isinstance(records, Mapping):
            table = cast("Mapping[str, AnyRecord]", records)
        else:
            table = {record.id: record for record in records}
        self._records: Mapping[str, AnyRecord] = table
        self._dataset = dataset
        self._index: Any = None
        self._by_value: dict[str, dict[object, list[AnyRecord]]] = {}
        self._former: dict[str, AnyRecord] | None = None

    def __getitem__(self, id: str) -> AnyRecord:
        record = self.get(id)
        if record is None:
            import difflib

            near = difflib.get_close_matches(str(id), self._records, n=3, cutoff=0.5)
            raise UnknownIdError(self.name, id, near)
        return record

    def get(self, id: str, default: AnyRecord | None = None) -> AnyRecord | None:
        """The record of an id, of one that it once had too, or the default.

        >>> import jpus
        >>> jpus.treaties.get("no-such-treaty") is None
        True
        """
        try:
            found = self._records.get(id)
        except TypeError:  # an unhashable id is no id
            return default
        return found if found is not None else self._renamed.get(id, default)

    @property
    def _renamed(self) -> dict[str, AnyRecord]:
        if self._former is None:
            self._former = {old: record for record in self for old in getattr(record, "former_ids", ())}
        return self._former

    def _ipython_key_completions_(self) -> list[str]:
        """The ids, which IPython and Jupyter offer after ``treaties["``."""
        return list(self._records)

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self.get(id) is not None

    def __iter__(self) -> Iterator[AnyRecord]:
        return iter(self._records.values())

    def __len__(self) -> int:
        return len(self._records)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Collection):
            return NotImplemented
        return self.model is other.model and list(self) == list(other)

    def __hash__(self) -> int:
        return hash((self.name, tuple(self._records)))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (tuple(self), self._dataset)

    def _of(self, records: Iterable[AnyRecord]) -> Self:
        return type(self)(records, self._dataset)

    def where(self, *tests: Callable[[AnyRecord], object], **fields: object) -> Self:
        """The records that pass every test and whose fields equal, or pass, what is given.

        Args:
            tests: Functions of a record.
            fields: A value to equal (a text equals the date that it writes), or a function of the field's value.

        Raises:
            TypeError: On a name that is no field; the message names the fields.

        >>> import jpus
        >>> all(treaty.subject == "security" for treaty in jpus.treaties.where(subject="security"))
        True
        """
        for name in fields:
            if name not in attrs.fields_dict(self.model):
                names = ", ".join(attrs.fields_dict(self.model))
                raise TypeError(f"{self.model.__name__} has no field {name!r}; its fields: {names}")

        found: Iterable[AnyRecord] = self
        plain = {name: self._equal(name, wanted) for name, wanted in fields.items() if isinstance(wanted, _PLAIN)}
        if plain:
            rarest = min(plain, key=lambda name: len(plain[name]))
            found = plain[rarest]
            del fields[rarest]

        def fits(record: AnyRecord) -> bool:
            for name, wanted in fields.items():
                value = getattr(record, name)
                if callable(wanted):
                    if not wanted(value):
                        return False
                elif value != wanted and not (isinstance(wanted, str) and _writes(wanted, value)):
                    return False
            return all(test(record) for test in tests)

        return self._of(filter(fits, found) if fields or tests else found)

    def _equal(self, field: str, wanted: object) -> list[AnyRecord]:
        """The records whose field equals a plain value, found by an index made when the field is first asked for."""
        index = self._by_value.get(field)
        if index is None:
            index = {}
            for record in self:
                value = getattr(record, field)
                for key in (value, str(value)) if isinstance(value, _WRITTEN) else (value,):
                    index.setdefault(key, []).append(record)
            self._by_value[field] = index
        return index.get(wanted, [])

    def _spans(self) -> Spans[AnyRecord]:
        from jpus.loading import uncollected
        from jpus.spans import Spans, span_of

        if self._index is None:
            with uncollected():
                spans = ((span_of(record), record) for record in self)
                self._index = Spans((span, record) for span, record in spans if span is not None)
        return cast("Spans[AnyRecord]", self._index)

    def on(self, date: DateLike, *, possibly: bool = False) -> Self:
        """The records that hold on a day: treaties in force, meetings under way, figures of its period.

        Args:
            date: A day; or a month or a year, and then those that hold on whichever of its days it is.
            possibly: Whether to add those of which the dates do not decide it.

        >>> import jpus
        >>> "security-treaty-1951" in jpus.treaties.on("1955-01-01")
        True
        """
        first, last = _days(date)
        found = self._spans().meeting(first, last)
        return self._of(record for span, record in found if possibly or span.holds(first, last))

    def between(self, start: DateLike, end: DateLike) -> Self:
        """The records whose span may meet a period, both ends included.

        Raises:
            ValueError: When the end is before the start.

        >>> import jpus
        >>> "2021-12-22-hayashi-tai-video" in jpus.meetings.between("2021-11", "2021-12")
        True
        """
        first, last = _days(start)[0], _days(end)[1]
        if last < first:
            raise ValueError(f"{end} is before {start}")
        return self._of(record for _, record in self._spans().meeting(first, last))

    def search(self, text: str, *, fuzzy: bool = False) -> Self:
        """The records that a text names, best first: exact names before parts of names.

        Names are found in either order, in any case, with or without macrons and hyphens, in kanji and kana.

        Args:
            text: A name, a title, an alias, or a part of one.
            fuzzy: Whether to add near misses, last.

        >>> import jpus
        >>> [official.id for official in jpus.officials.search("shinzō abe")]
        ['abe-shinzo']
        """
        from jpus.search import search

        return self._of(search(self, text, fuzzy=fuzzy))

    def claims(self, id: str, field: str | None = None) -> Claims:
        """Who states what of a record, and where.

        Args:
            id: The record; for an official, claims on the terms are among them.
            field: Only the claims on this field.

        Raises:
            UnknownIdError: When there is no such record.

        >>> import jpus
        >>> len(jpus.treaties.claims("san-francisco-peace-treaty-1951", "signed")) > 1
        True
        """
        record = self[id]
        subjects = [record.id, *(term.id for term in getattr(record, "terms", ()))]
        found = (claim for subject in subjects for claim in self._dataset.claims_on(subject))
        return Claims((claim for claim in found if field in {None, claim.field}), self._dataset)

    def assess(self, id: str, field: str, value: str, *, as_published: DateLike | None = None) -> Assessment:
        """Hold a value in hand against what sources say of a field.

        Args:
            id: The record.
            field: The field: ``signed``, ``in_force``, ``start``, ``parties.JP.signed`` ...
            value: The value to judge, as found: "1952", "8 September 1951" is written 1951-09-08.
            as_published: Use only sources that were published by this day.

        Returns:
            The verdict with the accepted value, the claims on each side, and hints where it is wrong.

        Raises:
            UnknownIdError: When there is no such record.
            ValueError: When the value is none that the field can have.

        >>> import jpus
        >>> jpus.treaties.assess("san-francisco-peace-treaty-1951", "signed", "1952").verdict
        'conflict'
        """
        from jpus.assessing import assess

        return assess(self._dataset, self[id], field, value, as_published=as_published)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Flat rows, one a record; a date gives three columns: text, earliest, latest.

        >>> import jpus
        >>> jpus.offices.to_dicts()[0]["country"]
        'JP'
        """
        from jpus.tables import rows

        return rows(self)

    def to_pandas(self, *, numbers: str = "decimal") -> Any:
        """A pandas DataFrame of the flat rows (extra ``pandas``).

        Args:
            numbers: ``decimal`` keeps amounts exact, ``float`` makes them fit for arithmetic.

        Raises:
            MissingExtraError: When pandas is not installed.

        >>> import jpus
        >>> jpus.offices.to_pandas().set_index("id").loc["jp-prime-minister", "title"]
        'Prime Minister of Japan'
        """
        from jpus.tables import to_pandas

        return to_pandas(self, numbers=numbers)

    def to_polars(self, *, numbers: str = "decimal") -> Any:
        """A polars DataFrame of the flat rows (extra ``polars``).

        Args:
            numbers: ``decimal`` keeps amounts exact, ``float`` makes them fit for arithmetic.

        Raises:
            MissingExtraError: When polars is not installed.

        >>> import jpus
        >>> jpus.offices.to_polars().height == len(jpus.offices)
        True
        """
        from jpus.tables import to_polars

        return to_polars(self, numbers=numbers)

    def to_arrow(self, *, numbers: str = "decimal") -> Any:
        """A pyarrow Table of the flat rows (extra ``arrow``).

        Args:
            numbers: ``decimal`` keeps amounts exact, ``float`` makes them fit for arithmetic.

        Raises:
            MissingExtraError: When pyarrow is not installed.

        >>> import jpus
        >>> jpus.offices.to_arrow().num_rows == len(jpus.offices)
        True
        """
        from jpus.tables import to_arrow

        return to_arrow(self, numbers=numbers)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The flat rows as an Arrow stream: DuckDB, polars and others read the collection as it is."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)} records>"

    def __str__(self) -> str:
        from jpus.display import collection_text

        return collection_text(self)

    def _repr_html_(self) -> str:
        from jpus.display import collection_html

        return collection_html(self)


def _writes(text: str, value: object) -> bool:
    """Whether a text is how a date, a period or a number is written."""
    return isinstance(value, _WRITTEN) and str(value) == text


class Officials(Collection[Official]):
    """People, with their terms in office.

    >>> import jpus
    >>> jpus.officials["abe-shinzo"].name
    'Abe Shinzo'
    """

    __slots__ = ()
    name: ClassVar[str] = "officials"
    model: ClassVar[type] = Official

    def _spans(self) -> Spans[Official]:
        from jpus.loading import uncollected
        from jpus.spans import Spans, span_of

        if self._index is None:
            with uncollected():
                terms = ((term, official) for official in self for term in official.terms)
                self._index = Spans((cast("Span", span_of(term)), official) for term, official in terms)
        return cast("Spans[Official]", self._index)

    def holding(self, office: str, on: DateLike, *, possibly: bool = False) -> tuple[tuple[Official, Term], ...]:
        """Who held an office on a day: usually one, on a handover two, in a vacancy none.

        Args:
            office: The id of the office.
            on: A day, a month or a year: who held it on whichever of its days it is.
            possibly: Whether to add those of which the dates do not decide it.

        Raises:
            UnknownIdError: When there is no such office.

        Warns:
            NotCoveredWarning: When the day is outside what the data covers for the office.

        >>> import jpus
        >>> [(official, term)] = jpus.officials.holding("jp-minister-for-foreign-affairs", on="2021-12-22")
        >>> official.name
        'Hayashi Yoshimasa'
        """
        id = self._dataset.offices[office].id
        first, last = _days(on)
        self._dataset.warn_outside("officials", id, on)
        by_office = self._dataset.terms_by_office(self)
        found = by_office[id].meeting(first, last) if id in by_office else []
        return tuple(pair for span, pair in found if possibly or span.holds(first, last))

    def assess(
        self,
        id: str,
        field: str | None = None,
        value: str | None = None,
        *,
        office: str | None = None,
        on: DateLike | None = None,
        as_published: DateLike | None = None,
    ) -> Assessment:
        """Hold "NAME held OFFICE on DAY" against the data; or, with field and value, as in every collection.

        Args:
            id: A name as found ("Hayashi"), or with field and value a record's id.
            field: The field, for the second form.
            value: The value to judge, for the second form.
            office: The id of the office.
            on: The day.
            as_published: Use only sources that were published by this day.

        Raises:
            TypeError: When neither office and day nor field and value are given.

        >>> import jpus
        >>> jpus.officials.assess("Hayashi", office="jp-minister-for-foreign-affairs", on="2021-12-22").verdict
        'agree'
        """
        from jpus.assessing import assess_holder

        if field is not None and value is not None and office is None and on is None:
            return super().assess(id, field, value, as_published=as_published)
        if office is None or on is None or field is not None or value is not None:
            raise TypeError("assess needs a name with office= and on=, or an id with a field and a value")
        return assess_holder(self._dataset, id, office, on, as_published=as_published)

    @property
    def terms(self) -> Table:
        """One row a term, as a table of its own: see `jpus.tables.Table`.

        >>> import jpus
        >>> {"official", "office", "start"} <= {column.name for column in jpus.officials.terms.columns}
        True
        """
        from jpus.tables import terms

        return terms(self)


class Offices(Collection[Office]):
    """Offices.

    >>> import jpus
    >>> jpus.offices["jp-prime-minister"].title
    'Prime Minister of Japan'
    """

    __slots__ = ()
    name: ClassVar[str] = "offices"
    model: ClassVar[type] = Office


class Meetings(Collection[Meeting]):
    """Meetings, calls and visits.

    >>> import jpus
    >>> jpus.meetings["2021-12-22-hayashi-tai-video"].format
    'video'
    """

    __slots__ = ()
    name: ClassVar[str] = "meetings"
    model: ClassVar[type] = Meeting

    @property
    def participants(self) -> Table:
        """One row a participant, as a table of its own: see `jpus.tables.Table`.

        >>> import jpus
        >>> jpus.meetings.where(id="2021-12-22-hayashi-tai-video").participants
        <Table: 2 rows, ...>
        """
        from jpus.tables import participants

        return participants(self)


class Treaties(Collection[Treaty]):
    """Treaties and other agreements; ``on`` gives those in force, as far as an end is known.

    >>> import jpus
    >>> jpus.treaties["security-treaty-1951"].in_force
    PartialDate(1952, 4, 28)
    """

    __slots__ = ()
    name: ClassVar[str] = "treaties"
    model: ClassVar[type] = Treaty

    def successors(self, id: str) -> Self:
        """The treaties that took the place of one: what ``supersedes`` says, the other way round.

        Raises:
            UnknownIdError: When there is no such treaty.

        >>> import jpus
        >>> [treaty.id for treaty in jpus.treaties.successors("security-treaty-1951")]
        ['mutual-cooperation-and-security-1960']
        """
        old = self[id].id
        return self._of(treaty for treaty in self if old in treaty.supersedes)

    def amendments(self, id: str) -> Self:
        """The treaties that amend one: what ``amends`` says, the other way round.

        Raises:
            UnknownIdError: When there is no such treaty.

        >>> import jpus
        >>> len(jpus.treaties.amendments("kanagawa-peace-amity-1854"))
        1
        """
        old = self[id].id
        return self._of(treaty for treaty in self if old in treaty.amends)

    @property
    def parties(self) -> Table:
        """One row a party, as a table of its own: see `jpus.tables.Table`.

        >>> import jpus
        >>> {row["country"] for row in jpus.treaties.where(id="security-treaty-1951").parties} == {"JP", "US"}
        True
        """
        from jpus.tables import parties

        return parties(self)


class Initiatives(Collection[Initiative]):
    """Named partnerships that are not agreements.

    >>> import jpus
    >>> "jusep-2017" in jpus.initiatives
    True
    """

    __slots__ = ()
    name: ClassVar[str] = "initiatives"
    model: ClassVar[type] = Initiative


class TradeFigures(Collection[TradeFigure]):
    """Trade figures, each by one source.

    >>> import jpus
    >>> {"exports", "imports"} <= {figure.flow for figure in jpus.trade_figures}
    True
    """

    __slots__ = ()
    name: ClassVar[str] = "trade_figures"
    model: ClassVar[type] = TradeFigure

    def series(
        self,
        flow: str,
        *,
        scope: str = "goods",
        ref_area: str = "US",
        basis: str | None = None,
        freq: str = "A",
        unit: str | None = None,
        as_published: DateLike | None = None,
    ) -> Self:
        """One figure a period, in order of time.

        Of several, the figure is taken whose basis comes first in `jpus.consistency.SERIES_BASES`, then whose source
        is of the better kind (a statistical agency before a press report), then the one published last.

        Args:
            flow: ``exports``, ``imports``, ``balance``, ``total``.
            scope: ``goods``, ``services`` or ``goods_and_services``; a figure that does not say is never taken.
            ref_area: Whose statistics.
            basis: Only this basis; None takes the first that there is for a period.
            freq: ``A`` for years, ``M`` for months, ``P`` for parts of a year.
            unit: Only this currency; None takes that of ref_area.
            as_published: Only figures of sources that were published by this day: what could be known then.

        Raises:
            ValueError: On a word that the field cannot have.

        >>> import jpus
        >>> goods = jpus.trade_figures.series("exports", scope="goods", ref_area="US")
        >>> str(next(iter(goods.where(time_period="2020"))).citation.source)
        'census-country-file-through-2026-07'
        """
        from jpus.consistency import series

        return self._of(
            series(
                self._dataset,
                self,
                flow=flow,
                scope=scope,
                ref_area=ref_area,
                basis=basis,
                freq=freq,
                unit=unit,
                as_published=as_published,
            )
        )

    def mirror(
        self,
        exporter: str,
        *,
        scope: str = "goods",
        freq: str = "A",
        unit: str = "USD",
        as_published: DateLike | None = None,
    ) -> tuple[Mirror, ...]:
        """A flow as both sides count it, for each period of which both figures are there, in order of time.

        The one's exports and the other's imports are different definitions: they differ, and neither is wrong.

        Args:
            exporter: ``JP`` or ``US``: whose exports, which are the other's imports.
            scope: ``goods``, ``services`` or ``goods_and_services``.
            freq: ``A`` for years, ``M`` for months, ``P`` for parts of a year.
            unit: The currency of both figures.
            as_published: Only figures of sources that were published by this day.

        Raises:
            ValueError: On a word that the field cannot have.

        >>> import jpus
        >>> *_, last = jpus.trade_figures.mirror("US")
        >>> last.exports.ref_area, last.imports.ref_area, last.exports.time_period == last.imports.time_period
        ('US', 'JP', True)
        """
        from jpus.consistency import mirrors

        return mirrors(self._dataset, self, exporter, scope=scope, freq=freq, unit=unit, as_published=as_published)

    def assess(  # type: ignore[override]
        self,
        value: str,
        field: str | None = None,
        quantity: str | None = None,
        *,
        time_period: str | None = None,
        flow: str | None = None,
        scope: str | None = None,
        ref_area: str | None = None,
        basis: str | None = None,
        as_published: DateLike | None = None,
    ) -> Assessment:
        """Hold an amount in hand against every definition that it could mean.

        Args:
            value: The amount as found: "over $283 billion"; or, with field and quantity, a figure's id.
            field: ``quantity``, for the second form.
            quantity: The amount, for the second form.
            time_period: The year or month that it is said of.
            flow: ``exports``, ``imports``, ``balance`` or ``total``; None tries all.
            scope: ``goods``, ``services``, ``goods_and_services``; None tries all.
            ref_area: Whose statistics; None tries both.
            basis: Only this basis; None tries all.
            as_published: Use only sources that were published by this day.

        Raises:
            TypeError: When no time_period is given.
            ParseError: When the amount cannot be read.

        >>> import jpus
        >>> jpus.trade_figures.assess("over $283 billion", time_period="2020", flow="total").verdict
        'conflict'
        """
        from jpus.assessing import assess_amount

        if field is not None and quantity is not None:
            return super().assess(value, field, quantity, as_published=as_published)
        if time_period is None:
            raise TypeError("assess needs an amount with time_period=, or an id with a field and a value")
        return assess_amount(
            self._dataset,
            value,
            time_period=time_period,
            flow=flow,
            scope=scope,
            ref_area=ref_area,
            basis=basis,
            as_published=as_published,
        )


class Indicators(Collection[Indicator]):
    """Measured quantities other than trade.

    >>> import jpus
    >>> "us_active_duty_military" in {figure.measure for figure in jpus.indicators}
    True
    """

    __slots__ = ()
    name: ClassVar[str] = "indicators"
    model: ClassVar[type] = Indicator


class Sources(Collection[Source]):
    """Documents and data sets.

    >>> import jpus
    >>> all(source.publisher for source in jpus.sources)
    True
    """

    __slots__ = ()
    name: ClassVar[str] = "sources"
    model: ClassVar[type] = Source


class Claims(Collection[Claim]):
    """What sources state.

    >>> import jpus
    >>> all(claim.source in jpus.sources for claim in jpus.claims)
    True
    """

    __slots__ = ()
    name: ClassVar[str] = "claims"
    model: ClassVar[type] = Claim


class Disagreements(Collection[Disagreement]):
    """Explanations of conflicts.

    >>> import jpus
    >>> jpus.disagreements["mutual-cooperation-and-security-1960-in-force"].kind
    'error'
    """

    __slots__ = ()
    name: ClassVar[str] = "disagreements"
    model: ClassVar[type] = Disagreement


class Coverages(Collection[Coverage]):
    """What is complete, and from when to when.

    >>> import jpus
    >>> jpus.coverage["officials-jp-prime-minister"].complete
    True
    """

    __slots__ = ()
    name: ClassVar[str] = "coverage"
    model: ClassVar[type] = Coverage


class Exceptions(Collection[RuleException]):
    """Records that may break a rule.

    >>> import jpus
    >>> all(exception.reason for exception in jpus.exceptions)
    True
    """

    __slots__ = ()
    name: ClassVar[str] = "exceptions"
    model: ClassVar[type] = RuleException


_CLASSES: Final[dict[str, type[Collection[Any]]]] = {
    kind.name: kind
    for kind in (
        Officials, Offices, Meetings, Treaties, Initiatives, TradeFigures, Indicators, Sources, Claims,
        Disagreements, Coverages, Exceptions,
    )
}  # fmt: skip
assert list(_CLASSES) == list(COLLECTIONS)


class Dataset:
    """All records together; immutable, each collection read at first use.

    `jpus` itself has the names of the packaged one; `load` gives another.

    >>> import jpus
    >>> packaged().treaties is jpus.treaties
    True
    """

    def __init__(
        self,
        read: Callable[[str], tuple[Mapping[str, Record], dict[str, str]]],
        *,
        version: str,
    ) -> None:
        self._read = read
        self._lock = threading.RLock()
        self._collections: dict[str, Collection[Any]] = {}
        self._files: dict[str, dict[str, str]] = {}
        self._cache: dict[Any, Any] = {}
        self.data_version: str = version
        """The day of the data: ISO 8601."""

    def _collection(self, name: str) -> Any:
        found = self._collections.get(name)
        if found is None:
            with self._lock:
                found = self._collections.get(name)
                if found is None:  # pragma: no branch (another thread may have been first)
                    records, self._files[name] = self._read(name)
                    found = self._collections[name] = _CLASSES[name](records, self)
        return found

    def kept(self, key: object, make: Callable[[], Item]) -> Item:
        """Something derived from the records, made once.

        >>> packaged().kept("an example", lambda: 1), packaged().kept("an example", lambda: 2)
        (1, 1)
        """
        if key not in self._cache:
            with self._lock:
                if key not in self._cache:  # pragma: no branch (another thread may have been first)
                    self._cache[key] = make()
        return cast("Item", self._cache[key])

    @property
    def officials(self) -> Officials:
        """People, with their terms in office."""
        return cast("Officials", self._collection("officials"))

    @property
    def offices(self) -> Offices:
        """Offices."""
        return cast("Offices", self._collection("offices"))

    @property
    def meetings(self) -> Meetings:
        """Meetings, calls and visits."""
        return cast("Meetings", self._collection("meetings"))

    @property
    def treaties(self) -> Treaties:
        """Treaties and other agreements."""
        return cast("Treaties", self._collection("treaties"))

    @property
    def initiatives(self) -> Initiatives:
        """Named partnerships."""
        return cast("Initiatives", self._collection("initiatives"))

    @property
    def trade_figures(self) -> TradeFigures:
        """Trade figures."""
        return cast("TradeFigures", self._collection("trade_figures"))

    @property
    def indicators(self) -> Indicators:
        """Other measured quantities."""
        return cast("Indicators", self._collection("indicators"))

    @property
    def sources(self) -> Sources:
        """Documents and data sets."""
        return cast("Sources", self._collection("sources"))

    @property
    def claims(self) -> Claims:
        """What sources state."""
        return cast("Claims", self._collection("claims"))

    @property
    def disagreements(self) -> Disagreements:
        """Explanations of conflicts."""
        return cast("Disagreements", self._collection("disagreements"))

    @property
    def coverage(self) -> Coverages:
        """What is complete."""
        return cast("Coverages", self._collection("coverage"))

    @property
    def exceptions(self) -> Exceptions:
        """Records that may break a rule."""
        return cast("Exceptions", self._collection("exceptions"))

    @property
    def collections(self) -> tuple[Collection[Any], ...]:
        """All collections, in the order of `jpus.models.COLLECTIONS`."""
        return tuple(self._collection(name) for name in COLLECTIONS)

    def file_of(self, collection: str, id: str) -> str:
        """The data file that a record stands in.

        >>> packaged().file_of("treaties", "security-treaty-1951")
        'treaties.json'
        """
        self._collection(collection)
        return self._files[collection].get(id, f"{collection}.json")

    def claims_on(self, subject: str) -> tuple[Claim, ...]:
        """The claims on a record or a term, by its id.

        >>> {claim.subject for claim in packaged().claims_on("security-treaty-1951")}
        {'security-treaty-1951'}
        """
        return self.kept("claims_on", self._group_claims).get(subject, ())

    def _group_claims(self) -> dict[str, tuple[Claim, ...]]:
        from jpus.loading import uncollected

        groups: dict[str, list[Claim]] = {}
        with uncollected():
            for claim in self.claims:
                groups.setdefault(claim.subject, []).append(claim)
            return {subject: tuple(group) for subject, group in groups.items()}

    def terms_by_office(self, officials: Officials | None = None) -> dict[str, Spans[tuple[Official, Term]]]:
        """For each office its terms, as an index by time; of all officials, or of some.

        >>> "jp-prime-minister" in packaged().terms_by_office()
        True
        """
        from jpus.loading import uncollected
        from jpus.spans import Spans, span_of

        chosen = self.officials if officials is None else officials

        @uncollected()
        def make() -> dict[str, Spans[tuple[Official, Term]]]:
            groups: dict[str, list[tuple[Span, tuple[Official, Term]]]] = {}
            for official in chosen:
                for term in official.terms:
                    entry = (cast("Span", span_of(term)), (official, term))
                    groups.setdefault(term.office, []).append(entry)
            return {office: Spans(group) for office, group in groups.items()}

        return self.kept("terms_by_office", make) if chosen is self.officials else make()

    def subject(self, id: str) -> Record | Term | None:
        """The record or the term of an id, in whichever collection it is.

        >>> import jpus
        >>> packaged().subject("security-treaty-1951")
        jpus.treaties['security-treaty-1951']
        """
        return self.kept("subjects", self._subjects).get(id)

    def collection_of(self, id: str) -> str:
        """The name of the collection that holds a record or a term; empty where none does.

        >>> packaged().collection_of("security-treaty-1951")
        'treaties'
        """
        return self.kept("owners", self._owners).get(id, "")

    def _owners(self) -> dict[str, str]:
        table = {record.id: collection.name for collection in self.collections for record in collection}
        return {**table, **{term.id: "officials" for official in self.officials for term in official.terms}}

    def _subjects(self) -> dict[str, Record | Term]:
        table: dict[str, Record | Term] = {}
        for collection in self.collections:
            if collection.name not in {"claims", "disagreements", "coverage", "exceptions"}:
                table.update((record.id, record) for record in collection)
        table.update((term.id, term) for official in self.officials for term in official.terms)
        return table

    def warn_outside(self, collection: str, key: str | None, date: DateLike) -> None:
        """Warn when a date is outside what a collection, or a part of it, is said to cover.

        >>> import warnings
        >>> with warnings.catch_warnings(record=True) as caught:
        ...     warnings.simplefilter("always")
        ...     packaged().warn_outside("officials", "jp-prime-minister", "1800")
        >>> len(caught)
        1
        """
        entry = self.kept("coverage", self._by_what).get((collection, key))
        if entry is not None and _is_outside(entry, *_days(date)):
            text = f"{key or collection} is covered from {entry.start} to {entry.end}: {date} is outside"
            warnings.warn(text, NotCoveredWarning, stacklevel=4)

    def _by_what(self) -> dict[tuple[str, str | None], Coverage]:
        return {(entry.collection, entry.key): entry for entry in reversed(list(self.coverage))}

    def on(self, date: DateLike) -> Snapshot:
        """Everything that holds on a day: office holders, treaties in force, meetings under way, figures.

        >>> import jpus
        >>> [official.name for official, _ in jpus.on("1960-01-19").holders["jp-prime-minister"]]
        ['Kishi Nobusuke']
        """
        day = PartialDate.of(date)
        first, last = _days(day)
        holders: dict[str, tuple[tuple[Official, Term], ...]] = {}
        for office, spans in sorted(self.terms_by_office().items()):
            found = tuple(pair for span, pair in spans.meeting(first, last) if span.holds(first, last))
            if found:
                holders[office] = found
        return Snapshot(
            date=day,
            holders=holders,
            treaties=self.treaties.on(day),
            meetings=self.meetings.on(day),
            initiatives=self.initiatives.on(day),
            trade_figures=self.trade_figures.on(day),
            indicators=self.indicators.on(day),
            not_covered=tuple(entry for entry in self.coverage if _is_outside(entry, first, last)),
        )

    def check(self, *, as_published: DateLike | None = None) -> Report:
        """Hold every record against every rule, and every claim against the others.

        Args:
            as_published: Use only claims of sources that were published by this day.

        >>> import jpus
        >>> jpus.check().ok
        True
        """
        from jpus.checking import check

        return self.kept(("check", as_published and str(as_published)), lambda: check(self, as_published=as_published))

    def panel(self, unit: str, start: DateLike | int, end: DateLike | int, *, rule: str = "middle") -> Table:
        """One row a period, for regressions: see `jpus.tables.panel`.

        >>> packaged().panel("year", 1951, 1953)
        <Table: 3 rows, ...>
        """
        from jpus.tables import panel

        return panel(self, unit, start, end, rule=rule)

    def cite(self, *records: Record, style: str = "text") -> str:
        """The sources of these records, and jpus itself: see `jpus.citing.cite`.

        >>> import jpus
        >>> print(packaged().cite(jpus.treaties["security-treaty-1951"], style="bibtex"))
        @...
        """
        from jpus.citing import cite

        return cite(self, *records, style=style)

    def __repr__(self) -> str:
        return f"<Dataset {self.data_version}>"

    def __reduce__(self) -> tuple[Any, ...]:
        if self is _packaged_or_none():
            return packaged, ()
        return _restored, (
            {collection.name: tuple(collection) for collection in self.collections},
            {name: dict(files) for name, files in self._files.items()},
            self.data_version,
        )


@attrs.frozen(kw_only=True)
class Snapshot:
    """What holds on one day.

    >>> import jpus
    >>> snapshot = jpus.on("1960-06-23")
    >>> "mutual-cooperation-and-security-1960" in snapshot.treaties
    True
    """

    date: PartialDate
    """The day."""
    holders: Mapping[str, tuple[tuple[Official, Term], ...]]
    """By the id of the office, who holds it."""
    treaties: Treaties
    """Treaties in force."""
    meetings: Meetings
    """Meetings under way."""
    initiatives: Initiatives
    """Initiatives that run."""
    trade_figures: TradeFigures
    """Figures of the periods that the day is in."""
    indicators: Indicators
    """Other quantities of those periods."""
    not_covered: tuple[Coverage, ...]
    """Of what the day lies outside the coverage: there, nothing found does not mean that there was nothing."""

    def __repr__(self) -> str:
        return f"<Snapshot {self.date}: {len(self.holders)} offices, {len(self.treaties)} treaties>"

    def __str__(self) -> str:
        from jpus.display import snapshot_text

        return snapshot_text(self)

    def _repr_html_(self) -> str:
        from jpus.display import snapshot_html

        return snapshot_html(self)


_LOCK: Final = threading.RLock()


def packaged() -> Dataset:
    """The Dataset that comes with the package: one, whichever thread asks first."""
    with _LOCK:
        return _packaged()


@functools.cache
def _packaged() -> Dataset:
    from jpus.loading import collection_of, open_files

    manifest = json.loads(_content("manifest.json"))

    def read(name: str) -> tuple[Mapping[str, Record], dict[str, str]]:
        files = [file for file in manifest["files"] if collection_of(file) == name]
        return open_files([(file, _content(file)) for file in files], name, _folder)

    return Dataset(read, version=manifest["data_version"])


def _content(file: str) -> bytes:
    """A file of the packaged data."""
    try:
        return (_folder() / file).read_bytes()
    except OSError as error:
        problem = Problem(file, "", "", "", f"cannot be read: {error.strerror or error}", "F01")
        raise DataError([problem]) from error


def _folder() -> Traversable:
    """The packaged data, as a folder."""
    from importlib_resources import files

    return files("jpus") / "data"


def _packaged_or_none() -> Dataset | None:
    return _packaged() if _packaged.cache_info().currsize else None


def _restored(records: dict[str, tuple[Record, ...]], files: dict[str, dict[str, str]], version: str) -> Dataset:
    tables = {name: {record.id: record for record in group} for name, group in records.items()}
    return Dataset(lambda name: (tables[name], files[name]), version=version)


def load(path: str | PathLike[str]) -> Dataset:
    """A user's own data, in the layout of the packaged, laid over the packaged.

    A record with an id that the package has takes its place; others are added. Nothing global changes.

    Args:
        path: A folder with files such as ``meetings.json``; any of the collections may be missing.

    Raises:
        DataError: With every problem of every file: what cannot be read, and what breaks a rule.

    >>> import jpus
    >>> jpus.load("no-such-folder")
    Traceback (most recent call last):
        ...
    jpus.errors.DataError: no-such-folder: cannot be listed: No such file or directory [F06]
    """
    dataset, problems = overlaid(path)
    if not problems:
        problems = [problem for problem in dataset.check().problems if problem.rule not in _FINDINGS]
    if problems:
        raise DataError(problems)
    return dataset


# A conflict among claims is something to see, not a fault of the data that keeps it from loading.
_FINDINGS: Final = frozenset({"C05", "C06"})


def overlaid(path: str | PathLike[str]) -> tuple[Dataset, list[Problem]]:
    """The packaged data with a folder laid over it, and what in the folder cannot be read."""
    import pathlib

    from jpus.loading import merged, read_folder

    base = packaged()
    found, origin, problems = read_folder(cast("Any", pathlib.Path(path)))

    def read(name: str) -> tuple[dict[str, Record], dict[str, str]]:
        collection = base._collection(name)
        files = {**base._files[name], **origin}
        return merged(collection._records, found.get(name, {})), files

    return Dataset(read, version=base.data_version), problems
