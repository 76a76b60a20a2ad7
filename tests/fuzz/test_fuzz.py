"""A fixed share of fuzzing, in every run of the tests; ``run.py`` does more of the same."""

from __future__ import annotations

import os
import pathlib
import random
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from targets import TARGETS

# How much of it: JPUS_FUZZ=10 tries ten times as many.
MORE = int(os.environ.get("JPUS_FUZZ", "1"))
COSTLY = {"overlays", "commands"}


@pytest.mark.filterwarnings("ignore::jpus.NotCoveredWarning")
@pytest.mark.parametrize("name", TARGETS)
def test_only_documented_errors(name: str):
    """Whatever is put in, what comes out is an answer or a documented error."""

    @settings(max_examples=MORE * (50 if name in COSTLY else 400), suppress_health_check=list(HealthCheck))
    @given(st.randoms(use_true_random=False))
    def attempt(rng: random.Random) -> None:
        TARGETS[name](rng)

    attempt()
