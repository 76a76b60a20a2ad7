"""The JSON Schemas take every valid file and no damaged one."""

from __future__ import annotations

import copy
import itertools
import json
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from importlib_resources import files
from jsonschema import Draft202012Validator
from small import data

from jpus import UnknownIdError
from jpus.loading import collection_of, files_of
from jpus.models import COLLECTIONS, Citation, Claim, Coverage, Meeting, Official, Term, Treaty
from jpus.quantities import Quantity
from jpus.schemas import DIALECT, documented, fields_of, schema, summary

SMALL = data()
VALIDATORS = {name: Draft202012Validator(schema(name)) for name in COLLECTIONS}


def small(collection: str, place: int = 0) -> dict[str, Any]:
    return copy.deepcopy(SMALL[collection][place])


def is_valid(collection: str, *records: object) -> bool:
    return VALIDATORS[collection].is_valid(list(records))


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_is_a_schema(collection):
    """Each is itself valid, names its dialect, and describes an array of objects."""
    made = schema(collection)

    Draft202012Validator.check_schema(made)
    assert DIALECT == made["$schema"]
    assert "array" == made["type"]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_takes_small_records(collection):
    """Records that keep every rule are valid."""
    assert [] == [error.message for error in VALIDATORS[collection].iter_errors(SMALL[collection])]


PACKAGED = {entry.name: entry for entry in files_of(files("jpus") / "data")[0]}


@pytest.mark.parametrize("name", PACKAGED)
def test_takes_packaged_files(name):
    """Every data file of the package is valid."""
    validator = VALIDATORS[collection_of(name)]

    assert [] == [error.message for error in validator.iter_errors(json.loads(PACKAGED[name].read_bytes()))]


