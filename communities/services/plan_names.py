"""What the name of a community may be that a plan gives one; imported names are as they are."""

from __future__ import annotations

import re

from communities.services.rows import name_mistake, shown

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
BETWEEN_HAN = re.compile(rf"(?<=[{HAN}（）·])\s+(?=[{HAN}（）·])")
WRONG_SIGNS = re.compile(rf"[^{HAN}〇A-Za-z0-9（）·]+")
ENDINGS = ("居民委员会", "居委会", "社区", "村民委员会", "村委会")


def clean_name(text: str) -> str:
    """A typed name without blanks between 汉字, its brackets full-width."""
    return BETWEEN_HAN.sub("", text.strip().replace("(", "（").replace(")", "）"))


def bare(name: str) -> str:
    """A name as it is compared with others: without blanks."""
    return re.sub(r"\s+", "", name)


def new_name_mistake(name: str) -> str:
    """What is wrong with a name that a plan gives a community, or ''."""
    if message := name_mistake(name):
        return message
    if re.search(r"\s", name):
        return f"名称“{shown(name)}”中间有空格。去掉空格"
    if wrong := WRONG_SIGNS.search(name):
        return f"名称里的“{shown(wrong[0])}”不能用。只用汉字、字母、数字、（）和·"
    if not name.endswith(ENDINGS):
        return f"名称“{shown(name)}”不是全称。以{'、'.join(ENDINGS)}结尾"
    if name in ENDINGS:
        return f"名称只有“{name}”。写全称，如：古城社区居委会"
    return ""
