"""`python3 -m checker`: from any Python to the program, with nothing half-made on the way."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import tomllib
import zipfile
from pathlib import Path

import pytest

import checker
from checker import bootstrap, bootstrap_venv
from checker.bootstrap_step import StepFailed, run_step
from checker.bootstrap_venv import ABSENT, FOREIGN, OUTDATED, READY, UNFINISHED, Lock, NotSetUp, Venv

PACKAGE = Path(checker.__file__).parent
READ_BY_ANY_PYTHON = ["__init__.py", "__main__.py", *sorted(p.name for p in PACKAGE.glob("bootstrap*.py"))]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A clone whose packages are nowhere installed."""
    clone = tmp_path / "clone"
    (clone / "exercises").mkdir(parents=True)
    _require(clone, "no-such-distribution>=1,<2")
    return clone


@pytest.fixture
def venv(root: Path, monkeypatch: pytest.MonkeyPatch) -> Venv:
    """An environment that is made at once, by steps that do nothing but leave their traces."""

    def leave_traces(name: str, command: list[str], log: Path) -> None:
        made = Venv(root)
        made.python.parent.mkdir(exist_ok=True)
        made.python.touch()
        log.write_text(f"{name}\n")

    monkeypatch.setattr(bootstrap_venv, "run_step", leave_traces)
    monkeypatch.setattr(bootstrap_venv, "find_python", lambda: "python3")
    return Venv(root)


def _require(clone: Path, requirement: str) -> None:
    (clone / "pyproject.toml").write_text(f'[project]\ndependencies = ["{requirement}"]\n')


def _fail_at(monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException) -> None:
    works = vars(bootstrap_venv)["run_step"]  # Under a monkeypatch of ours, or none.

    def run(name: str, command: list[str], log: Path) -> None:
        works(name, command, log)
        if name == step:
            raise error

    monkeypatch.setattr(bootstrap_venv, "run_step", run)


# Any Python gets as far as being told.


