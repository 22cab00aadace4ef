"""The insides of the models of `fake_data`: an 8B model with the mixture of types that Q4_K_M has."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from functools import cache
from pathlib import Path

from backend.errors import AppError
from backend.gguf.parser import HEADER_CAP, HeaderParser
from backend.gguf.types import GGMLType
from backend.inspect.facts import facts_of
from backend.inspect.template import difference
from backend.inspect.types import FileFacts, TemplateDifference, Token, TokenKind
from backend.library.types import LibraryModel
from tests.support.tiny_gguf import TensorSpec, encode_header

LAYERS, WIDTH, FFN, KV, VOCAB = 36, 4096, 12288, 1024, 151_936

TEMPLATE = """{%- if tools %}
    {{- '<|im_start|>system\\n' }}
    {%- if messages[0].role == 'system' %}
        {{- messages[0].content + '\\n\\n' }}
    {%- endif %}
    {{- "# Tools\\n\\nYou may call one or more functions to assist with the user query." }}
    {%- for tool in tools %}
        {{- "\\n" }}
        {{- tool | tojson }}
    {%- endfor %}
    {{- "\\n</tools><|im_end|>\\n" }}
{%- elif messages[0].role == 'system' %}
    {{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}
{%- endif %}
{%- for message in messages %}
    {%- if message.role == "assistant" and message.reasoning_content %}
        {{- '<|im_start|>assistant\\n<think>\\n' + message.reasoning_content + '\\n</think>\\n\\n' }}
    {%- else %}
        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}
        {{- '<think>\\n\\n</think>\\n\\n' }}
    {%- endif %}
{%- endif %}"""

BASE_TEMPLATE = TEMPLATE.replace(
    '{{- "# Tools\\n\\nYou may call one or more functions to assist with the user query." }}',
    '{{- "# Tools\\n\\nYou may call one or more functions to assist with the user query.\\n\\n" }}\n'
    '    {{- "You are provided with function signatures within <tools></tools> XML tags:\\n<tools>" }}',
)

_WORDS = {"Orangery": ("Orange", "ry")}
_IDS = {"Orange": 43195, "ry": 884, " grows": 24233, " oranges": 85345, " in": 304, " winter": 12406, ".": 13}
_PIECES = re.compile(r"<\|[a-z_]+\|>| ?[^\W\d_]{1,12}| ?\d{1,3}| ?[^\w\s<]+|<|\s+|.", re.DOTALL)


def _tensors() -> list[TensorSpec]:
    q4, q6, f32 = GGMLType.Q4_K, GGMLType.Q6_K, GGMLType.F32
    found = [TensorSpec("token_embd.weight", (WIDTH, VOCAB), q4)]
    for layer in range(LAYERS):
        block, more = f"blk.{layer}.", layer < 4 or layer >= 30 or (layer - 4) % 3 == 2
        strong = q6 if more else q4
        found += [
            TensorSpec(f"{block}attn_norm.weight", (WIDTH,), f32),
            TensorSpec(f"{block}attn_q.weight", (WIDTH, WIDTH), q4),
            TensorSpec(f"{block}attn_k.weight", (WIDTH, KV), q4),
            TensorSpec(f"{block}attn_v.weight", (WIDTH, KV), strong),
            TensorSpec(f"{block}attn_output.weight", (WIDTH, WIDTH), q4),
            TensorSpec(f"{block}attn_q_norm.weight", (128,), f32),
            TensorSpec(f"{block}attn_k_norm.weight", (128,), f32),
            TensorSpec(f"{block}ffn_norm.weight", (WIDTH,), f32),
            TensorSpec(f"{block}ffn_gate.weight", (WIDTH, FFN), q4),
            TensorSpec(f"{block}ffn_up.weight", (WIDTH, FFN), q4),
            TensorSpec(f"{block}ffn_down.weight", (FFN, WIDTH), strong),
        ]
    return [
        *found,
        TensorSpec("output_norm.weight", (WIDTH,), f32),
        TensorSpec("output.weight", (WIDTH, VOCAB), q6),
    ]


@cache
def facts(name: str, architecture: str) -> FileFacts:
    """What the inspector says of a model of the library."""
    metadata = {
        "general.architecture": architecture,
        "general.type": "model",
        "general.name": name,
        "general.license": "apache-2.0",
        "general.quantized_by": "The Orangery authors",
        "general.tags": ["text-generation", "conversational"],
        f"{architecture}.block_count": LAYERS,
        f"{architecture}.context_length": 40_960,
        f"{architecture}.embedding_length": WIDTH,
        f"{architecture}.feed_forward_length": FFN,
        f"{architecture}.attention.head_count": 32,
        f"{architecture}.attention.head_count_kv": 8,
        f"{architecture}.rope.freq_base": 1_000_000.0,
        "general.file_type": 15,
        "general.quantization_version": 2,
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": "qwen2",
        "tokenizer.ggml.tokens": [f"token{number}" for number in range(2_000)],
        "tokenizer.ggml.eos_token_id": 151_645,
        "tokenizer.ggml.add_bos_token": False,
        "tokenizer.chat_template": TEMPLATE,
    }
    parser = HeaderParser(f"{name}.gguf", keep=HEADER_CAP)
    parser.feed(encode_header(metadata, _tensors()))
    found = facts_of((parser.header(),))
    entries = (
        replace(entry, count=VOCAB) if entry.key == "tokenizer.ggml.tokens" else entry
        for entry in found.metadata
    )
    return replace(found, metadata=tuple(entries))


def tokens_of(text: str) -> tuple[Token, ...]:
    """Pieces that look like those of a vocabulary; the numbers are invented."""
    found = []
    for piece in _PIECES.findall(text):
        for part in _WORDS.get(piece, (piece,)):
            kind = TokenKind.CONTROL if part.startswith("<|") and part.endswith("|>") else TokenKind.NORMAL
            number = _IDS.get(part, zlib.crc32(part.encode("utf-8", "replace")) % 150_000)
            found.append(Token(number, part, len(part.encode("utf-8", "replace")), kind))
    return tuple(found)


class FakeInspection:
    """Answers at once. `asked` collects what the network would have been asked."""

    def __init__(self, models: tuple[LibraryModel, ...], error: AppError | None) -> None:
        self._models, self._error = models, error
        self.asked: list[str] = []

    def _model(self, path: Path) -> LibraryModel:
        model = next((row for row in self._models if row.path == path), None)
        if model is None or model.problem:  # what was added meanwhile has nothing in it
            raise AppError(
                "gguf.truncated", f"{path.name} is incomplete.", "Download it again.", "byte 9 of 12"
            )
        return model

    def facts(self, path: Path) -> FileFacts:
        model = self._model(path)
        return facts(model.name, model.architecture or "llama")

    def template(self, path: Path) -> str:
        self._model(path)
        return TEMPLATE

    def template_difference(self, model: LibraryModel, *, ask: bool = False) -> TemplateDifference | None:
        if not ask or model.repo_id is None:
            return None
        if self._error:
            raise self._error
        self.asked.append(model.id)
        return difference(TEMPLATE, BASE_TEMPLATE, model.repo_id)

    def tokenize(self, path: Path, text: str) -> tuple[Token, ...]:
        self._model(path)
        return tokens_of(text)

    def close(self) -> None: ...
