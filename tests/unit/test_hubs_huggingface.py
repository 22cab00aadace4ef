"""The Hugging Face garden against the stand-in hub: search, paging, details, cards, headers, offline.

Faults 4 and 11–13 for metadata, 10 (401/403/404/429/503, Retry-After); threat "token in logs and redirects".
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.errors import AppError
from backend.events import EventBus
from backend.hubs.huggingface import HuggingFace
from backend.hubs.types import QuantFile, RemoteFile, SearchQuery, Sort
from backend.net.network import Network
from tests.support.standin_hub import File, Repo, StandInHub
from tests.support.tiny_gguf import encode_header, tiny_llama, tiny_llama_parts, tiny_split

CANARY = "hf_CanaryTokenThatMustNeverShowUp"
TINY = "acme/Tiny-3B-GGUF"
CARD = "---\nlicense: mit\ntags: [a]\n---\n# Tiny\n\nA *very* small model.\n"


@pytest.fixture(scope="module")
def big_header(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file whose header, with 300,000 tokens, takes several megabytes."""
    path = tmp_path_factory.mktemp("gguf") / "big-header-Q4_K_M.gguf"
    metadata, tensors = tiny_llama_parts(vocab=300_000, width=32, layers=1)
    path.write_bytes(encode_header(metadata, tensors))
    return path


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, big_header: Path) -> Iterator[StandInHub]:
    folder = tmp_path_factory.mktemp("models")
    tiny = tiny_llama(folder / "tiny-F16.gguf")
    parts = tiny_split(folder, "tiny-Q8_0", parts=3)
    with StandInHub() as hub:
        hub.add_repo(
            Repo(
                TINY,
                (
                    File("tiny-Q4_K_M.gguf", source=str(tiny)),
                    *(File(f"Q8_0/{part.name}", source=str(part)) for part in parts),
                    File("mmproj-tiny-F16.gguf", size=1000),
                    File("tiny.imatrix.gguf", size=500),
                    File("config.json", text="{}"),
                    File("../escape-Q4_0.gguf", size=10),
                ),
                downloads=500,
                likes=9,
                tags=("gguf", "license:mit", "base_model:quantized:acme/Tiny-3B", "base_model:acme/Tiny-3B"),
                gguf={"total": 3_000_000_000, "architecture": "llama", "context_length": 8192},
                card=CARD,
            )
        )
        hub.add_repo(
            Repo("acme/Tiny-3B", (File("config.json", text="{}"),), tags=("transformers",), downloads=9000)
        )
        hub.add_repo(
            Repo(
                "acme/Deep-GGUF",
                (File("deep-Q4_K_M.gguf", source=str(big_header), size=4_000_000_000, sha256="0" * 64),),
            )
        )
        hub.add_repo(
            Repo(
                "acme/Gated-GGUF",
                (File("g-Q4_0.gguf", source=str(tiny)),),
                gated="manual",
                card="# G",
                allowed_tokens=(CANARY,),
            )
        )
        hub.add_rows(95)
        yield hub


@pytest.fixture
def network(hub: StandInHub) -> Iterator[Network]:
    hub.reset()
    network = Network(EventBus())
    yield network
    network.close()


@pytest.fixture
def garden(hub: StandInHub, network: Network, tmp_path: Path) -> HuggingFace:
    return HuggingFace(network, tmp_path / "cache", endpoint=hub.endpoint, token=lambda: None)


def _code(error: pytest.ExceptionInfo[AppError]) -> str:
    assert error.value.title
    assert error.value.hint
    return error.value.code


# Search


def test_pages_follow_each_other_without_repeats(garden: HuggingFace, hub: StandInHub) -> None:
    query = SearchQuery("plant", Sort.DOWNLOADS, limit=30)
    seen, cursor, pages = [], None, 0
    while True:
        page = garden.search(query, cursor)
        seen += page.rows
        pages += 1
        cursor = page.next_cursor
        if cursor is None:
            break
        assert hub.endpoint not in cursor
    assert (len(seen), pages, len({row.id for row in seen})) == (95, 4, 95)
    assert [row.downloads for row in seen] == sorted((row.downloads or 0 for row in seen), reverse=True)
    assert len(hub.log("/api/models")) == pages
    row = seen[0]
    assert (row.name, row.parameters, row.license, row.architecture) == (
        "Plant-0000-1B-Instruct-GGUF",
        1_000_000_000,
        "apache-2.0",
        "llama",
    )
    assert row.has_gguf
    assert row.updated is not None


