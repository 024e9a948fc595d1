"""Cells in processes of their own: laid out, run, stopped at their limit, and told without what changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checker.notebook.running import laid, run, steady


def test_a_folder_is_laid_out_and_gone_afterwards() -> None:
    with laid({"test_x.py": b"x", "deep/y.txt": b"y"}, "chapter/exercise") as folder:
        assert folder.parts[-2:] == ("chapter", "exercise")
        assert sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()) == [
            "deep/y.txt",
            "pytest.ini",
            "test_x.py",
        ]
    assert not folder.exists()


def test_a_pytest_ini_of_ones_own_counts() -> None:
    with laid({"pytest.ini": b"[pytest]\n"}) as folder:
        assert (folder / "pytest.ini").read_bytes() == b"[pytest]\n"


def test_what_a_module_says_and_its_exit_code_come_back(tmp_path: Path) -> None:
    (tmp_path / "said.py").write_text("import sys\nprint('out')\nprint('err', file=sys.stderr)\nsys.exit(3)\n")
    ran = run("said", [], tmp_path)
    assert (ran.out, ran.err, ran.status) == ("out\n", "err\n", 3)


@pytest.mark.parametrize("name", ["CI", "BUILD_NUMBER", "GITHUB_ACTIONS"])
def test_a_cell_says_the_same_on_a_ci_machine(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "true")
    (tmp_path / "seen.py").write_text(f"import os\nprint({name!r} in os.environ)\n")
    assert run("seen", [], tmp_path).out == "False\n"


@pytest.mark.skipif(os.name == "nt", reason="needs process groups")
def test_what_hangs_is_stopped_with_all_that_it_started(tmp_path: Path) -> None:
    program = "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'input()'], stdin=subprocess.PIPE)\n"
    (tmp_path / "hangs.py").write_text(
        f"{program}print('began', flush=True)\nimport threading\nthreading.Event().wait()\n"
    )
    ran = run("hangs", [], tmp_path, limit_s=2.0)
    assert (ran.out, ran.status) == ("began\n", None)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        pytest.param("1 passed in 0.05s", "1 passed", id="a-time"),
        pytest.param("2 failed in 75.10s (0:01:15)", "2 failed", id="a-long-time"),
        pytest.param("<Queue at 0x7f00a1b2c3>", "<Queue at 0x…>", id="an-address"),
        pytest.param("{folder}/test_x.py:3: Error", "test_x.py:3: Error", id="a-path"),
        pytest.param("x\n/usr/lib/python3.11/asyncio/a.py:7: in b", "x\n  asyncio/a.py: in b", id="a-library"),
        pytest.param("<Task pending name='Task-12'>", "<Task pending name='Task-…'>", id="a-task"),
        pytest.param("===== 1 passed =====", "== 1 passed ==", id="a-rule"),
        pytest.param("..F.   [100%]", "..F.", id="progress"),
        pytest.param("x\n-- Docs: https://docs.pytest.org/x\ny", "x\ny", id="an-address-of-docs"),
    ],
)
def test_what_changes_from_run_to_run_is_left_out(said: str, told: str, tmp_path: Path) -> None:
    assert steady(said.replace("{folder}", str(tmp_path)), tmp_path) == told
