"""Flat tables say the same in every library, and the panel never makes up a zero."""

from __future__ import annotations

import datetime as dt
import pickle
import re
import sys
from decimal import Decimal
from typing import Any, get_args

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import build, cited, data, figure

import jpus
from jpus import Collection, Dataset, MissingExtraError
from jpus.models import COLLECTIONS, Subject
from jpus.schemas import fields_of
from jpus.spans import span_of
from jpus.strategies import treaties
from jpus.tables import (
    CODES,
    PANEL_OFFICES,
    PANEL_TRADE,
    PRECISION,
    SCALE,
    Cell,
    Column,
    Table,
    cell_text,
    flat,
    members,
    panel,
    parts,
)

EVERY_TYPE = Table(
    (
        Column("name", "text"),
        Column("day", "date"),
        Column("amount", "decimal"),
        Column("count", "integer"),
        Column("whole", "boolean"),
    ),
    (
        ("first", dt.date(1, 1, 1), Decimal("1.5"), 3, True),
        (None, None, None, None, None),
        ("最後", dt.date(9999, 12, 31), Decimal(-1000), 0, False),
    ),
)
EMPTY = Table(EVERY_TYPE.columns, ())


# --- rows ------------------------------------------------------------------------------------------------------------


def test_row_of_a_treaty():
    """A date gives three columns, several texts one, several records their number; all in the order of the model."""
    row = build().treaties.to_dicts()[1]

    assert {
        "id": "security-1960",
        "title": "Treaty of Mutual Cooperation and Security",
        "title_basis": "official",
        "short_title": None,
        "native": "相互協力及び安全保障条約",
        "kind": "treaty",
        "subject": "security",
        "binding": None,
        "adopted": None,
        "adopted_earliest": None,
        "adopted_latest": None,
        "signed": "1960-01-19",
        "signed_earliest": dt.date(1960, 1, 19),
        "signed_latest": dt.date(1960, 1, 19),
        "signed_at": None,
        "in_force": "1960-06-23",
        "in_force_earliest": dt.date(1960, 6, 23),
        "in_force_latest": dt.date(1960, 6, 23),
        "provisional_from": None,
        "provisional_from_earliest": None,
        "provisional_from_latest": None,
        "ended": None,
        "ended_earliest": None,
        "ended_latest": None,
        "end_cause": None,
        "parties": 2,
        "registrations": 1,
        "supersedes": "security-1951",
        "amends": "",
        "external_ids": 0,
        "citations": 1,
        "former_ids": "",
        "note": None,
    } == row
    assert list(row) == [part.column.name for part in parts(jpus.Treaty)]


def test_row_of_a_figure():
    """An amount is taken apart, with its bounds; a single citation too."""
    (row,) = build().trade_figures.where(flow="balance").to_dicts()

    assert {
        "id": "us-balance-goods-2020-bureau-2021",
        "ref_area": "US",
        "counterpart_area": "JP",
        "flow": "balance",
        "scope": "goods",
        "basis": "bop",
        "freq": "A",
        "time_period": "2020",
        "time_period_earliest": dt.date(2020, 1, 1),
        "time_period_latest": dt.date(2020, 12, 31),
        "value": Decimal(-55400000000),
        "unit": "USD",
        "stated": "$55.4 billion deficit",
        "qualifier": "exact",
        "resolution": Decimal(100000000),
        "rounding": "nearest",
        "low": Decimal(-55450000000),
        "high": Decimal(-55350000000),
        "status": "normal",
        "source": "bureau-2021",
        "locator": "p1",
        "note": None,
    } == row


def test_partial_dates():
    """A year is the text that it is, from its first to its last day."""
    (row,) = build().initiatives.to_dicts()

    assert ("2017", dt.date(2017, 1, 1), dt.date(2017, 12, 31)) == (
        row["launched"],
        row["launched_earliest"],
        row["launched_latest"],
    )
    assert "JP; US" == row["partners"]


@pytest.mark.parametrize("model", [*COLLECTIONS.values(), jpus.Term, jpus.Participant, jpus.Party])
def test_columns_have_names_of_their_own(model):
    """No two columns of a table share a name."""
    names = [part.column.name for part in parts(model)]

    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_packaged_rows(name):
    """Every packaged record is a row, with the columns of its model and cells of their types."""
    collection = getattr(jpus, name)
    made = flat(collection.model, collection)
    types: dict[str, Any] = {"text": str, "date": dt.date, "decimal": Decimal, "integer": int, "boolean": bool}

    assert [record.id for record in collection] == [row["id"] for row in collection.to_dicts()]
    for place, column in enumerate(made.columns):
        assert {types[column.type]} >= {type(row[place]) for row in made.rows} - {type(None)}, column


