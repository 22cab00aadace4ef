"""What a page may ask of the window around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Shell(Protocol):
    """The window, as pages see it."""

    def show_page(self, name: str) -> None:
        """Bring the page called `name` to the front: ``discover``, ``library``, ``chat``, ``compare``,
        ``bench``, ``adapters``, ``settings``."""

    def open_chat(self, model_id: str | None) -> None:
        """Show the chat page with a new conversation with the library model `model_id`."""

    def show_chat(self, chat_id: int) -> None:
        """Show one conversation on the chat page."""

    def compare(self, model_ids: tuple[str, ...]) -> None:
        """Show the Compare page with a new comparison of these models."""

    def show_comparison(self, comparison_id: int) -> None:
        """Show one comparison on the Compare page."""

    def measure(self, model_ids: tuple[str, ...]) -> None:
        """Show the Bench page with the sheet of a new run of these models."""

    def search(self, text: str) -> None:
        """Show the Discover page with what it finds for `text`."""

    def quantize(self, model_id: str = "") -> None:
        """Show the Library page and the quant lab of a model; by default of the one selected there."""

    def open_settings(self, pane: str) -> None:
        """Show one pane of the settings, such as ``network``."""

    def open_jobs(self) -> None:
        """Slide the jobs drawer in."""

    def toast(
        self, text: str, action_text: str | None = None, action: Callable[[], object] | None = None
    ) -> None:
        """Show `text` for a few seconds above the page, with one action such as *Undo* or *Chat*."""

    def confirm(self, title: str, text: str, action: str, *, danger: bool = False) -> bool:
        """Ask before something that cannot be undone. `action` names what the button does; True means do
        it."""
