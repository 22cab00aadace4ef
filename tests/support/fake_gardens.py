"""Both gardens with fixed content, for UI tests and pictures. Names and numbers are invented."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime

from backend.errors import AppError
from backend.hubs.types import (
    GardenTrouble,
    HubModel,
    QuantFile,
    RemoteFile,
    RepoDetail,
    SameWeights,
    SearchPage,
    SearchQuery,
    Sort,
    Source,
)
from tests.support import fake_data as data

GB = 1_000_000_000

_OLLAMA: tuple[tuple[str, tuple[str, ...], float, int, str], ...] = (
    ("gemma3", ("1b", "4b", "12b", "27b"), 34e6, 40, "Reads images and writes in 140 languages."),
    (
        "qwen3",
        ("0.6b", "1.7b", "4b", "8b", "14b", "30b", "32b", "235b"),
        21e6,
        24,
        "Thinks before it answers.",
    ),
    ("gpt-oss", ("20b", "120b"), 9.4e6, 61, "Open weights for reasoning and tools."),
    ("nomic-embed-text", (), 48e6, 540, "An embedding model with a large context."),
)
_UPLOADERS = (
    ("bartowski", 812_000),
    ("unsloth", 640_000),
    ("lmstudio-community", 288_000),
    ("ggml-org", 96_000),
    ("mradermacher", 41_000),
    ("second-state", 9_000),
)
SAME_REPO, SAME_TAG = "google/Gemma-3-12B-it", "12b"
"""Weights that both gardens have."""

ADAPTERS = (
    ("anna-k/gemma-3-12b-pirate", 1_840, True),
    ("legalese/gemma-3-12b-contracts-lora", 912, True),
    ("kochbuch/gemma-3-12b-rezepte", 305, False),
    ("tiny-tales/gemma-3-12b-bedtime", 77, True),
)

OLLAMA_CARD = """# gemma3

Gemma 3 models read text and **images**, with a context of 128K tokens.

## Run it

```
ollama run gemma3:12b
```
"""


def when(days: float) -> datetime:
    return datetime.fromtimestamp(data.NOW - days * data.DAY, tz=UTC)


def ollama_models() -> tuple[HubModel, ...]:
    """What Ollama's library page lists."""
    return tuple(
        HubModel(
            name,
            Source.OLLAMA,
            "library",
            name,
            downloads=int(pulls),
            updated=when(days),
            has_gguf=True,
            pipeline_tag="feature-extraction" if "embed" in name else "text-generation",
            tags=("vision", "tools")
            if name == "gemma3"
            else ("embedding",)
            if "embed" in name
            else ("tools",),
            summary=summary,
            sizes=sizes,
        )
        for name, sizes, pulls, days, summary in _OLLAMA
    )


def variants_of(model: HubModel) -> tuple[HubModel, ...]:
    """The same model in other forms, by other people."""
    return tuple(
        replace(
            model,
            id=f"{owner}/{model.name}-GGUF",
            owner=owner,
            name=f"{model.name}-GGUF",
            downloads=downloads,
            likes=downloads // 4_000,
            gated=False,
            tags=("gguf", f"base_model:quantized:{model.id}"),
            base_models=(model.id,),
        )
        for owner, downloads in _UPLOADERS
    )


def adapters_of(model: HubModel) -> tuple[HubModel, ...]:
    """LoRAs that were trained on it."""
    return tuple(
        HubModel(
            repo,
            Source.HUGGING_FACE,
            *repo.split("/"),
            downloads=downloads,
            likes=downloads // 60,
            updated=when(30 + place * 40),
            has_gguf=gguf,
            tags=("lora", f"base_model:adapter:{model.id}"),
            base_models=(model.id,),
        )
        for place, (repo, downloads, gguf) in enumerate(ADAPTERS)
    )


def rows() -> tuple[HubModel, ...]:
    """Both gardens mixed, with other uploads of the first models, a model without GGUF and one that this
    engine does not know."""
    hub = list(data.hub_models())
    ollama = list(ollama_models())
    hub[0] = replace(hub[0], pipeline_tag="image-text-to-text")
    no_gguf = replace(
        hub[2], id="stabilityai/stable-cascade-prior", owner="stabilityai", name="stable-cascade-prior",
        has_gguf=False, tags=(), parameters=3_600_000_000, pipeline_tag="text-to-image", architecture=None,
    )  # fmt: skip
    unknown = replace(
        hub[2], id="acme/Newest-9B-GGUF", owner="acme", name="Newest-9B-GGUF", architecture="newest9",
        parameters=9_000_000_000, downloads=1_200, likes=31,
    )  # fmt: skip
    first = [hub[0], ollama[0], hub[1], *variants_of(hub[1])[:3], hub[2], ollama[1]]
    rest = [*hub[3:6], *variants_of(hub[0]), no_gguf, hub[6], ollama[2], unknown, *hub[7:], ollama[3]]
    return (*first, *rest)


