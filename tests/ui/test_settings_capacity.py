"""This machine and its fit ledger in the settings, and pretending another machine in the whole window."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from backend.capacity.types import Machine, Pretend, Verdict
from backend.engines.types import DeviceMemory
from tests.support.driving import Run, cell, click, shown, words_of
from tests.support.fake_capacity import fit_runs
from tests.ui.conftest import Opened, settle
from ui.models.what_if import GIB, known_gpus
from ui.pages.settings.fit_runs import Column, FitRunsModel, failed, ledger_csv, memory_of
from ui.widgets.buttons import Button
from ui.widgets.fit_details import device_shares
from ui.widgets.meter import Meter

Open = Callable[..., Opened]


def drive(opened: Opened) -> Run:
    return Run(opened.window, opened.backend, opened.bridge)  # type: ignore[arg-type]


def test_each_pool_says_who_uses_it_and_keeps_a_limit(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window()
    opened.window.open_settings("machine")
    settle(qtbot)
    pane = opened.window.page("settings").pane("machine")
    ram, gpu = pane._rows
    names = [meter.accessibleName() for meter in pane.findChildren(Meter) if meter.accessibleName()]
    assert names[0].replace("\u00a0", " ") == "Main memory: Orangery 900 MB, others 5.0 GB, free 10.1 GB"
    assert names[1].startswith("NVIDIA GeForce RTX 3060: ")
    ram.limit.setValue(12.0)
    gpu.limit.setValue(8.5)
    settle(qtbot)
    settings = opened.backend.settings.get()
    assert settings.ram_limit == 12_000_000_000
    assert settings.gpu_limits == {"NVIDIA GeForce RTX 3060": 8_500_000_000}
    click(gpu.reset)
    settle(qtbot)
    assert opened.backend.settings.get().gpu_limits == {}
    ram.limit.setValue(0.1)
    settle(qtbot)
    assert opened.backend.settings.get().ram_limit == 300_000_000, "less would be of no use"


def test_measuring_can_be_stopped_and_ends_in_a_table(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window("empty")
    calibration = opened.backend.calibration
    opened.window.open_settings("machine")
    settle(qtbot)
    run = drive(opened)
    pane = opened.window.page("settings").pane("machine")
    assert not pane.rates.isVisible()
    calibration.go_on.clear()
    run.press("^Measure speed$")
    run.until(calibration.started.is_set)
    run.wait_for(QLabel, "^Measuring CPU F16")
    run.press("^Stop$")
    run.until(pane.measure.isVisible)
    assert calibration.needed
    calibration.go_on.set()
    settle(qtbot)
    run.press("^Measure speed$")
    run.wait_for(QLabel, "^Measured just now$")
    run.wait_for(QLabel, "^10.1 GB/s$")
    assert words_of(pane.measure) == "Measure again"


def test_pretending_changes_the_pills_and_says_so_everywhere(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window(page="discover")
    window, run = opened.window, drive(opened)
    page = window.page("discover")
    page.search("")
    settle(qtbot)
    files = page._detail._files
    run.until(lambda: files.rows and all(row.fit and not row.fit.approximate for row in files.rows))
    assert files.rows[-1].fit.verdict is Verdict.TOO_BIG
    window.open_settings("machine")
    settle(qtbot)
    form = window.page("settings").pane("machine").form
    gpu = next(gpu for gpu in known_gpus() if gpu.name.endswith("RTX 4090"))
    form.gpu.setCurrentIndex(form.gpu.findText("RTX 4090", Qt.MatchFlag.MatchContains))
    form.ram.setCurrentIndex(form.ram.findData(64 * GIB))
    settle(qtbot)
    assert opened.backend.machines.pretended == Pretend(64 * GIB, gpu.name, gpu.memory)
    run.go("Discover")
    words = window.pretending.accessibleName().replace("\u00a0", " ")
    assert words == "Pills show what would fit with RTX 4090 24 GB, 64 GB RAM"
    assert window.pretending.isVisible()
    run.until(lambda: all(row.fit for row in files.rows))
    assert files.rows[-1].fit.verdict is not Verdict.TOO_BIG
    assert files.machine_button.text().startswith("RTX 4090")
    run.press("^Back to this machine$")
    settle(qtbot)
    run.until(lambda: all(row.fit for row in files.rows))
    assert files.rows[-1].fit.verdict is Verdict.TOO_BIG
    assert not window.pretending.isVisible()


def test_another_machine_is_one_menu_away(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window(page="discover")
    page = opened.window.page("discover")
    page.search("")
    settle(qtbot)
    button = page._detail._files.machine_button
    menu = button.menu()
    texts = [action.text().replace("\u00a0", " ") for action in menu.actions() if action.text()]
    assert texts[0] == "This machine"
    assert "What if: RTX 4090 24 GB" in texts
    next(action for action in menu.actions() if "4090" in action.text()).trigger()
    settle(qtbot)
    assert opened.backend.machines.pretended is not None
    menu.actions()[-1].trigger()
    settle(qtbot)
    assert opened.window.page("settings").pane("machine").isVisible()
    menu.deleteLater()


def test_the_ledger_sorts_by_its_numbers_and_shows_failures(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window()
    window = opened.window
    window.open_settings("fit-ledger")
    settle(qtbot)
    run = drive(opened)
    pane = window.page("settings").pane("fit-ledger")
    QAbstractItemModelTester(pane.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    run.wait_for(QLabel, r"^4 loads: memory off by 0.8.% in the median, 2.1.% at worst, corrected by ×1.004")
    assert cell(pane.table, 0, Column.MODEL) == "Qwen3-8B-Instruct"
    assert cell(pane.table, 2, Column.MEASURED) == "out of memory"
    pane.table.sortByColumn(Column.ERROR, Qt.SortOrder.DescendingOrder)
    assert cell(pane.table, 0, Column.ERROR).replace("\u00a0", " ") == "+2.1 %"
    pane.table.sortByColumn(Column.MEASURED, Qt.SortOrder.AscendingOrder)
    measured = [cell(pane.table, row, Column.MEASURED) for row in range(len(pane.model.rows))]
    assert measured[2].endswith("MB"), "21 MB are less than 2 GB, and failures have no size"
    newest = replace(fit_runs()[0], id=99, name="Brand-New", at=fit_runs()[0].at + 60)
    opened.backend.fit_ledger.add(newest)
    pane.table.sortByColumn(Column.WHEN, Qt.SortOrder.DescendingOrder)
    run.until(lambda: cell(pane.table, 0, Column.MODEL) == "Brand-New")


def test_the_ledger_is_exported_and_cleared(
    open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened = open_window()
    window = opened.window
    window.open_settings("fit-ledger")
    settle(qtbot)
    run = drive(opened)
    target = tmp_path / "ledger.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    run.press("^Export CSV$")
    settle(qtbot)
    rows = list(csv.DictReader(io.StringIO(target.read_text())))
    assert len(rows) == len(fit_runs())
    assert rows[2]["cause"] == "engine.memory"
    assert int(rows[0]["probe_bytes"]) == sum(fit_runs()[0].probe or ())
    formula = ledger_csv((replace(fit_runs()[0], name="=1+1"),))
    assert "'=1+1" in formula, "a spreadsheet would run it"
    monkeypatch.setattr(window, "confirm", lambda *_args, **_more: False)
    run.press("^Clear$")
    settle(qtbot)
    assert opened.backend.fit_ledger.runs()
    monkeypatch.setattr(window, "confirm", lambda *_args, **_more: True)
    run.press("^Clear$")
    run.wait_for(QLabel, "^No model has been loaded yet$")
    clear = shown(window, Button, "^Clear$")
    assert clear is not None and not clear.isEnabled()


def test_the_same_parts_are_compared() -> None:
    on_gpu, on_cpu = fit_runs()[0], fit_runs()[3]
    assert on_gpu.probe and on_gpu.measured and on_cpu.probe
    assert memory_of(on_gpu) == (sum(on_gpu.probe), sum(on_gpu.measured) + on_gpu.probe[3])
    assert memory_of(on_cpu) == (sum(on_cpu.probe), on_cpu.rss)
    assert memory_of(fit_runs()[2])[1] is None, "it could not be loaded"
    disagreement = replace(fit_runs()[2], cause="fit.differs")
    assert not failed(disagreement)
    model = FitRunsModel()
    model.set_rows(fit_runs())
    model.set_rows(fit_runs()[1:])
    assert model.rows == fit_runs()[1:]


def test_devices_share_a_model(open_window: Open, qtbot: QtBot) -> None:
    """What lies where, when a model is on a GPU and in main memory."""
    opened = open_window(page="discover")
    page = opened.window.page("discover")
    page.search("")
    settle(qtbot)
    files = page._detail._files
    drive(opened).until(lambda: files.rows and all(row.fit for row in files.rows))
    row = next(row for row in files.rows if row.fit.ledger.devices)
    machine: Machine = opened.backend.machines.read()
    shares = device_shares(row.fit, machine)
    assert [share.name for share in shares] == ["Main memory", "NVIDIA GeForce RTX 3060"]
    assert sum(share.needs for share in shares) == row.fit.ledger.total
    named = replace(
        row.fit,
        ledger=replace(
            row.fit.ledger, devices=(DeviceMemory("CPU", 1, 1, 1), DeviceMemory("CUDA0", 5, 5, 5))
        ),
    )
    assert device_shares(named, machine)[1].name == "NVIDIA GeForce RTX 3060"
