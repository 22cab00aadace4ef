"""The choice of a speed limit: none, some usual ones, or any other that is typed."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

from backend.i18n import tr
from ui import format as fmt

MB = 1_000_000
USUAL = (1 * MB, 2 * MB, 5 * MB, 10 * MB, 20 * MB, 50 * MB)
LEAST, MOST = 10_000, 10_000_000_000
_OTHER = -1
_UNITS = {"": MB, "k": 1_000, "m": MB, "g": 1_000 * MB}


def parse_speed(text: str) -> int | None:
    """Bytes per second that the person typed: ``3``, ``3.5 MB/s``, ``800 KB``; None if it is no speed.

    A number without a unit means megabytes.
    """
    match = re.fullmatch(r"\s*([\d.,\s\u00a0]*\d[\d.,]*)\s*([kKmMgG]?)[bB]?(/s)?\s*", text)
    if match is None:
        return None
    digits = re.sub(r"[\s\u00a0]", "", match[1])
    number, good = QLocale().toDouble(digits)
    if not good:
        number, good = QLocale.c().toDouble(digits.replace(",", "."))
    if not good:
        return None
    value = round(number * _UNITS[match[2].lower()])
    return value if LEAST <= value <= MOST else None


class SpeedLimit(QComboBox):
    """A combo box; *Other…* turns it into a field until Enter or Esc.

    Signals:
        chosen: Bytes per second, or None for no limit; only when the person changed it.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit: int | None = None
        self.setAccessibleName(tr("Speed limit"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._fill()
        self.activated.connect(self._activated)

    @property
    def limit(self) -> int | None:
        return self._limit

    def set_limit(self, limit: int | None) -> None:
        """Show a limit without telling anybody."""
        if limit != self._limit or self.isEditable():
            self._limit = limit
            self._fill()

    def _fill(self) -> None:
        self.setEditable(False)
        self.clear()
        self.addItem(tr("None"), None)
        for speed in sorted({*USUAL, *(() if self._limit is None else (self._limit,))}):
            self.addItem(fmt.speed(speed), speed)
        self.insertSeparator(self.count())
        self.addItem(tr("Other…"), _OTHER)
        self.setCurrentIndex(self.findData(self._limit) if self._limit is not None else 0)

    def _activated(self, place: int) -> None:
        value = self.itemData(place)
        if value == _OTHER:
            self._edit()
        elif value != self._limit:
            self._take(value)

    def _edit(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        field = self.lineEdit()
        field.setPlaceholderText(tr("MB/s"))
        field.setText("" if self._limit is None else fmt.speed(self._limit))
        field.setAccessibleName(tr("Speed limit in megabytes per second"))
        field.installEventFilter(self)
        field.selectAll()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.returnPressed.connect(self._typed)

    def _typed(self) -> None:
        value = parse_speed(self.lineEdit().text())
        field = self.lineEdit()
        if value is None:
            field.setToolTip(tr("A number of megabytes per second, such as 2.5"))
            field.selectAll()
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._take(value)

    def _take(self, limit: int | None) -> None:
        self._limit = limit
        self._fill()
        self.chosen.emit(limit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isEditable() and watched is self.lineEdit():
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                if event.key() == Qt.Key.Key_Escape:
                    self.setFocus(Qt.FocusReason.OtherFocusReason)
                    self._fill()
                    return True
            elif event.type() == QEvent.Type.FocusOut:
                value = parse_speed(self.lineEdit().text())
                if value is not None and value != self._limit:
                    self._take(value)
                else:
                    self._fill()
                return True
        return super().eventFilter(watched, event)
