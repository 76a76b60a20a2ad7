"""The 113 claims of the five founding articles: all in the ledger, each judged as the editors did."""

from __future__ import annotations

import json
import pathlib
import re

import pytest

import jpus
from jpus.consistency import accepted, definition_of, figures, kind_of, statement, verdict, witnesses
from jpus.dataset import packaged
from jpus.models import Indicator, TradeFigure

EXPECTED = json.loads(pathlib.Path(__file__).with_name("articles.json").read_text(encoding="utf-8"))
ARTICLES = {
    "s0": "tdi-2021-11-18-hayashi-raimondo",
    "s1": "tdi-2021-12-22-hayashi-tai",
    "s2": "alltimepost-2020-10-us-japan-ties",
    "s3": "chaseadventures-undated-us-agreement-with-japan",
    "s4": "japanupclose-2024-05-10-evolving-relations",
}


def judged(id: str) -> str:
    """What a claim comes to against what jpus holds."""
    dataset = packaged()
    claim = jpus.claims[id]
    record = dataset.subject(claim.subject)
    assert record is not None
    made = statement(claim, record)
    if made is None:
        return "not_checkable"
    if isinstance(record, (TradeFigure, Indicator)):
        return amount(record)
    own = accepted(record, claim.field)
    return "single" if own is None else "agree" if made.same(own) else "compatible" if made.meets(own) else "conflict"


def amount(record: TradeFigure | Indicator) -> str:
    """What a figure comes to against those of other publishers that it could mean the same as."""
    found = among_figures(record)
    claims = packaged().claims_on(record.id)
    if found == "single" and len(claims) > 1:
        return verdict([made for claim in claims if (made := statement(claim, record))])
    return found


def among_figures(record: TradeFigure | Indicator) -> str:
    """The same, by the other figures alone."""
    if record.time_period is None:
        return "single"
    definition = definition_of(record)
    group = figures(packaged())[definition.measure, definition.period]
    (own,) = (one for one in group if one.statement.claim == record.id and not one.derived)
    rivals = [one for one in group if one.publisher != own.publisher and one.definition.may_be(definition)]
    if not rivals:
        return "single"
    if any(one.statement.same(own.statement) for one in rivals):
        return "agree"
    return "compatible" if any(one.statement.meets(own.statement) for one in rivals) else "conflict"


def test_all_are_in_the_ledger():
    """Each of the 113 claims stands in the ledger with its article and its paragraph."""
    raw = {id for id in EXPECTED["claims"] if re.fullmatch(r"s[0-4]-\d\d", id)}

    assert 113 == len(raw)
    for id in EXPECTED["claims"]:
        claim = jpus.claims[id]
        assert ARTICLES[id[:2]] == claim.source
        assert re.fullmatch(r"p\d+", claim.locator)
        assert claim.stated is None or len(claim.stated.split()) <= 12


def test_no_other_claims_of_the_articles_are_hidden():
    """The articles' claims are those, and what other collectors took from the same articles."""
    for id, source in ARTICLES.items():
        own = {claim.id for claim in jpus.claims.where(source=source)}

        assert {name for name in EXPECTED["claims"] if name.startswith(id)} <= own


@pytest.mark.parametrize(("id", "expected"), EXPECTED["claims"].items())
def test_verdict(id: str, expected: str):
    """Each claim is judged as the editors judged it; a characterisation is not checkable."""
    assert expected == judged(id)


@pytest.mark.parametrize(("one", "other", "expected", "count"), EXPECTED["pairs"])
def test_pairs(one: str, other: str, expected: str, count: int | None):
    """Claims of two articles on one thing agree, are compatible, or clash; and are one witness or two."""
    dataset = packaged()
    pair = [jpus.claims[id] for id in (one, other)]
    records = [dataset.subject(claim.subject) for claim in pair]
    if None in map(kind_of, (claim.field for claim in pair)):
        found = "not_checkable"
    elif all(isinstance(record, (TradeFigure, Indicator)) for record in records):
        left, right = records
        comparable = (
            type(left) is type(right)
            and left.time_period
            and right.time_period
            and definition_of(left).may_be(definition_of(right))
        )
        found = (
            verdict([statement(claim, record) for claim, record in zip(pair, records, strict=True)])
            if comparable
            else "incomparable"
        )
    else:
        found = verdict([statement(claim, record) for claim, record in zip(pair, records, strict=True)])

    assert expected == found
    if count is not None:
        assert count == witnesses(dataset, [claim.source for claim in pair])


@pytest.mark.parametrize(
    ("collection", "ids"),
    [
        ("meetings", ["2021-11-15-hayashi-raimondo", "2021-12-22-hayashi-tai-video", "2020-10-04-pompeo-trip-jp", "2024-04-10-kishida-visit-us"]),
        ("treaties", ["san-francisco-peace-treaty-1951", "security-treaty-1951", "mutual-cooperation-and-security-1960",
                      "trade-agreement-2019", "digital-trade-agreement-2019", "tpp-2016", "cptpp-2018"]),
        ("initiatives", ["jusep-2017", "jusdep", "jumpp-2019"]),
    ],
)  # fmt: skip
def test_better_sources(collection: str, ids: list[str]):
    """What the articles speak of has a record with better sources than the articles."""
    for id in ids:
        record = getattr(jpus, collection)[id]
        cited = {entry.source for entry in record.citations}

        assert cited - set(ARTICLES.values()), id
        assert any(
            jpus.sources[source].kind in {"official", "statistical", "academic", "reference"} for source in cited
        ), id


def test_the_promised_answers():
    """San Francisco was not signed in 1952; Hayashi was foreign minister on the day of the call."""
    found = jpus.treaties.assess("san-francisco-peace-treaty-1951", "signed", "1952")

    assert ("conflict", "1951-09-08") == (found.verdict, found.accepted)
    assert any("1952-04-28" in hint for hint in found.hints)
    assert found.claims
    ((official, term),) = jpus.officials.holding("jp-minister-for-foreign-affairs", on="2021-12-22")
    assert ("hayashi-yoshimasa", "jp-minister-for-foreign-affairs") == (official.id, term.office)
