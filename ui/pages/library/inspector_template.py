"""The chat template: what it knows in a few words, its text, and how it differs from the base model's."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QSyntaxHighlighter, QTextCharFormat, QTextDocument, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from backend.errors import AppError
from backend.i18n import tr
from backend.inspect.template import features_of
from backend.inspect.types import DiffLine, Feature, Line, TemplateDifference
from ui import format as fmt
from ui.pages.library.inspector_section import InspectorSection
from ui.theme import theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.segmented import SegmentedControl
from ui.widgets.states import ErrorState

LONGEST_SHOWN = 100_000
"""Characters; a longer template can be copied as a whole."""
_LONGEST_LINE = 1_000
_MARKS = {Line.ADDED: "+ ", Line.REMOVED: "− ", Line.SAME: "  ", Line.PLACE: ""}
_HEIGHT = 220


class _DiffColours(QSyntaxHighlighter):
    """Colours lines by their mark; off for the template itself."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.on = False
        theme.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        if not self.on:
            return
        tokens = {"+": ("ok.text", "ok.bg"), "−": ("bad.text", "bad.bg"), "@": ("text.3", "")}
        ink, surface = tokens.get(text[:1], ("text.2", ""))
        look = QTextCharFormat()
        look.setForeground(theme.color(ink))
        if surface:
            look.setBackground(theme.color(surface))
        self.setFormat(0, len(text), look)


class TemplateSection(InspectorSection):
    """Signals:
    compare: The person wants to know how it differs from the base model's; the network may be asked.
    """

    compare = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("template", tr("Chat template"), opened=False, parent=parent)
        self._template = ""
        self._difference: TemplateDifference | None = None
        self._result = Banner("info", "")
        self.body.addWidget(self._result)
        self._error = ErrorState(centred=False)
        self._error.retry.connect(self._compare)
        self.body.addWidget(self._error)
        self._views = SegmentedControl(
            ((False, tr("Template")), (True, tr("Differences"))), tr("What is shown")
        )
        self._views.changed.connect(lambda _value: self._fill())
        self.body.addWidget(self._views, 0, Qt.AlignmentFlag.AlignLeft)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setFont(theme.font("code"))
        self._text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(_HEIGHT)
        self._text.setAccessibleName(tr("Chat template"))
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._colours = _DiffColours(self._text.document())
        self.body.addWidget(self._text)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self._ask = Button(tr("Compare with the base model"), size="small")
        self._ask.setToolTip(tr("Ask Hugging Face for the template of the model that this one was made from"))
        self._ask.clicked.connect(self._compare)
        self._copy = Button(tr("Copy"), icon="copy", size="small")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._template))
        buttons.addWidget(self._ask)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.show_waiting()

    def show_waiting(self) -> None:
        """The file is being read."""
        self._template, self._difference = "", None
        self.set_note("")
        self._error.hide()
        self._result.hide()
        self._show_controls(False)
        self._fill()

    def show_template(self, template: str) -> None:
        """The template of the model; empty where it has none."""
        self._template = template
        self._show_controls(bool(template))
        if not template:
            self._tell("info", tr("This file has no chat template; a common one (ChatML) is used."))
        self._fill()
        self._describe()

    def show_difference(self, found: TemplateDifference | None, asked: bool) -> None:
        """What the comparison found; None where the base or its template are not known."""
        self._busy(False)
        self._error.hide()
        if found is None:
            if asked:
                self._tell(
                    "info", tr("It is not known which model this one was made from, or that has no template.")
                )
            return
        self._difference = found
        if found.same:
            self._tell("ok", tr("The same as that of {base}", base=found.base))
        else:
            self._tell("warn", _difference_words(found))
        self._views.setVisible(bool(found.lines))
        if asked and found.lines:
            self._views.set_value(True)
        self._fill()
        self._describe()

    def show_difference_error(self, error: AppError) -> None:
        """The base model's template could not be fetched."""
        self._busy(False)
        self._result.hide()
        self._error.set_error(error)
        self._error.show()

    def _compare(self) -> None:
        self._busy(True)
        self._error.hide()
        self.compare.emit()

    def _busy(self, busy: bool) -> None:
        self._ask.setEnabled(not busy)
        self._ask.setText(tr("Comparing …") if busy else tr("Compare with the base model"))

    def _tell(self, kind: str, words: str) -> None:
        self._result.set_kind(kind)
        self._result.set_text(words)
        self._result.show()

    def _show_controls(self, shown: bool) -> None:
        for widget in (self._text, self._ask, self._copy):
            widget.setVisible(shown)
        self._busy(False)
        self._views.blockSignals(True)
        self._views.set_value(False)
        self._views.blockSignals(False)
        self._views.setVisible(bool(shown and self._difference and self._difference.lines))

    def _fill(self) -> None:
        differing = bool(self._views.value()) and self._difference is not None
        self._colours.on = differing
        lines = self._difference.lines if differing and self._difference is not None else ()
        text = _diff_text(lines) if differing else _bounded(self._template)
        if text != self._text.toPlainText():
            self._text.setPlainText(text)
        self._text.setAccessibleName(tr("Differences") if differing else tr("Chat template"))

    def _describe(self) -> None:
        if not self._template:
            self.set_note(tr("none"))
            return
        if self._difference is not None and not self._difference.same:
            self.set_note(tr("differs from the base model"), "warn")
            return
        words = [_feature_words(feature) for feature in features_of(self._template)]
        size = len(self._template)
        words.append(tr("{count} characters", n=size, count=fmt.number(size)))
        self.set_note(", ".join(words))


def _feature_words(feature: Feature) -> str:
    match feature:
        case Feature.TOOLS:
            return tr("tools")
        case Feature.REASONING:
            return tr("reasoning")
        case Feature.IMAGES:
            return tr("images")


def _difference_words(found: TemplateDifference) -> str:
    where = tr("Differs from that of {base}", base=found.base)
    if not found.lines:
        return where
    return tr(
        "{where}: lines added {added}, removed {removed}. Read what they tell the model.",
        where=where,
        added=fmt.number(found.added),
        removed=fmt.number(found.removed),
    )


def _diff_text(lines: tuple[DiffLine, ...]) -> str:
    return "\n".join(_MARKS[line.kind] + visible(line.text) for line in lines)


def visible(text: str) -> str:
    """`text` with what cannot be seen, or turns the direction of what can, spelled out: a template tells the
    model things, and must not hide any from the person."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in "\n\t" else f"‹U+{ord(char):04X}›" for char in text)


def _bounded(template: str) -> str:
    """What the view can show without stalling."""
    if len(template) > LONGEST_SHOWN:
        template = template[:LONGEST_SHOWN] + "\n…"
    lines = visible(template.replace("\r\n", "\n")).split("\n")
    return "\n".join(line if len(line) <= _LONGEST_LINE else "\n".join(_pieces(line)) for line in lines)


def _pieces(line: str) -> list[str]:
    return [line[start : start + _LONGEST_LINE] for start in range(0, len(line), _LONGEST_LINE)]
