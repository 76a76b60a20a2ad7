"""Bibliographies: the sources of some records, and jpus itself."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

from jpus.dates import PartialDate
from jpus.display import citations_of, distinct, visible
from jpus.models import Source, SourceKind

if TYPE_CHECKING:
    from jpus.dataset import Dataset
    from jpus.models import Record

Style: TypeAlias = Literal["text", "bibtex", "csl-json"]

AUTHOR: Final = "The jpus contributors"
"""Who wrote jpus: the author of the entry for jpus itself."""
TITLE: Final = "jpus: the relations between Japan and the United States as typed, sourced, checked data"
"""The title of the entry for jpus itself."""

_LOCATORS: Final = 5
_CSL_TYPES: Final[dict[SourceKind, str]] = {
    "official": "document",
    "statistical": "report",
    "academic": "document",
    "reference": "webpage",
    "dataset": "dataset",
    "news": "article-newspaper",
}
_LATEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{letter: f"\\{letter}" for letter in "&%$#_"},
    }
)
_IN_ADDRESS: Final = str.maketrans({letter: f"%{ord(letter):02X}" for letter in '{}\\ "<>^`|'})


def cite(dataset: Dataset, *records: Record, style: str = "text") -> str:
    """The sources of records, each once and in order of their ids, and at the end jpus itself.

    A record's sources are those that it cites, those that an official's terms cite, and those of the claims on the
    record and on the terms. A source among the records is cited itself. Nothing else is.

    Args:
        dataset: Where the sources and the claims stand.
        records: Records of any collections.
        style: ``text``; ``bibtex`` with the sources' ids as keys; ``csl-json`` for Zotero, pandoc and others.

    Raises:
        UnknownIdError: When a source is not in the Dataset.
        ValueError: On another style.

    >>> import jpus
    >>> from jpus.dataset import packaged
    >>> cite(packaged(), jpus.treaties["security-treaty-1951"], style="bibtex").startswith("@misc{")
    True
    """
    if style not in get_args(Style):
        raise ValueError(f"style {style!r} is none of {', '.join(get_args(Style))}")
    used = _used(dataset, records)
    sources = [(dataset.sources[id], used[id]) for id in sorted(used)]
    if style == "bibtex":
        return "\n\n".join((*(_bibtex(source, locators) for source, locators in sources), _bibtex_of_jpus(dataset)))
    if style == "csl-json":
        items = [*(_csl(source, locators) for source, locators in sources), _csl_of_jpus(dataset)]
        return json.dumps(items, ensure_ascii=False, indent=1)
    return "\n".join((*(_text(source, locators) for source, locators in sources), _text_of_jpus(dataset)))


def _used(dataset: Dataset, records: tuple[Record, ...]) -> dict[str, list[str]]:
    """For each source of the records, by id, where in it."""
    used: dict[str, list[str]] = {}
    for record in records:
        citations = list(citations_of(record))
        if isinstance(record, Source):
            used.setdefault(record.id, [])
        for subject in (record, *getattr(record, "terms", ())):
            for claim in dataset.claims_on(subject.id):
                citations += citations_of(claim)
        for citation in citations:
            used.setdefault(citation.source, []).append(citation.locator)
    return {id: distinct(locators) for id, locators in used.items()}


def _plain(text: str) -> str:
    return visible(" ".join(text.split()))


def _where(locators: list[str]) -> str:
    more = [f"{len(locators) - _LOCATORS} more"] if len(locators) > _LOCATORS else []
    return "; ".join([*map(_plain, locators[:_LOCATORS]), *more])


# --- text ------------------------------------------------------------------------------------------------------------


def _text(source: Source, locators: list[str]) -> str:
    parts = [
        _plain(source.publisher).rstrip("."),
        _plain(source.title).rstrip("."),
        str(source.published or "undated"),
    ]
    if source.url is not None:
        read = f" (read {source.accessed})" if source.accessed is not None else ""
        parts.append(f"{_plain(source.url)}{read}")
    if locators:
        parts.append(f"At: {_where(locators)}")
    return ". ".join(parts)


def _text_of_jpus(dataset: Dataset) -> str:
    return f"{TITLE}. {AUTHOR}. Version {version('jpus')}, data of {dataset.data_version}"


# --- BibTeX ----------------------------------------------------------------------------------------------------------


def _bibtex(source: Source, locators: list[str]) -> str:
    fields = {
        "author": _whole(source.publisher),
        "title": _whole(source.title),
        **_bibtex_date(source.published),
    }
    if source.url is not None:
        fields["url"] = f"{{{_plain(source.url).translate(_IN_ADDRESS)}}}"
    if source.accessed is not None:
        fields["urldate"] = f"{{{source.accessed}}}"
    if locators:
        fields["note"] = f"{{{_latex(_where(locators))}}}"
    return _entry(source.id, fields)


def _bibtex_of_jpus(dataset: Dataset) -> str:
    return _entry(
        "jpus",
        {
            "author": _whole(AUTHOR),
            "title": _whole(TITLE),
            **_bibtex_date(PartialDate.parse(dataset.data_version)),
            "note": f"{{Version {version('jpus')}, data of {dataset.data_version}}}",
        },
    )


def _bibtex_date(date: PartialDate | None) -> dict[str, str]:
    if date is None:
        return {}
    parts = {"year": f"{{{date.year:04}}}"}
    if date.month is not None:
        # Months go by the names that BibTeX knows, without braces.
        parts["month"] = "jan feb mar apr may jun jul aug sep oct nov dec".split()[date.month - 1]
    if date.day is not None:
        parts["day"] = f"{{{date.day}}}"
    return parts


def _entry(key: str, fields: dict[str, str]) -> str:
    return "\n".join((f"@misc{{{key},", *(f"  {name} = {value}," for name, value in fields.items()), "}"))


def _whole(text: str) -> str:
    """A value in two pairs of braces: a name in one piece, a title with its capitals."""
    return f"{{{{{_latex(text)}}}}}"


def _latex(text: str) -> str:
    return _plain(text).translate(_LATEX)


# --- CSL-JSON --------------------------------------------------------------------------------------------------------


def _csl(source: Source, locators: list[str]) -> dict[str, Any]:
    item = {
        "id": source.id,
        "type": _CSL_TYPES[source.kind],
        "author": [{"literal": source.publisher}],
        "title": source.title,
        "issued": _csl_date(source.published),
        "accessed": _csl_date(source.accessed),
        "URL": source.url,
        "language": source.language,
        "note": _where(locators) or None,
    }
    return {name: value for name, value in item.items() if value is not None}


def _csl_date(date: PartialDate | None) -> dict[str, list[list[int]]] | None:
    if date is None:
        return None
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part is not None]]}


def _csl_of_jpus(dataset: Dataset) -> dict[str, Any]:
    return {
        "id": "jpus",
        "type": "software",
        "author": [{"literal": AUTHOR}],
        "title": TITLE,
        "version": version("jpus"),
        "issued": _csl_date(PartialDate.parse(dataset.data_version)),
        "note": f"data of {dataset.data_version}",
    }
