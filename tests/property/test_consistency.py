"""What holds for every set of statements."""

from __future__ import annotations

import datetime as dt
import json
import pathlib
import shutil
import tempfile

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from small import build, data

import jpus
from jpus import DataError, PartialDate, Quantity
from jpus.consistency import Statement, common, make_statement, verdict, witnesses
from jpus.spans import Span, Spans
from jpus.strategies import partial_dates, quantities

SOURCES = ["registry-2024", "ministry-2021", "series-1952", "series-1960", "bureau-2021", "blog-2021", "blog-2021-copy"]


@st.composite
def dated(draw: st.DrawFn) -> Statement:
    near = partial_dates(min_year=1951, max_year=1953)
    return make_statement("date", draw(near), source=draw(st.sampled_from(SOURCES)), locator="p1")


@st.composite
def amounts(draw: st.DrawFn) -> Statement:
    return make_statement("quantity", draw(quantities()), source=draw(st.sampled_from(SOURCES)), locator="p1")


@st.composite
def worded(draw: st.DrawFn) -> Statement:
    return make_statement(
        "text",
        draw(st.sampled_from(["Tokyo", "tokyo", "Tokyo, Japan", "Kyoto", "Kyo", "To"])),
        source="registry-2024",
        locator="p1",
    )


@st.composite
def listed(draw: st.DrawFn) -> Statement:
    members = draw(st.lists(st.sampled_from("abcd"), min_size=1, unique=True))
    return make_statement("set", "; ".join(members), source="registry-2024", locator="p1")


groups = st.one_of(*(st.lists(kind(), min_size=1, max_size=6) for kind in (dated, amounts, worded, listed)))


@given(groups, st.randoms(use_true_random=False))
def test_order_and_duplicates(group: list[Statement], random):
    """A verdict does not depend on order, or on how often a statement stands there."""
    again = [*group, *group]
    random.shuffle(again)

    assert verdict(group) == verdict(again)


@given(groups)
def test_names_of_sources(group: list[Statement]):
    """A verdict does not depend on what the sources are called."""
    renamed = [attrs.evolve(one, source=f"renamed-{one.source}") for one in group]

    assert verdict(group) == verdict(renamed)


@given(st.one_of(st.lists(dated(), min_size=1, max_size=6), st.lists(amounts(), min_size=1, max_size=6)))
def test_a_common_point(group: list[Statement]):
    """Intervals that meet in pairs share a point, and only then is there no conflict."""
    low, high = common(group)
    pairwise = all(one.meets(other) for one in group for other in group)

    assert pairwise == (low is None or high is None or low <= high)
    assert (verdict(group) == "conflict") != pairwise


@given(groups)
def test_meeting(group: list[Statement]):
    """Meeting is reflexive and symmetric; being within implies meeting."""
    for one in group:
        assert one.meets(one)
        for other in group:
            assert one.meets(other) == other.meets(one)
            if one.within(other):
                assert one.meets(other)


@given(st.lists(dated(), min_size=1, max_size=5), st.integers(0, 4), st.data())
def test_a_coarser_claim_never_makes_a_conflict(group: list[Statement], which: int, drawn: st.DataObject):
    """A claim that contains another one of the set changes no verdict into a conflict."""
    assume(verdict(group) != "conflict")
    finest = PartialDate.parse(group[which % len(group)].value)
    coarser = drawn.draw(st.sampled_from([PartialDate(finest.year), PartialDate(finest.year, finest.month), finest]))

    assert verdict([*group, make_statement("date", coarser, source="blog-2021", locator="p2")]) != "conflict"


@given(st.lists(amounts(), min_size=1, max_size=5), st.integers(1, 10**12))
def test_a_value_moved_outside_always_conflicts(group: list[Statement], beyond: int):
    """A value outside every interval conflicts with the set."""
    highs = [one.high for one in group]
    assume(None not in highs)
    value = max(high for high in highs if high is not None) + beyond
    moved = make_statement("quantity", Quantity(value=value, unit="USD"), source="blog-2021", locator="p2")

    assert verdict([*group, moved]) == "conflict"


@given(st.lists(quantities(), min_size=1, max_size=5), st.sampled_from([10, 1000, 10**6]))
def test_scaling_changes_nothing(group: list[Quantity], factor: int):
    """Amounts in thousands come to the same verdict as in units."""
    scaled = [
        attrs.evolve(
            one,
            value=one.value * factor,
            resolution=None if one.resolution is None else one.resolution * factor,
            stated=None,
        )
        for one in group
    ]
    before, after = (
        [make_statement("quantity", one, source="s", locator="p") for one in some] for some in (group, scaled)
    )

    assert verdict(before) == verdict(after)


