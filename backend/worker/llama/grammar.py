"""Answers that must have a form: any JSON object, JSON of a schema, what a GBNF grammar allows, or calls of
functions.

The library's own grammar sampler ends the process on some grammars: deep nesting overflows its stack, rules
that share their first part cost exponential time before the first token, and left recursion behind rules
that may be empty takes all memory. llguidance has an Earley parser with limits, and reports instead of dying.
"""

from __future__ import annotations

import json
import re
from array import array
from typing import Any

import llama_cpp.llama_cpp as native
import numpy as np
import numpy.typing as npt
from llguidance import LLMatcher, LLTokenizer
from llguidance.gbnf_to_lark import gbnf_to_lark
from llguidance.llamacpp import lltokenizer_from_vocab

from backend.engines.types import Sampling
from backend.worker.llama.calls import HERMES, arguments_schema, calls_grammar, shape_of
from backend.worker.llama.model import EngineError, Model, engine_error
from backend.workers.protocol import Failure

_LONGEST = 65_536
"""Characters of a grammar or schema; more is refused unread."""
_LONGEST_CALLS = 262_144
"""The same for the list of functions that may be called: two thirds of a second for so many characters."""
_MOST_RULES = 1_000
"""Of a GBNF grammar; the time to translate it grows with their square."""
_DETAIL = 300
_LAYOUT = r"[ \n\t]{0,20}"
"""Blank space between the parts of JSON is bounded, or a model may write nothing else for ever."""
_OBJECT = '{"type": "object"}'


class Form:
    """What an answer may go on with. One answer's own, after `copy`."""

    def __init__(self, matcher: LLMatcher, n_vocab: int, code: str) -> None:
        """`code` is that of the failure where nothing may come next."""
        self._matcher = matcher
        self._n_vocab = n_vocab
        self._code = code
        self._bits = np.zeros((n_vocab + 31) // 32, dtype=np.int32)

    def copy(self) -> Form:
        """Another one in the same state."""
        return Form(self._matcher.deep_copy(), self._n_vocab, self._code)

    @property
    def complete(self) -> bool:
        """The answer has its form and nothing may follow."""
        return bool(self._matcher.is_stopped()) and not self._matcher.is_error()

    def restrict(self, logits: npt.NDArray[np.float32]) -> None:
        """Set the logits of all tokens that may not come next to minus infinity.

        Raises:
            EngineError: ``sampling.dead_end``, or ``sampling.tools`` in a call: nothing may come next, or it
            is too hard to tell.
        """
        self._matcher.unsafe_compute_mask_ptr(self._bits.ctypes.data, self._bits.nbytes)
        self._check()
        allowed = np.unpackbits(self._bits.view(np.uint8), bitorder="little")[: self._n_vocab]
        logits[allowed == 0] = -np.inf

    def accept(self, token: int) -> None:
        """Go on with `token`. Raises like `restrict`."""
        self._matcher.consume_token(token)
        self._check()

    def _check(self) -> None:
        if self._matcher.is_error():
            raise engine_error(self._code, _first_lines(self._matcher.get_error()))


class Forms:
    """Makes the forms for answers of one model. Not thread-safe."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._tokenizer: LLTokenizer | None = None

    def of(self, sampling: Sampling, written: array[int]) -> Form | None:
        """The form that `sampling` asks for; None where any text will do.

        Args:
            written: The beginning of the answer, where one is continued. Calls may come after any words.

        Raises:
            EngineError: ``sampling.grammar``, ``sampling.schema`` or ``sampling.tools``: it can't be used;
            ``sampling.dead_end``: the beginning does not have the form.
        """
        if sampling.format == "text":
            return None
        calling = sampling.format in ("call", "calls")
        kind = "tools" if calling else "grammar" if sampling.format == "grammar" else "schema"
        code = f"sampling.{kind}"
        longest = _LONGEST_CALLS if calling else _LONGEST
        if len(sampling.grammar) > longest:
            raise engine_error(code, f"more than {longest} characters")
        try:
            source = self._calls(sampling) if calling else _source(sampling)
        except RecursionError as error:
            raise engine_error(code, "nested too deeply") from error
        except EngineError:
            raise
        except Exception as error:  # the translator raises plain ones
            raise engine_error(code, _first_lines(str(error))) from error
        matcher = LLMatcher(self._vocabulary(), source, log_level=0)
        if matcher.is_error():
            if calling:
                self._blame(sampling)
            raise engine_error(code, _first_lines(matcher.get_error()))
        form = Form(matcher, self._model.n_vocab, code if calling else "sampling.dead_end")
        for token in () if calling else written:
            form.accept(token)
        return form

    def _calls(self, sampling: Sampling) -> str:
        """The grammar of the calls that an answer must be. Raises `EngineError`.

        A model whose template tells of no calls makes one. It would never find an end to several.
        """
        shape = shape_of(self._model.template)
        several = sampling.format == "calls" and shape is not None
        functions = _functions(sampling)
        grammar = calls_grammar(functions, shape or HERMES, several=several, marker=self._marker)
        return str(LLMatcher.grammar_from_lark(grammar))

    def _marker(self, literal: str) -> str:
        """What a call begins or ends with, in the grammar: a token of its own where the model has one."""
        tokens = self._model.tokenize(literal, add_special=False)
        if len(tokens) == 1 and self._vocabulary().is_special_token(tokens[0]):
            return f"<[{tokens[0]}]>"
        return json.dumps(literal)

    def _blame(self, sampling: Sampling) -> None:
        """Raise `EngineError` with the name of the function whose schema can't be used; all may be right that
        together are too much."""
        for name, schema in _functions(sampling):
            source = LLMatcher.grammar_from_json_schema(schema)
            if reason := LLMatcher.validate_grammar(source, self._vocabulary()):
                raise EngineError(Failure("sampling.tools", _first_lines(reason), where=name))

    def _vocabulary(self) -> LLTokenizer:
        """Made at its first use: a second for the largest vocabularies."""
        if self._tokenizer is None:
            vocab, count = self._model.vocab, self._model.n_vocab
            ends = [token for token in range(count) if native.llama_vocab_is_eog(vocab, token)]
            self._tokenizer = lltokenizer_from_vocab(vocab, n_vocab=count, eos_token=ends or None)
        return self._tokenizer


def _source(sampling: Sampling) -> str:
    """What was asked for, in the words of llguidance."""
    if sampling.format == "grammar":
        if len(re.findall("::=", sampling.grammar)) > _MOST_RULES:
            raise engine_error("sampling.grammar", f"more than {_MOST_RULES} rules")
        return str(LLMatcher.grammar_from_lark(gbnf_to_lark(sampling.grammar)))
    schema = _OBJECT if sampling.format == "json" else sampling.grammar
    json.loads(schema)  # its errors tell the place in the person's own text
    return str(LLMatcher.grammar_from_json_schema(schema, overrides={"whitespace_pattern": _LAYOUT}))


def _functions(sampling: Sampling) -> list[tuple[str, dict[str, Any]]]:
    """Names and schemas of the functions of which one must be called. Raises `EngineError`."""
    found = []
    for function in json.loads(sampling.grammar):
        try:
            found.append((function["name"], arguments_schema(function["parameters"])))
        except ValueError as error:
            raise EngineError(Failure("sampling.tools", str(error), where=function["name"])) from error
    return found


def _first_lines(text: str) -> str:
    """An error without the dump of the parser's state that may follow."""
    return text.partition("\n<state>")[0][:_DETAIL]
