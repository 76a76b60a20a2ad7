"""What sources commit to, and whether it meets.

A statement is a closed interval (dates, amounts) or words, by one source, under one definition. Statements agree when
they commit to the same, are compatible when they meet in a common point, and conflict when they do not. Meeting is not
transitive, so a verdict is over a whole set, never a chain of pairs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

import attrs

from jpus.dates import DateLike, PartialDate, Period
from jpus.errors import ParseError
from jpus.models import (
    Basis,
    Claim,
    ClaimStatus,
    DisagreementKind,
    Flow,
    Frequency,
    Indicator,
    Meeting,
    Official,
    Scope,
    Source,
    SourceKind,
    TradeFigure,
    Treaty,
)
from jpus.quantities import Qualifier, Quantity, decimal_of

if TYPE_CHECKING:
    from jpus.dataset import Dataset
    from jpus.models import Record, Term

Verdict: TypeAlias = Literal["single", "agree", "compatible", "conflict", "incomparable", "not_checkable"]
ValueKind: TypeAlias = Literal["date", "quantity", "text", "code", "set"]
"""Dates and quantities are intervals; texts are free words, of which a source may give a part; codes are one of a list;
of a set a source may name some members."""

_DATES: Final = frozenset(
    "start end adopted signed in_force provisional_from ended consent launched born died published"
    " ratifications_exchanged proclaimed".split()
)
_TEXTS: Final = frozenset("place title signed_at family given native".split())
_CODES: Final = frozenset("country kind format status role number end_cause subject".split())
_SETS: Final = frozenset(("participants", "parties", "partners", "held_office"))

SOURCE_ORDER: Final[tuple[SourceKind, ...]] = ("statistical", "official", "dataset", "academic", "reference", "news")
"""Kinds of sources of figures, the most trusted first.

>>> SOURCE_ORDER[0], SOURCE_ORDER[-1]
('statistical', 'news')
"""
SERIES_BASES: Final[tuple[Basis, ...]] = (
    "census",
    "bop",
    "customs",
    "general",
    "special",
    "domestic",
    "compiled",
    "unstated",
)
"""Bases of figures in the order in which a series takes them where none is asked for.

>>> SERIES_BASES[0]
'census'
"""


def kind_of(field: str) -> ValueKind | None:
    """What kind of value a field has; None for what no record has a field for, which cannot be checked.

    >>> kind_of("parties.JP.signed"), kind_of("quantity"), kind_of("statement_by_hayashi")
    ('date', 'quantity', None)
    """
    name = field.rpartition(".")[2]
    if name == "quantity":
        return "quantity"
    kinds: tuple[tuple[ValueKind, frozenset[str]], ...] = (
        ("date", _DATES),
        ("text", _TEXTS),
        ("code", _CODES),
        ("set", _SETS),
    )
    return next((kind for kind, names in kinds if name in names), None)


@attrs.frozen(kw_only=True)
class Statement:
    """What one source, or the record itself, commits to; ready to be compared.

    >>> import jpus
    >>> make_statement("quantity", jpus.Quantity.parse("$183.6 billion")).low
    Decimal('183550000000')
    """

    kind: ValueKind
    """What kind of value it is: how it is compared."""
    value: str
    """The value in its canonical form."""
    shown: str
    """The value as it is shown: the source's own words where they are known."""
    low: Decimal | int | None = None
    """The least that fits (days as proleptic ordinals); None where nothing bounds it."""
    high: Decimal | int | None = None
    """The greatest that fits."""
    words: frozenset[str] | None = None
    """For words: the normalised text, or the members of a set; None for an interval."""
    source: str | None = None
    """The id of the source; None for the record's own value."""
    locator: str | None = None
    """Where in the source."""
    claim: str | None = None
    """The id of the claim or the figure."""
    qualifier: Qualifier = "exact"
    """How the source hedges."""
    status: ClaimStatus = "normal"
    """Whether the editors let it count."""
    reason: str | None = None
    """Why it does not."""
    timezone: str | None = None
    """The calendar of the date, where it is not the record's."""

    def meets(self, other: Statement) -> bool:
        """Whether both can be true: symmetric and reflexive, not transitive.

        >>> year, day = make_statement("date", "1951"), make_statement("date", "1951-09-08")
        >>> year.meets(day), day.meets(make_statement("date", "1952"))
        (True, False)
        """
        if self.words is not None and other.words is not None:
            if self.kind == "set":
                return self.words <= other.words or other.words <= self.words
            (mine,), (theirs,) = self.words, other.words
            if self.kind == "text":
                return f" {mine} " in f" {theirs} " or f" {theirs} " in f" {mine} "
            return mine == theirs
        return _at_most(self.low, other.high) and _at_most(other.low, self.high)

    def same(self, other: Statement) -> bool:
        """Whether both commit to exactly the same.

        >>> make_statement("date", "1951").same(make_statement("date", "1951-09-08"))
        False
        """
        return (self.low, self.high, self.words) == (other.low, other.high, other.words)

    def within(self, other: Statement) -> bool:
        """Whether this one is at least as precise: all that fits it fits the other.

        >>> year, day = make_statement("date", "1951"), make_statement("date", "1951-09-08")
        >>> day.within(year), year.within(day)
        (True, False)
        """
        if self.words is not None:
            return self.same(other)
        low = other.low is None or (self.low is not None and other.low <= self.low)
        return low and (other.high is None or (self.high is not None and self.high <= other.high))