@pytest.mark.parametrize("name", READ_BY_ANY_PYTHON)
def test_an_old_python_can_read_it(name: str) -> None:
    ast.parse((PACKAGE / name).read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("name", READ_BY_ANY_PYTHON)
def test_it_imports_the_standard_library_only(name: str) -> None:
    tree = ast.parse((PACKAGE / name).read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {module for module in imported if module.startswith("checker")}
    assert ours <= {
        "checker.bootstrap",
        "checker.bootstrap_venv",
        "checker.bootstrap_step",
        "checker.cli.main",
    }
    assert {module.partition(".")[0] for module in imported - ours} <= sys.stdlib_module_names


def test_a_python_that_does_not_fit_is_told_in_one_sentence(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(bootstrap.INVOCATION, "python3 -m checker")
    monkeypatch.setattr(sys, "version_info", (3, 8, 18, "final", 0))
    monkeypatch.setattr(bootstrap, "clone_of", lambda package: root)
    monkeypatch.setattr(bootstrap_venv, "answer_of", lambda command: "")
    assert bootstrap.main() == 2
    assert re.search(r"needs Python 3\.11, 3\.12 or 3\.13; this is 3\.8", capsys.readouterr().err)
    assert not (root / ".venv").exists()


def test_another_python_on_the_path_is_used_and_an_empty_shim_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, script in {"python3.13": "exit 127", "python3.12": "echo /found/python3.12"}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert bootstrap_venv.find_python() == "/found/python3.12"


def test_a_python_without_venv_is_told_where_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap_venv, "answer_of", lambda command: "")
    with pytest.raises(NotSetUp, match="lacks venv and ensurepip"):
        bootstrap_venv.find_python()


# Whose `.venv` it is, and what it is fit for.


def test_a_clone_begins_without_an_environment(venv: Venv) -> None:
    assert venv.state() == ABSENT
    venv.folder.mkdir()
    assert venv.state() == ABSENT


def test_once_made_it_is_ready_until_pyproject_changes(venv: Venv) -> None:
    venv.set_up()
    assert venv.state() == READY
    _require(venv.root, "no-such-distribution>=2")
    assert venv.state() == OUTDATED


def test_in_a_clone_that_was_moved_it_is_outdated(venv: Venv, tmp_path: Path) -> None:
    venv.set_up()
    venv.root.rename(tmp_path / "moved")
    assert Venv(tmp_path / "moved").state() == OUTDATED


def test_without_its_python_it_is_made_anew(venv: Venv) -> None:
    venv.set_up()
    venv.python.unlink()
    assert venv.state() == UNFINISHED
    venv.set_up()
    assert venv.state() == READY


def test_one_without_our_mark_is_someone_elses(venv: Venv) -> None:
    venv.folder.mkdir()
    (venv.folder / "pyvenv.cfg").touch()
    assert venv.state() == FOREIGN
    venv.set_up()
    assert [path.name for path in venv.folder.iterdir()] == ["pyvenv.cfg"]


@pytest.mark.parametrize("step", ["Making .venv", "Installing the packages"])
def test_a_failure_leaves_only_the_log(step: str, venv: Venv, monkeypatch: pytest.MonkeyPatch) -> None:
    _fail_at(monkeypatch, step, StepFailed("it failed (for a reason)"))
    with pytest.raises(NotSetUp, match=r"it failed \(for a reason\)") as caught:
        venv.set_up()
    assert not venv.folder.exists()
    log = re.search(r"the whole log is in (\S+),", str(caught.value))
    assert log is not None
    assert step in Path(log[1]).read_text()
    Path(log[1]).unlink()


@pytest.mark.parametrize("step", ["Making .venv", "Installing the packages"])
def test_an_interruption_leaves_nothing(step: str, venv: Venv, monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    _fail_at(monkeypatch, step, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        venv.set_up()
    assert not venv.folder.exists()
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_an_update_that_fails_leaves_the_environment_to_the_next_start(
    venv: Venv, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv.set_up()
    _require(venv.root, "no-such-distribution>=2")
    with monkeypatch.context() as failing:
        _fail_at(failing, "Installing the packages", StepFailed("it failed"))
        with pytest.raises(NotSetUp, match="the next start tries again"):
            venv.set_up()
    assert venv.state() == OUTDATED
    venv.set_up()
    assert venv.state() == READY


def test_what_the_system_refuses_is_told(venv: Venv, monkeypatch: pytest.MonkeyPatch) -> None:
    _fail_at(monkeypatch, "Making .venv", OSError(28, "No space left on device"))
    with pytest.raises(NotSetUp, match="No space left on device"):
        venv.set_up()
    assert not venv.folder.exists()


def test_a_second_start_waits_and_finds_the_work_done(venv: Venv, monkeypatch: pytest.MonkeyPatch) -> None:
    waits, steps = threading.Event(), list[str]()
    monkeypatch.setattr(bootstrap_venv, "say", lambda line: waits.set())
    second = threading.Thread(target=venv.set_up)
    with Lock(venv.root / "pyproject.toml"):
        second.start()
        assert waits.wait(timeout=30)
        venv._make()  # What the first start does while it holds the lock.
        monkeypatch.setattr(bootstrap_venv, "run_step", lambda name, command, log: steps.append(name))
    second.join(timeout=30)
    assert not second.is_alive()
    assert steps == []
    assert venv.state() == READY


# Which interpreter goes on.


def test_a_bare_python_goes_on_in_the_environment(venv: Venv) -> None:
    assert bootstrap._choose_python(venv.root) == venv.python
    assert venv.state() == READY
    assert bootstrap._choose_python(venv.root) == venv.python


def test_where_the_packages_are_nothing_is_made(venv: Venv) -> None:
    _require(venv.root, "pytest>=9")
    assert bootstrap._choose_python(venv.root) is None
    assert not venv.folder.exists()


def test_an_installed_wheel_goes_on_where_it_is() -> None:
    assert bootstrap._choose_python(None) is None


def test_another_environment_is_used_as_it_is(venv: Venv) -> None:
    venv.python.parent.mkdir(parents=True)
    venv.python.touch()
    assert bootstrap._choose_python(venv.root) == venv.python


def test_another_environment_that_lacks_something_is_left_alone(venv: Venv, monkeypatch: pytest.MonkeyPatch) -> None:
    venv.folder.mkdir()
    (venv.folder / "pyvenv.cfg").touch()
    with pytest.raises(NotSetUp, match="or move it away"):
        bootstrap._choose_python(venv.root)
    monkeypatch.setattr(sys, "prefix", str(venv.folder))
    with pytest.raises(NotSetUp, match="or move it away"):
        bootstrap._choose_python(venv.root)
    assert [path.name for path in venv.folder.iterdir()] == ["pyvenv.cfg"]


def test_inside_the_environment_nothing_is_left_to_do(venv: Venv, monkeypatch: pytest.MonkeyPatch) -> None:
    venv.set_up()
    (venv.folder / "lib" / "python{}.{}".format(*sys.version_info[:2])).mkdir(parents=True)
    monkeypatch.setattr(sys, "prefix", str(venv.folder))
    assert bootstrap._choose_python(venv.root) is None


def test_inside_one_made_for_another_python_it_is_made_anew(venv: Venv, monkeypatch: pytest.MonkeyPatch) -> None:
    venv.set_up()
    monkeypatch.setattr(sys, "prefix", str(venv.folder))
    assert bootstrap._choose_python(venv.root) == Path(sys._base_executable)  # type: ignore[attr-defined]
    assert venv.state() == UNFINISHED


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        ("pytest>=9.2,<9.3", ("pytest", ">=9.2,<9.3")),
        ("sqlalchemy[asyncio]>=2.1.9,<2.2", ("sqlalchemy", ">=2.1.9,<2.2")),
        ("typer", ("typer", "")),
        ('tomli >=2 ; python_version<"3.11"', ("tomli", ">=2")),
    ],
)
def test_a_requirement_is_a_name_and_bounds(requirement: str, expected: tuple[str, str]) -> None:
    assert bootstrap.split_requirement(requirement) == expected


@pytest.mark.parametrize(
    ("bounds", "version", "expected"),
    [
        (">=1.5,<1.6", "1.5.0", True),
        (">=1.5,<1.6", "1.5.9.post1", True),
        (">=1.5,<1.6", "1.4.9", False),
        (">=1.5,<1.6", "1.6.0rc1", False),
        (">=9,<10", "10", False),
        ("", "1", True),
        ("~=1.5", "1.5", False),
    ],
)
def test_bounds_allow_versions(bounds: str, version: str, expected: bool) -> None:
    assert bootstrap.allows(bounds, version) is expected


def test_our_own_requirements_are_of_the_forms_that_are_understood() -> None:
    root = bootstrap.clone_of(PACKAGE)
    if root is None:
        pytest.skip("an installed wheel has no pyproject.toml")
    for requirement in tomllib.loads((root / "pyproject.toml").read_text())["project"]["dependencies"]:
        _, bounds = bootstrap.split_requirement(requirement)
        lowest = re.search(r">=([\d.]+)", bounds)
        assert lowest is not None, requirement
        assert bootstrap.allows(bounds, lowest[1]), requirement


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("python3", "python3 -m checker"),
        ("{bin}/python3", "python3 -m checker"),
        ("{shims}/../versions/3.12/python3.12", "python3.12 -m checker"),
        ("/elsewhere/python3", "/elsewhere/python3 -m checker"),
        ("C:/My Tools/python", '"C:/My Tools/python" -m checker'),
    ],
)
def test_the_words_that_were_typed_are_repeated(
    typed: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = {"bin": tmp_path / "bin", "shims": tmp_path / "shims"}
    for folder, name in ((folders["bin"], "python3"), (folders["shims"], "python3.12")):
        folder.mkdir()
        (folder / name).touch(mode=0o755)
    (tmp_path / "versions").mkdir()
    monkeypatch.setenv("PATH", os.pathsep.join(map(str, folders.values())))
    assert bootstrap.invocation(typed.format(**folders)) == expected


# One step.


def test_a_step_leaves_its_output_in_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_step("Talking", [sys.executable, "-c", "print('said')"], tmp_path / "log")
    assert "said" in (tmp_path / "log").read_text()
    assert capsys.readouterr().err == "Talking ...\n"


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("ERROR: No such thing.\nnote: see above", "ERROR: No such thing"),
        ("FileNotFoundError: gone\n  [end of output]", "FileNotFoundError: gone"),
        ("Retrying after connection broken by X\nERROR: No match", "no connection to the package index"),
        ("only this", "only this"),
    ],
)
def test_a_step_that_fails_gives_the_reason(output: str, reason: str, tmp_path: Path) -> None:
    script = f"print({output!r}); raise SystemExit(1)"
    with pytest.raises(StepFailed, match=re.escape(f"talking failed ({reason})")):
        run_step("Talking", [sys.executable, "-c", script], tmp_path / "log")


