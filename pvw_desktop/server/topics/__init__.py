"""What the topics come to, one file a domain: (what is asked) -> values by full name. They know no channel.

Importing this fills the table; it raises where nobody gives a topic of the server's.
"""

from pvw_desktop.protocol.registry import load_folder

from .registry import PUBLISHERS, Asked, Publishers

__all__ = ["PUBLISHERS", "Asked", "Publishers"]

load_folder(__name__)
if PUBLISHERS.missing():
    raise RuntimeError(f"nobody gives {', '.join(sorted(PUBLISHERS.missing()))}")