def _at_most(low: Decimal | int | None, high: Decimal | int | None) -> bool:
    return low is None or high is None or low <= high


def normalised(text: str) -> str:
    """A text as it is compared: without case, accents, punctuation and a leading article; the United States is "us".

    >>> normalised("The Washington, D.C."), normalised("Japan-U.S. Partnership")
    ('washington dc', 'japan us partnership')
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(
        letter if letter.isalnum() else " " if letter in " -/" else ""
        for letter in plain
        if not unicodedata.combining(letter)
    )
    words = " ".join(kept.split()).removeprefix("the ")
    return words.replace("united states of america", "us").replace("united states", "us")


def _from_date(date: PartialDate) -> tuple[int, int]:
    return date.earliest.toordinal(), date.latest.toordinal()


def make_statement(kind: ValueKind, value: object, **more: object) -> Statement:
    """The statement that a record's value or a claim's makes.

    Raises:
        ParseError: When the value is not of the kind.

    >>> make_statement("text", "The United States").words
    frozenset({'us'})
    """
    if kind == "date":
        date = PartialDate.of(value)  # type: ignore[arg-type]
        low, high = _from_date(date)
        return _make(more, kind=kind, value=str(date), low=low, high=high)
    if kind == "quantity":
        assert isinstance(value, Quantity)
        return _make(more, kind=kind, value=f"{value.value:f}", shown=str(value), low=value.low, high=value.high)
    if kind == "set":
        members = value.split("; ") if isinstance(value, str) else [str(member) for member in value]  # type: ignore[attr-defined]
        return _make(more, kind=kind, value="; ".join(members), words=frozenset(members))
    text = str(value)
    return _make(more, kind=kind, value=text, words=frozenset([normalised(text) if kind == "text" else text]))


def _make(more: dict[str, object], **parts: object) -> Statement:
    parts.setdefault("shown", parts["value"])
    return Statement(**{**parts, **more})  # type: ignore[arg-type]


def value_of(record: Record | Term, field: str) -> object | None:
    """The value that a record holds in a field, ``parties.JP.signed`` and the like too; None where it has none.

    >>> from jpus.models import Party
    >>> value_of(Party(country="JP"), "country")
    'JP'
    """
    if isinstance(record, Treaty) and field.startswith("parties."):
        _, country, name = field.split(".", 2)
        party = next((party for party in record.parties if party.country == country), None)
        return getattr(party, name, None)
    if isinstance(record, Treaty) and field == "parties":
        return tuple(party.country for party in record.parties)
    if isinstance(record, Meeting) and field == "participants":
        return tuple(person.official or person.name for person in record.participants)
    if isinstance(record, Official) and field == "held_office":
        return tuple(dict.fromkeys(term.office for term in record.terms))
    value: object | None = getattr(record, field, None)
    return value


def accepted(record: Record | Term, field: str) -> Statement | None:
    """The statement that the record's own value makes: the editors' choice; None where it has none."""
    kind, value = kind_of(field), value_of(record, field)
    return None if kind is None or value is None or value == () else make_statement(kind, value)


def statement(claim: Claim, record: Record | Term | None) -> Statement | None:
    """The statement that a claim makes; None where its field is none that can be compared.

    Args:
        claim: The claim.
        record: What it speaks of; an amount takes its unit and its rounding.

    Raises:
        ParseError: When the claim's value is not of its field's kind.
    """
    kind = kind_of(claim.field)
    if kind is None:
        return None
    value: object = claim.value
    if kind == "quantity":
        own = record.quantity if isinstance(record, (TradeFigure, Indicator)) else None
        value = Quantity(
            value=decimal_of(claim.value),
            unit=own.unit if own is not None else "count",
            stated=claim.stated,
            qualifier=claim.qualifier,
            resolution=claim.resolution,
            rounding=own.rounding if own is not None else "nearest",
        )
    return make_statement(
        kind,
        value,
        source=claim.source,
        locator=claim.locator,
        claim=claim.id,
        qualifier=claim.qualifier,
        status=claim.status,
        reason=claim.reason,
        timezone=claim.timezone,
    )


def verdict(statements: Sequence[Statement]) -> Verdict:
    """What a set of statements of one definition comes to, whatever their order and however often each stands there.

    >>> day, year = (make_statement("date", text) for text in ("1951-09-08", "1951"))
    >>> verdict([day]), verdict([day, day, year]), verdict([day, make_statement("date", "1952")])
    ('single', 'compatible', 'conflict')
    """
    distinct = list(dict.fromkeys((one.low, one.high, one.words) for one in statements))
    if not distinct:
        return "not_checkable"
    if len(distinct) == 1:
        return "single" if len({(one.source, one.locator) for one in statements}) == 1 else "agree"
    if distinct[0][2] is None:
        low, high = common(statements)
        return "compatible" if _at_most(low, high) else "conflict"
    pairs = ((one, other) for place, one in enumerate(statements) for other in statements[:place])
    return "compatible" if all(one.meets(other) for one, other in pairs) else "conflict"


def common(statements: Iterable[Statement]) -> tuple[Decimal | int | None, Decimal | int | None]:
    """What all intervals share: the highest low and the lowest high; crossed where nothing is shared."""
    group = list(statements)
    lows = [one.low for one in group if one.low is not None]
    highs = [one.high for one in group if one.high is not None]
    return max(lows, default=None), min(highs, default=None)


def witnesses(dataset: Dataset, sources: Iterable[str | None]) -> int:
    """How many of the sources are independent.

    Two are when their publishers differ and neither derives, through ``derived_from``, from what the other does.
    """
    groups: list[set[str]] = []
    for id in dict.fromkeys(source for source in sources if source is not None):
        marks = set(_lineage(dataset, id))
        touching = [group for group in groups if group & marks]
        groups = [group for group in groups if not group & marks]
        groups.append(marks.union(*touching))
    return len(groups)


def _lineage(dataset: Dataset, id: str) -> Iterator[str]:
    """A source's id and publisher, and those of all that it derives from."""
    seen: set[str] = set()
    current: str | None = id
    while current is not None and current not in seen:
        seen.add(current)
        yield f"source {current}"
        source = dataset.sources.get(current)
        if source is not None:
            yield f"publisher {source.publisher.casefold()}"
        current = source.derived_from if source is not None else None


