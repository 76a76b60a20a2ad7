"""The records: frozen, typed, hashable values; a tuple wherever there are several.

A record checks nothing by itself but its types: what the data must keep stands in `jpus.rules`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal, TypeAlias, TypeVar

import attrs

from jpus.dates import PartialDate, Period
from jpus.quantities import Qualifier, Quantity

Role: TypeAlias = Literal["substantive", "acting", "ad_interim"]
StartEvent: TypeAlias = Literal[
    "appointed", "sworn_in", "entered_on_duty", "credentials", "arrived", "succeeded", "elected", "acceded", "regency"
]
EndEvent: TypeAlias = Literal[
    "left_post",
    "recall",
    "resigned",
    "dismissed",
    "superseded",
    "died",
    "abdicated",
    "office_abolished",
    "war",
    "unknown",
]
MeetingKind: TypeAlias = Literal[
    "summit", "foreign_ministers", "defense_ministers", "two_plus_two", "economic_two_plus_two", "ministerial",
    "trade_talks", "vice_ministers", "courtesy_call", "talks", "multilateral", "parliamentary", "ceremony", "funeral",
    "visit", "state_visit", "official_visit", "official_working_visit", "working_visit", "unofficial_visit",
    "private_visit", "accompanying_visit", "stopover", "other",
]  # fmt: skip
Status: TypeAlias = Literal["held", "planned"]
Format: TypeAlias = Literal["in_person", "video", "telephone"]
TreatyKind: TypeAlias = Literal[
    "treaty", "convention", "agreement", "protocol", "exchange_of_notes", "memorandum", "arrangement",
    "joint_declaration", "multilateral_treaty",
]  # fmt: skip
Subject: TypeAlias = Literal[
    "agriculture", "antarctica", "aviation", "claims", "competition", "consular", "customs", "digital", "diplomacy",
    "economic", "education", "energy", "environment", "fisheries", "immigration", "intellectual_property",
    "investment", "legal", "maritime", "nuclear", "peace", "science", "security", "social_security", "space", "tax",
    "technology", "territory", "trade", "whaling",
]  # fmt: skip
TitleBasis: TypeAlias = Literal["official", "translated"]
EndCause: TypeAlias = Literal["superseded", "expired", "terminated", "withdrawn"]
ConsentKind: TypeAlias = Literal["ratification", "acceptance", "approval", "accession", "signature", "notification"]
Series: TypeAlias = Literal["UNTS", "LNTS", "TIAS", "UST", "TS", "EAS", "Stat", "Bevans", "KAV", "JP", "TreatyDoc"]
Flow: TypeAlias = Literal["exports", "imports", "balance", "total", "reexports"]
Scope: TypeAlias = Literal["goods", "services", "goods_and_services", "unstated"]
Basis: TypeAlias = Literal["census", "bop", "customs", "general", "special", "domestic", "compiled", "unstated"]
Frequency: TypeAlias = Literal["A", "M", "P"]
ObservationStatus: TypeAlias = Literal["normal", "provisional", "revised", "estimated"]
SourceKind: TypeAlias = Literal["official", "statistical", "academic", "reference", "dataset", "news"]
ClaimStatus: TypeAlias = Literal["normal", "superseded", "rejected"]
DisagreementKind: TypeAlias = Literal[
    "rounding", "precision", "revision", "definition", "mirror", "date_line", "dateline", "planned", "copy", "error"
]


class Shown:
    """What all records share: how they look.

    >>> import jpus
    >>> jpus.offices["jp-prime-minister"]
    jpus.offices['jp-prime-minister']
    >>> print(jpus.offices["jp-prime-minister"])
    Prime Minister of Japan (内閣総理大臣), an office of Japan
    """

    __slots__ = ()
    id: str

    def __repr__(self) -> str:
        collection = next(name for name, kind in COLLECTIONS.items() if kind is type(self))
        return f"jpus.{collection}[{self.id!r}]"

    def __str__(self) -> str:
        from jpus.display import record_text

        return record_text(self)  # type: ignore[arg-type]

    def _repr_html_(self) -> str:
        from jpus.display import record_html

        return record_html(self)  # type: ignore[arg-type]


@attrs.frozen(kw_only=True)
class Citation:
    """A source, and the spot in it.

    >>> import jpus
    >>> citation = jpus.treaties["security-treaty-1951"].citations[0]
    >>> citation.source in jpus.sources
    True
    """

    source: str
    """The id of the source."""
    locator: str
    """Where in it: a paragraph, a table row, an exhibit, a record number."""


@attrs.frozen(kw_only=True)
class ExternalId:
    """The name of a record in somebody else's data.

    >>> ExternalId(scheme="wikidata", value="Q132345").value
    'Q132345'
    """

    scheme: str
    """Whose: ``wikidata``, ``ieadb``, ``historian``, ``pocom`` ..."""
    value: str
    """The id there."""


@attrs.frozen(kw_only=True, repr=False)
class Office(Shown):
    """An office that one or several people hold.

    >>> import jpus
    >>> jpus.offices["jp-prime-minister"].native
    '内閣総理大臣'
    """

    id: str
    """Lower-case kebab, from the country: ``jp-prime-minister``."""
    title: str
    """The title in English."""
    native: str | None = None
    """The title in Japanese, for an office of Japan."""
    country: str
    """Whose office: ISO 3166-1 alpha-2."""
    single_seat: bool
    """Whether one person at a time holds it."""
    note: str | None = None
    """The editors' remark."""


