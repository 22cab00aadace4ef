"""Names and planted files that try to lead out of the stores. Faults 38 to 40, for both gardens.

Two hundred of them through the public interface; sentinels all around the stores must stay as they are.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.downloads.types import DownloadRequest, DownloadState
from backend.errors import AppError
from backend.hubs.types import QuantFile, RemoteFile, Source
from tests.support.downloading import Desk, sha256
from tests.support.gardens import Garden, Names, both
from tests.support.standin_hub import File

FILE = File("tiny-Q4_K_M.gguf", size=40_000, seed=6)
DIGEST, COMMIT = FILE.digest, "1" * 40

PARTS = [
    "..", ".", "", "/", "//", "../x", "a/../../x", "../../../../../../tmp/x", "/etc/passwd", "/tmp/evil",
    "C:\\x", "C:x", "\\\\host\\share", "a\\b", "..\\..\\x", "\\x", "CON", "con", "AUX", "NUL", "PRN", "COM1",
    "LPT9", "LPT¹", "CONIN$", "con .x", "x:ads", "x.", "x ", " ..", "..\0", "x\0y", "x\ny", "x\x1by", "x\x7f",
    "fugg\u202egpj", "x\u200fy", "x\ud800", "é" * 130, "a" * 300, "~", "~root", "$HOME", "%2e%2e", "%2e%2e/x",
    "..%2f..%2fx", "x?y", "x*y", "x|y", "<x>", '"x"', "....//x", "..;/x", "file:///etc/passwd",
]  # fmt: skip
DIGESTS = [
    "", "0", "../" * 21 + "x", "sha256:" + DIGEST, "sha256-" + DIGEST, DIGEST.upper(), DIGEST[:-1],
    DIGEST + "0", DIGEST + "\n", "/" + DIGEST[1:], "../../../../etc/passwd", "g" * 64,
    DIGEST[:32] + "/" + DIGEST[33:], ".." + DIGEST[2:], "\0" * 64, "０" * 64,
]  # fmt: skip


def hub_request(repo: str = "acme/tiny", commit: str = COMMIT, *files: RemoteFile) -> DownloadRequest:
    return DownloadRequest(repo, commit, QuantFile("Q", files or (RemoteFile("x.gguf", 9, DIGEST),)))


def ollama_request(
    model: str = "tiny", tag: str = "1b", digest: str = DIGEST, layer: str | None = None
) -> DownloadRequest:
    """With a manifest that names what is asked for, as a registry would that plays along."""
    entries = [{"digest": f"sha256:{d}", "size": 9, "mediaType": "m"} for d in (digest, layer or digest)]
    text = json.dumps({"schemaVersion": 2, "config": entries[1], "layers": entries[:1]})
    extras = () if layer is None else (RemoteFile(f"sha256-{layer}", 9, layer),)
    quant = QuantFile("Q", (RemoteFile(f"sha256-{digest}", 9, digest),), "model", tag, extras, text)
    return DownloadRequest(model, hashlib.sha256(text.encode()).hexdigest(), quant, Source.OLLAMA)


def hostile() -> list[DownloadRequest]:
    found = [hub_request(files) for files in (f"{part}/tiny" for part in PARTS)]
    found += [hub_request("acme/tiny", COMMIT, RemoteFile(f"{part}/x.gguf", 9, DIGEST)) for part in PARTS]
    found += [hub_request("acme/tiny", digest) for digest in DIGESTS]
    found += [hub_request("acme/tiny", COMMIT, RemoteFile("x.gguf", 9, digest)) for digest in DIGESTS]
    found += [ollama_request(f"{part}/tiny") for part in PARTS]
    found += [ollama_request("tiny", part) for part in PARTS]
    found += [ollama_request(digest=digest) for digest in DIGESTS]
    found += [ollama_request(layer=digest) for digest in DIGESTS if digest]
    twins = (RemoteFile("caf\u00e9.gguf", 9, DIGEST), RemoteFile("CAFE\u0301.gguf", 9, "0" * 64))
    return [*found, hub_request("acme/tiny", COMMIT, *twins)]


def picture(folder: Path) -> dict[str, tuple[object, ...]]:
    """Everything below `folder` with what must not change."""
    seen: dict[str, tuple[object, ...]] = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        seen[str(path)] = (status.st_mode, status.st_size, status.st_mtime_ns, status.st_nlink, content)
    return seen


@pytest.fixture(scope="module")
def gardens() -> Iterator[dict[str, Garden]]:
    with both() as gardens:
        yield gardens


@pytest.fixture(params=["hf", "ollama"])
def garden(gardens: dict[str, Garden], request: pytest.FixtureRequest) -> Garden:
    return gardens[request.param]


def test_two_hundred_names_reach_nothing_outside_the_stores(
    gardens: dict[str, Garden], tmp_path: Path
) -> None:
    requests = hostile()
    assert len(requests) >= 200
    for name in ("x", "tiny", "outside/blobs/x", "etc/passwd"):
        sentinel = tmp_path / name
        sentinel.parent.mkdir(parents=True, exist_ok=True)
        sentinel.write_text("precious")
    home = tmp_path / "home"
    before = picture(tmp_path)
    codes = set()
    with gardens["hf"].desk(home) as place:
        for request in requests:
            try:
                job = place.downloads.start(request)
            except AppError as error:
                codes.add(error.code)
                assert error.title.isprintable()
            else:  # such as `~` or `$HOME`: harmless as the name of a folder inside the store
                assert place.downloads.wait(job.id, 60).state is DownloadState.FAILED
                place.downloads.cancel(job.id)
        assert len(place.downloads.jobs()) < 20
    assert codes == {"download.bad_name", "download.no_digest"}
    after = {path: seen for path, seen in picture(tmp_path).items() if not path.startswith(str(home))}
    assert after == before
    assert not (home / "ollama").exists()
    left = [path for path in (home / "hub").rglob("*") if path.is_file()]
    assert all(path.suffix == ".lock" and path.parent.name.startswith("models--") for path in left)


def plant(kind: str, path: Path, victim: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    match kind:
        case "symlink":
            path.symlink_to(victim)
        case "dangling":
            path.symlink_to(victim.with_name("made-through-a-link"))
        case "hardlink":
            os.link(victim, path)
        case "device":
            path.symlink_to("/dev/zero")
        case "fifo":
            os.mkfifo(path)
        case "folder":
            path.mkdir()


@pytest.mark.parametrize("kind", ["symlink", "dangling", "hardlink", "device", "fifo", "folder"])
@pytest.mark.parametrize("where", [field.name for field in dataclasses.fields(Names)])
def test_what_was_planted_at_a_name_is_never_followed(
    garden: Garden, where: str, kind: str, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    victim = outside / "victim.gguf"
    victim.write_bytes(FILE.read(0, FILE.length))  # even with the right content it is not ours
    home = tmp_path / "home"
    request = garden.offer("Tiny", FILE)
    names = garden.names(home, request)
    plant(kind, getattr(names, where), victim)
    before = {path: value[:3] + value[4:] for path, value in picture(outside).items()}
    with garden.desk(home) as place:
        job = place.downloads.wait(place.downloads.start(request).id, 60)
        assert (job.state, job.error_code) in (
            (DownloadState.DONE, ""),
            (DownloadState.FAILED, "download.disk"),
        )
        if job.state is DownloadState.DONE:
            path = Path(job.path or "").resolve()
            assert path.is_relative_to(home) and sha256(path) == FILE.digest
            if where == "blob" or kind != "hardlink":
                assert path.stat().st_ino != victim.stat().st_ino or where == "blob"
    assert {path: value[:3] + value[4:] for path, value in picture(outside).items()} == before


def folders(garden: Garden, names: Names, home: Path) -> list[Path]:
    if garden.source is Source.HUGGING_FACE:
        folder = names.blob.parent.parent
        return [folder, folder / "blobs", folder / "snapshots", folder / "refs", names.lock.parent]
    root = home / "ollama"
    registry = root / "manifests/registry.ollama.ai"
    return [root / "blobs", root / ".orangery", root / "manifests", registry, registry / "library/tiny"]


@pytest.mark.parametrize("which", range(5))
def test_a_folder_that_leads_out_of_the_store_is_not_entered(
    garden: Garden, which: int, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    home = tmp_path / "home"
    request = garden.offer("Tiny", FILE)
    planted = folders(garden, garden.names(home, request), home)[which]
    planted.parent.mkdir(parents=True)
    planted.symlink_to(outside, target_is_directory=True)
    with garden.desk(home) as place:
        job = place.downloads.wait(place.downloads.start(request).id, 60)
        assert (job.state, job.error_code) == (DownloadState.FAILED, "download.disk")
        place.downloads.cancel(job.id)
    assert list(outside.rglob("*")) == []


@pytest.mark.parametrize("kind", ["symlink", "dangling", "device", "folder"])
def test_what_was_planted_at_the_manifest_is_replaced_or_refused(
    gardens: dict[str, Garden], kind: str, tmp_path: Path
) -> None:
    garden = gardens["ollama"]
    victim = tmp_path / "victim"
    victim.write_text("precious")
    home = tmp_path / "home"
    request = garden.offer("Tiny", FILE)
    manifest = home / "ollama/manifests/registry.ollama.ai/library/tiny/1b"
    plant(kind, manifest, victim)
    with garden.desk(home) as place:
        job = place.downloads.wait(place.downloads.start(request).id, 60)
        done = job.state is DownloadState.DONE
        assert done is (kind != "folder")
        if done:
            assert not manifest.is_symlink() and manifest.read_text() == request.quant.manifest
    assert victim.read_text() == "precious" and not victim.with_name("made-through-a-link").exists()


def test_a_store_that_is_itself_a_link_is_the_persons_own_choice(garden: Garden, tmp_path: Path) -> None:
    """Many keep their models on another disk."""
    home, disk = tmp_path / "home", tmp_path / "big-disk"
    home.mkdir()
    for name in ("hub", "ollama"):
        (disk / name).mkdir(parents=True)
        (home / name).symlink_to(disk / name, target_is_directory=True)
    with garden.desk(home) as place:
        assert _done(place, garden.offer("Tiny", FILE))


def _done(place: Desk, request: DownloadRequest) -> bool:
    job = place.downloads.wait(place.downloads.start(request).id, 60)
    return (job.state, job.error_title) == (DownloadState.DONE, "")
