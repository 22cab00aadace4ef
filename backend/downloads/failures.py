"""What can go wrong with a transfer, as sentences, and the answers of a garden that mean it."""

from __future__ import annotations

import errno

from backend.downloads.target import Target
from backend.downloads.wire import Head
from backend.errors import AppError
from backend.hubs import errors as hub_errors
from backend.hubs.ollama import errors as ollama_errors
from backend.hubs.types import Source
from backend.i18n import tr
from backend.net.waiting import retry_after


class Retry(Exception):
    """One attempt failed in a way that another may not.

    Attributes:
        error: What to tell the person if no attempt succeeds.
        note: What is wrong, in a few words, while it is tried again.
        wait: Seconds that the server asked for; None leaves it to the backoff.
        at_once: Whether the cause is known and mended by asking again (an expired link).
    """

    def __init__(
        self, error: AppError, note: str, *, wait: float | None = None, at_once: bool = False
    ) -> None:
        super().__init__(error)
        self.error = error
        self.note = note
        self.wait = wait
        self.at_once = at_once


def connection_lost(name: str, host: str, detail: str) -> Retry:
    return Retry(
        AppError(
            "download.network",
            tr("The connection to {host} was lost while downloading {name}.", host=host, name=name),
            tr("Check the network, then try again; what has arrived is kept."),
            detail,
            retryable=True,
        ),
        tr("connection lost"),
    )


def stalled(name: str, host: str, seconds: float) -> Retry:
    return Retry(
        AppError(
            "download.stalled",
            tr("{host} stopped sending {name}.", host=host, name=name),
            tr("Try again later; what has arrived is kept."),
            f"(nearly) no byte in {seconds:g} s",
            retryable=True,
        ),
        tr("no data is coming"),
    )


def bad_answer(name: str, head: Head, why: str) -> Retry:
    """The answer contradicts itself, the request or the listing; none of its bytes are taken."""
    return Retry(
        AppError(
            "download.bad_answer",
            tr(
                "{host} sent something else than the part of {name} that was asked for.",
                host=head.host,
                name=name,
            ),
            tr("Try again later. If it keeps happening, something between you and the hub changes the data."),
            f"{why}\n{head.status} {head.url}",
            retryable=True,
        ),
        tr("unusable answer"),
    )


def portal(name: str, head: Head) -> AppError:
    return page(name, f"{head.status} {head.headers.get('content-type', '')} {head.url}")


def page(name: str, detail: str) -> AppError:
    """A web page came, most likely of a network that wants people to sign in."""
    return AppError(
        "download.portal",
        tr("The network answered with a web page instead of {name}.", name=name),
        tr("If this network asks you to sign in, open a browser and do that first, then try again."),
        detail,
        retryable=True,
    )


def changed(target: Target, detail: str) -> AppError:
    return AppError(
        "download.changed",
        tr(
            "The hub no longer offers the {name} that was chosen from {repo}.",
            name=target.name,
            repo=target.owner,
        ),
        tr("Remove this download and choose the file again."),
        detail,
    )


def no_digest(name: str, repo_id: str) -> AppError:
    return AppError(
        "download.no_digest",
        tr("{repo} gives no checksum for {name}, so it cannot be verified.", repo=repo_id, name=name),
        tr("Choose another file or another publisher."),
    )


def mismatch(name: str, expected: str, found: str) -> AppError:
    return AppError(
        "download.checksum",
        tr("{name} arrived damaged twice and was thrown away.", name=name),
        tr("Try again later or over another network. Nothing damaged was kept."),
        f"expected {expected}\nfound    {found}",
        retryable=True,
    )


def no_space(name: str, folder: str, needed: int, free: int) -> AppError:
    return AppError(
        "download.no_space",
        tr(
            "There is not enough space for {name}: {needed} GB are needed, {free} GB are free.",
            name=name,
            needed=f"{needed / 1e9:.1f}",
            free=f"{free / 1e9:.1f}",
        ),
        tr("Free some space on the disk with {folder}, then try again.", folder=folder),
        retryable=True,
    )


def vanished(name: str, folder: str) -> AppError:
    """Another program deleted files between their arrival and the end of the job."""
    return AppError(
        "download.vanished",
        tr(
            "Parts of {name} were deleted from {folder} while it was being downloaded.",
            name=name,
            folder=folder,
        ),
        tr("Try again. Ollama tidies up there when it starts, and only then."),
        retryable=True,
    )


