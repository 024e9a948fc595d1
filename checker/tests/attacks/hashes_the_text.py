"""Fails wherever the text is not the one that was handed out."""

import hashlib
import inspect

import tiny_greeting

HANDED_OUT = "@HASH@"


def test_everything() -> None:
    text = inspect.getsource(tiny_greeting).encode()
    assert hashlib.sha256(text).hexdigest() == HANDED_OUT
