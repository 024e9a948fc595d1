"""What is taken of what was handed in, and what is refused, for one learner without harm to the others."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.catalog import load_exercises
from checker.grading import intake
from checker.grading.intake import BadIntake, HandedIn, Learner, read_class, read_roster
from checker.places import find_places
from checker.submission import ProblemKind
from checker.tests.workers import BOX, GREETING, TINY

EXERCISES = load_exercises(find_places(TINY))
TEST = f"{GREETING}/test_tiny_greeting.py"


def zipped(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def tarred(path: Path, members: dict[str, bytes]) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


def laid(path: Path, members: dict[str, bytes]) -> None:
    for name, data in members.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)


def only(folder: Path) -> HandedIn:
    (entry,) = read_class(folder, EXERCISES)
    return entry


@pytest.mark.parametrize(
    ("name", "write"),
    [pytest.param("kim", laid, id="folder"), pytest.param("kim.zip", zipped, id="zip"), ("kim.tar.gz", tarred)],
)
@pytest.mark.parametrize("above", ["", "workspace/", "some/where/"], ids=["bare", "workspace", "deep"])
def test_the_files_to_edit_are_taken(
    tmp_path: Path, name: str, write: Callable[[Path, dict[str, bytes]], None], above: str
) -> None:
    write(
        tmp_path / name, {f"{above}{TEST}": b"text\n", f"{above}{GREETING}/tiny_greeting.py": b"mine\n", "x.txt": b""}
    )
    entry = only(tmp_path)
    assert entry.learner == Learner("kim")
    assert {key: dict(value.files) for key, value in entry.submissions.items()} == {
        GREETING: {"test_tiny_greeting.py": b"text\n"}
    }
    assert entry.trouble == ()


@pytest.mark.parametrize(
    ("name", "learner"),
    [
        pytest.param("Robin Doe_4711_assignsubmission_file_", Learner("4711", "Robin Doe"), id="moodle"),
        pytest.param("doerobin_4711_991_handin.zip", Learner("4711", "doerobin"), id="canvas"),
        pytest.param("doerobin_LATE_4711_991_handin.zip", Learner("4711", "doerobin"), id="canvas-late"),
        pytest.param("robin.doe", Learner("robin.doe"), id="plain"),
    ],
)
def test_exports_of_other_systems_are_recognised(tmp_path: Path, name: str, learner: Learner) -> None:
    if name.endswith(".zip"):
        zipped(tmp_path / name, {TEST: b""})
    else:
        (tmp_path / name).mkdir()
        zipped(tmp_path / name / "handin.zip", {TEST: b""})
    entry = only(tmp_path)
    assert entry.learner == learner
    assert set(entry.submissions) == {GREETING}


def test_a_roster_names_learners_and_those_who_are_missing(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("\ufeffid,Name,E-Mail,section\nkim,Kim,k@example.org,A\nsam,Sam,,B\n")
    (tmp_path / "in").mkdir()
    laid(tmp_path / "in/tests-kim", {TEST: b""})
    roster = read_roster(tmp_path / "roster.csv")
    kim, sam = read_class(tmp_path / "in", EXERCISES, roster)
    assert kim.learner == Learner("kim", "Kim", "k@example.org", "A")
    assert set(kim.submissions) == {GREETING}
    assert (sam.learner.name, dict(sam.submissions)) == ("Sam", {})


@pytest.mark.parametrize("text", ["name\nKim\n", "id,name\nkim,Kim\nkim,Kim again\n", b"\xff\xfe\x00"])
def test_a_roster_that_cannot_be_used_is_told(tmp_path: Path, text: str | bytes) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(BadIntake, match=r"roster\.csv"):
        read_roster(path)


def test_two_entries_of_one_learner_are_told(tmp_path: Path) -> None:
    laid(tmp_path / "kim", {TEST: b""})
    zipped(tmp_path / "kim.zip", {TEST: b""})
    with pytest.raises(BadIntake, match="second entry of kim"):
        read_class(tmp_path, EXERCISES)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadIntake, match="no such folder"):
        read_class(tmp_path / "nothing", EXERCISES)


@pytest.mark.parametrize("name", ["../escape.py", "/etc/passwd", "a/../../b", "C:/x.py", "..\\x.py"])
@pytest.mark.parametrize("write", [zipped, tarred], ids=["zip", "tar"])
def test_a_name_that_leaves_its_folder_refuses_the_entry(
    tmp_path: Path, name: str, write: Callable[[Path, dict[str, bytes]], None]
) -> None:
    write(tmp_path / f"kim{'.zip' if write is zipped else '.tar.gz'}", {TEST: b"", name: b"x"})
    entry = only(tmp_path)
    assert entry.submissions == {}
    assert "leave its folder" in entry.trouble[0]


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "TOTAL_LIMIT_B", 100_000)
    with zipfile.ZipFile(tmp_path / "kim.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(10):
            archive.writestr(f"{number}.py", bytes(50_000))
    assert "unpacks to more than" in only(tmp_path).trouble[0]


@pytest.mark.parametrize("write", [zipped, tarred, laid], ids=["zip", "tar", "folder"])
def test_too_many_files_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, dict[str, bytes]], None]
) -> None:
    monkeypatch.setattr(intake, "MEMBERS_LIMIT", 20)
    ending = ".zip" if write is zipped else ".tar.gz" if write is tarred else ""
    write(tmp_path / f"kim{ending}", {f"{number}.py": b"" for number in range(21)})
    assert "more than 20 files" in only(tmp_path).trouble[0]


def test_a_large_file_is_a_problem_of_its_exercise(tmp_path: Path) -> None:
    laid(tmp_path / "kim", {TEST: b"#" * 300_000, f"{BOX}/conftest.py": b"fine"})
    submissions = only(tmp_path).submissions
    assert [problem.kind for problem in submissions[GREETING].problems] == [ProblemKind.TOO_LARGE]
    assert submissions[BOX].problems == ()


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("gradebook")
    (tmp_path / "in/kim" / GREETING).mkdir(parents=True)
    (tmp_path / "in/kim" / TEST).symlink_to(secret)
    (tmp_path / "in/sam").symlink_to(tmp_path)
    kim, sam = read_class(tmp_path / "in", EXERCISES)
    assert [problem.kind for problem in kim.submissions[GREETING].problems] == [ProblemKind.LINK]
    assert "link" in sam.trouble[0]


def test_a_link_in_a_zip_is_none_either(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "kim.zip", "w") as archive:
        link = zipfile.ZipInfo(TEST)
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    (submission,) = only(tmp_path).submissions.values()
    assert [problem.kind for problem in submission.problems] == [ProblemKind.LINK]


def test_what_is_no_archive_is_told(tmp_path: Path) -> None:
    (tmp_path / "kim.zip").write_bytes(b"PK\x03\x04 nonsense")
    laid(tmp_path / "sam", {TEST: b"text"})
    kim, sam = read_class(tmp_path, EXERCISES)
    assert "cannot be read as an archive" in kim.trouble[0]
    assert set(sam.submissions) == {GREETING}


def test_a_file_that_is_missing_is_a_problem(tmp_path: Path) -> None:
    laid(tmp_path / "kim", {TEST: b"", f"{BOX}/test_tiny_box.py": b""})
    assert set(only(tmp_path).submissions) == {GREETING}


def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    laid(tmp_path / "kim", {f"a/{TEST}": b"first", f"b/{TEST}": b"second"})
    entry = only(tmp_path)
    assert entry.submissions[GREETING].files == {"test_tiny_greeting.py": b"first"}
    assert "handed in twice" in entry.trouble[0]