@pytest.mark.parametrize("name", COLLECTIONS)
def test_packaged_frames(name):
    """Every packaged collection is the same table in every library."""
    collection = getattr(jpus, name)
    rows = collection.to_dicts()

    assert rows == collection.to_arrow().to_pylist()
    assert rows == collection.to_polars().to_dicts()
    frame = collection.to_pandas()
    assert list(rows[0]) == list(frame.columns)
    assert len(rows) == len(frame)


def test_terms():
    """One row a term, under the official and in order."""
    rows = build().officials.terms.to_dicts()

    assert [
        ("hayashi-yoshimasa", 1, "jp-foreign", "2021-11-10", "2023-09-13"),
        ("motegi-toshimitsu", 1, "jp-foreign", "2019-09-11", "2021-11-04"),
        ("motegi-toshimitsu", 2, "jp-foreign", "2023-09-13", None),
        ("raimondo-gina", 1, "us-commerce", "2021-03-03", None),
    ] == [(row["official"], row["position"], row["office"], row["start"], row["end"]) for row in rows]


def test_participants():
    """One row a participant, under the meeting and in order."""
    rows = build().meetings.participants.to_dicts()

    assert {
        "meeting": "2021-11-15-hayashi-raimondo",
        "position": 2,
        "official": "raimondo-gina",
        "name": "Gina Raimondo",
        "country": "US",
        "office": "us-commerce",
    } == rows[1]
    assert 3 == len(rows)


def test_parties():
    """One row a party, under the treaty and in order."""
    rows = build().treaties.parties.to_dicts()

    assert [
        ("security-1951", 1, "JP", None),
        ("security-1951", 2, "US", None),
        ("security-1960", 1, "JP", "1960-01-19"),
        ("security-1960", 2, "US", "1960-01-19"),
    ] == [(row["treaty"], row["position"], row["country"], row["signed"]) for row in rows]


def test_members_that_are_ids():
    """Ids that a record holds several of have a table too, with the name of their field."""
    (field,) = (field for field in fields_of(jpus.Treaty) if field.name == "supersedes")

    assert [{"treaty": "security-1960", "position": 1, "supersedes": "security-1951"}] == members(
        build().treaties, field
    ).to_dicts()


# --- libraries -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [EVERY_TYPE, EMPTY], ids=["full", "empty"])
def test_pandas_types(made):
    """The types do not depend on what is in the table."""
    frame = made.to_pandas()

    assert {
        "name": "object",
        "day": "datetime64[s]",
        "amount": "object",
        "count": "Int64",
        "whole": "boolean",
    } == frame.dtypes.astype(str).to_dict()
    assert "float64" == str(made.to_pandas(numbers="float").dtypes["amount"])
    assert len(made) == len(frame)


def test_pandas_cells():
    """Amounts are exact, and dates reach from the first year to the last."""
    frame = EVERY_TYPE.to_pandas()

    assert ["first", None, "最後"] == frame["name"].tolist()
    assert [Decimal("1.5"), None, Decimal(-1000)] == frame["amount"].tolist()
    assert [3, pd.NA, 0] == frame["count"].tolist()
    assert [True, pd.NA, False] == frame["whole"].tolist()
    assert [(1, 1, 1), (9999, 12, 31)] == [(day.year, day.month, day.day) for day in frame["day"].dropna()]
    assert [1.5, -1000.0] == EVERY_TYPE.to_pandas(numbers="float")["amount"].dropna().tolist()


@pytest.mark.parametrize("made", [EVERY_TYPE, EMPTY], ids=["full", "empty"])
def test_polars_types(made):
    """The types do not depend on what is in the table."""
    wanted = {
        "name": pl.String(),
        "day": pl.Date(),
        "amount": pl.Decimal(PRECISION, SCALE),
        "count": pl.Int64(),
        "whole": pl.Boolean(),
    }

    assert wanted == dict(made.to_polars().schema)
    assert {**wanted, "amount": pl.Float64()} == dict(made.to_polars(numbers="float").schema)


