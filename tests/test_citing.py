"""Bibliographies."""

from __future__ import annotations

import itertools
import json
import re
from importlib.metadata import metadata, version
from typing import Any

import pybtex.database
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import build, cited, claim, data, record, source

import jpus
from jpus.citing import AUTHOR, TITLE, cite
from jpus.dataset import Dataset, packaged
from jpus.errors import UnknownIdError

LATEX = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{letter}": letter for letter in "&%$#_"},
}
"""How LaTeX prints the letters that it uses itself."""

# The types of CSL 1.0.2: what Zotero, pandoc and others read.
CSL_TYPES = set(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage
    """.split()
)
CSL_FIELDS = {"id", "type", "author", "title", "issued", "accessed", "URL", "language", "note", "version"}


@pytest.fixture(name="small")
def _small() -> Dataset:
    return build()


def parsed(text: str) -> dict[str, pybtex.database.Entry]:
    """The entries of a BibTeX text, as a BibTeX library reads them."""
    return dict(pybtex.database.parse_string(text, "bibtex").entries.items())


def printed(value: str) -> str:
    """What LaTeX prints for a value: braces around a whole are not seen."""
    value = value.removeprefix("{").removesuffix("}")
    commands = "|".join(map(re.escape, LATEX))
    assert not re.search(r"[&%$#_^~{}\\]", re.sub(commands, "", value))
    return re.sub(commands, lambda match: LATEX[match[0]], value)


def sources_of(text: str) -> list[str]:
    return [item["id"] for item in json.loads(text)]


def test_text(small: Dataset):
    """A line for each source, with where in it, and one for jpus, last."""
    assert [
        "Blog. blog-2021. 2021-06-01. At: p1",
        "Treaty Series. series-1960. 1960-07. At: p1",
        f"{TITLE}. The jpus contributors. Version {version('jpus')}, data of 2026-11-21",
    ] == cite(small, small.treaties["security-1960"]).splitlines()
    assert "Ministry. ministry-2021. 2021-11-15. https://example.org/ministry (read 2026-11). At: p1" in cite(
        small, small.initiatives["energy-partnership-2017"]
    )
    assert cite(small).startswith("jpus")


@pytest.mark.parametrize(
    ("collection", "id", "expected"),
    [
        ("treaties", "security-1951", ["blog-2021", "blog-2021-copy", "series-1952", "series-1960"]),
        ("officials", "hayashi-yoshimasa", ["registry-2024"]),
        ("offices", "jp-foreign", []),
        ("trade_figures", "us-total-goods-2020-bureau-2021", ["blog-2021", "bureau-2021"]),
        ("indicators", "troops-2020-defense", ["bureau-2021"]),
        ("sources", "blog-2021-copy", ["blog-2021-copy"]),
        ("claims", "security-1951-signed-blog-2021", ["blog-2021"]),
        ("disagreements", "security-1951-signed", []),
        ("coverage", "officials-jp-foreign", []),
    ],
)
def test_exactly_the_sources_of_a_record(small: Dataset, collection: str, id: str, expected: list[str]):
    """What a record cites and what is claimed of it is cited, and nothing else but jpus."""
    assert [*expected, "jpus"] == sources_of(cite(small, getattr(small, collection)[id], style="csl-json"))


def test_claims_on_terms_and_citations_of_their_own():
    """The terms of an official, and the citations of a disagreement or an exception, are among the sources."""
    content = data()
    content["claims"].append(claim("hayashi-yoshimasa-jp-foreign-2021", "end", "2023", "blog-2021"))
    record(content, "security-1951-signed")["citations"] = cited("series-1960")
    record(content, "o03-motegi-toshimitsu-jp-foreign-2019")["citations"] = cited("ministry-2021")
    dataset = build(content)
    hayashi = dataset.officials["hayashi-yoshimasa"]

    assert ["blog-2021", "registry-2024", "jpus"] == sources_of(cite(dataset, hayashi, style="csl-json"))
    assert ["registry-2024", "jpus"] == sources_of(cite(dataset, *build().officials, style="csl-json"))[-2:]
    assert ["ministry-2021", "series-1960", "jpus"] == sources_of(
        cite(dataset, *dataset.disagreements, *dataset.exceptions, style="csl-json")
    )


@pytest.mark.parametrize(
    ("style", "entry"),
    [("text", "Mirror. "), ("bibtex", "@misc{blog-2021-copy,"), ("csl-json", '"id": "blog-2021-copy"')],
)
def test_each_source_once(small: Dataset, style: str, entry: str):
    """However many records, in whatever order and however often: each source once, in one order."""
    records = [*small.treaties, *small.meetings, *small.treaties]

    assert cite(small, *records, style=style) == cite(small, *records[::-1], style=style)
    assert 1 == cite(small, *records, style=style).count(entry)


def test_many_spots():
    """Of many spots in a source the first five are named, each once."""
    content = data()
    content["claims"] += [
        {**claim("security-1960", f"note_{number}", "x", "series-1960"), "locator": f"p1; p{number}"}
        for number in range(2, 9)
    ]
    dataset = build(content)

    assert "1960-07. At: p1; p2; p3; p4; p5; 3 more" in cite(dataset, dataset.treaties["security-1960"])


def test_bibtex(small: Dataset):
    """A BibTeX library reads the entries back: keys are the sources' ids, values what the sources have."""
    entries = parsed(cite(small, *small.treaties, *small.meetings, style="bibtex"))

    assert ["blog-2021", "blog-2021-copy", "ministry-2021", "series-1952", "series-1960", "jpus"] == list(entries)
    ministry = entries["ministry-2021"]
    assert ("misc", ["Ministry"]) == (ministry.type, [str(person).strip("{}") for person in ministry.persons["author"]])
    assert {
        "title": "{ministry-2021}",
        "year": "2021",
        "month": "November",
        "day": "15",
        "url": "https://example.org/ministry",
        "urldate": "2026-11",
        "note": "p1",
    } == dict(ministry.fields)
    assert ("1952", "May", None) == tuple(entries["series-1952"].fields.get(name) for name in ("year", "month", "day"))
    assert {"2026", "November", "21"} == {entries["jpus"].fields[name] for name in ("year", "month", "day")}
    assert f"Version {version('jpus')}, data of 2026-11-21" == entries["jpus"].fields["note"]


def test_bibtex_without_dates():
    """What is not known is left out."""
    values = source("a", "A", "2020")
    del values["published"]
    dataset = build({"sources": [values, source("b", "B", "2020")]})
    entries = parsed(cite(dataset, *dataset.sources, style="bibtex"))

    assert {"title": "{a}"} == dict(entries["a"].fields)
    assert {"title": "{b}", "year": "2020"} == dict(entries["b"].fields)
    assert cite(dataset, *dataset.sources).startswith("A. a. undated\nB. b. 2020\njpus: ")


@given(
    title=st.text(min_size=1).filter(str.strip),
    publisher=st.text(alphabet='ABC &%$#_{}~^\\"@,日', min_size=1).filter(str.strip),
)
def test_bibtex_of_any_title(title: str, publisher: str):
    """Whatever letters a title has, the entry can be read, LaTeX prints them, and no other entry is touched."""
    values = [source("a", "A", "2020"), source("b", "B", "2021")]
    values[0] |= {"title": title.encode("utf-8", "replace").decode(), "publisher": publisher}
    dataset = build({"sources": values})
    entries = parsed(cite(dataset, *dataset.sources, style="bibtex"))
    expected = "".join(
        letter if letter.isprintable() or letter.isspace() else letter.encode("unicode_escape").decode()
        for letter in " ".join(values[0]["title"].split())
    )

    assert ["a", "b", "jpus"] == list(entries)
    assert " ".join(expected.split()) == " ".join(printed(entries["a"].fields["title"]).split())
    assert "{b}" == entries["b"].fields["title"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a_b?c=1&d=%20#e~f", "https://example.org/a_b?c=1&d=%20#e~f"),
        ("https://example.org/{a}\\b c", "https://example.org/%7Ba%7D%5Cb%20c"),
    ],
)
def test_bibtex_addresses(url: str, expected: str):
    """An address stands as it is, but for letters that would end it."""
    dataset = build({"sources": [source("a", "A", "2020", url=url)]})

    assert expected == parsed(cite(dataset, *dataset.sources, style="bibtex"))["a"].fields["url"]


