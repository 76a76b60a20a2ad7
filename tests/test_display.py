"""How records, collections, snapshots, assessments and reports look."""

from __future__ import annotations

import html.parser
import itertools
import re
import xml.etree.ElementTree as ET
from typing import Any, get_args

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import Data, build, cited, claim, data, record, source

import jpus
import jpus.dataset
from jpus.assessing import Assessment
from jpus.checking import Report
from jpus.dataset import Dataset
from jpus.dates import PartialDate
from jpus.display import (
    assessment_html,
    assessment_text,
    collection_html,
    collection_text,
    kind_label,
    label,
    record_details,
    record_html,
    record_text,
    report_html,
    report_text,
    snapshot_html,
    snapshot_text,
    summary,
    summary_text,
    timeline,
    visible,
)
from jpus.errors import Problem
from jpus.models import COLLECTIONS, MeetingKind, TreatyKind

NASTY = "<script>alert('&')</script>\x1b[31m\u202e\n"
"""What a text must not do to a page or a terminal."""

TAGS = set("table caption thead tbody tr th td ol li a sup br code strong p".split())
"""The tags that a page is made of."""

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(name="small")
def _small(monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """The small data, in the place of the packaged."""
    dataset = build()
    monkeypatch.setattr(jpus.dataset, "packaged", lambda: dataset)
    return dataset


class Page(html.parser.HTMLParser):
    """The tags, the links and the text of a piece of HTML; every tag must be closed."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.cells: list[list[str]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(content)
        assert [] == self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag == "tr":
            self.cells.append([])
        if tag in {"td", "th"}:
            self.cells[-1].append("")
        if tag != "br":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        if {"td", "th"} & set(self._open):
            self.cells[-1][-1] += data


def nasty(content: Data) -> Data:
    """The same data with `NASTY` at the end of every free text."""
    free = {
        "title",
        "native",
        "short_title",
        "family",
        "place",
        "note",
        "explanation",
        "reason",
        "rule",
        "publisher",
        "locator",
    }

    def changed(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: changed(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return [changed(part, key) for part in value]
        return f"{value} {NASTY}" if key in free else value

    return changed(content)


def texts(dataset: Dataset) -> dict[str, str]:
    """Everything that is told as text."""
    return {
        **{entry.id: record_text(entry) for group in dataset.collections for entry in group},
        **{group.name: collection_text(group) for group in dataset.collections},
        **{f"{entry.id} details": record_details(dataset, entry) for group in dataset.collections for entry in group},
        "snapshot": snapshot_text(dataset.on("2021-11-15")),
        "assessment": assessment_text(dataset.treaties.assess("security-1951", "signed", "1952")),
        "amount": assessment_text(dataset.trade_figures.assess("$55 billion", time_period="2020")),
        "report": report_text(dataset.check()),
        "summary": summary_text(dataset),
    }


def pages(dataset: Dataset) -> dict[str, str]:
    """Everything that is told as HTML."""
    return {
        **{entry.id: record_html(entry) for group in dataset.collections for entry in group},
        **{group.name: collection_html(group) for group in dataset.collections},
        "snapshot": snapshot_html(dataset.on("2021-11-15")),
        "assessment": assessment_html(dataset.treaties.assess("security-1951", "signed", "1952")),
        "amount": assessment_html(dataset.trade_figures.assess("$55 billion", time_period="2020")),
        "report": report_html(dataset.check()),
        "timeline": timeline(itertools.chain.from_iterable(dataset.collections)),
    }


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Abe Shinzō, 安倍晋三", "Abe Shinzō, 安倍晋三"),
        ("full\u3000width", "full\u3000width"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\u202eabc\u2066", "\\u202eabc\\u2066"),
        ("\ud800", "\\ud800"),
        ("\u2028", "\\u2028"),
    ],
)
def test_visible(text: str, expected: str):
    """What moves the cursor or turns the text around is shown as its escape; all else stays."""
    assert expected == visible(text)


@given(st.text())
def test_visible_is_always_one_printable_line(text: str):
    """Whatever the text, what comes out has one line and no control character."""
    shown = visible(text)

    assert all(letter.isprintable() or letter.isspace() for letter in shown)
    assert [shown] == (shown.splitlines() or [""])


# --- labels ----------------------------------------------------------------------------------------------------------


def test_labels(small: Dataset):
    """A label is in the language and the order that is asked for, where there is one."""
    hayashi, raimondo = small.officials["hayashi-yoshimasa"], small.officials["raimondo-gina"]

    assert "Hayashi Yoshimasa" == label(hayashi) == label(hayashi, order="family-first")
    assert "Yoshimasa Hayashi" == label(hayashi, order="given-first")
    assert "林芳正" == label(hayashi, lang="ja") == label(hayashi, lang="ja", order="given-first")
    assert "Gina Raimondo" == label(raimondo) == label(raimondo, lang="ja")
    assert "Raimondo Gina" == label(raimondo, order="family-first")
    assert "外務大臣" == label(small.offices["jp-foreign"], lang="ja")
    assert "Secretary of Commerce" == label(small.offices["us-commerce"], lang="ja")
    assert "相互協力及び安全保障条約" == label(small.treaties["security-1960"], lang="ja")
    assert "Security Treaty" == label(small.treaties["security-1951"], lang="ja")
    assert "troops-2020-defense" == label(small.indicators["troops-2020-defense"])


def test_label_of_one_name(small: Dataset):
    """An emperor has one name in either order."""
    emperor = attrs.evolve(small.officials["hayashi-yoshimasa"], family="Akihito", given=None)

    assert "Akihito" == label(emperor) == label(emperor, order="given-first")


def test_label_refuses_other_words(small: Dataset):
    """Another language or order is an error that names the ones there are."""
    office = small.offices["jp-foreign"]

    with pytest.raises(ValueError, match="lang 'fr' is none of en, ja"):
        label(office, lang="fr")
    with pytest.raises(ValueError, match="order 'x' is none of None, family-first, given-first"):
        label(office, order="x")
    with pytest.raises(ValueError, match="lang 'fr' is none of en, ja"):
        kind_label("summit", lang="fr")


@pytest.mark.parametrize("kind", [*get_args(MeetingKind), *get_args(TreatyKind)])
def test_every_kind_has_a_japanese_name(kind: str):
    """No kind is left in English."""
    assert "_" not in kind_label(kind)
    assert not kind_label(kind, lang="ja").isascii()


def test_an_unknown_kind_stays():
    """A kind without a Japanese name keeps the English one."""
    assert "new kind" == kind_label("new_kind", lang="ja")


# --- records ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("collection", "id", "expected"),
    [
        (
            "officials",
            "hayashi-yoshimasa",
            "Hayashi Yoshimasa (林芳正), jp-foreign 2021-11-10 to 2023-09-13 (1 source)",
        ),
        (
            "officials",
            "motegi-toshimitsu",
            "Motegi Toshimitsu, jp-foreign 2019-09-11 to 2021-11-04 and 1 other term (1 source)",
        ),
        ("officials", "raimondo-gina", "Gina Raimondo, us-commerce from 2021-03-03, end unknown (1 source)"),
        ("offices", "jp-foreign", "Minister for Foreign Affairs (外務大臣), an office of Japan"),
        ("offices", "us-commerce", "Secretary of Commerce, an office of the United States"),
        (
            "meetings",
            "2021-11-15-raimondo-visit",
            "Visit of Secretary Raimondo to Japan, 2021-11-15 to 2021-11-16 in Tokyo (1 source)",
        ),
        ("meetings", "2021-11-15-hayashi-raimondo", "Talks of Hayashi and Raimondo, 2021-11-15 in Tokyo (1 source)"),
        (
            "treaties",
            "security-1951",
            "Security Treaty, signed 1951-09-08 at San Francisco, in force 1952-04-28 to 1960-06-23 (1 source)",
        ),
        (
            "treaties",
            "security-1960",
            "Treaty of Mutual Cooperation and Security, signed 1960-01-19, in force from 1960-06-23, no end known (1 source)",
        ),
        ("initiatives", "energy-partnership-2017", "Energy Partnership, since 2017 (1 source)"),
        (
            "trade_figures",
            "us-balance-goods-2020-bureau-2021",
            "US balance of goods 2020, bop basis in USD: $55.4 billion deficit (bureau-2021)",
        ),
        ("sources", "ministry-2021", "ministry-2021, Ministry, published 2021-11-15"),
        ("claims", "security-1951-signed-blog-2021", "blog-2021, p1: security-1951 signed 1952"),
        (
            "claims",
            "us-total-goods-2020-bureau-2021-quantity-blog-2021",
            "blog-2021, p1: us-total-goods-2020-bureau-2021 quantity 18360000000 (rejected)",
        ),
        (
            "disagreements",
            "security-1951-signed",
            "security-1951 signed (error): 1952 is the year of entry into force.",
        ),
        (
            "coverage",
            "officials-jp-foreign",
            "officials, jp-foreign, 2019-09-11 to 2024-01-10, complete: every minister",
        ),
        (
            "exceptions",
            "o03-motegi-toshimitsu-jp-foreign-2019",
            "motegi-toshimitsu-jp-foreign-2019 may break O03: The Prime Minister stood in for six days.",
        ),
    ],
)
def test_sentences(small: Dataset, collection: str, id: str, expected: str):
    """A record reads as one sentence."""
    entry = getattr(small, collection)[id]

    assert expected == record_text(entry) == str(entry)


def test_more_sentences(small: Dataset):
    """What is not there is not told, and what is unusual is."""
    treaty, meeting = small.treaties["security-1951"], small.meetings["2021-11-15-hayashi-raimondo"]
    official, initiative = small.officials["hayashi-yoshimasa"], small.initiatives["energy-partnership-2017"]
    figure, coverage = small.indicators["troops-2020-defense"], small.coverage["officials-jp-foreign"]
    expected = {
        attrs.evolve(
            treaty, in_force=None, ended=None, end_cause=None
        ): "Security Treaty, signed 1951-09-08 at San Francisco",
        attrs.evolve(treaty, signed=None, adopted=PartialDate(1951), ended=None): (
            "Security Treaty, adopted 1951, in force from 1952-04-28, end unknown"
        ),
        attrs.evolve(treaty, signed=None, in_force=None): "Security Treaty, in force until 1960-06-23",
        attrs.evolve(meeting, format="video", place=None): "Talks of Hayashi and Raimondo, 2021-11-15 by video",
        attrs.evolve(meeting, format="telephone", status="planned"): (
            "Talks of Hayashi and Raimondo, 2021-11-15 by telephone, planned"
        ),
        attrs.evolve(meeting, place=None): "Talks of Hayashi and Raimondo, 2021-11-15",
        attrs.evolve(official, terms=()): "Hayashi Yoshimasa (林芳正), no term in the offices that jpus follows",
        attrs.evolve(initiative, short_title="EP", launched=None): "Energy Partnership (EP)",
        attrs.evolve(figure, status="provisional"): "about 55,000 (provisional, bureau-2021)",
        attrs.evolve(
            coverage, complete=False, start=None, end=None
        ): "officials, jp-foreign, not complete: every minister",
    }

    for entry, text in expected.items():
        assert text in record_text(entry)


def test_an_office_of_another_country(small: Dataset):
    """A country without a name here keeps its code."""
    assert "Secretary of Commerce, an office of GB" == str(attrs.evolve(small.offices["us-commerce"], country="GB"))


def test_details(small: Dataset):
    """The details of a record tell for each field, in the order of the model, who states what and whether it agrees."""
    lines = record_details(small, small.treaties["security-1951"]).splitlines()

    assert "id: security-1951" == lines[1]
    place = lines.index("signed: conflict")
    assert [
        "  1952  blog-2021, Blog, published 2021-06-01, p1",
        "  1952  blog-2021-copy, Mirror, published 2021-07-01, p1",
        "  1951-09-08  series-1952, Treaty Series, published 1952-05, p1",
    ] == sorted(lines[place + 1 : place + 4], key=lambda line: line.split()[1])
    assert "in_force: single" == next(line for line in lines[place + 1 :] if not line.startswith(" "))
    assert "ratifications_exchanged: single" in lines
    details = record_details(small, small.officials["motegi-toshimitsu"])
    assert "motegi-toshimitsu-jp-foreign-2019 start: single" in details
    details = record_details(small, small.trade_figures["us-total-goods-2020-bureau-2021"])
    assert "18360000000 (rejected: a tenth)  blog-2021, Blog, published 2021-06-01, p1" in details


def test_details_of_a_claim_without_its_source():
    """A source that is missing is told by its id."""
    content = data()
    content["claims"].append(claim("security-1960", "signed_at", "Washington", "lost"))
    dataset = build(content)

    assert "Washington  lost, p1" in record_details(dataset, dataset.treaties["security-1960"])


def test_every_record_reads_as_a_sentence():
    """Every record of the package has a sentence, in one line."""
    for collection in jpus.dataset.packaged().collections:
        for entry in collection:
            assert re.fullmatch(r"\S.{4,}\S", record_text(entry))


# --- collections, snapshots, summaries -------------------------------------------------------------------------------


def test_collection_text(small: Dataset):
    """A collection tells how many records it has and shows the first 20."""
    assert "Offices: 2" == str(small.offices).splitlines()[0]
    assert "Trade figures: 20" == str(small.trade_figures).splitlines()[0]
    assert f"Claims: 20 of {len(small.claims)}" == str(small.claims).splitlines()[0]
    assert 21 == len(str(small.claims).splitlines())
    assert "Offices: 0" == str(small.offices.where(country="FR"))


def test_snapshot_text(small: Dataset):
    """A day tells who held which office and what held; what is empty is left out."""
    lines = str(small.on("2021-11-15")).splitlines()

    assert [
        "2021-11-15",
        "office holders: 1",
        "  Minister for Foreign Affairs: Hayashi Yoshimasa, 2021-11-10 to 2023-09-13",
        "treaties in force: 1",
        "  Treaty of Mutual Cooperation and Security, signed 1960-01-19, in force from 1960-06-23, no end known (1 source)",
        "meetings under way: 2",
    ] == lines[:6]
    assert "initiatives: 1" in lines
    assert not any(line.startswith("trade figures") for line in lines)
    assert not any(line.startswith("outside") for line in lines)
    assert [
        "1800-01-01",
        "outside what is covered: 1",
        "  jp-foreign, covered 2019-09-11 to 2024-01-10",
    ] == str(small.on("1800-01-01")).splitlines()


def test_snapshot_of_others():
    """Somebody who stands in is told as such; an office without a record is told by its id."""
    content = data()
    (term,) = record(content, "hayashi-yoshimasa")["terms"]
    term.update(office="jp-lost", role="ad_interim")

    text = str(build(content).on("2021-11-15"))
    assert "jp-lost: Hayashi Yoshimasa, ad interim, 2021-11-10 to 2023-09-13" in text


def test_summary(small: Dataset):
    """The summary counts records, years and kinds of sources from the data itself."""
    known = summary(small)

    assert "2026-11-21" == known["data_version"]
    assert {collection.name: len(collection) for collection in small.collections} == known["records"]
    assert [1951, 1960] == known["years"]["treaties"]
    assert [2019, 2023] == known["years"]["officials"]
    assert [2018, 2020] == known["years"]["trade_figures"]
    assert [1952, 2024] == known["years"]["sources"]
    assert "offices" not in known["years"]
    assert {"news": 2, "official": 3, "reference": 1, "statistical": 1} == known["sources"]
    lines = summary_text(small).splitlines()
    assert "jpus data of 2026-11-21" == lines[0]
    assert "  treaties           2  1951 to 1960" in lines
    assert "  offices            2" in lines
    assert "sources by kind: 2 news, 3 official, 1 reference, 1 statistical" == lines[-1]
    assert "sources by kind: none" == summary_text(build({"sources": []})).splitlines()[-1]


# --- assessments and reports -----------------------------------------------------------------------------------------


def test_assessment_text(small: Dataset):
    """An assessment tells the verdict first, then what is accepted, why, what it may be a slip for, and both sides."""
    found = small.treaties.assess("security-1951", "signed", "1952")
    lines = str(found).splitlines()

    assert ["conflict: security-1951: signed 1952", "accepted: 1951-09-08", found.explanation] == lines[:3]
    assert [
        "hint: in force is 1952-04-28: 1952 fits that, not signed",
        "supports: 2",
        "  1952  Blog, blog-2021 (2021-06-01), p1",
        "  1952  Mirror, blog-2021-copy (2021-07-01), p1",
        "opposes: 1",
        "  1951-09-08  Treaty Series, series-1952 (1952-05), p1",
    ] == lines[3:]


def test_assessment_of_an_amount(small: Dataset):
    """An amount is told with each definition that it could mean."""
    lines = str(small.trade_figures.assess("$64.1 billion", time_period="2020")).splitlines()

    assert "ambiguous: $64.1 billion in 2020" == lines[0]
    assert any(re.fullmatch(r"meanings: [0-9]+", line) for line in lines)
    assert "  agree: US exports of goods 2020, bop basis in USD: $64.1 billion" in lines


def test_assessment_of_what_is_not_compared(small: Dataset):
    """Claims that were not compared stand on a side of their own, with the reason."""
    found = small.meetings.assess("2021-11-15-hayashi-raimondo", "statement_by_hayashi", "a sign")
    assert "not checkable: 2021-11-15-hayashi-raimondo: statement_by_hayashi a sign" == str(found).splitlines()[0]
    assert "not compared: 1" in str(found)

    one = small.treaties.assess("security-1951", "signed", "1952").opposing[0]
    statements = [
        attrs.evolve(one, shown="1970", status="superseded", reason="later word"),
        attrs.evolve(one, shown="1971", source="lost", timezone="Asia/Tokyo", qualifier="planned"),
        attrs.evolve(one, shown="1972", source=None, locator=None),
    ]
    text = assessment_text(Assessment(question="q", verdict="agree", claims=tuple(statements)))
    assert [
        "agree: q",
        "not compared: 3",
        "  1970 (superseded, later word)  series-1952, p1",
        "  1971 (planned, Asia/Tokyo)  lost, p1",
        "  1972  ",
    ] == text.splitlines()
    assert "1972" in Page(assessment_html(Assessment(question="q", verdict="agree", claims=tuple(statements)))).text


def test_assessment_of_much(small: Dataset):
    """Of many claims on a side 20 are shown, and how many there are, in text and in HTML."""
    one = small.treaties.assess("security-1951", "signed", "1952").opposing[0]
    claims = tuple(attrs.evolve(one, locator=f"p{number}") for number in range(25))
    found = Assessment(question="q", verdict="conflict", claims=claims, opposing=claims)

    assert "opposes: 20 of 25" in assessment_text(found)
    assert 2 + 20 == len(assessment_text(found).splitlines())
    page = Page(assessment_html(found))
    assert "claims: 20 of 25" in page.text
    assert 20 == sum(row[0] == "opposes" for row in page.cells)


def test_report_text(small: Dataset):
    """A report counts first, then tells each disagreement in two lines."""
    lines = str(small.check()).splitlines()

    assert ["0 problems, 3 disagreements", "disagreements by kind: error 3", ""] == lines[:3]
    assert 3 + 2 * 3 == len(lines)
    place = lines.index("security-1951 signed: 1951-09-08: Treaty Series (p1); 1952: Blog (p1), Mirror (p1)")
    assert "  accepted 1951-09-08 (error): 1952 is the year of entry into force." == lines[place + 1]
    assert any("over $283 billion: Blog (p1)" in line for line in lines)
    assert any("18,360,000,000 USD (rejected): Blog (p1)" in line for line in lines)


def test_report_of_problems():
    """Problems are counted by rule and told in a line each; a conflict that nobody explained says so."""
    content = data()
    content["disagreements"] = content["disagreements"][1:]
    record(content, "security-1951")["title"] += " "
    lines = str(build(content).check()).splitlines()

    assert "2 problems, 3 disagreements" == lines[0]
    assert "problems by rule: C05 1, X01 1" == lines[1]
    assert "disagreements by kind: error 2, unexplained 1" == lines[2]
    assert any(line.startswith("treaties.json: security-1951: title") for line in lines)
    assert "  accepted 1951-09-08 (unexplained): not explained yet" in lines


def test_report_of_nothing():
    """Where all is well, a line says so."""
    assert "0 problems, 0 disagreements" == report_text(Report(problems=(), disagreements=()))


def test_report_names_a_few():
    """Of many who state the same, three are named, and a long locator is cut; nothing accepted is told as that."""
    content = data()
    content["sources"] += [source(f"paper-{number}", f"Paper {number}", "2020") for number in range(5)]
    long = "a locator that goes on and on, until nobody can read it in a line any more, and then some"
    content["claims"] += [
        claim("security-1951", "signed", "1953", f"paper-{number}", locator=long) for number in range(5)
    ]
    content["claims"] += [claim("security-1951", "proclaimed", year, f"paper-{year[-1]}") for year in ("1952", "1953")]
    text = str(build(content).check())

    assert "1953: Paper 0 (a locator that goes on and on, until nobody can read it in…), Paper 1 (" in text
    assert " +2 more; 1952: Blog (p1), Mirror (p1)\n" in text
    assert (
        "security-1951 proclaimed: 1952: Paper 2 (p1); 1953: Paper 3 (p1)\n  accepted none alone (unexplained)" in text
    )


def test_one_who_repeats_is_named_once(small: Dataset):
    """Two equal statements of one source are told once."""
    (conflict,) = (one for one in small.check().disagreements if one.subject == "security-1951")
    twice = attrs.evolve(conflict, claims=(*conflict.claims, *conflict.claims))

    text = report_text(Report(problems=(), disagreements=(twice,), names=(("blog-2021", "Blog"),)))
    assert "1952: Blog (p1), blog-2021-copy (p1)\n" in text


# --- HTML ------------------------------------------------------------------------------------------------------------


def test_pages_are_safe_and_plain(small: Dataset):
    """No page has a script, a colour of its own, or a tag that is left open."""
    for name, content in pages(small).items():
        page = Page(content) if name != "timeline" else None
        if page is not None:
            assert set(page.tags) <= TAGS
            assert "color" not in content
            assert "background" not in content


def test_nasty_texts_are_harmless(monkeypatch: pytest.MonkeyPatch):
    """Markup in the data is shown as letters; control and direction characters as escapes: in text and in HTML."""
    dataset = build(nasty(data()))
    monkeypatch.setattr(jpus.dataset, "packaged", lambda: dataset)
    for text in texts(dataset).values():
        assert not {"\x1b", "\u202e"} & set(text)
    for content in pages(dataset).values():
        assert "<script" not in content
        assert not {"\x1b", "\u202e", "\n"} & set(content)
    assert "<script>alert('&')</script>\\x1b[31m\\u202e\\n" in texts(dataset)["security-1951"]
    assert "&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;\\x1b[31m\\u202e\\n" in pages(dataset)["security-1951"]


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/?a=1&b=2", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("https://example.org/\u202egpj.exe", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https:", False),
        ("https:///path", False),
        ("an address", False),
        (None, False),
    ],
)
def test_links(url: str | None, linked: bool):  # noqa: FBT001
    """Only an address of the web becomes a link."""
    dataset = build({"sources": [source("a", "A", "2020")]})
    entry = attrs.evolve(dataset.sources["a"], url=url)
    page = Page(record_html(entry, dataset))

    assert ([url] if linked else []) == page.links


def test_links_are_escaped():
    """A quotation mark does not end the address of a link."""
    dataset = build({"sources": [source("a", "A", "2020", url='https://example.org/"onclick="x')]})
    content = collection_html(dataset.sources)

    assert ['https://example.org/"onclick="x'] == Page(content).links
    assert '"onclick' not in content


def test_collection_html(small: Dataset):
    """A collection is a table of at most 20 rows with a count; its sources are numbered and stand below with links."""
    page = Page(small.claims._repr_html_())
    assert 21 == len(page.cells)
    assert page.text.startswith(f"Claims: 20 of {len(small.claims)}")

    page = Page(small.officials._repr_html_())
    assert ["id", "name", "native", "country", "terms", "sources"] == page.cells[0]
    assert [
        "hayashi-yoshimasa",
        "Hayashi Yoshimasa",
        "林芳正",
        "JP",
        "jp-foreign, 2021-11-10 to 2023-09-13",
        "1",
    ] == page.cells[1]
    assert "jp-foreign, 2019-09-11 to 2021-11-04 +1 more" == page.cells[2][4]
    assert "Registry, registry-2024 (2024-01-10): p1" in page.text
    assert ["https://example.org/registry"] == page.links
    assert "Offices: 0" in small.offices.where(country="FR")._repr_html_()
    assert ["collection", "key", "start", "end", "complete", "rule"] == Page(small.coverage._repr_html_()).cells[0]


def test_words_stay_whole(small: Dataset):
    """A cell that is a date or an id does not break at its hyphens."""
    content = collection_html(small.treaties)

    assert '<td style="text-align:left;white-space:nowrap">1951-09-08</td>' in content
    assert '<td style="text-align:left">Security Treaty</td>' in content


def test_many_sources_of_a_row():
    """A row names three sources, the better kinds first, and how many more; a footnote names three spots."""
    content = data()
    record(content, "security-1951")["citations"] = [
        {"source": id, "locator": "p2; p3"} for id in ("blog-2021", "series-1952", "series-1960", "bureau-2021")
    ]
    record(content, "security-1960")["citations"] = [
        {"source": "series-1952", "locator": locator} for locator in ("p2", "p4", "p5")
    ]
    dataset = build(content)
    page = Page(collection_html(dataset.treaties))

    assert ["1, 2, 3 +1", "2"] == [row[-1] for row in page.cells[1:]]
    assert "Bureau, bureau-2021 (2021-02-05): p2; p3Treaty" in page.text
    assert "series-1952 (1952-05): p2; p3; p4 +1 more" in page.text
    assert "Blog" not in page.text
    page = Page(record_html(dataset.treaties["security-1951"], dataset))
    assert "1, 2, 3, 4" == dict(page.cells)["sources"]
    assert page.text.endswith("Blog, blog-2021 (2021-06-01): p2; p3")


def test_numbers_of_two_digits_have_room(small: Dataset):
    """The list of sources is set in far enough for the number of the hundredth."""
    assert '<ol style="font-size:smaller;padding-left:2.25rem">' in collection_html(small.treaties)


def test_fields_name_their_rows(small: Dataset):
    """In a table without a head the first cell of a row says what the second is, to a screen reader too."""
    content = record_html(small.treaties["security-1960"])

    assert '<tr><th scope="row" style="text-align:left">signed</th><td' in content
    assert '<th scope="row"' in assessment_html(Assessment(question="q", verdict="not_checkable"))
    assert '<th scope="row"' not in collection_html(small.treaties)


def test_record_html(small: Dataset):
    """A record is a table of the fields that it has, its sources below."""
    page = Page(small.treaties["security-1960"]._repr_html_())
    rows = dict(page.cells)

    assert "1960-01-19" == rows["signed"]
    assert "JP, signed 1960-01-19US, signed 1960-01-19" == rows["parties"]
    assert "TIAS 4509" == rows["registrations"]
    assert "1" == rows["sources"]
    assert "ended" not in rows
    assert "Treaty Series, series-1960 (1960-07): p1" in page.text
    page = Page(small.officials["hayashi-yoshimasa"]._repr_html_())
    assert "jp-foreign, 2021-11-10 to 2023-09-131" == dict(page.cells)["terms"]
    assert "sources" not in dict(page.cells)
    page = Page(small.meetings["2021-11-15-hayashi-raimondo"]._repr_html_())
    assert "Hayashi Yoshimasa, JP, jp-foreignGina Raimondo, US, us-commerce" == dict(page.cells)["participants"]
    assert "yes" == dict(Page(small.offices["jp-foreign"]._repr_html_()).cells)["single seat"]
    assert (
        "no"
        == dict(Page(record_html(attrs.evolve(small.offices["jp-foreign"], single_seat=False))).cells)["single seat"]
    )


def test_record_html_of_much():
    """Of a long list 20 lines are shown, and how many there are; events and other ids are told."""
    content = data()
    official = record(content, "raimondo-gina")
    official["aliases"] = [f"Alias {number}" for number in range(25)]
    official["external_ids"] = [{"scheme": "wikidata", "value": "Q1"}]
    official["citations"] = cited("ministry-2021")
    official["terms"][0]["start_event"] = "sworn_in"
    dataset = build(content)
    rows = dict(Page(record_html(dataset.officials["raimondo-gina"], dataset)).cells)

    assert rows["aliases"].endswith("Alias 1920 of 25")
    assert "wikidata Q1" == rows["external ids"]
    assert "2" == rows["sources"]
    assert "us-commerce, from 2021-03-03, end unknown (sworn in, unknown)1" == rows["terms"]


def test_sources_that_are_not_there(small: Dataset):
    """A source that nobody has is told by its id."""
    lost = attrs.evolve(small.claims["security-1951-signed-blog-2021"], source="lost")

    assert "lost: p1" in Page(record_html(lost)).text


def test_a_source_without_dates():
    """A footnote leaves out a day of publication that is not known."""
    dataset = build({"sources": [{key: value for key, value in source("a", "A", "").items() if key != "published"}]})
    entry = jpus.Claim(id="c", subject="s", field="f", value="v", source="a", locator="p1")

    assert "A, a: p1" in Page(record_html(entry, dataset)).text


def test_snapshot_html(small: Dataset):
    """A day is told in a table of holders and one of each kind of record that there is."""
    page = Page(small.on("2021-11-15")._repr_html_())

    assert ["Minister for Foreign Affairs", "Hayashi Yoshimasa, 2021-11-10 to 2023-09-13", "1"] in page.cells
    assert "Registry, registry-2024 (2024-01-10): p1" in page.text
    assert "2021-11-15: office holders: 1" in page.text
    assert "treaties in force: 1" in page.text
    assert "indicators" not in page.text
    assert "outside what is covered" not in page.text
    assert ["jp-foreign", "2019-09-11 to 2024-01-10"] in Page(small.on("1800-01-01")._repr_html_()).cells


def test_assessment_html(small: Dataset):
    """The verdict is a word; each claim stands on its side, with its source below."""
    page = Page(small.treaties.assess("security-1951", "signed", "1952")._repr_html_())
    assert ["verdict", "conflict"] == page.cells[0]
    assert ["accepted", "1951-09-08"] == page.cells[1]
    assert ["supports", "1952", "1"] in page.cells
    assert ["opposes", "1951-09-08", "3"] in page.cells
    assert "Treaty Series, series-1952 (1952-05): p1" in page.text

    page = Page(small.trade_figures.assess("$64.1 billion", time_period="2020")._repr_html_())
    assert ["agree", "US exports of goods 2020, bop basis in USD", "$64.1 billion"] in page.cells
    page = Page(assessment_html(Assessment(question="q", verdict="not_checkable")))
    assert [["verdict", "not checkable"]] == page.cells


def test_sources_of_ones_own_data(small: Dataset):
    """An assessment and a report name the sources of the data that they are of, packaged or not."""
    content = data()
    content["sources"].append(source("letter-1951", "Archive", "1951-09"))
    content["claims"].append(claim("security-1951", "signed", "1951-09-09", "letter-1951"))
    own = build(content)

    assert (
        "Archive, letter-1951 (1951-09): p1"
        in Page(own.treaties.assess("security-1951", "signed", "1952")._repr_html_()).text
    )
    assert "Archive: p1" in Page(own.check()._repr_html_()).text


def test_report_html(small: Dataset):
    """Problems and disagreements are tables, each disagreement with who states what."""
    page = Page(small.check()._repr_html_())
    assert "disagreements: 3" in page.text
    assert page.text.startswith("0 problems, 3 disagreements")
    assert "problems: " not in page.text
    assert ["security-1951 signed", "1951-09-08319521, 4", "1951-09-08", "error"] == next(
        row[:4] for row in page.cells if row[0] == "security-1951 signed"
    )

    many = tuple(Problem("f.json", f"r{number}", "x", "<", "is bad", "X01") for number in range(30))
    page = Page(report_html(Report(problems=many, disagreements=())))
    assert "problems: 20 of 30" in page.text
    assert ["f.json", "r0", "x", "<", "is bad", "X01"] == page.cells[1]
    assert "<p>0 problems, 0 disagreements</p>" == report_html(Report(problems=(), disagreements=()))


@pytest.mark.parametrize("name", list(COLLECTIONS))
def test_every_record_as_html(name: str):
    """Every record of the package is a table in which every tag is closed, and so is its collection."""
    collection = getattr(jpus, name)
    Page(collection_html(collection))
    for entry in collection:
        content = record_html(entry)
        assert content.startswith("<table>")
        assert "<script" not in content


# --- the timeline ----------------------------------------------------------------------------------------------------


def drawn(picture: str) -> ET.Element:
    return ET.fromstring(picture)


def bar(root: ET.Element, told: str) -> list[ET.Element]:
    """What is drawn for the record whose tooltip starts like this."""
    (group,) = (group for group in root.iter(f"{SVG}g") if (group.findtext(f"{SVG}title") or "").startswith(told))
    return list(group)


def solid(shapes: list[ET.Element]) -> list[str]:
    """For each rectangle whether it is solid or hatched, and an arrow."""
    words = {f"{SVG}rect": lambda shape: "hatched" if shape.get("fill", "").startswith("url(") else "solid"}
    return [
        "arrow" if shape.tag == f"{SVG}path" else words[shape.tag](shape)
        for shape in shapes
        if shape.tag in {f"{SVG}rect", f"{SVG}path"}
    ]


def test_timeline(small: Dataset):
    """The picture has a title, a description, lanes, years, and a bar for each record and term."""
    picture = timeline(itertools.chain.from_iterable(small.collections), title="A < B")
    root = drawn(picture)

    assert "img" == root.get("role")
    assert "A < B" == root.findtext(f"{SVG}title")
    described = root.findtext(f"{SVG}desc") or ""
    assert described.startswith("2 treaties, 4 terms, 2 meetings, 1 initiative, 1952 to 2023. Hatched")
    left_out = sum(map(len, small.collections)) - 3 - 2 - 2 - 1
    assert described.endswith(f" {left_out} records left out: without a time, or a figure.")
    assert [root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id")] == root.get(
        "aria-labelledby"
    ).split()
    words = [element.text for element in root.iter(f"{SVG}text")]
    lanes = ["Treaties", "Minister for Foreign Affairs", "Secretary of Commerce", "Meetings", "Initiatives"]
    assert lanes == [word for word in words if word in lanes]
    assert {"1960", "1970", "2020"} <= set(words)
    assert picture == picture._repr_html_()
    assert "currentColor" in picture


def test_timeline_ends(small: Dataset):
    """A bar is solid where the day is known, hatched where it is not, and has an arrow where it goes on."""
    root = drawn(timeline([*small.treaties, *small.officials, *small.initiatives]))

    assert ["solid"] == solid(bar(root, "Security Treaty"))
    assert ["solid", "arrow"] == solid(bar(root, "Treaty of Mutual"))
    assert ["solid", "hatched"] == solid(bar(root, "Gina Raimondo"))
    assert ["hatched", "solid", "arrow"] == solid(bar(root, "Energy"))
    assert {"1960", "1961"} == {
        year.text for year in drawn(timeline([small.treaties["security-1960"]])).iter(f"{SVG}text")
    } & {str(year) for year in range(1950, 1970)}
    vague = attrs.evolve(small.treaties["security-1951"], in_force=PartialDate(1952), ended=PartialDate(1960, 6))
    assert ["hatched", "solid", "hatched"] == solid(bar(drawn(timeline([vague])), "Security"))
    unknown = attrs.evolve(small.treaties["security-1951"], in_force=PartialDate(1952), ended=PartialDate(1952))
    assert ["hatched"] == solid(bar(drawn(timeline([unknown])), "Security"))


def test_timeline_of_what_never_came_into_force(small: Dataset):
    """A treaty without an entry into force stands on the day of its signature, or adoption, and says so."""
    signed = attrs.evolve(small.treaties["security-1951"], in_force=None)
    adopted = attrs.evolve(signed, signed=None, adopted=PartialDate(1951, 1))
    undated = attrs.evolve(signed, signed=None)

    assert "Security Treaty (signed)" in timeline([signed])
    assert "Security Treaty (adopted)" in timeline([adopted])
    with pytest.raises(ValueError, match="none of the records has a time that can be shown"):
        timeline([undated, *small.offices])


def test_timeline_rows(small: Dataset):
    """Bars that would cover each other stand in rows of their own; a label at the edge stays inside."""
    meeting = small.meetings["2021-11-15-hayashi-raimondo"]
    crowd = [attrs.evolve(meeting, id=f"m{number}", title=f"{'会談' * 40} {number}") for number in range(5)]
    apart = [
        attrs.evolve(meeting, title=f"Talk of {year}", start=PartialDate(year), end=PartialDate(year))
        for year in (1960, 1980, 2000)
    ]
    tops = [
        element.get("y") for element in drawn(timeline([*crowd, small.treaties["security-1951"]])).iter(f"{SVG}rect")
    ]
    assert 5 == len({top for top in tops if top is not None}) - 1
    root = drawn(timeline(apart))
    assert 1 == len({element.get("y") for element in root.iter(f"{SVG}rect") if element.get("y") is not None})
    for element in drawn(timeline([*crowd, *apart])).iter(f"{SVG}text"):
        assert 0 <= float(element.get("x")) < 960


@pytest.mark.parametrize(("first", "last"), [(1854, 2026), (2021, 2021), (1951, 1963), (1, 9999)])
def test_timeline_years(small: Dataset, first: int, last: int):
    """From one to thirteen years are written, in order, whatever the length of time."""
    meeting = attrs.evolve(
        small.meetings["2021-11-15-hayashi-raimondo"], start=PartialDate(first), end=PartialDate(last)
    )
    years = [element for element in drawn(timeline([meeting])).iter(f"{SVG}text") if (element.text or "").isdigit()]

    assert 1 <= len(years) <= 13
    assert sorted(years, key=lambda element: int(element.text)) == sorted(
        years, key=lambda element: float(element.get("x"))
    )


def test_timeline_is_the_same_each_time(small: Dataset):
    """The same records give the same picture, and other records other names for its parts."""
    first, second = small.treaties
    names = [drawn(timeline([treaty])).find(f"{SVG}title").get("id") for treaty in (first, first, second)]

    assert timeline([first, second]) == timeline([second, first])
    assert names[0] == names[1] != names[2]


def test_timeline_without_the_office(small: Dataset):
    """An office without a record is told by its id."""
    assert "us-commerce" in timeline([small.officials["raimondo-gina"]], dataset=build({"offices": []}))


def test_everything_in_a_picture():
    """All records of the package make a picture that XML can read."""
    root = drawn(jpus.timeline(*itertools.chain.from_iterable(jpus.dataset.packaged().collections)))

    assert len(list(root.iter(f"{SVG}g"))) >= len(jpus.meetings)
