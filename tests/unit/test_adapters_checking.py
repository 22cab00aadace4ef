"""Adapters are held against their base before native code sees them."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.adapters.checking import Base, check
from backend.adapters.checking_peft import check_peft
from backend.adapters.reading import gguf_adapter, pairs_of, peft_adapter, read_peft
from backend.adapters.types import CheckKind, CheckLine, Compatibility
from backend.errors import AppError
from backend.gguf.header import Header
from backend.gguf.parser import HeaderParser
from backend.gguf.reader import read_header
from backend.gguf.types import GGMLType, ValueType
from backend.peft import MOST_RANK
from tests.support.adapter_files import adapter_metadata, lora_pair, write_adapter, write_peft
from tests.support.examples import examples
from tests.support.tiny_gguf import TensorSpec, Typed, encode_header, tiny_llama_parts

WIDTH, KV, FFN, EXPERTS = 64, 32, 128, 4
Q, K, DOWN = "blk.0.attn_q.weight", "blk.0.attn_k.weight", "blk.1.ffn_down.weight"
EXPERT, TOKENS = "blk.0.ffn_up_exps.weight", "token_embd.weight"


def header_of(metadata: dict[str, Any], tensors: list[TensorSpec]) -> Header:
    parser = HeaderParser("a.gguf")
    parser.feed(encode_header(metadata, tensors))
    return parser.header()


def base_model(*, tied: bool = False, **changes: Any) -> Base:
    metadata, tensors = tiny_llama_parts(width=WIDTH)
    tensors.append(TensorSpec(EXPERT, (WIDTH, FFN, EXPERTS)))
    if not tied:
        tensors.append(TensorSpec("output.weight", (WIDTH, VOCAB)))
    return Base((header_of(metadata | changes, tensors),), ("acme/Tiny", "Tiny-Q8_0"), "Q8_0")


VOCAB = next(t.shape[1] for t in tiny_llama_parts(width=WIDTH)[1] if t.name == TOKENS)
BASE = base_model()
SHAPES = {name: tensor.shape for name, tensor in BASE.tensors().items() if len(tensor.shape) > 1}


def checked(
    tensors: list[TensorSpec], metadata: dict[str, Any] | None = None, base: Base = BASE
) -> Compatibility:
    return check(header_of(adapter_metadata() if metadata is None else metadata, tensors), base)


def line(result: Compatibility, kind: CheckKind) -> CheckLine:
    return next(one for one in result.lines if one.kind is kind)


def embedding_pair(rank: int = 4) -> list[TensorSpec]:
    return [
        TensorSpec(f"{TOKENS}.lora_a", (rank, VOCAB)),
        TensorSpec(f"{TOKENS}.lora_b", (rank, WIDTH)),
    ]


def test_an_adapter_that_fits_says_so_line_by_line() -> None:
    tensors = [*lora_pair(Q, (WIDTH, WIDTH)), *lora_pair(EXPERT, (WIDTH, FFN, EXPERTS)), *embedding_pair()]
    metadata = adapter_metadata() | {"general.base_model.0.repo_url": "https://huggingface.co/acme/Tiny"}
    result = checked(tensors, metadata)
    assert result.safe
    assert [(one.kind.value, one.state, one.text) for one in result.lines] == [
        ("file", "ok", "complete"),
        ("architecture", "ok", "llama, 2 layers, both"),
        ("base", "ok", "acme/Tiny"),
        ("shapes", "ok", "3 of 3 match, rank 4, alpha 16"),
        ("format", "ok", "GGUF, F32"),
        ("vocabulary", "ok", "unchanged, no extra tokens"),
        ("precision", "ok", "on Q8_0 the effect is as trained"),
    ]
    assert result.memory == sum(tensor.nbytes for tensor in tensors)


def test_another_base_and_a_coarser_one_are_told_and_allowed() -> None:
    metadata = adapter_metadata() | {"general.base_model.0.name": "Gemma"}
    result = checked(lora_pair(Q, (WIDTH, WIDTH)), metadata, replace(BASE, quant="Q4_K_M"))
    assert result.safe
    assert line(result, CheckKind.BASE) == CheckLine(
        CheckKind.BASE, "warning", "trained on Gemma; this model is acme/Tiny"
    )
    assert line(result, CheckKind.PRECISION).state == "warning"


A, B = f"{Q}.lora_a", f"{Q}.lora_b"
WRONG = {
    "width": ([TensorSpec(A, (60, 4)), TensorSpec(B, (4, WIDTH))], f"{A} is 60 × 4; 64 × 4 expected"),
    "outputs": ([TensorSpec(A, (WIDTH, 4)), TensorSpec(B, (4, 32))], f"{B} is 4 × 32; 4 × 64 expected"),
    "ranks": ([TensorSpec(A, (WIDTH, 8)), TensorSpec(B, (4, WIDTH))], f"{A} is 64 × 8; 64 × 4 expected"),
    "high": (lora_pair(Q, (WIDTH, WIDTH), MOST_RANK + 1), f"{B} has rank 4097; 1 to 4096 expected"),
    "half": ([TensorSpec(A, (WIDTH, 4))], f"{Q} has no lora_b"),
    "name": (lora_pair("blk.7.attn_q.weight", (WIDTH, WIDTH)), "blk.7.attn_q.weight is not in the model"),
    "suffix": (
        [TensorSpec("x.lora_c", (4,))],
        "x.lora_c is no part of an adapter: lora_a or lora_b expected",
    ),
    "marks": (
        lora_pair("blk.0.lora_a.attn_q.weight", (WIDTH, WIDTH)),
        "blk.0.lora_a.attn_q.weight.lora_a is no part of an adapter: lora_a or lora_b expected",
    ),
    "vector": (
        lora_pair("output_norm.weight", (WIDTH, 1)),
        "output_norm.weight of the model is no matrix: 64",
    ),
    "experts": (
        lora_pair(EXPERT, (WIDTH, FFN, EXPERTS + 1)),
        f"{EXPERT}.lora_a is 64 × 4 × 5; 64 × 4 × 4 expected",
    ),
    "no experts": (lora_pair(EXPERT, (WIDTH, FFN)), f"{EXPERT}.lora_a is 64 × 4; 64 × 4 × 4 expected"),
    "too many dims": (lora_pair(Q, (WIDTH, WIDTH, 2)), f"{A} is 64 × 4 × 2; 64 × 4 expected"),
    "type": (lora_pair(Q, (WIDTH, WIDTH), type=GGMLType.I32), f"{A} is I32, which cannot be applied"),
    "embedding": (lora_pair(TOKENS, (WIDTH, VOCAB)), f"{TOKENS}.lora_a is 64 × 4; 4 × {VOCAB} expected"),
    "nothing": ([], "the file has no adapter tensors"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_tensor_that_does_not_fit_is_named_with_what_was_expected(case: str) -> None:
    tensors, text = WRONG[case]
    result = checked(tensors)
    assert not result.safe
    assert line(result, CheckKind.SHAPES) == CheckLine(CheckKind.SHAPES, "bad", text)


def test_token_vectors_that_are_the_output_too_cannot_be_changed() -> None:
    assert checked(embedding_pair()).safe
    result = checked(embedding_pair(), base=base_model(tied=True))
    assert "is the output of this model too" in line(result, CheckKind.SHAPES).text


@pytest.mark.parametrize(
    "changes",
    [
        {"general.type": "model"},
        {"general.type": 3},
        {"adapter.type": "ia3"},
        {"adapter.type": Typed(ValueType.UINT32, 1)},
        {"general.architecture": "qwen3"},
        {"general.architecture": 1},
        {"adapter.lora.alpha": -1.0},
        {"adapter.lora.alpha": float("nan")},
        {"adapter.lora.alpha": float("inf")},
        {"adapter.lora.alpha": 16},
        {"adapter.lora.alpha": "16"},
        {"adapter.lora.alpha": Typed(ValueType.FLOAT64, 16.0)},
        {"adapter.alora.invocation_tokens": [1, 2]},
        {"split.count": Typed(ValueType.UINT16, 2)},
    ],
)
def test_keys_that_the_engine_would_not_survive_are_refused(changes: dict[str, Any]) -> None:
    assert not checked(lora_pair(Q, (WIDTH, WIDTH)), adapter_metadata() | changes).safe


@settings(max_examples=examples(300), deadline=None)
@given(data=st.data())
def test_nothing_is_safe_whose_shapes_do_not_fit(data: st.DataObject) -> None:
    """One dimension of one tensor is another one: never safe, and never an error."""
    name = data.draw(st.sampled_from(sorted(set(SHAPES) - {TOKENS})))
    rank = data.draw(st.integers(1, 80))
    pair = lora_pair(name, SHAPES[name], rank)
    assert checked(pair).safe
    which = data.draw(st.integers(0, 1))
    shape = list(pair[which].shape)
    place = data.draw(st.integers(0, len(shape)))
    other = data.draw(st.integers(0, 5000))
    shape[place : place + 1] = [other]
    known = (*pair[which].shape, 1)
    if other == known[place]:
        assert checked(pair).safe
        return
    pair[which] = replace(pair[which], shape=tuple(shape))
    try:
        header = header_of(adapter_metadata(), pair)
    except AppError:
        return
    assert not check(header, BASE).safe


def test_mutated_files_are_refused_or_fit(tmp_path: Path) -> None:
    """Whatever a byte becomes: an error in words, a refusal, or shapes that really fit."""
    whole = write_adapter(
        tmp_path / "a.gguf", [*lora_pair(Q, (WIDTH, WIDTH)), *lora_pair(DOWN, (FFN, WIDTH))]
    ).read_bytes()
    length = read_header(tmp_path / "a.gguf").header_bytes
    rng = random.Random(6)
    path = tmp_path / "b.gguf"
    safe = 0
    for _ in range(examples(2000)):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 3)):
            data[rng.randrange(length)] = rng.choice((0, 1, 255, rng.randrange(256)))
        if rng.random() < 0.2:
            del data[rng.randrange(len(data)) :]
        path.write_bytes(data)
        adapter = gguf_adapter(path, "b", "b", "disk")
        try:
            header = read_header(path)
        except AppError as error:
            assert adapter.problem == error.title
            continue
        if check(header, BASE).safe:
            safe += 1
            pairs = pairs_of(header)
            for base, a in pairs.a.items():
                b = pairs.b[base]
                assert (a.shape[0], b.shape[1], a.shape[1]) == (*SHAPES[base][:2], b.shape[0])
            assert all(header.data_offset + t.offset + t.nbytes <= len(data) for t in header.tensors)
    assert safe


def test_a_cut_file_is_refused_by_name(tmp_path: Path) -> None:
    path = write_adapter(tmp_path / "cut.gguf", lora_pair(Q, (WIDTH, WIDTH)))
    path.write_bytes(path.read_bytes()[:-1])
    assert "cut.gguf" in gguf_adapter(path, "cut", "cut", "disk").problem


PREFIX = "base_model.model.model.layers.0.self_attn.q_proj"
FITS = {f"{PREFIX}.lora_A.weight": (4, WIDTH), f"{PREFIX}.lora_B.weight": (WIDTH, 4)}


def test_a_peft_folder_tells_its_facts_and_what_it_needs(tmp_path: Path) -> None:
    folder = write_peft(tmp_path / "tone", FITS, "BF16")
    (folder / "README.md").write_text(
        "---\nbase_model: acme/Tiny\nlicense: apache-2.0\n---\nlicense: other\n"
    )
    adapter = peft_adapter(folder, "tone", "tone", "disk")
    assert (adapter.base, adapter.ranks, adapter.alpha) == ("acme/Tiny", (4,), 8.0)
    assert (adapter.modules, adapter.licence, adapter.problem) == (("q_proj",), "apache-2.0", "")
    result = check_peft(read_peft(folder), replace(BASE, quant="Q4_K_M"))
    assert result.safe
    states = {one.kind.value: one.state for one in result.lines}
    assert states["format"] == states["precision"] == "warning"
    assert line(result, CheckKind.PRECISION).text == "BF16; on Q4_K_M the effect can be weaker"


@pytest.mark.parametrize(
    ("config", "word"),
    [
        ({"use_dora": True}, "DoRA"),
        ({"bias": "all"}, "bias"),
        ({"lora_bias": True}, "bias"),
        ({"modules_to_save": ["lm_head"]}, "modules_to_save: lm_head"),
        ({"peft_type": "IA3"}, "peft_type is IA3; LORA expected"),
        ({"peft_type": 4}, "LORA expected"),
    ],
)
def test_what_gguf_cannot_express_is_refused_by_name(
    tmp_path: Path, config: dict[str, Any], word: str
) -> None:
    result = check_peft(read_peft(write_peft(tmp_path / "x", FITS, **config)), BASE)
    assert not result.safe
    assert word in line(result, CheckKind.FORMAT).text


@pytest.mark.parametrize(
    ("kind", "shapes"),
    [
        (CheckKind.SHAPES, FITS | {f"{PREFIX}.lora_B.weight": (WIDTH + 1, 4)}),
        (CheckKind.SHAPES, FITS | {f"{PREFIX}.lora_B.weight": (WIDTH, 5)}),
        (CheckKind.SHAPES, FITS | {f"{PREFIX}.lora_magnitude_vector": (WIDTH,)}),
        (CheckKind.SHAPES, {f"{PREFIX}.lora_A.weight": (4, WIDTH)}),
        (CheckKind.SHAPES, {}),
        (CheckKind.VOCABULARY, FITS | {"base_model.model.model.embed_tokens.weight": (300, WIDTH)}),
    ],
)
def test_peft_shapes_are_held_against_the_base(
    tmp_path: Path, kind: CheckKind, shapes: dict[str, tuple[int, ...]]
) -> None:
    assert line(check_peft(read_peft(write_peft(tmp_path / "x", shapes)), BASE), kind).state == "bad"


def test_damaged_peft_folders_have_a_problem_in_words(tmp_path: Path) -> None:
    folder = write_peft(tmp_path / "x", FITS)
    rng = random.Random(7)
    for name in ("adapter_config.json", "adapter_model.safetensors"):
        whole = (folder / name).read_bytes()
        for _ in range(examples(300)):
            data = bytearray(whole)
            data[rng.randrange(min(len(data), 250))] = rng.randrange(256)
            (folder / name).write_bytes(data[: rng.randrange(len(data))] if rng.random() < 0.3 else data)
            adapter = peft_adapter(folder, "x", "x", "disk")
            if not adapter.problem:
                check_peft(read_peft(folder), BASE)
        (folder / name).write_bytes(whole)
    (folder / "adapter_model.safetensors").rename(folder / "adapter_model.bin")
    with pytest.raises(AppError, match="can carry code"):
        read_peft(folder)
