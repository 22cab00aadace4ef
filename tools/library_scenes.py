"""What the pictures show of the library: the page after something was done to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.fake_backend import STATES
from tests.support.fake_library import CHANGED_FILE, OLLAMA_QWEN, SINGLE_FILE

Act = Callable[[Any], object]
FULL = ("full",)


def _choose(row_id: str) -> Act:
    return lambda page: page.table.select(row_id)


def _inspect(page: Any) -> None:
    """The lower sections of the inspector: the template compared with its base, and tokens."""
    inspector = page._inspector
    inspector.tensors.set_open(False)
    inspector.metadata.set_open(False)
    inspector.template.set_open(True)
    inspector.template.compare.emit()
    inspector.tokenizer.set_open(True)
    inspector.tokenizer.field.setPlainText("Orangery grows oranges in winter.")


def _delete(page: Any) -> None:
    page.actions.delete(page.table.selected())


def _move(page: Any) -> None:
    page.actions.move(page.table.selected())


LIBRARY: tuple[tuple[Any, ...], ...] = (
    ("library", STATES),
    ("library-inspector", ("full", "error"), _inspect),
    ("library-groups", FULL, lambda page: page.group_by("store")),
    ("library-share", FULL, lambda page: page.actions.preview_copies()),
    ("library-delete", FULL, _choose(OLLAMA_QWEN), _delete),
    ("library-delete-file", FULL, _choose(SINGLE_FILE), _delete),
    ("library-move", FULL, _move),
    ("library-drop", FULL, lambda page: page.drop_highlight.cover()),
    ("library-problem", FULL, _choose(CHANGED_FILE)),
)
"""Name, states of the fake backend, and what is done to the page once its rows are there."""