@pytest.mark.parametrize("sort", list(Sort))
def test_every_order_is_one_that_the_hub_knows(garden: HuggingFace, sort: Sort) -> None:
    assert garden.search(SearchQuery("plant", sort, limit=5)).rows


def test_only_gguf_unless_asked(garden: HuggingFace) -> None:
    assert [row.id for row in garden.search(SearchQuery("tiny")).rows] == [TINY]
    rows = garden.search(SearchQuery("tiny", gguf_only=False)).rows
    assert {row.id: row.has_gguf for row in rows} == {TINY: True, "acme/Tiny-3B": False}


@pytest.mark.parametrize(
    "text", [TINY, f"https://huggingface.co/{TINY}", f"hf.co/{TINY}:Q4_K_M", f"hf:{TINY}"]
)
def test_a_name_or_url_gives_that_repository_first(garden: HuggingFace, text: str) -> None:
    page = garden.search(SearchQuery(text))
    assert [row.id for row in page.rows] == [TINY]


def test_a_repository_without_gguf_brings_its_quantizations(garden: HuggingFace) -> None:
    rows = garden.search(SearchQuery("acme/Tiny-3B")).rows
    assert [row.id for row in rows] == ["acme/Tiny-3B", TINY]


def test_a_name_that_is_none_is_searched_for(garden: HuggingFace) -> None:
    assert garden.search(SearchQuery("nobody/nothing")).rows == ()
    with pytest.raises(AppError) as caught:
        garden.search(SearchQuery("https://huggingface.co/nobody/nothing"))
    assert _code(caught) == "hub.not_found"
    assert "nobody/nothing" in caught.value.title


def test_a_cursor_of_another_hub_is_not_followed(garden: HuggingFace) -> None:
    with pytest.raises(ValueError, match="cursor"):
        garden.search(SearchQuery(), "https://evil.example/api/models?x=1")


def test_a_page_of_endless_rows_is_cut(garden: HuggingFace, hub: StandInHub) -> None:
    body = ",".join(f'{{"id": "a/m{k}"}}' for k in range(20_000))
    hub.fault("garbage", "/api/models", body=f"[{body}]")
    assert 0 < len(garden.search(SearchQuery("endless")).rows) <= 1000


@pytest.mark.parametrize(
    ("link", "cursor"),
    [
        ("https://huggingface.co/api/models?cursor=30", "/api/models?cursor=30"),  # a mirror's
        ("/api/models?cursor=40", "/api/models?cursor=40"),
        ("http://[broken/api/models?cursor=40", None),
        ("{endpoint}/login?next=x", None),
        ("{endpoint}/api/models", None),
        ("https://evil.example/x?y=z", None),
    ],
)
def test_the_next_page_is_one_of_this_hub_or_none(
    garden: HuggingFace, hub: StandInHub, link: str, cursor: str | None
) -> None:
    headers = {"Link": f'<{link.format(endpoint=hub.endpoint)}>; rel="next"'}
    hub.fault("garbage", "/api/models", body='[{"id": "acme/Tiny-3B-GGUF"}]', headers=headers, times=1)
    assert garden.search(SearchQuery("mirrored")).next_cursor == cursor
    if cursor is not None:
        garden.search(SearchQuery("mirrored"), cursor)
        assert [entry.query for entry in hub.log("/api/models")][-1:] == [cursor.partition("?")[2]]


# Detail and card


def test_detail_groups_what_can_be_downloaded(
    garden: HuggingFace, hub: StandInHub, caplog: pytest.LogCaptureFixture
) -> None:
    detail = garden.detail(TINY)
    assert [(q.label, q.kind, len(q.files)) for q in detail.quants] == [
        ("Q4_K_M", "model", 1),
        ("Q8_0", "model", 3),
        ("F16", "projector", 1),
    ]
    assert len(detail.commit) == 40
    assert all(
        len(part.sha256 or "") == 64 and part.size > 0 for quant in detail.quants for part in quant.files
    )
    paths = {file.path for file in detail.files}
    assert "config.json" in paths
    assert not any("escape" in path for path in paths)
    assert "escape" in caplog.text
    assert detail.cached_at is None
    assert len(hub.log(f"/api/models/{TINY}")) == 1


