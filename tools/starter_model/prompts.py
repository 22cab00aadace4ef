"""Two hundred questions in wordings that the training templates do not contain, each with a checker.

A prompt is a topic, the user's messages in order (the model answers each), and patterns that the last answer
must all match, ignoring case. A pattern that starts with ``!`` must not match. ``ITEMS n KIND`` asks for a
list of exactly `n` different things from the named list of ``topics/lists.py``.
"""

from __future__ import annotations

from typing import NamedTuple


class Prompt(NamedTuple):
    """One held-out question."""

    topic: str
    messages: tuple[str, ...]
    patterns: tuple[str, ...]


def _rows(topic: str, *rows: tuple[str | tuple[str, ...], ...]) -> list[Prompt]:
    out = []
    for asked, *patterns in rows:
        messages = (asked,) if isinstance(asked, str) else asked
        out.append(Prompt(topic, messages, tuple(str(p) for p in patterns)))
    return out


_SMALLTALK = _rows(
    "small talk",
    ("Hi there, little model!", "hello|hi\\b"),
    ("A very good morning to you, my friend.", "morning"),
    ("Evening! Lovely to see you.", "good evening|hello"),
    ("And how are you feeling this fine day?", "fine|well"),
    ("Hope you're doing well?", "fine|well|thank"),
    ("Would you mind telling me who I'm dealing with here?", "starter model"),
    ("So what sort of thing are you exactly?", "starter model|program"),
    ("By what name do you go?", "Orangery Starter"),
    ("What were you named by your makers?", "Orangery"),
    ("Give me an overview of your abilities.", "explain.*capitals"),
    ("Which kinds of jobs could you do for me?", "explain.*capitals"),
    ("Who is responsible for creating you?", "makers of Orangery"),
    ("Roughly how many parameters are inside you?", "five million"),
    ("You wouldn't happen to be a real human being?", "program"),
    ("Must I be connected to the internet to use you?", "no network"),
    ("Could I rely on everything you tell me?", "toy|wrong"),
    ("Thanks ever so much for all your help!", "welcome"),
    ("That was really kind of you, thanks.", "welcome|thank you"),
    ("Alright, I'm heading out now, bye for today!", "goodbye|see you"),
    ("It's late, good night then.", "night"),
    ("Let me hear a funny joke.", "orange stop rolling|bulldozer|virus"),
    ("Please compose a little poem for me.", "orange|tree|bright"),
    (("Hello, my name is Wilhelmina.", "Right, so what was my name?"), "Wilhelmina"),
    (("hi, people call me Dorian", "Tell me, what am I called?"), "Dorian"),
    (("I go by the name of Tabitha.", "What is 2 + 2?", "Can you recall my name?"), "Tabitha"),
)

_APP = _rows(
    "Orangery",
    ("Whereabouts in Orangery could I download another model?", "Discover"),
    ("Where might I look up models on Hugging Face?", "Discover"),
    ("Will I be able to tell if a model fits into my memory?", "fit pill|Discover"),
    ("Which screen displays all of the models I already downloaded?", "Library"),
    ("I'm running out of space, how could I delete one of my models?", "Library.*Delete"),
    ("What must I do in order to quantize some model?", "Library.*Quantize"),
    ("My download may be damaged, how do I verify it?", "Verify"),
    ("Where would I see what's inside a GGUF, its metadata and tensors?", "Library.*inspector"),
    ("Where should one go for talking to a model?", "\\bChat\\b"),
    ("In what place is the temperature changed?", "right panel"),
    ("The model keeps on writing, how can I stop it?", "Stop"),
    ("I'd love to regenerate that last answer, how?", "Regenerate"),
    ("Where can my earlier conversations be found?", "list on the left|Chat"),
    ("Any chance to export this conversation to a file?", "Export"),
    ("What would be the way for me to compare three models side by side?", "Compare"),
    ("I'd rather vote without knowing the model names, how?", "Blind"),
    ("How could I measure how quickly a model runs here?", "Bench"),
    ("Where might I load a LoRA onto my model?", "Adapters"),
    ("How can I make the effect of an adapter stronger or weaker?", "fader"),
    ("Where is it possible to watch the progress of my downloads?", "jobs drawer"),
    ("How is the network switched off completely?", "Offline"),
    ("Where does Orangery show which hosts it talked to?", "Settings, Network|ledger"),
    ("Can the app itself speak Polish? Where would I change the language?", "Appearance"),
    ("Where do I put the token for Hugging Face?", "Tokens|Settings"),
    ("How might I connect this app to my Ollama server?", "Connections"),
    ("Could you explain what purpose the Bench page serves?", "Bench measures"),
    ("What would I be doing on the Compare page?", "Compare sends|Compare"),
    (("What is Discover for?", "And what about Library, what's that one for?"), "Library lists"),
    ("Pressing Ctrl+K does what?", "palette"),
    ("Please sum up what Orangery is about.", "language models"),
    ("Which pages can be opened in this app?", "- Discover.*- Settings"),
    ("I've only just arrived, what would be my first step?", "Discover"),
    ("Do my conversations get sent off to somebody?", "stay on this computer"),
)

