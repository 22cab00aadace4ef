"""The hub's own addresses: search, detail, trees and the redirects to file contents."""

from __future__ import annotations

import hashlib
import math
import re
import urllib.parse
from collections.abc import Callable
from typing import Any

from tests.support.standin.serving import Handler
from tests.support.standin_hub.declare import File, Repo

SORTS = {
    "downloads": "downloads",
    "likes": "likes",
    "trendingScore": "trending",
    "createdAt": "created",
    "lastModified": "updated",
}
LIST_FIELDS = ("likes", "private", "downloads", "tags", "pipeline_tag", "createdAt", "trendingScore")
FULL_FIELDS = (*LIST_FIELDS, "author", "gated", "lastModified", "sha", "siblings", "disabled")
PAGE = 1000
REVISION = r"(?P<rev>[^/]+)"
REPO = r"(?P<id>[^/]+(?:/[^/]+)?)"


UNITS = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}


def _size_range(text: str) -> tuple[float, float] | None:
    """The ends of ``min:1B,max:9B``, either of which may be missing; None for what is neither."""
    ends = {"min": 0.0, "max": math.inf}
    for part in filter(None, text.split(",")):
        match = re.fullmatch(r"(min|max):(\d+)([KMBT]?)", part)
        if match is None:
            return None
        ends[match[1]] = int(match[2]) * UNITS[match[3]]
    return ends["min"], ends["max"]


