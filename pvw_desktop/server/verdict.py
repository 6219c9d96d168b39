"""What a node's run came to: its state and the sentence for it. Knows no requests and starts nothing."""

from __future__ import annotations

import dataclasses
from typing import Any, Optional, Protocol

from .pv.core.messages import Heard, gist
from .pv.pipeline.information import draws_nothing, is_empty

_GONE = " is not there any more."


class Bench(Protocol):
    """Who knows nodes and their files."""

    engine: Any
    readers: Any


@dataclasses.dataclass(frozen=True)
class Verdict:
    """`state` and `sentence` as the topic `pipeline` has them; `failed` where there is no result at all."""

    state: str
    sentence: Optional[str] = None
    hint: str = "Check its properties."
    log: Optional[str] = None
    failed: bool = False


def missing(bench: Bench, node: Any) -> Optional[Verdict]:
    """For a node whose file is not there: readers say nothing of it, or give an empty result."""
    file = bench.readers.missing_file(node)
    if file is None:
        return None
    return Verdict("error", f"{file}{_GONE}", "Put it back where it was, then apply.", failed=True)


def was_missing(sentence: Optional[str]) -> bool:
    """Whether a saved sentence is about a file that was not there then."""
    return sentence is not None and sentence.endswith(_GONE)


def judge(bench: Bench, node: Any, heard: Heard) -> Verdict:
    """After a run, by what was heard and what is there."""
    name, file = bench.engine.name_of(node), bench.readers.file_of(node)
    empty = is_empty(node)
    if empty and heard.errors and file is not None:
        hint = "The file may be damaged, cut short, or of another format than its name says."
        return Verdict("error", f"{file} could not be read: {gist(heard)}.", hint, heard.log, failed=True)
    if empty and heard.errors:
        return Verdict("error", f"{name} gave no result: {gist(heard)}.", log=heard.log, failed=True)
    if heard.errors:
        return Verdict("error", f"{name} finished with errors: {gist(heard)}.", log=heard.log)
    warning = heard.warnings[0].rstrip(".") if heard.warnings else None
    if warning is not None and draws_nothing(node):
        return Verdict("error", f"{name} has nothing to show: {warning}.", log=heard.log)
    if empty:
        return Verdict("ok", f"{name} has an empty result: no points and no cells.")
    return Verdict("ok", f"{name} has a result, with a warning: {warning}." if warning is not None else None)
