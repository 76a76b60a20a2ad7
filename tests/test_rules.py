"""Each rule reports what breaks it, and no other rule does."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from small import Data, build, cited, claim, data, figure, record, source

from jpus.rules import RULES, broken

Break = Callable[[Data], object]


def put(id: str, **fields: object) -> Break:
    """Set fields of a record; None takes one away."""

    def change(content: Data) -> None:
        found = record(content, id)
        for name, value in fields.items():
            if value is None:
                found.pop(name, None)
            else:
                found[name] = value

    return change


def term(id: str, place: int = 0, **fields: object) -> Break:
    """Set fields of a term."""

    def change(content: Data) -> None:
        found = record(content, id)["terms"][place]
        for name, value in fields.items():
            if value is None:
                found.pop(name, None)
            else:
                found[name] = value

    return change


def quantity(id: str, **fields: object) -> Break:
    """Set parts of a figure's quantity."""
    return lambda content: record(content, id)["quantity"].update(fields)


def add(collection: str, *values: dict[str, object]) -> Break:
    """Add records."""
    return lambda content: content[collection].extend(values)


def both(*breaks: Break) -> Break:
    """Do one after the other."""

    def change(content: Data) -> None:
        for one in breaks:
            one(content)

    return change


def drop(id: str) -> Break:
    """Take a record away."""

    def change(content: Data) -> None:
        for values in content.values():
            values[:] = [value for value in values if value["id"] != id]

    return change


TALKS = "2021-11-15-hayashi-raimondo"
VISIT = "2021-11-15-raimondo-visit"
HAYASHI = "hayashi-yoshimasa"
GOODS = "us-total-goods-2020-bureau-2021"
BALANCE = "us-balance-goods-2020-bureau-2021"
EXPORTS = "us-exports-goods-2020-bureau-2021"

