"""What a conversion reads of a strange repository, and what it refuses, with the file and field it names."""

from __future__ import annotations

import itertools
import json
import os
import struct
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from backend.worker.convert.plan import make_plan, sizes
from backend.worker.convert.refusal import Refusal
from backend.worker.convert.repository import Repository
from backend.worker.convert.sentencepiece import read_json
from tests.support.hf_repo import Raw, tiny_repo, tokenizer, weights, write_json, write_raw, write_safetensors

WEIGHTS = "model.safetensors"
INDEX = "model.safetensors.index.json"


def refused(folder: Path) -> tuple[str, str]:
    """Code and place of the refusal."""
    with pytest.raises(Refusal) as caught:
        make_plan(Repository(folder))
    return caught.value.failure.code, caught.value.failure.where


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    return tiny_repo(tmp_path / "repo")


def entry(start: int, end: int, dtype: str = "F32", shape: object = (1,)) -> dict[str, Any]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}


NOTHING = b"\0" * 8
BROKEN: dict[str, Callable[[Path], Path]] = {
    "empty": lambda path: (path.write_bytes(b"") and path) or path,
    "too short": lambda path: (path.write_bytes(b"\1\0\0") and path) or path,
    "huge header": lambda path: write_raw(path, {}, b"", length=2**63),
    "header past the end": lambda path: write_raw(path, {}, b"", length=100),
    "no JSON": lambda path: write_raw(path, b"{nonsense", b""),
    "deep JSON": lambda path: write_raw(path, b'{"a":' * 100_000, b""),
    "a list": lambda path: write_raw(path, b"[]", b""),
    "a name twice": lambda path: write_raw(path, b'{"a": 1, "a": 2}', b""),
    "no object": lambda path: write_raw(path, {"a": 1}, b""),
    "past the end": lambda path: write_raw(path, {"a": entry(0, 4)}, b""),
    "far past the end": lambda path: write_raw(path, {"a": entry(2**60, 2**60 + 4)}, NOTHING),
    "overlap": lambda path: write_raw(path, {"a": entry(0, 4), "b": entry(2, 6)}, NOTHING),
    "a gap": lambda path: write_raw(path, {"a": entry(4, 8)}, NOTHING),
    "data behind": lambda path: write_raw(path, {"a": entry(0, 4)}, NOTHING),
    "backwards": lambda path: write_raw(path, {"a": entry(4, 0)}, NOTHING),
    "negative": lambda path: write_raw(path, {"a": entry(-4, 0)}, NOTHING),
    "negative shape": lambda path: write_raw(path, {"a": entry(0, 4, shape=[-1, -1])}, NOTHING),
    "shape that is no number": lambda path: write_raw(
        path, b'{"a": {"dtype": "F32", "shape": [NaN], "data_offsets": [0, 4]}}', NOTHING
    ),
    "shape of truths": lambda path: write_raw(path, {"a": entry(0, 4, shape=[True])}, NOTHING),
    "shape of another size": lambda path: write_raw(path, {"a": entry(0, 8, shape=[3])}, NOTHING),
    "shape that overflows": lambda path: write_raw(path, {"a": entry(0, 8, shape=[2**40] * 8)}, NOTHING),
    "unknown type": lambda path: write_raw(path, {"a": entry(0, 4, dtype="Q4")}, NOTHING[:4]),
    "type that is no text": lambda path: write_raw(path, {"a": entry(0, 4, dtype=[])}, NOTHING[:4]),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", BROKEN)
def test_damaged_weights_are_refused(repo: Path, name: str) -> None:
    BROKEN[name](repo / WEIGHTS)
    code, where = refused(repo)
    assert code in ("convert.weights", "convert.unreadable", "convert.dtype") and where.startswith(WEIGHTS)


def shards(repo: Path) -> dict[str, str]:
    """Spread the weights over two files; returns the map of the index."""
    tensors = weights()
    names = list(tensors)
    found = {}
    for number, part in enumerate((names[:5], names[5:]), 1):
        file = f"model-{number:05d}-of-00002.safetensors"
        write_safetensors(repo / file, {name: tensors[name] for name in part})
        found |= dict.fromkeys(part, file)
    (repo / WEIGHTS).unlink()
    write_json(repo / INDEX, {"weight_map": found})
    return found


def test_shards_are_found_by_their_index(repo: Path) -> None:
    whole = make_plan(Repository(repo))
    shards(repo)
    split = make_plan(Repository(repo))
    assert [one.wanted for one in split.matched] == [one.wanted for one in whole.matched]
    assert {one.stored.file[:11] for one in split.matched} == {"model-00001", "model-00002"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda repo, where: (repo / "model-00002-of-00002.safetensors").unlink(), "convert.missing_file"),
        (lambda repo, where: where.update(extra="model-00001-of-00002.safetensors"), "convert.weights"),
        (lambda repo, where: where.pop("model.norm.weight"), "convert.weights"),
        (
            lambda repo, where: where.update({"model.norm.weight": "../../secret.safetensors"}),
            "convert.outside",
        ),
        (lambda repo, where: where.update({"model.norm.weight": "/etc/x.safetensors"}), "convert.outside"),
        (lambda repo, where: where.update({"model.norm.weight": "pytorch_model.bin"}), "convert.pickle"),
        (lambda repo, where: where.update({"model.norm.weight": 7}), "convert.unreadable"),
        (lambda repo, where: where.clear(), "convert.unreadable"),
    ],
)
def test_an_index_that_lies_is_refused(
    repo: Path, change: Callable[[Path, dict[str, Any]], object], code: str
) -> None:
    where = dict(shards(repo))
    change(repo, where)
    write_json(repo / INDEX, {"weight_map": where})
    assert refused(repo)[0] == code


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_are_followed_into_the_blobs_of_the_same_repository_only(tmp_path: Path) -> None:
    folder = tiny_repo(tmp_path / "models--acme--tiny" / "snapshots" / ("a" * 40))
    blobs = tmp_path / "models--acme--tiny" / "blobs"
    blobs.mkdir()
    (folder / WEIGHTS).rename(blobs / "weights")
    (folder / WEIGHTS).symlink_to("../../blobs/weights")
    assert make_plan(Repository(folder)).parameters
    (blobs / "weights").rename(tmp_path / "elsewhere")
    (folder / WEIGHTS).unlink()
    (folder / WEIGHTS).symlink_to(tmp_path / "elsewhere")
    assert refused(folder) == ("convert.outside", WEIGHTS)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_a_pipe_is_no_file(repo: Path) -> None:
    (repo / "config.json").unlink()
    os.mkfifo(repo / "config.json")
    assert refused(repo) == ("convert.outside", "config.json")


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"architectures": ["FalconForCausalLM"]}, "architectures"),
        ({"architectures": None}, "architectures"),
        ({"quantization_config": {"quant_method": "gptq"}}, "quantization_config"),
        ({"hidden_act": "gelu"}, "hidden_act"),
        ({"hidden_act": None}, "hidden_act"),
        ({"hidden_size": "64"}, "hidden_size"),
        ({"hidden_size": True}, "hidden_size"),
        ({"num_hidden_layers": -1}, "num_hidden_layers"),
        ({"num_hidden_layers": 10**9}, "num_hidden_layers"),
        ({"num_key_value_heads": 3}, "num_key_value_heads"),
        ({"rms_norm_eps": None}, "rms_norm_eps"),
        ({"vocab_size": None}, "vocab_size"),
        ({"partial_rotary_factor": 0.5}, "partial_rotary_factor"),
        ({"rope_scaling": {"rope_type": "dynamic", "factor": 2}}, "rope_scaling.rope_type"),
        ({"rope_parameters": {"rope_type": "longrope"}}, "rope_parameters.rope_type"),
        (
            {"rope_scaling": {"type": "yarn", "factor": 2, "attention_factor": 1}},
            "rope_scaling.attention_factor",
        ),
        ({"architectures": ["Qwen2ForCausalLM"], "use_sliding_window": True}, "use_sliding_window"),
        ({"architectures": ["SmolLM3ForCausalLM"], "no_rope_layers": [1, 0]}, "no_rope_layers"),
        ({"architectures": ["GraniteForCausalLM"]}, "attention_multiplier"),
    ],
)
def test_what_the_engine_would_compute_differently_is_refused(
    tmp_path: Path, changes: dict[str, Any], where: str
) -> None:
    code, found = refused(tiny_repo(tmp_path / "repo", **changes))
    assert found == f"config.json: {where}"
    assert code in ("convert.architecture", "convert.quantized", "convert.setting")


