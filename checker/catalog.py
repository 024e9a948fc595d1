"""The course as frozen values, read from `exercises/`, `solutions/` and `suites/`. No line here names an exercise.

`load_exercises` reads what is handed out; `load_suite` reads the hidden suite of one exercise. Both parse once, at the
edge, and say which file is wrong, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .findings import Code, Severity
from .manifest import Manifest, load_manifest
from .places import Places
from .schema import (
    AcceptedEntry,
    CourseError,
    EditEntry,
    ExerciseFile,
    Expected,
    FalseFriendEntry,
    Kind,
    SuiteFile,
    WitnessEntry,
    parse,
)
from .submission import given_files

__all__ = ["CourseError", "Exercise", "Expected", "Kind", "Suite", "load_exercise", "load_exercises", "load_suite"]

EXERCISE_FILE = "exercise.toml"
SUITE_FILE = "suite.toml"
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


def load_suite(places: Places, exercise: Exercise) -> Suite:
    """The hidden suite of an exercise. Raises CourseError for whatever is not as it must be."""
    folder = places.suites.joinpath(*exercise.id.split("/"))
    where = f"suites/{exercise.id}/{SUITE_FILE}"
    try:
        text: bytes | None = (folder / SUITE_FILE).read_bytes()
    except FileNotFoundError:
        text = None
    parsed = parse(text, SuiteFile, where)
    _check_ids(parsed, where)
    _check_folders(parsed, folder, where)

    def edited(edit: EditEntry, kind: str) -> Files:
        if not edit.file:
            return _folder_files(folder / f"{kind}s" / edit.id, f"{where}: {kind} {edit.id}")
        return {edit.file: _apply(edit, exercise, f"{where}: {kind} {edit.id}")}

    def sample(kind: str, each: FalseFriendEntry | AcceptedEntry | WitnessEntry) -> Sample:
        files = _folder_files(folder / kind / each.id, f"{where}: {kind} {each.id}")
        return Sample(each.id, files, getattr(each, "why", ""), getattr(each, "expect", ()))

    return Suite(
        exercise.id,
        parsed.lesson,
        tuple(
            Mutant(
                id=m.id,
                files=edited(m, "mutant"),
                held=m.held,
                behaviour=m.behaviour,
                hints=m.hints,
                startup=m.startup,
            )
            for m in parsed.mutant
        ),
        tuple(Implementation(e.id, edited(e, "equivalent"), held=e.held) for e in parsed.equivalent),
        tuple(
            Implementation(
                v.id, _folder_files(folder / "variants" / v.id, f"{where}: variant {v.id}"), v.summary, v.held
            )
            for v in parsed.variant
        ),
        tuple(
            Probe(
                p.id,
                p.behaviour,
                _folder_files(folder / "probes" / p.id, f"{where}: probe {p.id}"),
                p.hints,
                p.held,
                p.expect,
            )
            for p in parsed.probe
        ),
        tuple(sample("false_friends", f) for f in parsed.false_friend),
        tuple(sample("accepted", a) for a in parsed.accepted),
        tuple(sample("witnesses", w) for w in parsed.witness),
    )


def load_solution(places: Places, exercise: Exercise) -> Sample:
    """Our model answer. Raises CourseError when it is not there."""
    folder = places.solutions.joinpath(*exercise.id.split("/"))
    files = _folder_files(folder, f"solutions/{exercise.id}")
    why = files.get(BRIEF_FILE, b"").decode("utf-8", "replace")
    return Sample("solution", {path: text for path, text in files.items() if path != BRIEF_FILE}, why)


def _check_ids(parsed: SuiteFile, where: str) -> None:
    ids = [each.id for group in (parsed.mutant, parsed.equivalent, parsed.variant, parsed.probe) for each in group]
    for each in ids:
        if ids.count(each) > 1:
            raise CourseError(where, f"the id {each} is used twice", "Give every implementation and probe its own")


def _check_folders(parsed: SuiteFile, folder: Path, where: str) -> None:
    """Every folder is named in the file: what nobody reads proves nothing."""
    named = {
        "variants": {v.id for v in parsed.variant},
        "mutants": {m.id for m in parsed.mutant if not m.file},
        "equivalents": {e.id for e in parsed.equivalent if not e.file},
        "probes": {p.id for p in parsed.probe},
        "false_friends": {f.id for f in parsed.false_friend},
        "accepted": {a.id for a in parsed.accepted},
        "witnesses": {w.id for w in parsed.witness},
    }
    for found in sorted(folder.iterdir()) if folder.is_dir() else ():
        if found.is_dir() and found.name != "__pycache__":
            known = named.get(found.name)
            if known is None:
                raise CourseError(where, f"unknown folder {found.name}/", f"Known are {', '.join(named)}")
            extra = {p.name for p in found.iterdir() if p.name != "__pycache__"} - known
            if extra:
                raise CourseError(where, f"{found.name}/{min(extra)} is not named here", "Name it, or remove it")


def _folder_files(folder: Path, where: str) -> dict[str, bytes]:
    if not folder.is_dir():
        raise CourseError(where, f"its folder {folder.name}/ is missing", "Add it, or remove the entry")
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes().replace(b"\r\n", b"\n")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and not path.name.endswith(".pyc")
    }
    if not found:
        raise CourseError(where, f"its folder {folder.name}/ is empty", "Add its files")
    return found


def _apply(edit: EditEntry, exercise: Exercise, where: str) -> bytes:
    reference = exercise.given.get(edit.file)
    if reference is None:
        raise CourseError(where, f"{edit.file} is not a given file", "Name one of " + ", ".join(sorted(exercise.given)))
    count = reference.count(edit.find.encode()) if edit.find else 0
    if count != 1:
        raise CourseError(where, f"its `find` text occurs {count} times in {edit.file}", "It must occur exactly once")
    if edit.find == edit.replace:
        raise CourseError(where, "`find` and `replace` are the same", "Make them differ")
    return reference.replace(edit.find.encode(), edit.replace.encode())
