"""Twelve errors that were found in the wild, each assessed from the packaged data."""

from __future__ import annotations

import pytest

import jpus

ALLIANCE = "mutual-cooperation-and-security-1960"


@pytest.mark.parametrize("value", ["1960-06-19", "1960-05-19"])
def test_1_three_days_of_entry_into_force(value: str):
    """The treaty of 1960 is in force from 23 June: 19 June and 19 May stood in encyclopaedias."""
    found = jpus.treaties.assess(ALLIANCE, "in_force", value)

    assert ("conflict", "1960-06-23") == (found.verdict, found.accepted)
    assert "agree" == jpus.treaties.assess(ALLIANCE, "in_force", "1960-06-23").verdict


def test_2_signed_in_1952():
    """The first security treaty was signed in 1951; 1952 is the year of its entry into force."""
    found = jpus.treaties.assess("security-treaty-1951", "signed", "1952")

    assert ("conflict", "1951-09-08") == (found.verdict, found.accepted)
    assert "in force is 1952-04-28: 1952 fits that, not signed" in found.hints


def test_3_two_treaties_in_one():
    """A treaty "which dates to 1951" is the other of the two."""
    found = jpus.treaties.assess(ALLIANCE, "signed", "1951")

    assert ("conflict", "1960-01-19") == (found.verdict, found.accepted)
    assert any(hint.startswith("fits another: security-treaty-1951") for hint in found.hints)


def test_4_a_deficit_without_a_definition():
    """A deficit of 69 billion in 2017 is that of goods, by the Census; no other year's, and not a surplus."""
    found = jpus.trade_figures.assess("$69 billion", time_period="2017", flow="balance")
    fitting = [str(meaning.definition) for meaning in found.meanings if meaning.verdict != "conflict"]

    assert "US balance of goods 2017, census basis in USD" in fitting
    assert found.verdict in {"compatible", "ambiguous"}
    assert (
        "conflict"
        == jpus.trade_figures.assess("surplus of $69 billion", time_period="2017", scope="goods", ref_area="US").verdict
    )


def test_5_goods_or_goods_and_services():
    """56.6 billion fits goods and services in 2018, not goods: the bare word deficit does not tell."""
    found = jpus.trade_figures.assess("deficit of $56.6 billion", time_period="2018")

    assert "ambiguous" == found.verdict
    assert found.accepted is None
    assert any(
        "goods and services" in str(meaning.definition) for meaning in found.meanings if meaning.verdict != "conflict"
    )
    assert any(meaning.definition.scope == "goods" for meaning in found.meanings if meaning.verdict == "conflict")


def test_6_tenfold():
    """126 billion for what the auditors put at 12.6: the slip is named."""
    found = jpus.indicators.assess("host-nation-support-2016-2019-gao-2021", "quantity", "$126 billion")

    assert ("conflict", "$12.6 billion") == (found.verdict, found.accepted)
    assert any(hint.startswith("ten-fold slip? times 0.1 it fits $12.6 billion") for hint in found.hints)


def test_7_troops_of_another_year():
    """47,000 troops are right for another time: the hint says when."""
    counts = jpus.indicators.where(measure="us_active_duty_military", time_period="2020-12")
    (count,) = counts
    found = jpus.indicators.assess(count.id, "quantity", "47,000")

    assert "conflict" == found.verdict
    assert any(hint.startswith("fits ") for hint in found.hints)
    assert "conflict" != jpus.indicators.assess(count.id, "quantity", "about 55,000").verdict


def test_8_change_needs_one_definition():
    """A series keeps to one definition and one vintage a period: what changes is the trade."""
    series = jpus.trade_figures.series("balance", scope="goods", basis="census")

    assert {("US", "goods", "census", "USD")} == {
        (one.ref_area, one.scope, one.basis, one.quantity.unit) for one in series
    }
    periods = [str(one.time_period) for one in series]
    assert sorted(set(periods)) == periods


def test_9_state_visit():
    """A prime minister is not received in state, whatever the press writes."""
    found = jpus.meetings.assess("2024-04-10-kishida-visit-us", "kind", "state_visit")

    assert ("conflict", "official_visit") == (found.verdict, found.accepted)
    assert any(hint.startswith("a state visit is a head of state's") for hint in found.hints)


@pytest.mark.parametrize("name", ["Shinzo Abe", "Abe Shinzo", "Shinzō Abe", "ABE Shinzo", "安倍晋三"])
def test_10_order_and_macrons(name: str):
    """A person is found under every way of writing the name."""
    assert ["abe-shinzo"] == [official.id for official in jpus.officials.search(name)]


def test_10_a_slip_in_an_official_list():
    """A misspelling that an official list has is an alias."""
    assert ["tanaka-kakuei"] == [official.id for official in jpus.officials.search("Kakui Tanaka")]


def test_11_calendars():
    """Before 1873 the same numbers may be another day; the reign changed on the day after the Emperor's death."""
    found = jpus.treaties.assess("kanagawa-peace-amity-1854", "signed", "1854-03-03")

    assert ("conflict", "1854-03-31") == (found.verdict, found.accepted)
    assert any("lunisolar" in hint for hint in found.hints)
    assert "agree" == jpus.officials.assess("Akihito", office="jp-emperor", on="1989-01-08").verdict
    assert "agree" == jpus.officials.assess("Hirohito", office="jp-emperor", on="1989-01-06").verdict


def test_12_who_held_it_on_the_day():
    """A handover has two holders, an interim one of its own, and the day decides."""
    office = "jp-minister-for-foreign-affairs"

    def on(day: str) -> list[str]:
        return [official.id for official, _ in jpus.officials.holding(office, on=day)]

    assert ["motegi-toshimitsu"] == on("2021-11-03")
    assert ["kishida-fumio"] == on("2021-11-07")
    assert ["hayashi-yoshimasa"] == on("2021-12-22")
    assert ["kishida-fumio", "hayashi-yoshimasa"] == on("2021-11-10")
    assert "conflict" == jpus.officials.assess("Motegi", office=office, on="2021-12-22").verdict