def published_by(dataset: Dataset, source: str | None, day: DateLike | None) -> bool:
    """Whether a source was certainly published by a day; one without a date was not."""
    if day is None:
        return True
    found = dataset.sources.get(source) if source is not None else None
    return found is not None and found.published is not None and found.published.latest <= PartialDate.of(day).latest


@attrs.frozen(kw_only=True)
class Comparison:
    """All that is stated on one field of one record."""

    subject: str
    """The id of the record or the term."""
    field: str
    """The field."""
    verdict: Verdict
    """What the statements that count come to, with the record's own value."""
    accepted: Statement | None
    """The record's own value."""
    statements: tuple[Statement, ...]
    """The statements that count."""
    set_aside: tuple[Statement, ...]
    """Those that do not: superseded, rejected, or of another calendar."""


def compare(
    dataset: Dataset, record: Record | Term, field: str, claims: Iterable[Claim], as_published: DateLike | None = None
) -> Comparison:
    """Hold the claims on a field against each other and against the record's own value."""
    own = accepted(record, field)
    counted: list[Statement] = []
    aside: list[Statement] = []
    for claim in claims:
        if not published_by(dataset, claim.source, as_published):
            continue
        made = statement(claim, record)
        if made is not None:
            (aside if claim.status != "normal" or _other_calendar(made, own, record) else counted).append(made)
    total = counted if own is None else [*counted, own]
    result = verdict(total)
    if result == "agree" and len(counted) == 1:
        result = "single"
    elif not counted:
        result = "incomparable" if aside else "not_checkable"
    return Comparison(
        subject=record.id,
        field=field,
        verdict=result,
        accepted=own,
        statements=tuple(counted),
        set_aside=tuple(aside),
    )