@attrs.frozen(kw_only=True)
class Term:
    """An unbroken time in which a person held an office. A handover day belongs to both holders.

    >>> import jpus
    >>> [(official, term)] = jpus.officials.holding("us-president", on="1960-06-23")
    >>> term.office, term.role
    ('us-president', 'substantive')
    """

    id: str
    """Person, office and year: what claims about the term name as their subject."""
    office: str
    """The id of the office."""
    start: PartialDate
    """The first day."""
    end: PartialDate | None = None
    """The last day, as its source counts: some count the last full day, the one before the handover. None while it
    runs, or, with end_event ``unknown``, when no source tells."""
    start_event: StartEvent | None = None
    """What the start is the day of (credentials, entry on duty ...); None where the source does not say."""
    end_event: EndEvent | None = None
    """What the end is the day of; None where the source does not say."""
    role: Role = "substantive"
    """``substantive``, ``acting`` (no holder) or ``ad_interim`` (standing in for a holder)."""
    number: int | None = None
    """The ordinal that the source gives (the 100th Prime Minister)."""
    citations: tuple[Citation, ...]
    """Who states the start and the end."""
    note: str | None = None
    """The editors' remark."""


@attrs.frozen(kw_only=True, repr=False)
class Official(Shown):
    """A person, with all terms in the offices that jpus follows.

    >>> import jpus
    >>> official = jpus.officials["abe-shinzo"]
    >>> official.family, official.given, official.native
    ('Abe', 'Shinzo', '安倍晋三')
    """

    id: str
    """Family and given name: ``hayashi-yoshimasa``."""
    family: str
    """The family name in Latin script; an emperor's reign name."""
    given: str | None = None
    """The given name in Latin script."""
    native: str | None = None
    """The name in its own script, family name first."""
    kana: str | None = None
    """The reading in kana, where a source gives it."""
    country: str | None = None
    """Whom the person served: ISO 3166-1 alpha-2."""
    born: PartialDate | None = None
    """The day of birth."""
    died: PartialDate | None = None
    """The day of death."""
    aliases: tuple[str, ...] = ()
    """Every other spelling that was met, misspellings too."""
    terms: tuple[Term, ...] = ()
    """Times in office, in order; empty for a person met only in meetings."""
    external_ids: tuple[ExternalId, ...] = ()
    """The person in other data."""
    citations: tuple[Citation, ...] = ()
    """Who states the name and the days of life; terms cite for themselves."""
    former_ids: tuple[str, ...] = ()
    """Ids that this record once had."""
    note: str | None = None
    """The editors' remark."""

    @property
    def name(self) -> str:
        """Family and given name, in the order of the person's country.

        >>> Official(id="abe-shinzo", family="Abe", given="Shinzo", country="JP").name
        'Abe Shinzo'
        """
        if self.given is None:
            return self.family
        return f"{self.family} {self.given}" if self.country == "JP" else f"{self.given} {self.family}"


