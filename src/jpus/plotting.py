"""Charts with Altair (extra ``plot``): units on the axes, sources beside each mark and under the title."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from jpus.consistency import Figure, definition_of, figures, verdict
from jpus.dataset import Dataset
from jpus.display import COUNTRIES, kind_label
from jpus.errors import library

if TYPE_CHECKING:
    from jpus.dataset import Collection, Meetings, TradeFigures, Treaties
    from jpus.models import Meeting, TradeFigure, Treaty

__all__ = [
    "meetings_by_year",
    "trade_series",
    "treaties_in_force",
]

_WIDTH: Final = 640
_HEIGHT: Final = 320
_NAMED: Final = 4
_LINE: Final = 110  # letters of a line under the title, about as wide as the chart
_COLOURS: Final = 9
_BILLION: Final = 10**9


def __dir__() -> list[str]:
    return __all__


def trade_series(
    data: Dataset | TradeFigures,
    flows: Sequence[str] = ("exports", "imports"),
    *,
    scope: str = "goods",
    ref_area: str = "US",
    basis: str | None = None,
    freq: str = "A",
    unit: str | None = None,
) -> Any:
    """Trade over time: a line for each flow, and a range where sources of one definition do not agree.

    The figures are those that `jpus.dataset.TradeFigures.series` chooses. A range reaches over all that sources state
    of the same definition and period, earlier vintages too.

    Args:
        data: A Dataset, or its trade figures, or some of them.
        flows: ``exports``, ``imports``, ``balance``, ``total``.
        scope: ``goods``, ``services`` or ``goods_and_services``.
        ref_area: Whose statistics.
        basis: Only this basis.
        freq: ``A`` for years, ``M`` for months.
        unit: The currency; None takes that of ref_area.

    Returns:
        An Altair chart.

    Raises:
        MissingExtraError: When Altair is not installed.
        ValueError: When there is no such figure, or on a word that a field cannot have.

    >>> import jpus
    >>> chart = trade_series(jpus.trade_figures, ["balance"])
    >>> chart.title.text
    'Balance of goods in the statistics of the United States'
    """
    alt = library("altair", "plot")
    collection = data.trade_figures if isinstance(data, Dataset) else data
    dataset = collection._dataset
    chosen = [
        record
        for flow in flows
        for record in collection.series(flow, scope=scope, ref_area=ref_area, basis=basis, freq=freq, unit=unit)
    ]
    if not chosen:
        raise ValueError(f"no figures of {scope} for {', '.join(flows)} of {ref_area}")
    every = figures(dataset)
    points = _points(dataset, chosen)
    ranges = [made for record in chosen if (made := _range(record, every)) is not None]
    x = alt.X("start:T", title="month" if freq == "M" else "year", scale=alt.Scale(type="utc"))
    colour = alt.Color("definition:N", title="definition", legend=alt.Legend(labelLimit=300))
    lines = (
        alt.Chart(_data(alt, points))
        .mark_line(strokeWidth=1.2, point=alt.OverlayMarkDef(size=14))
        .encode(
            x=x,
            y=alt.Y("amount:Q", title=f"billion {_inert(chosen[0].quantity.unit)}"),
            color=colour,
            detail="run:N",
            tooltip=[_tip(alt, name) for name in ("period", "definition", "stated", "publisher", "source", "locator")],
        )
    )
    bars = (
        alt.Chart(_data(alt, ranges))
        .mark_rule(strokeWidth=4)
        .encode(
            x=x,
            y=alt.Y("low:Q"),
            y2="high:Q",
            color=colour,
            tooltip=[_tip(alt, name) for name in ("period", "definition", "stated", "sources")],
        )
    )
    told = [
        f"Sources: {_most_named(point['publisher'] for point in points)}",
        *(
            ["Bars: what sources state under one definition where they disagree, earlier vintages too"]
            if ranges
            else []
        ),
    ]
    title = (
        f"{' and '.join(flows).capitalize()} of {scope.replace('_', ' ')} in the statistics of {COUNTRIES[ref_area]}"
    )
    return _titled(alt, alt.layer(lines, bars) if ranges else lines, title, told)


def _points(dataset: Dataset, chosen: Iterable[TradeFigure]) -> list[dict[str, Any]]:
    """The figures as rows; a line runs through periods that follow each other, and through no gap."""
    rows = []
    ends: dict[str, dt.date] = {}
    run = 0
    for record in chosen:
        row = _point(dataset, record)
        end = ends.get(row["definition"])
        run += end is None or record.time_period.earliest - end > dt.timedelta(days=1)
        ends[row["definition"]] = record.time_period.latest
        rows.append({**row, "run": run})
    return rows


def _point(dataset: Dataset, record: TradeFigure) -> dict[str, Any]:
    source = dataset.sources.get(record.citation.source)
    return {
        "start": record.time_period.earliest.isoformat(),
        "period": str(record.time_period),
        "definition": _defined(record),
        "amount": float(record.quantity.value / _BILLION),
        "stated": str(record.quantity),
        "publisher": record.citation.source if source is None else source.publisher,
        "source": record.citation.source,
        "locator": record.citation.locator,
    }


def _defined(record: TradeFigure) -> str:
    basis = f", {record.basis} basis" if record.basis != "unstated" else ""
    # A year that is not the calendar's is another thing to measure.
    return f"{record.flow}{basis}{', fiscal years' if '/' in str(record.time_period) else ''}"


def _range(record: TradeFigure, every: dict[tuple[str, str], list[Figure]]) -> dict[str, Any] | None:
    """What sources state of the same definition and period, from the least to the most; None where they agree."""
    definition = definition_of(record)
    rivals = [
        figure.statement
        for figure in every[definition.measure, definition.period]
        if figure.definition == definition and figure.statement.low is not None and figure.statement.high is not None
    ]
    if verdict(rivals) != "conflict":
        return None
    return {
        "start": record.time_period.earliest.isoformat(),
        "period": str(record.time_period),
        "definition": _defined(record),
        "low": float(min(one.low for one in rivals if one.low is not None)) / _BILLION,
        "high": float(max(one.high for one in rivals if one.high is not None)) / _BILLION,
        "stated": "; ".join(dict.fromkeys(one.shown for one in rivals)),
        "sources": ", ".join(dict.fromkeys(str(one.source) for one in rivals)),
    }


def meetings_by_year(data: Dataset | Meetings, *, kinds: Sequence[str] | None = None) -> Any:
    """How many meetings began in each year, by kind. What was only planned is not counted.

    A year without a bar is one of which the data has no meeting: see `jpus.coverage` for whether there was none.

    Args:
        data: A Dataset, or its meetings, or some of them.
        kinds: Only these kinds.

    Returns:
        An Altair chart.

    Raises:
        MissingExtraError: When Altair is not installed.
        ValueError: When there is no such meeting.

    >>> import jpus
    >>> chart = meetings_by_year(jpus.meetings.between("2010", "2020"), kinds=["summit"])
    >>> chart.title.text
    'Meetings of Japan and the United States'
    """
    alt = library("altair", "plot")
    collection = data.meetings if isinstance(data, Dataset) else data
    held = [meeting for meeting in collection if meeting.status == "held" and (kinds is None or meeting.kind in kinds)]
    if not held:
        raise ValueError("no meetings to count")
    names = _most_frequent(kind_label(meeting.kind) for meeting in held)
    places = _places(names)
    groups: dict[tuple[int, str], list[Meeting]] = {}
    for meeting in held:
        groups.setdefault((meeting.start.year, names[kind_label(meeting.kind)]), []).append(meeting)
    rows = [
        {
            "year": f"{year:04}-01-01",
            "kind": kind,
            "place": places[kind],
            "meetings": len(group),
            "sources": _most_named(_publishers(collection, group)),
        }
        for (year, kind), group in sorted(groups.items())
    ]
    chart = (
        alt.Chart(_data(alt, rows))
        .mark_bar()
        .encode(
            x=alt.X("year:T", timeUnit="utcyear", title="year of the first day"),
            y=alt.Y("meetings:Q", title="meetings held (count)"),
            color=_stacked(alt, "kind", names),
            order=alt.Order("place:Q"),
            tooltip=[_year_tip(alt), _tip(alt, "kind"), alt.Tooltip("meetings:Q"), _tip(alt, "sources")],
        )
    )
    told = [
        f"Sources: {_most_named(_publishers(collection, held))}",
        "A year without a bar is one of which the data has none: jpus.coverage tells what is complete",
    ]
    return _titled(alt, chart, "Meetings of Japan and the United States", told)


def treaties_in_force(data: Dataset | Treaties, *, start: int | None = None, end: int | None = None) -> Any:
    """How many treaties were in force at the end of each year, by subject.

    The areas count those that certainly were; a bar reaches from all of those to all that possibly were.

    Args:
        data: A Dataset, or its treaties, or some of them.
        start: The first year; None takes that of the first entry into force.
        end: The last year; None takes the last that was over when the data was made.

    Returns:
        An Altair chart.

    Raises:
        MissingExtraError: When Altair is not installed.
        ValueError: When none of the treaties has a day of entry into force.

    >>> import jpus
    >>> chart = treaties_in_force(jpus.treaties.where(subject="security"), start=1950)
    >>> chart.title.text
    'Treaties in force between Japan and the United States'
    """
    alt = library("altair", "plot")
    collection = data.treaties if isinstance(data, Dataset) else data
    entered = [treaty for treaty in collection if treaty.in_force is not None]
    if not entered:
        raise ValueError("no treaties with an entry into force")
    first = min(treaty.in_force.year for treaty in entered if treaty.in_force is not None) if start is None else start
    last = int(collection._dataset.data_version[:4]) - 1 if end is None else end
    areas, bars = [], []
    subjects = _most_frequent(treaty.subject.replace("_", " ") for treaty in entered)
    for year in range(first, last + 1):
        day = f"{year:04}-12-31"
        sure = collection.on(day)
        possible = collection.on(day, possibly=True)
        counts = Counter(subjects[treaty.subject.replace("_", " ")] for treaty in sure)
        areas += [
            {"year": f"{year:04}-01-01", "subject": subject, "place": place, "treaties": counts[subject]}
            for subject, place in _places(subjects).items()
        ]
        if len(possible) > len(sure):
            bars.append({"year": f"{year:04}-01-01", "certain": len(sure), "possible": len(possible)})
    x = alt.X("year:T", title="31 December of the year", scale=alt.Scale(type="utc"))
    y = alt.Y("treaties:Q", title="treaties in force (count)")
    area = (
        alt.Chart(_data(alt, areas))
        .mark_area(interpolate="step-after")
        .encode(
            x=x,
            y=y,
            color=_stacked(alt, "subject", subjects),
            order=alt.Order("place:Q"),
            tooltip=[_year_tip(alt), _tip(alt, "subject"), alt.Tooltip("treaties:Q")],
        )
    )
    undecided = (
        alt.Chart(_data(alt, bars))
        .mark_rule(strokeDash=[2, 2])
        .encode(
            x=x,
            y=alt.Y("certain:Q"),
            y2="possible:Q",
            tooltip=[_year_tip(alt), alt.Tooltip("certain:Q"), alt.Tooltip("possible:Q")],
        )
    )
    told = [
        f"Sources: {_most_named(_publishers(collection, entered))}",
        *(["Dashed: those that may have been in force, by dates that do not decide it"] if bars else []),
    ]
    title = "Treaties in force between Japan and the United States"
    return _titled(alt, alt.layer(area, undecided) if bars else area, title, told)


def _inert(text: str) -> str:
    """A text that ends no script: Altair writes what a chart says into one, as it is."""
    return text.replace("<", "＜")


def _data(alt: ModuleType, rows: Iterable[dict[str, Any]]) -> Any:
    values = [{name: _inert(cell) if isinstance(cell, str) else cell for name, cell in row.items()} for row in rows]
    return alt.Data(values=values)


def _tip(alt: ModuleType, name: str) -> Any:
    return alt.Tooltip(f"{name}:N")


def _year_tip(alt: ModuleType) -> Any:
    return alt.Tooltip("year:T", timeUnit="utcyear", title="year")


def _most_frequent(words: Iterable[str]) -> dict[str, str]:
    """For each word itself, or for the rarer ones "other": as many as there are colours to tell them apart."""
    ranked = [word for word, _ in sorted(Counter(words).items(), key=lambda entry: (-entry[1], entry[0]))]
    return {
        word: word if place < _COLOURS or len(ranked) == _COLOURS + 1 else "other" for place, word in enumerate(ranked)
    }


def _places(names: dict[str, str]) -> dict[str, int]:
    """Where each stands in a stack: the most frequent at the bottom."""
    return {name: place for place, name in enumerate(dict.fromkeys(names.values()))}


def _stacked(alt: ModuleType, field: str, names: dict[str, str]) -> Any:
    """The colours of a stack; the legend has the order in which the eye meets them, from the top."""
    return alt.Color(f"{field}:N", title=field, sort=list(_places(names))[::-1])


def _publishers(collection: Collection[Any], records: Iterable[Meeting | Treaty]) -> Iterator[str]:
    """Who published what some records cite: for each record, each once."""
    for record in records:
        sources = [
            (id, collection._dataset.sources.get(id)) for id in (citation.source for citation in record.citations)
        ]
        yield from dict.fromkeys(id if source is None else source.publisher for id, source in sources)


def _most_named(names: Iterable[str]) -> str:
    """Those named most, and how many others there are."""
    counts = Counter(names)
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    more = f" and {len(ranked) - _NAMED} more" if len(ranked) > _NAMED else ""
    return "; ".join(ranked[:_NAMED]) + more


def _titled(alt: ModuleType, chart: Any, title: str, told: list[str]) -> Any:
    lines = [line for text in told for line in textwrap.wrap(_inert(text), _LINE)]
    return chart.properties(title=alt.Title(title, subtitle=lines, anchor="start"), width=_WIDTH, height=_HEIGHT)
