"""How the cost grows: data of many times the size, made of copies of the packaged data beside it.

Each copy has records of its own, which refer to each other as the originals do; figures are moved to other years.
"""

from __future__ import annotations

import json
import pathlib
import re
import sys
import tempfile
import time
from typing import Any

import jpus
from jpus import loading
from jpus.dataset import overlaid

DATA = pathlib.Path(jpus.__file__).with_name("data")
# Copies of figures are set this many years apart, so that a period is not crowded with copies.
YEARS = 17
# Files stay well below loading.MAX_BYTES.
COPIES_IN_A_FILE = 10
QUESTIONS = 1000


def write(folder: pathlib.Path, times: int) -> None:
    """Write `times` - 1 copies of the packaged data."""
    packaged = {
        path.name: json.loads(path.read_bytes())
        for path in sorted(DATA.glob("*.json"))
        if loading.collection_of(path.name)
    }
    ids = {record["id"] for records in packaged.values() for record in records}
    ids |= {term["id"] for record in packaged["officials.json"] for term in record.get("terms", ())}
    for first in range(1, times, COPIES_IN_A_FILE):
        numbers = range(first, min(first + COPIES_IN_A_FILE, times))
        for name, records in packaged.items():
            copies = [_copy(record, number, ids) for number in numbers for record in records]
            part = name.replace(".json", f".copy-{first}.json")
            content = json.dumps(copies, ensure_ascii=False, indent=1)
            (folder / part).write_text(content, encoding="utf-8")


def _copy(value: Any, number: int, ids: set[str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _copy(part, number, ids, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_copy(part, number, ids, key) for part in value]
    if not isinstance(value, str):
        return value
    if key == "time_period":
        return re.sub(r"[0-9]{4}", lambda year: f"{int(year[0]) - YEARS * number:04}", value)
    if key == "url":
        return f"{value}?copy={number}"
    if key in {"former_ids", "number"} or (value in ids and key != "collection"):
        return f"{value}-{number}"
    if key == "value" and "; " in value:
        return "; ".join(f"{part}-{number}" if part in ids else part for part in value.split("; "))
    return value


def measure(times: int) -> dict[str, float]:
    """Seconds of processor time, for data of that many times the size."""
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        write(folder, times)
        start = time.process_time()
        dataset, problems = overlaid(folder)
        assert not problems, problems[:3]
        records = sum(len(collection) for collection in dataset.collections)
        loaded = time.process_time()
        dataset.on("1960-01-19")
        dataset.officials.holding("jp-minister-for-foreign-affairs", on="2021-12-22")
        dataset.officials.search("abe shinzo")
        dataset.treaties.where(subject="security")
        dataset.claims_on("security-treaty-1951")
        indexed = time.process_time()
        for _ in range(QUESTIONS):
            dataset.officials.holding("jp-minister-for-foreign-affairs", on="2021-12-22")
        asked = time.process_time()
        report = dataset.check()
        checked = time.process_time()
    return {
        "records": records,
        "load": loaded - start,
        "index": indexed - loaded,
        "ask": (asked - indexed) / QUESTIONS,
        "check": checked - asked,
        "problems": len(report.problems),
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
