"""What the data must keep: each rule has a code, one function, one sentence.

`RULES` lists them. Call one on a Dataset, or on a Dataset and one record:

>>> import jpus
>>> from jpus.rules import RULES
>>> list(RULES["M02"](jpus.meetings._dataset))
[]

The letter of a code says what it is about: I ids and references, X texts, D dates, O officials and offices, M meetings,
T treaties, Q quantities, C claims, S sources, V coverage, E exceptions. Problems of form (F) are found while loading.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
import unicodedata
import zoneinfo
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from jpus.consistency import Statement, accepted, conflicts, kind_of, make_statement, statement
from jpus.dates import PartialDate, Period
from jpus.errors import ParseError, Problem
from jpus.models import (
    COLLECTIONS,
    REFERENCES,
    Citation,
    Claim,
    Coverage,
    Indicator,
    Meeting,
    Official,
    RuleException,
    Source,
    Term,
    TradeFigure,
    Treaty,
)
from jpus.quantities import Quantity
from jpus.spans import Span

if TYPE_CHECKING:
    from jpus.dataset import Dataset
    from jpus.models import Record

__all__ = ["RULES", "Rule"]

Fault: TypeAlias = tuple[str, object, str]
"""The field, its value, and what is wrong with it."""

WORDS: Final = 12
"""How many words of a source may be taken over."""
GAPS_FROM: Final = PartialDate(1945, 9, 2)
"""From this day on a gap in a single-seat office needs a reason."""


@attrs.frozen
class Rule:
    """One rule: its code, its sentence, and its check.

    >>> RULES["D01"].code
    'D01'
    """

    code: str
    """A letter and two digits."""
    doc: str
    """What the data must keep, in one sentence."""
    collections: tuple[str, ...]
    """The collections whose records it looks at."""
    _find: Callable[[Dataset, Record | None], Iterator[tuple[str, str, Fault]]]

    def __call__(self, dataset: Dataset, record: Record | None = None) -> Iterator[Problem]:
        """The problems in a Dataset, or those of one record in it; exceptions are not yet taken off.

        >>> import jpus
        >>> from jpus.dataset import packaged
        >>> list(RULES["D01"](packaged(), jpus.treaties["security-treaty-1951"]))
        []
        """
        for collection, id, (field, value, message) in self._find(dataset, record):
            yield Problem(dataset.file_of(collection, id), id, field, _clip(value), message, self.code)

    def __repr__(self) -> str:
        return f"<Rule {self.code}: {self.doc}>"


RULES: Final[dict[str, Rule]] = {}
"""All rules by code.

>>> RULES["D01"].code
'D01'
"""


def _clip(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 80 else f"{text[:60]}... ({len(text)} characters)"


def _add(function: Callable[..., Any], code: str, names: Iterable[str], find: Callable[..., Any]) -> None:
    doc = (function.__doc__ or "").strip()
    RULES[code] = Rule(code, doc, tuple(names), find)


def each(
    code: str, *names: str
) -> Callable[[Callable[[Any, Dataset], Iterator[Fault]]], Callable[[Any, Dataset], Iterator[Fault]]]:
    """Register a rule that looks at one record at a time; of every collection where none is named."""
    chosen = names or tuple(COLLECTIONS)

    def register(function: Callable[[Any, Dataset], Iterator[Fault]]) -> Callable[[Any, Dataset], Iterator[Fault]]:
        def find(dataset: Dataset, record: Record | None) -> Iterator[tuple[str, str, Fault]]:
            if record is not None:
                name = next(name for name, kind in COLLECTIONS.items() if kind is type(record))
                if name in chosen:
                    yield from ((name, record.id, fault) for fault in function(record, dataset))
                return
            for name in chosen:
                for one in getattr(dataset, name):
                    yield from ((name, one.id, fault) for fault in function(one, dataset))

        _add(function, code, chosen, find)
        return function

    return register


def whole(
    code: str, *names: str
) -> Callable[
    [Callable[[Dataset], Iterator[tuple[str, str, Fault]]]], Callable[[Dataset], Iterator[tuple[str, str, Fault]]]
]:
    """Register a rule that looks at many records together; it yields collection, id and fault."""

    def register(
        function: Callable[[Dataset], Iterator[tuple[str, str, Fault]]],
    ) -> Callable[[Dataset], Iterator[tuple[str, str, Fault]]]:
        def find(dataset: Dataset, record: Record | None) -> Iterator[tuple[str, str, Fault]]:
            return (found for found in function(dataset) if record is None or found[1] == record.id)

        _add(function, code, names, find)
        return function

    return register


Key: TypeAlias = tuple[type, str]
"""A class and the name of a field of it."""


def _walk(value: object, path: str = "", key: Key = (object, "")) -> Iterator[tuple[str, Key, object]]:
    """Every value inside a record, with the path to it and the field that holds it."""
    kind: Any = type(value)
    if attrs.has(kind) and kind not in {PartialDate, Period}:
        for field in attrs.fields(kind):
            inner = f"{path}.{field.name}" if path else field.name
            yield from _walk(getattr(value, field.name), inner, (kind, field.name))
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            yield from _walk(part, f"{path}[{place}]", key)
    else:
        yield path, key, value


# --- ids and references ----------------------------------------------------------------------------------------------

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@each("I01")
def _id_form(record: Record, dataset: Dataset) -> Iterator[Fault]:
    """An id is lower-case kebab: letters, digits, single hyphens; a rule's code in an exception may be in it too."""
    ids = [("id", record.id), *((f"former_ids[{n}]", old) for n, old in enumerate(getattr(record, "former_ids", ())))]
    ids += [(f"terms[{n}].id", term.id) for n, term in enumerate(getattr(record, "terms", ()))]
    for field, id in ids:
        if not _ID.fullmatch(id):
            yield field, id, "is not lower-case words with hyphens between"


