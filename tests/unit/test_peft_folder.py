"""What may become a GGUF adapter: pairs, scalings, places. Whatever else a folder holds is refused by its
name."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.gguf.header import Header
from backend.gguf.reader import read_header, read_headers
from backend.gguf.types import GGMLType, ValueType
from backend.peft import CONFIG, MOST_RANK, WEIGHTS
from backend.worker.convert import peft_folder
from backend.worker.convert.adapter import AdapterPlan, Label, adapter_size, plan_adapter, write_adapter
from backend.worker.convert.config import Config
from backend.worker.convert.peft_folder import Patterns, read_folder
from backend.worker.convert.refusal import Refusal
from backend.worker.convert.repository import Repository
from tests.support.adapter_files import write_adapter as write_gguf_adapter
from tests.support.adapter_files import write_peft
from tests.support.examples import examples
from tests.support.hf_repo import write_json, write_safetensors
from tests.support.tiny_gguf import TensorSpec, Typed, tiny_llama, tiny_split, write_gguf

MODULE = "model.layers.0.self_attn.q_proj"
A, B = (f"base_model.model.{MODULE}.lora_{side}.weight" for side in "AB")
PAIR: dict[str, tuple[int, ...]] = {A: (4, 64), B: (64, 4)}
Shapes = dict[str, tuple[int, ...]]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Header, ...]:
    return read_headers(tiny_llama(tmp_path_factory.mktemp("base") / "tiny.gguf"))


def plan(folder: Path, base: tuple[Header, ...]) -> AdapterPlan:
    return plan_adapter(Repository(folder), base)


def refused(folder: Path, base: tuple[Header, ...]) -> tuple[str, str, str]:
    """Code, place and detail of the refusal."""
    with pytest.raises(Refusal) as caught:
        plan(folder, base)
    failure = caught.value.failure
    return failure.code.removeprefix("convert."), failure.where, failure.detail


CONFIGS: dict[str, tuple[str, dict[str, Any]]] = {
    "another method": ("peft_type", {"peft_type": "IA3"}),
    "no method": ("peft_type", {"peft_type": None}),
    "DoRA": ("use_dora", {"use_dora": True}),
    "QALoRA": ("use_qalora", {"use_qalora": True}),
    "block-diagonal": ("use_bdlora", {"use_bdlora": {"nblocks": 2}}),
    "a later invention": ("use_xlora9", {"use_xlora9": True}),
    "bias": ("bias", {"bias": "lora_only"}),
    "bias of B": ("lora_bias", {"lora_bias": True}),
    "whole modules": ("modules_to_save", {"modules_to_save": ["lm_head"]}),
    "turned weights": ("fan_in_fan_out", {"fan_in_fan_out": True}),
    "layers twice": ("layer_replication", {"layer_replication": [[0, 2], [1, 2]]}),
    "tokens": ("trainable_token_indices", {"trainable_token_indices": [1]}),
    "parameters": ("target_parameters", {"target_parameters": ["mlp.experts.gate_up_proj"]}),
    "aLoRA": ("alora_invocation_tokens", {"alora_invocation_tokens": [5]}),
    "KaSA": ("kasa_config", {"kasa_config": {"beta": 0.1}}),
    "PiSSA": ("init_lora_weights", {"init_lora_weights": "pissa_niter_4"}),
    "LoRA-GA": ("init_lora_weights", {"init_lora_weights": "lora_ga"}),
    "no alpha": ("lora_alpha", {"lora_alpha": 0}),
    "alpha of text": ("lora_alpha", {"lora_alpha": "16"}),
    "alpha beyond": ("lora_alpha", {"lora_alpha": 1e400}),
    "rank of text": ("r", {"r": [4]}),
    "rslora of text": ("use_rslora", {"use_rslora": "yes"}),
    "base of numbers": ("base_model_name_or_path", {"base_model_name_or_path": 7}),
    "patterns of a list": ("alpha_pattern", {"alpha_pattern": ["q_proj"]}),
    "pattern of text": ("alpha_pattern.q_proj", {"alpha_pattern": {"q_proj": "8"}}),
    "broken pattern": ("rank_pattern", {"rank_pattern": {"q_proj(": 4}}),
    "long pattern": ("alpha_pattern", {"alpha_pattern": {"q" * 600: 4}}),
}


@pytest.mark.parametrize("case", CONFIGS)
def test_settings_that_a_gguf_adapter_cannot_express(
    case: str, tmp_path: Path, base: tuple[Header, ...]
) -> None:
    field, changes = CONFIGS[case]
    code, where, _ = refused(write_peft(tmp_path / "peft", PAIR, **changes), base)
    assert (code, where) == ("adapter_config", f"{CONFIG}: {field}")


OTHER = "base_model.model.model.layers.0."
TENSORS: dict[str, tuple[Shapes, str, str]] = {
    "none": ({}, "", ""),
    "only A": ({A: (4, 64)}, MODULE, "only lora_A"),
    "ranks that differ": ({A: (4, 64), B: (64, 8)}, MODULE, "rank 4 in A, 8 in B"),
    "rank of the config": ({A: (8, 64), B: (64, 8)}, A, f"rank 8, but {CONFIG} says 4"),
    "huge rank": ({A: (MOST_RANK + 1, 64), B: (64, MOST_RANK + 1)}, MODULE, "at most 4096"),
    "no rank": ({A: (0, 64), B: (64, 0)}, A, "two dimensions"),
    "another base": (
        {**PAIR, A.replace(".lora_A", ".base_layer"): (60, 64)},
        "base_layer",
        "expected [64, 64]",
    ),
    "a base alone": ({**PAIR, "model.embed_tokens.base_layer.weight": (9, 64)}, "embed_tokens", "without"),
    "a convolution": ({A: (4, 64, 1, 1), B: (64, 4, 1, 1)}, A, "two dimensions"),
    "another width": ({A: (4, 32), B: (64, 4)}, A, "shape [4, 32], expected [4, 64]"),
    "another height": ({A: (4, 64), B: (32, 4)}, B, "shape [32, 4], expected [64, 4]"),
    "twice": ({**PAIR, A.replace("lora_A", "lora_A.default"): (4, 64)}, "lora_A", "there twice"),
    "twice by another prefix": ({**PAIR, A[17:]: (4, 64), B[17:]: (64, 4)}, "lora_A", "there twice"),
    "magnitudes": ({**PAIR, f"{OTHER}self_attn.q_proj.lora_magnitude_vector": (64,)}, "magnitude", "neither"),
    "a bias": ({**PAIR, f"{OTHER}self_attn.q_proj.bias": (64,)}, "q_proj.bias", "neither"),
    "a whole module": ({**PAIR, "base_model.model.lm_head.weight": (9, 64)}, "lm_head.weight", "neither"),
    "tokens": (
        {**PAIR, "base_model.model.model.embed_tokens.lora_embedding_A": (4, 9)},
        "embed_tokens",
        "neither",
    ),
    "a table of tokens": (
        {
            "base_model.model.model.embed_tokens.lora_A.weight": (4, 64),
            "base_model.model.model.embed_tokens.lora_B.weight": (9, 4),
        },
        "embed_tokens",
        "no place",
    ),
    "the output of tied tokens": (
        {"base_model.model.lm_head.lora_A.weight": (4, 64), "base_model.model.lm_head.lora_B.weight": (9, 4)},
        "lm_head",
        "llama has no place for it",
    ),
    **{
        name: (
            {f"{module}.lora_A.weight": (4, 64), f"{module}.lora_B.weight": (64, 4)},
            module,
            "llama has no place for it",
        )
        for name, module in {
            "an expert": f"{OTHER}mlp.experts.0.gate_proj",
            "a router": f"{OTHER}mlp.gate",
            "a layer too many": "base_model.model.model.layers.7.self_attn.q_proj",
            "a picture": "base_model.model.model.vision_tower.encoder.layers.0.self_attn.q_proj",
            "a score": "base_model.model.score",
            "a path": "base_model.model.../../layers.0.self_attn.q_proj",
        }.items()
    },
}


@pytest.mark.parametrize("case", TENSORS)
def test_tensors_without_a_place_are_named(case: str, tmp_path: Path, base: tuple[Header, ...]) -> None:
    shapes, name, detail = TENSORS[case]
    code, where, told = refused(write_peft(tmp_path / "peft", shapes), base)
    assert code == ("adapter_tensor" if shapes else "no_weights")
    assert where.startswith(WEIGHTS) and name in where and detail in told


def test_a_module_has_the_same_place_whatever_stands_in_front_of_its_name(
    tmp_path: Path, base: tuple[Header, ...]
) -> None:
    """As PEFT wrote them at different times, for text models and inside of those that see pictures."""
    plain = plan(write_peft(tmp_path / "plain", PAIR), base)
    beside = {**PAIR, A.replace(".lora_A", ".base_layer"): (64, 64)}
    assert len(plan(write_peft(tmp_path / "beside", beside), base).matched) == 2
    assert [one.wanted.target for one in plain.matched] == [f"blk.0.attn_q.weight.lora_{s}" for s in "ab"]
    for number, (old, new) in enumerate(
        [
            ("base_model.model.model.", "model."),
            ("base_model.model.model.", "base_model.model.model.language_model."),
            ("base_model.model.model.", "base_model.model.language_model.model."),
            (".weight", ".default.weight"),
        ]
    ):
        shapes = {name.replace(old, new): shape for name, shape in PAIR.items()}
        other = plan(write_peft(tmp_path / str(number), shapes), base)
        assert [one.wanted.target for one in other.matched] == [one.wanted.target for one in plain.matched]


KEYS = st.sampled_from(
    ("q_proj", "self_attn.q_proj", r"layers\.0\..*", "model.layers.[01].self_attn.q_proj", "proj", ".*_proj",
     "layers.1.self_attn.q_proj", "(q|k)_proj", "elf_attn.q_proj", "model.layers.0.self_attn.q_proj", "")
)  # fmt: skip


@settings(max_examples=examples(200), deadline=None)
@given(
    alphas=st.dictionaries(KEYS, st.integers(1, 99), max_size=4),
    ranks=st.dictionaries(KEYS, st.just(4), max_size=2),
    alpha=st.integers(1, 64),
    rooted=st.booleans(),
)
def test_pairs_are_scaled_as_peft_does(
    tmp_path_factory: pytest.TempPathFactory,
    alphas: dict[str, int],
    ranks: dict[str, int],
    alpha: int,
    rooted: bool,
) -> None:
    folder = tmp_path_factory.getbasetemp() / "scaled"
    write_peft(folder, PAIR, lora_alpha=alpha, alpha_pattern=alphas, rank_pattern=ranks, use_rslora=rooted)
    # get_pattern_key of peft/utils/other.py, and update_layer of peft/tuners/lora/layer.py
    key = next((key for key in alphas if re.match(rf"(.*\.)?({key})$", MODULE)), "")
    meant = alphas.get(key, alpha) if key or re.match(r"(.*\.)?()$", MODULE) else alpha
    [pair] = read_folder(Repository(folder)).pairs
    assert pair.scaling == pytest.approx(meant / (math.sqrt(4) if rooted else 4))


def test_a_rank_of_its_own_is_expected_where_the_pattern_says(
    tmp_path: Path, base: tuple[Header, ...]
) -> None:
    wide = {A: (16, 64), B: (64, 16)}
    done = plan(write_peft(tmp_path / "a", wide, rank_pattern={r"layers\.\d+\.self_attn.q_proj": 16}), base)
    assert done.alpha == 8 and done.matched[1].wanted.factor == 1.0, "the engine divides by the rank itself"
    assert "says 16" in refused(write_peft(tmp_path / "b", PAIR, rank_pattern={"q_proj": 16}), base)[2]


def test_a_pattern_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peft_folder, "_MATCHING_S", 0.05)
    config = Config({"alpha_pattern": {"((a|aa)+)+$b": 1}}, file=CONFIG, code="adapter_config")
    patterns = Patterns(config, "alpha_pattern")
    with pytest.raises(Refusal, match="too long"):
        for _ in range(100):
            patterns.of("a" * 60, 1.0)


def test_the_file_says_what_it_is_and_not_where_its_base_lay(
    tmp_path: Path, base: tuple[Header, ...]
) -> None:
    numbers = np.random.default_rng(1)
    named = {"meta/Tiny-1": ("Tiny-1", "meta"), "/home/anna/../secret/Tiny/": ("Tiny", ""),
             "C:\\models\\Tiny": ("Tiny", ""), "": ("", "")}  # fmt: skip
    for place, (path, (name, owner)) in enumerate(named.items()):
        folder = write_peft(tmp_path / str(place), PAIR, base_model_name_or_path=path, lora_alpha=24)
        tensors = {A: numbers.normal(size=(4, 64)), B: numbers.normal(size=(64, 4))}
        write_safetensors(folder / WEIGHTS, {key: one.astype(np.float32) for key, one in tensors.items()})
        repository = Repository(folder)
        planned = plan_adapter(repository, base)
        target, label = tmp_path / f"{place}.gguf", Label("Tone", "mit")
        write_adapter(repository, planned, target, "Q8_0", label, lambda share, tensor: None)
        assert target.stat().st_size == adapter_size(planned, "Q8_0", label)
        header = read_header(target)
        assert (header.name, header.text("general.license"), header.kind) == ("Tone", "mit", "adapter")
        assert header.metadata["adapter.lora.alpha"] == 24.0
        assert header.types["adapter.lora.alpha"] is ValueType.FLOAT32
        assert header.text("general.base_model.0.name") == name
        assert header.text("general.base_model.0.organization") == owner
        url = f"https://huggingface.co/{path}" if owner else ""
        assert header.text("general.base_model.0.repo_url") == url
        types = {tensor.name[-6:]: tensor.type for tensor in header.tensors}
        assert types == {"lora_a": GGMLType.Q8_0, "lora_b": GGMLType.F16}, "rows of 4 make no block"
        assert b"secret" not in target.read_bytes()


def test_a_base_that_is_none_is_named(tmp_path: Path, base: tuple[Header, ...]) -> None:
    folder = write_peft(tmp_path / "peft", PAIR)
    kv = Typed(ValueType.ARRAY, [1, 2], ValueType.UINT32)
    cases: dict[str, tuple[dict[str, Any], str]] = {
        "heads": ({"llama.attention.head_count_kv": kv}, "llama.attention.head_count_kv"),
        "layers": ({"llama.block_count": 2**31 - 1}, "llama.block_count"),
        "none": ({"llama.attention.head_count": 0}, "llama.attention.head_count"),
        "others": ({"llama.attention.head_count": 4}, "blk.0.attn_q.weight"),
        "odd": ({"llama.attention.key_length": 31}, "llama.attention.key_length"),
    }
    for name, (extra, field) in cases.items():
        headers = read_headers(tiny_llama(tmp_path / f"{name}.gguf", extra=extra))
        assert refused(folder, headers)[:2] == ("base", f"{name}.gguf: {field}")
    other = write_gguf(tmp_path / "gpt2.gguf", {"general.architecture": "gpt2"}, [])
    assert refused(folder, read_headers(other)) == ("base", "gpt2.gguf: general.architecture", "gpt2")
    adapter = write_gguf_adapter(tmp_path / "a.gguf", [TensorSpec("x.lora_a", (4, 4), GGMLType.F32)])
    assert refused(folder, read_headers(adapter))[:2] == ("base", "a.gguf")
    parts = tiny_split(tmp_path, "split", parts=3)
    assert plan(folder, read_headers(parts[0])).matched == plan(folder, base).matched


def test_links_and_devices_are_not_followed(tmp_path: Path, base: tuple[Header, ...]) -> None:
    folder = write_peft(tmp_path / "peft", PAIR)
    outside = write_peft(tmp_path / "outside", PAIR)
    for name in (CONFIG, WEIGHTS):
        (folder / name).rename(tmp_path / name)
        (folder / name).symlink_to(outside / name)
        assert refused(folder, base)[:2] == ("outside", name)
        (folder / name).unlink()
        (folder / name).symlink_to("/dev/zero")
        assert refused(folder, base)[:2] == ("outside", name)
        (folder / name).unlink()
        (tmp_path / name).rename(folder / name)
    (folder / WEIGHTS).rename(folder / "adapter_model.bin")
    assert refused(folder, base)[:2] == ("pickle", WEIGHTS)


def test_damaged_bytes_are_refused_and_nothing_else_happens(tmp_path: Path, base: tuple[Header, ...]) -> None:
    """Bits of the config and of the header of the weights are turned, bytes cut and repeated."""
    folder = write_peft(
        tmp_path / "peft", PAIR, alpha_pattern={"q_proj": 4}, rank_pattern={"k_proj": 8}, use_rslora=True
    )
    whole = {name: (folder / name).read_bytes() for name in (CONFIG, WEIGHTS)}
    random = Random(7)
    outcomes = {True: 0, False: 0}
    for _ in range(examples(800)):
        name = random.choice((CONFIG, WEIGHTS))
        data = bytearray(whole[name])
        for _ in range(random.randint(1, 3)):
            place = random.randrange(min(len(data), 400))
            match random.randrange(4):
                case 0:
                    data[place] ^= 1 << random.randrange(8)
                case 1:
                    data[place] = random.randrange(256)
                case 2:
                    del data[place : place + random.randrange(1, 9)]
                case _:
                    data[place:place] = data[place : place + random.randrange(1, 9)]
        (folder / name).write_bytes(data)
        try:
            plan(folder, base)
            outcomes[True] += 1
        except Refusal as refusal:
            assert refusal.failure.code.startswith("convert.") and refusal.failure.where
            outcomes[False] += 1
        (folder / name).write_bytes(whole[name])
    assert all(outcomes.values())
    values = json.loads(whole[CONFIG])
    for field, wrong in (
        (f, w) for f in values for w in (None, [], {}, "x", -1, 2**70, True, [[[]]], {"a": 1})
    ):
        write_json(folder / CONFIG, values | {field: wrong})
        try:
            plan(folder, base)
        except Refusal as refusal:
            assert refusal.failure.where.startswith((CONFIG, WEIGHTS)), field
