"""Both gardens in one list: names of Ollama, same weights, folds, and what is said where one fails."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from backend.errors import AppError
from backend.hubs.types import GardenTrouble, QuantFile, Source
from tests.support import fake_data
from tests.support.discover_desk import Desk, open_desk
from tests.support.driving import cell, click_row, shown, spoken, write
from tests.support.fake_backend import unreachable
from tests.support.fake_gardens import ollama_trouble
from tests.support.scripted_hub import ScriptedHub, hub_model, ollama_model, quant
from ui.markdown import MarkdownView
from ui.pages.discover.files import Column
from ui.pages.discover.rows import RowKind
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button

MOSS = hub_model("Moss-8B-GGUF")
GB = 1_000_000_000
GEMMA = ollama_model("gemma3", downloads=34_000_000)
ROWS = (MOSS, GEMMA, hub_model("Fern-3B-GGUF"))

Open = Callable[..., Desk]


@pytest.fixture
def desk(open_window: Callable[..., object]) -> Open:
    def open_it(rows: tuple[object, ...] = ROWS, **more: object) -> Desk:
        hub = more.pop("hub", None) or ScriptedHub(rows)  # type: ignore[arg-type]
        return open_desk(open_window, hub, **more)  # type: ignore[arg-type]

    return open_it


@pytest.mark.parametrize(
    "text", ["ollama:gemma3:12b", "ollama run gemma3:12b", "https://ollama.com/library/gemma3:12b"]
)
def test_a_name_of_ollama_opens_the_model_with_its_tag(desk: Open, text: str) -> None:
    page = desk()
    page.run.until(page.names)
    write(page.field, text, enter=True)
    page.run.until(lambda: page.names() == ["gemma3"])
    page.run.until(page.file_rows)
    assert page.title() == "gemma3"
    assert page.selected().quant.tag == "12b"
    page.run.wait_for(Button, "^Download 12b")


def test_a_tag_that_is_not_there_is_told(desk: Open) -> None:
    page = desk(first="ollama:gemma3:70b")
    page.run.wait_for(Banner, r"^There is no file 70b here\.$")


def test_tags_are_read_only_when_they_are_seen(desk: Open) -> None:
    page = desk(first="ollama:gemma3:12b")
    page.settle()
    row = page.selected()
    assert row.quant.manifest, "it was completed"
    assert cell(page.files, 1, Column.SIZE) == "8.0\u00a0GB"
    page.run.until(lambda: all(each.fit for each in page.file_rows()))


def test_an_ollama_download_carries_manifest_and_digest(desk: Open) -> None:
    page = desk(first="ollama:gemma3:12b")
    page.settle()
    page.run.press("^Download 12b")
    page.run.until(page.run.backend.downloads.jobs)
    request = page.job().request
    assert (request.source, request.repo_id, request.quant.tag) == (Source.OLLAMA, "gemma3", "12b")
    assert request.commit == hashlib.sha256(request.quant.manifest.encode()).hexdigest()
    assert [extra.size for extra in request.quant.extras] == [1_429]
    page.run.wait_for(Button, "^Downloading")


def test_where_it_is_saved_follows_the_garden(desk: Open) -> None:
    page = desk()
    page.run.wait_for(QLabel, "^Saves to the Hugging Face cache")
    click_row(page.list, 1)
    page.run.wait_for(QLabel, "^Saves to Ollama's store")


def test_the_card_of_ollama_is_shown(desk: Open) -> None:
    page = desk(first="ollama:gemma3")
    page.settle()
    page.tab("About")
    card = page.run.window.page("discover").findChild(MarkdownView)
    page.run.until(lambda: any("A card" in pane.toPlainText() for pane in card.panes()))


# -- same weights


def test_same_weights_known_when_the_list_arrives_are_one_card(desk: Open) -> None:
    hub = ScriptedHub(ROWS)
    hub.same_as(MOSS, GEMMA, ("model-Q4_K_M.gguf", "12b"))
    page = desk(hub=hub)
    page.run.until(lambda: page.names() == ["Moss-8B-GGUF", "Fern-3B-GGUF"])
    assert page.row(0).sources == (Source.HUGGING_FACE, Source.OLLAMA)
    assert "in Hugging Face, Ollama" in spoken(page.list, 0)
    page.run.wait_for(QLabel, "^2 models$")


def test_same_weights_learned_from_headers_merge_and_can_be_followed(desk: Open) -> None:
    hub = ScriptedHub((MOSS, GEMMA))
    page = desk(hub=hub)
    page.settle()
    assert page.names() == ["Moss-8B-GGUF", "gemma3"]
    hub.same_as(MOSS, GEMMA, ("model-Q4_K_M.gguf", "12b"))
    page.run.window.page("discover")._open.learned.emit(MOSS)  # a digest was read
    page.run.until(lambda: page.names() == ["Moss-8B-GGUF"])
    page.run.wait_for(QLabel, r"^Same weights as ollama:gemma3:12b \(SHA-256 agrees\)\.$")

    page.run.press("^Show it there$")
    page.run.until(lambda: page.title() == "gemma3" and page.file_rows())
    assert page.selected().quant.tag == "12b"
    page.run.wait_for(QLabel, r"^Same weights as acme/Moss-8B-GGUF")
    QTest.keyClick(page.files, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    page.run.until(lambda: page.title() == "Moss-8B-GGUF" and page.file_rows())


def test_the_same_weights_of_another_file_are_told_apart(desk: Open) -> None:
    hub = ScriptedHub((MOSS,), (quant("Q4_K_M", 5 * GB), replace_digest(quant("Q8_0", 9 * GB))))
    hub.same_as(MOSS, GEMMA, ("model-Q4_K_M.gguf", "12b"))
    page = desk(hub=hub)
    page.settle()
    page.run.wait_for(QLabel, r"^Same weights as ollama:gemma3:12b")
    click_row(page.files, 1)
    page.run.wait_for(QLabel, r"^Q4_K_M: same weights as ollama:gemma3:12b \(SHA-256 agrees\)\.$")


def replace_digest(choice: QuantFile) -> QuantFile:
    return replace(choice, files=(replace(choice.files[0], sha256="2" * 64),))


def test_the_same_weights_on_this_disk_are_known_in_either_garden(desk: Open) -> None:
    page = desk(state="full", first="ollama:gemma3:12b")
    page.settle()
    library = page.run.backend.library
    digest = page.selected().quant.files[0].sha256
    row = replace(library._rows[1], sha256=digest)  # type: ignore[attr-defined]
    library._rows = (*library._rows, row)  # type: ignore[attr-defined]
    library.rescan()
    page.run.wait_for(Button, "^Chat$")


# -- folds


def uploads(count: int) -> tuple[object, ...]:
    return tuple(
        replace(MOSS, id=f"up-{n}/Moss-8B-GGUF", owner=f"up-{n}", tags=("base_model:quantized:acme/Moss-8B",))
        for n in range(count)
    )


def test_other_uploads_are_folded_and_leave_the_files_alone(desk: Open) -> None:
    page = desk((*uploads(4), ROWS[2]))
    page.settle()
    assert [page.row(line).kind for line in range(3)] == [RowKind.CARD, RowKind.FOLD, RowKind.CARD]
    page.run.wait_for(QLabel, "^5 models$")
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.row(page.list.currentIndex().row()).kind is RowKind.FOLD
    assert page.title() == "Moss-8B-GGUF", "a fold opens nothing on the right"
    QTest.keyClick(page.list, Qt.Key.Key_Right)
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    page.run.until(lambda: page.hub.opened[-1] == "up-1/Moss-8B-GGUF")
    QTest.keyClick(page.list, Qt.Key.Key_Left)
    assert page.list.model().rowCount() == 3


def test_another_grouping_keeps_what_is_open(desk: Open) -> None:
    page = desk((hub_model("Ivy-GGUF"), *uploads(3), ROWS[2]))
    page.settle()
    click_row(page.list, 3)
    page.run.until(lambda: page.hub.opened[-1] == "acme/Fern-3B-GGUF")
    opened = len(page.hub.opened)
    page.run.window.page("discover")._browse.controls.bar.choose(grouped=False)
    assert page.list.model().rowCount() == 5
    assert page.row(page.list.currentIndex().row()).model.name == "Fern-3B-GGUF"
    assert len(page.hub.opened) == opened, "it was opened again"
    assert len(page.hub.asked) == 1, "the gardens were asked again"


# -- troubles


def test_a_library_page_that_cannot_be_read_is_said(desk: Open) -> None:
    hub = ScriptedHub(ROWS)
    hub.troubles = (ollama_trouble(),)
    page = desk(hub=hub)
    page.run.wait_for(
        Banner, "^Ollama's library page could not be read. Its models here are from the bundled"
    )
    assert "from the bundled list" in spoken(page.list, 1)
    assert "from the bundled list" not in spoken(page.list, 0)
    hub.troubles = ()
    page.run.press("^Try again$")
    page.run.until(lambda: not shown(page.run.window, Banner, "could not be read"))
    assert "from the bundled list" not in spoken(page.list, 1)


def test_one_garden_down_leaves_the_rows_of_the_other(desk: Open) -> None:
    hub = ScriptedHub((GEMMA,))
    hub.troubles = (GardenTrouble(Source.HUGGING_FACE, unreachable()),)
    page = desk(hub=hub)
    page.run.wait_for(Banner, r"^huggingface.co could not be reached. Check the network connection")
    assert page.names() == ["gemma3"]


def test_both_gardens_down_is_an_error_that_can_be_tried_again(desk: Open) -> None:
    hub = ScriptedHub(ROWS)
    hub.error = AppError(
        "net.unreachable", "No garden could be reached.", "Check the network.", retryable=True
    )
    page = desk(hub=hub)
    page.run.wait_for(QLabel, r"^No garden could be reached\.$")
    hub.error = None
    page.run.press("^Try again$")
    page.run.until(lambda: len(page.names()) == 3)


def test_the_age_of_a_repository_names_its_garden(desk: Open) -> None:
    hub = ScriptedHub((GEMMA,))
    hub.cached_at = time.time() - 3 * fake_data.DAY
    page = desk(hub=hub)
    page.run.wait_for(Banner, "^The gardens cannot be reached: seen 3 days ago$")
    page.run.wait_for(Banner, "^Ollama cannot be reached: seen 3 days ago$")
