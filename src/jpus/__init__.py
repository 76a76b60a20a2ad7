"""The relations between Japan and the United States as typed, sourced, checked data.

``import jpus`` reads no file; each collection is read when it is first used.
"""

from __future__ import annotations

# Importing it from typing would take longer than all else here.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from jpus.assessing import Assessment
    from jpus.checking import Report
    from jpus.corpus import assess_table
    from jpus.dataset import (
        Claims,
        Collection,
        Coverages,
        Dataset,
        Disagreements,
        Exceptions,
        Indicators,
        Initiatives,
        Meetings,
        Offices,
        Officials,
        Snapshot,
        Sources,
        TradeFigures,
        Treaties,
        load,
    )
    from jpus.dates import DateLike, PartialDate, Period
    from jpus.errors import (
        DataError,
        JpusError,
        MissingExtraError,
        NotCoveredWarning,
        ParseError,
        Problem,
        UnknownIdError,
    )
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
        Record,
        Registration,
        RuleException,
        Source,
        Term,
        TradeFigure,
        Treaty,
    )
    from jpus.quantities import Quantity
    from jpus.tables import Table

    __version__: str
    data_version: str
    officials: Officials
    offices: Offices
    meetings: Meetings
    treaties: Treaties
    initiatives: Initiatives
    trade_figures: TradeFigures
    indicators: Indicators
    sources: Sources
    claims: Claims
    disagreements: Disagreements
    coverage: Coverages
    exceptions: Exceptions

# Where each name comes from; read when it is first asked for, so that importing jpus costs next to nothing.
_HOMES = {
    "assessing": ("Assessment",),
    "checking": ("Report",),
    "corpus": ("assess_table",),
    "dataset": ("Collection", "Dataset", "Snapshot", "load"),
    "dates": ("PartialDate", "Period"),
    "errors": (
        "DataError", "JpusError", "MissingExtraError", "NotCoveredWarning", "ParseError", "Problem", "UnknownIdError",
    ),
    "models": (
        "Citation", "Claim", "Coverage", "Disagreement", "ExternalId", "Indicator", "Initiative", "Meeting", "Office",
        "Official", "Participant", "Party", "Registration", "RuleException", "Source", "Term", "TradeFigure", "Treaty",
    ),
    "quantities": ("Quantity",),
    "tables": ("Table",),
}  # fmt: skip
_HOME = {name: module for module, names in _HOMES.items() for name in names}
_OF_DATASET = frozenset((
    "claims", "coverage", "data_version", "disagreements", "exceptions", "indicators", "initiatives", "meetings",
    "offices", "officials", "sources", "trade_figures", "treaties",
))  # fmt: skip
_MODULES = frozenset(("display", "errors", "models", "plotting", "rules", "strategies"))

__all__ = [
    "Assessment",
    "Citation",
    "Claim",
    "Collection",
    "Coverage",
    "DataError",
    "Dataset",
    "Disagreement",
    "ExternalId",
    "Indicator",
    "Initiative",
    "JpusError",
    "Meeting",
    "MissingExtraError",
    "NotCoveredWarning",
    "Office",
    "Official",
    "ParseError",
    "PartialDate",
    "Participant",
    "Party",
    "Period",
    "Problem",
    "Quantity",
    "Registration",
    "Report",
    "RuleException",
    "Snapshot",
    "Source",
    "Table",
    "Term",
    "TradeFigure",
    "Treaty",
    "UnknownIdError",
    "__version__",
    "assess_table",
    "check",
    "cite",
    "claims",
    "coverage",
    "data_version",
    "disagreements",
    "exceptions",
    "indicators",
    "initiatives",
    "load",
    "meetings",
    "offices",
    "officials",
    "on",
    "panel",
    "sources",
    "timeline",
    "trade_figures",
    "treaties",
]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in _HOME:
        value = getattr(import_module(f"jpus.{_HOME[name]}"), name)
    elif name in _OF_DATASET:
        from jpus.dataset import packaged

        value = getattr(packaged(), name)
    elif name in _MODULES:
        return import_module(f"jpus.{name}")
    elif name == "__version__":
        from importlib.metadata import version

        value = version("jpus")
    else:
        raise AttributeError(f"module 'jpus' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*__all__, *_MODULES})


def on(date: DateLike) -> Snapshot:
    """Everything that holds on a day: office holders, treaties in force, meetings under way, figures.

    Args:
        date: A day, or a month or a year: what holds on whichever of its days it is.

    >>> import jpus
    >>> [(official, term)] = jpus.on("1960-01-19").holders["jp-prime-minister"]
    >>> official.name
    'Kishi Nobusuke'
    """
    from jpus.dataset import packaged

    return packaged().on(date)


def check(*, as_published: DateLike | None = None) -> Report:
    """Hold every record of the package against every rule, and every claim against the others.

    Args:
        as_published: Use only claims of sources that were published by this day.

    >>> import jpus
    >>> jpus.check().ok
    True
    """
    from jpus.dataset import packaged

    return packaged().check(as_published=as_published)


def panel(unit: str, start: DateLike | int, end: DateLike | int, *, rule: str = "middle") -> Table:
    """One row a year, month or day, for regressions: see `jpus.tables.panel`.

    Args:
        unit: ``year``, ``month`` or ``day``.
        start: The first period; a year may be a number.
        end: The last period.
        rule: Which day of a period stands for it: ``start``, ``middle``, ``end``, or ``any``.

    >>> import jpus
    >>> len(jpus.panel("year", 1960, 1965).to_dicts())
    6
    """
    from jpus.dataset import packaged

    return packaged().panel(unit, start, end, rule=rule)


def cite(*records: Record, style: str = "text") -> str:
    """The sources of these records, and jpus itself: exactly those, once each.

    Args:
        records: Records of any collection.
        style: ``text``, ``bibtex`` or ``csl-json``.

    >>> import jpus
    >>> print(jpus.cite(style="text"))  # doctest: +ELLIPSIS
    jpus...
    """
    from jpus.dataset import packaged

    return packaged().cite(*records, style=style)


def timeline(*records: Record, title: str = "Japan and the United States") -> str:
    """A picture of records in time, as SVG: treaties, terms and meetings in lanes, uncertain ends hatched.

    Args:
        records: Records that have a time.
        title: The title of the picture.

    >>> import jpus
    >>> jpus.timeline(jpus.treaties["security-treaty-1951"]).startswith("<svg")
    True
    """
    from jpus.display import timeline as draw

    return draw(records, title=title)
