"""Dates as sources give them."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest

from jpus import ParseError, PartialDate, Period


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("1960", dt.date(1960, 1, 1), dt.date(1960, 12, 31), "year"),
        ("1960-02", dt.date(1960, 2, 1), dt.date(1960, 2, 29), "month"),
        ("1960-01-19", dt.date(1960, 1, 19), dt.date(1960, 1, 19), "day"),
    ],
)
def test_three_forms(text: str, earliest: dt.date, latest: dt.date, precision: str):
    """A year, a month and a day are read, keep their bounds, and are written as they were."""
    date = PartialDate.parse(text)

    assert (earliest, latest, precision, text) == (date.earliest, date.latest, date.precision, str(date))


@pytest.mark.parametrize(
    "text",
    ["", "60", "1960-1", "1960-1-19", "19600119", "1960-W03-2", "1960-13", "1960-02-30", "0000", "1960-01-19T00:00", " 1960",
     "1960\n", "１９６０", "1960/01", "circa 1960", "+1960", "-1960", "1960-00", "9" * 10_000],
)  # fmt: skip
def test_nothing_else(text: str):
    """Any other form is refused, with the text in the message, cut where it is long."""
    with pytest.raises(ParseError) as caught:
        PartialDate.parse(text)

    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "parts", [(1960, None, 1), (1960, 13), (0,), (10_000,), (1960, 2, 30), ("1960",), (1960.0,), (True,), (10**30,)]
)
def test_no_such_date(parts: tuple[object, ...]):
    """Parts that make no date are refused."""
    with pytest.raises(ParseError):
        PartialDate(*parts)


def test_not_a_text():
    """Something else than a text is no date to read."""
    with pytest.raises(ParseError):
        PartialDate.parse(1960)


def test_of():
    """A text, a date and a partial date are taken; a moment in time is not."""
    day = PartialDate(1960, 1, 19)

    assert day == PartialDate.of("1960-01-19") == PartialDate.of(dt.date(1960, 1, 19)) == PartialDate.of(day)
    with pytest.raises(TypeError, match="datetime"):
        PartialDate.of(dt.datetime(1960, 1, 19))  # noqa: DTZ001
    with pytest.raises(TypeError):
        PartialDate.of(1960)


def test_certain_order():
    """Before and after are certain, or None."""
    year, day = PartialDate.parse("1960"), PartialDate.parse("1960-06-23")

    assert year.is_before(day) is None
    assert day.is_before("1961") is True
    assert day.is_after("1959") is True
    assert day.is_before(day) is False
    assert PartialDate.parse("1960-12-31").is_before(year) is False


def test_listing_order():
    """Sorting is by the earliest day, then the latest; other types are not compared."""
    texts = ["1960-01-02", "1960", "1959-12", "1960-01", "1960-01-01"]

    assert ["1959-12", "1960-01-01", "1960-01", "1960", "1960-01-02"] == [
        str(date) for date in sorted(map(PartialDate.parse, texts))
    ]
    assert PartialDate(1960) >= PartialDate(1960)
    with pytest.raises(TypeError):
        _ = PartialDate(1960) < "1961"


def test_value_like():
    """Equal dates hash and pickle alike, and the representation makes the date again."""
    date = PartialDate.parse("1960-06")

    assert date == pickle.loads(pickle.dumps(date)) == eval(repr(date))
    assert {date} == {PartialDate(1960, 6)}


def test_meeting_is_not_transitive():
    """1960 meets two days that do not meet."""
    year, one, other = (PartialDate.parse(text) for text in ("1960", "1960-06-19", "1960-06-23"))

    assert one.meets(year)
    assert year.meets(other)
    assert not one.meets(other)


@pytest.mark.parametrize("text", ["2020", "2020-03", "2019-04/2020-03", "2021-11-01/2021-11-30"])
def test_periods(text: str):
    """Periods are written as they were read."""
    period = Period.parse(text)

    assert text == str(period)
    assert period == eval(repr(period))
    assert period.earliest <= period.latest


@pytest.mark.parametrize("text", ["2020/2020", "2020-04/2020", "2021/2020", "/2020", "2020/", "2020/2021/2022", ""])
def test_no_period(text: str):
    """Two dates of one precision, in order, and nothing else."""
    with pytest.raises(ParseError):
        Period.parse(text)


def test_period_of_no_text():
    """A period is read from a text."""
    with pytest.raises(ParseError):
        Period.parse(2020)


@pytest.mark.parametrize(
    ("read", "text", "message"),
    [
        (PartialDate.parse, "1960-1", "'1960-1' is not YYYY, YYYY-MM or YYYY-MM-DD"),
        (PartialDate.parse, "x" * 78, f"'{'x' * 78}' is not YYYY, YYYY-MM or YYYY-MM-DD"),
        (PartialDate.parse, "x" * 79, f"'{'x' * 59}... (81 characters) is not YYYY, YYYY-MM or YYYY-MM-DD"),
        (PartialDate.parse, "1960-02-30", "no such date: 1960-02-30"),
        (Period.parse, "2021/2020", "2021/2020 is not a period: two dates of one precision, in order"),
        (Period.parse, "2020/2020", "'2020/2020' is written 2020"),
    ],
)
def test_messages(read, text: str, message: str):
    """What is wrong with a text is said with the text."""
    with pytest.raises(ParseError) as caught:
        read(text)

    assert message == str(caught.value)


def test_messages_of_parts():
    """What is wrong with parts is said by name."""
    for parts, message in (
        ((None,), "year None is not a whole number"),
        (("1960",), "year '1960' is not a whole number"),
        ((1960, "1"), "month '1' is not a whole number"),
        ((1960, None, 5), "day 5 without a month"),
        ((1960, 1, 1.5), "day 1.5 is not a whole number"),
    ):
        with pytest.raises(ParseError) as caught:
            PartialDate(*parts)
        assert message == str(caught.value)
    with pytest.raises(ParseError) as caught:
        Period.parse(2020)
    assert "2020 is not a period such as '2020' or '2019-04/2020-03'" == str(caught.value)
    with pytest.raises(
        TypeError, match=r"a date is a PartialDate, a datetime.date or a text such as '1960-01', not 1960"
    ):
        PartialDate.of(1960)


@pytest.mark.parametrize(
    ("month", "days"),
    [("1900-02", 28), ("2000-02", 29), ("2019-02", 28), ("2024-02", 29), ("2100-02", 28), ("2020-01", 31), ("2020-04", 30)],
)  # fmt: skip
def test_lengths_of_months(month: str, days: int):
    """February has 29 days in every fourth year, but not in 1900 and 2100, and in 2000 all the same."""
    assert days == PartialDate.parse(month).latest.day


def test_containing():
    """A year contains its days and itself; a day contains no year."""
    year, month, day = (PartialDate.parse(text) for text in ("1960", "1960-12", "1960-12-31"))

    assert all(outer.contains(inner) for outer, inner in ((year, month), (year, day), (month, day), (day, day)))
    assert not any(
        outer.contains(inner)
        for outer, inner in ((month, year), (day, month), (year, "1961-01-01"), (year, "1959-12-31"))
    )