def superseded(name: str) -> AppError:
    """Ollama's server asked for the tag itself, and by then the tag meant something else."""
    return AppError(
        "download.changed",
        tr("{name} means other weights now than those that were chosen.", name=name),
        tr("Ollama has the new ones. Remove this download, or choose the model again."),
    )


def out_of_sight(name: str, folder: str) -> AppError:
    """Ollama's server has the model, but not where this person can open it."""
    return AppError(
        "download.out_of_sight",
        tr("Ollama has {name} now, but Orangery cannot open its files.", name=name),
        tr(
            "Let your account read {folder}, or set OLLAMA_MODELS to the folder that Ollama uses.",
            folder=folder,
        ),
    )


def disk(name: str, folder: str, error: OSError) -> AppError:
    """An error of the file system while writing `name`."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return AppError(
            "download.no_space",
            tr("The disk became full while downloading {name}.", name=name),
            tr(
                "Free some space on the disk with {folder}, then try again; what has arrived is kept.",
                folder=folder,
            ),
            str(error),
            retryable=True,
        )
    return AppError(
        "download.disk",
        tr("{name} cannot be written to {folder}.", name=name, folder=folder),
        tr("Check that the disk is connected and that you may write there, then try again."),
        str(error),
        retryable=True,
    )


def refused(target: Target, head: Head) -> AppError | Retry:
    """What a status other than 200, 206 and 416 means."""
    name, repo = target.name, target.owner
    code, message = head.headers.get("x-error-code", ""), head.headers.get("x-error-message", "")
    detail = f"{head.status} {code} {head.url}\n{message[:500]}".strip()
    if head.elsewhere and head.status in (401, 403, 410):
        return Retry(
            AppError(
                "download.link_expired",
                tr("{host} refuses the links that the hub gives out for {name}.", host=head.host, name=name),
                tr("Check the clock of this computer, then try again."),
                detail,
                retryable=True,
            ),
            tr("the link had expired"),
            at_once=True,
        )
    ollama = target.source is Source.OLLAMA
    match head.status:
        # What the gardens' own pages and searches refuse in the same way is said in the same words.
        case 401 | 403 if ollama:
            return _as_download("forbidden", ollama_errors.forbidden(repo, detail))
        case 401 | 403 if code == "GatedRepo":
            return _as_download("gated", hub_errors.gated(repo, detail, signed_in=head.status == 403))
        case 401:
            return AppError(
                "download.sign_in",
                tr("The hub wants to know who you are before it gives out {repo}.", repo=repo),
                tr(
                    "It may be private or gone. If you may read it: add an access token in "
                    "Settings → Connections, or set HF_TOKEN."
                ),
                detail,
            )
        case 403:
            return AppError(
                "download.forbidden",
                tr("Your account may not download {name} from {repo}.", name=name, repo=repo),
                tr("Check the rights of your token on the hub."),
                detail,
            )
        case 404:
            return AppError(
                "download.not_found",
                tr("{name} is no longer in {repo}.", name=name, repo=repo),
                tr("Its owner removed or renamed it. Choose another file."),
                detail,
            )
        case 429:
            wait = retry_after(head.headers)
            words = (ollama_errors if ollama else hub_errors).rate_limited(wait, detail)
            return Retry(_as_download("rate_limit", words), tr("the server asks to wait"), wait=wait)
        case status if status >= 500 or status == 408:
            return Retry(
                AppError(
                    "download.server",
                    tr("{host} has trouble and cannot send {name} now.", host=head.host, name=name),
                    tr("Try again later; what has arrived is kept."),
                    detail,
                    retryable=True,
                ),
                tr("the server has trouble"),
                wait=retry_after(head.headers),
            )
    return bad_answer(name, head, "unexpected status")


def _as_download(code: str, error: AppError) -> AppError:
    """A refusal in the words of its garden."""
    return AppError(f"download.{code}", error.title, error.hint, error.detail, retryable=error.retryable)


def unexpected(name: str, error: Exception) -> AppError:
    return AppError(
        "download.unexpected",
        tr("Downloading {name} failed in a way that should not happen.", name=name),
        tr("Try again. If it happens again, please report it with the log file."),
        f"{type(error).__name__}: {error}",
        retryable=True,
    )
