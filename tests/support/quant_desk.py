"""The quant lab over the fake backend, opened and driven as a person does."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.support.driving import cell
from tests.support.fake_lab import BF16, FakeLab, FakeQuantizer, made, original
from tests.support.library_page import Page
from ui.pages.library.quant.chart import LossChart
from ui.pages.library.quant.dialog import QuantDialog
from ui.pages.library.quant.rows import Column


@dataclass
class QuantDesk:
    """One open dialog; `page` is the library below it."""

    page: Page
    dialog: QuantDialog

    @property
    def lab(self) -> FakeLab:
        return self.page.run.backend.lab  # type: ignore[attr-defined,no-any-return]

    @property
    def quantizer(self) -> FakeQuantizer:
        return self.page.run.backend.quantizer  # type: ignore[attr-defined,no-any-return]

    @property
    def chart(self) -> LossChart:
        """The chart, once its library is loaded and it has points."""
        self.page.run.until(lambda: self.dialog._chart.chart is not None)
        chart = self.dialog._chart.chart
        assert chart is not None
        self.page.run.until(chart.labelled)
        return chart

    def names(self) -> list[str]:
        """The types that are shown, from the top."""
        return [row.name for row in self.dialog._proxy.shown()]

    def cell(self, name: str, column: Column) -> str:
        place = self.dialog._proxy.place(name)
        assert place is not None, name
        return cell(self.dialog.table, place, column)

    def tick(self, *names: str) -> None:
        """Choose types with the keyboard."""
        for name in names:
            self.dialog.table.select(name)
            assert self.dialog.table.current() == name
            QTest.keyClick(self.dialog.table, Qt.Key.Key_Space)

    def ticked(self) -> list[str]:
        return [row.name for row in self.dialog.rows.rows if row.checked]

    @property
    def button(self) -> str:
        """What the main button says."""
        return self.dialog.footer.go.text()

    @property
    def ready(self) -> bool:
        """Whether the main button can be pressed."""
        return self.dialog.footer.go.isEnabled()


def open_lab(page: Page, model_id: str = BF16) -> QuantDesk:
    """Open the quant lab of a model with its key, with the full weights and a made file in the library."""
    page.library.set_rows([original(), made(), *page.library.models()])
    page.run.until(lambda: page.has(model_id))
    page.choose(model_id)
    QTest.keyClick(page.table, Qt.Key.Key_Q)
    desk = QuantDesk(page, page.dialog(QuantDialog))
    page.run.until(lambda: desk.dialog._bench is not None and desk.dialog._bench.complete)
    return desk