def test_an_unchanged_detail_is_not_sent_again(garden: HuggingFace, hub: StandInHub) -> None:
    first = garden.detail(TINY)
    assert garden.detail(TINY) == first
    assert [entry.status for entry in hub.log(f"/api/models/{TINY}")] == [200, 304]
    assert garden.detail(TINY, max_age=60) == first
    assert len(hub.log(f"/api/models/{TINY}")) == 2


def test_a_renamed_repository_is_found(garden: HuggingFace, hub: StandInHub) -> None:
    hub.alias("oldname/Tiny-3B-GGUF", TINY)
    assert garden.detail("oldname/Tiny-3B-GGUF").model.id == TINY


@pytest.mark.parametrize(
    "repo_id", ["../../etc", "a/b/c", "acme/..", "", "acme/x?y=1", "https://x", "acme/x%2f"]
)
def test_what_is_no_repository_is_not_asked_for(garden: HuggingFace, hub: StandInHub, repo_id: str) -> None:
    with pytest.raises(AppError) as caught:
        garden.detail(repo_id)
    assert _code(caught) == "hub.not_found"
    assert hub.log() == []


def test_card_without_front_matter_and_only_once(garden: HuggingFace, hub: StandInHub) -> None:
    commit = garden.detail(TINY).commit
    assert garden.card(TINY, commit) == "# Tiny\n\nA *very* small model.\n"
    requests = len(hub.log())
    assert garden.card(TINY, commit).startswith("# Tiny")
    assert len(hub.log()) == requests


def test_no_card_is_an_empty_one(garden: HuggingFace) -> None:
    assert garden.card("acme/Deep-GGUF", garden.detail("acme/Deep-GGUF").commit) == ""


def test_a_huge_and_broken_card_is_cut_and_shown(garden: HuggingFace, hub: StandInHub) -> None:
    hub.add_repo(Repo("acme/Long", (File("README.md", size=5_000_000),)))
    card = garden.card("acme/Long", garden.detail("acme/Long").commit)
    assert 0 < len(card) <= 1_000_000
    assert sum(entry.sent for entry in hub.log("*README.md")) <= 5_000_000


# Headers


def test_tier_0_takes_two_requests_and_64_kib(garden: HuggingFace, hub: StandInHub) -> None:
    detail = garden.detail("acme/Deep-GGUF")
    hub.clear_log()
    headers, fetched = garden.header(detail, detail.quants[0], tier=0)
    assert headers[0].architecture == "llama"
    assert not headers[0].complete
    assert fetched == 65536
    assert [(e.server, e.method, e.status, e.sent) for e in hub.log()] == [
        ("hub", "GET", 302, 0),
        ("cdn", "GET", 206, 65536),
    ]
    assert garden.header(detail, detail.quants[0], tier=0)[1] == 0
    assert len(hub.log()) == 2


def test_tier_1_reads_the_header_and_hardly_more(
    garden: HuggingFace, hub: StandInHub, big_header: Path, network: Network, tmp_path: Path
) -> None:
    detail = garden.detail("acme/Deep-GGUF")
    hub.clear_log()
    garden.header(detail, detail.quants[0], tier=0)
    (header,), fetched = garden.header(detail, detail.quants[0], tier=1)
    assert header.complete
    assert header.n_vocab == 300_000
    size = big_header.stat().st_size
    assert size > 4_000_000
    assert size <= 65536 + fetched <= 1.05 * size
    assert len(hub.log(server="hub")) == 2  # one signed address per call
    # A later start reads it from the disk.
    again = HuggingFace(network, tmp_path / "cache", endpoint=hub.endpoint, token=lambda: None)
    requests = len(hub.log())
    assert again.header(detail, detail.quants[0], tier=1) == ((header,), 0)
    assert again.header(detail, detail.quants[0], tier=0)[1] == 0
    assert len(hub.log()) == requests


