"""What every exercise looked like when it was handed out, whatever lies on the disk now.

Two files are shipped, both written by `write_manifest` and held current by a test:

- `manifest.json`: for each exercise its files and the SHA-256 of each. This is what a person reads in a diff.
- `pristine.json.gz`: hash -> text, for when someone edited `exercises/` itself. A hash can tell that a given
  file was edited but cannot bring its text back, and neither git nor a network may be there to do so. Texts
  are kept by their hash, so one that many exercises share is kept once, and each is verified when read.

The store is opened only when a file on the disk no longer agrees with its hash. Hashes are taken with LF line
ends. A course without a manifest (one given by KATA_COURSE), or an exercise that the manifest does not know
(one being written), has no record of what was handed out: there the files on the disk count.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.errors import KataError
from checker.files import Kind, lf, walk, write_whole
from checker.places import Places, find_places

FORMAT = 1


class ManifestError(KataError):
    """The record of what was handed out is missing a text or cannot be read."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The record of one course: exercise -> file -> SHA-256 of its text as handed out."""

    places: Places
    hashes: Mapping[str, Mapping[str, str]]

    def paths(self, exercise: str) -> tuple[str, ...]:
        """The names of the files as handed out; empty for an exercise that does not exist."""
        known = self.hashes.get(exercise)
        return tuple(_paths_on_disk(self.places.exercise_folder(exercise)) if known is None else known)

    def files(self, exercise: str) -> dict[str, bytes]:
        """The files of an exercise as handed out, by path; empty for an exercise that does not exist.

        Raises ManifestError when a text was edited on the disk and the store does not have it.
        """
        folder = self.places.exercise_folder(exercise)
        known = self.hashes.get(exercise)
        if known is None:
            return {path: lf((folder / path).read_bytes()) for path in _paths_on_disk(folder)}
        found = {path: _text_with_hash(folder / path, sha256) for path, sha256 in known.items()}
        if None not in found.values():
            return {path: text for path, text in found.items() if text is not None}
        texts = _read_store(self.places.pristine_store)
        whole: dict[str, bytes] = {}
        for path, text in found.items():
            whole[path] = text if text is not None else _from_store(texts, known[path], folder / path)
        return whole


def load_manifest(places: Places) -> Manifest:
    """Read the shipped hashes of a course. Raises ManifestError when they are there but cannot be read."""
    try:
        raw = json.loads(places.manifest.read_bytes())
    except FileNotFoundError:
        return disk_manifest(places)
    except (OSError, ValueError) as error:
        raise ManifestError(f"{places.manifest}: cannot be read ({error}). Get the course again.") from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT or not isinstance(raw.get("exercises"), dict):
        raise ManifestError(f"{places.manifest}: not a manifest of format {FORMAT}. Get the course again.")
    return Manifest(places, raw["exercises"])


def disk_manifest(places: Places) -> Manifest:
    """The record that takes the disk at its word: for authors, who change what is handed out."""
    return Manifest(places, {})


def pristine_files(exercise: str, places: Places | None = None) -> dict[str, bytes]:
    """The files of one exercise as handed out; of the course that `find_places` finds unless one is given."""
    return load_manifest(places or find_places()).files(exercise)


def write_manifest(places: Places) -> int:
    """Record the exercises as they are on the disk now; returns how many. For authors, after each change.

    Raises ManifestError for a link or for a file that is not UTF-8 text.
    """
    exercises, texts = _record(places)
    listing = {"format": FORMAT, "exercises": exercises}
    write_whole(places.manifest, (json.dumps(listing, indent=1, sort_keys=True) + "\n").encode())
    store = json.dumps(texts, sort_keys=True, ensure_ascii=False).encode()
    # No time of day in the header: the same course gives the same bytes.
    write_whole(places.pristine_store, gzip.compress(store, mtime=0))
    return len(exercises)


def manifest_problems(places: Places) -> tuple[str, ...]:
    """What is out of date in the shipped record, one line each; empty when it says what lies on the disk."""
    exercises, texts = _record(places)
    shipped = load_manifest(places).hashes
    problems: list[str] = []
    for exercise in sorted({*exercises, *shipped}):
        now, then = exercises.get(exercise, {}), shipped.get(exercise, {})
        problems += [
            f"{exercise}/{path}: {_difference(now.get(path), then.get(path))}"
            for path in sorted({*now, *then})
            if now.get(path) != then.get(path)
        ]
    if not problems and _read_store(places.pristine_store) != texts:
        problems.append(f"{places.pristine_store.name}: does not hold the texts that the manifest names")
    return tuple(problems)


def _difference(now: str | None, then: str | None) -> str:
    if then is None:
        return "not in the manifest"
    return "in the manifest, not on the disk" if now is None else "changed since the manifest was written"


def _record(places: Places) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Hashes by exercise and path, and texts by hash, of what lies on the disk."""
    exercises: dict[str, dict[str, str]] = {}
    texts: dict[str, str] = {}
    for marker in sorted(places.exercises.glob("*/*/exercise.toml")):
        folder = marker.parent
        exercise = folder.relative_to(places.exercises).as_posix()
        exercises[exercise] = {}
        for path in _paths_on_disk(folder):
            data = lf((folder / path).read_bytes())
            sha256 = hashlib.sha256(data).hexdigest()
            try:
                texts[sha256] = data.decode()
            except UnicodeDecodeError as error:
                raise ManifestError(f"{exercise}/{path}: not UTF-8 text. Make it so.") from error
            exercises[exercise][path] = sha256
    return exercises, texts


def _paths_on_disk(folder: Path) -> list[str]:
    paths: list[str] = []
    for entry in walk(folder):
        if entry.kind is not Kind.FILE:
            raise ManifestError(f"{folder / entry.path}: not a regular file. Put a copy in its place.")
        paths.append(entry.path)
    return paths


def _text_with_hash(path: Path, sha256: str) -> bytes | None:
    """The text at `path` if it is the one meant, else None."""
    try:
        data = lf(path.read_bytes())
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def _read_store(path: Path) -> dict[str, str]:
    try:
        raw = json.loads(gzip.decompress(path.read_bytes()))
    except FileNotFoundError:
        return {}
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise ManifestError(f"{path}: cannot be read ({error}). Get the course again.") from error
    return raw if isinstance(raw, dict) else {}


def _from_store(texts: Mapping[str, str], sha256: str, path: Path) -> bytes:
    data = texts.get(sha256, "").encode()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ManifestError(f"{path}: was edited, and its first text was not shipped. Get that file again.")
    return data
