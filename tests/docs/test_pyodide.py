"""jpus runs in Pyodide, from the wheel that the site has."""

import json
import pathlib
import subprocess

import pytest

import jpus

pytestmark = pytest.mark.docs

SCRIPT = pathlib.Path(__file__).parent / "pyodide.mjs"
ASSESS = 'jpus.treaties.assess("san-francisco-peace-treaty-1951", "signed", "1952")'
# One after another in one session: an error is no end of it.
CODES = {
    "error": 'import jpus\njpus.treaties["no-such-treaty"]',
    "assess": f"print(jpus.data_version)\nprint({ASSESS})\n{ASSESS}",
    "check": "print(jpus.check())",
    "cite": 'jpus.cite(jpus.treaties["security-treaty-1951"])',
}


@pytest.fixture(scope="module")
def results(site, pyodide):
    """What each of the codes printed, and its last value."""
    done = subprocess.run(
        ["node", SCRIPT, site, pyodide, *CODES.values()],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=900,
    )

    assert 0 == done.returncode, done.stderr

    return dict(zip(CODES, map(json.loads, done.stdout.splitlines()[-len(CODES) :]), strict=True))


def test_import_and_assess(results):
    """An assessment is, to the letter, the one that Python gives here; the notebook view too."""
    answer = jpus.treaties.assess("san-francisco-peace-treaty-1951", "signed", "1952")

    assert f"{jpus.data_version}\n{answer}\n" == results["assess"]["printed"]
    assert answer._repr_html_() == results["assess"]["html"]


def test_check(results):
    """The check of all data finds what it finds here."""
    assert f"{jpus.check()}\n" == results["check"]["printed"]


def test_cite(results):
    """A value without a notebook view is shown as text."""
    assert repr(jpus.cite(jpus.treaties["security-treaty-1951"])) == results["cite"]["text"]


def test_error(results):
    """An error is printed."""
    assert "UnknownIdError" in results["error"]["printed"]
    assert "" == results["error"]["text"]
