"""What every command starts from: the course, the workspace, and the exercise that is meant."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ..catalog import Exercise, Suite, load_exercises
from ..errors import KataError, command
from ..locate import Location, exercise_at, exercises_at, locate
from ..places import find_places
from ..state import State, load_state, save_state, submission_hash, with_accepted
from ..suite import load_suite, suite_text
from ..workspace import Workspace, open_workspace


class UnknownExercise(KataError):
    """A name that fits no exercise, or several."""

    def __init__(self, name: str, close: list[str], *, ambiguous: bool = False) -> None:
        if ambiguous:
            told = f"{name} could be any of {', '.join(close)}. Type a little more."
        elif close:
            told = f"There is no exercise {name}. Did you mean {close[0]}?"
        else:
            told = f"There is no exercise {name}. `{command('list')}` names them all."
        super().__init__(told)


@dataclass
class Context:
    """One call's surroundings, read when first needed."""

    given_workspace: Path | None
    cwd: Path
    plain: bool = False

    @cached_property
    def workspace(self) -> Workspace:
        return open_workspace(find_places(), self.given_workspace, cwd=self.cwd)

    @cached_property
    def exercises(self) -> dict[str, Exercise]:
        return load_exercises(self.workspace.places, self.workspace.manifest)

    @cached_property
    def state(self) -> State:
        return load_state(self.workspace.folder)

    def suite(self, exercise: Exercise) -> Suite:
        return load_suite(self.workspace.places, exercise)

    def exercise(self, name: str | None) -> Exercise:
        """The exercise that a name, or without one the current directory, stands for. Raises KataError."""
        if name is None:
            first = self.here_or_next()
            if first is None:
                raise KataError(f"Every exercise is done. Name one: `{command('list')}` names them all.")
            return first
        return self.exercises[self.resolve(name)]

    def here_or_next(self) -> Exercise | None:
        """The exercise that the current directory lies in, else the first that is left, if any is."""
        here = exercise_at(self.workspace, self.exercises, self.cwd)
        return self.exercises[here.exercise] if here is not None else self.next_exercise()

    def resolve(self, name: str) -> str:
        """The id of the exercise of that name: whole, or any part that fits one alone. Raises UnknownExercise."""
        name = name.strip("/ ")
        ids = list(self.exercises)
        if name in ids:
            return name
        for fits in (
            [each for each in ids if each.rpartition("/")[2] == name],
            [
                each
                for each in ids
                if all(p.startswith(n) for n, p in zip(name.split("/"), each.split("/"), strict=False)) and "/" in name
            ],
            [each for each in ids if name.lower() in each.lower()],
        ):
            if len(fits) == 1:
                return fits[0]
            if fits:
                raise UnknownExercise(name, fits, ambiguous=True)
        names = {each.rpartition("/")[2]: each for each in ids} | {each: each for each in ids}
        close = [names[match] for match in difflib.get_close_matches(name, names, n=1, cutoff=0.5)]
        raise UnknownExercise(name, close)

    def locations(self, targets: list[str]) -> list[Location]:
        """What is to be judged: exercises by name, folders and files by path; without any, where we are."""
        if not targets:
            return [self.location(self.exercise(None))]
        found: list[Location] = []
        for target in targets:
            chapter = [each for each in self.exercises.values() if each.chapter == target.strip("/")]
            if self._is_path(target):
                found += exercises_at(self.workspace, self.exercises, Path(target), cwd=self.cwd)
            elif chapter:
                found += [self.location(exercise) for exercise in chapter]
            else:
                found.append(self.location(self.exercises[self.resolve(target)]))
        return found

    def _is_path(self, target: str) -> bool:
        exists = (self.cwd / target).exists()
        return exists or target.startswith((".", "/", "~")) or target.endswith(".py")

    def location(self, exercise: Exercise) -> Location:
        return locate(self.workspace, self.exercises, exercise.id, cwd=self.cwd)

    @property
    def wanted(self) -> list[Exercise]:
        """The exercises of the chosen track, or of the whole course."""
        return [e for e in self.exercises.values() if not self.state.track or self.state.track in e.tracks]

    @property
    def progress(self) -> tuple[int, int, str]:
        """How many exercises are done, of how many, and of which track ("" for the whole course)."""
        wanted = self.wanted
        return sum(e.id in self.state.accepted for e in wanted), len(wanted), self.state.track

    def todo(self) -> list[Exercise]:
        """What is left of the chosen track. With the last exercise of a chapter, the whole chapter is done."""
        last = {e.chapter: e.id for e in self.exercises.values()}
        done = self.state.accepted
        return [e for e in self.wanted if e.id not in done and last[e.chapter] not in done]

    def next_exercise(self, after: str = "") -> Exercise | None:
        """The first exercise that is left, behind `after` if there is one."""
        left = self.todo()
        return next((e for e in left if e.id > after), left[0] if left else None)

    def version(self, exercise: Exercise) -> str:
        """A short hash of what an exercise asks for: its brief, its given files and its suite."""
        suite = suite_text(self.workspace.places, exercise.id)
        asked = {**exercise.given, "README.md": exercise.brief.encode(), "suite.toml": suite}
        return submission_hash(asked)

    def changed(self) -> list[str]:
        """Finished exercises that ask for something else since an update of the course."""
        known = ((name, entry.exercise) for name, entry in self.state.accepted.items() if name in self.exercises)
        return [name for name, version in known if version and version != self.version(self.exercises[name])]

    def note_accepted(self, exercise: str, files: Mapping[str, bytes]) -> None:
        """Note that these files were accepted, beside what another terminal may have noted. Raises NotWritten."""
        known = load_state(self.workspace.folder)
        self.state = with_accepted(known, exercise, files, self.version(self.exercises[exercise]))
        if self.state != known:
            save_state(self.workspace.folder, self.state)

    def choose_track(self, track: str) -> None:
        """Follow a track from now on; `all` is the whole course. Raises KataError for one that there is not."""
        known = sorted({each for exercise in self.exercises.values() for each in exercise.tracks})
        if track not in (*known, "all"):
            raise KataError(f"There is no track {track}. There are: {', '.join((*known, 'all'))}.")
        state = replace(load_state(self.workspace.folder), track="" if track == "all" else track)
        save_state(self.workspace.folder, state)
        self.state = state
