"""From files to records: nothing coerced, every problem told at once, the same bytes back."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest
from small import SMALL, data, record, write

from jpus import DataError, UnknownIdError, loading
from jpus.errors import Problem
from jpus.models import COLLECTIONS

TREATY = {
    "id": "x-1960",
    "title": "X",
    "kind": "treaty",
    "subject": "security",
    "signed": "1960-01-19",
    "parties": [{"country": "JP"}, {"country": "US"}],
    "citations": [{"source": "s", "locator": "p1"}],
}


def problems(value: object, collection: str = "treaties") -> list[Problem]:
    _, found = loading.read_file(json.dumps([value]).encode(), collection, f"{collection}.json")
    return found


def test_good():
    """A good record has no problems."""
    assert [] == problems(TREATY)


@pytest.mark.parametrize(
    ("change", "field", "value", "rule"),
    [
        ({"title": None}, "title", "None", "F04"),
        ({"title": 5}, "title", "5", "F04"),
        ({"title": True}, "title", "True", "F04"),
        ({"title": ["X"]}, "title", "['X']", "F04"),
        ({"title": {"en": "X"}}, "title", "{'en': 'X'}", "F04"),
        ({"binding": "false"}, "binding", "false", "F04"),
        ({"binding": 0}, "binding", "0", "F04"),
        ({"binding": None}, "binding", "None", "F04"),
        ({"supersedes": "abc"}, "supersedes", "abc", "F04"),
        ({"supersedes": {"a": 1}}, "supersedes", "{'a': 1}", "F04"),
        ({"supersedes": [5]}, "supersedes[0]", "5", "F04"),
        ({"supersedes": None}, "supersedes", "None", "F04"),
        ({"parties": [["JP"]]}, "parties[0]", "['JP']", "F04"),
        ({"parties": [{"country": "JP", "signed": "1960-1-19"}]}, "parties[0].signed", "1960-1-19", "F04"),
        ({"kind": "pact"}, "kind", "pact", "F04"),
        ({"kind": []}, "kind", "[]", "F04"),
        ({"signed": "19600119"}, "signed", "19600119", "F04"),
        ({"signed": "1960-W03-2"}, "signed", "1960-W03-2", "F04"),
        ({"signed": "1960-02-30"}, "signed", "1960-02-30", "F04"),
        ({"signed": 1960}, "signed", "1960", "F04"),
        ({"signed": ""}, "signed", "", "F04"),
        ({"sined": "1960"}, "sined", "1960", "F02"),
        ({"citations": [{"source": "s", "locator": "p1", "page": 5}]}, "citations[0].page", "5", "F02"),
        ({"citations": [{"source": "s"}]}, "citations[0].locator", "", "F03"),
        ({"title": "\ud800"}, "title", "\\ud800", "F04"),
    ],
)
def test_nothing_is_coerced(change: dict[str, Any], field: str, value: str, rule: str):
    """A null, another type, an unknown or a missing key, an impossible date: each is told with field and value."""
    (found,) = problems({**TREATY, **change})

    assert ("treaties.json", "x-1960", field, value, rule) == (
        found.file,
        found.record,
        found.field,
        found.value,
        found.rule,
    )


@pytest.mark.parametrize("value", ["183.6 billion", "1e5", "1,000", "NaN", "Infinity", "+5", "", " 5"])
def test_amounts_are_plain_digits(value: str):
    """An amount is plain digits in a text."""
    figure = data()["trade_figures"][0]
    figure["quantity"]["value"] = value

    assert [("quantity.value", "F04")] == [(found.field, found.rule) for found in problems(figure, "trade_figures")]


@pytest.mark.parametrize("value", [5, 5.5, None, True])
def test_amounts_are_no_numbers(value: object):
    """A JSON number is not taken for an amount: floats lose digits."""
    figure = data()["trade_figures"][0]
    figure["quantity"]["value"] = value

    assert [("quantity.value", "F04")] == [(found.field, found.rule) for found in problems(figure, "trade_figures")]


def test_numbers_are_whole():
    """5.7 is not 5, and neither is "5"."""
    official = data()["officials"][0]
    for value in (5.7, "5", True, None):
        official["terms"][0]["number"] = value

        assert ["terms[0].number"] == [found.field for found in problems(official, "officials")]


def test_missing():
    """Everything that is missing is told, by name."""
    assert ["title", "kind", "subject", "parties", "citations"] == [found.field for found in problems({"id": "x"})]


@pytest.mark.parametrize("value", [5, "x", None, [], True])
def test_no_record(value: object):
    """What is no object is told by its place."""
    (found,) = problems(value)

    assert ("record 0", "F04") == (found.record, found.rule)


@pytest.mark.parametrize("id", [None, 5, "", "x" * 1000])
def test_id_that_names_nothing(id: object):
    """A record without a usable id is told by its place, and a gigantic one is cut."""
    found = problems({**TREATY, "id": id, "kind": "pact"})

    assert all(len(problem.record) < 100 for problem in found)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is not JSON"),
        (b"[", "is not JSON"),
        (b"{}", "is not an array"),
        (b"5", "is not an array"),
        (b"\xff[]", "is not UTF-8 at byte 0"),
        (b"\xef\xbb\xbf[]", "BOM"),
        (b"[NaN]", "NaN is not a JSON number"),
        (b"[-Infinity]", "-Infinity is not a JSON number"),
        (b"[" * 100_000, "is nested too deeply"),
        (b"[" + b"9" * 5000 + b"]", "digits"),
    ],
)
def test_no_json(content: bytes, message: str):
    """Bytes that are no JSON array in UTF-8 are one problem of the file."""
    records, (found,) = loading.read_file(content, "treaties", "treaties.json")

    assert [] == records
    assert ("F01", True) == (found.rule, message in found.message)


def test_keys_stand_once():
    """A key that stands twice is told, and the good records are read all the same."""
    good = json.dumps(TREATY)
    records, found = loading.read_file(f'[{{"id": "a", "id": "b"}}, {good}]'.encode(), "treaties", "treaties.json")

    assert ["x-1960"] == [one.id for one in records]
    assert "F01" in {problem.rule for problem in found}
    assert any("'id'" in problem.message for problem in found)


def test_ids_stand_once(tmp_path: pathlib.Path):
    """An id that stands twice in a file, or in two files of a collection, is told."""
    (tmp_path / "treaties.json").write_text(json.dumps([TREATY, TREATY]))
    (tmp_path / "treaties.more.json").write_text(json.dumps([TREATY]))

    _, _, found = loading.read_folder(tmp_path)

    assert [("treaties.json", "F05"), ("treaties.more.json", "F05")] == [
        (problem.file, problem.rule) for problem in found
    ]


def test_everything_at_once(tmp_path: pathlib.Path):
    """The problems of all records of all files come together, and the good records are not lost."""
    content = data()
    record(content, "security-1951")["kind"] = "pact"
    record(content, "security-1960")["signed"] = "1960-13"
    record(content, "hayashi-yoshimasa")["born"] = 1961
    write(content, tmp_path)
    (tmp_path / "sources.json").write_bytes(b"{")

    found, _, told = loading.read_folder(tmp_path)

    assert [("officials.json", "hayashi-yoshimasa"), ("sources.json", ""), ("treaties.json", "security-1951"), ("treaties.json", "security-1960")] == [
        (problem.file, problem.record) for problem in told
    ]  # fmt: skip
    assert {"motegi-toshimitsu", "raimondo-gina"} == set(found["officials"])


def test_files_of_a_folder(tmp_path: pathlib.Path):
    """Parts of a collection are read together; generated and other files are left; a misspelt name is told."""
    for name in (
        "claims.json",
        "claims.more.json",
        "datapackage.json",
        "manifest.json",
        "notes.txt",
        ".hidden.json",
        "meeting.json",
    ):
        (tmp_path / name).write_text("[]")

    files, (found,) = loading.files_of(tmp_path)

    assert ["claims.json", "claims.more.json"] == [entry.name for entry in files]
    assert ("meeting.json", "F06") == (found.file, found.rule)


def test_no_folder(tmp_path: pathlib.Path):
    """A folder that is not there, or is a file, is one problem."""
    (tmp_path / "file").write_text("")

    for name in ("missing", "file"):
        (found,) = loading.read_folder(tmp_path / name)[2]
        assert "F06" == found.rule


def test_a_folder_for_a_file(tmp_path: pathlib.Path):
    """A folder with the name of a data file cannot be read, and says so."""
    (tmp_path / "claims.json").mkdir()

    (found,) = loading.read_folder(tmp_path)[2]

    assert ("claims.json", "F01") == (found.file, found.rule)


def test_a_dangling_link(tmp_path: pathlib.Path):
    """A symbolic link to nothing cannot be read, and says so."""
    (tmp_path / "claims.json").symlink_to(tmp_path / "nothing")

    (found,) = loading.read_folder(tmp_path)[2]

    assert ("claims.json", "F01") == (found.file, found.rule)


def test_a_huge_file(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch):
    """A file over the bound is refused before it is parsed."""
    monkeypatch.setattr(loading, "MAX_BYTES", 10)
    (tmp_path / "claims.json").write_text("[" + " " * 20 + "]")

    (found,) = loading.read_folder(tmp_path)[2]

    assert "larger than 10 bytes" in found.message


@pytest.mark.parametrize("collection", list(SMALL))
def test_round_trip(collection: str):
    """Bytes become records and records the same bytes."""
    records, found = loading.read_file(json.dumps(SMALL[collection]).encode(), collection, "x.json")
    content = loading.encode(records)

    assert [] == found
    assert (records, []) == (sorted(loading.read_file(content, collection, "x.json")[0], key=records.index), [])
    assert content == loading.encode(loading.read_file(content, collection, "x.json")[0])


def test_canonical_bytes():
    """Sorted by id, fields in the order of the model, defaults left out, text as it is, a newline at the end."""
    values = [{"id": "b", "country": "JP", "family": "Ōta", "aliases": []}, {"family": "A", "id": "a"}]
    records, _ = loading.read_file(json.dumps(values).encode(), "officials", "x.json")

    assert (
        '[\n {\n  "id": "a",\n  "family": "A"\n },\n {\n  "id": "b",\n  "family": "Ōta",\n  "country": "JP"\n }\n]\n'
        == loading.encode(records).decode()
    )


def test_errors_as_values():
    """A DataError pickles with its problems, and shows one on each line."""
    import pickle

    error = DataError(
        [Problem("f.json", "x", "y", "z", "is wrong", "F04"), Problem("g.json", "", "", "", "is bad", "F01")]
    )

    assert error.problems == pickle.loads(pickle.dumps(error)).problems
    assert "f.json: x: y 'z' is wrong [F04]\ng.json: is bad [F01]" == str(error)
    assert isinstance(error, ValueError)


def test_unknown_id_as_value():
    """An UnknownIdError is a KeyError, and its message a sentence."""
    error = UnknownIdError("treaties", "x", ["y"])

    assert isinstance(error, KeyError)
    assert "no 'x' in treaties; near: y" == str(error)


def test_every_collection_has_a_file_name():
    """A file is named after its collection, with or without a part."""
    for name in COLLECTIONS:
        assert name == loading.collection_of(f"{name}.json") == loading.collection_of(f"{name}.part.json")
    assert loading.collection_of("treaties.csv") is None


def test_a_value_that_cannot_be_shown():
    """A value nested beyond what can be shown is told as such."""
    value: object = []
    for _ in range(100_000):
        value = [value]

    assert "(nested too deeply to be shown)" == loading._clip(value)
    # What is nested so deeply is taken apart by hand: Python would do it by recursion.
    while value:
        (value,) = value
