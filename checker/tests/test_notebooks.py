"""The notebooks as they are stored: what they cover, how cells are told apart, nothing of one machine."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from checker.catalog import exercise_ids
from checker.places import find_places

FOLDER = find_places(None, environ={}).exercises.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
# The patterns that the course covers, each with what it is about.
PATTERNS = {
    "strict-and-auto-mode": "strict and auto mode, and the marker",
    "async-fixtures": "async fixtures for sessions and test data",
    "isolation": "rollback a test, nested transactions, a database of one's own, a session-scoped engine",
    "mocks": "AsyncMock, patching, side_effect",
    "async-client": "AsyncClient with ASGITransport, POST, headers",
    "service-errors": "service tests and their error path",
    "whole-flow": "a test of a whole flow",
    "fixture-scopes": "fixture scopes",
    "raises": "raises with the exception examined",
    "parametrize": "parametrized ranges and invalid input",
    "common-issues": "never awaited, not run, pollution, closed loops, wrong mocks",
    "running-and-coverage": "running, selecting, and what coverage does not say",
    "layout": "the layout of a suite, names, type hints, arrange-act-assert",
    "app-and-clients": "app, sync and async client, faker",
    "fakes": "fake records, connections and transactions",
    "dao-wrapped": "a DAO method under its decorator, SQL and parameters",
    "dao-error": "a driver's error becomes a DAO's",
    "injected-dummies": "a service with injected dummies",
    "monkeypatched-acquisition": "how the connection is acquired, monkeypatched",
    "batch": "batch operations",
    "patched-service": "an endpoint with a patched service",
    "return-values": "several return values",
    "dao-scenarios": "parametrized scenarios against a DAO",
    "dto-validation": "validation of DTOs",
    "checklist": "checklist, pitfalls, performance",
}


def read(path: Path) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def tags(cell: dict[str, Any]) -> set[str]:
    return set(cell["metadata"].get("tags", ()))


def test_every_pattern_is_shown_in_some_notebook() -> None:
    shown = {tag for path in NOTEBOOKS for cell in read(path)["cells"] for tag in tags(cell)}
    assert {tag.removeprefix("covers:") for tag in shown if tag.startswith("covers:")} == set(PATTERNS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestNotebook:
    def test_nothing_in_it_is_of_one_machine(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        found = re.findall(r"/(?:home|root|tmp|Users|work)/\S*|0x[0-9a-f]{6,}|\bin \d+\.\d+s\b", text)
        assert found == []
        assert read(path)["metadata"].get("language_info", {}).get("version") is None

    def test_every_cell_has_its_place_in_the_slides(self, path: Path) -> None:
        kinds = {cell["metadata"].get("slideshow", {}).get("slide_type") for cell in read(path)["cells"]}
        assert kinds <= {"slide", "subslide", "fragment", "skip", "notes"}

    def test_teachers_have_notes_and_they_are_no_slides(self, path: Path) -> None:
        notes = [cell for cell in read(path)["cells"] if "teacher" in tags(cell)]
        assert notes
        assert {cell["metadata"]["slideshow"]["slide_type"] for cell in notes} == {"notes"}

    def test_no_cell_failed(self, path: Path) -> None:
        outputs = [output for cell in read(path)["cells"] for output in cell.get("outputs", ())]
        assert [output for output in outputs if output["output_type"] == "error"] == []

    def test_the_exercises_that_it_names_exist(self, path: Path) -> None:
        known = exercise_ids(find_places(None, environ={}))
        named = [
            match[1]
            for cell in read(path)["cells"]
            if cell["cell_type"] == "code"
            for match in re.finditer(r"^%%(?:test|judge|timeline) ([\w/]+)", "".join(cell["source"]))
        ]
        unknown = [name for name in named if sum(name in exercise for exercise in known) != 1]
        assert unknown == []

    def test_it_ends_with_the_exercises_that_follow(self, path: Path) -> None:
        assert "".join(read(path)["cells"][-1]["source"]).startswith("%exercises ")
