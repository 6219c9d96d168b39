"""Every declared method is answered in exactly one place, and nothing is answered that is not declared."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

import pytest

import pvw_desktop.protocol.messages  # noqa: F401  fills the registry
from pvw_desktop.protocol.registry import METHODS
from tests.sources import python_files, tree


def declared(side: str) -> Counter[str]:
    return Counter(name for name, method in METHODS.items() if method.answered_by == side)


def handlers(side: str) -> Iterator[str]:
    """Read and not imported: those of the server import ParaView."""
    folder = {"server": "pvw_desktop/server/handlers", "gateway": "pvw_desktop/gateway/rpc/handlers"}[side]
    for path in python_files(folder):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "handles":
                yield ast.literal_eval(node.args[0])


@pytest.mark.parametrize("side", ["server", "gateway"])
def test_each_side_handles_each_of_its_methods_once(side: str) -> None:
    assert Counter(handlers(side)) == declared(side)
