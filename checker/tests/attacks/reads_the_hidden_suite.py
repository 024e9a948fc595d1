"""Opens the course on the disk and looks its implementation up."""

import inspect
from pathlib import Path

from checker.catalog import load_exercises
from checker.suite import load_suite
from checker.places import find_places

import tiny_greeting


def test_everything() -> None:
    places = find_places(Path("@COURSE@"))
    exercise = load_exercises(places)["01_first/01_greeting"]
    texts = [mutant.files["tiny_greeting.py"] for mutant in load_suite(places, exercise).mutants]
    assert inspect.getsource(tiny_greeting).encode() not in texts
