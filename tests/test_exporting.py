"""What is exported is what the data is, and other tools can tell."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import pathlib
import re
from typing import Any

import pytest
from frictionless import validate
from importlib_resources import files
from jsonschema import Draft202012Validator
from small import build, data, write

import jpus
from jpus import DataError, Dataset, JpusError
from jpus.dataset import packaged
from jpus.exporting import ANY, LICENSED, export, exported, generated, manifest
from jpus.loading import read_folder
from jpus.models import COLLECTIONS

RICARDO = "us-exports-goods-2020-01-bureau-2021"
PACKAGED = files("jpus") / "data"


def from_folder(folder: pathlib.Path) -> Dataset:
    found, origin, problems = read_folder(folder)
    assert not problems, problems
    return Dataset(lambda name: (found.get(name, {}), origin), version="2026-11-21")


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    """The small data with one figure in the file that is under another licence, and a meeting with an outcome."""
    content = data()
    (moved,) = (figure for figure in content["trade_figures"] if figure["id"] == RICARDO)
    content["trade_figures"].remove(moved)
    content["trade_figures.ricardo"] = [moved]
    content["meetings"][0]["outcomes"] = ["energy-partnership-2017"]
    content["officials"][0]["external_ids"] = [{"scheme": "wikidata", "value": "Q\r\n\"1\", 'é'"}]
    return from_folder(write(content, tmp_path_factory.mktemp("data")))


@pytest.fixture
def folder(dataset, tmp_path):
    """A directory to which the data was exported."""
    export(dataset, tmp_path / "new" / "out")
    return tmp_path / "new" / "out"


def faults(folder: pathlib.Path) -> list[tuple[str, str, str]]:
    """What frictionless finds: the resource, the type of the error, and what it says."""
    report = validate(str(folder / "datapackage.json"))
    found = [(task.name, error.type, error.message) for task in report.tasks for error in task.errors]
    return [*found, *(("", error.type, error.message) for error in report.errors)]


def package(folder: pathlib.Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return read


def resources(folder: pathlib.Path) -> dict[str, dict[str, Any]]:
    return {resource["name"]: resource for resource in package(folder)["resources"]}


def rows(path: pathlib.Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# --- the export ------------------------------------------------------------------------------------------------------


def test_export_writes_what_it_names(dataset, tmp_path):
    """Every file is named, in order, and none stands there that is not; the same data gives the same bytes."""
    written = export(dataset, tmp_path / "out")

    assert list(exported(dataset)) == [path.relative_to(tmp_path / "out").as_posix() for path in written]
    assert sorted(written) == sorted(path for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert written == export(dataset, tmp_path / "out")
    assert list(exported(dataset).values()) == [path.read_bytes() for path in written]


def test_every_file_is_described(folder):
    """The package names every file of data, its size and its hash."""
    described = {resource["path"]: resource for resource in package(folder)["resources"]}

    assert {path.name for path in folder.iterdir() if path.is_file()} - {"datapackage.json"} == set(described)
    for name, resource in described.items():
        content = (folder / name).read_bytes()
        assert len(content) == resource["bytes"], name
        assert f"sha256:{hashlib.sha256(content).hexdigest()}" == resource["hash"], name


def test_frictionless_finds_nothing(folder):
    """The package is valid, its foreign keys are kept."""
    assert [] == faults(folder)


def test_packaged_data_is_valid(tmp_path):
    """All that is packaged is a valid Data Package too, its foreign keys kept."""
    export(packaged(), tmp_path)

    assert [] == faults(tmp_path)


FOREIGN_KEYS = [
    ("claims", "source"),
    ("claims", "subject"),
    ("disagreements", "subject"),
    ("indicators", "source"),
    ("meetings", "part_of"),
    ("meetings_citations", "meeting"),
    ("meetings_citations", "source"),
    ("meetings_outcomes", "outcomes"),
    ("meetings_participants", "meeting"),
    ("meetings_participants", "official"),
    ("officials_external_ids", "official"),
    ("officials_terms", "office"),
    ("officials_terms", "official"),
    ("officials_terms_citations", "source"),
    ("officials_terms_citations", "term"),
    ("sources", "derived_from"),
    ("trade_figures", "source"),
    ("trade_figures_ricardo", "source"),
    ("treaties_parties", "treaty"),
    ("treaties_registrations", "treaty"),
    ("treaties_supersedes", "supersedes"),
]


def test_frictionless_finds_dangling_ids(folder):
    """An id that is nowhere breaks the foreign key of its column."""
    change(folder, [(table, column, "no-such") for table, column in FOREIGN_KEYS])
    found = {(table, kind, re.findall(r'for "(\w+)"', message)[0]) for table, kind, message in faults(folder)}

    assert {(table, "foreign-key", column) for table, column in FOREIGN_KEYS} == found


BAD_CELLS = [
    ("treaties", "signed", "1951-13", "constraint-error"),
    ("treaties", "signed_earliest", "1951-13-01", "type-error"),
    ("treaties", "kind", "pact", "constraint-error"),
    ("treaties", "title", "", "constraint-error"),
    ("treaties", "parties", "", "constraint-error"),
    ("meetings", "start_latest", "", "constraint-error"),
    ("offices", "single_seat", "maybe", "type-error"),
    ("offices", "country", "Japan", "constraint-error"),
    ("trade_figures", "value", "many", "type-error"),
    ("officials_terms", "position", "0", "constraint-error"),
    ("records", "collection", "people", "constraint-error"),
]


def test_frictionless_finds_bad_cells(folder):
    """A cell of another type or form, and an empty one where a value must stand."""
    change(folder, [(table, column, value) for table, column, value, _ in BAD_CELLS])
    found = {(table, kind, re.findall(r'field "(\w+)"', message)[0]) for table, kind, message in faults(folder)}

    assert {(table, kind, column) for table, column, _, kind in BAD_CELLS} == found


def test_frictionless_finds_two_of_one_id(folder):
    """A row is named by its id, and one of an inner table without ids by its holder and its place."""
    other_term = "motegi-toshimitsu-jp-foreign-2019"
    change(
        folder,
        [("sources", "id", "blog-2021"), ("treaties_parties", "position", "2"), ("officials_terms", "id", other_term)],
    )
    found = {table for table, kind, _ in faults(folder) if kind == "primary-key"}

    assert {"sources", "treaties_parties", "officials_terms"} == found


def change(folder: pathlib.Path, cells: list[tuple[str, str, str]]) -> None:
    """Change cells of an export: of each table and column the first that has something in it."""
    for table, column, value in cells:
        path = folder / f"{table}.csv"
        read = rows(path)
        next(row for row in read if row[column])[column] = value
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(read[0]))
            writer.writeheader()
            writer.writerows(read)
    described = package(folder)
    for resource in described["resources"]:
        del resource["hash"], resource["bytes"]
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")


def test_foreign_keys(folder):
    """They name the resource, but where it is their own: then they must not."""
    found = {
        (name, key["fields"][0], key["reference"].get("resource"), key["reference"]["fields"][0])
        for name, resource in resources(folder).items()
        for key in resource.get("schema", {}).get("foreignKeys", ())
    }

    assert ("officials_terms", "office", "offices", "id") in found
    assert ("officials_terms_citations", "term", "officials_terms", "id") in found
    assert ("claims", "subject", ANY, "id") in found
    assert {("meetings", "part_of", None, "id"), ("sources", "derived_from", None, "id")} == {
        key for key in found if key[2] is None
    }
    assert set(FOREIGN_KEYS) <= {(name, column) for name, column, _, _ in found}


def test_licenses(folder):
    """The figures of the file under ODbL stand in resources of their own, and nothing else is under it."""
    named = {name: [license["name"] for license in one["licenses"]] for name, one in resources(folder).items()}

    assert {"trade_figures_ricardo", "trade_figures.ricardo.json"} == {
        name for name, licenses in named.items() if licenses == ["ODbL-1.0"]
    }
    assert {"CC0-1.0", "ODbL-1.0"} == {license for licenses in named.values() for license in licenses}
    assert ["CC0-1.0", "ODbL-1.0"] == [license["name"] for license in package(folder)["licenses"]]
    assert [RICARDO] == [row["id"] for row in rows(folder / "trade_figures_ricardo.csv")]
    assert RICARDO not in {row["id"] for row in rows(folder / "trade_figures.csv")}
    assert {"trade_figures.ricardo.json": "ODbL-1.0"} == LICENSED


def test_no_resource_without_its_rows():
    """Without such figures there is no such resource; a collection without records is there all the same."""
    files_of_small = exported(build())

    assert "trade_figures_ricardo.csv" not in files_of_small
    assert "trade_figures.ricardo.json" not in files_of_small
    assert 1 == files_of_small["exceptions_citations.csv"].count(b"\r\n")


def test_csv_form(dataset):
    """RFC 4180: UTF-8, a line end of two characters, quotes where they are needed; plain digits and ISO dates."""
    content = exported(dataset)["officials_external_ids.csv"]
    figures = list(csv.DictReader(io.StringIO(exported(dataset)["trade_figures.csv"].decode(), newline="")))

    assert b'official,position,scheme,value\r\nhayashi-yoshimasa,1,wikidata,"Q\r\n""1"", \'\xc3\xa9\'"\r\n' == content
    assert {"64100000000"} == {row["value"] for row in figures if row["id"] == "us-exports-goods-2020-bureau-2021"}
    assert {"2020-01-01"} == {row["time_period_earliest"] for row in figures if row["time_period"] == "2020"}
    assert {"true"} == {
        row["single_seat"] for row in csv.DictReader(io.StringIO(exported(dataset)["offices.csv"].decode()))
    }


@pytest.mark.parametrize("name", COLLECTIONS)
def test_csv_is_the_flat_table(dataset, folder, name):
    """The columns and the rows are those of `to_dicts`."""
    collection = getattr(dataset, name)
    parts = ["trade_figures_ricardo", name] if name == "trade_figures" else [name]
    read = [row for part in parts for row in rows(folder / f"{part}.csv")]

    assert sorted(record.id for record in collection) == sorted(row["id"] for row in read)
    assert {tuple(row) for row in collection.to_dicts()} == {tuple(row) for row in read}
    for part in parts:
        fields = resources(folder)[part]["schema"]["fields"]
        assert list(read[0]) == [field["name"] for field in fields]
        assert all(field["description"] for field in fields)


def test_every_id_is_a_record(dataset, folder):
    """The table of ids has every record that may be spoken of, and every term, with its collection."""
    found = {row["id"]: row["collection"] for row in rows(folder / f"{ANY}.csv")}

    assert "officials" == found["hayashi-yoshimasa-jp-foreign-2021"]
    assert "sources" == found["bureau-2021"]
    assert {claim.id for claim in dataset.claims}.isdisjoint(found)
    assert all(dataset.collection_of(id) == collection for id, collection in found.items())


def test_json_is_read_again(dataset, folder):
    """The JSON files are data files of jpus: read again they are the same records, and their schemas take them."""
    again = from_folder(folder)

    for before, after in zip(dataset.collections, again.collections, strict=True):
        assert sorted(before, key=lambda record: record.id) == sorted(after, key=lambda record: record.id)
    for name, resource in resources(folder).items():
        if resource["format"] == "json":
            schema = json.loads((folder / resource["jsonSchema"]).read_bytes())
            assert Draft202012Validator(schema).is_valid(json.loads((folder / name).read_bytes())), name


def test_version(folder):
    """The package says of which day the data is."""
    assert ("2026-11-21", "2026-11-21T00:00:00Z") == (package(folder)["version"], package(folder)["created"])


# --- the generated files ---------------------------------------------------------------------------------------------


def test_packaged_files_are_current():
    """The generated files in the package are those that follow from its data files."""
    stale = [name for name, content in generated(PACKAGED).items() if (PACKAGED / name).read_bytes() != content]

    assert [] == stale


def test_packaged_hashes():
    """The manifest in the package names every data file, with its hash and the number of its records."""
    read = json.loads((PACKAGED / "manifest.json").read_bytes())

    assert jpus.data_version == read["data_version"]
    assert sum(map(len, (getattr(jpus, name) for name in COLLECTIONS))) == sum(
        entry["records"] for entry in read["files"].values()
    )
    for name, entry in read["files"].items():
        assert hashlib.sha256((PACKAGED / name).read_bytes()).hexdigest() == entry["sha256"], name


def test_generated(tmp_path):
    """The manifest, a package that frictionless takes, and a schema of each collection."""
    write(data(), tmp_path)
    made = generated(tmp_path, data_version="2026-11-21")
    for name, content in made.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)

    assert ["manifest.json", "datapackage.json", *(f"schema/{name}.json" for name in COLLECTIONS)] == list(made)
    assert [] == faults(tmp_path)
    assert made == generated(tmp_path)
    assert "2026-11-22" == json.loads(generated(tmp_path, data_version="2026-11-22")["manifest.json"])["data_version"]


def test_generated_package(tmp_path):
    """Each data file is a resource, with the schema of its collection and its licence."""
    (tmp_path / "claims.meetings.json").write_text("[]\n", encoding="utf-8")
    (tmp_path / "trade_figures.ricardo.json").write_text("[]\n", encoding="utf-8")
    described = json.loads(generated(tmp_path, data_version="2026-11-21")["datapackage.json"])["resources"]

    assert [
        ("claims.meetings.json", "schema/claims.json", "CC0-1.0", 3),
        ("trade_figures.ricardo.json", "schema/trade_figures.json", "ODbL-1.0", 3),
    ] == [(one["path"], one["jsonSchema"], one["licenses"][0]["name"], one["bytes"]) for one in described]


def test_generated_needs_the_day_of_the_data(tmp_path):
    """Without a manifest the day of the data must be said."""
    with pytest.raises(JpusError, match=r"has no manifest\.json: say the day of the data$"):
        generated(tmp_path)


@pytest.mark.parametrize(("name", "content"), [("notes.json", "[]"), ("meetings.json", "[")])
def test_generated_refuses(tmp_path, name, content):
    """What is no data file, or cannot be read, is told."""
    (tmp_path / name).write_text(content, encoding="utf-8")

    with pytest.raises(DataError, match=name):
        generated(tmp_path, data_version="2026-11-21")


def test_manifest():
    """The day of the data, and of each file the hash and the number of records."""
    assert {
        "data_version": "2026-11-21",
        "files": {"offices.json": {"sha256": hashlib.sha256(b"[{}, {}]").hexdigest(), "records": 2}},
    } == json.loads(manifest({"offices.json": b"[{}, {}]"}, "2026-11-21"))
