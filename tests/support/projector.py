"""A tiny random projector in the layout of LLaVA: a vision transformer of one layer and a projection."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import gguf
import numpy as np

SIDE, PATCH = 28, 14
IMAGE_TOKENS = (SIDE // PATCH) ** 2


def tiny_projector(path: Path, *, width: int = 64, seed: int = 3) -> Path:
    """Write a projector for language models whose embeddings are `width` wide."""
    inner, ffn, layers = 32, 64, 2  # of the layers, the last is not used
    rng = np.random.default_rng(seed)
    writer = gguf.GGUFWriter(path, "clip")
    writer.add_string("general.type", "mmproj")
    writer.add_bool("clip.has_vision_encoder", True)
    writer.add_string("clip.projector_type", "mlp")
    writer.add_bool("clip.use_gelu", True)
    for key, number in (
        ("embedding_length", inner),
        ("attention.head_count", 2),
        ("feed_forward_length", ffn),
        ("block_count", layers),
        ("projection_dim", width),
        ("image_size", SIDE),
        ("patch_size", PATCH),
    ):
        writer.add_uint32(f"clip.vision.{key}", number)
    writer.add_float32("clip.vision.attention.layer_norm_epsilon", 1e-5)
    writer.add_array("clip.vision.image_mean", [0.5, 0.5, 0.5])
    writer.add_array("clip.vision.image_std", [0.25, 0.25, 0.25])

    def tensor(name: str, *shape: int) -> None:
        writer.add_tensor(name, rng.standard_normal(shape, dtype=np.float32) / shape[-1] ** 0.5)

    tensor("v.class_embd", inner)
    tensor("v.patch_embd.weight", inner, 3, PATCH, PATCH)
    tensor("v.position_embd.weight", IMAGE_TOKENS + 1, inner)
    for norm in ("v.pre_ln", *(f"v.blk.{i}.ln{n}" for i in range(layers) for n in (1, 2))):
        tensor(f"{norm}.weight", inner)
        tensor(f"{norm}.bias", inner)
    for layer in range(layers):
        for name in ("attn_q", "attn_k", "attn_v", "attn_out"):
            tensor(f"v.blk.{layer}.{name}.weight", inner, inner)
            tensor(f"v.blk.{layer}.{name}.bias", inner)
        tensor(f"v.blk.{layer}.ffn_up.weight", ffn, inner)
        tensor(f"v.blk.{layer}.ffn_up.bias", ffn)
        tensor(f"v.blk.{layer}.ffn_down.weight", inner, ffn)
        tensor(f"v.blk.{layer}.ffn_down.bias", inner)
    tensor("mm.0.weight", width, inner)
    tensor("mm.0.bias", width)
    tensor("mm.2.weight", width, width)
    tensor("mm.2.bias", width)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def png(path: Path, side: int = 40, seed: int = 0, claimed: int | None = None) -> Path:
    """Write a picture of coloured noise; its header may claim another size."""
    pixels = np.random.default_rng(seed).integers(0, 255, (side, side, 3), dtype=np.uint8)
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    wide = claimed or side
    header = struct.pack(">IIBBBBB", wide, wide, 8, 2, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")
    )
    return path
