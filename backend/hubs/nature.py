"""What a model of a garden is for, how it is built, and whether this engine runs it: from its row alone.

Nothing is asked and nothing is certain: owners write tags as they like. The names of architectures are those
that the pinned engine knows, from ``resources/architectures.json`` (see `tests/unit/test_architectures.py`).
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from backend.hubs.types import HubModel, Purpose, Source
from backend.i18n import tr
from backend.paths import RESOURCES


class Structure(StrEnum):
    """Which halves of the transformer a model has."""

    DECODER = "decoder"
    ENCODER = "encoder"
    ENCODER_DECODER = "encoder_decoder"


class Runs(StrEnum):
    """Whether the engine of this version runs a model.

    YES; NO_CHAT: it loads, but answers with vectors or scores; NO_GGUF: there is no file for it; UNSUPPORTED:
    the engine does not know the architecture, or it is not one that writes text word by word; UNKNOWN: the
    row does not tell.
    """

    YES = "yes"
    NO_CHAT = "no_chat"
    NO_GGUF = "no_gguf"
    UNSUPPORTED = "unsupported"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Nature:
    """What a model is.

    Attributes:
        purposes: What it is for, the most important first; never empty.
        structure: None where the row does not tell, or for what is no language model.
    """

    purposes: tuple[Purpose, ...]
    structure: Structure | None
    runs: Runs


_PIPELINES = {
    "text-generation": Purpose.CHAT,
    "text2text-generation": Purpose.COMPLETION,
    "summarization": Purpose.COMPLETION,
    "translation": Purpose.COMPLETION,
    "conversational": Purpose.CHAT,
    "question-answering": Purpose.CHAT,
    "audio-text-to-text": Purpose.CHAT,
    "image-text-to-text": Purpose.VISION,
    "video-text-to-text": Purpose.VISION,
    "visual-question-answering": Purpose.VISION,
    "document-question-answering": Purpose.VISION,
    "image-to-text": Purpose.VISION,
    "any-to-any": Purpose.VISION,
    "feature-extraction": Purpose.EMBEDDING,
    "sentence-similarity": Purpose.EMBEDDING,
    "visual-document-retrieval": Purpose.EMBEDDING,
    "text-ranking": Purpose.RERANKING,
}
"""Tasks of the hub; any other is for something else."""

_VISION_TAGS = frozenset(("vision", "multimodal", "image-text-to-text", "visual-question-answering"))
_EMBEDDING_TAGS = frozenset(
    ("embedding", "embeddings", "sentence-similarity", "feature-extraction", "sentence-transformers")
)
_RERANKING_TAGS = frozenset(("reranker", "rerank", "reranking", "text-ranking", "cross-encoder"))
_CHAT_TAGS = frozenset(("conversational", "chat", "instruct", "tools", "thinking"))
_ADAPTER_TAGS = frozenset(("lora", "adapter", "peft"))

_EMBEDDING_NAME = re.compile(r"embed(?!ded)|\b(?:bge|gte|e5|minilm)\b|retriever|colbert", re.IGNORECASE)
_RERANKING_NAME = re.compile(r"re-?rank|cross-?encoder", re.IGNORECASE)
_CODE_NAME = re.compile(
    r"(?<!en)(?<!de)cod(?:e(?!c)|ing)|opencoder|devstral|(?<![a-z])swe(?![a-z])|sql", re.IGNORECASE
)
_CHAT_NAME = re.compile(
    r"instruct|chat|(?:^|\W)it(?:\W|$)|assistant|hermes|thinking|reason|\br1\b|-sft|dpo", re.I
)
_BASE_NAME = re.compile(r"(?:^|[^a-z])(?:base|pt|pretrain(?:ed)?|foundation)(?:[^a-z]|$)", re.IGNORECASE)
_VISION_NAME = re.compile(
    r"(?:^|[^a-z])(?:vl|vlm|vision|llava|moondream|pixtral|ocr)(?:[^a-z]|$)|llava", re.I
)
_ADAPTER_NAME = re.compile(r"(?:^|[^a-z])q?lora(?:s)?(?:[^a-z]|$)", re.IGNORECASE)

_STRUCTURES = {member.value: member for member in Structure}


def nature_of(model: HubModel) -> Nature:
    """The nature of a row. Pure and quick: lists ask for every row. Never raises."""
    name, tags = model.name, frozenset(tag.lower() for tag in model.tags)
    kind = _kind(model, tags)
    purposes = _purposes(model.pipeline_tag, name, tags, kind, model.source)
    return Nature(purposes, _STRUCTURES.get(kind or ""), _runs(model, kind, purposes))


def nature_words(nature: Nature) -> str:
    """What it is for and how it is built, in one line: «Chat and code, decoder-only»."""
    words = [_purpose_word(purpose) for purpose in nature.purposes]
    first, *others = words or [tr("other uses")]
    listed = [first[:1].upper() + first[1:], *others]
    text = (
        listed[0]
        if len(listed) == 1
        else tr("{several} and {last}", several=", ".join(listed[:-1]), last=listed[-1])
    )
    if nature.structure is None:
        return text
    return tr("{purposes}, {structure}", purposes=text, structure=structure_word(nature.structure))


def structure_word(structure: Structure) -> str:
    """The structure in one word."""
    match structure:
        case Structure.DECODER:
            return tr("decoder-only")
        case Structure.ENCODER:
            return tr("encoder-only")
        case Structure.ENCODER_DECODER:
            return tr("encoder-decoder")


def runs_words(nature: Nature) -> str:
    """Why it does not run here and what to do about it; empty if it runs, or where that is not known."""
    match nature.runs:
        case Runs.YES | Runs.UNKNOWN:
            return ""
        case Runs.NO_CHAT if Purpose.RERANKING in nature.purposes:
            return tr("Answers with scores, not with text: it sorts search results, but cannot chat.")
        case Runs.NO_CHAT:
            return tr(
                "Answers with vectors, not with text: it is for search and comparison, and cannot chat."
            )
        case Runs.NO_GGUF:
            return tr("Has no GGUF file, which is what the engine reads. Look for a quantized version of it.")
        case Runs.UNSUPPORTED:
            return tr(
                "The engine of this version cannot run this kind of model. "
                "Choose another, or look for a newer Orangery."
            )


def known_architectures() -> Mapping[str, str]:
    """Every architecture that the engine knows, and its kind: a structure, or ``diffusion``, ``draft``,
    ``speech`` or ``projector`` for what does not write text by itself."""
    return _table()[0]


@functools.cache
def _table() -> tuple[dict[str, str], dict[str, str]]:
    """Kinds by the engine's names, and by every spelling of model types and classes of transformers."""
    data = json.loads((RESOURCES / "architectures.json").read_text(encoding="utf-8"))
    engine: dict[str, str] = data["architectures"]
    spelled = {_plain(name): kind for name, kind in engine.items()}
    spelled |= {_plain(name): kind for name, kind in data["model_types"].items()}
    return engine, spelled


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


