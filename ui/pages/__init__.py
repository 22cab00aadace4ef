"""The pages of the window. A page's module is imported when it is first shown.

A page is a `QWidget` made with ``(backend, bridge, shell)`` that has ``title``, ``activate()`` (it came
into view), ``find()`` (``Ctrl+F``), ``save_state(settings)`` and ``restore_state(settings)``. The chat page
also has ``new_chat(model_id)`` and ``show_chat(chat_id)``, the settings page ``show_pane(name)``,
the library page ``quantize(model_id)``, the compare page ``compare(model_ids)`` and
``show_comparison(id)``, the bench page
``measure(model_ids)``, the discover page ``search(text)``. A page may have ``panes()``, what F6 goes
through, ``keep_clear``, a widget that messages must not cover, and ``covers``, widgets that may lie over
others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.i18n import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PageFactory = Callable[[Any, Any, Any], "QWidget"]


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One entry of the rail.

    Attributes:
        name: Stable, used by `Shell.show_page` and in saved state.
        title: Its words, in the language of the moment.
        load: Imports the page's module and returns its class.
        below: Stands in the lower group of the rail.
    """

    name: str
    icon: str
    title: Callable[[], str]
    load: Callable[[], PageFactory]
    below: bool = False


def _discover() -> PageFactory:
    from ui.pages.discover.view import DiscoverPage

    return DiscoverPage


def _library() -> PageFactory:
    from ui.pages.library.view import LibraryPage

    return LibraryPage


def _chat() -> PageFactory:
    from ui.pages.chat.view import ChatPage

    return ChatPage


def _compare() -> PageFactory:
    from ui.pages.compare.view import ComparePage

    return ComparePage


def _bench() -> PageFactory:
    from ui.pages.bench.view import BenchPage

    return BenchPage


def _adapters() -> PageFactory:
    from ui.pages.adapters.view import AdaptersPage

    return AdaptersPage


def _settings() -> PageFactory:
    from ui.pages.settings.view import SettingsPage

    return SettingsPage


PAGES: tuple[PageSpec, ...] = (
    PageSpec("discover", "compass", lambda: tr("Discover"), _discover),
    PageSpec("library", "library", lambda: tr("Library"), _library),
    PageSpec("chat", "message-square", lambda: tr("Chat"), _chat),
    PageSpec("compare", "columns-3", lambda: tr("Compare"), _compare),
    PageSpec("bench", "gauge", lambda: tr("Bench"), _bench),
    PageSpec("adapters", "sliders-vertical", lambda: tr("Adapters"), _adapters),
    PageSpec("settings", "settings", lambda: tr("Settings"), _settings, below=True),
)