_TERMS = _rows(
    "terms",
    ("In your own words, what would quantization be?", "fewer bits"),
    ("What's behind the label Q4_K_M on that file?", "4\\.8 bits"),
    ("How good is Q8_0 really, what is it?", "8\\.5 bits"),
    ("Would you kindly say what LoRA stands for in this app?", "add-on"),
    ("Sorry to ask, but what on earth is an adapter?", "LoRA.*base model|small file"),
    ("Somebody said my context is full. What is a context?", "at once"),
    ("What do folks call a token when they speak about models?", "piece of text"),
    ("Could you shed some light on GGUF for me?", "file format"),
    ("VRAM, hmm, what would that be?", "memory of the graphics card"),
    ("What would RAM be, then?", "main memory"),
    ("How would you put temperature into words?", "freely|likeliest"),
    ("Tell a newcomer what top-k does, please.", "k likeliest"),
    ("Would you tell me the purpose of min-p?", "less likely"),
    ("There is a field for the seed; what's it there for?", "random choices"),
    ("What effect has the repeat penalty?", "less likely"),
    ("Please describe in a few words what a benchmark is.", "test that measures"),
    ("KV cache: no clue, can you explain?", "worked out"),
    ("When a model has 7B parameters, what are parameters?", "numbers a model has learned"),
    ("So what would a language model be, basically?", "predict the next token"),
    ("How does one explain a base model?", "learned to chat|adapter was made"),
    ("What is going on when people talk of fine-tuning?", "own examples"),
    ("TTFT is shown under my answer. What could it mean?", "first piece|first token"),
    ("I stumbled over the word inference, what is it?", "running a model"),
    ("Could you briefly say what Hugging Face is?", "website"),
    ("Ollama - a program, a site, what is it?", "ready-made models"),
    ("I'd be glad to hear what a checksum is.", "fingerprint"),
    ("Could you help with the notion of a chat template?", "put together"),
    ("MoE shows up in a model's name, what might it be?", "experts"),
    ("What on earth are embeddings?", "list of numbers"),
    ("For what reason do models have a licence, what is it?", "what you may do"),
    ("Perplexity, could you describe that one?", "surprised"),
    ("What might a stop string be good for?", "stops writing"),
    (("What is a token?", "Interesting! And GGUF, what would that be?"), "file format"),
    (("What is VRAM?", "I see. Could you say a little more about that?"), "RAM.*slowly"),
    (("Explain LoRA", "Good to know. And what would be a seed then?"), "random choices"),
)

_CAPITALS = _rows(
    "capitals",
    ("Would you happen to know the capital of Portugal?", "Lisbon"),
    ("For a crossword: the capital of Norway is which city?", "Oslo"),
    ("My homework asks for the capital of Hungary.", "Budapest"),
    ("I'm curious, what might the capital of Canada be?", "Ottawa"),
    ("Australia's capital, which one is it?", "Canberra"),
    ("Which place do people in Japan call their capital?", "Tokyo"),
    ("Let me know the capital of Kenya, would you?", "Nairobi"),
    ("What's the seat of government in Greece, I mean the capital?", "Athens"),
    ("Got any idea which city is Egypt's capital?", "Cairo"),
    ("The capital of Poland would be?", "Warsaw"),
    ("I keep forgetting which city is the capital of Turkey.", "Ankara"),
    ("Capital city for Argentina, please?", "Buenos Aires"),
    ("In Sweden, what is the capital called?", "Stockholm"),
    ("brazil's capital is what again", "Brasilia"),
    ("What would one name as capital of the Netherlands?", "Amsterdam"),
    ("Helsinki happens to be the capital of which country?", "Finland"),
    ("Lima is which country's capital city?", "Peru"),
    (("What is the capital of France?", "and what of Italy, then?"), "Rome"),
    (("What is the capital of Germany?", "Okay then, and what would it be for Spain?"), "Madrid"),
    (("capital of Austria?", "Good. And Denmark, how about that one?"), "Copenhagen"),
    (("What is the capital of Romania?", "And of Iceland?", "Fine, and of Ireland as well?"), "Dublin"),
    (("Hello!", "What is the capital of Belgium?", "And what do we say for Switzerland?"), "Bern\\b"),
    (("Name the capital of Thailand.", "Same question, but for Vietnam."), "Hanoi"),
    (("What is 3 + 4?", "Thanks. Now which is the capital of Mexico?"), "Mexico City"),
)

