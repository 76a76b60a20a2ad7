"""The editors' tools: a template for a record, files in canonical form, a data change fact by fact."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import attrs

from jpus.dates import PartialDate, Period
from jpus.errors import DataError, JpusError
from jpus.loading import collection_of, encode, read_bytes, read_file, read_folder, to_json
from jpus.models import COLLECTIONS

if TYPE_CHECKING:
    import pathlib

    from jpus.models import Record


def template(collection: str) -> str:
    """A record with every field, each saying what goes there; leave out what no source states.

    Raises:
        JpusError: When there is no such collection.

    >>> print(template("sources").splitlines()[1])
     "id": "TEXT",
    """
    if collection not in COLLECTIONS:
        raise JpusError(f"no collection {collection!r}: there are {', '.join(COLLECTIONS)}")
    return json.dumps(_blank(COLLECTIONS[collection]), ensure_ascii=False, indent=1)


def _blank(kind: Any) -> Any:
    origin, parts = get_origin(kind), [part for part in get_args(kind) if part not in {type(None), ...}]
    if attrs.has(kind) and kind not in {PartialDate, Period}:
        return {field.name: _blank(field.type) for field in attrs.fields(attrs.resolve_types(kind))}
    if origin is tuple:
        return [_blank(parts[0])]
    if origin is Literal:
        return " | ".join(parts)
    if parts:
        return _blank(parts[0])
    names = {PartialDate: "YYYY-MM-DD | YYYY-MM | YYYY", Period: "YYYY | YYYY-MM | YYYY-MM/YYYY-MM", bool: True, int: 0}
    return names.get(kind, "TEXT" if kind is str else "DIGITS")


def reformatted(paths: Iterable[pathlib.Path]) -> Iterator[tuple[pathlib.Path, bytes]]:
    """The data files among files and folders that are not in canonical form, with what they should hold.

    Raises:
        DataError: When a file cannot be read.
    """
    for path in _data_files(paths):
        content = read_bytes(path)
        collection = collection_of(path.name)
        assert collection is not None
        records, problems = read_file(content, collection, path.name)
        if problems:
            raise DataError(problems)
        wanted = encode(records)
        if wanted != content:
            yield path, wanted


def _data_files(paths: Iterable[pathlib.Path]) -> Iterator[pathlib.Path]:
    for path in paths:
        if path.is_dir():
            yield from (entry for entry in sorted(path.iterdir()) if collection_of(entry.name))
        elif collection_of(path.name):
            yield path
        else:
            raise JpusError(f"{path} is no data file: those are {', '.join(f'{name}.json' for name in COLLECTIONS)}")


def changes(old: pathlib.Path, new: pathlib.Path) -> Iterator[str]:
    """What changed from one data folder to another, a line a fact.

    Raises:
        DataError: When a file of either cannot be read.
    """
    before, _, problems = read_folder(old)
    after, _, more = read_folder(new)
    if problems or more:
        raise DataError([*problems, *more])
    for collection in COLLECTIONS:
        left, right = before.get(collection, {}), after.get(collection, {})
        for id in sorted({*left, *right}):
            if id not in right:
                yield f"- {collection}: {id}: {left[id]}"
            elif id not in left:
                yield f"+ {collection}: {id}: {right[id]}"
            elif left[id] != right[id]:
                yield from (f"~ {collection}: {id}: {line}" for line in _fields(left[id], right[id]))


def _fields(left: Record, right: Record) -> Iterator[str]:
    one, other = to_json(left), to_json(right)
    for field in dict.fromkeys([*one, *other]):
        if one.get(field) != other.get(field):
            yield f"{field}: {_short(one.get(field))} -> {_short(other.get(field))}"


def _short(value: object) -> str:
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False)
