"""The environment that pvpython gets: ours, without what was set for us and would break it.

Pure: reads no environment of its own. Every rule has a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

_OF_OUR_PYTHON = (
    "PYTHONHOME",  # a foreign one ends pvpython with "lost sys.stdout"
    "PYTHONPATH",
    "PYTHONEXECUTABLE",
    "PYTHONSTARTUP",
    "PYTHONSAFEPATH",
    "PYTHONWARNINGS",
    "PYTHONBREAKPOINT",
    "VIRTUAL_ENV",
    "__PYVENV_LAUNCHER__",
    "_MEIPASS2",
    "PYINSTALLER_RESET_ENVIRONMENT",
    "TCL_LIBRARY",
    "TK_LIBRARY",
)
_OF_OUR_WINDOW = (
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
)
_OF_OURSELVES = ("PVW_PVPYTHON", "PVW_STATE_DIR")
_LIBRARY_PATHS = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FRAMEWORK_PATH", "LIBPATH")
_SEARCH_PATHS = ("PATH", "XDG_DATA_DIRS")
_FILES_OF_A_BUNDLE = ("SSL_CERT_FILE", "SSL_CERT_DIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
_SET = {
    "PYTHONNOUSERSITE": "1",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUNBUFFERED": "1",
    # Open MPI makes a folder for temporary files as pvpython starts, and only a teardown that never comes removes it.
    "OMPI_MCA_orte_create_session_dirs": "0",
}

_MESA_EGL = Path("/usr/share/glvnd/egl_vendor.d/50_mesa.json")


def clean_environment(environ: Mapping[str, str], platform: str, bundle: Path | None = None) -> dict[str, str]:
    """What any child gets that is not ours: a ParaView, a web browser. `bundle` is where a frozen build unpacked."""
    drop = {*_OF_OUR_PYTHON, *_OF_OUR_WINDOW, *_OF_OURSELVES}
    result = {name: value for name, value in environ.items() if name not in drop and not name.startswith("_PYI_")}
    separator = ";" if platform == "win32" else ":"
    for name in _LIBRARY_PATHS:
        original = result.pop(f"{name}_ORIG", None)  # PyInstaller keeps the person's value under this name
        if original is not None:
            result[name] = original
    if bundle:
        for name in (*_LIBRARY_PATHS, *_SEARCH_PATHS):
            if name in result:
                result[name] = _without(result[name], bundle, separator)
        for name in _FILES_OF_A_BUNDLE:
            if _inside(result.get(name, ""), bundle):
                del result[name]
    return {name: value for name, value in result.items() if value or name not in (*_LIBRARY_PATHS, *_SEARCH_PATHS)}


def server_environment(
    environ: Mapping[str, str],
    platform: str,
    bundle: Path | None = None,
    software: bool = False,
    display: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """What pvpython gets. `display` names a private X server; `software` keeps the graphics driver out."""
    result = {**clean_environment(environ, platform, bundle), **_SET}
    if display:
        result.pop("WAYLAND_DISPLAY", None)
        result.update(display)
    if software:
        result.update(_software(platform))
    return result


def _software(platform: str) -> dict[str, str]:
    result = {"LIBGL_ALWAYS_SOFTWARE": "1", "GALLIUM_DRIVER": "llvmpipe"}
    if platform.startswith("linux"):
        # a vendor's own OpenGL does not know LIBGL_ALWAYS_SOFTWARE: ask the dispatcher for Mesa's
        result["__GLX_VENDOR_LIBRARY_NAME"] = "mesa"
        if _MESA_EGL.exists():
            result["__EGL_VENDOR_LIBRARY_FILENAMES"] = str(_MESA_EGL)
    return result


def _without(paths: str, bundle: Path, separator: str) -> str:
    return separator.join(part for part in paths.split(separator) if part and not _inside(part, bundle))


def _inside(path: str, bundle: Path) -> bool:
    if not path:
        return False
    return Path(path) == bundle or bundle in Path(path).parents
