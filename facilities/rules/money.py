"""Money is counted in whole fen; pure."""

from __future__ import annotations

from decimal import Decimal


def fen(yuan: Decimal | None) -> int:
    """Whole fen of an amount; 0 for none."""
    return int((yuan or Decimal(0)).scaleb(2))


def yuan(fen: int) -> Decimal:
    """Whole fen as yuan with two decimals."""
    return Decimal(fen).scaleb(-2)
