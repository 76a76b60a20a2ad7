"""From JSON files to records and back: nothing coerced, every problem told at once.

Codes of the problems found here: F01 the file cannot be read, F02 a key that the model does not have, F03 a key that
is missing, F04 a value of another type or form, F05 an id that stands twice, F06 not a data file.
"""

from __future__ import annotations

import functools
import json
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, Union, get_args, get_origin

import attrs

from jpus.dates import PartialDate, Period
from jpus.errors import DataError, ParseError, Problem
from jpus.models import COLLECTIONS
from jpus.quantities import decimal_of

if TYPE_CHECKING:
    from cattrs import Converter
    from importlib_resources.abc import Traversable

    from jpus.models import Record

GENERATED: Final = frozenset({"datapackage.json", "manifest.json"})
"""JSON files of a data folder that hold no records."""
MAX_BYTES: Final = 64 * 1024 * 1024
"""A larger file is refused unread."""

Reader: TypeAlias = Callable[[Any], Any]
"""What turns a JSON value into one of a type; it raises an exception on a value of another."""

# --- a value of each type ------------------------------------------------------------------------------------------


def _text(value: object) -> str:
    if type(value) is not str:
        raise ParseError("is not a text")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ParseError("has half a surrogate pair") from error
    return value


def _exactly(wanted: type, name: str) -> Reader:
    def read(value: object) -> object:
        if type(value) is not wanted:
            raise ParseError(f"is not {name}")
        return value

    return read


def _literal(target: Any) -> Reader:
    words = {word: word for word in get_args(target)}

    def read(value: object) -> str:
        if type(value) is not str or value not in words:
            raise ParseError(f"is none of {', '.join(words)}")
        return words[value]

    return read


def _from_text(parse: Callable[[str], Any]) -> Reader:
    # Figures and dates repeat all through the data: equal texts share one value.
    kept = functools.lru_cache(maxsize=1 << 15)(parse)

    def read(value: object) -> object:
        if type(value) is not str:
            raise ParseError("is not a text")
        return kept(value)

    return read


_PLAIN: Final[dict[Any, Reader]] = {
    str: _text,
    int: _exactly(int, "a whole number"),
    bool: _exactly(bool, "true or false"),
    Decimal: _from_text(decimal_of),
    PartialDate: _from_text(PartialDate.parse),
    Period: _from_text(Period.parse),
}


def _is_optional(kind: object) -> bool:
    return get_origin(kind) in {Union, types.UnionType}


def _without_none(kind: object) -> Any:
    (inner,) = (part for part in get_args(kind) if part is not type(None))
    return inner


# --- records: the quick way ----------------------------------------------------------------------------------------


@functools.cache
def _reader(kind: Any) -> Reader:
    """The reader of a type: quick, and it does not say where in the value it stumbles.

    What it reads, `_converter` reads to the same; what it refuses goes to that for an account of everything wrong.
    """
    if kind in _PLAIN:
        return _PLAIN[kind]
    if attrs.has(kind):
        return _record_reader(kind)
    if get_origin(kind) is tuple:
        return _array_reader(get_args(kind)[0])
    return _literal(kind) if get_origin(kind) is Literal else _reader(_without_none(kind))


def _record_reader(kind: Any) -> Reader:
    readers = {field.name: _reader(field.type) for field in attrs.fields(attrs.resolve_types(kind))}

    def read(value: Any) -> Any:
        return kind(**{key: readers[key](part) for key, part in value.items()})

    return read


def _array_reader(kind: Any) -> Reader:
    inner = _reader(kind)

    def read(value: object) -> tuple[Any, ...]:
        if type(value) is not list:
            raise ParseError("is not an array")
        return tuple([inner(part) for part in value])

    return read


# --- records: the thorough way -------------------------------------------------------------------------------------


def _hook(reader: Reader) -> Callable[[object, object], Any]:
    return lambda value, _: reader(value)


def _optional(target: Any, converter: Converter) -> Callable[[object, object], Any]:
    inner = _without_none(target)
    handler = converter.get_structure_hook(inner)

    def structure(value: object, _: object) -> Any:
        if value is None:
            raise ParseError("is null: leave the key out")
        return handler(value, inner)

    return structure


def _array(target: Any, converter: Converter) -> Callable[[object, object], Any]:
    inner = list[get_args(target)[0]]  # type: ignore[misc]
    handler = converter.get_structure_hook(inner)

    def structure(value: object, _: object) -> Any:
        if type(value) is not list:
            raise ParseError("is not an array")
        return tuple(handler(value, inner))

    return structure