def test_a_split_model_has_one_header_per_part(garden: HuggingFace) -> None:
    detail = garden.detail(TINY)
    split = next(quant for quant in detail.quants if len(quant.files) == 3)
    headers, _ = garden.header(detail, split, tier=1)
    assert [header.split_index for header in headers] == [0, 1, 2]
    assert len(garden.header(detail, split, tier=0)[0]) == 1


def test_an_expired_signature_is_renewed(garden: HuggingFace, hub: StandInHub) -> None:
    detail = garden.detail("acme/Deep-GGUF")
    hub.fault("expired", skip=1, times=1)
    (header,), _ = garden.header(detail, detail.quants[0], tier=1)
    assert header.complete
    assert 403 in [entry.status for entry in hub.log(server="cdn")]


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("content_range", {"start": 1}),
        ("content_range", {"total": 5}),
        ("long", {"by": 7}),
        ("cut", {"after": 1000}),
        ("cut", {"after": 1000, "how": "rst"}),
        ("status", {"code": 503, "server": "cdn"}),
        ("html", {"server": "cdn"}),
    ],
)
def test_a_server_that_sends_something_else_is_not_believed(
    garden: HuggingFace, hub: StandInHub, kind: str, options: dict[str, object]
) -> None:
    detail = garden.detail("acme/Deep-GGUF")
    hub.fault(kind, "/acme/Deep-GGUF/*", **options)  # type: ignore[arg-type]
    with pytest.raises(AppError) as caught:
        garden.header(detail, detail.quants[0], tier=1)
    assert _code(caught).startswith(("hub.", "net."))
    hub.clear_faults()
    assert garden.header(detail, detail.quants[0], tier=1)[0][0].complete


def test_bad_bytes_are_not_kept_and_good_ones_are(garden: HuggingFace, hub: StandInHub) -> None:
    detail = garden.detail("acme/Deep-GGUF")
    hub.fault("wrong_bytes", "/acme/Deep-GGUF/*")
    with pytest.raises(AppError) as caught:
        garden.header(detail, detail.quants[0], tier=0)
    assert caught.value.code.startswith("gguf.")
    hub.clear_faults()
    assert garden.header(detail, detail.quants[0], tier=0)[1] == 65536
    hub.fault("cut", "/acme/Deep-GGUF/*", after=1_000_000)
    with pytest.raises(AppError):
        garden.header(detail, detail.quants[0], tier=1)
    hub.clear_faults()
    hub.clear_log()
    garden.header(detail, detail.quants[0], tier=1)
    assert hub.log(server="cdn")[0].range != "bytes=65536-2162687"  # goes on where the cut was


def test_a_server_that_ignores_ranges_costs_no_more_than_the_start(
    garden: HuggingFace, hub: StandInHub
) -> None:
    detail = garden.detail("acme/Deep-GGUF")
    hub.fault("ignore_range")
    (header,), fetched = garden.header(detail, detail.quants[0], tier=0)
    assert (header.architecture, fetched) == ("llama", 65536)
    with pytest.raises(AppError) as caught:
        garden.header(detail, detail.quants[0], tier=1)
    assert _code(caught) == "hub.range"


def test_a_file_that_is_no_gguf_is_named(garden: HuggingFace) -> None:
    detail = garden.detail(TINY)
    with pytest.raises(AppError) as caught:
        garden.header(detail, detail.quants[-1], tier=0)
    assert caught.value.code.startswith("gguf.")
    assert "mmproj-tiny-F16.gguf" in caught.value.title