@attrs.frozen(kw_only=True)
class Participant:
    """Somebody at a meeting, in the office that the source states.

    >>> import jpus
    >>> meeting = jpus.meetings["2021-12-22-hayashi-tai-video"]
    >>> [(person.name, person.country) for person in meeting.participants]
    [('Hayashi Yoshimasa', 'JP'), ('Katherine Tai', 'US')]
    """

    official: str | None = None
    """The id of the official; None for a person who is not identified or not followed."""
    name: str
    """The name as given in Latin script; family name first for Japan."""
    country: str
    """For whom: ISO 3166-1 alpha-2, ``EU`` for the European Union."""
    office: str | None = None
    """The id of the office where jpus has it, else its title; None where no source says."""


@attrs.frozen(kw_only=True, repr=False)
class Meeting(Shown):
    """A meeting, a call or a visit. Dates are local to ``timezone``.

    >>> import jpus
    >>> meeting = jpus.meetings["2021-12-22-hayashi-tai-video"]
    >>> meeting.format, meeting.start, meeting.timezone
    ('video', PartialDate(2021, 12, 22), 'Asia/Tokyo')
    """

    id: str
    """Date and topic: ``2021-12-22-hayashi-tai-video``."""
    title: str
    """What it was, in the editors' words."""
    kind: MeetingKind
    """A meeting by who met (``summit``, ``foreign_ministers`` ...), or a visit by its rank."""
    status: Status = "held"
    """``held``, or ``planned``: announced, and no source read says that it took place."""
    format: Format
    """``in_person``, ``video`` or ``telephone``."""
    start: PartialDate
    """The first day."""
    end: PartialDate
    """The last day."""
    place: str | None = None
    """Where the talks were; None for a call, and where no source says."""
    country: str | None = None
    """The country of the place: ISO 3166-1 alpha-2."""
    also_visited: tuple[str, ...] = ()
    """Other places of the same visit."""
    timezone: str | None = None
    """The IANA time zone that the dates are local to; for a call the one of the source's capital."""
    participants: tuple[Participant, ...]
    """Who took part, Japan and the United States first."""
    topics: tuple[str, ...] = ()
    """What was talked of, in a few words each."""
    outcomes: tuple[str, ...] = ()
    """Ids of treaties and initiatives that came of it."""
    part_of: str | None = None
    """The id of the visit to which the meeting belongs."""
    external_ids: tuple[ExternalId, ...] = ()
    """The meeting in other data: ``historian`` for the Office of the Historian's records."""
    citations: tuple[Citation, ...]
    """Who states it."""
    former_ids: tuple[str, ...] = ()
    """Ids that this record once had, and those of records merged into it."""
    note: str | None = None
    """The editors' remark."""


@attrs.frozen(kw_only=True)
class Party:
    """A state, or an organisation, bound by a treaty, and its own dates.

    >>> import jpus
    >>> treaty = jpus.treaties["san-francisco-peace-treaty-1951"]
    >>> [party.country for party in treaty.parties if party.country in {"JP", "US"}]
    ['JP', 'US']
    """

    country: str
    """ISO 3166-1 alpha-2; ``SU`` for the Soviet Union, ``EU``, ``IAEA``."""
    signed: PartialDate | None = None
    """The day on which it signed."""
    consent: PartialDate | None = None
    """The day on which it consented to be bound (deposit, where there is one)."""
    consent_kind: ConsentKind | None = None
    """How it consented."""
    in_force: PartialDate | None = None
    """The day of entry into force for it."""
    ended: PartialDate | None = None
    """The day on which it ceased to be bound."""


