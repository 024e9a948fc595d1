"""Rubbish, accidents and bad luck through the real command line: a clear word, in time, and nobody's file changed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from checker.tests.command import FULL_DISK, IMPATIENT, LIMIT_S, Desk, Done, make_desk
from checker.tests.workers import BOX, GREETING, SETTINGS, TINY, descendants, is_alive


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def _assert_clean(desk: Desk, done: Done) -> None:
    """What holds whatever the input was."""
    assert "Traceback" not in done.err
    assert "fault of the workshop" not in done.err
    _assert_nothing_is_left(desk)


def _assert_nothing_is_left(desk: Desk) -> None:
    # A zygote that was started beforehand and not needed tidies up a moment after the program has ended.
    end = time.monotonic() + LIMIT_S
    while left := list(desk.temporary.iterdir()):
        assert time.monotonic() < end, left
        time.sleep(0.01)


@dataclass(frozen=True, slots=True)
class Rubbish:
    """A file, and what must be said of it."""

    text: str | bytes
    code: str
    says: str
    program: str = ""


OUTPUT = "from tiny_greeting import greeting\nimport os, sys\ndef test_it():\n"
RUBBISH = {
    "empty": Rubbish("", "no-tests", "no test"),
    "syntax": Rubbish("def test_it(:\n", "suite-error", "SyntaxError"),
    "nul": Rubbish(b"def test_it():\n    assert '\0'\n", "suite-error", "null bytes"),
    "too-deep": Rubbish("def test_it():\n    assert " + "-" * 50_000 + "1\n", "suite-error", "Error"),
    "too-long-a-chain": Rubbish("def test_it():\n    a" + ".b" * 50_000 + "\n", "suite-error", "RecursionError"),
    "not-utf8": Rubbish(b"def test_it():\n    assert '\xff\xfe'\n", "suite-error", "line 2 is not UTF-8 text"),
    "too-large": Rubbish(b"# " + b"x" * 300_000, "suite-error", "larger than 256 KiB"),
    "import-of-nothing": Rubbish("import no_such_module\ndef test_it(): pass\n", "suite-error", "no_such_module"),
    "import-loop": Rubbish(
        "from test_tiny_greeting import late\ndef test_it(): pass\nlate = 1\n", "suite-error", "late"
    ),
    "a-million-lines": Rubbish(
        OUTPUT + "    for n in range(1_000_000): print(n)\n    assert 0\n", "red-on-reference", "assert 0"
    ),
    "200-megabytes": Rubbish(
        OUTPUT + "    for n in range(200):\n        os.write(1, b'x' * (1 << 20))\n"
        "        sys.stderr.write('y' * (1 << 20))\n    assert 0\n",
        "red-on-reference",
        "assert 0",
    ),
    "a-long-message": Rubbish(
        "def test_it():\n    raise AssertionError('x' * 20_000_000)\n", "red-on-reference", "AssertionError"
    ),
    "a-terminal-trick": Rubbish(
        "def test_it():\n    raise AssertionError('\\x1b]0;owned\\x07 \\ud800 \\x00')\n", "red-on-reference", "owned"
    ),
    "hanging-test": Rubbish(
        "import asyncio\ndef test_it(): asyncio.run(asyncio.Event().wait())\n",
        "timeout",
        "test_it did not come to an end",
        IMPATIENT,
    ),
    "hanging-import": Rubbish(
        "import asyncio\nasyncio.run(asyncio.Event().wait())\n", "timeout", "did not come to an end", IMPATIENT
    ),
    "fork-bomb": Rubbish(
        "import os\ndef test_it():\n    while True: os.fork()\n", "red-on-reference", "at most 8 processes"
    ),
    "process-bomb": Rubbish(
        "import subprocess, sys\ndef test_it():\n    while True: subprocess.Popen([sys.executable, '-c', 'input()'])\n",
        "red-on-reference",
        "at most 8 processes",
    ),
    "memory": Rubbish(
        "import mmap\ndef test_it():\n    x = [mmap.mmap(-1, 1 << 26, flags=mmap.MAP_PRIVATE) for _ in range(1_000)]\n",
        "red-on-reference",
        "Cannot allocate memory",
    ),
    "disk": Rubbish(
        "from pathlib import Path\ndef test_it(): Path('big').write_bytes(b'x' * (100 << 20))\n",
        "red-on-reference",
        "File too large",
    ),
}


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    """All the rubbish, judged in as few processes as will do: what was said of each."""
    desk = make_desk(tmp_path_factory.mktemp("rubbish"))
    told: dict[str, Done] = {}
    for program in ("", IMPATIENT):
        names = [name for name, rubbish in RUBBISH.items() if rubbish.program == program]
        folders = [desk.started(text=RUBBISH[name].text, among=name) for name in names]
        before = desk.snapshot()
        done = desk.run("check", "--json", *map(str, folders), program=program)
        _assert_clean(desk, done)
        assert done.status == 1, done.err
        assert desk.snapshot() == before
        told |= {name: Done(1, line, "") for name, line in zip(names, done.out.splitlines(), strict=True)}
    return told


@pytest.mark.parametrize("name", RUBBISH)
def test_rubbish_is_rejected_with_a_clear_finding(batch: dict[str, Done], name: str) -> None:
    rubbish, done = RUBBISH[name], batch[name]
    assert done.verdict["verdict"] == "rejected"
    assert rubbish.code in done.codes
    assert rubbish.says in " ".join(found["message"] for found in done.verdict["findings"])
    assert "\x1b" not in done.out


def _link(desk: Desk) -> None:
    desk.file().unlink()
    desk.file().symlink_to("/etc/passwd")


def _folder(desk: Desk) -> None:
    desk.file().unlink()
    desk.file().mkdir()


def _pipe(desk: Desk) -> None:
    desk.file().unlink()
    os.mkfifo(desk.file())


def _unreadable(desk: Desk) -> None:
    desk.file().chmod(0)
    if os.access(desk.file(), os.R_OK):
        pytest.skip("this user may read everything")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        pytest.param(lambda desk: desk.file().unlink(), "the file is not there", id="missing"),
        pytest.param(_link, "it is a link, and links are not followed", id="link"),
        pytest.param(_folder, "it is not a regular file", id="folder"),
        pytest.param(_pipe, "it is not a regular file", id="pipe"),
        pytest.param(_unreadable, "it cannot be read", id="unreadable"),
    ],
)
def test_what_is_no_plain_file_is_not_taken(desk: Desk, spoil: object, says: str) -> None:
    folder = desk.started()
    assert callable(spoil)
    spoil(desk)
    done = desk.run("check", "--json", str(folder))
    _assert_clean(desk, done)
    assert done.status == 1
    (found,) = done.verdict["findings"]
    assert (found["code"], found["file"]) == ("suite-error", "test_tiny_greeting.py")
    assert says in found["message"]
    assert "root:" not in done.out


def test_an_edited_given_file_is_told_and_judged_as_handed_out(desk: Desk) -> None:
    folder = desk.started()
    (folder / "tiny_greeting.py").write_text("raise RuntimeError\n")
    (folder / "helper.py").write_text("x = 1\n")
    done = desk.run("check", "--json", GREETING)
    _assert_clean(desk, done)
    assert done.status == 0
    assert [found["code"] for found in done.verdict["findings"]] == ["given-file-edited"]
    assert any("helper.py" in note for note in done.verdict["notes"])


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["check", "greting"], "Did you mean 01_first/01_greeting?"),
        (["check", "nothing_like_it"], "names them all"),
        (["check", "0"], "could be any of"),
        (["check", "./nowhere"], "nowhere"),
        (["check", "/etc/passwd"], "belongs to no exercise"),
        (["check", "--no-such-option"], "No such option"),
        (["explain", "never-awaitd"], "Did you mean never-awaited?"),
        (["--workspace", "course/exercises", "list"], "a workspace cannot lie in"),
        (["nonsense"], "No such command"),
    ],
)
def test_misuse_is_told_with_the_next_step(desk: Desk, typed: list[str], says: str) -> None:
    done = desk.run(*typed)
    _assert_clean(desk, done)
    assert done.status == 2
    assert says in " ".join(done.err.split())
    assert done.out == ""


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("exercises/01_first/01_greeting/exercise.toml", "x = [", "exercise.toml: not valid TOML"),
        ("exercises/01_first/01_greeting/exercise.toml", "colour = 'red'\n", "exercise.toml: colour: extra inputs"),
        ("exercises/01_first/01_greeting/exercise.toml", "optional = 3\n", "exercise.toml: optional"),
        ("suites/01_first/01_greeting/suite.toml", "x = [", "suite.toml: not valid TOML"),
        ("suites/01_first/01_greeting/suite.toml", "[[mutant]]\nid = 'x'\n", "suite.toml: mutant.5.behaviour"),
        (
            "suites/01_first/01_greeting/suite.toml",
            "[[variant]]\nid = 'lost'\nsummary = 'x'\n",
            "its folder lost/ is missing",
        ),
    ],
)
def test_a_broken_course_names_its_file(desk: Desk, file: str, text: str, says: str) -> None:
    desk.started()
    _append(desk.course / file, text)
    done = desk.run("check", GREETING)
    _assert_clean(desk, done)
    assert done.status == 2
    assert says in " ".join(done.err.split())


def test_a_course_that_is_not_there_is_told(desk: Desk) -> None:
    done = desk.run("list", env=desk.environment | {"KATA_COURSE": str(desk.folder / "gone")})
    assert done.status == 2
    assert "KATA_COURSE" in done.err
    assert "Traceback" not in done.err


def test_a_suite_that_is_not_there_is_told(desk: Desk) -> None:
    desk.started()
    shutil.rmtree(desk.course / "suites")
    done = desk.run("check", GREETING)
    _assert_clean(desk, done)
    assert done.status == 2
    assert "suite.toml: there is no such file" in " ".join(done.err.split())


# Bad luck


def test_a_write_that_fails_for_want_of_space_is_told(desk: Desk) -> None:
    desk.started()
    before = desk.snapshot()
    done = desk.run("check", GREETING, program=FULL_DISK)
    _assert_clean(desk, done)
    assert done.status == 2
    assert "No space left on device" in done.err
    assert "Nothing of yours was changed" in " ".join(done.err.split())
    assert desk.snapshot() == before


@contextmanager
def _tiny_disk(folder: Path, size: str) -> Iterator[Path]:
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root on Linux"
)
@pytest.mark.parametrize("size", ["4k", "16k"])
def test_a_full_disk_is_told(desk: Desk, size: str) -> None:
    desk.started()
    with _tiny_disk(desk.folder / "small", size) as small:
        done = desk.run("check", GREETING, env=desk.environment | {"TMPDIR": str(small)})
    assert "Traceback" not in done.err
    assert done.status == 2
    assert "No space left on device" in done.err


def _wait_for(process: subprocess.Popen[str], state: Path) -> None:
    end = time.monotonic() + LIMIT_S
    while not state.exists():
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        assert time.monotonic() < end
        time.sleep(0.01)  # the other process has no event to wait for


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_ctrl_c_stops_everything_and_leaves_nothing(desk: Desk) -> None:
    state = desk.folder / "reached"
    desk.started(
        text=f"from pathlib import Path\ndef test_it():\n    Path({str(state)!r}).touch()\n    while True: pass\n"
    )
    before = desk.snapshot()
    with desk.start("check", GREETING) as process:
        _wait_for(process, state)
        family = descendants(process.pid)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 130
    assert err.split() == ["Stopped.", "Nothing", "of", "yours", "was", "changed."]
    assert out == ""
    _assert_nothing_is_left(desk)
    assert desk.snapshot() == before
    assert family
    assert not [pid for pid in family if is_alive(pid)]


def test_two_checks_of_one_exercise_at_once_do_not_mind_each_other(desk: Desk) -> None:
    desk.started()
    before = desk.snapshot()
    with desk.start("check", "--json", GREETING) as one, desk.start("check", "--json", GREETING) as other:
        outs = [process.communicate(timeout=LIMIT_S) for process in (one, other)]
    done = [Done(p.returncode, *texts) for p, texts in zip((one, other), outs, strict=True)]
    for each in done:
        _assert_clean(desk, each)
        assert each.status == 0
    first, second = (each.verdict | {"duration_s": 0} for each in done)
    assert first == second
    assert desk.snapshot() == before
    assert f'"{GREETING}"' in (desk.workspace / ".kata.toml").read_text()


def test_a_reader_who_leaves_early_gets_no_traceback(desk: Desk) -> None:
    desk.started()
    reader, writer = os.pipe()
    os.close(reader)
    with desk.start("check", "--json", GREETING, stdout=writer) as process:
        os.close(writer)
        _, err = process.communicate(timeout=LIMIT_S)
    assert err == ""


@pytest.mark.parametrize(
    "unusual",
    [
        pytest.param({"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "COLUMNS": "20", "TERM": "dumb"}, id="terminal"),
        pytest.param({"HOME": "/nonexistent", "PATH": ""}, id="bare"),
        pytest.param(
            {
                "PYTEST_ADDOPTS": "--collect-only -p no:asyncio",
                "PYTEST_PLUGINS": "nothing",
                "PYTHONWARNINGS": "error",
                "PYTHONOPTIMIZE": "2",
                "PYTHONASYNCIODEBUG": "1",
            },
            id="wishes",
        ),
    ],
)
def test_unusual_surroundings_change_no_verdict(desk: Desk, unusual: dict[str, str]) -> None:
    desk.started()
    done = desk.run("check", GREETING, env=desk.environment | unusual)
    assert "Traceback" not in done.err
    assert done.status == 0, done.err
    assert "ACCEPTED" in done.out


@pytest.mark.parametrize("exercise", [BOX, SETTINGS])
def test_rubbish_in_a_configuration_is_told(desk: Desk, exercise: str) -> None:
    desk.started(exercise, "[rubbish\n")
    done = desk.run("check", "--json", exercise)
    _assert_clean(desk, done)
    assert done.status == 1
    assert "suite-error" in done.codes
    assert any(word in done.out for word in ("'[' was never closed", "unexpected value continuation"))


def test_the_course_itself_is_never_written_to(desk: Desk) -> None:
    def texts(folder: Path) -> dict[str, bytes]:
        return {
            str(p.relative_to(folder)): p.read_bytes()
            for p in sorted(folder.rglob("*"))
            if p.is_file() and "__pycache__" not in p.parts
        }

    desk.started()
    assert desk.run("check", GREETING).status == 0
    assert texts(desk.course) == texts(TINY)
