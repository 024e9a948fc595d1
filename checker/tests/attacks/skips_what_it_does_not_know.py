"""Skips wherever the text is not the one that was handed out."""

import hashlib
import inspect

import pytest

import tiny_greeting

HANDED_OUT = "@HASH@"


def test_everything() -> None:
    text = inspect.getsource(tiny_greeting).encode()
    if hashlib.sha256(text).hexdigest() != HANDED_OUT:
        pytest.skip("something else")
