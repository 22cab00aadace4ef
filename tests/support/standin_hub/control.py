"""Starting and steering the stand-in hub from a test."""

from __future__ import annotations

from pathlib import Path

from tests.support.standin.process import LogEntry, StandIn
from tests.support.standin_hub.declare import Repo, to_json

__all__ = ["LogEntry", "StandInHub"]


class StandInHub(StandIn):
    """The stand-in as a process; use it as a context manager.

    Attributes:
        endpoint: Address of the hub, for HF_ENDPOINT.
        cdn: Address of the CDN.
    """

    def __init__(self, root: Path | None = None) -> None:
        super().__init__("tests.support.standin_hub", *(("--root", str(root)) if root is not None else ()))
        self.endpoint = f"http://127.0.0.1:{self.ports['port']}"
        self.cdn = f"http://127.0.0.1:{self.ports['cdn_port']}"

    # What it offers

    def add_repo(self, repo: Repo) -> str:
        """Add or replace a repository; returns its commit. Older commits stay reachable by their id."""
        return str(self._command(op="repo", repo=to_json(repo)))

    def add_rows(self, count: int, prefix: str = "garden", head: Path | None = None) -> None:
        """Add many made-up repositories, for paging; `head` is a GGUF whose bytes begin all their files."""
        self._command(op="rows", count=count, prefix=prefix, head=str(head) if head else None)

    def remove_repo(self, repo_id: str) -> None:
        self._command(op="remove", id=repo_id)

    def alias(self, old: str, new: str) -> None:
        """Redirect the repository id `old` to `new`, as after a rename."""
        self._command(op="alias", old=old, new=new)

    def branch(self, repo_id: str, name: str, commit: str) -> None:
        """Let the revision `name` of a repository mean `commit`, which was there before or is now."""
        self._command(op="branch", id=repo_id, name=name, commit=commit)

    def account(self, token: str, name: str) -> None:
        """Let `token` belong to the account `name`."""
        self._command(op="account", token=token, name=name)

    def small_files(self, how: str) -> None:
        """Serve files outside LFS ``direct`` or through a ``redirect`` (307)."""
        self._command(op="small_files", how=how)
