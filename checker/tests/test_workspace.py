"""Where people work: the five rules, each from end to end; what is taken from a folder, and what is not."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from checker.errors import KataError
from checker.files import Kind, kind_of
from checker.handin import ZipExists, free_name, write_handin
from checker.locate import Where, exercise_at, exercises_at, locate
from checker.manifest import write_manifest
from checker.places import Places, find_places
from checker.submission import FILE_LIMIT_BYTES, Problem, ProblemKind, Submission, read_submission
from checker.workspace import BothEdited, NotAdopted, Started, Workspace, open_workspace, reset, start

STARTER = b"def test_starter():\n    pass\n"
WORK = b"def test_work():\n    assert True\n"
OTHER_WORK = b"def test_other_work():\n    assert True\n"
INI = b"[pytest]\nasyncio_mode = strict\n"


@dataclass(frozen=True, slots=True)
class Exercise:
    id: str
    edit: tuple[str, ...]
    optional: tuple[str, ...] = ()


SHOP = Exercise("01_markers/01_shop", ("test_shop.py",))
CLOCK = Exercise("01_markers/02_clock", ("test_clock.py", "fakes_clock.py"))
CONFIG = Exercise("02_config/01_config", ("pytest.ini",), ("conftest.py", "tests/**/*.py"))
CATALOG = {exercise.id: exercise for exercise in (SHOP, CLOCK, CONFIG)}
COURSE = {
    SHOP.id: {"exercise.toml": b"", "pytest.ini": INI, "README.md": b"#\n", "shop.py": b"PRICE = 1\n"}
    | {"test_shop.py": STARTER},
    CLOCK.id: {"exercise.toml": b"", "pytest.ini": INI, "clock.py": b"NOW = 1\n"}
    | {"test_clock.py": STARTER, "fakes_clock.py": b""},
    CONFIG.id: {"exercise.toml": b"", "pytest.ini": INI, "conftest.py": b"", "reader.py": b"OPEN = 1\n"},
}


@pytest.fixture(autouse=True)
def _typed_as_kata(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever started these tests: the workshop's own selftest, or uv."""
    for name in ("KATA_INVOCATION", "UV_RUN_RECURSION_DEPTH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    course = tmp_path / "course"
    for exercise, files in COURSE.items():
        _fill(course / "exercises" / exercise, files)
    found = find_places(course)
    write_manifest(found)
    return found


@pytest.fixture
def workspace(places: Places, tmp_path: Path) -> Workspace:
    return open_workspace(places, tmp_path / "mine", cwd=tmp_path, environ={})


def _fill(folder: Path, files: dict[str, bytes]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text)
    return folder


def _texts(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _handed_out(exercise: Exercise) -> dict[str, bytes]:
    return {path: text for path, text in COURSE[exercise.id].items() if path != "exercise.toml"}


def _edit_handed_out(workspace: Workspace, text: bytes = WORK) -> Path:
    return _fill(workspace.places.exercise_folder(SHOP.id), {"test_shop.py": text})


def _edit_copy(workspace: Workspace, text: bytes = WORK) -> Path:
    start(workspace, SHOP)
    return _fill(workspace.exercise_folder(SHOP.id), {"test_shop.py": text})


def _read(workspace: Workspace, exercise: Exercise = SHOP) -> Submission:
    pristine = workspace.manifest.files(exercise.id)
    return read_submission(workspace.exercise_folder(exercise.id), exercise, pristine)


# Rule 1: what is pristine is known from the manifest, not from the disk.


def test_a_start_hands_out_the_pristine_text_although_given_files_were_edited(workspace: Workspace) -> None:
    _fill(workspace.places.exercise_folder(SHOP.id), {"shop.py": b"PRICE = 2\n"})
    assert start(workspace, SHOP).outdated == ()
    assert _texts(workspace.exercise_folder(SHOP.id)) == _handed_out(SHOP)


def test_line_ends_of_windows_are_no_work(workspace: Workspace, tmp_path: Path) -> None:
    _edit_handed_out(workspace, STARTER.replace(b"\n", b"\r\n"))
    assert "not started" in locate(workspace, CATALOG, SHOP.id, cwd=tmp_path).note


# Rule 2: only exercises/ edited.


def test_only_exercises_edited_is_judged_there_with_the_way_out(workspace: Workspace, tmp_path: Path) -> None:
    edited = _edit_handed_out(workspace)
    found = locate(workspace, CATALOG, SHOP.id, cwd=tmp_path)
    assert (found.folder, found.where) == (edited, Where.EXERCISES)
    assert f"start {SHOP.id}` moves it to the workspace" in found.note


def test_an_untouched_copy_does_not_hide_work_in_exercises(workspace: Workspace, tmp_path: Path) -> None:
    start(workspace, SHOP)
    edited = _edit_handed_out(workspace)
    assert locate(workspace, CATALOG, SHOP.id, cwd=tmp_path).folder == edited


def test_nothing_edited_and_nothing_started_says_how_to_start(workspace: Workspace, tmp_path: Path) -> None:
    found = locate(workspace, CATALOG, SHOP.id, cwd=tmp_path)
    assert found.folder == workspace.places.exercise_folder(SHOP.id)
    assert f"not started yet: `kata start {SHOP.id}`" in found.note


def test_the_workspace_is_judged_once_started(workspace: Workspace, tmp_path: Path) -> None:
    start(workspace, SHOP)
    found = locate(workspace, CATALOG, SHOP.id, cwd=tmp_path)
    assert (found.folder, found.where, found.note) == (
        workspace.exercise_folder(SHOP.id),
        Where.WORKSPACE,
        "",
    )


# Rule 3: both edited.


def test_both_edited_names_both_and_guesses_none(workspace: Workspace, tmp_path: Path) -> None:
    copy, handed_out = _edit_copy(workspace), _edit_handed_out(workspace, OTHER_WORK)
    with pytest.raises(BothEdited) as caught:
        locate(workspace, CATALOG, SHOP.id, cwd=tmp_path)
    assert str(copy) in str(caught.value)
    assert str(handed_out) in str(caught.value)


def test_start_with_both_edited_changes_nothing(workspace: Workspace) -> None:
    copy, handed_out = _edit_copy(workspace), _edit_handed_out(workspace, OTHER_WORK)
    before = _texts(copy), _texts(handed_out)
    with pytest.raises(BothEdited):
        start(workspace, SHOP)
    assert (_texts(copy), _texts(handed_out)) == before


def test_the_same_work_in_both_is_no_conflict(workspace: Workspace, tmp_path: Path) -> None:
    copy, handed_out = _edit_copy(workspace), _edit_handed_out(workspace)
    assert locate(workspace, CATALOG, SHOP.id, cwd=tmp_path).folder == copy
    start(workspace, SHOP)
    assert (handed_out / "test_shop.py").read_bytes() == STARTER


def test_start_adopts_what_was_edited_in_exercises(workspace: Workspace) -> None:
    handed_out = _edit_handed_out(workspace)
    started = start(workspace, SHOP)
    assert started == Started(
        folder=workspace.exercise_folder(SHOP.id),
        made=("README.md", "pytest.ini", "shop.py"),
        adopted=("test_shop.py",),
        outdated=(),
    )
    assert _texts(started.folder) == _handed_out(SHOP) | {"test_shop.py": WORK}
    assert _texts(handed_out) == COURSE[SHOP.id]


def test_start_adopts_files_that_were_added_and_removed(workspace: Workspace) -> None:
    handed_out = workspace.places.exercise_folder(CONFIG.id)
    _fill(handed_out, {"tests/unit/test_reader.py": WORK})
    (handed_out / "conftest.py").unlink()
    start(workspace, CONFIG)
    assert _texts(handed_out) == COURSE[CONFIG.id]
    expected = {"pytest.ini": INI, "reader.py": b"OPEN = 1\n", "tests/unit/test_reader.py": WORK}
    assert _texts(workspace.exercise_folder(CONFIG.id)) == expected


def test_what_cannot_be_moved_is_left_alone(workspace: Workspace) -> None:
    handed_out = workspace.places.exercise_folder(SHOP.id)
    (handed_out / "test_shop.py").unlink()
    (handed_out / "test_shop.py").symlink_to(handed_out / "shop.py")
    with pytest.raises(NotAdopted, match="links are not followed"):
        start(workspace, SHOP)
    assert kind_of(handed_out / "test_shop.py") is Kind.LINK
    assert not workspace.exercise_folder(SHOP.id).exists()


# Rule 4: the current directory, or a path, decides.


def test_the_current_directory_decides(workspace: Workspace) -> None:
    _edit_copy(workspace)
    here = _edit_handed_out(workspace, OTHER_WORK)
    found = locate(workspace, CATALOG, SHOP.id, cwd=here)
    assert (found.folder, found.where) == (here, Where.HERE)
    assert "edited in the workspace too" in found.note


def test_the_current_directory_of_another_exercise_does_not_decide(workspace: Workspace) -> None:
    start(workspace, CLOCK)
    copy = _edit_copy(workspace)
    found = locate(workspace, CATALOG, SHOP.id, cwd=workspace.exercise_folder(CLOCK.id))
    assert found.folder == copy


def test_a_folder_below_an_exercise_belongs_to_it(workspace: Workspace) -> None:
    start(workspace, CONFIG)
    folder = workspace.exercise_folder(CONFIG.id)
    (folder / "tests").mkdir()
    found = exercise_at(workspace, CATALOG, folder / "tests")
    assert found is not None
    assert (found.exercise, found.folder) == (CONFIG.id, folder)


def test_the_hidden_suites_are_nobodys_work(workspace: Workspace) -> None:
    folder = workspace.places.suites / SHOP.id
    folder.mkdir(parents=True)
    assert exercise_at(workspace, CATALOG, folder) is None


@pytest.mark.parametrize("path", ["01_markers/01_shop", "01_markers/01_shop/test_shop.py", "."])
def test_a_path_decides_over_everything(workspace: Workspace, tmp_path: Path, path: str) -> None:
    _edit_copy(workspace)
    _edit_handed_out(workspace, OTHER_WORK)
    theirs = _fill(tmp_path / "theirs" / SHOP.id, {"test_shop.py": WORK})
    found = locate(workspace, CATALOG, SHOP.id, cwd=tmp_path / "theirs", path=Path(path))
    assert (found.folder, found.where) == (theirs, Where.PATH)


def test_a_folder_of_any_name_is_known_by_what_it_holds(workspace: Workspace, tmp_path: Path) -> None:
    folder = _fill(tmp_path / "download", {"test_shop.py": WORK})
    (found,) = exercises_at(workspace, CATALOG, Path("download/test_shop.py"), cwd=tmp_path)
    assert (found.exercise, found.folder) == (SHOP.id, folder)


def test_files_that_every_project_has_name_no_exercise(workspace: Workspace, tmp_path: Path) -> None:
    _fill(tmp_path / "project", {"pytest.ini": INI, "conftest.py": b"", "README.md": b""})
    with pytest.raises(KataError, match="belongs to no exercise"):
        exercises_at(workspace, CATALOG, tmp_path / "project", cwd=tmp_path)


def test_files_of_two_exercises_name_neither(workspace: Workspace, tmp_path: Path) -> None:
    two = {"test_shop.py": WORK, "test_clock.py": WORK, "fakes_clock.py": WORK}
    _fill(tmp_path / "heap", two)
    with pytest.raises(KataError, match="belongs to no exercise"):
        exercises_at(workspace, CATALOG, tmp_path / "heap", cwd=tmp_path)
    found = locate(workspace, CATALOG, CLOCK.id, cwd=tmp_path, path=Path("heap"))
    assert found.folder == tmp_path / "heap"


def test_a_suite_of_the_course_is_judged_where_it_lies(workspace: Workspace, tmp_path: Path) -> None:
    accepted = workspace.places.suites / SHOP.id / "accepted" / "by_class"
    _fill(accepted, {"test_shop.py": WORK})
    (found,) = exercises_at(workspace, CATALOG, accepted, cwd=tmp_path)
    assert (found.exercise, found.folder) == (SHOP.id, accepted)


@pytest.mark.parametrize(
    ("path", "expected"),
    [("mine", (SHOP.id, CLOCK.id, CONFIG.id)), ("mine/01_markers", (SHOP.id, CLOCK.id))],
)
def test_a_course_or_a_chapter_stands_for_its_exercises(
    workspace: Workspace, tmp_path: Path, path: str, expected: tuple[str, ...]
) -> None:
    for exercise in CATALOG.values():
        start(workspace, exercise)
    found = exercises_at(workspace, CATALOG, Path(path), cwd=tmp_path)
    assert tuple(location.exercise for location in found) == expected
    assert all(location.folder == workspace.exercise_folder(location.exercise) for location in found)


@pytest.mark.parametrize(
    ("path", "reason"),
    [("mine/01_markers/02_clock", "belongs to 01_markers/02_clock"), ("mine/typo.py", "there is nothing")],
)
def test_a_path_that_is_not_the_exercise_is_refused(
    workspace: Workspace, tmp_path: Path, path: str, reason: str
) -> None:
    start(workspace, CLOCK)
    _fill(tmp_path / "mine", {"test_shop.py": WORK})
    with pytest.raises(KataError, match=reason):
        locate(workspace, CATALOG, SHOP.id, cwd=tmp_path, path=Path(path))


def test_an_unknown_exercise_is_named_with_the_way_to_a_known_one(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(KataError, match=r"09/09: no such exercise. `kata list`"):
        locate(workspace, CATALOG, "09/09", cwd=tmp_path)


# Rule 5: the same from a wheel: a workspace is made anywhere.


def test_outside_a_clone_the_workspace_is_made_where_one_stands(places: Places, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    workspace = open_workspace(places, cwd=home, environ={})
    assert workspace.folder == home / "workspace"
    assert start(workspace, SHOP).folder == home / "workspace" / SHOP.id
    inside = open_workspace(places, cwd=home / "workspace" / "01_markers", environ={})
    assert inside.folder == home / "workspace"


def test_in_a_clone_the_workspace_lies_in_it(places: Places, tmp_path: Path) -> None:
    clone = Places(places.exercises, places.solutions, places.suites, root=tmp_path / "clone")
    assert open_workspace(clone, cwd=tmp_path, environ={}).folder == tmp_path / "clone" / "workspace"


def test_the_option_wins_over_the_environment(places: Places, tmp_path: Path) -> None:
    environ = {"KATA_WORKSPACE": str(tmp_path / "env")}
    assert open_workspace(places, cwd=tmp_path, environ=environ).folder == tmp_path / "env"
    assert open_workspace(places, Path("opt"), cwd=tmp_path, environ=environ).folder == tmp_path / "opt"


def test_a_workspace_inside_the_course_is_refused(places: Places, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(places.exercises)
    for folder in (places.exercises, places.exercises / "mine", tmp_path / "link" / "mine"):
        with pytest.raises(KataError, match="cannot lie in"):
            open_workspace(places, folder, cwd=tmp_path, environ={})


# Starting and resetting.


def test_a_second_start_overwrites_nothing(workspace: Workspace) -> None:
    folder = _edit_copy(workspace)
    _fill(folder, {"shop.py": b"PRICE = 3\n"})
    before = _texts(workspace.folder)
    again = start(workspace, SHOP)
    assert (again.made, again.outdated) == ((), ("shop.py",))
    assert _texts(workspace.folder) == before


def test_plain_pytest_runs_on_a_whole_workspace(workspace: Workspace) -> None:
    for exercise in (SHOP, CLOCK):
        start(workspace, exercise)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    ran = subprocess.run(command, cwd=workspace.folder, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout
    assert "2 passed" in ran.stdout


def test_a_reset_keeps_every_text_that_was_there(workspace: Workspace) -> None:
    folder = _edit_copy(workspace)
    assert reset(workspace, SHOP, folder).kept_aside == (folder / "test_shop.py.1.bak",)
    _edit_copy(workspace, OTHER_WORK)
    assert reset(workspace, SHOP, folder).kept_aside == (folder / "test_shop.py.2.bak",)
    kept = {"test_shop.py.1.bak": WORK, "test_shop.py.2.bak": OTHER_WORK}
    assert _texts(folder) == _handed_out(SHOP) | kept


def test_a_reset_brings_given_files_and_missing_ones_back(workspace: Workspace) -> None:
    start(workspace, CONFIG)
    folder = workspace.exercise_folder(CONFIG.id)
    _fill(folder, {"reader.py": b"OPEN = 0\n", "tests/test_mine.py": WORK})
    (folder / "pytest.ini").unlink()
    done = reset(workspace, CONFIG, folder)
    assert done.restored == ("pytest.ini", "reader.py")
    kept = {"reader.py.1.bak": b"OPEN = 0\n", "tests/test_mine.py.1.bak": WORK}
    assert _texts(folder) == _handed_out(CONFIG) | kept


def test_a_reset_of_what_is_untouched_does_nothing(workspace: Workspace) -> None:
    folder = start(workspace, SHOP).folder
    done = reset(workspace, SHOP, folder)
    assert (done.restored, done.kept_aside) == ((), ())


def test_a_solution_is_never_reset(workspace: Workspace) -> None:
    folder = _fill(workspace.places.solutions / SHOP.id, {"test_shop.py": WORK})
    with pytest.raises(KataError, match="part of the course"):
        reset(workspace, SHOP, folder)
    assert _texts(folder) == {"test_shop.py": WORK}


# What is taken from a folder.


def test_only_editable_files_are_taken(workspace: Workspace) -> None:
    folder = _edit_copy(workspace)
    _fill(folder, {"shop.py": b"PRICE = 9\n", "test_more.py": b"", "conftest.py": b"", "notes.txt": b""})
    assert _read(workspace) == Submission(
        exercise=SHOP.id,
        files={"test_shop.py": WORK},
        edited_given=("shop.py",),
        ignored=("conftest.py", "test_more.py"),
    )


def test_optional_files_are_taken_where_the_globs_allow_them(workspace: Workspace) -> None:
    start(workspace, CONFIG)
    folder = workspace.exercise_folder(CONFIG.id)
    _fill(folder, {"tests/test_a.py": b"", "tests/deep/er/test_b.py": b"", "test_c.py": b""})
    found = _read(workspace, CONFIG)
    expected = {"pytest.ini", "conftest.py", "tests/test_a.py", "tests/deep/er/test_b.py"}
    assert set(found.files) == expected
    assert found.ignored == ("test_c.py",)


def test_a_hand_in_without_given_files_is_whole(workspace: Workspace) -> None:
    _fill(workspace.exercise_folder(SHOP.id), {"test_shop.py": WORK})
    assert _read(workspace) == Submission(SHOP.id, {"test_shop.py": WORK})


def _link(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(path.name)


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda path: None, ProblemKind.MISSING),
        (_link, ProblemKind.LINK),
        (_pipe, ProblemKind.NOT_A_FILE),
        (_socket, ProblemKind.NOT_A_FILE),
        (Path.mkdir, ProblemKind.NOT_A_FILE),
        (lambda path: path.write_bytes(b"#" * (FILE_LIMIT_BYTES + 1)), ProblemKind.TOO_LARGE),
        (lambda path: path.write_bytes(b"\n\xff"), ProblemKind.NOT_TEXT),
    ],
)
def test_what_is_no_plain_text_file_is_a_problem(
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Path], object],
    kind: ProblemKind,
) -> None:
    start(workspace, SHOP)
    monkeypatch.chdir(workspace.exercise_folder(SHOP.id))  # A socket's path must be short.
    Path("test_shop.py").unlink()
    make(workspace.exercise_folder(SHOP.id) / "test_shop.py")
    found = _read(workspace)
    assert found.files == {}
    assert [(problem.kind, problem.path) for problem in found.problems] == [(kind, "test_shop.py")]


def test_a_file_that_cannot_be_read_is_a_problem(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    start(workspace, SHOP)

    def refused(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("checker.submission.os.open", refused)
    assert _read(workspace).problems == (
        Problem(ProblemKind.UNREADABLE, "test_shop.py", "it cannot be read (Permission denied)"),
    )


def test_a_folder_that_is_a_link_is_not_entered(workspace: Workspace, tmp_path: Path) -> None:
    outside = _fill(tmp_path / "outside", {"test_secret.py": WORK})
    start(workspace, CONFIG)
    (workspace.exercise_folder(CONFIG.id) / "tests").symlink_to(outside)
    found = _read(workspace, CONFIG)
    assert set(found.files) == {"pytest.ini", "conftest.py"}
    assert [(problem.kind, problem.path) for problem in found.problems] == [(ProblemKind.LINK, "tests")]


def test_a_linked_folder_above_the_exercise_is_refused_below_what_is_trusted(
    workspace: Workspace, tmp_path: Path
) -> None:
    _fill(tmp_path / "class" / "other" / SHOP.id, {"test_shop.py": WORK})
    (tmp_path / "class" / "me").symlink_to("other")
    pristine = workspace.manifest.files(SHOP.id)
    folder = tmp_path / "class" / "me" / SHOP.id
    found = read_submission(folder, SHOP, pristine, within=tmp_path / "class")
    assert found.files == {}
    assert [problem.kind for problem in found.problems] == [ProblemKind.LINK]


@pytest.mark.parametrize("path", ["../test_shop.py", "/etc/passwd", "a//b.py", "./b.py", "a\\b.py", "c:b.py"])
def test_a_path_that_leaves_the_exercise_is_a_problem(workspace: Workspace, path: str) -> None:
    start(workspace, SHOP)
    exercise = Exercise(SHOP.id, (path,))
    found = read_submission(workspace.exercise_folder(SHOP.id), exercise, {})
    assert found.files == {}
    assert [problem.kind for problem in found.problems] == [ProblemKind.UNSAFE_PATH]


def test_more_files_than_the_limit_are_not_taken(workspace: Workspace) -> None:
    start(workspace, CONFIG)
    folder = workspace.exercise_folder(CONFIG.id)
    _fill(folder, {f"tests/test_{number:03}.py": b"" for number in range(199)})
    found = _read(workspace, CONFIG)
    assert len(found.files) == 200
    assert [problem.kind for problem in found.problems] == [ProblemKind.TOO_MANY]


# Handing in.


def test_a_hand_in_holds_the_editable_files_of_all_that_was_started(workspace: Workspace, tmp_path: Path) -> None:
    _edit_copy(workspace)
    _fill(workspace.places.exercise_folder(CLOCK.id), {"test_clock.py": OTHER_WORK})
    done = write_handin(workspace, CATALOG, tmp_path / "handin.zip")
    assert (done.exercises, done.problems) == ((SHOP.id, CLOCK.id), ())
    with zipfile.ZipFile(done.path) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    assert found == {
        f"{SHOP.id}/test_shop.py": WORK,
        f"{CLOCK.id}/test_clock.py": OTHER_WORK,
        f"{CLOCK.id}/fakes_clock.py": b"",
    }


def test_the_same_work_gives_the_same_zip(workspace: Workspace, tmp_path: Path) -> None:
    folder = _edit_copy(workspace)
    first = write_handin(workspace, CATALOG, tmp_path / "a.zip").path.read_bytes()
    os.utime(folder / "test_shop.py", (1, 1))
    assert write_handin(workspace, CATALOG, tmp_path / "b.zip").path.read_bytes() == first


def test_an_existing_zip_is_never_overwritten(workspace: Workspace, tmp_path: Path) -> None:
    _edit_copy(workspace)
    target = free_name(tmp_path)
    write_handin(workspace, CATALOG, target)
    with pytest.raises(ZipExists):
        write_handin(workspace, CATALOG, target)
    assert (target.name, free_name(tmp_path).name) == ("handin.zip", "handin.2.zip")


def test_a_hand_in_says_what_it_leaves_out(workspace: Workspace, tmp_path: Path) -> None:
    folder = start(workspace, SHOP).folder
    (folder / "test_shop.py").unlink()
    done = write_handin(workspace, CATALOG, tmp_path / "handin.zip")
    assert [(key, problem.kind) for key, problem in done.problems] == [(SHOP.id, ProblemKind.MISSING)]


def test_a_hand_in_of_two_different_texts_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    _edit_copy(workspace)
    _edit_handed_out(workspace, OTHER_WORK)
    with pytest.raises(BothEdited):
        write_handin(workspace, CATALOG, tmp_path / "handin.zip")


def test_nothing_started_is_nothing_to_hand_in(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(KataError, match="nothing to hand in"):
        write_handin(workspace, CATALOG, tmp_path / "handin.zip")
    assert not (tmp_path / "handin.zip").exists()