@whole("I02", *COLLECTIONS)
def _id_unique(dataset: Dataset) -> Iterator[tuple[str, str, Fault]]:
    """An id, former ones too, is of one record or term only, in all collections that claims may speak of."""
    seen: dict[str, str] = {}
    for collection in dataset.collections:
        if collection.name in {"claims", "disagreements", "coverage", "exceptions"}:
            continue
        for record in collection:
            terms = [term.id for term in getattr(record, "terms", ())]
            for id in (record.id, *getattr(record, "former_ids", ()), *terms):
                if id in seen:
                    yield collection.name, record.id, ("id", id, f"is an id of {seen[id]} too")
                seen.setdefault(id, f"{collection.name}: {record.id}")


def _references(record: Record) -> Iterator[tuple[str, str, str]]:
    """Field, id and collection of all that a record refers to; the collection is empty for any record or term."""
    for path, key, value in _walk(record):
        if isinstance(value, str) and key in REFERENCES:
            yield path, value, REFERENCES[key]


@each("I03")
def _resolves(record: Record, dataset: Dataset) -> Iterator[Fault]:
    """Every reference names a record, or a term, that is there."""
    for field, id, collection in _references(record):
        known = id in getattr(dataset, collection)._records if collection else dataset.subject(id) is not None
        if not known:
            yield field, id, f"names nothing in {collection or 'the data'}"
    if isinstance(record, RuleException) and not dataset.collection_of(record.record):
        yield "record", record.record, "names nothing in the data"
    if isinstance(record, Meeting):
        # A participant's office may be a title in words; one that is written like an id is meant for an id.
        for place, person in enumerate(record.participants):
            if person.office and _ID.fullmatch(person.office) and person.office not in dataset.offices:
                yield f"participants[{place}].office", person.office, "names nothing in offices"


@each("I04", "coverage", "exceptions")
def _names_part(record: Coverage | RuleException, dataset: Dataset) -> Iterator[Fault]:
    """Coverage names a collection, an exception a rule."""
    if isinstance(record, Coverage):
        if record.collection not in COLLECTIONS:
            yield "collection", record.collection, f"is none of {', '.join(COLLECTIONS)}"
    elif record.rule not in RULES:
        yield "rule", record.rule, "is no rule"


# --- texts -----------------------------------------------------------------------------------------------------------

_ODD: Final = re.compile(r"[\u00ad\u200b-\u200f\u2010\u2011\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f\x7f-\x9f]")


@each("X01")
def _clean_text(record: Record, dataset: Dataset) -> Iterator[Fault]:
    """Text is NFC, without spaces at its ends or doubled, control and invisible characters, and is not empty."""
    for field, _, value in _walk(record):
        if not isinstance(value, str):
            continue
        if not value:
            yield field, value, "is an empty text: leave the key out"
        elif value.isascii() and value.isprintable():
            if value != value.strip() or "  " in value:
                yield field, value, "has a space too many"
        elif unicodedata.normalize("NFC", value) != value:
            yield field, value, "is not in Unicode form NFC"
        elif _ODD.search(value):
            yield field, value, "has a control or an invisible character"
        elif value != value.strip() or "  " in value:
            yield field, value, "has a space too many"


@each("X02", "officials", "meetings", "treaties", "initiatives", "offices", "trade_figures", "indicators")
def _country_codes(record: Any, dataset: Dataset) -> Iterator[Fault]:
    """A country is an ISO 3166-1 alpha-2 code in capitals; EU, SU (the Soviet Union) and IAEA may stand too."""
    for field, (_, name), value in _walk(record):
        coded = name in {"country", "ref_area", "counterpart_area", "partners"} and isinstance(value, str)
        if coded and not re.fullmatch(r"[A-Z]{2}|IAEA", str(value)):
            yield field, value, "is no country code"