def _object(target: Any, converter: Converter) -> Callable[[object, object], Any]:
    from cattrs.gen import make_dict_structure_fn

    handler = make_dict_structure_fn(attrs.resolve_types(target), converter, _cattrs_forbid_extra_keys=True)

    def structure(value: object, kind: object) -> Any:
        if type(value) is not dict:
            raise ParseError("is not an object")
        return handler(value, kind)

    return structure


@functools.cache
def _converter() -> Converter:
    """What tells everything that is wrong with a record, and writes records; imported when there is need of it."""
    from cattrs import Converter
    from cattrs.gen import make_dict_unstructure_fn

    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    converter.register_structure_hook_factory(attrs.has, _object)
    for kind, reader in _PLAIN.items():
        converter.register_structure_hook(kind, _hook(reader))
    converter.register_structure_hook_factory(lambda kind: get_origin(kind) is tuple, _array)
    converter.register_structure_hook_factory(lambda kind: get_origin(kind) is Literal, lambda kind: _hook(_literal(kind)))
    converter.register_structure_hook_factory(_is_optional, _optional)
    converter.register_unstructure_hook_factory(
        attrs.has,
        lambda kind: make_dict_unstructure_fn(attrs.resolve_types(kind), converter, _cattrs_omit_if_default=True),
    )
    converter.register_unstructure_hook(PartialDate, str)
    converter.register_unstructure_hook(Period, str)
    converter.register_unstructure_hook(Decimal, lambda number: f"{number:f}")
    return converter


# --- files ---------------------------------------------------------------------------------------------------------


def decode(content: bytes, file: str) -> tuple[list[object], list[Problem]]:
    """The values of a JSON array, and the keys that stand twice in an object of it.

    Raises:
        DataError: When the bytes are not an array in JSON and UTF-8.

    >>> decode(b'[1, {"a": 2}]', "x.json")
    ([1, {'a': 2}], [])
    """
    problems: list[Problem] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        table = dict(pairs)
        if len(table) < len(pairs):
            keys = [key for key, _ in pairs]
            record = table.get("id")
            for key in sorted({key for key in keys if keys.count(key) > 1}):
                name = _clip(record) if type(record) is str else ""
                problems.append(Problem(file, name, _clip(key), "", f"the key {_clip(key)!r} stands twice", "F01"))
        return table

    def refuse(constant: str) -> object:
        raise ParseError(f"{constant} is not a JSON number")

    message = ""
    value: object = None
    try:
        value = json.loads(content.decode("utf-8"), object_pairs_hook=once, parse_constant=refuse)
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 at byte {error.start}"
    except json.JSONDecodeError as error:
        message = f"is not JSON: {error}"
    except RecursionError:
        message = "is nested too deeply"
    except ValueError as error:  # NaN, and whole numbers of thousands of digits
        message = str(error)
    if message:
        raise DataError([Problem(file, "", "", "", message, "F01")])
    if type(value) is not list:
        raise DataError([Problem(file, "", "", _clip(value), "is not an array of records", "F01")])
    return value, problems


def structure(value: object, kind: type, file: str, position: int) -> tuple[Any | None, list[Problem]]:
    """The record that a JSON value describes, or the problems that it has."""
    if type(value) is dict:
        try:
            return _reader(kind)(value), []
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            pass
    return _structure(value, kind, file, position)


def _structure(value: object, kind: type, file: str, position: int) -> tuple[Any | None, list[Problem]]:
    from cattrs.errors import ClassValidationError

    try:
        return _converter().structure(value, kind), []
    except (ClassValidationError, ParseError) as error:
        id = value.get("id") if type(value) is dict else None
        record = id if type(id) is str and id else f"record {position}"
        return None, list(_problems(error, value, file, _clip(record).strip("'\""), ""))


def _problems(error: Exception, value: Any, file: str, record: str, path: str) -> Iterator[Problem]:
    from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError

    if isinstance(error, (ClassValidationError, IterableValidationError)):
        located, plain = error.group_exceptions()
        for inner, note in located:
            key = getattr(note, "name", None)
            step = f".{key}" if key is not None else f"[{note.index}]"  # type: ignore[union-attr]
            if isinstance(inner, KeyError) and key is not None and key not in value:
                yield Problem(file, record, (path + step).lstrip("."), "", "is missing", "F03")
            else:
                part = value[key] if key is not None else value[note.index]  # type: ignore[union-attr]
                yield from _problems(inner, part, file, record, path + step)
        for inner in plain:
            yield from _problems(inner, value, file, record, path)
    elif isinstance(error, ForbiddenExtraKeysError):
        known = ", ".join(field.name for field in attrs.fields(error.cl))
        for key in sorted(error.extra_fields):
            field = f"{path}.{key}".lstrip(".")
            yield Problem(file, record, field, _clip(value[key]), f"is no field of {error.cl.__name__}: {known}", "F02")
    else:
        yield Problem(file, record, path.lstrip("."), _clip(value), str(error), "F04")


