"""What is shipped: names, files, licences, and what importing costs."""

import functools
import hashlib
import importlib.metadata
import json
import os
import pathlib
import pickle
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile

import importlib_resources as resources
import pytest

import jpus
from jpus import loading
from jpus.loading import collection_of
from jpus.models import COLLECTIONS

ROOT = pathlib.Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LICENCES = ("LICENSE", "src/jpus/data/LICENSE", "src/jpus/data/LICENSE-ODbL.md")
EXTRAS = ("altair", "hypothesis", "numpy", "pandas", "polars", "pyarrow")

# The public names. One that goes breaks somebody's code: see SECURITY.md before a line is taken out.
NAMES = """
    Assessment Citation Claim Collection Coverage DataError Dataset Disagreement ExternalId Indicator Initiative
    JpusError Meeting MissingExtraError NotCoveredWarning Office Official ParseError Participant PartialDate Party
    Period Problem Quantity Registration Report RuleException Snapshot Source Table Term TradeFigure Treaty
    UnknownIdError
    __version__
    claims coverage data_version disagreements exceptions indicators initiatives meetings offices officials sources
    trade_figures treaties
    assess_table check cite load on panel timeline
""".split()
MODULES = "display errors models plotting rules strategies".split()


def python(*arguments, path=(), **options):
    """What a fresh interpreter prints."""
    # Not measured: what runs here runs under coverage elsewhere, and would take three times as long.
    variables = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    variables |= {"PYTHONIOENCODING": "utf-8", "PYTHONPATH": os.pathsep.join(map(str, path))}
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=variables | options.pop("env", {}),
        timeout=300,
        **options,
    )

    assert (done.returncode, done.stderr) == (0, "")

    return done.stdout


@pytest.fixture(scope="session")
def dist(tmp_path_factory):
    """A folder with the wheel and the sdist: that of JPUS_DIST, or one built here."""
    if "JPUS_DIST" in os.environ:
        return pathlib.Path(os.environ["JPUS_DIST"])
    return build(tmp_path_factory.mktemp("dist"))


def build(folder):
    """Build wheel and sdist into a folder."""
    code = f"from hatchling.build import *; build_wheel({str(folder)!r}); build_sdist({str(folder)!r})"
    python("-c", code, cwd=ROOT, env={"SOURCE_DATE_EPOCH": "1580601600"})
    return folder


@pytest.fixture(scope="session")
def wheel(dist):
    """The path of the wheel."""
    (found,) = dist.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def in_wheel(wheel):
    """The content of each file of the wheel, by name."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def in_sdist(dist):
    """The content of each file of the sdist, by name without the leading folder."""
    (found,) = dist.glob("*.tar.gz")
    with tarfile.open(found) as archive:
        files = [member for member in archive.getmembers() if member.isfile()]
        return {member.name.partition("/")[2]: archive.extractfile(member).read() for member in files}


@functools.cache
def dependencies():
    """The folders in which the packages are that jpus depends on."""
    found = {pathlib.Path(importlib.metadata.distribution(name).locate_file("")) for name in ("attrs", "cattrs")}
    return tuple({*found, pathlib.Path(importlib.metadata.distribution("importlib-resources").locate_file(""))})


# --- names ------------------------------------------------------------------------------------------------------------


def test_names():
    """dir() gives the public names and modules, each of them is there, and __all__ has the names."""
    assert sorted(NAMES + MODULES) == dir(jpus)
    assert sorted(NAMES) == sorted(jpus.__all__)
    assert [] == [name for name in NAMES + MODULES if not hasattr(jpus, name)]


def test_promise_names_the_public_modules():
    """SECURITY.md promises compatibility for the modules that dir() gives, and for no others."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")

    assert MODULES == re.findall(r"`jpus\.([a-z]+)`", text.partition("and the modules ")[2].partition(";")[0])


