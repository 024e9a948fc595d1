"""Reads the hidden suite of an exercise, and our model answer: every file once, parsed at the edge.

A suite is a folder with a `suite.toml`, as authors write it; or, in a course that was handed out, one compressed file
(see `packed`); and a teacher may add to it from a folder of their own that is laid out like `suites/`.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from .catalog import BRIEF_FILE, Exercise, Files, Implementation, Mutant, Probe, Sample, Suite
from .errors import KataError
from .places import Places
from .schema import (
    AcceptedEntry,
    CourseError,
    EditEntry,
    FalseFriendEntry,
    PrivateFile,
    SuiteFile,
    WitnessEntry,
    parse,
)

SUITE_FILE, PACKED_FILE = "suite.toml", "suite.json.gz"
_PUBLIC = ("mutant", "equivalent", "variant", "probe")


class NoSolution(KataError):
    """The course that was handed out has no solutions."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A suite's description and files, wherever they came from. `where` names it in errors."""

    parsed: SuiteFile
    files: Files
    where: str

    def folder(self, kind: str, name: str, called: str) -> dict[str, bytes]:
        """The files of one folder, by their path in it. Raises CourseError where there are none."""
        start = f"{kind}/{name}/"
        found = {path.removeprefix(start): text for path, text in self.files.items() if path.startswith(start)}
        if not found:
            raise CourseError(f"{self.where}: {called} {name}", f"its folder {name}/ is missing", "Add its files")
        return found

    def edited(self, edit: EditEntry, kind: str, exercise: Exercise) -> Files:
        if not edit.file:
            return self.folder(f"{kind}s", edit.id, kind)
        return {edit.file: _apply(edit, exercise, f"{self.where}: {kind} {edit.id}")}

    def sample(self, kind: str, each: FalseFriendEntry | AcceptedEntry | WitnessEntry) -> Sample:
        files = self.folder(kind, each.id, kind)
        return Sample(each.id, files, getattr(each, "why", ""), getattr(each, "expect", ()))


def suite_folder(places: Places, exercise: str) -> Path:
    """Where the suite of an exercise lies."""
    return places.suites.joinpath(*exercise.split("/"))


def suite_text(places: Places, exercise: str) -> bytes:
    """What describes a suite, as it lies there: for telling one version from another."""
    folder = suite_folder(places, exercise)
    packed_file = folder / PACKED_FILE
    return (packed_file if packed_file.is_file() else folder / SUITE_FILE).read_bytes()


def load_suite(places: Places, exercise: Exercise, private: Path | None = None) -> Suite:
    """The hidden suite of an exercise; what `private` adds counts as held. Raises CourseError."""
    folder = suite_folder(places, exercise.id)
    where = f"suites/{exercise.id}/{SUITE_FILE}"
    suite = _suite(_unpacked(folder, where) if (folder / PACKED_FILE).is_file() else _laid(folder, where), exercise)
    if private is None or not (private.joinpath(*exercise.id.split("/"))).is_dir():
        return suite
    added_where = f"{private.name}/{exercise.id}/{SUITE_FILE}"
    added = _suite(_laid(private.joinpath(*exercise.id.split("/")), added_where, PrivateFile), exercise)
    ids = {each.id for group in _implementations(suite) for each in group}
    for twice in sorted(ids & {each.id for group in _implementations(added) for each in group}):
        raise CourseError(added_where, f"the id {twice} is used by the course", "Give yours another one")
    return replace(
        suite,
        mutants=(*suite.mutants, *(replace(each, held=True) for each in added.mutants)),
        equivalents=(*suite.equivalents, *(replace(each, held=True) for each in added.equivalents)),
        variants=(*suite.variants, *(replace(each, held=True) for each in added.variants)),
        probes=(*suite.probes, *(replace(each, held=True) for each in added.probes)),
    )


def check_private(private: Path, exercises: Iterable[str]) -> None:
    """Raises KataError unless `private` is laid out like `suites/` and adds to exercises that there are."""
    known = set(exercises)
    found = sorted(path.parent.relative_to(private).as_posix() for path in private.glob(f"*/*/{SUITE_FILE}"))
    if not found:
        raise KataError(
            f"{private}: there is no CHAPTER/EXERCISE/{SUITE_FILE} in it. Lay it out like the course's suites."
        )
    for each in found:
        if each not in known:
            raise KataError(f"{private / each}: there is no exercise {each}. Name the folder as the exercise is named.")