def _clip(value: object) -> str:
    text = value if type(value) is str else repr(value)
    text = text.encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= 80 else f"{text[:60]}... ({len(text)} characters)"


def read_file(content: bytes, collection: str, file: str) -> tuple[list[Record], list[Problem]]:
    """The good records of a file, and the problems of the bad ones."""
    try:
        values, problems = decode(content, file)
    except DataError as error:
        return [], list(error.problems)
    kind = COLLECTIONS[collection]
    records: list[Record] = []
    seen: set[str] = set()
    for position, value in enumerate(values):
        record, found = structure(value, kind, file, position)
        problems += found
        if record is None:
            continue
        if record.id in seen:
            problems.append(Problem(file, record.id, "id", record.id, "stands twice", "F05"))
        seen.add(record.id)
        records.append(record)
    return records, problems


def collection_of(name: str) -> str | None:
    """The collection whose records a file of that name holds: ``claims.json`` and ``claims.treaties.json``.

    >>> collection_of("claims.treaties.json")
    'claims'
    >>> collection_of("notes.json") is None
    True
    """
    stem, _, suffix = name.rpartition(".")
    collection = stem.partition(".")[0]
    return collection if suffix == "json" and collection in COLLECTIONS else None


def files_of(folder: Traversable, collection: str | None = None) -> tuple[list[Traversable], list[Problem]]:
    """The data files of a folder, in order, and what else in it looks like one but is not."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        return [], [Problem(str(folder), "", "", "", f"cannot be listed: {error.strerror or error}", "F06")]
    files: list[Traversable] = []
    problems: list[Problem] = []
    for entry in entries:
        if not entry.name.endswith(".json") or entry.name in GENERATED or entry.name.startswith("."):
            continue
        owner = collection_of(entry.name)
        if owner is None:
            names = ", ".join(f"{name}.json" for name in COLLECTIONS)
            problems.append(Problem(entry.name, "", "", "", f"is no data file: those are {names}", "F06"))
        elif collection in {None, owner}:
            files.append(entry)
    return files, problems


def read_folder(
    folder: Traversable, collection: str | None = None
) -> tuple[dict[str, dict[str, Record]], dict[str, str], list[Problem]]:
    """The records of a folder by collection and id, the file each id is in, and every problem of every file.

    Args:
        folder: A directory, or a packaged one (`importlib_resources.files`).
        collection: Read only this collection's files.
    """
    files, problems = files_of(folder, collection)
    found: dict[str, dict[str, Record]] = {}
    origin: dict[str, str] = {}
    for entry in files:
        owner = collection_of(entry.name)
        assert owner is not None
        try:
            content = _bytes(entry)
        except OSError as error:
            problems.append(Problem(entry.name, "", "", "", f"cannot be read: {error.strerror or error}", "F01"))
            continue
        records, faults = read_file(content, owner, entry.name)
        problems += faults
        table = found.setdefault(owner, {})
        for record in records:
            if record.id in table and origin[record.id] != entry.name:
                text = f"stands in {origin[record.id]} too"
                problems.append(Problem(entry.name, record.id, "id", record.id, text, "F05"))
            table[record.id] = record
            origin[record.id] = entry.name
    return found, origin, problems


def _bytes(entry: Traversable) -> bytes:
    with entry.open("rb") as stream:
        content: bytes = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise OSError(f"it is larger than {MAX_BYTES} bytes")
    return content


def to_json(record: Record | Term | Citation) -> dict[str, Any]:
    """The record as JSON values: fields in order, those that hold their default left out.

    >>> from jpus.models import Citation
    >>> to_json(Citation(source="x", locator="p1"))
    {'source': 'x', 'locator': 'p1'}
    """
    value: dict[str, Any] = _converter().unstructure(record)
    return value


def encode(records: Iterable[Record]) -> bytes:
    """The canonical bytes of a data file: sorted by id, one space of indent, UTF-8, a newline at the end.

    >>> encode([]).decode().splitlines()
    ['[]']
    """
    values = [to_json(record) for record in sorted(records, key=lambda record: record.id)]
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def merged(base: Mapping[str, Record], overlay: Mapping[str, Record]) -> dict[str, Record]:
    """The base with the records of the overlay put over it, sorted by id."""
    both = {**base, **overlay}
    return {id: both[id] for id in sorted(both)}
