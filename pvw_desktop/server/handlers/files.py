"""files.* that need ParaView's readers; folders and search are the gateway's."""

from __future__ import annotations

import os
import tempfile
from typing import Optional

from pvw_desktop.protocol.errors import BadRequest, Failed, Forbidden
from pvw_desktop.protocol.messages.common import NodeRef
from pvw_desktop.protocol.messages.files import FilesExample, FilesOpen, FilesReaders, Opened, Reader, ReaderList

from ..confine import keeps_out
from ..context import Context
from ..execution import run_node, show_result
from ..pv.core.messages import gist
from ..pv.core.texts import file_name
from ..pv.pipeline import tables
from ..pv.pipeline.examples import EXAMPLES
from ..restoring import replace
from .registry import handles

_OPEN_MORE = ("GDAL",)
"""Begins the names of readers that go by what is in a file, and open whatever that names."""


@handles("files.readers")
def readers(context: Context, _params: FilesReaders) -> ReaderList:
    path = _paths(context)[0]
    return ReaderList(context.paraview.readers.fitting(path) or context.paraview.readers.all())


@handles("files.open")
def open_file(context: Context, params: FilesOpen) -> Opened:
    paths = _paths(context)
    if paths[0].lower().endswith(".pvsm") and params.reader is None:
        return _open_state(context, paths[0])
    view = context.paraview.views.at_place(params.view)
    _check_unchanged(context)
    fitting = context.paraview.readers.fitting(paths[0])
    reader = _pick(context, fitting, params.reader, paths[0])
    if reader is None:
        return Opened(choose=fitting)
    if reader not in fitting or reader.name.startswith(_OPEN_MORE):
        context.require_host(f"Reading {file_name(paths[0])} by {reader.label} is for the host: it may open more.")
    with context.paraview.listener.listen() as heard:
        node = context.paraview.readers.create(reader, paths)
    failure: Optional[Failed] = None
    try:
        run_node(context, node, heard)
    except Failed as error:
        if not context.paraview.describer.has_settings(node):
            raise
        failure = error
    _check_unchanged(context)  # whatever came of it, and before anybody sees it
    if failure is None:
        show_result(context, node, view)
    else:
        context.note("error", failure.message, "Change its properties and apply, or delete it.", failure.log)
    context.paraview.animation.follow_data()
    for level, sentence, advice in tables.remarks(node, file_name(paths[0]), paths[0]):
        context.note(level, sentence, advice)
    return Opened(node=context.paraview.engine.remember(node))


def _check_unchanged(context: Context) -> None:
    """Raises Failed where a file that was checked for a guest is another one by now. Asked before a reader opens them
    by their names, and again after."""
    for path, *seen in context.request.seen if context.request is not None else []:
        try:
            facts = os.stat(path)
            same = os.path.realpath(path) == path
            same = same and [facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns] == seen
        except OSError:
            same = False
        if not same:
            raise Failed(
                f"{file_name(path)} changed while it was opened.",
                "If a program is still writing it, open it again once that is done.",
            )


def _paths(context: Context) -> list[str]:
    if context.request is None or not context.request.paths:
        raise BadRequest("No file was named.")
    for path in context.request.paths:
        if keeps_out(path):
            raise Forbidden(
                f"{file_name(path)} lies outside of the folders that this session may read.",
                "Ask whoever runs this session to add its folder.",
            )
    return context.request.paths


def _pick(context: Context, fitting: list[Reader], wanted: Optional[str], path: str) -> Optional[Reader]:
    """The reader to use; None where the person has to choose."""
    name = file_name(path)
    if wanted is not None:
        found = next((reader for reader in [*fitting, *context.paraview.readers.all()] if reader.name == wanted), None)
        if found is None:
            raise BadRequest(f"This ParaView has no reader called {wanted[:80]}.")
        return found
    if not fitting:
        raise Failed(
            f"ParaView has no reader for {name}: it does not look like a dataset.",
            "If you know its format, use Open with… and choose the reader.",
        )
    if any(reader.name == "CSVReader" for reader in fitting):
        # GDAL says that it can read any table; a table is what it is.
        fitting = [reader for reader in fitting if reader.name != "GDALVectorReader"]
    return fitting[0] if len(fitting) == 1 else None


def _open_state(context: Context, path: str) -> Opened:
    context.require_host("A state file can hold Python code, so only the host may open one.")
    context.paraview.states.check(path)
    with tempfile.TemporaryDirectory() as folder:
        before = os.path.join(folder, "before.pvsm")
        _keep(context, before)
        try:
            heard = replace(context.paraview, path)
            context.check_cancelled()
        except Exception:
            context.stop.settle()
            context.paraview.forget_aborted()
            replace(context.paraview, before)
            raise
        finally:
            context.keep()  # a whole session is no step to be taken back piece by piece
    name = file_name(path)
    if heard.errors:
        context.note("warning", f"{name} was opened with errors: {gist(heard)}.", log=heard.log)
    others = context.paraview.views.others()
    if others:
        text = f"{name} also has {', '.join(others)}: not shown here, and kept in the state when it is saved."
        context.note("info", text)
    return Opened()


def _keep(context: Context, path: str) -> None:
    try:
        context.paraview.states.save(path)
    except Failed as error:
        raise Failed(f"What is open could not be kept aside. {error.message}", error.hint) from error


@handles("files.example")
def example(context: Context, params: FilesExample) -> NodeRef:
    nodes = EXAMPLES[params.name](context.paraview.engine)
    for node in nodes:
        run_node(context, node)
    show_result(context, nodes[-1], context.paraview.views.at_place(params.view), "iso")
    context.paraview.animation.follow_data()
    return NodeRef(context.paraview.engine.remember(nodes[-1]))
