"""What sources commit to, and whether it meets."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small import build, claim, data, figure, record, source

from jpus import PartialDate, Quantity
from jpus.consistency import (
    Statement,
    compare,
    conflicts,
    definition_of,
    figures,
    kind_of,
    make_statement,
    normalised,
    value_of,
    verdict,
    witnesses,
)


def dates(*texts: str) -> list[Statement]:
    return [make_statement("date", text, source=f"s{place}", locator="p") for place, text in enumerate(texts)]


def words(*texts: str) -> list[Statement]:
    return [make_statement("text", text, source=f"s{place}", locator="p") for place, text in enumerate(texts)]


def sets(*texts: str) -> list[Statement]:
    return [make_statement("set", text, source=f"s{place}", locator="p") for place, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([], "not_checkable"),
        (dates("1951"), "single"),
        (dates("1951-09-08", "1951-09-08"), "agree"),
        (dates("1951", "1951-09", "1951-09-08"), "compatible"),
        (dates("1951-09-08", "1952"), "conflict"),
        (dates("1960-06-19", "1960", "1960-06-23"), "conflict"),
        (words("Tokyo", "tokyo"), "agree"),
        (words("Washington", "Washington, D.C."), "compatible"),
        (words("Tokyo", "Kyoto"), "conflict"),
        (words("Tokyo", "Tokyo and Kyoto", "Kyoto"), "conflict"),
        (sets("a; b", "b; a"), "agree"),
        (sets("a; b", "a"), "compatible"),
        (sets("a; b", "a; c"), "conflict"),
    ],
)
def test_verdicts_are_over_sets(statements: list[Statement], expected: str):
    """One verdict for a set: a chain of pairs that meet is no agreement."""
    assert expected == verdict(statements)
    assert expected == verdict(statements[::-1])


def test_one_source_twice_is_single():
    """The same spot of the same source said twice is one statement."""
    (one,) = dates("1951")

    assert "single" == verdict([one, one])


def test_amounts():
    """Amounts meet where their intervals do; what is open on a side meets all beyond."""
    exact, rounded, over = (
        make_statement("quantity", Quantity.parse(text))
        for text in ("$183.57 billion", "$184 billion", "over $100 billion")
    )
    other = make_statement("quantity", Quantity.parse("$183.4 billion"))

    assert exact.meets(rounded)
    assert rounded.meets(over)
    assert "compatible" == verdict([exact, rounded, over])
    assert "conflict" == verdict([exact, rounded, over, other])


def test_precision():
    """Exact support and merely containing support are told apart."""
    (day, year) = dates("1960-06-23", "1960")
    (one, more) = words("Tokyo", "Tokyo, Japan")
    over = make_statement("quantity", Quantity.parse("over $100 billion"))
    figure_ = make_statement("quantity", Quantity.parse("$200 billion"))

    assert day.within(year)
    assert not year.within(day)
    assert not one.within(more)
    assert figure_.within(over)
    assert not over.within(figure_)


@pytest.mark.parametrize(
    ("field", "kind"),
    [("signed", "date"), ("parties.JP.signed", "date"), ("quantity", "quantity"), ("place", "text"), ("kind", "code"), ("participants", "set"),
     ("alliance_began", None), ("", None)],
)  # fmt: skip
def test_kinds_of_fields(field: str, kind: str | None):
    """A field has one kind of value, or none that can be checked."""
    assert kind == kind_of(field)


def test_normalised():
    """Case, accents, punctuation and a leading article do not count in words."""
    assert "oita tokyo" == normalised("  The Ōita–Tokyo").replace("oitatokyo", "oita tokyo")
    assert "washington dc" == normalised("Washington, D.C.")


def test_value_of():
    """The value of a plain field, a party's, a set's; None where there is none."""
    small = build()
    treaty, talks = small.treaties["security-1960"], small.meetings["2021-11-15-hayashi-raimondo"]

    assert PartialDate(1960, 1, 19) == value_of(treaty, "parties.JP.signed")
    assert value_of(treaty, "parties.KR.signed") is None
    assert ("JP", "US") == value_of(treaty, "parties")
    assert ("hayashi-yoshimasa", "raimondo-gina") == value_of(talks, "participants")
    assert ("jp-foreign",) == value_of(small.officials["hayashi-yoshimasa"], "held_office")
    assert value_of(treaty, "no_field") is None


def test_witnesses():
    """Sources of one publisher, and those that derive from one, are one witness."""
    content = data()
    content["sources"] += [
        source("copy-of-copy", "Third", "2022", derived_from="blog-2021-copy"),
        source("blog-2020", "BLOG", "2020"),
        source("own", "Own", "2020"),
        source("loop", "Loop", "2020", derived_from="loop"),
    ]
    small = build(content)

    assert 1 == witnesses(small, ["blog-2021", "blog-2021-copy", "copy-of-copy", "blog-2020"])
    assert 2 == witnesses(small, ["copy-of-copy", "own", "own", None])
    assert 2 == witnesses(small, ["loop", "not-there"])
    assert 0 == witnesses(small, [])


def test_a_link_joins_witnesses():
    """A source that derives from two others' publisher joins what seemed apart."""
    content = data()
    content["sources"] += [
        source("a", "A", "2020"),
        source("b", "B", "2020"),
        source("c", "B", "2021", derived_from="a"),
    ]
    small = build(content)

    assert 2 == witnesses(small, ["a", "b"])
    assert 1 == witnesses(small, ["a", "b", "c"])


