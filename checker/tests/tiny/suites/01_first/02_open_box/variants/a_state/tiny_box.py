"""A box that must be open before something is put into it."""


class Box:
    """Open, put, close."""

    def __init__(self) -> None:
        self._state = "shut"
        self.items: list[str] = []

    @property
    def is_open(self) -> bool:
        return self._state == "open"

    async def open(self) -> None:
        self._state = "open"

    async def close(self) -> None:
        self._state = "shut"

    async def put(self, item: str) -> int:
        if self._state == "open":
            self.items.append(item)
            return len(self.items)
        raise RuntimeError("open it first")