# --- dates -----------------------------------------------------------------------------------------------------------


def _dated(record: Record) -> Iterator[tuple[str, str, PartialDate]]:
    """Subject, field and date of every date of a record that claims back."""
    for field in attrs.fields(type(record)):
        value = getattr(record, field.name)
        if isinstance(value, PartialDate) and kind_of(field.name) == "date":
            yield record.id, field.name, value
    for term in getattr(record, "terms", ()):
        for name in ("start", "end"):
            if getattr(term, name) is not None:
                yield term.id, name, getattr(term, name)
    if isinstance(record, Treaty):
        for party in record.parties:
            for name in ("signed", "consent", "in_force", "ended"):
                if getattr(party, name) is not None:
                    yield record.id, f"parties.{party.country}.{name}", getattr(party, name)


def _statements(dataset: Dataset, subject: str, field: str) -> list[Statement]:
    found = []
    for claim in dataset.claims_on(subject):
        if claim.field == field and claim.status == "normal":
            try:
                made = statement(claim, None)
            except ParseError:  # rule C01 tells of it
                continue
            assert made is not None  # dates are compared
            found.append(made)
    return found


@each("D01", "officials", "meetings", "treaties", "initiatives")
def _not_finer(record: Record, dataset: Dataset) -> Iterator[Fault]:
    """A date is no more precise than its best claim: some normal claim commits to it, or to less."""
    for subject, field, date in _dated(record):
        if _edge_of_year(date):  # rule D02 tells of it
            continue
        own = make_statement("date", date)
        if not any(made.within(own) for made in _statements(dataset, subject, field)):
            yield f"{subject}.{field}" if subject != record.id else field, date, "is stated by no claim as precisely"


def _edge_of_year(date: PartialDate) -> bool:
    return (date.month, date.day) in {(1, 1), (12, 31)}


@each("D02", "officials", "meetings", "treaties", "initiatives")
def _not_padded(record: Record, dataset: Dataset) -> Iterator[Fault]:
    """A date on 1 January or 31 December is stated to the day by a claim: no year was padded."""
    for subject, field, date in _dated(record):
        if _edge_of_year(date) and not any(made.value == str(date) for made in _statements(dataset, subject, field)):
            yield f"{subject}.{field}" if subject != record.id else field, date, "may be a padded year"


@each("D03")
def _not_future(record: Record, dataset: Dataset) -> Iterator[Fault]:
    """No event is dated after the data; what is planned may be."""
    if isinstance(record, (Claim, Coverage)) or getattr(record, "status", "") == "planned":
        return
    for field, _, value in _walk(record):
        if isinstance(value, PartialDate) and value.is_after(dataset.data_version):
            yield field, value, f"is after the data of {dataset.data_version}"


@each("D04", "officials")
def _life(official: Official, dataset: Dataset) -> Iterator[Fault]:
    """Birth comes before death, and terms lie within a life."""
    if official.born and official.died and official.born.is_after(official.died):
        yield "born", official.born, f"is after died {official.died}"
    for place, term in enumerate(official.terms):
        if official.born and official.born.is_after(term.start):
            yield f"terms[{place}].start", term.start, f"is before born {official.born}"
        last = term.end or term.start
        if official.died and official.died.is_before(last):
            yield f"terms[{place}].end", last, f"is after died {official.died}"


# --- officials -------------------------------------------------------------------------------------------------------


@each("O01", "officials")
def _term_order(official: Official, dataset: Dataset) -> Iterator[Fault]:
    """A term ends on its first day or later, and the terms of a person stand in order."""
    for place, term in enumerate(official.terms):
        if term.end is not None and term.end.is_before(term.start):
            yield f"terms[{place}].end", term.end, f"is before start {term.start}"
        if place and (term.start, term.office) < (official.terms[place - 1].start, official.terms[place - 1].office):
            yield f"terms[{place}].start", term.start, "stands after a later term"


@whole("O02", "officials")
def _one_seat(dataset: Dataset) -> Iterator[tuple[str, str, Fault]]:
    """Two people do not certainly hold a single seat at once, but on the day of a handover."""
    for office, terms in _terms_of_seats(dataset):
        for place, (official, term) in enumerate(terms):
            first = Span.of(term.start, term.end, ended=term.end_event == "unknown")
            for other_official, other in terms[place + 1 :]:
                second = Span.of(other.start, other.end, ended=other.end_event == "unknown")
                shared = min(first.sure_last, second.sure_last) - max(first.sure_first, second.sure_first)
                if shared > 0 and official.id != other_official.id and "ad_interim" not in {term.role, other.role}:
                    text = f"holds {office} while {term.id} runs to {term.end or 'now'}"
                    yield "officials", other_official.id, (other.id, other.start, text)


