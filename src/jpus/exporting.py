"""The data as files for other tools: CSV and JSON with a Data Package, and the generated files of the data folder."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs

from jpus.dates import PartialDate
from jpus.errors import DataError, JpusError, ParseError
from jpus.loading import collection_of, decode, encode, files_of, read_bytes
from jpus.models import COLLECTIONS, REFERENCES, Term
from jpus.schemas import Field, documented, fields_of, schema, summary
from jpus.tables import PARENTS, Column, ColumnType, Part, Table, cell_text, flat, members, parts

if TYPE_CHECKING:
    import pathlib

    from importlib_resources.abc import Traversable

    from jpus.dataset import Collection, Dataset

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
"""The version of Data Package."""
TABLE_PROFILE: Final = "https://datapackage.org/profiles/2.0/tableschema.json"
"""The version of Table Schema."""
ANY: Final = "records"
"""The resource that has every id which may be spoken of from anywhere."""
LICENSES: Final = {
    "CC0-1.0": {
        "name": "CC0-1.0",
        "title": "CC0 1.0 Universal",
        "path": "https://creativecommons.org/publicdomain/zero/1.0/",
    },
    "ODbL-1.0": {
        "name": "ODbL-1.0",
        "title": "Open Data Commons Open Database License v1.0",
        "path": "https://opendatacommons.org/licenses/odbl/1-0/",
    },
}
"""The licences of the data, by SPDX identifier."""
LICENSED: Final = {"trade_figures.ricardo.json": "ODbL-1.0"}
"""Data files of another licence than `LICENSE`."""
LICENSE: Final = "CC0-1.0"
"""The licence of a data file that is not named in `LICENSED`."""

_TYPES: Final[dict[ColumnType, str]] = {
    "text": "string",
    "date": "date",
    "decimal": "number",
    "integer": "integer",
    "boolean": "boolean",
}


@attrs.frozen(kw_only=True)
class _Resource:
    """A table on its way to a file, with its Table Schema."""

    name: str
    description: str
    table: Table
    schema: dict[str, Any]
    license: str = LICENSE


def export(dataset: Dataset, directory: pathlib.Path) -> list[pathlib.Path]:
    """Write a Dataset as CSV and JSON files with a ``datapackage.json`` that describes them.

    Each collection is a CSV file of flat rows (see `jpus.tables`), what its records hold stands in files of its own
    (``treaties_parties.csv``), and ``records.csv`` names every id that others may refer to. The JSON files have the
    layout of jpus itself, so that `jpus.load` reads the directory.

    Args:
        dataset: The data.
        directory: Where to; it is made where it is not there, and files of the same names are written over.

    Returns:
        The files, in the order in which they were written.

    >>> import pathlib, tempfile
    >>> from jpus.dataset import packaged
    >>> with tempfile.TemporaryDirectory() as directory:
    ...     files = export(packaged(), pathlib.Path(directory))
    >>> files[0].name, files[-1].name
    ('officials.csv', 'datapackage.json')
    """
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in exported(dataset).items():
        path = directory / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        written.append(path)
    return written


def exported(dataset: Dataset) -> dict[str, bytes]:
    """The files of an export by name."""
    files: dict[str, bytes] = {}
    described = []
    for made in _resources(dataset):
        path = f"{made.name}.csv"
        files[path] = _csv(made.table)
        more = {"description": made.description, "format": "csv", "mediatype": "text/csv", "schema": made.schema}
        described.append(_resource(made.name, path, files[path], made.license, type="table", **more))
    for collection in dataset.collections:
        for name, records in _by_license(dataset, collection).items():
            files[name] = encode(records)
            described.append(_data_file(name, files[name]))
    return {**files, **_schemas(), "datapackage.json": _package(dataset.data_version, described)}


# --- tables ----------------------------------------------------------------------------------------------------------


def _resources(dataset: Dataset) -> Iterator[_Resource]:
    for collection in dataset.collections:
        columns = parts(collection.model)
        references = _references(part.field for part in columns if not part.field.many)
        for file, records in _by_license(dataset, collection).items():
            name = file.removesuffix(".json").replace(".", "_")
            yield _Resource(
                name=name,
                description=summary(collection.model),
                table=flat(collection.model, records),
                schema=_schema(name, list(map(_described, columns)), ["id"], references),
                license=LICENSED.get(file, LICENSE),
            )
        yield from _inner(collection.name, collection.model, list(collection))
    yield _ids(dataset)


def _by_license(dataset: Dataset, collection: Collection[Any]) -> dict[str, list[Any]]:
    """The records of a collection by the file that they go to: those of another licence to one of their own."""
    groups: dict[str, list[Any]] = {f"{collection.name}.json": []}
    for record in collection:
        file = dataset.file_of(collection.name, record.id)
        groups.setdefault(file if file in LICENSED else f"{collection.name}.json", []).append(record)
    return groups


def _inner(name: str, model: type, records: list[Any]) -> Iterator[_Resource]:
    """The tables of what records hold several of: records of their own, and ids of others."""
    for field in fields_of(model):
        if not field.many or (field.kind is str and (model, field.name) not in REFERENCES):
            continue
        inner, parent = f"{name}_{field.name}", PARENTS[model]
        described = [
            _field(Column(parent, "text"), f"The id of the {parent}.", required=True),
            _field(Column("position", "integer"), "The place in it, from 1.", required=True, minimum=1),
        ]
        if field.kind is str:
            described.append(_field(Column(field.name, "text"), field.description, required=True))
            references = _references([field])
        else:
            described += map(_described, parts(field.kind))
            references = _references(part.field for part in parts(field.kind))
        primary = ["id"] if field.kind is Term else [parent, "position"]
        yield _Resource(
            name=inner,
            description=field.description,
            table=members(records, field),
            schema=_schema(inner, described, primary, {parent: name, **references}),
        )
        if field.kind is not str:
            yield from _inner(inner, field.kind, [one for record in records for one in getattr(record, field.name)])


def _ids(dataset: Dataset) -> _Resource:
    """Every id that may be spoken of from anywhere, with the collection that it is found in."""
    ids = [
        (id, collection.name)
        for collection in dataset.collections
        for record in collection
        for id in (record.id, *(term.id for term in getattr(record, "terms", ())))
        if dataset.subject(id) is not None
    ]
    described = [
        _field(Column("id", "text"), "The id of a record or a term.", required=True),
        _field(Column("collection", "text"), "The collection that it is in.", required=True, enum=list(COLLECTIONS)),
    ]
    return _Resource(
        name=ANY,
        description="The ids that claims, disagreements and outcomes may name.",
        table=Table((Column("id", "text"), Column("collection", "text")), tuple(ids)),
        schema=_schema(ANY, described, ["id"], {}),
    )


def _csv(table: Table) -> bytes:
    """A table as RFC 4180 has it, in UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(column.name for column in table.columns)
    writer.writerows(map(cell_text, row) for row in table.rows)
    return text.getvalue().encode()


