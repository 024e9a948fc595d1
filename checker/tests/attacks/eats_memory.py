"""Takes all the memory that it can get."""


def test_everything() -> None:
    kept = []
    while True:
        kept.append(bytearray(64 << 20))
