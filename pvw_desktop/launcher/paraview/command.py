"""The command line of the server: which options this ParaView understands, and what each is for. Pure."""

from __future__ import annotations

from pathlib import Path

from ..discovery.candidate import Candidate

_WITH_BACKENDS = (6, 0)


def server_command(
    candidate: Candidate,
    script: Path,
    platform: str,
    software: bool = False,
    shared: tuple[Path, ...] = (),
) -> list[str]:
    """argv of the server. No secret is in it: they travel on stdin. `shared` are the folders that a sandbox must open
    for it."""
    # script.parent: the protocol package that the server imports lies beside it
    return [*interpreter_command(candidate, platform, software, (script.parent, *shared)), "--", str(script)]


def interpreter_command(
    candidate: Candidate, platform: str, software: bool = False, shared: tuple[Path, ...] = ()
) -> list[str]:
    """argv of pvpython up to what it is to run."""
    return [*_program(candidate, shared), *_options(candidate, platform, software)]


def _program(candidate: Candidate, shared: tuple[Path, ...]) -> list[str]:
    if not candidate.flatpak:
        return list(candidate.command)
    *run, app = candidate.command
    return [*run, "--filesystem=host", *(f"--filesystem={folder}" for folder in dict.fromkeys(shared)), app]


def _options(candidate: Candidate, platform: str, software: bool) -> list[str]:
    # --no-mpi: MPI_Init takes 0.4 s of a 1.4 s start and opens sockets; --dr: settings and layouts of the person's
    # ParaView stay out of our session
    options = ["--no-mpi", "--dr", "--force-offscreen-rendering"]
    if software and platform.startswith("linux") and not candidate.flatpak:
        options += _software(candidate)
    return options


def _software(candidate: Candidate) -> list[str]:
    real = candidate.program.resolve()
    if candidate.version and candidate.version.release >= _WITH_BACKENDS:
        return []  # chooses by itself, and LIBGL_ALWAYS_SOFTWARE reaches each of its back ends
    wrapped = real.with_name(f"{real.name}-real").exists()  # Kitware's tarball: only its wrapper knows --mesa
    return ["--mesa"] if wrapped and (real.parent.parent / "lib/mesa").is_dir() else []


def needs_x_server(candidate: Candidate, platform: str) -> bool:
    """Whether this ParaView draws through an X server even off screen: before 6.0 on Linux, unless it was built for
    EGL or OSMesa, which the names of such builds say."""
    if not platform.startswith("linux") or candidate.version is None:
        return False
    if candidate.version.release >= _WITH_BACKENDS:
        return False
    name = str(candidate.program).lower()
    return not ("egl" in name or "osmesa" in name)
