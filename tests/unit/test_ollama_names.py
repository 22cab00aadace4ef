"""Names, digests and manifests of Ollama: what is refused. Fault 38; threat "file names and digests"."""

from __future__ import annotations

import json
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import AppError
from backend.hubs.ollama.manifest import Manifest, read_config, read_manifest
from backend.hubs.ollama.names import (
    checked_digest,
    checked_tag,
    is_cloud_tag,
    is_mlx_tag,
    model_name,
    split_name,
)
from backend.hubs.parse import Kind, parse_query

HEX = "a" * 64
MODEL = "application/vnd.ollama.image.model"
TEMPLATE = "application/vnd.ollama.image.template"

HOSTILE = [
    *("", ".", "..", "../x", "x/..", "../../etc/passwd", "a/b/c", "/x", "x/", "//x", "a//b", "./x", "x/."),
    *("C:", "C:\\x", "\\\\host\\share", "a\\b", "x:ads", "x y", " x", "x ", "x.", "x..y", "a/x.", ".x", "-x"),
    *("CON", "con", "aux", "NUL", "com1", "user/PRN", "aux.txt", "LPT9", "CON/x"),
    *(
        "x\0",
        "x\n",
        "x\r\ny",
        "\u202etxt",
        "ü",
        "x\u200b",
        "emoji😀",
        "x%2f..",
        "%2e%2e",
        "x?y",
        "x#y",
        "x&y",
    ),
    *("a" * 200, "u/" + "a" * 200, "http://x", "x@y", "x;y", "$(x)", "`x`", "|x", "*", "~", "~root", "x'y"),
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_refused(name: str) -> None:
    with pytest.raises(AppError) as caught:
        model_name(name)
    assert caught.value.code == "ollama.bad_name"
    assert caught.value.hint
    assert "\n" not in caught.value.title and "\0" not in caught.value.title


@pytest.mark.parametrize("tag", [name for name in HOSTILE if name] + ["a/b", "x:y"])
def test_a_hostile_tag_is_refused(tag: str) -> None:
    with pytest.raises(AppError) as caught:
        checked_tag(tag)
    assert caught.value.code == "ollama.bad_name"


@pytest.mark.parametrize(
    "digest",
    [
        *("", "sha256:", "sha256:..", f"sha256:{HEX[:-1]}", f"sha256:{HEX}a", f"sha256:{HEX.upper()}"),
        *(f"sha512:{HEX}", f"sha256-{HEX}", f"sha256:../{HEX[3:]}", f"{HEX}\n", f" {HEX}", "g" * 64),
        *(f"sha256:sha256:{HEX}", f"sha256:{HEX[:62]}/x", f"../../{HEX}", "٠" * 64),
    ],
)
def test_a_hostile_digest_is_refused(digest: str) -> None:
    with pytest.raises(AppError) as caught:
        checked_digest(digest)
    assert caught.value.code == "ollama.bad_name"


@pytest.mark.parametrize(
    ("spec", "path", "model_id", "tag"),
    [
        ("llama3.2", "library/llama3.2", "llama3.2", "latest"),
        ("ollama:llama3.2:3b", "library/llama3.2", "llama3.2", "3b"),
        ("library/llama3.2:3b", "library/llama3.2", "llama3.2", "3b"),
        ("some_one/My-Model.v2:Q4_K_M", "some_one/My-Model.v2", "some_one/My-Model.v2", "Q4_K_M"),
        ("smollm2:135m-instruct-q4_K_M", "library/smollm2", "smollm2", "135m-instruct-q4_K_M"),
    ],
)
def test_a_name_has_parts(spec: str, path: str, model_id: str, tag: str) -> None:
    name, found = split_name(spec)
    assert (name.path, name.id, found) == (path, model_id, tag)


@pytest.mark.parametrize("spec", ["llama3.2:", "a:b:c", "hf.co/a/b:Q4", "ollama:", "x:../y"])
def test_what_is_no_name_and_tag(spec: str) -> None:
    with pytest.raises(AppError):
        split_name(spec)


@given(st.text(max_size=40))
def test_an_accepted_name_stays_below_its_folder(text: str) -> None:
    try:
        name, tag = split_name(text)
    except AppError:
        return
    for flavour in (PurePosixPath, PureWindowsPath):
        pure = flavour(f"{name.path}/{tag}")
        assert not pure.is_absolute() and not pure.drive
        assert len(pure.parts) == 3 and ".." not in pure.parts


def test_tags_that_cannot_run_here() -> None:
    assert [tag for tag in ("cloud", "120b-cloud", "cloudy", "8b") if is_cloud_tag(tag)] == [
        "cloud",
        "120b-cloud",
    ]
    assert [tag for tag in ("8b-mlx", "mlx", "8b-mlx-bf16", "8b", "mlxy") if is_mlx_tag(tag)] == [
        "8b-mlx",
        "mlx",
        "8b-mlx-bf16",
    ]


@pytest.mark.parametrize(
    ("text", "name", "tag", "explicit"),
    [
        ("llama3.2:3b", "llama3.2", "3b", False),
        ("qwen3:0.6b-q8_0", "qwen3", "0.6b-q8_0", False),
        ("ollama:llama3.2:3b", "llama3.2", "3b", True),
        ("ollama run llama3.2:3b", "llama3.2", "3b", True),
    ],
)
def test_a_bare_name_and_tag_is_understood(text: str, name: str, tag: str, explicit: bool) -> None:
    parsed = parse_query(text)
    assert (parsed.kind, parsed.name, parsed.tag, parsed.explicit) == (Kind.OLLAMA, name, tag, explicit)


@pytest.mark.parametrize("text", ["a model: small", "note:", ":x", "what?:x", "x y:z"])
def test_a_colon_alone_makes_no_name(text: str) -> None:
    assert parse_query(text).kind is Kind.KEYWORDS


# Manifests


def layer(digest: Any = f"sha256:{HEX}", size: Any = 100, kind: Any = MODEL) -> dict[str, Any]:
    return {"mediaType": kind, "digest": digest, "size": size}


def manifest(**changes: Any) -> dict[str, Any]:
    value = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
        "config": layer(f"sha256:{'c' * 64}", 50, "application/vnd.docker.container.image.v1+json"),
        "layers": [layer(), layer(f"sha256:{'b' * 64}", 10, TEMPLATE)],
    }
    return {k: v for k, v in {**value, **changes}.items() if v is not ...}


