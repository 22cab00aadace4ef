"""Images in a conversation, with a tiny random projector: read once, in their place, and refused when they
can't be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from backend.engines.local import LocalEngine
from backend.engines.types import FinishReason, LoadOptions, Turn
from tests.support.engines import GREEDY, ONE_THREAD, PATIENCE_S, Bench, Listener, user
from tests.support.models import random_model
from tests.support.projector import IMAGE_TOKENS, png, tiny_projector

SIZES = replace(ONE_THREAD, parallel=2)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    home = tmp_path_factory.mktemp("images")
    bench = Bench(home)
    bench.engine.close()
    projectors = {"seeing.gguf": str(tiny_projector(home / "mmproj.gguf")), "bad.gguf": str(bench.tiny)}
    bench.engine = LocalEngine(
        bench.paths,
        bench.bus,
        probe_model=bench.tiny,
        projector_of=lambda path: projectors.get(Path(path).name, ""),
    )
    yield bench
    bench.engine.close()


@pytest.fixture(scope="module")
def seeing(bench: Bench) -> str:
    return bench.load(random_model(bench.paths.data / "seeing.gguf", quant="f32"), SIZES)


def look(*images: Path, text: str = "What is it?") -> tuple[Turn, ...]:
    return (Turn("user", text, tuple(str(image) for image in images)),)


def test_an_answer_depends_on_the_image_and_its_place(bench: Bench, seeing: str, tmp_path: Path) -> None:
    red, blue = png(tmp_path / "a.png", seed=1), png(tmp_path / "b.png", side=60, seed=2)
    asks = (look(red), look(blue), user("What is it?"), look(red, blue), look(blue, red))
    told = replace(GREEDY, logprobs=1, max_tokens=1)

    def likeliest() -> list[float]:
        """How likely the model thinks its first token, for each question."""
        listeners = [bench.ask(seeing, turns, told)[0] for turns in asks]
        return [delta.choices[0].logprob for listener in listeners for delta in listener.deltas]

    first = likeliest()
    assert likeliest() == pytest.approx(first, abs=1e-3)  # from memory, as far as it reaches
    assert min(abs(a - b) for a, b in combinations(first, 2)) > 1e-3


def test_images_are_counted_and_read_once(bench: Bench, seeing: str, tmp_path: Path) -> None:
    image = png(tmp_path / "a.png", seed=5)
    _, (end,) = bench.ask(seeing, look(image, text="Look"))
    assert end.timings.prompt_tokens == bench.engine.count_tokens(seeing, look(image, text="Look"))
    plain = bench.engine.count_tokens(seeing, user("\nLook"))
    assert end.timings.prompt_tokens == plain + IMAGE_TOKENS
    more = (*look(image, text="Look"), Turn("assistant", "So"), *user("And now?"))
    _, (follow,) = bench.ask(seeing, more)
    assert follow.timings.cached_tokens > IMAGE_TOKENS
    # Beside another answer, and twice at once.
    running = [
        bench.engine.generate(seeing, turns, GREEDY, Listener(), n=2) for turns in (look(image), user("Hi"))
    ]
    ends = [end for generation in running for end in generation.wait(PATIENCE_S)]
    assert {end.reason for end in ends} <= {FinishReason.LENGTH, FinishReason.STOP}


def test_what_is_no_image_is_refused(bench: Bench, seeing: str, tmp_path: Path) -> None:
    text, cut, huge = tmp_path / "t.png", tmp_path / "c.png", tmp_path / "h.png"
    text.write_text("no image")
    cut.write_bytes(png(tmp_path / "p.png").read_bytes()[:60])
    png(huge, claimed=30_000)
    jpeg = tmp_path / "j.jpg"
    jpeg.write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 40)
    pid = bench.worker_pid(seeing)
    for path in (text, cut, huge, jpeg, tmp_path / "missing.png"):
        _, (end,) = bench.ask(seeing, look(path))
        assert (end.reason, end.error_code) == (FinishReason.ERROR, "engine.image")
        assert end.error_title
    many = [png(tmp_path / f"{i}.png", seed=i) for i in range(20)]
    _, (end,) = bench.ask(seeing, look(*many, text="x" * 1000))
    assert end.error_code == "engine.context"
    assert bench.worker_pid(seeing) == pid
    assert bench.ask(seeing, look(many[0]))[1][0].reason is not FinishReason.ERROR


@pytest.mark.parametrize(("name", "code"), [("blind", "engine.no_projector"), ("bad", "engine.projector")])
def test_a_model_that_cannot_see_says_so(bench: Bench, tmp_path: Path, name: str, code: str) -> None:
    key = bench.load(random_model(tmp_path / f"{name}.gguf"), LoadOptions(n_ctx=512, threads=1))
    _, (end,) = bench.ask(key, look(png(tmp_path / "a.png")))
    assert (end.reason, end.error_code) == (FinishReason.ERROR, code)
    assert bench.ask(key, user("Hi"))[1][0].reason is not FinishReason.ERROR
    bench.engine.unload(key)
