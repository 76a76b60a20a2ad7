"""The report of a check."""

from __future__ import annotations

import json

import pytest
from small import build, data, record

from jpus.errors import Problem


def test_clean():
    """Clean data is ok: no problems, and every disagreement explained."""
    report = build().check()

    assert report.ok
    assert () == report.problems
    assert {"error": 3} == report.counts
    assert "<Report: 0 problems, 3 disagreements>" == repr(report)


def test_problems():
    """What breaks a rule is counted by rule, in a stable order."""
    content = data()
    record(content, "security-1951")["title"] += " "
    record(content, "2021-11-15-hayashi-raimondo")["timezone"] = "Asia/Edo"
    report = build(content).check()

    assert not report.ok
    assert {"M06": 1, "X01": 1, "error": 3} == report.counts
    assert ["M06", "X01"] == [problem.rule for problem in report.problems]
    assert report.problems == build(content).check().problems


def test_as_published():
    """As of a day the claims of that time alone disagree, and no rule is held against them."""
    content = data()
    record(content, "security-1951")["title"] += " "
    dataset = build(content)

    assert 0 == len(dataset.check(as_published="2020").disagreements)
    assert 3 == len(dataset.check(as_published="2021-06-30").disagreements)
    assert dataset.check(as_published="2020").ok


def test_json():
    """The report as JSON has the counts, the problems, and each disagreement with its claims."""
    content = data()
    record(content, "security-1951")["title"] += " "
    found = json.loads(build(content).check().render("json"))

    assert ["ok", "counts", "problems", "disagreements"] == list(found)
    assert {"file": "treaties.json", "record": "security-1951", "rule": "X01"}.items() <= found["problems"][0].items()
    (signed,) = (one for one in found["disagreements"] if one["subject"] == "security-1951")
    assert ("error", "1951-09-08", {"1951-09-08", "1952"}) == (
        signed["kind"],
        signed["accepted"],
        {one["value"] for one in signed["claims"]},
    )


def test_without_accepted_value():
    """A disagreement about what no record holds has no accepted value."""
    from small import claim

    content = data()
    content["claims"].append(claim("security-1951", "ratifications_exchanged", "1952-05", "blog-2021"))
    found = build(content).check().to_json()

    assert [None] == [one["accepted"] for one in found["disagreements"] if one["field"] == "ratifications_exchanged"]


def test_github():
    """Annotations name file and rule; what would break them is escaped."""
    content = data()
    record(content, "security-1951")["title"] = "50%:\n,"
    (line,) = build(content).check().render("github").splitlines()

    assert (
        "::error file=treaties.json,title=X01::treaties.json: security-1951: title '50%25:\\n,' has a control or an invisible character [X01]"
        == line
    )


def test_formats():
    """Text, HTML and no other than the four."""
    report = build().check()

    assert str(report) == report.render() == report.render("text")
    assert "<table" in report.render("html")
    with pytest.raises(ValueError, match="format 'xml' is none of text, html, json, github"):
        report.render("xml")


def test_two_lines():
    """The text tells each disagreement in two lines: who states what and where, and what is accepted and why."""
    text = str(build().check())
    lines = text.splitlines()
    (place,) = (place for place, line in enumerate(lines) if "security-1951" in line)

    assert "1952" in lines[place]
    assert "1951-09-08" in lines[place]
    assert "p1" in lines[place]
    assert "1952 is the year of entry into force." in lines[place + 1]


def test_problem_shows_its_parts():
    """A problem reads as file, record, field, value, rule."""
    assert "f.json: x: is bad [X01]" == str(Problem("f.json", "x", "", "", "is bad", "X01"))
