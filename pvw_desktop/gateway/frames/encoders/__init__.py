"""The encoders of images, one file a format. Importing this fills the table of encoders."""

from ....protocol.registry import load_folder
from .registry import find_encoder, find_video

__all__ = ["find_encoder", "find_video"]

load_folder(__name__)
