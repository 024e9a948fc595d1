"""The notebooks that the course teaches from, and the copies of them that people scribble in.

A cell tagged `teacher` is a note for whoever teaches, one tagged `answer` gives an answer away. Both are left out of a
learner's copy, as are all outputs: a question "green or red?" is no question if the answer stands below it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import KataError
from .files import write_new
from .places import Places

KEPT_BACK = frozenset({"teacher", "answer"})


class NoLessons(KataError):
    """The course has no notebooks, or none of that name."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A person's copy of a notebook. `is_new`: it was made just now; else what was there is left as it is."""

    path: Path
    is_new: bool


def lessons(places: Places) -> list[Path]:
    """The notebooks of the course, in order."""
    return sorted((places.exercises.parent / "notebooks").glob("*.ipynb"))


def chosen(places: Places, name: str | None) -> list[Path]:
    """All notebooks, or those whose name has this text. Raises NoLessons."""
    every = lessons(places)
    found = [path for path in every if (name or "").strip("/").lower() in path.stem]
    if not every:
        raise NoLessons("This course has no notebooks.")
    if not found:
        raise NoLessons(f"There is no notebook {name}. There are: {', '.join(path.stem for path in every)}.")
    return found


def copy(lesson: Path, folder: Path, *, for_teacher: bool = False) -> Copied:
    """Put a copy of a notebook into a folder, unless one is there: no notes are overwritten. Raises NotWritten."""
    text = lesson.read_text(encoding="utf-8")
    target = folder / lesson.name
    return Copied(target, write_new(target, (text if for_teacher else learners_copy(text)).encode()))


def learners_copy(text: str) -> str:
    """A notebook's text without what is kept back, and without outputs."""
    notebook: dict[str, Any] = json.loads(text)
    cells = [cell for cell in notebook["cells"] if not KEPT_BACK & set(cell.get("metadata", {}).get("tags", ()))]
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    notebook["cells"] = cells
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
