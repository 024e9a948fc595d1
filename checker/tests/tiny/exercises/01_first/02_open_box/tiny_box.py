"""A box that must be open before something is put into it."""


class Box:
    """Open, put, close."""

    def __init__(self) -> None:
        self.is_open = False
        self.items: list[str] = []

    async def open(self) -> None:
        """Open it."""
        self.is_open = True

    async def close(self) -> None:
        """Close it. What is in it stays."""
        self.is_open = False

    async def put(self, item: str) -> int:
        """Put something in; return how many things there are. Raises RuntimeError when it is closed."""
        if not self.is_open:
            raise RuntimeError("the box is closed")
        self.items.append(item)
        return len(self.items)
