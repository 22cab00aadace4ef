"""Which equal files could share their bytes: what is kept, what is replaced, how, and what that means."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from backend.i18n import tr
from backend.library.types import DuplicateGroup, SharePreview
from ui import format as fmt
from ui.pages.library.dialogs.parts import fact, path_line, scrolled
from ui.pages.library.words import full_name, store_name
from ui.pages.library.work import Copies
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.section import hairline
from ui.widgets.sheet import Sheet

LIST_MOST = 400
"""Pixels of the list before it scrolls."""


class ShareDialog(Sheet):
    """Every group that can be shared is ticked; nothing happens before *Share*.

    Signals:
        confirmed: The groups to share.
        compare_asked: Hash what only looks the same.
    """

    confirmed = Signal(object)
    compare_asked = Signal()

    def __init__(self, copies: Copies, parent: QWidget | None = None) -> None:
        super().__init__(tr("Share equal copies"), width=600, parent=parent)
        self._boxes: list[tuple[QCheckBox, DuplicateGroup, SharePreview]] = []
        self._share = self.add_button(tr("Share"), "primary", "link")
        self._share.clicked.connect(self._confirmed)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for place, (group, plan) in enumerate(copies.plans):
            if place:
                layout.addWidget(hairline())
            layout.addWidget(self._group(group, plan))
        if copies.alike:
            if copies.plans:
                layout.addWidget(hairline())
            layout.addWidget(self._alike(copies.alike))
        layout.addStretch(1)
        self._area = scrolled(content)
        self.body.addWidget(self._area)
        self._total = label("", "body", weight=600)
        self.add_left(self._total)
        if copies.plans:
            self.set_words(
                tr("Share equal copies"),
                tr(
                    "These files have the same checksum. Sharing keeps one copy on the disk; every program "
                    "still finds its own file, under its own name, in its own place. Before, both are read "
                    "once more, and only what is equal to the last byte is shared."
                ),
            )
        elif not copies.alike:
            self.set_words(tr("Nothing to share"), tr("No model lies on this disk twice."))
        self._content = content
        self._share.setVisible(bool(copies.plans))
        self._sum()
        self.set_default(self._share if self._share.isEnabled() and copies.plans else self.cancel)
        self.fit()

    def fit(self) -> None:
        for child in self._content.findChildren(QWidget):
            child.ensurePolished()
        inner = self.width() - 48
        height = self._content.layout().totalHeightForWidth(inner)
        self._area.setFixedHeight(min(max(height, 1), LIST_MOST))
        super().fit()

    def _group(self, group: DuplicateGroup, plan: SharePreview) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        name = full_name(group.models[0])
        tick = QCheckBox(name)
        tick.setAccessibleDescription(tr("frees {size}", size=fmt.size(plan.frees)))
        tick.setChecked(bool(plan.way))
        tick.setEnabled(bool(plan.way))
        tick.toggled.connect(lambda _on: self._sum())
        self._boxes.append((tick, group, plan))
        head.addWidget(tick, 1)
        freed = tr("frees {size}", size=fmt.size(plan.frees)) if plan.way else tr("stays as it is")
        head.addWidget(label(freed, "small", weight=500, tabular=True))
        layout.addLayout(head)
        rows = QFrame()
        inner = QVBoxLayout(rows)
        inner.setContentsMargins(24, 0, 0, 0)
        inner.setSpacing(2)
        stores = {str(model.path): store_name(model.store) for model in group.models}
        inner.addWidget(_named(tr("Keeps"), stores.get(str(plan.keep), ""), path_line(plan.keep, "1")))
        for path in plan.replace:
            inner.addWidget(_named(tr("Replaces"), stores.get(str(path), ""), path_line(path)))
        inner.addSpacing(4)
        if plan.way:
            inner.addWidget(fact("link", "text.2", _way_words(plan.way), "2"))
        if plan.problem:
            inner.addWidget(fact("triangle-alert", "warn.mark", plan.problem))
        for warning in plan.warnings:
            inner.addWidget(fact("info", "text.2", warning, "2"))
        layout.addWidget(rows)
        return box

    def _alike(self, groups: Sequence[DuplicateGroup]) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label(tr("They look the same, but were not compared"), "body", weight=600))
        text = tr("Size and header agree. Only reading both files to the end can tell.")
        layout.addWidget(label(text, "small", "2", wrap=True))
        for group in groups:
            stores = ", ".join(store_name(model.store) for model in group.models)
            line = QHBoxLayout()
            line.addWidget(label(full_name(group.models[0]), "small", weight=500))
            line.addWidget(label(stores, "small", "2"), 1)
            most = tr("up to {size}", size=fmt.size(group.reclaimable))
            line.addWidget(label(most, "small", "2", tabular=True))
            layout.addLayout(line)
        compare = Button(tr("Compare their content"), icon="scan-search")
        compare.clicked.connect(self._compare)
        line = QHBoxLayout()
        line.setContentsMargins(0, 4, 0, 0)
        line.addWidget(compare)
        line.addStretch(1)
        layout.addLayout(line)
        return box

    def _chosen(self) -> list[tuple[DuplicateGroup, SharePreview]]:
        return [(group, plan) for tick, group, plan in self._boxes if tick.isChecked()]

    def _sum(self) -> None:
        frees = sum(plan.frees for _group, plan in self._chosen())
        self._total.setText(tr("Frees {size}", size=fmt.size(frees)) if frees else "")
        self._share.setEnabled(bool(self._chosen()))

    def _confirmed(self) -> None:
        groups = tuple(group for group, _plan in self._chosen())
        self.accept()
        self.confirmed.emit(groups)

    def _compare(self) -> None:
        self.accept()
        self.compare_asked.emit()


def _named(word: str, store: str, value: QWidget) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    name = label(word, "small", "2")
    name.setMinimumWidth(64)
    line.addWidget(name)
    line.addWidget(value, 1)
    if store:
        line.addWidget(label(store, "caption", "3"))
    return box


def _way_words(way: str) -> str:
    """How the bytes are shared, and what follows for the programs that use them."""
    if way == "reflink":
        return tr(
            "Both stay files of their own that happen to use the same bytes (a reflink). If a program "
            "changes or deletes one, the other stays as it is."
        )
    return tr(
        "Both names lead to the same bytes (a hard link). If a program deletes one, the other stays; if one "
        "were changed in place, the other would change, too. Model files are not changed in ordinary use."
    )
