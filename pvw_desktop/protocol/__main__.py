"""`python -m pvw_desktop.protocol`: writes the generated files; with --check, says which are out of date."""

from __future__ import annotations

import sys
from pathlib import Path

from .openrpc import markdown
from .typescript import generate

ROOT = Path(__file__).resolve().parents[2]
BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"


def generated_files() -> dict[Path, str]:
    """Path and full text of each generated file."""
    files = {ROOT / "www/src/protocol.gen.ts": generate()}
    document = ROOT / "docs/protocol.md"
    if document.exists():
        head, _, rest = document.read_text("utf-8").partition(BEGIN)
        _, _, tail = rest.partition(END)
        files[document] = f"{head}{BEGIN}\n{markdown()}{END}{tail}"
    return files


def main() -> int:
    """Writes or checks; 1 where a file was out of date and --check was given."""
    stale = [path for path, text in generated_files().items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv:
        for path in stale:
            sys.stderr.write(f"{path.relative_to(ROOT)} is out of date: run `make generate`\n")
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(generated_files()[path], "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