BREAKS: list[tuple[str, str, Break]] = [
    ("I01", "an id with a capital", put("energy-partnership-2017", former_ids=["Energy"])),
    ("I02", "a former id that another record has", put("security-1960", former_ids=["energy-partnership-2017"])),
    ("I03", "a source that is not there", put("security-1960", citations=cited("series-1960", "no-series"))),
    ("I03", "a claim on nothing", add("claims", claim("no-treaty", "signed", "1960", "blog-2021"))),
    ("I03", "an office that is not there", both(
        term("raimondo-gina", office="us-treasury"),
        lambda content: [person.pop("office") for id in (TALKS, VISIT) for person in record(content, id)["participants"]],
    )),
    ("I03", "an official that is not there", put(VISIT, participants=[{"official": "x", "name": "X", "country": "US", "office": "us-commerce"}])),
    ("I03", "an outcome that is not there", put(VISIT, outcomes=["no-treaty"])),
    ("I03", "an exception for nothing", add("exceptions", {"id": "x", "rule": "E01", "record": "nothing", "reason": "why"})),
    ("I04", "coverage of no collection", put("officials-jp-foreign", collection="ministers")),
    ("X01", "a space at the end", put("security-1951", title="Security Treaty ")),
    ("X01", "two spaces", put("security-1951", note="Ōta  Security")),
    ("X01", "a text that is not NFC", put("security-1951", note="O\u0304ta")),
    ("X01", "a right-to-left override", put("security-1951", note="abc\u202edef")),
    ("X01", "a tab", put("security-1951", note="abc\tdef")),
    ("X01", "an empty text", put("security-1951", note="")),
    ("X02", "a country in three letters", put("energy-partnership-2017", partners=["JPN", "US"])),
    ("D01", "a day that no claim states", put("energy-partnership-2017", launched="2017-02-10")),
    ("D01", "a term that no claim states", drop("raimondo-gina-us-commerce-2021-start-registry-2024")),
    ("D02", "a year padded to 1 January", both(
        put("energy-partnership-2017", launched="2017-01-01"),
        add("claims", claim("energy-partnership-2017", "launched", "2017-01", "series-1960", status="rejected", reason="?")),
    )),
    ("D03", "an event to come", both(
        put("energy-partnership-2017", ended="2031"),
        add("claims", claim("energy-partnership-2017", "ended", "2031", "ministry-2021", qualifier="planned")),
    )),
    ("D04", "a term before birth", both(
        put(HAYASHI, born="2022-01-19"),
        put("hayashi-yoshimasa-born-registry-2024", value="2022-01-19"),
    )),
    ("D04", "a term after death", both(
        put(HAYASHI, died="2022"),
        add("claims", claim(HAYASHI, "died", "2022", "registry-2024")),
    )),
    ("D04", "death before birth", both(
        put("motegi-toshimitsu", born="1955", died="1950", terms=None),
        add("claims", claim("motegi-toshimitsu", "born", "1955", "blog-2021"),
            claim("motegi-toshimitsu", "died", "1950", "blog-2021")),
        lambda content: [drop(id)(content) for id in (
            "motegi-toshimitsu-jp-foreign-2019-start-registry-2024",
            "motegi-toshimitsu-jp-foreign-2019-end-registry-2024",
            "motegi-toshimitsu-jp-foreign-2023-start-registry-2024",
            "o03-motegi-toshimitsu-jp-foreign-2019",
        )],
        put("motegi-toshimitsu", citations=cited("registry-2024")),
    )),
    ("O01", "a term that ends before it starts", both(
        term("motegi-toshimitsu", end="2019-09-01"),
        put("motegi-toshimitsu-jp-foreign-2019-end-registry-2024", value="2019-09-01"),
    )),
    ("O01", "terms out of order", lambda content: record(content, "motegi-toshimitsu")["terms"].reverse()),
    ("O02", "two holders at once", both(
        term(HAYASHI, end="2023-09-20"),
        put("hayashi-yoshimasa-jp-foreign-2021-end-registry-2024", value="2023-09-20"),
    )),
    ("O03", "a gap without a reason", both(
        term(HAYASHI, end="2023-09-01"),
        put("hayashi-yoshimasa-jp-foreign-2021-end-registry-2024", value="2023-09-01"),
    )),
    ("O04", "one's own terms overlap", both(
        term("motegi-toshimitsu", 1, start="2021-11-01"),
        put("motegi-toshimitsu-jp-foreign-2023-start-registry-2024", value="2021-11-01"),
        drop("o03-motegi-toshimitsu-jp-foreign-2019"),
        put("jp-foreign", single_seat=False),
    )),
    ("M01", "nobody of the two countries", put(VISIT, participants=[{"name": "Chung Eui-yong", "country": "KR"}])),
    ("M01", "the same person twice", lambda content: record(content, VISIT)["participants"].append(record(content, VISIT)["participants"][0])),
    ("M02", "a meeting that ends before it starts", both(
        put(VISIT, end="2021-11-14"),
        put("2021-11-15-raimondo-visit-end-ministry-2021", value="2021-11-14"),
        put(TALKS, part_of=None),
    )),
    ("M03", "an office that was not held", both(
        term(HAYASHI, start="2021-11-20"),
        put("hayashi-yoshimasa-jp-foreign-2021-start-registry-2024", value="2021-11-20"),
    )),
    ("M04", "talks after the visit", both(
        put(TALKS, end="2021-11-18"),
        put("2021-11-15-hayashi-raimondo-end-ministry-2021", value="2021-11-18"),
        put("ministry-2021", published="2021-11-20"),
    )),
    ("M04", "a meeting that is part of itself", put(TALKS, part_of=TALKS)),
    ("M05", "a state visit of a secretary", put(VISIT, kind="state_visit")),
    ("M06", "a call with a place", both(put(TALKS, format="telephone"))),
    ("M06", "a time zone that is none", put(TALKS, timezone="Asia/Edo")),
    ("M06", "a place without a country", put(VISIT, country=None)),
    ("M07", "an announcement taken for a report", put(VISIT, citations=cited("series-1960"))),
    ("T01", "in force before signature", both(
        put("security-1951", in_force="1950-04-28"),
        put("security-1951-in-force-series-1952", value="1950-04-28"),
    )),
    ("T01", "in force for a party before it signed", both(
        put("security-1960", parties=[{"country": "JP", "signed": "1960-01-19", "in_force": "1959"}, {"country": "US"}]),
        add("claims", claim("security-1960", "parties.JP.in_force", "1959", "series-1960")),
        drop("security-1960-parties-us-signed-series-1960"),
    )),
    ("T02", "a gap between treaty and successor", both(
        put("security-1951", ended="1960-05-23"),
        put("security-1951-ended-series-1960", value="1960-05-23"),
    )),
    ("T02", "a successor to what has not ended", both(
        put("security-1951", ended=None),
        drop("security-1951-ended-series-1960"),
    )),
    ("T03", "a circle", both(put("security-1951", amends=["security-1960"]), put("security-1960", amends=["security-1951"]))),
    ("T04", "a treaty without Japan", put("security-1951", parties=[{"country": "US"}, {"country": "KR"}])),
    ("T04", "a party twice", put("security-1951", parties=[{"country": "US"}, {"country": "JP"}, {"country": "JP"}])),
    ("T05", "signed before a party did", both(
        put("security-1960", parties=[{"country": "JP", "signed": "1960-02-19"}, {"country": "US", "signed": "1960-01-19"}]),
        put("security-1960-parties-jp-signed-series-1960", value="1960-02-19"),
    )),
    ("Q01", "another value than is stated", both(
        quantity("us-total-goods-and-services-2018-bureau-2021", value="296700000000"),
    )),
    ("Q01", "another qualifier than is stated", quantity("us-total-goods-and-services-2018-bureau-2021", qualifier="about")),
    ("Q01", "another resolution than is stated", quantity("us-total-goods-and-services-2018-bureau-2021", resolution="100000")),
    ("Q01", "nothing stated", lambda content: record(content, "us-total-goods-and-services-2018-bureau-2021")["quantity"].pop("stated")),
    ("Q01", "a figure that cannot be read", quantity("us-total-goods-and-services-2018-bureau-2021", stated="much")),
    ("Q02", "exports below zero", both(
        quantity("us-total-goods-and-services-2018-bureau-2021", value="-297600000000", stated="-$297.6 billion"),
    )),
    ("Q02", "trade with another country", put("us-total-goods-and-services-2018-bureau-2021", counterpart_area="KR")),
    ("Q02", "trade in persons", quantity("us-total-goods-and-services-2018-bureau-2021", unit="persons", stated="297.6 billion")),
    ("Q03", "a month called a year", both(put("us-exports-goods-2020-03-bureau-2021", freq="A"))),
    ("Q04", "a balance that does not add up", quantity(BALANCE, value="-65400000000", stated="$65.4 billion deficit")),
    ("Q05", "a total that does not add up", both(
        quantity(GOODS, value="283600000000", stated="$283.6 billion"),
        drop("us-total-goods-2020-bureau-2021-quantity-blog-2021"),
        drop("us-total-unstated-2020-blog-2021-quantity"),
    )),
    ("Q06", "a sum of scopes that does not add up", quantity(
        "us-exports-goods-and-services-2020-bureau-2021", value="112000000000", stated="$112 billion",
    )),
    ("Q07", "months that do not add up", quantity("us-exports-goods-2020-03-bureau-2021", value="9340000000", stated="$9.34 billion")),
    ("C01", "a date that is none", put("security-1960-signed-blog-2021", value="1960-1")),
    ("C01", "an amount that is none", put("troops-2020-defense-quantity-bureau-2021", value="many")),
    ("C02", "a sentence taken over", put("security-1960-signed-blog-2021", stated="one two three four five six seven eight nine ten eleven twelve thirteen")),
    ("C03", "rejected without a reason", put("us-total-goods-2020-bureau-2021-quantity-blog-2021", reason=None)),
    ("C03", "a reason for what counts", put("security-1960-signed-blog-2021", reason="none")),
    ("C04", "a record without a source", put("energy-partnership-2017", citations=[])),
    ("C04", "a person whom no source names", add("officials", {"id": "x-y", "family": "X"})),
    ("C05", "a conflict that nobody explained", drop("security-1951-signed")),
    ("C05", "a figure that meets none of its meanings", drop("us-total-unstated-2020-blog-2021-quantity")),
    ("C06", "an explanation of no conflict", add("disagreements", {
        "id": "x", "subject": "security-1960", "field": "signed", "kind": "error", "explanation": "none",
    })),
    ("C07", "a figure that its own source contradicts", both(
        put("troops-2020-defense-quantity-bureau-2021", value="54000"),
    )),
    ("S01", "a source that nothing cites", add("sources", source("unused", "Nobody", "2020"))),
    ("S02", "a circle of copies", put("blog-2021", derived_from="blog-2021-copy")),
    ("S03", "an address of no web", put("registry-2024", url="javascript:alert(1)")),
    ("S03", "read before it was published", put("ministry-2021", accessed="2020")),
    ("S04", "one address for two sources", put("ministry-2021", url="https://example.org/registry")),
    ("S05", "a report older than the event", put("security-1960-signed-series-1960", source="series-1952")),
    ("V01", "coverage that ends before it starts", put("officials-jp-foreign", end="2018")),
    ("V01", "complete without an end", put("officials-jp-foreign", end=None)),
    ("E01", "an exception that is not needed", add("exceptions", {"id": "x", "rule": "O02", "record": "security-1951", "reason": "none"})),
]  # fmt: skip


