"""What .ci/run does not: every Python, the lowest dependencies, the wheel without the source, the docs, a release."""

from __future__ import annotations

import ast
import filecmp
import json
import os
import pathlib
import re
import shutil

import nox

nox.needs_version = ">=2025.2"
nox.options.default_venv_backend = "virtualenv"
nox.options.sessions = ["tests", "wheel", "floors", "core", "lint", "docs"]

PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PROJECT)
EXTRAS = ("pandas", "polars", "arrow", "plot", "testing")
DATA = pathlib.Path("src/jpus/data")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests on the source."""
    session.install("-e", ".[test]")
    session.run("pytest", *session.posargs)


@nox.session(python=PYTHONS)
def wheel(session: nox.Session) -> None:
    """Run the tests on the wheel of dist/, with no source in sight."""
    built = _wheel(session)
    session.install(f"jpus[test] @ {built.as_uri()}")
    away = pathlib.Path(session.create_tmp()) / "away"
    shutil.rmtree(away, ignore_errors=True)
    shutil.copytree("tests", away / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"):
        shutil.copy(name, away)
    with session.chdir(away):
        session.run("pytest", *(session.posargs or ["tests"]), env={"JPUS_DIST": str(built.parent)})


@nox.session(python=PYTHONS[0])
def floors(session: nox.Session) -> None:
    """Run the tests with the lowest dependencies that pyproject.toml allows."""
    wanted = list(PROJECT["project"]["dependencies"])
    for extra in EXTRAS:
        wanted += PROJECT["project"]["optional-dependencies"][extra]
    session.install("-e", ".[test]", *_floors(wanted))
    session.run("pytest", *session.posargs)


@nox.session(python=PYTHONS)
@nox.parametrize("versions", ["lowest", "newest"])
def core(session: nox.Session, versions: str) -> None:
    """Run the main job on the wheel, with the three dependencies alone: under hard conditions, and from the zip."""
    built = _wheel(session)
    wanted = PROJECT["project"]["dependencies"]
    session.install(*_floors(wanted) if versions == "lowest" else ("--upgrade", *wanted))
    session.install("--no-deps", str(built))
    with session.chdir(session.create_tmp()):
        for flags in ([], ["-W", "error"], ["-OO"], ["-X", "utf8=0"], ["-bb"]):
            session.run("python", "-I", *flags, "-m", "jpus", "check", env={"LC_ALL": "C"}, silent=True)
        session.run("python", "-m", "pip", "uninstall", "--yes", "jpus", silent=True)
        session.run("python", "-W", "error", "-m", "jpus", "check", env={"PYTHONPATH": str(built)}, silent=True)


@nox.session
def lint(session: nox.Session) -> None:
    """Lint, and check the types."""
    session.install("-e", ".[test]", *nox.project.dependency_groups(PROJECT, "lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("pyright")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation; a warning is an error, and its examples are run."""
    session.install("-e", ".[docs]")
    for builder in ("html", "doctest"):
        options = ("-n", "-W", "--keep-going", "-j", "2", "-d", "docs/_build/doctrees", "-b", builder)
        session.run("sphinx-build", *options, "docs", f"docs/_build/{builder}")


@nox.session
def mutation(session: nox.Session) -> None:
    """Change the heart of the code in thousands of small ways, and name the changes that no test notices."""
    session.install("-e", ".[test]", "mutmut>=3.8")
    with session.chdir(_mutable(pathlib.Path(session.create_tmp()) / "mutation")):
        session.run("mutmut", "run", *session.posargs)
        session.run("mutmut", "results")


def _mutable(folder: pathlib.Path) -> pathlib.Path:
    """A copy in which mutmut, which passes by every function with a decorator, finds decorators written as calls."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("src", "tests"):
        shutil.copytree(name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(name, folder)
    for name in PROJECT["tool"]["mutmut"]["only_mutate"]:
        text = (folder / name).read_text(encoding="utf-8")
        lines = text.splitlines()
        functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        for node in sorted(functions, key=lambda node: -node.lineno):
            decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
            if decorators and decorators != ["classmethod"]:
                call = node.name
                for decorator in reversed(decorators):
                    # What a cache keeps from an earlier test would hide a change.
                    call = call if decorator.startswith("functools.lru_cache") else f"{decorator}({call})"
                lines.insert(node.end_lineno, f"{' ' * node.col_offset}{node.name} = {call}")
                del lines[node.decorator_list[0].lineno - 1 : node.lineno - 1]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@nox.session
def upkeep(session: nox.Session) -> None:
    """List what may be out of date in the data, and check the addresses of sources."""
    session.install("-e", ".")
    for command in ("stale", "links"):
        session.run("python", "tools/upkeep.py", command)


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Measure, and rewrite the tables that the documentation shows."""
    session.install("-e", ".[arrow]", "-r", "benchmarks/requirements.txt")
    session.run("python", "benchmarks/run.py", *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Build wheel and sdist into dist/, twice, and compare the bytes."""
    shutil.rmtree("dist", ignore_errors=True)
    again = pathlib.Path(session.create_tmp()) / "dist"
    shutil.rmtree(again, ignore_errors=True)
    for folder in (pathlib.Path("dist"), again):
        _build(session, folder)
    for one in pathlib.Path("dist").iterdir():
        if not filecmp.cmp(one, again / one.name, shallow=False):
            session.error(f"{one.name} differs when it is built again")


@nox.session
def release(session: nox.Session) -> None:
    """Check that a tag, the version, the change log and the data agree: `nox -s release -- v1.2.3`."""
    version = PROJECT["project"]["version"]
    tag = session.posargs[0] if session.posargs else f"v{version}"
    if tag != f"v{version}":
        session.error(f"the tag is {tag}, the version {version}")
    part = re.search(
        rf"^## \[{re.escape(version)}\] - [0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$(.*?)(?=^## |\Z)",
        pathlib.Path("CHANGELOG.md").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    if part is None:
        session.error(f"CHANGELOG.md has no part '## [{version}] - DATE'")
    data_version = json.loads((DATA / "manifest.json").read_text(encoding="utf-8"))["data_version"]
    if data_version not in part[1]:
        session.error(f"that part does not name the data version {data_version}")
    session.install("-e", ".")
    session.run("python", "-m", "jpus", "format", "--check")
    session.run("python", "-m", "jpus", "generate", "--check")
    session.run("python", "tools/upkeep.py", "links")
    session.notify("docs")


def _floors(requirements: list[str]) -> list[str]:
    return [requirement.replace(">=", "==") for requirement in requirements]


def _wheel(session: nox.Session) -> pathlib.Path:
    """The wheel of dist/, built where there is none."""
    if not list(pathlib.Path("dist").glob("*.whl")):
        _build(session, pathlib.Path("dist"))
    (built,) = pathlib.Path("dist").absolute().glob("*.whl")
    return built


def _build(session: nox.Session, folder: pathlib.Path) -> None:
    session.install(*PROJECT["build-system"]["requires"])
    # Files carry this time: by default one that never changes.
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "1580601600")
    session.run("python", "-m", "hatchling", "build", "-d", str(folder), env={"SOURCE_DATE_EPOCH": epoch})
