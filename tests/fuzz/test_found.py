"""What fuzzing found: one test a bug."""

from __future__ import annotations

import decimal
import json
import os
import pathlib
import sys
import threading
from decimal import Decimal

import pytest
from small import build

from jpus import DataError, ParseError, PartialDate, Quantity, loading
from jpus.__main__ import main
from jpus.errors import Problem
from jpus.exporting import generated


def test_an_amount_of_many_digits():
    """An amount of more digits than decimals have by default is read exactly, not rounded, and does not crash."""
    assert Decimal(359707897078970789707897707853) == Quantity.parse("359707897078970789707897707853 (yen)").value
    assert (
        Decimal(-359707897078970789707897707853) == Quantity.parse("deficit of ¥359707897078970789707897707853").value
    )


@pytest.mark.parametrize(
    "text", ["9" * 61, "¥" + "9" * 399, "9" * 390 + " (yen)", "9" * 390 + "万", "0." + "0" * 390 + "1"]
)
def test_an_amount_of_too_many_digits(text: str):
    """An amount of hundreds of digits is refused."""
    with pytest.raises(ParseError, match="digits"):
        Quantity.parse(text)


@pytest.mark.parametrize(
    ("value", "resolution"), [("1E+999999", None), ("-1E+60", None), ("1", "1E-200"), ("1E+59", "1E-200")]
)
def test_a_quantity_beyond_reason(value: str, resolution: str | None):
    """A number that no source prints is refused, and nothing overflows."""
    with pytest.raises(ParseError):
        Quantity(value=Decimal(value), unit="USD", resolution=None if resolution is None else Decimal(resolution))


def test_bounds_whatever_the_context():
    """The bounds of an amount are exact, whatever precision the caller's decimals have."""
    with decimal.localcontext(prec=3):
        found = Quantity.parse("$183.65 billion")
        low, high = found.low, found.high

    assert (Decimal(183645000000), Decimal(183655000000)) == (low, high)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5 thou\u017fand", 5000),
        ("\u017feven", 7),
        ("\u017fecond-largest", 2),
        ("5 m\u0131ll\u0130on", 5_000_000),
        ("5 \u212a", 5000),
    ],
)
def test_letters_that_are_taken_for_others(text: str, value: int):
    """The long s, the dotless i, the dotted I and the Kelvin sign are the letters that they look like."""
    assert value == Quantity.parse(text).value


def test_a_date_without_a_year():
    """A date needs a year, and says so."""
    with pytest.raises(ParseError, match="year None"):
        PartialDate(None)


@pytest.mark.parametrize("key", ["\ud800", "x" * 100_000])
def test_keys_beyond_reason(key: str):
    """A key that no screen can show, or that fills it, is told of in letters that can be printed, and cut."""
    _, problems = loading.read_file(json.dumps([{"id": "x", "family": "X", key: 1}]).encode(), "officials", "x.json")
    (found,) = problems
    shown = str(found)

    assert len(shown.encode()) < 1000
    assert "F02" == found.rule


@pytest.mark.parametrize("opener", ["[", '{"id":'], ids=["arrays", "objects"])
def test_nesting_at_the_edge(opener: str):
    """At no depth does what can just be decoded end in a RecursionError later: while it is shown, for one."""
    closer = {"[": "]"}.get(opener, "}")

    def problem(depth: int) -> Problem:
        return _first_problem(opener * depth + "1" + closer * depth)

    low, high = 100, 200_000
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if "deeply" in problem(middle).message else (middle, high)
    for depth in range(high - 40, high + 10):
        assert problem(depth).rule in {"F01", "F04"}


def _first_problem(nested: str) -> Problem:
    _, (problem,) = loading.read_file(f'[{{"id": "x", "family": {nested}}}]'.encode(), "officials", "x.json")
    return problem


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_for_a_file(tmp_path: pathlib.Path):
    """A named pipe that nobody writes to is no file, and is not waited for."""
    os.mkfifo(tmp_path / "claims.json")
    found: list[Problem] = []
    reading = threading.Thread(target=lambda: found.extend(loading.read_folder(tmp_path)[2]), daemon=True)
    reading.start()
    reading.join(5)

    assert [("claims.json", "F01")] == [(problem.file, problem.rule) for problem in found]


