"""Which modules differ in function bodies only, and where the changed ones are entered."""

from __future__ import annotations

from textwrap import dedent

import pytest

from checker.engine.bodies import differing

MODULE = '''
    """About things."""

    import functools

    LIMIT = 3


    def first(x: int = LIMIT) -> int:
        """The first."""
        y = x + 1
        return y


    class Box:
        """Holds one."""

        size = 2

        @property
        def double(self) -> int:
            return 2 * self.size


    async def last(): return 1
'''


def _changed(old: str, new: str) -> dict[str, list[int]] | None:
    before = dedent(MODULE).encode()
    assert before.count(old.encode()) == 1
    files = {"thing.py": before, "test_thing.py": b"x = 1\n"}
    return differing(files, {**files, "thing.py": before.replace(old.encode(), new.encode())}, ["thing.py"])


@pytest.mark.parametrize(
    ("old", "new", "entries"),
    [
        ("y = x + 1", "y = x - 1", [0]),
        ("y = x + 1\n", "y = x\n    y += 1\n", [0]),
        ("return 2 * self.size", "return self.size", [2]),
        ("return 1", "return 2", [3]),
        ("    y = x + 1\n    return y", "    return x + 1", [0]),
    ],
)
def test_changed_bodies_are_told_by_the_points_at_which_they_are_entered(
    old: str, new: str, entries: list[int]
) -> None:
    assert _changed(old, new) == {"thing.py": entries}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("LIMIT = 3", "LIMIT = 4"),
        ("x: int = LIMIT", "x: int = 5"),
        ("def first", "def other"),
        ("@property", "@functools.cached_property"),
        ("size = 2", "size = 3"),
        ('"""The first."""', '"""Another."""'),
        ("async def last", "def last"),
        ("class Box:", "class Box(dict):"),
        ("    y = x + 1\n    return y\n", "    y = x + 1\n    return y\n\n\ndef more():\n    pass\n"),
        ("y = x + 1", "y = = 1"),
    ],
)
def test_what_changes_more_than_a_body_is_for_a_new_worker(old: str, new: str) -> None:
    assert _changed(old, new) is None


def test_equal_files_differ_in_nothing() -> None:
    files = {"thing.py": b"def f():\n    return 1\n"}
    assert differing(files, dict(files), ["thing.py"]) == {}


def test_a_file_that_is_not_under_test_is_for_a_new_worker() -> None:
    old, new = {"helper.py": b"def f():\n    return 1\n"}, {"helper.py": b"def f():\n    return 2\n"}
    assert differing(old, new, ["thing.py"]) is None
    assert differing(old, {}, ["thing.py"]) is None


def test_a_body_that_holds_nothing_but_its_docstring_is_no_body() -> None:
    old, new = {"thing.py": b'def f():\n    """One."""\n'}, {"thing.py": b'def f():\n    """Two."""\n'}
    assert differing(old, new, ["thing.py"]) is None


def test_columns_are_counted_in_bytes() -> None:
    old = {"thing.py": 'def f(): return "ä", 1\n'.encode()}
    new = {"thing.py": 'def f(): return "ä", 2\n'.encode()}
    assert differing(old, new, ["thing.py"]) == {"thing.py": [0]}
