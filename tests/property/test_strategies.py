"""What holds for every record: it is written and read without loss, and keeps the rules that look at it alone."""

from __future__ import annotations

import itertools
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from jpus import Dataset, Official, PartialDate, Quantity, Treaty
from jpus.loading import encode, read_file, to_json
from jpus.models import COLLECTIONS
from jpus.rules import RULES
from jpus.schemas import schema
from jpus.strategies import STRATEGIES, officials, parties, quantities, terms, treaties
from jpus.tables import flat

COLLECTION_OF = {kind: name for name, kind in COLLECTIONS.items()}
VALIDATORS = {name: Draft202012Validator(schema(name)) for name in COLLECTIONS}
# Rules that look for what a record refers to, for the claims on it, or for the records around it.
AROUND = {"C05", "C06", "D01", "D02", "E01", "I03", "O03", "S01"}

records = pytest.mark.parametrize("kind", COLLECTIONS.values(), ids=list(COLLECTIONS))
everything = pytest.mark.parametrize("kind", STRATEGIES, ids=[kind.__name__ for kind in STRATEGIES])


@records
@given(data=st.data())
def test_round_trip(kind, data):
    """Written and read again a record is the same, and so are its bytes."""
    record = data.draw(STRATEGIES[kind]())
    content = encode([record])
    read, problems = read_file(content, COLLECTION_OF[kind], "file.json")

    assert [] == problems
    assert [record] == read
    assert content == encode(read)


@records
@given(data=st.data())
def test_is_valid(kind, data):
    """The JSON Schema of the collection takes it."""
    record = data.draw(STRATEGIES[kind]())

    assert [] == [error.message for error in VALIDATORS[COLLECTION_OF[kind]].iter_errors([to_json(record)])]


@records
@given(data=st.data())
def test_keeps_rules(kind, data):
    """It keeps every rule that needs nothing but the record."""
    record = data.draw(STRATEGIES[kind]())
    tables = {COLLECTION_OF[kind]: {record.id: record}}
    dataset = Dataset(lambda name: (tables.get(name, {}), {}), version="2100-01-01")

    assert [] == [str(problem) for code in RULES.keys() - AROUND for problem in RULES[code](dataset, record)]


@records
@given(data=st.data())
def test_is_a_row(kind, data):
    """It is one row of the flat table, and the columns are those of an empty one."""
    record = data.draw(STRATEGIES[kind]())
    made = flat(kind, [record])

    assert flat(kind, []).columns == made.columns
    assert [record.id] == [row["id"] for row in made]


@everything
@given(data=st.data())
def test_is_a_value(kind, data):
    """It hashes, and its copy by way of pickle equals it and hashes alike."""
    record = data.draw(STRATEGIES[kind]())
    copy: Any = pickle.loads(pickle.dumps(record))

    assert record == copy
    assert hash(record) == hash(copy)


@given(quantities())
def test_stated_parses(quantity: Quantity):
    """What is stated says what is recorded."""
    if quantity.stated is not None:
        read = Quantity.parse(quantity.stated, unit=quantity.unit)
        assert (quantity.value, quantity.unit, quantity.qualifier, quantity.resolution) == (
            read.value,
            read.unit,
            read.qualifier,
            read.resolution,
        )


def stand_in_order(*dates: PartialDate | None) -> bool:
    known = [date for date in dates if date is not None]
    return sorted(known) == known


@given(treaties())
def test_dates_of_treaties(treaty: Treaty):
    """Adopted, signed, in force and ended stand in order, also with what lies between; and so for each party."""
    assert stand_in_order(treaty.adopted, treaty.signed, treaty.in_force, treaty.ended)
    assert stand_in_order(treaty.adopted, treaty.signed, treaty.provisional_from, treaty.in_force)
    for party in treaty.parties:
        assert stand_in_order(treaty.adopted, party.signed, party.consent, party.in_force, party.ended)


@given(st.one_of(terms().map(lambda term: (term.start, term.end)), parties().map(lambda one: (one.signed, one.ended))))
def test_dates_of_parts(dates: tuple[PartialDate | None, PartialDate | None]):
    """A term and a party by itself are in order too."""
    assert stand_in_order(*dates)


@given(officials())
def test_dates_of_officials(official: Official):
    """A life holds the terms, each of which starts when the one before has ended or later."""
    assert stand_in_order(official.born, *(term.start for term in official.terms), official.died)
    for earlier, later in itertools.pairwise(official.terms):
        assert earlier.start == later.start or stand_in_order(earlier.start, earlier.end, later.start)
    for term in official.terms:
        assert stand_in_order(term.start, term.end, official.died)
