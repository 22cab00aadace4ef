"""Pages and actions of the command palette."""

from __future__ import annotations

from collections.abc import Callable

from backend.i18n import tr
from ui.frame.palette import Command
from ui.pages import PageSpec
from ui.pages.settings.panes import PANES
from ui.shell import Shell


def commands_for(
    shell: Shell, pages: tuple[PageSpec, ...], *, offline: bool, set_offline: Callable[[bool], object]
) -> list[Command]:
    """Everything that is there without asking the database."""
    commands = [
        Command(
            spec.title(),
            tr("Page"),
            spec.icon,
            lambda name=spec.name: shell.show_page(name),
            keys=f"Ctrl {place}",
        )
        for place, spec in enumerate(pages, start=1)
    ]
    commands += [
        Command(tr("New chat"), tr("Action"), "square-pen", lambda: shell.open_chat(None), keys="Ctrl N"),
        Command(tr("Quantize the selected model"), tr("Action"), "blend", lambda: shell.quantize()),
        Command(tr("Jobs"), tr("Action"), "list-checks", shell.open_jobs, keys="Ctrl J"),
        Command(
            tr("Go online") if offline else tr("Go offline"),
            tr("Action"),
            "wifi" if offline else "wifi-off",
            lambda: set_offline(not offline),
            keys="Ctrl Shift O",
        ),
    ]
    # What people look for by another name than that of the pane.
    for words, icon, pane_name in (
        (tr("Access token for Hugging Face"), "key", "connections"),
        (tr("Ollama on this machine"), "server", "connections"),
        (tr("Connect to a server that runs models"), "link", "connections"),
        (tr("Speed limit of downloads"), "gauge", "downloads"),
        (tr("Folders of the library"), "folder-plus", "models"),
    ):
        commands.append(
            Command(words, tr("Settings"), icon, lambda name=pane_name: shell.open_settings(name))
        )
    commands += [
        Command(pane.title(), tr("Settings"), pane.icon, lambda name=pane.name: shell.open_settings(name))
        for pane in PANES
    ]
    return commands