def _terms_of_seats(dataset: Dataset) -> Iterator[tuple[str, list[tuple[Official, Term]]]]:
    held: dict[str, list[tuple[Official, Term]]] = {office.id: [] for office in dataset.offices if office.single_seat}
    for official in dataset.officials:
        for term in official.terms:
            if term.office in held:
                held[term.office].append((official, term))
    for office, terms in held.items():
        yield office, sorted(terms, key=lambda pair: (pair[1].start, pair[1].id))


@whole("O03", "officials")
def _no_gap(dataset: Dataset) -> Iterator[tuple[str, str, Fault]]:
    """A single seat has no gap after 1945-09-02 that is not explained: a vacancy, or what no source tells."""
    for office, terms in _terms_of_seats(dataset):
        reached: PartialDate | None = None
        last: tuple[Official, Term] | None = None
        for official, term in terms:
            if last is not None and reached is not None and term.start.is_after(GAPS_FROM):
                days = term.start.earliest.toordinal() - reached.latest.toordinal()
                if days > 1:
                    text = f"leaves {office} without a holder until {term.start}"
                    yield "officials", last[0].id, (last[1].id, last[1].end, text)
            ends = _last_day(term)
            if reached is None or ends >= reached.latest:
                reached = PartialDate.of(ends)
                last = (official, term)


def _last_day(term: Term) -> dt.date:
    """The last day on which a term may have run; where no source tells the end, only the first is known."""
    if term.end is not None:
        return term.end.latest
    return term.start.latest if term.end_event == "unknown" else dt.date.max


@each("O04", "officials")
def _own_terms(official: Official, dataset: Dataset) -> Iterator[Fault]:
    """The terms of a person in one office do not certainly overlap, but on a day on which one follows another."""
    ordered = sorted(official.terms, key=lambda term: term.start)
    for place, term in enumerate(ordered):
        for other in ordered[place + 1 :]:
            sure = term.start if term.end_event == "unknown" else PartialDate.of(dt.date.max)
            end = term.end or sure
            if other.office == term.office and end.is_after(other.start):
                yield f"{term.id}.end", term.end, f"is after the start of {other.id}"


# --- meetings --------------------------------------------------------------------------------------------------------


@each("M01", "meetings")
def _both_sides(meeting: Meeting, dataset: Dataset) -> Iterator[Fault]:
    """Somebody of Japan or the United States took part, and nobody stands there twice."""
    if not any(person.country in {"JP", "US"} for person in meeting.participants):
        yield "participants", None, "names nobody of Japan or the United States"
    names = [person.official or person.name for person in meeting.participants]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield "participants", name, "stands twice"


@each("M02", "meetings")
def _meeting_order(meeting: Meeting, dataset: Dataset) -> Iterator[Fault]:
    """A meeting does not end before it starts."""
    if meeting.end.is_before(meeting.start):
        yield "end", meeting.end, f"is before start {meeting.start}"


@each("M03", "meetings")
def _office_on_day(meeting: Meeting, dataset: Dataset) -> Iterator[Fault]:
    """A participant may have held the stated office on a day of the meeting."""
    for place, person in enumerate(meeting.participants):
        if person.official is None or person.office is None or person.office not in dataset.offices:
            continue
        official = dataset.officials.get(person.official)
        if official is None:
            continue
        terms = [term for term in official.terms if term.office == person.office]
        if not any(_overlap(term, meeting) for term in terms):
            yield f"participants[{place}].office", person.office, f"was not held by {official.id} on {meeting.start}"


def _overlap(term: Term, meeting: Meeting) -> bool:
    ends = dt.date.max if term.end is None else term.end.latest
    return term.start.earliest <= meeting.end.latest and meeting.start.earliest <= ends


@each("M04", "meetings")
def _part_within(meeting: Meeting, dataset: Dataset) -> Iterator[Fault]:
    """A meeting that is part of a visit lies within its days."""
    visit = dataset.meetings.get(meeting.part_of) if meeting.part_of else None
    if visit is None:
        return
    if visit.id == meeting.id:
        yield "part_of", meeting.part_of, "is the meeting itself"
    elif meeting.start.is_before(visit.start) or meeting.end.is_after(visit.end):
        yield (
            "part_of",
            meeting.part_of,
            f"runs {visit.start} to {visit.end}, the meeting {meeting.start} to {meeting.end}",
        )


@each("M05", "meetings")
def _state_visit(meeting: Meeting, dataset: Dataset) -> Iterator[Fault]:
    """A state visit is a head of state's: a prime minister's is not one."""
    heads = {"jp-emperor", "us-president"}
    if meeting.kind == "state_visit" and not any(person.office in heads for person in meeting.participants):
        yield "kind", meeting.kind, "has no head of state among the participants"
    guests = [person.office for person in meeting.participants]
    if meeting.kind == "state_visit" and meeting.country == "US" and "jp-emperor" not in guests:
        yield "kind", meeting.kind, "in the United States is the Emperor's alone"


