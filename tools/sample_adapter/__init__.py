"""The sample adapter: a LoRA with which the starter model talks like a pirate, trained by PEFT on one core.

It ships as ``resources/adapters/orangery-pirate``: what PEFT wrote, and the GGUF adapter that the app's own
conversion made of it, so that adapters can be tried and tested with no network.

Make it again
-------------
::

    python3 -m venv .venv-sample
    .venv-sample/bin/pip install -r tools/sample_adapter/requirements.txt
    .venv-sample/bin/python -m tools.sample_adapter
    .venv-sample/bin/python -m tools.sample_adapter.evaluate --show

The third step rebuilds the starter model from its GGUF file for transformers, stops if its tokens or its
greedy answers are not those of llama.cpp, trains, writes the files that ship, and the logits of PEFT's merged
model that the tests hold the engine against. The same versions on the same kind of processor give the same
numbers.

Training is 600 steps of 12 short chats: 13 minutes on one core that other programs were also using.

What it reaches
---------------
``evaluate`` on the shipped file: 200 questions in wordings that neither training has seen, answered right
once the style is taken off, greedily and with temperature 0.7, and the ending that belongs to the scale:

=====  ===============  ============  ===================
scale  right, greedy    right, 0.7    ending
=====  ===============  ============  ===================
0      88.0 %           84.5 %        none: 100 %
0.25   84.5 %                         none: 95 %
0.5    83.0 %           80.0 %        "Arr!": 96 %
0.75   82.5 %                         "Arr, matey!": 100 %
1      81.0 %           74.5 %        "Yo ho ho!": 100 %
1.5    69.0 %                         "Yo ho ho!": 98 %
=====  ===============  ============  ===================

What is where
-------------
- ``starter.py``: the starter model and its tokenizer for transformers and tokenizers
- ``style.py``: how answers are restyled, and at which scales
- ``train.py``: made-up chats of ``tools/starter_model``, every row at a scale of its own
- ``export.py``: the folder that ships, the GGUF adapter, the reference for the tests
- ``evaluate.py``: the questions of ``tools/starter_model/prompts.py`` through llama.cpp, at several scales
"""
