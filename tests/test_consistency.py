"""What sources commit to, and whether it meets."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small import build, claim, data, figure, record, source

from jpus import PartialDate, Quantity
from jpus.consistency import (
    SOURCE_ORDER,
    Statement,
    common,
    compare,
    conflicts,
    definition_of,
    figures,
    kind_of,
    make_statement,
    normalised,
    statement,
    trust,
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


def test_statements_of_each_kind():
    """A statement keeps its kind and its value; a code is the very word, a text is one for its letters."""
    made = [
        make_statement("date", "1960-01"),
        make_statement("quantity", Quantity.parse("$5")),
        make_statement("set", "b; a"),
        make_statement("set", ("b", "a")),
        make_statement("text", "Tokyo"),
        make_statement("code", "JP"),
    ]

    assert ["date", "quantity", "set", "set", "text", "code"] == [one.kind for one in made]
    assert ["1960-01", "5", "b; a", "b; a", "Tokyo", "JP"] == [one.value for one in made]
    assert {"a", "b"} == made[2].words == made[3].words
    assert not make_statement("code", "jp").meets(made[5])
    assert made[2].meets(made[3])


def test_open_ends():
    """What has no upper end, or no lower end, shares what lies beyond all of them."""
    over = [make_statement("quantity", Quantity.parse(f"over ${amount} billion")) for amount in (5, 6)]
    under = [make_statement("quantity", Quantity.parse(f"under ${amount} billion")) for amount in (8, 9)]

    assert (6_000_000_000, None) == common(over)
    assert (None, 8_000_000_000) == common(under)
    assert ["compatible", "compatible", "compatible"] == [verdict(group) for group in (over, under, over + under)]


def test_precision():
    """Exact support and merely containing support are told apart."""
    (day, year) = dates("1960-06-23", "1960")
    (day_again,) = dates("1960-06-23")
    (one, more) = words("Tokyo", "Tokyo, Japan")
    over = make_statement("quantity", Quantity.parse("over $100 billion"))
    figure_ = make_statement("quantity", Quantity.parse("$200 billion"))

    assert day.within(year)
    assert day.within(day_again)
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
    assert "us congress" == normalised("United States Congress")
    assert "us" == normalised("The United States of America")


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


def test_witnesses_that_are_apart_stay_apart():
    """A publisher's second source joins its first, and nobody else's."""
    content = data()
    content["sources"] += [
        source("a", "A", "2020"),
        source("b", "B", "2020"),
        source("c", "C", "2020"),
        source("a-again", "A", "2021"),
    ]

    assert 3 == witnesses(build(content), ["a", "b", "c", "a-again"])


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


def test_compare_with_the_record():
    """Claims that agree with each other conflict with a record that holds something else."""
    content = data()
    for id in ("security-1951-in-force-series-1952", "security-1951-ratifications-exchanged-series-1952"):
        record(content, id)["value"] = "1952-04-29"
    content["claims"].append(claim("security-1951", "in_force", "1952-04-29", "blog-2021"))
    small = build(content)
    treaty = small.treaties["security-1951"]

    assert "conflict" == compare(small, treaty, "in_force", small.treaties.claims(treaty.id, "in_force")).verdict


def test_a_claim_on_a_figure():
    """A claim on a figure has its unit and its rounding; it keeps who states it, where, and how it is hedged."""
    content = data()
    id = "us-total-goods-and-services-2018-bureau-2021"
    record(content, id)["quantity"]["rounding"] = "down"
    content["claims"] += [
        claim(id, "quantity", "297600000000", "blog-2021", resolution="100000000"),
        claim(id, "quantity", "297000000000", "ministry-2021", qualifier="over", stated="over $297 billion"),
    ]
    small = build(content)
    figure_ = small.trade_figures[id]
    plain, hedged = (statement(one, figure_) for one in small.trade_figures.claims(id))

    assert ("297,600,000,000 USD", "297600000000") == (plain.shown, plain.value)
    assert (Decimal(297600000000), Decimal(297700000000)) == (plain.low, plain.high)
    assert ("blog-2021", "p1", f"{id}-quantity-blog-2021", "exact") == (
        plain.source, plain.locator, plain.claim, plain.qualifier,
    )  # fmt: skip
    assert ("over $297 billion", "over", Decimal(297000000000), None) == (
        hedged.shown, hedged.qualifier, hedged.low, hedged.high,
    )  # fmt: skip
    result = compare(small, figure_, "quantity", small.trade_figures.claims(id))
    assert (plain, hedged) == result.statements

    # What the claim speaks of may be missing: rule I03 tells of that, and the claim is still read.
    alone = statement(small.claims[plain.claim], None)
    assert ("297,600,000,000 count", Decimal(297550000000)) == (alone.shown, alone.low)


def test_trust():
    """Of two kinds of source the better is trusted, of one kind the later; one that is not there least of all."""
    sources = {
        one.id: one
        for one in build({
            **data(),
            "sources": [
                *(source(f"{kind}-{year}", "X", year, kind) for kind in SOURCE_ORDER for year in ("2020", "2021")),
                {key: value for key, value in source("news", "X", "2020", "news").items() if key != "published"},
            ],
        }).sources
    }  # fmt: skip
    best_first = [*(f"{kind}-{year}" for kind in SOURCE_ORDER for year in ("2021", "2020")), "news", None]

    assert best_first[::-1] == sorted(best_first, key=lambda name: trust(sources.get(name)))


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


@pytest.mark.parametrize(
    ("value", "timezone", "expected"),
    [
        ("2021-11-13", "America/New_York", "conflict"),
        ("2021-11-14", "America/New_York", "single"),
        ("2021-11-16", "Pacific/Kiritimati", "single"),
        ("2021-11-17", "Pacific/Kiritimati", "conflict"),
        ("2021-11-14", "Asia/Tokyo", "conflict"),
        ("2021-11-14", None, "conflict"),
    ],
)
def test_a_day_apart_in_another_time_zone(value: str, timezone: str | None, expected: str):
    """A date of another time zone may be the day before or after; one of the meeting's own may not."""
    content = data()
    more = {} if timezone is None else {"timezone": timezone}
    content["claims"].append(claim("2021-11-15-hayashi-raimondo", "start", value, "blog-2021", **more))
    small = build(content)
    talks = small.meetings["2021-11-15-hayashi-raimondo"]

    assert expected == compare(small, talks, "start", small.meetings.claims(talks.id, "start")).verdict


