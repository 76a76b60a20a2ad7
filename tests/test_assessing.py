"""A value in hand held against what sources say."""

from __future__ import annotations

import pytest
from small import build, claim, data, figure, record, source

import jpus
from jpus.dataset import Dataset


@pytest.fixture(name="small")
def _small() -> Dataset:
    return build()


def test_exactly_that(small: Dataset):
    """The accepted value agrees, and independent support is counted."""
    found = small.treaties.assess("security-1960", "signed", "1960-01-19")

    assert ("agree", "1960-01-19", 1, ()) == (found.verdict, found.accepted, found.independent, found.hints)
    assert ["series-1960"] == [one.source for one in found.supporting]
    assert ["blog-2021"] == [one.source for one in found.containing]
    assert "<Assessment: agree>" == repr(found)


def test_coarser(small: Dataset):
    """The year alone is compatible: right, and less than is known."""
    found = small.treaties.assess("security-1960", "signed", "1960")

    assert ("compatible", "1960-01-19") == (found.verdict, found.accepted)
    assert 2 == len(found.supporting)


def test_wrong(small: Dataset):
    """A value that does not fit conflicts: with what is accepted, the sides, a hint, and the known explanation."""
    found = small.treaties.assess("security-1951", "signed", "1952")

    assert ("conflict", "1951-09-08") == (found.verdict, found.accepted)
    assert ["in force is 1952-04-28: 1952 fits that, not signed"] == list(found.hints)
    assert {"blog-2021", "blog-2021-copy"} == {one.source for one in found.supporting}
    assert 1 == found.independent
    assert ["series-1952"] == [one.source for one in found.opposing]
    assert "1952 is the year of entry into force." in found.explanation
    assert "Treaty Series, series-1952 (1952-05)" in dict(found.titles).values()


def test_sources_are_counted_in_words(small: Dataset):
    """The sources that speak are counted; where no source speaks, nothing is said of sources."""

    def why(id: str, field: str, value: str) -> str:
        return small.treaties.assess(id, field, value).explanation

    known = "; error: 1952 is the year of entry into force."
    assert f"1 independent source states otherwise{known}" == why("security-1951", "signed", "1952")
    assert f"1 independent source fits it{known}" == why("security-1951", "signed", "1951-09-08")
    assert "2 independent sources fit it" == why("security-1960", "signed", "1960-01-19")
    assert "2 independent sources state otherwise" == why("security-1960", "signed", "1961")
    assert "it fits 1960-01-19 at another precision; 2 independent sources fit it" == why(
        "security-1960", "signed", "1960"
    )
    assert ["", ""] == [why("security-1960", "kind", value) for value in ("treaty", "agreement")]
    assert "conflict" == small.treaties.assess("security-1960", "kind", "agreement").verdict


def test_swapped(small: Dataset):
    """Day and month exchanged, and a neighbouring day, are told."""
    content = data()
    record(content, "security-1960").update(signed="1960-06-01", parties=[{"country": "JP"}, {"country": "US"}])
    for id in ("security-1960-signed-series-1960", "security-1960-signed-blog-2021"):
        record(content, id)["value"] = "1960-06-01"
    changed = build(content)

    assert ("day and month may be swapped: 1960-06-01",) == changed.treaties.assess(
        "security-1960", "signed", "1960-01-06"
    ).hints
    (hint,) = changed.treaties.assess("security-1960", "signed", "1960-06-02").hints
    assert hint.startswith("one day from 1960-06-01")
    assert () == small.treaties.assess("security-1960", "signed", "1960-03-03").hints
    assert () == small.treaties.assess("security-1960", "signed", "1961").hints


def test_another_event(small: Dataset):
    """A date of an event that the record has no field for is told."""
    content = data()
    record(content, "security-1951-ratifications-exchanged-series-1952")["value"] = "1952-03-03"
    found = build(content).treaties.assess("security-1951", "signed", "1952-03")

    assert ["ratifications exchanged is 1952-03-03: 1952-03 fits that, not signed"] == list(found.hints)


def test_another_treaty(small: Dataset):
    """The date of the treaty that took its place is told."""
    found = small.treaties.assess("security-1951", "signed", "1960-01")

    assert "fits another: security-1960, signed 1960-01-19" in found.hints


