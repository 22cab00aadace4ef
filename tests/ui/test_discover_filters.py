"""Chips and the order: what is chosen, asked, cleared, and remembered over restarts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from backend.hubs.types import GARDENS, Purpose, SearchQuery, Sort, Source
from tests.support.discover_desk import Desk, open_desk
from tests.support.driving import click, shown
from tests.support.scripted_hub import ScriptedHub, hub_model
from ui.pages.discover.controls import SortButton
from ui.pages.discover.filters import Filters
from ui.widgets.buttons import Button
from ui.widgets.chip import Chip
from ui.widgets.popup_chip import PopupChip, TextChip

ROWS = tuple(hub_model(f"Plant-{number:02}") for number in range(20))


@pytest.fixture
def desk(open_window: Callable[..., object]) -> Desk:
    result = open_desk(open_window, ScriptedHub(ROWS))
    result.run.until(result.names)
    return result


def last(desk: Desk, count: int) -> SearchQuery:
    """The last of `count` questions, once it was asked."""
    desk.run.until(lambda: len(desk.hub.asked) >= count)
    assert len(desk.hub.asked) == count
    return desk.hub.asked[-1][0]


def chip(desk: Desk, name: str) -> PopupChip:
    return desk.run.wait_for(PopupChip, f"^{name}")


def order(desk: Desk) -> SortButton:
    button = desk.run.window.findChild(SortButton)
    assert button is not None
    assert button.isVisible()
    return button


CHOICES: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("Size", "5B to 10B", {"least_parameters": 5_000_000_000, "most_parameters": 10_000_000_000}),
    ("Size", "over 40B", {"least_parameters": 40_000_000_000, "most_parameters": None}),
    ("Task", "Code", {"purpose": Purpose.CODE}),
    ("Licence", "Apache 2.0", {"license": "apache-2.0"}),
    ("Language", "Polish", {"language": "pl"}),
    ("Gated", "not gated", {"gated": False}),
    ("Gated", "only gated", {"gated": True}),
    ("Source", "Ollama", {"gardens": frozenset({Source.OLLAMA})}),
)


def test_a_choice_is_shown_asked_and_taken_off(desk: Desk) -> None:
    for done, (name, words, wanted) in enumerate(CHOICES):
        desk.choose(chip(desk, name), words)
        query = last(desk, 2 + 2 * done)
        assert {key: getattr(query, key) for key in wanted} == wanted
        assert chip(desk, name).text() == f"{name}: {words}"
        assert chip(desk, name).accessibleName() == f"{name}: {words}"

        QTest.keyClick(chip(desk, name), Qt.Key.Key_Delete)
        assert last(desk, 3 + 2 * done) == SearchQuery()
        assert chip(desk, name).text() == name


def test_tab_goes_through_the_chips_in_order(desk: Desk) -> None:
    desk.field.setFocus()
    names = []
    for _ in range(9):
        QTest.keyClick(desk.run.window, Qt.Key.Key_Tab)
        names.append(desk.run.window.focusWidget().text())
    assert names == [
        "Fits here", "Size", "Task", "Licence", "Has GGUF", "Language", "Author", "Gated", "Source",
    ]  # fmt: skip


def test_the_cross_takes_a_choice_off(desk: Desk) -> None:
    size = chip(desk, "Size")
    desk.choose(size, "up to 2B")
    last(desk, 2)
    click(size, QPoint(size.width() - 12, size.height() // 2))
    assert last(desk, 3).most_parameters is None
    assert QApplication.activePopupWidget() is None


def test_an_author_is_typed(desk: Desk) -> None:
    author = desk.run.wait_for(TextChip, "^Author")
    author.setFocus()
    QTest.keyClick(author, Qt.Key.Key_Down)
    desk.run.until(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    field = popup.findChild(QLineEdit)
    QTest.keyClicks(field, " bartowski ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert last(desk, 2).author == "bartowski"
    assert author.text() == "Author: bartowski"


def test_all_filters_can_be_cleared_at_once(desk: Desk) -> None:
    assert not shown(desk.run.window, Button, "^Clear filters$")
    desk.choose(chip(desk, "Size"), "2B to 5B")
    desk.choose(chip(desk, "Task"), "Chat")
    click(desk.run.wait_for(Chip, "^Has GGUF$"))
    assert not last(desk, 4).gguf_only
    desk.choose(order(desk), "Likes")
    last(desk, 5)
    desk.run.press("^Clear filters$")
    assert last(desk, 6) == SearchQuery(sort=Sort.LIKES), "the order is no filter"
    assert desk.run.window.focusWidget() is desk.field
    assert not shown(desk.run.window, Button, "^Clear filters$")


def test_another_order_asks_at_once(desk: Desk) -> None:
    button = order(desk)
    assert button.accessibleName() == "Sort by: Trending"
    orders = (("Downloads", Sort.DOWNLOADS), ("Likes", Sort.LIKES), ("Updated", Sort.UPDATED))
    for asked, (words, sort) in enumerate((*orders, ("Newest", Sort.CREATED)), start=2):
        desk.choose(button, words)
        assert last(desk, asked).sort is sort
        assert button.accessibleName() == f"Sort by: {words}"


def test_choices_are_there_after_a_restart(open_window: Callable[..., object]) -> None:
    first = open_desk(open_window, ScriptedHub(ROWS))
    first.run.until(first.names)
    first.choose(chip(first, "Licence"), "MIT")
    first.choose(order(first), "Updated")
    click(first.run.wait_for(Chip, "^Fits here$"))
    first.choose(order(first), "Fold other uploads of one model")
    last(first, 3)
    first.run.window.close()

    again = open_desk(open_window, ScriptedHub(ROWS))
    again.run.until(again.names)
    query = again.hub.asked[0][0]
    assert (query.license, query.sort) == ("mit", Sort.UPDATED)
    assert chip(again, "Licence").text() == "Licence: MIT"
    assert again.run.wait_for(Chip, "^Fits here$").isChecked()
    assert not again.run.window.page("discover")._browse.model.grouped


def test_narrow_chips_say_the_value_alone(open_window: Callable[..., object]) -> None:
    desk = open_desk(open_window, ScriptedHub(ROWS), size=(1024, 700))
    desk.run.until(desk.names)
    size = chip(desk, "Size")
    desk.choose(size, "5B to 10B")
    assert size.text() == "5B to 10B"
    assert size.accessibleName() == "Size: 5B to 10B"
    bar = size.parentWidget()
    assert all(
        bar.rect().contains(child.geometry()) for child in bar.findChildren(PopupChip) if child.isVisible()
    )


def test_a_question_has_the_filters_and_both_gardens() -> None:
    assert Filters().query("moss") == SearchQuery("moss", gardens=GARDENS)


@given(st.text() | st.dictionaries(st.text(), st.integers() | st.text() | st.booleans()).map(str))
def test_anything_saved_can_be_restored(text: str) -> None:
    assert isinstance(Filters.restored(text).query(""), SearchQuery)


@given(
    st.builds(
        Filters,
        size=st.sampled_from(["", "tiny", "giant"]),
        purpose=st.sampled_from(["", *Purpose]).map(str),
        sort=st.sampled_from([sort.value for sort in Sort]),
        author=st.text(max_size=20),
        gguf=st.booleans(),
        grouped=st.booleans(),
    )
)
def test_what_is_saved_comes_back(filters: Filters) -> None:
    again = Filters.restored(filters.saved())
    assert again == filters
    assert all(type(getattr(again, field.name)) is not Purpose for field in fields(again))


@pytest.mark.parametrize(
    "text", ['{"sort": "cleverness"}', '{"purpose": "world peace"}', '{"sort": 3}', "[]"]
)
def test_what_this_version_does_not_know_is_left_out(text: str) -> None:
    assert Filters.restored(text) == Filters()
