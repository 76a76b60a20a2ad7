"""Data may be hostile: what is made of it runs nothing, fetches nothing, and says no more than it says.

A real browser reads it, where one is installed: Chromium, headless (Debian: ``apt-get install chromium``).
"""

from __future__ import annotations

import functools
import html.parser
import http.server
import itertools
import json
import pathlib
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from typing import Any, ClassVar
from xml.etree import ElementTree as ET

import pytest
from small import Data, build, data

from jpus import Treaty
from jpus.citing import cite
from jpus.dataset import Collection, Dataset
from jpus.display import record_html, timeline

SCRIPTS = (
    "<script>hit('script')</script>",
    "</script><script>hit('second')</script>",
    "<img src=/fetched onerror=hit('img')>",
    "<svg onload=hit('svg')>",
    "</title><svg/onload=hit('title')>",
    "</style><script>hit('style')</script>",
    "--><script>hit('comment')</script>",
    "]]><script>hit('cdata')</script>",
    '"><body onload=hit("attribute")>',
    "' onmouseover='hit(1)' autofocus onfocus='hit(2)",
    '" onclick="hit(3)" style="background:url(/fetched)',
    "<a href=javascript:hit('a')>x</a>",
    "<iframe srcdoc='<script>parent.hit(4)</script>'></iframe>",
    "<iframe src=javascript:parent.hit(5)>",
    "<meta http-equiv=refresh content=0;url=/fetched>",
    "<base href=/fetched/>",
    "<link rel=stylesheet href=/fetched>",
    "<form action=/fetched><button autofocus onfocus=hit(6)>",
    "<math><mtext><table><mglyph><style><img src onerror=hit(7)>",
    "&lt;script&gt;hit(8)&lt;/script&gt;",
    "{{constructor.constructor('hit(9)')()}}",
    "`${hit(10)}`",
    "<\0script>hit(11)</script>",
    "＜script＞hit(12)＜/script＞",
)
UNSEEN = "x\u202e<evil\u2066\u200b\u200f\x1b[31m\x07\r\n\x85\u2028\ufeffy"
ADDRESSES = (
    "javascript:hit('url')",
    " javascript:hit('space')",
    "java\tscript:hit('tab')",
    "JaVaScRiPt:hit('case')",
    "vbscript:hit('vb')",
    "data:text/html,<script>parent.hit('data')</script>",
    "//127.0.0.1/fetched",
    'https://example.org/"onmouseover="hit(13)',
    "https://example.org/'onmouseover='hit(14)",
    "https://example.org/<script>hit(15)</script>",
    "https://\u202eexample.org/",
    "https:javascript:hit(16)",
    "http://",
)
WORDS = (
    "title", "native", "note", "given", "family", "kana", "place", "publisher", "license", "explanation", "short_title",
    "signed_at", "reason", "rule", "excludes", "name",
)  # fmt: skip


FREE = frozenset((*WORDS, "aliases", "topics", "also_visited", "locator", "stated"))


def _spoilt(value: Any, key: str, numbers: Iterator[int], scripts: tuple[str, ...]) -> Any:
    if isinstance(value, dict):
        made = {name: _spoilt(part, name, numbers, scripts) for name, part in value.items()}
        if made.get("field") in {"place", "statement_by_hayashi"}:
            made["value"] = scripts[next(numbers) % len(scripts)]
        return made
    if isinstance(value, list):
        return [_spoilt(part, key, numbers, scripts) for part in value]
    number = next(numbers)
    if key in FREE:
        return f"{scripts[number % len(scripts)]}{UNSEEN if number % 3 == 0 else ''}"
    return ADDRESSES[number % len(ADDRESSES)] if key == "url" else value


def spoilt(scripts: tuple[str, ...] = SCRIPTS) -> Data:
    """The small data, with something hostile in every text that may be anything."""
    numbers = itertools.count()
    content: Data = {name: _spoilt(records, "", numbers, scripts) for name, records in data().items()}
    for collection in ("officials", "meetings", "treaties", "initiatives"):
        for record in content[collection]:
            record["note"] = scripts[next(numbers) % len(scripts)]
    # Every address and every text is met in a source at least once: sources are what is linked.
    for number, address in enumerate((*ADDRESSES, *ADDRESSES)):
        title, publisher = scripts[number % len(scripts)], scripts[-1 - number % len(scripts)]
        source = {"title": title, "publisher": publisher, "kind": "news", "language": "en", "url": address}
        content["sources"].append({"id": f"hostile-{number}", **source})
    content["treaties"].append(
        {
            "id": "hostile",
            "title": scripts[0],
            "kind": "treaty",
            "subject": "peace",
            "in_force": "1970",
            "parties": [{"country": scripts[-1]}],
            "citations": [{"source": f"hostile-{number}", "locator": "p1"} for number in range(2 * len(ADDRESSES))],
        }
    )
    return content


