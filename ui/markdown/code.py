"""A code block: frame, header with the language and Copy, colours that come in slices, sideways scrolling."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from backend.i18n import tr
from ui.markdown import highlight, styles
from ui.markdown.blocks import Code
from ui.markdown.highlight import Line, Paint
from ui.markdown.links import mark_direction
from ui.markdown.pane import TextPane
from ui.theme import icons, theme

MAX_LINES = 400
"""More lines than this are shown only when asked for; a block that is being written may grow on."""
MAX_COLUMNS = 2_000

_HEADER = 28
_PADDING = 12
_SLICE = 20
"""Lines coloured per turn of the event loop."""


class _Colours(QSyntaxHighlighter):
    """Puts paints that were computed elsewhere onto the lines."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.paints: dict[int, tuple[Paint, ...]] = {}
        self.formats: dict[str, QTextCharFormat] = {}

    def highlightBlock(self, text: str) -> None:
        for paint in self.paints.get(self.currentBlock().blockNumber(), ()):
            fmt = self.formats.get(paint.style)
            if fmt is None:
                fmt = self.formats[paint.style] = styles.code_format(paint.style)
            self.setFormat(paint.start, paint.length, fmt)


class CodePane(TextPane):
    """The code itself. Lines keep their length; what does not fit is reached by scrolling sideways."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._document.setDefaultFont(theme.font("code"))
        self.setFont(theme.font("code"))
        self._colours = _Colours(self._document)
        self._language = ""
        self._shown: list[str] = []
        self._safe: list[int] = [0]
        self._pending: Iterator[Line] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._colour_slice)

    def set_code(self, lines: list[str], language: str) -> None:
        """Show `lines`; those that are shown already stay as they are."""
        if language != self._language:
            self._language = language
            self._safe = [0]
        same = 0
        for old, new in zip(self._shown, lines, strict=False):
            if old != new:
                break
            same += 1
        if same == len(lines) == len(self._shown):
            return
        self._replace_from(same, lines)
        self._shown = list(lines)
        self.settle()
        # A block can become shorter: what looked like a line was the beginning of its end.
        self._safe = [number for number in self._safe if number <= min(same, len(lines) - 1)] or [0]
        self._colour_from(self._safe[-1])

    def recolour(self) -> None:
        """Take the colours of the theme that is in force now."""
        self._colours.formats.clear()
        self._colours.rehighlight()

    def _replace_from(self, first: int, lines: list[str]) -> None:
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        if self._shown and first >= len(self._shown):
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText("\n" + "\n".join(lines[first:]), self._format())
        elif self._last_line_grew(first, lines):
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText("\n".join(lines[first:])[len(self._shown[first]) :], self._format())
        else:
            # What comes before stays without its line break, which comes back with the new lines, if any.
            start = self._document.findBlockByNumber(first).position() - 1
            cursor.setPosition(max(start, 0))
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            place = QTextBlockFormat()
            place.setLineHeight(
                theme.line_height("code") - 2, QTextBlockFormat.LineHeightTypes.FixedHeight.value
            )
            if not first:
                cursor.setBlockFormat(place)
            break_before = "\n" if first and first < len(lines) else ""
            cursor.insertText(break_before + "\n".join(lines[first:]), self._format())
        cursor.endEditBlock()

    def _last_line_grew(self, first: int, lines: list[str]) -> bool:
        is_last = bool(self._shown) and first == len(self._shown) - 1 and first < len(lines)
        return is_last and lines[first].startswith(self._shown[first])

    @staticmethod
    def _format() -> QTextCharFormat:
        fmt = QTextCharFormat()
        fmt.setFont(theme.font("code"))
        fmt.setForeground(theme.color("text.1"))
        return fmt

    def _colour_from(self, first: int) -> None:
        for number in [n for n in self._colours.paints if n >= first]:
            del self._colours.paints[number]
        self._pending = highlight.lines("\n".join(self._shown), self._language, first)
        self._colour_slice()

    def _colour_slice(self) -> None:
        if self._pending is None:
            return
        for _ in range(_SLICE):
            line = next(self._pending, None)
            if line is None:
                self._pending = None
                break
            if line.safe and line.number > self._safe[-1]:
                self._safe.append(line.number)
            if line.paints:
                self._colours.paints[line.number] = line.paints
            self._colours.rehighlightBlock(self._document.findBlockByNumber(line.number))
        if self._pending is None:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()


class CodeBlockView(QWidget):
    """The frame around a `CodePane`. Copy takes the whole source, also where only a part is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = Code("")
        self._limit = MAX_LINES
        self._language = QLabel(self)
        self._language.setProperty("tone", "3")
        self._language.setFont(theme.font("small"))
        self._copy = QToolButton(self)
        self._copy.setAccessibleName(tr("Copy this code"))
        self._copy.setProperty("kind", "quiet")
        self._copy.setProperty("controlSize", "small")
        self._copy.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._copy.setIconSize(QSize(14, 14))
        self._copy.setFont(theme.font("small"))
        self._copy.clicked.connect(self._copy_code)
        self._copy_width = 0
        self._more: QToolButton | None = None
        self.pane = CodePane(self)
        self._reset = QTimer(self)
        self._reset.setSingleShot(True)
        self._reset.setInterval(1500)
        self._reset.timeout.connect(lambda: self._label_copy(copied=False))
        self._label_copy(copied=False)

    def set_code(self, code: Code, *, live: bool = False) -> None:
        """Show `code`. `live`: it is being written, so what is new must be seen, however long it is."""
        self._code = code
        lines = [_shortened(mark_direction(line)) for line in code.text.split("\n")]
        if live:
            self._limit = max(self._limit, len(lines))
        hidden = len(lines) - self._limit
        self._offer_rest(len(lines) if hidden > 0 else 0)
        if hidden > 0:
            lines = lines[: self._limit]
        self._language.setText(code.language)
        self.pane.setAccessibleName(
            tr("Code") if not code.language else tr("Code, {language}", language=code.language)
        )
        self.pane.set_code(lines, code.language)

    def _offer_rest(self, lines: int) -> None:
        """Show a button for all of so many `lines`; 0 takes it away."""
        if lines and self._more is None:
            self._more = QToolButton(self)
            self._more.setProperty("kind", "quiet")
            self._more.setProperty("controlSize", "small")
            self._more.clicked.connect(self._show_all)
        if self._more is not None:
            self._more.setVisible(lines > 0)
            self._more.setText(tr("Show all {n} lines", n=lines))

    def _below(self) -> int:
        return 30 if self._more is not None and not self._more.isHidden() else 0

    def height_for(self, width: int) -> int:
        """Pixels needed at `width`, including the scroll bar if a line is longer."""
        inner = width - 2 * _PADDING
        self.pane.height_for(inner)
        size = self.pane.document().size()
        bar = self.pane.horizontalScrollBar().sizeHint().height() if size.width() > inner else 0
        body = int(size.height() + 0.999) + max(bar, 0)
        return _HEADER + 10 + body + (10 if not bar else 4) + self._below()

    def renew_theme(self) -> None:
        """Take the icons and colours of the theme that is in force now."""
        self._label_copy(copied=self._reset.isActive())
        code, self._code = self._code, Code("")
        self.pane.set_code([], "")
        self.set_code(code)
        self.pane.recolour()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        width, height = self.width(), self.height()
        copy = self._copy_width
        self._copy.setGeometry(width - copy - 2, 2, copy, 24)
        self._language.setGeometry(_PADDING, 0, max(0, width - copy - 2 * _PADDING), _HEADER)
        below = self._below()
        if below and self._more is not None:
            self._more.setGeometry(_PADDING - 8, height - 28, self._more.sizeHint().width(), 24)
        self.pane.setGeometry(
            _PADDING, _HEADER + 10, width - 2 * _PADDING, max(0, height - _HEADER - 14 - below)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.radius("surface")
        painter.setPen(theme.color("line.hair"))
        painter.setBrush(theme.color("bg.inset"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.fillRect(QRectF(1, _HEADER - 1, self.width() - 2, 1), theme.color("line.hair"))

    def _label_copy(self, *, copied: bool) -> None:
        # The style draws no gap between icon and text; a narrow space makes one.
        self._copy.setText("\N{EN SPACE}" + (tr("Copied") if copied else tr("Copy")))
        self._copy.setIcon(icons.icon("check" if copied else "copy", token="text.2", size=14))
        self._copy_width = self._copy.sizeHint().width()
        self._place()

    def _copy_code(self) -> None:
        QGuiApplication.clipboard().setText(self._code.text)
        self._label_copy(copied=True)
        self._reset.start()

    def _show_all(self) -> None:
        self._limit = len(self._code.text)
        self.set_code(self._code)
        self.updateGeometry()
        parent = self.parentWidget()
        if parent is not None and hasattr(parent, "relayout"):
            parent.relayout()


def _shortened(line: str) -> str:
    return line if len(line) <= MAX_COLUMNS else line[:MAX_COLUMNS] + " …"