@attrs.frozen(kw_only=True)
class Registration:
    """Where a treaty is published or registered.

    >>> Registration(series="UNTS", number="1832").number
    '1832'
    """

    series: Series
    """UNTS, LNTS, TIAS, UST, TS, EAS, Stat, Bevans, KAV, JP (the Japanese treaty number), TreatyDoc."""
    number: str
    """The number there; for Stat, UST and Bevans ``volume page``: ``18-2 446``."""


@attrs.frozen(kw_only=True, repr=False)
class Treaty(Shown):
    """A treaty, or another agreement in writing. Adopted, signed, in force and ended are four dates.

    >>> import jpus
    >>> treaty = jpus.treaties["security-treaty-1951"]
    >>> treaty.signed, treaty.in_force, treaty.end_cause
    (PartialDate(1951, 9, 8), PartialDate(1952, 4, 28), 'superseded')
    """

    id: str
    """Subject and year: ``mutual-cooperation-and-security-1960``."""
    title: str
    """The title in English."""
    title_basis: TitleBasis = "official"
    """``official``: as the source has it; ``translated``: the source is Japanese and the wording ours."""
    short_title: str | None = None
    """What it is usually called."""
    native: str | None = None
    """The title in Japanese."""
    kind: TreatyKind
    """The form of the instrument."""
    subject: Subject
    """What it is about."""
    binding: bool | None = None
    """Whether it binds in law: by its form (a treaty, notes that constitute an agreement), or as a source says; None
    where neither settles it."""
    adopted: PartialDate | None = None
    """The day on which a conference adopted the text (multilateral treaties)."""
    signed: PartialDate | None = None
    """The day by which both Japan and the United States had signed; for notes the last note; None if one did not."""
    signed_at: str | None = None
    """Where it was signed."""
    in_force: PartialDate | None = None
    """The day of entry into force between the two."""
    provisional_from: PartialDate | None = None
    """The day from which it was applied provisionally."""
    ended: PartialDate | None = None
    """The last day in force between the two, or the day on which another took its place; None where no source read
    tells of an end, and then ``on`` takes it as in force."""
    end_cause: EndCause | None = None
    """Why it ended."""
    parties: tuple[Party, ...]
    """Who is bound, with their own dates; for a large multilateral treaty Japan and the United States alone."""
    registrations: tuple[Registration, ...] = ()
    """Treaty series in which it stands."""
    supersedes: tuple[str, ...] = ()
    """Ids of the treaties whose place it took."""
    amends: tuple[str, ...] = ()
    """Ids of the treaties that it amends."""
    external_ids: tuple[ExternalId, ...] = ()
    """The treaty in other data."""
    citations: tuple[Citation, ...]
    """Who states it."""
    former_ids: tuple[str, ...] = ()
    """Ids that this record once had."""
    note: str | None = None
    """The editors' remark."""


@attrs.frozen(kw_only=True, repr=False)
class Initiative(Shown):
    """A named partnership that is not an agreement.

    >>> import jpus
    >>> jpus.initiatives["jusep-2017"].subject
    'energy'
    """

    id: str
    """Name and, where known, year."""
    title: str
    """The name in English."""
    short_title: str | None = None
    """What it is usually called: ``JUSEP``."""
    native: str | None = None
    """The name in Japanese."""
    subject: Subject
    """What it is about."""
    launched: PartialDate | None = None
    """The day on which it was announced or begun."""
    ended: PartialDate | None = None
    """The day on which it ended."""
    partners: tuple[str, ...]
    """Countries: ISO 3166-1 alpha-2."""
    citations: tuple[Citation, ...]
    """Who states it."""
    former_ids: tuple[str, ...] = ()
    """Ids that this record once had."""
    note: str | None = None
    """The editors' remark."""


