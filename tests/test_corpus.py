"""Statements by the million: the same verdicts as one by one, a batch at a time."""

from __future__ import annotations

import pickle
import shutil
import sys
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pytest
from small import build

import jpus
from jpus import MissingExtraError, corpus
from jpus.corpus import Judged, assess_batches, assess_table

ROWS = [
    ("security-1951", "signed", "1951-09-08"),
    ("security-1951", "signed", "1951"),
    ("security-1951", "signed", "1952-04-28"),
    ("security-1951", "signed", "1951-08-09"),
    ("security-1951", "statement_by_dulles", "x"),
    ("security-1951", "signed", "8 September 1951"),
    ("security-1951", None, "1951"),
    (None, "signed", "1951"),
    ("no-such-record", "signed", "1951"),
    ("hayashi-yoshimasa-jp-foreign-2021", "start", "2021-11-10"),
    ("hayashi-yoshimasa-jp-foreign-2021", "number", "100"),
    ("hayashi-yoshimasa", "born", "1961-01-19"),
    ("us-total-goods-2020-bureau-2021", "quantity", "$183.6 billion"),
    ("us-total-goods-2020-bureau-2021", "quantity", "¥183.6 billion"),
    ("troops-2020-defense", "quantity", "55,000"),
    ("2021-11-15-hayashi-raimondo", "place", "tokyo"),
]


def table(rows: list[Any] = ROWS) -> Any:
    return pa.table({name: [row[place] for row in rows] for place, name in enumerate(corpus.STATEMENT)}, schema=SCHEMA)


SCHEMA = pa.schema([(name, pa.string()) for name in corpus.STATEMENT])


def one_by_one(subject: str | None, field: str | None, value: str | None) -> tuple[Any, ...]:
    dataset = build()
    if subject is None or field is None or value is None or dataset.subject(subject) is None:
        return None, None, 0, 0
    collection = getattr(dataset, dataset.collection_of(subject))
    if subject not in collection:
        (owner,) = (one for one in dataset.officials if any(term.id == subject for term in one.terms))
        subject, field = owner.id, f"terms.{subject}.{field}"
    try:
        found = jpus.dataset.Collection.assess(collection, subject, field, value)
    except ValueError:
        return None, None, 0, 0
    return found.verdict, found.accepted, found.independent, len(found.hints)


def test_like_one_by_one():
    """Every row has the verdict that it has alone; rows and their order stay."""
    found = assess_table(table(), dataset=build()).read_all()

    assert ROWS == [tuple(row.values()) for row in found.select(corpus.STATEMENT).to_pylist()]
    assert [one_by_one(*row) for row in ROWS] == [
        tuple(row.values()) for row in found.select(["verdict", "accepted", "independent", "hints"]).to_pylist()
    ]
    assert {"agree", "compatible", "conflict", "not_checkable", None} == set(found["verdict"].to_pylist())


def test_problems():
    """A row that cannot be judged says why, and the others are judged."""
    found = assess_table(table(), dataset=build()).read_all()
    problems = dict(zip(ROWS, found["problem"].to_pylist(), strict=True))

    assert "no record or term has the id 'no-such-record'" == problems["no-such-record", "signed", "1951"]
    assert (
        "'8 September 1951' is not YYYY, YYYY-MM or YYYY-MM-DD"
        == problems["security-1951", "signed", "8 September 1951"]
    )
    assert "subject, field or value is null" == problems[None, "signed", "1951"]
    assert [row["verdict"] is None for row in found.to_pylist()] == [
        problem is not None for problem in problems.values()
    ]


def test_former_ids():
    """A record is found by an id that it once had."""
    made = build()
    content = [
        {**value, "former_ids": ["security-1952"]} for value in jpus.loading.json.loads(_json(made, "security-1951"))
    ]
    changed = build({"treaties": content, "sources": [jpus.loading.to_json(one) for one in made.sources]})
    found = assess_table(table([("security-1952", "signed", "1952")]), dataset=changed).read_all()

    assert [None] == found["problem"].to_pylist()


def _json(dataset: Any, id: str) -> bytes:
    return jpus.loading.encode([dataset.treaties[id]])


def test_a_batch_at_a_time():
    """Nothing is read before it is asked for, and large batches are cut."""
    read: list[int] = []

    def batches():
        for number in range(3):
            read.append(number)
            yield pa.record_batch({name: pa.array(["x"] * (corpus.ROWS + 1), pa.string()) for name in corpus.STATEMENT})

    made = assess_batches(batches(), dataset=build())
    assert [] == read
    assert corpus.ROWS == next(made).num_rows
    assert [0] == read
    assert [1, corpus.ROWS, 1, corpus.ROWS, 1] == [batch.num_rows for batch in made]


def test_once_each(monkeypatch: pytest.MonkeyPatch):
    """A statement that stands in several batches is judged once."""
    judged: list[object] = []
    assess = corpus.assess
    monkeypatch.setattr(corpus, "assess", lambda *words, **more: judged.append(words) or assess(*words, **more))

    list(assess_batches(table().to_batches() * 3, dataset=build()))

    assert len([row for row in ROWS if None not in row and row[0] != "no-such-record"]) == len(judged)


