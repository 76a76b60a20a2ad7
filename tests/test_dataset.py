"""Collections, what holds on a day, and one's own data over the packaged."""

from __future__ import annotations

import copy
import datetime as dt
import pathlib
import pickle
import threading
import warnings

import pytest
from small import build, data, figure, record, write

import jpus
from jpus import DataError, NotCoveredWarning, PartialDate, UnknownIdError
from jpus.dataset import Dataset, overlaid, packaged
from jpus.models import COLLECTIONS
from jpus.spans import Span, Spans, span_of


@pytest.fixture(name="small")
def _small() -> Dataset:
    return build()


def test_by_id(small: Dataset):
    """A record by its id; another id is an UnknownIdError, a KeyError that names near ids."""
    assert "security-1960" == small.treaties["security-1960"].id
    with pytest.raises(UnknownIdError, match="near: security-19") as caught:
        _ = small.treaties["security-1961"]
    assert isinstance(caught.value, KeyError)
    for id in (0, None, [], ("a",)):
        with pytest.raises(UnknownIdError):
            _ = small.treaties[id]


def test_like_a_mapping(small: Dataset):
    """Length, membership and get go by id; iteration gives records, in order of their ids."""
    assert 2 == len(small.treaties)
    assert "security-1951" in small.treaties
    assert "x" not in small.treaties
    assert 5 not in small.treaties
    assert small.treaties.get("x") is None
    assert "none" == small.treaties.get("x", "none")
    assert "none" == small.treaties.get([], "none")
    assert ["security-1951", "security-1960"] == [treaty.id for treaty in small.treaties]


def test_former_ids():
    """A renamed record is found by the id that it had."""
    content = data()
    record(content, "security-1960")["former_ids"] = ["mutual-1960"]
    small = build(content)

    assert "security-1960" == small.treaties["mutual-1960"].id
    assert "mutual-1960" in small.treaties


def test_where(small: Dataset):
    """Equality by field, a text for a date, functions of fields and of records; what is left is of the same kind."""
    assert ["security-1960"] == [one.id for one in small.treaties.where(signed="1960-01-19")]
    assert ["security-1960"] == [one.id for one in small.treaties.where(signed=PartialDate(1960, 1, 19))]
    assert ["security-1951"] == [one.id for one in small.treaties.where(ended=lambda date: date is not None)]
    assert ["security-1951"] == [
        one.id for one in small.treaties.where(lambda one: one.end_cause == "superseded", subject="security")
    ]
    assert 0 == len(small.treaties.where(signed="1960"))
    assert type(small.treaties) is type(small.treaties.where(subject="security"))
    assert 1 == len(small.trade_figures.where(time_period="2018"))


def test_where_unknown(small: Dataset):
    """A name that is no field is a TypeError that tells the fields."""
    with pytest.raises(TypeError, match="Treaty has no field 'sined'; its fields: id, title"):
        small.treaties.where(sined="1960")


def test_in_force(small: Dataset):
    """From entry into force to the end, both included; on the day of succession both."""

    def on(day: str, **more: bool) -> list[str]:
        return [one.id for one in small.treaties.on(day, **more)]

    assert [] == on("1952-04-27")
    assert ["security-1951"] == on("1952-04-28")
    assert ["security-1951", "security-1960"] == on("1960-06-23")
    assert ["security-1960"] == on("2020-01-01")
    assert ["security-1951"] == on("1955")
    assert [] == on("1960")
    assert ["security-1951", "security-1960"] == on("1960", possibly=True)
    assert ["security-1960"] == [one.id for one in small.treaties.on(dt.date(1970, 1, 1))]


def test_under_way(small: Dataset):
    """Meetings and figures hold on the days of their spans; what has no time holds on none."""
    assert ["2021-11-15-raimondo-visit"] == [one.id for one in small.meetings.on("2021-11-16")]
    assert ["energy-partnership-2017"] == [one.id for one in small.initiatives.on("2018-05-05")]
    assert [] == list(small.initiatives.on("2017-05-05"))
    assert ["energy-partnership-2017"] == [one.id for one in small.initiatives.on("2017-05-05", possibly=True)]
    assert 8 == len(small.trade_figures.on("2020-03-05"))
    assert [] == list(small.sources.on("2021-01-01"))
    assert ["hayashi-yoshimasa"] == [one.id for one in small.officials.on("2022-01-01").where(country="JP")]


