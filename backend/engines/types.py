"""What one asks of a chat engine, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Role = Literal["system", "user", "assistant", "tool"]
KvType = Literal["f16", "q8_0", "q4_0"]
EngineKind = Literal["local", "ollama", "openai"]
AnswerFormat = Literal["text", "json", "schema", "grammar", "call", "calls"]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A function that the model wants called.

    Attributes:
        id: Names the call in the turn that brings its result; nine letters and digits where it was made here.
        arguments: A JSON object, as text.
    """

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation as the chat template gets it.

    A conversation that ends with words of the assistant asks to go on with that answer where it stops.

    Attributes:
        images: Paths of image files that belong to the turn, for models with a projector.
        tool_calls: What the assistant wanted called in this turn.
        tool_call_id: The call whose result a turn of the role ``tool`` brings; empty in others.
    """

    role: Role
    content: str
    images: tuple[str, ...] = ()
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str = ""

    @property
    def size(self) -> int:
        """Characters that a template may write of it."""
        return len(self.content) + sum(len(call.name) + len(call.arguments) for call in self.tool_calls)


def goes_on(turns: Sequence[Turn]) -> bool:
    """Whether a conversation ends with an answer that is to be continued."""
    return bool(turns) and turns[-1].role == "assistant" and not turns[-1].tool_calls


@dataclass(frozen=True, slots=True)
class AdapterUse:
    """An adapter file and the scale at which it is applied."""

    path: str
    scale: float


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen. `seed` None draws a new one; `max_tokens` None means until the context is
    full.

    Attributes:
        format: What the answer must be: text, any JSON object, JSON of a schema, what a grammar allows, one
            call of a function, or one or more calls. The last two are for models of this machine.
        grammar: The JSON schema for ``schema``, GBNF for ``grammar``; the JSON list of the functions that may
            be called, ``{"name", "parameters"}`` each, for ``call`` and ``calls``; else empty.
        logprobs: How many alternatives are told of each token, at most 20; 0 tells none and costs nothing.
    """

    temperature: float = 0.7
    top_k: int = 40
    top_p: float = 0.95
    min_p: float = 0.05
    repeat_penalty: float = 1.0
    presence_penalty: float = 0.0
    seed: int | None = None
    stop: tuple[str, ...] = ()
    max_tokens: int | None = None
    format: AnswerFormat = "text"
    grammar: str = ""
    logprobs: int = 0


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How a model is opened.

    Attributes:
        n_ctx: Context per sequence in tokens; None means the trained context, at most 8,192.
        parallel: How many sequences may be decoded in one batch.
        gpu_layers: Layers on the GPU; None puts all there that fit, if there is one.
        threads: CPU threads; None means the physical cores, or fewer for a model so small that they would
            only wait for each other.
        n_batch: Most tokens that are computed at once; None means 512. Fewer need less memory, and read a
            prompt more slowly.
        adapters: LoRA adapters that are applied, in this order; a change of them or of their scales reloads
            nothing.
        adapter_pool: Adapter files of which each answer has its own (see `Adaptable.generate`), so that base
            and blends are written in one batch; `adapters` is empty then.
    """

    n_ctx: int | None = None
    kv_type: KvType = "f16"
    parallel: int = 1
    gpu_layers: int | None = None
    threads: int | None = None
    n_batch: int | None = None
    adapters: tuple[AdapterUse, ...] = ()
    adapter_pool: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviceMemory:
    """Measured bytes on one device after a load."""

    device: str
    weights: int
    kv: int
    compute: int


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """What the engine reports after a load.

    Attributes:
        key: What `generate`, `count_tokens` and `unload` take.
        rss: The worker's resident memory in bytes after a warm-up decode.
        load_s: Seconds from the request to ready.
        layers: How many layers the model has.
        gpu_layers: How many of them fit on the GPU when not all did; else None.
        note: What was worked around, in a sentence for the person: an unusable chat template, a GPU whose
            memory is too small; else empty.
        template_sha256: Digest of the model's own chat template; empty if it has none or it is not told.
    """

    key: str
    path: str
    name: str
    architecture: str
    parameters: int
    n_ctx: int
    n_ctx_train: int
    n_vocab: int
    options: LoadOptions
    memory: tuple[DeviceMemory, ...] = ()
    rss: int = 0
    load_s: float = 0.0
    layers: int = 0
    gpu_layers: int | None = None
    note: str = ""
    template_sha256: str = ""


class FinishReason(StrEnum):
    STOP = "stop"
    LENGTH = "length"
    CONTEXT = "context"
    CANCELLED = "cancelled"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Timings:
    """Measured for one answer. Rates are tokens per second; `ttft_s` counts from the request to the first
    token.
    """

    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    ttft_s: float = 0.0
    prompt_tps: float = 0.0
    generation_tps: float = 0.0
    reasoning_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Alternative:
    """A token that could have been chosen, and the natural logarithm of its probability."""

    text: str
    logprob: float


@dataclass(frozen=True, slots=True)
class TokenChoice:
    """A token of the answer with its log-probability before sampling, and the likeliest at that place."""

    text: str
    logprob: float
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Delta:
    """Newly decoded text of answer `index`; `reasoning` is what stood inside the model's think block.

    `choices` tells the newly decoded tokens one by one where `Sampling.logprobs` asked for it. `tool_calls`
    are calls that are complete now; their text is told nowhere else.
    """

    text: str = ""
    reasoning: str = ""
    index: int = 0
    tokens: int = 0
    choices: tuple[TokenChoice, ...] = ()
    tool_calls: tuple[ToolCall, ...] = ()


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of answer `index`.

    With reason ERROR, `error_title` and `error_hint` say what happened; `error_code` is the code of the
    matching `AppError`. `note` is a sentence for the person when something was worked around in this answer;
    else empty.
    """

    reason: FinishReason
    timings: Timings = field(default_factory=Timings)
    index: int = 0
    seed: int = 0
    error_title: str = ""
    error_hint: str = ""
    error_detail: str = ""
    error_code: str = ""
    note: str = ""


