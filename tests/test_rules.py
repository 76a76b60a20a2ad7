"""Each rule reports what breaks it, and no other rule does."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from small import Data, build, cited, claim, data, figure, record, source

from jpus.rules import RULES, broken, each, whole

Break = Callable[[Data], object]


def put(id: str, /, **fields: object) -> Break:
    """Set fields of a record; None takes one away."""

    def change(content: Data) -> None:
        found = record(content, id)
        for name, value in fields.items():
            if value is None:
                found.pop(name, None)
            else:
                found[name] = value

    return change


def term(id: str, place: int = 0, /, **fields: object) -> Break:
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

# What is broken, what is told of it, how to break it.
BREAKS: list[tuple[str, str, Break]] = [
    ("an id with a capital", "initiatives.json: energy-partnership-2017: former_ids[0] 'Energy' is not lower-case words with hyphens between [I01]",
        put("energy-partnership-2017", former_ids=["Energy"])),
    ("an id of an exception with a capital", "exceptions.json: O03-Motegi: id 'O03-Motegi' is not lower-case words with hyphens between [I01]",
        put("o03-motegi-toshimitsu-jp-foreign-2019", id="O03-Motegi")),
    ("an id of a term with two hyphens", "officials.json: raimondo-gina: terms[0].id 'raimondo--2021' is not lower-case words with hyphens between [I01]",
        both(term("raimondo-gina", id="raimondo--2021"), put("raimondo-gina-us-commerce-2021-start-registry-2024", subject="raimondo--2021"))),
    ("a term with the id of an official", "officials.json: raimondo-gina: id 'hayashi-yoshimasa' is an id of officials: hayashi-yoshimasa too [I02]",
        both(
        term("raimondo-gina", id="hayashi-yoshimasa"),
        drop("hayashi-yoshimasa-born-registry-2024"),
        put(HAYASHI, born=None),
        put("raimondo-gina-us-commerce-2021-start-registry-2024", subject="hayashi-yoshimasa"),
    )),
    ("a former id that another record has", "initiatives.json: energy-partnership-2017: id 'energy-partnership-2017' is an id of treaties: security-1960 too [I02]",
        put("security-1960", former_ids=["energy-partnership-2017"])),
    ("a source that is not there", "treaties.json: security-1960: citations[1].source 'no-series' names nothing in sources [I03]",
        put("security-1960", citations=cited("series-1960", "no-series"))),
    ("a treaty named as a source", "treaties.json: security-1960: citations[1].source 'security-1951' names nothing in sources [I03]",
        put("security-1960", citations=cited("series-1960", "security-1951"))),
    ("an office at a meeting that is not there", "meetings.json: 2021-11-15-raimondo-visit: participants[0].office 'us-treasury' names nothing in offices [I03]",
        lambda content: record(content, VISIT)["participants"][0].update(office="us-treasury")),
    ("a claim on nothing", "claims.json: no-treaty-signed-blog-2021: subject 'no-treaty' names nothing in the data [I03]",
        add("claims", claim("no-treaty", "signed", "1960", "blog-2021"))),
    ("an office that is not there", "officials.json: raimondo-gina: terms[0].office 'us-treasury' names nothing in offices [I03]",
        both(
        term("raimondo-gina", office="us-treasury"),
        lambda content: [person.pop("office") for id in (TALKS, VISIT) for person in record(content, id)["participants"]],
    )),
    ("an official that is not there", "meetings.json: 2021-11-15-raimondo-visit: participants[0].official 'x' names nothing in officials [I03]",
        put(VISIT, participants=[{"official": "x", "name": "X", "country": "US", "office": "us-commerce"}])),
    ("an outcome that is not there", "meetings.json: 2021-11-15-raimondo-visit: outcomes[0] 'no-treaty' names nothing in the data [I03]",
        put(VISIT, outcomes=["no-treaty"])),
    ("an exception for nothing", "exceptions.json: x: record 'nothing' names nothing in the data [I03]",
        add("exceptions", {"id": "x", "rule": "E01", "record": "nothing", "reason": "why"})),
    ("coverage of no collection", "coverage.json: officials-jp-foreign: collection 'ministers' is none of officials, offices, meetings, treaties, initiatives, trade_figures, indicators, sources, claims, disagreements, coverage, exceptions [I04]",
        put("officials-jp-foreign", collection="ministers")),
    ("an exception to no rule", "exceptions.json: o03-motegi-toshimitsu-jp-foreign-2019: rule 'O3' is no rule [I04]",
        both(put("o03-motegi-toshimitsu-jp-foreign-2019", rule="O3"), put("jp-foreign", single_seat=False))),
    ("a space at the end", "treaties.json: security-1951: title 'Security Treaty ' has a space too many [X01]",
        put("security-1951", title="Security Treaty ")),
    ("two spaces", "treaties.json: security-1951: note 'Ōta  Security' has a space too many [X01]",
        put("security-1951", note="Ōta  Security")),
    ("two spaces in plain letters", "treaties.json: security-1951: note 'Security  Treaty' has a space too many [X01]",
        put("security-1951", note="Security  Treaty")),
    ("a text that is not NFC", "treaties.json: security-1951: note 'O\u0304ta' is not in Unicode form NFC [X01]",
        put("security-1951", note="O\u0304ta")),
    ("a right-to-left override", "treaties.json: security-1951: note 'abc\\u202edef' has a control or an invisible character [X01]",
        put("security-1951", note="abc\u202edef")),
    ("a tab", "treaties.json: security-1951: note 'abc\\tdef' has a control or an invisible character [X01]",
        put("security-1951", note="abc\tdef")),
    ("an empty text", "treaties.json: security-1951: note is an empty text: leave the key out [X01]",
        put("security-1951", note="")),
    ("a country in three letters", "initiatives.json: energy-partnership-2017: partners[0] 'JPN' is no country code [X02]",
        put("energy-partnership-2017", partners=["JPN", "US"])),
    ("an office of a country in three letters", "offices.json: us-commerce: country 'USA' is no country code [X02]",
        put("us-commerce", country="USA")),
    ("an indicator of a country in small letters", "indicators.json: troops-2020-defense: ref_area 'us' is no country code [X02]",
        put("troops-2020-defense", ref_area="us")),
    ("an indicator on a country in three letters", "indicators.json: troops-2020-defense: counterpart_area 'JPN' is no country code [X02]",
        put("troops-2020-defense", counterpart_area="JPN")),
    ("a day that no claim states", "initiatives.json: energy-partnership-2017: launched '2017-02-10' is stated by no claim as precisely [D01]",
        put("energy-partnership-2017", launched="2017-02-10")),
    ("a term that no claim states", "officials.json: raimondo-gina: raimondo-gina-us-commerce-2021.start '2021-03-03' is stated by no claim as precisely [D01]",
        drop("raimondo-gina-us-commerce-2021-start-registry-2024")),
    ("a day that no claim states, after a New Year that one does", "initiatives.json: energy-partnership-2017: ended '2019-03-04' is stated by no claim as precisely [D01]",
        both(
        put("energy-partnership-2017", launched="2017-01-01", ended="2019-03-04"),
        put("energy-partnership-2017-launched-ministry-2021", value="2017-01-01"),
    )),
    ("a term that ends on a New Year's Eve that nobody states", "officials.json: motegi-toshimitsu: motegi-toshimitsu-jp-foreign-2023.end '2023-12-31' may be a padded year [D02]",
        both(
        term("motegi-toshimitsu", 1, end="2023-12-31"),
        add("claims", claim("motegi-toshimitsu-jp-foreign-2023", "end", "2023", "registry-2024")),
    )),
    ("a year padded to 1 January", "initiatives.json: energy-partnership-2017: launched '2017-01-01' may be a padded year [D02]",
        both(
        put("energy-partnership-2017", launched="2017-01-01"),
        add("claims", claim("energy-partnership-2017", "launched", "2017-01", "series-1960", status="rejected", reason="?")),
    )),
    ("an event to come", "initiatives.json: energy-partnership-2017: ended '2031' is after the data of 2026-11-21 [D03]",
        both(
        put("energy-partnership-2017", ended="2031"),
        add("claims", claim("energy-partnership-2017", "ended", "2031", "ministry-2021", qualifier="planned")),
    )),
    ("a term before birth", "officials.json: hayashi-yoshimasa: terms[0].start '2021-11-10' is before born 2022-01-19 [D04]",
        both(
        put(HAYASHI, born="2022-01-19"),
        put("hayashi-yoshimasa-born-registry-2024", value="2022-01-19"),
    )),
    ("a term after death", "officials.json: hayashi-yoshimasa: terms[0].end '2023-09-13' is after died 2022 [D04]",
        both(
        put(HAYASHI, died="2022"),
        add("claims", claim(HAYASHI, "died", "2022", "registry-2024")),
    )),
    ("death before birth", "officials.json: motegi-toshimitsu: born '1955' is after died 1950 [D04]",
        both(
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
    ("a term that ends before it starts", "officials.json: motegi-toshimitsu: terms[0].end '2019-09-01' is before start 2019-09-11 [O01]",
        both(
        term("motegi-toshimitsu", end="2019-09-01"),
        put("motegi-toshimitsu-jp-foreign-2019-end-registry-2024", value="2019-09-01"),
    )),
    ("terms out of order", "officials.json: motegi-toshimitsu: terms[1].start '2019-09-11' stands after a later term [O01]",
        lambda content: record(content, "motegi-toshimitsu")["terms"].reverse()),
    ("two terms of one day out of order", "officials.json: raimondo-gina: terms[1].start '2021-03-03' stands after a later term [O01]",
        both(
        lambda content: record(content, "raimondo-gina")["terms"].append(
            {"id": "raimondo-jp-foreign", "office": "jp-foreign", "start": "2021-03-03", "end": "2021-03-03", "role": "ad_interim", "citations": cited("registry-2024")}),
        add("claims", claim("raimondo-jp-foreign", "start", "2021-03-03", "registry-2024"), claim("raimondo-jp-foreign", "end", "2021-03-03", "registry-2024")),
    )),
    ("two holders for two days", "officials.json: motegi-toshimitsu: motegi-toshimitsu-jp-foreign-2023 '2023-09-13' holds jp-foreign while hayashi-yoshimasa-jp-foreign-2021 runs to 2023-09-14 [O02]",
        both(
        term(HAYASHI, end="2023-09-14"),
        put("hayashi-yoshimasa-jp-foreign-2021-end-registry-2024", value="2023-09-14"),
    )),
    ("two holders without an end", "officials.json: motegi-toshimitsu: motegi-toshimitsu-jp-foreign-2023 '2023-09-13' holds jp-foreign while hayashi-yoshimasa-jp-foreign-2021 runs to now [O02]",
        both(
        term(HAYASHI, end=None),
        drop("hayashi-yoshimasa-jp-foreign-2021-end-registry-2024"),
    )),
    ("a gap without a reason", "officials.json: hayashi-yoshimasa: hayashi-yoshimasa-jp-foreign-2021 '2023-09-01' leaves jp-foreign without a holder until 2023-09-13 [O03]",
        both(
        term(HAYASHI, end="2023-09-01"),
        put("hayashi-yoshimasa-jp-foreign-2021-end-registry-2024", value="2023-09-01"),
    )),
    ("one's own terms overlap", "officials.json: motegi-toshimitsu: motegi-toshimitsu-jp-foreign-2019.end '2021-11-04' is after the start of motegi-toshimitsu-jp-foreign-2023 [O04]",
        both(
        term("motegi-toshimitsu", 1, start="2021-11-01"),
        put("motegi-toshimitsu-jp-foreign-2023-start-registry-2024", value="2021-11-01"),
        drop("o03-motegi-toshimitsu-jp-foreign-2019"),
        put("jp-foreign", single_seat=False),
    )),
    ("nobody of the two countries", "meetings.json: 2021-11-15-raimondo-visit: participants names nobody of Japan or the United States [M01]",
        put(VISIT, participants=[{"name": "Chung Eui-yong", "country": "KR"}])),
    ("the same person twice", "meetings.json: 2021-11-15-raimondo-visit: participants 'raimondo-gina' stands twice [M01]",
        lambda content: record(content, VISIT)["participants"].append(record(content, VISIT)["participants"][0])),
    ("a meeting that ends before it starts", "meetings.json: 2021-11-15-raimondo-visit: end '2021-11-14' is before start 2021-11-15 [M02]",
        both(
        put(VISIT, end="2021-11-14"),
        put("2021-11-15-raimondo-visit-end-ministry-2021", value="2021-11-14"),
        put(TALKS, part_of=None),
    )),
    ("an office that was not held", "meetings.json: 2021-11-15-hayashi-raimondo: participants[0].office 'jp-foreign' was not held by hayashi-yoshimasa on 2021-11-15 [M03]",
        both(
        term(HAYASHI, start="2021-11-20"),
        put("hayashi-yoshimasa-jp-foreign-2021-start-registry-2024", value="2021-11-20"),
    )),
    ("talks after the visit", "meetings.json: 2021-11-15-hayashi-raimondo: part_of '2021-11-15-raimondo-visit' runs 2021-11-15 to 2021-11-16, the meeting 2021-11-15 to 2021-11-18 [M04]",
        both(
        put(TALKS, end="2021-11-18"),
        put("2021-11-15-hayashi-raimondo-end-ministry-2021", value="2021-11-18"),
        put("ministry-2021", published="2021-11-20"),
    )),
    ("a meeting that is part of itself", "meetings.json: 2021-11-15-hayashi-raimondo: part_of '2021-11-15-hayashi-raimondo' is the meeting itself [M04]",
        put(TALKS, part_of=TALKS)),
    ("a state visit of a secretary", "meetings.json: 2021-11-15-raimondo-visit: kind 'state_visit' has no head of state among the participants [M05]",
        put(VISIT, kind="state_visit")),
    ("a call with a place", "meetings.json: 2021-11-15-hayashi-raimondo: place 'Tokyo' cannot be that of a call [M06]",
        both(put(TALKS, format="telephone"))),
    ("a call from a country", f"meetings.json: {TALKS}: place 'JP' cannot be that of a call [M06]",
        put(TALKS, format="telephone", place=None)),
    ("a time zone that is none", "meetings.json: 2021-11-15-hayashi-raimondo: timezone 'Asia/Edo' is not in the IANA data base [M06]",
        put(TALKS, timezone="Asia/Edo")),
    ("a place without a country", "meetings.json: 2021-11-15-raimondo-visit: country of Tokyo is missing [M06]",
        put(VISIT, country=None)),
    ("an announcement taken for a report", "meetings.json: 2021-11-15-raimondo-visit: status 'held' rests on sources published before 2021-11-15 alone [M07]",
        put(VISIT, citations=cited("series-1960"))),
    ("in force before signature", "treaties.json: security-1951: in_force '1950-04-28' is before signed 1951-09-08 [T01]",
        both(
        put("security-1951", in_force="1950-04-28"),
        put("security-1951-in-force-series-1952", value="1950-04-28"),
    )),
    ("in force for a party before it signed", "treaties.json: security-1960: parties.JP.in_force '1959' is before signed 1960-01-19 [T01]",
        both(
        put("security-1960", parties=[{"country": "JP", "signed": "1960-01-19", "in_force": "1959"}, {"country": "US"}]),
        add("claims", claim("security-1960", "parties.JP.in_force", "1959", "series-1960")),
        drop("security-1960-parties-us-signed-series-1960"),
    )),
    ("an initiative that ends before it starts", "initiatives.json: energy-partnership-2017: ended '2016' is before launched 2017 [T01]",
        both(
        put("energy-partnership-2017", ended="2016"),
        add("claims", claim("energy-partnership-2017", "ended", "2016", "ministry-2021")),
    )),
    ("signed before it was adopted", "treaties.json: security-1960: signed '1960-01-19' is before adopted 1960-02 [T01]",
        both(
        put("security-1960", adopted="1960-02"),
        add("claims", claim("security-1960", "adopted", "1960-02", "series-1960")),
    )),
    ("ended before it was in force", "treaties.json: security-1960: ended '1960-05' is before in_force 1960-06-23 [T01]",
        both(
        put("security-1960", ended="1960-05"),
        add("claims", claim("security-1960", "ended", "1960-05", "series-1960")),
    )),
    ("a gap between treaty and successor", "treaties.json: security-1960: supersedes[0] 'security-1951' ended 1960-05-23, this is in force from 1960-06-23 [T02]",
        both(
        put("security-1951", ended="1960-05-23"),
        put("security-1951-ended-series-1960", value="1960-05-23"),
    )),
    ("a gap after a successor that is not there", (
        "treaties.json: security-1960: supersedes[0] 'no-treaty' names nothing in treaties [I03]\n"
        "treaties.json: security-1960: supersedes[1] 'security-1951' ended 1960-05-23, this is in force from 1960-06-23 [T02]"
    ),
        both(
        put("security-1951", ended="1960-05-23"),
        put("security-1951-ended-series-1960", value="1960-05-23"),
        put("security-1960", supersedes=["no-treaty", "security-1951"]),
    )),
    ("a successor to what has not ended", "treaties.json: security-1960: supersedes[0] 'security-1951' has no end [T02]",
        both(
        put("security-1951", ended=None),
        drop("security-1951-ended-series-1960"),
    )),
    ("a circle", (
        "treaties.json: security-1951: amends 'security-1951' leads back to the treaty itself [T03]\n"
        "treaties.json: security-1960: amends 'security-1960' leads back to the treaty itself [T03]"
    ),
        both(put("security-1951", amends=["security-1960"]), put("security-1960", amends=["security-1951"]))),
    ("a treaty without Japan", "treaties.json: security-1951: parties 'US; KR' lacks JP [T04]",
        put("security-1951", parties=[{"country": "US"}, {"country": "KR"}])),
    ("a party twice", "treaties.json: security-1951: parties 'JP' stands twice [T04]",
        put("security-1951", parties=[{"country": "US"}, {"country": "JP"}, {"country": "JP"}])),
    ("a treaty of Japan alone", "treaties.json: security-1951: parties 'JP' lacks US [T04]",
        put("security-1951", parties=[{"country": "JP"}])),
    ("in force for a party later than at all", (
        "treaties.json: security-1951: in_force '1952-04-28' is before 1952-05, that of a party [T05]\n"
        "treaties.json: security-1951: in_force '1952-04-28' is not the later of 1952-04-28 and 1952-05 [T05]"
    ),
        both(
        put("security-1951", parties=[{"country": "JP", "in_force": "1952-05"}, {"country": "US", "in_force": "1952-04-28"}]),
        add("claims", claim("security-1951", "parties.JP.in_force", "1952-05", "series-1952"),
            claim("security-1951", "parties.US.in_force", "1952-04-28", "series-1952")),
    )),
    ("in force later than for both", "treaties.json: security-1951: in_force '1952-04-28' is not the later of 1952-04-26 and 1952-04-27 [T05]",
        both(
        put("security-1951", parties=[{"country": "JP", "in_force": "1952-04-27"}, {"country": "US", "in_force": "1952-04-26"}]),
        add("claims", claim("security-1951", "parties.JP.in_force", "1952-04-27", "series-1952"),
            claim("security-1951", "parties.US.in_force", "1952-04-26", "series-1952")),
    )),
    ("signed before a party did", (
        "treaties.json: security-1960: signed '1960-01-19' is before 1960-02-19, that of a party [T05]\n"
        "treaties.json: security-1960: signed '1960-01-19' is not the later of 1960-01-19 and 1960-02-19 [T05]"
    ),
        both(
        put("security-1960", parties=[{"country": "JP", "signed": "1960-02-19"}, {"country": "US", "signed": "1960-01-19"}]),
        put("security-1960-parties-jp-signed-series-1960", value="1960-02-19"),
    )),
    ("another value than is stated", "trade_figures.json: us-total-goods-and-services-2018-bureau-2021: quantity.value '296700000000' is not what '$297.6 billion' says: 297600000000 [Q01]",
        both(
        quantity("us-total-goods-and-services-2018-bureau-2021", value="296700000000"),
    )),
    ("a total without its sign", "trade_figures.json: us-exports-services-2020-bureau-2021: quantity.value '38000000000' is not what '-$38 billion' says: -38000000000 [Q01]",
        quantity("us-exports-services-2020-bureau-2021", stated="-$38 billion")),
    ("another qualifier than is stated", "trade_figures.json: us-total-goods-and-services-2018-bureau-2021: quantity.qualifier 'about' is not what '$297.6 billion' says: exact [Q01]",
        quantity("us-total-goods-and-services-2018-bureau-2021", qualifier="about")),
    ("another resolution than is stated", "trade_figures.json: us-total-goods-and-services-2018-bureau-2021: quantity.resolution '100000' is not what '$297.6 billion' says: 100000000 [Q01]",
        quantity("us-total-goods-and-services-2018-bureau-2021", resolution="100000")),
    ("nothing stated", "trade_figures.json: us-total-goods-and-services-2018-bureau-2021: quantity.stated is missing [Q01]",
        lambda content: record(content, "us-total-goods-and-services-2018-bureau-2021")["quantity"].pop("stated")),
    ("a figure that cannot be read", "trade_figures.json: us-total-goods-and-services-2018-bureau-2021: quantity.stated 'much' cannot be read: 'much' has no amount [Q01]",
        quantity("us-total-goods-and-services-2018-bureau-2021", stated="much")),
    ("exports below zero", "trade_figures.json: us-total-goods-and-services-2018-bureau-2021: quantity.value '-297600000000' of total is below zero [Q02]",
        both(
        quantity("us-total-goods-and-services-2018-bureau-2021", value="-297600000000", stated="-$297.6 billion"),
    )),
    ("trade with another country", "trade_figures.json: us-total-goods-and-services-2018-bureau-2021: counterpart_area 'KR' with ref_area US is not Japan and the United States [Q02]",
        put("us-total-goods-and-services-2018-bureau-2021", counterpart_area="KR")),
    ("trade in persons", "trade_figures.json: us-total-goods-and-services-2018-bureau-2021: quantity.unit 'persons' is none of USD, JPY, GBP [Q02]",
        quantity("us-total-goods-and-services-2018-bureau-2021", unit="persons", stated="297.6 billion")),
    ("a year called a month", "trade_figures.json: us-exports-services-2020-bureau-2021: freq 'M' does not fit 2020 [Q03]",
        put("us-exports-services-2020-bureau-2021", freq="M")),
    ("a half year called a year", "trade_figures.json: us-exports-services-2020-bureau-2021: freq 'A' does not fit 2020-01/2020-06 [Q03]",
        put("us-exports-services-2020-bureau-2021", time_period="2020-01/2020-06")),
    ("a month written in days", "trade_figures.json: us-exports-services-2020-bureau-2021: freq 'M' does not fit 2020-01-01/2020-01-31 [Q03]",
        put("us-exports-services-2020-bureau-2021", time_period="2020-01-01/2020-01-31", freq="M")),
    ("a month called a year", "trade_figures.json: us-exports-goods-2020-03-bureau-2021: freq 'A' does not fit 2020-03 [Q03]",
        both(put("us-exports-goods-2020-03-bureau-2021", freq="A"))),
    ("a balance that does not add up", "trade_figures.json: us-balance-goods-2020-bureau-2021: quantity.value '-65400000000' does not meet exports - imports: -55500000000 to -55300000000 [Q04]",
        quantity(BALANCE, value="-65400000000", stated="$65.4 billion deficit")),
    ("a total that does not add up", "trade_figures.json: us-total-goods-2020-bureau-2021: quantity.value '283600000000' does not meet exports + imports: 183500000000 to 183700000000 [Q05]",
        both(
        quantity(GOODS, value="283600000000", stated="$283.6 billion"),
        drop("us-total-goods-2020-bureau-2021-quantity-blog-2021"),
        drop("us-total-unstated-2020-blog-2021-quantity"),
    )),
    ("a sum of scopes that does not add up", "trade_figures.json: us-exports-goods-and-services-2020-bureau-2021: quantity.value '112000000000' does not meet goods + services: 101550000000 to 102650000000 [Q06]",
        quantity(
        "us-exports-goods-and-services-2020-bureau-2021", value="112000000000", stated="$112 billion",
    )),
    ("months that do not add up", "trade_figures.json: us-exports-goods-2020-bureau-2021: quantity.value '64100000000' does not meet the sum of its months: 68020000000 to 68140000000 [Q07]",
        quantity("us-exports-goods-2020-03-bureau-2021", value="9340000000", stated="$9.34 billion")),
    ("a date that is none", "claims.json: security-1960-signed-blog-2021: value '1960-1' is no date: '1960-1' is not YYYY, YYYY-MM or YYYY-MM-DD [C01]",
        put("security-1960-signed-blog-2021", value="1960-1")),
    ("an amount that is none", "claims.json: troops-2020-defense-quantity-bureau-2021: value 'many' is no quantity: 'many' is not a decimal in plain digits [C01]",
        put("troops-2020-defense-quantity-bureau-2021", value="many")),
    ("a sentence taken over", "claims.json: security-1960-signed-blog-2021: stated 'one two three four five six seven eight nine ten eleven twelve thirteen' has more than 12 words [C02]",
        put("security-1960-signed-blog-2021", stated="one two three four five six seven eight nine ten eleven twelve thirteen")),
    ("a line of more than 160 letters", "claims.json: security-1960-signed-blog-2021: stated '" + "x" * 60 + "... (161 characters)' has more than 12 words [C02]",
        put("security-1960-signed-blog-2021", stated="x" * 161)),
    ("a line of 13 words", "indicators.json: troops-2020-defense: stated 'about 55,000 a b c d e f g h i j k' has more than 12 words [C02]",
        quantity("troops-2020-defense", stated="about 55,000 a b c d e f g h i j k")),
    ("a long line of a figure", "indicators.json: troops-2020-defense: stated 'about 55,000 of them who were there in the islands then and so on' has more than 12 words [C02]",
        quantity("troops-2020-defense", stated="about 55,000 of them who were there in the islands then and so on")),
    ("superseded without a reason", "claims.json: security-1960-signed-blog-2021: reason is missing from a claim that is superseded [C03]",
        put("security-1960-signed-blog-2021", status="superseded")),
    ("rejected without a reason", "claims.json: us-total-goods-2020-bureau-2021-quantity-blog-2021: reason is missing from a claim that is rejected [C03]",
        put("us-total-goods-2020-bureau-2021-quantity-blog-2021", reason=None)),
    ("a reason for what counts", "claims.json: security-1960-signed-blog-2021: reason 'none' stands on a claim that counts [C03]",
        put("security-1960-signed-blog-2021", reason="none")),
    ("a record without a source", "initiatives.json: energy-partnership-2017: citations names no source [C04]",
        put("energy-partnership-2017", citations=[])),
    ("a person whom no source names", "officials.json: x-y: citations names no source, and no term does [C04]",
        add("officials", {"id": "x-y", "family": "X"})),
    ("a conflict that nobody explained", "treaties.json: security-1951: signed '1951-09-08 against 1952 (blog-2021); 1952 (blog-2021-copy)' is a conflict without an explanation [C05]",
        drop("security-1951-signed")),
    ("an own term while another is open", "officials.json: motegi-toshimitsu: motegi-toshimitsu-jp-foreign-2023.end is after the start of motegi-2025 [O04]",
        both(
        lambda content: record(content, "motegi-toshimitsu")["terms"].append(
            {"id": "motegi-2025", "office": "jp-foreign", "start": "2025-10-21", "citations": cited("registry-2024")}),
        add("claims", claim("motegi-2025", "start", "2025-10-21", "registry-2024", qualifier="planned")),
    )),
    ("an office that was not held, after people without one", "meetings.json: 2021-11-15-raimondo-visit: participants[2].office 'jp-foreign' was not held by motegi-toshimitsu on 2021-11-15 [M03]",
        put(VISIT, participants=[
            {"name": "Someone", "country": "JP"},
            {"official": "raimondo-gina", "name": "Gina Raimondo", "country": "US"},
            {"official": "motegi-toshimitsu", "name": "Motegi Toshimitsu", "country": "JP", "office": "jp-foreign"},
        ])),
    ("an office that was held until before", "meetings.json: 2021-11-15-hayashi-raimondo: participants[0].office 'jp-foreign' was not held by motegi-toshimitsu on 2021-11-15 [M03]",
        lambda content: record(content, TALKS)["participants"][0].update(official="motegi-toshimitsu")),
    ("an announcement of long before, dated to the day", "meetings.json: 2021-11-15-raimondo-visit: status 'held' rests on sources published before 2021-11-15 alone [M07]",
        put(VISIT, citations=cited("bureau-2021"))),
    ("a figure of a source that is not there", "trade_figures.json: us-total-goods-and-services-2018-bureau-2021: citation.source 'no-bureau' names nothing in sources [I03]",
        put("us-total-goods-and-services-2018-bureau-2021", citation=cited("no-bureau")[0])),
    ("a figure that meets none of its meanings", "trade_figures.json: us-total-unstated-2020-blog-2021: quantity '$183.6 billion against over $283 billion (blog-2021)' is a conflict without an explanation [C05]",
        drop("us-total-unstated-2020-blog-2021-quantity")),
    ("an explanation of no conflict", "disagreements.json: x: subject 'security-1960' has no conflict on signed [C06]",
        add("disagreements", {
        "id": "x", "subject": "security-1960", "field": "signed", "kind": "error", "explanation": "none",
    })),
    ("a figure that its own source contradicts", "claims.json: troops-2020-defense-quantity-bureau-2021: value '54000' is not the figure's 55000 [C07]",
        both(
        put("troops-2020-defense-quantity-bureau-2021", value="54000"),
    )),
    ("a source that nothing cites", "sources.json: unused: id 'unused' is cited by nothing [S01]",
        add("sources", source("unused", "Nobody", "2020"))),
    ("a circle of copies", (
        "sources.json: blog-2021: derived_from 'blog-2021-copy' leads back to the source [S02]\n"
        "sources.json: blog-2021-copy: derived_from 'blog-2021' leads back to the source [S02]"
    ),
        put("blog-2021", derived_from="blog-2021-copy")),
    ("an address of no web", "sources.json: registry-2024: url 'javascript:alert(1)' is no http address [S03]",
        put("registry-2024", url="javascript:alert(1)")),
    ("read before it was published", "sources.json: ministry-2021: published '2021-11-15' is after accessed 2020 [S03]",
        put("ministry-2021", accessed="2020")),
    ("one address for two sources", "sources.json: registry-2024: url 'https://example.org/registry' is that of ministry-2021 too [S04]",
        put("ministry-2021", url="https://example.org/registry")),
    ("a report older than the event", "claims.json: security-1960-signed-series-1960: value '1960-01-19' is after its source was published (1952-05): a plan? [S05]",
        put("security-1960-signed-series-1960", source="series-1952")),
    ("coverage that ends before it starts", "coverage.json: officials-jp-foreign: end '2018' is before start 2019-09-11 [V01]",
        put("officials-jp-foreign", end="2018")),
    ("complete without an end", "coverage.json: officials-jp-foreign: complete 'true' needs a start and an end [V01]",
        put("officials-jp-foreign", end=None)),
    ("an exception that is not needed", "exceptions.json: x: record 'security-1951' does not break O02 [E01]",
        add("exceptions", {"id": "x", "rule": "O02", "record": "security-1951", "reason": "none"})),
]  # fmt: skip


def test_small_keeps_every_rule():
    """The small data breaks no rule: what a test breaks is all that is broken."""
    assert [] == list(broken(build()))


@pytest.mark.parametrize(
    ("told", "change"),
    [(told, change) for _, told, change in BREAKS],
    ids=[f"{told[-4:-1]}-{what}".replace(" ", "-") for what, told, _ in BREAKS],
)
def test_one_broken_datum(told: str, change: Break):
    """One broken datum is reported by its rule, and by no other: file, record, field, value and what is wrong."""
    content = data()
    change(content)

    assert told == "\n".join(map(str, broken(build(content))))


def test_every_rule_is_tried():
    """No rule is without a datum that breaks it."""
    assert set(RULES) == {told[-4:-1] for _, told, _ in BREAKS}


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


def test_a_rule_of_one_s_own(monkeypatch):
    """A project may add a rule to the list: on each record of some collections, or of all, or over many together."""
    monkeypatch.setattr("jpus.rules.RULES", found := {})

    @each("Z01", "treaties", "meetings")
    def short(record, dataset):
        """A title has two words."""
        if len(record.title.split()) != 2:
            yield "title", record.title, f"has not two words, in {len(dataset.treaties)} treaties"

    @each("Z02")
    def everything(record, dataset):
        """Nothing is right."""
        yield "id", record.id, "is wrong"

    @whole("Z03", "sources")
    def many(dataset):
        """There are two sources at most."""
        for place, source_ in enumerate(dataset.sources):
            if place >= 2:
                yield "sources", source_.id, ("id", source_.id, f"is number {place}")

    small = build()
    treaty, visit = small.treaties["security-1960"], small.meetings[VISIT]
    long = f"treaties.json: security-1960: title '{treaty.title}' has not two words, in 2 treaties [Z01]"

    assert ["Z01", "Z02", "Z03"] == list(found)
    assert [("id", "security-1960", "is wrong")] == list(everything(treaty, small))
    assert 5 == len(list(many(small)))
    assert ("A title has two words.", ("treaties", "meetings")) == (found["Z01"].doc, found["Z01"].collections)
    assert ["meetings.json", "meetings.json", "treaties.json"] == sorted(one.file for one in found["Z01"](small))
    assert [long] == list(map(str, found["Z01"](small, treaty)))
    assert [VISIT] == [one.record for one in found["Z01"](small, visit)]
    assert [] == list(found["Z01"](small, small.sources["blog-2021"]))

    assert sum(map(len, small.collections)) == len(list(found["Z02"](small)))
    assert ["sources.json: blog-2021: id 'blog-2021' is wrong [Z02]"] == list(
        map(str, found["Z02"](small, small.sources["blog-2021"]))
    )

    assert ("There are two sources at most.", ("sources",)) == (found["Z03"].doc, found["Z03"].collections)
    assert 5 == len(list(found["Z03"](small)))
    assert ["is number 5"] == [one.message for one in found["Z03"](small, small.sources["series-1952"])]


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

    assert [f"meetings.json: {VISIT}: kind 'state_visit' in the United States is the Emperor's alone [M05]"] == found(
        content
    )

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
    add("claims", claim("2021-11-15-raimondo-visit", "start", "long ago", "blog-2021"))(content)
    drop("security-1951-signed")(content)

    assert ["C01", "C05"] == [problem.rule for problem in broken(build(content))]


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


def test_a_new_year_that_a_source_states():
    """A date on 1 January or 31 December stands where a claim states that day."""
    content = data()
    put("energy-partnership-2017", launched="2017-01-01")(content)
    put("energy-partnership-2017-launched-ministry-2021", value="2017-01-01")(content)

    assert [] == found(content)


def test_ids_of_different_worlds():
    """A claim, a disagreement, a coverage or an exception may have the id of what it speaks of."""
    content = data()
    put("security-1960-signed-series-1960", id="security-1960")(content)
    put("security-1951-signed", id="security-1951")(content)
    put("officials-jp-foreign", id="jp-foreign")(content)
    put("o03-motegi-toshimitsu-jp-foreign-2019", id="motegi-toshimitsu-jp-foreign-2019")(content)

    assert [] == found(content)


def test_twelve_words_and_160_letters():
    """Twelve words may be taken over, and a line of 160 letters."""
    content = data()
    put("security-1960-signed-blog-2021", stated=" ".join("abcdefghijkl"))(content)
    put("security-1960-signed-series-1960", stated="x" * 160)(content)

    assert [] == found(content)


def test_what_a_source_foretells():
    """An end that a source states before it comes is none of a report's; any other event is."""
    content = data()
    put("security-1951-ended-series-1960", source="series-1952")(content)
    put("2021-11-15-raimondo-visit-end-ministry-2021", source="bureau-2021", qualifier="exact")(content)
    content["claims"].append(claim("blog-2021-copy", "published", "2021-07-01", "blog-2021"))

    assert [] == found(content)


