"""pipeline.*: the nodes and how they hang together."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Literal, Optional

from ..registry import Nothing, method, topic
from ..schema import Length
from .common import Id, Name, NodeRef, Port


@dataclasses.dataclass(frozen=True)
class OutputPort:
    """An output port as the Pipeline Browser shows it."""

    index: int
    name: str
    visible_in: Annotated[list[Id], "the views that show it"]
    can_show_in: Annotated[list[Id], "the views that can show it; none before the first apply"]


@dataclasses.dataclass(frozen=True)
class PipelineNode:
    """A reader, source or filter."""

    node: Id
    name: str
    type: Annotated[str, "ParaView's label of the proxy, such as Contour"]
    proxy: Annotated[str, "ParaView's proxy name"]
    group: str
    inputs: list[Port]
    ports: list[OutputPort]
    state: Annotated[
        Literal["new", "modified", "ok", "error"],
        "new: never applied; modified: has no result of its properties; error: the last apply failed, see `message`",
    ]
    message: Annotated[Optional[str], "what went wrong, or what to know before the first apply"] = None
    file: Annotated[Optional[str], "name of the file it reads, without its folder"] = None


@topic("pipeline")
@dataclasses.dataclass(frozen=True)
class Pipeline:
    """All nodes, inputs before what depends on them."""

    nodes: list[PipelineNode]
    view: Annotated[Optional[Id], "the first view, which is meant where a request names none"] = None


@method("pipeline.create", role="control", result=NodeRef, effect="data", job="Adding {name}")
@dataclasses.dataclass(frozen=True)
class PipelineCreate:
    """Adds a source or filter with default properties. It runs at the first proxy.apply."""

    group: Literal["sources", "filters"]
    name: Name
    inputs: Annotated[list[Port], Length(64)] = dataclasses.field(default_factory=list)


@method("pipeline.delete", role="control", result=Nothing, effect="data")
@dataclasses.dataclass(frozen=True)
class PipelineDelete:
    """Removes a node that nothing depends on; what it hid when it was applied is shown again."""

    node: Id


@method("pipeline.rename", role="control", result=Nothing, effect="state")
@dataclasses.dataclass(frozen=True)
class PipelineRename:
    """Gives a node another name."""

    node: Id
    name: Annotated[str, Length(200)]


@method("pipeline.clear", role="control", result=Nothing, effect="data")
@dataclasses.dataclass(frozen=True)
class PipelineClear:
    """Removes every node."""
