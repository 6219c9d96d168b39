"""What pywebview leaves open on GTK: which addresses the window may go to, and the system's dark theme."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from ...config import set_for_this_process
from .browser import open_outside
from .navigation import belongs

logger = logging.getLogger(__name__)

DESKTOP_ID = "org.pvw.Desktop"
"""Name of the .desktop file."""

_INTERFACE = "org.gnome.desktop.interface"


def missing_part() -> str | None:
    """One sentence for what a GTK window lacks here; None where everything is there. Needs no display."""
    try:
        import gi
    except ImportError:
        return "this Python has no PyGObject (gi)"
    for name, versions in (("Gdk", ("3.0",)), ("Gtk", ("3.0",)), ("WebKit2", ("4.1", "4.0"))):
        if not any(_has(gi, name, version) for version in versions):
            return f"there is no {name} {versions[0]} for PyGObject"
    return None


def _has(gi: Any, name: str, version: str) -> bool:
    try:
        gi.require_version(name, version)
    except ValueError:
        return False
    return True


def name_the_program() -> None:
    """Desktops join a window to its launcher by this name; without it the dock shows a nameless one."""
    set_for_this_process("WEBKIT_DISABLE_DMABUF_RENDERER", "1")  # with it, some drivers show an empty window
    if missing_part():  # also says which versions are meant, which must come before the first import
        return
    from gi.repository import GLib

    GLib.set_prgname(DESKTOP_ID)
    from gi.repository import Gdk, Gtk

    Gtk.init_check()  # derives a class of its own from the name, so ours comes after it
    Gdk.set_program_class(DESKTOP_ID)


def follow_system_theme() -> bool:
    """Whether the system prefers dark colours; tells GTK so, from where the page learns it."""
    if missing_part():
        return False
    from gi.repository import Gio, Gtk

    settings = Gtk.Settings.get_default()
    if settings is None:
        return False
    source = Gio.SettingsSchemaSource.get_default()
    # a schema that is not installed ends the process, so it is looked for first
    schema = source.lookup(_INTERFACE, True) if source else None
    if schema and schema.has_key("color-scheme"):
        if Gio.Settings.new(_INTERFACE).get_string("color-scheme") == "prefer-dark":
            settings.set_property("gtk-application-prefer-dark-theme", True)
    name = str(settings.get_property("gtk-theme-name") or "").lower()
    return bool(settings.get_property("gtk-application-prefer-dark-theme")) or name.endswith("-dark")


def guard_navigation(uid: str, origin: Callable[[], str]) -> bool:
    """Pins the window to one origin. False where this is not pywebview's GTK window."""
    try:
        from webview.platforms.gtk import BrowserView
    except ImportError:
        return False
    view = BrowserView.instances.get(uid)
    if view is None:
        return False
    view.webview.disconnect_by_func(view.on_navigation)  # it would hand any address to the system's browser
    view.webview.connect("decide-policy", navigation_policy(origin))
    return True


def navigation_policy(origin: Callable[[], str]) -> Callable[[Any, Any, Any], bool]:
    """Decides what becomes of each address the window is led to, and of each answer it gets."""
    from gi.repository import WebKit2

    def decide(view: Any, decision: Any, kind: Any) -> bool:
        if kind == WebKit2.PolicyDecisionType.RESPONSE:
            _decide_response(decision)
            return True
        url = decision.get_navigation_action().get_request().get_uri() or ""
        ours = belongs(url, origin())
        if ours and kind == WebKit2.PolicyDecisionType.NAVIGATION_ACTION:
            decision.use()
            return True
        decision.ignore()
        if not ours:
            _open_outside(url)
        return True

    return decide


def _open_outside(url: str) -> None:
    threading.Thread(target=open_outside, args=(url,), name="open outside", daemon=True).start()


def _decide_response(decision: Any) -> None:
    headers = decision.get_response().get_http_headers()
    disposition = headers.get_one("Content-Disposition") if headers else None
    if not decision.is_mime_type_supported() or (disposition or "").lower().startswith("attachment"):
        decision.download()
    else:
        decision.use()
