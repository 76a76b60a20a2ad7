"""Searching, whatever the names and the text."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import build

from jpus.dataset import Officials
from jpus.search import names, readings, search

SYLLABLES = ("ka", "shi", "tō", "mu", "rō", "ne", "ichi", "yū", "ben", "go")
words = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4).map("".join)
people = st.lists(st.tuples(words, words), min_size=1, max_size=8)


def officials(pairs: list[tuple[str, str]]) -> Officials:
    records = [
        {"id": f"person-{number}", "family": family.capitalize(), "given": given_name.capitalize(), "country": "JP"}
        for number, (family, given_name) in enumerate(pairs)
    ]
    return build({"officials": records}).officials


@functools.cache
def small() -> Officials:
    return build().officials


@given(pairs=people, data=st.data())
def test_a_name_however_written(pairs: list[tuple[str, str]], data: st.DataObject):
    """Order, case and the spelling of long vowels do not keep a name from its record, nor from the first places."""
    collection = officials(pairs)
    person = data.draw(st.sampled_from(list(collection)))
    parts = data.draw(st.permutations([person.family, person.given]))
    text = data.draw(st.sampled_from([" ", ", ", "  "])).join(parts)
    long_o, long_u = (
        data.draw(st.sampled_from(["ō", "o", "ou", "oo", "Ō"])),
        data.draw(st.sampled_from(["ū", "u", "uu"])),
    )
    text = text.replace("ō", long_o).replace("ū", long_u)
    text = data.draw(st.sampled_from([str.upper, str.lower, str.title, str.swapcase, str]))(text)
    found = search(collection, text)
    same = [one for one in collection if sorted([one.family, one.given]) == sorted([person.family, person.given])]

    assert person in found
    assert all(one in found for one in same)


@given(text=st.text(max_size=40), fuzzy=st.booleans())
def test_any_text(text: str, fuzzy: bool):  # noqa: FBT001
    """A text gives records of the collection, each once and always the same, or has nothing to search for."""
    if not readings(text):
        with pytest.raises(ValueError, match="no letter and no digit"):
            search(small(), text, fuzzy=fuzzy)
        return
    found = search(small(), text, fuzzy=fuzzy)

    assert len(found) == len({one.id for one in found})
    assert all(one in list(small()) for one in found)
    assert found == search(small(), text, fuzzy=fuzzy)


@given(text=st.text(alphabet="abehiorstuyō- ", min_size=1, max_size=12).filter(readings))
def test_fuzzy_only_adds(text: str):
    """What a plain search finds, a fuzzy one finds first and in the same order."""
    plain = search(small(), text)

    assert plain == search(small(), text, fuzzy=True)[: len(plain)]


@given(text=st.text(max_size=40))
def test_readings_are_final(text: str):
    """To read a reading again changes nothing."""
    for reading in readings(text):
        assert (reading,) == readings(" ".join(reading))


@given(pairs=people)
def test_every_name_is_found(pairs: list[tuple[str, str]]):
    """No record is lost from its own collection."""
    collection = officials(pairs)
    for person in collection:
        for name in names(person):
            assert person in search(collection, name)
