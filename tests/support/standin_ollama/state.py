"""What the three servers share: models, the style of the pages, and what every stand-in keeps."""

from __future__ import annotations

import urllib.parse
from typing import Any

from tests.support.standin.recording import Recorder
from tests.support.standin_hub.declare import File
from tests.support.standin_ollama.declare import Model, from_json, synthetic_models
from tests.support.standin_ollama.pages import STYLES


class State(Recorder):
    def __init__(self) -> None:
        super().__init__(("registry", "store", "library"), front="any", back="store")
        self.models: dict[str, Model] = {}
        self.style = "plain"
        self.page_size = 20
        self.store_url = ""

    def add(self, model: Model) -> dict[str, str]:
        """Add or replace a model; returns the digest of each tag's manifest."""
        digests = {tag.name: tag.digest for tag in model.tags}
        with self.lock:
            self.models[model.path] = model
        return digests

    def find(self, path: str) -> Model | None:
        with self.lock:
            return self.models.get(path)

    def blob(self, digest: str) -> File | None:
        with self.lock:
            models = list(self.models.values())
        for model in models:
            for tag in model.tags:
                if file := tag.blobs.get(digest):
                    return file
        return None

    # Presigned addresses of the store

    def sign(self, digest: str) -> str:
        return f"{self.store_url}/blobs/sha256:{digest}?{urllib.parse.urlencode(self.signed_query(digest))}"

    # The control endpoint

    def control(self, command: dict[str, Any]) -> Any:
        """Carry out one command; see `control.StandInOllama` for what there is."""
        match command["op"]:
            case "model":
                return self.add(from_json(command["model"]))
            case "rows":
                for model in synthetic_models(**{k: v for k, v in command.items() if k != "op"}):
                    self.add(model)
            case "remove":
                with self.lock:
                    self.models = {p: m for p, m in self.models.items() if m.name != command["name"]}
            case "style":
                if command["style"] not in STYLES:
                    raise ValueError(f"unknown style {command['style']!r}")
                self.style = command["style"]
            case "page_size":
                self.page_size = command["rows"]
            case other:
                if other == "reset":
                    self.style = "plain"
                    self.page_size = 20
                return super().control(command)
        return None