def test_small_keeps_every_rule():
    """The small data breaks no rule: what a test breaks is all that is broken."""
    assert [] == list(broken(build()))


@pytest.mark.parametrize(
    ("code", "what", "change"), BREAKS, ids=[f"{code}-{what}".replace(" ", "-") for code, what, _ in BREAKS]
)
def test_one_broken_datum(code: str, what: str, change: Break):
    """One broken datum is reported by its rule, and by no other."""
    content = data()
    change(content)

    assert {code} == {problem.rule for problem in broken(build(content))}


def test_every_rule_is_tried():
    """No rule is without a datum that breaks it."""
    assert set(RULES) == {code for code, _, _ in BREAKS}


def test_rules_are_listed():
    """A rule has a code and one sentence, and shows them."""
    for code, rule in RULES.items():
        assert re.fullmatch(r"[A-Z]\d\d", code)
        assert rule.doc.endswith(".")
        assert "\n" not in rule.doc
        assert repr(rule) == f"<Rule {code}: {rule.doc}>"


def test_alone_on_a_record():
    """A rule runs on a single record of a Dataset, and says nothing of others."""
    content = data()
    put(VISIT, end="2021-11-14")(content)
    put(TALKS, end="2021-11-14")(content)
    dataset = build(content)

    (found,) = RULES["M02"](dataset, dataset.meetings[VISIT])

    assert "meetings.json: 2021-11-15-raimondo-visit: end '2021-11-14' is before start 2021-11-15 [M02]" == str(found)
    assert [] == list(RULES["M02"](dataset, dataset.treaties["security-1951"]))


