"""What is fuzzed: each target takes one spoilt input, draws it from `rng`, and fails on anything but a documented error."""

from __future__ import annotations

import contextlib
import io
import json
import linecache
import os
import pathlib
import random
import tempfile
import traceback
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import mutation
from small import SMALL, build

import jpus
import jpus.__main__ as command
from jpus import dataset as datasets
from jpus import loading
from jpus.errors import DataError, JpusError, ParseError, Problem
from jpus.models import COLLECTIONS

DATA = pathlib.Path(jpus.__file__).with_name("data")
RECORDS = [record for records in SMALL.values() for record in records]
# The files of the package, as they are, by collection.
REAL = [(loading.collection_of(path.name), json.loads(path.read_bytes())) for path in sorted(DATA.glob("*.json"))]
BASE = build()
IDS = [record["id"] for record in RECORDS]
DATES = ["1951-09-08", "1960", "2021-12", "2019-04/2020-03", "2020-02-29", "0001-01-01", "9999-12-31"]
FIELDS = [
    "signed",
    "start",
    "quantity",
    "participants",
    "parties.JP.signed",
    "terms.hayashi-yoshimasa-jp-foreign-2021.start",
    "title",
]


def _amounts() -> list[str]:
    found = {record["quantity"]["stated"] for record in RECORDS if "stated" in record.get("quantity", {})}
    for name in ("trade_figures.json", "indicators.json"):
        if (DATA / name).is_file():
            records = json.loads((DATA / name).read_text(encoding="utf-8"))
            found |= {record["quantity"]["stated"] for record in records if "stated" in record["quantity"]}
    return sorted(found)


AMOUNTS = _amounts()


def dates(rng: random.Random) -> None:
    """A date or a period is read to what writes the same, or is a ParseError."""
    text = mutation.text(rng, rng.choice(DATES), DATES)
    for parse in (jpus.PartialDate.parse, jpus.PartialDate.of, jpus.Period.parse):
        with contextlib.suppress(ParseError):
            found = parse(text)
            assert text == str(found)
            assert found.earliest <= found.latest


def amounts(rng: random.Random) -> None:
    """An amount lies within its own bounds, is written as it was read, or is a ParseError."""
    text = mutation.text(rng, rng.choice(AMOUNTS), AMOUNTS)
    with contextlib.suppress(ParseError):
        found = jpus.Quantity.parse(text, unit=rng.choice((None, "USD", "rank", "persons")))
        assert text.strip() == found.stated
        assert found.low is None or found.low <= found.value
        assert found.high is None or found.value <= found.high
        assert len(f"{found.value:f}") < 130


def files(rng: random.Random) -> None:
    """A file gives good records and printable problems; read quickly and thoroughly it gives the same."""
    collection = rng.choice(list(SMALL))
    content = mutation.content(rng, _some(rng, collection), RECORDS)
    records, problems = loading.read_file(content, collection, "x.json")
    _printable(problems)
    if not problems:
        canonical = loading.encode(records)
        again, more = loading.read_file(canonical, collection, "x.json")
        assert [] == more
        assert canonical == loading.encode(again)
    quick = loading._read_quickly(content, COLLECTIONS[collection])
    with mock.patch.object(loading, "_read_quickly", return_value=None):
        thorough = loading.read_file(content, collection, "x.json")
    assert (records, problems) == thorough
    if quick is None:
        assert problems or b"\\u" in content
    else:
        assert (quick, []) == thorough


def overlays(rng: random.Random) -> None:
    """A folder laid over the data loads, or is a DataError; what it loads can be checked."""
    with _folder(rng) as folder, _small_package():
        try:
            found = jpus.load(folder)
        except DataError as error:
            _printable(error.problems, 2_000_000)
            assert error.problems
        else:
            found.check()


def commands(rng: random.Random) -> None:
    """The command line ends with 0, 1 or 2, prints what every stream can take, and never a traceback."""
    with _folder(rng) as folder, _small_package():
        words = [
            rng.choice(("show", "on", "check", "new", "format", "diff", "--json", "check", "check", "")),
            *(rng.choice((*IDS, *DATES, str(folder), "--json", "--check", "--format", "html", "json", "github", "treaties")) for _ in range(rng.randint(0, 3))),
        ]  # fmt: skip
        if rng.random() < 0.5:
            place = rng.randrange(len(words))
            words[place] = mutation.text(rng, words[place], IDS).replace("\0", "")
        # These write; here they may not, wherever a spoilt path would lead.
        if words[0] == "format":
            words[1:] = ["--check", *words[1:]]
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace")
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = command.main(words)
            except SystemExit as error:
                status = error.code
        out.flush()
        assert status in {0, 1, 2}, (words, status)


