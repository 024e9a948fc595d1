"""A box that must be open before something is put into it."""


class Box:
    """Open, put, close."""

    def __init__(self) -> None:
        self.is_open, self.items, self.count = False, list[str](), 0

    async def open(self) -> None:
        self.is_open = True

    async def close(self) -> None:
        self.is_open = False

    async def put(self, item: str) -> int:
        if not self.is_open:
            raise RuntimeError("closed")
        self.items = [*self.items, item]
        self.count += 1
        return self.count
