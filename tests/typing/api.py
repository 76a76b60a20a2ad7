"""The types of the public names, as a user's type checker sees them: read by mypy and pyright, never run."""

import datetime as dt
import pathlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, assert_type

import jpus
from jpus import (
    Assessment,
    Citation,
    Claim,
    Collection,
    Coverage,
    DataError,
    Dataset,
    Disagreement,
    ExternalId,
    Indicator,
    Initiative,
    JpusError,
    Meeting,
    MissingExtraError,
    NotCoveredWarning,
    Office,
    Official,
    ParseError,
    PartialDate,
    Participant,
    Party,
    Period,
    Problem,
    Quantity,
    Registration,
    Report,
    RuleException,
    Snapshot,
    Source,
    Table,
    Term,
    TradeFigure,
    Treaty,
    UnknownIdError,
    load,
)
from jpus.consistency import Mirror
from jpus.dataset import (
    Claims,
    Coverages,
    Disagreements,
    Exceptions,
    Indicators,
    Initiatives,
    Meetings,
    Offices,
    Officials,
    Sources,
    TradeFigures,
    Treaties,
)
from jpus.models import Status

# The module, and a Dataset under the same names.

assert_type(jpus.__version__, str)
assert_type(jpus.data_version, str)
assert_type(jpus.officials, Officials)
assert_type(jpus.offices, Offices)
assert_type(jpus.meetings, Meetings)
assert_type(jpus.treaties, Treaties)
assert_type(jpus.initiatives, Initiatives)
assert_type(jpus.trade_figures, TradeFigures)
assert_type(jpus.indicators, Indicators)
assert_type(jpus.sources, Sources)
assert_type(jpus.claims, Claims)
assert_type(jpus.disagreements, Disagreements)
assert_type(jpus.coverage, Coverages)
assert_type(jpus.exceptions, Exceptions)


def datasets(path: pathlib.Path) -> Dataset:
    """A Dataset has the names of the module."""
    dataset = load("folder")
    assert_type(dataset, Dataset)
    assert_type(dataset.officials, Officials)
    assert_type(dataset.offices, Offices)
    assert_type(dataset.meetings, Meetings)
    assert_type(dataset.treaties, Treaties)
    assert_type(dataset.initiatives, Initiatives)
    assert_type(dataset.trade_figures, TradeFigures)
    assert_type(dataset.indicators, Indicators)
    assert_type(dataset.sources, Sources)
    assert_type(dataset.claims, Claims)
    assert_type(dataset.disagreements, Disagreements)
    assert_type(dataset.coverage, Coverages)
    assert_type(dataset.exceptions, Exceptions)
    assert_type(dataset.data_version, str)
    assert_type(dataset.on("1960"), Snapshot)
    assert_type(dataset.check(), Report)
    return load(path)


# Collections keep the class of their records, and their own.


def collections(text: str) -> None:
    """What a collection gives is of its own kind."""
    assert_type(jpus.treaties[text], Treaty)
    assert_type(jpus.treaties.get(text), Treaty | None)
    assert_type(jpus.meetings[text], Meeting)
    assert_type(jpus.trade_figures[text], TradeFigure)
    assert_type(iter(jpus.officials), Iterator[Official])
    assert_type(list(jpus.offices), list[Office])
    assert_type(list(jpus.initiatives), list[Initiative])
    assert_type(list(jpus.indicators), list[Indicator])
    assert_type(list(jpus.sources), list[Source])
    assert_type(list(jpus.claims), list[Claim])
    assert_type(list(jpus.disagreements), list[Disagreement])
    assert_type(list(jpus.coverage), list[Coverage])
    assert_type(list(jpus.exceptions), list[RuleException])
    assert_type(len(jpus.treaties), int)
    assert_type("x" in jpus.treaties, bool)
    assert_type(jpus.treaties.where(subject="security"), Treaties)
    assert_type(jpus.treaties.where(lambda treaty: treaty.binding), Treaties)
    assert_type(jpus.treaties.on("1955", possibly=True), Treaties)
    assert_type(jpus.meetings.between(dt.date(2021, 11, 1), PartialDate(2021, 12)), Meetings)
    assert_type(jpus.officials.search("abe", fuzzy=True), Officials)
    assert_type(jpus.treaties.claims(text, "signed"), Claims)
    assert_type(jpus.treaties.to_dicts(), list[dict[str, Any]])
    assert_type(jpus.trade_figures.series("exports", scope="goods"), TradeFigures)
    assert_type(jpus.trade_figures.mirror("US"), tuple[Mirror, ...])
    assert_type(jpus.officials.holding(text, on="2021-12-22"), tuple[tuple[Official, Term], ...])


