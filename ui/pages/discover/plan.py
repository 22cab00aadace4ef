"""The line that says how to run a repository best here, and offers other ways with one click each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from backend.capacity.types import Option, Verdict
from backend.i18n import tr
from ui import format as fmt
from ui.widgets.buttons import Button
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.popup_chip import MenuButton
from ui.widgets.states import IconLabel


def option_words(option: Option, *, brief: bool = False) -> str:
    """File, context and cache of a way to run it: ``Q5_K_M, 16,384 tokens, Q8_0 cache``; without the nouns
    where it is to be `brief`."""
    run = option.run
    if brief:
        return " · ".join((option.label, fmt.number(run.n_ctx), run.kv_type.upper()))
    parts = [
        option.label,
        tr("{count} tokens", n=run.n_ctx, count=fmt.number(run.n_ctx)),
        tr("{type} cache", type=run.kv_type.upper()),
    ]
    return ", ".join(part for part in parts if part)


class _Choice(Button):
    """A small button that stands for an option."""

    def __init__(self) -> None:
        super().__init__(size="small")
        self.option: Option | None = None

    def show_option(self, option: Option | None, words: str, tip: str) -> None:
        had_focus = self.hasFocus()
        self.option = option
        if option is not None:
            self.setText(words)
            self.setToolTip(tip)
            self.setAccessibleName(f"{words}. {tip}" if tip else words)
        self.setVisible(option is not None)
        if option is None and had_focus:
            self.focusNextChild()


class _More(MenuButton):
    """All options in a menu, each with its reason.

    Signals:
        picked: An `Option`.
    """

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._options: tuple[Option, ...] = ()

    def show_options(self, options: tuple[Option, ...]) -> None:
        self._options = options
        self.setText(tr("{n} ways", n=len(options)))
        self.setAccessibleName(tr("All ways to run it here"))
        self.setVisible(len(options) > 1)
        self.updateGeometry()
        self.update()

    def menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName(tr("All ways to run it here"))
        for option in self._options:
            words = option_words(option)
            action = menu.addAction(f"{words}\t{fmt.size(option.fit.ledger.total)}")
            action.setToolTip(option.why)
            action.triggered.connect(lambda _on=False, option=option: self.picked.emit(option))
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def open(self) -> None:
        self.menu().popup(self.below())


class PlanStrip(QFrame):
    """Takes no room until there is a plan.

    Signals:
        chosen: The `Option` whose settings are wanted.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = False
        self.setProperty("surface", "row")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 7, 16, 7)
        layout.setSpacing(8)
        self._icon = IconLabel("sparkles", "accent.text")
        layout.addWidget(self._icon)
        self._title = label(tr("Best here"), "small", "2")
        layout.addWidget(self._title)
        self.best = _Choice()
        layout.addWidget(self.best)
        self._why = ElidedLabel("", "small", "3")
        layout.addWidget(self._why, 1)
        layout.addStretch(0)
        self.longest = _Choice()
        layout.addWidget(self.longest)
        self.largest = _Choice()
        layout.addWidget(self.largest)
        self.more = _More()
        self.more.picked.connect(self.chosen)
        layout.addWidget(self.more)
        for choice in (self.best, self.longest, self.largest):
            choice.clicked.connect(lambda _on=False, choice=choice: self.chosen.emit(choice.option))
        self.forget()

    def forget(self) -> None:
        """There is no plan."""
        self._why.setText("")
        self.best.show_option(None, "", "")
        self.longest.show_option(None, "", "")
        self.largest.show_option(None, "", "")
        self.more.show_options(())
        self.hide()

    def show_plan(self, options: tuple[Option, ...]) -> None:
        """Show the best of `options`; the others are in the menu."""
        if not options:
            self.forget()
            return
        best = options[0]
        fits = best.fit.verdict is not Verdict.TOO_BIG
        self._title.setText(tr("Best here") if fits else tr("Nearest"))
        self._icon.set_icon("sparkles" if fits else "triangle-alert", "accent.text" if fits else "warn.text")
        self.best.option = best
        self._why.setText(best.why)
        self.more.show_options(options)
        self.show()
        self._fit()

    def show_longest(self, option: Option | None) -> None:
        """The longest context that fits with the selected file."""
        count = fmt.number(option.run.n_ctx) if option is not None else ""
        tip = tr("The longest context with which {label} still fits", label=option.label) if option else ""
        words = tr("Context up to {count}", count=count)
        self.longest.show_option(option, words, tip)

    def show_largest_file(self, option: Option | None) -> None:
        """The largest file that fits with the chosen context."""
        label = option.label if option is not None else ""
        words = tr("Largest: {label}", label=label)
        self.largest.show_option(option, words, tr("The largest file that fits with this context"))

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what a tooltip says as well."""
        self._narrow = narrow
        self._fit()

    def _fit(self) -> None:
        self._why.setVisible(not self._narrow)
        self._icon.setVisible(not self._narrow)
        self._title.setVisible(not self._narrow or self._title.text() != tr("Best here"))
        best = self.best.option
        if best is not None:
            self.best.show_option(best, option_words(best, brief=self._narrow), best.why)
            self.best.set_icon("sparkles" if self._narrow else "")
            self.best.setAccessibleName(f"{self._title.text()}: {option_words(best)}. {best.why}")
