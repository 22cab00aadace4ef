"""Random models and small tokenizers as the hub's own libraries make them; needs the ``dev`` extra."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
import transformers
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

CORPUS = (
    "The quick brown fox jumps over the lazy dog. It's what we've said: they'll see, I'd think, 'tis so.",
    "def parse(text):\n    return [int(word) for word in text.split()]  # 1234567 3.14159",
    "Привет, мир! Это проверка, 12345. Größe, naïve, café, Straße.",
    "你好，世界。これはテストです。 🚀🦙",
    "   spaces    and\ttabs\n\n\nand lines\r\n",
)
TEXTS = (
    "Hello world",
    "  two  spaces\n\n\nlines\t tab ",
    "def f(x):\n    return x*2+3.14159 # 1234567",
    "Привет, мир! 123",
    "你好，世界。テスト",
    "🚀🦙 emoji \u200d x",
    "I've you'LL we'd IT'S 'tis",
    "naïve café Straße",
    "a  b   c    d\r\n\r\n x",
    "<|im_start|>user\nhi<|im_end|>\n",
    "12 345 6789",
    "",
    "    ",
    "x" * 50,
    "!?#$%^&*()_+{}|:<>~`",
    "mixedCASE HTTPServer",
)
_ENGLISH = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
_REST = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
LLAMA_3 = rf"{_ENGLISH}|[^\r\n\p{{L}}\p{{N}}]?\p{{L}}+|\p{{N}}{{1,3}}{_REST}"
QWEN_2 = rf"{_ENGLISH}|[^\r\n\p{{L}}\p{{N}}]?\p{{L}}+|\p{{N}}{_REST}"
TEKKEN = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|"
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}|"
    r" ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
GPT_4O = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
    r"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
VOCABULARY = 640


def _split(expression: str, behavior: str = "isolated") -> Any:
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(expression), behavior, invert=behavior == "removed"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )


def byte_level(kind: str) -> Tokenizer:
    """A byte-level tokenizer that splits as the family `kind` does."""
    whole_words = kind in ("llama-bpe", "tekken")
    tokenizer = Tokenizer(models.BPE(ignore_merges=whole_words))
    plain = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.pre_tokenizer = {
        "gpt-2": plain,
        "smollm": pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), plain]),
        "llama-bpe": _split(LLAMA_3),
        "dbrx": _split(LLAMA_3, "removed"),
        "qwen2": _split(QWEN_2),
        "tekken": _split(TEKKEN),
        "gpt-4o": _split(GPT_4O),
    }[kind]
    tokenizer.decoder = decoders.ByteLevel()
    if kind == "qwen2":
        tokenizer.normalizer = normalizers.NFC()
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY - 20,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=special,
        show_progress=False,
    )
    tokenizer.train_from_iterator(CORPUS * 3, trainer)
    if kind == "llama-bpe":
        tokenizer.post_processor = processors.TemplateProcessing(
            single="<|endoftext|> $A", special_tokens=[("<|endoftext|>", 0)]
        )
    return tokenizer


def sentence_pieces(folder: Path, *, prefix: bool) -> tuple[Tokenizer, Path]:
    """A SentencePiece model, and the same as ``tokenizer.json`` as the hub's library derives it."""
    import sentencepiece
    from transformers.tokenization_utils_sentencepiece import generate_merges

    (folder / "corpus.txt").write_text("\n".join(CORPUS * 3), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder / "corpus.txt"),
        model_prefix=str(folder / "pieces"),
        vocab_size=500,
        model_type="bpe",
        byte_fallback=True,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        add_dummy_prefix=prefix,
        allow_whitespace_only_pieces=True,
        split_digits=True,
        character_coverage=0.98,
        minloglevel=2,
    )
    model = sentencepiece.SentencePieceProcessor(model_file=str(folder / "pieces.model"))
    pieces = {model.id_to_piece(number): number for number in range(model.vocab_size())}
    scores = {piece: model.get_score(number) for piece, number in pieces.items()}
    tokenizer = Tokenizer(
        models.BPE(
            pieces, generate_merges(pieces, scores), unk_token="<unk>", fuse_unk=True, byte_fallback=True
        )
    )
    replace = normalizers.Replace(" ", "▁")
    tokenizer.normalizer = (
        normalizers.Sequence([normalizers.Prepend("▁"), replace])
        if prefix
        else normalizers.Sequence([replace])
    )
    tokenizer.add_special_tokens(["<unk>", "<s>", "</s>"])
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
    return tokenizer, folder / "pieces.model"