def test_compare():
    """The claims that count, the record's own value, and what is set aside."""
    small = build()
    treaty = small.treaties["security-1951"]
    result = compare(small, treaty, "signed", small.treaties.claims("security-1951", "signed"))

    assert ("conflict", "1951-09-08", 3, 0) == (
        result.verdict,
        result.accepted.value,
        len(result.statements),
        len(result.set_aside),
    )


def test_compare_as_published():
    """Only what sources published by a day counts."""
    small = build()
    treaty = small.treaties["security-1951"]
    claims = small.treaties.claims("security-1951", "signed")

    assert "single" == compare(small, treaty, "signed", claims, "1952-05-31").verdict
    assert "not_checkable" == compare(small, treaty, "signed", claims, "1952-05-30").verdict


def test_another_calendar_is_no_conflict():
    """A day apart in the other capital's calendar is incomparable; two days are a conflict."""
    content = data()
    content["claims"].append(
        claim("2021-11-15-hayashi-raimondo", "start", "2021-11-14", "blog-2021", timezone="America/New_York")
    )
    small = build(content)

    assert {"security-1951", "us-total-goods-2020-bureau-2021", "us-total-unstated-2020-blog-2021"} == {
        one.subject for one in conflicts(small)
    }

    record(content, "2021-11-15-hayashi-raimondo-start-blog-2021")["value"] = "2021-11-13"

    assert "2021-11-15-hayashi-raimondo" in {one.subject for one in conflicts(build(content))}


def test_only_another_calendar():
    """Where nothing else is stated, the verdict is incomparable."""
    content = data()
    record(content, "2021-11-15-hayashi-raimondo-start-ministry-2021").update(
        value="2021-11-14", timezone="America/New_York"
    )
    small = build(content)
    talks = small.meetings["2021-11-15-hayashi-raimondo"]

    assert "incomparable" == compare(small, talks, "start", small.meetings.claims(talks.id, "start")).verdict


def test_conflicts():
    """Each conflict has its sides, its kind and its explanation; a rejected claim is told with its reason."""
    found = {(one.subject, one.field): one for one in conflicts(build())}
    signed = found["security-1951", "signed"]
    rejected = found["us-total-goods-2020-bureau-2021", "quantity"]

    assert ("error", "1952 is the year of entry into force.", "treaties") == (
        signed.kind,
        signed.explanation,
        signed.collection,
    )
    assert ["1952", "1952"] == [one.value for one in signed.against]
    assert ("error", "a tenth", "trade_figures") == (rejected.kind, rejected.explanation, rejected.collection)


def test_without_an_accepted_value():
    """Claims on an event that the record has no field for can conflict among themselves."""
    content = data()
    content["claims"].append(claim("security-1951", "ratifications_exchanged", "1952-04-29", "blog-2021"))
    (found,) = (one for one in conflicts(build(content)) if one.field == "ratifications_exchanged")

    assert found.accepted is None
    assert 2 == len(found.against)


def test_a_coarser_figure_is_no_conflict():
    """A figure that leaves its definition open conflicts only when it meets none that it could mean."""
    content = data()
    content["trade_figures"].append(
        figure(
            "total",
            "unstated",
            "2020",
            "about $184 billion",
            "184000000000",
            "1000000000",
            source="blog-2021-copy",
            basis="unstated",
            qualifier="about",
        )
    )
    found = [one.subject for one in conflicts(build(content)) if one.field == "quantity"]

    assert "us-total-unstated-2020-blog-2021-copy" not in found


