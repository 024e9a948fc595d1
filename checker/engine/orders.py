"""Orders of tests. Shuffling is hierarchical, so that wider fixtures live as long as they would in any run."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from random import Random
from typing import TypeVar

import pytest
from _pytest.scope import Scope

from .trial import Order, Plan

T = TypeVar("T")


def arranged(items: list[pytest.Item], plan: Plan) -> list[pytest.Item]:
    """The collected items as the plan wants them: those selected, in its order."""
    if plan.select:
        by_id = {item.nodeid: item for item in items}
        items = [by_id[test] for test in plan.select if test in by_id]
    match plan.order:
        case Order.COLLECTED:
            return items
        case Order.REVERSED:
            return items[::-1]
        case Order.SHUFFLED:
            paths = [_path(item) for item in items]
            return [items[i] for i in shuffled(paths, Random(plan.seed))]
        case Order.TWICE:
            return items + [_again(item) for item in items]


def shuffled(paths: Sequence[tuple[str, ...]], rng: Random) -> list[int]:
    """Indices of `paths` in a random order that keeps the members of every common prefix together."""

    def visit(indices: list[int], depth: int) -> list[int]:
        groups: dict[str, list[int]] = {}
        for index in indices:
            groups.setdefault(paths[index][depth], []).append(index)
        order = list(groups.values())
        rng.shuffle(order)
        deeper = depth + 1 < len(paths[indices[0]])
        return [index for group in order for index in (visit(group, depth + 1) if deeper else group)]

    return visit(list(range(len(paths))), 0) if paths else []


def _path(item: pytest.Item) -> tuple[str, ...]:
    """Where an item stands: module, wide parameters, class, function, itself."""
    callspec = getattr(item, "callspec", None)
    wide = ""
    if callspec is not None:
        wide = repr(
            sorted(
                (name, callspec.indices.get(name, 0))
                for name, scope in callspec._arg2scope.items()
                if scope is not Scope.Function
            )
        )
    owner = item.parent.nodeid if item.parent is not None else ""
    return (str(item.path), wide, owner, getattr(item, "originalname", item.name) or item.name, item.nodeid)


def _again(item: pytest.Item) -> pytest.Item:
    """The same test once more. Another object: pytest keeps a test's fixtures when the next item is the same one.

    What pytest made for the first run, the instance of a test class above all, it makes anew for the second.
    """
    twin = copy.copy(item)
    for made in ("_obj", "_instance"):
        vars(twin).pop(made, None)
    renew = getattr(twin, "_initrequest", None)
    if renew is not None:
        renew()
    return twin