def test_trade_in_yen_and_of_nothing():
    """Trade may be in yen; exports of nothing are none below zero."""
    content = data()
    content["trade_figures"] += [
        {**figure("exports", "goods", "1980", "¥5 trillion", "5000000000000", "1000000000000"), "id": "yen"},
        {**figure("exports", "goods", "1981", "$0", "0", "1"), "id": "nothing"},
    ]
    record(content, "yen")["quantity"]["unit"] = "JPY"

    assert [] == found(content)


def test_a_part_year_in_days():
    """A span of days is of another length than years and months."""
    content = data()
    content["trade_figures"].append(
        figure("exports", "services", "2020-01-01/2020-03-15", "$5 billion", "5000000000", "1000000000", freq="P")
    )

    assert [] == found(content)


def test_sums_in_full():
    """A sum is told with the ends of the interval that the parts add up to, also where all that is there is the parts."""
    content = data()
    content["trade_figures"] = [
        figure("exports", "goods", "2020", "$5.0 billion", "5000000000", "100000000"),
        figure("imports", "goods", "2020", "$3.0 billion", "3000000000", "100000000"),
        figure("balance", "goods", "2020", "$9.0 billion surplus", "9000000000", "100000000"),
        figure("exports", "goods", "2019", "$5.0 billion", "5000000000", "100000000"),
        figure("imports", "goods", "2019", "$3.0 billion", "3000000000", "100000000"),
        figure("total", "goods", "2019", "$9.0 billion", "9000000000", "100000000"),
        figure("exports", "goods_and_services", "2020", "$9.0 billion", "9000000000", "100000000"),
        figure("exports", "services", "2020", "$3.0 billion", "3000000000", "100000000"),
        figure("imports", "goods", "2018-01/2018-02", "$9.0 billion", "9000000000", "100000000", freq="P"),
        figure("imports", "goods", "2018-01", "$5.0 billion", "5000000000", "100000000"),
        figure("imports", "goods", "2018-02", "$3.0 billion", "3000000000", "100000000"),
    ]
    small = build(content)

    told = {
        code: [problem.message.partition(": ")[2] for problem in RULES[code](small)]
        for code in ("Q04", "Q05", "Q06", "Q07")
    }

    assert {
        "Q04": ["1900000000 to 2100000000"],
        "Q05": ["7900000000 to 8100000000"],
        "Q06": ["7900000000 to 8100000000"],
        "Q07": ["7900000000 to 8100000000"],
    } == told


