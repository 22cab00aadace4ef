"""The result list as a model: other uploads folded, same weights as one card, nothing jumps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.capacity.types import Fit, Ledger, RunConfig, Verdict
from backend.hubs.types import HubModel, SameWeights, Source
from tests.support.driving import click_row
from tests.support.examples import examples
from tests.support.scripted_hub import hub_model, ollama_model
from ui.pages.discover.result_delegate import ROW_HEIGHT, ResultDelegate
from ui.pages.discover.results import ResultsModel, Role
from ui.pages.discover.results_view import ResultsView
from ui.pages.discover.rows import Row, RowKind, base_of
from ui.widgets.fit_details import FitDetails

STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal


def upload(owner: str, base: str, *, how: str = "quantized") -> HubModel:
    """`owner`'s version of `base`."""
    name = base.split("/")[-1]
    return replace(
        hub_model(name),
        id=f"{owner}/{name}",
        owner=owner,
        tags=(f"base_model:{base}", f"base_model:{how}:{base}"),
        base_models=(base,),
    )


def lines(model: ResultsModel) -> list[str]:
    """Cards by id, folds as ``+n``, uploads of an open fold indented."""
    found = []
    for number in range(model.rowCount()):
        row: Row = model.index(number).data(Role.ROW)
        match row.kind:
            case RowKind.CARD:
                found.append(row.model.id)
            case RowKind.MEMBER:
                found.append(f"  {row.model.id}")
            case RowKind.FOLD:
                found.append(f"+{row.count}")
    return found


def same(here: HubModel, there: HubModel, choice: str = "x") -> tuple[SameWeights, ...]:
    return (SameWeights(there.source, there.id, choice, "0" * 64),)


@pytest.fixture
def model(qapp: object) -> ResultsModel:
    results = ResultsModel()
    results.tester = QAbstractItemModelTester(results, STRICT)  # type: ignore[attr-defined]
    return results


MOSS = [upload(owner, "acme/Moss") for owner in ("ann", "bob", "cid", "dan")]
FERN = [upload(owner, "acme/Fern") for owner in ("ann", "bob", "cid")]


def test_other_uploads_are_folded_under_the_first(model: ResultsModel) -> None:
    model.append((MOSS[0], hub_model("Ivy"), MOSS[1], FERN[0], MOSS[2]))
    assert lines(model) == ["ann/Moss", "+2", "acme/Ivy", "ann/Fern"]
    assert model.count == 5
    fold: Row = model.index(1).data(Role.ROW)
    assert fold.owners == ("bob", "cid")


def test_the_original_and_its_quantizations_are_one_group(model: ResultsModel) -> None:
    model.append((hub_model("Moss"), MOSS[0]))
    assert lines(model) == ["acme/Moss", "+1"]


@pytest.mark.parametrize("how", ["finetune", "adapter", "merge"])
def test_what_was_trained_on_is_a_work_of_its_own(how: str) -> None:
    work = upload("eve", "acme/Moss", how=how)
    assert base_of(work) != base_of(MOSS[0])


def test_a_later_page_adds_to_the_fold(model: ResultsModel) -> None:
    model.append((MOSS[0], MOSS[1], hub_model("Ivy")))
    model.append((MOSS[2], hub_model("Oak"), MOSS[1]))
    assert lines(model) == ["ann/Moss", "+2", "acme/Ivy", "acme/Oak"]


def test_unfolding_and_folding(model: ResultsModel) -> None:
    model.append((MOSS[0], MOSS[1], MOSS[2], hub_model("Ivy")))
    model.set_open(0, True)
    assert lines(model) == ["ann/Moss", "+2", "  bob/Moss", "  cid/Moss", "acme/Ivy"]
    model.append((MOSS[3],))
    assert lines(model) == ["ann/Moss", "+3", "  bob/Moss", "  cid/Moss", "  dan/Moss", "acme/Ivy"]
    model.set_open(3, False)
    assert lines(model) == ["ann/Moss", "+3", "acme/Ivy"]
    model.set_open(2, True)
    assert lines(model) == ["ann/Moss", "+3", "acme/Ivy"], "there is nothing to unfold"