def test_vintages_are_revisions():
    """A later vintage of the same publisher is no conflict; another publisher's is."""
    content = data()
    content["sources"] += [
        source("bureau-2022", "Bureau", "2022-02-05", "statistical"),
        source("office-2022", "Office", "2022-03", "statistical"),
    ]
    content["trade_figures"].append(
        figure("total", "goods", "2020", "$183.9 billion", "183900000000", "100000000", source="bureau-2022")
    )

    assert 3 == len(conflicts(build(content)))

    content["trade_figures"].append(
        figure("total", "goods", "2020", "$190.5 billion", "190500000000", "100000000", source="office-2022")
    )
    found = {one.subject: one for one in conflicts(build(content))}

    assert found.keys() - {"security-1951", "us-total-goods-2020-bureau-2021", "us-total-unstated-2020-blog-2021"} == {
        "us-total-goods-2020-bureau-2022"
    }
    (new,) = (one for one in conflicts(build(content)) if one.kind is None)
    assert ("190500000000", ["183900000000"]) == (new.accepted.value, [one.value for one in new.claims])


def test_sums():
    """What a source's exports and imports add up to is compared like a figure."""
    content = data()
    content["trade_figures"] = [one for one in content["trade_figures"] if one["flow"] not in {"total", "balance"}]
    sums = figures(build(content))

    (total,) = sums["total", "2020"]
    (balance,) = sums["balance", "2020"]

    assert (True, "183600000000", Decimal(183500000000), Decimal(183700000000)) == (
        total.derived, total.statement.value, total.statement.low, total.statement.high,
    )  # fmt: skip
    assert ("-55400000000", Decimal(-55500000000), Decimal(-55300000000)) == (
        balance.statement.value, balance.statement.low, balance.statement.high,
    )  # fmt: skip


def test_no_sum_of_hedges():
    """What is hedged with "over" or "about" is not added up."""
    content = data()
    record(content, "us-exports-goods-2020-bureau-2021")["quantity"].update(
        stated="about $64.1 billion", qualifier="about"
    )
    content["trade_figures"] = [one for one in content["trade_figures"] if one["flow"] not in {"total", "balance"}]

    assert ("total", "2020") not in figures(build(content))


def test_definition_in_words():
    """A definition shows as words."""
    small = build()

    assert "US total of goods 2020, bop basis in USD" == str(
        definition_of(small.trade_figures["us-total-goods-2020-bureau-2021"])
    )
    assert "US total 2020 in USD" == str(definition_of(small.trade_figures["us-total-unstated-2020-blog-2021"]))


def test_indicators_without_time_are_not_compared():
    """A quantity that no time is stated for conflicts with nothing."""
    content = data()
    again = {**content["indicators"][0], "id": "troops-undated", "citation": {"source": "blog-2021", "locator": "p2"}}
    del again["time_period"]
    again["quantity"] = {"value": "90000", "unit": "persons", "stated": "90,000", "resolution": "10000"}
    content["indicators"].append(again)

    assert 3 == len(conflicts(build(content)))

    again["time_period"] = "2020-12-31"

    assert "troops-undated" in {one.subject for one in conflicts(build(content))}


def test_as_published_conflicts():
    """Before the blog was published nothing conflicted."""
    small = build()

    assert {"blog-2021"} == {one.source for conflict in conflicts(small, "2021-06-30") for one in conflict.against}
    assert () == conflicts(small, "2021-05-31")


def test_definition_of_indicators_in_words():
    """An indicator's measure is told in words; a definition without a period says none."""
    from jpus.consistency import Definition

    small = build()
    parts = {"ref_area": "US", "scope": "all", "basis": "unstated", "unit": "persons"}

    assert "US troops 2020-12-31 in persons" == str(definition_of(small.indicators["troops-2020-defense"]))
    assert "US active duty military in persons" == str(Definition(measure="active_duty_military", period="", **parts))


