"""Texts for tests: plain ones, and nasty ones, of which nothing may be lost but what an op edits."""

from __future__ import annotations

PLAIN = (
    "A brown dog runs along the river, and two children watch it from the old stone bridge.",
    "The museum doesn't open before ten o'clock on Sundays, so we walked through the quiet garden first.",
    "I bought 3 apples, a loaf of bread and some cheese. They were fresh! Would you believe that it cost 12.50 in total?",
    "Anna said that she cannot come, because her train was late again and the next one leaves at 18:45.",
)
NASTY = (
    "",
    " ",
    "x",
    "\n\n",
    "ß",
    "Line one.\n\tLine  two \"quoted\" it's e-mail a@b.com $5.00 http://x.y/z?q=1&r=%20",
    "def f(x):\n    return {'a': [1, 2]}  # not a 'comment'?",
    "été déjà vu e\u0301te\u0301 coo\u0308perate Ångström",
    "👩\u200d👩\u200d👧 and 🏳️\u200d🌈 met 👍🏽 at 🇩🇪🇫🇷!",
    "שלום עולם, how are you? مرحبا بالعالم",
    "Привет, мир! Это проверка.",
    "你好，世界。今天天气很好。",
    "नमस्ते दुनिया और क्षत्रिय",
    "안녕하세요 세계",
    "<image> The {name} said: [MASK] costs ${price} at %(place)s, see <a href='x'>y</a>",
    "NOT never no-one isn't can't won't!!! ...why???",
    "a  b\u00a0c\u2003d\te\r\nf\u200bg",
    "\u202eright to left override\u202c",
    "word " * 60,
)
TEXTS = PLAIN + NASTY
