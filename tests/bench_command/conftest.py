"""The command starts the application, so it stands on what the launcher's tests do: a fake pvpython around it."""

from tests.launcher.conftest import environ, fake_pvpython, page, starts

__all__ = ["environ", "fake_pvpython", "page", "starts"]
