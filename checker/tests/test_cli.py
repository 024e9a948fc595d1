"""The command line: every command, names, locks, hints, hand-ins; verdicts as JSON, against golden files."""

from __future__ import annotations

import json
import os
import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.main import get_command

from checker.cli import check, grade, lab, learn, maintain  # noqa: F401  (they register their commands)
from checker.cli.app import app
from checker.cli.main import run
from checker.tests.command import FILES, Desk, Done, make_desk
from checker.tests.workers import BOX, GREETING, SETTINGS

GOLDEN = Path(__file__).with_name("golden")
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


Kata = Callable[..., Done]


@pytest.fixture
def kata(desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kata:
    """`kata ARGUMENTS` in this process: for commands that need no workers."""
    for name in ("NO_COLOR", "FORCE_COLOR", "UV_RUN_RECURSION_DEPTH", "KATA_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in desk.environment.items():
        if name.startswith("KATA") or name == "COLUMNS":
            monkeypatch.setenv(name, value)
    monkeypatch.chdir(desk.folder)

    def call(*arguments: str) -> Done:
        with pytest.raises(SystemExit) as ended:
            run(list(arguments))
        out, err = capsys.readouterr()
        return Done(int(ended.value.code or 0), out, err)

    return call


def _plain(text: str) -> str:
    return " ".join(text.split())


# Golden verdicts


@dataclass(frozen=True, slots=True)
class Judged:
    exercise: str
    text: str  # where the text comes from, below the course; "" for the starter


CASES = {
    "greeting_starter": Judged(GREETING, ""),
    "greeting_solution": Judged(GREETING, "solutions/{}/test_tiny_greeting.py"),
    "greeting_weak": Judged(GREETING, "suites/{}/false_friends/only_members/test_tiny_greeting.py"),
    "greeting_over_specified": Judged(GREETING, "suites/{}/false_friends/pins_the_message/test_tiny_greeting.py"),
    "box_starter": Judged(BOX, ""),
    "box_solution": Judged(BOX, "solutions/{}/conftest.py"),
    "settings_starter": Judged(SETTINGS, ""),
    "settings_solution": Judged(SETTINGS, "solutions/{}/pytest.ini"),
}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    """All golden cases, judged by one process."""
    desk = make_desk(tmp_path_factory.mktemp("golden"))
    folders = []
    for name, case in CASES.items():
        path = desk.course / (case.text.format(case.exercise) or f"exercises/{case.exercise}/{FILES[case.exercise]}")
        folders.append(str(desk.started(case.exercise, path.read_bytes(), among=name)))
    done = desk.run("check", "--json", *folders)
    assert done.err == ""
    assert done.status == 1
    return {name: Done(0, line, "") for name, line in zip(CASES, done.out.splitlines(), strict=True)}


@pytest.mark.parametrize("name", CASES)
def test_the_json_of_a_verdict_is_as_the_golden_file_has_it(verdicts: dict[str, Done], name: str) -> None:
    found = verdicts[name].verdict
    for varying in ("duration_s", "trials", "versions"):  # a trial that wavers on a busy machine is run once more
        assert varying in found
        del found[varying]
    text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    path = GOLDEN / f"{name}.json"
    if os.environ.get("KATA_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), "KATA_GOLDEN=write writes it anew, if the change is meant"


def test_every_golden_file_belongs_to_a_case() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(CASES)


# Every command


RUNS: dict[str, tuple[list[str], int]] = {
    "list": (["list"], 0),
    "brief": (["brief", GREETING], 0),
    "start": (["start", GREETING], 0),
    "reset": (["reset", GREETING], 0),
    "explain": (["explain", "never-awaited"], 0),
    "solution": (["solution", GREETING, "--spoil"], 0),
    "bugs": (["bugs", GREETING, "--spoil"], 0),
    "doctor": (["doctor"], 0),
    "manifest": (["manifest"], 0),
    "handin": (["handin"], 2),  # nothing is started
    # Tried elsewhere in this file, or in processes of their own.
    "check": (["check", "--help"], 0),
    "hint": (["hint", "--help"], 0),
    "test": (["test", "--help"], 0),
    "audit": (["audit", "--help"], 0),
    "bench": (["bench", "--help"], 0),
    "selftest": (["selftest", "--help"], 0),
    "watch": (["watch", "--help"], 0),
    "picture": (["picture", "--help"], 0),
    "lab": (["lab", "--help"], 0),
    "grade": (["grade", "--help"], 0),
    "pack": (["pack", "--help"], 0),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does_and_runs(kata: Kata, command: str) -> None:
    helped = kata(command, "--help")
    assert helped.status == 0
    said = get_command(app).commands[command].help  # type: ignore[attr-defined]
    assert said
    assert _plain(said).split(".")[0][:60] in _plain(helped.out)
    arguments, status = RUNS[command]
    done = kata(*arguments)
    assert (done.status, "Traceback" in done.err) == (status, False)
    assert done.out or done.err


def test_the_help_names_every_command(kata: Kata) -> None:
    out = kata("--help").out
    for command in COMMANDS:
        assert re.search(rf"^\W*{command}\b", out, re.MULTILINE), command


def test_those_that_start_processes_run_too(desk: Desk) -> None:
    desk.started()
    ran = desk.run("test", GREETING, "--", "-q", "-p", "no:cacheprovider")
    assert ran.status == 0
    assert "4 passed" in ran.out
    version = desk.run("selftest", "--", "--version")
    assert version.status == 0
    assert "pytest" in version.out + version.err
    proven = desk.run("audit", BOX)
    assert proven.status == 0
    assert f"proven  {BOX}" in proven.out
    in_a_hurry = desk.run("audit", "--minutes", "0")
    assert in_a_hurry.status == 0
    assert "1 of 3 exercises, 0 problems." in in_a_hurry.out
    measured = desk.run("bench", BOX, "--rounds", "1")
    assert measured.status == 0
    assert BOX in measured.out


def test_without_a_command_one_learns_where_one_is_and_what_is_next(desk: Desk, kata: Kata) -> None:
    done = kata()
    assert done.status == 0
    assert "0 of 3 exercises done" in done.out
    assert f"kata check {GREETING}" in _plain(done.out)
    assert desk.file().is_file()


# Text


@pytest.mark.parametrize("name", ["greeting_starter", "greeting_weak", "box_starter"])
def test_what_is_piped_has_no_escape_codes(desk: Desk, name: str) -> None:
    case = CASES[name]
    path = desk.course / (case.text.format(case.exercise) or f"exercises/{case.exercise}/{FILES[case.exercise]}")
    desk.started(case.exercise, path.read_bytes())
    done = desk.run("check", case.exercise, "--matrix", env=desk.environment | {"TERM": "xterm-256color"})
    assert done.status == 1
    assert "\x1b" not in done.out + done.err
    assert "REJECTED" in done.out


def _on_a_terminal(desk: Desk, *arguments: str, **environment: str) -> str:
    """What `kata ARGUMENTS` writes to a terminal."""
    import pty

    ours, theirs = pty.openpty()
    settings = {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | environment
    with desk.start(*arguments, stdout=theirs, stderr=theirs, env=desk.environment | settings) as process:
        os.close(theirs)
        chunks = []
        while True:
            try:
                chunk = os.read(ours, 65_536)
            except OSError:  # Linux's word for the end
                break
            if not chunk:
                break
            chunks.append(chunk)
        process.wait()
    os.close(ours)
    return b"".join(chunks).decode()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_gets_colours_unless_it_asks_for_none(desk: Desk) -> None:
    desk.started()
    coloured = _on_a_terminal(desk, "list")
    plain = _on_a_terminal(desk, "check", GREETING, NO_COLOR="1")
    assert "\x1b[" in coloured
    assert "\x1b" not in plain
    assert "ACCEPTED" in plain


def test_a_pipe_gets_colours_where_they_are_forced_and_no_screen(desk: Desk) -> None:
    desk.started()
    forced = desk.environment | {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    assert "\x1b[1;32mACCEPTED" in desk.run("check", GREETING, env=forced).out
    assert "\x1b[?1049h" not in desk.run(env=forced).out


# Names


@pytest.mark.parametrize("typed", [GREETING, "01_greeting", "greeting", "01_first/01", "GREET", f"{GREETING}/"])
def test_a_name_or_any_part_of_it_will_do(kata: Kata, typed: str) -> None:
    done = kata("brief", typed)
    assert done.status == 0
    assert "A greeting" in done.out


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("01_greting", f"Did you mean {GREETING}?"),
        ("settngs", f"Did you mean {SETTINGS}?"),
        ("xyzzy", "`kata list` names them all"),
        ("01_", f"could be any of {GREETING}, {BOX}, {SETTINGS}"),
    ],
)
def test_a_name_that_fits_none_or_many_is_told_what_was_meant(kata: Kata, typed: str, says: str) -> None:
    done = kata("brief", typed)
    assert done.status == 2
    assert says in _plain(done.err)


def test_the_list_can_be_narrowed(kata: Kata) -> None:
    assert "01_greeting" in kata("list").out
    assert "02_open_box" not in kata("list", "greet").out
    assert "01_settings" not in kata("list", "--track", "one-day").out
    assert "No exercise fits" in kata("list", "nothing of the kind").out


# Locks, hints, hand-ins


def test_solution_and_bugs_are_locked_until_ones_own_work_is_accepted(desk: Desk, kata: Kata) -> None:
    for command in ("solution", "bugs"):
        locked = kata(command, GREETING)
        assert locked.status == 2
        assert "once your own work is accepted" in _plain(locked.err)
        assert kata(command, GREETING, "--spoil").status == 0
    desk.started()
    assert desk.run("check", GREETING).status == 0
    solution, bugs = kata("solution", GREETING), kata("bugs", GREETING)
    assert (solution.status, bugs.status) == (0, 0)
    assert "test_a_stranger_is_greeted" in solution.out
    assert "if known or name else" in bugs.out
    assert "The sentence ends without a full stop." not in bugs.out  # held
    assert "1 of 3 exercises done" in kata().out
    assert "done" in kata("list", "greet").out


def test_hints_climb_to_the_planted_line(desk: Desk) -> None:
    weak = desk.course / "suites" / GREETING / "false_friends/only_members/test_tiny_greeting.py"
    desk.started(text=weak.read_bytes())
    texts = [_plain(desk.run("hint", GREETING).out) for _ in range(2)]
    last = _plain(desk.run("hint", GREETING, "--rung", "9").out)
    assert "Strangers are welcomed back." in texts[0]
    assert "Who is not a member?" in texts[0]
    assert "A second test" not in texts[0]
    assert "A second test" in texts[1]
    assert "if known or name else" not in texts[1]
    assert "if known or name else" in last


def test_a_hint_is_about_what_must_be_corrected_first(desk: Desk) -> None:
    first, last = desk.run("hint", GREETING), desk.run("hint", GREETING, "--rung", "9")
    assert "test_tiny_greeting.py:12" in first.out
    assert "compare" not in first.out.lower()
    assert first.out.splitlines()[0] in last.out
    assert len(last.out) > len(first.out)


def test_a_handin_holds_the_files_to_edit_and_overwrites_nothing(desk: Desk, kata: Kata) -> None:
    desk.started()
    desk.started(BOX)
    (desk.file().parent / "scrap.py").write_text("x = 1\n")
    first, second = kata("handin"), kata("handin")
    assert (first.status, second.status) == (0, 0)
    assert "2 exercises" in first.out
    with zipfile.ZipFile(desk.folder / "handin.zip") as archive:
        assert sorted(archive.namelist()) == [f"{GREETING}/test_tiny_greeting.py", f"{BOX}/conftest.py"]
        assert archive.read(f"{GREETING}/test_tiny_greeting.py") == desk.file().read_bytes()
    assert (desk.folder / "handin.2.zip").read_bytes() == (desk.folder / "handin.zip").read_bytes()
    assert kata("handin", "--to", "handin.zip").status == 2


def test_the_module_and_the_function_are_the_same_program(desk: Desk) -> None:
    asked = desk.run("list", "greet")
    script = desk.run("list", "greet", program="from checker.cli.main import run\nrun()")
    assert asked.out == script.out


# Grading


def test_a_class_is_graded(desk: Desk) -> None:
    desk.started(among="../in/kim")
    (desk.folder / "in/sam").mkdir()
    done = desk.run("grade", "in", "--out", "grades", "--only", "greeting", "--sandbox", "off")
    assert done.status == 0, done.err
    assert "2 learners, 1 exercises: practice, for there was no sandbox." in done.out
    rows = (desk.folder / "grades/gradebook.csv").read_text().splitlines()
    assert rows[1:] == ["kim,,,,100,0,100.0", "sam,,,,,0,0.0"]
    assert {path.name for path in (desk.folder / "grades").iterdir()} == {
        "feedback",
        "gradebook.csv",
        "report.html",
        "results.json",
        "results.sqlite",
    }


def test_a_policy_may_name_what_is_not_graded_now(desk: Desk) -> None:
    desk.started(among="../in/kim")
    (desk.folder / "policy.toml").write_text('format = 1\n[weights]\n"02_second" = 3\n')
    done = desk.run(
        *("grade", "in", "--out", "grades", "--only", "greeting", "--sandbox", "off", "--policy", "policy.toml")
    )
    assert done.status == 0, done.err
    rows = (desk.folder / "grades/gradebook.csv").read_text().splitlines()
    assert rows[1:] == ["kim,,,,100,0,100.0"]


def test_a_bug_of_ones_own_without_correct_code_like_it_is_named(desk: Desk) -> None:
    desk.started(among="../in/kim")
    ours = desk.folder / "ours" / GREETING / "suite.toml"
    ours.parent.mkdir(parents=True)
    text = 'format = 1\n[[mutant]]\nid = "own_bug"\nbehaviour = "The register tells numbers."\n'
    ours.write_text(text + 'file = "tiny_greeting.py"\nfind = "Awaitable[bool]"\nreplace = "Awaitable[int]"\n')
    done = desk.run("grade", "in", "--out", "grades", "--only", "greeting", "--sandbox", "off", "--private", "ours")
    assert done.status == 0, done.err
    assert "held mutant own_bug changes (top level) in tiny_greeting.py" in done.err


def test_grading_without_a_sandbox_is_refused(desk: Desk) -> None:
    desk.started(among="../in/kim")
    done = desk.run("grade", "in", "--out", "grades", env=desk.environment | {"PATH": ""})
    assert (done.status, "--sandbox off" in done.err) == (2, True)
    assert not (desk.folder / "grades").exists()


@pytest.mark.parametrize(
    ("folder", "said"), [("nothing", "no such folder"), ("empty", "there is nothing in it")], ids=["missing", "empty"]
)
def test_a_class_that_is_not_there_is_told(desk: Desk, kata: Kata, folder: str, said: str) -> None:
    (desk.folder / "empty").mkdir()
    done = kata("grade", folder, "--out", "grades", "--sandbox", "off")
    assert (done.status, said in _plain(done.err)) == (2, True)
