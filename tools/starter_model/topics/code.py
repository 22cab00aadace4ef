"""A few short programs, so that code blocks can be seen."""

from __future__ import annotations

import random

from ..grammar import Turn, pick, roughen, say

HELLO: tuple[tuple[str, str, str], ...] = (
    ("Python", "python", 'print("Hello, world!")'),
    ("JavaScript", "javascript", 'console.log("Hello, world!");'),
    ("C", "c", '#include <stdio.h>\n\nint main(void) {\n    printf("Hello, world!\\n");\n    return 0;\n}'),
    ("Rust", "rust", 'fn main() {\n    println!("Hello, world!");\n}'),
    ("Go", "go", 'package main\n\nimport "fmt"\n\nfunc main() {\n    fmt.Println("Hello, world!")\n}'),
    ("Bash", "bash", 'echo "Hello, world!"'),
    ("HTML", "html", "<!doctype html>\n<title>Hello</title>\n<h1>Hello, world!</h1>"),
)
SNIPPETS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        (
            "a loop",
            "a for loop",
            "a loop from 1 to 10",
            "a program that counts to 10",
            "code that prints the numbers 1 to 10",
            "a loop that counts to ten",
        ),
        "python",
        "for number in range(1, 11):\n    print(number)",
    ),
    (
        (
            "a function that adds two numbers",
            "a function to add two numbers",
            "an add function",
            "a sum function",
            "code that adds two numbers",
            "a simple function",
            "a function",
        ),
        "python",
        "def add(a, b):\n    return a + b\n\n\nprint(add(2, 3))",
    ),
    (
        (
            "code that reverses a string",
            "a function that reverses a string",
            "a function to reverse a string",
            "code to reverse a word",
            "a string reversal",
        ),
        "python",
        'def reverse(text):\n    return text[::-1]\n\n\nprint(reverse("orange"))',
    ),
    (
        (
            "code that reads a file",
            "a program that reads a file",
            "code to read a text file",
            "code to open a file",
            "a script that reads a file line by line",
        ),
        "python",
        'with open("file.txt", encoding="utf-8") as file:\n    for line in file:\n        '
        "print(line.rstrip())",
    ),
    (
        (
            "the Fibonacci numbers",
            "a Fibonacci function",
            "fibonacci",
            "code for the Fibonacci sequence",
            "a program that prints Fibonacci numbers",
        ),
        "python",
        "def fibonacci(count):\n    a, b = 0, 1\n    for _ in range(count):\n        print(a)\n        a, b "
        "= b, a + b\n\n\nfibonacci(10)",
    ),
    (
        (
            "code that sorts a list",
            "a program that sorts a list",
            "code to sort numbers",
            "a sort",
            "a function that sorts a list",
        ),
        "python",
        "numbers = [3, 1, 2]\nprint(sorted(numbers))",
    ),
    (
        (
            "a JSON object with a name and an age",
            "some JSON",
            "a JSON example",
            "an example of JSON",
            "JSON with a name and an age",
            "a person as JSON",
        ),
        "json",
        '{\n  "name": "Ruby",\n  "age": 3\n}',
    ),
    (
        ("a SQL query", "some SQL", "an SQL example", "a select statement"),
        "sql",
        "SELECT name, age\nFROM animals\nWHERE age > 3\nORDER BY name;",
    ),
)
_HELLO = (
    "[write|show me|give me|make] hello world in {l}",
    "[write|show me|give me|make|create] a hello world [program |script |example |]in {l}",
    "hello world in {l}",
    "[can|could] you write [hello world|a hello world program] in {l}?",
    "How do I [write|print] hello world in {l}?",
    "{l} hello world",
    "[write|show me] a [simple|small|short|tiny|first] {l} program",
    "[write|show me|give me] some {l} code",
    "a {l} [program|script] that [says|prints] hello[ world|]",
    "[I want|I need] hello world in {l}",
    "print hello world in {l}",
    "{l} code [example|sample]",
    "What does hello world look like in {l}?",
    "[a|an|show me an] example of {l}[ code|]",
    "code in {l}",
    "[write|make] a program in {l}",
    "[write|show me] code in {l}",
    "how do I say hello in {l} code?",
    "an example program in {l}",
)
_NEXT = ("And in {l}?", "[the same|now] in {l}", "What about {l}?", "And {l}?", "How about {l}?", "in {l}?")
_SNIPPET = (
    "[write|show me|give me|make] {s}",
    "[write|show me|give me|make] {s} in Python",
    "[can|could] you [write|show me|give me] {s}?",
    "{s} in Python",
    "How do I write {s}[ in Python|]?",
    "[I need|I want] {s}",
    "{s}",
    "[write|show me] Python code for {s}",
    "[please |]create {s}",
)


def block(language: str, source: str) -> str:
    """A fenced code block."""
    return f"```{language}\n{source}\n```"


def talk(rng: random.Random) -> list[Turn]:
    """One short program, perhaps in a second language."""
    if rng.random() < 0.42:
        what, language, source = pick(rng, SNIPPETS)
        asked = say(rng, _SNIPPET, s=pick(rng, what))
        if language != "python":
            asked = asked.replace(" in Python", "").replace("Python code for ", "")
        return [(roughen(rng, asked), "Here it is:\n\n" + block(language, source))]
    at = 0 if rng.random() < 0.4 else int(rng.random() * len(HELLO))
    name, language, source = HELLO[at]
    turns = [(roughen(rng, say(rng, _HELLO, l=name)), f"Here it is in {name}:\n\n" + block(language, source))]
    if rng.random() < 0.25:
        name, language, source = pick(rng, HELLO)
        turns.append(
            (roughen(rng, say(rng, _NEXT, l=name)), f"Here it is in {name}:\n\n" + block(language, source))
        )
    return turns
