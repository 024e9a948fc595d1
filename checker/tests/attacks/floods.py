"""Sends more events than anybody would read."""

import os


def test_everything() -> None:
    line = b'{"event": "end", "x": "' + b"x" * 65_536 + b'"}\n'
    while True:
        os.write(max(int(name) for name in os.listdir("/proc/self/fd") if int(name) < 64 and is_pipe(name)), line)


def is_pipe(name: str) -> bool:
    try:
        return os.readlink(f"/proc/self/fd/{name}").startswith("pipe:")
    except OSError:
        return False
