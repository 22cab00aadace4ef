"""The list that *Add* of the mixer opens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from backend.adapters.types import Rack, Strip
from tests.support import fake_adapters as fake
from tests.support.adapters_page import Desk, adapter_desks
from tests.support.driving import spoken


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    with adapter_desks(tmp_path, qapp) as make:
        yield make()


def test_add_finds_one_of_many_adapters_as_it_is_typed(desk: Desk) -> None:
    run, page, mixing = desk.run, desk.page, desk.page.mixing
    desk.backend.adapters.put(*fake.many(60))
    run.until(lambda: len(page.presenter.verdicts) == 68)
    desk.select("pirate")
    page.presenter.set_rack(Rack((Strip(str(fake.shelf()[0].path)),)))
    before, popup = page.presenter.rack, mixing.addable
    mixing.mixer.add_button.setFocus()
    QTest.keyClick(mixing.mixer.add_button, Qt.Key.Key_Space)
    assert popup.isVisible() and popup.search.hasFocus()
    run.until(lambda: popup.list.currentIndex().data() == "pirate")  # what is selected in the page
    tester = QAbstractItemModelTester(popup._rows, QAbstractItemModelTester.FailureReportingMode.Fatal)

    rows = popup._rows.rows
    usable = [row.usable for row in rows]
    assert len(rows) == 68 and usable == sorted(usable, reverse=True), "what does not fit comes last"
    assert {row.name: (row.facts, row.note) for row in rows if not row.usable} == {
        "gemma-recipes": ("rank 16, 92\u00a0MB", "gemma3, the model is qwen3"),
        "letters-to-grandma": ("rank 16, 89\u00a0MB", "has to be converted first"),
        "Orangery Pirate": ("rank 8, 1.0\u00a0MB", "llama, the model is qwen3"),
        "sql-helper": ("rank 16, 87\u00a0MB", "already in the mixer"),
        "torn-download": ("rank 16, 12\u00a0MB", "The file ends before its data does."),
    }
    QTest.keyClicks(popup.search, "gemma")
    assert spoken(popup.list, 0).startswith("gemma-recipes, rank 16") and popup._rows.rowCount() == 1
    QTest.keyClick(popup.search, Qt.Key.Key_Return)
    place = popup.list.visualRect(popup._rows.index(0, 0)).center()
    QTest.mouseClick(popup.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert popup.isVisible() and page.presenter.rack == before, "it does not fit"
    popup.search.setText("no such words")
    assert popup._says.isVisible() and popup._says.text() == "No adapter has these words."
    QTest.keyClick(popup.search, Qt.Key.Key_Return)
    QTest.keyClick(popup.search, Qt.Key.Key_Escape)
    assert not popup.isVisible() and page.presenter.rack == before and mixing.mixer.add_button.hasFocus()

    mixing.mixer.add_button.click()
    assert popup._rows.rowCount() == 68, "the last search is over"
    QTest.keyClicks(popup.search, "HAI 5")
    QTest.keyClick(popup.search, Qt.Key.Key_Down)
    assert [row.name for row in popup._rows.rows] == ["haiku-50", "haiku-58"]
    assert popup.list.currentIndex().data() == "haiku-58"
    desk.backend.adapters.put(replace(fake.shelf()[0], id="x", name="haiku-55", path=fake.HOME / "x.gguf"))
    run.until(lambda: "haiku-55" in [row.name for row in popup._rows.rows])
    assert popup.list.currentIndex().data() == "haiku-58", "a longer list moves nothing"
    place = popup.list.visualRect(popup.list.currentIndex()).center()
    QTest.mouseClick(popup.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.scales() == {"sql-helper": 1.0, "haiku-58": 1.0} and not popup.isVisible()
    del tester
