"""Around the files: other uploads, adapters, projectors, access, and what cannot run here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel

from backend.capacity.types import RunConfig
from backend.errors import AppError
from backend.hubs.types import HubModel, QuantFile, RemoteFile
from tests.support.discover_desk import Desk, open_desk
from tests.support.driving import click, click_row, names_in, shown, spoken
from tests.support.fake_backend import unreachable
from tests.support.scripted_hub import PAGE, ScriptedHub, hub_model, quant
from ui.pages.discover.gated import GatedNotice
from ui.pages.discover.results_view import ResultsView
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton

GB = 1_000_000_000
MOSS = hub_model("Moss-8B-GGUF")

Open = Callable[..., Desk]


@pytest.fixture
def desk(open_window: Callable[..., object]) -> Open:
    def open_it(model: HubModel = MOSS, files: tuple[QuantFile, ...] = (), **hub: object) -> Desk:
        garden = ScriptedHub((model,), files)
        for name, value in hub.items():
            setattr(garden, name, value)
        return open_desk(open_window, garden)

    return open_it


def rows(count: int, name: str) -> tuple[HubModel, ...]:
    return tuple(replace(hub_model(f"{name}-{n:02}"), architecture="llama") for n in range(count))


# -- lists that belong to the base


def test_lists_are_read_only_when_they_are_looked_at(desk: Open) -> None:
    page = desk(others=rows(3, "Upload"), loras=rows(2, "Lora"))
    page.settle()
    assert page.hub.related == []
    page.tab("Other uploads")
    uploads = page.run.wait_for(ResultsView, "^Other uploads$")
    assert names_in(uploads) == ["Upload-00", "Upload-01", "Upload-02"]
    page.tab("Files")
    page.tab("Other uploads")
    assert page.hub.related == ["variants"]
    page.tab("Adapters")
    page.run.wait_for(ResultsView, "^Adapters for this base$")
    assert page.hub.related == ["variants", "adapters"]
    assert page.tab_words() == ["Files  2", "About", "Other uploads  3", "Adapters for this base  2"]
    page.tab("Other uploads")
    page.run.until(lambda: "Fits" in spoken(uploads, 0))


def test_the_open_model_is_not_among_the_others(desk: Open) -> None:
    page = desk(others=(MOSS, *rows(1, "Upload")))
    page.settle()
    page.tab("Other uploads")
    assert names_in(page.run.wait_for(ResultsView, "^Other uploads$")) == ["Upload-00"]


def test_further_pages_come_as_one_scrolls(desk: Open) -> None:
    page = desk(others=rows(70, "Upload"))
    page.settle()
    page.tab("Other uploads")
    uploads = page.run.wait_for(ResultsView, "^Other uploads$")
    assert page.tab_words()[2] == f"Other uploads  {PAGE}+"
    while len(names_in(uploads)) < 70:
        before = len(names_in(uploads))
        uploads.verticalScrollBar().setValue(uploads.verticalScrollBar().maximum())
        page.run.until(lambda before=before: len(names_in(uploads)) > before)
    assert page.tab_words()[2] == "Other uploads  70"


def test_a_row_opens_with_a_way_back(desk: Open) -> None:
    page = desk(others=rows(3, "Upload"))
    page.settle()
    assert not shown(page.run.window, IconButton, "^Back$")
    page.tab("Other uploads")
    uploads = page.run.wait_for(ResultsView, "^Other uploads$")
    uploads.setFocus()
    QTest.keyClick(uploads, Qt.Key.Key_Down)
    QTest.keyClick(uploads, Qt.Key.Key_Return)
    page.run.until(lambda: page.title() == "Upload-01" and page.file_rows())
    assert page.files.hasFocus()
    click(page.run.wait_for(IconButton, "^Back$"))
    page.run.until(lambda: page.title() == "Moss-8B-GGUF" and page.file_rows())
    assert not shown(page.run.window, IconButton, "^Back$")

    page.tab("Other uploads")
    page.run.until(lambda: shown(page.run.window, ResultsView, "^Other uploads$"))
    click_row(page.run.wait_for(ResultsView, "^Other uploads$"), 2)
    page.run.until(lambda: page.title() == "Upload-02")


def test_empty_lists_say_so(desk: Open) -> None:
    page = desk()
    page.settle()
    page.tab("Other uploads")
    page.run.wait_for(QLabel, "^No other uploads$")
    page.tab("Adapters")
    page.run.wait_for(QLabel, "^No adapters yet$")


def test_a_list_that_cannot_be_read_can_be_asked_for_again(desk: Open) -> None:
    page = desk(loras=rows(2, "Lora"))
    page.settle()
    page.hub.error = unreachable()
    page.tab("Adapters")
    page.run.wait_for(QLabel, r"^huggingface.co could not be reached\.$")
    page.hub.error = None
    page.run.press("^Try again$")
    page.run.until(lambda: names_in(page.run.wait_for(ResultsView, "^Adapters for this base$")))


def test_a_later_page_that_fails_leaves_the_rows(desk: Open) -> None:
    page = desk(others=rows(40, "Upload"))
    page.settle()
    page.tab("Other uploads")
    uploads = page.run.wait_for(ResultsView, "^Other uploads$")
    page.hub.error = unreachable()
    uploads.verticalScrollBar().setValue(uploads.verticalScrollBar().maximum())
    page.run.wait_for(Banner, "could not be reached")
    assert len(names_in(uploads)) == PAGE
    page.hub.error = None
    page.run.press("^Try again$")
    page.run.until(lambda: len(names_in(uploads)) == 40)


# -- what comes along

PROJECTORS = tuple(
    QuantFile(label, (RemoteFile(f"mmproj-{label}.gguf", size, "1" * 64),), "projector")
    for label, size in (("Q8_0", GB // 2), ("F16", 9 * GB // 10), ("F32", 2 * GB))
)


def test_a_projector_comes_along_unless_it_is_not_wanted(desk: Open) -> None:
    page = desk(files=(quant("Q4_K_M", 5 * GB), quant("Q8_0", 9 * GB), *PROJECTORS))
    page.settle()
    assert page.tab_words()[0] == "Files  2"
    box = page.run.wait_for(QCheckBox, "^Also get mmproj-F16$")
    page.run.wait_for(Button, r"^Download Q4_K_M\s+5.9.GB$")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    page.run.wait_for(Button, r"^Download Q4_K_M\s+5.0.GB$")
    QTest.keyClick(box, Qt.Key.Key_Space)
    page.run.press("^Download Q4_K_M")
    page.run.until(page.run.backend.downloads.jobs)
    assert [extra.path for extra in page.job().request.quant.extras] == ["mmproj-F16.gguf"]


def test_without_projector_nothing_is_offered(desk: Open) -> None:
    page = desk()
    page.settle()
    assert not shown(page.run.window, QCheckBox, "mmproj")


# -- access


def test_a_gated_model_says_the_steps(desk: Open) -> None:
    page = desk(replace(MOSS, gated=True))
    page.run.wait_for(GatedNotice, "Accept the terms on its page, then add an access token")
    page.run.press("^Add a token$")
    assert page.panes == ["connections"]
    page.run.wait_for(Button, "^Open the page$")


def test_with_a_token_only_the_page_is_left(desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.support.fake_services.FakeTokens.current", lambda self: "hf_secret")
    page = desk(replace(MOSS, gated=True))
    notice = page.run.wait_for(GatedNotice, "Your access token is used")
    assert "hf_secret" not in notice.accessibleName()
    assert not shown(page.run.window, Button, "^Add a token$")
    page.run.wait_for(Button, "^Open the page$")


def test_a_token_that_was_added_is_noticed(desk: Open) -> None:
    page = desk(replace(MOSS, gated=True))
    page.run.wait_for(Button, "^Add a token$")
    page.run.backend.tokens.save("hf_secret")
    page.run.go("Library")
    page.run.go("Discover")
    page.run.wait_for(GatedNotice, "Your access token is used")


def test_with_a_token_the_header_is_asked_for_again(desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    page = desk(replace(MOSS, gated=True))
    page.settle()
    fits = page.run.backend.fits
    answer, row = fits.remote, fits.row

    def remote(*arguments: object, **more: object) -> object:
        if page.run.backend.tokens.current() is None:
            raise AppError("hub.gated", "acme/Moss is gated.", "Accept the terms on its page.")
        return answer(*arguments, **more)

    def shut(*arguments: object) -> object:
        return None if page.run.backend.tokens.current() is None else row(*arguments)

    monkeypatch.setattr(fits, "remote", remote)
    monkeypatch.setattr(fits, "row", shut)
    page.run.window.page("discover")._search.set_run(RunConfig())  # as if it had never been read
    page.run.window.page("discover")._detail.show_model(replace(MOSS, gated=True))
    page.run.wait_for(QLabel, r"^acme/Moss is gated\.$")  # what to do stands above
    page.run.backend.tokens.save("hf_secret")
    page.run.go("Library")
    page.run.go("Discover")
    page.settle()
    page.run.until(lambda: "Fits" in spoken(page.list, 0))


# -- what it is, and whether it runs


def test_what_a_model_is_for_is_said(desk: Open) -> None:
    page = desk(replace(MOSS, architecture="llama", pipeline_tag="text-generation", tags=("conversational",)))
    page.run.wait_for(QLabel, "^Chat, decoder-only; runs here$")


def test_what_the_engine_does_not_know_is_warned_of_but_not_refused(desk: Open) -> None:
    page = desk(replace(MOSS, architecture="never-heard-of"))
    page.settle()
    page.run.wait_for(Banner, "^The engine of this version cannot run this kind of model")
    page.run.press("^Download anyway")
    page.run.wait_for(Button, "^Downloading")


def test_vectors_are_told_before_the_download(desk: Open) -> None:
    page = desk(replace(MOSS, name="Moss-Embed", architecture="bert"))
    page.settle()
    page.run.wait_for(Banner, "^Answers with vectors, not with text")
    page.run.wait_for(Button, "^Download Q4_K_M")


def test_without_gguf_there_is_nothing_to_download(desk: Open) -> None:
    page = desk(replace(MOSS, has_gguf=False))
    page.hub.files = ()
    page.run.window.page("discover").search("")
    page.run.wait_for(QLabel, "^No GGUF files here$")
    assert not page.run.wait_for(Button, "^No GGUF files$").isEnabled()