@pytest.mark.parametrize("made", [EVERY_TYPE, EMPTY], ids=["full", "empty"])
def test_arrow_types(made):
    """The types do not depend on what is in the table."""
    wanted = {
        "name": pa.string(),
        "day": pa.date32(),
        "amount": pa.decimal128(PRECISION, SCALE),
        "count": pa.int64(),
        "whole": pa.bool_(),
    }
    schema = made.to_arrow().schema
    floats = made.to_arrow(numbers="float").schema

    assert wanted == dict(zip(schema.names, schema.types, strict=True))
    assert {**wanted, "amount": pa.float64()} == dict(zip(floats.names, floats.types, strict=True))


def test_cells_of_polars_and_arrow():
    """What goes in comes out."""
    assert EVERY_TYPE.to_dicts() == EVERY_TYPE.to_polars().to_dicts()
    assert EVERY_TYPE.to_dicts() == EVERY_TYPE.to_arrow().to_pylist()


@pytest.mark.parametrize("method", ["to_pandas", "to_polars", "to_arrow"])
@pytest.mark.parametrize("numbers", ["int", "", "Decimal"])
def test_unknown_numbers(method, numbers):
    """Amounts are decimals or floats."""
    with pytest.raises(ValueError, match=f"^numbers '{numbers}' is none of decimal, float$"):
        getattr(EMPTY, method)(numbers=numbers)


@pytest.mark.parametrize("method", ["to_polars", "to_arrow"])
@pytest.mark.parametrize("amount", ["1.0000000001", "1E+29", "NaN"])
def test_amounts_that_would_be_rounded(method, amount):
    """An amount with more digits than a decimal there is refused; as a float it passes."""
    made = Table((Column("amount", "decimal"),), ((Decimal(amount),),))

    with pytest.raises(ValueError, match=r"^amount: .* digits .*: ask for numbers='float'$"):
        getattr(made, method)()
    assert 1 == len(getattr(made, method)(numbers="float"))


@pytest.mark.parametrize("method", ["to_polars", "to_arrow"])
@pytest.mark.parametrize("amount", ["1.123456789", "99999999999999999999999999999.999999999", "0", "1E+28"])
def test_amounts_that_just_fit(method, amount):
    """The longest amounts that a decimal takes stay as they are."""
    made = Table((Column("amount", "decimal"),), ((Decimal(amount),),))

    assert [Decimal(amount)] == [
        cell.as_py() if method == "to_arrow" else cell for cell in getattr(made, method)()["amount"]
    ]


@pytest.mark.parametrize(
    ("method", "module", "extra"),
    [("to_pandas", "pandas", "pandas"), ("to_polars", "polars", "polars"), ("to_arrow", "pyarrow", "arrow")],
)
def test_missing_extra(monkeypatch, method, module, extra):
    """A library that is not installed is named, with the extra that brings it."""
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(MissingExtraError, match=rf"^this needs {module}: pip install 'jpus\[{extra}\]'$"):
        getattr(build().treaties, method)()


@pytest.mark.parametrize(
    "made", [build().treaties, build().treaties.parties, EMPTY], ids=["collection", "table", "empty"]
)
def test_arrow_stream(made):
    """DuckDB, polars, pandas and Arrow read a collection and a table as they are."""
    wanted = made.to_arrow()

    assert wanted.to_pylist() == duckdb.sql("from made").to_arrow_table().to_pylist()
    assert wanted.to_pylist() == pl.DataFrame(made).to_dicts()
    assert wanted == pa.table(made)


def test_duckdb_asks_a_collection():
    """A question in SQL."""
    treaties = build().treaties  # noqa: F841 DuckDB finds the name

    assert [("security-1960",)] == duckdb.sql("select id from treaties where ended_latest is null").fetchall()


def test_parquet(tmp_path):
    """The libraries write files of their own."""
    path = tmp_path / "figures.parquet"
    build().trade_figures.to_polars().write_parquet(path)

    assert build().trade_figures.to_dicts() == pl.read_parquet(path).to_dicts()


# --- the table itself ------------------------------------------------------------------------------------------------


def test_table_is_a_value():
    """Equal tables are equal, hash alike, pickle, and cannot be changed."""
    twin = pickle.loads(pickle.dumps(EVERY_TYPE))

    assert EVERY_TYPE == twin
    assert hash(EVERY_TYPE) == hash(twin)
    assert EMPTY != twin
    with pytest.raises(AttributeError):
        twin.rows = ()


