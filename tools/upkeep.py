"""What the data asks of its keepers: what may be out of date, and which links are not in order. No network is asked.

``python tools/upkeep.py stale`` lists what nobody has looked at for a year, ``python tools/upkeep.py links`` what is
wrong with the addresses of sources.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from jpus.dataset import packaged
from jpus.dates import DateLike, PartialDate
from jpus.errors import Problem

if TYPE_CHECKING:
    from jpus.dataset import Dataset
    from jpus.models import Citation, Source, Term

StaleKind: TypeAlias = Literal["coverage", "open_term", "planned_meeting", "provisional_figure", "source"]

YEAR: Final = 365
"""How many days old what nobody has looked at since is called stale."""
_TRACKING: Final = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")
_PORTS: Final = {"http": 80, "https": 443}


class Stale(NamedTuple):
    """Something that may have changed since a source was read."""

    kind: StaleKind
    """What kind of thing it is."""
    collection: str
    """The collection of the record."""
    record: str
    """The id of the record or the term."""
    since: str
    """The day, month or year from which on nothing is known."""
    days: int
    """How many days ago that was."""
    advice: str
    """What is to be done."""

    def __str__(self) -> str:
        return f"{self.collection}: {self.record}: {self.advice} ({self.since}, {self.days} days ago) [{self.kind}]"


def staleness(dataset: Dataset, *, today: DateLike | None = None, days: int = YEAR) -> tuple[Stale, ...]:
    """What may be out of date, the oldest first.

    That is: what a collection covers ended long ago; a term runs, and no source of it is recent; a meeting that was
    planned is past; a figure is provisional still; a source that may change was read long ago.

    Args:
        dataset: The data.
        today: The day to count from; None takes that of the clock.
        days: How old is too old.
    """
    day = PartialDate.of(dt.datetime.now(dt.UTC).date() if today is None else today).latest
    found = (
        Stale(kind, collection, record, str(since), age, advice)
        for kind, collection, record, since, advice in _dated(dataset)
        if since is not None and (age := (day - since.latest).days) > (0 if kind == "planned_meeting" else days)
    )
    return tuple(sorted(found, key=lambda one: (-one.days, one.collection, one.record)))


_Dated: TypeAlias = tuple[StaleKind, str, str, PartialDate | None, str]


def _dated(dataset: Dataset) -> Iterator[_Dated]:
    """What can grow stale, each with the day on which it was fresh."""
    yield from _covered(dataset)
    for official in dataset.officials:
        for term in filter(_runs, official.terms):
            read = _read(dataset, term.citations) or term.start
            yield "open_term", "officials", term.id, read, "runs: read again who holds the office"
    for meeting in dataset.meetings.where(status="planned"):
        yield "planned_meeting", "meetings", meeting.id, meeting.end, "was planned: find out whether it was held"
    for figures in (dataset.trade_figures, dataset.indicators):
        for figure in figures.where(status={"provisional", "estimated"}.__contains__):
            advice = f"is {figure.status}: look for the final figure"
            yield "provisional_figure", figures.name, figure.id, _read(dataset, [figure.citation]), advice
    for source in dataset.sources.where(kind="dataset"):
        yield "source", "sources", source.id, source.accessed, "is a data set that may have grown: read it again"


def _covered(dataset: Dataset) -> Iterator[_Dated]:
    running = {term.office for official in dataset.officials for term in official.terms if _runs(term)}
    for entry in dataset.coverage:
        # Of an office that nobody holds any more there is no more to come.
        if entry.collection != "officials" or entry.key is None or entry.key in running:
            yield "coverage", "coverage", entry.id, entry.end, "is covered up to that day: add what came since"


def _runs(term: Term) -> bool:
    return term.end is None and term.end_event is None


def _read(dataset: Dataset, citations: Iterable[Citation]) -> PartialDate | None:
    """The latest day on which a source of something was read, or else published."""
    sources = (dataset.sources.get(citation.source) for citation in citations)
    days = [source.accessed or source.published for source in sources if source is not None]
    return max((day for day in days if day is not None), key=lambda day: day.latest, default=None)


def links(dataset: Dataset) -> tuple[Problem, ...]:
    """Addresses of sources that are none, or that lead where another's does: L01 the form, L02 the same address twice.

    Two addresses are the same when they differ only in what a server does not look at: http or https, www, the case of
    the host, the usual port, a stroke at the end, the part after #, marks for tracking.
    """
    found: list[Problem] = []
    first: dict[str, Source] = {}
    for source in dataset.sources:
        if source.url is None:
            continue
        file, wrong = dataset.file_of("sources", source.id), _fault(source.url)
        if wrong is not None:
            found.append(Problem(file, source.id, "url", source.url, wrong, "L01"))
            continue
        other = first.setdefault(_plain(source.url), source)
        if other is not source:
            found.append(Problem(file, source.id, "url", source.url, f"leads where that of {other.id} does", "L02"))
    return tuple(found)


def _fault(url: str) -> str | None:
    """What is wrong with the form of an address; None where nothing is."""
    try:
        parts = urllib.parse.urlsplit(url)
        port = parts.port
    except ValueError as error:
        return f"is no address: {error}"
    if parts.scheme not in _PORTS:
        return "is no http address"
    if not url.isprintable() or any(letter.isspace() or letter in '<>"\\^`{|}' for letter in url):
        return "has a letter that an address must escape"
    if parts.username is not None or parts.password is not None:
        return "has a user in it"
    host = parts.hostname or ""
    if "." not in host.strip(".") or ".." in host or port == 0:
        return f"has no host: {host!r}"
    return None


def _plain(url: str) -> str:
    """An address without what a server does not look at."""
    parts = urllib.parse.urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    port = "" if parts.port in {None, _PORTS[parts.scheme]} else f":{parts.port}"
    asked = [pair for pair in parts.query.split("&") if pair and not pair.startswith(_TRACKING)]
    return f"{host}{port}{urllib.parse.unquote(parts.path).rstrip('/')}?{'&'.join(sorted(asked))}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line: the status is 1 when an address has no good form, else 0."""
    parser = argparse.ArgumentParser(description="What the data asks of its keepers.")
    commands = parser.add_subparsers(dest="command", required=True)
    stale = commands.add_parser("stale", help="what may be out of date, the oldest first")
    stale.add_argument("--today", metavar="DATE", help="the day to count from, where it is not today")
    stale.add_argument("--days", type=int, default=YEAR, help="how old is too old")
    commands.add_parser("links", help="addresses that are none [L01], or that lead where another does [L02]")
    options = parser.parse_args(arguments)
    if options.command == "stale":
        for one in staleness(packaged(), today=options.today, days=options.days):
            print(one)
        return 0
    found = links(packaged())
    for problem in found:
        print(problem)
    return int(any(problem.rule == "L01" for problem in found))


if __name__ == "__main__":
    sys.exit(main())
