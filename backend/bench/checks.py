"""Whether an answer passes a check. Pure functions; no code of a suite is ever run."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from dataclasses import dataclass

from backend.bench.patterns import PatternError, found
from backend.bench.types import Check, Rule
from backend.i18n import tr

_LONGEST_JSON = 200_000
_NUMBER = re.compile(
    r"(?<![\w.])([-+−–]?)(\d{1,3}(?:[,'\u00a0\u202f ]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
    r"(?:\s*/\s*(\d+))?(?!\d)"
)
_WORDS = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SENTENCES = re.compile(r"[.!?…]+(?=[\"'”’)\]]*(?:\s|$))")
_FENCE = re.compile(r"\A\s*```[\w-]*\n(.*?)\n?```\s*\Z", re.DOTALL)
_EDGES = " \t\r\n.,;:!?\"'“”„«»‘’‚`*_()[]"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`passed` None where it could not be told; `reason` says why an answer did not pass."""

    passed: bool | None
    score: float
    reason: str = ""


def judge_text(check: Check, answer: str) -> Verdict:
    """Hold an answer (without its reasoning) against a check that needs no other model."""
    try:
        problem = _problem(check, answer)
    except PatternError as error:
        return Verdict(None, 0.0, tr("the pattern cannot be used: {why}", why=error))
    if problem is None:
        return Verdict(None, 0.0, tr("this check needs a judge"))
    if check.kind == "rules":
        broken = [why for rule in check.rules if (why := _broken(rule, answer))]
        share = 1.0 - len(broken) / len(check.rules)
        return Verdict(not broken, share, "; ".join(broken))
    return Verdict(not problem, 0.0 if problem else 1.0, problem)


def _problem(check: Check, answer: str) -> str | None:
    """Why the answer does not pass; empty if it does; None for a check that another model must make."""
    match check.kind:
        case "exact":
            said = normal(answer, case=check.case)
            if any(said == normal(each, case=check.case) for each in check.accepted):
                return ""
            return tr("it should be exactly “{text}”", text=check.accepted[0])
        case "contains":
            said = _plain(answer, case=check.case)
            if any(_plain(each, case=check.case) in said for each in check.accepted):
                return ""
            return tr("“{text}” is not in it", text=check.accepted[0])
        case "regex":
            if any(found(each, answer) for each in check.accepted):
                return ""
            return tr("it does not match {pattern}", pattern=check.accepted[0])
        case "numeric":
            return _number_problem(check, answer)
        case "schema":
            return _schema_problem(check.schema, answer)
        case "rules":
            return ""
        case "judge":
            return None