def read(value: Any) -> Manifest:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read_manifest(body, "tiny:latest")


def test_a_good_manifest_is_kept_byte_for_byte() -> None:
    body = json.dumps(manifest(), indent=3).encode() + b"\n"
    found = read(body)
    assert found.text.encode() == body
    assert found.model is not None and found.model.file.path == f"sha256-{HEX}"
    assert (found.model.file.size, found.model.file.sha256) == (100, HEX)
    assert [other.kind for other in found.others] == ["template", "config"]
    assert not found.is_mlx


def test_tensors_are_mlx() -> None:
    tensors = [
        layer(f"sha256:{digit * 64}", 10, f"application/vnd.ollama.image.{kind}")
        for digit, kind in (("1", "tensor"), ("2", "tensor"), ("3", "json"))
    ]
    found = read(manifest(layers=tensors))
    assert found.model is None and found.is_mlx
    assert len(found.others) == 4


def test_a_blob_that_is_named_twice_comes_once() -> None:
    twice = layer(f"sha256:{'b' * 64}", 10, "application/vnd.ollama.image.license")
    assert len(read(manifest(layers=[layer(), twice, twice])).others) == 2


BAD_DIGESTS: list[Any] = [
    *("sha256:../../etc/passwd", f"sha256-{HEX}", HEX, f"sha256:{HEX.upper()}", f"sha256:{HEX[:-1]}"),
    *(f"sha512:{HEX}", "", None, 5, [HEX], {"a": 1}, f"sha256:{HEX}\n", f"sha256:{HEX[:60]}/../", "sha256:"),
]
BAD_SIZES: list[Any] = [-1, 1.5, "100", None, True, 2**63, 1e30, [], {}]
BAD_KINDS: list[Any] = [
    *("text/html", "application/vnd.ollama.image.", "", None, 7, "application/vnd.ollama.image.../x"),
    *("application/vnd.ollama.image.MODEL ", "application/vnd.docker.image.rootfs.diff.tar.gzip"),
]


