"""A value in hand held against what sources say: the verdict, the claims on each side, what it may be a slip for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

import attrs

from jpus.consistency import (
    Comparison,
    Definition,
    Figure,
    Statement,
    accepted,
    compare,
    figures,
    kind_of,
    make_statement,
    ratio,
    witnesses,
)
from jpus.dates import DateLike, PartialDate, Period
from jpus.errors import ParseError
from jpus.models import Basis, Flow, Indicator, Official, Scope, SourceKind, Term, TradeFigure, Treaty
from jpus.quantities import Quantity

if TYPE_CHECKING:
    from jpus.dataset import Dataset
    from jpus.models import Record

Judgement: TypeAlias = Literal["agree", "compatible", "conflict", "ambiguous", "not_checkable"]

WITNESS_ORDER: Final[tuple[SourceKind, ...]] = ("official", "statistical", "academic", "dataset", "reference", "news")
"""Kinds of sources in the order in which claims are listed."""

_TENFOLD: Final = tuple(Decimal(10) ** power for power in (1, 2, 3, -1, -2, -3))


@attrs.frozen(kw_only=True)
class Assessment:
    """What the data says to a value in hand.

    >>> import jpus
    >>> answer = jpus.treaties.assess("security-treaty-1951", "signed", "1952")
    >>> answer.verdict, answer.accepted
    ('conflict', '1951-09-08')
    """

    question: str
    """What was asked, in words."""
    verdict: Judgement
    """``agree`` (exactly that), ``compatible`` (it fits, at another precision), ``conflict``, ``ambiguous`` (it has
    several meanings, and the answer depends on which), ``not_checkable`` (no source read speaks of it)."""
    accepted: str | None = None
    """What jpus holds; None where it depends, or nothing is held."""
    claims: tuple[Statement, ...] = ()
    """What sources state, those that fit the value first."""
    supporting: tuple[Statement, ...] = ()
    """The claims that are as precise as the value, or more, and fit it."""
    containing: tuple[Statement, ...] = ()
    """The claims that merely contain the value: "1960" for 1960-06-23."""
    opposing: tuple[Statement, ...] = ()
    """The claims that do not fit it."""
    independent: int = 0
    """How many independent sources support it."""
    meanings: tuple[Meaning, ...] = ()
    """For a figure, each definition that it could mean."""
    hints: tuple[str, ...] = ()
    """What the value may be a slip for."""
    explanation: str = ""
    """Why, in a sentence or two."""
    titles: tuple[tuple[str, str], ...] = ()
    """For the sources of the claims, id and how they are named."""

    def __repr__(self) -> str:
        return f"<Assessment: {self.verdict}>"

    def __str__(self) -> str:
        from jpus.display import assessment_text

        return assessment_text(self)

    def _repr_html_(self) -> str:
        from jpus.display import assessment_html

        return assessment_html(self)


@attrs.frozen(kw_only=True)
class Meaning:
    """One definition that an amount could be meant in, and how it fits there.

    >>> import jpus
    >>> answer = jpus.trade_figures.assess("$183.6 billion", time_period="2020", flow="total")
    >>> {meaning.definition.measure for meaning in answer.meanings}
    {'total'}
    """

    definition: Definition
    """The definition; its text is in words."""
    verdict: Judgement
    """Whether the amount fits it."""
    accepted: Statement
    """The figure that is most trusted there."""
    ratio: Decimal | None
    """The amount over that figure, to three digits; None where that is zero."""


def _titled(dataset: Dataset, statements: Iterable[Statement]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for one in statements:
        source = dataset.sources.get(one.source) if one.source else None
        if source is not None:
            found[source.id] = f"{source.publisher}, {source.title}" + (
                f" ({source.published})" if source.published else ""
            )
    return tuple(found.items())


def _sorted(dataset: Dataset, group: Iterable[Statement]) -> tuple[Statement, ...]:
    """Statements in order of how near their sources are to the event: official ones first, the press last."""

    def order(one: Statement) -> tuple[int, str, str, str]:
        source = dataset.sources.get(one.source) if one.source else None
        rank = WITNESS_ORDER.index(source.kind) if source is not None else len(WITNESS_ORDER)
        return rank, one.source or "", one.locator or "", one.claim or ""

    return tuple(sorted(group, key=order))


@attrs.frozen
class _Sides:
    """Statements sorted by how they stand to a value in hand."""

    supporting: tuple[Statement, ...] = ()
    containing: tuple[Statement, ...] = ()
    opposing: tuple[Statement, ...] = ()

    @classmethod
    def of(cls, dataset: Dataset, made: Statement, statements: Iterable[Statement]) -> _Sides:
        supporting: list[Statement] = []
        containing: list[Statement] = []
        opposing: list[Statement] = []
        for one in _sorted(dataset, statements):
            (opposing if not one.meets(made) else supporting if one.within(made) else containing).append(one)
        return cls(tuple(supporting), tuple(containing), tuple(opposing))

    @property
    def fitting(self) -> tuple[Statement, ...]:
        return self.supporting + self.containing

    def told(self, dataset: Dataset, aside: Iterable[Statement] = ()) -> dict[str, Any]:
        """The parts of an Assessment that speak of claims."""
        claims = (*self.fitting, *self.opposing, *_sorted(dataset, aside))
        return {
            "claims": claims,
            "supporting": self.supporting,
            "containing": self.containing,
            "opposing": self.opposing,
            "independent": witnesses(dataset, (one.source for one in self.supporting)),
            "titles": _titled(dataset, claims),
        }


def _judge(value: Statement, own: Statement) -> Judgement:
    if value.same(own):
        return "agree"
    return "compatible" if value.meets(own) else "conflict"


# --- a field of a record ---------------------------------------------------------------------------------------------


def assess(
    dataset: Dataset, record: Record, field: str, value: str, *, as_published: DateLike | None = None
) -> Assessment:
    """Hold a value against a field of a record: see `jpus.dataset.Collection.assess`."""
    subject, name = _term_of(record, field)
    claims = [claim for claim in dataset.claims_on(subject.id) if claim.field == name]
    question = f"{record.id}: {field} {value}"
    kind = kind_of(name)
    if kind is None:
        known = [
            make_statement("text", claim.value, source=claim.source, locator=claim.locator, claim=claim.id)
            for claim in claims
        ]
        if not known and not hasattr(subject, name):
            known_fields = sorted(
                {*(entry.name for entry in attrs.fields(type(subject))), *_claimed(dataset, subject.id)}
            )
            raise ValueError(
                f"{record.id} has no field {field!r}, and no claim on one; there are: {', '.join(known_fields)}"
            )
        return Assessment(
            question=question,
            verdict="not_checkable",
            claims=_sorted(dataset, known),
            explanation=f"{field} is a characterisation: sources state it, nothing in the data can test it",
            titles=_titled(dataset, known),
        )
    made = make_statement(kind, _read(kind, value, subject))
    result = compare(dataset, subject, name, claims, as_published)
    own = _own(result) if as_published is not None else result.accepted
    against = own if own is not None else (result.statements[0] if len(result.statements) == 1 else None)
    sides = _Sides.of(dataset, made, result.statements)
    if against is None and not result.statements:
        return Assessment(
            question=question,
            verdict="not_checkable",
            claims=_sorted(dataset, result.set_aside),
            explanation="no source read states it" + (" by that day" if as_published is not None else ""),
            titles=_titled(dataset, result.set_aside),
        )
    judged: Judgement = (
        _judge(made, against) if against is not None else ("compatible" if sides.fitting else "conflict")
    )
    asked = _Question(dataset, record, subject, name, made)
    hints = tuple(dict.fromkeys(_hints(asked))) if judged == "conflict" else ()
    return Assessment(
        question=question,
        verdict=judged,
        accepted=None if against is None else against.shown,
        hints=hints,
        explanation=_why(dataset, judged, result, against, sides.opposing if judged == "conflict" else sides.fitting),
        **sides.told(dataset, result.set_aside),
    )


def _term_of(record: Record, field: str) -> tuple[Record | Term, str]:
    """The record and field that a field names: ``terms.ID.start`` is the start of that term."""
    if isinstance(record, Official) and field.startswith("terms."):
        _, id, name = (*field.split(".", 2), "", "")[:3]
        for term in record.terms:
            if term.id == id:
                return term, name
        raise ValueError(f"{record.id} has no term {id!r}; there are: {', '.join(term.id for term in record.terms)}")
    return record, field


def _claimed(dataset: Dataset, subject: str) -> set[str]:
    return {claim.field for claim in dataset.claims_on(subject)}


def _read(kind: str, value: str, subject: Record | Term) -> object:
    if not isinstance(value, str):
        raise TypeError(f"the value to judge is a text, not {value!r}")
    if kind == "quantity":
        unit = subject.quantity.unit if isinstance(subject, (TradeFigure, Indicator)) else None
        return Quantity.parse(value, unit=unit)
    return value


def _own(result: Comparison) -> Statement | None:
    """What the sources that count come to by themselves, for a day on which jpus's own choice was not made yet."""
    if result.accepted is not None and any(one.within(result.accepted) for one in result.statements):
        return result.accepted
    finest = (one for one in result.statements if all(one.within(other) for other in result.statements))
    return next(finest, None)