def test_party(small: Dataset):
    """A party's own dates are assessed by their path."""
    assert "agree" == small.treaties.assess("security-1960", "parties.JP.signed", "1960-01-19").verdict
    assert "conflict" == small.treaties.assess("security-1960", "parties.JP.signed", "1961").verdict


def test_term(small: Dataset):
    """A term's dates are assessed through its official."""
    field = "terms.hayashi-yoshimasa-jp-foreign-2021.start"

    assert "agree" == small.officials.assess("hayashi-yoshimasa", field, "2021-11-10").verdict
    with pytest.raises(ValueError, match="has no term 'x'; there are: hayashi"):
        small.officials.assess("hayashi-yoshimasa", "terms.x.start", "2021")


def test_words(small: Dataset):
    """Places and sets are assessed as words; a source need not name all."""
    talks = "2021-11-15-hayashi-raimondo"

    assert "agree" == small.meetings.assess(talks, "place", "tokyo").verdict
    assert "conflict" == small.meetings.assess(talks, "place", "Kyoto").verdict
    assert "compatible" == small.meetings.assess(talks, "participants", "hayashi-yoshimasa").verdict
    assert "conflict" == small.meetings.assess(talks, "participants", "motegi-toshimitsu").verdict


def test_state_visit(small: Dataset):
    """A visit that is called a state visit without being one."""
    found = small.meetings.assess("2021-11-15-raimondo-visit", "kind", "state_visit")

    assert "conflict" == found.verdict
    assert "a state visit is a head of state's" in found.hints[0]


def test_not_checkable(small: Dataset):
    """A characterisation is shown with who states it, and is not judged; what nobody states is not either."""
    found = small.meetings.assess("2021-11-15-hayashi-raimondo", "statement_by_hayashi", "anything")

    assert ("not_checkable", ["ministry-2021"]) == (found.verdict, [one.source for one in found.claims])
    assert "not_checkable" == small.treaties.assess("security-1960", "adopted", "1960").verdict
    with pytest.raises(
        ValueError, match=r"security-1960 has no field 'sined', and no claim on one; there are: .*signed"
    ):
        small.treaties.assess("security-1960", "sined", "1960")


def test_claims_without_a_value(small: Dataset):
    """Where the record has no value, one claim stands for it, and several are judged together."""
    found = small.treaties.assess("security-1951", "ratifications_exchanged", "1952")

    assert ("compatible", "1952-04-28") == (found.verdict, found.accepted)

    content = data()
    content["claims"].append(claim("security-1951", "ratifications_exchanged", "1952-04-29", "blog-2021"))
    differ = build(content)

    assert ("compatible", None) == tuple(
        getattr(differ.treaties.assess("security-1951", "ratifications_exchanged", "1952-04-29"), name)
        for name in ("verdict", "accepted")
    )
    assert "conflict" == differ.treaties.assess("security-1951", "ratifications_exchanged", "1953").verdict


def test_what_is_set_aside_is_shown(small: Dataset):
    """A rejected claim stands among the claims with its reason."""
    found = small.trade_figures.assess("us-total-goods-2020-bureau-2021", "quantity", "$18.36 billion")

    assert "conflict" == found.verdict
    assert ["a tenth"] == [one.reason for one in found.claims if one.reason]
    assert any("ten-fold slip? times 10 it fits" in hint for hint in found.hints)


def test_as_published(small: Dataset):
    """What was said by a day is all that counts then."""

    def on(day: str, value: str = "1952") -> str:
        return small.treaties.assess("security-1951", "signed", value, as_published=day).verdict

    assert "not_checkable" == on("1952-01-01")
    assert "conflict" == on("1952-12-31")
    assert "agree" == on("1952-12-31", "1951-09-08")


def test_as_published_before_the_better_source(small: Dataset):
    """Before the better source came out, the value is what the others agreed on."""
    content = data()
    record(content, "series-1952")["published"] = "2022"
    changed = build(content)

    assert "agree" == changed.treaties.assess("security-1951", "signed", "1952", as_published="2021-12-31").verdict


@pytest.mark.parametrize("value", [1952, None])
def test_value_is_text(small: Dataset, value: object):
    """The value to judge is a text."""
    with pytest.raises(TypeError):
        small.treaties.assess("security-1951", "signed", value)


