"""The Ollama garden against the stand-in registry and library: search, tags, manifests, headers, offline.

Faults 10–12 for pages and manifests, 4 and 13 for headers; pages with and without markers, and unreadable.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.errors import AppError
from backend.events import EventBus
from backend.hubs.ollama.garden import OllamaGarden
from backend.hubs.ollama.rows import bundled, parameters
from backend.hubs.types import Purpose, QuantFile, RemoteFile, SearchQuery, Sort, Source
from backend.net.network import Network
from tests.support.standin_ollama import File, Layer, Model, StandInOllama, Tag
from tests.support.tiny_gguf import encode_header, tiny_llama, tiny_llama_parts

TEMPLATE = Layer("template", File("template", text="{{ .Prompt }}"))
LICENSE = Layer("license", File("license", text="MIT"))


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandInOllama]:
    folder = tmp_path_factory.mktemp("models")
    tiny = File("model", source=str(tiny_llama(folder / "tiny.gguf")))
    big = folder / "big.gguf"
    metadata, tensors = tiny_llama_parts(vocab=300_000, width=32, layers=1)
    big.write_bytes(encode_header(metadata, tensors))
    deep = File("model", source=str(big), size=4_000_000_000, sha256="d" * 64)
    projector = Layer("projector", File("mmproj", size=5000))
    with StandInOllama() as ollama:
        ollama.add(
            Model(
                "tiny",
                (
                    Tag("latest", tiny, (TEMPLATE, LICENSE, projector), {"context_length": 8192}),
                    Tag("3b-instruct-q8_0", tiny, (TEMPLATE,), {"file_type": "Q8_0"}),
                    Tag("1b-cloud", config={"remote_host": "https://ollama.com"}, shown_size="-"),
                    Tag("3b-mlx", None, (Layer("tensor", File("t", size=100)),)),
                ),
                summary="A very small model.",
                capabilities=("tools", "vision"),
                sizes=("1b", "3b"),
                pulls="33.2M",
                readme="# Tiny\n\nA *very* small model.",
            )
        )
        ollama.add(Model("deep", (Tag("latest", deep), Tag("7b", deep)), sizes=("7b",)))
        ollama.add(Model("coder", (Tag("latest", tiny),), summary="For code.", sizes=("8x7b",)))
        ollama.add(Model("vectors", (Tag("latest", tiny),), capabilities=("embedding",), sizes=("335m",)))
        ollama.add(Model("far", (Tag("latest"),), capabilities=("cloud",)))
        ollama.add(Model("someone/own", (Tag("v1", tiny),), summary="Own work.", sizes=("3b",)))
        ollama.add_rows(45)
        yield ollama


@pytest.fixture
def ollama(started: StandInOllama) -> StandInOllama:
    started.reset()
    return started


@pytest.fixture
def network() -> Iterator[Network]:
    network = Network(EventBus())
    yield network
    network.close()


@pytest.fixture
def garden(ollama: StandInOllama, network: Network, tmp_path: Path) -> OllamaGarden:
    return OllamaGarden(network, tmp_path / "cache", registry=ollama.registry, library=ollama.library)


def code_of(error: pytest.ExceptionInfo[AppError]) -> str:
    assert error.value.title
    assert error.value.hint
    return error.value.code


# Search


@pytest.mark.parametrize("style", ["plain", "markers"])
def test_pages_follow_each_other(garden: OllamaGarden, ollama: StandInOllama, style: str) -> None:
    ollama.style(style)
    seen, cursor, pages = [], None, 0
    while True:
        page = garden.search(SearchQuery("plant"), cursor)
        assert not page.troubles
        seen += page.rows
        pages += 1
        cursor = page.next_cursor
        if cursor is None:
            break
    assert (len(seen), pages, len({row.id for row in seen})) == (45, 3, 45)
    row = seen[0]
    assert (row.key, row.owner, row.parameters, row.sizes) == (
        "ollama:plant-0000",
        "",
        1_000_000_000,
        ("1b",),
    )
    assert (row.downloads, row.has_gguf, row.tags) == (67_500, True, ("tools",))
    assert row.summary == "Made-up model number 0, for paging."
    assert row.updated is not None


def test_the_size_of_one_tag_is_not_that_of_a_model_with_several(
    garden: OllamaGarden, ollama: StandInOllama
) -> None:
    (row,) = garden.search(SearchQuery("ollama:tiny:3b-instruct-q8_0")).rows
    assert (row.parameters, row.sizes) == (None, ("1b", "3b"))
    ollama.style("redesigned")
    (row,) = garden.search(SearchQuery("ollama:someone/own:v1")).rows
    assert (row.parameters, row.sizes) == (3_200_000_000, ())


def test_a_name_that_was_looked_up_before_is_shown_offline_with_its_age(
    garden: OllamaGarden, network: Network
) -> None:
    fresh = garden.search(SearchQuery("ollama:tiny:latest"))
    network.set_offline(True)
    known = garden.search(SearchQuery("ollama:tiny:latest"))
    assert (fresh.cached_at, known.rows) == (None, fresh.rows)
    assert known.cached_at is not None


def test_the_library_is_an_author_whose_name_stands_nowhere(garden: OllamaGarden) -> None:
    found = {row.id for row in garden.search(SearchQuery(author="library")).rows}
    assert "tiny" in found and "someone/own" not in found


def test_requests_are_anonymous_and_not_of_ollama_itself(garden: OllamaGarden, ollama: StandInOllama) -> None:
    garden.search(SearchQuery("tiny"))
    detail = garden.detail("tiny")
    garden.header(detail, detail.quants[0], tier=0)
    log = ollama.log()
    assert {entry.server for entry in log} == {"registry", "store", "library"}
    assert not any(entry.authorization for entry in log)
    assert all((entry.user_agent or "").startswith("orangery/") for entry in log)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("tiny:latest", "tiny"),
        ("ollama:tiny", "tiny"),
        ("ollama:tiny:3b-instruct-q8_0", "tiny"),
        ("ollama run tiny", "tiny"),
        ("https://ollama.com/library/tiny:3b-instruct-q8_0", "tiny"),
        ("ollama.com/someone/own", "someone/own"),
        ("someone/own", "someone/own"),
        ("someone/own:v1", "someone/own"),
    ],
)
@pytest.mark.parametrize("style", ["plain", "redesigned"])
def test_a_name_is_found_whatever_the_pages_look_like(
    garden: OllamaGarden, ollama: StandInOllama, text: str, first: str, style: str
) -> None:
    ollama.style(style)
    page = garden.search(SearchQuery(text))
    if style == "redesigned" and text.endswith("someone/own"):
        # Without a tag, only the page tells what a model has that has no latest.
        assert (page.rows, page.troubles[0].error.code) == ((), "ollama.page_unreadable")
        return
    assert page.rows[0].id == first
    assert ollama.log("/v2/*/manifests/*")


@pytest.mark.parametrize(
    "text", ["ollama:tiny:nothing", "ollama:qqqq:1b", "ollama:qqqq", "ollama:own/qqqq:x"]
)
def test_a_name_that_is_none(garden: OllamaGarden, text: str) -> None:
    with pytest.raises(AppError) as caught:
        garden.search(SearchQuery(text))
    assert code_of(caught) == "ollama.not_found"
    assert text.split(":")[1] in caught.value.title


def test_half_a_name_behind_the_prefix_is_searched_for(garden: OllamaGarden) -> None:
    assert {row.id for row in garden.search(SearchQuery("ollama:plant-000")).rows} >= {"plant-0000"}
    assert garden.search(SearchQuery("tiny:nothing")).rows[0].id == "tiny"


def test_an_address_of_the_other_garden_is_not_looked_for_here(
    garden: OllamaGarden, ollama: StandInOllama
) -> None:
    for text in ("hf:someone/own", "https://huggingface.co/someone/own", "hf.co/someone/own:Q4_K_M"):
        assert garden.search(SearchQuery(text)).rows == ()
    assert ollama.log() == []


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"purpose": Purpose.VISION}, {"tiny"}),
        ({"purpose": Purpose.EMBEDDING}, {"vectors"}),
        ({"purpose": Purpose.CODE}, {"coder"}),
        ({"purpose": Purpose.CHAT}, {"tiny", "deep", "coder"}),
        ({"purpose": Purpose.RERANKING}, set()),
        ({"purpose": Purpose.OTHER}, set()),
        ({"least_parameters": 3_000_000_000, "most_parameters": 9_000_000_000}, {"tiny", "deep"}),
        ({"least_parameters": 50_000_000_000}, {"coder"}),
        ({"most_parameters": 500_000_000}, {"vectors"}),
        ({"license": "mit"}, set()),
        ({"language": "pl"}, set()),
        ({"gated": True}, set()),
        ({"gated": False, "purpose": Purpose.VISION}, {"tiny"}),
        ({"author": "Someone"}, {"someone/own"}),
        ({"author": "nobody"}, set()),
        ({"gguf_only": False}, {"tiny", "deep", "coder", "vectors", "far"}),
        ({}, {"tiny", "deep", "coder", "vectors"}),
        ({"gardens": frozenset({Source.HUGGING_FACE})}, set()),
    ],
)
def test_filters(garden: OllamaGarden, filters: dict[str, object], ids: set[str]) -> None:
    page = garden.search(replace(SearchQuery(), **filters))  # type: ignore[arg-type]
    assert {row.id for row in page.rows if not row.id.startswith("plant")} == ids
    assert not page.troubles


def test_filters_and_order_that_the_library_knows_are_left_to_it(
    garden: OllamaGarden, ollama: StandInOllama
) -> None:
    garden.search(SearchQuery("x", Sort.UPDATED, purpose=Purpose.EMBEDDING))
    assert ollama.log("/search")[0].query == "q=x&o=newest&c=embedding"
    garden.search(SearchQuery("a & b=c", Sort.TRENDING))
    assert ollama.log("/search")[1].query == "q=a+%26+b%3Dc"


@pytest.mark.parametrize("cursor", ["", "0", "1", "-2", "x", "2&q=y", "٢", "9999999", "/search"])
def test_a_cursor_of_somebody_else_is_not_followed(garden: OllamaGarden, cursor: str) -> None:
    with pytest.raises(ValueError, match="cursor"):
        garden.search(SearchQuery("plant"), cursor)


# Pages that cannot be read


def test_an_unreadable_page_is_said_and_the_bundled_list_stands_in(
    garden: OllamaGarden, ollama: StandInOllama
) -> None:
    ollama.style("redesigned")
    page = garden.search(SearchQuery("llama"))
    (trouble,) = page.troubles
    assert (trouble.source, trouble.fallback) == (Source.OLLAMA, True)
    assert trouble.error.code == "ollama.page_unreadable"
    assert "could not read the library page" in trouble.error.title
    assert "name:tag" in trouble.error.hint
    assert {row.id for row in page.rows} >= {"llama3.2", "tinyllama"}
    assert all("llama" in f"{row.id} {row.summary}".lower() for row in page.rows)
    assert page.next_cursor is None
    small = garden.search(SearchQuery("", most_parameters=2_000_000_000, purpose=Purpose.EMBEDDING))
    assert small.rows
    assert all("embedding" in row.tags for row in small.rows)
    ollama.style("plain")
    assert garden.search(SearchQuery("plant")).rows
    assert not garden.search(SearchQuery("llama")).troubles  # nothing unreadable was kept


def test_what_the_page_said_before_is_better_than_the_list(
    garden: OllamaGarden, ollama: StandInOllama
) -> None:
    before = garden.search(SearchQuery("plant"))
    ollama.style("redesigned")
    page = garden.search(SearchQuery("plant"))
    assert page.rows == before.rows
    assert page.cached_at is not None and page.next_cursor is None
    assert [(t.error.code, t.fallback) for t in page.troubles] == [("ollama.page_unreadable", False)]


def test_nothing_found_is_no_trouble(garden: OllamaGarden) -> None:
    page = garden.search(SearchQuery("qqqqqq"))
    assert (page.rows, page.troubles, page.next_cursor) == ((), (), None)


def test_the_bundled_list_is_sound() -> None:
    names = [entry.card.name for entry in bundled()]
    assert 40 <= len(names) == len(set(names))
    for entry in bundled():
        assert entry.latest in entry.sizes
        assert entry.card.summary.endswith(".")
        assert all(10_000_000 < size < 10**12 for size in entry.sizes.values())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("8b", 8e9),
        ("8x7b", 56e9),
        ("e4b", 4e9),
        ("335m", 335e6),
        ("1.5b", 1.5e9),
        ("1t", 1e12),
        ("v1.5", None),
        ("9" * 39 + "t", None),
        ("9" * 99 + "x" + "9" * 99 + "b", None),
    ],
)
def test_sizes_in_words(text: str, count: float | None) -> None:
    assert parameters(text) == count


# Detail


@pytest.mark.parametrize("style", ["plain", "markers"])
def test_a_model_with_its_tags(garden: OllamaGarden, ollama: StandInOllama, style: str) -> None:
    ollama.style(style)
    detail = garden.detail("tiny")
    assert (detail.commit, detail.cached_at, detail.files) == ("", None, ())
    assert (detail.model.summary, detail.model.downloads) == ("A very small model.", 33_200_000)
    assert detail.model.has_gguf
    assert [(quant.tag, quant.label, quant.kind) for quant in detail.quants] == [
        ("latest", "unknown", "model"),
        ("3b-instruct-q8_0", "Q8_0", "model"),
        ("1b-cloud", "unknown", "cloud"),
        ("3b-mlx", "unknown", "mlx"),
    ]
    latest = detail.quants[0]
    assert latest.files == (RemoteFile("latest", latest.size),)
    assert latest.size > 100_000
    assert (latest.context_length, len(latest.digest), latest.manifest) == (131_072, 12, "")
    assert ollama.log("/v2/*") == []  # manifests come when they are asked for


def test_a_tag_is_completed_from_its_manifest(garden: OllamaGarden, ollama: StandInOllama) -> None:
    detail = garden.detail("tiny")
    quant = garden.complete("tiny", detail.quants[0])
    body = quant.manifest.encode()
    assert hashlib.sha256(body).hexdigest() == quant.digest
    assert quant.digest.startswith(detail.quants[0].digest)
    layers = json.loads(body)["layers"]
    assert quant.files == (
        RemoteFile(f"sha256-{layers[0]['digest'][7:]}", layers[0]["size"], sha256=layers[0]["digest"][7:]),
    )
    assert len(quant.extras) == 4  # template, licence, projector, config
    assert all(extra.path == f"sha256-{extra.sha256}" for extra in quant.extras)
    assert quant.download_size == sum(entry["size"] for entry in layers) + json.loads(body)["config"]["size"]
    assert (quant.label, quant.kind, quant.context_length) == ("Q4_K_M", "model", 8192)
    assert (quant.family, quant.parameters) == ("llama", "3.2B")
    url = garden.blob_url("tiny", quant.files[0].sha256 or "")
    assert url == f"{ollama.registry}/v2/library/tiny/blobs/sha256:{quant.files[0].sha256}"
    configs = len(ollama.log("/v2/*/blobs/*"))
    assert garden.complete("tiny", detail.quants[0]) == quant
    assert len(ollama.log("/v2/*/manifests/latest")) == 1  # the page says that it is still the same
    assert garden.choice("tiny") == replace(quant, updated=None)
    assert len(ollama.log("/v2/*/blobs/*")) == configs  # the config is named by its content
    assert [entry.status for entry in ollama.log("/v2/*/manifests/latest")] == [200, 304]


def test_a_tag_that_moved_is_read_anew(garden: OllamaGarden, ollama: StandInOllama) -> None:
    ollama.add(Model("moving", (Tag("latest", File("m", size=5000, seed=1)),)))
    before = garden.complete("moving", garden.detail("moving").quants[0])
    ollama.add(Model("moving", (Tag("latest", File("m", size=5000, seed=2)),)))
    after = garden.complete("moving", garden.detail("moving").quants[0])
    assert before.files[0].sha256 != after.files[0].sha256
    assert before.digest != after.digest


@pytest.mark.parametrize(("tag", "kind"), [("1b-cloud", "cloud"), ("3b-mlx", "mlx")])
def test_what_cannot_run_here_is_marked(garden: OllamaGarden, tag: str, kind: str) -> None:
    detail = garden.detail("tiny")
    found = garden.choice("tiny", tag)
    assert (found.kind, found.files[0].sha256) == (kind, None)
    with pytest.raises(AppError) as caught:
        garden.header(detail, found, tier=0)
    assert code_of(caught) == "ollama.not_runnable"
    assert f"tiny:{tag}" in caught.value.title


def test_a_model_that_runs_only_elsewhere(garden: OllamaGarden) -> None:
    assert garden.search(SearchQuery("ollama:far")).rows[0].has_gguf is False
    assert garden.choice("far").kind in ("cloud", "other")


def test_without_the_page_the_registry_and_the_list_tell(garden: OllamaGarden, ollama: StandInOllama) -> None:
    ollama.style("redesigned")
    detail = garden.detail("tiny")
    (quant,) = detail.quants
    assert (quant.tag, quant.label, bool(quant.manifest)) == ("latest", "Q4_K_M", True)
    ollama.add(Model("qwen3", (Tag("latest", File("m", size=5000)),)))
    detail = garden.detail("qwen3")
    assert {"latest", "0.6b", "8b", "32b"} <= {quant.tag for quant in detail.quants}
    assert detail.model.summary
    with pytest.raises(AppError) as caught:
        garden.detail("someone/own")  # has no latest; only the page would tell
    assert code_of(caught) == "ollama.page_unreadable"


@pytest.mark.parametrize("name", ["nothing", "nobody/nothing"])
def test_a_model_that_is_none(garden: OllamaGarden, name: str) -> None:
    with pytest.raises(AppError) as caught:
        garden.detail(name)
    assert code_of(caught) == "ollama.not_found"
    assert name in caught.value.title


@pytest.mark.parametrize("name", ["../x", "a/b/c", "", "x y", "CON", "http://x", "library/../x"])
def test_what_is_no_name_is_not_asked_for(garden: OllamaGarden, ollama: StandInOllama, name: str) -> None:
    for attempt in (
        lambda: garden.detail(name),
        lambda: garden.card(name, ""),
        lambda: garden.choice(name),
        lambda: garden.blob_url(name, "a" * 64),
        lambda: garden.choice("tiny", name or "../x"),
        lambda: garden.blob_url("tiny", name),
    ):
        with pytest.raises(AppError) as caught:
            attempt()
        assert code_of(caught) == "ollama.bad_name"
    assert ollama.log() == []


def test_the_card_comes_from_the_page_that_was_seen(garden: OllamaGarden, ollama: StandInOllama) -> None:
    garden.detail("tiny")
    asked = len(ollama.log())
    assert garden.card("tiny", "") == "# Tiny\n\nA *very* small model."
    assert len(ollama.log()) == asked
    assert garden.card("coder", "") == ""


# Headers


def test_tier_0_takes_64_kib_of_the_weights(garden: OllamaGarden, ollama: StandInOllama) -> None:
    detail = garden.detail("deep")
    quant = garden.complete("deep", detail.quants[0])
    ollama.clear_log()
    (header,), fetched = garden.header(detail, quant, tier=0)
    assert (header.architecture, header.complete, fetched) == ("llama", False, 65536)
    assert [(e.server, e.status, e.sent) for e in ollama.log()] == [
        ("registry", 307, 0),
        ("store", 206, 65536),
    ]
    assert garden.header(detail, quant, tier=0)[1] == 0


def test_tier_1_reads_on_and_other_tags_of_the_same_weights_cost_nothing(
    garden: OllamaGarden, ollama: StandInOllama
) -> None:
    detail = garden.detail("deep")
    first, second = detail.quants
    garden.header(detail, first, tier=0)
    (header,), fetched = garden.header(detail, first, tier=1)
    assert header.complete and header.n_vocab == 300_000
    assert 4_000_000 < fetched < 10_000_000
    assert garden.header(detail, second, tier=1) == ((header,), 0)


def test_an_expired_address_is_renewed(garden: OllamaGarden, ollama: StandInOllama) -> None:
    detail = garden.detail("deep")
    quant = garden.complete("deep", detail.quants[0])
    ollama.fault("expired", f"*{'d' * 64}", skip=1, times=1)
    (header,), _ = garden.header(detail, quant, tier=1)
    assert header.complete
    assert 403 in [entry.status for entry in ollama.log(server="store")]


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("content_range", {"start": 1}),
        ("content_range", {"total": 5}),
        ("long", {"by": 7}),
        ("cut", {"after": 1000}),
        ("cut", {"after": 1000, "how": "rst"}),
        ("status", {"code": 503, "server": "store"}),
        ("status", {"code": 404, "server": "registry"}),
        ("html", {"server": "store"}),
        ("redirect", {"server": "registry", "location": "http://10.0.0.1/x"}),
        ("redirect_loop", {"server": "registry"}),
        ("wrong_bytes", {}),
    ],
)
def test_weights_that_are_something_else_are_not_believed(
    garden: OllamaGarden, ollama: StandInOllama, kind: str, options: dict[str, object]
) -> None:
    detail = garden.detail("deep")
    quant = garden.complete("deep", detail.quants[0])
    ollama.fault(kind, f"*{'d' * 64}", **options)  # type: ignore[arg-type]
    with pytest.raises(AppError) as caught:
        garden.header(detail, quant, tier=1)
    assert code_of(caught).startswith(("ollama.", "hub.", "net.", "gguf."))
    ollama.clear_faults()
    assert garden.header(detail, quant, tier=1)[0][0].complete


# Refusals and hostile answers


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ({"code": 401}, "ollama.forbidden", "private"),
        ({"code": 403}, "ollama.forbidden", "private"),
        ({"code": 404}, "ollama.not_found", "spelling"),
        ({"code": 429, "headers": {"Retry-After": "120"}}, "ollama.rate_limit", "120 seconds"),
        ({"code": 429}, "ollama.rate_limit", "few minutes"),
        ({"code": 500}, "ollama.server", "minutes"),
        ({"code": 503}, "ollama.server", "minutes"),
        ({"code": 418}, "ollama.refused", "later"),
    ],
)
def test_every_refusal_has_its_own_sentence(
    garden: OllamaGarden, ollama: StandInOllama, options: dict[str, object], code: str, words: str
) -> None:
    ollama.fault("status", "/v2/*", **options)  # type: ignore[arg-type]
    ollama.fault("status", "/search", **options)  # type: ignore[arg-type]
    with pytest.raises(AppError) as caught:
        garden.choice("tiny")
    assert code_of(caught) == code
    assert words in caught.value.hint
    assert len(ollama.log("/v2/*")) == 1  # no retries behind the person's back
    page = garden.search(SearchQuery("llama"))
    shown = "ollama.page_unreadable" if code == "ollama.not_found" else code  # a page is no model
    assert [(t.error.code, t.fallback) for t in page.troubles] == [(shown, True)]
    assert page.rows


@pytest.mark.parametrize(
    ("kind", "options", "manifest", "page"),
    [
        ("html", {}, "ollama.captive", "ollama.captive"),
        ("endless_json", {}, "net.too_much", "net.too_much"),
        ("bad_utf8", {}, "ollama.manifest", "ollama.page_unreadable"),
        ("garbage", {"body": "{"}, "ollama.manifest", "ollama.page_unreadable"),
        ("garbage", {"body": "[" * 100_000}, "ollama.manifest", "ollama.page_unreadable"),
        ("garbage", {"body": "<!DOCTYPE html><p>Hi"}, "ollama.captive", "ollama.page_unreadable"),
        ("redirect_loop", {}, "net.redirect", "net.redirect"),
        ("redirect", {"location": "http://login.hotel.example/"}, "net.redirect", "net.redirect"),
        ("redirect", {"location": "https://10.0.0.1/"}, "net.redirect", "net.redirect"),
        ("cut", {"after": 10}, "net.broken", None),
        ("refuse", {}, "net.broken", None),
    ],
)
def test_answers_that_are_none(
    garden: OllamaGarden,
    ollama: StandInOllama,
    network: Network,
    kind: str,
    options: dict[str, object],
    manifest: str,
    page: str | None,
) -> None:
    ollama.fault(kind, "/v2/*", **options)  # type: ignore[arg-type]
    ollama.fault(kind, "/search", **options)  # type: ignore[arg-type]
    with pytest.raises(AppError) as caught:
        garden.choice("tiny")
    assert code_of(caught) == manifest
    assert caught.value.retryable
    if page is None:
        with pytest.raises(AppError) as caught:
            garden.search(SearchQuery("llama"))
        assert code_of(caught) == manifest
    else:
        found = garden.search(SearchQuery("llama"))
        assert [(trouble.error.code, trouble.fallback) for trouble in found.troubles] == [(page, True)]
        assert found.rows
    assert sum(row.bytes_received for row in network.ledger()) < 17_000_000
    ollama.clear_faults()
    assert garden.choice("tiny").kind == "model"  # nothing bad was kept
    assert not garden.search(SearchQuery("llama")).troubles


@pytest.mark.parametrize(
    "text",
    [
        '{"schemaVersion": 2}',
        '{"schemaVersion": 2, "config": {}, "layers": []}',
        "[]",
        '{"schemaVersion": 2, "layers": [], "config": {"mediaType": "application/json", "size": 2, '
        '"digest": "sha256:../../../etc/passwd"}}',
    ],
)
def test_a_hostile_manifest_stops_at_the_door(garden: OllamaGarden, ollama: StandInOllama, text: str) -> None:
    ollama.add(Model("evil", (Tag("latest", manifest=text),)))
    with pytest.raises(AppError) as caught:
        garden.choice("evil")
    assert code_of(caught) == "ollama.manifest"
    assert not ollama.log("/v2/*/blobs/*")


def test_a_config_that_is_another_one_is_refused(garden: OllamaGarden, ollama: StandInOllama) -> None:
    for kind in ("flip", "short", "long"):
        ollama.fault(kind, "/blobs/*", times=1, by=1, at=3)
        with pytest.raises(AppError) as caught:
            garden.choice("tiny")
        assert code_of(caught) == "ollama.config"
    assert garden.choice("tiny").label == "Q4_K_M"


# Offline


def test_offline_shows_what_was_seen_with_its_age(
    garden: OllamaGarden, ollama: StandInOllama, network: Network
) -> None:
    page, detail = garden.search(SearchQuery("plant")), garden.detail("tiny")
    quant = garden.complete("tiny", detail.quants[0])
    header = garden.header(detail, quant, tier=1)[0]
    network.set_offline(True)
    ollama.clear_log()
    known = garden.search(SearchQuery("plant"))
    assert known.rows == page.rows and known.cached_at is not None and not known.troubles
    again = garden.detail("tiny")
    assert again.cached_at is not None
    # An age in words is read anew each time; the rest is the same.
    assert [replace(q, updated=None) for q in again.quants] == [
        replace(q, updated=None) for q in detail.quants
    ]
    assert garden.complete("tiny", detail.quants[0]) == quant
    assert garden.header(detail, quant, tier=1) == (header, 0)
    assert garden.card("tiny", "").startswith("# Tiny")
    unseen = QuantFile("x", (RemoteFile("sha256-" + "9" * 64, 5000, "9" * 64),), tag="latest", manifest="{}")
    for attempt in (
        lambda: garden.search(SearchQuery("something else")),
        lambda: garden.search(SearchQuery("ollama:other:1b")),
        lambda: garden.detail("deep"),
        lambda: garden.choice("deep"),
        lambda: garden.header(detail, unseen, tier=0),
    ):
        with pytest.raises(AppError) as caught:
            attempt()
        assert code_of(caught) == "net.offline"
    assert ollama.connections() == 0


def test_what_the_website_said_is_good_for_a_while(garden: OllamaGarden, ollama: StandInOllama) -> None:
    garden.detail("tiny")
    garden.detail("tiny")
    assert [entry.status for entry in ollama.log("/library/tiny/tags")] == [200, 304]
    garden.detail("tiny", max_age=60)
    assert len(ollama.log("/library/tiny/tags")) == 2


def test_a_site_that_is_gone_is_noticed(network: Network, tmp_path: Path) -> None:
    with StandInOllama() as ollama:
        ollama.add_rows(3)
        garden = OllamaGarden(network, tmp_path, registry=ollama.registry, library=ollama.library)
        rows = garden.search(SearchQuery("plant")).rows
        ollama.kill()
        assert garden.search(SearchQuery("plant")).rows == rows
        with pytest.raises(AppError) as caught:
            garden.detail("plant-0001")
        assert code_of(caught) == "net.unreachable"
