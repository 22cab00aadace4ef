"""The fields of a check: another set for each kind."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backend.bench.types import Check, CheckKind, Rule, RuleKind
from backend.i18n import tr
from ui.pages.bench.choice import Choice
from ui.pages.bench.suite_data import FORM_RULES, LENGTH_RULES, TEXT_RULES, rule_words
from ui.pages.bench.words import check_words
from ui.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import label
from ui.widgets.spin import inset

KINDS: tuple[CheckKind, ...] = ("exact", "contains", "regex", "numeric", "schema", "rules", "judge")
_TEXTS = ("exact", "contains", "regex")


class CheckFields(QWidget):
    """Signals:
    changed: Something was written or chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loading = False
        self.kind = Choice(tr("Kind of check"), 240, small=False)
        self.kind.fill([(kind, check_words(kind)) for kind in KINDS], "contains")
        self.kind.picked.connect(self._kind_picked)
        self.accepted = text_box(tr("Answers that count, one per line"), 76)
        self.case = QCheckBox(tr("Capitals must be equal, too"))
        self.number = _number(tr("The number"))
        self.tolerance = _number(tr("How far it may be off"))
        self.schema = text_box(tr("JSON schema"), 120, mono=True)
        self.rules = RulesField()
        self.rubric = text_box(tr("What the judge looks at"), 76)
        self.reference = text_box(tr("A good answer"), 56)
        self._problems = {
            name: label("", "caption", "bad", wrap=True)
            for name in ("accepted", "number", "tolerance", "schema", "rules", "rubric")
        }
        self._stack = QStackedWidget()
        self._stack.addWidget(
            self._page(
                ("accepted", tr("Answers that count, one per line"), self.accepted), ("", "", self.case)
            )
        )
        self._stack.addWidget(
            self._page(
                ("number", tr("The number"), self.number),
                ("tolerance", tr("How far it may be off"), self.tolerance),
            )
        )
        self._stack.addWidget(self._page(("schema", tr("JSON schema"), self.schema)))
        self._stack.addWidget(self._page(("rules", tr("All of these must hold"), self.rules)))
        self._stack.addWidget(
            self._page(
                ("rubric", tr("What the judge looks at"), self.rubric),
                ("", tr("A good answer"), self.reference),
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.kind)
        layout.addWidget(self._stack)
        for box in (self.accepted, self.schema, self.rubric, self.reference):
            box.textChanged.connect(self._changed)
        for edit in (self.number, self.tolerance):
            edit.textChanged.connect(self._changed)
        self.case.toggled.connect(self._changed)
        self.rules.changed.connect(self._changed)

    def _page(self, *fields: tuple[str, str, QWidget]) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for name, words, field in fields:
            if words:
                caption = label(words, "small", "2")
                caption.setBuddy(field)
                layout.addWidget(caption)
            layout.addWidget(field)
            if name:
                layout.addWidget(self._problems[name])
        layout.addStretch(1)
        return page

    def show_check(self, check: Check) -> None:
        """Fill the fields; that is not a change."""
        self._loading = True
        self.kind.fill([(kind, check_words(kind)) for kind in KINDS], check.kind)
        self.accepted.setPlainText("\n".join(check.accepted))
        self.case.setChecked(check.case)
        self.number.setText(_shown(check.number))
        self.tolerance.setText(_shown(check.tolerance))
        self.schema.setPlainText(check.schema)
        self.rules.show_rules(check.rules)
        self.rubric.setPlainText(check.rubric)
        self.reference.setPlainText(check.reference)
        self._show_kind()
        self._loading = False

    def check(self) -> Check:
        """What the fields say; only those of the chosen kind count."""
        kind: CheckKind = self.kind.value()  # type: ignore[assignment]
        if kind in _TEXTS:
            lines = (line.rstrip("\r") for line in self.accepted.toPlainText().split("\n"))
            return Check(
                kind, accepted=tuple(line for line in lines if line.strip()), case=self.case.isChecked()
            )
        if kind == "numeric":
            return Check(
                kind, number=_read(self.number.text()), tolerance=_read(self.tolerance.text() or "0")
            )
        if kind == "schema":
            return Check(kind, schema=self.schema.toPlainText())
        if kind == "rules":
            return Check(kind, rules=self.rules.rules())
        return Check(kind, rubric=self.rubric.toPlainText(), reference=self.reference.toPlainText())

    def show_problems(self, found: Mapping[str, str]) -> None:
        """Say below each field what is wrong with it."""
        for name, words in self._problems.items():
            words.setText(found.get(name, ""))
            words.setVisible(bool(found.get(name)))

    def _kind_picked(self, _kind: object) -> None:
        self._show_kind()
        self._changed()

    def _show_kind(self) -> None:
        kind = self.kind.value()
        place = 0 if kind in _TEXTS else ("numeric", "schema", "rules", "judge").index(str(kind)) + 1
        self._stack.setCurrentIndex(place)
        for at in range(self._stack.count()):  # only the page that is shown says how high it is
            page, shown = self._stack.widget(at), at == place
            policy = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self._stack.updateGeometry()

    def _changed(self, *_anything: object) -> None:
        if not self._loading:
            self.changed.emit()


class RulesField(QWidget):
    """Rules one below the other. Signals:
    changed: A rule was added, changed or removed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[_RuleLine] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self.add = Button(tr("Add a rule"), "link", size="small")
        self.add.clicked.connect(lambda: self._add(Rule("contains"), tell=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._column)
        layout.addWidget(self.add)

    def show_rules(self, rules: tuple[Rule, ...]) -> None:
        for line in list(self._lines):
            self._remove(line, tell=False)
        for rule in rules:
            self._add(rule, tell=False)

    def rules(self) -> tuple[Rule, ...]:
        return tuple(line.rule() for line in self._lines)

    def _add(self, rule: Rule, *, tell: bool) -> None:
        line = _RuleLine(rule)
        line.changed.connect(self.changed)
        line.removed.connect(lambda line=line: self._remove(line, tell=True))
        self._lines.append(line)
        self._column.addWidget(line)
        if tell:
            line.text.setFocus()
            self.changed.emit()

    def _remove(self, line: _RuleLine, *, tell: bool) -> None:
        self._lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
        if tell:
            self.add.setFocus()
            self.changed.emit()


class _RuleLine(QWidget):
    changed = Signal()
    removed = Signal()

    def __init__(self, rule: Rule) -> None:
        super().__init__()
        self.kind = Choice(tr("Rule"), 190)
        kinds = (*TEXT_RULES, *LENGTH_RULES, *FORM_RULES)
        self.kind.fill([(kind, rule_words(kind)) for kind in kinds], rule.kind)
        self.kind.setMinimumWidth(120)
        self.text = QLineEdit(rule.text)
        self.text.setAccessibleName(tr("Text of the rule"))
        self.number = inset(QSpinBox())
        self.number.setRange(0, 100_000)
        self.number.setValue(rule.number)
        self.number.setAccessibleName(tr("Number of the rule"))
        self.number.setFixedWidth(72)
        remove = IconButton("x", tr("Remove the rule"), size="small")
        remove.clicked.connect(self.removed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.kind)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.number)
        layout.addWidget(remove)
        self._stretch = layout
        layout.addStretch(0)
        self.kind.picked.connect(self._picked)
        self.text.textChanged.connect(lambda _text: self.changed.emit())
        self.number.valueChanged.connect(lambda _value: self.changed.emit())
        self._show()

    def rule(self) -> Rule:
        kind: RuleKind = self.kind.value()  # type: ignore[assignment]
        text = self.text.text() if kind in TEXT_RULES else ""
        number = self.number.value() if kind in LENGTH_RULES or kind == "counts" else 0
        return Rule(kind, text, number)

    def _picked(self, _kind: object) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        kind = self.kind.value()
        self.text.setVisible(kind in TEXT_RULES)
        self.number.setVisible(kind in LENGTH_RULES or kind == "counts")


def text_box(name: str, height: int, *, mono: bool = False) -> QPlainTextEdit:
    """A field for several lines; Tab leaves it."""
    box = QPlainTextEdit()
    box.setAccessibleName(name)
    box.setTabChangesFocus(True)
    box.setFont(theme.font("code" if mono else "body"))
    box.setFixedHeight(height)
    return box


def _number(name: str) -> QLineEdit:
    edit = QLineEdit()
    validator = QDoubleValidator(edit)
    validator.setLocale(QLocale.c())
    validator.setNotation(QDoubleValidator.Notation.StandardNotation)
    edit.setValidator(validator)
    edit.setAccessibleName(name)
    edit.setFixedWidth(140)
    return edit


def _shown(number: float) -> str:
    return f"{number:.12g}"


def _read(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return float("nan")
