"""The files of a message that was sent: chips, and under them the text of one that is opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from backend.chats.types import Attachment
from backend.i18n import tr
from ui import format as fmt
from ui import tasks
from ui.markdown import MarkdownView
from ui.pages.chat.attachments import AttachmentChip, read_image
from ui.theme import theme

_GAP = 6
_PICTURE = 180
_MOST = 20_000
"""Characters of a file that are shown in the transcript."""


class SentFiles(QWidget):
    """Laid out by hand, like the message around it.

    Signals:
        height_changed: A file was opened or closed.
    """

    height_changed = Signal()

    def __init__(self, files: Sequence[Attachment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files = tuple(files)
        self._chips: list[AttachmentChip] = []
        self._pictures: dict[int, QImage] = {}
        self._places: dict[int, QRectF] = {}
        self._text: MarkdownView | None = None
        for place, file in enumerate(self.files):
            chip = AttachmentChip(file, removable=False, parent=self)
            chip.toggled.connect(lambda on, place=place: self._toggled(place, on))
            self._chips.append(chip)
            if file.kind == "image":
                tasks.run(
                    lambda file=file: read_image(file.path, 2 * _PICTURE),
                    lambda image, place=place: self._take(place, image),
                    owner=self,
                )

    def chips(self) -> tuple[AttachmentChip, ...]:
        return tuple(self._chips)

    def height_for(self, width: int) -> int:
        """Pixels needed at `width`, where everything is placed for it."""
        x = y = 0
        row = 0
        for chip in self._chips:
            size = chip.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, y + row + _GAP
            chip.setGeometry(x, y, min(size.width(), width), size.height())
            x += size.width() + _GAP
            row = size.height()
        y += row
        self._places = {}
        for place, image in self._pictures.items():
            scale = min(_PICTURE / image.height(), _PICTURE * 2 / image.width(), 1.0)
            self._places[place] = QRectF(0, y + _GAP, image.width() * scale, image.height() * scale)
            y += round(image.height() * scale) + _GAP
        if self._text is not None:
            height = self._text.height_for(width - 14)
            self._text.setGeometry(14, y + _GAP, width - 14, height)
            y += height + _GAP
        return y

    def _take(self, place: int, image: QImage) -> None:
        if not image.isNull():
            self._pictures[place] = image
            self.height_changed.emit()
            self.update()

    def _toggled(self, place: int, on: bool) -> None:
        if self._text is not None:
            self._text.hide()
            self._text.deleteLater()
            self._text = None
        if on:
            for other, chip in enumerate(self._chips):
                if other != place and chip.isChecked():
                    chip.blockSignals(True)
                    chip.setChecked(False)
                    chip.blockSignals(False)
            self._text = MarkdownView(self, base="body")
            self._text.height_changed.connect(self.height_changed)
            self._text.set_plain(_shortened(self.files[place].text))
            self._text.show()
        self.height_changed.emit()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place, rect in self._places.items():
            painter.drawImage(rect, self._pictures[place])
        if self._text is not None:
            line = QRectF(0, self._text.y(), 2, self._text.height())
            painter.fillRect(line, theme.color("line.control"))


def _shortened(text: str) -> str:
    if len(text) <= _MOST:
        return text
    rest = len(text) - _MOST
    return text[:_MOST] + "\n\n" + tr("… and {count} more characters", n=rest, count=fmt.number(rest))
