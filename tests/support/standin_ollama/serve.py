"""The three servers: the registry, the store behind its redirects, and the library pages."""

from __future__ import annotations

import hashlib
import re

from tests.support.standin.serving import Handler
from tests.support.standin_ollama import pages
from tests.support.standin_ollama.declare import MANIFEST, Model

CAPABILITIES = ("tools", "vision", "thinking", "embedding", "cloud")


class RegistryHandler(Handler):
    """`/v2/<namespace>/<model>/manifests/<tag or digest>` and `…/blobs/sha256:<hex>`, anonymous."""

    def serve(self) -> None:
        match = re.fullmatch(
            r"/v2/(?P<path>[^/]+/[^/]+)/(?P<what>manifests|blobs)/(?P<reference>[^/]+)", self.url_path
        )
        if (self.entry.user_agent or "").startswith("ollama/") and not self.entry.authorization:
            # The real one wants Ollama's own program to sign its requests.
            self._error(401, "UNAUTHORIZED", "authentication required")
        elif match is None:
            self._error(404, "NAME_UNKNOWN", "not found")
        elif match["what"] == "manifests":
            self._manifest(match["path"], match["reference"])
        else:
            self._blob(match["path"], match["reference"])

    def _error(self, status: int, code: str, message: str) -> None:
        self.answer_json({"errors": [{"code": code, "message": message}]}, status)

    def _manifest(self, path: str, reference: str) -> None:
        model = self.state.find(path)
        tag = model.tag(reference) if model else None
        if tag is None:
            self._error(404, "MANIFEST_UNKNOWN", "manifest unknown")
            return
        data = tag.manifest_text.encode()
        headers = {
            "Content-Type": MANIFEST,
            "ETag": f'"{tag.digest}"',
            "Ollama-Content-Digest": f"sha256:{tag.digest}",
        }
        if self.headers.get("If-None-Match") == headers["ETag"]:
            self.start(304, headers)
        else:
            self.answer(200, data, headers)

    def _blob(self, path: str, reference: str) -> None:
        model: Model | None = self.state.find(path)
        digest = reference.removeprefix("sha256:")
        file = next((tag.blobs[digest] for tag in model.tags if digest in tag.blobs), None) if model else None
        if file is None:
            self._error(404, "BLOB_UNKNOWN", "blob unknown to registry")
        elif self.command == "HEAD":
            self.answer(200, headers={"Content-Length": str(file.length)})
        else:
            self.answer(307, headers={"Location": self.state.sign(digest)})


class StoreHandler(Handler):
    """`/blobs/sha256:<hex>` with a signature in the query that expires."""

    def serve(self) -> None:
        digest = self.url_path.rpartition(":")[2]
        file = self.state.blob(digest)
        if file is None or not self.state.is_signed(dict(self.query), digest):
            self.answer(
                403, b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
            )
            return
        # Like the real one, it names the storage's own hash, not the SHA-256 of the content.
        self.send_file(file, hashlib.md5(b"storage:" + digest.encode()).hexdigest(), {})


class LibraryHandler(Handler):
    """The web pages of the library."""

    def serve(self) -> None:
        path = self.url_path.strip("/")
        if path == "search":
            self._search()
            return
        tags = path.endswith("/tags")
        model = self.state.find(path.removesuffix("/tags").partition(":")[0])
        if model is None:
            self._page("<!DOCTYPE html><html><body>404 · page not found · Ollama</body></html>", 404)
        elif tags:
            self._page(pages.tags_page(model, self.state.style))
        else:
            self._page(pages.model_page(model, self.state.style))

    def _page(self, text: str, status: int = 200) -> None:
        etag = f'W/"{hashlib.sha1(text.encode()).hexdigest()}"'
        headers = {"Content-Type": "text/html; charset=utf-8", "ETag": etag}
        if status == 200 and self.headers.get("If-None-Match") == etag:
            self.start(304, headers)
        else:
            self.answer(status, text.encode(), headers)

    def _search(self) -> None:
        query = dict(self.query)
        words = query.get("q", "").lower().split()
        wanted = [value for name, value in self.query if name == "c"]
        with self.state.lock:
            models = list(self.state.models.values())
        models = [
            m
            for m in models
            # People's own models only come up where something was asked for.
            if ("/" not in m.name or words)
            and all(word in f"{m.name} {m.summary}".lower() for word in words)
            and all(c in m.capabilities for c in wanted)
        ]
        if query.get("o") == "newest":
            models.reverse()
        # Without the header of its script, the site shows the first page whatever is asked for.
        scripted = self.headers.get("HX-Request") == "true"
        page = int(query.get("page", "1")) if scripted else 1
        start = (page - 1) * self.state.page_size
        rows = models[start : start + self.state.page_size]
        following = page + 1 if start + self.state.page_size < len(models) else None
        make = pages.search_fragment if scripted else pages.search_page
        self._page(make(rows, following, query, self.state.style))