@dataclass(frozen=True)
class Case:
    """One random model.

    Attributes:
        family: Prefix of the classes in `transformers`; `text` where the configuration has another.
        tokenizer: Of `byte_level`.
        lengths: Of the token lists whose logits are compared.
    """

    family: str
    tokenizer: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    lengths: tuple[int, ...] = (60,)


def _rope(kind: str, **values: Any) -> dict[str, Any]:
    return {"rope_parameters": {"rope_type": kind, "rope_theta": 10000.0, **values}}


_LLAMA_3 = {
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 64,
}
_LONG = {
    "partial_rotary_factor": 0.75,
    "original_max_position_embeddings": 512,
    "short_factor": [1.0 + 0.1 * step for step in range(6)],
    "long_factor": [2.0 + 0.3 * step for step in range(6)],
}
_GEMMA = {"head_dim": 32, "query_pre_attn_scalar": 32, "sliding_window": 8}
_LAYERS = {
    "full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 1e6},
    "sliding_attention": {"rope_type": "default", "rope_theta": 1e4},
}
CASES = {
    "llama": Case("Llama", "llama-bpe"),
    "llama 3 rope, biases": Case(
        "Llama",
        "dbrx",
        {**_rope("llama3", **_LLAMA_3), "head_dim": 32, "attention_bias": True, "mlp_bias": True},
    ),
    "smollm: tied, linear rope": Case(
        "Llama", "smollm", {**_rope("linear", factor=4.0), "tie_word_embeddings": True}
    ),
    "mistral": Case("Mistral", "tekken", {"sliding_window": None, "head_dim": 32}),
    "qwen2": Case("Qwen2", "qwen2"),
    "qwen2 yarn": Case("Qwen2", "qwen2", _rope("yarn", factor=4.0, original_max_position_embeddings=64)),
    "qwen3": Case("Qwen3", "qwen2", {"head_dim": 32}),
    "gemma2": Case("Gemma2", "gpt-2", {**_GEMMA, "num_hidden_layers": 4}),
    "gemma3": Case(
        "Gemma3", "gpt-2", {**_GEMMA, "num_hidden_layers": 8, "rope_parameters": _LAYERS}, "Gemma3Text"
    ),
    "phi3": Case("Phi3", "gpt-4o", {"sliding_window": None, "pad_token_id": 0}),
    "phi3 longrope": Case(
        "Phi3",
        "dbrx",
        {
            **_rope("longrope", **_LONG),
            "max_position_embeddings": 2048,
            "original_max_position_embeddings": 512,
            "sliding_window": None,
            "pad_token_id": 0,
        },
        lengths=(60, 700),
    ),
    "smollm3": Case("SmolLM3", "llama-bpe", {"num_hidden_layers": 5, "pad_token_id": 0}),
    "granite": Case(
        "Granite",
        "smollm",
        {
            "attention_multiplier": 0.3,
            "embedding_multiplier": 12.0,
            "residual_multiplier": 0.22,
            "logits_scaling": 8.0,
        },
    ),
}


def save(case: Case, folder: Path) -> Any:
    """Write the repository of a random model; returns the model."""
    torch.manual_seed(1)
    values = {
        "vocab_size": VOCABULARY,
        "hidden_size": 64,
        "intermediate_size": 96,
        "num_hidden_layers": 3,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "max_position_embeddings": 1024,
        "bos_token_id": 0,
        "eos_token_id": 2,
        **case.changes,
    }
    configuration = getattr(transformers, f"{case.text or case.family}Config")(**values)
    model = getattr(transformers, f"{case.family}ForCausalLM")(configuration).eval()
    with torch.no_grad():
        for weight in model.parameters():
            spread = 0.1 if weight.ndim == 1 else (2.0 / weight.shape[-1]) ** 0.5
            weight.copy_(torch.randn_like(weight) * spread + (weight if weight.ndim == 1 else 0.0))
    model.save_pretrained(folder)
    save_tokenizer(byte_level(case.tokenizer), folder, bos="<|endoftext|>", eos="<|im_end|>")
    return model


def save_tokenizer(tokenizer: Tokenizer, folder: Path, *, bos: str, eos: str) -> None:
    fast = transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token=bos, eos_token=eos)
    fast.save_pretrained(folder)


def logits(model: Any, tokens: list[int]) -> np.ndarray:
    with torch.no_grad():
        return model(torch.tensor([tokens])).logits[0].double().numpy()