@pytest.mark.parametrize("field", ["vocab_size", "num_hidden_layers"])
def test_a_size_that_only_eats_memory_is_refused(repo: Path, field: str) -> None:
    values = json.loads((repo / "config.json").read_text())
    write_json(repo / "config.json", {**values, field: 2**31 - 1})
    assert refused(repo) == ("convert.setting", f"config.json: {field}")


def test_every_tensor_must_be_there_and_none_may_be_left(repo: Path) -> None:
    tensors: dict[str, np.ndarray | Raw] = dict(weights())
    norm = tensors.pop("model.norm.weight")
    write_safetensors(repo / WEIGHTS, tensors)
    assert refused(repo) == ("convert.tensor", "model.norm.weight")
    write_safetensors(repo / WEIGHTS, {**tensors, "model.norm.weight": np.ones(63, np.float32)})
    assert refused(repo) == ("convert.tensor", f"{WEIGHTS}: model.norm.weight")
    write_safetensors(repo / WEIGHTS, {**tensors, "model.norm.weight": Raw("I32", (64,), bytes(256))})
    assert refused(repo) == ("convert.dtype", f"{WEIGHTS}: model.norm.weight")
    tensors["model.norm.weight"] = norm
    write_safetensors(repo / WEIGHTS, {**tensors, "model.layers.0.extra.weight": norm})
    assert refused(repo) == ("convert.tensor", f"{WEIGHTS}: model.layers.0.extra.weight")
    left = {"lm_head.weight": norm, "model.layers.0.self_attn.rotary_emb.inv_freq": norm}
    write_safetensors(repo / WEIGHTS, {**tensors, **left})
    assert len(make_plan(Repository(repo)).matched) == len(tensors)