GenerationEvent = Delta | Finished


class ModelState(StrEnum):
    """Life of a model in a worker process."""

    LOADING = "loading"
    READY = "ready"
    UNLOADED = "unloaded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class EngineDevice:
    """A device in the engine's own registry. Bytes; 0 means that its driver does not say.

    Attributes:
        pci: Address on the bus, such as ``0000:c1:00.0``; empty where it is unknown.
    """

    name: str
    description: str
    kind: Literal["cpu", "gpu", "igpu", "accel"]
    total: int
    free: int
    pci: str = ""


@dataclass(frozen=True, slots=True)
class EngineFlags:
    """Native switches that some machines need off; see `EngineReport`.

    Attributes:
        use_extra_bufts: Repacked and AMX weight layouts. Faster, but AMX crashes on some virtual machines.
        mmap: Map the weights instead of reading them.
        gpu: Offload to GPUs.
    """

    use_extra_bufts: bool = True
    mmap: bool = True
    gpu: bool = True


@dataclass(frozen=True, slots=True)
class EngineReport:
    """What a throw-away process found out about the engine on this machine.

    Attributes:
        version: Version of the binding; the safe flags are remembered per version and CPU.
        build: Version and commit of the native library.
        features: Instruction sets and switches the native library was built with.
        cpu: Name of the processor.
        flags: The fastest flags that decode without a crash here.
        rejected: Flags that were tried before and crashed or hung, with the reason.
    """

    version: str
    build: str
    features: str
    cpu: str
    flags: EngineFlags
    devices: tuple[EngineDevice, ...] = ()
    rejected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatModel:
    """A model that can be chatted with, whichever engine runs it.

    Attributes:
        id: What chats, comparisons and benchmarks remember: the id of the library's row, or
            ``ollama@<connection>/<model>`` and ``openai@<connection>/<model>``.
        address: What `ChatEngine.load` takes: the path of the file, or the id again for a remote one.
        owner: Who published it; empty if unknown.
        host: Where it runs, for people; empty for this machine's own engine.
        repo_id: Its repository in the garden it came from; None where there is none.
        size: Bytes of its weights; 0 where they are elsewhere.
        adapters: What is applied to it; more than nothing for a mix, whose id is ``mix@<number>``.
        base_id: Id of the model that a mix is made over; else empty.
        mix: Name of the mix alone; else empty.
        problem: Why it can't be used now, in one sentence; else empty.
    """

    id: str
    name: str
    quant: str
    engine: EngineKind
    address: str
    owner: str = ""
    host: str = ""
    repo_id: str | None = None
    context_length: int | None = None
    vision: bool = False
    size: int = 0
    adapters: tuple[AdapterUse, ...] = ()
    base_id: str = ""
    mix: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class EarlierAdapters:
    """What was applied before the faders were moved in the middle of an answer, and how many of its tokens
    had been written by then."""

    tokens: int
    adapters: tuple[AdapterUse, ...]


@dataclass(frozen=True, slots=True)
class RunCard:
    """Everything that an answer depended on; enough to ask for it again.

    Attributes:
        sha256: Digest of the model's (first) file, or of its manifest in an Ollama store; empty if unknown.
        engine_version: Such as ``llama-cpp-python 0.3.36``, ``Ollama 0.12.1``; empty if it was not told.
        seed: The one that was really used, also where the sampling left it open.
        adapters: With which it ended.
        earlier_adapters: Those before, in order, where the faders were moved while it was written.
        template_sha256: Digest of the chat template; empty if unknown.
        cpu: Name of the processor; of the machine that was asked, if it was told.
    """

    model_id: str = ""
    model_name: str = ""
    quant: str = ""
    engine: EngineKind = "local"
    address: str = ""
    sha256: str = ""
    size: int = 0
    engine_version: str = ""
    flags: EngineFlags = EngineFlags()
    options: LoadOptions = LoadOptions()
    sampling: Sampling = Sampling()
    seed: int = 0
    adapters: tuple[AdapterUse, ...] = ()
    earlier_adapters: tuple[EarlierAdapters, ...] = ()
    system_prompt: str = ""
    template_sha256: str = ""
    cpu: str = ""
    created: float = 0.0