def test_table_iterates_dicts():
    """Each row is a dict, and there are as many as the table is long."""
    assert 3 == len(EVERY_TYPE)
    assert EVERY_TYPE.to_dicts() == list(EVERY_TYPE)
    assert {"name": None, "day": None, "amount": None, "count": None, "whole": None} == EVERY_TYPE.to_dicts()[1]


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        (EVERY_TYPE, "<Table: 3 rows, 5 columns>"),
        (Table((Column("one", "text"),), (("x",),)), "<Table: 1 row, 1 column>"),
        (Table((), ()), "<Table: 0 rows, 0 columns>"),
    ],
)
def test_table_repr(made, shown):
    """How many rows and columns."""
    assert shown == repr(made)


def test_table_html():
    """A notebook shows twenty rows at most, says how many there are, and takes nothing for markup."""
    made = Table((Column("<b>", "text"),), tuple((f"<i>{number}</i>",) for number in range(21)))
    page = made._repr_html_()

    assert 20 == page.count("<td")
    assert "20 of 21" in page
    assert "&lt;b&gt;" in page
    assert "&lt;i&gt;19&lt;/i&gt;" in page
    assert "<i>" not in page
    assert "1854-03-31" in Table((Column("day", "date"),), ((dt.date(1854, 3, 31),),))._repr_html_()


def test_table_html_tells_nothing_from_not_known():
    """A panel's empty text is certainly nobody, and looks other than what is missing."""
    page = Table((Column("holder", "text"),), (("",), (None,)))._repr_html_()

    assert ["&quot;&quot;", ""] == re.findall(r"<td[^>]*>(.*?)</td>", page)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("", ""),
        ("a", "a"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (dt.date(1, 2, 3), "0001-02-03"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.0000001"), "0.0000001"),
    ],
)
def test_cell_text(cell, text):
    """Plain digits, ISO dates, lower-case words."""
    assert text == cell_text(cell)


# --- the panel -------------------------------------------------------------------------------------------------------


def official(id: str, *terms: dict[str, Any]) -> dict[str, Any]:
    held = [{"id": f"{id}-{place}", "citations": cited("registry-2024"), **term} for place, term in enumerate(terms)]
    return {"id": id, "family": id.title(), "country": "US", "terms": held}


def term(start: str, end: str | None = None, office: str = "us-president", **more: str) -> dict[str, Any]:
    return {"office": office, "start": start, **({"end": end} if end else {}), **more}


def treaty(id: str, in_force: str, ended: str | None = None, **more: str) -> dict[str, Any]:
    return {
        "id": id,
        "title": id,
        "kind": "treaty",
        "subject": "tax",
        "in_force": in_force,
        **({"ended": ended} if ended else {}),
        "parties": [{"country": "JP"}, {"country": "US"}],
        "citations": cited("series-1952"),
        **more,
    }


def meeting(id: str, start: str, **more: str) -> dict[str, Any]:
    return {
        "id": id,
        "title": id,
        "kind": "summit",
        "format": "in_person",
        "start": start,
        "end": start,
        "participants": [{"name": "X", "country": "JP"}],
        "citations": cited("ministry-2021"),
        **more,
    }


def covers(collection: str, start: str | None, end: str | None, key: str | None = None, **more: Any) -> dict[str, Any]:
    entry = {"collection": collection, "key": key, "start": start, "end": end, "complete": True, "rule": "all", **more}
    return {
        "id": f"{collection}-{key or 'all'}-{start}-{end}".lower(),
        **{name: value for name, value in entry.items() if value is not None},
    }


def column(dataset: Dataset, name: str, unit: str, start: Any, end: Any, **more: str) -> list[Cell]:
    return [row[name] for row in panel(dataset, unit, start, end, **more)]


def test_panel_columns():
    """The columns are the same for every unit, whatever the data has."""
    empty = build({"offices": []})
    names = [column.name for column in panel(empty, "year", 1960, 1960).columns]

    assert ["period", "period_earliest", "period_latest", "jp_prime_minister"] == names[:4]
    assert [office.replace("-", "_") for office in PANEL_OFFICES] == names[3:13]
    assert "alliance" == names[13]
    assert "treaties_security" in names
    assert "meetings_summit" in names
    assert len(PANEL_TRADE) == len([name for name in names if name.endswith("_usd")])
    assert list(CODES) == names[-len(CODES) :]
    assert names == [column.name for column in panel(build(), "day", "2021-11-15", "2021-11-15").columns]