# --- Table Schema ----------------------------------------------------------------------------------------------------


def _schema(
    resource: str, fields: list[dict[str, Any]], primary: list[str], references: dict[str, str]
) -> dict[str, Any]:
    """A Table Schema: the columns, those that name a row, and the resources whose ids a column holds."""
    keys = [
        # By the standard a table does not name itself.
        {"fields": [name], "reference": {"fields": ["id"]} | ({"resource": other} if other != resource else {})}
        for name, other in references.items()
    ]
    return {"$schema": TABLE_PROFILE, "fields": fields, "primaryKey": primary, "foreignKeys": keys}


def _field(column: Column, description: str, **constraints: object) -> dict[str, Any]:
    given = {name: value for name, value in constraints.items() if value}
    described: dict[str, Any] = {"name": column.name, "type": _TYPES[column.type], "description": description}
    return {**described, "constraints": given} if given else described


def _described(part: Part) -> dict[str, Any]:
    """The column of a flat table, as Table Schema has it."""
    field = part.field
    if part.bound:
        text = f"{field.description} {documented(field.kind)[part.bound]}"
        return _field(part.column, text, required=part.column.type == "date" and not field.optional)
    if field.many:
        joined = part.column.type == "text"
        text = f"{field.description} {'Joined by semicolons.' if joined else 'How many.'}"
        return _field(part.column, text, required=not joined)
    return _field(
        part.column,
        field.description,
        required=not field.optional,
        enum=list(field.choices),
        pattern=field.pattern if part.column.type == "text" else None,
    )


