"""From JSON files to records and back: nothing coerced, every problem told at once.

Codes of the problems found here: F01 the file cannot be read, F02 a key that the model does not have, F03 a key that
is missing, F04 a value of another type or form, F05 an id that stands twice, F06 not a data file.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import threading
import types
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, ValuesView
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

    from jpus.models import Citation, Record, Term

GENERATED: Final = frozenset({"datapackage.json", "manifest.json"})
"""JSON files of a data folder that hold no records."""
MAX_BYTES: Final = 64 * 1024 * 1024
"""A larger file is refused unread."""

# --- the thorough way: everything that is wrong is told ------------------------------------------------------------


def _text(value: object, _: object) -> str:
    if type(value) is not str:
        raise ParseError("is not a text")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ParseError("has half a surrogate pair") from error
    return value


def _exactly(wanted: type, name: str) -> Callable[..., Any]:
    def structure(value: object, _: object = None) -> Any:
        if type(value) is not wanted:
            raise ParseError(f"is not {name}")
        return value

    return structure


def _by(parse: Callable[[str], Any]) -> Callable[[object, object], Any]:
    def structure(value: object, _: object) -> Any:
        if type(value) is not str:
            raise ParseError("is not a text")
        return parse(value)

    return structure


def _without_none(kind: object) -> Any:
    (inner,) = (part for part in get_args(kind) if part is not type(None))
    return inner


def _optional(target: Any, converter: Converter) -> Callable[[object, object], Any]:
    inner = _without_none(target)
    handler = converter.get_structure_hook(inner)

    def structure(value: object, _: object) -> Any:
        if value is None:
            raise ParseError("is null: leave the key out")
        return handler(value, inner)

    return structure


def _literal(target: Any) -> Callable[[object, object], Any]:
    allowed = get_args(target)

    def structure(value: object, _: object) -> Any:
        if type(value) is not str or value not in allowed:
            raise ParseError(f"is none of {', '.join(allowed)}")
        return value

    return structure


def _array(target: Any, converter: Converter) -> Callable[[object, object], Any]:
    inner: Any = types.GenericAlias(list, get_args(target)[0])
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


def _made_of(*origins: object) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) in origins


@functools.cache
def _converter() -> Converter:
    """What tells all that is wrong with a record, and writes records; cattrs is imported when there is need of it."""
    from cattrs import Converter
    from cattrs.gen import make_dict_unstructure_fn

    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _exactly(int, "a whole number"))
    converter.register_structure_hook(bool, _exactly(bool, "true or false"))
    converter.register_structure_hook(Decimal, _by(decimal_of))
    converter.register_structure_hook_factory(attrs.has, _object)
    converter.register_structure_hook(PartialDate, _by(PartialDate.parse))
    converter.register_structure_hook(Period, _by(Period.parse))
    converter.register_structure_hook_factory(_made_of(tuple), _array)
    converter.register_structure_hook_factory(_made_of(Literal), _literal)
    converter.register_structure_hook_factory(_made_of(Union, types.UnionType), _optional)
    converter.register_unstructure_hook_factory(
        attrs.has,
        lambda kind: make_dict_unstructure_fn(attrs.resolve_types(kind), converter, _cattrs_omit_if_default=True),
    )
    converter.register_unstructure_hook(PartialDate, str)
    converter.register_unstructure_hook(Period, str)
    converter.register_unstructure_hook(Decimal, lambda number: f"{number:f}")
    return converter


def _refuse(constant: str) -> object:
    raise ParseError(f"{constant} is not a JSON number")


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

    message = ""
    value: object = None
    try:
        value = json.loads(content.decode("utf-8"), object_pairs_hook=once, parse_constant=_refuse)
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
            step = f".{key}" if key is not None else f"[{note.index}]"
            if isinstance(inner, KeyError) and key is not None and key not in value:
                yield Problem(file, record, (path + step).lstrip("."), "", "is missing", "F03")
            else:
                part = value[key] if key is not None else value[note.index]
                yield from _problems(inner, part, file, record, path + step)
        for inner in plain:
            yield from _problems(inner, value, file, record, path)
    elif isinstance(error, ForbiddenExtraKeysError):
        known = ", ".join(field.name for field in attrs.fields(error.cl))
        for key in sorted(error.extra_fields):
            field = f"{path}.{_clip(key)}".lstrip(".")
            yield Problem(file, record, field, _clip(value[key]), f"is no field of {error.cl.__name__}: {known}", "F02")
    else:
        yield Problem(file, record, path.lstrip("."), _clip(value), str(error), "F04")


def _clip(value: object, length: int = 80) -> str:
    """A value as a message can show it: every letter printable by any stream, and not too many of them."""
    try:
        text = value if type(value) is str else repr(value)
    except RecursionError:
        text = "(nested too deeply to be shown)"
    if len(text) > length:
        text = f"{text[: length - 20]}... ({len(text)} characters)"
    return text.encode("utf-8", "backslashreplace").decode()


# --- the quick way: good records, or nothing -----------------------------------------------------------------------

Reader: TypeAlias = Callable[[Any], Any]
"""What turns a JSON value into one of a type; on any other value it raises."""

_UNFIT: Final = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
_QUICK: Final[dict[Any, Reader]] = {
    str: str.__str__,  # raises on what is no text
    int: _exactly(int, "a whole number"),
    bool: _exactly(bool, "true or false"),
    # Figures and dates repeat all through the data: equal texts share one value.
    Decimal: functools.lru_cache(maxsize=1 << 15)(decimal_of),
    PartialDate: PartialDate.parse,
    Period: functools.lru_cache(maxsize=1 << 13)(Period.parse),
}


@functools.cache
def _reader(kind: Any) -> Reader:
    if kind in _QUICK:
        return _QUICK[kind]
    if attrs.has(kind):
        return _record_reader(kind)
    if get_origin(kind) is tuple:
        return _array_reader(get_args(kind)[0])
    if get_origin(kind) is Literal:
        return {word: word for word in get_args(kind)}.__getitem__
    return _reader(_without_none(kind))


def _record_reader(kind: Any) -> Reader:
    """A reader of records, written out for their fields as attrs and cattrs write out theirs.

    It sets the slots of a new record one by one: a loop over the fields and then the frozen class's own ``__init__``
    take twice as long. So it must do all that ``__init__`` does.
    """
    fields = attrs.fields(attrs.resolve_types(kind))
    names = frozenset(field.name for field in fields)
    known: dict[str, Any] = {"kind": kind, "new": object.__new__, "names": names}
    lines = ["if type(value) is not dict or not names.issuperset(value): raise TypeError", "record = new(kind)"]
    for field in fields:
        assert field.init
        assert field.converter is field.validator is None
        assert not isinstance(field.default, attrs.Factory)  # type: ignore[arg-type]
        name = field.name
        known |= {f"read_{name}": _reader(field.type), f"set_{name}": getattr(kind, name).__set__}
        made = f"read_{name}(value[{name!r}])"
        if field.default is not attrs.NOTHING:
            known[f"default_{name}"] = field.default
            made += f" if {name!r} in value else default_{name}"
        lines += [f"set_{name}(record, {made})"]
    if hasattr(kind, "__attrs_post_init__"):
        lines += ["record.__attrs_post_init__()"]
    exec("\n ".join(["def read(value):", *lines, "return record"]), known)  # noqa: S102 (all names are the models')
    reader: Reader = known["read"]
    return reader


def _array_reader(kind: Any) -> Reader:
    inner = _reader(kind)

    def read(values: object) -> tuple[Any, ...]:
        if type(values) is not list:
            raise TypeError("is not an array")
        return tuple([inner(value) for value in values])

    return read


@contextlib.contextmanager
def uncollected() -> Generator[None]:
    """Without the garbage collector: it would search all that is made here again and again, and there are no cycles."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise ParseError("a key stands twice")
    return table


