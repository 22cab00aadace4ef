"""Faders and the mixer, as the Adapters page and the chat use them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.adapters.types import Rack, Strip
from ui.widgets.fader import read_scale
from ui.widgets.mixer import Mixer

RACK = Rack((Strip("/a/one.gguf", 0.75), Strip("/a/two.gguf", 0.4), Strip("/a/three.gguf", 0.6, muted=True)))


@pytest.fixture(params=[False, True], ids=["upright", "rows"])
def mixer(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Mixer]:
    mixer = Mixer(compact=request.param)
    qtbot.addWidget(mixer)
    mixer.resize(560, 320)
    mixer.show()
    mixer.activateWindow()
    qtbot.waitUntil(mixer.isActiveWindow)
    mixer.set_rack(RACK, {"/a/one.gguf": "One"}, {"/a/one.gguf": "r16"})
    yield mixer
    mixer.close()


def test_keys_typing_and_letters_set_the_rack(mixer: Mixer, qtbot: QtBot) -> None:
    got: list[Rack] = []
    mixer.rack_changed.connect(got.append)
    one, two, three = mixer.strips()
    assert one.fader.accessibleName() == "Scale of One" and three.fader.accessibleDescription().startswith(
        "0.60"
    )
    one.fader.setFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_M):
        QTest.keyClick(one.fader, key)
    assert mixer.rack.strips[0] == Strip("/a/one.gguf", 0.75, muted=True), "Page keys go to the grid of 0.25"
    QTest.keyClicks(one.fader, "1")
    QTest.keyClicks(one.field, ",37")
    QTest.keyClick(one.field, Qt.Key.Key_Return)
    assert mixer.rack.strips[0].scale == 1.37
    QTest.keyClick(one.field, Qt.Key.Key_Down)
    assert mixer.rack.strips[0].scale == 1.35
    QTest.mouseDClick(two.fader, Qt.MouseButton.LeftButton)
    assert mixer.rack.strips[1].scale == 1.0
    two.solo.click()
    assert mixer.rack.uses() == (mixer.rack.uses()[0],) and mixer.rack.uses()[0].path == "/a/two.gguf"
    assert "not heard" in three.fader.accessibleDescription()
    QTest.keyClick(two.fader, Qt.Key.Key_B)
    assert mixer.rack.bypass and mixer.switch.value() is True
    qtbot.waitUntil(lambda: got[-1] == mixer.rack)


def test_a_drag_is_reported_in_few_steps_and_its_end_at_once(mixer: Mixer, qtbot: QtBot) -> None:
    got: list[Rack] = []
    mixer.rack_changed.connect(got.append)
    fader = mixer.strips()[1].fader
    upright = fader.orientation() is Qt.Orientation.Vertical
    start = fader._handle().center()
    QTest.mousePress(fader, Qt.MouseButton.LeftButton, pos=start)
    for by in range(1, 41):
        QTest.mouseMove(fader, start + (QPoint(0, -by) if upright else QPoint(by, 0)))
    QTest.mouseRelease(fader, Qt.MouseButton.LeftButton)
    assert got[-1] == mixer.rack and mixer.rack.strips[1].scale > 0.5
    scale = mixer.rack.strips[1].scale * 20
    assert abs(scale - round(scale)) < 1e-6, "a drag stays on the grid"
    assert len(got) < 20, "forty moves are not forty reports"


def test_removing_keeps_the_others_and_can_be_taken_back(mixer: Mixer) -> None:
    gone: list[tuple[str, Rack]] = []
    mixer.removed.connect(lambda name, before: gone.append((name, before)))
    one, _, three = mixer.strips()
    one.fader.setFocus()
    QTest.keyClick(mixer.strips()[1].fader, Qt.Key.Key_Delete)
    assert mixer.strips() == (one, three), "the widgets that stay are the same"
    assert gone == [("two", RACK)]
    mixer.set_rack(gone[0][1], {"/a/one.gguf": "One"}, {"/a/one.gguf": "r16"})
    assert mixer.strips()[0] is one and mixer.strips()[2] is three


def test_a_drag_goes_on_while_the_names_of_adapters_are_read(mixer: Mixer) -> None:
    got: list[Rack] = []
    mixer.rack_changed.connect(got.append)
    fader = mixer.strips()[1].fader
    grip = fader._handle().center()
    way = QPoint(0, -20) if fader.orientation() is Qt.Orientation.Vertical else QPoint(20, 0)
    QTest.mousePress(fader, Qt.MouseButton.LeftButton, pos=grip)
    QTest.mouseMove(fader, grip + way / 2)
    QTest.mouseMove(fader, grip + way)
    mixer.set_words({"/a/two.gguf": "Second"}, {"/a/two.gguf": "r8"})
    assert mixer.strips()[1].fader is fader and fader.dragging
    assert fader.accessibleName() == "Scale of Second"
    QTest.mouseRelease(fader, Qt.MouseButton.LeftButton)
    assert got[-1].strips[1].scale == fader.scale() > 0.4


def test_of_a_file_that_is_gone_its_strip_says_so(mixer: Mixer) -> None:
    one, two, _ = mixer.strips()
    mixer.set_missing({"/a/one.gguf"})
    assert one._note.full_text() == "not there" and "put it back" in one.toolTip()
    assert two._note.full_text() == "" and not two.toolTip()
    mixer.set_missing(())
    assert one._note.full_text() == "r16" and not one.toolTip()


def test_what_counts_as_a_scale() -> None:
    assert [read_scale(text) for text in ("0,5", "3", "-1", "x", "", "nan")] == [
        0.5,
        2.0,
        0.0,
        None,
        None,
        None,
    ]
