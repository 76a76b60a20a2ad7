"""Dates as sources give them: a year, a month or a day, never padded."""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import Final, Literal, TypeAlias

import attrs

from jpus.errors import ParseError

Precision: TypeAlias = Literal["year", "month", "day"]
DateLike: TypeAlias = "PartialDate | dt.date | str"

_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FORM: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@functools.total_ordering
@attrs.frozen(repr=False)
class PartialDate:
    """A year, a month or a day in the proleptic Gregorian calendar: ISO 8601-2 (EDTF) level 0.

    The order of ``sorted`` is for listing: by `earliest`, then `latest`.
    For chronology ask `is_before`, which says None when it cannot know.

    Args:
        year: 1 to 9999.
        month: 1 to 12, or None when only the year is known.
        day: A day of that month, or None when only the month is known.

    Raises:
        ParseError: When there is no such date.

    >>> PartialDate.parse("1951-09").earliest
    datetime.date(1951, 9, 1)
    >>> PartialDate(1951, 9).is_before(PartialDate(1951)) is None
    True
    """

    year: int
    """The year, 1 to 9999."""
    month: int | None = None
    """The month, 1 to 12; None when only the year is known."""
    day: int | None = None
    """The day of the month; None when only the month or the year is known."""

    def __attrs_post_init__(self) -> None:
        year, month, day = self.year, self.month, self.day
        for name, part in (("year", year), ("month", month), ("day", day)):
            if type(part) is not int and (part is not None or name == "year"):
                raise ParseError(f"{name} {part!r} is not a whole number")
        if month is None and day is not None:
            raise ParseError(f"day {day} without a month")
        try:
            dt.date(year, 1 if month is None else month, 1 if day is None else day)
        except (ValueError, OverflowError) as error:
            raise ParseError(f"no such date: {self}") from error

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, and nothing else.

        Raises:
            ParseError: On any other form, and on a date that does not exist.

        >>> PartialDate.parse("1960-01-19")
        PartialDate(1960, 1, 19)
        """
        return _parse(text)

    @classmethod
    def of(cls, value: DateLike) -> PartialDate:
        """The partial date of a text, a `datetime.date`, or a partial date itself.

        Raises:
            ParseError: On a text that is no date.
            TypeError: On another type; a `datetime.datetime` too, whose day depends on a time zone.

        >>> PartialDate.of(dt.date(1960, 1, 19))
        PartialDate(1960, 1, 19)
        """
        if isinstance(value, PartialDate):
            return value
        if isinstance(value, str):
            return _parse(value)
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return cls(value.year, value.month, value.day)
        raise TypeError(f"a date is a PartialDate, a datetime.date or a text such as '1960-01', not {value!r}")

    @property
    def precision(self) -> Precision:
        """``year``, ``month`` or ``day``."""
        return "year" if self.month is None else "month" if self.day is None else "day"

    @property
    def earliest(self) -> dt.date:
        """The first day that it can be."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """The last day that it can be."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or _length(self.year, month))

    def is_before(self, other: DateLike) -> bool | None:
        """Whether it is certainly before: True, False, or None when the precision does not tell.

        >>> PartialDate(1951).is_before("1952"), PartialDate(1952).is_before("1952-04")
        (True, None)
        """
        other = PartialDate.of(other)
        if self.latest < other.earliest:
            return True
        return False if self.earliest >= other.latest else None

    def is_after(self, other: DateLike) -> bool | None:
        """Whether it is certainly after: True, False or None.

        >>> PartialDate(1952).is_after("1951-09-08")
        True
        """
        return PartialDate.of(other).is_before(self)

    def meets(self, other: DateLike) -> bool:
        """Whether the two can be one day. Symmetric and reflexive, not transitive.

        >>> PartialDate(1960).meets("1960-06-23"), PartialDate(1960, 6, 19).meets("1960-06-23")
        (True, False)
        """
        other = PartialDate.of(other)
        return self.earliest <= other.latest and other.earliest <= self.latest

    def contains(self, other: DateLike) -> bool:
        """Whether every day that the other can be, this can be too.

        >>> PartialDate(1960).contains("1960-06"), PartialDate(1960, 6).contains("1960")
        (True, False)
        """
        other = PartialDate.of(other)
        return self.earliest <= other.earliest and other.latest <= self.latest

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.earliest, self.latest) < (other.earliest, other.latest)

    def __str__(self) -> str:
        text = f"{self.year:04}"
        if self.month is not None:
            text += f"-{self.month:02}"
        if self.day is not None:
            text += f"-{self.day:02}"
        return text

    def __repr__(self) -> str:
        parts = (part for part in (self.year, self.month, self.day) if part is not None)
        return f"PartialDate({', '.join(map(str, parts))})"


def _length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _LENGTHS[month - 1]


@functools.lru_cache(maxsize=1 << 15)
def _parse(text: str) -> PartialDate:
    # Dates repeat all through the data: equal texts share one object.
    match = _FORM.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ParseError(f"{_clip(text)} is not YYYY, YYYY-MM or YYYY-MM-DD")
    return PartialDate(*map(int, filter(None, match.groups())))


def _clip(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:60]}... ({len(text)} characters)"


@attrs.frozen(repr=False)
class Period:
    """A calendar year, a month, or months from one to another (a fiscal or a part year); both ends included.

    Written ``2020``, ``2020-03`` or ``2019-04/2020-03``, after ISO 8601.

    >>> Period.parse("2019-04/2020-03").end
    PartialDate(2020, 3)
    >>> Period.parse("2020") == Period(PartialDate(2020), PartialDate(2020))
    True
    """

    start: PartialDate
    """The year, month or day in which it starts."""
    end: PartialDate
    """The year, month or day in which it ends; the same as start for a plain year, month or day."""

    def __attrs_post_init__(self) -> None:
        if self.start.precision != self.end.precision or self.end < self.start:
            raise ParseError(f"{self.start}/{self.end} is not a period: two dates of one precision, in order")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a date, or two of one precision with a stroke between.

        Raises:
            ParseError: On anything else.

        >>> Period.parse("2020-03")
        Period.parse('2020-03')
        """
        if not isinstance(text, str):
            raise ParseError(f"{_clip(text)} is not a period such as '2020' or '2019-04/2020-03'")
        start, stroke, end = text.partition("/")
        if stroke and start == end:
            raise ParseError(f"{_clip(text)} is written {start}")
        return cls(PartialDate.parse(start), PartialDate.parse(end if stroke else start))

    @property
    def earliest(self) -> dt.date:
        """The first day."""
        return self.start.earliest

    @property
    def latest(self) -> dt.date:
        """The last day."""
        return self.end.latest

    def __str__(self) -> str:
        return str(self.start) if self.start == self.end else f"{self.start}/{self.end}"

    def __repr__(self) -> str:
        return f"Period.parse({str(self)!r})"
