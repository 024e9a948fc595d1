"""What a person has finished: one small, readable file in the workspace.

It is safe to delete, to sync and to merge: an entry says only that a submission with this hash was accepted, by which
version of the exercise. A damaged file is set aside, and made again by judging.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from .files import keep_aside, write_whole

STATE_FILE = ".kata.toml"
_HEAD = "# What was accepted here. Safe to delete: judging an exercise again puts it back.\nformat = 1\n"


@dataclass(frozen=True, slots=True)
class Accepted:
    """Work that was accepted: the hash of its files, and of the exercise as it was then ("" if that is not known)."""

    work: str
    exercise: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Exercises that were accepted, and the track that was chosen ("" for the whole course)."""

    accepted: Mapping[str, Accepted] = field(default_factory=dict)
    track: str = ""
    set_aside: Path | None = None


def load_state(workspace: Path) -> State:
    """The workspace's state; empty if there is none. A damaged file is set aside, and `set_aside` says where."""
    path = workspace / STATE_FILE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        track = raw.get("track", "")
        if raw["format"] != 1 or not isinstance(track, str):
            raise ValueError("not a state file of format 1")
        return State({exercise: _entry(value) for exercise, value in raw["accepted"].items()}, track)
    except FileNotFoundError:
        return State()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return State(set_aside=keep_aside(path) if path.is_file() else None)


def _entry(value: Any) -> Accepted:
    if isinstance(value, str):
        return Accepted(value)
    entry = Accepted(**value)
    if not isinstance(entry.work, str) or not isinstance(entry.exercise, str):
        raise ValueError("an entry that is no text")
    return entry


def with_accepted(state: State, exercise: str, files: Mapping[str, bytes], version: str) -> State:
    """The state once these files were accepted by this version of the exercise."""
    return replace(state, accepted={**state.accepted, exercise: Accepted(submission_hash(files), version)})


def save_state(workspace: Path, state: State) -> None:
    """Write the state, whole or not at all. Raises NotWritten."""
    lines = [
        f'"{exercise}" = {{ work = "{value.work}", exercise = "{value.exercise}" }}\n'
        for exercise, value in sorted(state.accepted.items())
    ]
    track = f'track = "{state.track}"\n' if state.track else ""
    write_whole(workspace / STATE_FILE, f"{_HEAD}{track}\n[accepted]\n{''.join(lines)}".encode())


def submission_hash(files: Mapping[str, bytes]) -> str:
    """A short hash of a submission's files."""
    digest = hashlib.sha256()
    for path, text in sorted(files.items()):
        digest.update(f"{path}\0{len(text)}\0".encode() + text)
    return digest.hexdigest()[:16]