def test_between(small: Dataset):
    """What may hold in a period, both ends included; a period backwards is refused."""
    assert 2 == len(small.meetings.between("2021-11", "2021-12"))
    assert ["2021-11-15-raimondo-visit"] == [one.id for one in small.meetings.between("2021-11-16", "2021-11-16")]
    assert 0 == len(small.meetings.between("2021-11-17", "2022"))
    with pytest.raises(ValueError, match="2020 is before 2021"):
        small.meetings.between("2021", "2020")


def test_holding(small: Dataset):
    """One holder as a rule, two on a handover, none in a vacancy."""

    def on(day: str, **more: bool) -> list[str]:
        return [official.id for official, _ in small.officials.holding("jp-foreign", on=day, **more)]

    assert ["hayashi-yoshimasa"] == on("2021-12-22")
    assert ["hayashi-yoshimasa", "motegi-toshimitsu"] == on("2023-09-13")
    assert [] == on("2021-11-07")
    assert ["motegi-toshimitsu"] == on("2023-12") == on("2024-01-10")


def test_holding_undecided(small: Dataset):
    """A term whose end no source tells is certain on its first day alone."""
    assert [] == list(small.officials.holding("us-commerce", on="2023-01-01"))
    assert ["raimondo-gina"] == [
        one.id for one, _ in small.officials.holding("us-commerce", on="2023-01-01", possibly=True)
    ]
    assert ["raimondo-gina"] == [one.id for one, _ in small.officials.holding("us-commerce", on="2021-03-03")]


def test_holding_outside(small: Dataset):
    """Beyond what is covered the answer comes with a warning."""
    with pytest.warns(
        NotCoveredWarning, match="jp-foreign is covered from 2019-09-11 to 2024-01-10: 2030-01-01 is outside"
    ):
        found = small.officials.holding("jp-foreign", on="2030-01-01")
    assert ["motegi-toshimitsu"] == [one.id for one, _ in found]
    with pytest.warns(NotCoveredWarning):
        assert () == small.officials.holding("jp-foreign", on="1900")


def test_holding_unknown(small: Dataset):
    """An office that is not there is an UnknownIdError, a day that is none a ParseError."""
    with pytest.raises(UnknownIdError, match="offices"):
        small.officials.holding("jp-foreigner", on="2021")
    with pytest.raises(jpus.ParseError):
        small.officials.holding("jp-foreign", on="today")


def test_holding_of_some(small: Dataset):
    """A part of the officials answers for itself."""
    some = small.officials.where(country="US")

    assert () == some.holding("jp-foreign", on="2021-12-22")


def test_relations_the_other_way(small: Dataset):
    """What took the place of a treaty, and what amends it."""
    content = data()
    record(content, "security-1960")["amends"] = ["security-1951"]

    assert ["security-1960"] == [one.id for one in small.treaties.successors("security-1951")]
    assert [] == list(small.treaties.successors("security-1960"))
    assert [] == list(small.treaties.amendments("security-1951"))
    assert ["security-1960"] == [one.id for one in build(content).treaties.amendments("security-1951")]
    with pytest.raises(UnknownIdError):
        small.treaties.successors("x")


def test_claims(small: Dataset):
    """Who states what of a record; for an official of the terms too."""
    assert ["1951-09-08", "1952", "1952"] == sorted(
        one.value for one in small.treaties.claims("security-1951", "signed")
    )
    assert {"start", "end", "born"} == {one.field for one in small.officials.claims("hayashi-yoshimasa")}
    with pytest.raises(UnknownIdError):
        small.treaties.claims("x")