@attrs.frozen(kw_only=True, repr=False)
class TradeFigure(Shown):
    """One source's figure for one flow: a claim by itself; other sources and vintages stand beside it.

    >>> import jpus
    >>> exports = jpus.trade_figures.series("exports", basis="census")
    >>> {(figure.ref_area, figure.flow, figure.scope) for figure in exports}
    {('US', 'exports', 'goods')}
    """

    id: str
    """View, flow, scope, basis, period and source."""
    ref_area: str
    """Whose statistics, and whose point of view: ISO 3166-1 alpha-2."""
    counterpart_area: str
    """The other country."""
    flow: Flow
    """``exports`` and ``imports`` as ref_area sees them; ``balance`` is exports minus imports, ``total`` their sum."""
    scope: Scope
    """Goods, services, both, or ``unstated``."""
    basis: Basis
    """``census``, ``bop``, ``customs``; ``general``, ``special`` and ``domestic`` trade in older returns; ``compiled``
    by a data set from several; ``unstated``."""
    freq: Frequency
    """``A``: a year, calendar or fiscal; ``M``: a month; ``P``: a part of a year."""
    time_period: Period
    """The year or month; ``1893-07/1894-06`` for a year that is not the calendar's."""
    quantity: Quantity
    """The amount, in USD or JPY, or in GBP where a data set converts to it; below zero, a balance is a deficit."""
    status: ObservationStatus = "normal"
    """What the source says of it: ``provisional``, ``revised``, ``estimated``."""
    citation: Citation
    """Who states it, and where."""
    note: str | None = None
    """The editors' remark."""


@attrs.frozen(kw_only=True, repr=False)
class Indicator(Shown):
    """One source's figure for something other than trade: investment, jobs, troops, ranks, alumni.

    >>> import jpus
    >>> support = jpus.indicators.where(measure="host_nation_support")
    >>> "$12.6 billion" in {str(figure.quantity) for figure in support}
    True
    """

    id: str
    """Measure, period and source."""
    measure: str
    """What is measured: ``us_active_duty_military``."""
    ref_area: str
    """Where it is, or who reports it: ISO 3166-1 alpha-2."""
    counterpart_area: str
    """The other country."""
    basis: str | None = None
    """The definition that the source names; part of what is compared."""
    time_period: Period | None = None
    """The year, month, day or span; None where the source gives no time."""
    quantity: Quantity
    """The amount."""
    status: ObservationStatus = "normal"
    """What the source says of it."""
    citation: Citation
    """Who states it, and where."""
    note: str | None = None
    """The editors' remark."""


@attrs.frozen(kw_only=True, repr=False)
class Source(Shown):
    """A document or a data set that states facts.

    >>> import jpus
    >>> claim = next(iter(jpus.claims))
    >>> claim.source == jpus.sources[claim.source].id
    True
    """

    id: str
    """Publisher, date and topic."""
    title: str
    """Its title."""
    publisher: str
    """Who published it; for a copy of somebody's text, whose text it is (the note names the copy)."""
    kind: SourceKind
    """``official`` record, ``statistical`` agency, ``academic``, ``reference`` work, ``dataset``, ``news``."""
    url: str | None = None
    """Where it was read."""
    published: PartialDate | None = None
    """When it was published; None where it does not say."""
    accessed: PartialDate | None = None
    """When it was read."""
    language: str
    """BCP 47: ``en``, ``ja``."""
    license: str | None = None
    """The licence that it names, SPDX where there is an identifier."""
    derived_from: str | None = None
    """The id of the source whose text it repeats."""
    note: str | None = None
    """The editors' remark."""


@attrs.frozen(kw_only=True, repr=False)
class Claim(Shown):
    """What one source states for one field of one record, as it states it.

    >>> import jpus
    >>> claims = jpus.treaties.claims("security-treaty-1951", "signed")
    >>> "1951-09-08" in {claim.value for claim in claims}
    True
    """

    id: str
    """Subject, field and source."""
    subject: str
    """The id of the record, or of the term, that it speaks of."""
    field: str
    """The field, ``parties.JP.signed`` for a party's; or the name of what the record has no field for."""
    value: str
    """The value: a date, plain digits, or words."""
    stated: str | None = None
    """The words of the source, 12 at most."""
    qualifier: Qualifier = "exact"
    """How the source hedges; ``planned``: an announcement; ``dateline``: only the dateline says so."""
    resolution: Decimal | None = None
    """For an amount, the unit of the last digit that the source commits to."""
    timezone: str | None = None
    """The IANA time zone whose calendar the date is in, where it is not the record's."""
    source: str
    """The id of the source."""
    locator: str
    """Where in it."""
    status: ClaimStatus = "normal"
    """``normal``; ``superseded`` by the same source's later word; ``rejected`` by the editors."""
    reason: str | None = None
    """Why it is superseded or rejected."""
    note: str | None = None
    """The editors' remark."""