@each("M06", "meetings")
def _where(meeting: Meeting, dataset: Dataset) -> Iterator[Fault]:
    """A call has no place; a time zone is one of the IANA data base; a place has its country."""
    if meeting.format == "telephone" and (meeting.place or meeting.country):
        yield "place", meeting.place or meeting.country, "cannot be that of a call"
    if meeting.place and not meeting.country:
        yield "country", None, f"of {meeting.place} is missing"
    zones = _zones()
    # A system may come without the data base: then nothing can be said.
    if meeting.timezone is not None and zones and meeting.timezone not in zones:
        yield "timezone", meeting.timezone, "is not in the IANA data base"


@functools.cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


@each("M07", "meetings")
def _held(meeting: Meeting, dataset: Dataset) -> Iterator[Fault]:
    """A held meeting rests on a source that is not older than it: an announcement makes nothing held."""
    if meeting.status != "held":
        return
    dates = [source.published for entry in meeting.citations if (source := dataset.sources.get(entry.source))]
    if dates and all(
        date is not None and date.is_before(meeting.start) and not _day_before(date, meeting.start) for date in dates
    ):
        yield "status", meeting.status, f"rests on sources published before {meeting.start} alone"


def _day_before(published: PartialDate, start: PartialDate) -> bool:
    """Whether it is the day before, which in Washington is still the day when it is the next in Tokyo."""
    return published.precision == "day" and start.earliest - published.latest == dt.timedelta(days=1)


# --- treaties --------------------------------------------------------------------------------------------------------


@each("T01", "treaties", "initiatives")
def _treaty_order(record: Any, dataset: Dataset) -> Iterator[Fault]:
    """Adoption, signature, entry into force and end follow one another."""
    names = ("adopted", "signed", "in_force", "ended") if isinstance(record, Treaty) else ("launched", "ended")
    dates = [(name, getattr(record, name)) for name in names if getattr(record, name) is not None]
    for (first, earlier), (second, later) in itertools.pairwise(dates):
        if later.is_before(earlier):
            yield second, later, f"is before {first} {earlier}"
    if isinstance(record, Treaty):
        for party in record.parties:
            if party.signed and party.in_force and party.in_force.is_before(party.signed):
                yield f"parties.{party.country}.in_force", party.in_force, f"is before signed {party.signed}"


@each("T02", "treaties")
def _succession(treaty: Treaty, dataset: Dataset) -> Iterator[Fault]:
    """A treaty starts when the one whose place it takes ends."""
    for place, id in enumerate(treaty.supersedes):
        old = dataset.treaties.get(id)
        if old is None:
            continue
        if old.ended is None:
            yield f"supersedes[{place}]", id, "has no end"
        elif (
            treaty.in_force is not None
            and not old.ended.meets(treaty.in_force)
            and not _next_day(old.ended, treaty.in_force)
        ):
            yield f"supersedes[{place}]", id, f"ended {old.ended}, this is in force from {treaty.in_force}"


def _next_day(ended: PartialDate, start: PartialDate) -> bool:
    return start.earliest - ended.latest == dt.timedelta(days=1)


@whole("T03", "treaties")
def _no_circle(dataset: Dataset) -> Iterator[tuple[str, str, Fault]]:
    """No treaty takes its own place or amends itself, through others either."""
    for name in ("supersedes", "amends"):
        for treaty in dataset.treaties:
            seen: set[str] = set()
            queue = list(getattr(treaty, name))
            while queue:
                id = queue.pop()
                if id == treaty.id:
                    yield "treaties", treaty.id, (name, id, "leads back to the treaty itself")
                    break
                if id not in seen:
                    seen.add(id)
                    other = dataset.treaties.get(id)
                    queue += getattr(other, name) if other is not None else ()


@each("T04", "treaties")
def _parties(treaty: Treaty, dataset: Dataset) -> Iterator[Fault]:
    """Japan and the United States are among the parties, each party once."""
    countries = [party.country for party in treaty.parties]
    for country in ("JP", "US"):
        if country not in countries:
            yield "parties", "; ".join(countries), f"lacks {country}"
    for country in sorted({country for country in countries if countries.count(country) > 1}):
        yield "parties", country, "stands twice"


@each("T05", "treaties")
def _between_both(treaty: Treaty, dataset: Dataset) -> Iterator[Fault]:
    """Signed is the later signature of Japan and the United States, in force the later of theirs."""
    both = {party.country: party for party in treaty.parties if party.country in {"JP", "US"}}
    if len(both) < 2:
        return
    for name in ("signed", "in_force"):
        dates = [getattr(party, name) for party in both.values() if getattr(party, name) is not None]
        own = getattr(treaty, name)
        if own is not None and len(dates) == 2 and not own.meets(max(dates)):
            yield name, own, f"is not the later of {' and '.join(map(str, sorted(dates)))}"
        if own is not None and any(own.is_before(date) for date in dates):
            yield name, own, f"is before {max(dates)}, that of a party"


