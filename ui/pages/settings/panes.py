"""The panes of the settings, in their order; the page lists them, and the command palette too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backend.i18n import tr


@dataclass(frozen=True, slots=True)
class PaneSpec:
    """One entry of the list.

    Attributes:
        name: Stable, used by `Shell.open_settings` and in saved state.
        title: Its words, in the language of the moment.
    """

    name: str
    icon: str
    title: Callable[[], str]


PANES: tuple[PaneSpec, ...] = (
    PaneSpec("appearance", "palette", lambda: tr("Appearance")),
    PaneSpec("models", "folder", lambda: tr("Models and folders")),
    PaneSpec("downloads", "download", lambda: tr("Downloads")),
    PaneSpec("connections", "link", lambda: tr("Connections")),
    PaneSpec("server", "server", lambda: tr("Local server")),
    PaneSpec("machine", "memory-stick", lambda: tr("This machine")),
    PaneSpec("fit-ledger", "scale", lambda: tr("Fit ledger")),
    PaneSpec("engine", "cpu", lambda: tr("Engine")),
    PaneSpec("network", "globe", lambda: tr("Network")),
    PaneSpec("data", "database", lambda: tr("Data")),
    PaneSpec("keyboard", "keyboard", lambda: tr("Keyboard")),
    PaneSpec("about", "info", lambda: tr("About")),
)