def _references(fields: Iterable[Field]) -> dict[str, str]:
    """For each field that holds an id, the resource in which it stands."""
    return {
        field.name: REFERENCES[field.model, field.name] or ANY
        for field in fields
        if (field.model, field.name) in REFERENCES
    }


# --- Data Package ----------------------------------------------------------------------------------------------------


def _package(version: str, resources: list[dict[str, Any]]) -> bytes:
    return _json(
        {
            "$schema": PROFILE,
            "name": "jpus",
            "title": "Relations between Japan and the United States",
            "description": "Officials, meetings, treaties and trade figures, each with its sources and their claims.",
            "version": version,
            "created": f"{version}T00:00:00Z",
            "keywords": ["Japan", "United States", "diplomacy", "treaties", "trade"],
            "contributors": [{"title": "The jpus contributors"}],
            "licenses": list(LICENSES.values()),
            "resources": resources,
        }
    )


def _resource(name: str, path: str, content: bytes, license: str, **more: object) -> dict[str, Any]:
    return {
        "name": name,
        "path": path,
        **more,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{_sha256(content)}",
        "licenses": [LICENSES[license]],
    }


def _data_file(name: str, content: bytes) -> dict[str, Any]:
    """A data file of jpus as a resource; what it holds is nested, so that its form is a JSON Schema."""
    collection = collection_of(name)
    assert collection is not None
    return _resource(
        name,
        name,
        content,
        LICENSED.get(name, LICENSE),
        description=summary(COLLECTIONS[collection]),
        format="json",
        mediatype="application/json",
        jsonSchema=f"schema/{collection}.json",
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _schemas() -> dict[str, bytes]:
    return {f"schema/{name}.json": _json(schema(name)) for name in COLLECTIONS}


# --- the generated files of the data folder --------------------------------------------------------------------------


def manifest(contents: Mapping[str, bytes], data_version: str) -> bytes:
    """The ``manifest.json`` of a data folder: the day of the data, and of each file the hash and how many records.

    Args:
        contents: The bytes of each data file by name.
        data_version: The day of the data: ISO 8601.

    >>> print(manifest({"offices.json": b"[]"}, "2026-11-21").decode())  # doctest: +ELLIPSIS
    {
     "data_version": "2026-11-21",
     "files": {
      "offices.json": {
       "sha256": "4f53cda1...",
       "records": 0
      }
     }
    }
    <BLANKLINE>
    """
    files = {
        name: {"sha256": _sha256(content), "records": len(decode(content, name)[0])}
        for name, content in contents.items()
    }
    return _json({"data_version": data_version, "files": files})


def generated(folder: Traversable, *, data_version: str | None = None) -> dict[str, bytes]:
    """The files of a data folder that follow from its data files: ``manifest.json``, ``datapackage.json``, ``schema/``.

    Args:
        folder: The folder.
        data_version: The day of the data: ISO 8601; None keeps that of the ``manifest.json`` there.

    Raises:
        DataError: When a file is no data file, or cannot be read.
        JpusError: When neither data_version nor a ``manifest.json`` is there.
        ParseError: When the data version is no day.

    >>> from importlib_resources import files
    >>> sorted(generated(files("jpus") / "data"))[:2]
    ['datapackage.json', 'manifest.json']
    """
    entries, problems = files_of(folder)
    if problems:
        raise DataError(problems)
    contents = {entry.name: read_bytes(entry) for entry in entries}
    version = _version(folder) if data_version is None else data_version
    if PartialDate.parse(version).precision != "day":
        raise ParseError(f"the data version {version} is no day")
    return {
        "manifest.json": manifest(contents, version),
        "datapackage.json": _package(version, [_data_file(name, content) for name, content in contents.items()]),
        **_schemas(),
    }


def _version(folder: Traversable) -> str:
    path = folder / "manifest.json"
    if not path.is_file():
        raise JpusError(f"{folder} has no manifest.json: say the day of the data")
    version: str = json.loads(path.read_text(encoding="utf-8"))["data_version"]
    return version
