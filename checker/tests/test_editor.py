"""Which command opens a file at a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.cli.editor import Opening, opening

FILE = Path("/desk/test x.py")


@pytest.mark.parametrize(
    ("wanted", "arguments", "takes_terminal"),
    [
        pytest.param("code", ("code", "--goto", f"{FILE}:7"), False, id="vs-code"),
        pytest.param("code --wait", ("code", "--wait", "--goto", f"{FILE}:7"), True, id="vs-code-that-waits"),
        pytest.param("/usr/bin/nvim -p", ("/usr/bin/nvim", "-p", "+7", str(FILE)), True, id="vim"),
        pytest.param("hx", ("hx", f"{FILE}:7"), True, id="helix"),
        pytest.param("subl", ("subl", f"{FILE}:7"), False, id="sublime"),
        pytest.param("ed", ("ed", str(FILE)), True, id="unknown"),
        pytest.param("x --at {line} {file}", ("x", "--at", "7", str(FILE)), True, id="template"),
    ],
)
def test_a_known_editor_goes_to_the_line(wanted: str, arguments: tuple[str, ...], takes_terminal: bool) -> None:
    assert opening(FILE, 7, wanted=wanted, environ={}) == Opening(arguments, takes_terminal)


@pytest.mark.parametrize(
    ("environ", "program"),
    [
        ({"VISUAL": "nano", "EDITOR": "vi", "TERM_PROGRAM": "vscode"}, "nano"),
        ({"EDITOR": "vi", "TERM_PROGRAM": "vscode"}, "vi"),
        ({"TERM_PROGRAM": "vscode"}, "code"),
    ],
    ids=["visual", "editor", "terminal-of-vs-code"],
)
def test_the_surroundings_name_the_editor(environ: dict[str, str], program: str) -> None:
    found = opening(FILE, 1, environ=environ)
    assert found is not None
    assert found.arguments[0] == program


def test_without_any_editor_there_is_none() -> None:
    assert opening(FILE, 1, environ={}) is None