# --- quantities ------------------------------------------------------------------------------------------------------


@each("Q01", "trade_figures", "indicators")
def _stated_parses(record: TradeFigure | Indicator, dataset: Dataset) -> Iterator[Fault]:
    """What the source states parses to the recorded value, qualifier and resolution; a balance may lack its sign."""
    quantity = record.quantity
    if quantity.stated is None:
        yield "quantity.stated", None, "is missing"
        return
    try:
        read = Quantity.parse(quantity.stated, unit=quantity.unit)
    except ParseError as error:
        yield "quantity.stated", quantity.stated, f"cannot be read: {error}"
        return
    signless = isinstance(record, TradeFigure) and record.flow == "balance"
    same = abs(read.value) == abs(quantity.value) if signless else read.value == quantity.value
    if not same:
        yield "quantity.value", quantity.value, f"is not what {quantity.stated!r} says: {read.value}"
    if read.qualifier != quantity.qualifier:
        yield "quantity.qualifier", quantity.qualifier, f"is not what {quantity.stated!r} says: {read.qualifier}"
    if read.resolution != quantity.resolution:
        yield "quantity.resolution", quantity.resolution, f"is not what {quantity.stated!r} says: {read.resolution}"


@each("Q02", "trade_figures")
def _flow_sign(record: TradeFigure, dataset: Dataset) -> Iterator[Fault]:
    """Exports, imports and totals are not negative; in dollars, yen or pounds, between Japan and the United States."""
    if record.flow != "balance" and record.quantity.value < 0:
        yield "quantity.value", record.quantity.value, f"of {record.flow} is below zero"
    if record.quantity.unit not in {"USD", "JPY", "GBP"}:
        yield "quantity.unit", record.quantity.unit, "is none of USD, JPY, GBP"
    if {record.ref_area, record.counterpart_area} != {"JP", "US"}:
        yield (
            "counterpart_area",
            record.counterpart_area,
            f"with ref_area {record.ref_area} is not Japan and the United States",
        )


@each("Q03", "trade_figures")
def _frequency(record: TradeFigure, dataset: Dataset) -> Iterator[Fault]:
    """A figure of freq A is of twelve months, one of freq M of one; one of freq P of another span."""
    start, end = record.time_period.earliest, record.time_period.latest
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    found = {1: "M", 12: "A"}.get(months, "P") if record.time_period.start.precision != "day" else "P"
    if found != record.freq:
        yield "freq", record.freq, f"does not fit {record.time_period}"


def _by_source(dataset: Dataset) -> dict[tuple[str, ...], dict[str, TradeFigure]]:
    """Figures by all but one dimension, then by that: one source's parts that must add up."""
    return dataset.kept("figures by source", lambda: _figures_by_source(dataset))


def _figures_by_source(dataset: Dataset) -> dict[tuple[str, ...], dict[str, TradeFigure]]:
    groups: dict[tuple[str, ...], dict[str, TradeFigure]] = {}
    for record in dataset.trade_figures:
        shared = (record.ref_area, record.basis, record.quantity.unit, record.citation.source)
        period = str(record.time_period)
        groups.setdefault(("flow", *shared, record.scope, period), {})[record.flow] = record
        groups.setdefault(("scope", *shared, record.flow, period), {})[record.scope] = record
        groups.setdefault(("months", *shared, record.scope, record.flow), {})[period] = record
    return groups


def _sum_fault(
    parts: list[tuple[int, TradeFigure]], whole_figure: TradeFigure, what: str
) -> Iterator[tuple[str, str, Fault]]:
    low, high = Decimal(0), Decimal(0)
    for sign, part in parts:
        bottom, top = part.quantity.low, part.quantity.high
        if bottom is None or top is None:
            return
        low, high = (low + bottom, high + top) if sign > 0 else (low - top, high - bottom)
    own_low, own_high = whole_figure.quantity.low, whole_figure.quantity.high
    if (own_high is not None and low > own_high) or (own_low is not None and high < own_low):
        value = whole_figure.quantity.value
        yield "trade_figures", whole_figure.id, ("quantity.value", value, f"does not meet {what}: {low} to {high}")


@whole("Q04", "trade_figures")
def _balance(dataset: Dataset) -> Iterator[tuple[str, str, Fault]]:
    """One source's exports minus its imports meets its balance."""
    for key, flows in _by_source(dataset).items():
        if key[0] == "flow" and {"exports", "imports", "balance"} <= set(flows):
            yield from _sum_fault(
                [(1, flows["exports"]), (-1, flows["imports"])], flows["balance"], "exports - imports"
            )


