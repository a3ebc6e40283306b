"""Exact numbers as people write them: 20000, "0.003", "3‰", "5%", "1/300"."""

from __future__ import annotations

import re
from fractions import Fraction

_PLAIN = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,20})?")
_SCALES = {"%": 100, "％": 100, "‰": 1000}


def exact_number(written: str | int) -> Fraction:
    """The exact value of a written number.

    Raises ValueError for anything else: exponents, thousands separators, words.
    """
    if isinstance(written, bool):
        raise ValueError(f"{written!r} is not a number")
    if isinstance(written, int):
        return Fraction(written)
    text, scale = written.strip(), 1
    if text and text[-1] in _SCALES:
        text, scale = text[:-1], _SCALES[text[-1]]
    above, slash, below = text.partition("/")
    if slash:
        if not (_PLAIN.fullmatch(above) and _PLAIN.fullmatch(below)) or Fraction(below) == 0:
            raise ValueError(f"{written!r} is not a number")
        return Fraction(above) / Fraction(below) / scale
    if not _PLAIN.fullmatch(text):
        raise ValueError(f"{written!r} is not a number")
    return Fraction(text) / scale