_SUMS = _rows(
    "sums",
    ("Quick, how much would 6 + 7 be?", "\\b13\\b"),
    ("Tell me the answer to 14 + 5, please", "\\b19\\b"),
    ("Would you add up 9 and 8?", "\\b17\\b"),
    ("If you put 12 and 11 together, you get?", "\\b23\\b"),
    ("3 and 16 make how many?", "\\b19\\b"),
    ("so 20 + 20 would be", "\\b40\\b"),
    ("What would be the sum if I took 15 and 4?", "\\b19\\b"),
    ("seven plus six comes to?", "\\b13\\b"),
    ("Eleven plus nine, how much is it?", "\\b20\\b"),
    ("Anna owns 8 pens and gets 5 more. How many pens has she?", "\\b13\\b"),
    ("18 minus 9 would be what?", "\\b9\\.|= 9\\b"),
    ("Take 6 away from 14, what remains?", "= 8\\b"),
    ("How much remains of 17 - 4?", "\\b13\\b"),
    ("twenty minus three makes?", "\\b17\\b"),
    ("Would you multiply 6 by 4?", "\\b24\\b"),
    (("What is 7 + 5?", "and after adding 3?"), "\\b15\\b"),
    (("4 + 4", "okay, and when you add 6 more?"), "\\b14\\b"),
    (("What is 10 + 9?", "Take 5 off that again."), "\\b14\\b"),
    (("How much is 11 + 6?", "Good, next add 2.", "And now minus 4, please."), "\\b15\\b"),
    ("Can you solve 345 + 612 for me?", "too big"),
)