def _why(
    dataset: Dataset, judged: Judgement, result: Comparison, own: Statement | None, sides: Iterable[Statement]
) -> str:
    known = next(
        (one for one in dataset.disagreements if (one.subject, one.field) == (result.subject, result.field)), None
    )
    parts = []
    if judged == "compatible":
        parts.append(f"it fits {own.shown if own is not None else 'some'} at another precision")
    count = witnesses(dataset, (one.source for one in sides))
    does = ("states", "state", "otherwise") if judged == "conflict" else ("fits", "fit", "it")
    if count:
        who = f"1 independent source {does[0]}" if count == 1 else f"{count} independent sources {does[1]}"
        parts.append(f"{who} {does[2]}")
    if known is not None:
        parts.append(f"{known.kind}: {known.explanation}")
    return "; ".join(parts)


@attrs.frozen
class _Question:
    """A value that does not fit, and what it was said of."""

    dataset: Dataset
    record: Record
    subject: Record | Term
    field: str
    made: Statement

    @property
    def own(self) -> Statement | None:
        return accepted(self.subject, self.field)


def _hints(asked: _Question) -> Iterator[str]:
    kind = kind_of(asked.field)
    if kind == "date":
        yield from _date_hints(asked)
    elif kind == "quantity" and asked.own is not None:
        yield from _amount_hints(asked.made, [asked.own])
        if isinstance(asked.record, Indicator):
            yield from _other_times(asked)
    elif (asked.field, asked.made.value) == ("kind", "state_visit"):
        yield "a state visit is a head of state's: a prime minister's is an official or a working visit"


