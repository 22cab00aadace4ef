"""The local server against requests made from its own description of the interface."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case

from backend.app import Backend
from backend.server.openapi import document
from tests.support.examples import examples
from tests.support.serving import TOKEN, port_of, serving

_SCHEMA = schemathesis.openapi.from_dict(document())
_POSTS = ("/v1/chat/completions", "/v1/completions", "/v1/embeddings")


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with serving(tmp_path_factory.mktemp("fuzzing")) as running:
        yield running


@pytest.mark.parametrize("path", _POSTS)
def test_no_request_makes_it_fail(backend: Backend, path: str) -> None:
    operation = _SCHEMA[path]["POST"]
    base = f"http://127.0.0.1:{port_of(backend)}"

    @settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.one_of(
            operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE),
            operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE),
        )
    )
    def fuzz(case: Case) -> None:
        if isinstance(case.body, dict) and "model" in case.body and len(str(case.body["model"])) % 2:
            case.body["model"] = "starter"  # or nothing would ever reach the engine
            if path != _POSTS[2]:  # else an answer may fill the context
                case.body |= dict.fromkeys({"max_completion_tokens"} & case.body.keys() | {"max_tokens"}, 4)
        answer = case.call(base_url=base, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=180)
        assert answer.status_code < 500, answer.text
        if answer.status_code >= 400:
            assert answer.json()["error"]["message"]

    fuzz()
