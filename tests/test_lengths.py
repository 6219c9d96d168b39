"""A module is short enough to be read at once: 250 lines, or it stands in tests/long.txt with the reason why it is not
cut. Nothing has more than 500."""

from __future__ import annotations

import pytest

from tests.sources import PACKAGE, ROOT, project_files, reasons

LIST = ROOT / "tests" / "long.txt"
COMFORTABLE, MOST = 250, 500
MODULES = (f"{PACKAGE}/", "packaging/", "www/src/", "www/checks/")
"""Where the modules are. What lies elsewhere, such as tests, is many small things one after the other."""
CODE = (".py", ".ts", ".js", ".vue", ".css", ".sh")
GENERATED = ".gen.ts"


def lengths() -> dict[str, int]:
    """Lines of every file of code that somebody wrote."""
    paths = [path for path in project_files() if path.suffix in CODE and not path.name.endswith(GENERATED)]
    return {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in paths}


def breaches(found: dict[str, int], excused: dict[str, str]) -> list[str]:
    """What is too long, and what the list says that is not so."""
    long = {name for name, lines in found.items() if lines > COMFORTABLE and name.startswith(MODULES)}
    return [
        *(f"{name} has {lines} lines: cut it" for name, lines in sorted(found.items()) if lines > MOST),
        *(
            f"{name} has {found[name]} lines: cut it along its subjects, or give the reason in {LIST.name}"
            for name in sorted(long - set(excused))
        ),
        *(f"{name} is listed, and is no module" for name in sorted(set(excused) - set(found))),
        *(
            f"{name} is listed, and has no more than {COMFORTABLE} lines"
            for name in sorted((set(excused) & set(found)) - long)
        ),
        *(f"{name} is listed without a reason" for name, reason in sorted(excused.items()) if len(reason) < 10),
    ]


def test_every_module_is_short_or_has_a_reason() -> None:
    assert breaches(lengths(), reasons(LIST)) == []


def test_modules_of_both_languages_are_measured() -> None:
    found = lengths()
    page = {f"www/src/{name}" for name in ("main.ts", "App.vue", "theme/base.css")}
    assert page | {f"{PACKAGE}/cli.py", "packaging/lint.sh"} <= set(found)
    assert not any(name.endswith(GENERATED) for name in found)


@pytest.mark.parametrize(
    ("found", "excused", "words"),
    [
        ({f"{PACKAGE}/new.py": 251}, {}, "has 251 lines: cut it along"),
        ({"www/src/view/New.vue": 251}, {}, "has 251 lines: cut it along"),
        ({f"{PACKAGE}/new.py": 501}, {f"{PACKAGE}/new.py": "A reason there."}, "has 501 lines: cut it"),
        ({"tests/test_new.py": 501}, {}, "has 501 lines: cut it"),
        ({}, {f"{PACKAGE}/gone.py": "It was here once."}, "is no module"),
        ({f"{PACKAGE}/new.py": 250}, {f"{PACKAGE}/new.py": "A reason there."}, "has no more than 250 lines"),
        ({f"{PACKAGE}/new.py": 251}, {f"{PACKAGE}/new.py": ""}, "without a reason"),
    ],
)
def test_a_breach_is_seen(found: dict[str, int], excused: dict[str, str], words: str) -> None:
    assert words in " ".join(breaches(found, excused))


def test_what_is_short_enough_is_no_breach() -> None:
    found = {f"{PACKAGE}/new.py": 250, f"{PACKAGE}/old.py": 251, "tests/test_new.py": 251}
    assert breaches(found, {f"{PACKAGE}/old.py": "A reason there."}) == []
