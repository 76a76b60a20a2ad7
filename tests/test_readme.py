"""README.md and CONTRIBUTING.md say what is so: examples are run, outputs compared, records looked up."""

import difflib
import doctest
import json
import pathlib
import re
import shlex
import subprocess
import sys
import textwrap

import pytest

import jpus
from jpus.loading import to_json
from jpus.models import COLLECTIONS

ROOT = pathlib.Path(__file__).parent.parent
TEXTS = ("README.md", "CONTRIBUTING.md")
FLAGS = doctest.ELLIPSIS


def blocks(name, language):
    """The line and the content of each fenced block of a language."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found = re.finditer(rf"^( *)```{language}\n(.*?)^\1```$", text, re.MULTILINE | re.DOTALL)
    return [(text.count("\n", 0, match.start()) + 1, textwrap.dedent(match[2])) for match in found]


def commands():
    """Each command in README.md's console blocks with the output that follows it."""
    parts = [part for _, block in blocks("README.md", "console") for part in re.split(r"(?m)^\$ ", block)[1:]]
    return [pytest.param(*part.split("\n", 1), id=part.partition("\n")[0]) for part in parts]


def test_readme_has_examples():
    """There are examples of both kinds: a change of their form does not leave them untested."""
    assert len(blocks("README.md", "python")) > 3
    assert commands()


def test_python_blocks():
    """The Python blocks of README.md, one after another in one session, print what stands below them."""
    names = {}
    report = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=FLAGS)
    for line, block in blocks("README.md", "python"):
        example = doctest.DocTestParser().get_doctest(block, names, "README.md", "README.md", line)
        runner.run(example, out=report.append, clear_globs=False)
        names = example.globs

    assert not report, "".join(report)


@pytest.mark.parametrize(("command", "output"), commands())
def test_console_blocks(command, output, tmp_path):
    """A command of README.md prints what stands below it."""
    program, *arguments = shlex.split(command)
    done = subprocess.run(
        [sys.executable, "-X", "utf8", *arguments],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        encoding="utf-8",
        timeout=300,
    )
    difference = "\n".join(difflib.unified_diff(output.splitlines(), done.stdout.splitlines(), "README.md", command))

    assert "python" == program
    assert (0, "") == (done.returncode, done.stderr)
    assert doctest.OutputChecker().check_output(output, done.stdout, FLAGS), difference


def test_records_in_contributing():
    """A record that CONTRIBUTING.md shows is in the data, as it stands there."""
    records = {record.id: record for name in COLLECTIONS for record in getattr(jpus, name)}
    shown = [json.loads(block) for _, block in blocks("CONTRIBUTING.md", "json")]

    assert len(shown) > 2
    assert shown == [to_json(records[record["id"]]) for record in shown]


@pytest.mark.parametrize("name", TEXTS)
def test_links(name):
    """A relative link leads to a file of the repository."""
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)", text) if "://" not in target]

    assert targets
    assert [] == [target for target in targets if not (ROOT / target).is_file()]


def test_test_command():
    """The command that .ci/run takes from README.md is found by its marker, and installs and tests."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"<!-- the test command[^\n]*-->\n\n```sh\n(.*?)\n```", text)

    assert ["pip install -e '.[test]' && pytest"] == found