def test_a_treaty_has_no_calendar_of_its_own():
    """A treaty signed in the evening in Washington is of the next day in Tokyo: no conflict."""
    content = data()
    content["claims"].append(claim("security-1960", "in_force", "1960-06-22", "blog-2021", timezone="America/New_York"))
    small = build(content)
    treaty = small.treaties["security-1960"]
    result = compare(small, treaty, "in_force", small.treaties.claims(treaty.id, "in_force"))

    assert ("single", ["1960-06-22"]) == (result.verdict, [one.value for one in result.set_aside])


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
    assert ("183600000000", ["18360000000"]) == (rejected.accepted.value, [one.value for one in rejected.against])


def test_an_explanation_names_one_of_the_figures():
    """Whichever of the figures in a conflict an explanation names, the conflict is told under that name."""
    content = data()
    content["sources"].append(source("office-2022", "Office", "2022-03", "news"))
    content["trade_figures"].append(
        figure("total", "goods", "2020", "$190.5 billion", "190500000000", "100000000", source="office-2022")
    )
    content["disagreements"].append({
        "id": "x", "subject": "us-total-goods-2020-bureau-2021", "field": "quantity", "kind": "definition", "explanation": "Why.",
    })  # fmt: skip
    found = [one for one in conflicts(build(content)) if one.kind == "definition"]

    assert [("us-total-goods-2020-bureau-2021", "Why.")] == [(one.subject, one.explanation) for one in found]
    assert ["190500000000"] == [one.value for one in found[0].claims]


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
    record(content, "us-imports-goods-2020-bureau-2021")["citation"]["locator"] = "p2"
    sums = figures(build(content))

    (total,) = sums["total", "2020"]
    (balance,) = sums["balance", "2020"]

    assert ["183,600,000,000 USD (exports + imports)", "-55,400,000,000 USD (exports - imports)"] == [
        one.statement.shown for one in (total, balance)
    ]
    assert {("quantity", "bureau-2021", "p1; p2", "us-exports-goods-2020-bureau-2021")} == {
        (one.statement.kind, one.statement.source, one.statement.locator, one.statement.claim)
        for one in (total, balance)
    }
    assert ["total", "balance"] == [one.definition.measure for one in (total, balance)]

    assert (True, "183600000000", Decimal(183500000000), Decimal(183700000000)) == (
        total.derived, total.statement.value, total.statement.low, total.statement.high,
    )  # fmt: skip
    assert ("-55400000000", Decimal(-55500000000), Decimal(-55300000000)) == (
        balance.statement.value, balance.statement.low, balance.statement.high,
    )  # fmt: skip