def test_an_interrupted_step_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log"
    script = "import os, threading; print('pid', os.getpid(), flush=True); threading.Event().wait()"

    def interrupt_once_it_runs(_: float) -> None:
        if re.search(r"^pid \d+$", log.read_text(), re.M):
            monkeypatch.undo()
            raise KeyboardInterrupt

    monkeypatch.setattr("checker.bootstrap_step.time.sleep", interrupt_once_it_runs)
    with pytest.raises(KeyboardInterrupt):
        run_step("Waiting", [sys.executable, "-c", script], log)
    found = re.search(r"^pid (\d+)$", log.read_text(), re.M)
    assert found is not None
    with pytest.raises(ProcessLookupError):
        os.kill(int(found[1]), 0)


# From end to end, without a network: a clone that builds itself and needs one package, which lies beside it.

BACKEND = """
import pathlib, zipfile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "async_test_kata-1.0-py3-none-any.whl"
    info = "async_test_kata-1.0.dist-info"
    with zipfile.ZipFile(pathlib.Path(wheel_directory, name), "w") as wheel:
        wheel.writestr("kata.pth", str(pathlib.Path.cwd()))
        wheel.writestr(info + "/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "/METADATA", "Metadata-Version: 2.1\\nName: async-test-kata\\nVersion: 1.0\\n"
                       "Requires-Dist: kata-trial-needed>=1,<2\\n")
        wheel.writestr(info + "/RECORD", "")
    return name
"""
PROGRAM = """
import json, os, sys
import kata_trial_needed

def run():
    print(json.dumps([sys.prefix, sys.argv[1:], os.environ.get("KATA_INVOCATION")]))
    return 7
"""
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "async-test-kata"
version = "1.0"
dependencies = ["kata-trial-needed>=1,<2"]
"""


def test_a_first_start_sets_up_and_a_second_goes_straight_on(root: Path, tmp_path: Path) -> None:
    (root / "checker" / "cli").mkdir(parents=True)
    for name in READ_BY_ANY_PYTHON:
        shutil.copy(PACKAGE / name, root / "checker" / name)
    (root / "checker" / "cli" / "main.py").write_text(PROGRAM)
    (root / "backend.py").write_text(BACKEND)
    (root / "pyproject.toml").write_text(PROJECT)
    with zipfile.ZipFile(tmp_path / "kata_trial_needed-1.0-py3-none-any.whl", "w") as wheel:
        info = "kata_trial_needed-1.0.dist-info"
        wheel.writestr("kata_trial_needed.py", "")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: kata-trial-needed\nVersion: 1.0\n")
        wheel.writestr(f"{info}/RECORD", "")
    base: str = sys._base_executable  # type: ignore[attr-defined]
    ours = ("KATA_INVOCATION", "UV_RUN_RECURSION_DEPTH", "PIP_EXTRA_INDEX_URL")
    environ = {key: value for key, value in os.environ.items() if key not in ours}
    environ |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path)}
    command = [base, "-m", "checker", "check", "a b"]

    def begin() -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, timeout=120)

    first, second = begin(), begin()

    assert first.returncode == 7, first.stderr
    assert re.fullmatch(r"Making \.venv \.\.\.\nInstalling the packages \.\.\.\nSet up in \d+ s\.\n", first.stderr)
    prefix, arguments, invocation = json.loads(first.stdout)
    assert (Path(prefix), arguments) == (root / ".venv", ["check", "a b"])
    assert invocation.endswith(" -m checker")
    assert (second.returncode, second.stdout, second.stderr) == (7, first.stdout, "")
