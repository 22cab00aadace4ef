"""The form of one prompt of a suite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from backend.bench.types import SuiteItem
from backend.i18n import tr
from ui.pages.bench.check_fields import CheckFields, text_box
from ui.widgets.labels import label
from ui.widgets.spin import inset


class ItemForm(QScrollArea):
    """Signals:
    changed: The `SuiteItem` as the fields say it now.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(300)
        self.setAccessibleName(tr("The prompt and its check"))
        self._item: SuiteItem | None = None
        self._loading = False
        self.prompt = text_box(tr("Prompt"), 92)
        self.system = text_box(tr("System prompt"), 48)
        self.system.setPlaceholderText(tr("None"))
        self.id = QLineEdit()
        self.id.setAccessibleName(tr("Name of the prompt"))
        self.topic = QLineEdit()
        self.topic.setAccessibleName(tr("Topic"))
        self.limit = inset(QSpinBox())
        self.limit.setRange(1, 100_000)
        self.limit.setAccessibleName(tr("Longest answer, tokens"))
        self.check = CheckFields()
        self._problems = {name: label("", "caption", "bad", wrap=True) for name in ("id", "prompt")}
        content = QWidget()
        content.setProperty("scrollContent", True)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(4)
        for words, field, problem in (
            (tr("Prompt"), self.prompt, "prompt"),
            (tr("Check"), self.check, ""),
        ):
            caption = label(words, "body", weight=600)
            caption.setBuddy(field)
            layout.addWidget(caption)
            layout.addWidget(field)
            if problem:
                layout.addWidget(self._problems[problem])
            layout.addSpacing(6)
        line = QHBoxLayout()
        line.setSpacing(12)
        small: tuple[tuple[str, QWidget], ...] = (
            (tr("Name"), self.id),
            (tr("Topic"), self.topic),
            (tr("Longest answer"), self.limit),
        )
        for words, widget in small:
            column = QVBoxLayout()
            column.setSpacing(4)
            caption = label(words, "small", "2")
            caption.setBuddy(widget)
            column.addWidget(caption)
            column.addWidget(widget)
            line.addLayout(column, 1)
        layout.addLayout(line)
        layout.addWidget(self._problems["id"])
        layout.addWidget(label(tr("System prompt"), "small", "2"))
        layout.addWidget(self.system)
        layout.addStretch(1)
        self.setWidget(content)
        for edit in (self.id, self.topic):
            edit.textEdited.connect(self._edited)
        for box in (self.prompt, self.system):
            box.textChanged.connect(self._edited)
        self.limit.valueChanged.connect(self._edited)
        self.check.changed.connect(self._edited)

    def show_item(self, item: SuiteItem | None, *, editable: bool) -> None:
        """Fill the form; None empties it."""
        self._loading = True
        self._item = item
        shown = item or SuiteItem("", "", self.check.check())
        self.prompt.setPlainText(shown.prompt)
        self.system.setPlainText(shown.system)
        self.id.setText(shown.id)
        self.topic.setText(shown.topic)
        self.limit.setValue(shown.max_tokens)
        self.check.show_check(shown.check)
        content = self.widget()
        assert content is not None
        content.setEnabled(item is not None and editable)
        self.show_problems({})
        self._loading = False

    def show_problems(self, found: Mapping[str, str]) -> None:
        """Say below each field what is wrong with it."""
        for name, words in self._problems.items():
            words.setText(found.get(name, ""))
            words.setVisible(bool(found.get(name)))
        self.check.show_problems(found)

    def _edited(self, *_anything: object) -> None:
        if self._loading or self._item is None:
            return
        self._item = replace(
            self._item,
            id=self.id.text().strip(),
            prompt=self.prompt.toPlainText(),
            topic=" ".join(self.topic.text().split()),
            system=self.system.toPlainText(),
            max_tokens=self.limit.value(),
            check=self.check.check(),
        )
        self.changed.emit(self._item)
