"""What may be out of date, and which links are not in order."""

from __future__ import annotations

from typing import Any

import pytest
from small import build, data, record, source

from jpus.dataset import packaged

upkeep = pytest.importorskip("upkeep", reason="the tests stand apart from tools/")
Stale, links, staleness = upkeep.Stale, upkeep.links, upkeep.staleness


def found(content: Any, **more: Any) -> list[tuple[str, str, str]]:
    return [(one.kind, one.record, one.since) for one in staleness(build(content), **more)]


def test_fresh():
    """What was looked at within the year is not stale."""
    assert [] == found(data(), today="2024-12-31")


def test_coverage():
    """What is covered up to a day long past is told, unless it is an office that nobody holds any more."""
    assert ("coverage", "officials-jp-foreign", "2024-01-10") in found(data(), today="2025-01-11")
    content = data()
    record(content, "motegi-toshimitsu")["terms"][1]["end"] = "2023-12-01"
    assert "coverage" not in {kind for kind, *_ in found(content, today="2030-01-01")}
    content["coverage"][0] = {**content["coverage"][0], "id": "all", "collection": "treaties", "key": None}
    del content["coverage"][0]["key"]
    assert ("coverage", "all", "2024-01-10") in found(content, today="2030-01-01")


def test_terms():
    """A term that runs is stale when no source of it was read, or published, for a year."""
    term = ("open_term", "motegi-toshimitsu-jp-foreign-2023", "2024-01-10")
    assert term in found(data(), today="2025-01-10")
    content = data()
    record(content, "registry-2024")["accessed"] = "2024-06"
    assert term not in found(content, today="2025-01-10")
    assert ("open_term", term[1], "2024-06") in found(content, today="2026")
    assert {term[1]} == {id for kind, id, _ in found(data(), today="2030-01-01") if kind == "open_term"}


def test_terms_without_a_source():
    """A term without a source that is known counts from its start."""
    content = data()
    record(content, "motegi-toshimitsu")["terms"][1]["citations"] = [{"source": "unknown", "locator": "p1"}]

    assert ("open_term", "motegi-toshimitsu-jp-foreign-2023", "2023-09-13") in found(content, today="2030-01-01")


def test_planned_meetings():
    """A meeting that was planned is told the day after."""
    content = data()
    record(content, "2021-11-15-raimondo-visit")["status"] = "planned"
    visit = ("planned_meeting", "2021-11-15-raimondo-visit", "2021-11-16")

    assert visit in found(content, today="2021-11-17")
    assert visit not in found(content, today="2021-11-16")


@pytest.mark.parametrize("status", ["provisional", "estimated", "revised", "normal"])
def test_figures(status: str):
    """A figure that is provisional still is told, in either collection."""
    content = data()
    ids = {"us-exports-goods-2020-bureau-2021": "trade_figures", "troops-2020-defense": "indicators"}
    for id in ids:
        record(content, id)["status"] = status
    stale = [one for one in staleness(build(content), today="2025") if one.kind == "provisional_figure"]

    assert (ids if status in {"provisional", "estimated"} else {}) == {one.record: one.collection for one in stale}


def test_sources():
    """A data set that was read long ago is told; a document does not change."""
    content = data()
    content["sources"].append(
        source("set", "P", "2020", "dataset", url="https://example.org/set", accessed="2021-01-01")
    )
    content["sources"].append(source("unread", "P", "2020", "dataset", url="https://example.org/unread"))

    assert {("source", "set", "2021-01-01")} == {one for one in found(content, today="2023") if one[0] == "source"}


def test_order_and_age():
    """The oldest comes first, days can be chosen, and today is today where no day is given."""
    every = staleness(build(), today="2026-01-01", days=0)

    assert sorted((one.days for one in every), reverse=True) == [one.days for one in every]
    assert every == staleness(build(), today="2026-01-01", days=every[-1].days - 1)
    assert () == staleness(build(), today="2026-01-01", days=every[0].days)
    assert {one.record for one in every} <= {one.record for one in staleness(build(), days=0)}


