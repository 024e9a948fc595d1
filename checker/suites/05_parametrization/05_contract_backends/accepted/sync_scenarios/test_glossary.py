import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

import glossary as g

Scenario = Callable[[Any, Any], Awaitable[None]]


def t(word: str, meaning: str = "", *tags: str) -> g.Term:
    return g.Term(word, meaning, list(tags))


async def there_and_back(one: Any, other: Any) -> None:
    await one.add(t("Kiln", "an oven", "b", "a"))
    await one.add(t("glaze", "glass on clay"))
    for spelt in ("Kiln", "kiln", "KILN"):
        assert await one.get(spelt) == t("Kiln", "an oven", "b", "a")
    assert await one.get("glaze") == t("glaze", "glass on clay")


async def duplicates(one: Any, other: Any) -> None:
    await one.add(t("Kiln", "an oven"))
    for spelt in ("Kiln", "kiln"):
        with pytest.raises(g.DuplicateTerm) as e:
            await one.add(t(spelt, "a pot", "x"))
        assert e.value.args == (spelt,)
    assert await one.all() == [t("Kiln", "an oven")]


async def unknown(one: Any, other: Any) -> None:
    for ask in (one.get, one.remove):
        with pytest.raises(g.UnknownTerm) as e:
            await ask("Slip")
        assert str(e.value) == "Slip"


async def order(one: Any, other: Any) -> None:
    assert await one.all() == []
    for word in ("slip", "Kiln", "glaze", "Clay"):
        await one.add(t(word))
    assert await one.all() == [t("Clay"), t("glaze"), t("Kiln"), t("slip")]


async def removal(one: Any, other: Any) -> None:
    await one.add(t("Kiln", "an oven"))
    await one.add(t("slip", "thin clay"))
    assert (await one.get("kiln")).meaning
    await one.remove("kiln")
    assert await one.all() == [t("slip", "thin clay")]
    with pytest.raises(g.UnknownTerm):
        await one.get("Kiln")
    await one.add(t("KILN", "new"))
    assert await one.get("kiln") == t("KILN", "new")


async def copies_in(one: Any, other: Any) -> None:
    term = t("Kiln", "an oven", "a")
    await one.add(term)
    term.word, term.meaning = "", ""
    term.tags.clear()
    assert await one.get("kiln") == t("Kiln", "an oven", "a")


async def copies_out(one: Any, other: Any) -> None:
    await one.add(t("Kiln", "an oven", "a"))
    for out in (await one.get("kiln"), (await one.all())[0]):
        out.meaning = ""
        out.tags.append("b")
        assert await one.get("kiln") == t("Kiln", "an oven", "a")


async def apart(one: Any, other: Any) -> None:
    await one.add(t("Kiln", "an oven"))
    assert await other.all() == []
    await other.add(t("Kiln", "hot"))
    assert [await each.get("kiln") for each in (one, other)] == [t("Kiln", "an oven"), t("Kiln", "hot")]


SCENARIOS = [there_and_back, duplicates, unknown, order, removal, copies_in, copies_out, apart]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.__name__)
def test_memory(scenario: Scenario) -> None:
    asyncio.run(scenario(g.MemoryGlossary(), g.MemoryGlossary()))


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.__name__)
def test_sql(scenario: Scenario) -> None:
    async def run() -> None:
        engines = [create_async_engine("sqlite+aiosqlite://") for _ in range(2)]
        try:
            one, other = map(g.SqlGlossary, engines)
            await one.create_tables()
            await other.create_tables()
            await scenario(one, other)
        finally:
            for engine in engines:
                await engine.dispose()

    asyncio.run(run())
