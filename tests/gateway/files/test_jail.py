"""Nothing but what lies in a data folder can be named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pvw_desktop.gateway.files.jail import MAX_PATH, check_relative, resolve
from pvw_desktop.protocol.errors import BadRequest, Forbidden, NotFound, PvwError

NEVER = [
    "..",
    "../x.vtu",
    "a/../../x.vtu",
    "a/..",
    "./a",
    "a/.",
    ".",
    "/etc/passwd",
    "/",
    "//server/share/x.vtu",
    "a//b",
    "a/",
    "\\",
    "..\\x.vtu",
    "a\\..\\b",
    "a/..\\..\\b",
    "\\\\server\\share\\x",
    "\\\\?\\C:\\x",
    "\\\\.\\PhysicalDrive0",
    "C:",
    "C:x.vtu",
    "a:b",
    "c:/windows/win.ini",
    "C:\\windows\\win.ini",
    "z:",
    "a\0b",
    "\0",
    "a\nb",
    "a\rb",
    "a\x1bb",
    "a\x7fb",
    "x" * (MAX_PATH + 1),
    "/proc/self/environ",
    "file:///etc/passwd/..",
]
NEVER_ON_WINDOWS = [
    "CON", "con.vtu", "a/NUL", "aux .txt", "COM1", "com1.x.y", "LPT9", "COM¹", "CONIN$", "ab:c", "a.vtu:stream",
    "a.vtu::$DATA", "name.", "name ", "folder./a", "a|b", "a?b", "a*b", 'a"b', "a<b", "a>b",
]  # fmt: skip
ALWAYS = [
    "a.vtu",
    "a b/é 日本.vtu",
    "a/b/c.vtu",
    "..a",
    "a..b",
    "...",
    ".hidden",
    "%2e%2e",
    "%2e%2e%2fa",
    "console.vtu",
]


@pytest.mark.parametrize("relative", NEVER)
@pytest.mark.parametrize("windows", [False, True])
def test_refused_everywhere(relative: str, windows: bool) -> None:
    with pytest.raises(BadRequest):
        check_relative(relative, windows)


@pytest.mark.parametrize("relative", NEVER_ON_WINDOWS)
def test_refused_on_windows_and_allowed_elsewhere(relative: str) -> None:
    with pytest.raises(BadRequest):
        check_relative(relative, windows=True)
    assert check_relative(relative, windows=False)


@pytest.mark.parametrize("relative", ALWAYS)
@pytest.mark.parametrize("windows", [False, True])
def test_allowed(relative: str, windows: bool) -> None:
    if relative == "..." and windows:  # Windows drops the dots at the end of a name
        with pytest.raises(BadRequest):
            check_relative(relative, windows)
    else:
        assert check_relative(relative, windows) == tuple(relative.split("/"))


def test_the_root_itself() -> None:
    assert check_relative("") == ()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "sims"
    (root / "run").mkdir(parents=True)
    (root / "run" / "a.vtu").write_text("inside")
    (tmp_path / "sims-secret").mkdir()
    (tmp_path / "sims-secret" / "a.vtu").write_text("outside")
    return root


def test_what_is_inside_resolves(root: Path) -> None:
    assert resolve(root, "run/a.vtu", "sims") == (root / "run" / "a.vtu").resolve()
    assert resolve(root, "", "sims") == root.resolve()


def test_links_inside_are_followed_and_links_that_lead_out_are_refused(root: Path, tmp_path: Path) -> None:
    (root / "latest").symlink_to("run")
    (root / "file").symlink_to(root / "run" / "a.vtu")
    (root / "out").symlink_to(tmp_path / "sims-secret")
    (root / "out.vtu").symlink_to("../sims-secret/a.vtu")
    (root / "top").symlink_to("/")
    assert resolve(root, "latest/a.vtu", "sims") == resolve(root, "file", "sims") == root.resolve() / "run" / "a.vtu"
    for relative in ("out", "out/a.vtu", "out.vtu", "top", "top/etc/passwd"):
        with pytest.raises(Forbidden, match="leads out"):
            resolve(root, relative, "sims")


def test_a_link_that_is_exchanged_after_the_listing_is_refused_when_it_is_opened(root: Path, tmp_path: Path) -> None:
    link = root / "data.vtu"
    link.symlink_to("run/a.vtu")
    assert resolve(root, "data.vtu", "sims").name == "a.vtu"
    link.unlink()
    link.symlink_to(tmp_path / "sims-secret" / "a.vtu")
    with pytest.raises(Forbidden):
        resolve(root, "data.vtu", "sims")


def test_a_folder_that_is_exchanged_for_a_link_is_refused(root: Path, tmp_path: Path) -> None:
    (root / "run").rename(root / "was")
    (root / "run").symlink_to(tmp_path / "sims-secret")
    with pytest.raises(Forbidden):
        resolve(root, "run/a.vtu", "sims")


def test_a_loop_of_links_leads_nowhere(root: Path) -> None:
    (root / "a").symlink_to("b")
    (root / "b").symlink_to("a")
    with pytest.raises(NotFound):
        resolve(root, "a", "sims")
    with pytest.raises(NotFound):
        resolve(root, "a/x.vtu", "sims")


@pytest.mark.parametrize("relative", ["gone.vtu", "gone/a.vtu", "run/a.vtu/deeper", "x" * 300])
def test_what_is_not_there(root: Path, relative: str) -> None:
    with pytest.raises(NotFound) as caught:
        resolve(root, relative, "sims")
    assert caught.value.hint


def test_a_root_that_is_not_there_any_more(root: Path) -> None:
    with pytest.raises(NotFound, match="data folder 'Simulations'"):
        resolve(root / "gone", "a.vtu", "Simulations")


def test_a_root_that_is_a_link_itself(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    assert resolve(tmp_path / "link", "run/a.vtu", "sims") == root.resolve() / "run" / "a.vtu"


PIECES = st.sampled_from(
    [
        "..",
        ".",
        "",
        "/",
        "\\",
        "run",
        "a.vtu",
        "out",
        "sims-secret",
        "~",
        "%2e%2e",
        "..;",
        "…",
        "．．",
        "\0",
        "C:",
        " ",
        "é",
    ]
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    relative=st.one_of(
        st.text(max_size=40),
        st.lists(PIECES, max_size=8).map("/".join),
        st.lists(PIECES, max_size=8).map("".join),
        st.binary(max_size=20).map(lambda data: data.decode("utf-8", "surrogateescape")),
    )
)
def test_no_text_whatever_leaves_the_root(root: Path, relative: str) -> None:
    out = root / "out"
    if not out.is_symlink():
        out.symlink_to(root.parent / "sims-secret")
    try:
        path = resolve(root, relative, "sims")
    except PvwError:
        return
    assert os.path.commonpath([path, root.resolve()]) == str(root.resolve())
    assert path.exists()
