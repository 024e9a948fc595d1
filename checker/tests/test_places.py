"""Where the course is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import places
from checker.errors import KataError, command
from checker.places import Places, find_places


def _course(folder: Path) -> Path:
    (folder / "exercises").mkdir(parents=True)
    return folder


def test_without_a_word_the_course_of_this_package_is_found() -> None:
    found = find_places(environ={})
    assert found.exercises.is_dir()
    assert found.suites == Path(places.__file__).parent / "suites"


def test_in_a_clone_the_course_lies_beside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = _course(tmp_path) / "checker"
    monkeypatch.setattr(places, "PACKAGE", package)
    expected = Places(tmp_path / "exercises", tmp_path / "solutions", package / "suites", root=tmp_path)
    assert find_places(environ={}) == expected


def test_in_a_wheel_the_course_lies_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "checker"
    course = _course(package / "course")
    _course(tmp_path)  # Something else in site-packages that happens to have the name.
    monkeypatch.setattr(places, "PACKAGE", package)
    expected = Places(course / "exercises", course / "solutions", package / "suites", root=None)
    assert find_places(environ={}) == expected


def test_a_course_of_its_own_is_found_through_the_environment(tmp_path: Path) -> None:
    course = _course(tmp_path / "mine")
    found = find_places(environ={"KATA_COURSE": str(course)})
    assert found == Places(course / "exercises", course / "solutions", course / "suites", root=None)
    assert found.manifest == course / "manifest.json"
    assert found.pristine_store == course / "pristine.json.gz"


def test_a_folder_given_wins_over_the_environment(tmp_path: Path) -> None:
    course = _course(tmp_path / "given")
    assert find_places(course, environ={"KATA_COURSE": "/nowhere"}).exercises == course / "exercises"


def test_a_folder_without_exercises_is_refused_with_a_next_step(tmp_path: Path) -> None:
    with pytest.raises(KataError, match=r"no folder exercises/.*KATA_COURSE"):
        find_places(environ={"KATA_COURSE": str(tmp_path)})


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "kata start 01/02"),
        ({"KATA_INVOCATION": "python3 -m checker"}, "python3 -m checker start 01/02"),
        ({"UV_RUN_RECURSION_DEPTH": "1"}, "uv run kata start 01/02"),
    ],
)
def test_next_steps_repeat_the_invocation(
    environ: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("KATA_INVOCATION", "UV_RUN_RECURSION_DEPTH"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert command("start", "01/02") == expected
