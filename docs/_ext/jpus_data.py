"""What the pages say of the data, taken from the package while they are built: no number is typed by hand.

A role gives one value in a sentence; each directive gives the tables of a page:

- ``{jpus}`treaties["jay-1794"].signed``` an expression in the names of jpus
- ``{jpus-models} Treaty Party``: the fields of models: type, form, meaning, example, how often filled
- ``{jpus-overview}``: what is in each collection
- ``{jpus-sources} official``: the sources of a kind, and what rests on each
- ``{jpus-coverage}``: what is complete, and from when to when
- ``{jpus-disagreements} treaties``: every known disagreement in a collection, with its explanation
- ``{jpus-rules}``: every rule with its sentence
- ``{jpus-licences}``: the licences of the data files, and those that sources name
- ``{jpus-command} show jay-1794``: what a command prints; ``:lines:`` keeps the first ones
"""

from __future__ import annotations

import contextlib
import functools
import io
import itertools
import re
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

import attrs
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective, SphinxRole

import jpus
from jpus import models
from jpus.__main__ import main
from jpus.checking import Report
from jpus.consistency import Conflict, Statement
from jpus.dates import PartialDate, Period
from jpus.display import citations_of, label, record_text, summary
from jpus.exporting import LICENSE, LICENSED, LICENSES
from jpus.models import COLLECTIONS
from jpus.quantities import Quantity
from jpus.rules import RULES
from jpus.schemas import REFERENCES, Field, fields_of
from jpus.schemas import summary as summary_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_LONGEST = 70
_CODED = {
    "country": "ISO 3166-1 alpha-2",
    "ref_area": "ISO 3166-1 alpha-2",
    "counterpart_area": "ISO 3166-1 alpha-2",
    "partners": "ISO 3166-1 alpha-2",
    "language": "BCP 47",
    "timezone": "IANA time zone",
    "url": "http or https address",
    "license": "SPDX, or words",
    "unit": "ISO 4217, or a word",
    "id": "lower-case words, hyphens",
    "former_ids": "lower-case words, hyphens",
}
_AMOUNTS = {"value": "in `unit`, plain units", "resolution": "in `unit`, plain units"}


# --- nodes -----------------------------------------------------------------------------------------------------------


def inline(text: str) -> list[nodes.Node]:
    """A text whose parts between backticks are code."""
    parts = text.split("`")
    return [nodes.literal(text=part) if place % 2 else nodes.Text(part) for place, part in enumerate(parts) if part]


def paragraph(*parts: str | nodes.Node) -> nodes.paragraph:
    """A paragraph of texts and nodes."""
    made = nodes.paragraph()
    for part in parts:
        made += inline(part) if isinstance(part, str) else part
    return made


def table(
    caption: str, headers: Sequence[str], rows: Iterable[Sequence[str | nodes.Node]], *classes: str
) -> nodes.table:
    """A table with a caption; the first cell of each row is its header."""
    body = nodes.tbody()
    for row in rows:
        body += _row(row)
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in headers), cols=len(headers))
    next(iter(group.children))["stub"] = 1
    group += nodes.thead("", _row(headers))
    group += body
    return nodes.table("", nodes.title("", caption), group, classes=["jpus", *classes])


