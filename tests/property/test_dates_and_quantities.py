"""What holds for every date and every amount."""

from __future__ import annotations

import contextlib
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from jpus import ParseError, PartialDate, Quantity
from jpus.strategies import partial_dates, quantities

dates = partial_dates()


@given(dates)
def test_round_trip(date: PartialDate):
    """What is written is read again."""
    assert date == PartialDate.parse(str(date))


@given(dates, dates)
def test_order(one: PartialDate, other: PartialDate):
    """The listing order is total, agrees with equality, and never contradicts what is certain."""
    assert (one < other) + (other < one) + (one == other) == 1
    if one.is_before(other):
        assert one < other


@given(dates, dates)
def test_certainty(one: PartialDate, other: PartialDate):
    """Before and after are mirror images, never both, and both False only where the two share a single day."""
    assert one.is_before(other) == other.is_after(one)
    assert not (one.is_before(other) and other.is_before(one))
    if one.is_before(other) or other.is_before(one):
        assert not one.meets(other)


@given(dates, dates, dates)
def test_interval_algebra(one: PartialDate, other: PartialDate, third: PartialDate):
    """Meeting is symmetric and reflexive; containing is a partial order and implies meeting."""
    assert one.meets(one)
    assert one.contains(one)
    assert one.meets(other) == other.meets(one)
    if one.contains(other):
        assert one.meets(other)
        assert not other.contains(one) or one == other
        if other.contains(third):
            assert one.contains(third)


@given(st.text(max_size=60))
def test_any_text(text: str):
    """Any text is a date or a ParseError, and an amount or a ParseError."""
    with contextlib.suppress(ParseError):
        assert text == str(PartialDate.parse(text))
    try:
        found = Quantity.parse(text)
    except ParseError:
        return
    assert found.value.is_finite()


@given(quantities())
def test_value_within(quantity: Quantity):
    """The value is within what it commits to, and the bounds are in order."""
    assert quantity.low is None or quantity.low <= quantity.value
    assert quantity.high is None or quantity.value <= quantity.high


@given(
    st.integers(1, 10**15),
    st.integers(0, 13),
    st.sampled_from(["exact", "about"]),
)
def test_rounding_is_never_contradicted(true: int, zeros: int, qualifier: str):
    """A true amount rounded at any resolution lies within what the rounded figure commits to."""
    step = Decimal(10) ** zeros
    rounded = (Decimal(true) / step).quantize(Decimal(1)) * step
    assume(rounded)
    stated = Quantity(value=rounded, unit="USD", qualifier=qualifier, resolution=step)
    low, high = stated.low, stated.high
    assert low is not None
    assert high is not None

    assert low <= true <= high


@given(
    st.integers(1, 9999),
    st.sampled_from(["thousand", "million", "billion", "trillion"]),
    st.sampled_from(["", "over ", "about ", "nearly "]),
)
def test_scaling_changes_nothing(number: int, scale: str, hedge: str):
    """An amount in words of scale is the amount in digits, with the same bounds."""
    power = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}[scale]
    words = Quantity.parse(f"{hedge}${number:,} {scale}")
    digits = Quantity.parse(f"{hedge}${number * 10**power:,}")

    assert (words.value, words.low, words.high, words.resolution) == (
        digits.value,
        digits.low,
        digits.high,
        digits.resolution,
    )