def test_a_circle_of_three():
    """A circle that a treaty leads into, and is not in, does not hold it up; what amends nothing known is in none."""
    content = data()
    for name, amended in (("x-1970", ["y-1970"]), ("y-1970", ["z-1970"]), ("z-1970", ["y-1970", "no-treaty"])):
        content["treaties"].append({
            "id": name, "title": "X", "kind": "treaty", "subject": "security", "amends": amended,
            "parties": [{"country": "JP"}, {"country": "US"}], "citations": cited("blog-2021"),
        })  # fmt: skip

    assert ["y-1970", "z-1970"] == [problem.record for problem in RULES["T03"](build(content))]


def test_a_conflict_of_claims_alone():
    """Where the record holds nothing, the claims that do not meet are told of by themselves."""
    content = data()
    content["claims"].append(claim("security-1951", "ratifications_exchanged", "1952-04-29", "blog-2021"))

    (told,) = broken(build(content))

    assert "1952-04-29 (blog-2021); 1952-04-28 (series-1952)" == told.value


def test_the_figure_s_own_source_rounds_alike():
    """A claim by the figure's own source is rounded as the figure is."""
    content = data()
    id = "us-total-goods-and-services-2018-bureau-2021"
    record(content, id)["quantity"]["rounding"] = "down"
    content["claims"].append(claim(id, "quantity", "297600000000", "bureau-2021", resolution="100000000"))

    assert [] == found(content)

    content["claims"][-1].update(value="297500000000", status="superseded", reason="An earlier print.")

    assert [] == list(RULES["C07"](build(content)))