def test_without_tied_embeddings_the_output_layer_is_needed(tmp_path: Path) -> None:
    assert refused(tiny_repo(tmp_path / "repo", tie_word_embeddings=False)) == (
        "convert.tensor",
        "lm_head.weight",
    )


SPLIT = {"type": "Split", "pattern": {"Regex": r"\w+"}, "behavior": "Isolated", "invert": False}
BYTES = {"type": "ByteLevel", "add_prefix_space": False, "use_regex": False}


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        (
            {"pre_tokenizer": {"type": "Sequence", "pretokenizers": [SPLIT, BYTES]}},
            "pre_tokenizer",
            "pre_tokenizer",
        ),
        ({"pre_tokenizer": {"type": "Whitespace"}}, "pre_tokenizer", "pre_tokenizer"),
        ({"pre_tokenizer": None}, "pre_tokenizer", "pre_tokenizer"),
        (
            {"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": True}},
            "pre_tokenizer",
            "pre_tokenizer.add_prefix_space",
        ),
        ({"normalizer": {"type": "Lowercase"}}, "tokenizer", "normalizer"),
        ({"model": {"type": "Unigram", "vocab": []}}, "tokenizer", "model.type"),
        ({"model": {"type": "WordPiece", "vocab": {}}}, "tokenizer", "model.type"),
        ({"model": {**tokenizer()["model"], "dropout": 0.1}}, "tokenizer", "model.dropout"),
        ({"model": {**tokenizer()["model"], "ignore_merges": True}}, "pre_tokenizer", "pre_tokenizer"),
        ({"model": {**tokenizer()["model"], "merges": ["x y"]}}, "unreadable", "model.merges"),
        ({"model": {**tokenizer()["model"], "vocab": {"a": 10**6}}}, "tokenizer", "model.vocab"),
        ({"model": {**tokenizer()["model"], "vocab": {"a": 1, "b": 1}}}, "unreadable", "model.vocab"),
        ({"added_tokens": [{"id": 5, "content": "x", "single_word": True}]}, "tokenizer", "added_tokens"),
        ({"added_tokens": [7]}, "unreadable", "added_tokens"),
        ({"post_processor": {"type": "BertProcessing"}}, "tokenizer", "post_processor"),
        (
            {
                "post_processor": {
                    "type": "TemplateProcessing",
                    "single": [{"SpecialToken": {"id": "<|im_end|>"}}, {"Sequence": {"id": "A"}}],
                }
            },
            "tokenizer",
            "post_processor",
        ),
    ],
)
def test_a_tokenizer_that_the_engine_does_not_have_is_refused(
    repo: Path, changes: dict[str, Any], code: str, where: str
) -> None:
    write_json(repo / "tokenizer.json", tokenizer(**changes))
    assert refused(repo) == (f"convert.{code}", f"tokenizer.json: {where}")


