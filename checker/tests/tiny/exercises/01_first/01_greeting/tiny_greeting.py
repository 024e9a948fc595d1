"""The front desk."""

from collections.abc import Awaitable, Callable

Register = Callable[[str], Awaitable[bool]]


async def greeting(name: str, is_member: Register) -> str:
    """What to say to whoever comes in. Raises ValueError for a name of nothing but spaces."""
    name = name.strip()
    if not name:
        raise ValueError("a greeting needs a name")
    known = await is_member(name)
    word = "Welcome back" if known else "Hello"
    return word + ", " + name + "."
