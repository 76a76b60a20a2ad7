"""Hypothesis strategies for the records of jpus, to test code that uses them (extra ``testing``).

Each function gives a strategy. hypothesis knows them by type too, wherever jpus is installed::

    from hypothesis import given, strategies as st

    @given(st.from_type(jpus.Treaty))
    def test_mine(treaty): ...

Collections, snapshots, tables and the other answers are those of a small `jpus.Dataset` of such records.

The records are well formed: ids, texts and countries look as they should, dates stand in order (``signed <= in_force <=
ended``, by the order of ``sorted``), and each keeps every rule of `jpus.rules` that looks at a record alone.
What they refer to is nowhere: give a record others by `attrs.evolve`.
"""

from __future__ import annotations

import datetime as dt
import functools
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args

import attrs

from jpus.assessing import Assessment
from jpus.checking import Report
from jpus.dataset import Collection, Dataset, Snapshot
from jpus.dates import PartialDate, Period, Precision
from jpus.errors import DataError, Problem, UnknownIdError, library
from jpus.models import (
    COLLECTIONS,
    Basis,
    Citation,
    Claim,
    ClaimStatus,
    ConsentKind,
    Coverage,
    Disagreement,
    DisagreementKind,
    EndCause,
    EndEvent,
    ExternalId,
    Flow,
    Format,
    Frequency,
    Indicator,
    Initiative,
    Meeting,
    MeetingKind,
    ObservationStatus,
    Office,
    Official,
    Participant,
    Party,
    Registration,
    Role,
    RuleException,
    Scope,
    Series,
    Source,
    SourceKind,
    StartEvent,
    Status,
    Subject,
    Term,
    TitleBasis,
    TradeFigure,
    Treaty,
    TreatyKind,
)
from jpus.quantities import Qualifier, Quantity, Rounding
from jpus.tables import Column, ColumnType, Table

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = [
    "ANSWERS",
    "STRATEGIES",
    "assessments",
    "citations",
    "claims",
    "collections",
    "coverages",
    "data_errors",
    "datasets",
    "disagreements",
    "external_ids",
    "indicators",
    "initiatives",
    "meetings",
    "offices",
    "officials",
    "partial_dates",
    "participants",
    "parties",
    "periods",
    "problems",
    "quantities",
    "register",
    "registrations",
    "reports",
    "rule_exceptions",
    "snapshots",
    "sources",
    "tables",
    "terms",
    "trade_figures",
    "treaties",
    "unknown_id_errors",
]

Drawn = TypeVar("Drawn")


def __dir__() -> list[str]:
    return __all__


def _st() -> Any:
    # Not at the top: hypothesis, once imported, imports this module in turn, to call `register`.
    return library("hypothesis.strategies", "testing")


def _drawn(one: Callable[[DrawFn], Drawn]) -> Callable[[], SearchStrategy[Drawn]]:
    """A function that gives the strategy of what another draws: `hypothesis.strategies.composite`, made when called."""

    @functools.cache
    def made() -> SearchStrategy[Drawn]:
        strategy: SearchStrategy[Drawn] = _st().composite(one)()
        return strategy

    def function() -> SearchStrategy[Drawn]:
        return made()

    function.__name__ = function.__qualname__ = one.__name__
    function.__doc__ = one.__doc__
    return function


# --- parts of records ------------------------------------------------------------------------------------------------

_COUNTRIES: Final = ("JP", "US", "GB", "KR", "EU", "SU", "IAEA")
_ZONES: Final = ("Asia/Tokyo", "America/New_York", "Europe/London")
_FIRST_YEAR: Final = 1853
_LAST_YEAR: Final = 2026


@functools.cache
def _texts() -> Any:
    """Words in any script: NFC, single spaces, nothing invisible."""
    st = _st()
    letters = st.characters(categories=["L", "N", "P", "S"], include_characters=" ", exclude_characters="\u2010\u2011")
    texts = st.text(letters, min_size=1, max_size=20)
    return texts.map(lambda text: " ".join(unicodedata.normalize("NFC", text).split())).filter(bool)


@functools.cache
def _ids() -> Any:
    texts = _st().text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=20)
    return texts.map(lambda text: "-".join(filter(None, text.split("-")))).filter(bool)


def _word(draw: DrawFn, words: Any) -> Any:
    """One word of a Literal."""
    return draw(_st().sampled_from(get_args(words)))


