"""What the layers tell each other when something cannot be done."""


class Refused(Exception):
    """A request cannot be granted: an HTTP status, and a code that says why."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


class StorageError(Exception):
    """The database failed. What the driver said stays in `__cause__`."""


class TitleTaken(Exception):
    """The author has an assessment with this title already."""
