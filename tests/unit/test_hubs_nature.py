"""What a repository is for, how it is built, and whether it runs, from rows as the gardens give them."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.hubs.nature import Nature, Runs, Structure, nature_of, nature_words, runs_words
from backend.hubs.types import HubModel, Purpose, Source
from tests.support.scripted_hub import hub_model

D, E, ED = Structure.DECODER, Structure.ENCODER, Structure.ENCODER_DECODER
CHAT, CODE, SEES, BASE = Purpose.CHAT, Purpose.CODE, Purpose.VISION, Purpose.COMPLETION
NEAR, RANK, OTHER = Purpose.EMBEDDING, Purpose.RERANKING, Purpose.OTHER
TALK = ("gguf", "conversational")


@pytest.mark.parametrize(
    ("name", "pipeline", "architecture", "tags", "purposes", "structure", "runs"),
    [
        ("Qwen3-8B-GGUF", "text-generation", "qwen3", TALK, (CHAT,), D, Runs.YES),
        ("Qwen3-Coder-30B-A3B-GGUF", "text-generation", "qwen3moe", TALK, (CHAT, CODE), D, Runs.YES),
        ("OpenCoder-8B-GGUF", "text-generation", "llama", TALK, (CHAT, CODE), D, Runs.YES),
        ("Codestral-22B-GGUF", None, "llama", TALK, (CHAT, CODE), D, Runs.YES),
        ("SmolLM2-135M-GGUF", "text-generation", "llama", ("gguf",), (BASE,), D, Runs.YES),
        ("gemma-3-4b-pt-GGUF", "image-text-to-text", "gemma3", ("gguf",), (BASE, SEES), D, Runs.YES),
        ("gemma-3-4b-it-GGUF", "image-text-to-text", "gemma3", TALK, (CHAT, SEES), D, Runs.YES),
        ("openPangu-Embedded-7B-GGUF", None, "pangu-embedded", TALK, (CHAT,), D, Runs.YES),
        ("ultravox-8b-GGUF", "audio-text-to-text", "llama", TALK, (CHAT,), D, Runs.YES),
        ("gpt-oss-20b-GGUF", "text-generation", "gpt-oss", TALK, (CHAT,), D, Runs.YES),
        ("Codec-Decoder-1B-GGUF", "text-generation", "llama", TALK, (CHAT,), D, Runs.YES),
        ("nomic-embed-text-v1.5-GGUF", "sentence-similarity", "nomic-bert", (), (NEAR,), E, Runs.NO_CHAT),
        ("bge-m3-GGUF", "feature-extraction", "bert", (), (NEAR,), E, Runs.NO_CHAT),
        ("Qwen3-Embedding-0.6B-GGUF", None, "qwen3", ("gguf",), (NEAR,), D, Runs.NO_CHAT),
        ("bge-reranker-v2-m3-GGUF", "text-classification", "bert", (), (RANK,), E, Runs.NO_CHAT),
        ("Qwen3-Reranker-GGUF", "text-ranking", "qwen3", (), (RANK,), D, Runs.NO_CHAT),
        ("flan-t5-xl-GGUF", "text2text-generation", "t5", (), (BASE,), ED, Runs.UNSUPPORTED),
        ("Dream-7B-GGUF", "text-generation", "dream", TALK, (CHAT,), None, Runs.UNSUPPORTED),
        ("Brand-New-7B-GGUF", "text-generation", "brandnew", TALK, (CHAT,), None, Runs.UNSUPPORTED),
        ("FLUX.1-GGUF", "text-to-image", "flux", ("gguf",), (OTHER,), None, Runs.UNSUPPORTED),
        ("whisper-tts-GGUF", "text-to-speech", "llama", ("gguf",), (OTHER,), D, Runs.UNKNOWN),
        ("Style-LoRA-GGUF", "text-generation", "llama", ("gguf", "lora"), (OTHER,), D, Runs.UNKNOWN),
        ("Mystery-GGUF", None, None, ("gguf",), (CHAT,), None, Runs.UNKNOWN),
        ("Tagged-GGUF", "text-generation", None, (*TALK, "mistral"), (CHAT,), D, Runs.UNKNOWN),
        ("Both-GGUF", None, None, (*TALK, "llama", "t5"), (CHAT,), None, Runs.UNKNOWN),
        ("Config-GGUF", "text-generation", "MistralForCausalLM", TALK, (CHAT,), D, Runs.UNKNOWN),
    ],
)
def test_a_repository_with_gguf(
    name: str,
    pipeline: str | None,
    architecture: str | None,
    tags: tuple[str, ...],
    purposes: tuple[Purpose, ...],
    structure: Structure | None,
    runs: Runs,
) -> None:
    row = hub_model(name, pipeline_tag=pipeline, architecture=architecture, tags=tags)
    assert nature_of(row) == Nature(purposes, structure, runs)


@pytest.mark.parametrize(
    ("architecture", "structure"),
    [
        ("BertModel", E),
        ("XLMRobertaForSequenceClassification", E),
        ("NomicBertModel", E),
        ("DistilBertForMaskedLM", E),
        ("SomethingNewForMaskedLM", E),
        ("T5ForConditionalGeneration", ED),
        ("MT5ForConditionalGeneration", ED),
        ("T5EncoderModel", E),
        ("BartForConditionalGeneration", ED),
        ("WhisperForConditionalGeneration", ED),
        ("LlamaForCausalLM", D),
        ("SomethingNewForCausalLM", D),
        ("GPT2LMHeadModel", D),
        ("GptOssForCausalLM", D),
        ("Qwen2_5_VLForConditionalGeneration", D),
        ("DeepseekV3ForCausalLM", D),
        ("LlamaForSequenceClassification", D),
        ("StableDiffusionPipeline", None),
        ("roberta", E),
        ("deberta-v2", E),
    ],
)
def test_a_class_of_transformers_tells_the_structure(architecture: str, structure: Structure | None) -> None:
    nature = nature_of(hub_model("Raw", architecture=architecture, has_gguf=False))
    assert (nature.structure, nature.runs) == (structure, Runs.NO_GGUF)


@pytest.mark.parametrize(
    ("name", "tags", "architecture", "purposes", "runs"),
    [
        ("llama3.2", ("tools",), None, (CHAT,), Runs.UNKNOWN),
        ("qwen3", ("tools", "thinking"), "qwen3", (CHAT,), Runs.YES),
        ("llama3.2-vision", ("vision",), "mllama", (CHAT, SEES), Runs.UNSUPPORTED),
        ("nomic-embed-text", ("embedding",), None, (NEAR,), Runs.NO_CHAT),
        ("all-minilm", (), "bert", (NEAR,), Runs.NO_CHAT),
        ("qwen2.5-coder", ("tools",), None, (CHAT, CODE), Runs.UNKNOWN),
        ("sqlcoder", (), None, (CHAT, CODE), Runs.UNKNOWN),
    ],
)
def test_a_model_of_ollama(
    name: str, tags: tuple[str, ...], architecture: str | None, purposes: tuple[Purpose, ...], runs: Runs
) -> None:
    row = HubModel(name, Source.OLLAMA, "", name, tags=tags, architecture=architecture)
    nature = nature_of(row)
    assert (nature.purposes, nature.runs) == (purposes, runs)


@pytest.mark.parametrize(
    ("nature", "words"),
    [
        (Nature((CHAT, CODE), D, Runs.YES), "Chat and code, decoder-only"),
        (Nature((CHAT,), None, Runs.YES), "Chat"),
        (Nature((CHAT, CODE, SEES), D, Runs.YES), "Chat, code and images, decoder-only"),
        (Nature((NEAR,), E, Runs.NO_CHAT), "Embeddings for search, encoder-only"),
        (Nature((BASE,), ED, Runs.YES), "Text completion, encoder-decoder"),
    ],
)
def test_in_words(nature: Nature, words: str) -> None:
    assert nature_words(nature) == words


def test_only_what_does_not_run_says_why() -> None:
    said = {runs: runs_words(Nature((CHAT,), D, runs)) for runs in Runs}
    assert {runs for runs, words in said.items() if words} == {Runs.NO_CHAT, Runs.NO_GGUF, Runs.UNSUPPORTED}
    assert "scores" in runs_words(Nature((RANK,), E, Runs.NO_CHAT))


_TEXTS = st.text(max_size=40) | st.sampled_from(
    ("llama", "t5", "bert", "BertModel", "gguf", "conversational", "text-generation", "İ", "ForModel", "lora")
)
_MODELS = st.builds(
    HubModel,
    id=_TEXTS,
    source=st.sampled_from(Source),
    owner=_TEXTS,
    name=_TEXTS | st.text(string.ascii_letters + "-.0123456789", max_size=200),
    parameters=st.none() | st.integers(),
    architecture=st.none() | _TEXTS,
    has_gguf=st.booleans(),
    pipeline_tag=st.none() | _TEXTS,
    tags=st.lists(_TEXTS, max_size=8).map(tuple),
)


@given(_MODELS)
def test_any_row_has_a_nature(model: HubModel) -> None:
    nature = nature_of(model)
    assert nature.purposes
    assert len(set(nature.purposes)) == len(nature.purposes)
    assert nature_words(nature).strip()
    assert bool(runs_words(nature)) == (nature.runs in (Runs.NO_CHAT, Runs.NO_GGUF, Runs.UNSUPPORTED))
