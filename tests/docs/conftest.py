"""One build of the documentation, for all tests of it."""

import functools
import http.server
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys
import threading

import pytest

ROOT = pathlib.Path(__file__).parents[2]
URL = "https://jpus.invalid/"
NEEDED = (
    "altair",
    "bs4",
    "furo",
    "hatchling",
    "myst_nb",
    "playwright",
    "sphinx",
    "sphinx_copybutton",
    "sphinx_design",
    "vl_convert",
)


def absent(reason):
    """Skip what needs a tool that is not here; where JPUS_DOCS_REQUIRED is set, as in .ci/run, that is a failure."""
    if os.environ.get("JPUS_DOCS_REQUIRED"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_configure(config):
    config.addinivalue_line("markers", "docs: builds the documentation, with what the extra docs installs")


@pytest.fixture(scope="session")
def build(tmp_path_factory):
    """A function that builds the documentation with a builder of Sphinx, and gives the folder and what was printed."""
    missing = [module for module in NEEDED if importlib.util.find_spec(module) is None]
    if missing:
        absent(f"the extra docs is not installed: no {', '.join(missing)}")
    if not (ROOT / "docs").is_dir():
        absent("the tests stand apart from the documentation")
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
            env={**os.environ, "JPUS_DOCS_OFFLINE": "1", "JPUS_DOCS_URL": URL, "NO_COLOR": "1"},
            timeout=1800,
        )
        return folder / builder, done

    return built


@pytest.fixture(scope="session")
def site(build):
    """The folder of the built site."""
    folder, done = build("html")
    if done.returncode:
        pytest.fail("the site does not build: see test_build", pytrace=False)
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
def browser(site):
    """Chromium, headless."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if path is None:
        absent("Chromium is not installed: CHROMIUM names another browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pyodide(site, tmp_path_factory):
    """A folder with the npm package pyodide, in the version that the page "Try it" asks for."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        absent("Node with npm is not installed")
    script = (site / "_static" / "try-it.mjs").read_text(encoding="utf-8")
    version = script.split('PYODIDE = "')[1].split('"')[0]
    folder = tmp_path_factory.mktemp("npm")
    done = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--prefix", folder, f"pyodide@{version}"],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=900,
    )
    if done.returncode:
        absent(f"pyodide {version} cannot be fetched: {done.stderr[-200:]}")
    return folder / "node_modules" / "pyodide"
