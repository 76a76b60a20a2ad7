"""A small Dataset that keeps every rule: tests break one datum of it at a time."""

from __future__ import annotations

import copy
import json
import pathlib
from typing import Any

from jpus.dataset import Dataset
from jpus.loading import structure
from jpus.models import COLLECTIONS

Data = dict[str, list[dict[str, Any]]]


def cited(*sources: str) -> list[dict[str, str]]:
    return [{"source": source, "locator": "p1"} for source in sources]


def claim(subject: str, field: str, value: str, source: str, **more: Any) -> dict[str, Any]:
    id = f"{subject}-{field}-{source}".replace(".", "-").replace("_", "-").lower()
    return {"id": id, "subject": subject, "field": field, "value": value, "source": source, "locator": "p1", **more}


def figure(flow: str, scope: str, period: str, stated: str, value: str, resolution: str, **more: Any) -> dict[str, Any]:
    source = more.pop("source", "bureau-2021")
    return {
        "id": f"us-{flow}-{scope.replace('_', '-')}-{period}-{source}".replace("/", "-to-"),
        "ref_area": "US",
        "counterpart_area": "JP",
        "flow": flow,
        "scope": scope,
        "basis": "bop",
        "freq": "M" if len(period) == 7 else "A",
        "time_period": period,
        "quantity": {
            "value": value,
            "unit": "USD",
            "stated": stated,
            "qualifier": more.pop("qualifier", "exact"),
            "resolution": resolution,
        },
        "citation": cited(source)[0],
        **more,
    }


def source(id: str, publisher: str, published: str, kind: str = "official", **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "title": id,
        "publisher": publisher,
        "kind": kind,
        "published": published,
        "language": "en",
        **more,
    }


def _term_claims(term: str, start: str, end: str | None, source: str = "registry-2024") -> list[dict[str, Any]]:
    both = [claim(term, "start", start, source)]
    return both if end is None else [*both, claim(term, "end", end, source)]