class HubHandler(Handler):
    def serve(self) -> None:
        # Percent-encoded slashes of a revision stay inside their path segment.
        path = self.raw_path
        routes: tuple[tuple[str, Callable[..., None]], ...] = (
            (r"/api/agent-harnesses", self._harnesses),
            (r"/api/models", self._search),
            (r"/api/whoami-v2", self._whoami),
            (rf"/api/resolve-cache/models/{REPO}/{REVISION}/(?P<path>.+)", self._cached),
            (rf"/api/models/{REPO}/revision/{REVISION}", self._detail),
            (rf"/api/models/{REPO}/tree/{REVISION}(?:/(?P<path>.*))?", self._tree),
            (rf"/api/models/{REPO}/paths-info/{REVISION}", self._paths_info),
            (rf"/api/models/{REPO}/auth-check", self._auth_check),
            (rf"/api/models/{REPO}", self._detail),
            (rf"/{REPO}/resolve/{REVISION}/(?P<path>.+)", self._resolve),
        )
        for pattern, method in routes:
            if match := re.fullmatch(pattern, path):
                groups = {k: urllib.parse.unquote(v) for k, v in match.groupdict().items() if v is not None}
                method(**groups)
                return
        self.answer_error(404, "Sorry, we can't find the page you are looking for.")

    def _value(self, name: str, default: str | None = None) -> str | None:
        return next((v for k, v in self.query if k == name), default)

    def _values(self, name: str) -> list[str]:
        return [v for k, v in self.query if k == name]

    def _harnesses(self) -> None:
        self.answer_json({"standardEnvVars": [], "harnesses": {}})

    def _whoami(self) -> None:
        name = self.state.accounts.get(self.entry.token or "")
        if name is None:
            self.answer_error(401, "Invalid credentials in Authorization header")
        else:
            self.answer_json({"type": "user", "id": "66f0", "name": name, "fullname": name.title()})

    # Search

    def _search(self) -> None:
        words = (self._value("search") or "").lower().split()
        size = _size_range(self._value("num_parameters", "") or "")
        if size is None:
            self.answer_error(400, '"num_parameters" must be like min:1B,max:9B')
            return
        least, most = size
        with self.state.lock:
            repos = [r for r in self.state.repos.values() if not r.private]
        repos = [
            r
            for r in repos
            if all(word in r.id.lower() for word in words)
            and all(tag in r.tags or tag == r.pipeline_tag for tag in self._values("filter"))
            and self._value("author", r.id.split("/")[0]) == r.id.split("/")[0]
            and self._value("pipeline_tag", r.pipeline_tag) == r.pipeline_tag
            and (self._value("gated") is None or (self._value("gated") == "true") == bool(r.gated))
            and least <= r.parameters <= most
        ]
        sort = self._value("sort", "trendingScore") or ""
        if sort not in SORTS:
            self.answer_error(400, f'"sort" must be one of {sorted(SORTS)}')
            return
        repos.sort(key=lambda r: (getattr(r, SORTS[sort]), r.id), reverse=True)
        start, limit = (
            int(self._value("cursor", "0") or 0),
            min(int(self._value("limit", "100") or 100), PAGE),
        )
        expand = self._values("expand")
        names = tuple(expand) or (FULL_FIELDS if self._value("full") == "true" else LIST_FIELDS)
        rows = [self._row(repo, names) for repo in repos[start : start + limit]]
        headers = {}
        if start + limit < len(repos):
            rest = [(k, v) for k, v in self.query if k != "cursor"]
            query = urllib.parse.urlencode([*rest, ("cursor", start + limit)])
            headers["Link"] = f'<{self.state.hub_url}/api/models?{query}>; rel="next"'
        self._answer_tagged(rows, headers)

    def _answer_tagged(self, value: Any, headers: dict[str, str] | None = None) -> None:
        """JSON with a weak ETag; 304 where the client has it already."""
        etag = f'W/"{hashlib.sha1(repr(value).encode()).hexdigest()}"'
        headers = {"ETag": etag, **(headers or {})}
        if self.headers.get("If-None-Match") == etag:
            self.start(304, headers)
        else:
            self.answer_json(value, headers=headers)

    def _row(self, repo: Repo, names: tuple[str, ...], blobs: bool = False) -> dict[str, Any]:
        fields: dict[str, Callable[[], Any]] = {
            "author": lambda: repo.id.split("/")[0],
            "baseModels": lambda: {"relation": "quantized", "models": [{"id": b} for b in repo.base_models]},
            "cardData": lambda: {"license": "mit"},
            "config": lambda: repo.config,
            "createdAt": lambda: repo.created,
            "disabled": lambda: False,
            "downloads": lambda: repo.downloads,
            "gated": lambda: repo.gated,
            "gguf": lambda: repo.gguf,
            "lastModified": lambda: repo.updated,
            "library_name": lambda: "gguf",
            "likes": lambda: repo.likes,
            "pipeline_tag": lambda: repo.pipeline_tag,
            "private": lambda: repo.private,
            "sha": lambda: repo.commit,
            "siblings": lambda: [self._sibling(f, blobs) for f in repo.by_path.values()],
            "tags": lambda: list(repo.tags),
            "trendingScore": lambda: repo.trending,
            "usedStorage": lambda: sum(f.length for f in repo.files),
        }
        row: dict[str, Any] = {"_id": hashlib.sha1(repo.id.encode()).hexdigest()[:24], "id": repo.id}
        row |= {name: value for name in names if name in fields and (value := fields[name]()) is not None}
        return {**row, "modelId": repo.id, **repo.extra}

    @staticmethod
    def _sibling(file: File, blobs: bool) -> dict[str, Any]:
        entry: dict[str, Any] = {"rfilename": file.path}
        if blobs:
            entry |= {"size": file.length, "blobId": file.git_sha1}
            if file.in_lfs:
                entry["lfs"] = {"sha256": file.digest, "size": file.length, "pointerSize": 135}
        return entry

    # Detail and trees

    def _find(self, repo_id: str, rev: str | None) -> Repo | None:
        """The repository at a revision, or None after the error was answered."""
        with self.state.lock:
            known = self.state.repos.get(repo_id)
        token = self.entry.token
        if known is None or (known.private and token not in known.allowed_tokens):
            if (new := self.state.aliases.get(repo_id)) is not None:
                self.answer(307, headers={"Location": self.path.replace(f"/{repo_id}", f"/{new}", 1)})
            else:
                # The real hub hides whether a repository exists from those who are not signed in.
                self.answer_error(404 if token else 401, "Repository not found", "RepoNotFound")
            return None
        repo = self.state.find(repo_id, rev)
        if repo is None:
            self.answer_error(404, f"Invalid rev id: {rev}", "RevisionNotFound")
        return repo

    def _allowed(self, repo: Repo) -> bool:
        if not repo.gated or self.entry.token in repo.allowed_tokens:
            return True
        status = 403 if self.entry.authorization else 401
        message = f"Access to model {repo.id} is restricted. You must be authenticated to access it."
        self.answer_error(status, message, "GatedRepo")
        return False

    def _detail(self, id: str, rev: str | None = None) -> None:
        if repo := self._find(id, rev):
            expand = tuple(self._values("expand"))
            names = expand or (*FULL_FIELDS, "cardData", "config", "gguf", "library_name", "usedStorage")
            names = (*names, "baseModels") if not expand else names
            self._answer_tagged(self._row(repo, names, blobs=self._value("blobs") == "true"))

    def _tree(self, id: str, rev: str, path: str = "") -> None:
        repo = self._find(id, rev)
        if repo is None:
            return
        recursive = self._value("recursive") == "true"
        entries: dict[str, dict[str, Any]] = {}
        prefix = f"{path}/" if path else ""
        for file in repo.by_path.values():
            if not file.path.startswith(prefix):
                continue
            parents = file.path[len(prefix) :].split("/")[:-1]
            for depth in range(1, len(parents) + 1):
                folder = prefix + "/".join(parents[:depth])
                if recursive or depth == 1:
                    oid = hashlib.sha1(folder.encode()).hexdigest()
                    entries[folder] = {"type": "directory", "path": folder, "oid": oid, "size": 0}
            if recursive or not parents:
                entries[file.path] = self._tree_file(file)
        if path and not entries:
            self.answer_error(404, f"{path} does not exist", "EntryNotFound")
            return
        page = 50 if self._value("expand") == "true" else PAGE
        start, rows, headers = int(self._value("cursor", "0") or 0), list(entries.values()), {}
        if start + page < len(rows):
            rest = [(k, v) for k, v in self.query if k != "cursor"]
            query = urllib.parse.urlencode([*rest, ("cursor", start + page)])
            headers["Link"] = f'<{self.state.hub_url}{self.raw_path}?{query}>; rel="next"'
        self.answer_json(rows[start : start + page], headers=headers)

    @staticmethod
    def _tree_file(file: File) -> dict[str, Any]:
        entry: dict[str, Any] = {"type": "file", "path": file.path, "size": file.length, "oid": file.git_sha1}
        if file.in_lfs:
            entry["lfs"] = {"oid": file.digest, "size": file.length, "pointerSize": 135}
        return entry

    def _paths_info(self, id: str, rev: str) -> None:
        if repo := self._find(id, rev):
            wanted = urllib.parse.parse_qs(self.body.decode()).get("paths", [])
            self.answer_json([self._tree_file(repo.by_path[p]) for p in wanted if p in repo.by_path])

    def _auth_check(self, id: str) -> None:
        repo = self._find(id, None)
        if repo and self._allowed(repo):
            self.answer_json({"ok": True})

    # File contents

    def _resolve(self, id: str, rev: str, path: str) -> None:
        repo = self._find(id, rev)
        if repo is None or not self._allowed(repo):
            return
        file = repo.by_path.get(path)
        if file is None:
            self.answer_error(404, "Entry not found", "EntryNotFound", X_Repo_Commit=repo.commit)
            return
        headers = {"X-Repo-Commit": repo.commit}
        if file.in_lfs:
            headers |= {
                "X-Linked-Etag": f'"{file.digest}"',
                "X-Linked-Size": str(file.length),
                "ETag": f'"{file.git_sha1}"',
                "Accept-Ranges": "bytes",
                "Location": self.state.sign(repo, file),
            }
            self.answer(302, headers=self._header_faults(headers))
        elif self.state.small_files == "redirect":
            quoted = f"{id}/{repo.commit}/{urllib.parse.quote(path)}"
            headers |= {"ETag": f'"{file.git_sha1}"', "Location": f"/api/resolve-cache/models/{quoted}"}
            self.answer(307, headers=headers)
        else:
            self._send_small(repo, file)

    def _cached(self, id: str, rev: str, path: str) -> None:
        repo = self._find(id, rev)
        if repo is not None and self._allowed(repo):
            self._send_small(repo, repo.by_path[path])

    def _send_small(self, repo: Repo, file: File) -> None:
        headers = self._header_faults({"X-Repo-Commit": repo.commit, "ETag": file.git_sha1})
        self.send_file(file, headers.pop("ETag", ""), headers)

    def _header_faults(self, headers: dict[str, str]) -> dict[str, str]:
        for fault in self.state.faults.take(("drop_headers", "size"), "hub", self.command, self.url_path):
            if fault.kind == "size":
                headers["X-Linked-Size"] = str(fault.options["value"])
            else:
                headers = {
                    k: v
                    for k, v in headers.items()
                    if k.lower() not in map(str.lower, fault.options["names"])
                }
        return headers


class CdnHandler(Handler):
    """Addresses are `/owner/name/path` with a signature in the query."""

    def serve(self) -> None:
        query = dict(self.query)
        owner, name, path = self.url_path.lstrip("/").split("/", 2)
        repo_id = f"{owner}/{name}"
        repo = self.state.find(repo_id, query.get("X-Commit", ""))
        if repo is None or not self.state.signed(repo_id, path, query):
            self.answer(
                403, b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
            )
            return
        file = repo.by_path[path]
        # Like the real one, it names the storage's own hash, not the SHA-256 of the content.
        self.send_file(file, hashlib.sha256(b"storage:" + file.digest.encode()).hexdigest(), {})