def _other_calendar(made: Statement, own: Statement | None, record: Record | Term) -> bool:
    """Whether a date is that of another time zone than the record's, and a day from it at most.

    A call at nine in the morning in Tokyo is on the day before in Washington: both are right.
    """
    if made.timezone is None or made.timezone == getattr(record, "timezone", None) or own is None:
        return False
    assert isinstance(made.low, int)
    assert isinstance(made.high, int)
    assert isinstance(own.low, int)
    return made.low - 1 <= own.low <= made.high + 1


@attrs.frozen(kw_only=True)
class Conflict:
    """Statements on one thing that do not all meet.

    >>> import jpus
    >>> found = {(conflict.subject, conflict.field): conflict for conflict in jpus.check().disagreements}
    >>> found["mutual-cooperation-and-security-1960", "in_force"].accepted.value
    '1960-06-23'
    """

    collection: str
    """The collection of the record."""
    subject: str
    """The id of the record, the term, or one of the figures."""
    field: str
    """The field."""
    accepted: Statement | None
    """What jpus holds."""
    claims: tuple[Statement, ...]
    """Who states what."""
    kind: DisagreementKind | None = None
    """What kind of difference it is; None while nobody has explained it."""
    explanation: str | None = None
    """What is accepted, and why."""

    @property
    def against(self) -> tuple[Statement, ...]:
        """The statements that do not meet what is accepted; all, where nothing is."""
        own = self.accepted
        return self.claims if own is None else tuple(one for one in self.claims if not one.meets(own))


def conflicts(dataset: Dataset, as_published: DateLike | None = None) -> tuple[Conflict, ...]:
    """Every conflict in the data with its explanation, in order of collection and subject.

    A claim that the editors rejected is told too, with the reason that they gave.
    """
    return dataset.kept(("conflicts", str(as_published)), lambda: _conflicts(dataset, as_published))


def _conflicts(dataset: Dataset, as_published: DateLike | None) -> tuple[Conflict, ...]:
    explained = {(entry.subject, entry.field): entry for entry in dataset.disagreements}
    found = []
    for conflict, keys in (*_claim_conflicts(dataset, as_published), *figure_conflicts(dataset, as_published)):
        entry = next((explained[key] for key in keys if key in explained), None)
        if entry is not None:
            found.append(
                attrs.evolve(
                    conflict,
                    subject=entry.subject,
                    field=entry.field,
                    kind=entry.kind,
                    explanation=entry.explanation,
                )
            )
        else:
            found.append(conflict)
    return tuple(sorted(found, key=lambda conflict: (conflict.collection, conflict.subject, conflict.field)))


Keys: TypeAlias = list[tuple[str, str]]
"""Subject and field of what a conflict is on: an explanation names one of them."""


def _claim_conflicts(dataset: Dataset, as_published: DateLike | None) -> Iterator[tuple[Conflict, Keys]]:
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in dataset.claims:
        if kind_of(claim.field) is not None:
            groups.setdefault((claim.subject, claim.field), []).append(claim)
    for (subject, field), claims in groups.items():
        record = dataset.subject(subject)
        if record is None:
            continue
        try:
            result = compare(dataset, record, field, claims, as_published)
        except ParseError:  # rule C01 tells of it
            continue
        collection = dataset.collection_of(subject)
        if result.verdict == "conflict":
            yield (
                Conflict(
                    collection=collection,
                    subject=subject,
                    field=field,
                    accepted=result.accepted,
                    claims=result.statements,
                ),
                [(subject, field)],
            )
        for made in result.set_aside:
            if made.status == "rejected" and result.accepted is not None and not made.meets(result.accepted):
                yield (
                    Conflict(
                        collection=collection,
                        subject=subject,
                        field=field,
                        accepted=result.accepted,
                        claims=(made,),
                        kind="error",
                        explanation=made.reason,
                    ),
                    [],
                )


