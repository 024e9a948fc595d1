"""Writes more events than anybody would read, to the file that holds them."""

import os


def test_everything() -> None:
    line = b'{"event": "end", "x": "' + b"x" * 65_536 + b'"}\n'
    names = [int(name) for name in os.listdir("/proc/self/fd") if is_file(name)]
    while True:
        os.write(max(names), line)


def is_file(name: str) -> bool:
    try:
        return os.readlink(f"/proc/self/fd/{name}").endswith("(deleted)")
    except OSError:
        return False
