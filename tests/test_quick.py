"""The quick ways answer as the plain ones do."""

from __future__ import annotations

import gc
import json
import pathlib
import threading
from decimal import Decimal
from typing import Any

import attrs
import pytest
from small import SMALL, build, data, record, write

from jpus import DataError, PartialDate, loading
from jpus.models import COLLECTIONS
from jpus.spans import Span, Spans


def thoroughly(values: list[Any], collection: str) -> list[Any]:
    made = [loading.structure(value, COLLECTIONS[collection], "x.json", 0) for value in values]
    assert [] == [problem for _, problems in made for problem in problems]
    return [one for one, _ in made]


@pytest.mark.parametrize("collection", list(SMALL))
def test_read_quickly(collection: str):
    """Good records are read quickly, and to the same as they are thoroughly: equal, of equal hash, and as frozen."""
    content = json.dumps(SMALL[collection], ensure_ascii=False).encode()
    quick = loading._read_quickly(content, COLLECTIONS[collection])
    thorough = thoroughly(SMALL[collection], collection)

    assert thorough == quick
    assert [hash(one) for one in thorough] == [hash(one) for one in quick]
    assert [loading.to_json(one) for one in thorough] == [loading.to_json(one) for one in quick]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        quick[0].id = "other"


@pytest.mark.parametrize("collection", list(SMALL))
def test_packaged_quickly(collection: str):
    """Every packaged file is read quickly."""
    for file in pathlib.Path(loading.__file__).with_name("data").glob("*.json"):
        if loading.collection_of(file.name) == collection:
            assert loading._read_quickly(file.read_bytes(), COLLECTIONS[collection]) is not None, file.name


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[",
        b"[5]",
        b"[[]]",
        b"[null]",
        b"\xff",
        b"[" * 100_000,
        b'[{"id": "a", "family": "A", "family": "B"}]',
        b'[{"id": "a", "family": "A"}, {"id": "a", "family": "A"}]',
        b'[{"id": "a", "family": "\\ud800"}]',
        b'[{"id": "a"}]',
        b'[{"id": "a", "family": null}]',
        b'[{"id": "a", "family": "A", "nmae": "A"}]',
        b'[{"id": "a", "family": "A", "terms": "A"}]',
        b'[{"id": "a", "family": "A", "terms": [[["id", "x"]]]}]',
        b'[{"id": "a", "family": "A", "aliases": [5]}]',
        b'[{"id": "a", "family": "A", "born": []}]',
        b'[{"id": "a", "family": "A", "born": "1900-02-30"}]',
        b'[{"id": [], "family": "A"}]',
    ],
    ids=lambda content: repr(content[:60]),
)
def test_not_read_quickly(content: bytes):
    """What is not good goes the thorough way."""
    assert loading._read_quickly(content, COLLECTIONS["officials"]) is None


def test_garbage_is_collected_again():
    """Reading leaves the garbage collector as it was."""
    for before in (True, False):
        (gc.enable if before else gc.disable)()
        try:
            loading.read_file(b"[5]", "officials", "x.json")
            after = gc.isenabled()
        finally:
            gc.enable()

        assert before is after


def folder(tmp_path: pathlib.Path, content: Any) -> Any:
    return write(content, tmp_path / "data")


def test_open_folder(tmp_path: pathlib.Path):
    """The records of all files of a collection are there in order of their ids; the same one each time."""
    content = data()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sources.more.json").write_text(json.dumps([{**content["sources"][0], "id": "aaa"}]))
    records, origin = loading.open_folder(folder(tmp_path, content), "sources")

    assert sorted(["aaa", *(value["id"] for value in content["sources"])]) == list(records)
    assert ("sources.more.json", "sources.json") == (origin["aaa"], origin["blog-2021"])
    assert len(content["sources"]) + 1 == len(records)
    assert records["aaa"] is records["aaa"] is next(iter(records.values()))
    assert list(records.values()) == [records[id] for id in records]
    assert records.get("no-such-source") is None


def test_open_folder_without_files(tmp_path: pathlib.Path):
    """A collection without a file has no records."""
    records, origin = loading.open_folder(tmp_path, "sources")

    assert (0, {}) == (len(records), origin)


