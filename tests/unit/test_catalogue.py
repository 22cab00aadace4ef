"""Both gardens in one search, against both stand-ins: order, paging, partial failure, the same weights."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import AppError
from backend.events import EventBus
from backend.hubs.catalogue import Catalogue
from backend.hubs.digests import DigestIndex
from backend.hubs.huggingface import HuggingFace
from backend.hubs.merge import Fetch, Place, decode, merged
from backend.hubs.ollama.garden import OllamaGarden
from backend.hubs.types import (
    GARDENS,
    HubModel,
    Purpose,
    SameWeights,
    SearchPage,
    SearchQuery,
    Sort,
    Source,
)
from backend.net.network import Network
from tests.support.standin_hub import File, Repo, StandInHub
from tests.support.standin_ollama import Model, StandInOllama, Tag
from tests.support.tiny_gguf import tiny_llama

TINY = "acme/Tiny-3B-GGUF"
HF, OLLAMA = Source.HUGGING_FACE, Source.OLLAMA


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> File:
    return File("tiny-Q4_K_M.gguf", source=str(tiny_llama(tmp_path_factory.mktemp("w") / "tiny.gguf")))


@pytest.fixture(scope="module")
def started(weights: File) -> Iterator[tuple[StandInHub, StandInOllama]]:
    with StandInHub() as hub, StandInOllama() as ollama:
        tags = ("gguf", "base_model:quantized:acme/Tiny-3B", "base_model:acme/Tiny-3B")
        hub.add_repo(Repo(TINY, (weights,), downloads=500, tags=tags, card="# Hub"))
        hub.add_repo(Repo("other/Tiny-GGUF", (weights,), downloads=400, tags=tags))
        lora = ("base_model:adapter:acme/Tiny-3B", "lora")
        hub.add_repo(Repo("some/Lora", (File("adapter_model.safetensors", size=9),), tags=lora))
        hub.add_repo(Repo("gemma", (weights,), downloads=1))
        hub.add_rows(70)
        tag = replace(weights, path="model")
        ollama.add(Model("tiny", (Tag("latest", tag), Tag("3b", tag)), sizes=("3b",), readme="# Ollama"))
        ollama.add(Model("tiny-too", (Tag("latest", File("m", size=50)),), sizes=("3b",)))
        ollama.add(Model("someone/planted", (Tag("latest", tag),), sizes=("3b",), pulls="9.9M"))
        ollama.add_rows(45)
        yield hub, ollama


@pytest.fixture
def hub(started: tuple[StandInHub, StandInOllama]) -> StandInHub:
    started[0].reset()
    return started[0]


@pytest.fixture
def ollama(started: tuple[StandInHub, StandInOllama]) -> StandInOllama:
    started[1].reset()
    return started[1]


@pytest.fixture
def network() -> Iterator[Network]:
    network = Network(EventBus())
    yield network
    network.close()


def build(
    network: Network, hub: StandInHub, ollama: StandInOllama, folder: Path, patience: float = 60.0
) -> Catalogue:
    return Catalogue(
        HuggingFace(network, folder, endpoint=hub.endpoint, token=lambda: None),
        OllamaGarden(network, folder, registry=ollama.registry, library=ollama.library),
        folder / "digests.json",
        patience=patience,
    )


@pytest.fixture
def catalogue(network: Network, hub: StandInHub, ollama: StandInOllama, tmp_path: Path) -> Catalogue:
    return build(network, hub, ollama, tmp_path / "cache")


def all_rows(catalogue: Catalogue, query: SearchQuery) -> tuple[list[HubModel], int]:
    rows: list[HubModel] = []
    cursor, pages = None, 0
    while True:
        page = catalogue.search(query, cursor)
        assert not page.troubles
        assert len(page.rows) <= query.limit + 1
        rows += page.rows
        pages += 1
        cursor = page.next_cursor
        if cursor is None:
            return rows, pages


@pytest.mark.parametrize("sort", list(Sort))
def test_every_row_of_both_gardens_comes_once(
    catalogue: Catalogue, hub: StandInHub, ollama: StandInOllama, sort: Sort
) -> None:
    rows, pages = all_rows(catalogue, SearchQuery("plant", sort, limit=25))
    assert len(rows) == len({row.key for row in rows}) == 70 + 46
    assert pages >= 5
    assert len(hub.log("/api/models")) == 3  # no page is fetched twice
    assert len(ollama.log("/search")) == 3
    for source in GARDENS:  # each garden keeps its own order
        alone = [
            row.id for row in all_rows(catalogue, SearchQuery("plant", sort, gardens=frozenset({source})))[0]
        ]
        assert [row.id for row in rows if row.source is source] == alone


def test_numbers_decide(catalogue: Catalogue) -> None:
    rows, _ = all_rows(catalogue, SearchQuery("plant", Sort.DOWNLOADS, limit=20))
    numbers = [row.downloads or 0 for row in rows]
    assert numbers == sorted(numbers, reverse=True)
    assert {row.source for row in rows} == GARDENS


def test_trends_come_in_turns(catalogue: Catalogue) -> None:
    rows = catalogue.search(SearchQuery("plant", limit=20)).rows
    assert [row.source for row in rows[:6]] == [HF, OLLAMA] * 3


@pytest.mark.parametrize(
    "text", ["tiny", "Tiny", "tiny:latest", "ollama:tiny", "https://ollama.com/library/tiny"]
)
def test_the_exact_name_comes_first(catalogue: Catalogue, text: str) -> None:
    assert catalogue.search(SearchQuery(text, Sort.DOWNLOADS)).rows[0].key == "ollama:tiny"


@pytest.mark.parametrize("text", [TINY, f"hf:{TINY}", f"https://huggingface.co/{TINY}", f"{TINY}:Q4_K_M"])
def test_a_repository_comes_first_and_its_absence_elsewhere_is_no_trouble(
    catalogue: Catalogue, text: str
) -> None:
    page = catalogue.search(SearchQuery(text))
    assert page.rows[0].key == f"hf:{TINY}"
    assert not page.troubles


@pytest.mark.parametrize("text", ["someone/planted", "someone/planted:latest"])
def test_a_name_of_a_person_may_be_of_either_garden(catalogue: Catalogue, text: str) -> None:
    page = catalogue.search(SearchQuery(text))
    assert page.rows[0].key == "ollama:someone/planted"
    assert not page.troubles


def test_addresses_are_asked_for_where_they_lead(
    catalogue: Catalogue, hub: StandInHub, ollama: StandInOllama
) -> None:
    catalogue.search(SearchQuery(f"https://huggingface.co/{TINY}"))
    catalogue.search(SearchQuery(f"ollama run hf.co/{TINY}:Q4_K_M"))
    assert hub.log() and not ollama.log()
    hub.clear_log()
    catalogue.search(SearchQuery("ollama:tiny:3b", gardens=frozenset({HF})))
    assert ollama.log() and not hub.log()


def test_a_path_is_nobodys_business(catalogue: Catalogue, hub: StandInHub, ollama: StandInOllama) -> None:
    for query in (SearchQuery("/home/me/secret.gguf"), SearchQuery("x", gardens=frozenset())):
        assert catalogue.search(query) == SearchPage((), None)
    assert not hub.log() and not ollama.log()


def test_filters_hold_in_both(catalogue: Catalogue) -> None:
    query = SearchQuery("plant", least_parameters=3_000_000_000, most_parameters=9_000_000_000)
    rows, _ = all_rows(catalogue, query)
    assert {row.source for row in rows} == GARDENS
    assert all(3e9 <= (row.parameters or 0) <= 9e9 for row in rows if row.id != "someone/planted")
    licensed, _ = all_rows(catalogue, SearchQuery("plant", license="mit"))
    assert {row.source for row in licensed} == {HF}
    vision, _ = all_rows(catalogue, SearchQuery("plant", purpose=Purpose.VISION))
    assert vision and {row.source for row in vision} == {OLLAMA}


# When a garden fails


def test_one_garden_that_fails_is_a_trouble(
    catalogue: Catalogue, hub: StandInHub, ollama: StandInOllama
) -> None:
    hub.fault("status", "/api/models", code=503)
    page = catalogue.search(SearchQuery("plant"))
    assert {row.source for row in page.rows} == {OLLAMA}
    assert [(t.source, t.error.code) for t in page.troubles] == [(HF, "hub.server")]
    assert len(hub.log("/api/models")) == 1
    hub.reset()
    ollama.fault("refuse", "/search")
    query = SearchQuery("plant b")  # not seen before
    page = catalogue.search(query)
    assert {row.source for row in page.rows} == {HF}
    assert [(t.source, t.error.code, t.fallback) for t in page.troubles] == [(OLLAMA, "net.broken", False)]
    assert page.next_cursor is not None
    assert not catalogue.search(query, page.next_cursor).troubles


def test_a_garden_that_hangs_does_not_hold_up_the_other(
    network: Network, hub: StandInHub, ollama: StandInOllama, tmp_path: Path
) -> None:
    catalogue = build(network, hub, ollama, tmp_path, patience=0.3)
    ollama.fault("hold", "/search", times=1)
    page = catalogue.search(SearchQuery("plant"))
    assert {row.source for row in page.rows} == {HF}
    assert [(t.source, t.error.code, t.error.retryable) for t in page.troubles] == [
        (OLLAMA, "net.timeout", True)
    ]
    ollama.release()
    assert not catalogue.search(SearchQuery("plant")).troubles


def test_the_bundled_list_stands_in_for_one(catalogue: Catalogue, ollama: StandInOllama) -> None:
    ollama.style("redesigned")
    page = catalogue.search(SearchQuery("llama"))
    assert [(t.error.code, t.fallback) for t in page.troubles] == [("ollama.page_unreadable", True)]
    assert page.rows[0].source is OLLAMA


def test_a_library_page_that_is_gone_is_one_that_cannot_be_read(
    catalogue: Catalogue, ollama: StandInOllama
) -> None:
    ollama.fault("status", "/search", code=404)
    for text in ("llama", "tiny:3b"):
        page = catalogue.search(SearchQuery(text))
        assert [(t.error.code, t.fallback) for t in page.troubles] == [("ollama.page_unreadable", True)]


def test_both_that_fail_raise(catalogue: Catalogue, network: Network, hub: StandInHub) -> None:
    network.set_offline(True)
    with pytest.raises(AppError) as caught:
        catalogue.search(SearchQuery("plant"))
    assert caught.value.code == "net.offline"
    network.set_offline(False)
    hub.fault("status", "/api/models", code=503)
    with pytest.raises(AppError) as caught:
        catalogue.search(SearchQuery("plant", gardens=frozenset({HF})))
    assert caught.value.code == "hub.server"


def test_a_later_page_that_fails_in_one_garden(
    catalogue: Catalogue, hub: StandInHub, ollama: StandInOllama
) -> None:
    first = catalogue.search(SearchQuery("plant", limit=60))
    ollama.fault("status", "/search", code=500)
    second = catalogue.search(SearchQuery("plant", limit=60), first.next_cursor)
    assert [(t.source, t.error.code) for t in second.troubles] == [(OLLAMA, "ollama.server")]
    assert HF in {row.source for row in second.rows}


def test_offline_shows_what_was_seen_of_both_with_its_age(
    catalogue: Catalogue, network: Network, hub: StandInHub, ollama: StandInOllama
) -> None:
    query = SearchQuery("plant", limit=20)
    pages = [catalogue.search(query)]
    pages.append(catalogue.search(query, pages[0].next_cursor))
    detail = catalogue.detail(OLLAMA, "tiny")
    network.set_offline(True)
    known = catalogue.search(query)
    assert known.rows == pages[0].rows and not known.troubles
    assert known.cached_at is not None
    assert catalogue.search(query, known.next_cursor).rows == pages[1].rows
    again = catalogue.detail(OLLAMA, "tiny")
    assert again.cached_at is not None and again.model.id == detail.model.id


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "[]", "{}", '{"hf": 1}', '{"hf": ["x", -1]}', '{"hf": ["x", true]}', '{"evil": ["x", 1]}'],
)
def test_a_cursor_of_somebody_else_is_refused(catalogue: Catalogue, cursor: str) -> None:
    with pytest.raises(ValueError):
        catalogue.search(SearchQuery("plant"), cursor)


# One model


def test_each_garden_answers_for_its_own(catalogue: Catalogue) -> None:
    theirs, ours = catalogue.detail(HF, TINY), catalogue.detail(OLLAMA, "tiny")
    assert catalogue.card(theirs).strip() == "# Hub"
    assert catalogue.card(ours) == "# Ollama"
    assert catalogue.complete(theirs, theirs.quants[0]) is theirs.quants[0]
    completed = catalogue.complete(ours, ours.quants[0])
    assert completed.manifest and catalogue.complete(ours, completed) is completed
    first = catalogue.header(theirs, theirs.quants[0], tier=1)[0][0]
    second = catalogue.header(ours, ours.quants[0], tier=1)[0][0]
    assert (first.architecture, first.n_params) == (second.architecture, second.n_params)


def test_the_same_weights_in_both_gardens_are_known_and_remembered(
    catalogue: Catalogue,
    network: Network,
    hub: StandInHub,
    ollama: StandInOllama,
    tmp_path: Path,
    weights: File,
) -> None:
    theirs, ours = catalogue.detail(HF, TINY), catalogue.detail(OLLAMA, "tiny")
    assert catalogue.same_weights(theirs.model.key) == ()
    catalogue.complete(ours, ours.quants[1])
    expected = (SameWeights(OLLAMA, "tiny", "3b", weights.digest),)
    assert catalogue.same_weights(theirs.model.key) == expected
    assert catalogue.same_weights("ollama:tiny") == (SameWeights(HF, TINY, weights.path, weights.digest),)
    later = build(network, hub, ollama, tmp_path / "cache")
    assert later.same_weights(theirs.model.key) == expected
    later.choice("someone/planted")
    assert {same.key for same in later.same_weights("ollama:tiny")} == {
        f"hf:{TINY}",
        "ollama:someone/planted",
    }


def test_files_of_another_revision_or_of_before_are_not_what_a_repository_offers(
    catalogue: Catalogue, hub: StandInHub, weights: File
) -> None:
    catalogue.detail(HF, TINY)
    catalogue.choice("tiny")
    ours = SameWeights(HF, TINY, weights.path, weights.digest)
    assert catalogue.same_weights("ollama:tiny") == (ours,)

    def answer(path: str) -> str:
        lfs = {"sha256": "e" * 64, "size": 5}
        return json.dumps({"id": TINY, "sha": "f" * 40, "siblings": [{"rfilename": path, "lfs": lfs}]})

    hub.fault("garbage", f"/api/models/{TINY}/revision/old", body=answer(weights.path))
    assert catalogue.detail(HF, f"{TINY}@old").quants[0].files[0].sha256 == "e" * 64
    assert catalogue.same_weights("ollama:tiny") == (ours,)
    hub.fault("garbage", f"/api/models/{TINY}", body=answer("other-Q4_K_M.gguf"))
    catalogue.detail(HF, TINY)
    assert catalogue.same_weights("ollama:tiny") == ()


def test_a_tag_that_moved_is_not_the_same_any_more(
    catalogue: Catalogue, ollama: StandInOllama, weights: File
) -> None:
    ollama.add(Model("moving", (Tag("latest", replace(weights, path="m")),)))
    catalogue.detail(HF, TINY)
    catalogue.choice("moving")
    assert catalogue.same_weights("ollama:moving")
    ollama.add(Model("moving", (Tag("latest", File("m", size=77)),)))
    catalogue.choice("moving")
    assert catalogue.same_weights("ollama:moving") == ()


def test_variants_and_adapters_of_the_base(catalogue: Catalogue) -> None:
    model = catalogue.detail(HF, TINY).model
    assert [row.id for row in catalogue.variants(model).rows] == [TINY, "other/Tiny-GGUF"]
    assert [row.id for row in catalogue.adapters(model).rows] == ["some/Lora"]
    ours = catalogue.detail(OLLAMA, "tiny")
    assert catalogue.variants(ours.model).rows == ()
    catalogue.complete(ours, ours.quants[0])  # now the same weights are known
    assert TINY in [row.id for row in catalogue.variants(ours.model).rows]


# Merging and remembering on their own

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def row(source: Source, name: str, number: int | None) -> HubModel:
    age = None if number is None else NOW - timedelta(days=100 - number)
    return HubModel(name, source, "", name, downloads=number, likes=number, updated=age, created=age)


def pages_of(source: Source, pages: list[list[int | None]]) -> Fetch:
    """A garden of these pages; its cursors are their numbers."""

    def fetch(cursor: str | None) -> SearchPage:
        at = int(cursor or 0)
        rows = tuple(row(source, f"{source}-{at}-{k}", number) for k, number in enumerate(pages[at]))
        return SearchPage(rows, str(at + 1) if at + 1 < len(pages) else None)

    return fetch


_PAGES = st.lists(st.lists(st.integers(0, 50) | st.none(), max_size=5), min_size=1, max_size=6)


@given(_PAGES, _PAGES, st.sampled_from(list(Sort)), st.integers(1, 7))
def test_merging_loses_and_repeats_nothing(
    first: list[list[int | None]], second: list[list[int | None]], sort: Sort, limit: int
) -> None:
    fetches = {HF: pages_of(HF, first), OLLAMA: pages_of(OLLAMA, second)}
    places = dict.fromkeys(fetches, Place())
    seen: list[HubModel] = []
    for _ in range(200):
        page = merged(fetches, places, sort, limit)
        assert len(page.rows) <= limit
        seen += page.rows
        if page.next_cursor is None:
            break
        places = decode(page.next_cursor, GARDENS)
    else:
        raise AssertionError("it never ends")
    for source, pages in ((HF, first), (OLLAMA, second)):
        expected = [f"{source}-{at}-{k}" for at, page in enumerate(pages) for k in range(len(page))]
        assert [model.id for model in seen if model.source is source] == expected


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from("0123")), max_size=30)
)
def test_the_index_knows_the_latest_of_every_place(notes: list[tuple[str, str, str]]) -> None:
    index = DigestIndex()
    latest: dict[tuple[str, str], str] = {}
    for name, choice, digit in notes:
        index.note(OLLAMA, name, [(choice, digit * 64)])
        latest[name, choice] = digit * 64
    for name in "abc":
        digests = {digest for (other, _), digest in latest.items() if other == name}
        expected = {(o, c, d) for (o, c), d in latest.items() if o != name and d in digests}
        assert {(s.id, s.choice, s.sha256) for s in index.same(f"ollama:{name}")} == expected


def test_a_new_digest_costs_a_line_and_two_programs_share_the_file(tmp_path: Path) -> None:
    path = tmp_path / "digests.json"
    first = DigestIndex(path)
    first.note(HF, "a/b", [(f"{k}.gguf", f"{k:064x}") for k in range(500)])
    size, inode = path.stat().st_size, path.stat().st_ino
    second = DigestIndex(path)
    first.note(OLLAMA, "one", [("latest", f"{1:064x}")])
    second.note(OLLAMA, "two", [("latest", f"{1:064x}")])
    first.note(OLLAMA, "one", [("latest", f"{1:064x}")])  # nothing new
    assert path.stat().st_ino == inode and path.stat().st_size - size < 300
    assert [same.id for same in DigestIndex(path).same("hf:a/b")] == ["one", "two"]
    first.note(HF, "a/b", [("1.gguf", f"{2:064x}")], whole=True)
    assert DigestIndex(path).same("hf:a/b") == ()
    for k in range(60):
        first.note(HF, "a/b", [(f"{n}.gguf", f"{n + k:064x}") for n in range(500)])
    assert path.stat().st_size < 30_000 * 90  # written anew before it grows without end
    first.note(HF, "a/b", [("last.gguf", f"{1:064x}")])
    assert "last.gguf" in {same.choice for same in DigestIndex(path).same("ollama:one")}


@pytest.mark.parametrize(
    "content",
    [
        *("", "{", "[]\n", "null\n", '{"version": 1, "places": 5}\n', "[" * 50_000 + "\n", '["hf:a/b"]\n'),
        f'["evil:a","x","{"0" * 64}"]\n["hf:a",5,"{"0" * 64}"]\n[7,"x","{"0" * 64}"]\n["hf:b","x","!"]\n',
        f'["hf:a/b","x","{"1" * 64}"]\n["hf:a/b","y"',
    ],
)
def test_a_damaged_index_only_forgets(tmp_path: Path, content: str) -> None:
    path = tmp_path / "digests.json"
    path.write_text(content)
    index = DigestIndex(path)
    assert index.same("hf:a/b") == ()
    for key in ("a/b", "c/d"):
        index.note(HF, key, [("x.gguf", "0" * 64), ("bad", "../etc")])
    assert [same.id for same in DigestIndex(path).same("hf:a/b")] == ["c/d"]


def test_an_index_that_cannot_be_written_still_works(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    index = DigestIndex(tmp_path / "file" / "digests.json")
    index.note(HF, "a/b", [("x", "0" * 64)])
    index.note(OLLAMA, "c", [("y", "0" * 64)])
    assert [same.key for same in index.same("hf:a/b")] == ["ollama:c"]


def test_the_index_does_not_grow_for_ever(tmp_path: Path) -> None:
    index = DigestIndex(tmp_path / "digests.json")
    index.note(HF, "old/one", [("x", "0" * 64)])
    index.note(OLLAMA, "many", [(str(k), f"{k:064x}") for k in range(1, 13_000)])
    index.note(OLLAMA, "new", [("x", "0" * 64)])
    assert index.same("hf:old/one") == ()
    assert (tmp_path / "digests.json").stat().st_size < 2_000_000
