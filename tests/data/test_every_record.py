"""Every record by every rule, every time."""

from __future__ import annotations

import json

import pytest
from importlib_resources import files

import jpus
from jpus.dataset import packaged
from jpus.loading import collection_of, encode, read_file
from jpus.models import COLLECTIONS
from jpus.rules import RULES

FOLDER = files("jpus") / "data"
FILES = sorted(entry.name for entry in FOLDER.iterdir() if collection_of(entry.name))


@pytest.mark.parametrize("code", sorted(RULES))
def test_rule(code: str):
    """No record breaks a rule but those that the data's exceptions name."""
    dataset = packaged()
    excused = {entry.record for entry in dataset.exceptions if entry.rule == code}
    found = [
        problem for problem in RULES[code](dataset)
        if not excused & {problem.record, problem.field, problem.field.partition(".")[0]}
    ]  # fmt: skip

    assert [] == list(map(str, found))


def test_check_is_ok():
    """The check of the packaged data is clean."""
    report = jpus.check()

    assert () == report.problems
    assert report.ok


def test_every_disagreement_is_explained():
    """Every conflict has a kind and a reason."""
    for conflict in jpus.check().disagreements:
        assert conflict.kind is not None, conflict.subject
        assert conflict.explanation, conflict.subject


@pytest.mark.parametrize("name", FILES)
def test_canonical_bytes(name: str):
    """A file is exactly what writing its records gives."""
    content = (FOLDER / name).read_bytes()
    collection = collection_of(name)
    assert collection is not None
    records, problems = read_file(content, collection, name)

    assert [] == problems
    assert content == encode(records)


def test_every_collection_has_records():
    """There is a file, and there are records, for every collection."""
    assert set(COLLECTIONS) == {collection_of(name) for name in FILES}
    assert all(len(getattr(jpus, name)) for name in COLLECTIONS)


def test_share_alike_rows_stand_apart():
    """Figures taken from RICardo, and they alone, are in the file under its licence."""
    from_ricardo = {source.id for source in jpus.sources if source.license == "ODbL-1.0"}
    dataset = packaged()

    assert from_ricardo
    for figure in jpus.trade_figures:
        own_file = dataset.file_of("trade_figures", figure.id) == "trade_figures.ricardo.json"
        assert own_file == (figure.citation.source in from_ricardo), figure.id


def test_manifest():
    """The manifest names the day of the data."""
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))

    assert jpus.data_version == manifest["data_version"]
