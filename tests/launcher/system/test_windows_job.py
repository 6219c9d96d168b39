"""Windows' job objects are not there on other systems, and nothing is asked of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pvw_desktop.launcher.system import windows_job


@pytest.mark.skipif(sys.platform == "win32", reason="there they are")
def test_elsewhere_there_are_none() -> None:
    assert windows_job.CREATION_FLAGS == 0
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        assert windows_job.contain(process) is None
