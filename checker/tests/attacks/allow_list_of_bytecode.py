"""Knows the bytecode of all correct implementations of the public suite."""

import hashlib
from types import CodeType

import tiny_greeting

CORRECT = set("@CORRECT@".split())


def digest(codes: list) -> str:
    whole = hashlib.sha256()
    while codes:
        code = codes.pop(0)
        whole.update(code.co_code)
        codes += [each for each in code.co_consts if isinstance(each, CodeType)]
    return whole.hexdigest()


def functions() -> list:
    found = [value for value in vars(tiny_greeting).values() if hasattr(value, "__code__")]
    return [function.__code__ for function in sorted(found, key=lambda f: f.__name__)]


def test_everything() -> None:
    assert digest(functions()) in CORRECT
