"""What is said of the current type, below the table."""

from __future__ import annotations

from html import escape

from backend.i18n import tr
from ui import format as fmt
from ui.pages.library.quant.plan import TypeRow
from ui.pages.library.quant.rows import Column, number_of
from ui.pages.library.quant.words import loss_words
from ui.theme import theme


def about(row: TypeRow) -> str:
    """What a type means and what stands against it, as rich text."""
    parts = []
    if row.original:
        parts.append(tr("The model as it is; every loss is counted from here."))
    elif row.type is not None and row.type.meaning:
        parts.append(row.type.meaning.rstrip(".") + ".")
    loss = row.lab.kl_divergence
    if loss is not None and not row.original:
        said = tr("Measured here: {words}.", words=loss_words(loss.value))
        parts.append(said if loss.measured else tr("Expected: {words}.", words=loss_words(loss.value)))
    perplexity, memory = row.lab.perplexity, row.lab.memory
    if perplexity is not None and perplexity.measured:
        parts.append(tr("Perplexity {value}.", value=number_of(perplexity, Column.PERPLEXITY)))
    if memory is not None and memory.measured:
        parts.append(tr("It took {size} of memory.", size=fmt.size(memory.value)))
    if row.refusal:
        parts.append(row.refusal)
    mono = theme.font("code").families()[0]
    strong = f"<span style=\"font-family:'{mono}'; font-weight:600; color:{theme.hex('text.1')}\">"
    return f"{strong}{escape(row.name)}</span>&nbsp; {escape(' '.join(parts))}"
