"""Records by name."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from small import build, data, record

import jpus
from jpus import search as module
from jpus.dataset import Collection, Dataset
from jpus.search import names, readings, search

NAMED = ("officials", "offices", "meetings", "treaties", "initiatives")
"""The collections whose records have names, and not only an id."""


def person(id: str, family: str, given: str, *aliases: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "family": family, "given": given, "country": "JP", "aliases": list(aliases), **more}


PEOPLE = [
    person("abe-shintaro", "Abe", "Shintaro", native="安倍晋太郎"),
    person("abe-shinzo", "Abe", "Shinzo", "Shinzō Abe", native="安倍晋三", kana="あべ しんぞう"),
    person("ito-hirobumi", "Ito", "Hirobumi", "Itō Hirobumi"),
    person("koizumi-junichiro", "Koizumi", "Junichiro", "Koizumi Jun'ichirō", "Jun-ichiro Koizumi"),
    person("o-brien-robert", "O'Brien", "Robert", "Robert C. O'Brien", country="US"),
    person("ohira-masayoshi", "Ohira", "Masayoshi", "Ōhira Masayoshi", former_ids=["ohira-m"]),
    person("ono-yoshinori", "Ono", "Yoshinori", "Ōno Yoshinori"),
    person("sato-eisaku", "Sato", "Eisaku", external_ids=[{"scheme": "wikidata", "value": "Q174284"}]),
    person("sato-naotake", "Sato", "Naotake"),
    person("satow-ernest", "Satow", "Ernest", country="GB"),
    person("tsukahara-shun", "Tsukahara", "Shun", native="塚原俊平"),
]


@pytest.fixture(name="people", scope="module")
def _people() -> Dataset:
    return build({"officials": PEOPLE})


def ids(collection: Collection[Any], text: str, **how: bool) -> list[str]:
    return [found.id for found in search(collection, text, **how)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # order, case, macrons, punctuation
        ("Abe Shinzo", "abe-shinzo"),
        ("shinzo abe", "abe-shinzo"),
        ("ABE, SHINZŌ", "abe-shinzo"),
        ("abe-shinzo", "abe-shinzo"),
        ("  abe   shinzo  ", "abe-shinzo"),
        ("O'BRIEN", "o-brien-robert"),
        ("Obrien Robert", "o-brien-robert"),
        ("robert o’brien", "o-brien-robert"),
        # long vowels
        ("Oohira Masayoshi", "ohira-masayoshi"),
        ("Ouhira Masayoshi", "ohira-masayoshi"),
        ("Ohhira Masayoshi", "ohira-masayoshi"),
        ("Ōhira", "ohira-masayoshi"),
        ("Itoh Hirobumi", "ito-hirobumi"),
        ("Itou Hirobumi", "ito-hirobumi"),
        ("Itô Hirobumi", "ito-hirobumi"),
        ("Abe Shinzou", "abe-shinzo"),
        # hyphens and apostrophes within a name
        ("Junichiro Koizumi", "koizumi-junichiro"),
        ("Jun'ichirō Koizumi", "koizumi-junichiro"),
        ("Jun‐ichirō Koizumi", "koizumi-junichiro"),
        ("Jun ichiro Koizumi", "koizumi-junichiro"),
        # other scripts
        ("安倍晋三", "abe-shinzo"),
        ("安倍 晋三", "abe-shinzo"),
        ("あべしんぞう", "abe-shinzo"),
        ("アベ シンゾウ", "abe-shinzo"),
        ("ｱﾍﾞ ｼﾝｿﾞｳ", "abe-shinzo"),
        ("塚原俊平", "tsukahara-shun"),
        # kana of names that the data has in Roman letters alone
        ("さとうえいさく", "sato-eisaku"),
        ("サトウ エイサク", "sato-eisaku"),
        ("えいさく さとう", "sato-eisaku"),
        ("おおひら まさよし", "ohira-masayoshi"),
        ("いとうひろぶみ", "ito-hirobumi"),
        ("こいずみ じゅんいちろう", "koizumi-junichiro"),
        ("つかはら しゅん", "tsukahara-shun"),
        # ids
        ("ohira-m", "ohira-masayoshi"),
        ("Q174284", "sato-eisaku"),
    ],
)
def test_one_person(people: Dataset, text: str, expected: str):
    """A name finds its person however it is written."""
    assert expected == ids(people.officials, text)[0]


def test_kana_keep_their_voicing(people: Dataset):
    """Be is not he: the mark that tells them apart is no accent."""
    assert [] == ids(people.officials, "あへ しんぞう")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # whole words, then beginnings, then letters inside
        ("Sato", ["sato-eisaku", "sato-naotake", "satow-ernest"]),
        ("abe shin", ["abe-shintaro", "abe-shinzo"]),
        ("晋太郎", ["abe-shintaro"]),
        ("安倍", ["abe-shintaro", "abe-shinzo"]),
        # the spelling as it is written before the shortened one
        ("Oono", ["ono-yoshinori"]),
        ("hira", ["ohira-masayoshi"]),
        # an h that begins a syllable is not the end of a long vowel
        ("Oira", []),
        # words that no one name has together
        ("eisaku naotake", []),
    ],
)
def test_ambiguity_is_listed(people: Dataset, text: str, expected: list[str]):
    """All that fit are listed, best first; none is guessed."""
    assert expected == ids(people.officials, text)


def test_words_of_several_names():
    """A meeting is found by people who took part in it, each by a name of his own."""
    meetings = build().meetings

    assert ["2021-11-15-hayashi-raimondo"] == ids(meetings, "Yoshimasa Gina")
    assert ["2021-11-15-hayashi-raimondo"] == ids(meetings, "hayashi yoshimasa")
    assert ["2021-11-15-hayashi-raimondo", "2021-11-15-raimondo-visit"] == ids(meetings, "gina raimondo")


def test_other_records():
    """Titles in either language, registrations, publishers and ids are names too."""
    small = build()

    assert ["security-1960"] == ids(small.treaties, "mutual cooperation and security treaty")
    assert ["security-1960"] == ids(small.treaties, "安全保障条約")
    assert ["security-1960"] == ids(small.treaties, "TIAS 4509")
    assert ["security-1951", "security-1960"] == ids(small.treaties, "Security Treaty")
    assert ["jp-foreign"] == ids(small.offices, "外務大臣")
    assert ["energy-partnership-2017"] == ids(small.initiatives, "ENERGY partnership")
    assert ["series-1952", "series-1960"] == ids(small.sources, "treaty series")
    assert ["troops-2020-defense"] == ids(small.indicators, "troops")
    assert "us-exports-goods-2020-bureau-2021" == ids(small.trade_figures, "us-exports-goods-2020-bureau-2021")[0]


def test_short_title():
    """What a treaty is usually called finds it."""
    content = data()
    record(content, "security-1960")["short_title"] = "Anpo"

    assert ["security-1960"] == ids(build(content).treaties, "ANPO")


def test_fuzzy_only_when_asked(people: Dataset):
    """A near miss finds nothing, unless it is asked for; then the nearest comes first."""
    assert [] == ids(people.officials, "Masayosi Ohira")
    assert ["ohira-masayoshi"] == ids(people.officials, "Masayosi Ohira", fuzzy=True)
    assert [] == ids(people.officials, "Saato")
    assert ["sato-eisaku", "sato-naotake", "satow-ernest"] == ids(people.officials, "Saato", fuzzy=True)
    assert ["satow-ernest", "sato-eisaku", "sato-naotake"] == ids(people.officials, "Satoww", fuzzy=True)
    assert [] == ids(people.officials, "Xyzzy", fuzzy=True)
    assert [] == ids(people.officials, "Ohira Xyzzy", fuzzy=True)


def test_fuzzy_comes_last(people: Dataset):
    """Near misses stand after all that fits, and change nothing before them."""
    exact = ids(people.officials, "Sato")
    near = ids(people.officials, "Sato", fuzzy=True)

    assert exact == near[: len(exact)]
    assert ["ito-hirobumi"] == ids(people.officials, "Itto", fuzzy=True)
    assert "abe-shinzo" in ids(people.officials, "Abe-Shinso", fuzzy=True)


@pytest.mark.parametrize("text", ["", " ", "-", "'", "・", "...", "\u0301", "\ud800"])
def test_nothing_to_search_for(people: Dataset, text: str):
    """A text without a letter is an error, not a search for everything."""
    with pytest.raises(ValueError, match="has no letter and no digit to search for"):
        search(people.officials, text)


def test_readings():
    """A hyphen separates words in one reading and joins them in the other; without one there is one reading."""
    assert (("san", "francisco"),) == readings("San Francisco")
    assert (("jun", "ichi"), ("junichi",)) == readings("Jun-Ichi")
    assert () == readings("-")


def test_a_selection_is_searched_alone(people: Dataset):
    """What where() left out is not found."""
    japanese = people.officials.where(country="JP")

    assert ["sato-eisaku", "sato-naotake"] == ids(japanese, "sato")
    assert ["sato-eisaku", "sato-naotake"] == [found.id for found in japanese.search("sato")]


def test_the_index_is_kept_with_its_collection():
    """Names are read once for a collection, and forgotten with it."""
    officials = build({"officials": PEOPLE[:3]}).officials
    first = module._index(officials)

    assert first is module._index(officials)
    del officials
    gc.collect()
    assert first not in module._INDEXES.values()


@pytest.mark.parametrize("name", NAMED)
def test_every_name_finds_its_record(name: str):
    """Every id, title, spelling and alias in the data finds its record."""
    collection = getattr(jpus, name)
    owners: dict[str, list[str]] = {}
    for entry in collection:
        for spelling in names(entry):
            owners.setdefault(spelling, []).append(entry.id)
    for spelling, wanted in owners.items():
        assert set(wanted) <= set(ids(collection, spelling)), spelling


@pytest.mark.parametrize(
    "name", ["trade_figures", "indicators", "sources", "claims", "disagreements", "coverage", "exceptions"]
)
def test_every_id_is_an_exact_name(name: str):
    """The records that have no other name are found by their ids, before all others."""
    collection = getattr(jpus, name)
    spelling = module._index(collection)._plain
    for place, entry in enumerate(collection):
        assert place in spelling.whole(readings(entry.id)[0])