def _maybe(draw: DrawFn, strategy: Any) -> Any:
    return draw(_st().none() | strategy)


def _several(draw: DrawFn, strategy: Any, *, at_least: int = 0) -> tuple[Any, ...]:
    return tuple(draw(_st().lists(strategy, min_size=at_least, max_size=at_least + 2)))


def _other_ids(draw: DrawFn, id: str) -> tuple[str, ...]:
    """Ids of other records than this."""
    return tuple(f"{id}-{number}" for number in range(draw(_st().integers(0, 2))))


def _in_order(draw: DrawFn, count: int) -> list[PartialDate]:
    dates = partial_dates(min_year=_FIRST_YEAR, max_year=_LAST_YEAR)
    return sorted(draw(_st().lists(dates, min_size=count, max_size=count)))


def _or_none(draw: DrawFn, value: Drawn) -> Drawn | None:
    return value if draw(_st().booleans()) else None


# --- dates and amounts -----------------------------------------------------------------------------------------------


def partial_dates(*, min_year: int = 1, max_year: int = 9999) -> SearchStrategy[PartialDate]:
    """Years, months and days.

    Args:
        min_year: The first year.
        max_year: The last year.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(partial_dates())
    ... def test(date):
    ...     assert date.earliest <= date.latest
    >>> test()
    """
    st = _st()
    days = st.dates(dt.date(min_year, 1, 1), dt.date(max_year, 12, 31))
    strategy: SearchStrategy[PartialDate] = st.builds(_cut, days, st.sampled_from(get_args(Precision)))
    return strategy


def _cut(day: dt.date, precision: Precision) -> PartialDate:
    parts = (day.year, day.month, day.day)
    return PartialDate(*parts[: get_args(Precision).index(precision) + 1])


@_drawn
def periods(draw: DrawFn) -> Period:
    """Years, months and days, and spans from one to another.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(periods())
    ... def test(period):
    ...     assert period.start.precision == period.end.precision
    >>> test()
    """
    days = draw(_st().lists(_st().dates(), min_size=1, max_size=2))
    precision = _word(draw, Precision)
    dates = sorted(_cut(day, precision) for day in days)
    return Period(dates[0], dates[-1])


@_drawn
def quantities(draw: DrawFn) -> Quantity:
    """Amounts; where one is stated, the statement parses to its value, qualifier and resolution.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(quantities())
    ... def test(quantity):
    ...     assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
    >>> test()
    """
    st = _st()
    unit = draw(st.sampled_from(("USD", "JPY", "persons", "pairs", "count")))
    if draw(st.booleans()):
        return _stated(draw, unit)
    resolution = draw(st.none() | st.sampled_from((Decimal("0.01"), Decimal(1), Decimal(1000), Decimal(100000000))))
    return Quantity(
        value=draw(st.integers(-(10**6), 10**6)) * (resolution or Decimal(1)),
        unit=unit,
        qualifier=_word(draw, Qualifier),
        resolution=resolution,
        rounding=_word(draw, Rounding),
    )


def _stated(draw: DrawFn, unit: str, *, signed: bool = True) -> Quantity:
    """An amount as a source prints it."""
    st = _st()
    number = f"{draw(st.integers(1, 9999)):,}" + draw(st.sampled_from(("", ".5", ".25", ".10")))
    scale = draw(st.sampled_from(("", "thousand", "million", "billion", "trillion")))
    below = draw(st.booleans()) if signed and unit in {"USD", "JPY"} else False
    if draw(st.booleans()):
        name = {"USD": "dollars", "JPY": "yen", "persons": "persons", "pairs": "pairs"}.get(unit, "")
        words = [*([scale] if scale else []), *([name] if name else [])]
        text = f"{number} ({' '.join(words)}{' deficit' if below else ''})"
    else:
        hedge = draw(st.sampled_from(("", "about ", "over ", "nearly ", "up to ", "almost ")))
        mark = {"USD": "$", "JPY": "¥"}.get(unit, "")
        text = f"{hedge}{mark}{number}{f' {scale}' if scale else ''}{' deficit' if below else ''}"
    return attrs.evolve(Quantity.parse(text, unit=unit), rounding=_word(draw, Rounding))


# --- what records are made of ----------------------------------------------------------------------------------------