def test_one_for_all_threads(tmp_path: pathlib.Path):
    """All threads are given the same object."""
    path = folder(tmp_path, data())
    for _ in range(20):
        records, _ = loading.open_folder(path, "sources")
        start = threading.Barrier(8)
        found: list[object] = []

        def take(records=records, start=start, found=found):
            start.wait()
            found.append(records["blog-2021"])

        threads = [threading.Thread(target=take) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert 8 == len(found)
        assert 1 == len({id(one) for one in found})


def test_what_is_wrong_inside(tmp_path: pathlib.Path):
    """A good record can be had; a bad one, and all together, tell every problem of the collection."""
    content = data()
    record(content, "security-1951")["kind"] = "pact"
    records, _ = loading.open_folder(folder(tmp_path, content), "treaties")

    assert "security-1960" == records["security-1960"].id
    for ask in (lambda: records["security-1951"], records.values):
        with pytest.raises(DataError) as caught:
            ask()
        assert [("security-1951", "kind")] == [(problem.record, problem.field) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("{", "F01"),
        ("[5]", "F04"),
        ('[{"family": "A"}]', "F03"),
        ('[{"id": 5, "family": "A"}, {"id": "x", "family": "A"}]', "F04"),
        ('[{"id": [], "family": "A"}]', "F04"),
        ('[{"id": "x", "family": "A"}, {"id": "x", "family": "A"}]', "F05"),
        ('[{"id": "x", "family": "\\ud800"}]', "F04"),
    ],
)
def test_what_is_wrong_with_files(tmp_path: pathlib.Path, content: str, rule: str):
    """A file that cannot be taken apart is told of at once."""
    (tmp_path / "officials.json").write_text(content)

    with pytest.raises(DataError) as caught:
        loading.open_folder(tmp_path, "officials")
    assert {rule} == {problem.rule for problem in caught.value.problems}


def test_escapes(tmp_path: pathlib.Path):
    """A file whose letters are escaped is good too."""
    (tmp_path / "officials.json").write_text('[{"id": "x", "family": "\\u014cta"}]')
    records, origin = loading.open_folder(tmp_path, "officials")

    assert ("Ōta", "officials.json") == (records["x"].family, origin["x"])


def test_a_folder_that_is_not_there(tmp_path: pathlib.Path):
    """It is told of at once."""
    with pytest.raises(DataError, match="cannot be listed"):
        loading.open_folder(tmp_path / "none", "officials")


def test_a_file_that_cannot_be_read(tmp_path: pathlib.Path):
    """It is told of at once."""
    (tmp_path / "officials.json").mkdir()

    with pytest.raises(DataError, match="cannot be read"):
        loading.open_folder(tmp_path, "officials")


@pytest.mark.parametrize(
    ("collection", "field", "wanted"),
    [
        ("treaties", "subject", "security"),
        ("treaties", "signed", "1960-01-19"),
        ("treaties", "signed", PartialDate(1960, 1, 19)),
        ("treaties", "signed_at", None),
        ("trade_figures", "time_period", "2020"),
        ("claims", "resolution", "1000"),
        ("claims", "resolution", 1000),
        ("claims", "resolution", 1000.0),
        ("claims", "resolution", Decimal(1000)),
        ("offices", "single_seat", True),
        ("offices", "single_seat", 1),
        ("offices", "single_seat", "True"),
        ("treaties", "amends", ()),
        ("treaties", "amends", []),
        ("treaties", "title", "no such"),
    ],
    ids=repr,
)
def test_where_like_a_scan(collection: str, field: str, wanted: object):
    """An index finds what a scan finds."""
    records = getattr(build(), collection)

    def fits(value: object) -> bool:
        return value == wanted or (
            isinstance(wanted, str) and not isinstance(value, (str, bool)) and str(value) == wanted
        )

    assert [one for one in records if fits(getattr(one, field))] == list(records.where(**{field: wanted}))


def test_where_several():
    """Fields, functions and tests are all kept to."""
    figures = build().trade_figures

    found = figures.where(
        lambda one: one.quantity.unit == "USD", time_period="2020", flow="exports", scope=lambda scope: scope != "goods"
    )

    assert ["goods_and_services", "services"] == sorted(one.scope for one in found)


def test_spans_over_long_ones():
    """One that holds for ever does not make the others be looked at."""
    spans = Spans([(Span(0, 10**7, 0, 10**7), "ever"), *((Span(day, day, day, day), day) for day in range(1, 5000))])

    assert ["ever", 4000] == [item for _, item in spans.meeting(4000, 4000)]
    assert ["ever"] == [item for _, item in spans.meeting(6000, 6001)]
    assert [] == Spans([]).meeting(0, 1)
