"""What fails or is stopped leaves everything as it was, whichever handler it is: a random walk in the server."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.paraview

PROBE = Path(__file__).with_name("transaction_probe.py")
STEPS = 12


@pytest.mark.parametrize("seed", [1, 2])
def test_what_fails_or_is_stopped_leaves_the_state_as_it_was(
    pvpython: str, x_server: str, datasets: Path, tmp_path: Path, seed: int
) -> None:
    subprocess.run(
        [pvpython, "--force-offscreen-rendering", str(PROBE), str(tmp_path), str(datasets), str(seed), str(STEPS)],
        env={**os.environ, "DISPLAY": x_server},
        check=True,
        timeout=500,
    )
    found = json.loads((tmp_path / "found.json").read_text())
    assert found["wrong"] == [], f"seed {seed}"
    assert sum(found["served"].values()) > STEPS / 2, found["refused"]