def ollama_detail(model: HubModel) -> RepoDetail:
    """Its tags, of which the list tells name and size."""
    quants = []
    for place, size in enumerate(model.sizes or ("latest",)):
        parameters = float(size.rstrip("b") or 1) * GB if size != "latest" else 0.14 * GB
        for suffix, bits in (("", 4.8), ("-q8_0", 8.5)) if place < 3 else (("", 4.8),):
            tag = f"{size}{suffix}"
            label = "Q8_0" if suffix else "Q4_K_M"
            quants.append(QuantFile(label, (RemoteFile(tag, int(parameters * bits / 8)),), tag=tag))
    return RepoDetail(replace(model, context_length=131_072), "", tuple(quants))


def completed(model: HubModel, quant: QuantFile) -> QuantFile:
    """With layers and manifest, as the registry has them."""
    weights = hashlib.sha256(f"{model.id}:{quant.tag}".encode()).hexdigest()
    extra = hashlib.sha256(b"template").hexdigest()
    layers = (
        RemoteFile(f"sha256-{weights}", quant.size, weights),
        RemoteFile(f"sha256-{extra}", 1_429, extra),
    )
    manifest = json.dumps({"layers": [layer.path for layer in layers]})
    return replace(quant, files=layers[:1], extras=layers[1:], manifest=manifest)


class FakeCatalogue:
    """Searches `rows` by words in one page. `troubles` and `cached_at` go with every page."""

    def __init__(self, error: AppError | None = None) -> None:
        self.rows = rows()
        self.error = error
        self.troubles: tuple[GardenTrouble, ...] = ()
        self.cached_at: float | None = None

    def search(self, query: SearchQuery, cursor: str | None = None) -> SearchPage:
        if self.error:
            raise self.error
        words = query.text.lower().removeprefix("ollama:").replace(":", " ").split()[:1]
        found = [row for row in self.rows if all(word in row.id.lower() for word in words)]
        found = [row for row in found if row.source in query.gardens]
        if query.sort is Sort.DOWNLOADS:
            found.sort(key=lambda row: -(row.downloads or 0))
        return SearchPage(tuple(found), None, self.cached_at, self.troubles)

    def detail(self, source: Source, model_id: str, *, max_age: float = 0.0) -> RepoDetail:
        if self.error:
            raise self.error
        known = (*self.rows, *(row for each in self.rows[:3] for row in variants_of(each)))
        known += adapters_of(self.rows[0])
        model = next(row for row in known if (row.source, row.id) == (source, model_id))
        if source is Source.OLLAMA:
            return ollama_detail(model)
        detail = data.detail_of(model)
        if not model.has_gguf:
            return replace(detail, quants=(), files=())
        if "image" not in (model.pipeline_tag or ""):
            return replace(detail, quants=tuple(q for q in detail.quants if q.kind == "model"))
        return detail

    def complete(self, detail: RepoDetail, quant: QuantFile) -> QuantFile:
        return completed(detail.model, quant) if detail.model.source is Source.OLLAMA else quant

    def card(self, detail: RepoDetail) -> str:
        return OLLAMA_CARD if detail.model.source is Source.OLLAMA else data.CARD

    def same_weights(self, key: str) -> tuple[SameWeights, ...]:
        digest = "d9" * 32
        if key == f"hf:{SAME_REPO}":
            return (SameWeights(Source.OLLAMA, "gemma3", SAME_TAG, digest),)
        if key == "ollama:gemma3":
            return (SameWeights(Source.HUGGING_FACE, SAME_REPO, "Gemma-3-12B-it-Q4_K_M.gguf", digest),)
        return ()

    def variants(self, model: HubModel, cursor: str | None = None) -> SearchPage:
        if self.error:
            raise self.error
        return SearchPage(variants_of(model) if model.source is Source.HUGGING_FACE else (), None)

    def adapters(self, model: HubModel, cursor: str | None = None) -> SearchPage:
        if self.error:
            raise self.error
        return SearchPage(adapters_of(model) if model.source is Source.HUGGING_FACE else (), None)


def ollama_trouble() -> GardenTrouble:
    """The library page changed its look."""
    return GardenTrouble(
        Source.OLLAMA,
        AppError(
            "ollama.page",
            "Ollama's library page could not be read.",
            "Type the name of a model, such as ollama:gemma3:12b, to get it all the same.",
            "no model card found in 48211 bytes of https://ollama.com/search",
        ),
        fallback=True,
    )
