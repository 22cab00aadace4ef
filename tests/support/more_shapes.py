"""More headers of well-known models, one for each way that an architecture differs in its memory."""

from __future__ import annotations

from collections.abc import Iterator

from tests.support.shape_parts import (
    F16,
    F32,
    Q4_K,
    Q6_K,
    Q8_0,
    Parts,
    attention,
    ends,
    experts,
    ffn,
    head_norms,
    metadata_of,
)
from tests.support.tiny_gguf import TensorSpec


def qwen3_4b() -> Parts:
    """Qwen3-4B: queries that are wider than the model, and one matrix for input and output."""
    embd, wide, vocab, layers = 2560, 9728, 151936, 36
    metadata = metadata_of(
        "qwen3",
        "Qwen3-4B",
        vocab,
        block_count=layers,
        context_length=40960,
        embedding_length=embd,
        feed_forward_length=wide,
        attention__head_count=32,
        attention__head_count_kv=8,
        attention__key_length=128,
        attention__value_length=128,
        attention__layer_norm_rms_epsilon=1e-6,
        rope__freq_base=1000000.0,
    )
    tensors = list(ends(embd, vocab, Q6_K, tied=True))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors += attention(block, embd, 4096, 1024, Q4_K)
        tensors += head_norms(block, 128)
        tensors.append(TensorSpec(block + "ffn_norm.weight", (embd,)))
        tensors += ffn(block, embd, wide, Q4_K)
    return metadata, tensors


def phi3_mini() -> Parts:
    """Phi-3-mini: no grouped queries, joined matrices, and a window that the engine ignores."""
    embd, wide, vocab, layers = 3072, 8192, 32064, 32
    metadata = metadata_of(
        "phi3",
        "Phi-3-mini",
        vocab,
        block_count=layers,
        context_length=4096,
        embedding_length=embd,
        feed_forward_length=wide,
        attention__head_count=32,
        attention__head_count_kv=32,
        attention__layer_norm_rms_epsilon=1e-5,
        attention__sliding_window=2047,
        rope__dimension_count=96,
        rope__scaling__original_context_length=4096,
        rope__freq_base=10000.0,
    )
    tensors = list(ends(embd, vocab, Q4_K))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors.append(TensorSpec(block + "attn_norm.weight", (embd,)))
        tensors.append(TensorSpec(block + "attn_qkv.weight", (embd, 3 * embd), Q4_K))
        tensors.append(TensorSpec(block + "attn_output.weight", (embd, embd), Q4_K))
        tensors.append(TensorSpec(block + "ffn_norm.weight", (embd,)))
        tensors.append(TensorSpec(block + "ffn_up.weight", (embd, 2 * wide), Q4_K))
        tensors.append(TensorSpec(block + "ffn_down.weight", (wide, embd), Q4_K))
    return metadata, tensors


def gemma2_9b() -> Parts:
    """Gemma-2-9B: every other layer sees a window of 4,096 tokens."""
    embd, wide, vocab, layers = 3584, 14336, 256000, 42
    metadata = metadata_of(
        "gemma2",
        "Gemma-2-9B",
        vocab,
        block_count=layers,
        context_length=8192,
        embedding_length=embd,
        feed_forward_length=wide,
        attention__head_count=16,
        attention__head_count_kv=8,
        attention__key_length=256,
        attention__value_length=256,
        attention__sliding_window=4096,
        attention__layer_norm_rms_epsilon=1e-6,
        attn_logit_softcapping=50.0,
        final_logit_softcapping=30.0,
    )
    tensors = list(ends(embd, vocab, Q6_K, tied=True))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors += attention(block, embd, 4096, 2048, Q4_K)
        for norm in ("post_attention_norm", "ffn_norm", "post_ffw_norm"):
            tensors.append(TensorSpec(f"{block}{norm}.weight", (embd,)))
        tensors += ffn(block, embd, wide, Q4_K)
    return metadata, tensors


def command_r7b() -> Parts:
    """Command R7B (cohere2): three of four layers see a window of 4,096 tokens."""
    embd, wide, vocab, layers = 4096, 14336, 256000, 32
    metadata = metadata_of(
        "cohere2",
        "Command-R7B",
        vocab,
        block_count=layers,
        context_length=8192,
        embedding_length=embd,
        feed_forward_length=wide,
        attention__head_count=32,
        attention__head_count_kv=8,
        attention__key_length=128,
        attention__value_length=128,
        attention__sliding_window=4096,
        attention__layer_norm_epsilon=1e-5,
        logit_scale=0.25,
        rope__dimension_count=128,
        rope__freq_base=50000.0,
    )
    tensors = list(ends(embd, vocab, Q6_K, tied=True))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors += attention(block, embd, 4096, 1024, Q4_K)
        tensors += ffn(block, embd, wide, Q4_K)
    return metadata, tensors


