"""What a class gets: the course without solutions and held bugs, packed, so that no bug is read by accident."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from checker import last
from checker.catalog import CourseError, load_exercises
from checker.handout import NotPacked, write_handout
from checker.manifest import load_manifest
from checker.places import Places, find_places
from checker.suite import PACKED_FILE, NoSolution, load_solution, load_suite, packed, suite_folder
from checker.tests.workers import GREETING, TINY

PLACES = find_places(TINY)
EXERCISES = load_exercises(PLACES)


@pytest.fixture
def handed_out(tmp_path: Path) -> Places:
    """A course whose one suite is packed, without solutions."""
    folder = tmp_path / "suites" / GREETING
    folder.mkdir(parents=True)
    (folder / PACKED_FILE).write_bytes(packed(suite_folder(PLACES, GREETING), GREETING))
    return Places(PLACES.exercises, tmp_path / "solutions", tmp_path / "suites", None)


def test_a_packed_suite_is_what_may_be_handed_out(handed_out: Places) -> None:
    whole, got = load_suite(PLACES, EXERCISES[GREETING]), load_suite(handed_out, EXERCISES[GREETING])
    public = whole.without_held()
    assert any(each.held for each in whole.mutants)
    assert (got.lesson, got.mutants, got.equivalents, got.variants, got.probes) == (
        public.lesson,
        public.mutants,
        public.equivalents,
        public.variants,
        public.probes,
    )
    assert (got.false_friends, got.accepted, got.witnesses) == ((), (), ())


def test_no_bug_of_it_can_be_read_by_accident(handed_out: Places) -> None:
    text = (suite_folder(handed_out, GREETING) / PACKED_FILE).read_bytes()
    assert [
        each.behaviour for each in load_suite(PLACES, EXERCISES[GREETING]).mutants if each.behaviour.encode() in text
    ] == []


def test_the_same_suite_is_packed_to_the_same_bytes() -> None:
    folder = suite_folder(PLACES, GREETING)
    assert packed(folder, GREETING) == packed(folder, GREETING)


@pytest.mark.parametrize("text", [b"", b"not gzip", b"\x1f\x8b\x08"], ids=["empty", "other", "cut-short"])
def test_a_packed_suite_that_is_damaged_is_told(text: bytes, handed_out: Places) -> None:
    (suite_folder(handed_out, GREETING) / PACKED_FILE).write_bytes(text)
    with pytest.raises(CourseError, match="Get the course again"):
        load_suite(handed_out, EXERCISES[GREETING])


def test_solutions_are_not_there_and_it_says_so(handed_out: Places) -> None:
    with pytest.raises(NoSolution, match="without its solutions"):
        load_solution(handed_out, EXERCISES[GREETING])


def test_nothing_is_packed_over_what_is_there(tmp_path: Path) -> None:
    places = find_places(None, environ={})
    if places.root is None:
        pytest.skip("packing needs a clone")
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(NotPacked, match="nothing is overwritten"):
        write_handout(places, load_manifest(places), {}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_installed_course_is_not_packed(handed_out: Places, tmp_path: Path) -> None:
    with pytest.raises(NotPacked, match="needs a clone"):
        write_handout(handed_out, load_manifest(handed_out), {}, tmp_path / "out")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    places = find_places(None, environ={})
    folder = tmp_path_factory.mktemp("packed") / "course"
    write_handout(places, load_manifest(places), load_exercises(places), folder)
    return folder


@pytest.mark.skipif(find_places(None, environ={}).root is None, reason="packing needs a clone")
class TestTheWholeCourse:
    def test_nothing_of_what_is_kept_back_is_in_it(self, course: Path) -> None:
        assert sorted(path.name for path in course.iterdir() if not path.name.startswith(".")) == [
            *("LICENSE", "README.md", "checker", "exercises", "notebooks", "pyproject.toml")
        ]
        assert not (course / "checker" / "tests").exists()
        assert {path.name for path in (course / "checker" / "suites").rglob("*") if path.is_file()} == {PACKED_FILE}
        for path in (course / "notebooks").glob("*.ipynb"):
            tags = {tag for cell in json.loads(path.read_text())["cells"] for tag in cell["metadata"].get("tags", ())}
            assert not tags & {"teacher", "answer"}

    def test_what_people_work_on_is_not_ignored(self, course: Path) -> None:
        ignored = (course / ".gitignore").read_text().splitlines()
        assert "/workspace/" not in ignored
        assert f"/workspace/{last.FOLDER}/" in ignored

    def test_it_works_for_practice(self, course: Path, tmp_path: Path) -> None:
        first = next(iter(load_exercises(find_places(None, environ={}))))
        surroundings = {k: v for k, v in os.environ.items() if not k.startswith("KATA_")} | {"PYTHONPATH": str(course)}
        call = [sys.executable, "-m", "checker", "--workspace", str(tmp_path / "desk")]

        def kata(*arguments: str) -> subprocess.CompletedProcess[str]:
            done = [*call, *arguments]
            return subprocess.run(done, cwd=course, env=surroundings, capture_output=True, text=True, check=False)

        assert kata("start", first).returncode == 0
        checked = kata("check", first, "--json")
        assert (checked.returncode, json.loads(checked.stdout)["verdict"]) == (1, "rejected")
        refused = kata("solution", first, "--spoil")
        assert (refused.returncode, "without its solutions" in refused.stderr) == (2, True)
