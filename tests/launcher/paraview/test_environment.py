"""Each rule of the child's environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from pvw_desktop.launcher.paraview.environment import clean_environment, server_environment

BUNDLE = Path("/bundle/_internal")


@pytest.mark.parametrize(
    "name",
    [
        "PYTHONHOME",
        "PYTHONPATH",
        "PYTHONEXECUTABLE",
        "PYTHONSTARTUP",
        "PYTHONSAFEPATH",
        "VIRTUAL_ENV",
        "__PYVENV_LAUNCHER__",
        "_MEIPASS2",
        "_PYI_ARCHIVE_FILE",
        "_PYI_PARENT_PROCESS_LEVEL",
        "TCL_LIBRARY",
        "TK_LIBRARY",
        "QT_PLUGIN_PATH",
        "QML2_IMPORT_PATH",
        "QT_QPA_PLATFORM_PLUGIN_PATH",
        "QTWEBENGINEPROCESS_PATH",
        "QTWEBENGINE_CHROMIUM_FLAGS",
        "QT_STYLE_OVERRIDE",
        "GI_TYPELIB_PATH",
        "GIO_MODULE_DIR",
        "GDK_PIXBUF_MODULE_FILE",
        "WEBKIT_DISABLE_DMABUF_RENDERER",
        "EGL_LOG_LEVEL",
        "PVW_PVPYTHON",
        "PVW_STATE_DIR",
    ],
)
def test_dropped(name: str) -> None:
    assert clean_environment({name: "x", "HOME": "/h"}, "linux") == {"HOME": "/h"}


@pytest.mark.parametrize("name", ["HOME", "LANG", "DISPLAY", "XAUTHORITY", "OMP_NUM_THREADS", "LD_PRELOAD", "TMPDIR"])
def test_kept(name: str) -> None:
    assert clean_environment({name: "x"}, "linux", BUNDLE) == {name: "x"}


def test_library_path_of_a_person_without_a_bundle_stays() -> None:
    assert clean_environment({"LD_LIBRARY_PATH": "/mine"}, "linux") == {"LD_LIBRARY_PATH": "/mine"}


@pytest.mark.parametrize("name", ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH"])
def test_library_path_of_the_bundle_is_replaced_by_the_persons_own(name: str) -> None:
    environ = {name: f"{BUNDLE}:/mine", f"{name}_ORIG": "/mine"}
    assert clean_environment(environ, "linux", BUNDLE) == {name: "/mine"}


def test_library_path_of_the_bundle_alone_is_dropped() -> None:
    assert clean_environment({"LD_LIBRARY_PATH": f"{BUNDLE}:{BUNDLE}/lib"}, "linux", BUNDLE) == {}


def test_search_path_loses_the_bundle_only() -> None:
    environ = {"PATH": f"{BUNDLE}:/usr/bin:/bundle/_internalised:{BUNDLE}/bin"}
    assert clean_environment(environ, "linux", BUNDLE) == {"PATH": "/usr/bin:/bundle/_internalised"}


def test_search_path_on_windows() -> None:
    environ = {"PATH": f"{BUNDLE};/windows"}
    assert clean_environment(environ, "win32", BUNDLE) == {"PATH": "/windows"}


def test_data_folders_of_the_bundle() -> None:
    environ = {"XDG_DATA_DIRS": f"{BUNDLE}/share:/usr/share"}
    assert clean_environment(environ, "linux", BUNDLE) == {"XDG_DATA_DIRS": "/usr/share"}


def test_certificates_of_the_bundle_are_dropped_and_others_kept() -> None:
    inside = {"SSL_CERT_FILE": f"{BUNDLE}/cacert.pem"}
    outside = {"SSL_CERT_FILE": "/etc/ssl/cert.pem"}
    assert clean_environment(inside, "linux", BUNDLE) == {}
    assert clean_environment(outside, "linux", BUNDLE) == outside


@pytest.mark.parametrize("name", ["PYTHONNOUSERSITE", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"])
def test_set_for_the_server(name: str) -> None:
    assert server_environment({}, "linux")[name] == "1"


def test_private_display_replaces_the_desktops() -> None:
    desktop = {"DISPLAY": ":0", "XAUTHORITY": "/x", "WAYLAND_DISPLAY": "wayland-0"}
    environ = server_environment(desktop, "linux", display={"DISPLAY": ":9", "XAUTHORITY": "/private"})
    assert (environ["DISPLAY"], environ["XAUTHORITY"]) == (":9", "/private")
    assert "WAYLAND_DISPLAY" not in environ


def test_software_rendering() -> None:
    environ = server_environment({}, "linux", software=True)
    assert environ["LIBGL_ALWAYS_SOFTWARE"] == "1" and environ["__GLX_VENDOR_LIBRARY_NAME"] == "mesa"
    assert "LIBGL_ALWAYS_SOFTWARE" not in server_environment({}, "linux")
    assert "__GLX_VENDOR_LIBRARY_NAME" not in server_environment({}, "darwin", software=True)


def test_mpi_makes_no_folder_that_nobody_takes_away() -> None:
    assert server_environment({}, "linux")["OMPI_MCA_orte_create_session_dirs"] == "0"
