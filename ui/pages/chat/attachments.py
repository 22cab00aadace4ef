"""Files that belong to a message: small chips with name, size and tokens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QImage,
    QImageReader,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from backend.chats.types import Attachment
from backend.i18n import tr
from ui import format as fmt
from ui import tasks
from ui.theme import icons, theme
from ui.widgets.buttons import IconButton
from ui.widgets.flow import FlowLayout

_HEIGHT = 40
_WIDEST = 260
_THUMB = 30
_PIXELS = 96
"""Size of a thumbnail that is read; twice what is shown, for fine screens."""


def facts(file: Attachment) -> str:
    """``12.4 KB · 3,120 tokens``."""
    parts = [fmt.size(file.size)]
    if file.tokens:
        parts.append(fmt.tokens(file.tokens))
    return " · ".join(parts)


class AttachmentChip(QAbstractButton):
    """One file. With `removable` it has a cross, and Delete takes it off.

    Signals:
        removed: It is to be taken off.
    """

    removed = Signal()

    def __init__(self, file: Attachment, *, removable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = file
        self._image: QImage | None = None
        self._cross: IconButton | None = None
        self.setCheckable(not removable and file.kind == "text")
        self.setText(file.name)
        self.setAccessibleName(tr("{name}, {facts}", name=file.name, facts=facts(file)))
        self.setToolTip(file.name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if removable:
            name = tr("Take off {name}", name=file.name)
            self._cross = IconButton("x", name, size="small", token="text.3", parent=self)
            self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._cross.clicked.connect(self.removed)
        if file.kind == "image" and file.path:
            tasks.run(lambda: read_image(file.path, _PIXELS), self._take_image, owner=self)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        name = QFontMetricsF(theme.font("small", weight=500)).horizontalAdvance(self.file.name)
        note = QFontMetricsF(theme.font("caption", tabular=True)).horizontalAdvance(facts(self.file))
        extra = 44 + (30 if self._cross is not None or self.isCheckable() else 10)
        return QSize(min(round(max(name, note)) + extra + 2, _WIDEST), _HEIGHT)

    def _take_image(self, image: QImage) -> None:
        self._image = image if not image.isNull() else None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._cross is not None:
            self._cross.setGeometry(self.width() - 29, (self.height() - 24) // 2, 24, 24)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._cross is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.isCheckable():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line.control"), 1))
        hover = self.isCheckable() and self.underMouse()
        painter.setBrush(theme.color("bg.control.hover" if hover else "bg.control"))
        radius = theme.radius("control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        mark = QRectF(5, (self.height() - _THUMB) / 2, _THUMB, _THUMB)
        if self._image is not None:
            painter.drawImage(mark, self._image, _centre_square(self._image))
        else:
            icon = "image" if self.file.kind == "image" else "file-text"
            icons.paint(painter, icon, mark.adjusted(7, 7, -7, -7), "text.2")
        right = self.width() - (30 if self._cross is not None or self.isCheckable() else 8)
        room = right - 42
        for words, font, token, top in (
            (self.file.name, theme.font("small", weight=500), "text.1", 4),
            (facts(self.file), theme.font("caption", tabular=True), "text.3", 20),
        ):
            painter.setFont(font)
            painter.setPen(theme.color(token))
            shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(QRectF(42, top, room + 2, 17), Qt.AlignmentFlag.AlignVCenter, shown)
        if self.isCheckable():
            arrow = "chevron-down" if self.isChecked() else "chevron-right"
            icons.paint(painter, arrow, QRectF(self.width() - 23, (self.height() - 14) / 2, 14, 14), "text.3")


def read_image(path: str, pixels: int) -> QImage:
    """An image file, not larger than `pixels` on either side; a null image where it cannot be read."""
    if not path:
        return QImage()
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(pixels, pixels, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _centre_square(image: QImage) -> QRectF:
    side = min(image.width(), image.height())
    return QRectF((image.width() - side) / 2, (image.height() - side) / 2, side, side)


class AttachmentRow(QWidget):
    """The files of a message that is being written.

    Signals:
        removed: The place of a file that is to be taken off.
    """

    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[AttachmentChip] = []
        self._flow = FlowLayout(self, spacing=6)
        self.setAccessibleName(tr("Attached files"))
        self.hide()

    def chips(self) -> tuple[AttachmentChip, ...]:
        return tuple(self._chips)

    def set_files(self, files: Sequence[Attachment]) -> None:
        """Show a chip for each of `files`; those that stay are kept."""
        if tuple(chip.file for chip in self._chips) == tuple(files):
            return
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for place, file in enumerate(files):
            chip = AttachmentChip(file, removable=True, parent=self)
            chip.removed.connect(lambda place=place: self.removed.emit(place))
            self._flow.addWidget(chip)
            chip.show()
            self._chips.append(chip)
        self.setVisible(bool(files))
        self.updateGeometry()