@given(st.lists(st.sampled_from(SOURCES)), st.sampled_from(SOURCES))
def test_witnesses_grow_by_one_at_most(sources: list[str], more: str):
    """A further source adds one witness at most; order and repeats do not count."""
    small = build()
    count = witnesses(small, sources)

    assert count == witnesses(small, sources[::-1]) == witnesses(small, sources + sources)
    assert witnesses(small, [*sources, more]) <= count + 1
    assert count <= len(set(sources))


@given(st.dates(dt.date(1950, 1, 1), dt.date(2025, 1, 1)), st.integers(0, 20_000))
def test_as_published_only_grows(day: dt.date, later: int):
    """What was known by a day is known later: series, claims and support only grow."""
    small = build()
    after = min(day + dt.timedelta(days=later), dt.date(2030, 1, 1))

    def known(on: dt.date) -> set[str]:
        found = small.treaties.assess("security-1951", "signed", "1952", as_published=on)
        series = small.trade_figures.series("total", as_published=on)
        return {one.claim for one in found.claims} | {str(one.time_period) for one in series}

    assert known(day) <= known(after)


@given(
    st.lists(st.tuples(partial_dates(min_year=1990, max_year=1999), partial_dates(min_year=1990, max_year=1999))),
    partial_dates(min_year=1989, max_year=2000),
)
def test_index_like_a_scan(pairs: list[tuple[PartialDate, PartialDate]], day: PartialDate):
    """What the index finds on a day is what every span says by itself."""
    spans = [(Span.of(min(pair), max(pair)), place) for place, pair in enumerate(pairs)]
    first, last = day.earliest.toordinal(), day.latest.toordinal()
    found = {place: span.holds(first, last) for span, place in Spans(spans).meeting(first, last)}

    assert found == {place: span.holds(first, last) for span, place in spans if span.holds(first, last) is not False}


@given(st.integers(0, 10**6), st.data())
def test_corrupted_data_is_a_data_error(seed: int, drawn: st.DataObject):
    """A record with one part dropped, renamed or of another type is told as a problem, and nothing else."""
    from jpus.loading import read_file

    collection = drawn.draw(st.sampled_from(sorted(data())))
    values = data()[collection]
    value = values[seed % len(values)]
    field = drawn.draw(st.sampled_from(sorted(value)))
    change = drawn.draw(st.sampled_from(["drop", "rename", "retype"]))
    old = value.pop(field)
    if change == "rename":
        value[f"{field}x"] = old
    elif change == "retype":
        value[field] = drawn.draw(st.sampled_from([None, 5.5, [[]], {"x": 1}, ""]))
    _, problems = read_file(json.dumps(values).encode(), collection, "x.json")

    assert all(problem.rule.startswith("F") for problem in problems)
    if change == "rename":
        assert problems


class Overlays(RuleBasedStateMachine):
    """One's own treaties come and go over the packaged: what is loaded is always the packaged with them laid over."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.mine: dict[str, str] = {}

    @rule(number=st.integers(1, 4), title=st.sampled_from(["One", "Two"]))
    def put(self, number: int, title: str) -> None:
        self.mine[f"my-treaty-{number}"] = title

    @rule(number=st.integers(1, 4))
    def drop(self, number: int) -> None:
        self.mine.pop(f"my-treaty-{number}", None)

    @invariant()
    def laid_over(self) -> None:
        sources = (
            [{"id": "mine", "title": "Mine", "publisher": "Me", "kind": "reference", "language": "en"}]
            if self.mine
            else []
        )
        treaties = [
            {"id": id, "title": title, "kind": "treaty", "subject": "trade", "parties": [{"country": "JP"}, {"country": "US"}],
             "citations": [{"source": "mine", "locator": "p1"}]}
            for id, title in self.mine.items()
        ]  # fmt: skip
        (self.folder / "treaties.json").write_text(json.dumps(treaties))
        (self.folder / "sources.json").write_text(json.dumps(sources))
        from jpus.dataset import overlaid

        loaded, problems = overlaid(self.folder)

        assert not problems
        assert {one.id: one.title for one in loaded.treaties if one.id.startswith("my-")} == self.mine
        assert len(loaded.treaties) == len(jpus.treaties) + len(self.mine)
        assert [one.id for one in loaded.treaties] == sorted(one.id for one in loaded.treaties)
        assert not any(one.id.startswith("my-") for one in jpus.treaties)

    def teardown(self) -> None:
        shutil.rmtree(self.folder)


TestOverlays = Overlays.TestCase
TestOverlays.settings = settings(max_examples=15, stateful_step_count=6, deadline=None)


def test_bad_overlay_is_a_data_error(tmp_path: pathlib.Path):
    """What an overlay breaks is told as data, not as a traceback of a library."""
    (tmp_path / "treaties.json").write_text('[{"id": "x", "title": "X"}]')
    with pytest.raises(DataError) as caught:
        jpus.load(tmp_path)

    assert {"F03"} == {problem.rule for problem in caught.value.problems}
