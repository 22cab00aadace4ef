"""The table of the library: changed in place, filtered, sorted and grouped without losing the selection."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from backend.activities.types import Activity, ActivityKind, ActivityState
from backend.hubs.types import Source
from backend.library.types import LibraryModel, Store
from tests.support.examples import examples
from ui.pages.library.arranged import MOST_STEPS, Group, Grouping, LibraryProxy, runs
from ui.pages.library.rows import Column, LibraryTable, Role
from ui.pages.library.words import Live, State, Tab, state_words, tab_of

STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal


def model(name: str, **changes: object) -> LibraryModel:
    row = LibraryModel(
        f"hf:acme/{name}", name, "acme", Source.HUGGING_FACE, Path(f"/models/{name}.gguf"), 1_000, "Q4_K_M"
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def names(proxy: LibraryProxy) -> list[str]:
    return [str(proxy.index(row, 0).data()) for row in range(proxy.rowCount())]


@pytest.fixture
def table(qapp: object) -> LibraryTable:
    return LibraryTable()


@pytest.fixture
def proxy(table: LibraryTable) -> LibraryProxy:
    proxy = LibraryProxy()
    proxy.setSourceModel(table)
    proxy.sort(Column.MODEL)
    return proxy


def test_a_rescan_touches_only_what_differs(table: LibraryTable) -> None:
    tester = QAbstractItemModelTester(table, STRICT)
    table.update_rows((model("a"), model("b"), model("c")))
    resets: list[bool] = []
    changed: list[int] = []
    table.modelReset.connect(lambda: resets.append(True))
    table.dataChanged.connect(lambda top, _bottom: changed.append(top.row()))
    table.update_rows((model("a"), model("c", tokens_per_second=12.0), model("d")))
    assert [row.name for row in table.rows] == ["a", "c", "d"]
    assert changed == [1]
    assert not resets
    assert tester.model() is table


def test_a_measured_speed_takes_the_place_of_the_predicted_one(table: LibraryTable) -> None:
    vectors = model("c", architecture="nomic-bert")
    table.update_rows((model("a"), model("b", kind="adapter"), vectors))
    assert [table.wants_speed(row) for row in table.rows] == [True, False, False]
    row = table.rows[0]
    assert table.text(row, Column.SPEED) == "\N{EN DASH}"
    table.set_speed(row.id, 52.6)
    assert not table.wants_speed(row)
    assert table.text(row, Column.SPEED) == "~53"
    assert table.cell(row, Column.SPEED, Qt.ItemDataRole.AccessibleTextRole) == "~53, predicted"
    table.update_rows((replace(row, tokens_per_second=48.0),))
    assert table.text(table.rows[0], Column.SPEED) == "48.0"
    table.update_rows((replace(row, size=2_000),))
    assert table.wants_speed(table.rows[0])  # another file under the same name


def test_filter_and_sort(table: LibraryTable, proxy: LibraryProxy) -> None:
    table.update_rows((model("Small", size=5), model("Large", size=50), model("starter")))
    proxy.sort(Column.SIZE)
    assert names(proxy) == ["Small", "Large", "starter"]
    proxy.sort(Column.SIZE, Qt.SortOrder.DescendingOrder)
    assert names(proxy) == ["starter", "Large", "Small"]
    proxy.set_filter("LARGE q4_k_m")
    assert names(proxy) == ["Large"]
    proxy.set_filter("", Store.BUNDLED)
    assert proxy.rowCount() == 0


def test_tabs_tell_kinds_apart(table: LibraryTable, proxy: LibraryProxy) -> None:
    rows = {
        Tab.CHAT: model("talker", architecture="qwen3"),
        Tab.EMBEDDING: model("vectors", architecture="nomic-bert"),
        Tab.ADAPTER: model("lora", kind="adapter"),
        Tab.PROJECTOR: model("eyes", kind="projector"),
    }
    table.update_rows(rows.values())
    for tab, row in rows.items():
        assert tab_of(row) is tab
        proxy.set_filter("", tab=tab)
        assert names(proxy) == [row.name]
    assert tab_of(model("Qwen3-Embedding-0.6B", architecture="qwen3")) is Tab.EMBEDDING
    assert tab_of(model("bge-reranker-v2", architecture="xlm")) is Tab.EMBEDDING


def test_groups_have_a_header_with_their_sum(table: LibraryTable, proxy: LibraryProxy) -> None:
    tester = QAbstractItemModelTester(proxy, STRICT)
    table.update_rows(
        (
            model("b", store=Store.OLLAMA, size=2_000_000_000),
            model("a", store=Store.OLLAMA, size=1_000_000_000),
            model("c", store=Store.HUB_CACHE),
        )
    )
    proxy.set_grouping(Grouping.STORE)
    assert names(proxy) == ["Hugging Face", "c", "Ollama", "a", "b"]
    group = proxy.index(2, 0).data(Role.GROUP)
    assert isinstance(group, Group) and group.note == "2 models, 3.0\u00a0GB"
    assert proxy.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Ollama, 2 models, 3.0\u00a0GB"
    assert not proxy.flags(proxy.index(2, 0)) & Qt.ItemFlag.ItemIsSelectable
    proxy.sort(Column.MODEL, Qt.SortOrder.DescendingOrder)
    assert names(proxy) == ["Hugging Face", "c", "Ollama", "b", "a"]
    table.update_rows((model("b", store=Store.OLLAMA, size=2_000_000_000),))
    assert names(proxy) == ["Ollama", "b"]
    assert proxy.index(0, 0).data(Role.GROUP).count == 1
    proxy.set_grouping(Grouping.NONE)
    assert names(proxy) == ["b"]
    assert tester.model() is proxy


def test_the_selection_survives_every_new_order(table: LibraryTable, proxy: LibraryProxy) -> None:
    table.update_rows([model(f"m{number:03}", size=1_000 - number) for number in range(300)])
    selection = QItemSelectionModel(proxy)
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for name in ("m007", "m120"):
        selection.select(proxy.index(names(proxy).index(name), 0), rows)

    def selected() -> list[str]:
        return sorted(str(index.data()) for index in selection.selectedRows())

    proxy.sort(Column.SIZE)
    assert selected() == ["m007", "m120"]
    proxy.set_grouping(Grouping.NAME)
    assert proxy.rowCount() == 600
    assert selected() == ["m007", "m120"]
    proxy.set_filter("m0")
    assert selected() == ["m007"]


def test_progress_changes_one_row_and_moves_none(table: LibraryTable, proxy: LibraryProxy) -> None:
    table.update_rows((model("a"), model("b", verified=True)))
    proxy.sort(Column.STATE)
    before = names(proxy)
    moved: list[bool] = []
    touched: list[str] = []
    proxy.layoutChanged.connect(lambda *_: moved.append(True))
    proxy.dataChanged.connect(lambda top, _bottom: touched.append(str(top.data())))
    work = Activity("1", ActivityKind.VERIFY, "a", state=ActivityState.RUNNING, total=100, done=43)
    table.set_live(Live(work=(("hf:acme/a", work),)))
    assert touched == ["a"] and not moved
    place = names(proxy).index("a")
    assert proxy.index(place, Column.STATE).data() == "Verifying 43\u00a0%"
    table.set_live(Live(frozenset({"/models/a.gguf"}), frozenset({"hf:acme/b"})))
    assert [proxy.index(names(proxy).index(name), Column.STATE).data() for name in "ab"] == [
        "Loaded",
        "Running in Ollama",
    ]
    assert names(proxy) == before


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"verified": True}, State.VERIFIED),
        ({}, State.UNVERIFIED),
        ({"problem": "It is too short."}, State.BROKEN),
        ({"problem": "It was changed.", "damaged": True}, State.DAMAGED),
        ({"newer": "abc", "verified": True}, State.NEWER),
    ],
)
def test_one_state_is_shown(table: LibraryTable, changes: dict[str, object], state: State) -> None:
    table.update_rows((model("a", **changes),))
    assert table.index(0, Column.STATE).data() == state_words(state)
    assert table.index(0, 0).data(Role.STATE) == state


def test_copies_say_where_the_others_are(table: LibraryTable) -> None:
    first = model("first", store=Store.HUB_CACHE)
    copy = model("copy", store=Store.OLLAMA, duplicates_of=first.id)
    table.update_rows((first, copy, model("alone")))
    assert [table.index(place, Column.STORE).data() for place in range(3)] == [
        "2 stores",
        "Ollama",
        "Hugging Face",
    ]
    assert [table.index(place, 0).data(Role.LINKED) for place in range(3)] == [True, True, False]
    spoken = table.index(0, Column.STORE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Hugging Face, Ollama" in spoken
    table.update_rows((first,))
    assert table.index(0, Column.STORE).data() == "Hugging Face"


_MODELS = st.lists(
    st.builds(
        lambda name, size, store, used: model(name, size=size, store=store, used=used),
        st.sampled_from([f"n{number}" for number in range(30)]),
        st.integers(0, 10**11),
        st.sampled_from(list(Store)),
        st.none() | st.floats(0, 2e9),
    ),
    max_size=30,
    unique_by=lambda row: row.id,
)


@settings(max_examples=examples(60), deadline=None)
@given(
    steps=st.lists(
        st.tuples(
            _MODELS,
            st.sampled_from(list(Grouping)),
            st.sampled_from(list(Column)),
            st.sampled_from(["", "n1", "n2"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_change_keeps_the_model_in_order(
    qapp: object, steps: list[tuple[list[LibraryModel], Grouping, Column, str]]
) -> None:
    table, proxy = LibraryTable(), LibraryProxy()
    proxy.setSourceModel(table)
    tester = QAbstractItemModelTester(proxy, STRICT)
    for rows, grouping, column, text in steps:
        held = {
            QPersistentModelIndex(proxy.index(place, 0)): proxy.index(place, 0).data(Role.ROW).id
            for place in range(proxy.rowCount())
            if proxy.index(place, 0).data(Role.ROW) is not None
        }
        table.update_rows(rows)
        proxy.set_grouping(grouping)
        proxy.sort(column)
        proxy.set_filter(text)
        wanted = {row.id for row in rows if text in row.name or text in str(row.path)}
        assert {row.id for row in proxy.shown()} == wanted
        for index, row_id in held.items():
            assert not index.isValid() or index.data(Role.ROW).id == row_id
            if row_id in wanted:
                place = proxy.place(row_id)
                assert place is not None and proxy.index(place, 0).data(Role.ROW).id == row_id
    assert tester.model() is proxy


def test_runs_are_unbroken_stretches() -> None:
    assert runs([]) == []
    assert runs([1, 2, 3, 7, 9, 10]) == [(1, 3), (7, 7), (9, 10)]


def test_thousands_of_rows_change_in_few_steps(table: LibraryTable, proxy: LibraryProxy) -> None:
    """A view follows each insertion and removal, so that thousands of them would freeze the window."""
    steps: list[str] = []
    proxy.rowsInserted.connect(lambda *_: steps.append("in"))
    proxy.rowsRemoved.connect(lambda *_: steps.append("out"))
    proxy.layoutChanged.connect(lambda *_: steps.append("order"))
    table.update_rows([model(f"m{number}", size=number * 7_919 % 5_000) for number in range(5_000)])
    proxy.sort(Column.SIZE, Qt.SortOrder.DescendingOrder)
    proxy.set_filter("m1")
    proxy.set_filter("m12")
    proxy.set_filter("")
    proxy.set_grouping(Grouping.NAME)
    assert len(steps) <= 6 * MOST_STEPS
    assert proxy.rowCount() == 10_000
