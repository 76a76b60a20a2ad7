"""What jpus raises, and the warning it gives: every exception derives from `JpusError`."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "DataError",
    "JpusError",
    "MissingExtraError",
    "NotCoveredWarning",
    "ParseError",
    "Problem",
    "UnknownIdError",
]


class Problem(NamedTuple):
    """One thing that is wrong with the data: where, what, and by which rule.

    >>> print(Problem("meetings.json", "x-2022", "end", "2022-05-21", "is before start 2022-05-23", "M02"))
    meetings.json: x-2022: end '2022-05-21' is before start 2022-05-23 [M02]
    """

    file: str
    """The file, or the collection of a record that comes from no file."""
    record: str
    """The record's id; its position (``record 3``) where it has none."""
    field: str
    """The field, dotted and indexed for a nested one; empty for the whole record."""
    value: str
    """The value as it was met; empty where there is none."""
    message: str
    """What is wrong, in words."""
    rule: str
    """The code of the rule: see `jpus.rules`."""

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, self.record) if part)
        what = " ".join(part for part in (self.field, repr(self.value) if self.value else "", self.message) if part)
        return f"{where}: {what} [{self.rule}]"


class JpusError(Exception):
    """The base of every exception that jpus raises.

    >>> issubclass(UnknownIdError, JpusError)
    True
    """


class ParseError(JpusError, ValueError):
    """A date, a quantity or a period that cannot be read.

    >>> import jpus
    >>> jpus.PartialDate.parse("1951-13")
    Traceback (most recent call last):
        ...
    jpus.errors.ParseError: no such date: 1951-13
    """


class DataError(JpusError, ValueError):
    """Data that breaks the rules; ``problems`` holds all of them, not just the first.

    >>> import jpus
    >>> try:
    ...     jpus.load("no-such-folder")
    ... except DataError as error:
    ...     print(len(error.problems), error.problems[0].rule)
    1 F06
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))

    def __reduce__(self) -> tuple[type[DataError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class UnknownIdError(JpusError, KeyError):
    """An id that no record of the collection has; the message names near ones.

    >>> import jpus
    >>> "security-treaty-1951" in jpus.treaties, "security-treaty-1952" in jpus.treaties
    (True, False)
    >>> try:
    ...     jpus.treaties["security-treaty-1952"]
    ... except UnknownIdError as error:
    ...     print(error.near[0])
    security-treaty-1951
    """

    def __init__(self, collection: str, id: object, near: Iterable[str] = ()) -> None:
        self.collection: str = collection
        self.id: object = id
        self.near: tuple[str, ...] = tuple(near)
        super().__init__(collection, id, self.near)

    def __str__(self) -> str:
        hint = f"; near: {', '.join(self.near)}" if self.near else ""
        return f"no {self.id!r} in {self.collection}{hint}"


class MissingExtraError(JpusError, ImportError):
    """A library that an extra of jpus brings is not installed.

    >>> print(MissingExtraError("polars", "polars"))
    this needs polars: pip install 'jpus[polars]'
    """

    def __init__(self, module: str, extra: str) -> None:
        super().__init__(f"this needs {module}: pip install 'jpus[{extra}]'", name=module)


def library(module: str, extra: str) -> Any:
    """A module that an extra of jpus brings.

    Raises:
        MissingExtraError: When it is not installed.

    >>> library("json", "no-extra").loads("1")
    1
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError(module.partition(".")[0], extra) from error


class NotCoveredWarning(UserWarning):
    """The question reaches beyond what the data covers: an empty answer is not a "none".

    >>> import jpus
    >>> import warnings
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     jpus.officials.holding("jp-prime-minister", on="1800")
    ()
    >>> caught[0].category is NotCoveredWarning
    True
    """