@whole("Q05", "trade_figures")
def _total(dataset: Dataset) -> Iterator[tuple[str, str, Fault]]:
    """One source's exports plus its imports meets its total."""
    for key, flows in _by_source(dataset).items():
        if key[0] == "flow" and {"exports", "imports", "total"} <= set(flows):
            yield from _sum_fault([(1, flows["exports"]), (1, flows["imports"])], flows["total"], "exports + imports")


@whole("Q06", "trade_figures")
def _scopes(dataset: Dataset) -> Iterator[tuple[str, str, Fault]]:
    """One source's goods plus its services meets its goods and services."""
    for key, scopes in _by_source(dataset).items():
        if key[0] == "scope" and {"goods", "services", "goods_and_services"} <= set(scopes):
            yield from _sum_fault(
                [(1, scopes["goods"]), (1, scopes["services"])], scopes["goods_and_services"], "goods + services"
            )


@whole("Q07", "trade_figures")
def _months(dataset: Dataset) -> Iterator[tuple[str, str, Fault]]:
    """One source's months meet its year, and its part of a year, where it has them all."""
    for key, periods in _by_source(dataset).items():
        if key[0] != "months":
            continue
        for record in periods.values():
            months = _months_of(record.time_period) if record.freq != "M" else []
            if months and all(month in periods for month in months):
                yield from _sum_fault([(1, periods[month]) for month in months], record, "the sum of its months")


def _months_of(period: Period) -> list[str]:
    first, last = period.earliest, period.latest
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [f"{first.year + (first.month - 1 + n) // 12:04}-{(first.month - 1 + n) % 12 + 1:02}" for n in range(count)]


# --- claims ----------------------------------------------------------------------------------------------------------


@each("C01", "claims")
def _claim_reads(claim: Claim, dataset: Dataset) -> Iterator[Fault]:
    """A claim's value is of its field's kind: a date, an amount; and a set is written in order, each member once."""
    try:
        statement(claim, dataset.subject(claim.subject))
    except ParseError as error:
        yield "value", claim.value, f"is no {kind_of(claim.field)}: {error}"


@each("C02", "claims", "trade_figures", "indicators")
def _few_words(record: Claim | TradeFigure | Indicator, dataset: Dataset) -> Iterator[Fault]:
    """At most 12 words of a source are taken over."""
    stated = record.stated if isinstance(record, Claim) else record.quantity.stated
    if stated is not None and (len(stated.split()) > WORDS or len(stated) > 160):
        yield "stated", stated, f"has more than {WORDS} words"


@each("C03", "claims")
def _reasoned(claim: Claim, dataset: Dataset) -> Iterator[Fault]:
    """A claim that is superseded or rejected says why, and one that counts does not."""
    if claim.status == "normal" and claim.reason is not None:
        yield "reason", claim.reason, "stands on a claim that counts"
    if claim.status != "normal" and claim.reason is None:
        yield "reason", None, f"is missing from a claim that is {claim.status}"


@each("C04", "officials", "offices", "meetings", "treaties", "initiatives")
def _cited(record: Any, dataset: Dataset) -> Iterator[Fault]:
    """A record cites a source, and every citation has a locator; an office is named by its terms' sources."""
    citations = [value for _, key, value in _walk(record) if key == (Citation, "source")]
    if not citations and "citations" in attrs.fields_dict(type(record)) and not isinstance(record, Official):
        yield "citations", None, "names no source"
    if isinstance(record, Official) and not citations:
        yield "citations", None, "names no source, and no term does"


@whole("C05", "claims", "trade_figures", "indicators")
def _explained(dataset: Dataset) -> Iterator[tuple[str, str, Fault]]:
    """Every conflict that the check finds has its explanation in disagreements.json."""
    for conflict in conflicts(dataset):
        if conflict.kind is None:
            own = "" if conflict.accepted is None else f"{conflict.accepted.shown} against "
            others = "; ".join(dict.fromkeys(f"{one.shown} ({one.source})" for one in conflict.against)) or "each other"
            yield (
                conflict.collection,
                conflict.subject,
                (conflict.field, own + others, "is a conflict without an explanation"),
            )


@whole("C06", "disagreements")
def _still_there(dataset: Dataset) -> Iterator[tuple[str, str, Fault]]:
    """Every explanation in disagreements.json explains a conflict that is there."""
    found = {(conflict.subject, conflict.field) for conflict in conflicts(dataset)}
    for entry in dataset.disagreements:
        if (entry.subject, entry.field) not in found:
            yield "disagreements", entry.id, ("subject", entry.subject, f"has no conflict on {entry.field}")