def _other_times(asked: _Question) -> Iterator[str]:
    """The same measure at another time, or under another definition, that the amount fits."""
    assert isinstance(asked.record, Indicator)
    for other in asked.dataset.indicators.where(measure=asked.record.measure, ref_area=asked.record.ref_area):
        own = accepted(other, "quantity")
        if other.id != asked.record.id and own is not None and own.qualifier == "exact" and own.meets(asked.made):
            yield f"fits {other.time_period or 'an unstated time'}: {own.shown} ({other.basis or 'basis unstated'})"


def _date_hints(asked: _Question) -> Iterator[str]:
    made, field = asked.made, asked.field.replace("_", " ")
    told: set[str] = set()
    for name in _date_fields(asked.subject):
        other = accepted(asked.subject, name)
        if name != asked.field and other is not None and other.meets(made) and other.value not in told:
            told.add(other.value)
            yield f"{name.replace('_', ' ')} is {other.shown}: {made.value} fits that, not {field}"
    for claim in asked.dataset.claims_on(asked.subject.id):
        other_event = kind_of(claim.field) == "date" and not _is_field(asked.subject, claim.field)
        other = make_statement("date", claim.value) if other_event and claim.status == "normal" else None
        if other is not None and other.meets(made) and other.value not in told:
            told.add(other.value)
            yield f"{claim.field.replace('_', ' ')} is {claim.value}: {made.value} fits that, not {field}"
    if asked.own is not None:
        yield from _slips(made.value, asked.own.value)
    if isinstance(asked.record, Treaty):
        for treaty in _namesakes(asked.dataset, asked.record):
            other = accepted(treaty, asked.field)
            if other is not None and other.meets(made):
                yield f"fits another: {treaty.id}, {field} {other.shown}"


def _is_field(record: Record | Term, field: str) -> bool:
    return field.startswith("parties.") or hasattr(record, field)


def _slips(value: str, own: str) -> Iterator[str]:
    if own < "1873":
        yield "before 1873 Japan counted by a lunisolar calendar: a Japanese date may be another day"
    if value.count("-") < 2 or own.count("-") < 2:
        return
    year, month, day = value.split("-")
    if f"{year}-{day}-{month}" == own:
        yield f"day and month may be swapped: {own}"
    if abs(dt.date.fromisoformat(value) - dt.date.fromisoformat(own)) == dt.timedelta(days=1):
        yield f"one day from {own}: a date of another time zone, or a handover counted otherwise"


