"""Before a model is loaded that will not fit, and after it could not be: what is said, and one click on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backend.capacity.types import Fit, Ledger, LoadAdvice, Option, RunConfig, Verdict
from backend.engines.types import ModelState
from backend.errors import AppError
from backend.events import ModelChanged
from tests.support.chat_desk import QWEN, STARTER, ChatDesk, RecordingShell
from tests.support.chat_page import Desk
from tests.support.driving import click
from tests.ui.conftest import settle
from ui.bridge import EventBridge
from ui.pages.chat.view import ChatPage

GB = 1_000_000_000


def option(n_ctx: int, label: str = "", kv_type: str = "q8_0") -> Option:
    run = RunConfig(n_ctx=n_ctx, kv_type=kv_type)  # type: ignore[arg-type]
    fit = Fit(Verdict.FITS, Ledger(5 * GB, GB, GB, 0), run, 9 * GB, GB)
    return Option(label, run, fit, "A shorter memory of the conversation.")


def too_big(*options: Option) -> LoadAdvice:
    fit = Fit(Verdict.TOO_BIG, Ledger(9 * GB, 9 * GB, GB, 0), RunConfig(), 9 * GB, GB)
    return LoadAdvice(fit, "It needs 19 GB, but only 9 GB are free.", options)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Opens the page on a new chat with Qwen, of which `advice` is said."""
    made: list[tuple[ChatDesk, EventBridge, ChatPage]] = []

    def open_it(advice: LoadAdvice | None = None) -> Desk:
        backend = ChatDesk(tmp_path / "home")
        backend.fits.answer = advice
        backend.chats.create(QWEN.id)
        bridge = EventBridge(backend.bus)
        shell = RecordingShell()
        page = ChatPage(backend, bridge, shell)  # type: ignore[arg-type]
        made.append((backend, bridge, page))
        page.resize(1200, 800)
        page.show()
        page.activateWindow()
        page.activate()
        settle(qtbot)
        return Desk(qtbot, backend, page, shell)

    yield open_it
    for backend, bridge, page in made:
        page.close()
        bridge.close()
        page.deleteLater()
        settle(qtbot)
        backend.close()


def test_what_fits_is_sent_without_a_word(desk: Callable[..., Desk]) -> None:
    page = desk()
    page.ask("Hello")
    page.backend.engine.next().end()
    page.idle()
    assert page.page._notice.isHidden()
    asked = [path for path, _ in page.backend.fits.asked]
    assert QWEN.path in asked
    loaded = page.backend.engine.loaded()[0]
    page.backend.bus.publish(ModelChanged(loaded.path, ModelState.READY, 1.0, loaded=loaded))
    shelf = page.page.presenter.shelf
    page.wait(lambda: shelf.state_of(shelf.models[1]) is not None)
    page.wait(lambda: not page.page._advising._soon.isActive())
    settle(page.qtbot)
    count = len(page.backend.fits.asked)
    page.ask("And now?")
    page.backend.engine.next().end()
    page.idle()
    assert len(page.backend.fits.asked) == count, "a model in memory is not looked at again"


def test_a_model_that_will_not_fit_is_told_of_early(desk: Callable[..., Desk]) -> None:
    page = desk(too_big(option(4096)))
    notice = page.page._notice
    page.wait(notice.isVisible)
    assert "does not fit in memory now" in notice.accessibleName()
    assert "9 GB are free" in notice.accessibleName()
    assert [button.text() for button in notice.buttons] == ["4,096 tokens, Q8_0 cache"]
    page.page.presenter.change(model_id=STARTER.id)
    page.backend.fits.answer = None
    page.wait(notice.isHidden)


