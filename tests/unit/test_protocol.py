"""The worker protocol: every message survives the pipe, nothing else is accepted. Fault 36."""

from __future__ import annotations

import json
import typing
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.engines.types import FinishReason, LoadOptions, Sampling, Timings, Turn
from backend.workers import protocol
from backend.workers.codec import FrameReader, ProtocolError, decode, encode
from backend.workers.protocol import (
    MAX_FRAME,
    Message,
)
from tests.support.examples import examples

KINDS = typing.get_args(Message)

st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(int, st.integers(-(2**63), 2**63))
messages = st.one_of(*(st.builds(kind, **{f.name: ... for f in fields(kind)}) for kind in KINDS))


@settings(max_examples=examples(400))
@given(messages)
def test_every_message_survives_the_pipe(message: Message) -> None:
    line = encode(message)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert decode(line[:-1]) == message


@settings(max_examples=examples(60))
@given(st.lists(messages, max_size=5), st.integers(1, 60))
def test_frames_are_found_whatever_the_cuts(sent: list[Message], step: int) -> None:
    stream = b"".join(encode(message) for message in sent)
    reader = FrameReader()
    got: list[Message] = []
    for start in range(0, len(stream), step):
        got += [decode(line) for line in reader.feed(stream[start : start + step])]
    assert got == sent
    assert not reader.incomplete


@settings(max_examples=examples(300))
@given(st.binary(max_size=200))
def test_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(ProtocolError):
        decode(data)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda s: st.lists(s) | st.dictionaries(st.text(), s),
    )
)
def test_other_json_is_refused(data: object) -> None:
    with pytest.raises(ProtocolError):
        decode(json.dumps(data).encode())


@pytest.mark.parametrize(
    "line",
    [
        b'{"kind":"Launch"}',
        b'{"kind":"Cancel"}',
        b'{"kind":"Cancel","request":true}',
        b'{"kind":"Cancel","request":1.0}',
        b'{"kind":"Cancel","request":"1"}',
        b'{"kind":"Cancel","request":1,"extra":2}',
        b'{"kind":"Progress","request":1,"fraction":NaN}',
        b'{"kind":"Progress","request":1,"fraction":' + b"9" * 400 + b"}",
        b'{"kind":"Progress","request":1,"fraction":1e999}',
        b'{"kind":["Cancel"],"request":1}',
        b'{"kind":"Cancel","request":' + b"[" * 100_000,
    ],
)
def test_near_misses_are_refused(line: bytes) -> None:
    with pytest.raises(ProtocolError):
        decode(line)


def test_values_of_enumerations_are_checked() -> None:
    ended = protocol.Ended(1, 0, FinishReason.STOP, Timings(), 5, None, None)
    with pytest.raises(ProtocolError):
        decode(encode(ended)[:-1].replace(b'"stop"', b'"bored"'))
    load = protocol.Load(1, "m.gguf", LoadOptions(), protocol.EngineFlags())
    with pytest.raises(ProtocolError):
        decode(encode(load)[:-1].replace(b'"f16"', b'"f17"'))


def test_lone_surrogates_survive() -> None:
    message = protocol.Generate(1, "v", (Turn("user", "a\ud800b"),), Sampling(), 1)
    assert decode(encode(message)[:-1]) == message


def test_a_frame_over_the_limit_is_neither_sent_nor_buffered() -> None:
    with pytest.raises(ProtocolError):
        encode(protocol.Rendered(1, "x" * MAX_FRAME))
    reader = FrameReader()
    chunk = b"x" * 65_536
    fed = 0
    with pytest.raises(ProtocolError):
        while fed < 2**30:
            list(reader.feed(chunk))
            fed += len(chunk)
    assert fed <= MAX_FRAME + len(chunk)