def test_panel_of_nothing():
    """Where there is no data all is missing, never zero; but for the period and the codes."""
    (row,) = panel(build({"offices": []}), "year", 1960, 1960)

    assert {
        "period": "1960",
        "period_earliest": dt.date(1960, 1, 1),
        "period_latest": dt.date(1960, 12, 31),
        "cow_jp": 740,
        "cow_us": 2,
        "gw_jp": 740,
        "gw_us": 2,
        "iso3_jp": "JPN",
        "iso3_us": "USA",
        "m49_jp": 392,
        "m49_us": 840,
    } == {name: cell for name, cell in row.items() if cell is not None}


@pytest.mark.parametrize(
    ("unit", "start", "end", "periods"),
    [
        ("year", 1960, 1962, ["1960", "1961", "1962"]),
        ("year", "1960", "1960", ["1960"]),
        ("month", "1960-11", "1961-02", ["1960-11", "1960-12", "1961-01", "1961-02"]),
        ("month", "1960-12", 1961, ["1960-12", *(f"1961-{month:02}" for month in range(1, 13))]),
        ("day", "1960-02-28", "1960-03-01", ["1960-02-28", "1960-02-29", "1960-03-01"]),
        (
            "day",
            jpus.PartialDate(1960, 2),
            dt.date(1960, 3, 1),
            [*(f"1960-02-{day:02}" for day in range(1, 30)), "1960-03-01"],
        ),
    ],
)
def test_panel_periods(unit, start, end, periods):
    """One row a period, both ends included; a coarser date stands for all that is in it."""
    assert periods == column(build(), "period", unit, start, end)


@pytest.mark.parametrize(
    ("unit", "start", "end", "error", "message"),
    [
        ("week", 1960, 1961, ValueError, "^unit 'week' is none of year, month, day$"),
        ("year", "1960-01", 1961, ValueError, "^start 1960-01 is finer than a year: name a whole one$"),
        ("month", 1960, "1960-01-19", ValueError, "^end 1960-01-19 is finer than a month: name a whole one$"),
        ("year", 1961, 1960, ValueError, "^end 1960 is before start 1961$"),
        ("year", 0, 1960, ValueError, "^no such date: 0000$"),
        ("year", "MCMLX", 1961, ValueError, "'MCMLX' is not YYYY, YYYY-MM or YYYY-MM-DD"),
        ("year", True, 1961, TypeError, "not True$"),
        ("year", 1960, None, TypeError, "not None$"),
        ("year", 1960.0, 1961, TypeError, "not 1960.0$"),
    ],
)
def test_panel_refuses(unit, start, end, error, message):
    """What cannot be a panel is told before anything is counted."""
    with pytest.raises(error, match=message):
        panel(build(), unit, start, end)


def test_panel_refuses_an_unknown_rule():
    """The rule is one of four."""
    with pytest.raises(ValueError, match=r"^rule 'last' is none of middle, start, end, any$"):
        panel(build(), "year", 1960, 1961, rule="last")


PRESIDENTS = {
    "officials": [
        official("zoe", term("1960-01-01", "1960-06-20")),
        official("may", term("1960-06-20", "1960-07-10")),
        official("substitute", term("1960-06-20", "1960-12-31", role="ad_interim")),
        official("ann", term("1960-07-10", role="acting")),
    ],
}


@pytest.mark.parametrize(
    ("rule", "year", "june", "july"),
    [
        ("middle", "may", "zoe", "ann"),
        ("start", "zoe", "zoe", "may"),
        ("end", "ann", "may", "ann"),
        ("any", "zoe; may; ann", "zoe; may", "may; ann"),
    ],
)
def test_panel_holders(rule, year, june, july):
    """Who held an office on the day of the rule, acting too, but not who stood in for a holder."""
    dataset = build(PRESIDENTS)

    assert [year] == column(dataset, "us_president", "year", 1960, 1960, rule=rule)
    assert [june, july] == column(dataset, "us_president", "month", "1960-06", "1960-07", rule=rule)


def test_panel_holders_of_a_day():
    """On a handover day two, in order; a person with two terms once."""
    dataset = build(PRESIDENTS)
    again = build({"officials": [official("zoe", term("1960-01-01", "1960-06-20"), term("1960-06-20", "1961-01-01"))]})

    assert ["zoe", "zoe; may", "may"] == column(dataset, "us_president", "day", "1960-06-19", "1960-06-21")
    assert ["zoe"] == column(again, "us_president", "day", "1960-06-20", "1960-06-20")