def test_a_fold_in_view_waits_until_it_is_out_of_view(model: ResultsModel) -> None:
    model.append((MOSS[0], hub_model("Ivy"), hub_model("Oak")))
    model.append((MOSS[1],), visible=(0, 2))
    assert lines(model) == ["ann/Moss", "acme/Ivy", "acme/Oak"]
    assert model.waits
    model.settle((0, 2))
    assert model.waits
    model.settle((1, 2))
    assert lines(model) == ["ann/Moss", "+1", "acme/Ivy", "acme/Oak"]
    assert not model.waits


def test_without_groups_every_upload_has_its_line(model: ResultsModel) -> None:
    model.append((MOSS[0], hub_model("Ivy"), MOSS[1]))
    model.set_grouped(False)
    assert lines(model) == ["ann/Moss", "acme/Ivy", "bob/Moss"]
    model.set_grouped(True)
    assert lines(model) == ["ann/Moss", "+1", "acme/Ivy"]


def test_same_weights_known_before_are_one_card(model: ResultsModel) -> None:
    moss, there = hub_model("Moss"), ollama_model("moss")
    model.set_same(moss.key, same(moss, there))
    model.set_same(there.key, same(there, moss))
    model.append((moss, hub_model("Ivy"), there))
    assert lines(model) == ["acme/Moss", "acme/Ivy"]
    row: Row = model.index(0).data(Role.ROW)
    assert row.sources == (Source.HUGGING_FACE, Source.OLLAMA)
    assert model.partners(moss.key) == (there,)
    assert model.count == 2


def test_same_weights_known_later_merge_in_place(model: ResultsModel) -> None:
    moss, there = hub_model("Moss"), ollama_model("moss")
    model.append((hub_model("Ivy"), moss, hub_model("Oak"), there, hub_model("Elm")))
    ivy, oak = (QPersistentModelIndex(model.index(line)) for line in (0, 2))
    model.set_same(there.key, same(there, moss))
    assert lines(model) == ["acme/Ivy", "acme/Moss", "acme/Oak", "acme/Elm"]
    assert (ivy.row(), oak.row()) == (0, 2)
    assert model.index(1).data(Role.ROW).sources == (Source.HUGGING_FACE, Source.OLLAMA)


def test_the_open_one_of_two_keeps_its_line(model: ResultsModel) -> None:
    moss, there = hub_model("Moss"), ollama_model("moss")
    model.append((moss, hub_model("Ivy"), there))
    model.set_same(moss.key, same(moss, there), keep=there.key)
    assert lines(model) == ["acme/Ivy", "moss"]
    assert model.place_of(moss.key) == 1


def test_what_is_folded_under_a_merged_card_goes_with_it(model: ResultsModel) -> None:
    there = ollama_model("moss")
    model.append((there, hub_model("Ivy"), MOSS[0], MOSS[1], hub_model("Oak")))
    model.set_open(2, True)
    model.set_same(there.key, same(there, MOSS[0]))
    assert lines(model) == ["moss", "+1", "acme/Ivy", "acme/Oak"]
    model.append((MOSS[2],))
    assert lines(model) == ["moss", "+2", "acme/Ivy", "acme/Oak"]
    model.set_open(0, True)
    assert lines(model)[:4] == ["moss", "+2", "  bob/Moss", "  cid/Moss"]


def test_a_folded_upload_is_only_marked(model: ResultsModel) -> None:
    there = ollama_model("moss")
    model.append((MOSS[0], MOSS[1], there))
    model.set_same(there.key, same(there, MOSS[1]))
    assert lines(model) == ["ann/Moss", "+1", "moss"], "it would be hidden in the fold"
    assert model.index(2).data(Role.ROW).sources == (Source.OLLAMA, Source.HUGGING_FACE)


def test_what_is_learned_of_a_partner_shows_on_the_card(model: ResultsModel) -> None:
    moss, there = hub_model("Moss"), ollama_model("moss")
    model.append((moss, there))
    model.set_same(moss.key, same(moss, there))
    fits = Fit(Verdict.FITS, Ledger(1, 0, 0, 0), RunConfig(), 8, 0)
    model.set_fit(there.key, fits)
    model.set_local(frozenset({there.key}))
    row: Row = model.index(0).data(Role.ROW)
    assert row.fit is fits
    assert row.local


