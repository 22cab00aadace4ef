"""How long a frame takes while 10,000 results are scrolled, beside a bare list; how long pages take.
Prints; the aim is a frame of 16 ms at the 99th percentile."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView
from pytestqt.qtbot import QtBot

from backend.capacity.types import Fit, Ledger, RunConfig, Verdict
from backend.hubs.types import HubModel, SameWeights, Source
from ui import i18n
from ui.pages.discover.fits_here import FitsHereProxy
from ui.pages.discover.result_delegate import ResultDelegate
from ui.pages.discover.results import ResultsModel
from ui.pages.discover.results_view import ResultsView
from ui.theme import theme

pytestmark = pytest.mark.benchmark

ROWS = 10_000
PAGE = 30
SIZE = (440, 868)
STEPS = ((1_200, 23), (300, 500), (300, 1_900))
"""Frames, and how many pixels each goes on: slowly, by the wheel, and dragging the bar."""


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    i18n.install(qapp, "en")
    theme.apply(qapp, "light")


def models() -> list[HubModel]:
    """Every fifth one another upload of an earlier one, every tenth from Ollama."""
    day = datetime(2026, 6, 1, tzinfo=UTC)
    rows = []
    for number in range(ROWS):
        base = f"acme/Plant-{number % 997}"
        upload = number % 5 == 4
        ollama = number % 10 == 1
        name = f"Plant-{number}-Instruct"
        rows.append(
            HubModel(
                name.lower() if ollama else f"owner-{number % 321}/{name}",
                Source.OLLAMA if ollama else Source.HUGGING_FACE,
                "library" if ollama else f"owner-{number % 321}",
                name,
                parameters=(number % 70 + 1) * 1_000_000_000,
                architecture="llama",
                downloads=number * 37,
                likes=number % 900,
                updated=day,
                gated=number % 11 == 0,
                has_gguf=True,
                pipeline_tag="text-generation",
                tags=("gguf", f"base_model:quantized:{base}") if upload else ("gguf",),
            )
        )
    return rows


def fit(number: int) -> Fit:
    verdict = tuple(Verdict)[number % len(Verdict)]
    return Fit(verdict, Ledger(number * 1_000_000, 0, 0, 0), RunConfig(), 8_000_000_000, 0, number % 90 + 1.0)


def frames(view: QListView) -> tuple[list[float], list[float]]:
    """Milliseconds of each frame by the clock, and in processor time of this thread: on a machine that is
    busy with other things only that tells about the program."""
    bar, wall, cpu = view.verticalScrollBar(), [], []
    for count, pixels in STEPS:
        bar.setValue(0)
        view.viewport().repaint()
        for _ in range(count):
            started, worked = time.perf_counter(), time.thread_time()
            bar.setValue(bar.value() + pixels)
            view.viewport().repaint()
            cpu.append((time.thread_time() - worked) * 1000)
            wall.append((time.perf_counter() - started) * 1000)
    return sorted(wall), sorted(cpu)


def show(view: QListView, qtbot: QtBot) -> None:
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setUniformItemSizes(True)
    view.resize(*SIZE)
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()


def test_scrolling(qtbot: QtBot) -> None:
    bare = QListView()
    bare.setModel(QStringListModel([f"Plant-{number}-Instruct" for number in range(ROWS)], bare))
    show(bare, qtbot)

    view, model, proxy = ResultsView("Models found"), ResultsModel(), FitsHereProxy()
    proxy.setSourceModel(model)
    view.setModel(proxy)
    view.setItemDelegate(ResultDelegate(lambda _model: None, view))
    rows = models()
    pages = []
    for start in range(0, ROWS, PAGE):
        began = time.perf_counter()
        with view.held():
            model.append(rows[start : start + PAGE], visible=view.span())
        pages.append((time.perf_counter() - began) * 1000)
    for number, row in enumerate(rows):
        model.set_fit(row.key, fit(number))
    show(view, qtbot)

    measured = {"results": frames(view), "bare list": frames(bare)}
    count = len(measured["results"][0])
    print(f"\n{model.count} models in {proxy.rowCount()} lines, {SIZE[0]}x{SIZE[1]}, {count} frames")
    for kind, place in (("clock", 0), ("processor", 1)):
        for name, both in measured.items():
            times = both[place]
            print(f"  {kind:9} {name:9} median {times[count // 2]:5.2f} ms, p99 {_p99(times):5.2f}")
        ratio = _p99(measured["results"][place]) / _p99(measured["bare list"][place])
        print(f"  {kind:9} ratio of p99 {ratio:.1f}")
    pages.sort()
    print(f"  a page of {PAGE} arrives in {pages[len(pages) // 2]:.2f} ms, p99 {_p99(pages):.2f}")


def test_growing(qtbot: QtBot) -> None:
    """Folding and merging stay as quick at the end as at the start."""
    rows = models()

    def merge(model: ResultsModel, count: int) -> None:
        """The Ollama row of every tenth model turns out to be the one before it."""
        for number in range(1, count, 10):
            here, there = rows[number], rows[number - 1]
            model.set_same(here.key, (SameWeights(there.source, there.id, "", ""),))

    def timed(act: Callable[[], object]) -> float:
        began = time.perf_counter()
        act()
        return (time.perf_counter() - began) * 1000

    print()
    for count in (ROWS // 4, ROWS // 2, ROWS):
        model = ResultsModel()

        def fill(model: ResultsModel = model, count: int = count) -> None:
            for start in range(0, count, PAGE):
                model.append(rows[start : min(start + PAGE, count)])

        def fits(model: ResultsModel = model, count: int = count) -> None:
            for number in range(count):
                model.set_fit(rows[number].key, fit(number))

        grown, known = timed(fill), timed(fits)
        merged = timed(lambda model=model, count=count: merge(model, count))
        print(
            f"  {count:6} models: append {grown / count * 1000:5.1f} µs each, "
            f"fit {known / count * 1000:5.1f}, merge {merged / (count / 10) * 1000:5.1f}"
        )


def _p99(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]
