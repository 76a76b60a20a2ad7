"""How things look: a sentence for ``str``, small tables for notebooks, texts for a terminal, a timeline in SVG.

What stands in data may be anything: a control or direction character is shown as its escape, and everything is escaped
for HTML. Nothing here has a script or a colour of its own that a dark page would swallow.
"""

from __future__ import annotations

import datetime as dt
import html
import itertools
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

import attrs

from jpus.consistency import SOURCE_ORDER, Conflict, Statement, compare, definition_of
from jpus.dates import PartialDate, Period
from jpus.models import (
    Citation,
    Claim,
    Coverage,
    Disagreement,
    ExternalId,
    Indicator,
    Initiative,
    Meeting,
    Office,
    Official,
    Participant,
    Party,
    Registration,
    RuleException,
    Source,
    Term,
    TradeFigure,
    Treaty,
)

if TYPE_CHECKING:
    from jpus.assessing import Assessment
    from jpus.checking import Report
    from jpus.dataset import Collection, Dataset, Snapshot
    from jpus.models import Record

__all__ = [
    "Language",
    "NameOrder",
    "Picture",
    "kind_label",
    "label",
    "record_html",
    "timeline",
]

Language: TypeAlias = Literal["en", "ja"]
NameOrder: TypeAlias = Literal["family-first", "given-first"]

ROWS: Final = 20
"""How many rows a table shows at most."""
NAMED: Final = 3
"""How many sources are named for one value in a line."""

COUNTRIES: Final = {"JP": "Japan", "US": "the United States"}
"""The names of the countries, in a sentence."""


def __dir__() -> list[str]:
    return __all__


# --- words -----------------------------------------------------------------------------------------------------------


def visible(text: str) -> str:
    r"""A text with what cannot be seen in it made visible: control characters, line ends, changes of direction.

    >>> print(visible("signed\x1b[31m"))
    signed\x1b[31m
    """
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() or unicodedata.category(letter) == "Zs" else _escape(letter) for letter in text
    )


