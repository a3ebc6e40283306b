"""What people type of communities, checked: credit codes."""

import re

from django.core.exceptions import ValidationError

# GB 32100-2015: no I, O, S, V, Z
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_check_character(first: str) -> str:
    """Return the 18th character that belongs to the first 17 of a credit code."""
    total = sum(ALPHABET.index(sign) * weight for sign, weight in zip(first, WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def check_credit_code(code: str) -> None:
    """Refuse what is not a unified social credit code (GB 32100-2015).

    Raises ValidationError with a message for the user.
    """
    if len(code) != 18:
        raise ValidationError(f"统一社会信用代码“{code}”是{len(code)}位。应为18位，照登记证书填写")
    wrong = sorted(set(code) - set(ALPHABET))
    if wrong:
        raise ValidationError(
            f"统一社会信用代码里有“{'、'.join(wrong)}”。只用数字和大写字母，不含I、O、S、V、Z"
        )
    if not re.fullmatch(r"[0-9]{6}", code[2:8]):
        raise ValidationError(f"统一社会信用代码第3至8位“{code[2:8]}”应为6位数字的区划代码")
    if (expected := credit_check_character(code[:17])) != code[17]:
        raise ValidationError(
            f"统一社会信用代码末位校验不符：写的是{code[17]}，按前17位应为{expected}。逐位核对证书"
        )
