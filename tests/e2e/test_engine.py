"""The real engine in its real process: answers, reuse, parallel sequences, limits.

Faults 21–23 (files that native code must not get to hurt us) and 35 (prompts larger than the context).
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from backend.engines.types import Finished, FinishReason, LoadOptions, ModelState, Sampling, Turn
from backend.errors import AppError, Cancelled
from backend.paths import STARTER_MODEL
from tests.support.engines import GREEDY, ONE_THREAD, Bench, Listener, user
from tests.support.models import Architecture, Shape, random_model, scripted_model

LONG = " ".join(f"word{i}" for i in range(60))
VARIED = Sampling(temperature=1.5, top_k=0, top_p=1.0, min_p=0.0, seed=3, max_tokens=30)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = Bench(tmp_path_factory.mktemp("engine"))
    yield bench
    bench.engine.close()


@pytest.fixture(scope="module")
def tiny(bench: Bench) -> str:
    return bench.load(
        steady(bench.paths.data / "steady.gguf"), LoadOptions(n_ctx=1024, parallel=4, threads=1)
    )


def steady(path: Path, architecture: Architecture = "llama", shape: Shape = Shape()) -> Path:  # noqa: B008
    """A model whose greedy text does not hang on rounding, which differs with the shape of the batch."""
    return random_model(path, architecture=architecture, shape=shape, quant="f32", gain=0.5)


def scripted(bench: Bench, tmp_path: Path, script: list[str | bytes], **options: bool) -> str:
    return bench.load(scripted_model(tmp_path / "scripted.gguf", script, **options))


# Text.


def test_an_answer_says_what_the_model_says(bench: Bench, tmp_path: Path) -> None:
    key = scripted(bench, tmp_path, ["Hello", " ", "world", "!"])
    listener, (end,) = bench.ask(key, user("Hi"))
    assert listener.text() == "Hello world!"
    assert end.reason is FinishReason.STOP
    assert end.timings.completion_tokens == listener.tokens() == 4
    assert end.timings.prompt_tokens == bench.engine.count_tokens(key, user("Hi"))
    assert end.timings.ttft_s > 0
    assert end.timings.prompt_tps > 0
    assert end.timings.generation_tps > 0
    assert end.note == ""
    bench.engine.unload(key)


def test_characters_cut_across_tokens_arrive_whole(bench: Bench, tmp_path: Path) -> None:
    smile, e_acute = "😀".encode(), "é".encode()
    script: list[str | bytes] = [
        "ok",
        *(bytes([b]) for b in e_acute),
        *(bytes([b]) for b in smile),
        "end",
        b"\xc5",
    ]
    key = scripted(bench, tmp_path, script)
    listener, (end,) = bench.ask(key, user("Hi"))
    assert listener.text() == "oké😀end"  # the half character at the end is not shown
    assert all("\ufffd" not in delta.text for delta in listener.deltas)
    assert end.timings.completion_tokens == len(script)
    bench.engine.unload(key)


@pytest.mark.parametrize(
    ("stop", "text"),
    [
        (("world",), "Hello "),
        (("lo wo",), "Hel"),
        (("dxx", "ld"), "Hello wor"),
        (("nowhere",), "Hello world! bye"),
    ],
)
def test_stop_strings_end_the_answer(bench: Bench, tmp_path: Path, stop: tuple[str, ...], text: str) -> None:
    key = scripted(bench, tmp_path, ["Hel", "lo", " ", "wor", "ld", "!", " bye"])
    listener, (end,) = bench.ask(key, user("Hi"), replace(GREEDY, stop=stop))
    assert listener.text() == text
    assert end.reason is FinishReason.STOP
    bench.engine.unload(key)


def test_reasoning_is_split_from_the_answer(bench: Bench, tmp_path: Path) -> None:
    key = scripted(bench, tmp_path, ["<think>", " so", " it is", "</think>", " four", "!"])
    listener, (end,) = bench.ask(key, user("2+2?"))
    assert listener.reasoning() == "so it is"
    assert listener.text() == "four!"
    assert end.timings.reasoning_tokens == 3
    assert end.timings.completion_tokens == 6
    bench.engine.unload(key)


def test_a_template_that_opens_the_reasoning(bench: Bench, tmp_path: Path) -> None:
    template = "{% for m in messages %}{{ m.content }}{% endfor %}{{ '<think>\\n' }}"
    path = scripted_model(tmp_path / "m.gguf", ["hm", "</think>", "yes"], template=template)
    key = bench.load(path)
    listener, _ = bench.ask(key, user("Is it?"))
    assert (listener.reasoning(), listener.text()) == ("hm", "yes")
    bench.engine.unload(key)


# Limits.


def test_the_answer_stops_at_max_tokens(bench: Bench, tiny: str) -> None:
    listener, (end,) = bench.ask(tiny, user("Hi"), replace(GREEDY, max_tokens=7))
    assert end.reason is FinishReason.LENGTH
    assert end.timings.completion_tokens == listener.tokens() == 7


def test_the_answer_stops_when_the_context_is_full(bench: Bench, tmp_path: Path) -> None:
    path = scripted_model(tmp_path / "loop.gguf", ["on", " and"], loop=True)
    key = bench.load(path, LoadOptions(n_ctx=256, threads=1))
    _, (end,) = bench.ask(key, user("Go"), Sampling(temperature=0.0))
    assert end.reason is FinishReason.CONTEXT
    assert end.timings.prompt_tokens + end.timings.completion_tokens == 256 + 1
    bench.engine.unload(key)


@pytest.mark.parametrize("size", [1_100, 1_000_000, 10_000_000], ids=["just over", "1 MB", "10 MB"])
def test_a_prompt_over_the_context_is_refused_with_both_numbers(bench: Bench, tiny: str, size: int) -> None:
    listener, (end,) = bench.ask(tiny, user("x" * size))
    assert end.reason is FinishReason.ERROR
    assert end.error_code == "engine.context"
    assert "1024" in end.error_title
    assert end.error_hint
    assert listener.deltas == []
    _, (fine,) = bench.ask(tiny, user("Hi"))
    assert fine.reason is FinishReason.LENGTH


def test_a_prompt_over_the_protocols_limit_is_refused_before_it_is_sent(bench: Bench, tiny: str) -> None:
    with pytest.raises(AppError) as caught:
        bench.engine.generate(tiny, user("x" * 20_000_000), GREEDY, Listener())
    assert caught.value.code == "engine.context"


def test_the_prompt_may_fill_all_but_one_token_of_the_context(bench: Bench, tiny: str) -> None:
    overhead = bench.engine.count_tokens(tiny, user(""))
    _, (end,) = bench.ask(tiny, user("x" * (1023 - overhead)))
    assert end.timings.prompt_tokens == 1023
    assert end.reason is FinishReason.CONTEXT


# Sampling.


def test_a_seed_makes_the_answer_repeatable(bench: Bench, tiny: str) -> None:
    seeded = Sampling(temperature=1.5, seed=42, max_tokens=20)
    first, (end,) = bench.ask(tiny, user("Tell me"), seeded)
    second, _ = bench.ask(tiny, user("Tell me"), seeded)
    other, _ = bench.ask(tiny, user("Tell me"), replace(seeded, seed=43))
    assert end.seed == 42
    assert first.text() == second.text()
    assert first.text() != other.text()


def test_without_a_seed_one_is_drawn_and_reported(bench: Bench, tiny: str) -> None:
    free = Sampling(temperature=1.5, max_tokens=20)
    first, (end,) = bench.ask(tiny, user("Tell me"), free)
    again, _ = bench.ask(tiny, user("Tell me"), replace(free, seed=end.seed))
    assert first.text() == again.text()


def test_a_repeat_penalty_leads_away_from_repetition(bench: Bench, tmp_path: Path) -> None:
    key = scripted(bench, tmp_path, ["again", " and"], loop=True)
    plain, _ = bench.ask(key, user("Go"))
    assert plain.text().startswith("again andagain and")
    varied, _ = bench.ask(key, user("Go"), replace(GREEDY, presence_penalty=5_000.0))
    assert not varied.text().startswith("again andagain and")
    bench.engine.unload(key)


@pytest.mark.parametrize(
    "changed",
    [
        replace(VARIED, temperature=0.2),
        replace(VARIED, temperature=0.0),
        replace(VARIED, top_k=2),
        replace(VARIED, top_p=0.05),
        replace(VARIED, min_p=0.9),
        replace(VARIED, repeat_penalty=3.0),
        replace(VARIED, presence_penalty=2.0),
        replace(VARIED, seed=4),
    ],
    ids=lambda sampling: ",".join(
        f"{name}={value}" for name, value in asdict(sampling).items() if value != getattr(VARIED, name)
    ),
)
def test_every_setting_changes_what_is_drawn(bench: Bench, tiny: str, changed: Sampling) -> None:
    plain, _ = bench.ask(tiny, user("Tell me"), VARIED)
    other, (end,) = bench.ask(tiny, user("Tell me"), changed)
    again, _ = bench.ask(tiny, user("Tell me"), changed)
    assert plain.text() != other.text() == again.text()
    assert end.seed == changed.seed


def test_the_greatest_seed_is_a_seed_like_any_other(bench: Bench, tiny: str) -> None:
    """The library takes 0xFFFFFFFF as the wish for a random one."""
    greatest = replace(VARIED, seed=2**32 - 1)
    texts = {bench.ask(tiny, user("Tell me"), greatest)[0].text() for _ in range(3)}
    assert len(texts) == 1


def test_top_k_one_is_greedy(bench: Bench, tiny: str) -> None:
    greedy, _ = bench.ask(tiny, user("Hi"))
    narrow, _ = bench.ask(tiny, user("Hi"), Sampling(temperature=2.0, top_k=1, max_tokens=24))
    assert narrow.text() == greedy.text()


# Reuse.


@pytest.mark.parametrize(
    ("architecture", "shape"),
    [("llama", Shape()), ("gemma3", Shape(layers=6, window=64)), ("mamba", Shape())],
)
def test_a_follow_up_reuses_the_conversation_and_says_the_same_as_from_scratch(
    bench: Bench, tmp_path: Path, architecture: Architecture, shape: Shape
) -> None:
    """Sliding windows and recurrent state only reuse what they still hold; the text must never differ."""
    key = bench.load(steady(tmp_path / "m.gguf", architecture, shape))
    first, _ = bench.ask(key, user(LONG), replace(GREEDY, max_tokens=3))
    follow_up = (*user(LONG), Turn("assistant", first.text()), Turn("user", "And then?"))
    warm, (warm_end,) = bench.ask(key, follow_up)
    again, (again_end,) = bench.ask(key, follow_up)
    edited = (*user(LONG[:200] + " changed"), Turn("assistant", "no"), Turn("user", "And then?"))
    warm_edit, (edit_end,) = bench.ask(key, edited)
    bench.engine.unload(key)
    assert warm_end.timings.cached_tokens < warm_end.timings.prompt_tokens
    if architecture == "llama":
        assert warm_end.timings.cached_tokens > 300
        assert again_end.timings.cached_tokens == again_end.timings.prompt_tokens - 1
        assert edit_end.timings.cached_tokens > 150
    if architecture == "mamba":
        assert again_end.timings.cached_tokens == edit_end.timings.cached_tokens == 0
    key = bench.load(tmp_path / "m.gguf")
    cold, (cold_end,) = bench.ask(key, follow_up)
    bench.engine.unload(key)
    key = bench.load(tmp_path / "m.gguf")
    cold_edit, _ = bench.ask(key, edited)
    bench.engine.unload(key)
    assert cold_end.timings.cached_tokens == 0
    assert warm.text() == again.text() == cold.text()
    assert warm_edit.text() == cold_edit.text()


def test_a_window_that_was_overwritten_is_not_reused(bench: Bench, tmp_path: Path) -> None:
    """After many tokens the sliding window of an early prefix is gone, although `seq_rm` claims success."""
    shape = Shape(layers=6, window=64, context=4096)
    key = bench.load(
        steady(tmp_path / "m.gguf", "gemma3", shape),
        LoadOptions(n_ctx=4096, threads=1),
    )
    bench.ask(key, user(LONG * 6), replace(GREEDY, max_tokens=2))
    early = user(LONG * 2 + " other")
    warm, (end,) = bench.ask(key, early)
    bench.engine.unload(key)
    assert end.timings.cached_tokens == 0
    key = bench.load(tmp_path / "m.gguf", LoadOptions(n_ctx=4096, threads=1))
    cold, _ = bench.ask(key, early)
    bench.engine.unload(key)
    assert warm.text() == cold.text()


# Several at once.


def test_several_answers_share_the_prompt(bench: Bench, tiny: str) -> None:
    single, _ = bench.ask(tiny, user("Once upon a time"))
    listener, ends = bench.ask(tiny, user("Once upon a time there was"), n=4)
    assert [end.index for end in ends] == [0, 1, 2, 3]
    assert [end.timings.cached_tokens for end in ends[1:]] == [ends[0].timings.prompt_tokens] * 3
    assert len({listener.text(i) for i in range(4)}) == 1
    varied, ends = bench.ask(tiny, user("Once"), Sampling(temperature=1.5, seed=5, max_tokens=20), n=3)
    assert [end.seed for end in ends] == [5, 6, 7]
    assert len({varied.text(i) for i in range(3)}) == 3
    again, _ = bench.ask(tiny, user("Once upon a time"))
    assert again.text() == single.text()


@pytest.mark.parametrize(
    ("architecture", "shape"), [("gemma3", Shape(layers=6, window=64)), ("mamba", Shape())]
)
def test_several_answers_to_a_prompt_that_is_longer_than_the_window(
    bench: Bench, tmp_path: Path, architecture: Architecture, shape: Shape
) -> None:
    """Sequences that share cells of a sliding window would fill its small cache for good."""
    path = steady(tmp_path / "m.gguf", architecture, shape)
    key = bench.load(path, LoadOptions(n_ctx=2048, threads=1, parallel=3))
    listener, ends = bench.ask(key, user(LONG * 3), n=3)
    assert [end.reason for end in ends] == [FinishReason.LENGTH] * 3
    assert len({listener.text(i) for i in range(3)}) == 1
    # Neither must two conversations that begin alike.
    both = [Listener(), Listener()]
    begun = [
        bench.engine.generate(key, user(LONG * 3 + end), replace(GREEDY, max_tokens=60), each)
        for each, end in zip(both, (" one", " two"), strict=True)
    ]
    assert [generation.wait(60)[0].reason for generation in begun] == [FinishReason.LENGTH] * 2
    bench.engine.unload(key)


def test_two_full_sequences_push_out_what_idle_ones_hold(bench: Bench, tmp_path: Path) -> None:
    path = steady(tmp_path / "m.gguf")
    key = bench.load(path, LoadOptions(n_ctx=512, threads=1, parallel=3))
    room = 512 - bench.engine.count_tokens(key, user("")) - 1
    texts = ["a" * room, "b" * room, "c" * room]
    for _ in range(2):
        for text in texts:  # each leaves a full sequence behind
            assert bench.ask(key, user(text))[1][0].reason is FinishReason.CONTEXT
        generations = [bench.engine.generate(key, user(text.upper()), GREEDY, Listener()) for text in texts]
        assert [g.wait(60)[0].reason for g in generations] == [FinishReason.CONTEXT] * 3
    bench.engine.unload(key)


def test_more_answers_than_sequences_all_end(bench: Bench, tiny: str) -> None:
    listener, ends = bench.ask(tiny, user("Many"), n=7)
    assert [end.reason for end in ends] == [FinishReason.LENGTH] * 7
    assert len({listener.text(i) for i in range(7)}) == 1


def test_requests_of_two_threads_do_not_disturb_each_other(bench: Bench, tiny: str) -> None:
    prompts = [f"Question {i} about {'x' * i}" for i in range(6)]
    alone = [bench.ask(tiny, user(prompt))[0].text() for prompt in prompts]
    together: dict[int, str] = {}

    def work(first: int) -> None:
        for i in range(first, len(prompts), 2):
            together[i] = bench.ask(tiny, user(prompts[i]))[0].text()

    threads = [threading.Thread(target=work, args=(i,)) for i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[i] for i in range(6)] == alone


def test_a_cancelled_answer_ends_at_once_and_the_next_one_works(bench: Bench, tmp_path: Path) -> None:
    key = scripted(bench, tmp_path, ["on", " and"], loop=True)
    listener, generation = bench.begin(key, user("Go"), Sampling(temperature=0.0))
    generation.cancel()
    (end,) = generation.wait(30)
    assert end.reason is FinishReason.CANCELLED
    assert listener.text().startswith("on and"[: len(listener.text())])
    assert end.timings.completion_tokens == listener.tokens() < 900
    assert listener.ends == [end]
    generation.cancel()  # too late, harmless
    _, (after,) = bench.ask(key, user("Go"))
    assert after.reason is FinishReason.LENGTH
    bench.engine.unload(key)


def test_cancel_reaches_a_prompt_that_is_being_read_and_answers_that_wait(
    bench: Bench, tmp_path: Path
) -> None:
    shape = Shape(layers=6, width=256, ffn=1024, context=8192)
    path = steady(tmp_path / "slow.gguf", shape=shape)
    key = bench.load(path, LoadOptions(n_ctx=8192, threads=1))
    listeners = [Listener() for _ in range(3)]
    generations = [
        bench.engine.generate(key, user("slow " * 1_500 + str(i)), GREEDY, listener)
        for i, listener in enumerate(listeners)
    ]
    for generation in generations:
        generation.cancel()
    for generation, listener in zip(generations, listeners, strict=True):
        (end,) = generation.wait(30)
        assert end.reason is FinishReason.CANCELLED
        assert listener.text() == ""
    # What the abort left behind must not change what the model says.
    short, _ = bench.ask(key, user("slow slow"))
    bench.engine.unload(key)
    key = bench.load(path, LoadOptions(n_ctx=8192, threads=1))
    fresh, _ = bench.ask(key, user("slow slow"))
    assert short.text() == fresh.text()
    bench.engine.unload(key)


# Loading.


def test_a_load_reports_what_it_measured(bench: Bench) -> None:
    bench.events.clear()
    loaded = bench.engine.load(random_model(bench.paths.data / "x.gguf", name="Named"), ONE_THREAD)
    assert (loaded.name, loaded.architecture, loaded.n_ctx, loaded.n_ctx_train) == (
        "Named",
        "llama",
        1024,
        4096,
    )
    assert loaded.parameters == 107_200
    (memory,) = loaded.memory
    assert memory.weights > 100_000
    assert memory.kv == 2 * 2 * 32 * 2 * 1024  # layers · (K and V) · width · bytes · cells
    assert memory.compute > 0
    assert loaded.rss > 10_000_000
    assert loaded.load_s > 0
    assert loaded in bench.engine.loaded()
    assert [e.state for e in bench.events] == [ModelState.LOADING] * (len(bench.events) - 1) + [
        ModelState.READY
    ]
    assert bench.events[-1].loaded == loaded
    bench.engine.unload(loaded.key)
    assert bench.events[-1].state is ModelState.UNLOADED
    assert loaded not in bench.engine.loaded()
    with pytest.raises(AppError) as caught:
        bench.engine.generate(loaded.key, user("Hi"), GREEDY, Listener())
    assert caught.value.code == "engine.not_loaded"


def test_equal_options_reuse_the_process_and_a_new_context_keeps_the_weights(
    bench: Bench, tmp_path: Path
) -> None:
    shape = Shape(heads=2)
    key = bench.load(steady(tmp_path / "m.gguf", shape=shape), LoadOptions(n_ctx=512, threads=1))
    pid = bench.worker_pid(key)
    before, _ = bench.ask(key, user("Hi"))
    assert bench.load(tmp_path / "m.gguf", LoadOptions(n_ctx=512, threads=1)) == key
    wider = bench.engine.load(
        tmp_path / "m.gguf", LoadOptions(n_ctx=2048, threads=1, parallel=2, kv_type="q8_0")
    )
    assert wider.n_ctx == 2048
    assert wider.memory[0].kv < 2 * shape.layers * shape.kv_width * 2 * 4096  # less than two bytes a value
    assert bench.worker_pid(key) == pid
    bench.load(tmp_path / "m.gguf", LoadOptions(n_ctx=512, threads=1))
    after, _ = bench.ask(key, user("Hi"))
    assert after.text() == before.text()
    bench.load(tmp_path / "m.gguf", LoadOptions(n_ctx=512, threads=2))
    assert bench.worker_pid(key) != pid
    bench.engine.unload(key)


def test_two_models_run_side_by_side(bench: Bench, tiny: str, tmp_path: Path) -> None:
    other = bench.load(random_model(tmp_path / "other.gguf", seed=9))
    assert {m.key for m in bench.engine.loaded()} >= {tiny, other}
    assert bench.ask(tiny, user("Hi"))[0].text() != bench.ask(other, user("Hi"))[0].text()
    bench.engine.unload(other)


def test_a_context_larger_than_trained_is_cut(bench: Bench, tmp_path: Path) -> None:
    path = random_model(tmp_path / "m.gguf", shape=Shape(context=300))
    loaded = bench.engine.load(path, LoadOptions(n_ctx=100_000, threads=1))
    assert loaded.n_ctx == 300
    bench.engine.unload(loaded.key)


def test_unloading_ends_running_answers_as_cancelled(bench: Bench, tmp_path: Path) -> None:
    key = scripted(bench, tmp_path, ["on", " and"], loop=True)
    _, generation = bench.begin(key, user("Go"), Sampling(temperature=0.0))
    bench.engine.unload(key)
    (end,) = generation.wait(30)
    assert end.reason is FinishReason.CANCELLED


def test_a_load_can_be_cancelled(bench: Bench, tmp_path: Path) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        bench.engine.load(random_model(tmp_path / "m.gguf"), ONE_THREAD, cancel=cancel)
    assert bench.events[-1].state is ModelState.UNLOADED


def _truncated(data: bytes) -> bytes:
    return data[: len(data) - 20_000]


def _duplicate_token(data: bytes) -> bytes:
    first, second = struct.pack("<Q", 1) + b"A", struct.pack("<Q", 1) + b"B"
    return data.replace(second, first, 1)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_truncated, "engine.file_incomplete"),
        (_duplicate_token, "engine.crashed"),
        (lambda data: b"GGML" + data[4:], "engine.not_gguf"),
        (lambda data: data[:4] + struct.pack("<I", 99) + data[8:], "engine.load"),
        (lambda data: data.replace(b"llama", b"lllmm"), "engine.architecture"),
        (lambda data: b"", "engine.not_gguf"),
    ],
    ids=["truncated", "duplicate token aborts", "bad magic", "bad version", "unknown architecture", "empty"],
)
def test_a_spoiled_file_costs_its_worker_only_and_is_named(
    bench: Bench, tmp_path: Path, spoil, code: str
) -> None:  # type: ignore[no-untyped-def]
    path = random_model(tmp_path / "Spoiled-Model.gguf")
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(AppError) as caught:
        bench.engine.load(path, ONE_THREAD)
    assert caught.value.code == code
    assert "Spoiled-Model" in caught.value.title
    failed = bench.events[-1]
    assert (failed.state, failed.error_title) == (ModelState.FAILED, caught.value.title)
    random_model(path)
    bench.engine.unload(bench.load(path))


def test_a_missing_file_is_named(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        bench.engine.load(tmp_path / "Gone.gguf", ONE_THREAD)
    assert caught.value.code == "engine.file_missing"
    assert "Gone" in caught.value.title


def test_a_hostile_template_is_replaced_and_the_person_told(bench: Bench, tmp_path: Path) -> None:
    template = "{{ lipsum.__globals__['os'].system('touch CANARY') }}"
    key = bench.load(scripted_model(tmp_path / "m.gguf", ["fine"], template=template))
    assert "ChatML" in next(m for m in bench.engine.loaded() if m.key == key).note
    listener, (end,) = bench.ask(key, user("Hi"))
    assert listener.text() == "fine"
    assert "ChatML" in end.note
    assert not list(tmp_path.rglob("CANARY"))
    assert not Path("CANARY").exists()
    bench.engine.unload(key)


# The starter model.


@pytest.mark.skipif(not STARTER_MODEL.is_file(), reason="the starter model is not built")
def test_the_starter_model_answers(bench: Bench) -> None:
    key = bench.load(STARTER_MODEL, LoadOptions(threads=1))
    listener, (end,) = bench.ask(key, user("Hello!"), Sampling(temperature=0.0, max_tokens=60))
    assert len(listener.text().split()) > 2
    assert isinstance(end, Finished)
    assert end.reason is FinishReason.STOP
    bench.engine.unload(key)
