"""What a person has finished: one small, readable file in the workspace.

It is safe to delete, to sync and to merge: an entry says only that a submission with this hash was accepted. A damaged
file is set aside, and made again by judging.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .files import keep_aside, write_whole

STATE_FILE = ".kata.toml"
_HEAD = "# What was accepted here. Safe to delete: judging an exercise again puts it back.\nformat = 1\n\n[accepted]\n"


@dataclass(frozen=True, slots=True)
class State:
    """Exercises that were accepted, each with the hash of the files that were."""

    accepted: Mapping[str, str] = field(default_factory=dict)
    set_aside: Path | None = None


def load_state(workspace: Path) -> State:
    """The workspace's state; empty if there is none. A damaged file is set aside, and `set_aside` says where."""
    path = workspace / STATE_FILE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        accepted = raw["accepted"]
        if raw["format"] != 1 or not all(isinstance(value, str) for value in accepted.values()):
            raise ValueError("not a state file of format 1")
        return State(dict(accepted))
    except FileNotFoundError:
        return State()
    except (OSError, ValueError, KeyError, AttributeError):
        return State(set_aside=keep_aside(path) if path.is_file() else None)


def with_accepted(state: State, exercise: str, files: Mapping[str, bytes]) -> State:
    """The state once these files were accepted."""
    return State({**state.accepted, exercise: submission_hash(files)})


def save_state(workspace: Path, state: State) -> None:
    """Write the state, whole or not at all. Raises NotWritten."""
    lines = [f'"{exercise}" = "{value}"\n' for exercise, value in sorted(state.accepted.items())]
    write_whole(workspace / STATE_FILE, (_HEAD + "".join(lines)).encode())


def submission_hash(files: Mapping[str, bytes]) -> str:
    """A short hash of a submission's files."""
    digest = hashlib.sha256()
    for path, text in sorted(files.items()):
        digest.update(f"{path}\0{len(text)}\0".encode() + text)
    return digest.hexdigest()[:16]
