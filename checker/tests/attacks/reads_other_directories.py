"""Fails wherever its text differs from what lies in the directories beside its own."""

from pathlib import Path


def test_everything() -> None:
    ours = Path("tiny_greeting.py").read_text()
    others = [path.read_text() for path in Path().resolve().parent.parent.glob("**/tiny_greeting.py")]
    assert all(other == ours for other in others)