# --- figures -------------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Definition:
    """What exactly a figure measures, for one period.

    >>> import jpus
    >>> answer = jpus.trade_figures.assess("$183.6 billion", time_period="2020", flow="total", basis="census")
    >>> answer.meanings[0].definition.measure
    'total'
    """

    ref_area: str
    """Whose statistics."""
    measure: str
    """The flow of trade, or what an indicator measures."""
    scope: str
    """``goods``, ``services``, ``goods_and_services`` or ``unstated``."""
    basis: str
    """``census``, ``bop`` ..., an indicator's basis, or ``unstated``."""
    period: str
    """The year, month or span; empty where none is stated."""
    unit: str
    """The unit."""

    def may_be(self, other: Definition) -> bool:
        """Whether both can mean the same: equal, or unstated where they are not.

        >>> import attrs, jpus
        >>> answer = jpus.trade_figures.assess("$183.6 billion", time_period="2020", flow="total", basis="census")
        >>> known = answer.meanings[0].definition
        >>> known.may_be(attrs.evolve(known, scope="unstated")), known.may_be(attrs.evolve(known, unit="JPY"))
        (True, False)
        """
        mine = (self.ref_area, self.measure, self.period, self.unit)
        if mine != (other.ref_area, other.measure, other.period, other.unit):
            return False
        return _may(self.scope, other.scope) and _may(self.basis, other.basis)

    @property
    def stated(self) -> bool:
        """Whether nothing is left open."""
        return "unstated" not in {self.scope, self.basis}

    def __str__(self) -> str:
        what, scope = self.measure.replace("_", " "), self.scope.replace("_", " ")
        words = what if scope in {"all", "unstated"} else f"{what} of {scope}"
        basis = f", {self.basis} basis" if self.basis != "unstated" else ""
        period = f" {self.period}" if self.period else ""
        return f"{self.ref_area} {words}{period}{basis} in {self.unit}"


def _may(mine: str, theirs: str) -> bool:
    return mine == theirs or "unstated" in {mine, theirs}


@attrs.frozen(kw_only=True)
class Figure:
    """A statement with its definition."""

    definition: Definition
    """What is measured."""
    statement: Statement
    """What is stated."""
    publisher: str
    """Who states it."""
    trust: tuple[int, str]
    """How far its source is trusted: see `trust`."""
    derived: bool = False
    """Whether it was added up from a source's parts."""

    @property
    def rank(self) -> tuple[int, str, bool, str]:
        """What to sort by: the least trusted and the longest revised first."""
        return *self.trust, not self.derived, str(self.statement.claim)


def definition_of(record: TradeFigure | Indicator) -> Definition:
    """What a figure measures."""
    if isinstance(record, TradeFigure):
        measure, scope, basis = record.flow, record.scope, record.basis
    else:
        measure, scope, basis = record.measure, "all", record.basis or "unstated"  # type: ignore[assignment]
    return Definition(
        ref_area=record.ref_area,
        measure=measure,
        scope=scope,
        basis=basis,
        period="" if record.time_period is None else str(record.time_period),
        unit=record.quantity.unit,
    )


def trust(source: Source | None) -> tuple[int, str]:
    """How far a source of figures is trusted, to sort by: the best kind and the latest publication last."""
    if source is None:
        return -len(SOURCE_ORDER), ""
    return -SOURCE_ORDER.index(source.kind), str(source.published or "")


def figures(dataset: Dataset, as_published: DateLike | None = None) -> dict[tuple[str, str], list[Figure]]:
    """Every figure by measure and period, with the totals and balances that a source's parts add up to."""
    groups: dict[tuple[str, str], list[Figure]] = {}
    parts: dict[tuple[str, str, str, str, str, str], dict[str, TradeFigure]] = {}
    for record in (*dataset.trade_figures, *dataset.indicators):
        if not published_by(dataset, record.citation.source, as_published):
            continue
        if isinstance(record, Indicator) and record.time_period is None:
            continue
        made = _figure(dataset, record)
        groups.setdefault((made.definition.measure, made.definition.period), []).append(made)
        if isinstance(record, TradeFigure):
            key = made.definition
            slot = (key.ref_area, key.scope, key.basis, key.period, key.unit, record.citation.source)
            parts.setdefault(slot, {})[record.flow] = record
    for slot, flows in parts.items():
        for made in _sums(dataset, flows):
            groups.setdefault((made.definition.measure, slot[3]), []).append(made)
    return groups