def test_sources_in_a_circle_behind_a_copy():
    """A copy of copies that go round in a circle is in none itself; one of a source that is not there neither."""
    content = data()
    content["sources"] += [
        source("a", "A", "2020", derived_from="b"),
        source("b", "B", "2020", derived_from="c"),
        source("c", "C", "2020", derived_from="b"),
        source("d", "D", "2020", derived_from="gone"),
    ]

    assert ["b", "c"] == [problem.record for problem in RULES["S02"](build(content))]


def test_exceptions_to_other_rules_are_needed_too():
    """One exception that names no rule does not keep the others from being looked at."""
    content = data()
    content["exceptions"] += [
        {"id": "a", "rule": "Z99", "record": "security-1951", "reason": "none"},
        {"id": "b", "rule": "O02", "record": "security-1951", "reason": "none"},
    ]

    assert [("E01", "b"), ("I04", "a")] == [(problem.rule, problem.record) for problem in broken(build(content))]


def test_a_plan_may_be_to_come():
    """A planned meeting lies after the data; a held one cannot."""
    content = data()
    put(TALKS, status="planned", start="2027-01-05", end="2027-01-05", part_of=None)(content)
    record(content, TALKS)["participants"][0]["official"] = "motegi-toshimitsu"
    for field in ("start", "end"):
        put(f"{TALKS}-{field}-ministry-2021", value="2027-01-05", qualifier="planned")(content)

    assert [] == found(content)

    put(TALKS, status="held")(content)

    assert ["D03", "D03", "M07"] == [problem.rule for problem in broken(build(content))]