SMALL: Data = {
    "offices": [
        {"id": "jp-foreign", "title": "Minister for Foreign Affairs", "native": "外務大臣", "country": "JP", "single_seat": True},
        {"id": "us-commerce", "title": "Secretary of Commerce", "country": "US", "single_seat": True},
    ],
    "officials": [
        {
            "id": "hayashi-yoshimasa",
            "family": "Hayashi",
            "given": "Yoshimasa",
            "native": "林芳正",
            "kana": "はやし よしまさ",
            "country": "JP",
            "born": "1961-01-19",
            "aliases": ["Yoshimasa Hayashi"],
            "terms": [
                {
                    "id": "hayashi-yoshimasa-jp-foreign-2021",
                    "office": "jp-foreign",
                    "start": "2021-11-10",
                    "end": "2023-09-13",
                    "citations": cited("registry-2024"),
                },
            ],
        },
        {
            "id": "motegi-toshimitsu",
            "family": "Motegi",
            "given": "Toshimitsu",
            "country": "JP",
            "terms": [
                {
                    "id": "motegi-toshimitsu-jp-foreign-2019",
                    "office": "jp-foreign",
                    "start": "2019-09-11",
                    "end": "2021-11-04",
                    "citations": cited("registry-2024"),
                },
                {
                    "id": "motegi-toshimitsu-jp-foreign-2023",
                    "office": "jp-foreign",
                    "start": "2023-09-13",
                    "citations": cited("registry-2024"),
                },
            ],
        },
        {
            "id": "raimondo-gina",
            "family": "Raimondo",
            "given": "Gina",
            "country": "US",
            "terms": [
                {
                    "id": "raimondo-gina-us-commerce-2021",
                    "office": "us-commerce",
                    "start": "2021-03-03",
                    "end_event": "unknown",
                    "citations": cited("registry-2024"),
                },
            ],
        },
    ],
    "meetings": [
        {
            "id": "2021-11-15-raimondo-visit",
            "title": "Visit of Secretary Raimondo to Japan",
            "kind": "visit",
            "format": "in_person",
            "start": "2021-11-15",
            "end": "2021-11-16",
            "place": "Tokyo",
            "country": "JP",
            "timezone": "Asia/Tokyo",
            "participants": [{"official": "raimondo-gina", "name": "Gina Raimondo", "country": "US", "office": "us-commerce"}],
            "citations": cited("ministry-2021"),
        },
        {
            "id": "2021-11-15-hayashi-raimondo",
            "title": "Talks of Hayashi and Raimondo",
            "kind": "ministerial",
            "format": "in_person",
            "start": "2021-11-15",
            "end": "2021-11-15",
            "place": "Tokyo",
            "country": "JP",
            "timezone": "Asia/Tokyo",
            "participants": [
                {"official": "hayashi-yoshimasa", "name": "Hayashi Yoshimasa", "country": "JP", "office": "jp-foreign"},
                {"official": "raimondo-gina", "name": "Gina Raimondo", "country": "US", "office": "us-commerce"},
            ],
            "topics": ["supply chains"],
            "part_of": "2021-11-15-raimondo-visit",
            "citations": cited("ministry-2021"),
        },
    ],
    "treaties": [
        {
            "id": "security-1951",
            "title": "Security Treaty",
            "kind": "treaty",
            "subject": "security",
            "signed": "1951-09-08",
            "signed_at": "San Francisco",
            "in_force": "1952-04-28",
            "ended": "1960-06-23",
            "end_cause": "superseded",
            "parties": [{"country": "JP"}, {"country": "US"}],
            "citations": cited("series-1952"),
        },
        {
            "id": "security-1960",
            "title": "Treaty of Mutual Cooperation and Security",
            "native": "相互協力及び安全保障条約",
            "kind": "treaty",
            "subject": "security",
            "signed": "1960-01-19",
            "in_force": "1960-06-23",
            "parties": [{"country": "JP", "signed": "1960-01-19"}, {"country": "US", "signed": "1960-01-19"}],
            "registrations": [{"series": "TIAS", "number": "4509"}],
            "supersedes": ["security-1951"],
            "citations": cited("series-1960"),
        },
    ],
    "initiatives": [
        {
            "id": "energy-partnership-2017",
            "title": "Energy Partnership",
            "subject": "energy",
            "launched": "2017",
            "partners": ["JP", "US"],
            "citations": cited("ministry-2021"),
        },
    ],
    "trade_figures": [
        figure("exports", "goods", "2020", "$64.1 billion", "64100000000", "100000000"),
        figure("imports", "goods", "2020", "$119.5 billion", "119500000000", "100000000"),
        figure("balance", "goods", "2020", "$55.4 billion deficit", "-55400000000", "100000000"),
        figure("total", "goods", "2020", "$183.6 billion", "183600000000", "100000000"),
        figure("exports", "services", "2020", "$38 billion", "38000000000", "1000000000"),
        figure("exports", "goods_and_services", "2020", "$102 billion", "102000000000", "1000000000"),
        *(figure("exports", "goods", f"2020-{month:02}", "$5.34 billion", "5340000000", "10000000") for month in range(1, 13)),
        figure("total", "goods_and_services", "2018", "$297.6 billion", "297600000000", "100000000"),
        figure("total", "unstated", "2020", "over $283 billion", "283000000000", "1000000000", source="blog-2021", basis="unstated", qualifier="over"),
    ],
    "indicators": [
        {
            "id": "troops-2020-defense",
            "measure": "troops",
            "ref_area": "US",
            "counterpart_area": "JP",
            "time_period": "2020-12-31",
            "quantity": {"value": "55000", "unit": "persons", "stated": "about 55,000", "qualifier": "about", "resolution": "1000"},
            "citation": cited("bureau-2021")[0],
        },
    ],
    "sources": [
        source("registry-2024", "Registry", "2024-01-10", "reference", url="https://example.org/registry"),
        source("ministry-2021", "Ministry", "2021-11-15", accessed="2026-11", url="https://example.org/ministry"),
        source("series-1952", "Treaty Series", "1952-05"),
        source("series-1960", "Treaty Series", "1960-07"),
        source("bureau-2021", "Bureau", "2021-02-05", "statistical"),
        source("blog-2021", "Blog", "2021-06-01", "news"),
        source("blog-2021-copy", "Mirror", "2021-07-01", "news", derived_from="blog-2021"),
    ],
    "claims": [
        *_term_claims("hayashi-yoshimasa-jp-foreign-2021", "2021-11-10", "2023-09-13"),
        *_term_claims("motegi-toshimitsu-jp-foreign-2019", "2019-09-11", "2021-11-04"),
        *_term_claims("motegi-toshimitsu-jp-foreign-2023", "2023-09-13", None),
        *_term_claims("raimondo-gina-us-commerce-2021", "2021-03-03", None),
        claim("hayashi-yoshimasa", "born", "1961-01-19", "registry-2024"),
        claim("2021-11-15-raimondo-visit", "start", "2021-11-15", "ministry-2021"),
        claim("2021-11-15-raimondo-visit", "end", "2021-11-16", "ministry-2021", qualifier="planned"),
        claim("2021-11-15-hayashi-raimondo", "start", "2021-11-15", "ministry-2021"),
        claim("2021-11-15-hayashi-raimondo", "end", "2021-11-15", "ministry-2021"),
        claim("2021-11-15-hayashi-raimondo", "place", "Tokyo", "ministry-2021"),
        claim("2021-11-15-hayashi-raimondo", "participants", "raimondo-gina", "ministry-2021"),
        claim("2021-11-15-hayashi-raimondo", "statement_by_hayashi", "the visit is a sign", "ministry-2021"),
        claim("security-1951", "signed", "1951-09-08", "series-1952"),
        claim("security-1951", "signed", "1952", "blog-2021"),
        claim("security-1951", "signed", "1952", "blog-2021-copy"),
        claim("security-1951", "in_force", "1952-04-28", "series-1952"),
        claim("security-1951", "ended", "1960-06-23", "series-1960"),
        claim("security-1951", "ratifications_exchanged", "1952-04-28", "series-1952"),
        claim("security-1960", "signed", "1960-01-19", "series-1960"),
        claim("security-1960", "signed", "1960", "blog-2021"),
        claim("security-1960", "parties.JP.signed", "1960-01-19", "series-1960"),
        claim("security-1960", "parties.US.signed", "1960-01-19", "series-1960"),
        claim("security-1960", "in_force", "1960-06-23", "series-1960"),
        claim("energy-partnership-2017", "launched", "2017", "ministry-2021"),
        claim("us-total-goods-2020-bureau-2021", "quantity", "18360000000", "blog-2021", status="rejected", reason="a tenth"),
        claim("troops-2020-defense", "quantity", "55000", "bureau-2021", qualifier="about", resolution="1000"),
    ],
    "disagreements": [
        {
            "id": "security-1951-signed",
            "subject": "security-1951",
            "field": "signed",
            "kind": "error",
            "explanation": "1952 is the year of entry into force.",
        },
        {
            "id": "us-total-unstated-2020-blog-2021-quantity",
            "subject": "us-total-unstated-2020-blog-2021",
            "field": "quantity",
            "kind": "error",
            "explanation": "It meets neither goods nor goods and services.",
        },
    ],
    "coverage": [
        {
            "id": "officials-jp-foreign",
            "collection": "officials",
            "key": "jp-foreign",
            "start": "2019-09-11",
            "end": "2024-01-10",
            "complete": True,
            "rule": "every minister",
        },
    ],
    "exceptions": [
        {
            "id": "o03-motegi-toshimitsu-jp-foreign-2019",
            "rule": "O03",
            "record": "motegi-toshimitsu-jp-foreign-2019",
            "reason": "The Prime Minister stood in for six days.",
        },
    ],
}  # fmt: skip


def data() -> Data:
    """A copy of the small data to change."""
    return copy.deepcopy(SMALL)


def build(content: Data | None = None, version: str = "2026-11-21") -> Dataset:
    """The Dataset of some data, of the small one where none is given."""
    tables: dict[str, dict[str, Any]] = {}
    for name, kind in COLLECTIONS.items():
        table = tables[name] = {}
        for position, value in enumerate((content or SMALL).get(name, [])):
            record, problems = structure(value, kind, f"{name}.json", position)
            assert not problems, problems
            table[record.id] = record
        tables[name] = {id: table[id] for id in sorted(table)}
    return Dataset(lambda name: (tables[name], {}), version=version)


def record(content: Data, id: str) -> dict[str, Any]:
    """The record of an id, to change in place."""
    (found,) = (value for values in content.values() for value in values if value["id"] == id)
    return found


def write(content: Data, folder: pathlib.Path) -> pathlib.Path:
    """Write the data as files of a folder."""
    folder.mkdir(exist_ok=True)
    for name, values in content.items():
        (folder / f"{name}.json").write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return folder