_decode: Final = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse).decode


@uncollected()
def _read_quickly(content: bytes, kind: type) -> list[Record] | None:
    """The records of a file in which all is well; None of any other, and where half a surrogate pair may be."""
    if b"\\u" in content:
        return None
    read = _reader(kind)
    try:
        values = _decode(content.decode("utf-8"))
        if type(values) is not list:
            return None
        records = [read(value) for value in values]
    except _UNFIT:
        return None
    return records if len({record.id for record in records}) == len(records) else None


# How a file in canonical form begins, goes on from record to record, and ends. No text in JSON has the end of a line in
# it, so these stand nowhere else. A part is what stands between two of them.
_FIRST: Final = b'[\n {\n  "id": "'
_NEXT: Final = b'\n },\n {\n  "id": "'
_LAST: Final = b"\n }\n]\n"


def _apart(content: bytes) -> dict[str, bytes] | None:
    """The part of each record in a file in canonical form, by id; None of any other file."""
    if b"\\u" in content or not (content.startswith(_FIRST) and content.endswith(_LAST)):
        return None
    parts = content.split(_NEXT)
    parts[0] = parts[0].removeprefix(_FIRST)
    parts[-1] = parts[-1].removesuffix(_LAST)
    try:
        table = {part[: part.find(b'"')].decode("utf-8"): part for part in parts}
    except UnicodeDecodeError:
        return None
    return table if len(table) == len(parts) else None