@pytest.mark.skipif(not pathlib.Path("/dev/zero").exists(), reason="this system has no endless file")
def test_an_endless_file(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]):
    """What never ends is no file, and is not read: neither when data is loaded nor when files are put in order."""
    (tmp_path / "claims.json").symlink_to("/dev/zero")
    wanted = "claims.json: cannot be read: it is no file [F01]"

    assert [wanted] == [str(problem) for problem in loading.read_folder(tmp_path)[2]]
    for words in (["format", "--check"], ["check"]):
        assert 1 == main([*words, str(tmp_path)])
        assert wanted in "".join(capsys.readouterr())
    with pytest.raises(DataError, match="it is no file"):
        generated(tmp_path, data_version="2026-11-21")


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_a_name_that_is_no_text(tmp_path: pathlib.Path):
    """A file whose name is not UTF-8 is told of in letters that can be printed."""
    pathlib.Path(os.fsdecode(os.fsencode(tmp_path) + b"/claims.\xff.json")).write_text("{")
    (problem,) = loading.read_folder(tmp_path)[2]

    assert "F01" == problem.rule
    assert str(problem).encode()


@pytest.mark.parametrize("path", ["a\0b", "x" * 5000, "\ud800"])
def test_a_path_that_is_none(path: str):
    """A path that no system has is told of as a folder that cannot be listed."""
    (problem,) = loading.read_folder(pathlib.Path(path))[2]

    assert "F06" == problem.rule
    assert len(str(problem).encode()) < 1000


def test_ids_beyond_reason(tmp_path: pathlib.Path):
    """A gigantic id that stands twice is told of in a message of reasonable length."""
    content = json.dumps([{"id": "x" * 100_000, "family": "X"}] * 2)
    (tmp_path / "officials.json").write_text(content)
    (tmp_path / "officials.more.json").write_text(content)

    assert all(len(str(problem)) < 500 for problem in loading.read_folder(tmp_path)[2])


def test_an_amount_far_beyond_the_figures():
    """An amount of dozens of digits is held against the figures, and meets none."""
    assert "conflict" == build().trade_figures.assess("$" + "9" * 50, time_period="2020", flow="exports").verdict


def test_a_file_that_may_not_be_read(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch):
    """What the system refuses to open is told of, and the other files are read."""
    (tmp_path / "claims.json").write_text("[]")
    (tmp_path / "offices.json").write_text('[{"id": "x"}]')
    opened = pathlib.Path.open

    def refuse(path: pathlib.Path, *words: str) -> object:
        if path.name == "claims.json":  # permissions would not stop a test that root runs
            raise PermissionError(13, "Permission denied")
        return opened(path, *words)

    monkeypatch.setattr(pathlib.Path, "open", refuse)
    problems = [str(problem) for problem in loading.read_folder(tmp_path)[2]]

    assert "claims.json: cannot be read: Permission denied [F01]" == problems[0]
    assert "offices.json: x" in problems[1]


def test_a_link_to_itself(tmp_path: pathlib.Path):
    """A link that leads round in a circle is no file; a folder within itself is not walked."""
    (tmp_path / "claims.json").symlink_to(tmp_path / "claims.json")
    (tmp_path / "within").symlink_to(tmp_path)
    (problem,) = loading.read_folder(tmp_path)[2]

    assert ("claims.json", "F01") == (problem.file, problem.rule)


def test_gigantic_texts(tmp_path: pathlib.Path):
    """A text of ten million letters, in whichever field, is refused in a message of reasonable length, or is kept."""
    long = "x" * 10_000_000
    for field, value in (("title", long), ("signed", long), ("kind", long), (long, "x")):
        content = json.dumps([{"id": "x-1950", field: value}])
        _, problems = loading.read_file(content.encode(), "treaties", "treaties.json")
        assert all(len(str(problem)) < 1000 for problem in problems)
        assert problems
    with pytest.raises(ParseError):
        Quantity.parse("9" * 10_000_000)
    with pytest.raises(ParseError):
        PartialDate.parse(long)
