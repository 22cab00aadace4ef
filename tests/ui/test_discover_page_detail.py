"""The repository side of Discover: files and their fit, download states, notices, and the model card."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QTabBar

from backend.downloads.types import DownloadJob, DownloadState
from backend.errors import AppError
from backend.hubs.types import Source
from backend.library.types import LibraryModel
from tests.support import fake_data
from tests.support.driving import Run, cell, click, click_row, shown
from tests.support.fake_backend import FakeLibrary, unreachable
from tests.support.scripted_hub import COMMIT, ScriptedHub, hub_model, quant
from ui.markdown import MarkdownView
from ui.markdown.pane import TextPane
from ui.pages.discover.files import Column, FileRow, Role
from ui.pages.discover.gated import GatedNotice
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button

GB = 1_000_000_000
FILES = (
    quant("Q8_0", 9 * GB),
    quant("Q4_K_M", 5 * GB),
    quant("Q2_K", 3 * GB),
    quant("BF16", 60 * GB, parts=3),
)
MODEL = hub_model("Moss-8B-GGUF")


class Repo:
    """One repository, open in Discover."""

    def __init__(self, run: Run, hub: ScriptedHub) -> None:
        self.run, self.hub = run, hub
        self.chats: list[str | None] = []
        self.questions: list[tuple[str, str]] = []

    @property
    def files(self) -> QAbstractItemView:
        return self.run.wait_for(QAbstractItemView, "^Files$")

    def rows(self) -> list[FileRow]:
        table = shown(self.run.window, QAbstractItemView, "^Files$")
        model = table.model() if table is not None else None
        return [model.index(row, 0).data(Role.ROW) for row in range(model.rowCount())] if model else []

    def selected(self) -> FileRow:
        return self.files.currentIndex().data(Role.ROW)

    def settle(self) -> None:
        """Wait until every file has its prediction from the full header."""
        self.run.until(
            lambda: self.rows() and all(row.fit and not row.fit.approximate for row in self.rows())
        )

    def job(self) -> DownloadJob:
        return self.run.backend.downloads.jobs()[-1]

    def change(self, **changes: object) -> None:
        self.run.backend.downloads.change(replace(self.job(), **changes))  # type: ignore[attr-defined]

    def tab(self, place: int) -> None:
        bar = self.run.window.page("discover").findChild(QTabBar)
        click(bar, bar.tabRect(place).center())


@pytest.fixture
def repo(open_window: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Repo]:
    """Opens Discover with one repository on the right."""

    def open_it(text: str = "", hub: ScriptedHub | None = None, offline: bool = False) -> Repo:
        opened = open_window(state="empty")
        hub = hub or ScriptedHub((MODEL,), FILES)
        opened.backend.catalogue = hub  # type: ignore[attr-defined]
        run = Run(opened.window, opened.backend, opened.bridge)  # type: ignore[attr-defined]
        result = Repo(run, hub)
        monkeypatch.setattr(run.window, "open_chat", result.chats.append)

        def confirm(title: str, text: str, action: str, *, danger: bool = False) -> bool:
            result.questions.append((title, text))
            return False

        monkeypatch.setattr(run.window, "confirm", confirm)
        run.backend.network.set_offline(offline)
        run.go("Discover")
        run.window.page("discover").search(text)
        return result

    return open_it


def test_files_are_grouped_sorted_and_predicted(repo: Callable[..., Repo]) -> None:
    page = repo()
    page.settle()
    assert [row.quant.label for row in page.rows()] == ["Q2_K", "Q4_K_M", "Q8_0", "BF16"]
    assert page.selected().quant.label == "Q4_K_M"
    assert page.selected().recommended
    assert cell(page.files, 1, Column.FIT).startswith("Fits on GPU")
    assert cell(page.files, 3, Column.FIT).startswith("Too big")
    page.run.wait_for(QLabel, "^Q4_K_M on this machine$")
    page.run.wait_for(Button, r"^Download Q4_K_M\s+5.0.GB$")


def test_a_shard_set_is_one_row(repo: Callable[..., Repo]) -> None:
    page = repo()
    page.settle()
    assert cell(page.files, 3, Column.SIZE) == "60.0\u00a0GB"
    tip = page.files.model().index(3, Column.QUANT).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.count("-of-00003.gguf") == 3
    click_row(page.files, 3)
    page.run.wait_for(Button, r"^Download BF16\s+60.0.GB$")


def test_a_shorter_context_is_predicted_anew(repo: Callable[..., Repo]) -> None:
    page = repo()
    page.settle()
    before = page.rows()[0].fit
    context = page.run.wait_for(QComboBox, "^Context length$")
    context.setFocus()
    QTest.keyClick(context, Qt.Key.Key_Home)
    page.settle()
    after = page.rows()[0].fit
    assert before is not None
    assert after is not None
    assert after.run.n_ctx == 2048
    assert after.ledger.total < before.ledger.total


@pytest.mark.parametrize("text", ["hf.co/acme/Moss-8B-GGUF:Q8_0", "acme/Moss-8B-GGUF/model-Q8_0.gguf"])
def test_a_named_file_is_selected(repo: Callable[..., Repo], text: str) -> None:
    page = repo(text)
    page.run.until(lambda: page.rows())
    assert page.selected().quant.label == "Q8_0"
    assert not page.selected().recommended


def test_a_named_file_that_is_not_there_is_told(repo: Callable[..., Repo]) -> None:
    page = repo("hf.co/acme/Moss-8B-GGUF:Q3_K_S")
    page.run.wait_for(Banner, r"^There is no file Q3_K_S here\.$")
    assert page.selected().quant.label == "Q4_K_M"


def test_download_states_of_the_main_button(repo: Callable[..., Repo]) -> None:
    page = repo()
    page.settle()
    page.run.press("^Download Q4_K_M")
    page.run.wait_for(Button, "^Downloading 0.%$")
    assert page.job().request.commit == COMMIT
    page.change(done=page.job().total // 2, state=DownloadState.QUEUED)
    page.run.wait_for(Button, "^Waiting 50.%$")
    page.change(state=DownloadState.PAUSED)
    page.run.wait_for(Button, "^Paused 50.%$")
    page.change(state=DownloadState.VERIFYING)
    page.run.wait_for(Button, "^Checking …$")
    page.change(
        state=DownloadState.FAILED, error_title="The disk is full.", error_hint="Free 3 GB, then try again."
    )
    page.run.wait_for(Button, "^Try again$")
    page.run.wait_for(Banner, r"^The disk is full\. Free 3 GB, then try again\.$")
    page.run.press("^Try again$")
    page.run.wait_for(Button, "^Downloading")
    assert not shown(page.run.window, Banner, "disk is full")

    arrive(page)
    main = page.run.window.page("discover")._detail._header.action  # a message offers a chat too
    page.run.until(lambda: main.text() == "Chat")
    click(main)
    assert page.chats == ["hf:acme/Moss-8B-GGUF/model-Q4_K_M.gguf"]


def arrive(page: Repo) -> None:
    """The download ends well and the library has the file."""
    library = page.run.backend.library
    assert isinstance(library, FakeLibrary)
    row = LibraryModel(
        "hf:acme/Moss-8B-GGUF/model-Q4_K_M.gguf",
        "Moss-8B",
        "acme",
        Source.HUGGING_FACE,
        fake_data.library_models()[1].path.with_name("model-Q4_K_M.gguf"),
        5 * GB,
        "Q4_K_M",
        repo_id="acme/Moss-8B-GGUF",
        commit=COMMIT,
        verified=True,
    )
    library._rows += (row,)
    page.change(state=DownloadState.DONE, done=page.job().total)
    library.rescan()


def test_a_download_that_cannot_start_says_why(
    repo: Callable[..., Repo], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = repo()
    page.settle()

    def start(request: object) -> None:
        raise AppError("download.no_space", "There is no room for Moss.", "Free 2 GB.")

    monkeypatch.setattr(page.run.backend.downloads, "start", start)
    page.run.press("^Download Q4_K_M")
    page.run.wait_for(Banner, r"^There is no room for Moss\. Free 2 GB\.$")
    assert page.rows(), "the files stay in view"


def test_the_icon_in_a_row_downloads_that_file(repo: Callable[..., Repo]) -> None:
    page = repo()
    page.settle()
    click_row(page.files, 2, Column.ACTION)
    page.run.until(lambda: page.run.backend.downloads.jobs())
    assert page.job().label == "Q8_0"
    page.run.until(lambda: cell(page.files, 2, Column.ACTION).startswith("Downloading"))


def test_gated_is_told_with_the_way_in(repo: Callable[..., Repo]) -> None:
    page = repo(hub=ScriptedHub((replace(MODEL, gated=True),), FILES))
    page.run.wait_for(GatedNotice, "^Gated: its owner wants to know")
    page.run.press("^Open the page$")
    assert page.questions == [
        ("Open huggingface.co in the browser?", "https://huggingface.co/acme/Moss-8B-GGUF")
    ]


def test_the_engine_does_the_sum_for_the_selected_file(repo: Callable[..., Repo]) -> None:
    page = repo()

    def probed() -> set[str]:
        return {row.quant.label for row in page.rows() if row.fit and row.fit.ledger.source == "engine"}

    page.settle()
    page.run.until(lambda: probed() == {page.selected().quant.label})
    first = page.selected().quant.label
    other = next(place for place, row in enumerate(page.rows()) if row.quant.label != first)
    page.files.setCurrentIndex(page.files.model().index(other, 0))
    page.run.until(lambda: probed() == {first, page.selected().quant.label})
    assert len(probed()) == 2


def test_a_listing_of_before_says_how_old_it_is(repo: Callable[..., Repo]) -> None:
    hub = ScriptedHub((MODEL,), FILES)
    hub.cached_at = time.time() - 26 * 3600
    page = repo(hub=hub, offline=True)
    page.run.until(lambda: len(page.run.window.findChildren(Banner)))
    page.settle()
    banners = [b for b in page.run.window.findChildren(Banner) if b.isVisible()]
    assert [b.accessibleName() for b in banners].count("Offline: seen yesterday") == 2  # list and files


def test_files_that_cannot_be_listed_can_be_asked_for_again(repo: Callable[..., Repo]) -> None:
    hub = ScriptedHub((MODEL,), FILES)
    page = repo(hub=hub)
    page.settle()
    hub.error = unreachable()
    page.run.window.page("discover")._detail.show_model(MODEL)
    page.run.wait_for(QLabel, "could not be reached")
    hub.error = None
    page.run.press("^Try again$")
    page.run.until(lambda: len(page.rows()) == 4)


def test_a_header_that_cannot_be_read_says_why(
    repo: Callable[..., Repo], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = repo()
    page.settle()

    def remote(*_arguments: object, **_more: object) -> None:
        raise AppError("gguf.damaged", "model-Q4_K_M.gguf is damaged.", "Choose another file.")

    monkeypatch.setattr(page.run.backend.fits, "remote", remote)
    context = page.run.wait_for(QComboBox, "^Context length$")
    context.setFocus()
    QTest.keyClick(context, Qt.Key.Key_End)
    page.run.wait_for(QLabel, r"^model-Q4_K_M.gguf is damaged\. Choose another file\.$")


def test_a_repository_without_gguf_says_so(repo: Callable[..., Repo]) -> None:
    hub = ScriptedHub((MODEL,))
    hub.files = ()
    page = repo(hub=hub)
    page.run.wait_for(QLabel, "^No GGUF files here$")
    assert not page.run.wait_for(Button, "^Download$").isEnabled()


CARD = """# Moss