def test_whole_rule_on_a_record():
    """A rule over many records can be asked of one."""
    content = data()
    drop("security-1951-signed")(content)
    dataset = build(content)

    assert ["C05"] == [found.rule for found in RULES["C05"](dataset, dataset.treaties["security-1951"])]
    assert [] == list(RULES["C05"](dataset, dataset.treaties["security-1960"]))


def test_an_exception_excuses():
    """An exception in the data takes a problem off; the rule itself still tells of it."""
    dataset = build()

    assert ["motegi-toshimitsu"] == [found.record for found in RULES["O03"](dataset)]


def test_emperor_alone_is_received_in_state():
    """A state visit to the United States is the Emperor's; one to Japan is a President's."""
    content = data()
    content["offices"] += [
        {"id": "us-president", "title": "President", "country": "US", "single_seat": True},
        {"id": "jp-emperor", "title": "Emperor", "country": "JP", "single_seat": True},
    ]
    put(VISIT, kind="state_visit", participants=[{"name": "Joseph Biden", "country": "US", "office": "us-president"}])(
        content
    )

    assert [] == list(broken(build(content)))

    put(VISIT, country="US", timezone="America/New_York")(content)

    assert {"M05"} == {problem.rule for problem in broken(build(content))}

    put(VISIT, participants=[{"name": "Emperor Akihito", "country": "JP", "office": "jp-emperor"}])(content)

    assert [] == list(broken(build(content)))


