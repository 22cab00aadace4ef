"""Adapters in the real window, over the real worker with the starter model: check, mix, chat, sweep, compare,
keep as a mix, ask the mix over the local server, and find everything again after a restart."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from openai import OpenAI
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from backend.engines.types import Sampling
from backend.events import Event, MessageDelta
from backend.paths import STARTER_MODEL
from tests.support.driving import Run, click, names_in, prepare, running, write
from tests.support.processes import having_open
from tests.support.serving import free_port
from ui.pages.adapters.sheets import NameSheet
from ui.pages.adapters.view import AdaptersPage
from ui.pages.bench.new_run import NewRun
from ui.pages.chat.view import ChatPage
from ui.pages.compare.column_sheet import ColumnSheet
from ui.widgets.model_picker import ModelButton
from ui.widgets.pick_popup import PickPopup

ASKED = "Who are you?"
SAMPLE = "Orangery Pirate"
MANY = json.dumps({"type": "array", "items": {"type": "string"}, "minItems": 80})
"""An answer of this form goes on for hundreds of tokens."""
COLD = Sampling(temperature=0.0, max_tokens=60)
LONG = Sampling(temperature=0.0, max_tokens=240, format="schema", grammar=MANY)


@contextmanager
def opened(home: Path) -> Iterator[tuple[Run, AdaptersPage]]:
    """The window at the Adapters page, once the list is there."""
    with running(home, offline=True) as run:
        run.go("Adapters")
        page = run.window.page("adapters")
        run.until(lambda: page.presenter.verdicts)
        yield run, page


def menu_of(run: Run) -> QMenu:
    run.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(run: Run, *words: str) -> None:
    """Choose a line of the menu that is open; more words go on in the menu below it."""
    menu = menu_of(run)
    for word in words:
        action = next(each for each in menu.actions() if each.text().startswith(word))
        assert action.isEnabled()
        menu, outer = action.menu() or menu, menu
    outer.close()
    action.trigger()


def pirate(texts: list[str]) -> list[bool]:
    """Which of these texts are in the tone of the sample."""
    assert all(texts)
    return ["Arr" in text or "Yo ho" in text for text in texts]


def models_offered(run: Run, button: ModelButton) -> list[str]:
    """Open the list of models below `button`, read it, and close it."""
    click(button)
    run.until(lambda: isinstance(QApplication.activePopupWidget(), PickPopup))
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, PickPopup)
    names = names_in(popup.list)
    popup.close()
    return names


@pytest.mark.skipif(sys.platform != "linux", reason="finds the processes by what they have mapped")
def test_an_adapter_from_its_check_to_the_mix_that_programs_ask(tmp_path: Path, qapp: QApplication) -> None:
    prepare(qapp)
    home = tmp_path / "home"
    with opened(home) as (run, page):
        checks, mixer = page.checks, page.mixing.mixer
        run.press("^Try the sample adapter on the starter model$")
        run.until(lambda: checks._sum.text() == "Safe to load")
        click(checks._measure)
        run.until(lambda: "yes, mean KL" in checks.words()[-1])
        assert [strip.name for strip in mixer.strips()] == [SAMPLE]

        sweep(run, page)
        click(page.sweep.board.cells[3].head.use)
        assert [strip.scale for strip in mixer.rack.strips] == [0.75]
        compare_with_base(run)
        run.go("Adapters")
        run.press("^Chat$")
        heard_in_the_middle(run)

        run.go("Adapters")
        click(page.mixing.mixes)
        choose(run, "Save this mix")
        run.wait_for(NameSheet, "")
        field = run.wait_for(QLineEdit, "^Name$")
        QTest.keyClicks(field, "Odd")
        QTest.keyClick(field, Qt.Key.Key_Return)
        run.until(lambda: page.mixing.mixes.words() == "Odd")
        offered_everywhere(run)
        port = asked_by_a_program(run)

    with opened(home) as (run, page):
        found_again(run, page, port)


def sweep(run: Run, page: AdaptersPage) -> None:
    """From the base to all of it: other words and more nats from cell to cell."""
    assert page.sweep.prompt.text() == ASKED, "what the sample answers well"
    run.press("^Start$")
    cells = page.sweep.board.cells
    run.until(lambda: page.sweeping.sweep is not None and not page.sweeping.running)
    done = page.sweeping.sweep
    assert done is not None
    nats = [cell.divergence or 0.0 for cell in done.cells]
    assert nats[0] == 0 and nats == sorted(set(nats))
    numbers = ["< 0.01" if 0 < each < 0.005 else f"{each:.2f}" for each in nats]
    run.until(lambda: [cell.foot._number.text() for cell in cells] == numbers)
    run.until(lambda: [cell._drawn for cell in cells] == [cell.text for cell in done.cells])
    assert all("/s" in cell.foot._tokens.full_text() for cell in cells)
    assert pirate([cell._drawn for cell in cells]) == [False, False, True, True, True]


def compare_with_base(run: Run) -> None:
    """Base and adapter as two columns over one weight file."""
    run.press("^Compare with base$")
    run.until(lambda: run.window._current == "compare")
    compare = run.window.page("compare")
    live, presenter = compare.live, compare.presenter
    run.until(lambda: len(live.columns) == 2 and presenter.plan is not None)
    columns = presenter.comparison.columns
    presenter.set_columns(tuple(replace(column, sampling=COLD) for column in columns))
    run.until(lambda: all(column.sampling == COLD for column in presenter.comparison.columns))
    write(live.ask.input, ASKED, enter=True)
    run.until(lambda: presenter.rounds and not presenter.busy)
    run.until(lambda: all(column.text() for column in live.columns))
    assert pirate([column.text() for column in live.columns]) == [False, True]
    assert live.columns[1]._name.full_text() == f"{SAMPLE} 0.75"
    assert len(having_open(STARTER_MODEL)) == 1


def heard_in_the_middle(run: Run) -> None:
    """A fader that is moved while an answer is written changes what follows, and one key takes it back."""
    run.until(lambda: run.window._current == "chat")
    page = run.window.page("chat")
    mixer = page.panel.adapters.mixer
    run.until(mixer.strips)
    fader = mixer.strips()[0].fader
    page.presenter.change(sampling=LONG)
    QTest.keyClick(fader, Qt.Key.Key_Home)
    run.ask(ASKED)
    whole = run.finished(1).message.text

    with paused(run, after=20) as (worker, told):
        again(page)
        run.until(lambda: worker.status() == psutil.STATUS_STOPPED)
        QTest.keyClick(fader, Qt.Key.Key_End)
        run.until(lambda: page.presenter.changes.saving)  # on its way to the worker
        before = "".join(told)
        worker.resume()
        moved = answered(run, page)
    assert moved.startswith(before) and whole.startswith(before)
    assert pirate([whole, before, moved]) == [False, False, True]

    QTest.keyClick(fader, Qt.Key.Key_0)
    QTest.keyClicks(mixer.strips()[0].field, ".75")
    QTest.keyClick(mixer.strips()[0].field, Qt.Key.Key_Return)
    page.presenter.change(sampling=COLD)
    texts = []
    for _ in range(2):
        QTest.keyClick(page.composer.input, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
        again(page)
        texts.append(answered(run, page))
    assert pirate(texts) == [False, True]
    run.until(lambda: not page.presenter.changes.pending())


@contextmanager
def paused(run: Run, after: int) -> Iterator[tuple[psutil.Process, list[str]]]:
    """Lets the worker stand still once so many characters of an answer are there, however busy the machine
    is; gives it, for whoever lets it go on, and what it has said."""
    (worker,) = having_open(STARTER_MODEL)
    told: list[str] = []

    def hear(event: Event) -> None:
        if isinstance(event, MessageDelta):
            before = len("".join(told))
            told.append(event.text)
            if before < after <= before + len(event.text):
                worker.suspend()

    unsubscribe = run.backend.bus.subscribe(hear)
    try:
        yield worker, told
    finally:
        unsubscribe()
        worker.resume()


def again(page: ChatPage) -> None:
    """Ask for another answer instead of the one that is shown."""
    page.asking.regenerate(page.presenter.branch.messages[-1].id)


def answered(run: Run, page: ChatPage) -> str:
    """The answer that is being written, once it is there."""
    run.until(lambda: not page.presenter.busy)
    return run.finished(1).message.text


def offered_everywhere(run: Run) -> None:
    """The mix is in the lists of Chat, Compare and Bench."""
    names = ["Starter model", "Starter model + Odd"]
    run.go("Chat")
    run.until(lambda: models_offered(run, run.window.page("chat").panel.picker)[:2] == names)
    run.go("Compare")
    run.press("^Add column$")
    sheet = run.wait_for(ColumnSheet, "")
    run.until(lambda: models_offered(run, sheet._picker)[:2] == names)
    run.press("^Cancel$")
    run.go("Bench")
    run.press("^New run$")
    sheet = run.wait_for(NewRun, "")
    run.until(lambda: names_in(sheet.models)[:2] == names)
    run.press("^Cancel$")


def asked_by_a_program(run: Run) -> int:
    """The server, switched on in the settings, answers with the mix behind its base; returns its port."""
    run.window.open_settings("server")
    pane = run.window.page("settings").pane("server")
    port = free_port()
    run.until(lambda: pane.port.isEnabled() and pane._serving is not None)
    pane.port.setValue(port)
    click(pane.switch)
    run.until(lambda: pane.copy_token.isEnabled())
    copied = []
    for button in (pane.copy_token, pane.copy_address):
        click(button)
        copied.append(QGuiApplication.clipboard().text())
    token, address = copied
    assert address == f"http://127.0.0.1:{port}/v1"
    question: Any = {"messages": [{"role": "user", "content": ASKED}], "temperature": 0, "max_tokens": 40}
    with OpenAI(base_url=address, api_key=token, max_retries=0, timeout=60) as api:
        texts = [
            api.chat.completions.create(model=name, **question).choices[0].message.content
            for name in ("starter", "starter+Odd")
        ]
    assert pirate(texts) == [False, True]
    run.until(lambda: len(pane.log.model.rows) == 2)
    return port


def found_again(run: Run, page: AdaptersPage, port: int) -> None:
    """After a restart everything is as it was; a mix is deleted, and that is taken back."""
    run.until(lambda: page.mixing.mixes.words() == "Odd")
    assert [strip.scale for strip in page.mixing.mixer.rack.strips] == [0.75]
    assert page.head._name.full_text() == SAMPLE and page.sweep.prompt.text() == ASKED
    click(page.mixing.mixes)
    choose(run, "Delete", "Odd")
    run.until(lambda: not run.backend.mixes.all())
    run.press("^Undo$")
    run.until(lambda: page.mixing.mixes.words() == "Odd")
    run.go("Chat")
    chat = run.window.page("chat")
    run.until(lambda: len(run.answers()) == 1)
    assert [strip.scale for strip in chat.panel.adapters.mixer.rack.strips] == [0.75]
    assert chat.presenter.chat.sampling == COLD
    run.window.open_settings("server")
    pane = run.window.page("settings").pane("server")
    run.until(lambda: pane._serving is not None)
    assert not pane.switch.isChecked() and pane.port.value() == port
