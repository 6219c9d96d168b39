"""The kinds of view, one file each. Importing this fills the table of kinds."""

from pvw_desktop.protocol.registry import load_folder

from .registry import KINDS

__all__ = ["KINDS"]

load_folder(__name__)
