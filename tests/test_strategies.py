"""hypothesis finds a strategy for each type of jpus, and jpus never imports hypothesis."""

from __future__ import annotations

import inspect
import pickle
import subprocess
import sys
from importlib.metadata import entry_points

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import jpus
from jpus import Claim, Meeting, MissingExtraError, Official, Quantity, Source, TradeFigure, Treaty, strategies
from jpus.models import COLLECTIONS
from jpus.schemas import fields_of
from jpus.strategies import ANSWERS, STRATEGIES, partial_dates, register


def test_every_model_has_a_strategy():
    """The records of all collections, and all that they are made of."""
    models = set(COLLECTIONS.values())
    for model in COLLECTIONS.values():
        models |= {field.kind for field in fields_of(model) if attrs.has(field.kind)}

    assert models == set(STRATEGIES)


@pytest.mark.parametrize("kind", STRATEGIES)
@given(data=st.data())
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
def test_from_type(kind, data):
    """Once registered, hypothesis finds the strategy by the type."""
    register()

    assert kind is type(data.draw(st.from_type(kind)))


@pytest.mark.parametrize("kind", ANSWERS)
@given(data=st.data())
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
def test_from_the_type_of_an_answer(kind, data):
    """So it does for collections, snapshots and the other answers; each can be shown, and pickled."""
    register()
    made = data.draw(st.from_type(kind))

    assert isinstance(made, kind)
    assert str(made)
    assert repr(made)
    assert pickle.loads(pickle.dumps(made)) is not made


def test_every_public_type_has_a_strategy():
    """All classes among the public names have one, but for errors and warnings that hypothesis makes of a text."""
    public = {value for name in jpus.__all__ if inspect.isclass(value := getattr(jpus, name))}
    plain = {jpus.JpusError, jpus.MissingExtraError, jpus.NotCoveredWarning, jpus.ParseError}

    assert public - plain == {*STRATEGIES, *ANSWERS}


@given(st.from_type(jpus.Table))
def test_tables_are_taken_by_every_library(table):
    """Whatever a table holds, pandas, polars and Arrow take it."""
    assert table.to_dicts() == table.to_arrow().to_pylist()
    assert len(table) == len(table.to_polars()) == len(table.to_pandas())


def test_entry_point():
    """Where jpus is installed hypothesis is told where to register."""
    named = [point.value for point in entry_points(group="hypothesis") if point.value.startswith("jpus.")]

    assert ["jpus.strategies:register"] == named


@pytest.mark.parametrize("function", [*STRATEGIES.values(), *ANSWERS.values()])
def test_functions_are_documented(function):
    """Each has its own name, says what it gives, and gives the same strategy each time."""
    assert function is getattr(strategies, function.__name__)
    assert function.__doc__
    if function is not partial_dates:
        assert function() is function()


def test_years():
    """The years of partial dates can be bounded."""
    assert jpus.PartialDate(1853) == find(partial_dates(min_year=1853, max_year=1853), lambda date: date.month is None)
    assert jpus.PartialDate(1) == find(partial_dates(max_year=1), lambda date: date.precision == "year")


REACHED = {
    "a treaty with all its dates": (Treaty, lambda treaty: treaty.signed and treaty.ended and treaty.end_cause),
    "a treaty that one did not sign": (Treaty, lambda treaty: treaty.signed is None and treaty.in_force),
    "a treaty of others too": (Treaty, lambda treaty: len(treaty.parties) > 2),
    "an official in office": (Official, lambda official: len(official.terms) == 3 and official.terms[-1].end is None),
    "a whole life": (Official, lambda official: official.born and official.died and official.terms),
    "an unknown end": (Official, lambda official: any(term.end_event == "unknown" for term in official.terms)),
    "a state visit": (Meeting, lambda meeting: meeting.kind == "state_visit" and meeting.place),
    "a part of a visit": (Meeting, lambda meeting: meeting.start != meeting.end and meeting.part_of),
    "a deficit": (TradeFigure, lambda figure: figure.quantity.value < 0),
    "a fiscal year": (TradeFigure, lambda figure: figure.freq == "A" and len(str(figure.time_period)) > 4),
    "a part of a year": (TradeFigure, lambda figure: figure.freq == "P"),
    "a lower bound": (TradeFigure, lambda figure: figure.quantity.qualifier == "over"),
    "a count": (Quantity, lambda quantity: quantity.stated is None and quantity.resolution is None),
    "a rejected amount": (Claim, lambda claim: claim.status == "rejected" and claim.resolution is not None),
    "a copy with kanji": (Source, lambda source: not source.title.isascii() and source.derived_from),
}


@pytest.mark.parametrize("name", REACHED)
def test_reaches(name):
    """What tests need to meet does come."""
    kind, wanted = REACHED[name]
    found = find(STRATEGIES[kind](), wanted, settings=settings(max_examples=5000, phases=[Phase.generate]))

    assert kind is type(found)


def test_missing_extra(monkeypatch):
    """Without hypothesis the extra that brings it is named."""
    monkeypatch.setitem(sys.modules, "hypothesis.strategies", None)

    with pytest.raises(MissingExtraError, match=r"^this needs hypothesis: pip install 'jpus\[testing\]'$"):
        partial_dates()


def test_hypothesis_is_not_imported():
    """Neither jpus nor the module of the strategies imports hypothesis by itself."""
    program = "import sys, jpus, jpus.strategies; jpus.Treaty; sys.exit('hypothesis' in sys.modules)"

    assert 0 == subprocess.run([sys.executable, "-c", program], check=False).returncode
