"""The course as frozen values. No line here names an exercise.

`load_exercises` reads what is handed out, once, at the edge, and says which file is wrong, where, and what to do. The
hidden suite of an exercise is read by `checker.suite`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .findings import Code, Severity
from .manifest import Manifest, load_manifest
from .places import Places
from .schema import CourseError, ExerciseFile, Expected, Kind, parse
from .submission import given_files

__all__ = ["CourseError", "Exercise", "Expected", "Kind", "Suite", "load_exercise", "load_exercises"]

EXERCISE_FILE = "exercise.toml"
BRIEF_FILE = "README.md"
_CONFIGURATION = ("pytest.ini", "pytest.toml", "pyproject.toml", "tox.ini", "setup.cfg", "conftest.py")


Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise as handed out. `given` and `starter` map a path in the exercise to its pristine text."""

    id: str
    title: str
    kind: Kind
    edit: tuple[str, ...]
    optional: tuple[str, ...]
    minutes: int
    tracks: tuple[str, ...]
    allow_strict_xfail: bool
    craft: tuple[str, ...]
    severity: Mapping[Code, Severity]
    given: Files
    starter: Files
    brief: str

    @property
    def chapter(self) -> str:
        return self.id.partition("/")[0]

    @property
    def story(self) -> str:
        """The first paragraph of the brief."""
        paragraphs = (" ".join(p.split()) for p in self.brief.split("\n\n"))
        return next((p for p in paragraphs if p and not p.startswith("#")), "")

    @property
    def own_configuration(self) -> bool:
        """True where the learner's configuration is what is judged."""
        return self.kind is Kind.CONFIGURATION


@dataclass(frozen=True, slots=True)
class Implementation:
    """Files that take the place of the reference's. `files` is empty for the reference itself."""

    id: str
    files: Files
    summary: str = ""
    held: bool = False


@dataclass(frozen=True, slots=True)
class Mutant(Implementation):
    """The reference with one planted bug, told to the learner as behaviour."""

    behaviour: str = ""
    hints: tuple[str, ...] = ()
    startup: bool = False


@dataclass(frozen=True, slots=True)
class Probe:
    """A hidden test file that uses the learner's fixtures, fakes or configuration."""

    id: str
    behaviour: str
    files: Files
    hints: tuple[str, ...] = ()
    held: bool = False
    expect: tuple[Expected, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A whole submission kept with the suite: `expect` holds the findings that reject it, none if accepted."""

    id: str
    files: Files
    why: str = ""
    expect: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suite:
    """The hidden suite of one exercise."""

    exercise: str
    lesson: str
    mutants: tuple[Mutant, ...]
    equivalents: tuple[Implementation, ...]
    variants: tuple[Implementation, ...]
    probes: tuple[Probe, ...]
    false_friends: tuple[Sample, ...]
    accepted: tuple[Sample, ...]
    witnesses: tuple[Sample, ...]

    @property
    def implementation(self) -> tuple[str, ...]:
        """Paths of the modules under test: those that some mutant, variant or equivalent replaces."""
        changed = (*self.mutants, *self.equivalents, *self.variants)
        return tuple(sorted({path for each in changed for path in each.files}))

    def without_held(self) -> Suite:
        """What may be handed out: nothing that is kept back for grading."""
        return Suite(
            self.exercise,
            self.lesson,
            tuple(m for m in self.mutants if not m.held),
            tuple(e for e in self.equivalents if not e.held),
            tuple(v for v in self.variants if not v.held),
            tuple(p for p in self.probes if not p.held),
            self.false_friends,
            self.accepted,
            self.witnesses,
        )


def exercise_ids(places: Places) -> tuple[str, ...]:
    """The ids of the course's exercises, in order, without reading any of them."""
    return tuple(
        f"{path.parent.parent.name}/{path.parent.name}"
        for path in sorted(places.exercises.glob(f"*/*/{EXERCISE_FILE}"))
    )


def load_exercises(places: Places, manifest: Manifest | None = None) -> dict[str, Exercise]:
    """Every exercise by id, in the course's order. Raises CourseError."""
    manifest = manifest or load_manifest(places)
    return {exercise: load_exercise(exercise, manifest) for exercise in exercise_ids(places)}


def load_exercise(exercise: str, manifest: Manifest) -> Exercise:
    """One exercise, its files as handed out. Raises CourseError."""
    files = manifest.files(exercise)
    where = f"exercises/{exercise}/{EXERCISE_FILE}"
    parsed = parse(files.get(EXERCISE_FILE), ExerciseFile, where)
    partial = Exercise(
        id=exercise,
        title=parsed.title,
        kind=parsed.kind,
        edit=parsed.edit,
        optional=parsed.optional,
        minutes=parsed.minutes,
        tracks=parsed.tracks,
        allow_strict_xfail=parsed.allow_strict_xfail,
        craft=parsed.craft,
        severity=parsed.severity,
        given={},
        starter={},
        brief=files.get(BRIEF_FILE, b"").decode("utf-8", "replace"),
    )
    given = {path for path in given_files(partial, files) if path != BRIEF_FILE}
    for path in parsed.edit:
        if path not in files:
            raise CourseError(where, f"edit names {path}, which is not there", "Add the starter, or correct edit")
    return Exercise(
        **{name: getattr(partial, name) for name in Exercise.__slots__ if name not in ("given", "starter")},
        given={path: text for path, text in files.items() if path in given},
        starter={p: t for p, t in files.items() if p not in given and p not in (EXERCISE_FILE, BRIEF_FILE)},
    )
