"""The check of everything, and its report."""

from __future__ import annotations

import json
import pathlib
from collections import Counter
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

from jpus.consistency import Conflict, conflicts
from jpus.rules import broken

if TYPE_CHECKING:
    from os import PathLike

    from jpus.dataset import Dataset
    from jpus.dates import DateLike
    from jpus.errors import Problem

ReportFormat: TypeAlias = Literal["text", "html", "json", "github"]


@attrs.frozen(kw_only=True)
class Report:
    """What a check found.

    >>> import jpus
    >>> report = jpus.check()
    >>> report.ok, report.problems
    (True, ())
    """

    problems: tuple[Problem, ...]
    """Broken rules; a conflict that nobody explained is one, and so is an explanation of none."""
    disagreements: tuple[Conflict, ...]
    """Every conflict among claims: subject, field, kind, claims, explanation."""
    names: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)
    """For the sources of the disagreements, id and publisher."""

    @property
    def ok(self) -> bool:
        """Whether no rule is broken and every disagreement is explained."""
        return not self.problems

    @property
    def counts(self) -> dict[str, int]:
        """How many problems by rule, and disagreements by kind."""
        found = Counter(problem.rule for problem in self.problems)
        found.update(conflict.kind or "unexplained" for conflict in self.disagreements)
        return dict(sorted(found.items()))

    def to_json(self) -> dict[str, Any]:
        """The report as JSON values, in a stable order.

        >>> import jpus
        >>> jpus.check().to_json()["ok"]
        True
        """
        return {
            "ok": self.ok,
            "counts": self.counts,
            "problems": [problem._asdict() for problem in self.problems],
            "disagreements": [_conflict_json(conflict) for conflict in self.disagreements],
        }

    def render(self, format: ReportFormat = "text", *, folder: str | PathLike[str] | None = None) -> str:
        """The report as ``text``, ``html``, ``json``, or ``github`` annotations.

        Args:
            format: The form.
            folder: Where the files stand: GitHub wants their paths from where the check runs.

        Raises:
            ValueError: On another format.

        >>> import jpus
        >>> jpus.check().render("github")
        ''
        """
        if format == "text":
            return str(self)
        if format == "html":
            return self._repr_html_()
        if format == "json":
            return json.dumps(self.to_json(), ensure_ascii=False, indent=1)
        if format == "github":
            return "\n".join(_annotation(problem, folder) for problem in self.problems)
        raise ValueError(f"format {format!r} is none of text, html, json, github")

    def __repr__(self) -> str:
        return f"<Report: {len(self.problems)} problems, {len(self.disagreements)} disagreements>"

    def __str__(self) -> str:
        from jpus.display import report_text

        return report_text(self)

    def _repr_html_(self) -> str:
        from jpus.display import report_html

        return report_html(self)


def _conflict_json(conflict: Conflict) -> dict[str, Any]:
    return {
        "collection": conflict.collection,
        "subject": conflict.subject,
        "field": conflict.field,
        "kind": conflict.kind,
        "accepted": None if conflict.accepted is None else conflict.accepted.value,
        "claims": [
            {"value": one.value, "shown": one.shown, "source": one.source, "locator": one.locator, "status": one.status}
            for one in conflict.claims
        ],
        "explanation": conflict.explanation,
    }


def _annotation(problem: Problem, folder: str | PathLike[str] | None) -> str:
    """A problem as an annotation that GitHub shows beside the file."""
    path = pathlib.Path(folder or "", problem.file)
    file = str(path) if path.is_file() else problem.file

    def escaped(text: str, more: str = "") -> str:
        for letter in "%\r\n" + more:
            text = text.replace(letter, f"%{ord(letter):02X}")
        return text

    message = escaped(str(problem))
    return f"::error file={escaped(file, ':,')},title={escaped(problem.rule, ':,')}::{message}"


def check(dataset: Dataset, as_published: DateLike | None = None) -> Report:
    """Hold a Dataset against every rule: see `jpus.check`."""
    found = conflicts(dataset, as_published)
    problems = () if as_published is not None else tuple(broken(dataset))
    used = {one.source for conflict in found for one in conflict.claims if one.source is not None}
    used |= {conflict.accepted.source for conflict in found if conflict.accepted and conflict.accepted.source}
    names = tuple(sorted((id, source.publisher) for id in used if (source := dataset.sources.get(id)) is not None))
    return Report(problems=problems, disagreements=found, names=names)
