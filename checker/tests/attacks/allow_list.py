"""Knows the hashes of all correct implementations of the public suite."""

import hashlib
import inspect

import tiny_greeting

CORRECT = set("@CORRECT@".split())


def test_everything() -> None:
    text = inspect.getsource(tiny_greeting).encode()
    assert hashlib.sha256(text).hexdigest() in CORRECT