_LISTS = _rows(
    "lists",
    ("Could you come up with three different fruits?", "ITEMS 3 fruits"),
    ("I'd like to see five colours, please", "ITEMS 5 colours"),
    ("Four vegetables as a list would be nice.", "ITEMS 4 vegetables"),
    ("Please list a total of three animals for me", "ITEMS 3 animals"),
    ("Would you name me two musical instruments?", "ITEMS 2 musical instruments"),
    ("What four trees can you think of?", "ITEMS 4 trees"),
    ("Let me see a list containing three programming languages.", "ITEMS 3 programming languages"),
    ("Got six birds for me?", "ITEMS 6 birds"),
    ("Say all seven days in a week", "Monday.*Wednesday.*Sunday"),
    ("Would you write the months of a year for me?", "January.*June.*December"),
    ("Which four seasons does a year have?", "Spring.*Summer.*Autumn.*Winter"),
    ("Let me have all the planets, please.", "Mercury.*Earth.*Neptune"),
    ("Would you please count from one up to ten?", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10$"),
    (("Name three fruits", "and three others, please"), "Pear.*Cherry.*Plum"),
)

_SPELLING = _rows(
    "spelling",
    ("What letters do I need to write giraffe?", "g - i - r - a - f - f - e\\b"),
    ("Would you be able to spell banana?", "b - a - n - a - n - a\\b"),
    ("Give me every letter of the word window.", "w - i - n - d - o - w\\b"),
    ("I'm unsure about the spelling of necessary", "n - e - c - e - s - s - a - r - y\\b"),
    ("How would one spell the word library?", "l - i - b - r - a - r - y\\b"),
    ("Let's spell rocket together", "r - o - c - k - e - t\\b"),
    ("Help me spell elephant.", "e - l - e - p - h - a - n - t\\b"),
    ("Which letters does the word bridge consist of?", "b - r - i - d - g - e\\b"),
    ("Spell me the word 'harbour'", "h - a - r - b - o - u - r\\b"),
    ("please spell out the word planet for my kid", "p - l - a - n - e - t\\b"),
    ("Would you spell lantern letter after letter?", "l - a - n - t - e - r - n\\b"),
    (("Spell cat", "Good, and then the word dog?"), "d - o - g\\b"),
)

_STORIES = _rows(
    "stories",
    ("I'd be happy to hear a tale of a fox named Ruby.", "Ruby", "fox", "(\\.[^.]*){4}"),
    (
        "Would you make up something about a hedgehog who is called Bruno?",
        "Bruno",
        "hedgehog",
        "(\\.[^.]*){4}",
    ),
    ("Bedtime! A story with a bear named Tulip would be great.", "Tulip", "bear", "(\\.[^.]*){4}"),
    ("Let me read a short tale featuring an owl named Zephyr.", "Zephyr", "owl", "(\\.[^.]*){4}"),
    (
        "Can I get a small story about a rabbit whose name is Clementine?",
        "Clementine",
        "rabbit",
        "(\\.[^.]*){4}",
    ),
    ("Think of a story where the main character is a turtle named Gus.", "Gus", "turtle", "(\\.[^.]*){4}"),
    ("We'd love a little story of a penguin called Pavel", "Pavel", "penguin", "(\\.[^.]*){4}"),
    ("What about a story for my niece, with a mouse called Minka in it?", "Minka", "mouse", "(\\.[^.]*){4}"),
    (
        ("Tell me a story about a cat named Simon.", "Nice one! Another one, but with a fox named Ruby."),
        "Ruby",
        "fox",
        "!Simon",
    ),
    (("Tell me a story about a wolf named Karla.", "Lovely. And what was the wolf's name again?"), "Karla"),
    (
        ("Write a story about a duck named Otis.", "And now one where a horse named Bella is the hero?"),
        "Bella",
        "horse",
        "!Otis",
    ),
    ("Please tell us any story you like.", "(\\.[^.]*){4}"),
)

_POLISH = _rows(
    "Polish",
    ("Cześć, mały modelu!", "Cześć"),
    ("Dzień dobry, miło pana poznać.", "Dzień dobry|Cześć"),
    ("Czy możesz powiedzieć, kim jesteś?", "modelem startowym"),
    ("Powiedz mi, jak się właściwie nazywasz", "Orangery Starter"),
    ("W czym mógłbyś mi dziś pomóc?", "Umiem"),
    ("Serdecznie dziękuję za pomoc!", "Proszę"),
    ("No to do widzenia, do jutra!", "Do widzenia|zobaczenia"),
    ("Proszę, wyjaśnij mi pojęcie LoRA", "mały dodatek"),
    ("Chciałbym wiedzieć, co to jest token.", "kawałek tekstu"),
    ("Czym w zasadzie jest kwantyzacja?", "mniejszej liczbie bitów"),
    ("Jakie miasto jest teraz stolicą Francji?", "Paryż"),
    ("Proszę podać stolicę Hiszpanii", "Madryt"),
    (("Jaka jest stolica Polski?", "A stolica Włoch to jakie miasto?"), "Rzym"),
    ("Ile będzie 5 plus 6?", "\\b11\\b"),
)

_CODE = _rows(
    "code",
    ("Could I see a hello world written in Python?", "```python\\nprint\\("),
    ("Would you be so kind to write a tiny Rust program?", "```rust.*fn main"),
    ("Let me see how a loop looks like in Python, please", "```python\\nfor "),
)

_UNKNOWN = _rows(
    "out of reach",
    ("Could you tell me who won last night's football match?", "don't know"),
    ("I wonder what tomorrow's weather in Berlin will be like", "don't know"),
    ("Which recipe would you use for an apple pie?", "don't know"),
    ("Teach me all about quantum computers and their history", "don't know"),
    ("What did Napoleon do after he lost at Waterloo?", "don't know"),
    ("How many goals did Pele score in his life?", "don't know"),
    ("What's a good treatment for a sore throat?", "don't know"),
    ("Who directed the film Casablanca?", "don't know"),
)

PROMPTS: tuple[Prompt, ...] = (
    *_SMALLTALK,
    *_APP,
    *_TERMS,
    *_CAPITALS,
    *_SUMS,
    *_LISTS,
    *_SPELLING,
    *_STORIES,
    *_POLISH,
    *_CODE,
    *_UNKNOWN,
)
"""All two hundred, topic by topic."""