def test_bad_value(small: Dataset):
    """A value that the field cannot have is refused."""
    with pytest.raises(jpus.ParseError):
        small.treaties.assess("security-1951", "signed", "8 September 1951")
    with pytest.raises(jpus.UnknownIdError):
        small.treaties.assess("security", "signed", "1951")


# --- amounts -----------------------------------------------------------------------------------------------------------


def test_amount_of_one_definition(small: Dataset):
    """An amount of a stated definition is judged against its figure."""
    found = small.trade_figures.assess("$183.6 billion", time_period="2020", flow="total", scope="goods")

    assert ("agree", "$183.6 billion", 1) == (found.verdict, found.accepted, found.independent)


def test_amount_that_meets_nothing(small: Dataset):
    """An amount that meets none of its meanings conflicts, and the year that it fits is told."""
    found = small.trade_figures.assess("about $298 billion", time_period="2020", flow="total")

    assert ("conflict", "$183.6 billion") == (found.verdict, found.accepted)
    assert ["fits 2018: US total of goods and services 2018, bop basis in USD is $297.6 billion"] == list(found.hints)
    assert "it meets none of the definitions that it could mean" in found.explanation


def test_year_that_fits_is_told_once(small: Dataset):
    """Of two vintages of the figure that an amount fits, the later is told."""
    content = data()
    content["sources"].append(source("bureau-2022", "Bureau", "2022-02-05", "statistical"))
    later = {"stated": "$297.7 billion", "value": "297700000000", "resolution": "100000000", "source": "bureau-2022"}
    content["trade_figures"].append(figure("total", "goods_and_services", "2018", **later))

    found = build(content).trade_figures.assess("about $298 billion", time_period="2020", flow="total")
    assert ["fits 2018: US total of goods and services 2018, bop basis in USD is $297.7 billion"] == list(found.hints)


def test_bare_word(small: Dataset):
    """A bare "trade" has several meanings: the answer says which it fits."""
    content = data()
    content["trade_figures"].append(
        figure("total", "goods_and_services", "2020", "$253 billion", "253000000000", "1000000000")
    )
    found = build(content).trade_figures.assess("$253 billion", time_period="2020", flow="total")

    assert ("ambiguous", 2) == (found.verdict, len(found.meanings))
    assert found.explanation.startswith("it depends on what is meant: it fits US total of goods and services 2020")


def test_deficit(small: Dataset):
    """The word deficit asks for the balance; without a sign the size is compared."""
    assert "agree" == small.trade_figures.assess("deficit of $55.4 billion", time_period="2020").verdict
    assert "conflict" == small.trade_figures.assess("surplus of $55.4 billion", time_period="2020").verdict
    assert "agree" == small.trade_figures.assess("$55.4 billion", time_period="2020", flow="balance").verdict
    hints = small.trade_figures.assess("surplus of $55.4 billion", time_period="2020").hints
    assert any(hint.startswith("the sign: ") for hint in hints)


def test_other_definition(small: Dataset):
    """Goods given as goods and services are told."""
    found = small.trade_figures.assess("$102 billion", time_period="2020", flow="exports", scope="goods")

    assert "conflict" == found.verdict
    assert ["fits another definition: US exports of goods and services 2020, bop basis in USD is $102 billion"] == list(
        found.hints
    )


def test_tenfold(small: Dataset):
    """A slip of a factor of ten, and of a thousand, is told."""
    assert any(
        hint.startswith("ten-fold slip? times 10 it fits $183.6 billion")
        for hint in small.trade_figures.assess("$18.36 billion", time_period="2020", flow="total", scope="goods").hints
    )
    assert any(
        hint.startswith("1000-fold slip? times 1000 ")
        for hint in small.trade_figures.assess("$183.6 million", time_period="2020", flow="total", scope="goods").hints
    )


def test_a_first_publication_fits(small: Dataset):
    """An amount that fits an earlier vintage is compatible."""
    content = data()
    content["sources"].append(
        {
            "id": "bureau-2022",
            "title": "X",
            "publisher": "Bureau",
            "kind": "statistical",
            "published": "2022",
            "language": "en",
        }
    )
    content["trade_figures"].append(
        figure("total", "goods", "2020", "$183.9 billion", "183900000000", "100000000", source="bureau-2022")
    )

    assert (
        "compatible"
        == build(content)
        .trade_figures.assess("$183.6 billion", time_period="2020", flow="total", scope="goods")
        .verdict
    )


