"""Which present place each row of a new code list stands for. Pure: no database, no clock.

Level by level, widest first, so that a street whose code changed is known when its communities
are matched. Within a parent: the same code and name, then the same name, then the same place in
the numbering; what is left, by a name that stands once anywhere. What somebody chose comes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from accounts.scope import CITY, COMMUNITY, DISTRICT, STREET
from communities.services.divisions import parent_code
from communities.services.names import short_name

LEVELS = (CITY, DISTRICT, STREET, COMMUNITY)
Names = Mapping[str, str]


def match(present: Names, listed: Names, chosen: Names) -> dict[str, str]:
    """The present code for each listed code that has one; both sides are names by code.

    `chosen` gives present codes for listed ones, '' for none; a code that is not there, or chosen
    twice, counts once at most.
    """
    found: dict[str, str] = {}
    moved: dict[str, str] = {}
    for width in LEVELS:
        level = Level(_of(present, width), _of(listed, width), moved)
        level.choose(chosen)
        for step in (level.same, level.by_name, level.by_short_name, level.by_number):
            step()
        level.anywhere()
        found |= level.found
        moved |= {old: new for new, old in level.found.items()}
    return found


def _of(places: Names, width: int) -> dict[str, str]:
    return {code: name for code, name in places.items() if len(code) == width}


class Level:
    """The places of one level while they are matched; `moved` has the new codes of parents."""

    def __init__(self, present: Names, listed: Names, moved: Names) -> None:
        self.present, self.listed, self.moved = present, listed, moved
        self.found: dict[str, str] = {}
        self.left = dict(present)
        self.open = dict(listed)

    def take(self, new: str, old: str) -> None:
        """Match a listed code with a present one; neither is matched again."""
        self.found[new] = old
        del self.left[old], self.open[new]

    def parent(self, old: str) -> str:
        """The new code of a present place's parent."""
        return self.moved.get(parent_code(old), parent_code(old))

    def choose(self, chosen: Names) -> None:
        """What somebody chose: a present place, or that there is none."""
        for new, old in chosen.items():
            if new not in self.open:
                continue
            if old in self.left:
                self.take(new, old)
            elif not old:
                del self.open[new]

    def same(self) -> None:
        """The same code and name, under the same parent."""
        for new, name in list(self.open.items()):
            if self.left.get(new) == name and self.parent(new) == parent_code(new):
                self.take(new, new)

    def by_name(self) -> None:
        """The same name within a parent, where it stands there once."""
        self._once(lambda old: (self.parent(old), self.present[old]), _place)

    def by_short_name(self) -> None:
        """The same short name within a parent: 居委会 and 居民委员会 are one."""
        self._once(
            lambda old: (self.parent(old), short_name(self.present[old])),
            lambda new, name: (parent_code(new), short_name(name)),
        )

    def by_number(self) -> None:
        """The same place in the numbering of a parent: it has another name now."""
        for old in list(self.left):
            new = self.parent(old) + old[len(parent_code(old)) :]
            if new in self.open:
                self.take(new, old)

    def anywhere(self) -> None:
        """The same short name under another parent, where it stands once among those left."""
        self._once(lambda old: short_name(self.present[old]), lambda new, name: short_name(name))

    def _once(self, of_old: Callable[[str], object], of_new: Callable[[str, str], object]) -> None:
        old = _grouped((of_old(code), code) for code in self.left)
        new = _grouped((of_new(code, name), code) for code, name in self.open.items())
        for sign, codes in new.items():
            if len(codes) == len(old.get(sign, ())) == 1:
                self.take(codes[0], old[sign][0])


def _place(new: str, name: str) -> tuple[str, str]:
    return parent_code(new), name


def _grouped(pairs: Iterable[tuple[object, str]]) -> dict[object, list[str]]:
    groups: dict[object, list[str]] = defaultdict(list)
    for sign, code in pairs:
        groups[sign].append(code)
    return groups