def takes_any(collection: Collection[Treaty]) -> list[Treaty]:
    """A collection is generic in its records."""
    return list(collection)


takes_any(jpus.treaties)
takes_any(jpus.meetings)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

# Records.


def officials(official: Official, term: Term, office: Office) -> None:
    """People, terms, offices."""
    assert_type(official.id, str)
    assert_type(official.name, str)
    assert_type(official.given, str | None)
    assert_type(official.born, PartialDate | None)
    assert_type(official.aliases, tuple[str, ...])
    assert_type(official.terms, tuple[Term, ...])
    assert_type(official.external_ids, tuple[ExternalId, ...])
    assert_type(term.start, PartialDate)
    assert_type(term.end, PartialDate | None)
    assert_type(term.number, int | None)
    assert_type(office.single_seat, bool)


def meetings(meeting: Meeting, participant: Participant) -> None:
    """Meetings and who took part."""
    assert_type(meeting.status, Status)
    assert_type(meeting.start, PartialDate)
    assert_type(meeting.end, PartialDate)
    assert_type(meeting.participants, tuple[Participant, ...])
    assert_type(meeting.citations, tuple[Citation, ...])
    assert_type(participant.official, str | None)


def treaties(treaty: Treaty) -> None:
    """Treaties, parties, registrations."""
    assert_type(treaty.binding, bool | None)
    assert_type(treaty.signed, PartialDate | None)
    assert_type(treaty.parties, tuple[Party, ...])
    assert_type(treaty.registrations, tuple[Registration, ...])
    assert_type(treaty.supersedes, tuple[str, ...])


def figures(figure: TradeFigure, indicator: Indicator, claim: Claim) -> None:
    """What is measured and what is stated."""
    assert_type(figure.quantity, Quantity)
    assert_type(figure.time_period, Period)
    assert_type(figure.citation, Citation)
    assert_type(indicator.time_period, Period | None)
    assert_type(claim.resolution, Decimal | None)


def frozen(treaty: Treaty) -> None:
    """Records cannot be changed, and are made by keyword."""
    treaty.title = "x"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    Citation("x", "p1")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    Meeting(id="x")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


# Dates and amounts.


def values(date: PartialDate, period: Period, quantity: Quantity) -> None:
    """Values with bounds."""
    assert_type(PartialDate.parse("1960-01"), PartialDate)
    assert_type(PartialDate.of(dt.date(1960, 1, 19)), PartialDate)
    assert_type(date.month, int | None)
    assert_type(date.earliest, dt.date)
    assert_type(date.is_before("1960"), bool | None)
    assert_type(date.meets(date), bool)
    assert_type(sorted([date]), list[PartialDate])
    assert_type(period.start, PartialDate)
    assert_type(Quantity.parse("$183.6 billion"), Quantity)
    assert_type(quantity.value, Decimal)
    assert_type(quantity.low, Decimal | None)


# Questions.


def questions(official: Official, treaty: Treaty) -> None:
    """What the module answers."""
    assert_type(jpus.on("1960-01-19"), Snapshot)
    assert_type(jpus.on("1960-01-19").holders, Mapping[str, tuple[tuple[Official, Term], ...]])
    assert_type(jpus.on(dt.date(1960, 1, 19)).treaties, Treaties)
    assert_type(jpus.check(as_published="2020"), Report)
    assert_type(jpus.check().ok, bool)
    assert_type(jpus.check().problems, tuple[Problem, ...])
    assert_type(jpus.cite(official, treaty, style="bibtex"), str)
    assert_type(jpus.timeline(treaty), str)
    assert_type(jpus.panel("year", 1960, 2025), Table)
    assert_type(jpus.panel("month", "1960-01", "1960-12"), Table)
    assert_type(jpus.treaties.assess("x", "signed", "1952"), Assessment)
    assert_type(jpus.trade_figures.assess("$283 billion", time_period="2020", flow="total"), Assessment)
    assert_type(jpus.officials.assess("Hayashi", office="x", on="2021-12-22"), Assessment)
    assert_type(jpus.treaties.assess("x", "signed", "1952").hints, tuple[str, ...])
    assert_type(jpus.assess_table(None, columns=("record", "field", "value")), Any)


# Errors.


def errors(error: DataError, unknown: UnknownIdError, missing: MissingExtraError) -> None:
    """Each exception is what it says, and a built-in one too."""
    problems: tuple[Problem, ...] = error.problems
    assert_type(problems[0].rule, str)
    own: tuple[JpusError, ...] = (error, unknown, missing, ParseError())
    also: tuple[ValueError, KeyError, ImportError] = (error, unknown, missing)
    warning: Warning = NotCoveredWarning()
    print(own, also, warning)
