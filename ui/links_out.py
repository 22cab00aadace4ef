"""From a click on a link of a message to the browser, with a question between."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from backend.i18n import tr
from ui.markdown import Link, check_link
from ui.shell import Shell


def ask_and_open(shell: Shell, url: str) -> None:
    """Open `url` in the browser if it is harmless and the person agrees to its host."""
    link = check_link(url)
    if link is not None and shell.confirm(
        tr("Open {host}?", host=link.host), link.url, tr("Open in the browser")
    ):
        open_in_browser(link)


def open_in_browser(link: Link) -> None:
    """Hand a link that the person agreed to over to the system's browser."""
    QDesktopServices.openUrl(QUrl(link.url))