def _date_fields(record: Record | Term) -> list[str]:
    names = [entry.name for entry in attrs.fields(type(record)) if kind_of(entry.name) == "date"]
    if isinstance(record, Treaty):
        events = ("signed", "consent", "in_force", "ended")
        names += [f"parties.{country}.{event}" for country in ("JP", "US") for event in events]
    return names


def _namesakes(dataset: Dataset, record: Treaty) -> Iterator[Treaty]:
    """Treaties that may be taken for one: those of its line of succession, and namesakes of its subject."""
    line = {*record.supersedes, *record.amends}
    words = _words(record)
    for other in dataset.treaties:
        if other.id == record.id:
            continue
        near = other.id in line or record.id in {*other.supersedes, *other.amends}
        if near or (other.subject == record.subject and len(words & _words(other)) * 2 > len(words)):
            yield other


def _words(record: Treaty) -> set[str]:
    title = (record.short_title or record.title).casefold()
    return {word for word in title.replace("-", " ").split() if len(word) > 3}


def _amount_hints(made: Statement, figures: Iterable[Statement]) -> Iterator[str]:
    value = Decimal(made.value)
    for own in figures:
        for factor in _TENFOLD:
            scaled = attrs.evolve(made, low=_times(made.low, factor), high=_times(made.high, factor))
            if made.qualifier in {"exact", "about"} and value and _bounded(own) and scaled.meets(own):
                word = "ten-fold" if factor in {Decimal(10), Decimal("0.1")} else f"{max(factor, 1 / factor):f}-fold"
                yield f"{word} slip? times {factor:f} it fits {own.shown}"
        if (
            value
            and made.qualifier == "exact"
            and attrs.evolve(made, low=_minus(made.high), high=_minus(made.low)).meets(own)
        ):
            yield f"the sign: {own.shown}"


def _round_hints(made: Statement, meanings: Iterable[Meaning]) -> Iterator[str]:
    """What a round number fits by its zeros alone: "$100 billion" is stated to the hundred billion."""
    for one in meanings:
        far = one.ratio is not None and not Decimal("0.9") <= one.ratio <= Decimal("1.1")
        if far and one.verdict == "compatible" and _bounded(made) and _bounded(one.accepted):
            read = f"{made.low:,f} to {made.high:,f}"
            yield f"{one.ratio} times {one.accepted.shown}: it fits only as a round number, {read}"


def _bounded(one: Statement) -> bool:
    """Whether it has both ends: "over 100" fits all that is larger, and is no hint at anything."""
    return one.low is not None and one.high is not None


def _times(bound: Decimal | int | None, factor: Decimal) -> Decimal | None:
    return None if bound is None else bound * factor


def _minus(bound: Decimal | int | None) -> Decimal | int | None:
    return None if bound is None else -bound


# --- an amount of trade ----------------------------------------------------------------------------------------------