def _figure(dataset: Dataset, record: TradeFigure | Indicator) -> Figure:
    source = dataset.sources.get(record.citation.source)
    made = make_statement(
        "quantity",
        record.quantity,
        source=record.citation.source,
        locator=record.citation.locator,
        claim=record.id,
        qualifier=record.quantity.qualifier,
    )
    return Figure(
        definition=definition_of(record),
        statement=made,
        publisher=source.publisher if source else record.citation.source,
        trust=trust(source),
    )


def _sums(dataset: Dataset, flows: dict[str, TradeFigure]) -> Iterator[Figure]:
    """The total and the balance that one source's exports and imports add up to, where it does not state them."""
    if "exports" not in flows or "imports" not in flows:
        return
    exports, imports = flows["exports"], flows["imports"]
    left, right = exports.quantity, imports.quantity
    if left.qualifier != "exact" or right.qualifier != "exact":
        return
    (least, most), (lowest, highest) = _ends(left), _ends(right)
    for flow, value, low, high in (
        ("total", left.value + right.value, least + lowest, most + highest),
        ("balance", left.value - right.value, least - highest, most - lowest),
    ):
        if flow in flows:
            continue
        base = _figure(dataset, exports)
        made = Statement(
            kind="quantity",
            value=f"{value:f}",
            shown=f"{value:,f} {left.unit} (exports {'+' if flow == 'total' else '-'} imports)",
            low=low,
            high=high,
            source=exports.citation.source,
            locator=f"{exports.citation.locator}; {imports.citation.locator}",
            claim=exports.id,
        )
        yield attrs.evolve(base, definition=attrs.evolve(base.definition, measure=flow), statement=made, derived=True)


def _ends(exact: Quantity) -> tuple[Decimal, Decimal]:
    """The ends of an amount that nothing hedges: it has both."""
    low, high = exact.low, exact.high
    assert low is not None
    assert high is not None
    return low, high


def figure_conflicts(dataset: Dataset, as_published: DateLike | None = None) -> Iterator[tuple[Conflict, Keys]]:
    """Conflicts among figures, each with the keys of all figures that are in it.

    Under one stated definition the latest vintages of all publishers must meet. A figure that leaves its definition
    open conflicts only when it meets none of those that it could mean.
    """
    for group in figures(dataset, as_published).values():
        exact: dict[Definition, list[Figure]] = {}
        for made in group:
            if made.definition.stated:
                exact.setdefault(made.definition, []).append(made)
        for members in exact.values():
            latest = _latest(members)
            # Where all are sums, it is their parts that differ, and those are told of.
            if any(not made.derived for made in latest) and verdict([made.statement for made in latest]) == "conflict":
                yield _figure_conflict(latest)
        told: set[str | None] = set()
        for made in sorted(group, key=lambda made: made.rank):
            if made.definition.stated or made.derived:
                continue
            rivals = [
                one for one in group if one.publisher != made.publisher and one.definition.may_be(made.definition)
            ]
            if not rivals or any(one.statement.meets(made.statement) for one in rivals):
                continue
            # Where two that leave it open differ, one conflict tells of both.
            if made.statement.claim not in told:
                yield _open_conflict(made, rivals), [_key(made)]
            told |= {one.statement.claim for one in rivals if not one.definition.stated}


def _open_conflict(made: Figure, rivals: list[Figure]) -> Conflict:
    """The conflict of a figure that leaves its definition open with all that it could mean."""
    conflict, _ = _figure_conflict([made, *_latest(rivals)])
    conflict = attrs.evolve(conflict, subject=str(made.statement.claim))
    if len({one.definition for one in rivals}) == 1 or conflict.accepted is None:
        return conflict
    # Of several definitions that it could mean, none alone is the one to hold against it.
    return attrs.evolve(conflict, accepted=None, claims=(*conflict.claims, conflict.accepted))


def _key(made: Figure) -> tuple[str, str]:
    """Subject and field of a figure; a sum has the name of its flow for a field."""
    return str(made.statement.claim), made.definition.measure if made.derived else "quantity"


