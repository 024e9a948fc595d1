"""Which command opens a file at a line in someone's editor."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_GOTO = {"code", "code-insiders", "codium", "cursor", "windsurf"}  # VS Code and its kin
_COLON = {"subl", "zed", "hx", "helix", "micro"}
_PLUS = {"vi", "vim", "nvim", "nano", "emacs", "emacsclient", "kak", "gvim", "mvim", "joe", "ne"}
_OWN_WINDOW = _GOTO | {"subl", "zed", "gvim", "mvim", "gedit", "kate", "notepad", "pycharm", "idea", "open", "xdg-open"}


@dataclass(frozen=True, slots=True)
class Opening:
    """A command that opens a file. `takes_terminal`: it wants the terminal until it ends."""

    arguments: tuple[str, ...]
    takes_terminal: bool


def opening(
    path: Path, line: int, *, wanted: str | None = None, environ: Mapping[str, str] | None = None
) -> Opening | None:
    """How to open `path`: with `wanted`, $VISUAL, $EDITOR, or the VS Code whose terminal this is; None without any.

    `wanted` may say where things go, as in `code --goto {file}:{line}`.
    """
    known = os.environ if environ is None else environ
    told = wanted or known.get("VISUAL") or known.get("EDITOR")
    if not told and known.get("TERM_PROGRAM") == "vscode":
        told = "code"
    if not told:
        return None
    words = shlex.split(told, posix=os.name != "nt")
    name = Path(words[0]).stem.lower()
    takes_terminal = name not in _OWN_WINDOW or "--wait" in words or "-w" in words
    if "{file}" in told:
        filled = (word.replace("{file}", str(path)).replace("{line}", str(line)) for word in words)
        return Opening(tuple(filled), takes_terminal)
    if name in _GOTO:
        where = ["--goto", f"{path}:{line}"]
    elif name in _COLON:
        where = [f"{path}:{line}"]
    elif name in _PLUS:
        where = [f"+{line}", str(path)]
    else:
        where = [str(path)]
    return Opening((*words, *where), takes_terminal)
