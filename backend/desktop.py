"""What a window needs of this system, checked before Qt is loaded.

Qt ends the whole process when its platform plugin cannot be loaded, and Python's message about a missing
library names no package. So the libraries are looked for first, and the answer is a sentence.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import re
import sys
from collections.abc import Callable, Mapping

from backend.errors import AppError
from backend.i18n import tr

PACKAGES: Mapping[str, tuple[str, str]] = {
    "libEGL.so.1": ("libegl1", "mesa-libEGL"),
    "libGL.so.1": ("libgl1", "mesa-libGL"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libwayland-client.so.0": ("libwayland-client0", "libwayland-client"),
    "libwayland-cursor.so.0": ("libwayland-cursor0", "libwayland-cursor"),
}
"""The Debian (and Ubuntu) and the Fedora package of each library that the Qt wheel leaves to the system."""

BASE = (
    "libEGL.so.1",
    "libGL.so.1",
    "libxkbcommon.so.0",
    "libfontconfig.so.1",
    "libfreetype.so.6",
    "libdbus-1.so.3",
    "libglib-2.0.so.0",
    "libX11.so.6",
)
_PLATFORM: Mapping[str, tuple[str, ...]] = {
    "xcb": (
        *(name for name in PACKAGES if name.startswith("libxcb")),
        "libX11-xcb.so.1",
        "libxkbcommon-x11.so.0",
    ),
    "wayland": ("libwayland-client.so.0", "libwayland-cursor.so.0"),
}

Loads = Callable[[str], bool]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _x_server_answers() -> bool:
    """Whether the X server of ``DISPLAY`` lets us in; Qt aborts when it does not."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(None, None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)


def missing_libraries(platform: str = "", loads: Loads = _loads) -> tuple[str, ...]:
    """The libraries that Qt, or its `platform` plugin, would not find on this Linux system."""
    wanted = _PLATFORM.get(platform, ()) if platform else BASE
    return tuple(name for name in wanted if not loads(name))


def problem(
    environment: Mapping[str, str],
    *,
    loads: Loads = _loads,
    x_server_answers: Callable[[], bool] = _x_server_answers,
    system: str = sys.platform,
) -> AppError | None:
    """Why no window can be opened here, or None. Only Linux can lack something; elsewhere Qt brings all."""
    if importlib.util.find_spec("PySide6") is None:
        return AppError(
            "desktop.no_qt",
            tr("There is no window without PySide6: install it with pip install PySide6-Essentials."),
        )
    if not system.startswith("linux"):
        return None
    if missing := missing_libraries(loads=loads):
        return library_error(missing)
    platforms = _platforms(environment)
    if not platforms:
        return AppError(
            "desktop.no_display",
            tr(
                "There is no display to open a window on: set DISPLAY or WAYLAND_DISPLAY,"
                " or use the command line (orangery --help)."
            ),
        )
    first: AppError | None = None
    for platform in platforms:
        found = _platform_problem(platform, environment, loads, x_server_answers)
        if found is None:
            return None
        first = first or found
    return first


def library_error(names: tuple[str, ...]) -> AppError:
    """One sentence for libraries that are missing, with the packages that have them."""
    debian = " ".join(dict.fromkeys(PACKAGES[name][0] for name in names if name in PACKAGES))
    fedora = " ".join(dict.fromkeys(PACKAGES[name][1] for name in names if name in PACKAGES))
    if not debian:
        return AppError(
            "desktop.library",
            tr("The window needs {libraries}, which this system does not have.", libraries=", ".join(names)),
        )
    return AppError(
        "desktop.library",
        tr(
            "The window needs {libraries}: install {debian} (Debian, Ubuntu) or {fedora} (Fedora).",
            libraries=", ".join(names),
            debian=debian,
            fedora=fedora,
        ),
    )


def explain_import_error(error: ImportError) -> AppError | None:
    """The sentence for a library that was missing while Qt was imported, or None if it was something else."""
    match = re.match(r"(\S+\.so[.\d]*): cannot open shared object file", str(error))
    return library_error((match[1],)) if match else None


def _platforms(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The platform plugins that Qt would try, in order."""
    if chosen := environment.get("QT_QPA_PLATFORM"):
        return tuple(part.partition(":")[0] for part in chosen.split(";") if part)
    found = []
    if environment.get("WAYLAND_DISPLAY"):
        found.append("wayland")
    if environment.get("DISPLAY"):
        found.append("xcb")
    return tuple(found)


def _platform_problem(
    platform: str, environment: Mapping[str, str], loads: Loads, x_server_answers: Callable[[], bool]
) -> AppError | None:
    plugin = "wayland" if platform.startswith("wayland") else platform
    if missing := missing_libraries(plugin, loads) if plugin in _PLATFORM else ():
        return library_error(missing)
    if platform != "xcb":
        return None
    display = environment.get("DISPLAY", "")
    if display and x_server_answers():
        return None
    return AppError(
        "desktop.no_display",
        tr(
            "The display {display} cannot be opened: set DISPLAY to the one of your desktop session,"
            " or use the command line (orangery --help).",
            display=display or '""',
        ),
    )