def _escape(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def counted(count: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "source"), counted(4, "source")
    ('1 source', '4 sources')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _clipped(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _spaced(word: str) -> str:
    return word.replace("_", " ")


def _time(start: PartialDate | None, end: PartialDate | None, *, ended: bool = False) -> str:
    """From when to when; `ended` says that the end is unknown, not open."""
    if start is None:
        return "" if end is None else f"until {end}"
    if end is None:
        return f"from {start}, end unknown" if ended else f"since {start}"
    return str(start) if start == end else f"{start} to {end}"


def _term_time(term: Term) -> str:
    return _time(term.start, term.end, ended=term.end_event == "unknown")


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


# --- names in another language ---------------------------------------------------------------------------------------

_JAPANESE_KINDS: Final = {
    # meetings
    "summit": "首脳会談", "foreign_ministers": "外相会談", "defense_ministers": "防衛相会談",
    "two_plus_two": "外務・防衛閣僚会合（2＋2）", "economic_two_plus_two": "経済版2＋2", "ministerial": "閣僚会談",
    "trade_talks": "通商協議", "vice_ministers": "次官級協議", "courtesy_call": "表敬", "talks": "会談",
    "multilateral": "多国間会合", "parliamentary": "議員交流", "ceremony": "式典", "funeral": "葬儀", "visit": "訪問",
    "state_visit": "国賓訪問", "official_visit": "公式訪問", "official_working_visit": "公式実務訪問",
    "working_visit": "実務訪問", "unofficial_visit": "非公式訪問", "private_visit": "私的訪問",
    "accompanying_visit": "同行", "stopover": "立ち寄り", "other": "その他",
    # treaties
    "treaty": "条約", "convention": "条約", "agreement": "協定", "protocol": "議定書", "exchange_of_notes": "交換公文",
    "memorandum": "覚書", "arrangement": "取極", "joint_declaration": "共同宣言", "multilateral_treaty": "多数国間条約",
}  # fmt: skip


def label(record: Record, lang: Language = "en", order: NameOrder | None = None) -> str:
    """What a record is called.

    Args:
        record: A record of any collection.
        lang: ``en``, or ``ja``: as a source has it in Japanese; in English where none does.
        order: For an official in English, ``family-first`` or ``given-first``; None takes the order of the country.

    Raises:
        ValueError: On another language or order.

    >>> from jpus.models import Official
    >>> abe = Official(id="abe-shinzo", family="Abe", given="Shinzo", native="安倍晋三", country="JP")
    >>> label(abe), label(abe, order="given-first"), label(abe, lang="ja")
    ('Abe Shinzo', 'Shinzo Abe', '安倍晋三')
    """
    _check_word("lang", lang, get_args(Language))
    _check_word("order", order, (None, *get_args(NameOrder)))
    native = getattr(record, "native", None)
    if lang == "ja" and native is not None:
        return visible(native)
    if isinstance(record, Official):
        return visible(_name(record, order))
    return visible(str(getattr(record, "title", record.id)))


def kind_label(kind: str, lang: Language = "en") -> str:
    """What a kind of meeting or treaty is called; the Japanese words are the editors'.

    Args:
        kind: The kind, as records have it.
        lang: ``en`` or ``ja``.

    Raises:
        ValueError: On another language.

    >>> kind_label("foreign_ministers"), kind_label("foreign_ministers", lang="ja")
    ('foreign ministers', '外相会談')
    """
    _check_word("lang", lang, get_args(Language))
    return _JAPANESE_KINDS.get(kind, _spaced(kind)) if lang == "ja" else _spaced(kind)


def _check_word(name: str, given: str | None, allowed: tuple[str | None, ...]) -> None:
    if given not in allowed:
        raise ValueError(f"{name} {given!r} is none of {', '.join(map(str, allowed))}")


def _name(official: Official, order: NameOrder | None) -> str:
    if official.given is None or order is None:
        return official.name
    names = (official.family, official.given)
    return " ".join(names if order == "family-first" else names[::-1])


# --- a record in a sentence ------------------------------------------------------------------------------------------


def citations_of(record: Record | Term) -> tuple[Citation, ...]:
    """The citations that a record has, with those of an official's terms.

    >>> from jpus.models import Term
    >>> term = Term(id="x", office="y", start=PartialDate(1960), citations=(Citation(source="z", locator="p1"),))
    >>> [citation.source for citation in citations_of(term)]
    ['z']
    """
    if isinstance(record, Claim):
        return (Citation(source=record.source, locator=record.locator),)
    if isinstance(record, (TradeFigure, Indicator)):
        return (record.citation,)
    of_terms = (citation for term in getattr(record, "terms", ()) for citation in term.citations)
    return tuple(dict.fromkeys((*getattr(record, "citations", ()), *of_terms)))


def distinct(locators: Iterable[str]) -> list[str]:
    """Each spot of some locators once: one locator may name several, with semicolons between.

    >>> distinct(["heading; paragraph 2", "paragraph 2"])
    ['heading', 'paragraph 2']
    """
    return list(dict.fromkeys(spot for locator in locators for spot in locator.split("; ")))


def record_text(record: Record) -> str:
    """A record in one sentence.

    Args:
        record: A record of any collection.

    >>> from jpus.models import Treaty
    >>> print(record_text(Treaty(
    ...     id="x", title="Treaty of Peace", kind="treaty", subject="peace", parties=(), signed=PartialDate(1951, 9, 8),
    ...     citations=(Citation(source="treaty-series", locator="p1"),),
    ... )))
    Treaty of Peace, signed 1951-09-08 (1 source)
    """
    text = _SENTENCES[type(record)](record)
    # A figure and a claim are of one source, which their sentences name.
    sources = 0 if isinstance(record, (TradeFigure, Indicator, Claim)) else _count_sources(record)
    return visible(f"{text} ({counted(sources, 'source')})" if sources else text)


def _count_sources(record: Record) -> int:
    return len({citation.source for citation in citations_of(record)})


def _official_sentence(official: Official) -> str:
    name = f"{official.name} ({official.native})" if official.native else official.name
    if not official.terms:
        return f"{name}, no term in the offices that jpus follows"
    first, others = official.terms[0], len(official.terms) - 1
    more = f" and {counted(others, 'other term')}" if others else ""
    return f"{name}, {first.office} {_term_time(first)}{more}"


def _office_sentence(office: Office) -> str:
    native = f" ({office.native})" if office.native else ""
    return f"{office.title}{native}, an office of {COUNTRIES.get(office.country, office.country)}"


def _meeting_sentence(meeting: Meeting) -> str:
    how = {"in_person": f" in {meeting.place}" if meeting.place else "", "video": " by video"}
    when = f"{_time(meeting.start, meeting.end)}{how.get(meeting.format, ' by telephone')}"
    return _joined(meeting.title, when, "planned" if meeting.status == "planned" else "")


def _treaty_sentence(treaty: Treaty) -> str:
    where = f" at {treaty.signed_at}" if treaty.signed_at else ""
    force = _time(treaty.in_force, treaty.ended, ended=treaty.end_cause is not None)
    if force.startswith("since "):  # nobody has read every series: what is told is that no end was found
        force = f"from {treaty.in_force}, no end known"
    return _joined(
        treaty.title,
        f"adopted {treaty.adopted}" if treaty.adopted and not treaty.signed else "",
        f"signed {treaty.signed}{where}" if treaty.signed else "",
        f"in force {force}" if force else "",
    )


def _initiative_sentence(initiative: Initiative) -> str:
    name = f"{initiative.title} ({initiative.short_title})" if initiative.short_title else initiative.title
    return _joined(name, _time(initiative.launched, initiative.ended))


def _figure_sentence(record: TradeFigure | Indicator) -> str:
    status = "" if record.status == "normal" else f"{record.status}, "
    return f"{_spaced(str(definition_of(record)))}: {record.quantity} ({status}{record.citation.source})"


def _source_sentence(source: Source) -> str:
    return _joined(source.title, source.publisher, f"published {source.published}" if source.published else "")


def _claim_sentence(claim: Claim) -> str:
    status = "" if claim.status == "normal" else f" ({claim.status})"
    return f"{claim.source}, {claim.locator}: {claim.subject} {claim.field} {claim.value}{status}"


def _disagreement_sentence(disagreement: Disagreement) -> str:
    kind = _spaced(disagreement.kind)
    return f"{disagreement.subject} {disagreement.field} ({kind}): {disagreement.explanation}"


def _coverage_sentence(coverage: Coverage) -> str:
    what = _joined(coverage.collection, coverage.key, _time(coverage.start, coverage.end))
    return f"{what}, {'complete' if coverage.complete else 'not complete'}: {coverage.rule}"


def _exception_sentence(exception: RuleException) -> str:
    return f"{exception.record} may break {exception.rule}: {exception.reason}"


_SENTENCES: Final[dict[type, Callable[[Any], str]]] = {
    Official: _official_sentence,
    Office: _office_sentence,
    Meeting: _meeting_sentence,
    Treaty: _treaty_sentence,
    Initiative: _initiative_sentence,
    TradeFigure: _figure_sentence,
    Indicator: _figure_sentence,
    Source: _source_sentence,
    Claim: _claim_sentence,
    Disagreement: _disagreement_sentence,
    Coverage: _coverage_sentence,
    RuleException: _exception_sentence,
}


# --- texts for a terminal --------------------------------------------------------------------------------------------


def _of(shown: int, total: int) -> str:
    return f"{total:,}" if shown == total else f"{shown:,} of {total:,}"


def _listed(heading: str, lines: Sequence[str]) -> Iterator[str]:
    """A heading with how many lines it has, and the first of them."""
    if lines:
        yield f"{heading}: {_of(min(ROWS, len(lines)), len(lines))}"
        yield from (f"  {line}" for line in lines[:ROWS])


def _heading(collection: Collection[Any]) -> str:
    return _spaced(collection.name).capitalize()


def collection_text(collection: Collection[Any]) -> str:
    """A collection as text: how many records, and the first of them in a sentence each."""
    lines = [record_text(record) for record in itertools.islice(collection, ROWS)]
    heading = f"{_heading(collection)}: {_of(len(lines), len(collection))}"
    return "\n".join((heading, *(f"  {line}" for line in lines)))


def record_details(dataset: Dataset, record: Record) -> str:
    """A record as text, and for each of its fields who states what, where, and whether they agree."""
    lines = [record_text(record), f"id: {visible(record.id)}"]
    for subject in (record, *getattr(record, "terms", ())):
        # Fields of the record in their order, then what it has no field for.
        groups: dict[str, list[Claim]] = {field.name: [] for field in attrs.fields(type(subject))}
        for claim in dataset.claims_on(subject.id):
            groups.setdefault(claim.field, []).append(claim)
        for field, claims in groups.items():
            if not claims:
                continue
            verdict = _spaced(compare(dataset, subject, field, claims).verdict)
            own = "" if subject is record else f"{subject.id} "
            lines.append(visible(f"{own}{field}: {verdict}"))
            lines += (f"  {_claim_line(dataset, claim)}" for claim in claims)
    return "\n".join(lines)


def _claim_line(dataset: Dataset, claim: Claim) -> str:
    source = dataset.sources.get(claim.source)
    name = claim.source if source is None else _source_sentence(source)
    status = "" if claim.status == "normal" else f" ({claim.status}: {claim.reason})"
    return visible(f"{claim.value}{status}  {name}, {claim.locator}")


def _holder_lines(snapshot: Snapshot) -> list[tuple[str, str, list[Citation]]]:
    """For each office that somebody holds, its title, the holders, and what says so."""
    offices = snapshot.treaties._dataset.offices
    lines = []
    for id, pairs in snapshot.holders.items():
        office = offices.get(id)
        holders = "; ".join(f"{official.name}, {_joined(_role(term), _term_time(term))}" for official, term in pairs)
        cited = [citation for _, term in pairs for citation in term.citations]
        lines.append((visible(id if office is None else office.title), visible(holders), cited))
    return lines


def _role(term: Term) -> str:
    return "" if term.role == "substantive" else _spaced(term.role)


def _kept_collections(snapshot: Snapshot) -> tuple[tuple[str, Collection[Any]], ...]:
    return (
        ("treaties in force", snapshot.treaties),
        ("meetings under way", snapshot.meetings),
        ("initiatives", snapshot.initiatives),
        ("trade figures", snapshot.trade_figures),
        ("indicators", snapshot.indicators),
    )


def snapshot_text(snapshot: Snapshot) -> str:
    """What holds on a day, as text."""
    lines = [str(snapshot.date)]
    lines += _listed("office holders", [f"{office}: {holders}" for office, holders, _ in _holder_lines(snapshot)])
    for heading, collection in _kept_collections(snapshot):
        lines += _listed(heading, [record_text(record) for record in collection])
    lines += _listed("outside what is covered", [f"{what}, covered {when}" for what, when in _not_covered(snapshot)])
    return "\n".join(lines)


def _not_covered(snapshot: Snapshot) -> list[tuple[str, str]]:
    """What a day lies outside of, and from when to when that is covered."""
    return [
        (visible(_spaced(entry.key or entry.collection)), f"{entry.start} to {entry.end}")
        for entry in snapshot.not_covered
    ]


def _sides(assessment: Assessment) -> list[tuple[str, tuple[Statement, ...]]]:
    """The claims on each side, those that were not compared last."""
    compared = {*assessment.supporting, *assessment.containing, *assessment.opposing}
    rest = tuple(one for one in assessment.claims if one not in compared)
    sides = (
        ("supports", assessment.supporting),
        ("contains", assessment.containing),
        ("opposes", assessment.opposing),
        ("not compared", rest),
    )
    return [(side, group) for side, group in sides if group]


def assessment_text(assessment: Assessment) -> str:
    """What the data says to a value, as text: the verdict in a word first, who states what last."""
    titles = dict(assessment.titles)
    lines = [f"{_spaced(assessment.verdict)}: {assessment.question}"]
    if assessment.accepted is not None:
        lines.append(f"accepted: {assessment.accepted}")
    if assessment.explanation:
        lines.append(assessment.explanation)
    lines += (f"hint: {hint}" for hint in assessment.hints)
    lines = [visible(line) for line in lines]
    lines += _listed(
        "meanings",
        [visible(f"{one.verdict}: {one.definition}: {one.accepted.shown}") for one in assessment.meanings],
    )
    for side, group in _sides(assessment):
        lines += _listed(side, [visible(_statement_line(one, titles)) for one in group])
    return "\n".join(lines)


def _statement_line(one: Statement, titles: dict[str, str]) -> str:
    return f"{one.shown}{_aside(one)}  {_joined(_titled(one, titles), one.locator)}"


def _titled(one: Statement, titles: dict[str, str]) -> str:
    return titles.get(one.source or "", one.source or "")


def _aside(one: Statement, *, reason: bool = True) -> str:
    """In brackets, how a statement is hedged, and whether and why it does not count."""
    status = "" if one.status == "normal" else _joined(one.status, one.reason if reason else None)
    hedge = one.qualifier if one.qualifier in {"planned", "dateline"} else ""
    words = _joined(status, hedge, one.timezone)
    return f" ({words})" if words else ""


def report_text(report: Report) -> str:
    """What a check found, as text: counts, broken rules, then each disagreement in two lines."""
    rules = Counter(problem.rule for problem in report.problems)
    kinds = Counter(_kind(conflict) for conflict in report.disagreements)
    lines = [_counts(report)]
    lines += (
        f"{heading}: {', '.join(f'{name} {count}' for name, count in sorted(counts.items()))}"
        for heading, counts in (("problems by rule", rules), ("disagreements by kind", kinds))
        if counts
    )
    lines += ("", *(str(problem) for problem in report.problems)) if report.problems else ()
    lines += ("", *_disagreement_lines(report)) if report.disagreements else ()
    return "\n".join(map(visible, lines))


def _counts(report: Report) -> str:
    return f"{counted(len(report.problems), 'problem')}, {counted(len(report.disagreements), 'disagreement')}"


def _disagreement_lines(report: Report) -> Iterator[str]:
    names = dict(report.names)
    for conflict in report.disagreements:
        values = "; ".join(f"{value}: {_named(group, names)}" for value, group in _by_value(conflict))
        yield f"{_subject(conflict)}: {values}"
        yield f"  accepted {_accepted(conflict)} ({_kind(conflict)}): {conflict.explanation or 'not explained yet'}"


def _kind(conflict: Conflict) -> str:
    return _spaced(conflict.kind or "unexplained")


def _subject(conflict: Conflict) -> str:
    return f"{conflict.subject} {conflict.field}"


def _accepted(conflict: Conflict) -> str:
    return "none alone" if conflict.accepted is None else conflict.accepted.shown


def _by_value(conflict: Conflict) -> list[tuple[str, list[Statement]]]:
    """The statements of a conflict by what they state: what is accepted first, then what most state."""
    own = conflict.accepted
    groups: dict[str, list[Statement]] = {}
    for one in (*(() if own is None or own.source is None else (own,)), *conflict.claims):
        groups.setdefault(f"{one.shown}{_aside(one, reason=False)}", []).append(one)
    return sorted(
        groups.items(), key=lambda group: (own is None or not group[1][0].same(own), -len(group[1]), group[0])
    )


def _named(group: list[Statement], names: dict[str, str]) -> str:
    """The first few of those who state a value, and how many more there are."""
    shown = [f"{_titled(one, names)} ({_clipped(one.locator or '', 60)})" for one in group]
    shown = list(dict.fromkeys(shown))
    more = f" +{len(shown) - NAMED} more" if len(shown) > NAMED else ""
    return ", ".join(shown[:NAMED]) + more


def summary(dataset: Dataset) -> dict[str, Any]:
    """What a Dataset holds, as JSON values: records and years by collection, sources by kind."""
    dates = {
        collection.name: [date for record in collection for date in _dates(record)]
        for collection in dataset.collections
    }
    return {
        "data_version": dataset.data_version,
        "records": {collection.name: len(collection) for collection in dataset.collections},
        "years": {
            name: [min(date.earliest for date in group).year, max(date.latest for date in group).year]
            for name, group in dates.items()
            if group
        },
        "sources": dict(sorted(Counter(source.kind for source in dataset.sources).items())),
    }


def _dates(record: Record) -> Iterator[PartialDate | Period]:
    """The dates of what a record is about: not of the life of a person, nor when a source was read."""
    for part in (record, *getattr(record, "terms", ())):
        for field in attrs.fields(type(part)):
            value = getattr(part, field.name)
            if isinstance(value, (PartialDate, Period)) and field.name not in {"born", "died", "accessed"}:
                yield value


def summary_text(dataset: Dataset) -> str:
    """What a Dataset holds, as text."""
    known = summary(dataset)
    lines = [f"jpus data of {visible(dataset.data_version)}"]
    for name, count in known["records"].items():
        first, last = known["years"].get(name, (None, None))
        years = "" if first is None else f"  {first} to {last}"
        lines.append(f"  {_spaced(name):13} {count:6,}{years}")
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in known["sources"].items())
    lines.append(f"sources by kind: {kinds or 'none'}")
    return "\n".join(lines)


# --- tables for notebooks --------------------------------------------------------------------------------------------

_ADDRESS: Final = re.compile(r"https?://[^\s/?#]\S*")


def _escaped(text: str) -> str:
    return html.escape(visible(text))


def _link(text: str, url: str | None) -> str:
    """An escaped text, as a link where the address is one of the web."""
    if url is None or not url.isprintable() or not _ADDRESS.fullmatch(url):
        return _escaped(text)
    return f'<a href="{html.escape(url)}" rel="noopener noreferrer">{_escaped(text)}</a>'


class _Footnotes:
    """The sources that a table names, numbered as they come."""

    def __init__(self, sources: Collection[Source], names: Iterable[tuple[str, str]] = ()) -> None:
        self._sources = sources
        self._names = dict(names)  # of sources that are not in the collection
        self._locators: dict[str, list[str]] = {}

    def mark(self, citations: Iterable[Citation], most: int = NAMED) -> str:
        """The numbers of some citations; of many, those of the better sources, and how many more there are."""
        used: dict[str, list[str]] = {}
        for citation in citations:
            used.setdefault(citation.source, []).append(citation.locator)
        numbers = []
        for source in sorted(used, key=self._rank)[:most]:
            self._locators[source] = distinct([*self._locators.get(source, ()), *used[source]])
            numbers.append(list(self._locators).index(source) + 1)
        return ", ".join(map(str, sorted(numbers))) + (f" +{len(used) - most}" if len(used) > most else "")

    def _rank(self, id: str) -> int:
        source = self._sources.get(id)
        return len(SOURCE_ORDER) if source is None else SOURCE_ORDER.index(source.kind)

    def html(self) -> str:
        """The list of the sources, as HTML; empty where none was named."""
        items = "".join(f"<li>{self._note(id)}: {self._where(id)}</li>" for id in self._locators)
        return f'<ol style="font-size:smaller;padding-left:2.25rem">{items}</ol>' if items else ""

    def _note(self, id: str) -> str:
        source = self._sources.get(id)
        if source is None:
            return _escaped(self._names.get(id, id))
        published = f" ({source.published})" if source.published else ""
        return f"{_escaped(source.publisher)}, {_link(_clipped(source.title, 100), source.url)}{published}"

    def _where(self, id: str) -> str:
        locators = self._locators[id]
        more = f" +{len(locators) - NAMED} more" if len(locators) > NAMED else ""
        return _escaped("; ".join(_clipped(locator, 60) for locator in locators[:NAMED]) + more)


# A notebook sets table cells to the right, but words read from the left; a date or an id stays in one line.
_LEFT: Final = ' style="text-align:left"'
_WHOLE: Final = ' style="text-align:left;white-space:nowrap"'
_ONE_WORD: Final = re.compile(r"[^\s<]{1,40}")


def _table(caption: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f'<th scope="col"{_LEFT}>{_escaped(header)}</th>' for header in headers)
    top = f"<thead><tr>{head}</tr></thead>" if headers else ""
    body = "".join(f"<tr>{_cells(row) if headers else _named_cells(*row)}</tr>" for row in rows)
    return f"<table><caption{_LEFT}>{_escaped(caption)}</caption>{top}<tbody>{body}</tbody></table>"


def _cells(row: Iterable[str]) -> str:
    return "".join(f"<td{_WHOLE if _ONE_WORD.fullmatch(cell) else _LEFT}>{cell}</td>" for cell in row)


def _named_cells(name: str, *rest: str) -> str:
    """A row of a table without a head: its first cell says what the others are."""
    return f'<th scope="row"{_LEFT}>{name}</th>{_cells(rest)}'


def _raised(mark: str) -> str:
    return f"<sup>{mark}</sup>" if mark else ""


def _home(dataset: Dataset | None) -> Dataset:
    """Where to look up what a record names by its id: a record does not know its Dataset, and most are packaged."""
    if dataset is not None:
        return dataset
    from jpus.dataset import packaged

    return packaged()


_COLUMNS: Final[dict[type, tuple[str, ...]]] = {
    Official: ("id", "name", "native", "country", "terms"),
    Office: ("id", "title", "native", "country"),
    Meeting: ("id", "title", "kind", "start", "end", "place"),
    Treaty: ("id", "title", "signed", "in_force", "ended"),
    Initiative: ("id", "title", "subject", "launched", "ended"),
    TradeFigure: ("id", "ref_area", "flow", "scope", "basis", "time_period", "quantity"),
    Indicator: ("id", "measure", "time_period", "quantity"),
    Source: ("id", "title", "publisher", "kind", "published"),
    Claim: ("subject", "field", "value", "qualifier", "status"),
    Disagreement: ("subject", "field", "kind", "explanation"),
    Coverage: ("collection", "key", "start", "end", "complete", "rule"),
    RuleException: ("rule", "record", "reason"),
}
_WORDS: Final = frozenset(
    ("kind", "scope", "measure", "subject", "status", "qualifier", "role", "end_cause", "consent_kind", "format")
)


def _shown(value: object) -> str:
    """A value of a field, as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _PARTS.get(type(value), str)(value)


def _term_part(term: Term) -> str:
    events = _joined(*(_spaced(event) for event in (term.start_event, term.end_event) if event is not None))
    return _joined(term.office, _role(term), _term_time(term)) + (f" ({events})" if events else "")


def _party_part(party: Party) -> str:
    dates = {"signed": party.signed, "consent": party.consent, "in force": party.in_force, "ended": party.ended}
    return _joined(party.country, *(f"{name} {date}" for name, date in dates.items() if date is not None))


_PARTS: Final[dict[type, Callable[[Any], str]]] = {
    Term: _term_part,
    Participant: lambda person: _joined(person.name, person.country, person.office),
    Party: _party_part,
    Registration: lambda entry: f"{entry.series} {entry.number}",
    ExternalId: lambda external: f"{external.scheme} {external.value}",
}


def _cell(record: Record, name: str) -> str:
    """A cell of a collection's table, as HTML."""
    value = getattr(record, name)
    if name == "id":
        return f"<code>{_escaped(value)}</code>"
    if name == "title" and isinstance(record, Source):
        return _link(value, record.url)
    if isinstance(value, tuple):
        more = f" +{len(value) - 1} more" if len(value) > 1 else ""
        return _escaped(_shown(value[0]) + more) if value else ""
    return _escaped(_spaced(_shown(value)) if name in _WORDS else _shown(value))


def _rows(records: Iterable[Record], model: type, notes: _Footnotes) -> Iterator[list[str]]:
    for record in itertools.islice(records, ROWS):
        yield [*(_cell(record, name) for name in _COLUMNS[model]), notes.mark(citations_of(record))]


def _collection_table(heading: str, collection: Collection[Any], notes: _Footnotes) -> str:
    caption = f"{heading}: {_of(min(ROWS, len(collection)), len(collection))}"
    headers = [_spaced(name) for name in (*_COLUMNS[collection.model], "sources")]
    rows = list(_rows(collection, collection.model, notes))
    cited = any(row[-1] for row in rows)
    return _table(caption, headers if cited else headers[:-1], rows if cited else [row[:-1] for row in rows])


def collection_html(collection: Collection[Any]) -> str:
    """A collection as a small table: at most 20 records and how many there are, the sources as footnotes."""
    notes = _Footnotes(collection._dataset.sources)
    return _collection_table(_heading(collection), collection, notes) + notes.html()


def record_html(record: Record, dataset: Dataset | None = None) -> str:
    """A record as a small table, its sources as footnotes.

    Args:
        record: A record of any collection.
        dataset: Where its sources stand; None takes the package.

    >>> import jpus
    >>> ">1951-09-08</td>" in record_html(jpus.treaties["security-treaty-1951"])
    True
    """
    notes = _Footnotes(_home(dataset).sources)
    rows = []
    for field in attrs.fields(type(record)):
        value = getattr(record, field.name)
        if field.name in {"citation", "citations"} or value in {None, ()}:
            continue
        rows.append([_escaped(_spaced(field.name)), _field_cell(field.name, value, notes)])
    # The terms of an official have their own marks.
    own = record.citations if isinstance(record, Official) else citations_of(record)
    if own:
        rows.append(["sources", notes.mark(own, ROWS)])
    return _table(label(record), (), rows) + notes.html()


def _field_cell(name: str, value: object, notes: _Footnotes) -> str:
    """A cell of a record's own table: lists a line each."""
    if name == "url":
        return _link(str(value), str(value))
    if isinstance(value, tuple):
        lines = [
            _escaped(_shown(item)) + (_raised(notes.mark(item.citations)) if isinstance(item, Term) else "")
            for item in value[:ROWS]
        ]
        if len(value) > ROWS:
            lines.append(_of(ROWS, len(value)))
        return "<br>".join(lines)
    return _escaped(_spaced(_shown(value)) if name in _WORDS else _shown(value))


def snapshot_html(snapshot: Snapshot) -> str:
    """What holds on a day, as small tables."""
    notes = _Footnotes(snapshot.treaties._dataset.sources)
    lines = _holder_lines(snapshot)
    caption = f"{snapshot.date}: office holders: {_of(min(ROWS, len(lines)), len(lines))}"
    holders = [(_escaped(office), _escaped(names), notes.mark(cited)) for office, names, cited in lines[:ROWS]]
    tables = [_table(caption, ("office", "holder", "sources"), holders)]
    tables += (
        _collection_table(heading, collection, notes)
        for heading, collection in _kept_collections(snapshot)
        if collection
    )
    outside = [tuple(map(_escaped, pair)) for pair in _not_covered(snapshot)]
    if outside:
        caption = f"outside what is covered: {_of(min(ROWS, len(outside)), len(outside))}"
        tables.append(_table(caption, ("what", "covered"), outside[:ROWS]))
    return "".join(tables) + notes.html()


def assessment_html(assessment: Assessment) -> str:
    """What the data says to a value, as a small table; the verdict is a word."""
    notes = _Footnotes(_home(None).sources, assessment.titles)
    facts = [("verdict", f"<strong>{_spaced(assessment.verdict)}</strong>")]
    if assessment.accepted is not None:
        facts.append(("accepted", _escaped(assessment.accepted)))
    if assessment.explanation:
        facts.append(("explanation", _escaped(assessment.explanation)))
    facts += (("hint", _escaped(hint)) for hint in assessment.hints)
    parts = [_table(assessment.question, (), facts)]
    if assessment.meanings:
        shown = assessment.meanings[:ROWS]
        caption = f"meanings: {_of(len(shown), len(assessment.meanings))}"
        meanings = [
            [_escaped(str(part)) for part in (one.verdict, one.definition, one.accepted.shown)] for one in shown
        ]
        parts.append(_table(caption, ("verdict", "definition", "accepted"), meanings))
    claims = [(side, one) for side, group in _sides(assessment) for one in group]
    if claims:
        caption = f"claims: {_of(min(ROWS, len(claims)), len(claims))}"
        rows = [
            (_escaped(side), _escaped(f"{one.shown}{_aside(one)}"), notes.mark(_cited([one])))
            for side, one in claims[:ROWS]
        ]
        parts.append(_table(caption, ("side", "states", "sources"), rows))
    return "".join(parts) + notes.html()


def _cited(group: Iterable[Statement]) -> Iterator[Citation]:
    for one in group:
        if one.source is not None:
            yield Citation(source=one.source, locator=one.locator or "")


def report_html(report: Report) -> str:
    """What a check found, as small tables."""
    notes = _Footnotes(_home(None).sources, report.names)
    problems, disagreements = report.problems, report.disagreements
    parts = [f"<p>{_counts(report)}</p>"]
    if problems:
        caption = f"problems: {_of(min(ROWS, len(problems)), len(problems))}"
        rows = [[_escaped(part) for part in problem] for problem in problems[:ROWS]]
        parts.append(_table(caption, ("file", "record", "field", "value", "problem", "rule"), rows))
    if disagreements:
        caption = f"disagreements: {_of(min(ROWS, len(disagreements)), len(disagreements))}"
        shown = (_disagreement_row(conflict, notes) for conflict in disagreements[:ROWS])
        parts.append(_table(caption, ("subject", "stated", "accepted", "kind", "explanation"), shown))
    return "".join(parts) + notes.html()


def _disagreement_row(conflict: Conflict, notes: _Footnotes) -> list[str]:
    stated = "<br>".join(
        f"{_escaped(value)}{_raised(notes.mark(_cited(group)))}" for value, group in _by_value(conflict)
    )
    rest = (_accepted(conflict), _kind(conflict), conflict.explanation or "")
    return [_escaped(_subject(conflict)), stated, *map(_escaped, rest)]


# --- a picture in time -----------------------------------------------------------------------------------------------

# The measures of the picture, in pixels; text is eleven high.
_WIDTH: Final = 960
_EDGE: Final = 20
_TOP: Final = 56
_HEADING: Final = 24
_ROW: Final = 27
_BAR: Final = 8
_LEAST: Final = 4
_GAP: Final = 10
_LONGEST: Final = 60  # letters of a label; a pointer that rests on the bar is told the rest

_LEGEND: Final = "Hatched: the day is not known. Arrow: it goes on"

# Of middle lightness, so that they stand out from white and from black.
_COLOURS: Final = {"treaties": "#4a83b5", "terms": "#b0752f", "meetings": "#4d8f5b", "initiatives": "#9a6fb0"}
_ONE: Final = {"treaties": "treaty", "terms": "term", "meetings": "meeting", "initiatives": "initiative"}


class Picture(str):
    """An SVG image as a text, which a notebook shows as the image.

    >>> import jpus
    >>> picture = jpus.timeline(jpus.treaties["security-treaty-1951"])
    >>> isinstance(picture, Picture), picture.startswith("<svg")
    (True, True)
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


@attrs.frozen
class _Bar:
    """A record, or a term of an official, as it stands in the picture."""

    kind: str
    lane: str
    label: str
    told: str
    start: PartialDate
    end: PartialDate | None
    ended: bool = False  # the end is unknown, not open


@attrs.frozen
class _Axis:
    """Whole years, from one edge of the picture to the other; days are proleptic ordinals."""

    first: int
    last: int

    @classmethod
    def of(cls, bars: Sequence[_Bar]) -> _Axis:
        first = min(bar.start.year for bar in bars)
        last = max((bar.end or bar.start).latest.year for bar in bars)
        if any(bar.end is None for bar in bars):
            last += 1  # room for what goes on
        return cls(dt.date(first, 1, 1).toordinal(), dt.date(last, 12, 31).toordinal())

    def at(self, day: int) -> float:
        return _EDGE + (day - self.first) / (self.last + 1 - self.first) * (_WIDTH - 2 * _EDGE)

    def years(self) -> Iterator[tuple[int, float]]:
        """The years that are written, twelve at most, and where each starts."""
        first, last = dt.date.fromordinal(self.first).year, dt.date.fromordinal(self.last).year
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if (last - first) / step <= 12)
        for year in range(-(-first // step) * step, last + 1, step):
            yield year, self.at(dt.date(year, 1, 1).toordinal())


def timeline(
    records: Iterable[Record], *, title: str = "Japan and the United States", dataset: Dataset | None = None
) -> Picture:
    """Records in time as an SVG image: treaties, terms by office, meetings and initiatives in lanes.

    Where the day is not known a bar is hatched; what goes on ends in an arrow. What has no time is left out, and so
    are figures; the description of the image counts them.

    Args:
        records: Records of any collections.
        title: The title of the image.
        dataset: Where the titles of offices stand; None takes the package.

    Raises:
        ValueError: When none of the records can be shown.

    >>> from jpus.models import Initiative
    >>> picture = timeline([Initiative(
    ...     id="x", title="X", subject="space", launched=PartialDate(2019), partners=("JP", "US"), citations=())])
    >>> picture.startswith("<svg"), "1 initiative" in picture
    (True, True)
    """
    groups = [list(_bars(record, dataset)) for record in records]
    bars = sorted(
        itertools.chain.from_iterable(groups),
        key=lambda bar: (list(_COLOURS).index(bar.kind), bar.lane, bar.start, bar.label),
    )
    if not bars:
        raise ValueError("none of the records has a time that can be shown")
    axis = _Axis.of(bars)
    id = f"jpus-{zlib.crc32(repr((title, bars)).encode()):08x}"
    body: list[str] = []
    bottom = _TOP
    for lane, members in itertools.groupby(bars, key=lambda bar: bar.lane):
        parts, bottom = _lane(lane, list(members), axis, bottom, id)
        body += parts
    height = bottom + _HEADING
    hatchings = (_hatching(f"{id}-{kind}", _COLOURS[kind]) for kind in sorted({bar.kind for bar in bars}))
    return Picture(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
        f' role="img" aria-labelledby="{id} {id}-desc" font-family="system-ui, sans-serif" font-size="11"'
        f' fill="currentColor" style="max-width:100%;height:auto"><title id="{id}">{_escaped(title)}</title>'
        f'<desc id="{id}-desc">{_escaped(_told(bars, groups.count([])))}</desc>'
        # Within a page the letters have the page's colour; an image of its own follows the reader's light or dark.
        "<style>svg:root{color:#222}@media (prefers-color-scheme:dark){svg:root{color:#ddd}}</style>"
        f"<defs>{''.join(hatchings)}</defs>"
        f'<text x="{_EDGE}" y="18" font-size="14" font-weight="bold">{_escaped(title)}</text>'
        f"{''.join(_year(year, place, bottom) for year, place in axis.years())}{''.join(body)}"
        f'<text x="{_EDGE}" y="{height - 6}" fill-opacity=".8">{_LEGEND}</text></svg>'
    )


def _bars(record: Record, dataset: Dataset | None) -> Iterator[_Bar]:
    name, told = label(record), record_text(record)
    if isinstance(record, Treaty):
        name = visible(record.short_title or record.title)
        if record.in_force is not None:
            unknown = record.end_cause is not None
            yield _Bar("treaties", "Treaties", name, told, record.in_force, record.ended, unknown)
        elif (day := record.signed or record.adopted) is not None:
            yield _Bar("treaties", "Treaties", f"{name} ({'signed' if record.signed else 'adopted'})", told, day, day)
    elif isinstance(record, Official):
        for term in record.terms:
            office = _home(dataset).offices.get(term.office)
            lane = visible(term.office if office is None else office.title)
            told = _joined(name, _role(term), _term_time(term))
            yield _Bar("terms", lane, name, told, term.start, term.end, term.end_event == "unknown")
    elif isinstance(record, Meeting):
        yield _Bar("meetings", "Meetings", name, told, record.start, record.end)
    elif isinstance(record, Initiative) and record.launched is not None:
        name = visible(record.short_title or record.title)
        yield _Bar("initiatives", "Initiatives", name, told, record.launched, record.ended)


def _told(bars: Sequence[_Bar], left_out: int) -> str:
    """What the picture shows, for those who do not see it."""
    counts = Counter(bar.kind for bar in bars)
    what = ", ".join(f"{count} {_ONE[kind] if count == 1 else kind}" for kind, count in counts.items())
    first = min(bar.start.year for bar in bars)
    last = max((bar.end or bar.start).year for bar in bars)
    rest = f" {counted(left_out, 'record')} left out: without a time, or a figure." if left_out else ""
    years = str(first) if first == last else f"{first} to {last}"
    return f"{what}, {years}. {_LEGEND}.{rest}"


def _hatching(id: str, colour: str) -> str:
    return (
        f'<pattern id="{id}" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="1.6" height="4" fill="{colour}"/></pattern>'
    )


def _year(year: int, place: float, bottom: int) -> str:
    return (
        f'<line x1="{place:.1f}" x2="{place:.1f}" y1="44" y2="{bottom}" stroke="currentColor" stroke-opacity=".2"/>'
        f'<text x="{place:.1f}" y="38" text-anchor="middle" fill-opacity=".8">{year}</text>'
    )


def _lane(lane: str, bars: Sequence[_Bar], axis: _Axis, top: int, id: str) -> tuple[list[str], int]:
    """A heading and bars in as many rows as keep them and their labels apart, and where the lane ends."""
    parts = [f'<text x="{_EDGE}" y="{top + 14}" font-weight="bold">{_escaped(lane)}</text>']
    ends: list[float] = []  # how far each row is taken
    for bar in bars:
        text = _clipped(bar.label, _LONGEST)
        first, last = axis.at(bar.start.earliest.toordinal()), axis.at(_last_day(bar, axis) + 1)
        left = max(_EDGE, min(first, _WIDTH - _EDGE - _text_width(text)))
        row = next((row for row, end in enumerate(ends) if end + _GAP <= left), len(ends))
        ends[row : row + 1] = [max(last, first + _LEAST, left + _text_width(text))]
        y = top + _HEADING + row * _ROW
        parts.append(
            f'<g><title>{_escaped(bar.told)}</title><text x="{left:.1f}" y="{y + 10}">{_escaped(text)}</text>'
            f"{''.join(_drawn(bar, axis, y + 14, id))}</g>"
        )
    return parts, top + _HEADING + len(ends) * _ROW


def _last_day(bar: _Bar, axis: _Axis) -> int:
    return axis.last if bar.end is None else bar.end.latest.toordinal()


def _drawn(bar: _Bar, axis: _Axis, y: int, id: str) -> Iterator[str]:
    """A bar: solid where it certainly holds, hatched where it may, an arrow where it goes on."""
    colour, hatched = _COLOURS[bar.kind], f"url(#{id}-{bar.kind})"
    first, last = bar.start.earliest.toordinal(), _last_day(bar, axis)
    sure_first = bar.start.latest.toordinal()
    sure_last = bar.end.earliest.toordinal() if bar.end is not None else sure_first if bar.ended else axis.last
    if sure_last < sure_first:
        yield _rectangle(axis, first, last, y, hatched, colour)
        return
    if first < sure_first:
        yield _rectangle(axis, first, sure_first - 1, y, hatched, colour)
    yield _rectangle(axis, sure_first, sure_last, y, colour, colour)
    if sure_last < last:
        yield _rectangle(axis, sure_last + 1, last, y, hatched, colour)
    if bar.end is None and not bar.ended:
        right = axis.at(axis.last + 1)
        yield f'<path d="M{right:.1f} {y - 2}l8 {_BAR / 2 + 2:g}l-8 {_BAR / 2 + 2:g}z" fill="{colour}"/>'


def _rectangle(axis: _Axis, first: int, last: int, y: int, fill: str, colour: str) -> str:
    left = axis.at(first)
    width = max(axis.at(last + 1) - left, _LEAST)
    return (
        f'<rect x="{left:.1f}" y="{y}" width="{width:.1f}" height="{_BAR}" fill="{fill}" stroke="{colour}"'
        ' stroke-width=".8"/>'
    )


def _text_width(text: str) -> float:
    """About how wide a text is."""
    return sum(11.5 if unicodedata.east_asian_width(letter) in "WF" else 6.1 for letter in text)
