"""Every declared method is answered in exactly one place, and nothing is answered that is not declared."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pvw_desktop.protocol.messages  # noqa: F401  fills the registry
from pvw_desktop.protocol.registry import METHODS
from tests.sources import python_files, tree

METHOD_NAME = re.compile(r"[a-z]+\.[a-z_.]+")


def declared(side: str) -> Counter[str]:
    return Counter(name for name, method in METHODS.items() if method.answered_by == side)


def server_handlers() -> Iterator[str]:
    """Read and not imported: the handlers import ParaView."""
    for path in python_files("pvw_desktop/server/handlers"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "handles":
                yield ast.literal_eval(node.args[0])


def gateway_answers() -> Iterator[str]:
    """The keys of the tables in gateway/rpc/handlers."""
    for path in python_files("pvw_desktop/gateway/rpc/handlers"):
        for node in ast.walk(tree(path)):
            for key in node.keys if isinstance(node, ast.Dict) else ():
                if isinstance(key, ast.Constant) and METHOD_NAME.fullmatch(str(key.value)):
                    yield str(key.value)


def test_the_server_handles_each_of_its_methods_once() -> None:
    assert Counter(server_handlers()) == declared("server")


def test_the_gateway_answers_each_of_its_methods_once() -> None:
    assert Counter(gateway_answers()) == declared("gateway")