def test_figure_conflict_in_full():
    """A conflict of figures names the less trusted, holds the more trusted against it, and knows its collection."""
    content = data()
    content["sources"] += [
        source("office-2022", "Office", "2022-03", "statistical"),
        source("press-2022", "Press", "2022-04", "news"),
    ]
    for name, amount, digits in (
        ("office-2022", "$190.5 billion", "190500000000"),
        ("press-2022", "$170.5 billion", "170500000000"),
    ):
        content["trade_figures"].append(figure("total", "goods", "2020", amount, digits, "100000000", source=name))
    (found,) = (one for one in conflicts(build(content)) if one.kind is None)

    assert ("trade_figures", "us-total-goods-2020-press-2022", "quantity") == (
        found.collection,
        found.subject,
        found.field,
    )
    assert ("190500000000", ["170500000000", "183600000000"]) == (
        found.accepted.value,
        [one.value for one in found.claims],
    )


def test_indicator_conflict_in_full():
    """A conflict of indicators is one of their collection."""
    content = data()
    again = {
        **content["indicators"][0],
        "id": "troops-2020-blog",
        "citation": {"source": "blog-2021", "locator": "p2"},
        "basis": "all",
    }
    again["quantity"] = {"value": "90000", "unit": "persons", "stated": "90,000", "resolution": "10000"}
    content["indicators"][0]["basis"] = "all"
    content["indicators"].append(again)
    (found,) = (one for one in conflicts(build(content)) if one.kind is None)

    assert ("indicators", "troops-2020-blog", "quantity") == (found.collection, found.subject, found.field)


def test_open_conflict_in_full():
    """A figure that could mean several is held against all of them; one that could mean one, against that."""
    small = build()
    (found,) = (one for one in conflicts(small) if one.subject == "us-total-unstated-2020-blog-2021")

    assert ("183600000000", ["283000000000"]) == (found.accepted.value, [one.value for one in found.claims])

    content = data()
    content["trade_figures"].append(
        figure("total", "goods_and_services", "2020", "$253 billion", "253000000000", "1000000000")
    )
    (found,) = (one for one in conflicts(build(content)) if one.subject == "us-total-unstated-2020-blog-2021")

    assert found.accepted is None
    assert {"283000000000", "183600000000", "253000000000"} == {one.value for one in found.claims}


def test_a_sum_that_conflicts_has_a_field_of_its_own():
    """Where a stated total meets no other source's sum, the sum is told of under the name of its flow."""
    content = data()
    content["sources"].append(source("office-2020", "Office", "2020-03", "news"))
    for flow, amount, digits in (
        ("exports", "$60.1 billion", "60100000000"),
        ("imports", "$110.5 billion", "110500000000"),
    ):
        content["trade_figures"].append(
            figure(flow, "goods", "2020", amount, digits, "100000000", source="office-2020")
        )
    found = {(one.subject, one.field) for one in conflicts(build(content)) if one.kind is None}

    assert ("us-exports-goods-2020-office-2020", "total") in found
    assert ("us-exports-goods-2020-office-2020", "quantity") in found


def test_two_open_figures_are_told_of_once():
    """Two figures that leave their definition open and differ are one conflict."""
    content = data()
    for name, amount, digits in (
        ("blog-2021", "$5 billion", "5000000000"),
        ("series-1952", "$7 billion", "7000000000"),
    ):
        content["trade_figures"].append(
            figure("exports", "unstated", "1950", amount, digits, "1000000000", source=name, basis="unstated")
        )
    found = [one for one in conflicts(build(content)) if one.kind is None]

    assert 1 == len(found)
    assert {"5000000000", "7000000000"} == {one.value for one in (*found[0].claims, found[0].accepted)}


def test_what_may_mean_the_same():
    """Definitions may mean the same when scope and basis each do; another period never."""
    from jpus.consistency import Definition

    def definition(scope: str, basis: str, period: str = "2020") -> Definition:
        return Definition(ref_area="US", measure="total", scope=scope, basis=basis, period=period, unit="USD")

    assert definition("goods", "unstated").may_be(definition("goods", "census"))
    assert definition("unstated", "unstated").may_be(definition("goods", "census"))
    assert not definition("goods", "census").may_be(definition("goods", "bop"))
    assert not definition("goods", "census").may_be(definition("services", "census"))
    assert not definition("goods", "census").may_be(definition("goods", "census", "2021"))


def test_within_what_is_open():
    """An interval without an end is within none that has one."""
    over, bounded, nearly = (
        make_statement("quantity", Quantity.parse(text))
        for text in ("over $100 billion", "$150 billion", "nearly $200 billion")
    )

    assert [False, True, True] == [over.within(bounded), bounded.within(over), bounded.within(nearly)]
    assert not nearly.within(bounded)
    assert not over.within(nearly)
    assert over.within(over)