def rendered(dataset: Dataset) -> Iterator[str]:
    """All HTML that jpus makes of a Dataset."""
    for collection in dataset.collections:
        yield collection._repr_html_()
        for record in collection:
            yield record._repr_html_()
            yield record_html(record, dataset)
    for treaty in dataset.treaties:
        yield Collection._repr_html_(dataset.treaties.where(id=treaty.id))
    for day in ("2021-11-15", "1955", "2020"):
        yield dataset.on(day)._repr_html_()
    yield dataset.check().render("html")
    for table in (dataset.officials.terms, dataset.meetings.participants, dataset.treaties.parties):
        yield table._repr_html_()
    yield dataset.panel("year", 2019, 2022)._repr_html_()
    for assessed in (
        dataset.treaties.assess("security-1951", "signed", "1952"),
        dataset.meetings.assess("2021-11-15-hayashi-raimondo", "place", SCRIPTS[0]),
        dataset.officials.assess(SCRIPTS[0], office="jp-foreign", on="2021-12-22"),
        dataset.officials.assess("x", office="jp-foreign", on="2021-12-22"),
        dataset.trade_figures.assess("$5 billion <script>hit(17)</script>", time_period="2020"),
    ):
        yield assessed._repr_html_()


def pictures(dataset: Dataset) -> Iterator[str]:
    """All SVG that jpus makes of a Dataset."""
    for records in (dataset.treaties, dataset.officials, dataset.meetings, dataset.initiatives):
        yield timeline(list(records), title=SCRIPTS[4], dataset=dataset)
        yield timeline(list(records), title=SCRIPTS[5], dataset=dataset)


@pytest.fixture(scope="module", name="hostile")
def _hostile() -> Dataset:
    return build(spoilt())