def _plain(text: str, *, case: bool) -> str:
    """`text` with one form of each character and single spaces."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return text if case else text.casefold()


def normal(text: str, *, case: bool = False) -> str:
    """`text` as ``exact`` compares it: besides, without quotes, emphasis and punctuation at its ends."""
    return _plain(text, case=case).strip(_EDGES)


# Numbers


def numbers_in(text: str) -> list[float]:
    """The numbers in a text, in order: with separators of thousands, with a decimal point or comma, and
    fractions such as ``3/4``."""
    values = []
    for sign, digits, below in _NUMBER.findall(text):
        grouped = re.sub(r"(?<=\d)[,'\u00a0\u202f ](?=\d{3}(?!\d))", "", digits)
        value = float(grouped.replace(",", "."))
        if below and float(below):
            value /= float(below)
        values.append(-value if sign in ("-", "−", "–") else value)
    return values


def _number_problem(check: Check, answer: str) -> str:
    found_numbers = numbers_in(answer)
    if not found_numbers:
        return tr("there is no number in it")
    last = found_numbers[-1]
    # A number cannot be closer than what the machine can tell apart.
    slack = max(check.tolerance, 1e-9 * max(1.0, abs(check.number)))
    if math.isfinite(last) and abs(last - check.number) <= slack:
        return ""
    return tr("the last number is {found}, not {wanted}", found=f"{last:g}", wanted=f"{check.number:g}")


# JSON


def json_in(answer: str) -> object:
    """The JSON that an answer is, alone or in a code block. Raises `ValueError`."""
    if len(answer) > _LONGEST_JSON:
        raise ValueError(tr("longer than {n} characters", n=_LONGEST_JSON))
    fenced = _FENCE.match(answer)
    text = fenced.group(1) if fenced else answer
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError(tr("nested too deeply")) from error


def _schema_problem(schema: str, answer: str) -> str:
    import jsonschema  # not at every start, as in `suites`

    try:
        value = json_in(answer)
    except ValueError as error:
        return tr("it is not JSON: {why}", why=error)
    try:
        jsonschema.validate(value, json.loads(schema), cls=jsonschema.Draft202012Validator)
    except jsonschema.ValidationError as error:
        where = "/".join(map(str, error.absolute_path))
        return f"{where}: {error.message}"[:300] if where else error.message[:300]
    except RecursionError:
        return tr("nested too deeply")
    return ""


# Rules


def _broken(rule: Rule, answer: str) -> str:
    """Why a rule does not hold; empty if it does."""
    text = answer.strip()
    match rule.kind:
        case "contains":
            return "" if _plain(rule.text, case=False) in _plain(text, case=False) else _lacks(rule.text)
        case "not_contains":
            within = _plain(rule.text, case=False) in _plain(text, case=False)
            return tr("“{text}” is in it", text=rule.text) if within else ""
        case "starts_with":
            return "" if text.startswith(rule.text) else tr("it does not begin with “{text}”", text=rule.text)
        case "ends_with":
            return "" if text.endswith(rule.text) else tr("it does not end with “{text}”", text=rule.text)
        case "regex":
            return "" if found(rule.text, answer) else tr("it does not match {pattern}", pattern=rule.text)
        case "not_regex":
            return tr("it matches {pattern}", pattern=rule.text) if found(rule.text, answer) else ""
        case "counts":
            times = len(re.findall(rf"(?<!\w){re.escape(rule.text.casefold())}(?!\w)", text.casefold()))
            if times == rule.number:
                return ""
            return tr("“{text}” occurs {times} times", text=rule.text, times=times)
        case "lowercase":
            return "" if text == text.lower() else tr("it has capital letters")
        case "uppercase":
            return "" if text == text.upper() else tr("it has small letters")
        case "ascii":
            return "" if text.isascii() else tr("it has letters beyond ASCII")
        case "no_digits":
            return tr("it has digits") if any(map(str.isdigit, text)) else ""
        case "json":
            try:
                json_in(text)
            except ValueError as error:
                return tr("it is not JSON: {why}", why=error)
            return ""
    return _wrong_length(rule, text)


def _lacks(text: str) -> str:
    return tr("“{text}” is not in it", text=text)


def _wrong_length(rule: Rule, text: str) -> str:
    which, _, what = rule.kind.partition("_")
    count = {"words": words_in, "lines": lines_in, "sentences": sentences_in}[what](text)
    fine = count >= rule.number if which == "min" else count <= rule.number
    if fine:
        return ""
    return {
        "words": tr("it has {count} words", count=count),
        "lines": tr("it has {count} lines", count=count),
        "sentences": tr("it has {count} sentences", count=count),
    }[what]


def words_in(text: str) -> int:
    """How many words, numbers included."""
    return len(_WORDS.findall(text))


def lines_in(text: str) -> int:
    """How many lines that are not blank."""
    return sum(1 for line in text.splitlines() if line.strip())


def sentences_in(text: str) -> int:
    """How many sentences; a last one without a full stop counts."""
    text = text.strip()
    ends = list(_SENTENCES.finditer(text))
    rest = text[ends[-1].end() :] if ends else text
    return len(ends) + bool(_WORDS.search(rest))
