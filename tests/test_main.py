"""The command line."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys

import pytest
from small import build, data, record, write

import jpus
import jpus.__main__ as command
from jpus.__main__ import main


@pytest.fixture(name="_small")
def _use_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_packaged", build)


@pytest.mark.usefixtures("_small")
def test_overview(capsys: pytest.CaptureFixture[str]):
    """Without a command: what there is, and each disagreement."""
    assert 0 == main([])
    told = capsys.readouterr().out

    assert "treaties" in told
    assert "1952 is the year of entry into force." in told


@pytest.mark.usefixtures("_small")
def test_overview_json(capsys: pytest.CaptureFixture[str]):
    """The same as JSON."""
    assert 0 == main(["--json"])
    told = json.loads(capsys.readouterr().out)

    assert 3 == len(told["disagreements"])
    assert 2 == told["summary"]["records"]["treaties"]


def test_overview_of_bad_data(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Data that breaks a rule makes the exit status 1."""
    content = data()
    record(content, "security-1951")["title"] += " "
    monkeypatch.setattr(command, "_packaged", lambda: build(content))

    assert 1 == main([])
    assert "X01" in capsys.readouterr().out


@pytest.mark.usefixtures("_small")
def test_show(capsys: pytest.CaptureFixture[str]):
    """A record by its id, with who states what; by a name; as JSON."""
    assert 0 == main(["show", "security-1951"])
    told = capsys.readouterr().out
    assert "1951-09-08" in told
    assert "series-1952" in told or "Treaty Series" in told

    assert 0 == main(["show", "hayashi"])
    assert "Hayashi Yoshimasa" in capsys.readouterr().out

    assert 0 == main(["show", "--json", "security-1951"])
    assert ["security-1951"] == [one["id"] for one in json.loads(capsys.readouterr().out)]


@pytest.mark.usefixtures("_small")
def test_show_several(capsys: pytest.CaptureFixture[str]):
    """A name of several lists them."""
    assert 0 == main(["show", "security"])
    told = capsys.readouterr().out

    assert "security-1951: " in told
    assert "security-1960: " in told


