import asyncio

import pytest

from box_office import BoxOffice, Plan, ShowLocks, Ticket


class MemoryStore:
    def __init__(self) -> None:
        self.plans: dict[str, Plan] = {"Hamlet": {"A1": None, "A2": None}}

    async def read(self, show: str) -> Plan:
        return dict(self.plans[show])

    async def write(self, show: str, plan: Plan) -> None:
        self.plans[show] = plan


@pytest.mark.asyncio
async def test_a_seat_is_sold_once() -> None:
    office = BoxOffice(MemoryStore(), ShowLocks())

    buyers = [office.reserve("Hamlet", "A1", f"buyer {n}") for n in range(50)]
    async with asyncio.timeout(2):
        results = await asyncio.gather(*buyers, return_exceptions=True)

    assert len([result for result in results if isinstance(result, Ticket)]) == 1
