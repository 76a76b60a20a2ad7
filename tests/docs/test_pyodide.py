"""jpus runs in Pyodide, from the wheel that the site has."""

import json
import pathlib
import subprocess

import pytest

import jpus

pytestmark = pytest.mark.docs

SCRIPT = pathlib.Path(__file__).parent / "pyodide.mjs"
ASSESS = 'jpus.treaties.assess("san-francisco-peace-treaty-1951", "signed", "1952")'


@pytest.fixture(scope="module")
def run(site, pyodide):
    """A function that runs code in Pyodide, and gives what it printed and its last value."""

    def run(code):
        done = subprocess.run(
            ["node", SCRIPT, site, pyodide, code], capture_output=True, check=False, encoding="utf-8", timeout=300
        )

        assert 0 == done.returncode, done.stderr

        return json.loads(done.stdout.splitlines()[-1])

    return run


def test_import_and_assess(run):
    """An assessment is, to the letter, the one that Python gives here; the notebook view too."""
    result = run(f"import jpus\nprint(jpus.data_version)\nprint({ASSESS})\n{ASSESS}")
    answer = jpus.treaties.assess("san-francisco-peace-treaty-1951", "signed", "1952")

    assert f"{jpus.data_version}\n{answer}\n" == result["printed"]
    assert answer._repr_html_() == result["html"]


def test_check(run):
    """The check of all data finds what it finds here."""
    result = run("import jpus\nprint(jpus.check())")

    assert f"{jpus.check()}\n" == result["printed"]


def test_error(run):
    """An error is printed, and is no end of the session."""
    result = run('import jpus\njpus.treaties["no-such-treaty"]')

    assert "UnknownIdError" in result["printed"]
    assert "" == result["text"]
