"""Moving the keyboard between the panes of the window with F6."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


def focus_first(pane: QWidget) -> bool:
    """Give the keyboard to the last focused, else the first control of `pane`; False if it has none."""
    focus = pane.focusWidget()
    if focus is not None and focus.isVisible() and focus.isEnabled():
        focus.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
    widget: QWidget | None = pane
    while widget is not None:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        widget = widget.nextInFocusChain()
        if widget is pane or widget is None or not pane.isAncestorOf(widget):
            return False
    return False


def give_back(widget: QWidget | None) -> None:
    """Give the keyboard back to the `widget` that had it, if it is still there."""
    if widget is not None and isValid(widget):
        widget.setFocus(Qt.FocusReason.PopupFocusReason)


def cycle(panes: Sequence[QWidget], focus: QWidget | None, step: int) -> None:
    """Move the keyboard from the pane that has `focus` to the next (`step` 1) or the one before (-1)."""
    here = -step
    for place, pane in enumerate(panes):
        if focus is not None and (focus is pane or pane.isAncestorOf(focus)):
            here = place
            break
    for offset in range(1, len(panes) + 1):
        if focus_first(panes[(here + step * offset) % len(panes)]):
            return