def test_bundled_rows_are_marked(model: ResultsModel) -> None:
    model.append((hub_model("Moss"), ollama_model("fern")), bundled=frozenset({Source.OLLAMA}))
    assert [model.index(line).data(Role.ROW).bundled for line in (0, 1)] == [False, True]
    assert "from the bundled list" in model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (hub_model("Moss", has_gguf=False), "no GGUF files"),
        (hub_model("Moss", architecture="never-heard-of"), "not supported yet"),
        (hub_model("Moss-Embed", architecture="bert"), "embedding"),
        (hub_model("Moss", gated=True), "gated"),
        (hub_model("Moss", pipeline_tag="image-text-to-text"), "reads images"),
        (ollama_model("moss"), "moss by Ollama, in Ollama, sizes 4B, 12B"),
    ],
)
def test_what_a_row_says_of_itself(model: ResultsModel, row: HubModel, words: str) -> None:
    model.append((row,))
    assert words in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_fold_says_what_it_is(model: ResultsModel) -> None:
    model.append(MOSS)
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == ("and 3 other uploads, of Moss, folded")


# -- the view


@pytest.fixture
def view(qtbot: QtBot, model: ResultsModel) -> ResultsView:
    result = ResultsView("Models found")
    result.setModel(model)
    result.setItemDelegate(ResultDelegate(lambda _model: None, result))
    result.resize(440, 10 * ROW_HEIGHT)
    qtbot.addWidget(result)
    with qtbot.waitExposed(result):
        result.show()
    return result


def current(view: ResultsView) -> str:
    return lines(view.model())[view.currentIndex().row()]  # type: ignore[arg-type]


def test_folds_by_keyboard(view: ResultsView, model: ResultsModel) -> None:
    model.append((*MOSS[:3], hub_model("Ivy")))
    view.setCurrentIndex(model.index(0))
    for key, wanted, count in (
        (Qt.Key.Key_Right, "ann/Moss", 5),
        (Qt.Key.Key_Down, "+2", 5),
        (Qt.Key.Key_Down, "  bob/Moss", 5),
        (Qt.Key.Key_Down, "  cid/Moss", 5),
        (Qt.Key.Key_Left, "+2", 3),
        (Qt.Key.Key_Return, "+2", 5),
        (Qt.Key.Key_Return, "+2", 3),
        (Qt.Key.Key_Right, "+2", 5),
        (Qt.Key.Key_Left, "+2", 3),
        (Qt.Key.Key_Left, "ann/Moss", 3),
    ):
        QTest.keyClick(view, key)
        assert (current(view), model.rowCount()) == (wanted, count), key


def test_a_click_on_a_fold_turns_it(view: ResultsView, model: ResultsModel) -> None:
    model.append((*MOSS[:3], hub_model("Ivy")))
    click_row(view, 1)
    assert model.rowCount() == 5
    click_row(view, 1)
    assert model.rowCount() == 3


def test_enter_opens_a_model_but_not_a_fold(view: ResultsView, model: ResultsModel) -> None:
    opened: list[str] = []
    view.entered_row.connect(lambda: opened.append(current(view)))
    model.append(MOSS)
    for line in (0, 1):
        view.setCurrentIndex(model.index(line))
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == ["ann/Moss"]


def test_f1_opens_the_breakdown_of_a_pill(view: ResultsView, model: ResultsModel) -> None:
    model.append(MOSS[:1])
    view.setCurrentIndex(model.index(0))
    QTest.keyClick(view, Qt.Key.Key_F1)
    assert not breakdowns(), "nothing was predicted yet"
    model.set_fit(MOSS[0].key, Fit(Verdict.FITS, Ledger(1, 0, 0, 0), RunConfig(), 8, 0))
    QTest.keyClick(view, Qt.Key.Key_F1)
    assert len(breakdowns()) == 1
    FitDetails.dismiss()
    assert not breakdowns()


def breakdowns() -> list[FitDetails]:
    return [
        each for each in QApplication.topLevelWidgets() if isinstance(each, FitDetails) and each.isVisible()
    ]