def assess_amount(
    dataset: Dataset,
    text: str,
    *,
    time_period: str,
    flow: str | None,
    scope: str | None,
    ref_area: str | None,
    basis: str | None,
    as_published: DateLike | None = None,
) -> Assessment:
    """Hold an amount against every definition that it could mean: see `jpus.dataset.TradeFigures.assess`."""
    for name, given, allowed in (
        ("flow", flow, get_args(Flow)),
        ("scope", scope, get_args(Scope)),
        ("basis", basis, get_args(Basis)),
        ("ref_area", ref_area, ("JP", "US")),
    ):
        if given is not None and given not in allowed:
            raise ValueError(f"{name} {given!r} is none of {', '.join(allowed)}")
    period = str(Period.parse(time_period))
    quantity = Quantity.parse(text)
    if quantity.unit not in {"USD", "JPY"}:
        raise ParseError(f"{text!r} names no currency: write $ or ¥")
    flow = flow or _flow_in(text)
    made = make_statement("quantity", quantity, qualifier=quantity.qualifier)
    every = figures(dataset, as_published)
    sized = flow == "balance" and not _signed(text)
    wanted = {"flow": flow, "scope": scope, "ref_area": ref_area, "basis": basis}

    def candidates(period: str, **asked: str | None) -> list[Figure]:
        flows = [asked["flow"]] if asked["flow"] else list(get_args(Flow))
        return [
            _sized(figure) if sized else figure
            for name in flows
            for figure in every.get((str(name), period), ())
            if figure.definition.unit == quantity.unit
            and (asked["scope"] or figure.definition.scope) == figure.definition.scope
            and (asked["ref_area"] or figure.definition.ref_area) == figure.definition.ref_area
            and (asked["basis"] or figure.definition.basis) == figure.definition.basis
            and figure.definition.scope not in {"all", "unstated"}
        ]

    found = candidates(period, **wanted)
    meanings = _meanings(made, found)
    if not found:
        return Assessment(
            question=f"{text} in {period}",
            verdict="not_checkable",
            explanation=f"no figure for {period} of that definition",
        )
    judged = _overall(meanings)
    hints = tuple(dict.fromkeys(_round_hints(made, meanings)))
    if judged == "conflict":
        wider = [
            figure
            for figure in candidates(period, **{**wanted, "scope": None, "basis": None, "flow": None})
            if figure not in found
        ]
        others = [
            (other, figure)
            for _, other in sorted(every)
            if other != period and len(other) == len(period)
            for figure in candidates(other, **wanted)
        ]
        hints = tuple(
            dict.fromkeys(
                (*_amount_hints(made, [one.accepted for one in meanings]), *_elsewhere(made, wider, others, flow))
            )
        )
    best = meanings[0] if len({one.definition for one in meanings}) == 1 else None
    return Assessment(
        question=f"{text} in {period}",
        verdict=judged,
        accepted=best.accepted.shown if best is not None else None,
        meanings=meanings,
        hints=hints,
        explanation=_amount_why(judged, meanings),
        **_Sides.of(dataset, made, [figure.statement for figure in found]).told(dataset),
    )


def _signed(text: str) -> bool:
    """Whether a text says which way a balance goes."""
    return any(word in text.casefold() for word in ("deficit", "surplus", "-", "−"))


def _flow_in(text: str) -> str | None:
    return "balance" if any(word in text.casefold() for word in ("deficit", "surplus")) else None


def _sized(figure: Figure) -> Figure:
    """A balance without its sign, for an amount that leaves it open."""
    one = figure.statement
    if not one.value.startswith("-"):
        return figure
    turned = attrs.evolve(one, value=one.value[1:], low=_minus(one.high), high=_minus(one.low))
    return attrs.evolve(figure, statement=turned)


def _meanings(made: Statement, found: Iterable[Figure]) -> tuple[Meaning, ...]:
    groups: dict[Definition, list[Figure]] = {}
    for figure in found:
        groups.setdefault(figure.definition, []).append(figure)
    meanings = []
    for definition, members in groups.items():
        members.sort(key=lambda figure: figure.rank)
        fitting = [figure for figure in members if figure.statement.meets(made)]
        best = members[-1].statement
        # A first publication that fits is a fit: the source may have been read before the revision.
        judged: Judgement = "conflict" if not fitting else _judge(made, best) if best.meets(made) else "compatible"
        meanings.append(
            Meaning(
                definition=definition,
                verdict=judged,
                accepted=best,
                ratio=ratio(Decimal(made.value), Decimal(best.value)),
            )
        )
    return tuple(sorted(meanings, key=lambda one: (one.verdict == "conflict", str(one.definition))))


def _overall(meanings: tuple[Meaning, ...]) -> Judgement:
    # Bases differ little and are seldom named: an amount fits a flow and scope when it fits one of their bases.
    best: dict[tuple[str, str, str], Judgement] = {}
    for one in reversed(meanings):
        what = (one.definition.ref_area, one.definition.measure, one.definition.scope)
        if one.verdict != "conflict" or what not in best:
            best[what] = one.verdict
    verdicts = set(best.values())
    if verdicts == {"conflict"}:
        return "conflict"
    if "conflict" in verdicts:
        return "ambiguous"
    return "agree" if verdicts == {"agree"} else "compatible"


def _amount_why(judged: Judgement, meanings: tuple[Meaning, ...]) -> str:
    fits = "; ".join(str(one.definition) for one in meanings if one.verdict != "conflict")
    others = "; ".join(f"{one.definition}: {one.accepted.shown}" for one in meanings if one.verdict == "conflict")
    if judged == "conflict":
        return f"it meets none of the definitions that it could mean: {others}"
    if judged == "ambiguous":
        return f"it depends on what is meant: it fits {fits}; it does not fit {others}"
    return f"it fits {fits}" + (f"; not {others}" if others else "")


