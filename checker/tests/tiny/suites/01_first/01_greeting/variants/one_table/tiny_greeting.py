"""The front desk."""

from collections.abc import Awaitable, Callable

Register = Callable[[str], Awaitable[bool]]
WORDS = {True: "Welcome back, {}.", False: "Hello, {}."}


async def greeting(name: str, is_member: Register) -> str:
    """What to say to whoever comes in. Raises ValueError for a name of nothing but spaces."""
    parts = name.split()
    if parts == []:
        raise ValueError("this name is empty")
    stripped = name.strip()
    sentence = WORDS[bool(await is_member(stripped))]
    return sentence.format(stripped)