@pytest.mark.parametrize(
    "value",
    [
        *(manifest(layers=[layer(digest)]) for digest in BAD_DIGESTS),
        *(manifest(config=layer(digest, 5, "application/json")) for digest in BAD_DIGESTS),
        *(manifest(layers=[layer(size=size)]) for size in BAD_SIZES),
        *(manifest(layers=[layer(kind=kind)]) for kind in BAD_KINDS),
        *(manifest(schemaVersion=version) for version in (..., 1, "2", True, None, 3)),
        *(manifest(mediaType=kind) for kind in ("text/html", None, 5)),
        *(manifest(layers=layers) for layers in (..., None, {}, "x", [None], ["x"], [[]], [{}])),
        *(manifest(config=config) for config in (..., None, [], {}, "x")),
        manifest(config=layer(f"sha256:{'c' * 64}", 10**9, "application/json")),
        manifest(layers=[layer(), layer(size=101)]),
        manifest(layers=[layer(f"sha256:{k:064x}", 2**43) for k in range(3)]),
        manifest(layers=[layer()] * 20_001),
        *([], "x", 5, None, {}),
        *(b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000, b"<html>", b"null", b"NaN"),
        json.dumps(manifest()).encode() + b"x",
        json.dumps(manifest()).encode().replace(b'"size": 100', b'"size": 1, "size": 100'),
        json.dumps(manifest()).encode().replace(b'"layers"', b'"Layers": [], "layers"'),
        json.dumps(manifest()).encode().replace(b'"size": 100', b'"size": Infinity'),
        json.dumps(manifest()).encode().replace(b'"size": 100', b'"size": ' + b"1" * 5000),
        json.dumps(manifest()).encode() + b" " * 4_000_000,
    ],
)
def test_a_hostile_manifest_is_refused(value: Any) -> None:
    with pytest.raises(AppError) as caught:
        read(value)
    assert caught.value.code == "ollama.manifest"
    assert "tiny:latest" in caught.value.title
    assert caught.value.hint
    assert len(caught.value.detail) < 2000


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=15,
)


@given(st.dictionaries(st.sampled_from(["schemaVersion", "mediaType", "config", "layers"]), _JSON))
def test_any_json_is_a_manifest_or_refused(changes: dict[str, Any]) -> None:
    try:
        found = read(manifest(**changes))
    except AppError as error:
        assert error.code == "ollama.manifest"
    else:
        assert all(len(entry.digest) == 64 and entry.size >= 0 for entry in found.others)


@given(st.dictionaries(st.sampled_from(["model_family", "file_type", "context_length"]), _JSON))
def test_any_config_is_read(fields: dict[str, Any]) -> None:
    found = (
        read_config(json.dumps(fields, allow_nan=False, default=str).encode(), "tiny")
        if _finite(fields)
        else None
    )
    assert found is None or found.context_length is None or found.context_length > 0


def _finite(value: Any) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return False
    return True


def test_a_config_tells_what_a_tag_is() -> None:
    body = {
        "model_format": "gguf",
        "model_family": "llama",
        "model_type": "3.2B",
        "file_type": "q4_K_M",
        "context_length": 131072,
    }
    found = read_config(json.dumps(body).encode(), "tiny")
    assert (found.format, found.family, found.parameters, found.quant) == ("gguf", "llama", "3.2B", "Q4_K_M")
    assert found.context_length == 131072 and not found.remote
    assert read_config(b'{"remote_host": "https://ollama.com"}', "tiny").remote