def test_long_values_are_cut():
    """A problem shows the beginning of a long value."""
    content = data()
    put("security-1951", note="long " * 100)(content)

    (found,) = broken(build(content))

    assert "long long long long long long long long long long long long ... (500 characters)" == found.value


def test_figures_without_bounds_add_up_to_anything():
    """A sum with "over 100" in it has no upper end: no identity can be tested against it."""
    content = data()
    record(content, EXPORTS)["quantity"].update(
        value="10000000000", stated="over $10 billion", qualifier="over", resolution="10000000000"
    )
    for id in [one["id"] for one in content["trade_figures"] if one["freq"] == "M"]:
        drop(id)(content)
    drop("us-exports-goods-and-services-2020-bureau-2021")(content)

    assert [] == list(broken(build(content)))


def test_a_day_before_is_another_time_zone():
    """A report of the day before may be from across the date line."""
    content = data()
    put("ministry-2021", published="2021-11-14")(content)

    assert [] == list(broken(build(content)))


def test_unread_claims_do_not_hide_others():
    """A claim that cannot be read leaves the other rules working."""
    content = data()
    add("claims", claim("security-1960", "adopted", "long ago", "blog-2021"))(content)

    assert ["C01"] == [problem.rule for problem in broken(build(content))]


def test_a_balance_may_lack_its_sign():
    """A figure of "$55.4 billion" beside the word deficit elsewhere is stated well."""
    content = data()
    quantity(BALANCE, stated="$55.4 billion")(content)

    assert [] == list(broken(build(content)))


def test_fiscal_years_are_years():
    """Twelve months from July are a year; six months are a part."""
    content = data()
    content["trade_figures"] += [
        figure("imports", "services", "1893-07/1894-06", "$5 billion", "5000000000", "1000000000", freq="A"),
        figure("imports", "services", "1893-07/1893-12", "$2 billion", "2000000000", "1000000000", freq="P"),
    ]

    assert [] == list(broken(build(content)))


def found(content: Data) -> list[str]:
    return list(map(str, broken(build(content))))


def test_values_are_shown():
    """A problem shows the value as it is, nothing for what is missing, and 80 letters at most."""
    content = data()
    put(VISIT, country=None)(content)

    assert ["meetings.json: 2021-11-15-raimondo-visit: country of Tokyo is missing [M06]"] == found(content)

    for length, shown in ((80, "x" * 79 + "\t"), (81, "x" * 60 + "... (81 characters)")):
        content = data()
        put("security-1951", note="x" * (length - 1) + "\t")(content)
        assert [shown] == [problem.value for problem in broken(build(content))]


def test_files_are_named():
    """A problem names the file that the record stands in."""
    from jpus.dataset import Dataset

    content = data()
    put(VISIT, end="2021-11-14")(content)
    put(TALKS, part_of=None)(content)
    whole = build(content)
    parts = Dataset(
        lambda name: (whole._collection(name)._records, {VISIT: "meetings.visits.json"}), version="2026-11-21"
    )

    assert ["meetings.visits.json"] == [problem.file for problem in RULES["M02"](parts)]


def test_both_edges_of_a_year():
    """31 December needs a day as 1 January does."""
    content = data()
    put("energy-partnership-2017", launched="2017-12-31")(content)

    assert ["D02"] == [problem.rule for problem in broken(build(content))]


def test_unknown_end_leaves_a_gap():
    """A term whose end no source tells is known to have run for a day: what follows is a gap."""
    content = data()
    content["officials"].append({
        "id": "ross-wilbur", "family": "Ross",
        "terms": [{"id": "ross-us-commerce-2025", "office": "us-commerce", "start": "2025-02-01", "citations": cited("registry-2024")}],
    })  # fmt: skip
    content["claims"].append(claim("ross-us-commerce-2025", "start", "2025-02-01", "bureau-2021", qualifier="planned"))
    (gap,) = broken(build(content))

    assert ("O03", "raimondo-gina-us-commerce-2021") == (gap.rule, gap.field)


