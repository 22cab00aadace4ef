"""What the local server costs on top of the worker: rounds of both in turn, and the medians of their ratios.

python3 -m pytest tests/benchmarks/test_bench_server.py -m benchmark -s -n 0
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from backend.app import Backend
from backend.engines.types import Delta, GenerationEvent, Sampling
from tests.support.engines import user
from tests.support.models import HUNDRED_MILLION, Shape, random_model
from tests.support.serving import TOKEN, port_of, serving
from tests.support.stream_client import StreamClient

pytestmark = pytest.mark.benchmark

ROUNDS = 9
ANSWER = 64
SIZES = {"small": Shape(layers=6, width=256, ffn=768, heads=8, kv_heads=4, context=8192, vocab=4096)}
SIZES["heavy"] = HUNDRED_MILLION
"""5 and 114 million parameters, and so many words that hardly any answer of noise ends early."""


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    folder = tmp_path_factory.mktemp("models")
    for name, shape in SIZES.items():
        random_model(folder / f"{name}.gguf", shape=shape, name=name)
    with serving(tmp_path_factory.mktemp("serving"), folder) as running:
        yield running


@pytest.fixture(scope="module")
def http() -> Iterator[StreamClient]:
    client = StreamClient()
    yield client
    client.close()


def prompt(which: str) -> str:
    """One that no earlier prompt began with."""
    return f"{which}: tell a long story of the garden and the trees."


def worker_alone(
    backend: Backend, key: str, whiches: list[str], tokens: int = ANSWER
) -> list[tuple[float, float, int]]:
    """The same answers without the server, as their events come to the app; as `StreamClient.ask` tells."""
    times: list[list[float]] = [[] for _ in whiches]

    def hear(place: int, event: GenerationEvent) -> None:
        if isinstance(event, Delta):
            times[place].append(time.perf_counter())

    sampling = Sampling(temperature=1.0, seed=1, max_tokens=tokens)
    began = time.perf_counter()
    answers = [
        backend.engine.generate(key, user(prompt(which)), sampling, partial(hear, place))
        for place, which in enumerate(whiches)
    ]
    ends = [answer.wait(120)[0] for answer in answers]
    return [
        (came[0] - began, came[-1] - came[0], end.timings.completion_tokens)
        for came, end in zip(times, ends, strict=True)
    ]


def body(model: str, which: str) -> dict[str, Any]:
    return {
        "model": model,
        "messages": [{"role": "user", "content": prompt(which)}],
        "temperature": 1.0,
        "seed": 1,
        "max_tokens": ANSWER,
    }


def rate(told: tuple[float, float, int]) -> float:
    return told[2] / told[1]


def total(told: list[tuple[float, float, int]]) -> float:
    """Tokens per second of answers that were begun together."""
    return sum(one[2] for one in told) / max(one[0] + one[1] for one in told)


def loaded_key(backend: Backend, path: str) -> str:
    return next(one.key for one in backend.engine.loaded() if one.path == path)


@pytest.fixture(params=SIZES, scope="module")
def model(request: pytest.FixtureRequest, backend: Backend, http: StreamClient) -> tuple[str, str]:
    """Its name, and the key of the context that the server has."""
    address = backend.engines.find(request.param).address
    http.ask(port_of(backend), TOKEN, [body(request.param, "warm")])
    return request.param, loaded_key(backend, address)


def test_one_stream_against_the_worker_alone(
    backend: Backend, http: StreamClient, model: tuple[str, str]
) -> None:
    name, key = model
    speeds: list[tuple[float, float]] = []
    spent: list[tuple[float, float]] = []
    for at in range(ROUNDS):
        burnt = time.process_time()
        (alone,) = worker_alone(backend, key, [f"alone {at}"])
        between = time.process_time()
        (served,) = http.ask(port_of(backend), TOKEN, [body(name, f"served {at}")])
        speeds.append((rate(served), rate(alone)))
        spent.append(((time.process_time() - between) / served[2], (between - burnt) / alone[2]))
    ratio = statistics.median(ours / theirs for ours, theirs in speeds)
    print(
        f"\n{name}: {statistics.median(s for s, _ in speeds):.0f} t/s over HTTP,"
        f" {statistics.median(a for _, a in speeds):.0f} t/s from the worker, ratio {ratio:.3f}"
        f" (aim >= 0.95); processor time of the app for a token"
        f" {statistics.median(s for s, _ in spent) * 1e6:.0f} us, without the server"
        f" {statistics.median(a for _, a in spent) * 1e6:.0f} us"
    )


def test_the_first_text_against_the_worker_alone(
    backend: Backend, http: StreamClient, model: tuple[str, str]
) -> None:
    name, key = model
    firsts: list[tuple[float, float]] = []
    for at in range(2 * ROUNDS):
        (alone,) = worker_alone(backend, key, [f"alone at first {at}"], tokens=2)
        (served,) = http.ask(
            port_of(backend), TOKEN, [{**body(name, f"served at first {at}"), "max_tokens": 2}]
        )
        firsts.append((served[0], alone[0]))
    later = statistics.median(ours - theirs for ours, theirs in firsts)
    print(
        f"\n{name}: first text over HTTP after {statistics.median(s for s, _ in firsts) * 1000:.1f} ms,"
        f" {later * 1000:+.1f} ms against the worker"
    )


def test_eight_clients_against_one(backend: Backend, http: StreamClient, model: tuple[str, str]) -> None:
    """And what the worker alone makes of eight answers at one time, which is what can be had."""
    name, key = model
    gains, possible = [], []
    for at in range(ROUNDS):
        whiches = [f"{who} of eight {at}" for who in range(8)]
        one = http.ask(port_of(backend), TOKEN, [body(name, f"one {at}")])
        eight = http.ask(port_of(backend), TOKEN, [body(name, which) for which in whiches])
        gains.append(total(eight) / total(one))
        one = worker_alone(backend, key, [f"alone {at}"])
        eight = worker_alone(backend, key, [f"alone {which}" for which in whiches])
        possible.append(total(eight) / total(one))
    print(
        f"\n{name}: eight clients get {statistics.median(gains):.2f} times what one does (aim >= 2),"
        f" {statistics.median(possible):.2f} times from the worker alone"
    )


def test_the_rest_of_the_app_beside_fifty_streams(
    backend: Backend, http: StreamClient, model: tuple[str, str]
) -> None:
    """The server shares its process with the window: how late a thread is that wants to run each 5 ms, beside
    the worker alone with as many answers, and beside the server."""
    name, key = model

    def lateness(work: Callable[[], object]) -> list[float]:
        working = threading.Thread(target=work)
        working.start()
        late = []
        pause = threading.Event()
        while working.is_alive():
            due = time.perf_counter() + 0.005
            pause.wait(0.005)
            late.append(time.perf_counter() - due)
        return sorted(late)

    whiches = [f"{who} of fifty" for who in range(50)]
    bodies = [{**body(name, which), "max_tokens": 40} for which in whiches]
    alone = lateness(lambda: worker_alone(backend, key, [f"alone {which}" for which in whiches], tokens=40))
    served = lateness(lambda: http.ask(port_of(backend), TOKEN, bodies))
    for what, late in (("from the worker", alone), ("over HTTP", served)):
        print(
            f"\n{name}: beside fifty answers {what} the app's other threads are late by"
            f" {late[len(late) // 2] * 1000:.1f} ms as a rule,"
            f" {late[int(len(late) * 0.99)] * 1000:.1f} ms in 1 of 100, {late[-1] * 1000:.1f} ms at most"
        )
