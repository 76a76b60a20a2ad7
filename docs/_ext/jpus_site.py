"""What the site has beside what Sphinx makes of its pages.

Tables that screen readers can follow, a description for search engines, a sitemap, and jpus itself for the page that
runs it in the browser.
"""

from __future__ import annotations

import io
import json
import pathlib
import re
import subprocess
import sys
import zipfile
from importlib.metadata import Distribution, distribution, metadata
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from packaging.requirements import Requirement

import jpus
from jpus.display import summary
from jpus.exporting import LICENSE, LICENSES

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# The markers of Pyodide, for the dependencies that it needs.
_BROWSER = {"python_version": "3.14", "sys_platform": "emscripten", "platform_system": "Emscripten", "extra": ""}


def accessible_tables(body: str) -> str:
    """A page whose table headers say whether they are of a column or of a row.

    Sphinx, and pandas in the output of a cell, leave that open.
    """

    def of_columns(head: re.Match[str]) -> str:
        return re.sub(r"<th(?![^>]*\bscope=)(?=[\s>])", '<th scope="col"', head[0])

    # A header without words, as in the corner of a frame of pandas, is none.
    body = re.sub(r"<th[^>]*>\s*</th>", "<td></td>", body)
    body = re.sub(r"<thead.*?</thead>", of_columns, body, flags=re.DOTALL)
    # A table that is too wide scrolls, with the arrow keys too.
    body = body.replace('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper')
    return re.sub(r"<th(?![^>]*\bscope=)(?=[\s>])", '<th scope="row"', body)


def quiet_pictures(body: str) -> str:
    """A page in whose inline SVG the highlighting of searched words passes over titles, at which it stumbles."""
    return re.sub(r"<(title|desc)(?=[ >])", r'<\1 class="nohighlight"', body)


def dataset_description(base: str) -> dict[str, Any]:
    """The data as schema.org has it, from the metadata of the package and the data itself."""
    from jpus.dataset import packaged

    about = metadata("jpus")
    years = summary(packaged())["years"].values()
    described: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": "jpus",
        "description": about["Summary"] + ". Every record cites its sources; where they disagree, the data shows it.",
        "version": jpus.data_version,
        "dateModified": jpus.data_version,
        "license": LICENSES[LICENSE]["path"],
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": about["Author"]},
        "keywords": about["Keywords"].split(","),
        "temporalCoverage": f"{min(first for first, _ in years)}/{max(last for _, last in years)}",
        "spatialCoverage": ["Japan", "United States"],
        "variableMeasured": [collection.name for collection in packaged().collections],
    }
    if base:
        described["url"] = base
        described["distribution"] = {
            "@type": "DataDownload",
            "encodingFormat": "application/zip",
            "contentUrl": f"{base.rstrip('/')}/_static/browser/{_wheel_name()}",
        }
    return described


def _add_to_page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    if "body" in context:
        context["body"] = quiet_pictures(accessible_tables(context["body"]))
    # The captions of the menu are headings; Sphinx leaves open of which level.
    menu = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = menu.replace('role="heading"', 'role="heading" aria-level="2"')
    if page == app.config.root_doc:
        described = json.dumps(dataset_description(app.config.html_baseurl), ensure_ascii=False).replace("</", "<\\/")
        context["metatags"] = context.get("metatags", "") + f'\n<script type="application/ld+json">{described}</script>'


def _write_more(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.name != "html":
        return
    out = pathlib.Path(app.outdir)
    _write_sitemap(app, out)
    write_browser(pathlib.Path(app.srcdir).parent, out / "_static" / "browser")


def _write_sitemap(app: Sphinx, out: pathlib.Path) -> None:
    # A sitemap holds absolute addresses alone: without one there is none to write.
    base = app.config.html_baseurl
    if base:
        addresses = [f"{base.rstrip('/')}/{app.builder.get_target_uri(page)}" for page in sorted(app.env.found_docs)]
        entries = "".join(f"<url><loc>{escape(address)}</loc></url>" for address in addresses)
        text = f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{_SITEMAP}">{entries}</urlset>\n'
        (out / "sitemap.xml").write_text(text, encoding="utf-8")


_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


# --- jpus in the browser ---------------------------------------------------------------------------------------------


def _wheel_name() -> str:
    return f"jpus-{jpus.__version__}-py3-none-any.whl"


def write_browser(root: pathlib.Path, folder: pathlib.Path) -> None:
    """Put jpus's wheel, and in one archive all that it depends on, where the page "Try it" finds them."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=root,
        check=True,
        capture_output=True,
    )
    (folder / "dependencies.zip").write_bytes(archive(dependencies(distribution("jpus"))))
    files = {"wheel": _wheel_name(), "dependencies": "dependencies.zip"}
    (folder / "files.json").write_text(json.dumps(files), encoding="utf-8")


def dependencies(of: Distribution) -> list[Distribution]:
    """What a distribution needs in the browser, and what that needs in turn."""
    found: dict[str, Distribution] = {}

    def add(one: Distribution) -> None:
        for text in one.requires or ():
            wanted = Requirement(text)
            if wanted.name not in found and (wanted.marker is None or wanted.marker.evaluate(_BROWSER)):
                found[wanted.name] = distribution(wanted.name)
                add(found[wanted.name])

    add(of)
    return list(found.values())


def archive(distributions: list[Distribution]) -> bytes:
    """The installed files of distributions that are Python alone, as a zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for one in distributions:
            for path in one.files or ():
                if ".." not in path.parts and "__pycache__" not in path.parts:
                    file.writestr(str(path), path.read_binary())
    return made.getvalue()


def setup(app: Sphinx) -> dict[str, Any]:
    """Register what is done to each page, and when all are written."""
    # After furo, which makes the menu with the priority of 500.
    app.connect("html-page-context", _add_to_page, priority=900)
    app.connect("build-finished", _write_more)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