def test_acting_until_sworn_in():
    """Who acted in an office until the day of taking it has two terms that start on one day."""
    content = data()
    record(content, "raimondo-gina")["terms"].insert(0, {
        "id": "raimondo-acting", "office": "us-commerce", "start": "2021-03-03", "end": "2021-03-03", "role": "acting",
        "citations": cited("registry-2024"),
    })  # fmt: skip
    for field in ("start", "end"):
        content["claims"].append(claim("raimondo-acting", field, "2021-03-03", "registry-2024"))

    assert [] == found(content)


def seat(id: str, start: str, **more: object) -> Data:
    """An official with one term as Secretary of Commerce."""
    claims = [claim(f"{id}-term", "start", start, "registry-2024")]
    if "end" in more:
        claims.append(claim(f"{id}-term", "end", str(more["end"]), "registry-2024"))
    return {
        "officials": [{
            "id": id, "family": id.title(), "terms": [
                {"id": f"{id}-term", "office": "us-commerce", "start": start, "citations": cited("registry-2024"), **more},
            ],
        }],
        "claims": claims,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("holders", "rules"),
    [
        # Raimondo holds it from 2021-03-03 until a day that no source tells.
        ([seat("ross", "2017-02-28", end="2021-03-10")], []),
        ([seat("ross", "2017-02-28", end="2021-03-03"), seat("hull", "2018-05-05", end="2018-05-05")], []),
        ([seat("ross", "2017-02-28", end="2021-03-03"), seat("hull", "2018-05-05", end="2018-05-06")], ["O02"]),
        ([seat("ross", "2017-02-28", end="2021-03-03"), seat("hull", "2018-05-05", end="2018-05-08", role="ad_interim")], []),
        ([seat("ross", "2017-02-28", end="2021-03-01")], ["O03"]),
        ([seat("ross", "2017-02-28", end="2021-03-02")], []),
        ([seat("ross", "2017-02-28", end="2021-02")], ["O03"]),
        ([seat("hull", "1940-02-28", end="1945-09-01"), seat("ross", "1945-09-02", end="2021-03-03")], []),
        ([seat("hull", "1930-02-28", end="1940-09-01"), seat("ross", "1945-09-02", end="2021-03-03")], []),
        ([seat("hull", "1930-02-28", end="1940-09-01"), seat("ross", "1945-09-03", end="2021-03-03")], ["O03"]),
        # A short term within a long one does not end the long one's.
        ([seat("hull", "2010-01-04", end="2010-01-05", role="ad_interim"), seat("ross", "2009-02-28", end="2021-03-03")], []),
    ],
)  # fmt: skip
def test_one_seat(holders: list[Data], rules: list[str]):
    """A seat has one holder, from one to the next: a day shared or one in between is a handover."""
    content = data()
    for holder in holders:
        for name, values in holder.items():
            content[name] += values

    assert rules == [problem.rule for problem in broken(build(content))]


