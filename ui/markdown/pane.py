"""The text surface of Markdown: a read-only `QTextEdit` that is as high as its text and fetches nothing."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QTextEdit, QWidget

from backend.i18n import tr
from ui.markdown import styles
from ui.markdown.parse import SOFT_BREAK
from ui.theme import Scheme, theme


class InertDocument(QTextDocument):
    """A document that never opens a file or a URL (fault 53)."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing, whatever is asked for."""
        return None


class TextPane(QTextEdit):
    """Selectable by mouse and keyboard; wheel and page keys go on to the transcript around it.

    Signals:
        link_activated: A link or an image placeholder was clicked, or Enter pressed on it. The URL has passed
            `links.check`; whoever listens asks the person before opening it.
    """

    link_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = InertDocument(self)
        self._document.setDocumentMargin(0)
        self._document.setUndoRedoEnabled(False)
        self.setDocument(self._document)
        self.setProperty("frameless", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setAcceptDrops(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self.setCursorWidth(0)
        self.setProperty("focusRing", "none")
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.caret = False
        self._pressed = ""

    def height_for(self, width: int) -> int:
        """Pixels needed at `width`; lays the document out if the width is new."""
        if self._document.textWidth() != width:
            self._document.setTextWidth(width)
        return int(self._document.size().height() + 0.999)

    def set_caret(self, on: bool) -> None:
        """Show or hide the block that marks the end of an answer that is still being written."""
        if on != self.caret:
            self.caret = on
            self.viewport().update()

    def settle(self) -> None:
        """Put the text cursor back to the start after the content changed, unless someone is using it."""
        cursor = self.textCursor()
        if cursor.position() and not cursor.hasSelection() and not self.hasFocus():
            self.setTextCursor(QTextCursor(self._document))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing, whatever is asked for."""
        return None

    # -- finding

    def find_all(self, needle: str, current: int = -1) -> int:
        """Mark every place of `needle`, whatever its case, number `current` strongly; return how many."""
        marks: list[QTextEdit.ExtraSelection] = []
        cursor = self._document.find(needle) if needle else QTextCursor()
        while not cursor.isNull():
            mark = QTextEdit.ExtraSelection()
            fmt = QTextCharFormat()
            here = len(marks) == current
            fmt.setBackground(theme.color("accent.base" if here else "accent.line"))
            fmt.setForeground(theme.color("accent.ink" if here or theme.scheme is Scheme.LIGHT else "text.1"))
            mark.format = fmt
            mark.cursor = cursor
            marks.append(mark)
            cursor = self._document.find(needle, cursor)
        if marks or self.extraSelections():
            self.setExtraSelections(marks)
        return len(marks)

    def mark_rect(self, index: int) -> QRectF:
        """Where find mark `index` stands, in the coordinates of this widget."""
        marks = self.extraSelections()
        return QRectF(self.cursorRect(marks[index].cursor)) if 0 <= index < len(marks) else QRectF()

    # -- copying

    def createMimeDataFromSelection(self) -> QMimeData:
        """Plain text with list markers, without what is there only for drawing."""
        data = QMimeData()
        data.setText(self.selected_text())
        return data

    def selected_text(self) -> str:
        """What Copy copies."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        lines: list[str] = []
        block = self._document.findBlock(start)
        while block.isValid() and block.position() <= end:
            text = _block_text(block, start, end)
            marker = self.marker(block.blockNumber()) if start <= block.position() else ""
            lines.append(f"{marker} {text}" if marker else text)
            block = block.next()
        return "\n".join(lines)

    def marker(self, block_number: int) -> str:
        """The list marker left of a block; subclasses know."""
        return ""

    # -- input

    def href_at(self, x: float, y: float) -> str:
        """The destination under a point of the viewport, or empty."""
        position = self._document.documentLayout().hitTest(
            self._to_document(x, y), Qt.HitTestAccuracy.ExactHit
        )
        return self._href(position)

    def _to_document(self, x: float, y: float):  # type: ignore[no-untyped-def]
        rect = QRectF(x + self.horizontalScrollBar().value(), y, 0, 0)
        return rect.topLeft()

    def _href(self, position: int) -> str:
        if position < 0:
            return ""
        block = self._document.findBlock(position)
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            if fragment.contains(position):
                return str(fragment.charFormat().property(styles.HREF) or "")
            iterator += 1
        return ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setCursorWidth(0)  # the text cursor is for the keyboard; after a click it would only look odd
        self._pressed = self.href_at(event.position().x(), event.position().y())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        href = self.href_at(event.position().x(), event.position().y())
        if (
            href
            and href == self._pressed
            and event.button() is Qt.MouseButton.LeftButton
            and not self.textCursor().hasSelection()
        ):
            self.link_activated.emit(href)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = bool(self.href_at(event.position().x(), event.position().y()))
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            href = self._href(self.textCursor().position())
            if href:
                self.link_activated.emit(href)
                return
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Escape):
            event.ignore()
            return
        self.setCursorWidth(1)
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        copy = QAction(tr("Copy"), menu)
        copy.setEnabled(self.textCursor().hasSelection())
        copy.triggered.connect(self.copy)
        menu.addAction(copy)
        position = self.viewport().mapFromGlobal(event.globalPos())
        href = self.href_at(position.x(), position.y())
        if href:
            link = QAction(tr("Copy link address"), menu)
            link.triggered.connect(lambda: QGuiApplication.clipboard().setText(href))
            menu.addAction(link)
        everything = QAction(tr("Select all"), menu)
        everything.triggered.connect(self.selectAll)
        menu.addAction(everything)
        menu.exec(event.globalPos())
        menu.deleteLater()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.caret:
            painter = QPainter(self.viewport())
            cursor = QTextCursor(self._document)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            rect = self.cursorRect(cursor)
            painter.fillRect(
                QRectF(rect.left() + 2, rect.center().y() - 7, 8, 16), theme.color("accent.base")
            )


def _block_text(block: QTextBlock, start: int, end: int) -> str:
    """The text of `block` between two document positions, without padding and soft breaks."""
    out: list[str] = []
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        if not fragment.charFormat().property(styles.PAD):
            low = max(0, start - fragment.position())
            high = max(0, end - fragment.position())
            out.append(fragment.text()[low:high])
        iterator += 1
    return "".join(out).replace("\u2028", "\n").replace(SOFT_BREAK, "")
