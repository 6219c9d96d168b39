"""Puts the built page and the window's icon into the wheel, in pvw_desktop/page.

Knows the build backend and nothing of the application.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PAGE = "www/dist"
ICON = "icons/png/256.png"


class PageBuildHook(BuildHookInterface[BuilderConfig]):
    """A wheel without the page would install and then show nothing, so it is not built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """An editable install takes the page from the checkout and needs nothing here."""
        if version == "editable":
            return
        if not Path(self.root, PAGE, "index.html").is_file():
            raise SystemExit(f"The page is not built ({PAGE}/index.html is missing): run `make build`.")
        if self.target_name == "wheel":
            build_data["force_include"][PAGE] = "pvw_desktop/page"
            build_data["force_include"][ICON] = "pvw_desktop/page/app.png"
