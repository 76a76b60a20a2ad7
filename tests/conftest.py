"""What all tests share."""

import os

import pytest
from hypothesis import settings

import jpus

# A slow machine is no failure; and on a build machine a failure must be one that everybody can see again.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

# What is read by type checkers and never run.
collect_ignore = ["typing"]


@pytest.fixture(autouse=True)
def _doctest_names(doctest_namespace):
    """Docstrings may use jpus without importing it."""
    doctest_namespace["jpus"] = jpus