def test_show_many(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Of many the first are listed, and their number."""
    content = data()
    for number in range(30):
        content["officials"].append({"id": f"tanaka-{number}", "family": "Tanaka", "given": f"X{number}"})
    monkeypatch.setattr(command, "_packaged", lambda: build(content))

    assert 0 == main(["show", "tanaka"])
    assert "30 records; name one by its id" in capsys.readouterr().out


@pytest.mark.usefixtures("_small")
def test_show_nothing(capsys: pytest.CaptureFixture[str]):
    """What is not there is told, with exit status 2."""
    assert 2 == main(["show", "atlantis"])
    assert "jpus: no record has the id 'atlantis'" in capsys.readouterr().err


@pytest.mark.usefixtures("_small")
def test_on(capsys: pytest.CaptureFixture[str]):
    """Everything that holds on a day, as text and as JSON; a day that is none is told."""
    assert 0 == main(["on", "2021-11-15"])
    assert "Hayashi Yoshimasa" in capsys.readouterr().out

    assert 0 == main(["on", "2021-11-15", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert ["hayashi-yoshimasa"] == [one["official"] for one in told["holders"]["jp-foreign"]]
    assert ["security-1960"] == [one["id"] for one in told["treaties"]]

    assert 2 == main(["on", "yesterday"])
    assert "'yesterday' is not YYYY, YYYY-MM or YYYY-MM-DD" in capsys.readouterr().err


def test_check(capsys: pytest.CaptureFixture[str], tmp_path: pathlib.Path):
    """The package's data is clean; a folder with a fault is told, in the form asked for."""
    assert 0 == main(["check"])
    capsys.readouterr()

    (tmp_path / "treaties.json").write_text('[{"id": "x"}]')
    assert 1 == main(["check", str(tmp_path)])
    assert "treaties.json: x: title is missing [F03]" in capsys.readouterr().out
    assert 1 == main(["check", str(tmp_path), "--format", "github"])
    assert capsys.readouterr().out.startswith(
        f"::error file={tmp_path / 'treaties.json'},title=F03::treaties.json: x: "
    )
    assert 1 == main(["check", str(tmp_path), "--json"])
    assert not json.loads(capsys.readouterr().out)["ok"]


def test_check_as_it_was_known(capsys: pytest.CaptureFixture[str]):
    """The check may use only what was published by a day; another word than a day is told of."""
    assert 0 == main(["check", "--json", "--as-published", "1951"])
    early = json.loads(capsys.readouterr().out)
    assert 0 == main(["check", "--json"])
    assert len(early["disagreements"]) < len(json.loads(capsys.readouterr().out)["disagreements"])

    assert 2 == main(["check", "--as-published", "yesterday"])
    assert "'yesterday' is not YYYY, YYYY-MM or YYYY-MM-DD" in capsys.readouterr().err


def test_check_a_folder_that_is_good(capsys: pytest.CaptureFixture[str], tmp_path: pathlib.Path):
    """An empty folder adds nothing, and is good."""
    assert 0 == main(["check", str(tmp_path)])
    capsys.readouterr()


@pytest.mark.usefixtures("_small")
def test_export(capsys: pytest.CaptureFixture[str], tmp_path: pathlib.Path):
    """The data as files, each named."""
    assert 0 == main(["export", str(tmp_path / "out")])
    assert "datapackage.json" in capsys.readouterr().out


def test_new(capsys: pytest.CaptureFixture[str]):
    """A template of a record."""
    assert 0 == main(["new", "meetings"])
    assert '"participants"' in capsys.readouterr().out
    assert 2 == main(["new", "ministers"])


def test_format(capsys: pytest.CaptureFixture[str], tmp_path: pathlib.Path):
    """Files are put into canonical form; with --check they are only told."""
    folder = write(data(), tmp_path)

    assert 1 == main(["format", "--check", str(folder)])
    assert "would change: " in capsys.readouterr().out
    assert 0 == main(["format", str(folder)])
    assert "changed: " in capsys.readouterr().out
    assert 0 == main(["format", "--check", str(folder)])
    assert "" == capsys.readouterr().out

    (folder / "claims.json").write_text("[5]")
    assert 1 == main(["format", str(folder)])
    assert "[F04]" in capsys.readouterr().err
    assert 1 == main(["format", str(folder / "officials.more.json")])
    assert "officials.more.json: cannot be read: it is no file [F01]" in capsys.readouterr().err


def test_packaged_data_is_canonical():
    """The package's own files are in canonical form, and its generated files current."""
    assert 0 == main(["format", "--check"])
    assert 0 == main(["generate", "--check"])


def test_generate(capsys: pytest.CaptureFixture[str], tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch):
    """The generated files are written where they differ."""
    source = pathlib.Path(jpus.__file__).parent / "data"
    for entry in source.glob("*.json"):
        (tmp_path / entry.name).write_bytes(entry.read_bytes())
    (tmp_path / "datapackage.json").write_text("{}")
    monkeypatch.setattr(command, "_data_folder", lambda: tmp_path)

    assert 1 == main(["generate", "--check"])
    assert "would change: " in capsys.readouterr().out
    assert 0 == main(["generate"])
    assert 0 == main(["generate", "--check"])
    assert 0 == main(["format", "--check"])

    assert 0 == main(["generate", "--data-version", "2027-01-31"])
    assert "2027-01-31" == json.loads((tmp_path / "manifest.json").read_text())["data_version"]
    assert 2 == main(["generate", "--data-version", "2027"])
    assert "the data version 2027 is no day" in capsys.readouterr().err


def test_diff(capsys: pytest.CaptureFixture[str], tmp_path: pathlib.Path):
    """What changed between two folders."""
    old = write(data(), tmp_path / "old")
    content = data()
    record(content, "security-1951")["signed"] = "1951-09"
    new = write(content, tmp_path / "new")

    assert 0 == main(["diff", str(old), str(new)])
    assert '~ treaties: security-1951: signed: "1951-09-08" -> "1951-09"\n' == capsys.readouterr().out


def test_as_a_program():
    """``python -m jpus`` runs, and its help names the commands."""
    told = subprocess.run([sys.executable, "-m", "jpus", "--help"], capture_output=True, text=True, check=True).stdout

    for name in ("show", "on", "check", "export", "new", "format", "diff", "generate"):
        assert name in told


def test_a_reader_that_has_enough():
    """A pipe that is closed early is the end, not an error."""
    import os

    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "jpus", "check", "--json"],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)

    assert (0, "") == (done.returncode, done.stderr)


@pytest.mark.parametrize("words", [["show", "abe-shinzo"], ["check"], ["on", "2007-01-01"]], ids=" ".join)
def test_a_stream_without_kanji(words: list[str]):
    """In the C locale what cannot be printed is escaped; in JSON it stays the same text."""

    def told(*flags: str, **locale: str) -> str:
        command = [sys.executable, *flags, "-m", "jpus", *words, "--json"]
        return subprocess.run(
            command, capture_output=True, check=True, encoding="utf-8", env={**os.environ, **locale}
        ).stdout

    there, here = told("-X", "utf8=0", LC_ALL="C", PYTHONCOERCECLOCALE="0"), told("-X", "utf8")

    assert there.isascii()
    assert not here.isascii()
    assert json.loads(here) == json.loads(there)
