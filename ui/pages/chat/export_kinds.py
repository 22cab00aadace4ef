"""The kinds of files that chats can be written to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from backend.i18n import tr

SUFFIXES = {"md": ".md", "json": ".json", "sharegpt": ".jsonl", "html": ".html"}


def kind_name(kind: str) -> str:
    """What people call a kind of file."""
    return {
        "md": tr("Markdown"),
        "json": tr("JSON, with all branches"),
        "sharegpt": tr("ShareGPT (JSONL)"),
        "html": tr("Page to print (HTML)"),
    }[kind]


def add_kinds(menu: QMenu, chosen: Callable[[str], object]) -> None:
    """Put an entry for each kind into `menu`."""
    for kind in SUFFIXES:
        action = menu.addAction(tr("{name} …", name=kind_name(kind)))
        action.triggered.connect(lambda _=False, kind=kind: chosen(kind))
