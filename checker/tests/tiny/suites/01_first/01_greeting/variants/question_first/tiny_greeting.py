"""The front desk."""

from collections.abc import Awaitable, Callable

Register = Callable[[str], Awaitable[bool]]


async def _word(name: str, is_member: Register) -> str:
    if await is_member(name):
        return "Welcome back"
    return "Hello"


async def greeting(name: str, is_member: Register) -> str:
    """What to say to whoever comes in. Raises ValueError for a name of nothing but spaces."""
    if plain := name.strip():
        return f"{await _word(plain, is_member)}, {plain}."
    raise ValueError("no name was given")
