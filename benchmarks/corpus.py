"""A million statements held against the data, in this process and by Spark, where it is installed.

``python benchmarks/corpus.py`` prints a table and writes it to ``benchmarks/corpus-results.md``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

import jpus
from jpus.corpus import STATEMENT, Judged, assess_batches, assess_table

HERE = pathlib.Path(__file__).parent
SCHEMA = pa.schema([(name, pa.string()) for name in STATEMENT])
BATCH = 50_000


def statements(distinct: int) -> list[tuple[str, str, str]]:
    """Claims of the package, a fifth of them spoilt: each with a number of its own behind where more are asked for."""
    rng = random.Random(1)
    claims = [(claim.subject, claim.field, claim.value) for claim in jpus.claims]
    found: dict[tuple[str, str, str], None] = {}
    while len(found) < distinct:
        subject, field, value = rng.choice(claims)
        if value[:1].isdigit() and rng.random() < 0.2:
            value = f"{rng.randint(1850, 2026)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        found[subject, field, value] = None
        if len(found) >= len(claims) // 2:
            found[subject, field, f"{value} {len(found)}"] = None
    return list(found)[:distinct]


def batches(rows: int, distinct: int) -> Iterator[pa.RecordBatch]:
    rng = random.Random(2)
    drawn = statements(distinct)
    for start in range(0, rows, BATCH):
        chosen = rng.choices(drawn, k=min(BATCH, rows - start))
        yield pa.record_batch([pa.array(column, pa.string()) for column in zip(*chosen, strict=True)], schema=SCHEMA)


def bare(rows: int, distinct: int) -> float:
    """A loop over the same rows that does nothing with them."""
    made = list(batches(rows, distinct))
    start = time.perf_counter()
    for batch in made:
        for _statement in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            pass
    return time.perf_counter() - start


def here(rows: int, distinct: int) -> float:
    made = list(batches(rows, distinct))
    list(assess_batches(made[:1]))  # the data is read, and indexed
    start = time.perf_counter()
    reader = assess_table(pa.RecordBatchReader.from_batches(SCHEMA, made))
    assert rows == sum(batch.num_rows for batch in reader)
    return time.perf_counter() - start


def peak(rows: int, distinct: int) -> float:
    """Megabytes at most of a process that judges rows as they are made."""
    words = [sys.executable, __file__, "--rows", str(rows), "--stream", str(distinct)]
    return float(subprocess.run(words, capture_output=True, check=True, text=True).stdout)


def stream(rows: int, distinct: int) -> None:
    for _ in assess_table(pa.RecordBatchReader.from_batches(SCHEMA, batches(rows, distinct))):
        pass
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def spark(rows: int, distinct: int) -> float:
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    numbers = ("independent", "hints")
    added = ", ".join(f"{name} {'int' if name in numbers else 'string'}" for name in Judged._fields)
    schema = f"{', '.join(f'{name} string' for name in STATEMENT)}, {added}"
    with tempfile.TemporaryDirectory() as folder:
        with pq.ParquetWriter(f"{folder}/statements.parquet", SCHEMA) as writer:
            for batch in batches(rows, distinct):
                writer.write_batch(batch)
        frame = session.read.parquet(folder).repartition(os.cpu_count() or 1)
        start = time.perf_counter()
        assert rows == frame.mapInArrow(assess_batches, schema).where("verdict is null or verdict <> ''").count()
        took = time.perf_counter() - start
    session.stop()
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--output", type=pathlib.Path, default=HERE / "corpus-results.md")
    parser.add_argument("--stream", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.stream:
        stream(options.rows, options.stream)
        return
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    ways = {"this process": here}
    if importlib.util.find_spec("pyspark") is not None and shutil.which("java"):
        ways[f"Spark, {os.cpu_count()} processors"] = spark
    lines = [
        f"{options.rows:,} rows, on {dt.datetime.now(dt.UTC):%Y-%m-%d}, with the data of {jpus.data_version}:",
        "",
        "| by | distinct statements | seconds | rows a second | times a bare loop |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for distinct in (1_000, 10_000, 100_000):
        floor = bare(options.rows, distinct)
        for name, measure in ways.items():
            took = measure(options.rows, distinct)
            lines.append(f"| {name} | {distinct:,} | {took:.1f} | {options.rows / took:,.0f} | {took / floor:.1f} |")
            print(lines[-1], flush=True)
    few, many = (peak(rows, 10_000) for rows in (options.rows // 10, options.rows))
    lines += [
        "",
        f"At its most a process that judges rows as they come takes {few:.0f} MB for {options.rows // 10:,} rows,",
        f"and {many:.0f} MB for {options.rows:,}: a batch, the packaged data and what was judged already.",
    ]
    print("\n".join(lines[-2:]))
    options.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
