import asyncio
from collections.abc import Callable
from datetime import date

import pytest

from charges import Card, CardDeclined, CardExpired, Declined, InvalidAmount, Receipt, charge

NOW = date(2030, 12, 31)
LATER = date(2031, 1, 1)


class Till:
    def __init__(self, answer: Callable[[], str]) -> None:
        self.answer = answer
        self.log = ""

    async def capture(self, token: str, amount: int) -> str:
        self.log += f"[{token}:{amount}]"
        return self.answer()


def pay(till: Till, amount: int, today: date = NOW) -> Receipt:
    return asyncio.run(charge(Card("c", NOW), amount, gateway=till, today=today))


def fails_with(error: Exception) -> Callable[[], str]:
    def answer() -> str:
        raise error

    return answer


@pytest.fixture
def till() -> Till:
    return Till(lambda: "0815")


def test_paid(till: Till) -> None:
    assert pay(till, 50) == Receipt("0815", 50)
    assert pay(till, 500_000) == Receipt("0815", 500_000)
    assert till.log == "[c:50][c:500000]"


def test_wrong_amounts(till: Till) -> None:
    for amount, words in ((-100, "-1.00 EUR"), (49, "0.49 EUR"), (500_001, "5000.01 EUR")):
        with pytest.raises(InvalidAmount) as info:
            pay(till, amount)
        assert words in info.value.args[0]
        assert info.value.status_code == 422
    assert till.log == ""


def test_expired(till: Till) -> None:
    with pytest.raises(CardExpired) as info:
        pay(till, 12345, today=LATER)
    assert "123.45 EUR" in info.exconly()
    assert (info.value.status_code, till.log) == (402, "")


def test_declined() -> None:
    till = Till(fails_with(Declined("do not honour")))
    with pytest.raises(CardDeclined) as info:
        pay(till, 12345)
    message = str(info.value)
    assert "123.45 EUR" in message
    assert "do not honour" in message
    assert info.value.status_code == 409
    assert repr(info.value.__cause__) == "Declined('do not honour')"
    assert till.log == "[c:12345]"


def test_anything_else() -> None:
    for kind in ConnectionError, TimeoutError:
        with pytest.raises(kind, match="no route"):
            pay(Till(fails_with(kind("no route"))), 12345)