def objects(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths to all objects in a record, to itself too."""
    if isinstance(value, dict):
        yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from objects(child, (*path, key))


def at(record: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        record = record[step]
    return record


EVERY_KEY = [
    (collection, place, path, key)
    for collection, records in SMALL.items()
    for place, record in enumerate(records)
    for path in objects(record)
    for key in at(record, path)
]


@pytest.mark.parametrize(
    "other", [None, 17.5, [17.5], {"x": "y"}, ""], ids=["null", "number", "array", "object", "empty text"]
)
def test_every_key_refuses_another_type(other):
    """No key of any record takes null, a broken number, an array or object of something else, or an empty text."""
    taken = []
    for collection, place, path, key in EVERY_KEY:
        record = small(collection, place)
        at(record, path)[key] = other
        if is_valid(collection, record):
            taken.append((collection, path, key))

    assert [] == taken


def test_every_key_refuses_another_name():
    """No object takes a key that its model does not have."""
    taken = []
    for collection, place, path, key in EVERY_KEY:
        record = small(collection, place)
        holder = at(record, path)
        holder[key + "s"] = holder[key]
        if is_valid(collection, record):
            taken.append((collection, path, key))

    assert [] == taken


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_refuses_what_lacks_a_required_key(collection):
    """A record without any one of its required keys is not valid."""
    required = schema(collection)["$defs"][COLLECTIONS[collection].__name__]["required"]

    assert required
    for key in required:
        record = small(collection)
        del record[key]
        assert not is_valid(collection, record), key


@pytest.mark.parametrize("model", COLLECTIONS.values())
def test_required_is_what_has_no_default(model):
    """The keys that the loader asks for are those that the schema asks for."""
    name = next(name for name, kind in COLLECTIONS.items() if kind is model)
    wanted = [field.name for field in attrs.fields(model) if field.default is attrs.NOTHING]

    assert wanted == schema(name)["$defs"][model.__name__]["required"]


DATES = ["1951", "1951-09", "1951-09-08", "1952-02-29", "0001", "9999-12-31"]
NO_DATES = [
    "", "51", "19510", "1951-9", "1951-13", "1951-00", "1951-02-30", "1951-04-31", "1951-09-00", "1951-09-32",
    "1951/09", "19510908", "0000", "0000-01-01", "1951-09-08T00:00", " 1951", "１９５１",
]  # fmt: skip


@pytest.mark.parametrize("date", DATES)
def test_takes_dates(date):
    """Years, months and days."""
    assert is_valid("treaties", {**small("treaties"), "signed": date})


@pytest.mark.parametrize("date", NO_DATES)
def test_refuses_no_dates(date):
    """What is no date, or none in this form."""
    assert not is_valid("treaties", {**small("treaties"), "signed": date})


@pytest.mark.parametrize("period", [*DATES, "2019-04/2020-03"])
def test_takes_periods(period):
    """Dates, and two with a stroke between."""
    assert is_valid("trade_figures", {**small("trade_figures"), "time_period": period})


@pytest.mark.parametrize("period", [*NO_DATES, "2019-04/", "/2020", "2019/2020/2021", "2019-04/2020-13"])
def test_refuses_no_periods(period):
    """What is no period."""
    assert not is_valid("trade_figures", {**small("trade_figures"), "time_period": period})


@pytest.mark.parametrize("value", ["", "1e3", "1,000", "01", "+1", ".5", "1.", "NaN", "--1", " 1"])
def test_refuses_no_decimals(value):
    """What is not written in plain digits."""
    record = small("trade_figures")
    record["quantity"]["value"] = value

    assert not is_valid("trade_figures", record)


@pytest.mark.parametrize("id", ["", "Treaty-1951", "treaty_1951", "treaty--1951", "-treaty", "treaty-", "tr eaty", "é"])
@pytest.mark.parametrize(("collection", "key"), [("treaties", "id"), ("meetings", "part_of"), ("claims", "source")])
def test_refuses_no_ids(collection, key, id):
    """What is not lower-case words with hyphens between, in an id and in what refers to one."""
    assert not is_valid(collection, {**small(collection), key: id})


@pytest.mark.parametrize(
    ("collection", "key", "value"),
    [
        ("treaties", "kind", "pact"),
        ("treaties", "subject", "Security"),
        ("meetings", "status", "cancelled"),
        ("trade_figures", "freq", "Q"),
        ("claims", "qualifier", "roughly"),
        ("offices", "country", "Japan"),
        ("sources", "url", "ftp://example.org"),
        ("offices", "single_seat", "true"),
        ("treaties", "parties", {"country": "JP"}),
        ("officials", "aliases", [""]),
        ("initiatives", "partners", ["JP", "usa"]),
    ],
)
def test_refuses_other_words(collection, key, value):
    """Words that a field does not know, codes that are none, and a member where several belong."""
    assert not is_valid(collection, {**small(collection), key: value})


def test_describes_every_field():
    """Each property says what the docstring in the models says, without its markup."""
    properties = schema("meetings")["$defs"]["Meeting"]["properties"]

    assert "`in_person`, `video` or `telephone`." == properties["format"]["description"]
    for name, definition in itertools.chain.from_iterable(schema(name)["$defs"].items() for name in COLLECTIONS):
        for key, entry in definition.get("properties", {}).items():
            assert entry["description"].endswith("."), (name, key)


def test_says_defaults():
    """A property that may be left out says what it then is, but for None and nothing."""
    properties = schema("meetings")["$defs"]["Meeting"]["properties"]

    assert "held" == properties["status"]["default"]
    assert "default" not in properties["place"]
    assert "default" not in properties["topics"]


def test_unknown_collection():
    """An unknown collection is told with those that there are."""
    with pytest.raises(UnknownIdError, match=r"no 'treaty' in collections; near: officials, .*, treaties"):
        schema("treaty")


@pytest.mark.parametrize(
    ("model", "name", "many", "optional", "choices", "pattern"),
    [
        (Official, "terms", True, False, (), None),
        (Official, "aliases", True, False, (), None),
        (Official, "given", False, True, (), None),
        (Term, "role", False, False, ("substantive", "acting", "ad_interim"), None),
        (Term, "office", False, False, (), "[a-z0-9]+(-[a-z0-9]+)*"),
        (Coverage, "complete", False, False, (), None),
        (Quantity, "resolution", False, True, (), r"-?(0|[1-9][0-9]*)(\.[0-9]+)?"),
        (Claim, "value", False, False, (), None),
        (Treaty, "amends", True, False, (), "[a-z0-9]+(-[a-z0-9]+)*"),
        (Meeting, "country", False, True, (), "([A-Z]{2}|IAEA)"),
    ],
)
def test_fields_taken_apart(model, name, many, optional, choices, pattern):
    """A field says whether it holds several, may be None, which words it takes, and what its text looks like."""
    (field,) = (field for field in fields_of(model) if field.name == name)

    assert (many, optional, choices, pattern) == (field.many, field.optional, field.choices, field.pattern)


def test_documented():
    """Fields and properties, each on one line; what has no docstring is a mistake of ours."""
    assert {"source": "The id of the source.", "locator": documented(Citation)["locator"]} == documented(Citation)
    assert documented(Quantity)["low"].startswith("The least amount that fits the statement")
    assert "A source, and the spot in it." == summary(Citation)
    with pytest.raises(AssertionError, match="name has no docstring"):
        documented(Bare)


@attrs.frozen
class Bare:
    """A model whose field nobody described."""

    name: str

    @property
    def shout(self) -> str:
        return self.name.upper()
