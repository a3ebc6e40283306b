"""What follows from a community's official name: short name, kind, initials, search pairs."""

import re
from functools import lru_cache
from typing import NamedTuple

from communities.choices import CommitteeKind
from communities.models import Community
from communities.querysets import grams

VILLAGERS = re.compile(r"村民|村委")
RESIDENTS = re.compile(r"居委会|居民委员会|社区")
RESIDENTS_ENDING = re.compile(r"(居民委员会|居委会|居委)$")
VILLAGERS_ENDING = re.compile(r"村?(村民委员会|村民委员|村委会|村委)$")


def committee_kind(name: str) -> CommitteeKind:
    """Return which committee a name stands for; the digits of a code do not tell.

    A name with neither word (生活区, 嘎查 …) counts as a village, so that nothing becomes an urban
    community by mistake.
    """
    if RESIDENTS.search(name) and not VILLAGERS.search(name):
        return CommitteeKind.RESIDENTS
    return CommitteeKind.VILLAGERS


def short_name(name: str) -> str:
    """Return the name as people say it: 古城社区居委会 is 古城社区, 大路村委会 is 大路村."""
    village = VILLAGERS_ENDING.sub("村", name)
    return RESIDENTS_ENDING.sub("", village) or name


def initials(text: str) -> str:
    """Return the first letters of the pinyin of a short name: 古城社区 is gcsq."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 (a third of every program's start)

    parts = lazy_pinyin(text, style=Style.FIRST_LETTER)
    letters = (letter for part in parts for letter in part)
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum()).lower()


def search_grams(short: str, letters: str) -> list[str]:
    """Return the pairs by which a community is found: of its short name and its initials."""
    return sorted({*grams(short), *grams(letters)})


class Described(NamedTuple):
    """The columns of a community that follow from its name."""

    name: str
    short_name: str
    initials: str
    committee_kind: str
    search_grams: list[str]


NAME_COLUMNS = Described._fields


@lru_cache(maxsize=100_000)
def described(name: str) -> Described:
    """Return the columns that follow from a name; the one place where they are made."""
    short = short_name(name)
    letters = initials(short)
    return Described(name, short, letters, committee_kind(name).value, search_grams(short, letters))


def describe(community: Community, name: str) -> None:
    """Give a community its name and the columns that follow from it; not saved."""
    for column, value in described(name)._asdict().items():
        setattr(community, column, value)