def _latest(members: Iterable[Figure]) -> list[Figure]:
    """Of each publisher and definition the vintage that was published last: the earlier ones are revised by it."""
    newest: dict[tuple[str, Definition], Figure] = {}
    for made in sorted(members, key=lambda made: made.rank):
        newest[made.publisher, made.definition] = made
    return list(newest.values())


def _figure_conflict(members: list[Figure]) -> tuple[Conflict, Keys]:
    ranked = sorted(members, key=lambda made: (made.definition.stated, made.rank))
    subject, field = _key(ranked[0])
    conflict = Conflict(
        collection="trade_figures" if ranked[-1].definition.scope != "all" else "indicators",
        subject=subject,
        field=field,
        accepted=ranked[-1].statement,
        claims=tuple(made.statement for made in ranked[:-1]),
    )
    return conflict, [_key(made) for made in ranked]


def series(
    dataset: Dataset,
    records: Iterable[TradeFigure],
    *,
    flow: str,
    scope: str,
    ref_area: str,
    basis: str | None,
    freq: str,
    unit: str | None,
    as_published: DateLike | None,
) -> list[TradeFigure]:
    """One figure a period: see `jpus.dataset.TradeFigures.series`."""
    for name, value, allowed in (
        ("flow", flow, get_args(Flow)),
        ("scope", scope, get_args(Scope)[:-1]),
        ("basis", basis, (None, *get_args(Basis))),
        ("freq", freq, get_args(Frequency)),
        ("ref_area", ref_area, ("JP", "US")),
    ):
        if value not in allowed:
            raise ValueError(f"{name} {value!r} is none of {', '.join(map(str, allowed))}")
    wanted_unit = unit or {"US": "USD", "JP": "JPY"}[ref_area]
    best: dict[object, tuple[tuple[int, int, str, str], TradeFigure]] = {}
    for record in records:
        if (record.flow, record.scope, record.ref_area, record.freq) != (flow, scope, ref_area, freq):
            continue
        if record.quantity.unit != wanted_unit or (basis is not None and record.basis != basis):
            continue
        if not published_by(dataset, record.citation.source, as_published):
            continue
        order = (
            -SERIES_BASES.index(record.basis),
            *trust(dataset.sources.get(record.citation.source)),
            record.id,
        )
        if record.time_period not in best or best[record.time_period][0] < order:
            best[record.time_period] = (order, record)
    chosen = [record for _, record in best.values()]
    return sorted(chosen, key=lambda record: (record.time_period.earliest, record.time_period.latest))


@attrs.frozen(kw_only=True)
class Mirror:
    """One flow of one period as both sides count it: two definitions, shown beside each other and never a conflict.

    >>> import jpus
    >>> pairs = jpus.trade_figures.mirror("JP")
    >>> pairs[0].exports.ref_area, pairs[0].imports.ref_area
    ('JP', 'US')
    """

    exports: TradeFigure
    """What the exporter counts as its exports."""
    imports: TradeFigure
    """What the importer counts as its imports."""
    ratio: Decimal | None
    """The imports over the exports, to three digits; None where the exports are zero."""


def mirrors(
    dataset: Dataset,
    records: Iterable[TradeFigure],
    exporter: str,
    *,
    scope: str,
    freq: str,
    unit: str,
    as_published: DateLike | None,
) -> tuple[Mirror, ...]:
    """Both sides of a flow: see `jpus.dataset.TradeFigures.mirror`."""
    if exporter not in {"JP", "US"}:
        raise ValueError(f"exporter {exporter!r} is none of JP, US")
    figures = list(records)

    def by_period(flow: str, ref_area: str) -> dict[Period, TradeFigure]:
        found = series(
            dataset,
            figures,
            flow=flow,
            scope=scope,
            ref_area=ref_area,
            basis=None,
            freq=freq,
            unit=unit,
            as_published=as_published,
        )
        return {figure.time_period: figure for figure in found}

    theirs = by_period("imports", "JP" if exporter == "US" else "US")
    return tuple(
        Mirror(exports=own, imports=theirs[period], ratio=ratio(theirs[period].quantity.value, own.quantity.value))
        for period, own in by_period("exports", exporter).items()
        if period in theirs
    )


def ratio(value: Decimal, figure: Decimal) -> Decimal | None:
    """One amount over another, to three digits, or as it is where it has more than decimals keep; None over zero."""
    if not figure:
        return None
    found = value / figure
    return round(found, 3) if abs(found) < 10**12 else found
