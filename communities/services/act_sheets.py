"""The form of a change act as it is typed, and the plan that it means; nothing is read or written.

A sheet holds texts by name: `successors` the keys of new ones (s1 s2 …; c<community> is one that
goes on), for each key -community, -code, -name, -area, -households and the four sides;
fate-<community> (end or keep, of abolish), flow-<community>-<key>, estate-<part>, grid-<part>,
`to` the street of new codes.
An empty code is that of the community that goes on, or the next free one; one empty flow of a
community is the rest of its households.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from communities.choices import ActKind
from communities.selectors.act_sources import SIDES, Source
from communities.services.names import short_name
from communities.services.plan_checks import Mistake
from communities.services.plan_names import clean_name
from communities.services.plans import Flow, Plan, Successor

# kinds in which households move, and how many communities each kind is about
MOVING = {
    ActKind.ESTABLISH,
    ActKind.RESCALE,
    ActKind.MERGE,
    ActKind.SPLIT,
    ActKind.ABOLISH,
    ActKind.REOPEN,
}
FEWEST = {ActKind.ESTABLISH: 0, ActKind.RESCALE: 2, ActKind.MERGE: 2}
# kinds with communities that are new, or may be
MAKING = {ActKind.ESTABLISH, ActKind.MERGE, ActKind.SPLIT, ActKind.REOPEN}
ONE_ONLY = {ActKind.SPLIT}
# kinds whose new community may hold households that belonged to nobody
NEW_HOUSING = {ActKind.ESTABLISH, ActKind.REOPEN}
MOST_SOURCES = 20
MOST_SUCCESSORS = 9
AREA = re.compile(r"[0-9]{1,5}(\.[0-9]{1,4})?")
COUNT = re.compile(r"[0-9]{1,8}")


def plain(text: str) -> str:
    """A typed number or code without blanks and commas, full-width signs made plain."""
    return re.sub(r"[\s,]+", "", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class Sheet:
    """What is typed for an act about some communities; `free` are codes for new ones, in order."""

    kind: ActKind
    sources: tuple[Source, ...]
    typed: dict[str, str]
    free: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """What is typed in a field; '' for none."""
        return self.typed.get(name, "").strip()

    @property
    def keys(self) -> list[str]:
        """The keys of the communities after the act: those that go on, then the others."""
        kept = [one for one in self.sources if self.stays(one)]
        new = self.text("successors").split()[:MOST_SUCCESSORS]
        return [*(f"c{one.pk}" for one in kept), *(new if self.kind in MAKING else [])]

    def stays(self, source: Source) -> bool:
        """Whether a community goes on as itself; in a merger and a split it is said at the new."""
        if self.kind == ActKind.ABOLISH:
            return self.text(f"fate-{source.pk}") == "keep"
        if self.kind == ActKind.REOPEN:
            return source.ended_on is None
        return self.kind not in (ActKind.MERGE, ActKind.SPLIT)

    def goes_on(self, key: str) -> Source | None:
        """The community that a successor is the continuation of, or None for a new one."""
        typed = key[1:] if key.startswith("c") else self.text(f"{key}-community")
        return next((one for one in self.sources if str(one.pk) == typed), None)

    def code(self, key: str) -> str:
        """The code of a successor: typed, else its own, else the next free one ('' for none)."""
        typed = plain(self.text(f"{key}-code"))
        source = self.goes_on(key)
        if typed or (source and self.kind != ActKind.TRANSFER):
            return typed or (source.code if source else "")
        unnamed = [
            one
            for one in self.keys
            if not plain(self.text(f"{one}-code"))
            and (self.kind == ActKind.TRANSFER or not self.goes_on(one))
        ]
        named = {plain(self.text(f"{one}-code")) for one in self.keys}
        left = [code for code in self.free if code not in named]
        place = unnamed.index(key)
        return left[place] if place < len(left) else ""

    def name(self, key: str) -> str:
        """The name of a successor: typed, else its own ('' for none)."""
        source = self.goes_on(key)
        return clean_name(self.text(f"{key}-name")) or (source.name if source else "")

    def without_change(self) -> list[Mistake]:
        """What a renaming lacks in which no community gets another name: it is none."""
        kept = [(key, source) for key in self.keys if (source := self.goes_on(key))]
        if self.kind != ActKind.RENAME or any(self.name(key) != one.name for key, one in kept):
            return []
        return [
            Mistake(f"successor:{key}", f"名称仍是“{one.name}”。填新的名称") for key, one in kept
        ]

    def targets(self, source: Source) -> list[str]:
        """The successors that may get households of a community."""
        if self.kind not in MOVING:
            return []
        own = [key for key in self.keys if self.goes_on(key) == source]
        if self.kind == ActKind.REOPEN and not own:
            return []
        if self.kind in NEW_HOUSING:
            return own + [key for key in self.keys if self.goes_on(key) is None]
        return own if own and self.kind == ActKind.ABOLISH else self.keys

    def is_typed(self, source: Source) -> bool:
        """Whether the flows of a community are typed: there is a choice, or nothing to move."""
        targets = self.targets(source)
        return len(targets) > 1 or (bool(targets) and source.households is None)

    def read(self) -> tuple[Plan, list[Mistake]]:
        """The plan that is typed, and what could not be read of it."""
        mistakes: list[Mistake] = []
        successors = tuple(self._successor(key, mistakes) for key in self.keys)
        flows = [flow for source in self.sources for flow in self._flows(source, mistakes)]
        plan = Plan(
            communities=tuple(one.pk for one in self.sources),
            successors=successors,
            flows=tuple(flows),
            estates=self._assigned("estate", lambda one: [part.pk for part in one.estates]),
            grids=self._assigned("grid", lambda one: [part.pk for part in one.grids]),
        )
        return plan, mistakes

    def _successor(self, key: str, mistakes: list[Mistake]) -> Successor:
        source = self.goes_on(key)
        area = plain(self.text(f"{key}-area"))
        if area and not AREA.fullmatch(area):
            words = f"面积“{area[:20]}”不是平方公里数。写成1.25的样子，最多四位小数"
            mistakes.append(Mistake(f"successor:{key}", words))
            area = ""
        return Successor(
            key=key,
            households=None if source else self._new_housing(key, mistakes),
            community=source.pk if source else None,
            code=self.code(key),
            name=self.name(key),
            area_km2=Decimal(area) if area else None,
            boundaries={
                f"boundary_{side}": text for side in SIDES if (text := self.text(f"{key}-{side}"))
            },
        )

    def _new_housing(self, key: str, mistakes: list[Mistake]) -> int | None:
        """Households of a new community that belonged to none, None where nothing is typed."""
        typed = plain(self.text(f"{key}-households")) if self.kind in NEW_HOUSING else ""
        if typed and not COUNT.fullmatch(typed):
            words = f"新建住房户数“{typed[:20]}”不是整数。只写数字，如：800"
            mistakes.append(Mistake(f"successor:{key}", words))
            return None
        return int(typed) if typed else None

    def _flows(self, source: Source, mistakes: list[Mistake]) -> list[Flow]:
        targets = self.targets(source)
        if len(targets) == 1 and source.households is not None:
            return [Flow(source.pk, targets[0], source.households)]
        counts: dict[str, int | None] = {}
        for key in targets:
            typed = plain(self.text(f"flow-{source.pk}-{key}"))
            if typed and not COUNT.fullmatch(typed):
                words = f"{source.short_name}划转户数“{typed[:20]}”不是整数。写成800的样子"
                mistakes.append(Mistake(f"flows:{source.pk}", words))
                return []
            counts[key] = int(typed) if typed else None
        return self._completed(source, counts, mistakes)

    def _completed(
        self, source: Source, counts: dict[str, int | None], mistakes: list[Mistake]
    ) -> list[Flow]:
        """The flows of a community, one empty cell filled with the rest of its households."""
        empty = [key for key, count in counts.items() if count is None]
        given = sum(count for count in counts.values() if count is not None)
        rest = None if source.households is None else source.households - given
        if empty and rest is None:
            words = f"{source.short_name}没有核定户数，划转户数每格都填，没有的填0"
            mistakes.append(Mistake(f"flows:{source.pk}", words))
            return []
        if rest is not None and rest < 0:
            words = (
                f"{source.short_name}划出合计{given:,}户，多于核定的{source.households:,}户。"
                f"减少{-rest:,}户"
            )
            mistakes.append(Mistake(f"flows:{source.pk}", words))
            return []
        if len(empty) > 1 and rest:
            words = f"{source.short_name}有{len(empty)}格没有填。最多空一格，空的一格得其余户数"
            mistakes.append(Mistake(f"flows:{source.pk}", words))
            return []
        filled = {key: (rest or 0) if count is None else count for key, count in counts.items()}
        return [Flow(source.pk, key, count) for key, count in filled.items()]

    def _assigned(self, part: str, parts_of: Callable[[Source], list[int]]) -> dict[int, str]:
        return {
            pk: key
            for source in self.sources
            for pk in parts_of(source)
            if (key := self.text(f"{part}-{pk}")) in self.targets(source)
        }


def starting(
    kind: ActKind,
    sources: tuple[Source, ...],
    free: tuple[str, ...] = (),
    estate: tuple[int, str, int | None] | None = None,
) -> dict[str, str]:
    """What the form holds when it is opened; `estate` is (key, name, households) to establish."""
    largest = max(sources, key=lambda one: one.households or 0, default=None)
    typed = {
        ActKind.ESTABLISH: _establish(sources, free, estate),
        ActKind.RENAME: {f"c{one.pk}-name": one.name for one in sources},
        ActKind.RECODE: {f"c{one.pk}-code": one.code for one in sources},
        ActKind.TRANSFER: {
            f"c{one.pk}-code": code for one, code in zip(sources, free, strict=False)
        },
        ActKind.RESCALE: {
            f"flow-{one.pk}-c{other.pk}": "0"
            for one in sources
            for other in sources
            if one != other
        },
        ActKind.ABOLISH: {
            f"fate-{one.pk}": "keep" if place else "end" for place, one in enumerate(sources)
        },
    }.get(kind, {})
    if kind in MAKING:
        typed["successors"] = "s1 s2" if kind == ActKind.SPLIT else "s1"
    if largest and kind in (ActKind.MERGE, ActKind.SPLIT):
        # no name: it is that of whichever goes on, also when another one is chosen
        typed["s1-community"] = str(largest.pk)
        areas = [one.area_km2 for one in sources]
        if kind == ActKind.MERGE and None not in areas:
            typed["s1-area"] = f"{sum(area for area in areas if area is not None):f}"
    if kind == ActKind.SPLIT and free:
        typed["s2-code"] = free[0]
    ended = next((one for one in sources if one.ended_on), None)
    if kind == ActKind.REOPEN and ended:
        typed |= {"s1-code": ended.code, "s1-name": ended.name}
    return typed


def _establish(
    sources: tuple[Source, ...],
    free: tuple[str, ...],
    estate: tuple[int, str, int | None] | None,
) -> dict[str, str]:
    typed = {"s1-code": free[0]} if free else {}
    if estate:
        pk, name, households = estate
        typed |= {f"estate-{pk}": "s1", "s1-name": f"{name}社区居委会"}
        if households is not None:
            typed |= {f"flow-{one.pk}-s1": str(households) for one in sources}
    return typed


def default_title(kind: ActKind, sources: tuple[Source, ...], plan: Plan) -> str:
    """What an act is called when nobody typed a title; at most 200 characters."""
    before = _some([one.short_name for one in sources])
    after = _some([short_name(one.name) for one in plan.successors])
    reopened = _some([one.short_name for one in sources if one.ended_on])
    new = _some([short_name(one.name) for one in plan.successors if one.community is None])
    ended = _some([one.short_name for one in sources if one.pk in plan.ending])
    return {
        ActKind.ESTABLISH: f"设立{new}",
        ActKind.RENAME: f"{before}更名为{after}" if before != after else f"{before}更名",
        ActKind.RECODE: f"{before}代码变更",
        ActKind.RESCALE: f"{before}规模调整",
        ActKind.TRANSFER: f"{before}划归其他街道",
        ActKind.MERGE: f"{before}合并为{after}",
        ActKind.SPLIT: f"{before}分设为{after}",
        ActKind.ABOLISH: f"撤销{ended}",
        ActKind.REOPEN: f"恢复{reopened}",
    }[kind][:200]


def _some(names: list[str]) -> str:
    return "、".join(names) if len(names) <= 4 else f"{'、'.join(names[:3])}等{len(names)}个社区"
