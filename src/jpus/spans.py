"""When records hold, and an index that finds them by day."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from typing import Final, Generic, TypeVar

import attrs

from jpus.dates import PartialDate
from jpus.models import Indicator, Initiative, Meeting, Record, Term, TradeFigure, Treaty

Item = TypeVar("Item")

# Proleptic day numbers beyond any date: what has no start or no end.
_FIRST: Final = 0
_LAST: Final = 10_000_000
_NEVER: Final = -1


@attrs.frozen
class Span:
    """When a record holds: the days on which it may, and those on which it certainly does."""

    first: int
    """The first day on which it may hold, as a proleptic ordinal."""
    last: int
    """The last day on which it may."""
    sure_first: int
    """The first day on which it certainly holds."""
    sure_last: int
    """The last; before sure_first where no day is certain."""

    @classmethod
    def of(cls, start: PartialDate | None, end: PartialDate | None, *, ended: bool = False) -> Span:
        """The span from a start to an end; `ended` says that the end is unknown, not open."""
        first, sure_first = (start.earliest.toordinal(), start.latest.toordinal()) if start else (_FIRST, _LAST)
        if end is not None:
            last, sure_last = end.latest.toordinal(), end.earliest.toordinal()
        else:
            last, sure_last = _LAST, sure_first if ended else _LAST
        return cls(first, last, sure_first, sure_last)

    def holds(self, first: int, last: int) -> bool | None:
        """Whether it holds on a day of which only bounds are known: True, False, or None where undecided."""
        if self.sure_first <= first and last <= self.sure_last:
            return True
        return None if self.first <= last and first <= self.last else False


def span_of(record: Record | Term) -> Span | None:
    """When a record holds; None for one that has no time (an office, a source, a claim).

    >>> from jpus.models import Office
    >>> span_of(Office(id="x", title="X", country="JP", single_seat=True)) is None
    True
    """
    if isinstance(record, Term):
        return Span.of(record.start, record.end, ended=record.end_event == "unknown")
    if isinstance(record, Meeting):
        return Span.of(record.start, record.end)
    if isinstance(record, Treaty):
        return Span.of(record.in_force, record.ended, ended=record.end_cause is not None) if record.in_force else None
    if isinstance(record, Initiative):
        return Span.of(record.launched, record.ended) if record.launched else None
    if isinstance(record, (TradeFigure, Indicator)) and record.time_period is not None:
        first, last = record.time_period.earliest.toordinal(), record.time_period.latest.toordinal()
        return Span(first, last, first, last)
    return None


class Spans(Generic[Item]):
    """An index of things by when they hold: what meets some days is found without a scan of everything."""

    def __init__(self, items: Iterable[tuple[Span, Item]]) -> None:
        self._items = sorted(items, key=lambda entry: entry[0].first)
        self._starts = [span.first for span, _ in self._items]
        # A tree with the items for leaves: each node, whose children are 2n and 2n + 1, has the latest end below it.
        self._leaf = 1 << len(self._items).bit_length()
        self._latest = [_NEVER] * (2 * self._leaf)
        for place, (span, _) in enumerate(self._items, self._leaf):
            self._latest[place] = span.last
        for node in range(self._leaf - 1, 0, -1):
            self._latest[node] = max(self._latest[2 * node], self._latest[2 * node + 1])

    def meeting(self, first: int, last: int) -> list[tuple[Span, Item]]:
        """What may hold on a day from first to last, by start."""
        found = []
        stop = self._leaf + bisect.bisect_right(self._starts, last)
        nodes = [1]
        while nodes:
            node = nodes.pop()
            if self._latest[node] < first:
                continue
            if node < self._leaf:
                nodes += (2 * node + 1, 2 * node)
            elif node < stop:
                found.append(self._items[node - self._leaf])
            else:
                break
        return found