@_drawn
def citations(draw: DrawFn) -> Citation:
    """Sources with a locator.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(citations())
    ... def test(citation):
    ...     assert citation.source and citation.locator
    >>> test()
    """
    return Citation(source=draw(_ids()), locator=draw(_texts()))


@_drawn
def external_ids(draw: DrawFn) -> ExternalId:
    """Names of records in other data.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(external_ids())
    ... def test(id):
    ...     assert id.scheme and id.value
    >>> test()
    """
    return ExternalId(scheme=draw(_ids()), value=draw(_texts()))


@_drawn
def registrations(draw: DrawFn) -> Registration:
    """Places in treaty series.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(registrations())
    ... def test(registration):
    ...     assert registration.number.isdecimal()
    >>> test()
    """
    return Registration(series=_word(draw, Series), number=str(draw(_st().integers(1, 99999))))


@_drawn
def terms(draw: DrawFn) -> Term:
    """Times in office: start <= end.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(terms())
    ... def test(term):
    ...     assert term.end is None or term.start <= term.end
    >>> test()
    """
    start, end = _in_order(draw, 2)
    return _term(draw, draw(_ids()), start, _or_none(draw, end))


def _term(draw: DrawFn, id: str, start: PartialDate, end: PartialDate | None) -> Term:
    known = [event for event in get_args(EndEvent) if event != "unknown"]
    return Term(
        id=id,
        office=draw(_ids()),
        start=start,
        end=end,
        start_event=_or_none(draw, _word(draw, StartEvent)),
        end_event=_maybe(draw, _st().sampled_from(["unknown"] if end is None else known)),
        role=_word(draw, Role),
        number=_maybe(draw, _st().integers(1, 200)),
        citations=_several(draw, citations(), at_least=1),
        note=_maybe(draw, _texts()),
    )


@_drawn
def participants(draw: DrawFn) -> Participant:
    """People at a meeting.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(participants())
    ... def test(person):
    ...     assert person.name
    >>> test()
    """
    return _participant(draw, draw(_texts()))


def _participant(draw: DrawFn, name: str, **known: Any) -> Participant:
    found = {
        "official": _maybe(draw, _ids()),
        "country": draw(_st().sampled_from(_COUNTRIES)),
        "office": _maybe(draw, _ids()),
    }
    return Participant(name=name, **{**found, **known})


@_drawn
def parties(draw: DrawFn) -> Party:
    """Parties to a treaty: signed <= consent <= in_force <= ended.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(parties())
    ... def test(party):
    ...     assert None in {party.signed, party.in_force} or party.signed <= party.in_force
    >>> test()
    """
    return _party(draw, draw(_st().sampled_from(_COUNTRIES)), *_in_order(draw, 4))


def _party(
    draw: DrawFn,
    country: str,
    signed: PartialDate | None,
    consent: PartialDate | None,
    in_force: PartialDate | None,
    ended: PartialDate | None,
) -> Party:
    """A party with some of these dates."""
    consented = _or_none(draw, consent)
    return Party(
        country=country,
        signed=_or_none(draw, signed),
        consent=consented,
        consent_kind=None if consented is None else _or_none(draw, _word(draw, ConsentKind)),
        in_force=_or_none(draw, in_force),
        ended=_or_none(draw, ended),
    )


# --- records ---------------------------------------------------------------------------------------------------------


@_drawn
def sources(draw: DrawFn) -> Source:
    """Documents and data sets: published <= accessed.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(sources())
    ... def test(source):
    ...     assert None in {source.published, source.accessed} or source.published <= source.accessed
    >>> test()
    """
    id = draw(_ids())
    published, accessed = _in_order(draw, 2)
    return Source(
        id=id,
        title=draw(_texts()),
        publisher=draw(_texts()),
        kind=_word(draw, SourceKind),
        url=_or_none(draw, f"https://example.org/{id}"),
        published=_or_none(draw, published),
        accessed=_or_none(draw, accessed),
        language=draw(_st().sampled_from(("en", "ja"))),
        license=_maybe(draw, _texts()),
        derived_from=_or_none(draw, f"{id}-original"),
        note=_maybe(draw, _texts()),
    )


@_drawn
def offices(draw: DrawFn) -> Office:
    """Offices of the two countries.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(offices())
    ... def test(office):
    ...     assert office.country in {"JP", "US"}
    >>> test()
    """
    return Office(
        id=draw(_ids()),
        title=draw(_texts()),
        native=_maybe(draw, _texts()),
        country=draw(_st().sampled_from(("JP", "US"))),
        single_seat=draw(_st().booleans()),
        note=_maybe(draw, _texts()),
    )