class Unread(Mapping[str, "Record"]):
    """Records by id, each made from its part of a file when it is first asked for.

    Args:
        parts: The part of each record: see `_apart`; records take their places.
        kind: What they are.
        account: Tells the problems of all of them; asked when one cannot be made.
    """

    def __init__(self, parts: dict[str, Any], kind: type, account: Callable[[], Iterable[Problem]]) -> None:
        self._records = parts
        self._read = _reader(kind)
        self._account = account
        self._lock = threading.Lock()
        self._whole = False

    def __getitem__(self, id: str) -> Record:
        found = self._records[id]
        if type(found) is bytes:
            # Under a lock, so that all threads have the same object.
            with self._lock:
                self._make([id] if type(self._records[id]) is bytes else [])
            found = self._records[id]
        record: Record = found
        return record

    def _make(self, ids: list[str]) -> None:
        try:
            content = _FIRST + _NEXT.join([self._records[id] for id in ids]) + _LAST if ids else b"[]"
            records = [self._read(value) for value in _decode(content.decode("utf-8"))]
            if [record.id for record in records] != ids:
                raise ParseError("what looks like the first line of a record is none")
        except _UNFIT as error:
            form = Problem("", "", "", "", "a file is not in canonical form: python -m jpus format", "F06")
            raise DataError(list(self._account()) or [form]) from error
        self._records.update(zip(ids, records, strict=True))

    def values(self) -> ValuesView[Record]:
        """All records, made by now.

        Raises:
            DataError: When one cannot be made, with the problems of all.
        """
        if not self._whole:
            with self._lock, uncollected():
                self._make([id for id, found in self._records.items() if type(found) is bytes])
            self._whole = True
        return self._records.values()

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


# --- files ---------------------------------------------------------------------------------------------------------


def read_file(content: bytes, collection: str, file: str) -> tuple[list[Record], list[Problem]]:
    """The good records of a file, and the problems of the bad ones."""
    good = _read_quickly(content, COLLECTIONS[collection])
    if good is not None:
        return good, []
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
            problems.append(Problem(file, _clip(record.id), "id", _clip(record.id), "stands twice", "F05"))
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


def _unlisted(folder: Traversable, why: str) -> Problem:
    return Problem(_clip(str(folder), 400), "", "", "", f"cannot be listed: {_clip(why)}", "F06")


def files_of(folder: Traversable, collection: str | None = None) -> tuple[list[Traversable], list[Problem]]:
    """The data files of a folder, in order, and what else in it looks like one but is not."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        return [], [_unlisted(folder, error.strerror or str(error))]
    except ValueError as error:  # a path that no system has
        return [], [_unlisted(folder, str(error))]
    files: list[Traversable] = []
    problems: list[Problem] = []
    for entry in entries:
        if not entry.name.endswith(".json") or entry.name in GENERATED or entry.name.startswith("."):
            continue
        owner = collection_of(entry.name)
        if owner is None:
            names = ", ".join(f"{name}.json" for name in COLLECTIONS)
            problems.append(Problem(_clip(entry.name), "", "", "", f"is no data file: those are {names}", "F06"))
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
        name = _clip(entry.name)
        try:
            content = read_bytes(entry)
        except DataError as error:
            problems += error.problems
            continue
        records, faults = read_file(content, owner, name)
        problems += faults
        table = found.setdefault(owner, {})
        for record in records:
            if record.id in table and origin[record.id] != name:
                id, text = _clip(record.id), f"stands in {origin[record.id]} too"
                problems.append(Problem(name, id, "id", id, text, "F05"))
            table[record.id] = record
            origin[record.id] = name
    return found, origin, problems


def open_files(
    contents: Iterable[tuple[str, bytes]], collection: str, folder: Callable[[], Traversable]
) -> tuple[Mapping[str, Record], dict[str, str]]:
    """The records of data files by id, made when they are asked for, and the file that each is in.

    Args:
        contents: Name and bytes of each file.
        collection: The collection that they are of.
        folder: Gives the folder that they stand in, which is read as a whole when they are not in canonical form.

    Raises:
        DataError: When a file is not in order; what is wrong inside a record may be told only when it is asked for.
    """
    parts: dict[str, bytes] = {}
    origin: dict[str, str] = {}
    for name, content in contents:
        found = _apart(content)
        if found is None or not parts.keys().isdisjoint(found):
            return _read_whole(folder(), collection)
        parts |= found
        origin |= dict.fromkeys(found, name)
    in_order = dict(sorted(parts.items()))
    return Unread(in_order, COLLECTIONS[collection], lambda: read_folder(folder(), collection)[2]), origin


def _read_whole(folder: Traversable, collection: str) -> tuple[Mapping[str, Record], dict[str, str]]:
    found, origin, problems = read_folder(folder, collection)
    if problems:
        raise DataError(problems)
    records = found.get(collection, {})
    return {id: records[id] for id in sorted(records)}, origin


def read_bytes(entry: Traversable) -> bytes:
    """The bytes of a data file.

    Raises:
        DataError: When it is no file, cannot be read, or is larger than `MAX_BYTES`.
    """
    content = b""
    try:
        # A pipe might be waited for, a device might never end.
        why = "" if entry.is_file() else "it is no file"
        if not why:
            with entry.open("rb") as stream:
                content = stream.read(MAX_BYTES + 1)
            if len(content) > MAX_BYTES:
                why = f"it is larger than {MAX_BYTES} bytes"
    except OSError as error:
        why = error.strerror or str(error)
    if why:
        raise DataError([Problem(_clip(entry.name), "", "", "", f"cannot be read: {why}", "F01")])
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