def test_unknown_name():
    """A name that is not there is an AttributeError that says so."""
    with pytest.raises(AttributeError, match=r"^module 'jpus' has no attribute 'treatys'$"):
        jpus.treatys  # noqa: B018


def test_version():
    """The version stands in pyproject.toml alone, and reaches the user through the metadata."""
    assert PROJECT["version"] == jpus.__version__ == importlib.metadata.version("jpus")


def test_version_has_a_part_in_the_change_log():
    """CHANGELOG.md tells of the version, with a part for the code and one for the data."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    part = re.search(rf"^## \[{re.escape(jpus.__version__)}\] - (.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)

    assert part is not None
    assert ["### Code", "### Data"] == re.findall("^### .*$", part[1], re.MULTILINE)


def test_data_version_is_a_day():
    """The version of the data is an ISO date."""
    assert jpus.data_version == str(jpus.PartialDate.parse(jpus.data_version).earliest)


# --- what importing does ----------------------------------------------------------------------------------------------


def test_import_loads_next_to_nothing():
    """`import jpus` loads no library, reads no data, and knows its names all the same."""
    code = """
        import sys
        opened = []
        sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
        import jpus
        dir(jpus)
        libraries = ("attr", "attrs", "cattrs", "hypothesis", "importlib_resources")
        print([name for name in libraries if name in sys.modules])
        print([path for path in opened if path.endswith((".json", "data"))])
        print([name for name in sys.modules if name.startswith("jpus")])
    """

    assert "[]\n[]\n['jpus']\n" == python("-c", dedent(code))


def test_core_needs_no_extra():
    """Without the extras every record is read, checked, found, shown and cited; what needs one names it."""
    code = f"""
        import sys

        class Absent:
            def find_spec(self, name, path=None, target=None):
                if name.partition(".")[0] in {EXTRAS!r}:
                    raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

        sys.meta_path.insert(0, Absent())
        import jpus
        from jpus.models import COLLECTIONS

        records = [record for name in COLLECTIONS for record in getattr(jpus, name)]
        report = jpus.check()
        record = jpus.treaties["san-francisco-peace-treaty-1951"]
        shown = [repr(report), str(report), str(record), record._repr_html_(), jpus.cite(record), jpus.timeline(record)]
        found = jpus.treaties.search("San Francisco")
        rows = found.to_dicts()
        print(len(records) > 0, record in list(found), len(rows) == len(found), all(shown))
        for method in (found.to_pandas, found.to_polars, found.to_arrow, found.__arrow_c_stream__):
            try:
                method()
            except jpus.MissingExtraError as error:
                print(error)
    """

    assert [
        "True True True True",
        "this needs pandas: pip install 'jpus[pandas]'",
        "this needs polars: pip install 'jpus[polars]'",
        "this needs pyarrow: pip install 'jpus[arrow]'",
        "this needs pyarrow: pip install 'jpus[arrow]'",
    ] == python("-c", dedent(code)).splitlines()


@pytest.mark.parametrize(
    "flags",
    [
        pytest.param(["-OO"], id="optimised"),
        pytest.param(["-W", "error"], id="warnings are errors"),
        pytest.param(["-X", "utf8=0"], id="C locale"),
        pytest.param(["-bb"], id="bytes are no text"),
    ],
)
def test_hard_conditions(flags):
    """Stripped of docstrings, with warnings as errors, in the C locale: the data are the same."""
    code = "import jpus; print(ascii([jpus.officials['hayashi-yoshimasa'].native, len(jpus.claims), jpus.check().ok]))"

    expected = ascii([jpus.officials["hayashi-yoshimasa"].native, len(jpus.claims), jpus.check().ok])

    assert f"{expected}\n" == python(*flags, "-c", code, env={"LC_ALL": "C", "LANG": "C"})


def test_threads():
    """Threads that ask at once get one Dataset and the same records."""
    code = """
        import threading

        gate = threading.Barrier(8)
        found = []

        def ask():
            gate.wait()
            import jpus
            found.append((id(jpus.treaties), id(jpus.treaties["security-treaty-1951"]), id(jpus.claims)))

        threads = [threading.Thread(target=ask) for _ in range(8)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        print(len(found), len(set(found)))
    """

    assert "8 1\n" == python("-c", dedent(code))


def test_pickles_travel(tmp_path):
    """What one process pickles another loads: every record of every collection, and what is computed from them."""
    path = tmp_path / "all.pickle"
    write = f"""
        import pathlib, pickle, jpus
        from jpus.models import COLLECTIONS
        records = {{name: tuple(getattr(jpus, name)) for name in COLLECTIONS}}
        more = [jpus.treaties, jpus.on("1960-01-19").holders, jpus.check(), jpus.load({str(tmp_path)!r}).treaties]
        pathlib.Path({str(path)!r}).write_bytes(pickle.dumps((records, more)))
    """
    python("-c", dedent(write))
    records, (treaties, holders, report, overlaid) = pickle.loads(path.read_bytes())

    assert {name: tuple(getattr(jpus, name)) for name in COLLECTIONS} == records
    assert jpus.treaties == treaties == overlaid
    assert jpus.on("1960-01-19").holders == holders
    assert jpus.check() == report


def dedent(code):
    """Code without the indent of the place where it stands."""
    lines = code.strip("\n").splitlines()
    margin = len(lines[0]) - len(lines[0].lstrip())
    return "\n".join(line[margin:] for line in lines)


# --- the wheel and the sdist ------------------------------------------------------------------------------------------


def test_wheel_is_pure(wheel):
    """One wheel serves every platform."""
    assert f"jpus-{jpus.__version__}-py3-none-any.whl" == wheel.name


def test_wheel_has_what_it_needs(in_wheel):
    """Code, types marker, data and licences are in the wheel, and nothing else."""
    info = f"jpus-{jpus.__version__}.dist-info"
    code = {name for name in in_wheel if re.fullmatch(r"jpus/(\w+\.py|py\.typed)", name)}
    data = {name for name in in_wheel if re.fullmatch(r"jpus/data/((schema/)?[a-z_.]+\.json|LICENSE[-\w.]*)", name)}
    about = {f"{info}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt")}
    about |= {f"{info}/licenses/{name}" for name in LICENCES}

    assert {"jpus/__init__.py", "jpus/__main__.py", "jpus/py.typed"} <= code
    assert {"jpus/data/manifest.json", "jpus/data/LICENSE", "jpus/data/LICENSE-ODbL.md"} <= data
    assert set(COLLECTIONS) == {collection_of(name.rpartition("/")[2]) for name in data} - {None}
    assert code | data | about == set(in_wheel)


def test_metadata(in_wheel):
    """The metadata names the licences, the three dependencies, and the extras."""
    metadata = in_wheel[f"jpus-{jpus.__version__}.dist-info/METADATA"].decode()
    required = re.findall(r"^Requires-Dist: ([\w-]+)[^;\n]*$", metadata, re.MULTILINE)

    assert "\nLicense-Expression: MIT AND CC0-1.0 AND ODbL-1.0\n" in metadata
    assert [f"License-File: {name}" for name in LICENCES] == re.findall("^License-File: .*$", metadata, re.MULTILINE)
    assert ["attrs", "cattrs", "importlib-resources"] == sorted(required)
    assert {"arrow", "docs", "pandas", "plot", "polars", "test", "testing"} == set(
        re.findall(r"^Provides-Extra: (\S+)$", metadata, re.MULTILINE)
    )


@pytest.mark.parametrize("archive", ["in_wheel", "in_sdist"])
def test_manifest(archive, request):
    """The manifest in the wheel and in the sdist has the SHA-256 of every data file there, and of no other."""
    content = request.getfixturevalue(archive)
    folder = {"in_wheel": "jpus/data/", "in_sdist": "src/jpus/data/"}[archive]
    data = {name.removeprefix(folder): value for name, value in content.items() if name.startswith(folder)}
    manifest = json.loads(data["manifest.json"])
    collections = {name: value for name, value in data.items() if "/" not in name and collection_of(name)}

    assert jpus.data_version == manifest["data_version"]
    assert {name: hashlib.sha256(value).hexdigest() for name, value in collections.items()} == {
        name: entry["sha256"] for name, entry in manifest["files"].items()
    }
    assert {name: len(json.loads(value)) for name, value in collections.items()} == {
        name: entry["records"] for name, entry in manifest["files"].items()
    }


def test_no_data_but_what_the_manifest_names():
    """Every data file of the package is one that is read: nothing lies beside them."""
    files, problems = loading.files_of(resources.files("jpus") / "data")
    manifest = json.loads((resources.files("jpus") / "data" / "manifest.json").read_bytes())

    assert [] == problems
    assert list(manifest["files"]) == [file.name for file in files]


def test_sdist_has_no_junk(in_sdist):
    """The sdist has source, tests, docs and what tells of them; nothing that a tool left there."""
    top = {name.partition("/")[0] for name in in_sdist}
    known = re.compile(r"\.(py|md|toml|json|cff|ya?ml|ipynb|html|css|m?js|txt|bib|svg|png|csv|typed)$|/run$|LICENSE$")

    assert {"src", "tests", "pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"} <= top
    assert set() == top - {
        ".ci", ".gitignore", "CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "LICENSE", "PKG-INFO", "README.md",
        "RELEASE.md", "SECURITY.md", "benchmarks", "docs", "noxfile.py", "pyproject.toml", "src", "tests", "tools",
    }  # fmt: skip
    assert [] == [name for name in in_sdist if "__pycache__" in name or "/_build/" in name]
    assert [] == [name for name in in_sdist if not known.search(name) and name not in {"PKG-INFO", ".gitignore"}]


@pytest.mark.skipif(not (ROOT / "src").is_dir(), reason="the tests stand apart from the source")
def test_builds_are_reproducible(dist, tmp_path):
    """Built again, wheel and sdist are the same to the byte."""
    again = build(tmp_path)
    names = sorted(path.name for path in again.iterdir())

    assert [(again / name).read_bytes() for name in names] == [(dist / name).read_bytes() for name in names]


def test_works_from_a_zip(wheel, tmp_path):
    """With the wheel itself on the path, unpacked nowhere, the data is read and the command line runs."""
    code = "import jpus; print(jpus.__file__, jpus.__version__, jpus.data_version, len(jpus.claims), sep='\\n')"
    path = (wheel, *dependencies())
    lines = python("-S", "-c", code, path=path, cwd=tmp_path).splitlines()

    assert lines[0].startswith(str(wheel))
    assert [jpus.__version__, jpus.data_version, str(len(jpus.claims))] == lines[1:]
    assert jpus.data_version in python("-S", "-m", "jpus", path=path, cwd=tmp_path)


# --- what the texts say -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_commands_exist(name):
    """Every command and option of `python -m jpus` that a text names is one that the command line knows."""
    text = (ROOT / name).read_text(encoding="utf-8")
    known = set(re.findall(r"^    (\w+) ", python("-m", "jpus", "--help"), re.MULTILINE))
    named = set(re.findall(r"python -m jpus ([a-z]+)\b", text))
    options = {command: set(re.findall(r"--\w+", python("-m", "jpus", command, "--help"))) for command in known}
    used = re.findall(r"python -m jpus ([a-z]+)\b([^`\n]*)", text)

    assert set() == named - known
    assert [] == [(command, rest) for command, rest in used if not set(re.findall(r"--\w+", rest)) <= options[command]]


def test_hypothesis_finds_the_strategies():
    """Importing hypothesis registers a strategy for every record, through the entry point."""
    (point,) = importlib.metadata.entry_points(group="hypothesis", name="_").select(module="jpus.strategies")

    assert "register" == point.attr
    assert callable(point.load())