def test_snapshot(small: Dataset):
    """Everything that holds on a day."""
    snapshot = small.on("2021-11-15")

    assert PartialDate(2021, 11, 15) == snapshot.date
    assert {"jp-foreign": ["hayashi-yoshimasa"]} == {
        office: [one.id for one, _ in pairs] for office, pairs in snapshot.holders.items()
    }
    assert (1, 2, 1, 0, 0) == tuple(
        map(
            len,
            (snapshot.treaties, snapshot.meetings, snapshot.initiatives, snapshot.trade_figures, snapshot.indicators),
        )
    )
    assert "<Snapshot 2021-11-15: 1 offices, 1 treaties>" == repr(snapshot)


def test_series(small: Dataset):
    """One figure a period, in order; one that does not say what it measures is never taken."""
    goods = small.trade_figures.series("total")
    months = small.trade_figures.series("exports", freq="M")

    assert ["us-total-goods-2020-bureau-2021"] == [one.id for one in goods]
    assert [f"2020-{month:02}" for month in range(1, 13)] == [str(one.time_period) for one in months]
    assert 0 == len(small.trade_figures.series("total", as_published="2021-01-01"))
    assert 1 == len(small.trade_figures.series("total", as_published="2021-02-05", basis="bop", unit="USD"))
    assert 0 == len(small.trade_figures.series("total", basis="census"))
    assert 0 == len(small.trade_figures.series("total", unit="JPY"))


def test_series_prefers_the_better_source():
    """Of several, the better kind of source, then the later publication."""
    content = data()
    figure = record(content, "us-total-goods-2020-bureau-2021")
    for source, published, kind, amount in (
        ("zine-2022", "2022-06-01", "news", "183.9"),
        ("bureau-2022", "2022-02-05", "statistical", "183.5"),
        ("bureau-2020", "2020-12-05", "statistical", "183.1"),
    ):
        content["sources"].append(
            {"id": source, "title": "X", "publisher": source, "kind": kind, "published": published, "language": "en"}
        )
        again = copy.deepcopy(figure)
        again["id"] = f"us-total-goods-2020-{source}"
        again["citation"]["source"] = source
        again["quantity"].update(value=f"{float(amount):.1f}00000000".replace(".", ""), stated=f"${amount} billion")
        content["trade_figures"].append(again)
    small = build(content)

    assert ["us-total-goods-2020-bureau-2022"] == [one.id for one in small.trade_figures.series("total")]
    assert ["us-total-goods-2020-bureau-2021"] == [
        one.id for one in small.trade_figures.series("total", as_published="2021-12-31")
    ]


@pytest.mark.parametrize(
    "words", [{"flow": "sales"}, {"scope": "unstated"}, {"basis": "best"}, {"freq": "Q"}, {"ref_area": "KR"}]
)
def test_series_words(small: Dataset, words: dict[str, str]):
    """A word that a field cannot have is refused."""
    with pytest.raises(ValueError, match="is none of"):
        small.trade_figures.series(**{"flow": "exports", **words})


def test_mirror():
    """What one side exports and the other imports stand beside each other with their ratio, for periods that both have."""
    content = data()
    for period, amount, digits in (("2019", "$1.0 billion", "1000000000"), ("2020", "$70.5 billion", "70500000000")):
        content["trade_figures"].append({
            **figure("imports", "goods", period, amount, digits, "100000000", source="ministry-2021", basis="customs"),
            "ref_area": "JP", "counterpart_area": "US",
        })  # fmt: skip
    mine = build(content)
    (found,) = mine.trade_figures.mirror("US")

    assert ("us-exports-goods-2020-bureau-2021", "us-imports-goods-2020-ministry-2021") == (
        found.exports.id, found.imports.id,
    )  # fmt: skip
    assert "1.100" == str(found.ratio)
    assert () == mine.trade_figures.mirror("JP")
    assert () == mine.trade_figures.mirror("US", as_published="2021-02-28")
    assert () == mine.trade_figures.mirror("US", unit="JPY")
    assert () == mine.trade_figures.mirror("US", freq="M")
    with pytest.raises(ValueError, match="exporter 'KR' is none of JP, US"):
        mine.trade_figures.mirror("KR")

    us_exports = record(content, "us-exports-goods-2020-bureau-2021")
    us_exports["quantity"].update(value="0", stated="$0", resolution="1")
    (found,) = build(content).trade_figures.mirror("US")

    assert found.ratio is None


