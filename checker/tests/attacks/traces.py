"""Looks through every frame and object for a sign of what it got."""

import gc
import sys

SIGNS = ["rebmem_a_si_ydobyreve", "secaps_eht_speek", "depacse-gub"]  # backwards, not to find themselves
FOUND: list[str] = []


def trace(frame: object, event: str, argument: object) -> object:
    look(list(frame.f_locals.values()))
    return trace


def look(values: list) -> None:
    for value in values:
        if isinstance(value, str):
            FOUND.extend(sign for sign in SIGNS if sign[::-1] in value)


def test_everything() -> None:
    sys.settrace(trace)
    frame = sys._getframe()
    while frame is not None:
        look(list(frame.f_locals.values()))
        frame = frame.f_back
    for thing in gc.get_objects():
        if type(thing) is dict:
            look(list(thing.values()))
    assert not FOUND, FOUND[:5]
