"""What the inspector says of model files: metadata, tensors, layers; templates and how they differ.

Faults 17–24 again, through everything that the inspector derives.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.errors import AppError
from backend.gguf.parser import HEADER_CAP, HeaderParser
from backend.gguf.types import GGMLType, ValueType
from backend.inspect.facts import LONGEST_TEXT, facts_of, file_facts
from backend.inspect.template import LONGEST_COMPARED, difference, features_of
from backend.inspect.types import Feature, FileFacts, Line
from tests.support.examples import examples
from tests.support.gguf_fuzz import mutate, seeds
from tests.support.model_shapes import MODELS, ghost_of
from tests.support.tiny_gguf import CHATML, TensorSpec, Typed, tiny_llama, tiny_split, write_gguf


def of(path: Path) -> FileFacts:
    return file_facts(path)[0]


@pytest.mark.parametrize("name", MODELS)
def test_the_parts_add_up_for_every_kind_of_model(name: str, tmp_path: Path) -> None:
    facts = of(ghost_of(name, tmp_path))
    metadata, tensors = MODELS[name]()
    arch = metadata["general.architecture"]
    total = sum(tensor.nbytes for tensor in tensors)
    assert sum(tensor.bytes for tensor in facts.tensors) == total
    assert sum(layer.bytes for layer in facts.layers) == total
    assert sum(share.bytes for share in facts.types) == total
    assert sum(share.count for share in facts.types) == len(tensors)
    numbers = [layer.layer for layer in facts.layers if layer.layer is not None]
    assert numbers == list(range(metadata[f"{arch}.block_count"]))
    for layer in facts.layers:
        own = [tensor for tensor in facts.tensors if tensor.name.startswith(f"{layer.name}.")]
        assert sum(tensor.bytes for tensor in own) == layer.bytes == sum(s.bytes for s in layer.by_type)
    assert [entry.key for entry in facts.metadata] == list(metadata)
    assert facts.value("general.name") == name


def test_layers_stand_between_what_comes_before_and_behind(tmp_path: Path) -> None:
    layers = [layer.name for layer in of(ghost_of("Llama-3.1-8B", tmp_path)).layers]
    assert layers[0] == "token_embd"
    assert layers[1:33] == [f"blk.{number}" for number in range(32)]
    assert sorted(layers[33:]) == ["output", "output_norm"]


def test_a_tensor_says_what_it_is_inside_its_layer(tmp_path: Path) -> None:
    facts = of(ghost_of("Qwen3-30B-A3B", tmp_path))
    by_name = {tensor.name: tensor for tensor in facts.tensors}
    down = by_name["blk.3.ffn_down_exps.weight"]
    assert (down.layer, down.part, down.type, len(down.shape)) == (3, "ffn_down_exps", "Q4_K", 3)
    assert by_name["token_embd.weight"].layer is None
    assert by_name["token_embd.weight"].part == "token_embd"


def test_all_parts_of_a_split_model_are_counted(tmp_path: Path) -> None:
    whole = of(tiny_llama(tmp_path / "tiny.gguf"))
    parts = tiny_split(tmp_path, "tiny", parts=3)
    for part in parts:
        split = of(part)
        assert {t.name for t in split.tensors} == {t.name for t in whole.tensors}
        assert split.types == whole.types
    parts[1].unlink()
    with pytest.raises(AppError) as caught:
        of(parts[0])
    assert caught.value.code == "gguf.split"
    assert parts[1].name in caught.value.title


def test_values_are_typed_and_short(tmp_path: Path) -> None:
    template = "{{ messages }}" * 400
    facts = of(
        write_gguf(
            tmp_path / "values.gguf",
            {
                "general.architecture": "llama",
                "a.small": Typed(ValueType.UINT8, 7),
                "a.long": Typed(ValueType.INT64, -5),
                "a.real": 0.00001,
                "a.flag": True,
                "a.many": list(range(100)),
                "a.words": ["eins\n", "zwei", "x" * 500],
                "a.none": Typed(ValueType.ARRAY, [], ValueType.FLOAT32),
                "tokenizer.chat_template": template,
                "a.trick": "left\u202eright\x1b[0m\nnext",
            },
        )
    )
    shown = {entry.key: (entry.type, entry.text, entry.count) for entry in facts.metadata}
    assert shown["a.small"] == ("uint8", "7", 1)
    assert shown["a.long"] == ("int64", "-5", 1)
    assert shown["a.real"] == ("float32", "1e-05", 1)
    assert shown["a.flag"] == ("bool", "true", 1)
    assert shown["a.many"] == ("array of int32", "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …", 100)
    kind, text, count = shown["a.words"]
    assert (kind, count) == ("array of string", 3)
    assert text.startswith("eins⏎, zwei, xxx") and text.endswith("…")
    assert shown["a.none"] == ("array of float32", "", 0)
    assert shown["tokenizer.chat_template"][2] == facts.template_size == len(template)
    assert all(len(text) <= LONGEST_TEXT for _, text, _ in shown.values())
    assert shown["a.trick"][1] == "left�right�[0m⏎next"


starts = functools.cache(seeds)


@settings(max_examples=examples(300), deadline=None)
@given(seed=st.integers(0, 2**32))
def test_damaged_headers_are_refused_or_described(seed: int) -> None:
    rng = random.Random(seed)
    data, size = rng.choice(starts())
    damaged = mutate(data, rng)
    try:
        parser = HeaderParser("damaged.gguf", file_size=size, keep=HEADER_CAP)
        parser.feed(damaged)
        header = parser.header()
    except AppError:
        return
    facts = facts_of((header,))
    assert sum(layer.bytes for layer in facts.layers) == sum(tensor.nbytes for tensor in header.tensors)
    assert all(len(entry.text) <= LONGEST_TEXT and entry.text.isprintable() for entry in facts.metadata)


@settings(max_examples=examples(100), deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40), st.sampled_from(list(GGMLType)))
def test_any_tensor_name_has_its_place(
    tmp_path_factory: pytest.TempPathFactory, name: str, kind: GGMLType
) -> None:

    if len(name.encode()) > 63:
        return
    path = tmp_path_factory.mktemp("names") / "x.gguf"
    write_gguf(path, {"general.architecture": "x"}, [TensorSpec(name, (kind.block_elements,), kind)])
    (tensor,) = of(path).tensors
    assert (tensor.name, tensor.bytes, tensor.type) == (name, kind.block_bytes, kind.name)


def test_the_file_is_named_when_it_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "page.gguf"
    path.write_text("<!doctype html>")
    for make in (lambda: of(path), lambda: of(tmp_path / "gone.gguf")):
        with pytest.raises(AppError) as caught:
            make()
        assert ".gguf" in caught.value.title


# Templates


def test_features_are_found_by_the_names_in_a_template() -> None:
    assert features_of(CHATML) == ()
    assert features_of("{% if tools %}{% endif %}") == (Feature.TOOLS,)
    assert features_of("{{ '<think>' }}{% if enable_thinking %}") == (Feature.REASONING,)
    assert features_of("{% if content.type == 'image_url' %}") == (Feature.IMAGES,)


@pytest.mark.parametrize(
    "copy",
    [lambda t: t + "\n", lambda t: t.replace("\n", "\r\n"), lambda t: "\n\n" + t, lambda t: t + "  \n \n"],
)
def test_copies_of_one_template_are_the_same(copy: Callable[[str], str]) -> None:
    template = "{% for m in messages %}\n{{ m.content }}\n{% endfor %}"
    assert difference(copy(template), template, "a/b").same


def test_a_difference_names_what_was_added_and_removed() -> None:
    base = "\n".join(f"line {n}" for n in range(30))
    own = base.replace("line 12", "line twelve\nand a half")
    found = difference(own, base, "a/b")
    assert not found.same
    assert (found.added, found.removed) == (2, 1)
    assert [line.text for line in found.lines if line.kind is Line.ADDED] == ["line twelve", "and a half"]
    assert [line.text for line in found.lines if line.kind is Line.REMOVED] == ["line 12"]
    assert len(found.lines) < 12, "only the neighbourhood is shown"


@given(st.lists(st.sampled_from("abc-+@ "), max_size=12), st.lists(st.sampled_from("abc-+@ "), max_size=12))
def test_added_and_removed_lines_turn_one_template_into_the_other(old: list[str], new: list[str]) -> None:
    found = difference("\n".join(new), "\n".join(old), "x")
    if not found.same:
        assert found.added or found.removed
        assert all(line.text or line.kind is not Line.PLACE for line in found.lines)


def test_a_huge_template_is_not_compared_line_by_line() -> None:
    found = difference("a\n" * LONGEST_COMPARED, "b", "x")
    assert not found.same
    assert found.lines == ()