@_drawn
def officials(draw: DrawFn) -> Official:
    """People: born before their terms, which stand in order and apart, and died after them.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(officials())
    ... def test(official):
    ...     assert list(official.terms) == sorted(official.terms, key=lambda term: (term.start, term.office))
    >>> test()
    """
    id = draw(_ids())
    count = draw(_st().integers(0, 3))
    born, *dates, died = _in_order(draw, 2 * count + 2)
    open_end = bool(count) and draw(_st().booleans())
    ends = [*dates[1::2][:-1], None] if open_end else dates[1::2]
    held = [
        _term(draw, f"{id}-{place}", start, end)
        for place, (start, end) in enumerate(zip(dates[::2], ends, strict=True))
    ]
    return Official(
        id=id,
        family=draw(_texts()),
        given=_maybe(draw, _texts()),
        native=_maybe(draw, _texts()),
        kana=_maybe(draw, _texts()),
        country=_maybe(draw, _st().sampled_from(("JP", "US"))),
        born=_or_none(draw, born),
        died=None if open_end else _or_none(draw, died),
        aliases=_several(draw, _texts()),
        terms=tuple(sorted(held, key=lambda term: (term.start, term.office))),
        external_ids=_several(draw, external_ids()),
        citations=_several(draw, citations(), at_least=1),
        former_ids=_other_ids(draw, f"{id}-former"),
        note=_maybe(draw, _texts()),
    )


@_drawn
def meetings(draw: DrawFn) -> Meeting:
    """Meetings, calls and visits, with people of both countries: start <= end.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(meetings())
    ... def test(meeting):
    ...     assert {"JP", "US"} <= {person.country for person in meeting.participants}
    >>> test()
    """
    st = _st()
    id = draw(_ids())
    kind, format = _word(draw, MeetingKind), _word(draw, Format)
    start, end = _in_order(draw, 2)
    place = None if format == "telephone" else _maybe(draw, _texts())
    guest = {"office": "jp-emperor"} if kind == "state_visit" else {}
    names = draw(st.lists(_texts(), min_size=2, max_size=4, unique=True))
    people = (
        _participant(draw, names[0], country="JP", official=None, **guest),
        _participant(draw, names[1], country="US", official=None),
        *(_participant(draw, name, official=None) for name in names[2:]),
    )
    return Meeting(
        id=id,
        title=draw(_texts()),
        kind=kind,
        status=_word(draw, Status),
        format=format,
        start=start,
        end=end,
        place=place,
        country=None if place is None else draw(st.sampled_from(("JP", "US", "FR"))),
        also_visited=() if place is None else _several(draw, _texts()),
        timezone=_maybe(draw, st.sampled_from(_ZONES)),
        participants=people,
        topics=_several(draw, _texts()),
        outcomes=_several(draw, _ids()),
        part_of=_or_none(draw, f"{id}-visit"),
        external_ids=_several(draw, external_ids()),
        citations=_several(draw, citations(), at_least=1),
        former_ids=_other_ids(draw, f"{id}-former"),
        note=_maybe(draw, _texts()),
    )


@_drawn
def treaties(draw: DrawFn) -> Treaty:
    """Treaties between Japan and the United States: adopted <= signed <= in_force <= ended.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(treaties())
    ... def test(treaty):
    ...     assert treaty.ended is None or treaty.in_force <= treaty.ended
    >>> test()
    """
    st = _st()
    id = draw(_ids())
    adopted, earlier, signed, consent, provisional, in_force, ended = _in_order(draw, 7)
    entered = _or_none(draw, in_force)
    over = _or_none(draw, ended) if entered is not None else None
    signatures: list[PartialDate | None] = [None, None]
    if draw(st.booleans()):
        signatures = draw(st.permutations([earlier, signed]))
    both = (_party(draw, one, day, consent, entered, over) for one, day in zip(("JP", "US"), signatures, strict=True))
    others = draw(st.lists(st.sampled_from(_COUNTRIES[2:]), max_size=2, unique=True))
    return Treaty(
        id=id,
        title=draw(_texts()),
        title_basis=_word(draw, TitleBasis),
        short_title=_maybe(draw, _texts()),
        native=_maybe(draw, _texts()),
        kind=_word(draw, TreatyKind),
        subject=_word(draw, Subject),
        binding=_maybe(draw, st.booleans()),
        adopted=_or_none(draw, adopted),
        signed=max(filter(None, signatures), default=None),
        signed_at=_maybe(draw, _texts()),
        in_force=entered,
        provisional_from=_or_none(draw, provisional),
        ended=over,
        end_cause=None if over is None else _or_none(draw, _word(draw, EndCause)),
        parties=(*both, *(_party(draw, country, earlier, consent, in_force, ended) for country in others)),
        registrations=_several(draw, registrations()),
        supersedes=_other_ids(draw, f"{id}-before"),
        amends=_other_ids(draw, f"{id}-amended"),
        external_ids=_several(draw, external_ids()),
        citations=_several(draw, citations(), at_least=1),
        former_ids=_other_ids(draw, f"{id}-former"),
        note=_maybe(draw, _texts()),
    )