def test_immutable(small: Dataset):
    """Records and spans cannot be changed."""
    with pytest.raises(AttributeError):
        small.treaties["security-1960"].signed = None
    with pytest.raises(TypeError):
        small.treaties["x"] = small.treaties["security-1960"]


def test_equal_and_hashable(small: Dataset):
    """Collections of equal records are equal."""
    assert small.treaties == build().treaties
    assert hash(small.treaties) == hash(build().treaties)
    assert small.treaties != small.meetings
    assert small.treaties != 5
    assert "<Treaties: 2 records>" == repr(small.treaties)


def test_pickle(small: Dataset):
    """Records, collections and a Dataset of one's own pickle."""
    again = pickle.loads(pickle.dumps(small))

    assert [list(one) for one in small.collections] == [list(one) for one in again.collections]
    assert small.data_version == again.data_version
    assert small.treaties == pickle.loads(pickle.dumps(small.treaties))
    for collection in small.collections:
        for one in collection:
            assert one == pickle.loads(pickle.dumps(one))
            assert hash(one) == hash(pickle.loads(pickle.dumps(one)))


def test_packaged_pickles_by_name():
    """The packaged Dataset pickles as itself."""
    assert packaged() is pickle.loads(pickle.dumps(packaged()))
    assert len(pickle.dumps(packaged())) < 200


def test_files(small: Dataset):
    """A record knows its file, and an id its collection."""
    assert "treaties.json" == small.file_of("treaties", "security-1960")
    assert ("treaties", "officials", "") == tuple(
        map(small.collection_of, ("security-1960", "hayashi-yoshimasa-jp-foreign-2021", "x"))
    )
    assert list(COLLECTIONS) == [one.name for one in small.collections]
    assert "<Dataset 2026-11-21>" == repr(small)