@pytest.mark.parametrize(
    ("unit", "period", "last"),
    [("year", "1960", "1960-07-01"), ("month", "1960-06", "1960-06-15"), ("day", "1960-06-01", "1960-06-01")],
)
def test_panel_middle(unit, period, last):
    """The middle is 1 July of a year, the 15th of a month, the day itself: neither the day before nor that after."""
    day = dt.date.fromisoformat(last)
    before, after = day - dt.timedelta(days=1), day + dt.timedelta(days=1)
    content = {
        "officials": [
            official("zoe", term("1960", str(before))),
            official("may", term(last, last)),
            official("ann", term(str(after))),
        ]
    }

    assert ["may"] == column(build(content), "us_president", unit, period, period)


def test_panel_vacancy():
    """Certainly nobody is an empty text, where coverage is complete; otherwise nothing is said."""
    gap = {"officials": [official("first", term("1950", "1951-06-30")), official("second", term("1953-02"))]}
    covered = {**gap, "coverage": [covers("officials", "1950", "1955", "us-president")]}

    assert ["first", "first", None, "second"] == column(build(gap), "us_president", "year", 1950, 1953, rule="any")
    assert [None, "first", "", "", "second", "second", None] == column(
        build(covered), "us_president", "year", 1950, 1956, rule="start"
    )


def test_panel_undecided_holder():
    """Where the dates do not decide whether somebody held an office it is not certain that nobody did."""
    started = {
        "officials": [official("zoe", term("1953-03", end_event="unknown"))],
        "coverage": [covers("officials", "1953", "1954", "us-president")],
    }
    ended = {
        "officials": [official("zoe", term("1953-01-01", "1953-02"))],
        "coverage": [covers("officials", "1953", "1954", "us-president")],
    }
    months = "month", "1953-01", "1953-05"

    assert ["", "", None, None, None] == column(build(started), "us_president", *months, rule="start")
    assert ["", "", "zoe", None, None] == column(build(started), "us_president", *months, rule="any")
    assert [None, None, ""] == column(build(ended), "us_president", "day", "1953-02-27", "1953-03-01")


@pytest.mark.parametrize(
    ("in_force", "ended", "wanted"),
    [
        ("1955", "1955-06-10", [None, 1, None]),
        ("1955-06-10", "1955", [None, 1, None]),
        ("1955-06", "1955-06", [None, 1, None]),
        ("1955-05", "1955-06", [1, 1, None]),
        ("1955-05", "1955-07", [1, 1, 1]),
        ("1955", "1955", [None, None, None]),
    ],
)
def test_panel_any_day(in_force, ended, wanted):
    """What certainly holds on some day of a period, though on which is not known, holds in the period."""
    content = {"treaties": [treaty("tax-1955", in_force, ended)]}

    assert wanted == column(build(content), "treaties_tax", "month", "1955-05", "1955-07", rule="any")


def test_panel_undecided_outside_coverage():
    """What is outside the dates of coverage stays missing, whatever else may be in force."""
    content = {
        "treaties": [treaty("tax-1950", "1950-01-01"), treaty("tax-1951", "1951", "1951")],
        "coverage": [covers("treaties", "1952", "1952")],
    }

    assert [None, 1] == column(build(content), "treaties_tax", "year", 1951, 1952)


@pytest.mark.parametrize(
    ("coverage", "wanted"),
    [
        ([], [None, 1, None]),
        ([covers("treaties", "1950", "1952", "tax")], [0, 1, 0]),
        ([covers("treaties", "1950", "1952")], [0, 1, 0]),
        ([covers("treaties", "1951", "1951")], [None, 1, None]),
        ([covers("treaties", "1952", "1952", "tax"), covers("treaties", "1950", "1952")], [None, None, 0]),
        ([covers("treaties", "1950", "1952", complete=False)], [None, 1, None]),
        ([covers("treaties", "1952", "1952", complete=False)], [None, None, None]),
        ([covers("treaties", None, None, "tax", complete=False), covers("treaties", "1950", "1952")], [None, 1, None]),
        ([covers("treaties", "1950", "1950"), covers("treaties", "1951", "1952", complete=False)], [0, 1, None]),
        ([covers("treaties", "1950", "1951", complete=False), covers("treaties", "1950", "1952")], [0, 1, 0]),
        ([covers("meetings", "1952", "1952")], [None, 1, None]),
        # Of a period that is covered in part what there is counts, and no zero is said.
        ([covers("treaties", "1951-03", "1952-03")], [None, 1, None]),
        ([covers("treaties", "1950", "1951-03", complete=False)], [None, 1, None]),
        ([covers("treaties", "1951-03", "1952"), covers("treaties", "1950", "1951-02")], [0, 1, 0]),
    ],
)
def test_panel_coverage(coverage, wanted):
    """Outside the dates of coverage all is missing; within, a zero is said only where the records are complete."""
    content = {"treaties": [treaty("tax-1951", "1951-01-01", "1951-12-31")], "coverage": coverage}

    assert wanted == column(build(content), "treaties_tax", "year", 1950, 1952, rule="any")