@_drawn
def initiatives(draw: DrawFn) -> Initiative:
    """Named partnerships: launched <= ended.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(initiatives())
    ... def test(initiative):
    ...     assert initiative.partners == ("JP", "US")
    >>> test()
    """
    launched, ended = _in_order(draw, 2)
    id = draw(_ids())
    return Initiative(
        id=id,
        title=draw(_texts()),
        short_title=_maybe(draw, _texts()),
        native=_maybe(draw, _texts()),
        subject=_word(draw, Subject),
        launched=_or_none(draw, launched),
        ended=_or_none(draw, ended),
        partners=("JP", "US"),
        citations=_several(draw, citations(), at_least=1),
        former_ids=_other_ids(draw, f"{id}-former"),
        note=_maybe(draw, _texts()),
    )


@_drawn
def trade_figures(draw: DrawFn) -> TradeFigure:
    """Figures of trade between the two, in dollars or yen: only a balance is below zero, and freq fits the period.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(trade_figures())
    ... def test(figure):
    ...     assert figure.flow == "balance" or figure.quantity.value >= 0
    >>> test()
    """
    st = _st()
    ref_area, counterpart_area = draw(st.permutations(("JP", "US")))
    flow, freq = _word(draw, Flow), _word(draw, Frequency)
    return TradeFigure(
        id=draw(_ids()),
        ref_area=ref_area,
        counterpart_area=counterpart_area,
        flow=flow,
        scope=_word(draw, Scope),
        basis=_word(draw, Basis),
        freq=freq,
        time_period=_months(draw, {"A": 12, "M": 1, "P": draw(st.integers(2, 11))}[freq]),
        quantity=_stated(draw, draw(st.sampled_from(("USD", "JPY"))), signed=flow == "balance"),
        status=_word(draw, ObservationStatus),
        citation=draw(citations()),
        note=_maybe(draw, _texts()),
    )


