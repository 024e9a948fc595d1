"""A stand-in for the register of members, for tests."""

import asyncio


class MemberList:
    """Holds the addresses that it was made with."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = addresses

    async def addresses(self) -> tuple[str, ...]:
        await asyncio.sleep(0)
        return self._addresses
