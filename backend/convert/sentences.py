"""What a converted file does differently from its original, in words."""

from __future__ import annotations

from collections.abc import Iterable

from backend.i18n import tr


def note_sentences(codes: Iterable[str], context: int) -> tuple[str, ...]:
    """One sentence for each code of `ConversionPlanned.notes`."""
    known = {
        "window": tr(
            "The model looks back over a sliding window, which the engine does not compute: the context ends "
            "at {context} tokens, up to which both are the same.",
            context=context,
        ),
        "splitting": tr("Words with capitals inside that are not ASCII may become other tokens."),
        "nfc": tr("Letters with separate accents are not joined before they become tokens."),
        "strips": tr("Spaces beside special tokens may be kept, which the original leaves out."),
        "tokens": tr("Tokens for which the model has no weights are left out."),
        "pictures": tr("The part that reads pictures is left out."),
        "code": tr("The repository brings code of its own, which is never executed."),
        "template": tr("There is no chat template; a common one (ChatML) will be used."),
    }
    return tuple(known[code] for code in codes if code in known)
