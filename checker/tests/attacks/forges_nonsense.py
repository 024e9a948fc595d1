"""Sends whatever could break a reader: wrong types, infinities, depth, half a line."""

import os

NONSENSE = [
    b'{"event": "report", "test": {"a": 1}, "phase": [], "outcome": 7}',
    b'{"event": "reached", "test": "x", "points": [Infinity, NaN]}',
    b'{"event": "item", "id": null, "file": 3, "line": "x", "is_async": {}}',
    b"[" * 50_000,
    b'"text"',
    b"\xff\xfe",
    b'{"event": "fin',
]


def test_everything() -> None:
    for descriptor in range(3, 256):
        for line in NONSENSE:
            try:
                os.write(descriptor, line + b"\n")
            except OSError:
                break
