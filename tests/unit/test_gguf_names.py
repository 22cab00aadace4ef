"""Quantization labels, kinds and shard numbers in file names."""

from __future__ import annotations

import pytest

from backend.gguf.names import (
    UNKNOWN,
    bits_per_weight,
    file_kind,
    quant_label,
    quant_meaning,
    shard_info,
    shard_name,
)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Llama-3.2-3B-Instruct-Q4_K_M.gguf", "Q4_K_M"),
        ("UD-IQ2_XXS/DeepSeek-R1-UD-IQ2_XXS-00001-of-00004.gguf", "UD-IQ2_XXS"),
        ("Qwen3-8B-UD-Q4_K_XL.gguf", "UD-Q4_K_XL"),
        ("model.i1-Q4_K_S.gguf", "Q4_K_S"),
        ("qwen2.5-0.5b-instruct-fp16.gguf", "F16"),
        ("qwen2-7b-q5_k_m.gguf", "Q5_K_M"),
        ("gpt-oss-20b-mxfp4.gguf", "MXFP4"),
        ("gpt-oss-20b-MXFP4_MOE.gguf", "MXFP4_MOE"),
        ("gemma-3-4b-it-BF16.gguf", "BF16"),
        ("bitnet-TQ2_0.gguf", "TQ2_0"),
        ("phi-2.Q4_0_4_8.gguf", "Q4_0_4_8"),
        ("Mistral-Q6_K_L.gguf", "Q6_K_L"),
        ("SmolLM2-IQ4_NL.gguf", "IQ4_NL"),
        ("Q8_0/model-00001-of-00002.gguf", "Q8_0"),
        ("F16-then-Q3_K_XL.gguf", "Q3_K_XL"),
        ("Qwen3.5-9B.gguf", UNKNOWN),
        ("SQ8_0X.gguf", UNKNOWN),
    ],
)
def test_labels(name: str, label: str) -> None:
    assert quant_label(name) == label


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("model-Q4_K_M.gguf", "model"),
        ("mmproj-model-f16.gguf", "projector"),
        ("gemma.mmproj-Q8_0.gguf", "projector"),
        ("pirate-lora-f16.gguf", "adapter"),
        ("Llama-adapter.gguf", "adapter"),
        ("imatrix.gguf", "calibration"),
        ("model-imatrix-Q4_K_M.gguf", "model"),
        ("explorations-7b.gguf", "model"),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    assert file_kind(name) == kind


def test_shards() -> None:
    assert shard_info("a-00002-of-00005.gguf") == ("a", 2, 5)
    assert shard_info("dir/b.Q4_K_M-00001-of-00002.gguf") == ("dir/b.Q4_K_M", 1, 2)
    for name in ("a.gguf", "a-00000-of-00002.gguf", "a-00003-of-00002.gguf", "a-1-of-2.gguf"):
        assert shard_info(name) is None
    assert shard_name("a", 2, 5) == "a-00002-of-00005.gguf"


def test_every_label_has_bits_and_a_meaning() -> None:
    labels = [
        "Q4_K_M",
        "UD-Q4_K_XL",
        "Q2_K",
        "IQ1_S",
        "IQ3_M",
        "F16",
        "Q8_0",
        "MXFP4",
        "TQ1_0",
        "Q3_K",
        "Q4_0_4_8",
    ]
    for label in labels:
        assert bits_per_weight(label), label
        assert quant_meaning(label), label
    assert bits_per_weight(UNKNOWN) is None
    assert quant_meaning(UNKNOWN) == ""
    assert quant_meaning("Q4_K_M") == "Small quality loss, the usual choice"