def test_a_repository_of_pickles_is_refused_and_never_opened(repo: Path, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    (repo / WEIGHTS).rename(tmp_path / "weights")
    payload = b"cos\nsystem\n(S'touch " + str(canary).encode() + b"'\ntR."
    (repo / "pytorch_model.bin").write_bytes(payload)
    assert refused(repo)[0] == "convert.pickle"
    (repo / "pytorch_model.bin").chmod(0)  # not even read
    assert refused(repo)[0] == "convert.pickle" and not canary.exists()


def test_code_of_the_repository_is_only_mentioned(tmp_path: Path) -> None:
    repo = tiny_repo(tmp_path / "repo", auto_map={"AutoModelForCausalLM": "modeling_x.X"})
    canary = tmp_path / "canary"
    (repo / "modeling_x.py").write_text(f"open({str(canary)!r}, 'w')")
    assert "code" in make_plan(Repository(repo)).notes and not canary.exists()


def test_a_window_shortens_the_context(tmp_path: Path) -> None:
    repo = tiny_repo(tmp_path / "repo", architectures=["MistralForCausalLM"], sliding_window=100)
    plan = make_plan(Repository(repo))
    assert plan.shape.context == 100 and "window" in plan.notes


def pieces(**changes: Any) -> dict[str, Any]:
    """A SentencePiece vocabulary as ``tokenizer.json`` has it."""
    texts = ["<unk>", *(f"<0x{number:02X}>" for number in range(256)), "▁", "a", "b", "ab", "▁ab", "▁a"]
    model = {
        "type": "BPE",
        "byte_fallback": True,
        "unk_token": "<unk>",
        "vocab": {text: number for number, text in enumerate(texts)},
        "merges": [["a", "b"], ["▁", "a"], ["▁a", "b"], ["▁", "ab"]],
        **changes,
    }
    normalizer = {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}
    return {"model": model, "normalizer": normalizer, "pre_tokenizer": None, "added_tokens": []}


def test_scores_follow_the_order_of_merges() -> None:
    vocabulary = read_json(pieces(), {}, 300)
    scores = dict(zip(vocabulary.texts, vocabulary.scores, strict=True))
    assert scores["ab"] > scores["▁a"] > scores["▁ab"] and vocabulary.space_prefix is False


@pytest.mark.parametrize(
    "merges",
    [
        [["▁", "ab"], ["a", "b"], ["▁", "a"], ["▁a", "b"]],  # those of one piece stand apart
        [["a", "b"], ["▁", "a"], ["▁", "ab"]],  # SentencePiece would also join ▁a and b
    ],
)
def test_merges_that_scores_cannot_say_are_refused(merges: list[list[str]]) -> None:
    with pytest.raises(Refusal) as caught:
        read_json(pieces(merges=merges), {}, 300)
    assert caught.value.failure.where == "tokenizer.json: model.merges"


@pytest.mark.parametrize(
    "data", [b"", b"\x0a", b"\x0a\xff\xff\xff\xff\x7f", b"\xff" * 40, struct.pack("<Q", 2**63)]
)
def test_a_damaged_sentencepiece_model_is_refused(repo: Path, data: bytes) -> None:
    (repo / "tokenizer.json").unlink()
    (repo / "tokenizer.model").write_bytes(data)
    code, where = refused(repo)
    assert code in ("convert.unreadable", "convert.tokenizer") and where.startswith("tokenizer.model")


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "tokenizer_config.json"])
@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"\xff", b'{"a":' * 100_000, b'{"a": 1, "a": 2}'])
def test_json_that_is_none_is_refused(repo: Path, name: str, text: bytes) -> None:
    (repo / name).write_bytes(text)
    assert refused(repo) == ("convert.unreadable", name)