@each("C07", "claims")
def _same_figure(claim: Claim, dataset: Dataset) -> Iterator[Fault]:
    """A claim on a figure by the figure's own source says the same as the figure."""
    record = dataset.subject(claim.subject)
    if claim.field != "quantity" or not isinstance(record, (TradeFigure, Indicator)) or claim.status != "normal":
        return
    if record.citation == Citation(source=claim.source, locator=claim.locator):
        own = accepted(record, "quantity")
        made = statement(claim, record) if not list(_claim_reads(claim, dataset)) else None
        if made is not None and own is not None and not made.same(own):
            yield "value", claim.value, f"is not the figure's {record.quantity.value}"


# --- sources ---------------------------------------------------------------------------------------------------------


@whole("S01", "sources")
def _used(dataset: Dataset) -> Iterator[tuple[str, str, Fault]]:
    """Every source is cited by something."""
    cited = {
        value
        for collection in dataset.collections
        for record in collection
        for _, value, kind in _references(record)
        if kind == "sources"
    }
    cited |= {claim.subject for claim in dataset.claims}
    for source in dataset.sources:
        if source.id not in cited:
            yield "sources", source.id, ("id", source.id, "is cited by nothing")


@each("S02", "sources")
def _no_loop(source: Source, dataset: Dataset) -> Iterator[Fault]:
    """No source derives from itself, through others either."""
    seen: set[str] = set()
    current = source.derived_from
    while current is not None and current not in seen:
        seen.add(current)
        found = dataset.sources.get(current)
        current = found.derived_from if found is not None else None
    if source.id in seen:
        yield "derived_from", source.derived_from, "leads back to the source"


@each("S03", "sources")
def _address(source: Source, dataset: Dataset) -> Iterator[Fault]:
    """An address is of the web; a source was published before it was read."""
    if source.url is not None and not re.fullmatch(r"https?://[^\s<>\"]+", source.url):
        yield "url", source.url, "is no http address"
    if source.published and source.accessed and source.published.is_after(source.accessed):
        yield "published", source.published, f"is after accessed {source.accessed}"


@whole("S04", "sources")
def _one_address(dataset: Dataset) -> Iterator[tuple[str, str, Fault]]:
    """Two sources do not have one address."""
    seen: dict[str, str] = {}
    for source in dataset.sources:
        if source.url is None:
            continue
        if source.url in seen:
            yield "sources", source.id, ("url", source.url, f"is that of {seen[source.url]} too")
        seen.setdefault(source.url, source.id)


@each("S05", "claims")
def _not_before(claim: Claim, dataset: Dataset) -> Iterator[Fault]:
    """A source that reports an event is not older than it by more than a time zone, unless the claim is a plan."""
    if (
        kind_of(claim.field) != "date"
        or claim.qualifier != "exact"
        or claim.status != "normal"
        or claim.field in {"end", "ended", "published"}
    ):
        return
    source = dataset.sources.get(claim.source)
    record = dataset.subject(claim.subject)
    if source is None or source.published is None or record is None:
        return
    try:
        date = PartialDate.parse(claim.value)
    except ParseError:  # rule C01 tells of it
        return
    if source.published.is_before(date) and not _day_before(source.published, date):
        yield "value", claim.value, f"is after its source was published ({source.published}): a plan?"


# --- coverage and exceptions -----------------------------------------------------------------------------------------


@each("V01", "coverage")
def _covers(entry: Coverage, dataset: Dataset) -> Iterator[Fault]:
    """Coverage ends after it starts, and what is complete has both days."""
    if entry.start and entry.end and entry.end.is_before(entry.start):
        yield "end", entry.end, f"is before start {entry.start}"
    if entry.complete and (entry.start is None or entry.end is None):
        yield "complete", "true", "needs a start and an end"


@whole("E01", "exceptions")
def _needed(dataset: Dataset) -> Iterator[tuple[str, str, Fault]]:
    """Every exception is needed: its rule would report its record."""
    found: dict[str, set[str]] = {}
    for entry in dataset.exceptions:
        if entry.rule not in RULES or entry.rule == "E01":
            continue
        if entry.rule not in found:
            found[entry.rule] = {name for problem in RULES[entry.rule](dataset) for name in _of(problem)}
        if entry.record not in found[entry.rule]:
            yield "exceptions", entry.id, ("record", entry.record, f"does not break {entry.rule}")


def _of(problem: Problem) -> set[str]:
    """What an exception may name to speak of a problem: the record, or the term in it."""
    return {problem.record, problem.field, problem.field.partition(".")[0]}


def broken(dataset: Dataset) -> Iterator[Problem]:
    """The problems that break a rule, but for those that the data's exceptions excuse; by rule, then by record."""
    excused: dict[str, set[str]] = {}
    for entry in dataset.exceptions:
        excused.setdefault(entry.rule, set()).add(entry.record)
    for code, rule in sorted(RULES.items()):
        yield from sorted(problem for problem in rule(dataset) if _of(problem).isdisjoint(excused.get(code, ())))
