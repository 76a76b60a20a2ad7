"""One build of the documentation, for all tests of it."""

import functools
import http.server
import os
import pathlib
import shutil
import subprocess
import sys
import threading

import pytest

ROOT = pathlib.Path(__file__).parents[2]
URL = "https://jpus.invalid/"
NEEDED = ("altair", "bs4", "furo", "hatchling", "myst_nb", "sphinx", "sphinx_copybutton", "sphinx_design", "vl_convert")


def pytest_configure(config):
    config.addinivalue_line("markers", "docs: builds the documentation, with what the extra docs installs")


@pytest.fixture(scope="session")
def build(tmp_path_factory):
    """A function that builds the documentation with a builder of Sphinx, and gives the folder and what was printed."""
    for module in NEEDED:
        pytest.importorskip(module)
    if not (ROOT / "docs").is_dir():
        pytest.skip("the tests stand apart from the documentation")
    folder = tmp_path_factory.mktemp("docs")

    @functools.cache
    def built(builder):
        options = ("--nitpicky", "--fail-on-warning", "--keep-going", "--jobs", "2", "--builder", builder)
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "sphinx",
                *options,
                "--doctree-dir",
                folder / "doctrees",
                ROOT / "docs",
                folder / builder,
            ],
            capture_output=True,
            check=False,
            encoding="utf-8",
            env={**os.environ, "JPUS_DOCS_OFFLINE": "1", "JPUS_DOCS_URL": URL},
            timeout=900,
        )
        return folder / builder, done

    return built


@pytest.fixture(scope="session")
def site(build):
    """The folder of the built site."""
    folder, done = build("html")
    assert 0 == done.returncode, done.stdout[-2000:] + done.stderr[-8000:]
    return folder


@pytest.fixture(scope="session")
def pages(site):
    """Every page of the site, parsed, by its path."""
    import bs4

    return {
        path.relative_to(site).as_posix(): bs4.BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in sorted(site.rglob("*.html"))
        if "_static" not in path.parts
    }


@pytest.fixture(scope="session")
def address(site):
    """The address under which the site is served."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def pyodide(site, tmp_path_factory):
    """A folder with the npm package pyodide, in the version that the page "Try it" asks for."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("Node is not installed")
    script = (site / "_static" / "try-it.mjs").read_text(encoding="utf-8")
    version = script.split('PYODIDE = "')[1].split('"')[0]
    folder = tmp_path_factory.mktemp("npm")
    done = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--prefix", folder, f"pyodide@{version}"],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=300,
    )
    if done.returncode:
        pytest.skip(f"pyodide {version} cannot be fetched: {done.stderr[-200:]}")
    return folder / "node_modules" / "pyodide"
