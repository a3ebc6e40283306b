"""Rules for passwords, each with the sentence that says how to meet it."""

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

KINDS = {
    "小写字母": re.compile(r"[a-z]"),
    "大写字母": re.compile(r"[A-Z]"),
    "数字": re.compile(r"[0-9]"),
    "符号": re.compile(r"[^A-Za-z0-9\s]"),
}
CONTEXT_WORDS = (
    "liaocheng",
    "beilun",
    "dongchangfu",
    "shequ",
    "minzheng",
    "社区",
    "民政",
    "聊城",
    "北仑",
)


class LengthValidator:
    def __init__(self, min_length: int = 12, max_length: int = 128) -> None:
        self.min_length = min_length
        self.max_length = max_length

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < self.min_length:
            raise ValidationError(
                f"密码只有{len(password)}位。加长到{self.min_length}位以上", code="too_short"
            )
        if len(password) > self.max_length:
            raise ValidationError(
                f"密码有{len(password)}位。缩短到{self.max_length}位以内", code="too_long"
            )

    def get_help_text(self) -> str:
        return f"{self.min_length}位以上"


class KindsValidator:
    def __init__(self, least: int = 3) -> None:
        self.least = least

    def validate(self, password: str, user: Any = None) -> None:
        missing = [name for name, pattern in KINDS.items() if not pattern.search(password)]
        present = len(KINDS) - len(missing)
        if present < self.least:
            raise ValidationError(
                f"密码只有{present}类字符。再加上{'、'.join(missing)}中的{self.least - present}类",
                code="too_few_kinds",
            )

    def get_help_text(self) -> str:
        return f"{'、'.join(KINDS)}中至少{self.least}类"


class ContextValidator:
    """Refuse passwords that hold the person's, the office's or the place's own words."""

    def validate(self, password: str, user: Any = None) -> None:
        lower = password.lower()
        for word in self.words(user):
            if word in lower:
                raise ValidationError(f"密码里有“{word}”，容易猜到。去掉它", code="context_word")

    def words(self, user: Any) -> list[str]:
        own = [
            str(getattr(user, name, "") or "") for name in ("username", "display_name", "office")
        ]
        code = str(getattr(user, "scope", "") or "")
        if len(code) >= 4:
            own.append(code)
        return [word.lower() for word in (*own, *CONTEXT_WORDS) if len(word) >= 2]

    def get_help_text(self) -> str:
        return "不含用户名、姓名、单位和地名"


class CommonValidator(CommonPasswordValidator):
    """Refuse passwords of the common list, also with digits or signs put around them."""

    def validate(self, password: str, user: Any = None) -> None:
        core = re.sub(r"^[^a-z]+|[^a-z]+$", "", password.lower())
        if password.lower().strip() in self.passwords or (len(core) > 3 and core in self.passwords):
            raise ValidationError("密码太常见，容易猜到。换成几个不相关的词", code="common")

    def get_help_text(self) -> str:
        return "不是常见密码"