# Refusals


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ({"code": 401, "error_code": "GatedRepo"}, "hub.gated", f"huggingface.co/{TINY}"),
        ({"code": 403, "error_code": "GatedRepo"}, "hub.gated", "accept the terms"),
        ({"code": 404, "error_code": "RepoNotFound"}, "hub.not_found", "spelling"),
        ({"code": 404, "error_code": "RevisionNotFound"}, "hub.revision", "again"),
        (
            {"code": 403, "message": "Access to this resource is disabled."},
            "hub.disabled",
            "another publisher",
        ),
        ({"code": 401}, "hub.token", "HF_TOKEN"),
        ({"code": 403}, "hub.forbidden", "token"),
        ({"code": 429, "headers": {"Retry-After": "120"}}, "hub.rate_limit", "120 seconds"),
        ({"code": 429, "headers": {"RateLimit": '"api";r=0;t=55'}}, "hub.rate_limit", "56 seconds"),
        ({"code": 429}, "hub.rate_limit", "few minutes"),
        ({"code": 503}, "hub.server", "minutes"),
        ({"code": 500}, "hub.server", "minutes"),
        ({"code": 418}, "hub.refused", "later"),
    ],
)
def test_every_refusal_has_its_own_sentence(
    garden: HuggingFace, hub: StandInHub, options: dict[str, object], code: str, words: str
) -> None:
    hub.fault("status", f"/api/models/{TINY}", **options)  # type: ignore[arg-type]
    with pytest.raises(AppError) as caught:
        garden.detail(TINY)
    assert _code(caught) == code
    assert words in caught.value.hint
    assert len(hub.log(f"/api/models/{TINY}")) == 1  # no retries behind the person's back


def test_a_server_without_the_list_is_not_a_missing_model(garden: HuggingFace, hub: StandInHub) -> None:
    hub.fault("status", "/api/models", code=404)
    with pytest.raises(AppError) as caught:
        garden.search(SearchQuery("plant"))
    assert _code(caught) == "hub.refused"
    assert "404" in caught.value.title


def test_a_gated_file(garden: HuggingFace, hub: StandInHub, network: Network, tmp_path: Path) -> None:
    detail = garden.detail("acme/Gated-GGUF")
    assert detail.model.gated
    for attempt in (
        lambda: garden.header(detail, detail.quants[0], tier=0),
        lambda: garden.card("acme/Gated-GGUF", detail.commit),
    ):
        with pytest.raises(AppError) as caught:
            attempt()
        assert _code(caught) == "hub.gated"
        assert "HF_TOKEN" in caught.value.hint
    allowed = HuggingFace(network, tmp_path / "other", endpoint=hub.endpoint, token=lambda: CANARY)
    assert allowed.header(detail, detail.quants[0], tier=1)[0][0].complete
    stranger = HuggingFace(network, tmp_path / "third", endpoint=hub.endpoint, token=lambda: "hf_other")
    with pytest.raises(AppError) as caught:
        stranger.card("acme/Gated-GGUF", detail.commit)
    assert _code(caught) == "hub.gated"
    assert "HF_TOKEN" not in caught.value.hint


@pytest.mark.parametrize(
    ("kind", "options", "code"),
    [
        ("html", {}, "hub.captive"),
        ("garbage", {"body": "<!DOCTYPE html><p>Hello", "content_type": "application/json"}, "hub.captive"),
        ("endless_json", {}, "net.too_much"),
        ("bad_utf8", {}, "hub.unreadable"),
        ("garbage", {"body": "{"}, "hub.unreadable"),
        ("garbage", {"body": '"a string"'}, "hub.unreadable"),
        ("garbage", {"body": '[1, {"id": "../x"}]'}, "hub.unreadable"),
        ("garbage", {"body": "[" * 100_000}, "hub.unreadable"),
        ("garbage", {"body": ""}, "hub.unreadable"),
        ("cut", {"after": 10}, "net.broken"),
        ("refuse", {}, "net.broken"),
        ("redirect_loop", {}, "net.redirect"),
        ("redirect", {"location": "http://login.hotel.example/"}, "net.redirect"),
        ("redirect", {"location": "https://10.0.0.1/"}, "net.redirect"),
    ],
)
def test_answers_that_are_none(
    garden: HuggingFace, hub: StandInHub, network: Network, kind: str, options: dict[str, object], code: str
) -> None:
    hub.fault(kind, "/api/models*", **options)  # type: ignore[arg-type]
    for attempt in (lambda: garden.search(SearchQuery("plant")), lambda: garden.detail(TINY)):
        with pytest.raises(AppError) as caught:
            attempt()
        assert _code(caught) == code
        assert caught.value.retryable
    assert sum(row.bytes_received for row in network.ledger()) < 2 * 17_000_000
    hub.clear_faults()
    assert garden.search(SearchQuery("plant")).rows  # nothing bad was kept


# Offline and unreachable