_CLASS = re.compile(
    r"(?P<family>[A-Za-z0-9_]{2,60}?)(?P<head>For[A-Z]\w{2,60}|LMHeadModel|EncoderModel|Model)", re.ASCII
)
_ENCODER_HEADS = re.compile(r"ForMaskedLM|For\w*Classification|ForMultipleChoice")


def _kind(model: HubModel, tags: Iterable[str]) -> str | None:
    """The kind of the architecture, from the GGUF or the configuration, else from a model type in the
    tags."""
    engine, spelled = _table()
    name = model.architecture
    if name:
        if name in engine:
            return engine[name]
        if match := _CLASS.fullmatch(name):
            return _class_kind(spelled.get(_plain(match["family"])), match["head"])
        return spelled.get(_plain(name))
    kinds = {spelled[plain] for tag in tags if ":" not in tag and (plain := _plain(tag)) in spelled}
    return kinds.pop() if len(kinds) == 1 else None


def _class_kind(family: str | None, head: str) -> str | None:
    """The kind of a class of transformers, from the kind of its family, if known, and its last part."""
    if head == "EncoderModel":
        return "encoder"
    if head.startswith(("ForCausalLM", "LMHead")) and family is None:
        return "decoder"
    if _ENCODER_HEADS.match(head) and family is None:
        return "encoder"
    return family


def _purposes(
    pipeline: str | None, name: str, tags: frozenset[str], kind: str | None, source: Source
) -> tuple[Purpose, ...]:
    main = _PIPELINES.get(pipeline or "")
    if _ADAPTER_NAME.search(name) or (tags & _ADAPTER_TAGS and "gguf" not in tags):
        return (Purpose.OTHER,)
    if main is Purpose.RERANKING or tags & _RERANKING_TAGS or _RERANKING_NAME.search(name):
        return (Purpose.RERANKING,)
    if (
        main is Purpose.EMBEDDING
        or (tags & _EMBEDDING_TAGS and main in (None, Purpose.EMBEDDING))
        or _EMBEDDING_NAME.search(name)
        or (main is None and not pipeline and kind == "encoder")
    ):
        return (Purpose.EMBEDDING,)
    if (pipeline and main is None) or kind in ("encoder", "draft", "speech", "projector"):
        return (Purpose.OTHER,)
    sees = main is Purpose.VISION or bool(tags & _VISION_TAGS) or bool(_VISION_NAME.search(name))
    codes = "code" in tags or bool(_CODE_NAME.search(name))
    talks = _talks(main, name, tags, source)
    found = [Purpose.CHAT if talks else Purpose.COMPLETION]
    if codes:
        found.append(Purpose.CODE)
    if sees:
        found.append(Purpose.VISION)
    return tuple(found)


def _talks(main: Purpose | None, name: str, tags: frozenset[str], source: Source) -> bool:
    """Whether it was trained to answer, and not only to go on with a text."""
    if main is Purpose.COMPLETION:
        return False
    if tags & _CHAT_TAGS or _CHAT_NAME.search(name):
        return True
    if _BASE_NAME.search(name):
        return False
    # The hub marks what has a chat template; Ollama's own models all have one.
    return source is not Source.HUGGING_FACE or main is not Purpose.CHAT or not tags


def _runs(model: HubModel, kind: str | None, purposes: tuple[Purpose, ...]) -> Runs:
    name = model.architecture
    vectors = Purpose.EMBEDDING in purposes or Purpose.RERANKING in purposes or kind == "encoder"
    if model.source is Source.HUGGING_FACE and not model.has_gguf:
        return Runs.NO_GGUF
    if not name or name != name.lower():  # nothing, or a class of transformers: the file itself decides
        return Runs.NO_CHAT if vectors else Runs.UNKNOWN
    exact = known_architectures().get(name)
    if exact in ("decoder", "encoder"):
        if vectors:
            return Runs.NO_CHAT
        return Runs.UNKNOWN if purposes == (Purpose.OTHER,) else Runs.YES
    return Runs.UNSUPPORTED


def _purpose_word(purpose: Purpose) -> str:
    match purpose:
        case Purpose.CHAT:
            return tr("chat")
        case Purpose.COMPLETION:
            return tr("text completion")
        case Purpose.CODE:
            return tr("code")
        case Purpose.VISION:
            return tr("images")
        case Purpose.EMBEDDING:
            return tr("embeddings for search")
        case Purpose.RERANKING:
            return tr("sorting search results")
        case Purpose.OTHER:
            return tr("other uses")
