"""A recorded session as one SVG: what really stood on a terminal while somebody worked through an exercise."""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from ..catalog import Exercise
from ..places import Places
from ..suite import load_solution
from .terminal import Terminal, saved, terminal

COLUMNS, ROWS = 86, 60
_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)  # fetched from a foreign host; any font of one width will do
_GREY = (110, 112, 116)
_LIGHT = TerminalTheme(
    (252, 252, 250),
    (40, 42, 46),
    [(40, 42, 46), (178, 34, 34), (30, 120, 60), (150, 100, 0), (40, 80, 170), (140, 50, 140), (0, 120, 130), _GREY],
)


def picture(places: Places, exercise: Exercise) -> str:
    """Watch mode, from the starter's verdict over a hint to the solution's; only paths are cut. SVG text."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    with tempfile.TemporaryDirectory(prefix="kata-picture-") as folder:
        workspace = Path(folder) / "workspace"
        file = workspace.joinpath(*exercise.id.split("/"), exercise.edit[0])
        command = [sys.executable, "-m", "checker", "--workspace", str(workspace), "watch", exercise.id]
        with terminal(command, Path(__file__).parents[2], os.environ, columns=COLUMNS, rows=ROWS) as opened:
            opened.shows("Save your file and it is judged.")
            opened.press("r")
            opened.shows("REJECTED", "Waiting for your next save.")
            _shown(console, "r judges the file as it was handed out, then h", opened, "h", "(1 of")
            saved(file, load_solution(places, exercise).files[exercise.edit[0]])
            opened.shows("ACCEPTED", "n goes on")
            _shown(console, "and once every call is awaited", opened, "", "ACCEPTED")
            opened.press("q")
            opened.ends()
    return _FONT.sub("", console.export_svg(title="kata watch", theme=_LIGHT))


def _shown(console: Console, caption: str, opened: Terminal, keys: str, awaited: str) -> None:
    if keys:
        opened.press(keys)
    opened.shows(awaited)
    console.print(Rule(caption, style="dim"))
    page = opened.written.rpartition("\x1b[H")[2].replace("\x1b[K", "").replace("\x1b[J", "")
    lines = [Text.from_ansi(line) for line in page.replace("\r", "").split("\n")]
    last = max(number for number, line in enumerate(lines[:-2]) if line.plain.strip())
    for line in [*lines[: last + 1], Text(), *lines[-2:]]:
        console.print(line, no_wrap=True, crop=True)
    console.print()