def test_offline_shows_what_was_seen_and_connects_to_nothing(
    garden: HuggingFace, hub: StandInHub, network: Network
) -> None:
    query = SearchQuery("plant", limit=10)
    page, detail = garden.search(query), garden.detail(TINY)
    card = garden.card(TINY, detail.commit)
    header = garden.header(detail, detail.quants[0], tier=1)[0]
    network.set_offline(True)
    hub.clear_log()
    known = garden.search(query)
    assert known.rows == page.rows
    assert known.cached_at is not None
    assert replace(garden.detail(TINY), cached_at=None) == detail
    assert garden.card(TINY, detail.commit) == card
    assert garden.header(detail, detail.quants[0], tier=1) == (header, 0)
    unseen = QuantFile("Q8_0", (RemoteFile("other.gguf", 5000),))
    for attempt in (
        lambda: garden.search(SearchQuery("something else")),
        lambda: garden.detail("acme/Deep-GGUF"),
        lambda: garden.card(TINY, "0" * 40),
        lambda: garden.header(detail, unseen, tier=0),
    ):
        with pytest.raises(AppError) as caught:
            attempt()
        assert _code(caught) == "net.offline"
    assert hub.connections() == 0


def test_a_hub_that_is_gone_is_noticed_at_once(network: Network, tmp_path: Path) -> None:
    with StandInHub() as hub:
        hub.add_repo(Repo("acme/Gone-GGUF", (File("g-Q4_0.gguf", size=100),)))
        garden = HuggingFace(network, tmp_path, endpoint=hub.endpoint, token=lambda: None)
        rows = garden.search(SearchQuery("gone")).rows
        hub.kill()
        assert garden.search(SearchQuery("gone")).rows == rows
        with pytest.raises(AppError) as caught:
            garden.detail("acme/Gone-GGUF")
        assert _code(caught) == "net.unreachable"


def test_a_damaged_or_missing_cache_is_only_forgotten(
    garden: HuggingFace, hub: StandInHub, tmp_path: Path
) -> None:
    first = garden.detail(TINY)
    for path in (tmp_path / "cache").rglob("*.cache"):
        path.write_bytes(path.read_bytes()[:-20])
    assert garden.detail(TINY) == first
    shutil.rmtree(tmp_path / "cache")
    (tmp_path / "cache").write_text("not a folder")
    assert garden.detail(TINY) == first


# The token


def test_the_token_goes_to_the_hub_and_nowhere_else(
    hub: StandInHub, network: Network, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    garden = HuggingFace(network, tmp_path / "cache", endpoint=hub.endpoint, token=lambda: CANARY)
    garden.search(SearchQuery("plant", limit=5))
    detail = garden.detail(TINY)
    garden.card(TINY, detail.commit)
    garden.header(detail, detail.quants[0], tier=1)
    garden.header(garden.detail("acme/Deep-GGUF"), garden.detail("acme/Deep-GGUF").quants[0], tier=1)
    assert garden.auth_headers("https://cdn.example.org/x").get("authorization") is None
    assert garden.auth_headers(f"{hub.endpoint}/x")["authorization"] == f"Bearer {CANARY}"
    log = hub.log()
    assert all(entry.token == CANARY for entry in log if entry.server == "hub")
    assert not any(entry.authorization for entry in log if entry.server == "cdn")
    assert any(entry.server == "cdn" for entry in log)

    hub.fault("status", "/api/*", code=403, message=f"your token {CANARY} is bad")
    with pytest.raises(AppError) as caught:
        garden.detail("acme/Deep-GGUF")
    error = caught.value
    assert CANARY not in f"{error} {error.detail} {error.args}"
    assert CANARY not in caplog.text
    assert CANARY not in repr(network.ledger())
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not any(CANARY.encode() in path.read_bytes() or CANARY in path.name for path in files)


@pytest.mark.parametrize("token", ["hf_with space", "hf_line\nbreak", "hf_ü"])
def test_a_token_that_cannot_be_one_is_not_sent(
    hub: StandInHub, network: Network, tmp_path: Path, token: str
) -> None:
    garden = HuggingFace(network, tmp_path, endpoint=hub.endpoint, token=lambda: token)
    with pytest.raises(AppError) as caught:
        garden.detail(TINY)
    assert _code(caught) == "hub.token"
    assert token not in f"{caught.value} {caught.value.detail}"
    assert hub.log() == []
