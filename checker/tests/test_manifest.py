"""What was handed out is known whatever lies on the disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.errors import KataError
from checker.manifest import (
    disk_manifest,
    load_manifest,
    manifest_problems,
    pristine_files,
    write_manifest,
)
from checker.places import Places, find_places

EXERCISE = "01_markers/01_first"
FILES = {
    "exercise.toml": b"format = 1\n",
    "pytest.ini": b"[pytest]\n",
    "shop.py": b"PRICE = 1  # \xe2\x82\xac\n",
    "tests/test_shop.py": b"",
}


@pytest.fixture
def places(tmp_path: Path) -> Places:
    for exercise in (EXERCISE, "01_markers/02_second"):
        for path, text in FILES.items():
            file = tmp_path / "exercises" / exercise / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text)
    (tmp_path / "exercises" / EXERCISE / "__pycache__").mkdir()
    (tmp_path / "exercises" / EXERCISE / "__pycache__" / "shop.pyc").write_bytes(b"\x00")
    return find_places(tmp_path)


def _edit(places: Places, path: str, text: bytes) -> None:
    (places.exercise_folder(EXERCISE) / path).write_bytes(text)


def test_every_file_of_every_exercise_is_recorded(places: Places) -> None:
    assert write_manifest(places) == 2
    assert load_manifest(places).files(EXERCISE) == FILES
    assert load_manifest(places).paths(EXERCISE) == tuple(FILES)
    assert manifest_problems(places) == ()


def test_an_edited_file_is_brought_back_from_the_store(places: Places) -> None:
    write_manifest(places)
    _edit(places, "shop.py", b"PRICE = 2\n")
    (places.exercise_folder(EXERCISE) / "pytest.ini").unlink()
    assert pristine_files(EXERCISE, places) == FILES


def test_windows_line_ends_are_no_edit(places: Places) -> None:
    write_manifest(places)
    _edit(places, "pytest.ini", b"[pytest]\r\n")
    assert manifest_problems(places) == ()
    assert pristine_files(EXERCISE, places) == FILES


def test_the_same_course_gives_the_same_bytes(places: Places) -> None:
    write_manifest(places)
    first = places.manifest.read_bytes(), places.pristine_store.read_bytes()
    write_manifest(places)
    assert (places.manifest.read_bytes(), places.pristine_store.read_bytes()) == first


def test_each_difference_is_named(places: Places) -> None:
    write_manifest(places)
    _edit(places, "shop.py", b"PRICE = 2\n")
    _edit(places, "extra.py", b"")
    (places.exercise_folder(EXERCISE) / "pytest.ini").unlink()
    assert manifest_problems(places) == (
        f"{EXERCISE}/extra.py: not in the manifest",
        f"{EXERCISE}/pytest.ini: in the manifest, not on the disk",
        f"{EXERCISE}/shop.py: changed since the manifest was written",
    )


def test_a_store_without_the_texts_is_named(places: Places) -> None:
    write_manifest(places)
    places.pristine_store.unlink()
    assert manifest_problems(places) == ("pristine.json.gz: does not hold the texts that the manifest names",)
    _edit(places, "shop.py", b"")
    with pytest.raises(KataError, match=r"shop\.py: was edited, and its first text was not shipped"):
        pristine_files(EXERCISE, places)


def test_a_text_that_does_not_fit_its_hash_is_refused(places: Places) -> None:
    write_manifest(places)
    raw = json.loads(places.manifest.read_text())
    raw["exercises"][EXERCISE]["shop.py"] = "0" * 64
    places.manifest.write_text(json.dumps(raw))
    with pytest.raises(KataError, match="not shipped"):
        pristine_files(EXERCISE, places)


@pytest.mark.parametrize("text", ["", "[]", '{"format": 2, "exercises": {}}', '{"format": 1}'])
def test_a_manifest_that_is_none_is_named(places: Places, text: str) -> None:
    places.manifest.write_text(text)
    with pytest.raises(KataError, match=r"manifest\.json"):
        load_manifest(places)


def test_a_broken_store_is_named(places: Places) -> None:
    write_manifest(places)
    places.pristine_store.write_bytes(places.pristine_store.read_bytes()[:40])
    _edit(places, "shop.py", b"")
    with pytest.raises(KataError, match=r"pristine\.json\.gz: cannot be read"):
        pristine_files(EXERCISE, places)


def test_without_a_manifest_the_disk_counts(places: Places) -> None:
    _edit(places, "shop.py", b"PRICE = 2\n")
    assert pristine_files(EXERCISE, places)["shop.py"] == b"PRICE = 2\n"


def test_an_exercise_that_is_being_written_is_taken_from_the_disk(places: Places) -> None:
    write_manifest(places)
    new = places.exercises / "02_new" / "01_new"
    new.mkdir(parents=True)
    (new / "test_new.py").write_bytes(b"pass\n")
    assert pristine_files("02_new/01_new", places) == {"test_new.py": b"pass\n"}
    assert pristine_files("02_new/09_nothing", places) == {}


def test_an_author_may_take_the_disk_at_its_word(places: Places) -> None:
    write_manifest(places)
    _edit(places, "shop.py", b"PRICE = 2\n")
    assert disk_manifest(places).files(EXERCISE)["shop.py"] == b"PRICE = 2\n"


def test_only_text_is_handed_out(places: Places) -> None:
    _edit(places, "shop.py", b"\xff")
    with pytest.raises(KataError, match=r"01_first/shop\.py: not UTF-8"):
        write_manifest(places)


def test_a_link_is_not_handed_out(places: Places) -> None:
    (places.exercise_folder(EXERCISE) / "linked.py").symlink_to("shop.py")
    with pytest.raises(KataError, match=r"linked\.py: not a regular file"):
        write_manifest(places)


def test_the_shipped_manifest_is_current() -> None:
    places = find_places(environ={})
    if not places.manifest.exists():
        pytest.skip("no manifest is shipped yet")
    assert manifest_problems(places) == ()