def test_empty():
    """No rows, no verdicts, the columns all the same."""
    found = assess_table(table([]), dataset=build()).read_all()

    assert (0, [*corpus.STATEMENT, *Judged._fields]) == (found.num_rows, found.column_names)
    assert [] == list(assess_batches([], dataset=build()))


@pytest.mark.parametrize("kind", [pa.large_string(), pa.dictionary(pa.int32(), pa.string()), pa.string_view()], ids=str)
def test_kinds_of_text(kind: Any):
    """Texts may be stored in any way."""
    stored = table().cast(pa.schema([(name, kind) for name in corpus.STATEMENT]))
    found = assess_table(stored, dataset=build()).read_all()

    assert assess_table(table(), dataset=build()).read_all()["verdict"] == found["verdict"]
    assert kind == found.schema.field("value").type


def test_dates_and_numbers():
    """Dates and whole numbers are taken as they are written; a float is not written in one way."""
    dates = table(ROWS[:1]).set_column(2, "value", pa.array([-6690], pa.int32()).cast(pa.date32()))
    assert ["agree"] == assess_table(dates, dataset=build()).read_all()["verdict"].to_pylist()
    with pytest.raises(ValueError, match="a column of double"):
        assess_table(table(ROWS[:1]).set_column(2, "value", pa.array([1951.0])), dataset=build()).read_all()


def test_other_names():
    """The columns may have other names, and others may stand beside them."""
    named = table().rename_columns(["of", "what", "is"]).append_column("page", pa.array(range(len(ROWS))))
    found = assess_table(named, dataset=build(), columns=("of", "what", "is")).read_all()

    assert ["of", "what", "is", "page", *Judged._fields] == found.column_names
    assert assess_table(table(), dataset=build()).read_all()["verdict"] == found["verdict"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (("subject", "field"), "2 columns"),
        (("subject", "field", "worth"), "no column 'worth'"),
    ],
    ids=["two", "unknown"],
)
def test_missing_columns(columns: tuple[str, ...], message: str):
    """A column that is not there is told of before anything is read."""
    with pytest.raises(ValueError, match=message):
        assess_table(table(), dataset=build(), columns=columns)


def test_taken_columns():
    """A column that is to be added must not be there."""
    with pytest.raises(ValueError, match="verdict"):
        assess_table(table().append_column("verdict", table()["value"]), dataset=build())


def test_as_published():
    """Only what was published by the day counts."""
    row = table([("security-1951", "in_force", "1952-04-28")])
    found = [
        assess_table(row, dataset=build(), as_published=day).read_all()["verdict"][0].as_py()
        for day in ("1952-01", "1953")
    ]

    assert ["not_checkable", "agree"] == found


def test_packaged():
    """Without a Dataset the packaged one is asked."""
    row = table([("san-francisco-peace-treaty-1951", "signed", "1951-09-08")])

    assert ["agree"] == assess_table(row).read_all()["verdict"].to_pylist()


def test_other_libraries():
    """A frame of polars and a relation of DuckDB are taken as they are, and take what comes back."""
    expected = assess_table(table(), dataset=build()).read_all()["verdict"].to_pylist()

    assert expected == pl.from_arrow(assess_table(pl.from_arrow(table()), dataset=build()))["verdict"].to_list()
    statements = table()
    relation = duckdb.sql("select * from statements")
    assert expected == assess_table(relation, dataset=build()).read_all()["verdict"].to_pylist()
    assert statements.num_rows == len(expected)


def test_without_pyarrow(monkeypatch: pytest.MonkeyPatch):
    """The library that is missing is named."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(MissingExtraError, match="arrow"):
        assess_table(None)


def test_sent_to_other_processes():
    """The function and what it is given can be pickled, as engines do."""
    assert assess_batches is pickle.loads(pickle.dumps(assess_batches))
    assert build() is not None
    assert jpus.dataset.packaged() is pickle.loads(pickle.dumps(jpus.dataset.packaged()))


@pytest.mark.filterwarnings("ignore")  # what Spark says of other libraries is not for us
@pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java for Spark to run on")
def test_spark(monkeypatch: pytest.MonkeyPatch):
    """Spark runs the same function over its partitions."""
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    session = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        rows = [("san-francisco-peace-treaty-1951", "signed", value) for value in ("1951-09-08", "1952", "1951")] * 10
        frame = session.createDataFrame(rows, "subject string, field string, value string").repartition(4)
        schema = "subject string, field string, value string, verdict string, accepted string, independent int, hints int, problem string"
        found = frame.mapInArrow(assess_batches, schema).groupBy("value", "verdict").count().collect()
    finally:
        session.stop()

    assert {("1951-09-08", "agree", 10), ("1952", "conflict", 10), ("1951", "compatible", 10)} == set(map(tuple, found))


def test_dask():
    """Dask runs the same function over its partitions."""
    dask = pytest.importorskip("dask", reason="dask is not installed")
    parts = [dask.delayed(lambda part: list(assess_batches(part.to_batches())))(table([row])) for row in ROWS[:2]]
    found = dask.compute(*parts, scheduler="processes" if sys.platform != "win32" else "threads")

    assert [[1], [1]] == [[batch.num_rows for batch in batches] for batches in found]
