"""Headers of well-known models with their real dimensions and no weights.

Small enough to build in a test, and complete enough that the engine itself loads them without allocating.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from backend.gguf.types import GGMLType
from tests.support.tiny_gguf import TensorSpec, ghost_model

Parts = tuple[dict[str, Any], list[TensorSpec]]
Q4_K, Q8_0, F16, F32 = GGMLType.Q4_K, GGMLType.Q8_0, GGMLType.F16, GGMLType.F32


def _metadata(arch: str, name: str, vocab: int, **keys: Any) -> dict[str, Any]:
    values = {f"{arch}.{key.replace('__', '.')}": value for key, value in keys.items()}
    return {
        "general.architecture": arch,
        "general.name": name,
        **values,
        f"{arch}.vocab_size": vocab,
        "tokenizer.ggml.model": "none",
    }


def _ffn(block: str, embd: int, ffn: int, kind: GGMLType) -> Iterator[TensorSpec]:
    yield TensorSpec(block + "ffn_gate.weight", (embd, ffn), kind)
    yield TensorSpec(block + "ffn_up.weight", (embd, ffn), kind)
    yield TensorSpec(block + "ffn_down.weight", (ffn, embd), kind)


def _experts(block: str, embd: int, ffn: int, count: int, kind: GGMLType) -> Iterator[TensorSpec]:
    yield TensorSpec(block + "ffn_gate_inp.weight", (embd, count), F32)
    yield TensorSpec(block + "ffn_gate_exps.weight", (embd, ffn, count), kind)
    yield TensorSpec(block + "ffn_up_exps.weight", (embd, ffn, count), kind)
    yield TensorSpec(block + "ffn_down_exps.weight", (ffn, embd, count), kind)


def _attention(block: str, embd: int, q: int, kv: int, kind: GGMLType) -> Iterator[TensorSpec]:
    yield TensorSpec(block + "attn_norm.weight", (embd,))
    yield TensorSpec(block + "attn_q.weight", (embd, q), kind)
    yield TensorSpec(block + "attn_k.weight", (embd, kv), kind)
    yield TensorSpec(block + "attn_v.weight", (embd, kv), kind)
    yield TensorSpec(block + "attn_output.weight", (q, embd), kind)


def _head_norms(block: str, head: int) -> Iterator[TensorSpec]:
    yield TensorSpec(block + "attn_q_norm.weight", (head,))
    yield TensorSpec(block + "attn_k_norm.weight", (head,))


def _ends(embd: int, vocab: int, kind: GGMLType, *, tied: bool = False) -> Iterator[TensorSpec]:
    yield TensorSpec("token_embd.weight", (embd, vocab), kind)
    yield TensorSpec("output_norm.weight", (embd,))
    if not tied:
        yield TensorSpec("output.weight", (embd, vocab), kind)


def llama_8b() -> Parts:
    """Llama-3.1-8B: grouped-query attention."""
    embd, ffn, vocab, layers = 4096, 14336, 128256, 32
    metadata = _metadata(
        "llama",
        "Llama-3.1-8B",
        vocab,
        block_count=layers,
        context_length=131072,
        embedding_length=embd,
        feed_forward_length=ffn,
        attention__head_count=32,
        attention__head_count_kv=8,
        attention__key_length=128,
        attention__value_length=128,
        attention__layer_norm_rms_epsilon=1e-5,
        rope__dimension_count=128,
        rope__freq_base=500000.0,
    )
    tensors = list(_ends(embd, vocab, Q4_K))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors += _attention(block, embd, 4096, 1024, Q4_K)
        tensors.append(TensorSpec(block + "ffn_norm.weight", (embd,)))
        tensors += _ffn(block, embd, ffn, Q4_K)
    return metadata, tensors


def mixtral_8x7b() -> Parts:
    """Mixtral-8x7B: two of eight experts."""
    embd, ffn, vocab, layers = 4096, 14336, 32000, 32
    metadata = _metadata(
        "llama",
        "Mixtral-8x7B",
        vocab,
        block_count=layers,
        context_length=32768,
        embedding_length=embd,
        feed_forward_length=ffn,
        expert_count=8,
        expert_used_count=2,
        attention__head_count=32,
        attention__head_count_kv=8,
        attention__layer_norm_rms_epsilon=1e-5,
        rope__dimension_count=128,
        rope__freq_base=1000000.0,
    )
    tensors = list(_ends(embd, vocab, Q4_K))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors += _attention(block, embd, 4096, 1024, Q4_K)
        tensors.append(TensorSpec(block + "ffn_norm.weight", (embd,)))
        tensors += _experts(block, embd, ffn, 8, Q4_K)
    return metadata, tensors


def qwen3_30b_a3b() -> Parts:
    """Qwen3-30B-A3B: eight of 128 small experts."""
    embd, ffn, vocab, layers = 2048, 768, 151936, 48
    metadata = _metadata(
        "qwen3moe",
        "Qwen3-30B-A3B",
        vocab,
        block_count=layers,
        context_length=40960,
        embedding_length=embd,
        feed_forward_length=6144,
        expert_count=128,
        expert_used_count=8,
        expert_feed_forward_length=ffn,
        attention__head_count=32,
        attention__head_count_kv=4,
        attention__key_length=128,
        attention__value_length=128,
        attention__layer_norm_rms_epsilon=1e-6,
        rope__freq_base=1000000.0,
    )
    tensors = list(_ends(embd, vocab, Q4_K))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors += _attention(block, embd, 4096, 512, Q4_K)
        tensors += _head_norms(block, 128)
        tensors.append(TensorSpec(block + "ffn_norm.weight", (embd,)))
        tensors += _experts(block, embd, ffn, 128, Q4_K)
    return metadata, tensors


def gemma3_4b() -> Parts:
    """Gemma-3-4B: five of six layers see a window of 1,024 tokens; the embedding is the output as well."""
    embd, ffn, vocab, layers = 2560, 10240, 262144, 34
    metadata = _metadata(
        "gemma3",
        "Gemma-3-4B",
        vocab,
        block_count=layers,
        context_length=131072,
        embedding_length=embd,
        feed_forward_length=ffn,
        attention__head_count=8,
        attention__head_count_kv=4,
        attention__key_length=256,
        attention__value_length=256,
        attention__sliding_window=1024,
        attention__layer_norm_rms_epsilon=1e-6,
        rope__freq_base=1000000.0,
    )
    tensors = list(_ends(embd, vocab, Q4_K, tied=True))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors += _attention(block, embd, 2048, 1024, Q4_K)
        tensors += _head_norms(block, 256)
        for norm in ("post_attention_norm", "ffn_norm", "post_ffw_norm"):
            tensors.append(TensorSpec(f"{block}{norm}.weight", (embd,)))
        tensors += _ffn(block, embd, ffn, Q4_K)
    return metadata, tensors


def gpt_oss_20b() -> Parts:
    """gpt-oss-20b: every other layer sees a window of 128 tokens; four of 32 experts in MXFP4."""
    embd, ffn, vocab, layers = 2880, 2880, 201088, 24
    metadata = _metadata(
        "gpt-oss",
        "gpt-oss-20b",
        vocab,
        block_count=layers,
        context_length=131072,
        embedding_length=embd,
        feed_forward_length=ffn,
        expert_count=32,
        expert_used_count=4,
        expert_feed_forward_length=ffn,
        attention__head_count=64,
        attention__head_count_kv=8,
        attention__key_length=64,
        attention__value_length=64,
        attention__sliding_window=128,
        attention__layer_norm_rms_epsilon=1e-5,
        rope__freq_base=150000.0,
    )
    tensors = list(_ends(embd, vocab, Q8_0))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors += _attention(block, embd, 4096, 512, Q8_0)
        for bias, width in (("attn_q", 4096), ("attn_k", 512), ("attn_v", 512), ("attn_output", embd)):
            tensors.append(TensorSpec(f"{block}{bias}.bias", (width,)))
        tensors.append(TensorSpec(block + "attn_sinks.weight", (64,)))
        tensors.append(TensorSpec(block + "post_attention_norm.weight", (embd,)))
        tensors += _experts(block, embd, ffn, 32, GGMLType.MXFP4)
        tensors.append(TensorSpec(block + "ffn_gate_inp.bias", (32,)))
        for bias in ("ffn_gate_exps", "ffn_up_exps", "ffn_down_exps"):
            tensors.append(TensorSpec(f"{block}{bias}.bias", (ffn, 32)))
    return metadata, tensors


def deepseek_v2_lite() -> Parts:
    """DeepSeek-V2-Lite: multi-head latent attention caches one row of 576 elements and no values."""
    embd, ffn, vocab, layers, heads = 2048, 1408, 102400, 27, 16
    metadata = _metadata(
        "deepseek2",
        "DeepSeek-V2-Lite",
        vocab,
        block_count=layers,
        context_length=163840,
        embedding_length=embd,
        feed_forward_length=10944,
        expert_count=64,
        expert_used_count=6,
        expert_shared_count=2,
        expert_feed_forward_length=ffn,
        expert_weights_scale=1.0,
        leading_dense_block_count=1,
        attention__head_count=heads,
        attention__head_count_kv=1,
        attention__key_length=576,
        attention__value_length=512,
        attention__key_length_mla=192,
        attention__value_length_mla=128,
        attention__kv_lora_rank=512,
        attention__layer_norm_rms_epsilon=1e-6,
        rope__dimension_count=64,
        rope__freq_base=10000.0,
    )
    tensors = list(_ends(embd, vocab, Q8_0))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors.append(TensorSpec(block + "attn_norm.weight", (embd,)))
        tensors.append(TensorSpec(block + "attn_q.weight", (embd, heads * 192), Q8_0))
        tensors.append(TensorSpec(block + "attn_kv_a_mqa.weight", (embd, 576), Q8_0))
        tensors.append(TensorSpec(block + "attn_kv_a_norm.weight", (512,)))
        tensors.append(TensorSpec(block + "attn_k_b.weight", (128, 512, heads), Q8_0))
        tensors.append(TensorSpec(block + "attn_v_b.weight", (512, 128, heads), Q8_0))
        tensors.append(TensorSpec(block + "attn_output.weight", (heads * 128, embd), Q8_0))
        tensors.append(TensorSpec(block + "ffn_norm.weight", (embd,)))
        if layer == 0:
            tensors += _ffn(block, embd, 10944, Q8_0)
            continue
        tensors += _experts(block, embd, ffn, 64, Q8_0)
        tensors.append(TensorSpec(block + "ffn_gate_shexp.weight", (embd, 2 * ffn), Q8_0))
        tensors.append(TensorSpec(block + "ffn_up_shexp.weight", (embd, 2 * ffn), Q8_0))
        tensors.append(TensorSpec(block + "ffn_down_shexp.weight", (2 * ffn, embd), Q8_0))
    return metadata, tensors


def qwen35_9b() -> Parts:
    """Qwen3.5-9B: three of four layers keep a fixed state (gated delta net), one a cache."""
    embd, ffn, vocab, layers = 4096, 12288, 248320, 32
    inner, state, groups, rank = 4096, 128, 16, 32
    metadata = _metadata(
        "qwen35",
        "Qwen3.5-9B",
        vocab,
        block_count=layers,
        context_length=262144,
        embedding_length=embd,
        feed_forward_length=ffn,
        full_attention_interval=4,
        attention__head_count=16,
        attention__head_count_kv=4,
        attention__key_length=256,
        attention__value_length=256,
        attention__layer_norm_rms_epsilon=1e-6,
        rope__dimension_count=64,
        rope__dimension_sections=[11, 11, 10, 0],
        rope__freq_base=10000000.0,
        ssm__conv_kernel=4,
        ssm__inner_size=inner,
        ssm__state_size=state,
        ssm__group_count=groups,
        ssm__time_step_rank=rank,
    )
    conv = inner + 2 * groups * state
    tensors = list(_ends(embd, vocab, Q4_K))
    for layer in range(layers):
        block = f"blk.{layer}."
        if (layer + 1) % 4 == 0:
            tensors += _attention(block, embd, 8192, 1024, Q4_K)
            tensors[-1] = TensorSpec(block + "attn_output.weight", (4096, embd), Q4_K)
            tensors += _head_norms(block, 256)
        else:
            tensors.append(TensorSpec(block + "attn_norm.weight", (embd,)))
            tensors.append(TensorSpec(block + "attn_qkv.weight", (embd, conv), Q4_K))
            tensors.append(TensorSpec(block + "attn_gate.weight", (embd, inner), Q4_K))
            tensors.append(TensorSpec(block + "ssm_conv1d.weight", (4, conv), F32))
            tensors.append(TensorSpec(block + "ssm_dt.bias", (rank,), F32))
            tensors.append(TensorSpec(block + "ssm_a", (rank,), F32))
            tensors.append(TensorSpec(block + "ssm_beta.weight", (embd, rank), Q4_K))
            tensors.append(TensorSpec(block + "ssm_alpha.weight", (embd, rank), Q4_K))
            tensors.append(TensorSpec(block + "ssm_norm.weight", (state,), F32))
            tensors.append(TensorSpec(block + "ssm_out.weight", (inner, embd), Q4_K))
        tensors.append(TensorSpec(block + "post_attention_norm.weight", (embd,)))
        tensors += _ffn(block, embd, ffn, Q4_K)
    return metadata, tensors


def mamba2_1b() -> Parts:
    """Mamba2-1.3B: no cache at all, a state of fixed size in every layer."""
    embd, vocab, layers = 2048, 50288, 48
    inner, state, heads = 4096, 128, 64
    metadata = _metadata(
        "mamba2",
        "Mamba2-1.3B",
        vocab,
        block_count=layers,
        context_length=1048576,
        embedding_length=embd,
        feed_forward_length=0,
        attention__head_count=0,
        attention__layer_norm_rms_epsilon=1e-5,
        ssm__conv_kernel=4,
        ssm__inner_size=inner,
        ssm__state_size=state,
        ssm__group_count=1,
        ssm__time_step_rank=heads,
    )
    tensors = list(_ends(embd, vocab, F16, tied=True))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors.append(TensorSpec(block + "attn_norm.weight", (embd,)))
        tensors.append(TensorSpec(block + "ssm_in.weight", (embd, 2 * inner + 2 * state + heads), F16))
        tensors.append(TensorSpec(block + "ssm_conv1d.weight", (4, inner + 2 * state), F32))
        tensors.append(TensorSpec(block + "ssm_conv1d.bias", (inner + 2 * state,), F32))
        tensors.append(TensorSpec(block + "ssm_dt.bias", (heads,), F32))
        tensors.append(TensorSpec(block + "ssm_a", (1, heads), F32))
        tensors.append(TensorSpec(block + "ssm_d", (1, heads), F32))
        tensors.append(TensorSpec(block + "ssm_norm.weight", (inner, 1), F32))
        tensors.append(TensorSpec(block + "ssm_out.weight", (inner, embd), F16))
    return metadata, tensors


MODELS: dict[str, Callable[[], Parts]] = {
    "Llama-3.1-8B": llama_8b,
    "Mixtral-8x7B": mixtral_8x7b,
    "Qwen3-30B-A3B": qwen3_30b_a3b,
    "Gemma-3-4B": gemma3_4b,
    "gpt-oss-20b": gpt_oss_20b,
    "DeepSeek-V2-Lite": deepseek_v2_lite,
    "Qwen3.5-9B": qwen35_9b,
    "Mamba2-1.3B": mamba2_1b,
}


def ghost_of(name: str, folder: Path) -> Path:
    """A file of the model's real size, with a hole where its weights would be."""
    metadata, tensors = MODELS[name]()
    return ghost_model(folder / f"{name}.gguf", metadata, tensors)