def test_no_figure(small: Dataset):
    """A period without a figure is not checkable."""
    assert "not_checkable" == small.trade_figures.assess("$5 billion", time_period="1850", flow="total").verdict


def test_a_round_number_is_told(small: Dataset):
    """What fits by its trailing zeros alone is said to: how far it is from the figure, and how it was read."""
    far = small.trade_figures.assess("$60 billion", time_period="2020", flow="exports", scope="goods")
    near = small.trade_figures.assess("$64 billion", time_period="2020", flow="exports", scope="goods")
    wide = small.trade_figures.assess("$100 billion", time_period="2020", flow="imports", scope="goods")

    assert ["compatible", "compatible", "compatible"] == [one.verdict for one in (far, near, wide)]
    assert ((), ()) == (far.hints, near.hints)
    assert (
        "0.837 times $119.5 billion: it fits only as a round number, 50,000,000,000 to 150,000,000,000",
    ) == wide.hints


def test_an_open_figure_is_no_hint():
    """A figure of "over 100" fits all that is larger, and ten times what is smaller: neither is told as a slip."""
    content = data()
    for id in ("us-exports-goods-2020-bureau-2021", "us-exports-services-2020-bureau-2021"):
        drawn = record(content, id)["quantity"]
        drawn.update(stated=f"over {drawn['stated']}", qualifier="over")
    small = build(content)

    assert () == small.trade_figures.assess("$20 billion", time_period="2020", flow="exports", scope="goods").hints
    # Of one size with "over $38 billion" in services, not with "over $64.1 billion" in goods.
    assert ["fits another definition: US exports of services 2020, bop basis in USD is over $38 billion"] == [
        hint
        for hint in small.trade_figures.assess("$38.5 billion", time_period="2020", flow="exports", scope="goods").hints
        if "definition" in hint
    ]


def test_more_than_nothing():
    """A surplus of more than nothing is held against other years' balances too."""
    content = data()
    content["trade_figures"].append(
        figure("balance", "goods", "2019", "$69.0 billion deficit", "-69000000000", "100000000")
    )
    found = build(content).trade_figures.assess("surplus of over $0", time_period="2020", scope="goods")

    assert ("conflict", ()) == (found.verdict, found.hints)


def test_zero(small: Dataset):
    """A figure of zero has no ratio."""
    content = data()
    content["trade_figures"].append(figure("exports", "services", "1945", "$0", "0", "1"))
    (meaning,) = build(content).trade_figures.assess("$5", time_period="1945").meanings

    assert meaning.ratio is None


def test_questions_that_lack_something(small: Dataset):
    """Without a period, without a currency, or with a word that is none, the question is refused."""
    with pytest.raises(TypeError, match="time_period="):
        small.trade_figures.assess("$5 billion")
    with pytest.raises(jpus.ParseError, match="names no currency"):
        small.trade_figures.assess("5 billion", time_period="2020")
    with pytest.raises(ValueError, match="flow 'sales' is none of exports"):
        small.trade_figures.assess("$5 billion", time_period="2020", flow="sales")
    with pytest.raises(jpus.ParseError):
        small.trade_figures.assess("$5 billion", time_period="last year")


def test_amount_as_published(small: Dataset):
    """Only figures that were published by a day are compared."""

    def on(day: str) -> str:
        return small.trade_figures.assess(
            "$183.6 billion", time_period="2020", flow="total", scope="goods", as_published=day
        ).verdict

    assert ("not_checkable", "agree") == (on("2021-02-04"), on("2021-02-05"))


# --- office holders ----------------------------------------------------------------------------------------------------


def test_holder(small: Dataset):
    """The holder on the day agrees, by family name too."""
    found = small.officials.assess("Hayashi", office="jp-foreign", on="2021-12-22")

    assert ("agree", "Hayashi Yoshimasa (2021-11-10 to 2023-09-13)") == (found.verdict, found.accepted)
    assert 1 == found.independent


def test_predecessor(small: Dataset):
    """Who held it before, or after, is told as such."""
    found = small.officials.assess("Motegi", office="jp-foreign", on="2021-12-22")

    assert ("conflict", "Hayashi Yoshimasa (2021-11-10 to 2023-09-13)") == (found.verdict, found.accepted)
    assert [
        "a predecessor: Motegi Toshimitsu held it 2019-09-11 to 2021-11-04",
        "a successor: Motegi Toshimitsu held it 2023-09-13 to now",
    ] == list(found.hints)