def packed(folder: Path, exercise: str) -> bytes:
    """A suite as it may be handed out: nothing that is held, no samples, and no planted bug in clear text.

    Only whoever unpacks it reads it; that is against reading by accident, not against intent. Raises CourseError.
    """
    source = _laid(folder, f"suites/{exercise}/{SUITE_FILE}")
    public = source.parsed.model_copy(
        update={
            **{kind: _handed_out(getattr(source.parsed, kind)) for kind in _PUBLIC},
            **dict.fromkeys(("false_friend", "accepted", "witness"), ()),
        }
    )
    kept = {f"{kind}s/{each.id}/" for kind in _PUBLIC for each in getattr(public, kind)}
    files = {path: text.decode() for path, text in source.files.items() if path.startswith(tuple(kept))}
    told = {"suite": public.model_dump(mode="json", exclude_defaults=True) | {"format": 1}, "files": files}
    return gzip.compress(json.dumps(told, ensure_ascii=False, sort_keys=True).encode(), mtime=0)


def load_solution(places: Places, exercise: Exercise) -> Sample:
    """Our model answer. Raises CourseError when it is not there, NoSolution in a course without any."""
    if not places.solutions.is_dir():
        raise NoSolution("This course was handed out without its solutions. Ask whoever teaches it.")
    folder = places.solutions.joinpath(*exercise.id.split("/"))
    files = _files(folder)
    if not files:
        raise CourseError(f"solutions/{exercise.id}", "there is nothing in it", "Add its files")
    why = files.get(BRIEF_FILE, b"").decode("utf-8", "replace")
    return Sample("solution", {path: text for path, text in files.items() if path != BRIEF_FILE}, why)


def _handed_out(entries: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(each for each in entries if not each.held)


def _implementations(suite: Suite) -> tuple[Iterable[Implementation | Probe], ...]:
    return suite.mutants, suite.equivalents, suite.variants, suite.probes


def _laid(folder: Path, where: str, model: type[SuiteFile] = SuiteFile) -> _Source:
    """A suite as authors write it."""
    files = _files(folder)
    parsed = parse(files.get(SUITE_FILE), model, where)
    _check_ids(parsed, where)
    _check_folders(parsed, files, where)
    return _Source(parsed, files, where)


def _unpacked(folder: Path, where: str) -> _Source:
    """A suite as it was handed out."""
    try:
        told = json.loads(gzip.decompress((folder / PACKED_FILE).read_bytes()))
        files = {path: text.encode() for path, text in told["files"].items()}
        return _Source(SuiteFile.model_validate(told["suite"]), files, where)
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError, ValidationError) as error:
        raise CourseError(where, f"{PACKED_FILE} cannot be read", "Get the course again") from error


def _suite(source: _Source, exercise: Exercise) -> Suite:
    parsed = source.parsed
    return Suite(
        exercise.id,
        parsed.lesson,
        tuple(
            Mutant(
                id=m.id,
                files=source.edited(m, "mutant", exercise),
                held=m.held,
                behaviour=m.behaviour,
                hints=m.hints,
                startup=m.startup,
            )
            for m in parsed.mutant
        ),
        tuple(Implementation(e.id, source.edited(e, "equivalent", exercise), held=e.held) for e in parsed.equivalent),
        tuple(
            Implementation(v.id, source.folder("variants", v.id, "variant"), v.summary, v.held) for v in parsed.variant
        ),
        tuple(
            Probe(p.id, p.behaviour, source.folder("probes", p.id, "probe"), p.hints, p.held, p.expect)
            for p in parsed.probe
        ),
        tuple(source.sample("false_friends", f) for f in parsed.false_friend),
        tuple(source.sample("accepted", a) for a in parsed.accepted),
        tuple(source.sample("witnesses", w) for w in parsed.witness),
    )


def _check_ids(parsed: SuiteFile, where: str) -> None:
    ids = [each.id for group in (parsed.mutant, parsed.equivalent, parsed.variant, parsed.probe) for each in group]
    for each in ids:
        if ids.count(each) > 1:
            raise CourseError(where, f"the id {each} is used twice", "Give every implementation and probe its own")


def _check_folders(parsed: SuiteFile, files: Mapping[str, bytes], where: str) -> None:
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
    for path in files:
        kind, _, rest = path.partition("/")
        if not rest:
            continue
        known = named.get(kind)
        if known is None:
            raise CourseError(where, f"unknown folder {kind}/", f"Known are {', '.join(named)}")
        name = rest.partition("/")[0]
        if name not in known:
            raise CourseError(where, f"{kind}/{name} is not named here", "Name it, or remove it")


def _files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path, with LF line ends; none where there is no folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().replace(b"\r\n", b"\n")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and not path.name.endswith(".pyc")
    }


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
