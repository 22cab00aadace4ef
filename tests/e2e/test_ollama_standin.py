"""The stand-in registry and library answer as the real ones do, so that tests may rely on them.

Faults 1–4, 7, 10, 11, 13 as seen by plain requests.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from tests.support.standin_ollama import File, Layer, Model, StandInOllama, Tag

WEIGHTS = File("model", size=300_000, seed=7)
TINY = Model(
    "tiny",
    (
        Tag("latest", WEIGHTS, (Layer("template", File("t", text="{{ .Prompt }}")),)),
        Tag("3b", WEIGHTS, (Layer("template", File("t", text="{{ .Prompt }}")),)),
        Tag("1b-cloud"),
    ),
    summary="A very small model.",
    capabilities=("tools",),
    sizes=("3b",),
)
BLOB = f"/v2/library/tiny/blobs/sha256:{WEIGHTS.digest}"


@pytest.fixture(scope="module")
def started() -> Iterator[StandInOllama]:
    with StandInOllama() as ollama:
        ollama.add(TINY)
        ollama.add(Model("someone/own", (Tag("latest", WEIGHTS),)))
        ollama.add_rows(45)
        yield ollama


@pytest.fixture
def ollama(started: StandInOllama) -> StandInOllama:
    started.reset()
    return started


def _fetch(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(url, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, dict(response.headers), response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def test_a_manifest_by_tag_and_by_digest(ollama: StandInOllama) -> None:
    status, headers, body = _fetch(f"{ollama.registry}/v2/library/tiny/manifests/3b")
    digest = hashlib.sha256(body).hexdigest()
    assert (status, headers["Ollama-Content-Digest"]) == (200, f"sha256:{digest}")
    assert _fetch(f"{ollama.registry}/v2/library/tiny/manifests/sha256:{digest}")[2] == body
    assert json.loads(body)["layers"][0]["digest"] == f"sha256:{WEIGHTS.digest}"
    assert _fetch(f"{ollama.registry}/v2/someone/own/manifests/latest")[0] == 200
    assert _fetch(f"{ollama.registry}/v2/library/tiny/manifests/70b")[0] == 404
    assert _fetch(f"{ollama.registry}/v2/library/tiny/manifests/3b", User_Agent="ollama/0.33.0")[0] == 401


def test_a_blob_is_redirected_to_the_store(ollama: StandInOllama) -> None:
    status, _, body = _fetch(ollama.registry + BLOB)
    assert (status, hashlib.sha256(body).hexdigest()) == (200, WEIGHTS.digest)
    assert [(e.server, e.status) for e in ollama.log()] == [("registry", 307), ("store", 200)]
    status, headers, part = _fetch(ollama.registry + BLOB, Range="bytes=100-199")
    assert (status, headers["Content-Range"], part) == (206, "bytes 100-199/300000", body[100:200])
    assert _fetch(f"{ollama.registry}/v2/library/tiny/blobs/sha256:{'0' * 64}")[0] == 404


def test_presigned_addresses_expire(ollama: StandInOllama) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", ollama.ports["port"], timeout=60)
    connection.request("GET", BLOB)
    address = connection.getresponse().headers["Location"]
    connection.close()
    assert address.startswith(ollama.store)
    assert _fetch(address)[0] == 200
    ollama.expire_signatures()
    assert _fetch(address)[0] == 403
    ollama.signature_seconds(-1)
    assert _fetch(ollama.registry + BLOB)[0] == 403


@pytest.mark.parametrize(
    ("kind", "options", "status"),
    [
        ("status", {"code": 429, "headers": {"Retry-After": "7"}}, 429),
        ("html", {}, 200),
        ("expired", {}, 403),
        ("ignore_range", {}, 200),
        ("not_satisfiable", {}, 416),
    ],
)
def test_faults_can_be_switched_on(
    ollama: StandInOllama, kind: str, options: dict[str, object], status: int
) -> None:
    ollama.fault(kind, "*sha256:*", times=1, **options)  # type: ignore[arg-type]
    assert _fetch(ollama.registry + BLOB, Range="bytes=0-9")[0] == status
    assert _fetch(ollama.registry + BLOB, Range="bytes=0-9")[0] == 206


def test_cut_and_wrong_bytes(ollama: StandInOllama) -> None:
    ollama.fault("flip", "/blobs/*", at=5, times=1)
    assert hashlib.sha256(_fetch(ollama.registry + BLOB)[2]).hexdigest() != WEIGHTS.digest
    ollama.fault("cut", "/blobs/*", after=1000, times=1)
    with pytest.raises(http.client.IncompleteRead):
        _fetch(ollama.registry + BLOB)


@pytest.mark.parametrize("style", ["plain", "markers"])
def test_the_pages(ollama: StandInOllama, style: str) -> None:
    ollama.style(style)
    page = _fetch(f"{ollama.library}/search?q=plant")[2].decode()
    assert ("x-test-model" in page, "x-test-pull-count" in page) == (style == "markers",) * 2
    assert page.count('href="/library/plant-') == 20
    assert 'hx-get="/search?page=2&amp;q=plant"' in page
    assert _fetch(f"{ollama.library}/search?q=plant&page=3")[2].decode() == page  # without the header
    last = _fetch(f"{ollama.library}/search?q=plant&page=3", HX_Request="true")[2].decode()
    assert (last.count('href="/library/plant-'), "hx-get" in last, "<html" in last) == (5, False, False)
    tags = _fetch(f"{ollama.library}/library/tiny/tags")[2].decode()
    assert TINY.tags[1].digest[:12] in tags
    assert _fetch(f"{ollama.library}/someone/own/tags")[0] == 200
    assert _fetch(f"{ollama.library}/library/nothing")[0] == 404


def test_filters_of_the_search_page(ollama: StandInOllama) -> None:
    def names(query: str) -> str:
        return _fetch(f"{ollama.library}/search?{query}")[2].decode()

    assert "someone/own" not in names("q=")
    assert "someone/own" in names("q=own")
    assert "No models found" in names("q=nothing-like-it")
    assert names("c=embedding").count('href="/library/plant-') == 11
    assert names("o=newest").index("plant-0044") < names("o=newest").index("plant-0043")


def test_an_unreadable_page_still_has_content(ollama: StandInOllama) -> None:
    ollama.style("redesigned")
    for path in ("/search?q=plant", "/library/tiny/tags", "/library/tiny"):
        page = _fetch(ollama.library + path)[2].decode()
        assert len(page) > 500
        assert 'href="/library/' not in page.split("</script>")[1]
