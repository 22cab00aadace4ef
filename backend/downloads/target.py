"""What one transfer fetches, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass

from backend.downloads.place import Place
from backend.downloads.wire import Address
from backend.hubs.types import RemoteFile, Source


@dataclass(frozen=True, slots=True)
class Target:
    """The file to fetch, where it comes from and where it belongs.

    Attributes:
        name: For people.
        owner: The repository or model that it is part of, for messages.
        weights: Whether it is a GGUF, which no web page can be taken for.
    """

    name: str
    owner: str
    source: Source
    file: RemoteFile
    address: Address
    place: Place
    weights: bool

    @property
    def etag(self) -> str:
        """The digest that names the content: SHA-256, else (for small files of a repository) the git id."""
        return self.place.etag


@dataclass(frozen=True, slots=True)
class Progress:
    """How a transfer stands.

    Attributes:
        done: Bytes that are there.
        verifying: All bytes are there and are being hashed.
        ranges: Which bytes are there.
        connections: How many are open and sending.
        current: Name of the file that is being fetched.
        place_of: Where it goes, in words.
    """

    done: int
    verifying: bool = False
    note: str = ""
    ranges: tuple[tuple[int, int], ...] = ()
    connections: int = 0
    current: str = ""
    place_of: str = ""
