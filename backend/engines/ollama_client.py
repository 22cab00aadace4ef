"""The `ollama` client for one call over the network of this process, with the key of its connection."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import httpx
import httpx2
from ollama import Client, ResponseError

from backend.engines.remote import (
    CONNECT_S,
    REASON,
    SILENCE_S,
    Login,
    is_html,
    message_of,
    no_model,
    refused,
    retry_after,
    unreached,
    web_page,
)
from backend.errors import AppError
from backend.net import errors
from backend.net.bridge import Bridge
from backend.net.leash import Leash
from backend.net.network import Network
from backend.net.transport import LIMIT


@contextlib.contextmanager
def opened(network: Network, login: Login, model: str, leash: Leash) -> Iterator[Client]:
    """The client for one call about `model`; what it raises inside becomes an error for people.

    Raises:
        AppError: ``remote.…`` and ``net.…``.
    """
    connection = login.connection
    client = Client(
        connection.url,
        transport=_Keyed(network, {**leash.extensions, LIMIT: None}, login, model),
        timeout=httpx.Timeout(SILENCE_S, connect=CONNECT_S),
        follow_redirects=False,
        trust_env=False,
    )
    try:
        with network.reason(REASON):
            yield client
    except ResponseError as error:
        raise refused(login, 500, str(error.error)) from error  # in the middle of a stream
    except (AppError, httpx2.HTTPError, OSError) as error:
        raise unreached(error, connection.host, leash) from error
    # Lines of the stream that are no JSON, or not the JSON that it should be.
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        detail = login.clean(f"{type(error).__name__}: {error}")
        raise errors.unreadable(connection.host, detail) from error
    finally:
        client.close()  # type: ignore[no-untyped-call]


class _Keyed(Bridge):
    """Sends the key of the connection, and no other: the client would send OLLAMA_API_KEY to every host."""

    def __init__(self, network: Network, extensions: dict[str, Any], login: Login, model: str) -> None:
        super().__init__(network, extensions)
        self._login = login
        self._model = model

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.headers.pop("Authorization", None)
        request.headers.update(self._login.headers)
        response = super().handle_request(request)
        if response.status_code == 200 and not is_html(response.headers):
            return response
        with contextlib.closing(response):
            if response.status_code == 200:
                raise web_page(self._login.connection.host)
            said = message_of(response.read())
            if response.status_code == 404 and "not found" in said and self._model in said:
                raise no_model(self._model, self._login.connection.name)
            raise refused(self._login, response.status_code, said, retry_after(response.headers))