def test_overlap_on_one_day():
    """A participant who held the office on the meeting's last day, or until its first, held it."""
    for start, end in (("2021-11-15", "2023-09-13"), ("2021-11-10", "2021-11-15")):
        content = data()
        term(HAYASHI, start=start, end=end)(content)
        put("hayashi-yoshimasa-jp-foreign-2021-start-registry-2024", value=start)(content)
        put("hayashi-yoshimasa-jp-foreign-2021-end-registry-2024", value=end)(content)

        assert "M03" not in {problem.rule for problem in broken(build(content))}


def test_an_old_month_is_not_the_day_before():
    """A report of the month before is older than the meeting, whatever the time zone."""
    content = data()
    put("ministry-2021", published="2021-10")(content)

    assert {"M07", "S05"} == {problem.rule for problem in broken(build(content))}


def test_succession_on_the_next_day():
    """A successor may start on the day after; two days after is a gap."""
    for ended, rules in (("1960-06-22", set()), ("1960-06-21", {"T02"})):
        content = data()
        put("security-1951", ended=ended)(content)
        put("security-1951-ended-series-1960", value=ended)(content)

        assert rules == {problem.rule for problem in broken(build(content))}


def test_identity_to_the_last_digit():
    """A balance that just meets the difference is right; beyond, both are shown."""
    content = data()
    quantity(BALANCE, value="-55250000000", stated="$55.25 billion deficit", resolution="10000000")(content)

    (told,) = found(content)

    assert told.startswith(
        "trade_figures.json: us-balance-goods-2020-bureau-2021: quantity.value '-55250000000' does not"
    )
    assert told.endswith("meet exports - imports: -55500000000 to -55300000000 [Q04]")

    quantity(BALANCE, value="-55300000000", stated="$55.3 billion deficit", resolution="100000000")(content)

    assert [] == found(content)


def test_months_across_years():
    """A fiscal year is held against its months, from one calendar year into the next."""
    content = data()
    content["trade_figures"] += [
        *(
            figure("imports", "services", f"2019-{month:02}", "$1.0 billion", "1000000000", "100000000")
            for month in range(4, 13)
        ),
        *(
            figure("imports", "services", f"2020-{month:02}", "$1.0 billion", "1000000000", "100000000")
            for month in range(1, 4)
        ),
        figure("imports", "services", "2019-04/2020-03", "$12.0 billion", "12000000000", "100000000", freq="A"),
        figure("imports", "services", "2019-10/2020-03", "$6.0 billion", "6000000000", "100000000", freq="P"),
        figure("imports", "services", "2019-04/2019-12", "$12.0 billion", "12000000000", "100000000", freq="P"),
    ]

    assert ["us-imports-services-2019-04-to-2019-12-bureau-2021"] == [
        problem.record for problem in broken(build(content))
    ]


def test_an_exception_for_a_term_s_field():
    """An exception that names a term excuses what is wrong with a field of the term."""
    content = data()
    drop("raimondo-gina-us-commerce-2021-start-registry-2024")(content)
    content["exceptions"].append(
        {"id": "x", "rule": "D01", "record": "raimondo-gina-us-commerce-2021", "reason": "Known."}
    )

    assert [] == found(content)


def test_a_rejected_claim_supports_nothing():
    """A value that only a rejected claim states is stated by none; nor does a claim on another field count."""
    content = data()
    put("energy-partnership-2017-launched-ministry-2021", status="rejected", reason="A slip.")(content)

    assert ["D01"] == [problem.rule for problem in broken(build(content))]


def test_two_ways_to_one_treaty():
    """A treaty that amends two, which both amend a third, is in no circle."""
    content = data()
    for name, amended in (
        ("x-1970", ["security-1960"]),
        ("y-1970", ["security-1960"]),
        ("z-1970", ["x-1970", "y-1970"]),
    ):
        content["treaties"].append({
            "id": name, "title": "X", "kind": "treaty", "subject": "security", "amends": amended,
            "parties": [{"country": "JP"}, {"country": "US"}], "citations": cited("blog-2021"),
        })  # fmt: skip

    assert [] == found(content)
