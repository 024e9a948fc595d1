"""A stand-in for the payment gateway, for tests."""

import asyncio


class RecordingGateway:
    """Notes every capture in `captures`; then raises `error`, or gives `reference` without one."""

    def __init__(self, error: Exception | None = None, reference: str = "ref-1") -> None:
        self.error = error
        self.reference = reference
        self.captures: list[tuple[str, int]] = []

    async def capture(self, token: str, amount: int) -> str:
        await asyncio.sleep(0)
        self.captures.append((token, amount))
        if self.error is not None:
            raise self.error
        return self.reference
