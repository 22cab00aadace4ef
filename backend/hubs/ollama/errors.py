"""The sentences for what Ollama's sites refuse or answer wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import AppError
from backend.i18n import tr
from backend.net import errors
from backend.net.waiting import retry_after

if TYPE_CHECKING:
    import httpx2


def from_response(response: httpx2.Response, what: str) -> AppError:
    """The error for an answer that is neither 2xx nor 304. `what`: the model, or words for a search."""
    status = response.status_code
    detail = f"HTTP {status}: {response.text[:500]!a}" if response.is_closed else f"HTTP {status}"
    if status in (404, 410):
        return not_found(what, detail)
    if status in (401, 403):
        return forbidden(what, detail)
    if status == 429:
        return rate_limited(retry_after(response.headers), detail)
    if status >= 500 or status == 408:
        title = tr("Ollama's site has trouble of its own right now (error {status}).", status=status)
        return errors.trouble("ollama.server", title, detail)
    return AppError(
        "ollama.refused",
        tr("Ollama's site refused the request for {model} (error {status}).", model=what, status=status),
        tr("Try again later, or look for a newer Orangery: the service may have changed."),
        detail,
    )


def not_found(name: str, detail: str = "") -> AppError:
    """There is no such model or tag."""
    return AppError(
        "ollama.not_found",
        tr("There is no model {model} in Ollama's registry.", model=name),
        tr("Check the spelling of name and tag; a model of a person is written as user/name:tag."),
        detail,
    )


def forbidden(name: str, detail: str = "") -> AppError:
    """The registry knows nobody of us, so a refusal is for everybody."""
    return AppError(
        "ollama.forbidden",
        tr("Ollama does not let anybody read {model}.", model=name),
        tr("It may be private, or a proxy in between refuses it. Look for another model."),
        detail,
    )


def rate_limited(seconds: float | None, detail: str) -> AppError:
    """Too many requests; `seconds` until more are allowed, where the site said so."""
    title = tr("Ollama's site has had too many requests from this connection.")
    return errors.rate_limited("ollama.rate_limit", title, seconds, detail)


def captive(host: str) -> AppError:
    """A page of somebody else came in place of the answer."""
    return errors.captive("ollama.captive", host)


def page_unreadable(detail: str = "") -> AppError:
    """The library page came, but nothing in it is understood any more."""
    return AppError(
        "ollama.page_unreadable",
        tr("Orangery could not read the library page of Ollama."),
        tr(
            "Its layout has probably changed. A model can still be had by its name: type name:tag, such as "
            "llama3.2:3b."
        ),
        detail,
    )


def bad_manifest(name: str, detail: str) -> AppError:
    """The registry sent no manifest, or one that is not to be trusted."""
    return AppError(
        "ollama.manifest",
        tr("What the registry says about {model} cannot be read.", model=name),
        tr("Nothing was downloaded. Try again in a moment; if it stays so, choose another model."),
        detail,
        retryable=True,
    )


def bad_config(name: str, detail: str) -> AppError:
    """The description that a manifest names is missing or another one."""
    return AppError(
        "ollama.config",
        tr("The description of {model} is not the one that the registry promised.", model=name),
        tr("Try again in a moment; if it stays so, choose another model."),
        detail,
        retryable=True,
    )


def not_runnable(name: str, kind: str) -> AppError:
    """The tag has no weights that the engine reads. `kind`: ``cloud``, ``mlx`` or ``other``."""
    if kind == "cloud":
        title = tr("{model} runs only on Ollama's own computers; there is nothing to download.", model=name)
    elif kind == "mlx":
        title = tr("{model} is made for Apple's MLX and has no GGUF file.", model=name)
    else:
        title = tr("{model} has no GGUF file.", model=name)
    return AppError("ollama.not_runnable", title, tr("Choose another tag of the same model."))
