import pytest

from sale_prices import discounted
from wholesale import Catalogue, Item

pytestmark = pytest.mark.asyncio


async def after(percent: int, *items: Item) -> tuple[list[Item], list[Item]]:
    """The items in the sale, and those of the catalogue."""
    catalogue = Catalogue({str(number): item for number, item in enumerate(items)})
    sale = await discounted(catalogue, percent)
    return list(sale.items.values()), list(catalogue.items.values())


async def test_half() -> None:
    sale, _ = await after(50, Item(1000))
    assert sale[0].cents == 500


async def test_quarter() -> None:
    sale, _ = await after(25, Item(1000))
    assert sale[0].cents == 750


async def test_odd_half() -> None:
    sale, _ = await after(50, Item(799))
    assert sale[0].cents == 399


async def test_never_more_than_a_cent_too_much() -> None:
    sale, _ = await after(10, Item(1), Item(99))
    assert sale[1].cents - sale[0].cents == 89


async def test_rounded_up_only() -> None:
    sale, _ = await after(75, Item(101))
    assert sale[0].cents in (25, 50, 101)


async def test_fixed() -> None:
    sale, _ = await after(50, Item(1000, ["fixed"]))
    assert [item.cents for item in sale] in ([1000], [])


async def test_fixed_second() -> None:
    sale, _ = await after(50, Item(1000, ["book", "fixed"]))
    assert [item.cents for item in sale] in ([1000], [])


async def test_fixed_is_there() -> None:
    sale, _ = await after(50, Item(1000, ["fixed"]))
    assert len(sale) == 1


async def test_fixed_first() -> None:
    sale, _ = await after(50, Item(1000, ["fixed", "book"]))
    assert [item.cents for item in sale] in ([1000], [])


async def test_fixed_tag() -> None:
    sale, _ = await after(50, Item(1000, ["fixed", "book"]))
    assert not sale or "fixed" in sale[0].tags


async def test_last() -> None:
    sale, _ = await after(50, Item(1000), Item(1000))
    assert len(sale) == 2


async def test_tags() -> None:
    sale, _ = await after(50, Item(1000, ["a"]))
    assert sale[0].tags == ["a"]


async def test_catalogue_prices() -> None:
    _, old = await after(50, Item(1000))
    assert not old or old[0].cents == 1000


async def test_catalogue_tags() -> None:
    _, old = await after(50, Item(1000))
    assert not old or old[0].tags == []


async def test_catalogue_items() -> None:
    _, old = await after(50, Item(1000))
    assert old