def _months(draw: DrawFn, count: int) -> Period:
    """A span of some months; a calendar year as such."""
    first = draw(_st().integers(_FIRST_YEAR * 12, _LAST_YEAR * 12))
    if count == 12 and first % 12 == 0:
        return Period(PartialDate(first // 12), PartialDate(first // 12))
    last = first + count - 1
    return Period(PartialDate(first // 12, first % 12 + 1), PartialDate(last // 12, last % 12 + 1))


@_drawn
def indicators(draw: DrawFn) -> Indicator:
    """Figures of something other than trade.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(indicators())
    ... def test(figure):
    ...     assert figure.ref_area != figure.counterpart_area
    >>> test()
    """
    st = _st()
    ref_area, counterpart_area = draw(st.permutations(("JP", "US")))
    return Indicator(
        id=draw(_ids()),
        measure=draw(_ids()).replace("-", "_"),
        ref_area=ref_area,
        counterpart_area=counterpart_area,
        basis=_maybe(draw, _texts()),
        time_period=_maybe(draw, periods()),
        quantity=_stated(draw, draw(st.sampled_from(("USD", "JPY", "persons", "pairs", "count")))),
        status=_word(draw, ObservationStatus),
        citation=draw(citations()),
        note=_maybe(draw, _texts()),
    )


@_drawn
def claims(draw: DrawFn) -> Claim:
    """What sources state, each value of the kind of its field.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(claims())
    ... def test(claim):
    ...     assert claim.reason or claim.status == "normal"
    >>> test()
    """
    st = _st()
    field = draw(st.sampled_from(("signed", "parties.JP.in_force", "start", "place", "title", "quantity", "duration")))
    value, resolution = draw(_texts()), None
    if field == "quantity":
        amount = _stated(draw, "count")
        value, resolution = f"{amount.value:f}", amount.resolution
    elif field not in {"place", "title", "duration"}:
        value = str(draw(partial_dates(min_year=_FIRST_YEAR, max_year=_LAST_YEAR)))
    status = _word(draw, ClaimStatus)
    return Claim(
        id=draw(_ids()),
        subject=draw(_ids()),
        field=field,
        value=value,
        stated=_maybe(draw, _texts().filter(lambda text: len(text.split()) <= 12)),
        qualifier=_word(draw, Qualifier),
        resolution=resolution,
        timezone=_maybe(draw, st.sampled_from(_ZONES)),
        source=draw(_ids()),
        locator=draw(_texts()),
        status=status,
        reason=None if status == "normal" else draw(_texts()),
        note=_maybe(draw, _texts()),
    )


@_drawn
def disagreements(draw: DrawFn) -> Disagreement:
    """Explanations of conflicts.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(disagreements())
    ... def test(disagreement):
    ...     assert disagreement.explanation
    >>> test()
    """
    return Disagreement(
        id=draw(_ids()),
        subject=draw(_ids()),
        field=draw(_st().sampled_from(("signed", "in_force", "start", "quantity"))),
        kind=_word(draw, DisagreementKind),
        explanation=draw(_texts()),
        citations=_several(draw, citations()),
    )


@_drawn
def coverages(draw: DrawFn) -> Coverage:
    """What is complete: start <= end, both there where it is.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(coverages())
    ... def test(coverage):
    ...     assert not coverage.complete or coverage.start <= coverage.end
    >>> test()
    """
    complete = draw(_st().booleans())
    start, end = _in_order(draw, 2)
    return Coverage(
        id=draw(_ids()),
        collection=draw(_st().sampled_from(tuple(COLLECTIONS))),
        key=_maybe(draw, _ids()),
        start=start if complete else _or_none(draw, start),
        end=end if complete else _or_none(draw, end),
        complete=complete,
        rule=draw(_texts()),
        excludes=_maybe(draw, _texts()),
    )


@_drawn
def rule_exceptions(draw: DrawFn) -> RuleException:
    """Records that may break a rule.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(rule_exceptions())
    ... def test(exception):
    ...     assert exception.reason
    >>> test()
    """
    return RuleException(
        id=draw(_ids()),
        rule=draw(_st().sampled_from(("O02", "O03", "M03", "T02"))),
        record=draw(_ids()),
        reason=draw(_texts()),
        citations=_several(draw, citations()),
    )


STRATEGIES: Final[dict[type, Callable[[], SearchStrategy[Any]]]] = {
    PartialDate: partial_dates,
    Period: periods,
    Quantity: quantities,
    Citation: citations,
    ExternalId: external_ids,
    Registration: registrations,
    Term: terms,
    Participant: participants,
    Party: parties,
    Official: officials,
    Office: offices,
    Meeting: meetings,
    Treaty: treaties,
    Initiative: initiatives,
    TradeFigure: trade_figures,
    Indicator: indicators,
    Source: sources,
    Claim: claims,
    Disagreement: disagreements,
    Coverage: coverages,
    RuleException: rule_exceptions,
}
"""For each type of jpus that users meet, the function that gives its strategy.

>>> STRATEGIES[Treaty] is treaties
True
"""


# --- answers ---------------------------------------------------------------------------------------------------------


@_drawn
def datasets(draw: DrawFn) -> Dataset:
    """Datasets of a few records; what they refer to is nowhere.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(datasets())
    ... def test(dataset):
    ...     assert len(dataset.collections) == len(COLLECTIONS)
    >>> test()
    """
    st = _st()
    filled = draw(st.lists(st.sampled_from(tuple(COLLECTIONS)), max_size=3, unique=True))
    groups = {name: draw(st.lists(STRATEGIES[COLLECTIONS[name]](), max_size=3)) for name in filled}
    records = {name: {record.id: record for record in group} for name, group in groups.items()}
    return Dataset(lambda name: (records.get(name, {}), {}), version=str(draw(st.dates())))


@_drawn
def collections(draw: DrawFn) -> Collection[Any]:
    """Collections of any kind, empty ones too.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(collections())
    ... def test(collection):
    ...     assert all(record.id in collection for record in collection)
    >>> test()
    """
    collection: Collection[Any] = draw(_st().sampled_from(draw(datasets()).collections))
    return collection


@_drawn
def snapshots(draw: DrawFn) -> Snapshot:
    """What holds on a day.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(snapshots())
    ... def test(snapshot):
    ...     assert all(treaty.in_force for treaty in snapshot.treaties)
    >>> test()
    """
    return draw(datasets()).on(draw(partial_dates(min_year=_FIRST_YEAR, max_year=_LAST_YEAR)))


@_drawn
def reports(draw: DrawFn) -> Report:
    """What a check finds: that what the records refer to is not there, at least.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(reports())
    ... def test(report):
    ...     assert report.ok == (not report.problems)
    >>> test()
    """
    return draw(datasets()).check()


@_drawn
def assessments(draw: DrawFn) -> Assessment:
    """A day held against the day on which a treaty was signed.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(assessments())
    ... def test(answer):
    ...     assert answer.accepted or answer.verdict == "not_checkable"
    >>> test()
    """
    treaty = draw(treaties())
    dataset = Dataset(lambda name: ({treaty.id: treaty} if name == "treaties" else {}, {}), version="2100-01-01")
    return dataset.treaties.assess(treaty.id, "signed", str(draw(partial_dates())))


@_drawn
def tables(draw: DrawFn) -> Table:
    """Tables with columns of every type, and cells that may be empty.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(tables())
    ... def test(table):
    ...     assert len(table.to_dicts()) == len(table.rows)
    >>> test()
    """
    st = _st()
    cells = {
        "text": _texts(),
        "date": st.dates(),
        "decimal": st.decimals(-(10**12), 10**12, places=2),
        "integer": st.integers(-(2**63), 2**63 - 1),
        "boolean": st.booleans(),
    }
    names = draw(st.lists(_ids(), min_size=1, max_size=5, unique=True))
    columns = tuple(Column(name, _word(draw, ColumnType)) for name in names)
    rows = st.tuples(*(st.none() | cells[column.type] for column in columns))
    return Table(columns, tuple(draw(st.lists(rows, max_size=3))))


@_drawn
def problems(draw: DrawFn) -> Problem:
    """What is wrong with a record.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(problems())
    ... def test(problem):
    ...     assert problem.rule in str(problem)
    >>> test()
    """
    return Problem(*(draw(_texts()) for _ in Problem._fields))


@_drawn
def data_errors(draw: DrawFn) -> DataError:
    """Errors with all the problems of some data.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(data_errors())
    ... def test(error):
    ...     assert len(str(error).splitlines()) == len(error.problems)
    >>> test()
    """
    return DataError(_several(draw, problems(), at_least=1))


@_drawn
def unknown_id_errors(draw: DrawFn) -> UnknownIdError:
    """Errors that name an id and near ones.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(unknown_id_errors())
    ... def test(error):
    ...     assert error.collection in COLLECTIONS
    >>> test()
    """
    return UnknownIdError(draw(_st().sampled_from(tuple(COLLECTIONS))), draw(_ids()), _several(draw, _ids()))


ANSWERS: Final[dict[type, Callable[[], SearchStrategy[Any]]]] = {
    Dataset: datasets,
    Collection: collections,
    Snapshot: snapshots,
    Report: reports,
    Assessment: assessments,
    Table: tables,
    Problem: problems,
    DataError: data_errors,
    UnknownIdError: unknown_id_errors,
}
"""The same for what jpus answers: collections and what is made of them, and errors that tell more than a text.

>>> ANSWERS[Collection] is collections
True
"""


def register() -> None:
    """Tell hypothesis of every strategy, by type; hypothesis itself calls this when it is imported.

    >>> from hypothesis import strategies as st
    >>> st.from_type(Treaty).validate()
    """
    for kind, function in (STRATEGIES | ANSWERS).items():
        _st().register_type_strategy(kind, _ignoring_type(function))


def _ignoring_type(function: Callable[[], SearchStrategy[Any]]) -> Callable[[type], SearchStrategy[Any]]:
    # hypothesis asks with the type, and only when a test needs it: until then nothing is built.
    return lambda _: function()
