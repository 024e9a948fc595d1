"""Takes all the memory that it can get."""

import mmap


def test_everything() -> None:
    kept = []
    while True:
        kept.append(mmap.mmap(-1, 64 << 20, flags=mmap.MAP_PRIVATE))
