"""Files and folders that are dragged over the library."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from backend.i18n import tr
from ui.theme import icons, theme


def paths_in(data: QMimeData) -> tuple[Path, ...]:
    """The files and folders of this machine that are being dragged."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


class DropHighlight(QWidget):
    """Covers its parent while something is dragged over it, and says what letting go does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.words())
        self.hide()
        theme.changed.connect(self.update)

    @staticmethod
    def words() -> str:
        return tr("Drop GGUF files or folders to see them here")

    def cover(self) -> None:
        """Lie over the whole parent."""
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = theme.color("bg.window")
        veil.setAlphaF(0.88)
        painter.fillRect(self.rect(), veil)
        frame = QRectF(self.rect()).adjusted(16, 16, -16, -16)
        painter.setPen(QPen(theme.color("accent.base"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(theme.color("accent.tint"))
        painter.drawRoundedRect(frame, theme.radius("dialog"), theme.radius("dialog"))
        middle = frame.center()
        icons.paint(painter, "folder-plus", QRectF(middle.x() - 14, middle.y() - 44, 28, 28), "accent.text")
        font = theme.font("title")
        painter.setFont(font)
        painter.setPen(theme.color("text.1"))
        line = QFontMetrics(font).height()
        centre = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        painter.drawText(
            QRectF(frame.left() + 24, middle.y(), frame.width() - 48, line * 2), centre, self.words()
        )
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text.2"))
        note = tr("They stay where they are; a folder is watched from then on")
        painter.drawText(
            QRectF(frame.left() + 24, middle.y() + line + 6, frame.width() - 48, 40), centre, note
        )