def test_panel_after_the_data():
    """What runs on is not known to run beyond the day of the data."""
    content = {
        **PRESIDENTS,
        "treaties": [
            treaty("tax-1951", "1951-01-01"),
            treaty("mutual-cooperation-and-security-1960", "1960-06-23", subject="security"),
        ],
        "meetings": [meeting("summit-2026", "2026-01-10")],
        "coverage": [covers("treaties", "1951", "2030"), covers("meetings", "1951", "2030")],
    }
    rows = panel(build(content, version="2026-11-21"), "year", 2025, 2027).to_dicts()

    assert ["ann", "ann", None] == [row["us_president"] for row in rows]
    assert ["mutual-cooperation-and-security-1960"] * 2 + [None] == [row["alliance"] for row in rows]
    assert [1, 1, None] == [row["treaties_tax"] for row in rows]
    assert [0, None, None] == [row["meetings_summit"] for row in rows]


def test_panel_treaties():
    """A treaty counts under its subject while it is certainly in force; one without a start never does."""
    content = {
        "treaties": [
            treaty("tax-1951", "1951-03-01", "1953-03-01"),
            treaty("tax-1952", "1952", "1953"),
            treaty("nuclear-1952", "1952-01-01", subject="nuclear"),
            {**treaty("tax-unknown", "1952"), "in_force": None},
        ]
    }
    del content["treaties"][-1]["in_force"]

    assert [None, 1, 2, None] == column(build(content), "treaties_tax", "year", 1951, 1954, rule="start")
    assert [1, 2, 2, None] == column(build(content), "treaties_tax", "year", 1951, 1954, rule="any")
    assert [None, 1, 1, 1] == column(build(content), "treaties_nuclear", "year", 1951, 1954)


def test_panel_alliance():
    """The security treaty in force, both on the day on which one takes the other's place."""
    content = {
        "treaties": [
            treaty("security-treaty-1951", "1952-04-28", "1960-06-23"),
            treaty("mutual-cooperation-and-security-1960", "1960-06-23"),
        ]
    }
    old, new = "security-treaty-1951", "mutual-cooperation-and-security-1960"

    assert [None, old, old] == column(build(content), "alliance", "year", 1951, 1953)
    assert [old, f"{old}; {new}", new] == column(build(content), "alliance", "day", "1960-06-22", "1960-06-24")


def test_panel_meetings():
    """Held meetings count under their kind in the period in which they certainly started."""
    content = {
        "meetings": [
            meeting("one", "1960-01-19"),
            meeting("two", "1960-01-31", end="1960-02-02"),
            meeting("visit", "1960-01-18", kind="visit"),
            meeting("plan", "1960-06-19", status="planned"),
            meeting("vague", "1960"),
            meeting("later", "1961-03"),
        ],
        "coverage": [covers("meetings", "1959", "1961")],
    }

    assert [0, 3, 1] == column(build(content), "meetings_summit", "year", 1959, 1961)
    assert [0, 1, 0] == column(build(content), "meetings_visit", "year", 1959, 1961)
    assert [0, 2, None] == column(build(content), "meetings_summit", "month", "1959-12", "1960-02")
    assert [None, 1, None] == column(build(content), "meetings_summit", "day", "1960-01-18", "1960-01-20")


def traded(flow: str, period: str, value: str, source: str = "bureau-2021", **more: Any) -> dict[str, Any]:
    return {**figure(flow, "goods", period, f"{value} (dollars)", value, "1", source=source), "basis": "census", **more}