def test_threads():
    """Threads that ask at once get one and the same collection."""
    tables = build()
    reads = []

    def read(name: str):
        reads.append(name)
        return dict(tables._collection(name)._records), {}

    dataset = Dataset(read, version="2026-11-21")
    found = []
    threads = [threading.Thread(target=lambda: found.append(dataset.treaties)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 1 == len({id(one) for one in found})
    assert ["treaties"] == reads


# --- one's own data ----------------------------------------------------------------------------------------------------


def own(folder: pathlib.Path, **fields: object) -> pathlib.Path:
    treaty = {
        "id": "my-treaty-1999",
        "title": "My treaty",
        "kind": "treaty",
        "subject": "trade",
        "signed": "1999-05-05",
        "parties": [{"country": "JP"}, {"country": "US"}],
        "citations": [{"source": "my-source", "locator": "p1"}],
        **fields,
    }
    claim = {
        "id": "c",
        "subject": "my-treaty-1999",
        "field": "signed",
        "value": "1999-05-05",
        "source": "my-source",
        "locator": "p1",
    }
    source = {"id": "my-source", "title": "X", "publisher": "X", "kind": "official", "language": "en"}
    return write({"treaties": [treaty], "claims": [claim], "sources": [source]}, folder)


def test_load(tmp_path: pathlib.Path):
    """One's own records come over the packaged ones; nothing global changes."""
    mine = jpus.load(own(tmp_path))

    assert "My treaty" == mine.treaties["my-treaty-1999"].title
    assert len(jpus.treaties) + 1 == len(mine.treaties)
    assert sorted(one.id for one in mine.treaties) == [one.id for one in mine.treaties]
    assert "my-treaty-1999" not in jpus.treaties
    assert mine.check().ok


def test_load_replaces(tmp_path: pathlib.Path):
    """A record with a packaged id takes its place."""
    from jpus.loading import encode

    treaty = jpus.treaties["security-treaty-1951"]
    import attrs

    (tmp_path / "treaties.json").write_bytes(encode([attrs.evolve(treaty, note="Mine.")]))

    mine = jpus.load(tmp_path)

    assert "Mine." == mine.treaties["security-treaty-1951"].note
    assert len(jpus.treaties) == len(mine.treaties)


def test_load_names_what_is_wrong(tmp_path: pathlib.Path):
    """What cannot be read, and what breaks a rule, is a DataError that names it."""
    with pytest.raises(DataError, match=r"treaties.json: my-treaty-1999: signed '1999-5-5' .* \[F04\]"):
        jpus.load(own(tmp_path, signed="1999-5-5"))
    with pytest.raises(
        DataError, match=r"treaties.json: my-treaty-1999: in_force '1998' is before signed 1999-05-05 \[T01\]"
    ):
        jpus.load(own(tmp_path, in_force="1998"))
    with pytest.raises(DataError, match=r"my-treaty-1999: supersedes\[0\] 'nothing' names nothing in treaties \[I03\]"):
        jpus.load(own(tmp_path, supersedes=["nothing"]))


def test_load_shows_conflicts(tmp_path: pathlib.Path):
    """A claim that conflicts keeps nothing from loading: the check tells of it."""
    folder = own(tmp_path)
    claim = {
        "id": "d", "subject": "mutual-cooperation-and-security-1960", "field": "signed", "value": "1955", "source": "my-source", "locator": "p2",
    }  # fmt: skip
    (folder / "claims.more.json").write_text(f"[{__import__('json').dumps(claim)}]")

    mine = jpus.load(folder)

    assert ["C05"] == [problem.rule for problem in mine.check().problems]


def test_a_broken_copy_is_named(tmp_path: pathlib.Path):
    """A copy of the packaged data with one broken datum: the problem names it."""
    from importlib_resources import files

    for entry in (files("jpus") / "data").iterdir():
        if entry.name.endswith(".json"):
            (tmp_path / entry.name).write_bytes(entry.read_bytes())
    text = (tmp_path / "treaties.json").read_text(encoding="utf-8")
    broken = text.replace('"signed": "1951-09-08"', '"signed": "1951-09-31"', 1)
    assert text != broken
    (tmp_path / "treaties.json").write_text(broken, encoding="utf-8")

    with pytest.raises(DataError, match=r"signed '1951-09-31' .*\[F04\]"):
        jpus.load(tmp_path)


def test_overlaid_reads_all(tmp_path: pathlib.Path):
    """An overlay comes with its problems, and with the records that are good."""
    dataset, problems = overlaid(own(tmp_path, kind="pact"))

    assert ["kind"] == [problem.field for problem in problems]
    assert "my-source" in dataset.sources


# --- spans -------------------------------------------------------------------------------------------------------------


def test_span_without_start():
    """What has no start may have begun at any time, and certainly holds on no day."""
    span = Span.of(None, PartialDate(1960))

    assert span.holds(1, 1) is None
    assert span.holds(10**6, 10**6) is False


def test_spans_like_a_scan():
    """The index finds what a scan finds."""
    items = [
        (Span(first, first + length, first, first + length), (first, length))
        for first in range(0, 60, 3)
        for length in (0, 1, 7, 40)
    ]
    index = Spans(items)

    for first in range(-5, 110):
        for last in (first, first + 2, first + 30):
            scanned = sorted(item for span, item in items if span.first <= last and first <= span.last)
            assert scanned == sorted(item for _, item in index.meeting(first, last))


def test_empty_index():
    """An index of nothing finds nothing."""
    assert [] == Spans([]).meeting(1, 2)


def test_what_has_no_time(small: Dataset):
    """An office has no time, nor has an indicator without a period."""
    assert span_of(small.offices["jp-foreign"]) is None


def test_no_warning_without_coverage(small: Dataset):
    """Where nothing is said about coverage, nothing is warned of."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")

        small.warn_outside("officials", "us-commerce", "1500")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"flow": "sales"}, "flow 'sales' is none of exports, imports, balance, total, reexports"),
        ({"scope": "unstated"}, "scope 'unstated' is none of goods, services, goods_and_services"),
        ({"freq": "Q"}, "freq 'Q' is none of A, M, P"),
        ({"ref_area": "KR"}, "ref_area 'KR' is none of JP, US"),
        (
            {"basis": "best"},
            "basis 'best' is none of None, census, bop, customs, general, special, domestic, compiled, unstated",
        ),
    ],
)
def test_series_messages(small: Dataset, words: dict[str, str], message: str):
    """A word that a field cannot have is told with those that it can."""
    with pytest.raises(ValueError, match="is none of") as caught:
        small.trade_figures.series(**{"flow": "exports", **words})

    assert message == str(caught.value)


def test_series_of_japan():
    """Japan's series are in yen, and take the better basis."""
    content = data()
    for basis, amount in (("special", "¥5 trillion"), ("customs", "¥7 trillion")):
        one = copy.deepcopy(record(content, "us-exports-goods-2020-bureau-2021"))
        one.update(id=f"jp-exports-goods-{basis}-2020", ref_area="JP", counterpart_area="US", basis=basis)
        one["quantity"] = {
            "value": f"{amount[1]}000000000000",
            "unit": "JPY",
            "stated": amount,
            "resolution": "1000000000000",
        }
        content["trade_figures"].append(one)
    dollars = copy.deepcopy(record(content, "jp-exports-goods-customs-2020"))
    dollars.update(id="jp-exports-goods-usd-2020")
    dollars["quantity"].update(unit="USD", stated="$7 trillion")
    content["trade_figures"].append(dollars)
    changed = build(content)

    assert ["jp-exports-goods-customs-2020"] == [
        one.id for one in changed.trade_figures.series("exports", ref_area="JP")
    ]
    assert ["jp-exports-goods-usd-2020"] == [
        one.id for one in changed.trade_figures.series("exports", ref_area="JP", unit="USD")
    ]
    assert ["goods_and_services"] == [
        one.scope for one in changed.trade_figures.series("exports", scope="goods_and_services")
    ]  # fmt: skip


def test_lazy_modules():
    """Modules that belong to the public names are read when they are asked for; other names are refused."""
    assert "rules" in dir(jpus)
    assert jpus.__getattr__("rules") is jpus.rules
    with pytest.raises(AttributeError, match="module 'jpus' has no attribute 'treaty'"):
        _ = jpus.treaty


@pytest.mark.parametrize(
    ("module", "some"),
    [
        (jpus.display, {"kind_label", "label"}),
        (jpus.plotting, {"meetings_by_year", "trade_series", "treaties_in_force"}),
        (jpus.strategies, {"STRATEGIES", "register", "treaties"}),
    ],
)
def test_modules_complete_to_what_users_need(module, some):
    """dir() of a module that users open gives its own public names, and none of those it imports."""
    assert some <= set(dir(module))
    assert dir(module) == sorted(set(module.__all__))
    assert {module.__name__} >= {getattr(getattr(module, name), "__module__", None) for name in some - {"STRATEGIES"}}


def test_dir_says_what_can_be_asked():
    """What completion offers can be had, and has a docstring or is a value: nothing internal has a public name."""
    for shown in (
        jpus.treaties,
        jpus.officials["abe-shinzo"],
        jpus.officials.terms,
        jpus.on("1952-04-29"),
        jpus.treaties.assess("security-treaty-1951", "signed", "1952"),
        jpus.PartialDate(1952),
    ):
        offered = [name for name in dir(shown) if not name.startswith("_")]
        values = [getattr(shown, name) for name in offered]

        assert "id" in offered or len(offered) > 4
        assert all(value.__doc__ for value in values if callable(value))


def test_ids_complete():
    """After ``treaties["`` IPython offers the ids."""
    assert jpus.treaties._ipython_key_completions_() == [treaty.id for treaty in jpus.treaties]


def test_officials_on_two_days(small: Dataset):
    """The index of terms is made once and answers again."""
    assert ["hayashi-yoshimasa"] == [one.id for one in small.officials.on("2022-01-01")]
    assert ["motegi-toshimitsu"] == [one.id for one in small.officials.on("2020-01-01")]


def test_records_show_themselves():
    """A record is a sentence as text, and a table in a notebook."""
    treaty = jpus.treaties["security-treaty-1951"]

    assert "jpus.treaties['security-treaty-1951']" == repr(treaty)
    assert treaty == eval(repr(treaty))
    assert str(treaty).startswith("Security Treaty")
    assert "<table" in treaty._repr_html_()
