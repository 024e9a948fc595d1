from dataclasses import dataclass, field

import pytest

from parcel_labels import CarrierError, Label, LabelDesk, Parcel

BOX = Parcel(31, 400)


@dataclass
class Gateway:
    """A carrier and a clock in one. Answers by script, and keeps a log."""

    script: list[object]
    log: list[object] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    async def create_label(self, parcel: Parcel, *, key: str) -> Label:
        self.log.append(parcel)
        self.keys.append(key)
        answer = self.script.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def sleep(self, seconds: float) -> None:
        self.log.append(seconds)

    @property
    def desk(self) -> LabelDesk:
        return LabelDesk(self, sleep=self.sleep)


def failed(*statuses: int) -> list[object]:
    return [CarrierError(status) for status in statuses]


@pytest.mark.asyncio
async def test_first_try() -> None:
    gateway = Gateway([Label("A", b"a"), Label("B", b"b")])
    assert await gateway.desk.label(BOX) == Label("A", b"a")
    assert gateway.log == [BOX]


@pytest.mark.asyncio
async def test_fourth_try() -> None:
    gateway = Gateway([*failed(500, 503, 599), Label("D", b"d")])
    assert (await gateway.desk.label(BOX)).tracking == "D"
    assert gateway.log == [BOX, 0.25, BOX, 0.5, BOX, 1, BOX]
    assert len(set(gateway.keys)) == 1


@pytest.mark.asyncio
async def test_gives_up() -> None:
    script = failed(500, 501, 502, 503, 504)
    last = script[3]
    gateway = Gateway(script)
    with pytest.raises(CarrierError, match="503") as info:
        await gateway.desk.label(BOX)
    assert info.value is last
    assert gateway.log == [BOX, 0.25, BOX, 0.5, BOX, 1, BOX]


@pytest.mark.asyncio
@pytest.mark.parametrize("status", [400, 404, 429, 499])
@pytest.mark.parametrize("before", [0, 1, 2, 3])
async def test_refused(status: int, before: int) -> None:
    refusal = CarrierError(status)
    gateway = Gateway([*failed(500, 500, 500)[:before], refusal, Label("late", b"")])
    with pytest.raises(CarrierError) as info:
        await gateway.desk.label(BOX)
    assert info.value is refusal
    assert gateway.log.count(BOX) == before + 1
    assert len(gateway.log) == 2 * before + 1


@pytest.mark.asyncio
async def test_broken() -> None:
    gateway = Gateway([OSError("no route"), Label("late", b"")])
    with pytest.raises(OSError, match="no route"):
        await gateway.desk.label(BOX)
    assert gateway.log == [BOX]


@pytest.mark.asyncio
async def test_second_label_after_trouble_with_the_first() -> None:
    gateway = Gateway([*failed(500, 500), Label("A", b"a"), *failed(500, 500), Label("B", b"b")])
    desk = gateway.desk
    await desk.label(BOX)
    await desk.label(BOX)
    assert gateway.log == [BOX, 0.25, BOX, 0.5, BOX] * 2


@pytest.mark.asyncio
async def test_keys_differ() -> None:
    gateway = Gateway([Label("A", b"a"), Label("B", b"b")])
    desk = gateway.desk
    await desk.label(BOX)
    await desk.label(BOX)
    assert gateway.keys[0] != gateway.keys[1]
    assert all(type(key) is str for key in gateway.keys)
