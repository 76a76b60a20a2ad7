"""The documentation builds without a warning, its examples run, and what it must hold is there."""

import json
import posixpath
import re
import urllib.parse
import xml.etree.ElementTree as ET
from typing import get_args

import pytest

import jpus
from jpus.models import COLLECTIONS, DisagreementKind, SourceKind
from jpus.rules import RULES

pytestmark = pytest.mark.docs

QUESTIONS = {
    "who-on-a-day": "Hayashi Yoshimasa",
    "in-force-and-replaced": "mutual-cooperation-and-security-1960",
    "deficit-by-whose-count": "U.S. Census Bureau",
    "is-this-right": "conflict",
}


def test_build(build):
    """The site builds, nitpicky and with warnings as errors; each cell of each page runs."""
    folder, done = build("html")
    told = "".join(line for line in done.stderr.splitlines(keepends=True) if line.strip() and " INFO " not in line)

    assert 0 == done.returncode, told[-8000:]
    assert (folder / "index.html").is_file()


def test_examples(build, site):
    """The examples of docstrings and pages run, and print what stands below them."""
    _, done = build("doctest")

    assert 0 == done.returncode, done.stdout[-4000:]
    assert re.search(r"^\s*[1-9]\d+ tests$", done.stdout, re.MULTILINE)


def public_names():
    """What SECURITY.md calls public: the names of jpus, and those of its public modules."""
    names = {f"jpus.{name}": getattr(jpus, name) for name in jpus.__all__}
    for name in sorted(jpus._MODULES):
        module = getattr(jpus, name)
        for key in getattr(module, "__all__", vars(module)):
            value = getattr(module, key)
            if not key.startswith("_") and callable(value) and value.__module__ == module.__name__:
                same = key in jpus.__all__ and getattr(jpus, key) is value
                names.setdefault(f"jpus.{key}" if same else f"{module.__name__}.{key}", value)
    return names


def test_public_names(pages):
    """The reference describes every public name, and each has an example; so has each method of a class."""
    described = {entry["id"]: entry for page in pages.values() for entry in page.select("dl.py > dt[id]")}
    fields = {"attribute", "property"}  # the example of their class has them
    names = public_names()

    assert {"jpus.treaties", "jpus.Treaty", "jpus.strategies.treaties", "jpus.plotting.trade_series"} <= set(names)
    assert [] == [name for name in names if name not in described]
    assert [] == [
        name
        for name, entry in described.items()
        if not fields & set(entry.parent["class"]) and ">>>" not in entry.parent.get_text()
    ]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_dictionary(pages, name):
    """The dictionary of a collection has every field of its records, with its meaning and how often it is filled."""
    import attrs

    page = pages[f"data/dictionary/{name}.html"]
    rows = {row.find("th").get_text(): row.find_all("td") for row in page.select("table.jpus-fields tbody tr")}
    fields = [field.name for field in attrs.fields(COLLECTIONS[name])]

    assert [] == [field for field in fields if field not in rows]
    assert [] == [field for field in fields if not rows[field][0].get_text() or not rows[field][4].get_text()]


def test_sources(pages):
    """Every source is listed, on the page of its kind."""
    for kind in get_args(SourceKind):
        listed = {cell.get_text() for cell in pages[f"data/sources/{kind}.html"].select("th code")}

        assert {source.id for source in jpus.sources.where(kind=kind)} == listed


def test_disagreements(pages):
    """Every known disagreement is told, on the page of its collection, and every kind of them is explained."""
    found = jpus.check().disagreements
    told = sum(len(page.select("dl.jpus-disagreements > dt")) for page in pages.values())
    kinds = {entry.get_text() for entry in pages["data/disagreements/index.html"].select("dl.simple > dt")}

    assert len(found) == told
    assert {kind.replace("_", " ") for kind in get_args(DisagreementKind)} <= kinds


def test_rules(pages):
    """Every rule is listed with its sentence."""
    text = " ".join(pages["data/rules.html"].get_text().split())

    assert [] == [code for code in RULES if code not in text]


def test_coverage(pages):
    """Every entry of the coverage is listed."""
    rows = pages["data/coverage.html"].select("table.jpus-coverage tbody tr")

    assert len(jpus.coverage) == len(rows)


@pytest.mark.parametrize(("label", "answer"), QUESTIONS.items())
def test_questions(pages, label, answer):
    """A card of the first page leads to each of the five questions, and the answer stands there."""
    [card] = pages["index.html"].select(f'a.sd-stretched-link[href$="#{label}"]')
    page, _, anchor = card["href"].partition("#")
    found = pages[page].find(id=anchor)
    section = found if found.name == "section" else found.find_parent("section")

    assert answer in section.get_text()


def test_question_of_citing(pages):
    """A card of the first page leads to how to cite."""
    assert pages["index.html"].select('a.sd-stretched-link[href="howto/cite.html"]')
    assert "The jpus contributors" in pages["howto/cite.html"].get_text()


def test_internal_links(site, pages):
    """Every link within the site leads to a page, and to a place in it that is there."""
    places = {name: {tag["id"] for tag in page.find_all(id=True)} for name, page in pages.items()}
    broken = []
    for name, page in pages.items():
        for link in page.find_all("a", href=True):
            address = urllib.parse.urlsplit(link["href"])
            if address.scheme or address.netloc:
                continue
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), urllib.parse.unquote(address.path)))
            target = name if not address.path else path
            anchor = urllib.parse.unquote(address.fragment)
            # search.html makes its content itself; a file of another kind has no places.
            if not (site / target).is_file() or (anchor and target in places and anchor not in places[target]):
                broken.append(f"{name}: {link['href']}")

    assert [] == broken


def test_tables(pages):
    """The headers of tables say what they are of, and the tables of the data have captions."""
    without_scope = [name for name, page in pages.items() if page.select("th:not([scope])")]
    without_caption = [
        name for name, page in pages.items() for table in page.select("table.jpus") if table.caption is None
    ]

    assert [] == without_scope
    assert [] == without_caption


def test_images(pages):
    """Every image has a text for those who do not see it."""
    images = [(name, image) for name, page in pages.items() for image in page.select("article img")]
    pictures = [(name, image) for name, page in pages.items() for image in page.select("article .cell_output svg")]

    assert images
    assert pictures
    assert [] == [name for name, image in images if not image.get("alt")]
    assert [] == [name for name, picture in pictures if picture.find("title") is None]


def test_description_for_search_engines(pages):
    """The first page describes the data set as schema.org has it."""
    [script] = pages["index.html"].select('script[type="application/ld+json"]')
    described = json.loads(script.string)

    assert "Dataset" == described["@type"]
    assert jpus.data_version == described["version"]
    assert {"name", "description", "license", "creator", "temporalCoverage", "url"} <= set(described)


def test_sitemap(site, pages):
    """The sitemap has every page."""
    tree = ET.parse(site / "sitemap.xml")
    listed = {entry.text for entry in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    made = {"genindex.html", "py-modindex.html", "search.html"}

    assert {f"https://jpus.invalid/{name}" for name in pages if name not in made} == listed


def test_nothing_of_this_machine(site, pages):
    """No page has a path of the machine that built it."""
    import getpass
    import pathlib
    import tempfile

    private = {str(pathlib.Path.home()), tempfile.gettempdir() + "/", f"/{getpass.getuser()}/", str(site.parent)}

    assert [] == [
        (name, path) for name, page in pages.items() for path in private if path in page.get_text() and path != "/"
    ]