class _Links(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {value or "" for name, value in attrs if name == "href"}


def test_html(hostile: Dataset):
    """There are tables and links in it, no attribute that runs or fetches, and links lead to the web alone."""
    found = _Links()
    found.feed("".join(rendered(hostile)))

    assert found.tags <= set(
        "table caption thead tbody tr th td a ol ul li sup code details summary br div p span small strong".split()
    )
    assert found.attributes <= {"href", "rel", "style", "scope", "colspan", "rowspan", "title", "open"}
    assert found.addresses
    assert all(re.match(r"https?://[^/\s]", address) for address in found.addresses)


@pytest.mark.parametrize("kind", ["html", "svg", "bibtex", "text", "str"])
def test_nothing_unseen(hostile: Dataset, kind: str):
    """No control character, no change of direction, no invisible letter comes through, only its escape."""
    made = {
        "html": lambda: rendered(hostile),
        "svg": lambda: pictures(hostile),
        "str": lambda: (str(one) for collection in hostile.collections for one in (collection, *collection)),
    }.get(kind, lambda: [cite(hostile, *hostile.treaties, *hostile.meetings, *hostile.sources, style=kind)])

    for text in made():
        unseen = {letter for letter in text if not letter.isprintable()} - {"\n"}
        assert not unseen, text[:200]


def test_svg(hostile: Dataset):
    """A picture is well-formed XML, has nothing that runs, and links nowhere."""
    for picture in pictures(hostile):
        for element in ET.fromstring(picture).iter():
            assert element.tag.rpartition("}")[2] in {
                "svg", "title", "desc", "style", "defs", "pattern", "path", "g", "rect", "line", "text", "circle", "polygon", "tspan",
            }  # fmt: skip
            assert not {name for name in element.attrib if name.startswith("on") or "href" in name}


def test_bibtex(hostile: Dataset):
    """Each source is one entry, with the fields that it has and no other, whatever braces its texts have."""
    parse_string = pytest.importorskip("pybtex.database").parse_string

    braces = (
        "}",
        "{",
        "}}, url = {javascript:hit()}",
        '"',
        "@misc{evil,",
        "\\",
        "%",
        "$\\input{/etc/passwd}$",
        "},\n}\n@misc{x,",
        "#",
        "~",
        "_^&",
    )
    dataset = build(spoilt(braces))
    for made, known in ((hostile, SCRIPTS), (dataset, braces)):
        text = cite(made, *made.sources, style="bibtex")
        found = parse_string(text, "bibtex").entries

        assert known
        assert {*(source.id for source in made.sources), "jpus"} == set(found)
        fields = {"author", "title", "year", "month", "day", "url", "urldate", "note"}
        assert all({*entry.fields, *entry.persons} <= fields for entry in found.values())
        assert "\\input" not in text.replace("\\textbackslash", "")


def test_csl(hostile: Dataset):
    """CSL-JSON is JSON, and says what the sources say."""
    items = json.loads(cite(hostile, *hostile.sources, style="csl-json"))

    assert len(hostile.sources) + 1 == len(items)


def test_annotations(hostile: Dataset):
    """A report for GitHub has a line for each problem, whatever line ends the data has."""
    report = hostile.check()
    lines = report.render("github").split("\n")

    assert len(report.problems) == len(lines)
    assert all(line.startswith("::error file=") for line in lines)


# --- in a browser ----------------------------------------------------------------------------------------------------

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--virtual-time-budget=8000",
    # What is not on this machine is not there.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
HEAD = """<!DOCTYPE html><meta charset="utf-8"><title>jpus</title>
<script>window.ran = []; function hit(what) { window.ran.push(String(what)); }</script>"""
# What a reader could do by mistake: touch everything, click everywhere.
TAIL = """<pre id="told"></pre><script>
window.alert = window.confirm = window.prompt = hit;
const away = [];
document.addEventListener("click", event => {
  const link = event.target.closest("a");
  if (link && /^https?:/.test(link.href)) { away.push(link.href); event.preventDefault(); }
}, true);
function touch(root) {
  for (const element of root.querySelectorAll("*")) {
    for (const name of ["mouseover", "mouseenter", "pointerdown", "focus", "blur", "load", "error", "toggle", "animationstart"])
      element.dispatchEvent(new Event(name, {bubbles: false}));
    if (element.focus) element.focus();
    if (element.tagName !== "SCRIPT") element.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
  }
}
window.addEventListener("load", () => {
  touch(document.body);
  for (const frame of document.querySelectorAll("iframe.ours")) touch(frame.contentDocument);
  setTimeout(() => {
    document.getElementById("told").textContent = JSON.stringify({ran: window.ran, clicked: away.length, title: document.title});
  }, 500);
});
</script>"""


class _Site(http.server.SimpleHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def log_message(self, format: str, *words: Any) -> None:
        self.asked.append(self.path)


def read_in_browser(folder: pathlib.Path, files: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
    """What a page tells after it was read and touched all over, and what was asked of the server."""
    assert BROWSER is not None
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    _Site.asked = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Site, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/page.html"
        command = [BROWSER, *FLAGS, f"--user-data-dir={folder / 'profile'}", "--dump-dom", address]
        run = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
        server.shutdown()
    told = re.search(r'<pre id="told">(.*?)</pre>', run.stdout, re.DOTALL)
    assert told is not None, (run.stdout[-2000:], run.stderr[-2000:])
    return json.loads(html.unescape(told[1])), _Site.asked


needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium here: apt-get install chromium")


def _page(*parts: str) -> dict[str, str]:
    return {"page.html": "\n".join((HEAD, *parts, TAIL))}


@needs_browser
def test_the_browser_would_tell(tmp_path: pathlib.Path):
    """What is not escaped does run, does fetch, and is seen: the tests below can fail."""
    raw = "".join(f"<p>{script}</p>" for script in SCRIPTS[:4])
    told, asked = read_in_browser(tmp_path, _page(raw, "<a href=\"javascript:hit('clicked')\">x</a>"))

    assert {"script", "second", "img", "svg", "clicked"} <= set(told["ran"])
    assert "/fetched" in asked


@needs_browser
def test_html_in_a_browser(tmp_path: pathlib.Path, hostile: Dataset):
    """Nothing in the HTML of records, collections, snapshots, reports, assessments and tables runs or fetches."""
    told, asked = read_in_browser(tmp_path, _page(*rendered(hostile)))

    assert ([], "jpus") == (told["ran"], told["title"])
    assert told["clicked"] > 0
    assert {"/page.html", "/favicon.ico"} >= set(asked)


@needs_browser
def test_svg_in_a_browser(tmp_path: pathlib.Path, hostile: Dataset):
    """Nothing in a timeline runs or fetches, within a page and as a document of its own."""
    drawn = list(pictures(hostile))
    files = {f"{number}.svg": picture for number, picture in enumerate(drawn)}
    frames = (f'<iframe class="ours" src="{name}"></iframe>' for name in files)
    told, asked = read_in_browser(tmp_path, {**files, **_page(*drawn, *frames)})

    assert ([], "jpus") == (told["ran"], told["title"])
    assert {"/page.html", "/favicon.ico", *(f"/{name}" for name in files)} >= set(asked)


def charts(dataset: Dataset) -> list[Any]:
    """All charts that jpus makes of a Dataset."""
    pytest.importorskip("altair", reason="altair is not installed")
    from jpus.plotting import meetings_by_year, trade_series, treaties_in_force

    return [trade_series(dataset), meetings_by_year(dataset), treaties_in_force(dataset)]


def test_charts(hostile: Dataset):
    """No text in a chart has a letter that could end the script into which Altair writes it."""
    assert [] == [chart for chart in charts(hostile) if "<" in chart.to_json()]


@needs_browser
def test_charts_in_a_browser(tmp_path: pathlib.Path):
    """Nothing in a chart runs, in the page that Altair makes of it."""
    files = {
        f"{number}.html": chart.to_html().replace("<head>", "<head><script>const hit = parent.hit</script>")
        for number, chart in enumerate(charts(build(spoilt(SCRIPTS[1:2]))))
    }
    frames = (f'<iframe class="ours" src="{name}"></iframe>' for name in files)
    told, _ = read_in_browser(tmp_path, {**files, **_page(*frames)})

    assert [] == told["ran"]


def test_titles_are_not_lost(hostile: Dataset):
    """What is escaped is still there to be read."""
    record = hostile.treaties["hostile"]

    assert isinstance(record, Treaty)
    assert html.escape(SCRIPTS[0]) in record_html(record, hostile)
