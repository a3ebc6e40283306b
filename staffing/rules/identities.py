"""Identity numbers and telephones as they are kept and shown: a keyed hash, and masks."""

from __future__ import annotations

import hashlib
import hmac


def hashed(number: str, key: str) -> str:
    """The keyed hash (HMAC-SHA-256, hex) by which a number is found again; '' for none."""
    if not number:
        return ""
    return hmac.new(key.encode(), number.encode(), hashlib.sha256).hexdigest()


def masked(number: str) -> str:
    """What pages show of an identity number: its last four characters; '' for none."""
    return f"{'*' * 14}{number[-4:]}" if number else ""


def masked_phone(number: str) -> str:
    """What pages show of a telephone number: 138****1234, *******234 of a landline; '' for none."""
    if len(number) == 11 and number.startswith("1"):
        return f"{number[:3]}****{number[-4:]}"
    return f"{'*' * max(0, len(number) - 3)}{number[-3:]}" if number else ""