A **small** model. See [its paper](https://example.org/moss) and ![a picture](https://example.org/moss.png).

<img src="https://example.org/tracker.gif">

```python
print("moss")
```
"""


def test_the_card_is_shown_and_follows_nothing_by_itself(
    repo: Callable[..., Repo], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    hub = ScriptedHub((MODEL,), FILES)
    hub.markdown = CARD
    page = repo(hub=hub)
    page.settle()
    page.tab(1)
    card = page.run.window.page("discover").findChild(MarkdownView)
    page.run.until(lambda: len(card.blocks()) > 2)
    text = "\n".join(pane.toPlainText() for pane in card.panes())
    assert "A small model." in text
    assert 'print("moss")' in text
    assert "tracker" not in text
    assert not page.questions

    click_text(card.panes()[0], "its paper")
    assert page.questions == [("Open example.org in the browser?", "https://example.org/moss")]
    assert not opened, "it was opened although the person said no"


def click_text(pane: TextPane, words: str) -> None:
    """Click into the middle of `words`."""
    found = pane.document().find(words)
    assert not found.isNull()
    middle = QTextCursor(found)
    middle.setPosition((found.selectionStart() + found.selectionEnd()) // 2)
    click(pane.viewport(), pane.cursorRect(middle).center())


def test_a_card_that_cannot_be_fetched_says_why(repo: Callable[..., Repo]) -> None:
    page = repo()
    page.settle()
    page.hub.error = unreachable()
    page.tab(1)
    card = page.run.window.page("discover").findChild(MarkdownView)
    page.run.until(lambda: any("could not be reached" in pane.toPlainText() for pane in card.panes()))
