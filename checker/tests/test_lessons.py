"""Notebooks as they are copied for a person, and what the lab says where something is missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checker.lessons import NoLessons, chosen, copy, learners_copy
from checker.places import Places


def cell(kind: str, source: str, *tags: str, **more: Any) -> dict[str, Any]:
    return {"cell_type": kind, "source": source, "metadata": {"tags": list(tags)} if tags else {}, **more}


NOTEBOOK = {
    "cells": [
        cell("markdown", "Green or red?"),
        cell("markdown", "Wait until somebody says red.", "teacher"),
        cell("code", "1 + 1", outputs=[{"output_type": "stream"}], execution_count=3),
        cell("code", "the answer", "answer", "slides", outputs=[], execution_count=4),
    ],
    "metadata": {"kernelspec": {"name": "python3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A course with two notebooks."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name in ("01_first", "02_second"):
        (folder / f"{name}.ipynb").write_text(json.dumps(NOTEBOOK))
    return Places(tmp_path / "exercises", tmp_path / "solutions", tmp_path / "suites", None)


def test_a_learners_copy_has_no_notes_no_answers_and_no_outputs() -> None:
    copied = json.loads(learners_copy(json.dumps(NOTEBOOK)))
    assert [each["source"] for each in copied["cells"]] == ["Green or red?", "1 + 1"]
    assert (copied["cells"][1]["outputs"], copied["cells"][1]["execution_count"]) == ([], None)
    assert copied["metadata"] == NOTEBOOK["metadata"]


def test_a_teachers_copy_is_whole(places: Places, tmp_path: Path) -> None:
    (lesson,) = chosen(places, "01")
    copied = copy(lesson, tmp_path / "mine", for_teacher=True)
    assert json.loads(copied.path.read_text()) == NOTEBOOK


def test_a_copy_is_never_overwritten(places: Places, tmp_path: Path) -> None:
    (lesson,) = chosen(places, "second")
    first = copy(lesson, tmp_path / "mine")
    first.path.write_text("scribbled")
    second = copy(lesson, tmp_path / "mine")
    assert (first.is_new, second.is_new, second.path.read_text()) == (True, False, "scribbled")


def test_without_a_name_all_are_chosen_in_order(places: Places) -> None:
    assert [path.stem for path in chosen(places, None)] == ["01_first", "02_second"]


def test_an_unknown_name_is_an_error_that_names_those_there_are(places: Places) -> None:
    with pytest.raises(NoLessons, match=r"no notebook third\. There are: 01_first, 02_second\."):
        chosen(places, "third")


def test_a_course_without_notebooks_says_so(tmp_path: Path) -> None:
    empty = Places(tmp_path / "exercises", tmp_path / "solutions", tmp_path / "suites", None)
    with pytest.raises(NoLessons, match="no notebooks"):
        chosen(empty, None)
