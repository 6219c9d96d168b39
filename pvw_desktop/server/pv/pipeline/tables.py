"""Tables: text files that are read as one, and what there is to say of a table, which no render view can show."""

from __future__ import annotations

from typing import Any, Optional

from vtkmodules.vtkCommonDataModel import vtkDataObjectTypes

from ...delimited import HEAD_BYTES, Written, written
from ..properties.access import Proxy, set_elements

_TABLE = "vtkTable"


def set_delimiter(reader: Proxy, path: str) -> None:
    """Tells a reader of delimited text what stands between the columns of its file, where the file shows it."""
    found = _written(reader, path)
    if found is None:
        return
    set_elements(reader, "FieldDelimiterCharacters", [found.delimiter])
    if reader.GetProperty("MergeConsecutiveDelimiters") is not None:
        set_elements(reader, "MergeConsecutiveDelimiters", [int(found.merged)])
    reader.UpdateVTKObjects()


def _written(reader: Proxy, path: str) -> Optional[Written]:
    if reader.GetProperty("FieldDelimiterCharacters") is None:
        return None
    try:
        with open(path, "rb") as file:
            return written(file.read(HEAD_BYTES))
    except OSError:
        return None  # the reader says it better


def is_table(node: Proxy) -> bool:
    """Whether the first output is a table."""
    kind = node.GetDataInformation(0).GetDataSetType()
    return kind >= 0 and vtkDataObjectTypes.GetClassNameFromTypeId(kind) == _TABLE


def remarks(node: Proxy, name: str, path: str) -> list[tuple[str, str, str]]:
    """Level, sentence and advice for each thing that a person should know of a table just opened."""
    if not is_table(node):
        return []
    info = node.GetDataInformation(0)
    if info.GetNumberOfRows() == 0:
        return [("warning", f"{name} is an empty table: it has no rows.", "Look at the file in a text editor.")]
    found = _written(node, path)
    said = [
        (
            "info",
            f"{name} is a table of {_count(info)} columns and {info.GetNumberOfRows()} rows.",
            "To see it in the view, add the filter Table To Points and choose its columns.",
        )
    ]
    if found is not None and found.decimal_comma:
        said.append(
            (
                "warning",
                f"{name} writes numbers with a decimal comma: ParaView takes those columns for text.",
                "Save the file with decimal points to have them as numbers.",
            )
        )
    return said


def _count(info: Any) -> int:
    return int(info.GetAttributeInformation(6).GetNumberOfArrays())
