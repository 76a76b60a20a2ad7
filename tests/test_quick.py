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
from small import SMALL, build, data, record

from jpus import DataError, PartialDate, loading
from jpus import dataset as datasets
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


def canonical(values: list[Any]) -> str:
    """Records as they stand in a file in canonical form, whatever is wrong with them."""
    return json.dumps(sorted(values, key=lambda value: value["id"]), ensure_ascii=False, indent=1) + "\n"


def write_all(path: pathlib.Path, content: Any) -> pathlib.Path:
    path.mkdir(exist_ok=True)
    for name, values in content.items():
        (path / f"{name}.json").write_text(canonical(values), encoding="utf-8")
    return path


def opened(path: pathlib.Path, collection: str) -> Any:
    """The records of a collection's files in a folder."""
    files = [file for file in sorted(path.glob("*.json")) if loading.collection_of(file.name) == collection]
    return loading.open_files([(file.name, file.read_bytes()) for file in files], collection, lambda: path)


def test_open_files(tmp_path: pathlib.Path):
    """The records of all files of a collection are there in order of their ids; the same one each time."""
    content = data()
    write_all(tmp_path, content)
    (tmp_path / "sources.more.json").write_text(canonical([{**content["sources"][0], "id": "aaa"}]), encoding="utf-8")
    records, origin = opened(tmp_path, "sources")

    assert isinstance(records, loading.Unread)
    assert sorted(["aaa", *(value["id"] for value in content["sources"])]) == list(records)
    assert ("sources.more.json", "sources.json") == (origin["aaa"], origin["blog-2021"])
    assert len(content["sources"]) + 1 == len(records)
    assert records["aaa"] is records["aaa"] is next(iter(records.values()))
    assert list(records.values()) == [records[id] for id in records]
    assert records.get("no-such-source") is None


def test_open_files_of_none(tmp_path: pathlib.Path):
    """A collection without a file has no records."""
    records, origin = opened(tmp_path, "sources")

    assert (0, {}) == (len(records), origin)


def test_one_for_all_threads(tmp_path: pathlib.Path):
    """All threads are given the same object."""
    write_all(tmp_path, data())
    for _ in range(20):
        records, _ = opened(tmp_path, "sources")
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
    record(content, "security-1951").update(kind="pact", signed="1951-13")
    records, _ = opened(write_all(tmp_path, content), "treaties")

    assert "security-1960" == records["security-1960"].id
    for ask in (lambda: records["security-1951"], records.values):
        with pytest.raises(DataError) as caught:
            ask()
        assert [("security-1951", "kind"), ("security-1951", "signed")] == [
            (problem.record, problem.field) for problem in caught.value.problems
        ]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("{", "F01"),
        ("[5]", "F04"),
        ('[{"family": "A"}]', "F03"),
        ('[{"id": 5, "family": "A"}, {"id": "x", "family": "A"}]', "F04"),
        ('[{"id": [], "family": "A"}]', "F04"),
        ('[{"id": "x", "family": "A"}, {"id": "x", "family": "A"}]', "F05"),
        (canonical([{"id": "x", "family": "A"}, {"id": "x", "family": "A"}]), "F05"),
        ('[{"id": "x", "family": "\\ud800"}]', "F04"),
        ('[\n {\n  "id": "x",\n  "family": "\\ud800"\n }\n]\n', "F04"),
    ],
)
def test_what_is_wrong_with_files(tmp_path: pathlib.Path, content: str, rule: str):
    """A file that cannot be taken apart is told of at once."""
    (tmp_path / "officials.json").write_text(content)

    with pytest.raises(DataError) as caught:
        opened(tmp_path, "officials")
    assert {rule} == {problem.rule for problem in caught.value.problems}


@pytest.mark.parametrize(
    "content",
    [
        '[{"id": "x", "family": "\\u014cta"}]',
        '[\n {\n  "id": "x",\n  "family": "\\u014cta"\n }\n]\n',
        '[\n {\n  "family": "Ōta",\n  "id": "x"\n }\n]\n',
        '[{"id": "x", "family": "Ōta"}]',
    ],
    ids=["escaped", "canonical but escaped", "id last", "a single line"],
)
def test_other_forms(tmp_path: pathlib.Path, content: str):
    """A file in another form is good too; it is read at once."""
    (tmp_path / "officials.json").write_text(content, encoding="utf-8")
    records, origin = opened(tmp_path, "officials")

    assert ("Ōta", "officials.json") == (records["x"].family, origin["x"])


@pytest.mark.parametrize("letter", [b"A", b"x"], ids=["in a record", "in an id"])
def test_bytes_that_are_no_text(tmp_path: pathlib.Path, letter: bytes):
    """A file that is not UTF-8 is told of when a record of it is asked for, if not before."""
    content = canonical([{"id": "x", "family": "A"}]).encode().replace(letter, b"\xff")
    (tmp_path / "officials.json").write_bytes(content)

    with pytest.raises(DataError, match="is not UTF-8"):
        _ = opened(tmp_path, "officials")[0]["x"]


def test_an_id_in_two_files(tmp_path: pathlib.Path):
    """It is told of at once."""
    for name in ("officials.json", "officials.more.json"):
        (tmp_path / name).write_text(canonical([{"id": "x", "family": "A"}]))

    with pytest.raises(DataError, match=r"stands in officials\.json too"):
        opened(tmp_path, "officials")


@pytest.mark.parametrize(
    "content",
    [
        '[\n {\n  "id": "x\\t",\n  "family": "A"\n }\n]\n',
        '[\n {\n  "id": "x",\n  "family": "A",\n  "external_ids": [\n {\n "scheme": "a",\n "value": "b"\n },\n {\n  "id": "c"\n }]\n }\n]\n',
    ],
    ids=["an id with an escape", "what looks like a record"],
)
def test_what_looks_canonical(tmp_path: pathlib.Path, content: str):
    """A file that looks canonical, and is not, is no other than it says: it is told of."""
    (tmp_path / "officials.json").write_text(content)
    records, _ = opened(tmp_path, "officials")

    with pytest.raises(DataError):
        list(records.values())
    with pytest.raises(DataError):
        records[next(iter(records))]


@pytest.mark.parametrize("collection", list(SMALL))
def test_packaged_in_parts(collection: str):
    """Every packaged file can be taken apart, and a record read alone is the one that is read with all others."""
    for file in pathlib.Path(loading.__file__).with_name("data").glob("*.json"):
        if loading.collection_of(file.name) == collection:
            content = file.read_bytes()
            parts = loading._apart(content)
            records = loading._read_quickly(content, COLLECTIONS[collection])
            assert parts is not None
            assert records is not None
            assert [one.id for one in records] == list(parts)
            alone = loading.Unread(parts, COLLECTIONS[collection], list)
            assert records == [alone[id] for id in parts]


def test_a_packaged_file_that_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path):
    """What the manifest names and the package has not is told of."""
    monkeypatch.setattr(datasets, "_folder", lambda: tmp_path)

    with pytest.raises(DataError, match=r"^treaties\.json: cannot be read: No such file or directory \[F01\]$"):
        datasets._content("treaties.json")


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