def test_as_a_line():
    """One line says what it is, and what is to be done."""
    line = str(Stale("coverage", "coverage", "all", "2020", 400, "is covered up to that day: add what came since"))

    assert "coverage: all: is covered up to that day: add what came since (2020, 400 days ago) [coverage]" == line


def problems(*urls: str | None) -> list[tuple[str, str, str]]:
    content = {"sources": [source(f"s{number}", "P", "2020") for number in range(len(urls))]}
    for value, url in zip(content["sources"], urls, strict=True):
        if url is not None:
            value["url"] = url
    return [(one.record, one.rule, one.message) for one in links(build(content))]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://example.org/x", "is no http address"),
        ("javascript:alert(1)", "is no http address"),
        ("example.org", "is no http address"),
        ("", "is no http address"),
        ("https://", "has no host: ''"),
        ("https:///x", "has no host: ''"),
        ("https://localhost/x", "has no host: 'localhost'"),
        ("https://example..org/", "has no host: 'example..org'"),
        ("https://example.org:0/", "has no host: 'example.org'"),
        ("https://example.org:99999/", "is no address: Port out of range 0-65535"),
        ("https://[::1/", "is no address: Invalid IPv6 URL"),
        ("https://user:word@example.org/", "has a user in it"),
        ("https://user@example.org/", "has a user in it"),
        ("https://example.org/a b", "has a letter that an address must escape"),
        ("https://example.org/<b>", "has a letter that an address must escape"),
        ("https://example.org/\u202e", "has a letter that an address must escape"),
        ("https://example.org/\\x", "has a letter that an address must escape"),
    ],
)
def test_addresses_that_are_none(url: str, message: str):
    """What is wrong with the form of an address is told."""
    assert [("s0", "L01", message)] == problems(url)


@pytest.mark.parametrize(
    "url",
    [
        None,
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "https://例え.jp/外務省",
        "https://example.org/a_(b)~c,d;e",
    ],
    ids=repr,
)
def test_addresses(url: str | None):
    """Good addresses, and sources without one, are not told."""
    assert [] == problems(url)


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/a?b=1&c=2",
        "http://example.org/a?b=1&c=2",
        "https://www.example.org/a?b=1&c=2",
        "https://EXAMPLE.org/a?b=1&c=2",
        "https://example.org:443/a?b=1&c=2",
        "https://example.org./a?b=1&c=2",
        "https://example.org/a/?b=1&c=2",
        "https://example.org/a?b=1&c=2#top",
        "https://example.org/a?c=2&b=1&utm_source=x",
        "https://example.org/%61?b=1&c=2",
    ],
)
def test_same_addresses(other: str):
    """Addresses that lead to one page are told, of the second source."""
    assert [("s1", "L02", "leads where that of s0 does")] == problems("https://example.org/a?b=1&c=2", other)


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/A",
        "https://example.org/a?b=1",
        "https://example.org/b",
        "https://example.com/a",
        "https://example.org:8443/a",
    ],
)
def test_different_addresses(other: str):
    """What a server may tell apart is not the same."""
    assert [] == problems("https://example.org/a", other)


def test_packaged():
    """Every address of the package has a good form."""
    assert [] == [problem for problem in links(packaged()) if problem.rule == "L01"]


def test_command(capsys: pytest.CaptureFixture[str]):
    """What is found is printed, a line each; an address without a good form fails."""
    assert 0 == upkeep.main(["stale", "--today", "1850-01-01"])
    assert "" == capsys.readouterr().out
    assert 0 == upkeep.main(["stale", "--today", "2100-01-01"])
    assert "days ago) [open_term]" in capsys.readouterr().out
    assert 0 == upkeep.main(["links"])
    assert all(line.endswith("[L02]") for line in capsys.readouterr().out.splitlines())


def test_command_finds_faults(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """An address that is none is told, and the status is 1."""
    content = {"sources": [source("s", "P", "2020", url="ftp://example.org/x")]}
    monkeypatch.setattr(upkeep, "packaged", lambda: build(content))

    assert 1 == upkeep.main(["links"])
    assert "is no http address [L01]" in capsys.readouterr().out
