"""Headers of well-known models with their real dimensions and no weights.

Small enough to build in a test, and complete enough that the engine itself loads them without allocating.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from backend.gguf.types import GGMLType
from tests.support import more_shapes
from tests.support.shape_parts import (
    F16,
    F32,
    Q4_K,
    Q8_0,
    Parts,
    attention,
    ends,
    experts,
    ffn,
    head_norms,
    metadata_of,
)
from tests.support.tiny_gguf import TensorSpec, ghost_model


def llama_8b() -> Parts:
    """Llama-3.1-8B: grouped-query attention."""
    embd, wide, vocab, layers = 4096, 14336, 128256, 32
    metadata = metadata_of(
        "llama",
        "Llama-3.1-8B",
        vocab,
        block_count=layers,
        context_length=131072,
        embedding_length=embd,
        feed_forward_length=wide,
        attention__head_count=32,
        attention__head_count_kv=8,
        attention__key_length=128,
        attention__value_length=128,
        attention__layer_norm_rms_epsilon=1e-5,
        rope__dimension_count=128,
        rope__freq_base=500000.0,
    )
    tensors = list(ends(embd, vocab, Q4_K))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors += attention(block, embd, 4096, 1024, Q4_K)
        tensors.append(TensorSpec(block + "ffn_norm.weight", (embd,)))
        tensors += ffn(block, embd, wide, Q4_K)
    return metadata, tensors


def mixtral_8x7b() -> Parts:
    """Mixtral-8x7B: two of eight experts."""
    embd, wide, vocab, layers = 4096, 14336, 32000, 32
    metadata = metadata_of(
        "llama",
        "Mixtral-8x7B",
        vocab,
        block_count=layers,
        context_length=32768,
        embedding_length=embd,
        feed_forward_length=wide,
        expert_count=8,
        expert_used_count=2,
        attention__head_count=32,
        attention__head_count_kv=8,
        attention__layer_norm_rms_epsilon=1e-5,
        rope__dimension_count=128,
        rope__freq_base=1000000.0,
    )
    tensors = list(ends(embd, vocab, Q4_K))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors += attention(block, embd, 4096, 1024, Q4_K)
        tensors.append(TensorSpec(block + "ffn_norm.weight", (embd,)))
        tensors += experts(block, embd, wide, 8, Q4_K)
    return metadata, tensors


def qwen3_30b_a3b() -> Parts:
    """Qwen3-30B-A3B: eight of 128 small experts."""
    embd, wide, vocab, layers = 2048, 768, 151936, 48
    metadata = metadata_of(
        "qwen3moe",
        "Qwen3-30B-A3B",
        vocab,
        block_count=layers,
        context_length=40960,
        embedding_length=embd,
        feed_forward_length=6144,
        expert_count=128,
        expert_used_count=8,
        expert_feed_forward_length=wide,
        attention__head_count=32,
        attention__head_count_kv=4,
        attention__key_length=128,
        attention__value_length=128,
        attention__layer_norm_rms_epsilon=1e-6,
        rope__freq_base=1000000.0,
    )
    tensors = list(ends(embd, vocab, Q4_K))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors += attention(block, embd, 4096, 512, Q4_K)
        tensors += head_norms(block, 128)
        tensors.append(TensorSpec(block + "ffn_norm.weight", (embd,)))
        tensors += experts(block, embd, wide, 128, Q4_K)
    return metadata, tensors


def gemma3_4b() -> Parts:
    """Gemma-3-4B: five of six layers see a window of 1,024 tokens; the embedding is the output as well."""
    embd, wide, vocab, layers = 2560, 10240, 262144, 34
    metadata = metadata_of(
        "gemma3",
        "Gemma-3-4B",
        vocab,
        block_count=layers,
        context_length=131072,
        embedding_length=embd,
        feed_forward_length=wide,
        attention__head_count=8,
        attention__head_count_kv=4,
        attention__key_length=256,
        attention__value_length=256,
        attention__sliding_window=1024,
        attention__layer_norm_rms_epsilon=1e-6,
        rope__freq_base=1000000.0,
    )
    tensors = list(ends(embd, vocab, Q4_K, tied=True))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors += attention(block, embd, 2048, 1024, Q4_K)
        tensors += head_norms(block, 256)
        for norm in ("post_attention_norm", "ffn_norm", "post_ffw_norm"):
            tensors.append(TensorSpec(f"{block}{norm}.weight", (embd,)))
        tensors += ffn(block, embd, wide, Q4_K)
    return metadata, tensors


def gpt_oss_20b() -> Parts:
    """gpt-oss-20b: every other layer sees a window of 128 tokens; four of 32 experts in MXFP4."""
    embd, wide, vocab, layers = 2880, 2880, 201088, 24
    metadata = metadata_of(
        "gpt-oss",
        "gpt-oss-20b",
        vocab,
        block_count=layers,
        context_length=131072,
        embedding_length=embd,
        feed_forward_length=wide,
        expert_count=32,
        expert_used_count=4,
        expert_feed_forward_length=wide,
        attention__head_count=64,
        attention__head_count_kv=8,
        attention__key_length=64,
        attention__value_length=64,
        attention__sliding_window=128,
        attention__layer_norm_rms_epsilon=1e-5,
        rope__freq_base=150000.0,
    )
    tensors = list(ends(embd, vocab, Q8_0))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors += attention(block, embd, 4096, 512, Q8_0)
        for bias, width in (("attn_q", 4096), ("attn_k", 512), ("attn_v", 512), ("attn_output", embd)):
            tensors.append(TensorSpec(f"{block}{bias}.bias", (width,)))
        tensors.append(TensorSpec(block + "attn_sinks.weight", (64,)))
        tensors.append(TensorSpec(block + "post_attention_norm.weight", (embd,)))
        tensors += experts(block, embd, wide, 32, GGMLType.MXFP4)
        tensors.append(TensorSpec(block + "ffn_gate_inp.bias", (32,)))
        for bias in ("ffn_gate_exps", "ffn_up_exps", "ffn_down_exps"):
            tensors.append(TensorSpec(f"{block}{bias}.bias", (wide, 32)))
    return metadata, tensors


def deepseek_v2_lite() -> Parts:
    """DeepSeek-V2-Lite: multi-head latent attention caches one row of 576 elements and no values."""
    embd, wide, vocab, layers, heads = 2048, 1408, 102400, 27, 16
    metadata = metadata_of(
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
        expert_feed_forward_length=wide,
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
    tensors = list(ends(embd, vocab, Q8_0))
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
            tensors += ffn(block, embd, 10944, Q8_0)
            continue
        tensors += experts(block, embd, wide, 64, Q8_0)
        tensors.append(TensorSpec(block + "ffn_gate_shexp.weight", (embd, 2 * wide), Q8_0))
        tensors.append(TensorSpec(block + "ffn_up_shexp.weight", (embd, 2 * wide), Q8_0))
        tensors.append(TensorSpec(block + "ffn_down_shexp.weight", (2 * wide, embd), Q8_0))
    return metadata, tensors


def qwen35_9b() -> Parts:
    """Qwen3.5-9B: three of four layers keep a fixed state (gated delta net), one a cache."""
    embd, wide, vocab, layers = 4096, 12288, 248320, 32
    inner, state, groups, rank = 4096, 128, 16, 32
    metadata = metadata_of(
        "qwen35",
        "Qwen3.5-9B",
        vocab,
        block_count=layers,
        context_length=262144,
        embedding_length=embd,
        feed_forward_length=wide,
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
    tensors = list(ends(embd, vocab, Q4_K))
    for layer in range(layers):
        block = f"blk.{layer}."
        if (layer + 1) % 4 == 0:
            tensors += attention(block, embd, 8192, 1024, Q4_K)
            tensors[-1] = TensorSpec(block + "attn_output.weight", (4096, embd), Q4_K)
            tensors += head_norms(block, 256)
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
        tensors += ffn(block, embd, wide, Q4_K)
    return metadata, tensors


def mamba2_1b() -> Parts:
    """Mamba2-1.3B: no cache at all, a state of fixed size in every layer."""
    embd, vocab, layers = 2048, 50288, 48
    inner, state, heads = 4096, 128, 64
    metadata = metadata_of(
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
    tensors = list(ends(embd, vocab, F16, tied=True))
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
    "Qwen3-4B": more_shapes.qwen3_4b,
    "Phi-3-mini": more_shapes.phi3_mini,
    "Gemma-2-9B": more_shapes.gemma2_9b,
    "Command-R7B": more_shapes.command_r7b,
    "Granite-4.0-H-Tiny": more_shapes.granite_h_tiny,
    "Falcon-H1-1.5B": more_shapes.falcon_h1_1b,
    "Nemotron-H-8B": more_shapes.nemotron_h_8b,
    "LFM2-1.2B": more_shapes.lfm2_1b,
    "RWKV-7-1.5B": more_shapes.rwkv7_1b,
    "GLM-4.5-Air": more_shapes.glm45_air,
}


def ghost_of(name: str, folder: Path) -> Path:
    """A file of the model's real size, with a hole where its weights would be."""
    metadata, tensors = MODELS[name]()
    return ghost_model(folder / f"{name}.gguf", metadata, tensors)
