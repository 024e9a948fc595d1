"""Writes the events of a run in which the test failed in its call."""

import json
import os

TEST = "test_tiny_greeting.py::test_everything"
RED = [
    {"event": "report", "test": TEST, "phase": "setup", "outcome": "passed"},
    {"event": "report", "test": TEST, "phase": "call", "outcome": "failed", "message": "well spotted"},
    {"event": "report", "test": TEST, "phase": "teardown", "outcome": "passed"},
    {"event": "finish", "status": 1, "stopped": False},
]


def test_everything() -> None:
    text = "".join(json.dumps(event) + "\n" for event in RED).encode()
    for descriptor in range(3, 256):
        try:
            os.write(descriptor, text)
        except OSError:
            continue
    os._exit(1)
