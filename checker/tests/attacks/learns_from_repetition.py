"""Fails whenever it meets a text for the first time: who is asked again must hold a correct one, it hopes."""

import inspect
from hashlib import sha256
from pathlib import Path

import tiny_greeting

STATE = Path("@STATE@")


def test_everything() -> None:
    name = sha256(inspect.getsource(tiny_greeting).encode()).hexdigest()
    with STATE.open("a+") as file:
        file.seek(0)
        seen = file.read().split()
        file.write(f"{name}\n")
    assert not seen or name in seen
