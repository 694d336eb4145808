"""Characters that look alike: those that a text recogniser takes for each other, and those of other scripts that people do.

Each line is a character and what it is taken for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

_MISREAD = """
0 O o D Q 8, 1 l I i 7 |, 2 Z z, 3 8 B E, 4 A 9, 5 S s, 6 b G 8, 7 1 T Y, 8 B 3 0 6, 9 g q 4
A 4 R H, B 8 3 E R, C G ( c O, D O 0 B, E F B 3, F E P, G 6 C O, H N A M, I l 1 | i, J ] I, K X k, L I l, M N H, N H M,
O 0 Q D o, P F R p, Q O 0, R P B K, S 5 8 s, T 7 Y I, U V O u, V U Y v, W VV w, X K x, Y V T y, Z 2 z
a o e d, b h 6 lo, c e o (, d cl a, e c o, f t l, g 9 q y, h b n li, i l j 1, j i ;, k lc x, l 1 I i |, m rn nn, n m h ri,
o 0 c e, p o q, q g 9 p, r n f, s 5 S, t f l +, u v n ii, v u y, w vv uu, x k, y v g, z 2 s
"""
_ALIKE = """
a а α ɑ, b Ь, c с ϲ, d ԁ, e е, f ƒ, g ɡ, h һ, i і, j ј ϳ, k κ, l ӏ, m м, n ո п, o о ο, p р ρ, q ԛ, r г, s ѕ, t т, u υ, v ν ѵ,
w ԝ, x х, y у, z ᴢ
A А Α, B В Β, C С Ϲ, D Ꭰ, E Е Ε, G Ԍ, H Н Η, I І Ι, J Ј, K К Κ, L Ꮮ, M М Μ, N Ν, O О Ο, P Р Ρ, Q Ԛ, R Ꭱ, S Ѕ, T Т Τ, V Ѵ,
W Ԝ, X Х Χ, Y Ү Υ, Z Ζ
"""


def _read(lines: str) -> dict[str, tuple[str, ...]]:
    entries = (entry.split() for entry in lines.replace("\n", ",").split(",") if entry)
    return {own: tuple(others) for own, *others in entries}


@lru_cache(maxsize=1)
def misread() -> Mapping[str, tuple[str, ...]]:
    """Return what a recogniser reads for a character of Latin script."""
    return _read(_MISREAD)


@lru_cache(maxsize=1)
def alike() -> Mapping[str, tuple[str, ...]]:
    """Return characters of other scripts that look like a Latin one, and for them the Latin one."""
    found = _read(_ALIKE)
    back = {other: (own,) for own, others in found.items() for other in others}
    return {**back, **found}
