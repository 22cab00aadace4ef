"""Every filter of a search, as the hub wants it and as it answers; revisions in addresses; what is shown of a
cache when the way to the hub changes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import AppError
from backend.events import EventBus
from backend.hubs.filters import keeps, list_params
from backend.hubs.huggingface import HuggingFace
from backend.hubs.parse import parse_query
from backend.hubs.rows import EXPAND
from backend.hubs.types import HubModel, Purpose, SearchQuery, Sort, Source
from backend.net.network import Network
from tests.support.standin_hub import File, Repo, StandInHub


def _repo(name: str, billions: float, *tags: str, owner: str = "acme", **fields: object) -> Repo:
    values: dict[str, object] = {
        "id": f"{owner}/{name}",
        "files": (File(f"{name}-Q4_K_M.gguf", size=100),),
        "tags": ("gguf", *tags),
        "gguf": {"total": int(billions * 1e9), "architecture": "llama", "context_length": 4096},
        **fields,
    }
    return Repo(**values)  # type: ignore[arg-type]


REPOS = (
    _repo("Talk-8B-Instruct-GGUF", 8, "conversational", "license:apache-2.0", "en", "pl"),
    _repo("Talk-70B-Instruct-GGUF", 70, "conversational", "license:mit", "en", gated="manual"),
    _repo("Plain-3B-Base-GGUF", 3, "text-generation", "license:mit", "en"),
    _repo("Coder-7B-GGUF", 7, "conversational", "code", "license:mit", owner="other"),
    _repo("Look-4B-GGUF", 4, "conversational", pipeline_tag="image-text-to-text"),
    _repo(
        "Near-GGUF", 0.3, "sentence-transformers", "feature-extraction", pipeline_tag="sentence-similarity"
    ),
    _repo("Rank-GGUF", 0.6, pipeline_tag="text-ranking"),
    _repo(
        "Paint-GGUF", 12, pipeline_tag="text-to-image", gguf={"total": 12_000_000_000, "architecture": "flux"}
    ),
    Repo(
        "acme/Raw-8B",
        (File("config.json", text="{}"),),
        tags=("transformers",),
        config={"architectures": ["LlamaForCausalLM"], "model_type": "llama"},
        extra={"safetensors": {"total": 8_000_000_000}},
    ),
    _repo("Tone-lora-GGUF", 0.01, "base_model:acme/Raw-8B", "base_model:adapter:acme/Raw-8B"),
    _repo("Raw-8B-GGUF", 8, "conversational", "base_model:acme/Raw-8B", "base_model:quantized:acme/Raw-8B"),
)


@pytest.fixture(scope="module")
def hub() -> Iterator[StandInHub]:
    with StandInHub() as hub:
        for repo in REPOS:
            hub.add_repo(repo)
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


def _names(garden: HuggingFace, query: SearchQuery) -> set[str]:
    return {row.name.removesuffix("-GGUF") for row in garden.search(query).rows}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (SearchQuery(purpose=Purpose.CHAT), {"Talk-8B-Instruct", "Talk-70B-Instruct", "Coder-7B", "Raw-8B"}),
        (SearchQuery(purpose=Purpose.COMPLETION), {"Plain-3B-Base"}),
        (SearchQuery(purpose=Purpose.CODE), {"Coder-7B"}),
        (SearchQuery("coder", purpose=Purpose.CODE), {"Coder-7B"}),
        (SearchQuery(purpose=Purpose.VISION), {"Look-4B"}),
        (SearchQuery(purpose=Purpose.EMBEDDING), {"Near"}),
        (SearchQuery(purpose=Purpose.RERANKING), {"Rank"}),
        (SearchQuery(purpose=Purpose.OTHER), {"Paint", "Tone-lora"}),
        (SearchQuery("talk", license="MIT"), {"Talk-70B-Instruct"}),
        (SearchQuery(license="apache-2.0"), {"Talk-8B-Instruct"}),
        (SearchQuery(language="PL"), {"Talk-8B-Instruct"}),
        (SearchQuery(author="other"), {"Coder-7B"}),
        (SearchQuery(gated=True), {"Talk-70B-Instruct"}),
        (SearchQuery("talk", gated=False), {"Talk-8B-Instruct"}),
        (SearchQuery(least_parameters=8_000_000_001), {"Talk-70B-Instruct", "Paint"}),
        (
            SearchQuery(least_parameters=3_000_000_000, most_parameters=4_500_000_000),
            {"Plain-3B-Base", "Look-4B"},
        ),
        (SearchQuery(most_parameters=300_000_000), {"Near", "Tone-lora"}),
        (SearchQuery("raw-8b"), {"Raw-8B"}),
        (
            SearchQuery(purpose=Purpose.CHAT, license="mit", language="en", author="acme", gated=True),
            {"Talk-70B-Instruct"},
        ),
    ],
)
def test_each_filter_gives_what_it_says(garden: HuggingFace, query: SearchQuery, names: set[str]) -> None:
    assert _names(garden, query) == names


def test_the_question_is_put_as_the_hub_wants_it(garden: HuggingFace, hub: StandInHub) -> None:
    garden.search(
        SearchQuery(
            "small talk",
            Sort.UPDATED,
            purpose=Purpose.CHAT,
            least_parameters=1_000_000_000,
            most_parameters=9_500_000_000,
            license="mit",
            language="en",
            author="acme",
            gated=False,
        )
    )
    sent = parse_qsl(hub.log("/api/models")[0].query)
    assert [pair for pair in sent if pair[0] != "expand"] == [
        ("search", "small talk"),
        *(("filter", tag) for tag in ("gguf", "conversational", "license:mit", "en")),
        ("pipeline_tag", "text-generation"),
        ("author", "acme"),
        ("gated", "false"),
        ("num_parameters", "min:1B,max:9500M"),
        ("sort", "lastModified"),
        ("limit", "30"),
    ]
    assert ("expand", "gguf") in sent
    assert ("expand", "config") not in sent


def test_the_real_client_puts_the_question_the_same_way(
    garden: HuggingFace, hub: StandInHub, network: Network
) -> None:
    network.configure_hub_library()
    from huggingface_hub import HfApi

    query = SearchQuery(
        "small talk",
        purpose=Purpose.CHAT,
        least_parameters=1_000_000_000,
        most_parameters=9_000_000_000,
        license="mit",
        author="acme",
        gated=False,
    )
    garden.search(query)
    api = HfApi(endpoint=hub.endpoint, token=False)
    list(
        api.list_models(
            search="small talk",
            filter=["gguf", "conversational", "license:mit"],
            pipeline_tag="text-generation",
            author="acme",
            gated=False,
            num_parameters="min:1B,max:9B",
            sort="trending_score",
            limit=30,
            expand=list(EXPAND),  # type: ignore[arg-type]
        )
    )
    ours, theirs = (sorted(parse_qsl(entry.query)) for entry in hub.log("/api/models"))
    assert ours == theirs


def test_without_gguf_the_configuration_tells_the_architecture(garden: HuggingFace) -> None:
    rows = {row.id: row for row in garden.search(SearchQuery(author="acme", gguf_only=False)).rows}
    assert rows["acme/Raw-8B"].architecture == "LlamaForCausalLM"
    assert rows["acme/Raw-8B-GGUF"].architecture == "llama"


def test_what_a_mirror_ignores_is_left_out_here(garden: HuggingFace, hub: StandInHub) -> None:
    query = SearchQuery(most_parameters=1_000_000_000, gated=False)
    big = HubModel("a/b", Source.HUGGING_FACE, "a", "b", parameters=2_000_000_000)
    assert not keeps(query, big)
    assert keeps(query, replace(big, parameters=None))
    assert not keeps(query, replace(big, parameters=1, gated=True))


def test_pages_that_hold_nothing_of_it_are_passed_over(network: Network, tmp_path: Path) -> None:
    with StandInHub() as hub:
        hub.add_rows(250)  # all of them chat
        hub.add_repo(_repo("Last-1B-Base-GGUF", 1, "text-generation", trending=-1))
        garden = HuggingFace(network, tmp_path, endpoint=hub.endpoint, token=lambda: None)
        page = garden.search(SearchQuery(purpose=Purpose.COMPLETION))
        assert [row.name for row in page.rows] == ["Last-1B-Base-GGUF"]
        assert len(hub.log("/api/models")) == 3
        assert page.next_cursor is None


def test_a_cursor_keeps_the_filters(network: Network, tmp_path: Path) -> None:
    with StandInHub() as hub:
        hub.add_rows(120)
        garden = HuggingFace(network, tmp_path, endpoint=hub.endpoint, token=lambda: None)
        query = SearchQuery("plant", license="mit", most_parameters=10_000_000_000, limit=10)
        seen, cursor = [], None
        for _ in itertools.count():
            page = garden.search(query, cursor)
            seen += page.rows
            if (cursor := page.next_cursor) is None:
                break
        assert len(seen) == len({row.id for row in seen}) == 20
        assert all(row.license == "mit" and (row.parameters or 0) <= 10e9 for row in seen)


def test_quantizations_and_adapters_of_a_base(garden: HuggingFace) -> None:
    query = SearchQuery()
    assert [row.id for row in garden.variants("acme/Raw-8B", query).rows] == ["acme/Raw-8B-GGUF"]
    assert [row.id for row in garden.adapters("acme/Raw-8B", query).rows] == ["acme/Tone-lora-GGUF"]
    assert garden.variants("../etc", query).rows == ()


_COUNTS = st.none() | st.integers(0, 10**13)
_WORDS = st.text(max_size=300)
_QUERIES = st.builds(
    SearchQuery,
    text=_WORDS,
    sort=st.sampled_from(Sort),
    gguf_only=st.booleans(),
    limit=st.integers(-5, 5000),
    purpose=st.none() | st.sampled_from(Purpose),
    least_parameters=_COUNTS,
    most_parameters=_COUNTS,
    license=_WORDS,
    language=_WORDS,
    author=_WORDS,
    gated=st.none() | st.booleans(),
)


@given(_QUERIES, _WORDS)
def test_any_query_makes_a_question(query: SearchQuery, search: str) -> None:
    params = list_params(query, search=search)
    once = [name for name, _ in params if name not in ("filter", "expand")]
    assert len(once) == len(set(once))
    assert 1 <= int(dict(params)["limit"]) <= 100


# Revisions


@pytest.mark.parametrize(
    ("text", "revision", "file"),
    [
        ("https://huggingface.co/acme/T/tree/main", None, None),
        ("https://huggingface.co/acme/T/tree/v1.0", "v1.0", None),
        ("https://huggingface.co/acme/T/tree/refs%2Fpr%2F12", "refs/pr/12", None),
        ("https://huggingface.co/acme/T/blob/refs/pr/1/a/b.gguf", "refs/pr/1", "a/b.gguf"),
        ("https://huggingface.co/acme/T/resolve/" + "ab12" * 10 + "/x.gguf", "ab12" * 10, "x.gguf"),
        ("https://huggingface.co/acme/T/tree/..", None, None),
        ("acme/T", None, None),
    ],
)
def test_a_revision_in_an_address(text: str, revision: str | None, file: str | None) -> None:
    parsed = parse_query(text)
    assert (parsed.repo_id, parsed.revision, parsed.file) == ("acme/T", revision, file)
    assert parsed.ref == ("acme/T" if revision is None else f"acme/T@{revision}")


def test_the_revision_that_was_asked_for_is_shown(garden: HuggingFace, hub: StandInHub) -> None:
    old = hub.add_repo(Repo("acme/Old-GGUF", (File("old-Q4_0.gguf", size=10),)))
    new = hub.add_repo(Repo("acme/Old-GGUF", (File("new-Q8_0.gguf", size=20),)))
    hub.branch("acme/Old-GGUF", "refs/pr/7", old)
    assert garden.detail("acme/Old-GGUF").commit == new
    for detail in (
        garden.detail("acme/Old-GGUF", old),
        garden.detail("acme/Old-GGUF", "refs/pr/7"),
        garden.detail(f"acme/Old-GGUF@{old}"),
        garden.detail(parse_query("https://huggingface.co/acme/Old-GGUF/tree/refs%2Fpr%2F7").ref),
    ):
        assert (detail.commit, [quant.name for quant in detail.quants]) == (old, ["old-Q4_0.gguf"])
        assert detail.model.id == "acme/Old-GGUF"
    (row,) = garden.search(SearchQuery("https://huggingface.co/acme/Old-GGUF/tree/refs%2Fpr%2F7")).rows
    assert (row.revision, garden.detail(row.ref).commit) == ("refs/pr/7", old)


@pytest.mark.parametrize("revision", ["nowhere", "../main", "a b", "x?y=1", "-" * 300])
def test_a_revision_that_is_not_there(garden: HuggingFace, revision: str) -> None:
    with pytest.raises(AppError) as caught:
        garden.detail("acme/Near-GGUF", revision)
    assert caught.value.code == "hub.revision"


# What was seen


def test_everything_seen_has_an_age(garden: HuggingFace, hub: StandInHub, network: Network) -> None:
    hub.add_repo(Repo("acme/Card-GGUF", (File("c-Q4_0.gguf", size=10),), card="# Card"))
    query = SearchQuery("card", license="", limit=5)
    garden.search(query)
    detail = garden.detail("acme/Card-GGUF")
    assert garden.card_stored("acme/Card-GGUF", detail.commit) is None
    garden.card("acme/Card-GGUF", detail.commit)
    network.set_offline(True)
    assert garden.search(query).cached_at is not None
    assert garden.detail("acme/Card-GGUF").cached_at is not None
    assert garden.card_stored("acme/Card-GGUF", detail.commit) is not None
    assert garden.card("acme/Card-GGUF", detail.commit) == "# Card"


def test_what_was_seen_before_signing_in_can_still_be_browsed(
    hub: StandInHub, network: Network, tmp_path: Path
) -> None:
    token: list[str | None] = [None]
    garden = HuggingFace(network, tmp_path, endpoint=hub.endpoint, token=lambda: token[0])
    rows = garden.search(SearchQuery("talk")).rows
    detail = garden.detail("acme/Near-GGUF")
    token[0] = "hf_later"
    network.set_offline(True)
    assert garden.search(SearchQuery("talk")).rows == rows
    assert replace(garden.detail("acme/Near-GGUF"), cached_at=None) == detail


def test_what_only_the_signed_in_saw_is_not_shown_to_others(
    hub: StandInHub, network: Network, tmp_path: Path
) -> None:
    token: list[str | None] = ["hf_mine"]
    garden = HuggingFace(network, tmp_path, endpoint=hub.endpoint, token=lambda: token[0])
    garden.detail("acme/Near-GGUF")
    token[0] = None
    network.set_offline(True)
    with pytest.raises(AppError) as caught:
        garden.detail("acme/Near-GGUF")
    assert caught.value.code == "net.offline"
