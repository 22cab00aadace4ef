"""The list side of Discover: searching while typing, paging, sorting, and what is said without results."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLabel

from backend.errors import AppError
from tests.support import fake_data
from tests.support.driving import Run, click, click_row, names_in, shown, spoken, write
from tests.support.fake_backend import unreachable
from tests.support.scripted_hub import PAGE, ScriptedHub, hub_model
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.chip import Chip
from ui.widgets.search_field import SearchField

ROWS = tuple(hub_model(f"Plant-{number:03}") for number in range(300))
OFFLINE = AppError("net.offline", "Orangery is offline.", "Turn the switch off to search.", retryable=True)


class Page:
    """Discover over a scripted hub, with the list in view."""

    def __init__(self, run: Run, hub: ScriptedHub) -> None:
        self.run, self.hub = run, hub

    @property
    def list(self) -> QAbstractItemView:
        return self.run.wait_for(QAbstractItemView, "^Models found$")

    @property
    def field(self) -> SearchField:
        return self.run.wait_for(SearchField, "^Search, owner/name, a link or ollama:name$")

    def names(self) -> list[str]:
        found = shown(self.run.window, QAbstractItemView, "^Models found$")
        return names_in(found) if found is not None else []

    def title(self) -> str:
        """What is open on the right."""
        return self.run.window.page("discover")._detail._header._name.full_text()


@pytest.fixture
def discover(open_window: Callable[..., object]) -> Callable[..., Page]:
    """Opens Discover over `rows`; `first` is searched for."""

    def open_it(
        rows: tuple[object, ...] = ROWS, first: str | None = "", hub: ScriptedHub | None = None
    ) -> Page:
        opened = open_window()
        hub = hub or ScriptedHub(rows)  # type: ignore[arg-type]
        opened.backend.catalogue = hub  # type: ignore[attr-defined]
        run = Run(opened.window, opened.backend, opened.bridge)  # type: ignore[attr-defined]
        run.go("Discover")
        if first is not None:
            run.window.page("discover").search(first)
        return Page(run, hub)

    return open_it


def test_the_welcome_searches(discover: Callable[..., Page]) -> None:
    page = discover(first=None)
    assert page.run.wait_for(QLabel, "^Welcome to Orangery$")
    write(page.run.wait_for(SearchField, "Know what you want"), "Plant-00", enter=True)
    page.run.until(lambda: len(page.names()) == 10)
    assert page.list.hasFocus(), "the results of Enter have the keyboard"
    assert not shown(page.run.window, QLabel, "^Welcome to Orangery$")


def test_typing_waits_for_a_pause(discover: Callable[..., Page]) -> None:
    page = discover()
    page.run.until(lambda: page.names())
    write(page.field, "plant-12")
    page.run.until(lambda: len(page.names()) == 10)
    assert page.hub.texts == ["", "plant-12"]
    assert page.field.hasFocus(), "typing goes on in the field"


def test_rows_stay_until_the_new_ones_are_there(discover: Callable[..., Page]) -> None:
    page = discover()
    page.run.until(lambda: page.names())
    gate = page.hub.hold("plant-29")
    write(page.field, "plant-29", enter=True)
    page.run.until(lambda: page.hub.texts[-1] == "plant-29")
    page.run.wait_for(QLabel, "^Searching …$")
    assert len(page.names()) == PAGE
    gate.set()
    page.run.until(lambda: page.names() == [f"Plant-{number}" for number in range(290, 300)])


def test_a_late_answer_is_dropped(discover: Callable[..., Page]) -> None:
    page = discover()
    page.run.until(lambda: page.names())
    gate = page.hub.hold("plant-00")
    write(page.field, "plant-00", enter=True)
    page.run.until(lambda: page.hub.texts[-1] == "plant-00")
    page.field.selectAll()
    QTest.keyClicks(page.field, "plant-299")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    page.run.until(lambda: page.names() == ["Plant-299"])
    gate.set()
    page.run.until(lambda: spoken(page.list, 0))
    for _ in range(20):
        QTest.qWait(1)
    assert page.names() == ["Plant-299"]


def test_pages_come_as_one_scrolls(discover: Callable[..., Page]) -> None:
    page = discover()
    page.run.until(lambda: page.names())
    assert len(page.names()) == PAGE, "nobody has scrolled yet"
    bar = page.list.verticalScrollBar()
    while len(page.names()) < 300:
        before = len(page.names())
        bar.setValue(bar.maximum())
        page.run.until(lambda before=before: len(page.names()) > before)
        assert len(page.names()) == before + PAGE, "one page for one scroll"
    assert page.names() == [row.name for row in ROWS]
    assert [cursor for _, cursor in page.hub.asked] == [None, *(str(n) for n in range(30, 300, 30))]
    bar.setValue(bar.maximum())
    QTest.qWait(5)
    assert len(page.hub.asked) == 10, "asked beyond the end"
    page.run.wait_for(QLabel, "^300 models$")


def test_a_failed_page_can_be_asked_for_again(discover: Callable[..., Page]) -> None:
    page = discover()
    page.run.until(lambda: page.names())
    page.run.wait_for(Button, "^Download Q4_K_M")  # the first row is open; only the page shall fail
    page.hub.error = unreachable()
    page.list.verticalScrollBar().setValue(page.list.verticalScrollBar().maximum())
    page.run.wait_for(Banner, "could not be reached")
    assert len(page.names()) == PAGE, "what was there stays"
    asked = len(page.hub.asked)
    QTest.qWait(20)
    assert len(page.hub.asked) == asked, "it does not try again by itself"
    page.hub.error = None
    page.run.press("^Try again$")
    assert page.list.hasFocus()
    page.run.until(lambda: len(page.names()) == 2 * PAGE)
    assert not shown(page.run.window, Banner, "could not be reached")


def test_a_failed_search_says_why_and_can_be_repeated(discover: Callable[..., Page]) -> None:
    hub = ScriptedHub(ROWS)
    hub.error = unreachable()
    page = discover(hub=hub)
    page.run.wait_for(QLabel, r"^huggingface.co could not be reached\.$")
    page.run.wait_for(QLabel, "^Check the network connection, then try again.$")
    page.hub.error = None
    page.run.press("^Try again$")
    page.run.until(lambda: len(page.names()) == PAGE)


def test_gguf_filter(discover: Callable[..., Page]) -> None:
    page = discover()
    page.run.until(lambda: page.names())
    write(page.field, "moss", enter=True)
    page.run.wait_for(QLabel, "^Nothing found$")
    page.run.wait_for(QLabel, "^Choose a model$")
    page.run.press("^Search without the filter$")
    page.run.until(lambda: len(page.hub.asked) == 3)
    assert [query.gguf_only for query, _ in page.hub.asked] == [True, True, False]


def test_offline_is_said_and_undone(discover: Callable[..., Page]) -> None:
    hub = ScriptedHub(ROWS)
    hub.error = OFFLINE
    page = discover(hub=hub)
    page.run.backend.network.set_offline(True)
    page.run.wait_for(QLabel, r"^Orangery is offline\.$")
    hub.error = None
    page.run.backend.network.set_offline(False)
    page.run.until(lambda: len(page.names()) == PAGE)


def test_answers_of_before_say_how_old_they_are(discover: Callable[..., Page]) -> None:
    hub = ScriptedHub(ROWS)
    hub.cached_at = time.time() - 3 * fake_data.DAY
    page = discover(hub=hub)
    page.run.wait_for(Banner, "^The gardens cannot be reached: seen 3 days ago$")
    page.run.backend.network.set_offline(True)
    page.run.wait_for(Banner, "^Offline: seen 3 days ago$")
    page.hub.cached_at = None
    page.run.backend.network.set_offline(False)
    page.run.until(lambda: not shown(page.run.window, Banner, "seen 3 days ago"))
    assert len(page.names()) == PAGE


def test_a_path_leads_to_the_library(discover: Callable[..., Page]) -> None:
    page = discover()
    page.run.until(lambda: page.names())
    write(page.field, "/home/anna/models/a.gguf", enter=True)
    page.run.wait_for(QLabel, "^That is a file on this disk$")
    page.run.press("^Show the Library$")
    page.run.wait_for(QAbstractItemView, "^Models on this disk$")


def test_what_is_too_big_can_be_hidden(discover: Callable[..., Page]) -> None:
    big = tuple(hub_model(f"Tree-{n}", parameters=700_000_000_000) for n in range(3))
    page = discover((hub_model("Moss"), *big))
    page.run.until(lambda: len(page.names()) == 4)
    click(page.run.wait_for(Chip, "^Fits here$"))
    page.run.until(lambda: page.names() == ["Moss"])
    write(page.field, "tree", enter=True)
    page.run.wait_for(QLabel, "^None of these fit here$")
    page.run.press("^Show all$")
    page.run.until(lambda: len(page.names()) == 3)
    page.run.until(lambda: spoken(page.list, 0).endswith("Q4_K_M: Too big"))


def test_a_filter_that_hides_everything_does_not_read_the_whole_hub(discover: Callable[..., Page]) -> None:
    page = discover(tuple(hub_model(f"Tree-{n:03}", parameters=700_000_000_000) for n in range(300)))
    page.run.until(lambda: page.names())
    click(page.run.wait_for(Chip, "^Fits here$"))
    page.run.wait_for(QLabel, "^None of these fit here$")
    asked = len(page.hub.asked)
    assert asked <= 4
    page.run.press("^Look further$")
    page.run.until(lambda: len(page.hub.asked) > asked)


def test_the_way_through_with_the_keyboard(discover: Callable[..., Page]) -> None:
    page = discover()
    page.run.until(lambda: page.names())
    window = page.run.window
    page.list.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    page.run.until(page.field.hasFocus)
    QTest.keyClicks(page.field, "plant-01")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    page.run.until(page.list.hasFocus)
    page.run.until(lambda: page.title() == "Plant-010")
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    page.run.until(lambda: page.title() == "Plant-011")
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    files = page.run.wait_for(QAbstractItemView, "^Files$")
    page.run.until(files.hasFocus)
    page.run.until(lambda: files.currentIndex().isValid())
    QTest.keyClick(files, Qt.Key.Key_Return)
    page.run.wait_for(Button, "^Downloading 0.%$")
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert page.field.text() == ""
    QTest.keyClick(page.field, Qt.Key.Key_Down)
    assert page.list.hasFocus()


def test_a_click_opens_a_row(discover: Callable[..., Page]) -> None:
    page = discover()
    page.run.until(lambda: page.names())
    click_row(page.list, 3)
    page.run.until(lambda: page.title() == "Plant-003")
    page.run.until(lambda: "acme/Plant-003" in page.hub.opened)


@pytest.mark.parametrize("width", [900, 1024, 1600])
def test_the_list_follows_the_window_until_it_is_dragged(discover: Callable[..., Page], width: int) -> None:
    page = discover()
    window = page.run.window
    window.resize(width, 700)
    wanted = 336 if width < 1200 else 440
    page.run.until(lambda: abs(page.list.width() - wanted) <= 1)
    discover_page = window.page("discover")
    handle = discover_page._splitter.handle(1)
    start = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(handle, start + QPoint(30, 0))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=start + QPoint(30, 0))
    dragged = page.list.width()
    assert dragged > wanted
    window.resize(width + 40, 720)
    QTest.qWait(1)
    assert page.list.width() == dragged