@attrs.frozen(kw_only=True, repr=False)
class Disagreement(Shown):
    """Why the claims on one field of one record conflict.

    >>> import jpus
    >>> jpus.disagreements["mutual-cooperation-and-security-1960-in-force"].field
    'in_force'
    """

    id: str
    """Subject and field."""
    subject: str
    """The id of the record or term; for figures, of one of those that conflict."""
    field: str
    """The field; ``quantity`` for figures."""
    kind: DisagreementKind
    """What kind of difference it is."""
    explanation: str
    """What is accepted, and why."""
    citations: tuple[Citation, ...] = ()
    """What the explanation rests on, beyond the claims."""


@attrs.frozen(kw_only=True, repr=False)
class Coverage(Shown):
    """From when to when a collection is complete, and by what rule.

    >>> import jpus
    >>> jpus.coverage["officials-jp-prime-minister"].start
    PartialDate(1885, 12, 22)
    """

    id: str
    """Collection and key."""
    collection: str
    """The collection."""
    key: str | None = None
    """An office, a measure, a flow; None for the whole collection."""
    start: PartialDate | None = None
    """The first day covered; None where nothing is claimed to be complete."""
    end: PartialDate | None = None
    """The last day covered."""
    complete: bool
    """Whether everything that the rule asks for within the dates is there."""
    rule: str
    """What is taken in."""
    excludes: str | None = None
    """What is not, and which gaps are known."""


@attrs.frozen(kw_only=True, repr=False)
class RuleException(Shown):
    """A record that may break a rule, and why.

    >>> import jpus
    >>> all(exception.rule in jpus.rules.RULES for exception in jpus.exceptions)
    True
    """

    id: str
    """Rule and record."""
    rule: str
    """The code of the rule."""
    record: str
    """The id of the record that the rule would report."""
    reason: str
    """Why it is right all the same."""
    citations: tuple[Citation, ...] = ()
    """What the reason rests on."""


Record: TypeAlias = (
    Official
    | Office
    | Meeting
    | Treaty
    | TradeFigure
    | Indicator
    | Initiative
    | Source
    | Claim
    | Disagreement
    | Coverage
    | RuleException
)
AnyRecord = TypeVar("AnyRecord", bound=Record)

COLLECTIONS: Final[dict[str, type[Record]]] = {
    "officials": Official,
    "offices": Office,
    "meetings": Meeting,
    "treaties": Treaty,
    "initiatives": Initiative,
    "trade_figures": TradeFigure,
    "indicators": Indicator,
    "sources": Source,
    "claims": Claim,
    "disagreements": Disagreement,
    "coverage": Coverage,
    "exceptions": RuleException,
}
"""The collections of a Dataset, and what each holds.

>>> COLLECTIONS["treaties"] is Treaty
True
"""

REFERENCES: Final[dict[tuple[type, str], str]] = {
    (Citation, "source"): "sources",
    (Claim, "source"): "sources",
    (Claim, "subject"): "",
    (Disagreement, "subject"): "",
    (Meeting, "outcomes"): "",
    (Meeting, "part_of"): "meetings",
    (Participant, "official"): "officials",
    (Source, "derived_from"): "sources",
    (Term, "office"): "offices",
    (Treaty, "amends"): "treaties",
    (Treaty, "supersedes"): "treaties",
}
"""For each field that holds ids, the collection that they are of; empty where it is any, or a term."""
