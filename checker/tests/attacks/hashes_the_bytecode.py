"""Fails wherever the bytecode is not that of the text handed out."""

from tiny_greeting import greeting

TEXT = '''@TEXT@'''


def test_everything() -> None:
    space: dict = {}
    exec(TEXT, space)
    ours = [instruction for instruction in names(space["greeting"]) if instruction != "__point__"]
    assert [each for each in names(greeting) if each != "__point__"] == ours


def names(function: object) -> list:
    code = function.__code__
    return [*code.co_names, *code.co_varnames, *[c for c in code.co_consts if isinstance(c, str)]]
