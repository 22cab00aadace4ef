"""Pages and actions of the command palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.i18n import tr
from ui.frame.palette import Command
from ui.pages import PageSpec

if TYPE_CHECKING:
    from ui.window import MainWindow


def commands_for(window: MainWindow, pages: tuple[PageSpec, ...]) -> list[Command]:
    """Everything that is there without asking the database."""
    commands = [
        Command(
            spec.title(),
            tr("Page"),
            spec.icon,
            lambda name=spec.name: window.show_page(name),
            keys=f"Ctrl {place}",
        )
        for place, spec in enumerate(pages, start=1)
    ]
    commands += [
        Command(tr("New chat"), tr("Action"), "square-pen", lambda: window.open_chat(None), keys="Ctrl N"),
        Command(tr("Jobs"), tr("Action"), "list-checks", window.open_jobs, keys="Ctrl J"),
        Command(
            tr("Go online") if window.offline else tr("Go offline"),
            tr("Action"),
            "wifi" if window.offline else "wifi-off",
            lambda: window.set_offline(not window.offline),
            keys="Ctrl Shift O",
        ),
    ]
    panes = (
        ("appearance", tr("Appearance"), "palette"),
        ("models", tr("Models and folders"), "folder"),
        ("downloads", tr("Downloads"), "download"),
        ("engine", tr("Engine"), "cpu"),
        ("network", tr("Network"), "globe"),
        ("data", tr("Data"), "database"),
        ("about", tr("About"), "info"),
    )
    commands += [
        Command(title, tr("Settings"), icon, lambda name=name: window.open_settings(name))
        for name, title, icon in panes
    ]
    return commands
