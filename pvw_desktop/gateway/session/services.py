"""What the gateway asks of whoever runs the ParaView process. The launcher answers; the gateway never starts one."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class LauncherServices(Protocol):
    """The application around a session."""

    async def restart(self, restore: str, software: bool, pvpython: str | None) -> None:
        """Starts ParaView again (see SessionRestart). Returns once the new process is being started."""

    async def force_cancel(self, job_text: str) -> None:
        """Ends a ParaView that does not listen to Cancel and brings the saved work back."""

    async def quit(self) -> None:
        """Ends the application."""

    def log_tail(self) -> list[str]:
        """The last lines that the ParaView process printed, the oldest first."""

    async def choose_folder(self) -> Path | None:
        """The folder chosen in the system's dialog; None where it was closed. Raises Unavailable without a window."""
