"""The editors' tools."""

from __future__ import annotations

import json
import pathlib

import pytest
from small import data, record, write

from jpus import DataError, JpusError
from jpus.editing import changes, reformatted, template
from jpus.loading import encode, read_file
from jpus.models import COLLECTIONS


@pytest.mark.parametrize("collection", list(COLLECTIONS))
def test_template(collection: str):
    """A template has every field of its model."""
    import attrs

    found = json.loads(template(collection))

    assert [field.name for field in attrs.fields(COLLECTIONS[collection])] == list(found)


def test_template_tells_words():
    """A template names the words of a list, and the forms of dates and amounts."""
    treaty, figure, source = (json.loads(template(name)) for name in ("treaties", "trade_figures", "sources"))

    assert treaty["kind"].startswith("treaty | convention")
    assert "YYYY-MM-DD | YYYY-MM | YYYY" == treaty["parties"][0]["signed"]
    assert ("DIGITS", "YYYY | YYYY-MM | YYYY-MM/YYYY-MM") == (figure["quantity"]["value"], figure["time_period"])
    assert "TEXT" == source["title"]


def test_template_of_nothing():
    """A collection that is none is refused with those that are."""
    with pytest.raises(JpusError, match="no collection 'ministers': there are officials, offices"):
        template("ministers")


def test_reformatted(tmp_path: pathlib.Path):
    """Files that are not canonical are told with what they should hold; canonical ones are left."""
    folder = write(data(), tmp_path / "data")
    (folder / "notes.txt").write_text("left alone")
    changed = dict(reformatted([folder]))
    for path, content in changed.items():
        path.write_bytes(content)

    assert folder / "officials.json" in changed
    assert {} == dict(reformatted([folder]))
    assert {} == dict(reformatted([folder / "officials.json"]))
    assert "notes.txt" not in {path.name for path in changed}


def test_reformatted_refuses(tmp_path: pathlib.Path):
    """What cannot be read is not rewritten, and what is no data file is not touched."""
    (tmp_path / "treaties.json").write_text('[{"id": 5}]')
    (tmp_path / "notes.txt").write_text("")

    with pytest.raises(DataError):
        list(reformatted([tmp_path]))
    with pytest.raises(JpusError, match="no data file"):
        list(reformatted([tmp_path / "notes.txt"]))


def test_changes(tmp_path: pathlib.Path):
    """A change of data is told fact by fact: what came, what went, what is now another."""
    old = write(data(), tmp_path / "old")
    content = data()
    record(content, "security-1951")["signed"] = "1951-09"
    del record(content, "security-1960")["native"]
    record(content, "security-1960")["note"] = "New."
    content["initiatives"][0]["id"] = "energy-partnership-2018"
    new = write(content, tmp_path / "new")
    lines = list(changes(old, new))

    assert [
        '~ treaties: security-1951: signed: "1951-09-08" -> "1951-09"',
        '~ treaties: security-1960: native: "相互協力及び安全保障条約" -> nothing',
        '~ treaties: security-1960: note: nothing -> "New."',
    ] == lines[:3]
    assert ["- initiatives: energy-partnership-2017: ", "+ initiatives: energy-partnership-2018: "] == [
        line[: line.index(": ", 16) + 2] for line in lines[3:]
    ]
    assert [] == list(changes(old, old))


def test_changes_need_readable_data(tmp_path: pathlib.Path):
    """Two folders are compared when both can be read."""
    old = write(data(), tmp_path / "old")

    with pytest.raises(DataError):
        list(changes(old, tmp_path / "missing"))


def test_canonical_is_what_encode_writes(tmp_path: pathlib.Path):
    """The canonical form is that of the loader."""
    folder = write(data(), tmp_path)
    content = (folder / "claims.json").read_bytes()
    records, _ = read_file(content, "claims", "claims.json")

    assert encode(records) == dict(reformatted([folder / "claims.json"]))[folder / "claims.json"]