def far_down(view: ResultsView, model: ResultsModel) -> tuple[str, int]:
    """Scrolls to the middle of 40 rows; the id and the place in pixels of the row at the top."""
    model.append((MOSS[0], ollama_model("fern"), *(hub_model(f"Ivy-{n}") for n in range(40))))
    view.executeDelayedItemsLayout()
    view.verticalScrollBar().setValue(20 * ROW_HEIGHT + 13)
    index = view.indexAt(view.viewport().rect().topLeft())
    assert 15 < index.row() < 25
    return lines(model)[index.row()], view.visualRect(index).top()


def where(view: ResultsView, model: ResultsModel, name: str) -> int:
    return view.visualRect(model.index(lines(model).index(name))).top()


def test_lines_that_come_above_do_not_move_what_is_in_view(view: ResultsView, model: ResultsModel) -> None:
    name, top = far_down(view, model)
    with view.held():
        model.append((MOSS[1], hub_model("Oak")), visible=view.span())
    assert lines(model)[1] == "+1"
    assert where(view, model, name) == top


def test_lines_that_go_above_do_not_move_what_is_in_view(view: ResultsView, model: ResultsModel) -> None:
    name, top = far_down(view, model)
    there, here = ollama_model("fern"), hub_model("Ivy-1")
    with view.held():
        model.set_same(there.key, same(there, here), keep=here.key)
    assert "fern" not in lines(model)
    assert where(view, model, name) == top


def test_the_current_line_stays_while_one_above_it_goes(view: ResultsView, model: ResultsModel) -> None:
    far_down(view, model)
    view.setCurrentIndex(model.index(25))
    name, top = current(view), view.visualRect(view.currentIndex()).top()
    there, gone = ollama_model("fern"), hub_model("Ivy-20")
    with view.held():
        model.set_same(there.key, same(there, gone))
    assert "acme/Ivy-20" not in lines(model)
    assert current(view) == name
    assert view.visualRect(view.currentIndex()).top() == top


# -- whatever comes in whatever order

OWNERS = ("ann", "bob", "cid")
BASES = ("acme/Moss", "acme/Fern")
THERE = tuple(ollama_model(name) for name in ("moss", "fern"))
HERE = tuple(upload(owner, base) for owner in OWNERS for base in BASES)
POOL = (*HERE, *THERE)
STEPS = st.one_of(
    st.tuples(st.just("append"), st.lists(st.sampled_from(POOL), min_size=1, max_size=5)),
    st.tuples(st.just("append"), st.lists(st.sampled_from(THERE), min_size=1, max_size=2)),
    st.tuples(st.just("same"), st.tuples(st.sampled_from(THERE), st.sampled_from(HERE))),
    st.tuples(st.just("turn"), st.tuples(st.integers(0, 8), st.booleans())),
    st.tuples(st.just("settle"), st.none()),
    st.tuples(st.just("group"), st.booleans()),
)


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(STEPS, min_size=4, max_size=14), st.booleans())
def test_every_model_is_somewhere_exactly_once(
    qapp: object, steps: list[tuple[str, Any]], looked: bool
) -> None:
    model = ResultsModel()
    tester = QAbstractItemModelTester(model, STRICT)
    added: dict[str, HubModel] = {}
    visible = (0, 3) if looked else None
    for what, value in steps:
        match what:
            case "append":
                model.append(value, visible=visible)
                added |= {row.key: row for row in value}
            case "same":
                there, here = value
                model.set_same(there.key, same(there, here))
            case "turn" if model.rowCount():
                line, on = value
                model.set_open(line % model.rowCount(), on)
            case "settle":
                model.settle()
            case "group":
                model.set_grouped(value)
    model.settle()
    for line in reversed(range(model.rowCount())):
        model.set_open(line, True)
    shown: list[str] = []
    for line in range(model.rowCount()):
        row: Row = model.index(line).data(Role.ROW)
        if row.kind is not RowKind.FOLD:
            shown += [row.model.key, *(partner.key for partner in model.partners(row.model.key))]
    assert sorted(shown) == sorted(added)
    assert model.count == sum(1 for line in lines(model) if not line.startswith("+"))
    assert tester.model() is model
