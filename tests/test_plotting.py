"""Charts: what stands in them, read from their specification."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
from small import build, data, figure, record, source

import jpus
from jpus.dataset import Dataset
from jpus.errors import MissingExtraError
from jpus.plotting import meetings_by_year, trade_series, treaties_in_force

pytest.importorskip("altair")


@pytest.fixture(name="small")
def _small() -> Dataset:
    return build()


def marks(chart: Any) -> list[dict[str, Any]]:
    """The layers of a chart, each with its rows."""
    spec = chart.to_dict()
    return [{**layer, "rows": layer["data"]["values"]} for layer in spec.get("layer", [spec])]


def told(chart: Any) -> list[str]:
    return chart.to_dict()["title"]["subtitle"]


def exports(period: str, stated: str, value: str, id: str, **more: Any) -> dict[str, Any]:
    return figure("exports", "goods", period, stated, value, "100000000", source=id, **more)


def test_trade(small: Dataset):
    """A line for each flow: amounts in billions, the unit on the axis, who states it beside each point and below."""
    chart = trade_series(small)
    (lines,) = marks(chart)

    assert [("exports, bop basis", 64.1), ("imports, bop basis", 119.5)] == [
        (row["definition"], row["amount"]) for row in lines["rows"]
    ]
    assert {
        "start": "2020-01-01",
        "period": "2020",
        "definition": "exports, bop basis",
        "amount": 64.1,
        "stated": "$64.1 billion",
        "publisher": "Bureau",
        "source": "bureau-2021",
        "locator": "p1",
        "run": 1,
    } == lines["rows"][0]
    assert "billion USD" == lines["encoding"]["y"]["title"]
    assert "year" == lines["encoding"]["x"]["title"]
    assert {"period", "stated", "publisher", "source", "locator"} <= {
        tip["field"] for tip in lines["encoding"]["tooltip"]
    }
    assert ["Sources: Bureau"] == told(chart)
    assert "Exports and imports of goods in the statistics of the United States" == chart.to_dict()["title"]["text"]


def test_trade_of_a_collection(small: Dataset):
    """Some figures make a chart too, by month for instance."""
    (lines,) = marks(trade_series(small.trade_figures.where(freq="M"), ["exports"], freq="M"))

    assert 12 == len(lines["rows"])
    assert {1} == {row["run"] for row in lines["rows"]}
    assert "month" == lines["encoding"]["x"]["title"]


def test_trade_breaks_at_gaps():
    """A line does not run through years of which nothing is known, nor from calendar to fiscal years."""
    content = data()
    content["trade_figures"] += [
        exports("2021", "$75 billion", "75000000000", "bureau-2021"),
        exports("2015", "$62 billion", "62000000000", "bureau-2021"),
        exports("2017-04/2018-03", "$67 billion", "67000000000", "bureau-2021"),
    ]
    (lines,) = marks(trade_series(build(content), ["exports"]))

    assert [
        ("2015", "exports, bop basis", 1),
        ("2017-04/2018-03", "exports, bop basis, fiscal years", 2),
        ("2020", "exports, bop basis", 3),
        ("2021", "exports, bop basis", 3),
    ] == [(row["period"], row["definition"], row["run"]) for row in lines["rows"]]


def test_trade_shows_disagreement():
    """Where sources of one definition do not meet, a range reaches over all of them and names them."""
    content = data()
    content["sources"].append(source("rival-2021", "Rival", "2021-01-01", "statistical"))
    content["trade_figures"].append(exports("2020", "$65.2 billion", "65200000000", "rival-2021"))
    chart = trade_series(build(content), ["exports"])
    (range_,) = marks(chart)[1]["rows"]

    assert (64.05, 65.25) == (range_["low"], range_["high"])
    assert "bureau-2021, rival-2021" == range_["sources"]
    assert "$64.1 billion; $65.2 billion" == range_["stated"]
    assert told(chart)[1].startswith("Bars: what sources state under one definition where they disagree")


def test_trade_of_an_unstated_basis():
    """A figure whose source names no basis is called by its flow alone; a source that is missing by its id."""
    content = data()
    content["trade_figures"] = [exports("2020", "$64 billion", "64000000000", "lost", basis="unstated")]
    (lines,) = marks(trade_series(build(content), ["exports"]))

    assert [("exports", "lost")] == [(row["definition"], row["publisher"]) for row in lines["rows"]]


def test_trade_of_japan(small: Dataset):
    """Nothing to draw is an error that says of what; a word that there is not is one as well."""
    with pytest.raises(ValueError, match="no figures of goods for balance of JP"):
        trade_series(small, ["balance"], ref_area="JP")
    with pytest.raises(ValueError, match="flow 'gifts' is none of"):
        trade_series(small, ["gifts"])


def test_meetings(small: Dataset):
    """A bar for each year and kind: how many meetings were held, and whose word that is."""
    chart = meetings_by_year(small)
    (bars,) = marks(chart)

    assert [
        {"year": "2021-01-01", "kind": "ministerial", "place": 0, "meetings": 1, "sources": "Ministry"},
        {"year": "2021-01-01", "kind": "visit", "place": 1, "meetings": 1, "sources": "Ministry"},
    ] == bars["rows"]
    assert "meetings held (count)" == bars["encoding"]["y"]["title"]
    assert "Sources: Ministry" == told(chart)[0]
    (bars,) = marks(meetings_by_year(small.meetings, kinds=["visit"]))
    assert ["visit"] == [row["kind"] for row in bars["rows"]]


def test_planned_meetings_are_not_counted():
    """What was only announced is no meeting; nothing left is an error."""
    content = data()
    for entry in content["meetings"]:
        entry["status"] = "planned"

    with pytest.raises(ValueError, match="no meetings to count"):
        meetings_by_year(build(content))


def test_rare_kinds_stand_together():
    """As many kinds have a colour of their own as can be told apart; the rarer ones are counted as other."""
    kinds = "summit visit talks funeral ceremony stopover ministerial multilateral parliamentary trade_talks".split()
    content = data()
    template = record(content, "2021-11-15-raimondo-visit")
    content["meetings"] = [
        {**template, "id": f"m{number}", "kind": kind, "citations": [{"source": "lost", "locator": "p1"}]}
        for number, kind in enumerate([*kinds, "private_visit", "summit"])
    ]
    (bars,) = marks(meetings_by_year(build(content)))
    counts = {row["kind"]: row["meetings"] for row in bars["rows"]}

    assert 12 == sum(counts.values())
    assert 10 == len(counts)
    assert (2, 2) == (counts["summit"], counts["other"])
    assert "lost" == bars["rows"][0]["sources"]
    # The most frequent stands at the bottom of the stack, and of the legend beside it.
    assert ["other", "summit"] == [bars["encoding"]["color"]["sort"][place] for place in (0, -1)]
    assert "place" == bars["encoding"]["order"]["field"]
    assert (0, 9) == tuple(
        next(row["place"] for row in bars["rows"] if row["kind"] == kind) for kind in ("summit", "other")
    )


def test_ten_kinds_need_no_other(small: Dataset):
    """The one kind that would be the only other keeps its name."""
    content = data()
    template = record(content, "2021-11-15-raimondo-visit")
    kinds = "summit visit talks funeral ceremony stopover ministerial multilateral parliamentary trade_talks".split()
    content["meetings"] = [{**template, "id": f"m{number}", "kind": kind} for number, kind in enumerate(kinds)]
    (bars,) = marks(meetings_by_year(build(content)))

    assert {kind.replace("_", " ") for kind in kinds} == {row["kind"] for row in bars["rows"]}
    assert small.meetings


def test_treaties(small: Dataset):
    """Each year counts the treaties that were in force on its last day."""
    chart = treaties_in_force(small)
    (areas,) = marks(chart)
    counts = {row["year"][:4]: row["treaties"] for row in areas["rows"]}

    assert ["1952", "2025"] == [min(counts), max(counts)]
    assert {1} == set(counts.values())
    assert {"security"} == {row["subject"] for row in areas["rows"]}
    assert "treaties in force (count)" == areas["encoding"]["y"]["title"]
    assert ["Sources: Treaty Series"] == told(chart)
    (areas,) = marks(treaties_in_force(small.treaties, start=1950, end=1953))
    assert [0, 0, 1, 1] == [row["treaties"] for row in areas["rows"]]


def test_treaties_of_uncertain_dates():
    """Years in which the dates do not decide it have a bar from what is certain to what is possible."""
    content = data()
    treaty = record(content, "security-1951")
    del treaty["ended"]
    content["sources"] += [source(f"s{number}", f"Publisher {number}", "1960") for number in range(6)]
    treaty["citations"] = [{"source": f"s{number}", "locator": "p1"} for number in range(6)]
    chart = treaties_in_force(build(content), start=1952, end=1961)
    bars = {row["year"][:4]: (row["certain"], row["possible"]) for row in marks(chart)[1]["rows"]}

    assert (0, 1) == bars["1955"]
    assert (1, 2) == bars["1961"]
    assert "Sources: Publisher 0; Publisher 1; Publisher 2; Publisher 3 and 3 more" == told(chart)[0]
    assert told(chart)[1].startswith("Dashed: those that may have been in force")


def test_long_lists_of_sources_are_broken(small: Dataset):
    """No line under the title is longer than the chart is wide, and nothing is left out."""
    content = data()
    content["sources"] += [source(f"s{number}", f"Ministry of Some {number} Affairs", "1960") for number in range(6)]
    treaty = record(content, "security-1951")
    treaty["citations"] = [{"source": f"s{number}", "locator": "p1"} for number in range(6)]
    lines = told(treaties_in_force(build(content)))

    assert max(map(len, lines)) <= 110
    assert (
        "Sources: Ministry of Some 0 Affairs; Ministry of Some 1 Affairs; Ministry of Some 2 Affairs; "
        "Ministry of Some 3 Affairs and 3 more"
    ) == " ".join(lines)


def test_no_treaties(small: Dataset):
    """Treaties that never came into force cannot be counted."""
    with pytest.raises(ValueError, match="no treaties with an entry into force"):
        treaties_in_force(small.treaties.where(subject="space"))


@pytest.mark.parametrize("draw", [trade_series, meetings_by_year, treaties_in_force])
def test_without_altair(monkeypatch: pytest.MonkeyPatch, small: Dataset, draw: Callable[[Dataset], Any]):
    """Where Altair is missing, the error names the extra that brings it."""
    monkeypatch.setitem(sys.modules, "altair", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'jpus\[plot\]'"):
        draw(small)


@pytest.mark.parametrize(
    "draw",
    [
        lambda: trade_series(jpus.trade_figures),
        lambda: trade_series(jpus.trade_figures, ["balance"], freq="M"),
        lambda: meetings_by_year(jpus.meetings),
        lambda: treaties_in_force(jpus.treaties),
    ],
    ids=["trade", "months", "meetings", "treaties"],
)
def test_charts_of_the_package(draw: Callable[[], Any]):
    """The data of the package makes charts that Altair's schema accepts."""
    spec = draw().to_dict()

    assert spec["title"]["subtitle"][0].startswith("Sources: ")