def test_panel_trade():
    """Each figure under its definition; a period without one is missing."""
    content = {
        "sources": data()["sources"],
        "trade_figures": [
            traded("exports", "2019", "7"),
            traded("exports", "2020", "8"),
            traded("imports", "2020", "10"),
            traded("balance", "2020", "-3", source="blog-2021"),
            traded("balance", "2021", "-5", source="blog-2021"),
            traded("exports", "2022", "9"),
            traded("imports", "2022", "11", source="blog-2021"),
            traded("exports", "2020-03", "2"),
            traded("imports", "2020", "12", source="registry-2024", basis="compiled"),
        ],
    }
    dataset = build(content)

    assert [7, 8, None, 9] == column(dataset, "us_exports_goods_census_usd", "year", 2019, 2022)
    assert [None, 10, None, 11] == column(dataset, "us_imports_goods_census_usd", "year", 2019, 2022)
    assert [None, -2, -5, None] == column(dataset, "us_balance_goods_census_usd", "year", 2019, 2022)
    assert [None, 12, None, None] == column(dataset, "us_imports_goods_compiled_usd", "year", 2019, 2022)
    assert [None, 2, None] == column(dataset, "us_exports_goods_census_usd", "month", "2020-02", "2020-04")
    assert [None, None] == column(dataset, "us_exports_goods_census_usd", "day", "2020-03-01", "2020-03-02")


@given(st.lists(treaties(), max_size=4), st.dates(dt.date(1990, 1, 1), dt.date(2000, 12, 1)))
def test_panel_counts_agree_with_brute_force(records, first):
    """On a day as many treaties count as are certainly in force."""
    tables: dict[str, dict[str, Any]] = {"treaties": {record.id: record for record in records}}
    dataset = Dataset(lambda name: (tables.get(name, {}), {}), version="2100-01-01")
    last = first + dt.timedelta(days=20)
    for subject in {record.subject for record in records}:
        days = column(dataset, f"treaties_{subject}", "day", first, last)
        wanted = [
            len(dataset.treaties.where(subject=subject).on(first + dt.timedelta(days=number))) or None
            for number in range(21)
        ]
        assert wanted == days


@given(treaties(), st.integers(1853, 2026))
def test_any_day_agrees_with_brute_force(record, year):
    """What certainly holds on some day of a year does so whenever it starts and ends within its dates."""
    span = span_of(record)
    tables = {"treaties": {record.id: record}}
    dataset = Dataset(lambda name: (tables.get(name, {}), {}), version="2100-01-01")
    (counted,) = column(dataset, f"treaties_{record.subject}", "year", year, year, rule="any")
    first, last = dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal()

    def meets(start: int, end: int) -> bool:
        return start <= last and end >= first

    certain = span is not None and all(
        meets(start, max(start, end))
        for start in (span.first, min(span.sure_first, span.last))
        for end in (span.sure_last, span.last)
    )
    assert (1 if certain else None) == counted


def test_packaged_panel():
    """In the packaged data the alliance stands by year, and the holders of each day are those of the day."""
    rows = jpus.panel("year", 1950, 1962).to_dicts()
    days = jpus.panel("day", "1960-06-01", "1960-06-30").to_dicts()

    assert {1951: None, 1953: "security-treaty-1951", 1961: "mutual-cooperation-and-security-1960"} == {
        year: rows[year - 1950]["alliance"] for year in (1951, 1953, 1961)
    }
    for row in days:
        held = jpus.officials.holding("us-president", row["period_earliest"])
        assert "; ".join(dict.fromkeys(person.id for person, _ in held)) == row["us_president"]


def test_packaged_panel_hides_nothing_that_is_covered():
    """A year that coverage reaches in part counts what there is; a named set of treaties does not speak for a subject."""
    rows = jpus.panel("year", 2021, 2024).to_dicts()

    assert [None, 1, 1, None] == [row["meetings_economic_two_plus_two"] for row in rows]
    assert all(row["treaties_nuclear"] and row["treaties_security"] for row in rows)
    assert not {entry.key for entry in jpus.coverage.where(collection="treaties", complete=True)} & set(
        get_args(Subject)
    )


def test_methods_of_collections_and_datasets():
    """Collections and Datasets give what the functions here give."""
    dataset = build()
    collection: Collection[Any] = dataset.offices

    assert flat(jpus.Office, collection).to_dicts() == collection.to_dicts()
    assert collection.to_dicts() == collection.to_arrow().to_pylist()
    assert panel(dataset, "year", 1960, 1961) == dataset.panel("year", 1960, 1961)
