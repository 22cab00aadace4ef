"""The sentences for what the hub refuses or answers wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import AppError
from backend.i18n import tr
from backend.net import errors
from backend.net.waiting import retry_after

if TYPE_CHECKING:
    import httpx2


def from_response(
    response: httpx2.Response, repo_id: str | None, *, signed_in: bool, secret: str | None
) -> AppError:
    """The error for an answer that is not 2xx, decided by huggingface_hub's own reading of it.

    Args:
        repo_id: The repository that was asked for; None for a search.
        signed_in: Whether a token was sent.
        secret: The token, to be blotted out where the server repeats it.
    """
    from huggingface_hub import errors as hub
    from huggingface_hub.utils import hf_raise_for_status  # type: ignore[attr-defined]

    what = repo_id or tr("the search")
    try:
        hf_raise_for_status(response)
    except hub.HfHubHTTPError as error:
        detail = redacted(f"HTTP {response.status_code}: {error.server_message or error}", secret)
        match error:
            case hub.GatedRepoError():
                return gated(what, detail, signed_in=signed_in)
            case hub.DisabledRepoError():
                return AppError(
                    "hub.disabled",
                    tr("{repo} was taken down by Hugging Face.", repo=what),
                    tr("Look for another publisher of the same model."),
                    detail,
                )
            case hub.RevisionNotFoundError():
                return no_revision(what, detail)
            case hub.RemoteEntryNotFoundError():
                return AppError(
                    "hub.file_not_found",
                    tr("{repo} does not have this file any more.", repo=what),
                    tr("Open the model again in Discover to see its present files."),
                    detail,
                )
            case hub.RepositoryNotFoundError():
                return not_found(what, detail, signed_in=signed_in)
            case _:
                return _by_status(response, repo_id, detail)
    except (ValueError, AttributeError, TypeError, RecursionError):  # the body is JSON, but no error object
        return _by_status(response, repo_id, f"HTTP {response.status_code}")
    return _by_status(response, repo_id, f"HTTP {response.status_code}")


def _by_status(response: httpx2.Response, repo_id: str | None, detail: str) -> AppError:
    what = repo_id or tr("the search")
    status = response.status_code
    if status == 404 and repo_id is not None:
        return not_found(repo_id, detail, signed_in=True)
    if status == 401:
        return bad_token(detail)
    if status == 403:
        return AppError(
            "hub.forbidden",
            tr("Hugging Face does not let you read {repo}.", repo=what),
            tr("Check that your access token may read this repository."),
            detail,
        )
    if status == 429:
        return rate_limited(retry_after(response.headers), detail)
    if status >= 500 or status == 408:
        title = tr("Hugging Face has trouble of its own right now (error {status}).", status=status)
        return errors.trouble("hub.server", title, detail)
    return AppError(
        "hub.refused",
        tr("Hugging Face refused the request for {repo} (error {status}).", repo=what, status=status),
        tr("Try again later, or look for a newer Orangery: the service may have changed."),
        detail,
    )


def gated(repo: str, detail: str, *, signed_in: bool) -> AppError:
    """The owner wants to let people in one by one, or to have terms accepted."""
    page = f"https://huggingface.co/{repo}"
    if signed_in:
        hint = tr("Open {page} with the account of your access token and accept the terms there.", page=page)
    else:
        hint = tr(
            "Open {page}, sign in and accept the terms there; then add an access token of that account in "
            "Settings → Connections, or set HF_TOKEN.",
            page=page,
        )
    return AppError(
        "hub.gated", tr("{repo} is gated: its owner asks you to accept terms first.", repo=repo), hint, detail
    )


def no_revision(repo: str, detail: str) -> AppError:
    """There is no such branch, tag or commit."""
    return AppError(
        "hub.revision",
        tr("{repo} does not have this version any more.", repo=repo),
        tr("Open the model again in Discover to see its present files."),
        detail,
    )


def not_found(repo: str, detail: str, *, signed_in: bool) -> AppError:
    """No such repository, or one that is hidden."""
    hint = tr("Check the spelling of owner and name; upper and lower case count.")
    if not signed_in:
        hint += " " + tr(
            "A private model needs an access token: add one in Settings → Connections, or set HF_TOKEN."
        )
    return AppError("hub.not_found", tr("There is no model {repo} on Hugging Face.", repo=repo), hint, detail)


def bad_token(detail: str = "") -> AppError:
    """The token is not accepted, or cannot be one."""
    return AppError(
        "hub.token",
        tr("Hugging Face does not accept the access token."),
        tr(
            "Make a new one at https://huggingface.co/settings/tokens and add it in Settings → Connections, "
            "or correct HF_TOKEN where that is set."
        ),
        detail,
    )


def no_token() -> AppError:
    """There is no token to ask about."""
    return AppError(
        "hub.no_token",
        tr("There is no access token for Hugging Face."),
        tr("Add one in Settings → Connections, or set HF_TOKEN."),
    )


def rate_limited(seconds: float | None, detail: str) -> AppError:
    """Too many requests; `seconds` until more are allowed, where the hub said so."""
    title = tr("Hugging Face has had too many requests from this connection.")
    return errors.rate_limited("hub.rate_limit", title, seconds, detail)


def captive(host: str) -> AppError:
    """A web page came in place of data."""
    return errors.captive("hub.captive", host)


def unreadable(what: str, detail: str) -> AppError:
    """The answer is no JSON, or not the JSON that was asked for."""
    return AppError(
        "hub.unreadable",
        tr("The answer of Hugging Face for {repo} cannot be read.", repo=what),
        tr("Try again in a moment. If it stays so, the service may have changed; look for a newer Orangery."),
        detail,
        retryable=True,
    )


def changed(file: str, detail: str) -> AppError:
    """What the server sends does not belong to the file that was asked for."""
    return AppError(
        "hub.range",
        tr("The server sent something other than the asked part of {file}.", file=file),
        tr("Try again. If it stays so, the server or a proxy in between is at fault."),
        detail,
        retryable=True,
    )


def redacted(text: str, secret: str | None) -> str:
    """`text` without the token, and not too long for a details box."""
    if secret:
        text = text.replace(secret, "•••")
    return text.strip()[:2000]