def _elsewhere(
    made: Statement, wider: Iterable[Figure], others: Iterable[tuple[str, Figure]], flow: str | None
) -> Iterator[str]:
    for figure in wider:
        if made.qualifier in {"exact", "about"} and _near(made, figure.statement):
            yield f"fits another definition: {figure.definition} is {figure.statement.shown}"
    # Of the vintages of one figure the most trusted one that fits is told, and no other.
    fitting: dict[Definition, tuple[str, Figure]] = {}
    for period, figure in others:
        if flow is not None and _near(made, figure.statement):
            _, known = fitting.get(figure.definition, (period, figure))
            fitting[figure.definition] = period, max(known, figure, key=lambda one: one.rank)
    for period, figure in fitting.values():
        yield f"fits {period}: {figure.definition} is {figure.statement.shown}"


def _near(made: Statement, other: Statement) -> bool:
    """Whether an amount that fits a figure may be meant for it: neither is open at an end, or they are of one size."""
    if not other.meets(made):
        return False
    size = Decimal(made.value)
    of_one_size = size != 0 and abs(Decimal(other.value) / size - 1) < Decimal("0.06")
    return of_one_size or (_bounded(made) and _bounded(other))


# --- a person in an office -------------------------------------------------------------------------------------------


def assess_holder(
    dataset: Dataset, name: str, office: str, on: DateLike, *, as_published: DateLike | None = None
) -> Assessment:
    """Hold "NAME held OFFICE on DAY" against the data: see `jpus.dataset.Officials.assess`."""
    people = list(dataset.officials.search(name))
    holders = dataset.officials.holding(office, on)
    possible = dataset.officials.holding(office, on, possibly=True)
    title = dataset.offices[office].title
    day = PartialDate.of(on)
    matched = [(official, term) for official, term in possible if official in people]
    sure = [pair for pair in matched if pair in holders]
    judged: Judgement
    if sure or matched:
        judged = "agree" if sure else "compatible"
    elif not people and not possible:
        judged = "not_checkable"
    else:
        judged = "conflict"
    shown = (
        "; ".join(f"{official.name} ({_span(term)}{_role(term)})" for official, term in (sure or matched or holders))
        or None
    )
    terms = [term for _, term in (sure or matched or possible)]
    claims = [
        made
        for term in terms
        for field in ("start", "end")
        for made in compare(
            dataset, term, field, (claim for claim in dataset.claims_on(term.id) if claim.field == field), as_published
        ).statements
    ]
    hints = list(_holder_hints(dataset, people, office, day)) if judged == "conflict" else []
    if judged == "conflict" and not people:
        hints.append(f"no official is called {name!r}; fuzzy search may find a near name")
    if len(people) > 1 and not matched:
        hints.append("the name fits several: " + ", ".join(official.id for official in people[:6]))
    if any(term.role != "substantive" for _, term in sure):
        hints.append("not the holder but standing in: " + ", ".join(term.role for _, term in sure))
    held = f"{title} on {day}: {shown}" if shown else f"no holder of {title} on {day} in the data"
    return Assessment(
        question=f"{name}, {title}, {day}",
        verdict=judged,
        accepted=shown,
        hints=tuple(dict.fromkeys(hints)),
        explanation=held,
        **_Sides(*((_sorted(dataset, claims), (), ()) if matched else ((), (), _sorted(dataset, claims)))).told(
            dataset
        ),
    )


def _span(term: Term) -> str:
    end = str(term.end) if term.end is not None else "an unknown day" if term.end_event == "unknown" else "now"
    return f"{term.start} to {end}"


def _role(term: Term) -> str:
    return "" if term.role == "substantive" else f", {term.role.replace('_', ' ')}"


def _holder_hints(dataset: Dataset, people: list[Official], office: str, day: PartialDate) -> Iterator[str]:
    for official in people[:6]:
        for term in official.terms:
            if term.office == office:
                before = term.end is not None and term.end.is_before(day)
                word = "a predecessor" if before else "a successor" if term.start.is_after(day) else "undecided"
                yield f"{word}: {official.name} held it {_span(term)}"
        for term in official.terms:
            open_end = term.end is None and term.end_event != "unknown"
            if (
                term.office != office
                and term.start.is_after(day) is not True
                and (open_end or (term.end is not None and term.end.is_before(day) is not True))
            ):
                yield f"{official.name} was then {dataset.offices[term.office].title} ({_span(term)})"