def valid_csl(item: dict[str, Any]) -> bool:
    """Whether an item is built as the CSL schema asks."""
    dates = [item[name]["date-parts"] for name in ("issued", "accessed") if name in item]
    whole = all(1 <= len(parts) <= 3 and all(type(part) is int for part in parts) for (parts,) in dates)
    texts = all(type(item[name]) is str for name in item.keys() - {"author", "issued", "accessed"})
    names = all(["literal"] == list(author) and author["literal"] for author in item["author"])
    return whole and texts and names and item["type"] in CSL_TYPES and item.keys() <= CSL_FIELDS


def test_csl(small: Dataset):
    """CSL-JSON has the types, the dates and the names that the schema of CSL knows."""
    items = json.loads(cite(small, *small.meetings, *small.sources, style="csl-json"))

    assert all(map(valid_csl, items))
    assert {
        "id": "ministry-2021",
        "type": "document",
        "author": [{"literal": "Ministry"}],
        "title": "ministry-2021",
        "issued": {"date-parts": [[2021, 11, 15]]},
        "accessed": {"date-parts": [[2026, 11]]},
        "URL": "https://example.org/ministry",
        "language": "en",
        "note": "p1",
    } == next(item for item in items if item["id"] == "ministry-2021")
    assert {
        "id": "jpus",
        "type": "software",
        "author": [{"literal": AUTHOR}],
        "title": TITLE,
        "version": version("jpus"),
        "issued": {"date-parts": [[2026, 11, 21]]},
        "note": "data of 2026-11-21",
    } == items[-1]


def test_the_author_is_that_of_the_package():
    """The entry for jpus names who the package's metadata name."""
    assert metadata("jpus")["Author"] == AUTHOR


@pytest.mark.parametrize("style", ["apa", "", "BibTeX"])
def test_other_styles(small: Dataset, style: str):
    """Another style is an error that names the ones there are."""
    with pytest.raises(ValueError, match=rf"style '{style}' is none of text, bibtex, csl-json"):
        cite(small, style=style)


def test_a_source_that_is_not_there():
    """A source without a record cannot be cited: that is told, not passed over."""
    content = data()
    record(content, "security-1960")["citations"] = cited("lost")
    dataset = build(content)

    with pytest.raises(UnknownIdError, match="lost"):
        cite(dataset, dataset.treaties["security-1960"])


def test_every_source_of_the_package():
    """All records of the package are cited at once: each source that is used, its title read back unchanged."""
    dataset = packaged()
    records = list(itertools.chain.from_iterable(dataset.collections))
    entries = parsed(jpus.cite(*records, style="bibtex"))
    items = json.loads(jpus.cite(*records, style="csl-json"))

    assert [entry.id for entry in dataset.sources] == sorted(entries.keys() - {"jpus"})
    assert list(entries) == [item["id"] for item in items]
    assert all(map(valid_csl, items))
    for entry in dataset.sources:
        assert " ".join(entry.title.split()) == " ".join(printed(entries[entry.id].fields["title"]).split())
