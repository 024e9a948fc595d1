"""What is remembered of finished work: written whole, read kindly, made again when damaged; tracks; updates."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.cli.context import Context
from checker.errors import KataError
from checker.state import Accepted, State, load_state, save_state, with_accepted
from checker.tests.command import Desk, make_desk
from checker.tests.workers import BOX, GREETING, SETTINGS

WORK = {"test_x.py": b"assert 1\n"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


@pytest.fixture
def context(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Context:
    for name, value in desk.environment.items():
        if name.startswith("KATA"):
            monkeypatch.setenv(name, value)
    return Context(None, desk.folder)


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    state = with_accepted(State(track="one-day"), "a/b", WORK, "v1")
    save_state(tmp_path, state)
    assert load_state(tmp_path) == state


def test_the_file_has_one_line_an_exercise_so_that_two_can_be_merged(tmp_path: Path) -> None:
    save_state(tmp_path, with_accepted(with_accepted(State(), "a/b", WORK, "v"), "c/d", WORK, "v"))
    lines = (tmp_path / ".kata.toml").read_text().splitlines()
    assert [line.partition(" ")[0] for line in lines[-2:]] == ['"a/b"', '"c/d"']


def test_an_entry_without_the_version_of_its_exercise_counts(tmp_path: Path) -> None:
    (tmp_path / ".kata.toml").write_text('format = 1\n[accepted]\n"a/b" = "abc"\n')
    assert load_state(tmp_path).accepted == {"a/b": Accepted("abc")}


@pytest.mark.parametrize(
    "text",
    [
        "<<<<<<< ours\n",
        "format = 2\n[accepted]\n",
        'format = 1\n[accepted]\n"a/b" = 3\n',
        'format = 1\n[accepted]\n"a/b" = { other = "x" }\n',
        'format = 1\n[accepted]\n"a/b" = { work = 1 }\n',
        "format = 1\ntrack = 3\n[accepted]\n",
        "format = 1\naccepted = 3\n",
        "format = 1\n",
        b"\xff\xfe",
    ],
)
def test_a_damaged_file_is_set_aside(tmp_path: Path, text: str | bytes) -> None:
    raw = text.encode() if isinstance(text, str) else text
    (tmp_path / ".kata.toml").write_bytes(raw)
    state = load_state(tmp_path)
    assert state.accepted == {}
    assert state.set_aside is not None
    assert state.set_aside.read_bytes() == raw
    assert not (tmp_path / ".kata.toml").exists()


def test_work_noted_by_another_terminal_meanwhile_is_kept(context: Context) -> None:
    assert context.state.accepted == {}  # read before the other one writes
    save_state(context.workspace.folder, with_accepted(State(), BOX, WORK, "v"))
    context.note_accepted(GREETING, WORK)
    assert set(load_state(context.workspace.folder).accepted) == {GREETING, BOX}


def test_a_finished_exercise_that_has_changed_is_told(context: Context, desk: Desk) -> None:
    context.note_accepted(GREETING, WORK)
    context.note_accepted(BOX, WORK)
    assert context.changed() == []
    brief = desk.course / "exercises" / BOX / "README.md"
    brief.write_text(brief.read_text() + "\nAnd one point more.\n")
    assert Context(None, desk.folder).changed() == [BOX]


def test_an_exercise_that_is_gone_does_no_harm(context: Context) -> None:
    save_state(context.workspace.folder, with_accepted(State(), "99_gone/01_gone", WORK, "v"))
    assert context.changed() == []
    assert [exercise.id for exercise in context.todo()] == [GREETING, BOX, SETTINGS]


def test_the_last_exercise_of_a_chapter_does_for_the_chapter(context: Context) -> None:
    context.note_accepted(BOX, WORK)
    assert [exercise.id for exercise in context.todo()] == [SETTINGS]


def test_a_track_is_followed_until_all_is_chosen_again(context: Context, desk: Desk) -> None:
    file = desk.course / "exercises" / BOX / "exercise.toml"
    file.write_text(file.read_text() + '\ntracks = ["short"]\n')
    context.choose_track("short")
    assert [exercise.id for exercise in Context(None, desk.folder).todo()] == [BOX]
    context.choose_track("all")
    assert len(Context(None, desk.folder).todo()) == 3


def test_an_unknown_track_is_an_error_that_names_those_there_are(context: Context) -> None:
    with pytest.raises(KataError, match=r"There is no track long\. There are: .*all\."):
        context.choose_track("long")