def test_other_office(small: Dataset):
    """What the person held then instead is told."""
    found = small.officials.assess("Hayashi", office="us-commerce", on="2021-12-22")

    assert ["Hayashi Yoshimasa was then Minister for Foreign Affairs (2021-11-10 to 2023-09-13)"] == list(found.hints)


def test_undecided_holder(small: Dataset):
    """Where the dates do not decide it, the person is compatible."""
    found = small.officials.assess("Raimondo", office="us-commerce", on="2023-01-01")

    assert ("compatible", "Gina Raimondo (2021-03-03 to an unknown day)") == (found.verdict, found.accepted)


def test_nobody_of_that_name(small: Dataset):
    """A name that nobody has conflicts, and says so; nobody at all is not checkable."""
    found = small.officials.assess("Tanaka", office="jp-foreign", on="2021-12-22")

    assert ("conflict", ("no official is called 'Tanaka'; fuzzy search may find a near name",)) == (
        found.verdict,
        found.hints,
    )
    assert "not_checkable" == small.officials.assess("Tanaka", office="us-commerce", on="2020-01-01").verdict
    assert "no holder of" in small.officials.assess("Tanaka", office="us-commerce", on="2020-01-01").explanation


def test_namesakes(small: Dataset):
    """Several of a name are listed, never guessed between."""
    content = data()
    content["officials"].append({"id": "hayashi-motoo", "family": "Hayashi", "given": "Motoo", "country": "JP"})
    found = build(content).officials.assess("Hayashi", office="us-commerce", on="2021-12-22")

    assert "the name fits several: hayashi-motoo, hayashi-yoshimasa" in found.hints


def test_acting(small: Dataset):
    """One who stood in is told to be acting."""
    content = data()
    record(content, "hayashi-yoshimasa")["terms"][0]["role"] = "acting"
    found = build(content).officials.assess("Hayashi", office="jp-foreign", on="2021-12-22")

    assert ("agree", ("not the holder but standing in: acting",)) == (found.verdict, found.hints)
    assert "acting" in found.accepted


def test_second_form(small: Dataset):
    """An id with a field and a value works as in every collection; a mix of both forms is refused."""
    assert "agree" == small.officials.assess("hayashi-yoshimasa", "born", "1961-01-19").verdict
    for words in (
        {},
        {"office": "jp-foreign"},
        {"on": "2021"},
        {"field": "born"},
        {"field": "born", "value": "1961", "office": "jp-foreign", "on": "2021"},
    ):
        with pytest.raises(TypeError, match="assess needs"):
            small.officials.assess("hayashi-yoshimasa", **words)


def test_held_office(small: Dataset):
    """That a person ever held an office is a fact about the person."""
    content = data()
    content["claims"].append(claim("hayashi-yoshimasa", "held_office", "jp-foreign", "blog-2021"))
    changed = build(content)

    assert "agree" == changed.officials.assess("hayashi-yoshimasa", "held_office", "jp-foreign").verdict
    assert "conflict" == changed.officials.assess("hayashi-yoshimasa", "held_office", "us-commerce").verdict


def test_dates_of_meetings(small: Dataset):
    """A wrong day of a meeting conflicts; no other treaty or party is looked for."""
    found = small.meetings.assess("2021-11-15-hayashi-raimondo", "start", "2021-11-16")

    assert ("conflict", "2021-11-15") == (found.verdict, found.accepted)
    assert 1 == len(found.hints)
    assert found.hints[0].startswith("one day from 2021-11-15")


def test_a_surplus_without_a_sign():
    """A surplus is compared by its size as a deficit is."""
    content = data()
    content["trade_figures"].append(
        figure("balance", "services", "2020", "surplus of $5.5 billion", "5500000000", "100000000")
    )
    found = build(content).trade_figures.assess("$5.5 billion", time_period="2020", flow="balance", scope="services")

    assert "agree" == found.verdict


def test_a_source_that_is_not_there():
    """A claim of a source that the data lacks is shown without a title."""
    content = data()
    content["claims"].append(claim("security-1960", "signed", "1960-01-19", "lost"))
    found = build(content).treaties.assess("security-1960", "signed", "1960-01-19")

    assert "lost" in {one.source for one in found.claims}
    assert "lost" not in dict(found.titles)
