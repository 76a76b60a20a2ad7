"""Amounts as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jpus import ParseError, Quantity
from jpus.quantities import decimal_of

BILLION = 10**9

READ = [
    ("$183.6 billion", 183_600_000_000, "USD", "exact", 100_000_000),
    ("over $283 billion", 283 * BILLION, "USD", "over", BILLION),
    ("approximately $7.2 billion", 7_200_000_000, "USD", "about", 100_000_000),
    ("nearly 200", 200, "count", "nearly", 100),
    ("about 55,000", 55_000, "count", "about", 1000),
    ("US$1.2 trillion", 1200 * BILLION, "USD", "exact", 100 * BILLION),
    ("¥22.6 trillion", 22_600 * BILLION, "JPY", "exact", 100 * BILLION),
    ("￥22.6 trillion", 22_600 * BILLION, "JPY", "exact", 100 * BILLION),
    ("$300 billion", 300 * BILLION, "USD", "exact", 100 * BILLION),
    ("$183.6 billion in two-way goods trade during 2020", 183_600_000_000, "USD", "exact", 100_000_000),
    ("over $283 billion in 2020", 283 * BILLION, "USD", "over", BILLION),
    ("up to $5 million", 5_000_000, "USD", "up_to", 1_000_000),
    ("less than 30", 30, "count", "up_to", 10),
    ("400+ billion dollars in 2015", 400 * BILLION, "USD", "over", 100 * BILLION),
    ("850,000+ Americans directly employed", 850_000, "count", "over", 10_000),
    ("deficit of $56.7 billion", -56_700_000_000, "USD", "exact", 100_000_000),
    ("$64.0 billion deficit", -64 * BILLION, "USD", "exact", 100_000_000),
    ("-$64 billion", -64 * BILLION, "USD", "exact", BILLION),
    ("surplus of 5.19 trillion yen", 5_190 * BILLION, "JPY", "exact", 10 * BILLION),
    ("$55.41 billion (about 5.8 trillion yen)", 55_410_000_000, "USD", "exact", 10_000_000),
    ("20兆4140億円", 20_414 * BILLION, "JPY", "exact", BILLION),
    ("3兆3222億円の黒字", 3_322_200_000_000, "JPY", "exact", 100_000_000),
    ("約5万人", 50_000, "persons", "about", 10_000),
    ("97万3,800人", 973_800, "persons", "exact", 100),
    ("52万7,500人", 527_500, "persons", "exact", 100),
    ("約88万5千人", 885_000, "persons", "about", 1000),
    ("676億3千万ドル", 67_630_000_000, "USD", "exact", 10_000_000),
    ("対米は8兆6418億円の黒字", 8_641_800_000_000, "JPY", "exact", 100_000_000),
    ("142,425(100万ドル)", 142_425_000_000, "USD", "exact", 1_000_000),
    ("5千人", 5000, "persons", "exact", 1000),
    ("topped $142.6 billion", 142_600_000_000, "USD", "over", 100_000_000),
    ("close to one million", 1_000_000, "count", "nearly", 1_000_000),
    ("twenty-four sister states", 24, "count", "exact", 1),
    ("nearly 65,000 people from 57 countries", 65_000, "count", "nearly", 1000),
    ("1,751 as of June 2005", 1751, "count", "exact", 1),
    ("more than 60 years", 60, "count", "over", 10),
    ("0.5 million", 500_000, "count", "exact", 100_000),
    ("0", 0, "count", "exact", 1),
    ("$1,234.56", Decimal("1234.56"), "USD", "exact", Decimal("0.01")),
    ("2100 (million dollars)", 2_100_000_000, "USD", "exact", 1_000_000),
    ("-55476.2 (million dollars)", -55_476_200_000, "USD", "exact", 100_000),
    ("67,196 (million dollars deficit)", -67_196_000_000, "USD", "exact", 1_000_000),
    ("USD 59,859 (million)", 59_859_000_000, "USD", "exact", 1_000_000),
    ("22618 (thousand yen)", 22_618_000, "JPY", "exact", 1000),
    ("4226162.18 (yen)", Decimal("4226162.18"), "JPY", "exact", Decimal("0.01")),
    ("65000028 (pounds sterling)", 65_000_028, "GBP", "exact", 1),
    ("49680 (persons)", 49_680, "persons", "exact", 1),
]


@pytest.mark.parametrize(("text", "value", "unit", "qualifier", "resolution"), READ)
def test_read(text: str, value: object, unit: str, qualifier: str, resolution: object):
    """What people write is read: value, unit, hedge, and the unit of the last digit."""
    found = Quantity.parse(text)

    assert (value, unit, qualifier, resolution, text) == (
        found.value, found.unit, found.qualifier, found.resolution, found.stated,
    )  # fmt: skip
    assert "E" not in f"{found.value}{found.resolution}"


@pytest.mark.parametrize(
    ("text", "place"),
    [("fourth-largest", 4), ("4th largest trading partner after Canada", 4), ("No. 1", 1), ("Japan's top source", 1),
     ("sixth-largest U.S. trade partner", 6), ("the largest", 1)],
)  # fmt: skip
def test_ranks(text: str, place: int):
    """A place in an order is a rank, and exact."""
    found = Quantity.parse(text)

    assert (place, "rank", None, place, place) == (found.value, found.unit, found.resolution, found.low, found.high)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "much", "$", "billion", "$5 billion to $6 billion", "between $5 million and $6 million", "NaN", "inf",
     "12 (million roubles)", "x" * 401],
)  # fmt: skip
def test_not_read(text: str):
    """No amount, several amounts, or an unknown unit is refused."""
    with pytest.raises(ParseError):
        Quantity.parse(text)


def test_no_text():
    """An amount is read from a text."""
    with pytest.raises(ParseError):
        Quantity.parse(5)


def test_unit_asked_for():
    """A unit is taken where the text names none, and must be the one that it names."""
    assert "persons" == Quantity.parse("about 55,000", unit="persons").unit
    with pytest.raises(ParseError, match="in USD, not in JPY"):
        Quantity.parse("$5 billion", unit="JPY")
    with pytest.raises(ParseError, match="rank"):
        Quantity.parse("fourth-largest", unit="USD")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("$183.6 billion", "183550000000", "183650000000"),
        ("about 55,000", "50000", "60000"),
        ("over $283 billion", "283000000000", None),
        ("nearly 200", None, "200"),
        ("up to 200", None, "200"),
        ("deficit of over $5 billion", None, "-5000000000"),
        ("deficit of nearly $5 billion", "-5000000000", None),
    ],
)
def test_intervals(text: str, low: str | None, high: str | None):
    """A statement commits to an interval, open where the hedge leaves it open."""
    found = Quantity.parse(text)

    assert (low and Decimal(low), high and Decimal(high)) == (found.low, found.high)


@pytest.mark.parametrize(
    ("value", "rounding", "low", "high"),
    [("12000", "nearest", 11_500, 12_500), ("12000", "down", 12_000, 13_000), ("-12000", "down", -13_000, -12_000),
     ("12000", "unknown", 11_000, 13_000)],
)  # fmt: skip
def test_rounding(value: str, rounding: str, low: int, high: int):
    """How a source rounds sets where the true value may lie; down is toward zero."""
    found = Quantity(value=Decimal(value), unit="JPY", resolution=Decimal(1000), rounding=rounding)

    assert (low, high) == (found.low, found.high)


@pytest.mark.parametrize(
    "parts",
    [{"value": 5}, {"value": Decimal("NaN")}, {"value": Decimal(5), "resolution": Decimal(0)},
     {"value": Decimal(5), "resolution": Decimal(-1)}, {"value": Decimal(5), "resolution": 1},
     {"value": Decimal(5), "resolution": Decimal(2)}, {"value": Decimal(5), "qualifier": "roughly"},
     {"value": Decimal(5), "rounding": "up"}, {"value": Decimal(5), "resolution": Decimal("inf")}],
)  # fmt: skip
def test_no_quantity(parts: dict[str, object]):
    """Parts that make no amount are refused."""
    with pytest.raises(ParseError):
        Quantity(unit="USD", **parts)


def test_text():
    """An amount shows as it was stated, else in full."""
    assert "over $283 billion" == str(Quantity.parse("over $283 billion"))
    assert "1,234 USD" == str(Quantity(value=Decimal(1234), unit="USD"))


@pytest.mark.parametrize("text", ["1e5", "1,000", "+5", "05", ".5", "5.", "NaN", "", "١٢", "-", "1" * 61])
def test_plain_digits_only(text: str):
    """A decimal in the data is plain digits."""
    with pytest.raises(ParseError):
        decimal_of(text)


def test_plain_digits():
    """Plain digits are read as they stand."""
    assert [Decimal(0), Decimal("-12.50")] == [decimal_of("0"), decimal_of("-12.50")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("much", "'much' has no amount"),
        ("", "no amount in a text of 0 characters"),
        ("12 (million roubles)", "'12 (million roubles)': 'roubles' is no unit that jpus knows"),
        ("$5 billion to $6 billion", "'$5 billion to $6 billion' has more than one amount: $5 billion, $6 billion"),
        ("9" * 61, "an amount of more than 60 digits"),
    ],
)
def test_messages(text: str, message: str):
    """What is wrong with an amount is said with its text."""
    with pytest.raises(ParseError) as caught:
        Quantity.parse(text)

    assert message == str(caught.value)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"value": 5}, "value 5 is not a finite Decimal"),
        ({"value": Decimal(10) ** 60}, "value has more than 60 digits"),
        ({"value": -(Decimal(10) ** 60)}, "value has more than 60 digits"),
        ({"resolution": 5}, "resolution 5 is not a positive Decimal"),
        ({"resolution": Decimal(0)}, "resolution Decimal('0') is not a positive Decimal"),
        ({"resolution": Decimal("Infinity")}, "resolution Decimal('Infinity') is not a positive Decimal"),
        ({"resolution": Decimal("1E-61")}, "resolution has more than 60 digits"),
        ({"resolution": Decimal("1E61")}, "resolution has more than 60 digits"),
        ({"value": Decimal(5), "resolution": Decimal(10)}, "value 5 is finer than its resolution 10"),
        ({"qualifier": "maybe"}, "qualifier 'maybe' is none of exact, about, over, nearly, up_to, planned, dateline"),
        ({"rounding": "up"}, "rounding 'up' is none of nearest, down, unknown"),
    ],
)
def test_messages_of_parts(parts: dict[str, object], message: str):
    """What is wrong with a part of an amount is said by name."""
    with pytest.raises(ParseError) as caught:
        Quantity(**{"value": Decimal(10), "unit": "USD", **parts})

    assert message == str(caught.value)


def test_the_largest_and_the_finest():
    """Sixty digits are enough, before the point and after it."""
    for resolution in (Decimal("1E-60"), Decimal("1E60")):
        assert resolution == Quantity(value=Decimal(0), unit="USD", resolution=resolution).resolution
    assert Decimal("9" * 60) == decimal_of("9" * 60)


def test_nothing_has_no_side():
    """Over nothing is above zero, and nothing rounded down is zero and more."""
    over = Quantity(value=Decimal(0), unit="USD", qualifier="over", resolution=Decimal(1))
    half = Quantity(value=Decimal("0.5"), unit="USD", qualifier="over", resolution=Decimal("0.1"))
    down = Quantity(value=Decimal(0), unit="USD", rounding="down", resolution=Decimal(1))
    small = Quantity(value=Decimal("-0.5"), unit="USD", rounding="down", resolution=Decimal("0.1"))
    about = Quantity(value=Decimal(5), unit="USD", qualifier="about", rounding="down", resolution=Decimal(1))

    assert (0, None, Decimal("0.5"), None) == (over.low, over.high, half.low, half.high)
    assert (0, 1) == (down.low, down.high)
    assert (Decimal("-0.6"), Decimal("-0.5")) == (small.low, small.high)
    assert (0, 10) == (about.low, about.high)


@pytest.mark.parametrize(
    ("text", "shown"), [("x" * 78, f"'{'x' * 78}'"), ("x" * 79, f"'{'x' * 59}...")], ids=["80", "81"]
)
def test_long_numbers_are_cut(text: str, shown: str):
    """A text of more than 80 characters is shown by its beginning."""
    with pytest.raises(ParseError) as caught:
        decimal_of(text)

    assert f"{shown} is not a decimal in plain digits" == str(caught.value)


def test_message_of_a_unit():
    """The unit that a table cell names must be the one that is asked for."""
    with pytest.raises(ParseError) as caught:
        Quantity.parse("5 (million yen)", unit="USD")

    assert "'5 (million yen)' is in JPY, not in USD" == str(caught.value)
    assert "persons" == Quantity.parse("5 (million)", unit="persons").unit


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("IN 2020 it was $5 billion", 5 * BILLION, "USD", "exact"),
        ("IN 2019 200 persons", 200, "persons", "exact"),
        ("(約)5億円", 500_000_000, "JPY", "exact"),
        ("3 firms, $5", 5, "USD", "exact"),
        ("3 firms, 5 dollars", 5, "USD", "exact"),
        ("3 firms, 20 million", 20_000_000, "count", "exact"),
        ("$5 billion (up 3 percent)", 5 * BILLION, "USD", "exact"),
        ("DEFICIT of $5 billion", -5 * BILLION, "USD", "exact"),
        ("5 million", 5_000_000, "count", "exact"),
        ("5 dollars", 5, "USD", "exact"),
        ("20兆4140億（円）", 20_414 * BILLION, "count", "exact"),
        ("貿易は5億、単位は円", 500_000_000, "JPY", "exact"),
        ("10.50", Decimal("10.5"), "count", "exact"),
        ("100", 100, "count", "exact"),
    ],
)
def test_more_forms(text: str, value: object, unit: str, qualifier: str):
    """Years, brackets, capitals and units that stand elsewhere do not mislead."""
    found = Quantity.parse(text)

    assert (value, unit, qualifier, text) == (found.value, found.unit, found.qualifier, found.stated)


@pytest.mark.parametrize(
    ("text", "value", "resolution"),
    [
        ("$1.50 billion", "1500000000", "10000000"),
        ("$0.50", "0.5", "0.01"),
        ("100.00 (persons)", "100", "0.01"),
        ("0.20 (thousand dollars)", "200", "10"),
        ("$0", "0", "1"),
        ("9" * 60, "9" * 60, "1"),
    ],
)
def test_numbers_print_plainly(text: str, value: str, resolution: str):
    """A value and its resolution have no exponent, and no zeros after the point."""
    found = Quantity.parse(text)

    assert (value, resolution) == (str(found.value), str(found.resolution))


def test_a_rank_keeps_its_words():
    """A rank keeps what was stated, also beside another number, when a rank is asked for."""
    found = Quantity.parse("fourth-largest of 20 partners", unit="rank")

    assert (4, "fourth-largest of 20 partners") == (found.value, found.stated)
    assert (20, "count") == (Quantity.parse("fourth-largest of 20 partners").value, Quantity.parse("20 partners").unit)
    with pytest.raises(ParseError) as caught:
        Quantity.parse("fourth-largest", unit="USD")
    assert "'fourth-largest' is in rank, not in USD" == str(caught.value)
    with pytest.raises(ParseError) as caught:
        Quantity.parse("$5 billion", unit="JPY")
    assert "'$5 billion' is in USD, not in JPY" == str(caught.value)


def test_what_is_no_text():
    """Something else than a text is named."""
    with pytest.raises(ParseError) as caught:
        Quantity.parse(5)

    assert "an amount is a text, not 5" == str(caught.value)
    assert Quantity.parse("5" + " " * 300 + "x" * 99).value == 5
