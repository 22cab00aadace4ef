"""The words on Orangery's screens: what people call them, what they mean, and one thing more."""

from __future__ import annotations

TERMS: tuple[tuple[str, str, str], ...] = (
    # names separated by "/", the definition, the sentence that answers "tell me more" or "why does it matter"
    (
        "quantization/quantisation/quantizing a model/a quantized model/quants/a quant/quant",
        "Quantization stores a model's weights with fewer bits, so the file is smaller and runs faster, at a "
        "small loss of quality.",
        "Q8_0 is almost lossless, Q4_K_M is the usual choice, and below 3 bits the answers get clearly worse.",
    ),
    (
        "Q4_K_M/q4 k m/Q4KM/Q4/4-bit quantization",
        "Q4_K_M is a quantization with about 4.8 bits per weight: a small quality loss, and the usual choice.",
        "A 7B model takes about 4.4 GB in Q4_K_M.",
    ),
    (
        "Q8_0/q8 0/Q8/8-bit quantization",
        "Q8_0 is a quantization with 8.5 bits per weight: nearly the quality of the original at half the size "
        "of F16.",
        "Take Q8_0 when the memory is there; else Q5_K_M or Q4_K_M.",
    ),
    (
        "Q5_K_M/q5 k m/Q5",
        "Q5_K_M is a quantization with about 5.7 bits per weight: very close to the original, a little larger "
        "than Q4_K_M.",
        "It is a good choice when Q4_K_M leaves memory free.",
    ),
    (
        "Q6_K/q6 k/Q6",
        "Q6_K is a quantization with about 6.6 bits per weight; its loss can hardly be noticed.",
        "It is smaller than Q8_0 and nearly as good.",
    ),
    (
        "Q2_K/q2 k/Q2",
        "Q2_K is a quantization with about 2.6 bits per weight: very small, with a clear loss of quality.",
        "A smaller model in Q4_K_M is often better than a large one in Q2_K.",
    ),
    (
        "F16/fp16/half precision/BF16",
        "F16 stores each weight in 16 bits: the full quality, at twice the size of Q8_0.",
        "It is the usual starting point for making quantized files.",
    ),
    (
        "imatrix/importance matrix/an importance matrix",
        "An importance matrix (imatrix) says which weights matter most, so that quantization can keep those "
        "more exact.",
        "It helps most with the small quantizations.",
    ),
    (
        "bits per weight/bpw",
        "Bits per weight says how many bits a file spends on each weight on average: fewer bits make a "
        "smaller file and a less exact model.",
        "F16 has 16 bits per weight, Q8_0 has 8.5 and Q4_K_M about 4.8.",
    ),
    (
        "weights/the weights/model weights/weights of a model",
        "The weights are the numbers that a model has learned; they make up nearly the whole file.",
        "Quantization makes the weights smaller, and an adapter adds a correction to them.",
    ),
    (
        "LoRA/a LoRA/lora adapter/low-rank adaptation",
        "A LoRA is a small add-on that changes how a model behaves without changing the model itself.",
        "You can load one on the Adapters page and set its strength with a fader from 0 to 2.",
    ),
    (
        "adapter/an adapter/adapters/model adapter",
        "An adapter is a small file, mostly a LoRA, that is put on top of a base model to change its style or "
        "skills.",
        "It fits only the base model that it was trained for; Orangery checks this before loading.",
    ),
    (
        "fader/adapter fader/adapter scale/lora scale/adapter strength",
        "A fader sets how strongly an adapter works: 0 is off, 1 is normal and 2 is twice as strong.",
        "You can move it in the middle of a chat.",
    ),
    (
        "QLoRA/qlora",
        "QLoRA is a way to train a LoRA on top of a quantized model, which needs much less memory.",
        "The result is an ordinary LoRA.",
    ),
    (
        "context/the context/context window/a context window/context length/context size/n_ctx",
        "The context is the text that a model can see at once: your messages, its answers and the system "
        "prompt, counted in tokens.",
        "When it is full, old messages have to be dropped, and a longer context needs more memory.",
    ),
    (
        "context meter/the context meter",
        "The context meter shows how much of the model's context this chat has used.",
        "When it is full, you choose what happens to the oldest messages.",
    ),
    (
        "token/a token/tokens",
        "A token is a piece of text, about three quarters of a word, and the unit in which a model reads and "
        "writes.",
        "Speed, context length and prices are counted in tokens.",
    ),
    (
        "tokenizer/a tokenizer/the tokenizer/tokenization/tokenisation",
        "A tokenizer cuts text into tokens and puts tokens back together into text.",
        "You can play with one in the Library, in the model's inspector.",
    ),
    (
        "tokens per second/tok/s/t/s/generation speed/tokens a second".replace("tok/s/t/s/", ""),
        "Tokens per second is the speed at which a model writes; 10 is about as fast as you read.",
        "Bench measures it on your machine.",
    ),
    (
        "GGUF/a GGUF file/gguf file/gguf format/the GGUF format",
        "GGUF is a file format that holds a whole model, weights, tokenizer and settings, in one file for "
        "llama.cpp.",
        "Orangery runs GGUF files, and Discover shows which models have them.",
    ),
    (
        "safetensors/a safetensors file",
        "Safetensors is a file format for model weights that cannot run hidden code.",
        "It has to be converted to GGUF before llama.cpp can run it.",
    ),
    (
        "llama.cpp/llama cpp/llamacpp",
        "llama.cpp is the open-source engine that runs GGUF models on your processor or graphics card.",
        "Orangery uses it to run models on your own machine.",
    ),
    (
        "VRAM/video memory/graphics memory/gpu memory",
        "VRAM is the memory of the graphics card; a model that fits in it completely runs fastest.",
        "What does not fit goes into RAM and runs more slowly.",
    ),
    (
        "RAM/main memory/system memory/working memory",
        "RAM is your computer's main memory; a model that does not fit on the graphics card runs from there, "
        "more slowly.",
        "The machine meter shows how much of it is free.",
    ),
    (
        "GPU/a GPU/graphics card/a graphics card/video card",
        "A GPU is a graphics card; it runs models much faster than the processor, as long as they fit in its "
        "VRAM.",
        "Settings tells you whether this build of the engine can use yours.",
    ),
    (
        "CPU/a CPU/processor/the processor",
        "The CPU is your computer's main processor; it can run any model that fits in RAM, more slowly than a "
        "graphics card.",
        "Small models are quick enough on it.",
    ),
    (
        "GPU layers/gpu offload/offloading/offload/layer offload/n_gpu_layers",
        "GPU offload decides how many of the model's layers run on the graphics card; the rest run on the "
        "processor.",
        "The more layers fit in VRAM, the faster the model is.",
    ),
    (
        "layer/a layer/layers/model layers",
        "A layer is one step of a model's calculation; a model has dozens of layers, one after the other.",
        "Layers can be shared between the graphics card and the processor.",
    ),
    (
        "temperature/the temperature/sampling temperature/temp",
        "Temperature sets how freely a model picks its words: 0 is always the likeliest word, higher is more "
        "varied.",
        "Try 0 for facts and code, and 0.7 to 1 for stories.",
    ),
    (
        "top-k/top k/topk",
        "Top-k lets the model choose only among the k likeliest tokens.",
        "40 is a common value; 1 always takes the likeliest.",
    ),
    (
        "top-p/top p/topp/nucleus sampling",
        "Top-p lets the model choose only among the likeliest tokens that together reach the probability p.",
        "0.95 is a common value; 1 turns it off.",
    ),
    (
        "min-p/min p/minp",
        "Min-p drops every token that is much less likely than the best one, for example below 5 % of it.",
        "0.05 is a common value; 0 turns it off.",
    ),
    (
        "sampling/a sampler/sampler/the sampler/sampling settings",
        "Sampling is how the next token is picked from the model's probabilities; temperature, top-k, top-p "
        "and min-p steer it.",
        "You find these settings in the right panel of Chat.",
    ),
    (
        "greedy decoding/greedy/greedy sampling",
        "Greedy decoding always takes the likeliest token, so the same prompt gives the same answer.",
        "You get it with temperature 0.",
    ),
    (
        "seed/a seed/the seed/random seed",
        "The seed is the number that random choices start from: the same seed and settings give the same "
        "answer again.",
        "Leave it empty to get a new answer each time.",
    ),
    (
        "repeat penalty/repetition penalty/the repeat penalty",
        "The repeat penalty makes words that were just used less likely, so that the model does not go round "
        "in circles.",
        "1.0 turns it off; 1.1 is mild.",
    ),
    (
        "presence penalty/frequency penalty",
        "Presence and frequency penalties make tokens that were already used less likely.",
        "0 turns them off.",
    ),
    (
        "system prompt/a system prompt/the system prompt/system message",
        "A system prompt is a hidden first message that tells the model how to behave.",
        "You write it in the right panel of Chat.",
    ),
    (
        "prompt/a prompt/the prompt",
        "A prompt is the text that you give to a model.",
        "Clear prompts with an example get better answers.",
    ),
    (
        "stop string/a stop string/stop strings/stop sequence/stop word",
        "A stop string is a piece of text at which the model stops writing.",
        "You set stop strings in the sampling panel of Chat.",
    ),
    (
        "stop reason/the stop reason/finish reason",
        "The stop reason says why an answer ended: the model was done, it hit the token limit, or you pressed "
        "Stop.",
        "It stands under each answer in Chat.",
    ),
    (
        "max tokens/maximum tokens/token limit/answer limit",
        "Max tokens is the limit on how long an answer may get.",
        "If an answer is cut off in the middle, raise it.",
    ),
    (
        "preset/a preset/presets",
        "A preset is a saved set of sampling settings and system prompt that you can use again.",
        "You find presets in the right panel of Chat.",
    ),
    (
        "benchmark/a benchmark/benchmarks/benchmarking",
        "A benchmark is a test that measures how fast or how good a model is, always in the same way.",
        "You run benchmarks on the Bench page and can compare the results later.",
    ),
    (
        "prompt suite/a prompt suite/prompt suites",
        "A prompt suite is a set of prompts with checkable answers, used to measure how often a model is right.",
        "You run suites on the Bench page.",
    ),
    (
        "KV cache/kv-cache/kvcache/the KV cache/the cache",
        "The KV cache holds what the model has worked out about the text so far, so that it need not read it "
        "again.",
        "It grows with the context and takes memory besides the weights.",
    ),
    (
        "parameters/a parameter/parameter/number of parameters/7B/parameter count",
        "Parameters are the numbers a model has learned; 7B means seven billion of them.",
        "More parameters make a model smarter, larger and slower. I have about five million.",
    ),
    (
        "model/a model/language model/a language model/large language model/LLM/an LLM",
        "A language model is a program that has learned from text to predict the next token, and so can "
        "answer and write.",
        "You find models in Discover and keep them in the Library.",
    ),
    (
        "base model/a base model/foundation model",
        "A base model is a model before it has learned to chat, or the model that an adapter was made for.",
        "For chatting, take one marked instruct or chat.",
    ),
    (
        "instruct model/an instruct model/instruct/chat model/a chat model",
        "An instruct model is a model that was trained further to follow instructions and to chat.",
        "For chatting, take one of these and not a base model.",
    ),
    (
        "fine-tuning/fine tuning/finetuning/a fine-tune/fine-tune/finetune",
        "Fine-tuning trains a finished model a little further on your own examples.",
        "A LoRA is the cheapest way to do it.",
    ),
    (
        "training/training a model/model training",
        "Training is how a model learns: it reads many examples, and its weights are adjusted step by step.",
        "I was trained in about an hour on two processor cores.",
    ),
    (
        "training data/dataset/a dataset/data set",
        "Training data is the text that a model learns from.",
        "Mine are simple made-up conversations.",
    ),
    (
        "TTFT/time to first token/ttft",
        "Time to first token (TTFT) is how long you wait until the first piece of the answer appears.",
        "Long prompts make it longer.",
    ),
    (
        "prompt processing/prefill/prompt speed/prompt eval",
        "Prompt processing is the reading of your prompt before the first token is written.",
        "Its speed is measured in tokens per second, and it decides the time to first token.",
    ),
    (
        "latency/the latency",
        "Latency is the time that you wait for something to happen.",
        "For a model, the time to first token is what you feel.",
    ),
    (
        "inference/running inference/model inference",
        "Inference is running a model to get an answer, as opposed to training it.",
        "Orangery does it on your own machine.",
    ),
    (
        "Hugging Face/huggingface/the Hugging Face Hub/HF",
        "Hugging Face is a website where people share models, adapters and data sets.",
        "Discover searches it for you.",
    ),
    (
        "Ollama/ollama registry",
        "Ollama is a program and a library of ready-made models for your own computer.",
        "Orangery searches its models in Discover and can use those you already have.",
    ),
    (
        "fit/the fit pill/fit pill/fits on GPU/model fit",
        "The fit pill says whether a model will run on this machine: Fits on GPU, Fits in memory, Tight or "
        "Too big.",
        "Hold the mouse over it to see weights, context and what other programs use.",
    ),
    (
        "tight/the tight label",
        "Tight means that the model only just fits into memory, so other programs may have to be closed.",
        "A smaller quantization or a shorter context helps.",
    ),
    (
        "offline/offline mode/the offline switch/offline switch/being offline",
        "Offline means that Orangery opens no connection to the network; chats with local models work all the "
        "same.",
        "The switch is in the window's frame, so you can turn it on and off at any time.",
    ),
    (
        "network ledger/the network ledger/the ledger",
        "The network ledger lists every host that Orangery talked to, with the bytes and the reason.",
        "You find it under Settings, Network.",
    ),
    (
        "download/a download/downloading",
        "A download copies a model's files from the network to your disk; it can be paused and goes on where "
        "it stopped.",
        "You start one in Discover and follow it in the jobs drawer.",
    ),
    (
        "checksum/a checksum/SHA-256/sha256/sha 256/hash/a hash",
        "A checksum such as SHA-256 is a fingerprint of a file; if it matches, the file arrived complete and "
        "unchanged.",
        "Library has a Verify action that checks it again.",
    ),
    (
        "chat template/a chat template/the chat template/prompt template",
        "A chat template says how the messages of a chat are put together into the one text that the model "
        "reads.",
        "It is stored in the model file, and the Library's inspector shows it.",
    ),
    (
        "reasoning/a reasoning model/reasoning model/thinking/thinking model/chain of thought",
        "Reasoning means that a model writes down its thoughts first and then the answer.",
        "In Chat these thoughts fold away. I am too small for it.",
    ),
    (
        "MoE/mixture of experts/a mixture of experts/mixture-of-experts",
        "MoE, a mixture of experts, is a model of many parts of which only a few work on each token, so it is "
        "large but fast.",
        "All parts have to fit in memory, even those that rest.",
    ),
    (
        "embedding/an embedding/embeddings/embedding model/vector embedding",
        "An embedding is a list of numbers that stands for the meaning of a text, so that similar texts can "
        "be found.",
        "Embedding models cannot chat.",
    ),
    (
        "licence/license/a licence/a model licence/model license",
        "A licence says what you may do with a model, for example whether you may use it for business.",
        "Discover shows it and can filter by it. Mine is MIT.",
    ),
    (
        "gated/a gated model/gated model",
        "A gated model asks you to accept its terms on Hugging Face before you can download it.",
        "Accept them there and put your access token into Settings.",
    ),
    (
        "access token/an access token/api token/hugging face token/api key",
        "An access token is a secret key that lets Orangery use your account, for example for gated models.",
        "You enter it in Settings; it is kept in the system's keyring.",
    ),
    (
        "perplexity/ppl",
        "Perplexity measures how surprised a model is by a text; lower is better.",
        "It is good for comparing quantizations of one model.",
    ),
    (
        "blind comparison/blind test/blind vote/blind mode",
        "In a blind comparison the names of the models are hidden until you have voted, so that you judge "
        "only the answers.",
        "You find it on the Compare page.",
    ),
    (
        "leaderboard/the leaderboard/a leaderboard",
        "The leaderboard ranks your models by your own votes in Compare.",
        "It stays on your machine.",
    ),
    (
        "hallucination/hallucinations/hallucinating",
        "A hallucination is something a model says with confidence that is not true.",
        "Check important answers, mine above all.",
    ),
    (
        "model card/a model card/the model card",
        "A model card is a page on which the makers of a model say what it is for and what it cannot do.",
        "Discover shows it next to the files.",
    ),
    (
        "branch/a branch/branches/branching",
        "A branch is another version of a chat from one message on; you switch between them with the arrows.",
        "You get one when you edit or regenerate a message.",
    ),
    (
        "engine/the engine/backend/a backend",
        "The engine is the part that runs the model; Orangery uses llama.cpp and runs it in a process of its "
        "own.",
        "Settings shows which one this build has.",
    ),
    (
        "flash attention/flash-attention",
        "Flash attention is a way to calculate attention that needs less memory and is often faster.",
        "The answers stay the same.",
    ),
    (
        "attention/self-attention/the attention",
        "Attention is how a model decides which earlier tokens matter for the next one.",
        "It is why a long context costs time and memory.",
    ),
    (
        "transformer/a transformer/transformers",
        "A transformer is the kind of neural network that nearly all language models use today.",
        "I am a very small one.",
    ),
    (
        "neural network/a neural network/neural net",
        "A neural network is a calculation with many adjustable numbers that learns from examples.",
        "A language model is one of them.",
    ),
    (
        "speculative decoding/draft model/a draft model",
        "In speculative decoding a small model guesses ahead and the large one checks, which can make writing "
        "faster.",
        "The answers stay the same.",
    ),
    (
        "batch size/batch/a batch",
        "The batch size is how many tokens are read in one go.",
        "A larger batch reads prompts faster and needs more memory.",
    ),
    (
        "threads/thread count/cpu threads/number of threads",
        "Threads are how many processor cores work on the model at the same time.",
        "More than your real cores rarely helps.",
    ),
    (
        "mmap/memory mapping/memory-mapped",
        "With mmap a model file is read straight from the disk as needed, so that it loads faster.",
        "The system can free that memory again.",
    ),
    (
        "JSON/json format",
        "JSON is a simple text format for data, with names and values in curly brackets.",
        "Benchmarks can check whether a model answers in correct JSON.",
    ),
    (
        "ChatML/chatml",
        "ChatML is a chat template that marks each message with its role, and the one that I use.",
        "Many other models use it too.",
    ),
    (
        "vision model/a vision model/multimodal/a multimodal model",
        "A vision model can read pictures as well as text.",
        "I can only read text.",
    ),
    (
        "jobs drawer/the jobs drawer/jobs/the jobs list",
        "The jobs drawer on the right shows downloads, quantizations and benchmarks, with their progress.",
        "You open it with the jobs button below the left rail.",
    ),
    (
        "command palette/the command palette/palette/the palette",
        "The command palette, Ctrl+K, finds any model, chat, page or action by its name.",
        "Type a few letters and press Enter.",
    ),
    (
        "machine meter/the machine meter",
        "The machine meter shows how much RAM, VRAM and disk is used by Orangery, used by others, and free.",
        "It is at the bottom of the left rail.",
    ),
)