def _mamba2(block: str, embd: int, inner: int, state: int, groups: int, heads: int) -> Iterator[TensorSpec]:
    """The mixer of a hybrid's recurrent layer."""
    conv = inner + 2 * groups * state
    yield TensorSpec(block + "ssm_in.weight", (embd, inner + conv + heads), Q8_0)
    yield TensorSpec(block + "ssm_conv1d.weight", (4, conv), F32)
    yield TensorSpec(block + "ssm_conv1d.bias", (conv,), F32)
    yield TensorSpec(block + "ssm_dt.bias", (heads,), F32)
    yield TensorSpec(block + "ssm_a", (1, heads), F32)
    yield TensorSpec(block + "ssm_d", (1, heads), F32)
    yield TensorSpec(block + "ssm_norm.weight", (inner // groups, groups), F32)
    yield TensorSpec(block + "ssm_out.weight", (inner, embd), Q8_0)


def granite_h_tiny() -> Parts:
    """Granite-4.0-H-Tiny: four layers with a cache, 36 with a state, and small experts in all."""
    embd, wide, vocab, layers = 1536, 512, 100352, 40
    inner, state, groups, heads = 3072, 128, 1, 48
    kv_heads = [4 if layer in (5, 15, 25, 35) else 0 for layer in range(layers)]
    metadata = metadata_of(
        "granitehybrid",
        "Granite-4.0-H-Tiny",
        vocab,
        block_count=layers,
        context_length=131072,
        embedding_length=embd,
        feed_forward_length=wide,
        expert_count=64,
        expert_used_count=6,
        expert_shared_feed_forward_length=1024,
        attention__head_count=12,
        attention__head_count_kv=kv_heads,
        attention__layer_norm_rms_epsilon=1e-5,
        rope__dimension_count=128,
        ssm__conv_kernel=4,
        ssm__inner_size=inner,
        ssm__state_size=state,
        ssm__group_count=groups,
        ssm__time_step_rank=heads,
    )
    tensors = list(ends(embd, vocab, Q8_0, tied=True))
    for layer in range(layers):
        block = f"blk.{layer}."
        if kv_heads[layer]:
            tensors += attention(block, embd, 1536, 512, Q8_0)
        else:
            tensors.append(TensorSpec(block + "attn_norm.weight", (embd,)))
            tensors += _mamba2(block, embd, inner, state, groups, heads)
        tensors.append(TensorSpec(block + "ffn_norm.weight", (embd,)))
        tensors += experts(block, embd, wide, 64, Q8_0)
        tensors.append(TensorSpec(block + "ffn_gate_shexp.weight", (embd, 1024), Q8_0))
        tensors.append(TensorSpec(block + "ffn_up_shexp.weight", (embd, 1024), Q8_0))
        tensors.append(TensorSpec(block + "ffn_down_shexp.weight", (1024, embd), Q8_0))
    return metadata, tensors


def falcon_h1_1b() -> Parts:
    """Falcon-H1-1.5B: every layer has a cache and a state."""
    embd, wide, vocab, layers = 2048, 4096, 65537, 24
    inner, state, groups, heads = 3072, 256, 1, 48
    metadata = metadata_of(
        "falcon-h1",
        "Falcon-H1-1.5B",
        vocab,
        block_count=layers,
        context_length=131072,
        embedding_length=embd,
        feed_forward_length=wide,
        attention__head_count=8,
        attention__head_count_kv=2,
        attention__key_length=128,
        attention__value_length=128,
        attention__layer_norm_rms_epsilon=1e-5,
        rope__freq_base=100000000000.0,
        ssm__conv_kernel=4,
        ssm__inner_size=inner,
        ssm__state_size=state,
        ssm__group_count=groups,
        ssm__time_step_rank=heads,
    )
    tensors = list(ends(embd, vocab, Q8_0))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors += attention(block, embd, 1024, 256, Q8_0)
        tensors += _mamba2(block, embd, inner, state, groups, heads)
        tensors.append(TensorSpec(block + "ffn_norm.weight", (embd,)))
        tensors += ffn(block, embd, wide, Q8_0)
    # Its feed-forward norm is named without the usual ending.
    return metadata, [
        TensorSpec(t.name.removesuffix(".weight"), t.shape, t.type) if "ffn_norm" in t.name else t
        for t in tensors
    ]


def nemotron_h_8b() -> Parts:
    """Nemotron-H-8B: each layer is a state, a cache or a feed-forward."""
    embd, wide, vocab, layers = 4096, 21504, 131072, 52
    inner, state, groups, heads = 8192, 128, 8, 128
    caches = (7, 18, 29, 40)
    forward = [wide if layer % 2 and layer not in caches else 0 for layer in range(layers)]
    kv_heads = [8 if layer in caches else 0 for layer in range(layers)]
    metadata = metadata_of(
        "nemotron_h",
        "Nemotron-H-8B",
        vocab,
        block_count=layers,
        context_length=8192,
        embedding_length=embd,
        feed_forward_length=forward,
        attention__head_count=32,
        attention__head_count_kv=kv_heads,
        attention__key_length=128,
        attention__value_length=128,
        attention__layer_norm_epsilon=1e-5,
        attention__layer_norm_rms_epsilon=1e-5,
        ssm__conv_kernel=4,
        ssm__inner_size=inner,
        ssm__state_size=state,
        ssm__group_count=groups,
        ssm__time_step_rank=heads,
    )
    tensors = list(ends(embd, vocab, Q8_0))
    for layer in range(layers):
        block = f"blk.{layer}."
        if kv_heads[layer]:
            tensors += attention(block, embd, 4096, 1024, Q8_0)
            continue
        tensors.append(TensorSpec(block + "attn_norm.weight", (embd,)))
        if forward[layer]:
            tensors.append(TensorSpec(block + "ffn_up.weight", (embd, wide), Q8_0))
            tensors.append(TensorSpec(block + "ffn_down.weight", (wide, embd), Q8_0))
        else:
            tensors += _mamba2(block, embd, inner, state, groups, heads)
    return metadata, tensors


def lfm2_1b() -> Parts:
    """LFM2-1.2B: six layers with a cache, ten with a short convolution."""
    embd, wide, vocab, layers = 2048, 8192, 65536, 16
    kv_heads = [8 if layer in (2, 5, 8, 10, 12, 14) else 0 for layer in range(layers)]
    metadata = metadata_of(
        "lfm2",
        "LFM2-1.2B",
        vocab,
        block_count=layers,
        context_length=128000,
        embedding_length=embd,
        feed_forward_length=wide,
        attention__head_count=32,
        attention__head_count_kv=kv_heads,
        attention__layer_norm_rms_epsilon=1e-5,
        rope__freq_base=1000000.0,
        shortconv__l_cache=3,
    )
    tensors = [
        TensorSpec("token_embd.weight", (embd, vocab), Q8_0),
        TensorSpec("token_embd_norm.weight", (embd,)),
    ]
    for layer in range(layers):
        block = f"blk.{layer}."
        if kv_heads[layer]:
            tensors += attention(block, embd, embd, 512, Q8_0)
            tensors += head_norms(block, 64)
        else:
            tensors.append(TensorSpec(block + "attn_norm.weight", (embd,)))
            tensors.append(TensorSpec(block + "shortconv.conv.weight", (3, embd), F32))
            tensors.append(TensorSpec(block + "shortconv.in_proj.weight", (embd, 3 * embd), Q8_0))
            tensors.append(TensorSpec(block + "shortconv.out_proj.weight", (embd, embd), Q8_0))
        tensors.append(TensorSpec(block + "ffn_norm.weight", (embd,)))
        tensors += ffn(block, embd, wide, Q8_0)
    return metadata, tensors


def rwkv7_1b() -> Parts:
    """RWKV-7-1.5B: no attention at all."""
    embd, wide, vocab, layers = 2048, 8192, 65536, 24
    decay, iclr, mix, gate = 96, 96, 64, 256
    metadata = metadata_of(
        "rwkv7",
        "RWKV-7-1.5B",
        vocab,
        block_count=layers,
        context_length=1048576,
        embedding_length=embd,
        feed_forward_length=wide,
        wkv__head_size=64,
        attention__head_count=0,
        attention__layer_norm_epsilon=1e-5,
        attention__decay_lora_rank=decay,
        attention__iclr_lora_rank=iclr,
        attention__value_residual_mix_lora_rank=mix,
        attention__gate_lora_rank=gate,
    )
    tensors = list(ends(embd, vocab, F16))
    tensors.append(TensorSpec("output_norm.bias", (embd,)))
    tensors.append(TensorSpec("token_embd_norm.weight", (embd,)))
    tensors.append(TensorSpec("token_embd_norm.bias", (embd,)))
    for layer in range(layers):
        block = f"blk.{layer}."
        for norm in ("attn_norm", "attn_norm_2", "time_mix_ln"):
            tensors.append(TensorSpec(f"{block}{norm}.weight", (embd,)))
            tensors.append(TensorSpec(f"{block}{norm}.bias", (embd,)))
        for name, rank in (("w", decay), ("a", iclr), ("v", mix if layer else iclr)):
            tensors.append(TensorSpec(f"{block}time_mix_{name}0.weight", (embd,)))
            tensors.append(TensorSpec(f"{block}time_mix_{name}1.weight", (embd, rank), F16))
            tensors.append(TensorSpec(f"{block}time_mix_{name}2.weight", (rank, embd), F16))
        tensors.append(TensorSpec(block + "time_mix_g1.weight", (embd, gate), F16))
        tensors.append(TensorSpec(block + "time_mix_g2.weight", (gate, embd), F16))
        tensors.append(TensorSpec(block + "time_mix_lerp_fused.weight", (embd, 1, 1, 6), F32))
        tensors += [TensorSpec(f"{block}time_mix_{name}.weight", (embd,)) for name in ("k_k", "k_a", "r_k")]
        square = ("key", "value", "receptance", "output")
        tensors += [TensorSpec(f"{block}time_mix_{name}.weight", (embd, embd), F16) for name in square]
        tensors.append(TensorSpec(block + "channel_mix_lerp_k.weight", (embd, 1, 1), F32))
        tensors.append(TensorSpec(block + "channel_mix_key.weight", (embd, wide), F16))
        tensors.append(TensorSpec(block + "channel_mix_value.weight", (wide, embd), F16))
    return metadata, tensors


def glm45_air() -> Parts:
    """GLM-4.5-Air: 128 experts, and a last layer for predicting several tokens that is not loaded."""
    embd, wide, vocab, layers, dense = 4096, 1408, 151552, 47, 10944
    metadata = metadata_of(
        "glm4moe",
        "GLM-4.5-Air",
        vocab,
        block_count=layers,
        nextn_predict_layers=1,
        context_length=131072,
        embedding_length=embd,
        feed_forward_length=dense,
        expert_count=128,
        expert_used_count=8,
        expert_shared_count=1,
        expert_feed_forward_length=wide,
        leading_dense_block_count=1,
        attention__head_count=96,
        attention__head_count_kv=8,
        attention__key_length=128,
        attention__value_length=128,
        attention__layer_norm_rms_epsilon=1e-5,
        rope__dimension_count=64,
        rope__freq_base=1000000.0,
    )
    tensors = list(ends(embd, vocab, Q4_K))
    for layer in range(layers):
        block = f"blk.{layer}."
        tensors += attention(block, embd, 12288, 1024, Q8_0)
        tensors.append(TensorSpec(block + "attn_q.bias", (12288,)))
        tensors.append(TensorSpec(block + "attn_k.bias", (1024,)))
        tensors.append(TensorSpec(block + "attn_v.bias", (1024,)))
        tensors.append(TensorSpec(block + "post_attention_norm.weight", (embd,)))
        if layer == 0:
            tensors += ffn(block, embd, dense, Q8_0)
            continue
        tensors += experts(block, embd, wide, 128, Q8_0)
        tensors.append(TensorSpec(block + "exp_probs_b.bias", (128,)))
        tensors.append(TensorSpec(block + "ffn_gate_shexp.weight", (embd, wide), Q8_0))
        tensors.append(TensorSpec(block + "ffn_up_shexp.weight", (embd, wide), Q8_0))
        tensors.append(TensorSpec(block + "ffn_down_shexp.weight", (wide, embd), Q8_0))
    last = f"blk.{layers - 1}.nextn."
    tensors.append(TensorSpec(last + "eh_proj.weight", (2 * embd, embd), Q8_0))
    tensors.append(TensorSpec(last + "enorm.weight", (embd,)))
    tensors.append(TensorSpec(last + "hnorm.weight", (embd,)))
    return metadata, tensors