def test_a_sum_beside_a_stated_total():
    """A total that the source states is not added up again; the balance that it does not state is."""
    content = data()
    content["trade_figures"] = [one for one in content["trade_figures"] if one["flow"] != "balance"]
    found = figures(build(content))

    assert [False, False] == [one.derived for one in found["total", "2020"]]
    assert [True] == [one.derived for one in found["balance", "2020"]]


def test_figures_as_they_stand():
    """A figure keeps its locator, its hedge and its publisher; where its source is missing, the source's id."""
    content = data()
    record(content, "us-total-unstated-2020-blog-2021")["citation"] = {"source": "no-blog", "locator": "line 3"}
    record(content, "us-total-goods-2020-bureau-2021")["citation"]["locator"] = "table 1"
    goods, unstated = figures(build(content))["total", "2020"]

    assert ("table 1", "exact", "Bureau") == (goods.statement.locator, goods.statement.qualifier, goods.publisher)
    assert ("line 3", "over", "no-blog") == (
        unstated.statement.locator, unstated.statement.qualifier, unstated.publisher,
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


def test_an_undated_indicator_hides_no_other():
    """What comes after an indicator without a time is compared all the same."""
    content = data()
    undated = {**content["indicators"][0], "id": "a-troops-undated"}
    del undated["time_period"]
    content["indicators"].append(undated)

    assert {"troops-2020-defense"} == {
        one.statement.claim for group in figures(build(content)).values() for one in group
        if one.definition.measure == "troops"
    }  # fmt: skip


def test_as_published_conflicts():
    """Before the blog was published nothing conflicted."""
    small = build()

    assert {"blog-2021"} == {one.source for conflict in conflicts(small, "2021-06-30") for one in conflict.against}
    assert () == conflicts(small, "2021-05-31")


def test_what_was_not_yet_published_hides_no_other():
    """Figures that follow one of a later source are there as published."""
    content = data()
    content["sources"].append(source("bureau-2022", "Bureau", "2022-02-05", "statistical"))
    content["trade_figures"].append(
        {**figure("exports", "goods", "2020", "$64.2 billion", "64200000000", "100000000", source="bureau-2022"), "id": "a"}
    )  # fmt: skip
    found = figures(build(content), "2021-12-31")

    assert {"bureau-2021"} == {one.statement.source for one in found["exports", "2020"]}
    assert ("total", "2018") in found


def test_definition_of_indicators_in_words():
    """An indicator's measure is told in words; a definition without a period says none."""
    from jpus.consistency import Definition

    small = build()
    parts = {"ref_area": "US", "scope": "all", "basis": "unstated", "unit": "persons"}

    assert "US troops 2020-12-31 in persons" == str(definition_of(small.indicators["troops-2020-defense"]))
    content = data()
    del content["indicators"][0]["time_period"]
    assert "US troops in persons" == str(definition_of(build(content).indicators["troops-2020-defense"]))
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


def test_each_open_figure_is_told_of():
    """Figures that leave their definition open are told of once a pair, whatever stands between them."""
    content = data()
    content["sources"] += [source(f"news-{n}", f"Paper {n}", f"202{n}", "news") for n in range(5)]
    content["trade_figures"] += [
        figure("exports", "goods", "1950", "$50 billion", "50000000000", "10000000000", source="news-0"),
        *(
            {
                **figure("exports", "unstated", "1950", f"${n} billion", f"{n}000000000", "1000000000",
                         source=f"news-{n}", basis="unstated"),
                "ref_area": area,
                "counterpart_area": {"US": "JP", "JP": "US"}[area],
            }
            for n, area in ((1, "US"), (2, "JP"), (3, "US"), (4, "JP"))
        ),
    ]  # fmt: skip
    told = {one.subject for one in conflicts(build(content)) if one.kind is None}

    assert {"us-exports-unstated-1950-news-1", "us-exports-unstated-1950-news-2"} == told


def test_an_open_figure_keeps_its_name():
    """A figure that meets none of its meanings is the subject of the conflict, though others are as open."""
    content = data()
    content["sources"] += [source(f"news-{n}", f"Paper {n}", f"202{n}", "news") for n in range(3)]
    content["trade_figures"] += [
        figure("exports", "unstated", "1950", f"${amount} billion", f"{amount}000000000", "1000000000",
               source=f"news-{n}", basis="unstated")
        for n, amount in ((0, 5), (1, 5), (2, 9))
    ]  # fmt: skip
    (found,) = (one for one in conflicts(build(content)) if one.kind is None)

    assert "us-exports-unstated-1950-news-2" == found.subject


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