def test_pounds_are_a_currency_of_trade():
    """Compilations of old trade stand in pounds sterling."""
    content = data()
    quantity("us-total-goods-and-services-2018-bureau-2021", unit="GBP", stated="£297.6 billion")(content)

    assert "Q02" not in {problem.rule for problem in broken(build(content))}


def test_own_terms_that_may_follow_each_other():
    """The end of one term in a year and the start of the next in one of its months do not certainly overlap."""
    content = data()
    person = record(content, "motegi-toshimitsu")
    person["terms"] = [
        {"id": "motegi-1", "office": "jp-trade", "start": "2012", "end": "2014", "citations": cited("registry-2024")},
        {
            "id": "motegi-2",
            "office": "jp-trade",
            "start": "2014-02",
            "end": "2014-09",
            "citations": cited("registry-2024"),
        },
    ]

    assert "O04" not in {problem.rule for problem in broken(build(content))}

    person["terms"][0]["end"] = "2014-03"
    assert "O04" in {problem.rule for problem in broken(build(content))}

    del person["terms"][0]["end"]
    assert "O04" in {problem.rule for problem in broken(build(content))}

    person["terms"][0].update(start="2014", end_event="unknown")
    assert "O04" not in {problem.rule for problem in broken(build(content))}


def test_one_id_of_two_records():
    """An id that two collections have is told of; what stands under it is still judged."""
    content = data()
    put("energy-partnership-2017", id="security-1960")(content)

    assert "I02" in {problem.rule for problem in broken(build(content))}


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

    # At its very end a balance of 55.6, or of 55.2, to 0.2 billion still meets 55.5, or 55.3.
    for value in ("-55600000000", "-55200000000"):
        quantity(BALANCE, value=value, resolution="200000000")(content)
        assert [] == list(RULES["Q04"](build(content)))


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
        figure("imports", "services", "2019-11/2020-02", "$9.0 billion", "9000000000", "100000000", freq="P"),
    ]

    assert [
        "us-imports-services-2019-04-to-2019-12-bureau-2021",
        "us-imports-services-2019-11-to-2020-02-bureau-2021",
    ] == [problem.record for problem in broken(build(content))]


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
