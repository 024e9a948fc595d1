"""Three functions with the declared signatures, hung into a namespace; all write into one diary."""

from types import SimpleNamespace

import pytest

from fulfilment import Fulfilment, Line, Order, fulfil
from warehouse_gateway import OutOfStock

pytestmark = pytest.mark.asyncio

LINES = (Line("milk", 2), Line("rice", 5), Line("salt", 1), Line("oats", 3))


@pytest.fixture
def diary() -> list[tuple]:
    return []


@pytest.fixture
def gateway(diary: list[tuple]) -> SimpleNamespace:
    short: set[str] = set()
    unknown: set[str] = set()

    def stocks(sku: str) -> bool:
        return sku not in unknown

    async def reserve(sku: str, quantity: int, *, order_id: str) -> str:
        diary.append(("reserve", sku, quantity, order_id))
        if sku in short:
            raise OutOfStock(sku)
        return sku.upper()

    async def release(reservation: str, *, reason: str) -> None:
        diary.append(("release", reservation, reason))

    async def dispatch(order_id: str, reservations: list[str], *, express: bool) -> None:
        diary.append(("dispatch", order_id, tuple(reservations), express))

    return SimpleNamespace(
        stocks=stocks, reserve=reserve, release=release, dispatch=dispatch, short=short, unknown=unknown
    )


async def test_the_whole_diary(gateway: SimpleNamespace, diary: list[tuple]) -> None:
    result = await fulfil(Order("9", LINES[:2], express=True), gateway=gateway)

    assert result == Fulfilment(("MILK", "RICE"), ())
    assert diary == [
        ("reserve", "milk", 2, "9"),
        ("reserve", "rice", 5, "9"),
        ("dispatch", "9", ("MILK", "RICE"), True),
    ]


async def test_unknown(gateway: SimpleNamespace, diary: list[tuple]) -> None:
    gateway.unknown |= {"milk", "salt"}

    result = await fulfil(Order("9", LINES), gateway=gateway)

    assert result == Fulfilment(("RICE", "OATS"), ("milk", "salt"))
    assert diary == [
        ("reserve", "rice", 5, "9"),
        ("reserve", "oats", 3, "9"),
        ("dispatch", "9", ("RICE", "OATS"), False),
    ]


async def test_all_unknown(gateway: SimpleNamespace, diary: list[tuple]) -> None:
    gateway.unknown |= {"milk"}

    assert await fulfil(Order("9", LINES[:1]), gateway=gateway) == Fulfilment((), ("milk",))
    assert diary == []


async def test_short(gateway: SimpleNamespace, diary: list[tuple]) -> None:
    gateway.short.add("salt")

    with pytest.raises(OutOfStock, match="salt"):
        await fulfil(Order("9", LINES), gateway=gateway)

    assert [entry[1] for entry in diary[:3]] == ["milk", "rice", "salt"]
    assert set(diary[3:]) == {
        ("release", "MILK", "out of stock"),
        ("release", "RICE", "out of stock"),
    }
    assert len(diary) == 5
