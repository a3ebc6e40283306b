"""What of an identity number or telephone in a file may be kept: a mask and a keyed hash.

The number itself is read, hashed and forgotten; a telephone waits sealed until its row is taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError

from collection.rules.reading import NULLS
from collection.services.matching import SCIENTIFIC
from collection.services.upload_kinds import Cell, Sealed
from communities.typed import MOBILE_WITHIN, check_no_identity_number
from staffing.rules.identities import hashed, masked, masked_phone
from staffing.typed import born_in_of, identity_number, phone_number, sex_of

MASKED_IDENTITY: Final = re.compile(r"\*{14}[0-9]{3}[0-9X]")
MASKED_PHONE: Final = re.compile(r"[0-9]{3}\*{4}[0-9]{4}|\*+[0-9]{3}")
SHORTEST: Final = 11
MOBILE_SAID: Final = "里面有手机号。删去，电话写在“联系电话”列"
# numbers of certificates may look like telephones
NUMBERED: Final = frozenset({"registration_no", "certificate_no", "code"})


class Identity(NamedTuple):
    """What a cell of an identity number tells: keyed hash, mask, month of birth, sex."""

    hmac: str
    mask: str
    born_in: str
    sex: str


NO_IDENTITY: Final = Identity("", "", "", "")


def sealer(readers: dict[str, Callable[[str], Sealed]]) -> Callable[[str, str], Sealed]:
    """What stands for a text of a file: `readers` for sealed fields, others are looked through.

    A text in which an identity number or a mobile telephone stands is not kept.
    """

    def seal(name: str, text: str) -> Sealed:
        if name in readers:
            return readers[name](text)
        return Sealed(open_text(name, text))

    return seal


def open_text(name: str, text: str) -> Cell:
    """A text that is kept as it is, or what is wrong with it."""
    if len(text) < SHORTEST:
        return text
    try:
        check_no_identity_number(text)
    except ValidationError:
        return ["", "里面有居民身份证号。删去，身份证号写在“身份证号”列"]
    if name not in NUMBERED and MOBILE_WITHIN.search(unicodedata.normalize("NFKC", text)):
        return ["", MOBILE_SAID]
    return text


def seal_identity(text: str) -> Sealed:
    """An identity number as it is kept; its own mask stays and says that nothing changes."""
    if text in NULLS:
        return Sealed("")
    plain = text.strip().upper()
    if MASKED_IDENTITY.fullmatch(plain):
        return Sealed(plain)
    if "*" in plain:
        return Sealed(["", "身份证号里有*。照证件填写18位，或空着不变"])
    if SCIENTIFIC.fullmatch(plain):
        return Sealed(["", "身份证号成了科学记数，这一列应设为文本格式，照证件重新填写"])
    try:
        number = identity_number(text)
    except ValidationError as error:
        return Sealed(["", str(error.messages[0])])
    kept = [
        masked(number),
        "",
        hashed(number, settings.IDENTITY_KEY),
        f"{born_in_of(number):%Y-%m}",
        sex_of(number),
    ]
    return Sealed(kept)


def seal_phone(text: str) -> Sealed:
    """A telephone as it is kept, and the number that waits."""
    if text in NULLS:
        return Sealed("")
    if MASKED_PHONE.fullmatch(text.strip()):
        return Sealed(text.strip())
    if "*" in text:
        return Sealed(["", "电话里有*。写完整的号码，或空着不变"])
    try:
        number = phone_number(text)
    except ValidationError as error:
        return Sealed(["", str(error.messages[0])])
    return Sealed([masked_phone(number), "", phone_hash(number)], number)


def phone_hash(number: str) -> str:
    """The keyed hash by which two telephones are compared."""
    return hashed(f"phone {number}", settings.IDENTITY_KEY)


def identity_in(cell: Cell) -> Identity:
    """What a kept cell of an identity number tells."""
    if isinstance(cell, list) and len(cell) > 2:
        mask, _, hmac, born_in, sex = cell
        return Identity(hmac, mask, born_in, sex)
    return Identity("", cell, "", "") if isinstance(cell, str) else NO_IDENTITY


def phone_in(cell: Cell) -> tuple[str, str]:
    """The keyed hash and the mask of a kept telephone; '' and '' where nothing is said."""
    return (cell[2], cell[0]) if isinstance(cell, list) and len(cell) > 2 else ("", "")