def test_the_message_waits_and_goes_with_the_chosen_settings(desk: Callable[..., Desk]) -> None:
    page = desk(too_big(option(4096)))
    page.ask("Hello")
    notice = page.page._notice
    page.wait(lambda: notice.isVisible() and notice.anyway_button.text() == "Send anyway")
    assert page.texts() == []
    assert page.page.composer.text() == "Hello"
    click(notice.buttons[0])
    generation = page.backend.engine.next()
    _path, options = page.backend.engine.loads[-1]
    assert (options.n_ctx, options.kv_type) == (4096, "q8_0")
    generation.end()
    page.idle()
    assert page.texts()[0] == "Hello"
    chat = page.backend.chats.chats()[0]
    assert (chat.n_ctx, chat.kv_type) == (4096, "q8_0")
    assert page.page.panel.context._cache.currentText() == "Q8_0"
    assert notice.isHidden()


def test_the_person_has_the_last_word(desk: Callable[..., Desk]) -> None:
    page = desk(too_big())
    page.ask("Hello")
    notice = page.page._notice
    page.wait(lambda: notice.isVisible() and notice.anyway_button.text() == "Send anyway")
    click(notice.anyway_button)
    page.backend.engine.next().end()
    page.idle()
    assert page.texts()[0] == "Hello"


def test_another_file_of_the_model_is_taken_or_looked_for(desk: Callable[..., Desk]) -> None:
    page = desk(too_big(option(8192, "Q2_K", "f16")))
    notice = page.page._notice
    page.wait(notice.isVisible)
    assert notice.buttons[0].text() == "Q2_K, 8,192 tokens"
    click(notice.buttons[0])
    assert page.shell.pages == [f"search:{QWEN.name}"], "it is not on this disk"
    smaller = replace(QWEN, id="hf:small", quant="Q2_K", path=Path("/models/qwen3-8b-q2.gguf"))
    page.backend.library.rows = (*page.backend.library.rows, smaller)
    page.page.presenter.shelf.read()
    settle(page.qtbot)
    page.ask("Hello")
    page.wait(lambda: notice.isVisible() and notice.anyway_button.text() == "Send anyway")
    click(notice.buttons[0])
    page.backend.engine.next().end()
    page.idle()
    assert page.backend.engine.loads[-1][0] == smaller.path


def test_a_failed_load_says_why_and_what_would_fit(desk: Callable[..., Desk]) -> None:
    page = desk()
    page.backend.engine.failure = AppError("engine.memory", "There is not enough memory to load it.")
    page.backend.fits.answer = None
    page.ask("Hello")
    page.wait(lambda: len(page.texts()) == 2 and not page.page.presenter.busy)
    page.backend.fits.answer = too_big(option(2048, kv_type="q4_0"))
    page.backend.engine.failure = None
    path = str(QWEN.path)
    page.backend.bus.publish(
        ModelChanged(
            path, ModelState.FAILED, error_title="There is not enough memory.", error_code="engine.memory"
        )
    )
    notice = page.page._notice
    page.wait(notice.isVisible)
    assert notice.accessibleName().startswith("There is not enough memory.")
    click(notice.buttons[0])
    page.backend.engine.next().say("Fine")
    _path, options = page.backend.engine.loads[-1]
    assert (options.n_ctx, options.kv_type) == (2048, "q4_0")
    page.page.asking.stop()
    page.idle()


def test_batch_and_layers_of_an_option_are_taken_too(desk: Callable[..., Desk]) -> None:
    way = option(4096)
    page = desk(too_big(replace(way, run=replace(way.run, n_batch=128, gpu_layers=12))))
    page.ask("Hello")
    notice = page.page._notice
    page.wait(lambda: notice.isVisible() and notice.anyway_button.text() == "Send anyway")
    assert notice.buttons[0].text() == "4,096 tokens, Q8_0 cache, batches of 128, 12 layers on the GPU"
    click(notice.buttons[0])
    generation = page.backend.engine.next()
    _path, options = page.backend.engine.loads[-1]
    assert (options.n_ctx, options.n_batch, options.gpu_layers) == (4096, 128, 12)
    generation.end()
    page.idle()
    page.page.presenter.change(n_ctx=2048)
    chat = page.page.presenter.chat
    assert chat is not None
    assert (chat.n_batch, chat.gpu_layers) == (None, None), "they were chosen for another context"