def test_templates_come_from_either_file(repo: Path) -> None:
    (repo / "chat_template.jinja").write_text("{{ 1 }}")
    assert make_plan(Repository(repo)).vocabulary.templates == {"default": "{{ 1 }}"}
    (repo / "chat_template.jinja").unlink()
    settings = json.loads((repo / "tokenizer_config.json").read_text())
    listed = [{"name": "default", "template": "x"}, {"name": "tool_use", "template": "y"}]
    write_json(repo / "tokenizer_config.json", {**settings, "chat_template": listed})
    assert make_plan(Repository(repo)).vocabulary.templates == {"default": "x", "tool_use": "y"}
    bad = [{"name": "../x", "template": "y"}]
    write_json(repo / "tokenizer_config.json", {**settings, "chat_template": bad})
    assert refused(repo) == ("convert.unreadable", "tokenizer_config.json: chat_template")


def test_a_gemma_that_reads_pictures_gives_its_text_model_and_fields_it_leaves_out(tmp_path: Path) -> None:
    width, feed, heads, kv_heads, head, vocabulary = 64, 128, 8, 4, 256, 300
    layers = {
        "input_layernorm": (width,),
        "post_attention_layernorm": (width,),
        "pre_feedforward_layernorm": (width,),
        "post_feedforward_layernorm": (width,),
        "self_attn.q_norm": (head,),
        "self_attn.k_norm": (head,),
        "self_attn.q_proj": (heads * head, width),
        "self_attn.k_proj": (kv_heads * head, width),
        "self_attn.v_proj": (kv_heads * head, width),
        "self_attn.o_proj": (width, heads * head),
        "mlp.gate_proj": (feed, width),
        "mlp.up_proj": (feed, width),
        "mlp.down_proj": (width, feed),
    }
    shapes = {"language_model.model.embed_tokens": (vocabulary, width), "language_model.model.norm": (width,)}
    shapes |= {f"language_model.model.layers.0.{name}": shape for name, shape in layers.items()}
    shapes |= {"vision_tower.encoder.bias_of": (3,)}
    repo = tiny_repo(tmp_path / "repo")
    zeros = {f"{name}.weight": np.zeros(shape, np.float32) for name, shape in shapes.items()}
    write_safetensors(repo / WEIGHTS, zeros)
    text = {
        "hidden_size": width,
        "intermediate_size": feed,
        "num_hidden_layers": 1,
        "vocab_size": vocabulary,
        "sliding_window": 1024,
        "rope_scaling": {"factor": 8.0, "rope_type": "linear"},
    }
    config = {"architectures": ["Gemma3ForConditionalGeneration"], "text_config": text}
    write_json(repo / "config.json", config)
    added = [*tokenizer()["added_tokens"], {"id": vocabulary, "content": "<image_soft_token>"}]
    write_json(repo / "tokenizer.json", tokenizer(added_tokens=added))
    plan = make_plan(Repository(repo))
    assert {"pictures", "tokens"} <= set(plan.notes)
    shape = plan.shape
    assert (shape.heads, shape.head_dim, shape.context, shape.eps) == (8, 256, 131_072, 1e-6)
    assert (shape.rope.base, shape.rope.base_local) == (1e6, 1e4)
    assert shape.rope.keys == {"scaling.type": "linear", "scaling.factor": 8.0}


ODD: tuple[object, ...] = (
    *(None, True, 0, -1, 2**31, 2**70, 1e308, float("nan"), float("inf")),
    *("", "x", "▁", "\ud800", "a b"),
    *([], {}, [1], [None], {"a": 1}, [[]], [{}]),
)


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in parsed JSON, of long lists and objects only the beginning."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in itertools.islice(items, 20):
        yield (*path, key)
        yield from places(inner, (*path, key))


def test_a_changed_repository_is_converted_or_refused_but_never_a_crash(repo: Path) -> None:
    random = Random(4)
    outcomes = Counter[bool]()
    originals = {path.name: path.read_bytes() for path in repo.iterdir()}
    for _ in range(200):
        name = random.choice(sorted(originals))
        data = bytearray(originals[name])
        if name == WEIGHTS:
            data[random.randrange(2000)] = random.randrange(256)
        else:
            value = json.loads(data)
            *way, last = random.choice(list(places(value)))
            inner = value
            for step in way:
                inner = inner[step]
            inner[last] = random.choice(ODD)
            data = bytearray(json.dumps(value).encode())
        (repo / name).write_bytes(data)
        try:
            plan = make_plan(Repository(repo))
            outcomes[bool(sizes(plan, "x"))] += 1
        except Refusal as refusal:
            assert refusal.failure.where
            outcomes[False] += 1
        (repo / name).write_bytes(originals[name])
    assert min(outcomes[True], outcomes[False]) > 20