def questions(rng: random.Random) -> None:
    """A question with a spoilt word in it is answered, or refused in so many words."""
    id, field = rng.choice(IDS), rng.choice(FIELDS)
    word = mutation.text(rng, rng.choice((id, field, *DATES, *AMOUNTS[:50])), IDS)
    day = rng.choice((word, "2021-12-22"))
    asked: list[Callable[[], object]] = [
        lambda: BASE.on(day).holders,
        lambda: BASE.treaties.on(word, possibly=True),
        lambda: BASE.meetings.between(word, day),
        lambda: BASE.officials.search(word, fuzzy=len(word) < 40),
        lambda: BASE.officials.holding(rng.choice((word, "jp-foreign")), on=day),
        lambda: BASE.officials.assess(word, office="jp-foreign", on=day),
        lambda: BASE.trade_figures.assess(
            word, time_period=rng.choice((word, "2020")), flow=rng.choice((None, "exports", word))
        ),
        lambda: BASE.treaties.claims(rng.choice((word, "security-1951")), word),
        lambda: BASE.treaties.assess(rng.choice((word, "security-1951")), rng.choice((field, word)), word),
        lambda: BASE.officials.assess("hayashi-yoshimasa", rng.choice((field, word)), word),
        lambda: BASE.meetings.assess("2021-11-15-hayashi-raimondo", field, word),
        lambda: BASE.trade_figures.assess("us-exports-goods-2020-bureau-2021", "quantity", word),
        lambda: BASE.treaties.where(signed=word, title=word),
        lambda: BASE.treaties[word],
        lambda: BASE.check(as_published=word),
        lambda: BASE.trade_figures.series(word),
        lambda: BASE.panel(rng.choice(("year", word)), word, day),
    ]
    ask = rng.choice(asked)
    try:
        str(ask())
    except JpusError as error:
        assert len(str(error)) < 20_000
    except ValueError as error:
        _deliberate(error)


TARGETS = {target.__name__: target for target in (dates, amounts, files, overlays, commands, questions)}


def _some(rng: random.Random, collection: str) -> list[Any]:
    """The small file of a collection, or some records in a row of the packaged one."""
    files = [records for owner, records in REAL if owner == collection]
    if not files or rng.random() < 0.5:
        return SMALL[collection]
    packaged = rng.choice(files)
    first = rng.randrange(len(packaged))
    return packaged[first : first + rng.randint(1, 10)]


def _printable(problems: Any, length: int = 4000) -> None:
    for problem in problems:
        assert isinstance(problem, Problem)
        assert len(str(problem).encode()) < length, str(problem)[:200]


def _deliberate(error: ValueError) -> None:
    """A plain ValueError is one that jpus itself raises."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    line = linecache.getline(last.filename, last.lineno or 0).strip()
    if pathlib.Path(last.filename).parent != DATA.parent or not line.startswith("raise"):
        raise AssertionError(f"not meant to be raised: {error!r} at {last.filename}:{last.lineno}") from error


@contextlib.contextmanager
def _small_package() -> Iterator[None]:
    with mock.patch.object(datasets, "packaged", lambda: BASE), mock.patch.object(command, "_packaged", lambda: BASE):
        yield


@contextlib.contextmanager
def _folder(rng: random.Random) -> Iterator[pathlib.Path]:
    """A folder with a few spoilt files, and now and then something in it that is none."""
    with tempfile.TemporaryDirectory(prefix="jpus-fuzz-") as made:
        folder = pathlib.Path(made)
        for _ in range(rng.randint(0, 3)):
            collection = rng.choice(list(SMALL))
            name = rng.choice(
                (f"{collection}.json", f"{collection}.json", f"{collection}.more.json", f"{collection}x.json")
            )
            good = rng.random() < 0.2
            content = (
                json.dumps(SMALL[collection]).encode()
                if good
                else mutation.content(rng, _some(rng, collection), RECORDS)
            )
            (folder / name).write_bytes(content)
        odd = folder / rng.choice(("claims.json", "treaties.json", "notes.txt", ".json", "treaties.\u202e.json"))
        choice = rng.randint(0, 14)
        if not odd.exists() and choice < 4:
            if choice == 0:
                odd.mkdir()
            elif choice == 1:
                odd.symlink_to(rng.choice((odd.name, "nothing", "/dev/zero", "/dev/null", "..", folder)))
            elif choice == 2 and hasattr(os, "mkfifo"):
                os.mkfifo(odd)
            else:
                odd.write_bytes(b"")
        yield folder