def _row(cells: Sequence[str | nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", paragraph(cell), classes=_classes(cell)) for cell in cells))


def _classes(cell: str | nodes.Node) -> list[str]:
    """How a cell is set: numbers to the right, dates in one line."""
    if not isinstance(cell, str):
        return []
    # Four digits without a comma are a year.
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", cell):
        return ["date"]
    return ["number"] if re.fullmatch(r"[\d,]+", cell) else []


def link(text: str, address: str | None) -> nodes.Node:
    """A text that leads to an address where there is one."""
    return nodes.Text(text) if address is None else nodes.reference("", text, refuri=address, internal=False)


def spaced(word: str) -> str:
    """A name of the code as words."""
    return word.replace("_", " ")


def clipped(text: str) -> str:
    """A text short enough for a cell."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def share(part: int, whole: int) -> str:
    """How many of all, in percent too; never rounded to none or all when it is neither."""
    if part in {0, whole}:
        return "never" if part == 0 else "always"
    return f"{part:,} ({min(99, max(1, round(100 * part / whole)))} %)"


class _Directive(SphinxDirective):
    """A directive whose page is built again when the data changes."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        self.env.note_reread()
        return list(self.content_nodes(*(self.arguments[0].split() if self.arguments else ())))

    def content_nodes(self, *arguments: str) -> Iterator[nodes.Node]:
        raise NotImplementedError

    def section(self, title: str, id: str, *children: nodes.Node) -> nodes.section:
        """A section that other pages can name by its id."""
        made = nodes.section("", nodes.title("", *inline(title)), *children, ids=[id], names=[id])
        self.state.document.note_explicit_target(made, made)
        return made


class ValueRole(SphinxRole):
    """The value of an expression in the names of jpus, as text."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        names = {name: getattr(jpus, name) for name in jpus.__all__}
        value = eval(self.text, {"len": len, "sum": sum, "jpus": jpus}, names)
        self.env.note_reread()
        return [nodes.Text(f"{value:,}" if isinstance(value, int) else str(value))], []


# --- models ----------------------------------------------------------------------------------------------------------


@functools.cache
def instances() -> dict[type, list[Any]]:
    """Every value of every model in the data."""
    found: dict[type, list[Any]] = {}

    def walk(value: Any) -> None:
        if isinstance(value, tuple):
            for part in value:
                walk(part)
        elif attrs.has(type(value)) and not isinstance(value, (PartialDate, Period)):
            found.setdefault(type(value), []).append(value)
            for field in attrs.fields(type(value)):
                walk(getattr(value, field.name))

    for name in COLLECTIONS:
        walk(tuple(getattr(jpus, name)))
    return found


def _filled(value: object) -> bool:
    return value is not None and value != ()


def _model(name: str) -> type:
    return Quantity if name == "Quantity" else getattr(models, name)


def _type(field: Field) -> nodes.Node:
    """What a field holds, with a link where that is a model of its own."""
    simple = {str: "text", bool: "yes or no", int: "whole number", Decimal: "decimal"}
    many = "several " if field.many else ""
    if field.choices:
        return nodes.Text(f"{many}word")
    if (field.model, field.name) in REFERENCES:
        target = REFERENCES[field.model, field.name]
        words = "several ids" if field.many else "id"
        return nodes.Text(f"{words} in {target}" if target else words)
    if field.kind is str:
        return nodes.Text("several texts" if field.many else "text")
    if field.kind in simple:
        return nodes.Text(many + simple[field.kind])
    made = nodes.inline("", many)
    made += _name(f"jpus.{field.kind.__name__}", field.kind.__name__)
    return made


def _name(target: str, text: str) -> nodes.Node:
    from sphinx.addnodes import pending_xref

    return pending_xref(
        "", nodes.literal(text=text), refdomain="py", reftype="obj", reftarget=target, refexplicit=True, refwarn=True
    )


def _form(field: Field) -> str:
    """How a value is written, or the unit that it is in."""
    if field.kind is PartialDate:
        return "ISO 8601: year, month or day"
    if field.kind is Period:
        return "a date, or two with `/` between"
    if field.kind is Decimal:
        return _AMOUNTS.get(field.name, "plain digits")
    if field.choices:
        return f"one of {len(field.choices)} words, below"
    return _CODED.get(field.name, "")


def _example(values: Iterable[Any]) -> str:
    value = next((value for value in values if _filled(value)), None)
    if value is None:
        return "none yet"
    if isinstance(value, tuple):
        texts = [str(part) for part in value if isinstance(part, str)]
        return clipped("; ".join(texts)) if texts else str(len(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return clipped(str(value)) if not attrs.has(type(value)) or isinstance(value, (PartialDate, Period)) else "1"


class ModelsDirective(_Directive):
    """The fields of the named models."""

    def content_nodes(self, *names: str) -> Iterator[nodes.Node]:
        for name in names:
            yield from self._of(_model(name))

    def _of(self, model: type) -> Iterator[nodes.Node]:
        found = instances().get(model, [])
        fullest = sorted(found, key=lambda one: -sum(_filled(getattr(one, f.name)) for f in fields_of(model)))
        rows, words = [], []
        for field in fields_of(model):
            values = [getattr(one, field.name) for one in found]
            filled = sum(map(_filled, values))
            example = _example(getattr(one, field.name) for one in fullest)
            rows.append(
                (
                    nodes.literal(text=field.name),
                    field.description,
                    _type(field),
                    _form(field),
                    example,
                    "always"
                    if not field.optional and not field.many and filled == len(found)
                    else share(filled, len(found)),
                )
            )
            if field.choices:
                counts = Counter(values)
                listed = ", ".join(f"`{word}` {counts[word]:,}" for word in field.choices)
                words.append((nodes.literal(text=field.name), listed))
        title = f"{model.__name__}: {len(found):,} in the data"
        id = f"dictionary-{model.__name__.lower()}"
        children = [
            paragraph(_name(f"jpus.{model.__name__}", f"jpus.{model.__name__}"), f": {summary_of(model)}"),
            table(
                f"Fields of {model.__name__}",
                ("field", "meaning", "type", "form or unit", "example", "filled"),
                rows,
                "jpus-fields",
            ),
        ]
        if words:
            children.append(table(f"Words of {model.__name__}, and how often each stands", ("field", "words"), words))
        yield self.section(title, id, *children)


# --- what is there ---------------------------------------------------------------------------------------------------


class OverviewDirective(_Directive):
    """What is in each collection, with a link to its dictionary."""

    def content_nodes(self) -> Iterator[nodes.Node]:
        known = summary(_packaged())
        rows = []
        for name, model in COLLECTIONS.items():
            years = " to ".join(map(str, known["years"].get(name, ())))
            rows.append((self._page(name), f"{known['records'][name]:,}", years, summary_of(model)))
        yield table(
            f"The collections, data of {jpus.data_version}", ("collection", "records", "years", "one record"), rows
        )

    def _page(self, name: str) -> nodes.Node:
        from sphinx.addnodes import pending_xref

        return pending_xref(
            "",
            nodes.inline(text=spaced(name)),
            refdomain="std",
            reftype="doc",
            reftarget=f"/data/dictionary/{name}",
            refexplicit=True,
            refwarn=True,
            refdoc=self.env.docname,
        )


def _packaged() -> Any:
    from jpus.dataset import packaged

    return packaged()


class SourcesDirective(_Directive):
    """The sources of one kind, those on which most rests first."""

    def content_nodes(self, kind: str) -> Iterator[nodes.Node]:
        claims, records = _resting()
        chosen = sorted(jpus.sources.where(kind=kind), key=lambda one: (-claims[one.id] - records[one.id], one.id))
        rows = [
            (
                nodes.inline("", "", link(source.title, source.url), nodes.Text(" "), nodes.literal(text=source.id)),
                f"{claims[source.id]:,}",
                f"{records[source.id]:,}",
                source.publisher,
                str(source.published or "undated"),
                source.license or "not named",
            )
            for source in chosen
        ]
        yield table(
            f"{len(rows):,} sources of kind {kind}",
            ("title and id", "claims", "records", "publisher", "published", "licence"),
            rows,
            "jpus-sources",
        )


@functools.cache
def _resting() -> tuple[Counter[str], Counter[str]]:
    """By source, how many claims are its, and how many records and terms cite it."""
    claims = Counter(claim.source for claim in jpus.claims)
    records: Counter[str] = Counter()
    for name in COLLECTIONS:
        if name not in {"claims", "sources"}:
            for record in getattr(jpus, name):
                records.update({citation.source for citation in citations_of(record)})
    return claims, records


class CoverageDirective(_Directive):
    """What is complete, collection by collection."""

    def content_nodes(self) -> Iterator[nodes.Node]:
        for name, group in itertools.groupby(sorted(jpus.coverage, key=_of_collection), key=_of_collection):
            entries = list(group)
            rows = [
                (
                    spaced(entry.key or "the whole"),
                    "complete" if entry.complete else "not complete",
                    str(entry.start or ""),
                    str(entry.end or ""),
                    entry.rule,
                    entry.excludes or "",
                )
                for entry in entries
            ]
            caption = f"Coverage of {spaced(name)}"
            made = table(
                caption, ("part", "state", "from", "to", "what is taken in", "what is not"), rows, "jpus-coverage"
            )
            yield self.section(spaced(name).capitalize(), f"coverage-{name}", made)


def _of_collection(entry: models.Coverage) -> str:
    return entry.collection


# --- disagreements ---------------------------------------------------------------------------------------------------


def report() -> Report:
    """The check of the packaged data; made once."""
    return jpus.check()


class DisagreementsDirective(_Directive):
    """Every known disagreement in a collection, by kind; without a collection, how many there are."""

    def content_nodes(self, collection: str = "") -> Iterator[nodes.Node]:
        if not collection:
            yield self._counts()
            return
        found = [conflict for conflict in report().disagreements if conflict.collection == collection]
        for kind in sorted({_kind(conflict) for conflict in found}):
            group = [conflict for conflict in found if _kind(conflict) == kind]
            entries = nodes.definition_list(classes=["jpus-disagreements"])
            for conflict in group:
                entries += _entry(conflict)
            id = f"disagreements-{collection}-{kind}".replace("_", "-")
            yield self.section(f"{spaced(kind).capitalize()}: {len(group)}", id, entries)

    def _counts(self) -> nodes.Node:
        counts = Counter((conflict.collection, _kind(conflict)) for conflict in report().disagreements)
        kinds = sorted({kind for _, kind in counts})
        names = [name for name in COLLECTIONS if any(name == one for one, _ in counts)]
        rows = [
            (spaced(name), *(f"{counts[name, kind]:,}" if counts[name, kind] else "" for kind in kinds),
             f"{sum(count for (one, _), count in counts.items() if one == name):,}")
            for name in names
        ]  # fmt: skip
        total = len(report().disagreements)
        return table(f"{total:,} known disagreements", ("collection", *map(spaced, kinds), "all"), rows)


def _kind(conflict: Conflict) -> str:
    return conflict.kind or "unexplained"


def _entry(conflict: Conflict) -> nodes.definition_list_item:
    """A disagreement: what it is on, what is accepted and why, who states what."""
    accepted = conflict.accepted.shown if conflict.accepted is not None else "nothing"
    claims = nodes.bullet_list()
    for value, group in _by_value(conflict):
        line = paragraph(nodes.strong(text=value), ": ")
        for place, one in enumerate(group):
            source = jpus.sources.get(one.source or "")
            if place:
                line += nodes.Text("; ")
            line += link(source.publisher if source else str(one.source), source.url if source else None)
            line += nodes.Text(f", {one.locator}")
        claims += nodes.list_item("", line)
    return nodes.definition_list_item(
        "",
        nodes.term("", f"{_subject(conflict.subject)}: {spaced(conflict.field)}"),
        nodes.definition(
            "",
            paragraph(nodes.strong(text=f"Accepted: {accepted}. "), conflict.explanation or "Not explained yet."),
            claims,
            paragraph(nodes.literal(text=conflict.subject)),
        ),
    )


def _by_value(conflict: Conflict) -> list[tuple[str, list[Statement]]]:
    own = conflict.accepted
    groups: dict[str, list[Statement]] = {}
    for one in (*([own] if own is not None and own.source is not None else []), *conflict.claims):
        rejected = "" if one.status == "normal" else f" ({one.status})"
        groups.setdefault(f"{one.shown}{rejected}", []).append(one)
    accepted = own.shown if own is not None else None
    return sorted(groups.items(), key=lambda group: (group[0] != accepted, -len(group[1])))


@functools.cache
def _term_labels() -> dict[str, str]:
    return {
        term.id: f"{official.name}, {label(jpus.offices[term.office])}, from {term.start}"
        for official in jpus.officials
        for term in official.terms
    }


def _subject(id: str) -> str:
    if id in _term_labels():
        return _term_labels()[id]
    record = _packaged().subject(id)
    if isinstance(record, (models.TradeFigure, models.Indicator)):
        return record_text(record).split(":")[0]
    return label(record) if record is not None else id


# --- rules and licences ----------------------------------------------------------------------------------------------

_LETTERS = {
    "I": "Ids and references",
    "X": "Texts",
    "D": "Dates",
    "O": "Officials and offices",
    "M": "Meetings",
    "T": "Treaties",
    "Q": "Quantities",
    "C": "Claims",
    "S": "Sources",
    "V": "Coverage",
    "E": "Exceptions",
}


class RulesDirective(_Directive):
    """Every rule: its code, its sentence, where it looks, and how many records may break it."""

    def content_nodes(self) -> Iterator[nodes.Node]:
        excepted = Counter(exception.rule for exception in jpus.exceptions)
        for letter, group in itertools.groupby(RULES.items(), key=lambda item: item[0][0]):
            rows = [
                (
                    nodes.literal(text=code),
                    re.sub(r"\s+", " ", rule.doc),
                    "all" if set(rule.collections) == set(COLLECTIONS) else ", ".join(map(spaced, rule.collections)),
                    f"{excepted[code]:,}" if excepted[code] else "",
                )
                for code, rule in group
            ]
            made = table(f"Rules: {_LETTERS[letter].lower()}", ("code", "rule", "collections", "exceptions"), rows)
            yield self.section(_LETTERS[letter], f"rules-{letter.lower()}", made)


class LicencesDirective(_Directive):
    """The licences of the data files, and those that sources name."""

    def content_nodes(self) -> Iterator[nodes.Node]:
        dataset = _packaged()
        files = Counter(
            dataset.file_of(collection.name, record.id) for collection in dataset.collections for record in collection
        )
        rows = [
            (nodes.literal(text=name), f"{count:,}", link(licence["title"], licence["path"]))
            for name, count in sorted(files.items())
            for licence in [LICENSES[LICENSED.get(name, LICENSE)]]
        ]
        yield table("The data files and their licences", ("file", "records", "licence"), rows)
        named = Counter(source.license or "none named" for source in jpus.sources)
        yield table(
            "Licences that sources name for themselves",
            ("licence", "sources"),
            ((name, f"{count:,}") for name, count in named.most_common()),
        )


class CommandDirective(_Directive):
    """A command, and what it prints."""

    option_spec: ClassVar = {"lines": directives.nonnegative_int}

    def run(self) -> list[nodes.Node]:
        self.env.note_reread()
        words = self.arguments[0] if self.arguments else ""
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
            main(shlex.split(words))
        lines = out.getvalue().splitlines()
        shown = self.options.get("lines", len(lines))
        more = ["..."] if len(lines) > shown else []
        text = "\n".join([f"$ python -m jpus {words}".rstrip(), *lines[:shown], *more])
        return [nodes.literal_block(text, text, language="text")]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the role and the directives."""
    app.add_role("jpus", ValueRole())
    for name, directive in (
        ("jpus-models", ModelsDirective),
        ("jpus-overview", OverviewDirective),
        ("jpus-sources", SourcesDirective),
        ("jpus-coverage", CoverageDirective),
        ("jpus-disagreements", DisagreementsDirective),
        ("jpus-rules", RulesDirective),
        ("jpus-licences", LicencesDirective),
        ("jpus-command", CommandDirective),
    ):
        app.add_directive(name, directive)
    # Read once, before pages are read side by side in processes of their own.
    app.connect("builder-inited", lambda _: (report(), instances(), _resting()))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
