"""The small buttons under or beside a message. They are made when first wanted, and keep their space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from backend.i18n import tr
from ui.theme import theme
from ui.widgets.buttons import IconButton
from ui.widgets.labels import label


@dataclass(frozen=True, slots=True)
class Action:
    """One button: its `key` is emitted, its `text` is tooltip and accessible name."""

    key: str
    icon: str
    text: str


class ActionBar(QWidget):
    """A row of icon buttons that is empty until `reveal` is first called.

    Signals:
        triggered: The key of the action that was pressed.
    """

    triggered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions: tuple[Action, ...] = ()
        self._buttons: list[IconButton] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)

    def set_actions(self, actions: Sequence[Action]) -> None:
        """Offer `actions` from now on."""
        if tuple(actions) == self._actions:
            return
        self._actions = tuple(actions)
        shown = bool(self._buttons) and not self._buttons[0].isHidden()
        self._drop()
        if shown:
            self.reveal(True)

    def reveal(self, shown: bool) -> None:
        """Show or hide the buttons; a hidden one takes no keyboard focus."""
        if shown and not self._buttons:
            for action in self._actions:
                button = IconButton(action.icon, action.text, size="small", token="text.3", parent=self)
                button.clicked.connect(lambda _=False, key=action.key: self.triggered.emit(key))
                self._layout.addWidget(button)
                self._buttons.append(button)
        for button in self._buttons:
            button.setVisible(shown)

    def button(self, key: str) -> IconButton | None:
        """The button of action `key`, if it has been made."""
        for action, button in zip(self._actions, self._buttons, strict=False):
            if action.key == key:
                return button
        return None

    def sizeHint(self) -> QSize:
        count = len(self._actions)
        return QSize(count * 24 + max(0, count - 1) * 4, 24)

    def _drop(self) -> None:
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons.clear()


class BranchSwitch(QWidget):
    """``‹ 2/3 ›``: which of several versions is shown.

    Signals:
        chosen: The id of the message to show instead.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: tuple[int, ...] = ()
        self._at = 0
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._back = IconButton("chevron-left", tr("Previous version"), size="small", parent=self)
        self._count: QLabel = label("", "small", "2", tabular=True)
        self._forward = IconButton("chevron-right", tr("Next version"), size="small", parent=self)
        self._back.clicked.connect(lambda: self._go(-1))
        self._forward.clicked.connect(lambda: self._go(1))
        for widget in (self._back, self._count, self._forward):
            layout.addWidget(widget)

    def set_siblings(self, ids: tuple[int, ...], shown: int) -> None:
        """Show where `shown` stands among `ids`."""
        self._ids = ids
        self._at = ids.index(shown) if shown in ids else 0
        self._count.setText(f"{self._at + 1}/{len(ids)}")
        self._count.setAccessibleName(tr("Version {number} of {total}", number=self._at + 1, total=len(ids)))
        self._back.setEnabled(self._at > 0)
        self._forward.setEnabled(self._at < len(ids) - 1)

    def sizeHint(self) -> QSize:
        return QSize(48 + self._count.sizeHint().width(), theme.size("control.small"))

    def _go(self, step: int) -> None:
        at = self._at + step
        if 0 <= at < len(self._ids):
            self.chosen.emit(self._ids[at])
