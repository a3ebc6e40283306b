"""The form of a change act's plan: what is typed, and how the page lays it out."""

import re
import uuid
from dataclasses import dataclass, field

from communities.choices import ActKind
from communities.selectors.act_sources import SIDES
from communities.services.act_sheets import (
    FEWEST,
    MAKING,
    MOST_SOURCES,
    MOST_SUCCESSORS,
    MOVING,
    NEW_HOUSING,
    ONE_ONLY,
    Sheet,
)

KEY = r"(?:[cs][0-9]{1,18})"
TYPED = re.compile(
    rf"to|successors|{KEY}-(?:community|code|name|area|households|east|south|west|north)"
    rf"|fate-[0-9]{{1,18}}|flow-[0-9]{{1,18}}-{KEY}|(?:estate|grid)-[0-9]{{1,18}}"
)
NEW_KEYS = re.compile(r"s[0-9]{1,3}")
LONGEST = 2000
# kinds whose successor is one of the communities, or a new one: the form asks which
CHOOSING = (ActKind.MERGE, ActKind.SPLIT)


def typed_in(data):
    """What a posted form holds for the plan, by name."""
    found = {name: data[name][:LONGEST] for name in data if TYPED.fullmatch(name)}
    if "successors" in found:
        keys = NEW_KEYS.findall(found["successors"])
        found["successors"] = " ".join(dict.fromkeys(keys))
    return found


def keys_in(values):
    """The keys of communities in an address or a form, each once."""
    numbers = [int(text) for text in values if re.fullmatch(r"[0-9]{1,18}", text)]
    return list(dict.fromkeys(numbers))


def choice_mistake(kind, sources):
    """What is wrong with the communities that were chosen, or ''."""
    count = len(sources)
    ended = sum(one.ended_on is not None for one in sources)
    if kind == ActKind.REOPEN and ended != 1:
        return f"恢复每次办一个已撤销的社区，现在选了{ended}个。只选一个"
    if kind in ONE_ONLY and count != 1:
        return f"{kind.label}每次办一个社区，现在选了{count}个。只选一个"
    fewest = FEWEST.get(kind, 1)
    if count < fewest:
        return f"{kind.label}至少选{fewest}个社区，现在选了{count}个"
    if count > MOST_SOURCES:
        return f"一次最多选{MOST_SOURCES}个社区，现在选了{count}个。分几次提出"
    return ""


@dataclass
class Box:
    """One text of the form."""

    name: str
    label: str
    value: str
    hint: str = ""
    options: list = field(default_factory=list)


@dataclass
class Block:
    """A part of the form for one community after the act, with its comments and mistakes."""

    key: str
    legend: str
    boxes: list
    mistakes: list
    comment: str
    note: str = ""


class PlanForm:
    """The plan form as its template draws it.

    `mistakes` are Mistake rows, shown beside their items; `comments` those of the last return.
    """

    def __init__(self, sheet: Sheet, *, title, reason, mistakes=(), comments=None, key=None):
        self.sheet = sheet
        self.title, self.reason = title, reason
        self.mistakes = list(mistakes)
        self.comments = comments or {}
        self.key = key or str(uuid.uuid4())

    @property
    def kind(self):
        return self.sheet.kind

    def _said(self, *items):
        return [
            one.message
            for one in self.mistakes
            if one.item in items or one.item.split(":")[0] in items
        ]

    def said(self):
        """Every mistake with the place on the page to which it belongs."""
        return [{"anchor": self._anchor(one.item), "message": one.message} for one in self.mistakes]

    def _anchor(self, item):
        part, _, key = item.partition(":")
        if part == "successor" and key in self.sheet.keys:
            return f"successor-{key}"
        if part in ("estates", "grids"):
            return "parts" if self.parts() else "communities"
        if part in ("reason", "title"):
            return "reason"
        return "flows" if part == "flows" and self.flows() else "communities"

    @property
    def whole_comment(self):
        return self.comments.get("", "")

    @property
    def reason_mistakes(self):
        return self._said("reason", "title")

    @property
    def community_mistakes(self):
        return self._said("communities", "successors", "divisions")

    def successors(self):
        return [self._successor(place, key) for place, key in enumerate(self.sheet.keys, start=1)]

    def _successor(self, place, key):
        source = self.sheet.goes_on(key)
        stays = key.startswith("c")
        legend = source.short_name if stays and source else f"变更后第{place}个社区"
        return Block(
            key,
            legend,
            [
                *([] if stays else self._goes_on(key)),
                *self._designation(key, source if stays else None),
                *self._new_housing(key, source),
                *self._extent(key, source),
            ],
            self._said(f"successor:{key}"),
            self.comments.get(f"successor:{key}", ""),
            f"{source.code}，{source.name}" if stays and source else "",
        )

    def _goes_on(self, key):
        if self.kind not in CHOOSING:
            return []
        chosen = self.sheet.text(f"{key}-community")
        options = [("", "新设", not chosen)] + [
            (str(one.pk), f"沿用{one.short_name}", chosen == str(one.pk))
            for one in self.sheet.sources
        ]
        hint = "沿用的社区历史连续；新设的社区另起"
        return [Box(f"{key}-community", "沿用或新设", chosen, hint, options)]

    def _designation(self, key, source):
        sheet = self.sheet
        boxes = []
        if source is None or self.kind in (ActKind.RECODE, ActKind.TRANSFER):
            hint = f"不填用{sheet.code(key)}" if sheet.code(key) else "12位数字"
            if self.kind in CHOOSING:
                hint = "不填：沿用的用原代码，新设的用下一个空号"
            boxes.append(Box(f"{key}-code", "代码", sheet.text(f"{key}-code"), hint))
        if source is None or self.kind in (ActKind.RENAME, ActKind.TRANSFER):
            kept = sheet.goes_on(key)
            hint = f"不填用“{kept.name}”" if kept else "全称，如：古城社区居委会"
            if self.kind in CHOOSING:
                hint = "沿用的不填用原名称；新设的填全称"
            boxes.append(Box(f"{key}-name", "全称", sheet.text(f"{key}-name"), hint))
        return boxes

    def _new_housing(self, key, source):
        if self.kind not in NEW_HOUSING or source:
            return []
        value = self.sheet.text(f"{key}-households")
        hint = "原来不属于任何社区的户数；都从现有社区划出的不填，没有住户的填0"
        return [Box(f"{key}-households", "新建住房户数", value, hint)]

    def _extent(self, key, source):
        if self.kind in (ActKind.RENAME, ActKind.RECODE):
            return []
        area = "如：1.25"
        if self.kind == ActKind.MERGE:
            area = "不填用各社区面积之和"
        elif self.kind in (ActKind.SPLIT, ActKind.RESCALE, ActKind.ABOLISH):
            area = self._shared_area(source)
        elif self.kind == ActKind.REOPEN and source is None:
            source = self._reopened()
            area = "不填用撤销时的"
        elif source and source.area_km2 is not None:
            area = f"现为{source.area_km2.normalize():f}，不填不变"
        sides = source.boundaries if source else {}
        return [
            Box(f"{key}-area", "面积（平方公里）", self.sheet.text(f"{key}-area"), area),
            *(
                Box(
                    f"{key}-{side}",
                    label,
                    self.sheet.text(f"{key}-{side}"),
                    f"现为{sides[side]}" if sides.get(side) else "",
                )
                for side, label in SIDES.items()
            ),
        ]

    def _shared_area(self, source):
        """What becomes of an area that is left open where the land is divided."""
        if any(one.area_km2 is None for one in self.sheet.sources):
            return "不填不变" if source else "如：1.25"
        now = f"现为{source.area_km2.normalize():f}，" if source else ""
        return f"{now}只空一个社区的面积时，空的得其余面积"

    def _reopened(self):
        """The ended community that is to be there again."""
        return next((one for one in self.sheet.sources if one.ended_on), None)

    def fates(self):
        """Which communities end and which receive, of an abolition."""
        if self.kind != ActKind.ABOLISH:
            return []
        return [
            Box(
                f"fate-{one.pk}",
                one.short_name,
                self.sheet.text(f"fate-{one.pk}"),
                options=[
                    ("end", "撤销", not self.sheet.stays(one)),
                    ("keep", "保留，接收户数", self.sheet.stays(one)),
                ],
            )
            for one in self.sheet.sources
        ]

    def columns(self):
        """The heads of the table of flows: every community after the act."""
        return [self._column(key) for key in self.sheet.keys]

    def _column(self, key):
        name = self.sheet.name(key)
        return name or f"第{self.sheet.keys.index(key) + 1}个社区"

    def flows(self):
        """The rows of the table of flows; empty where no households move."""
        if self.kind not in MOVING or not self.sheet.keys:
            return []
        return [self._row(source) for source in self.sheet.sources if not source.ended_on]

    def _row(self, source):
        targets, typed = self.sheet.targets(source), self.sheet.is_typed(source)
        cells: list[dict | None] = []
        for key, column in zip(self.sheet.keys, self.columns(), strict=True):
            name = f"flow-{source.pk}-{key}"
            label = f"{source.short_name}到{column}的户数"
            if key not in targets:
                cells.append(None)
            elif typed:
                cells.append({"name": name, "label": label, "value": self.sheet.text(name)})
            else:
                cells.append({"whole": source.households})
        return {"source": source, "cells": cells}

    @property
    def flow_mistakes(self):
        return self._said("flows")

    def parts(self):
        """Estates and grids that can go to one community or another."""
        found = []
        for source in self.sheet.sources:
            targets = self.sheet.targets(source)
            if len(targets) < 2:
                continue
            for word, label, parts in (
                ("estate", "小区", source.estates),
                ("grid", "网格", source.grids),
            ):
                found += [self._part(source, word, label, one, targets) for one in parts]
        return found

    def _part(self, source, word, label, part, targets):
        name = f"{word}-{part.pk}"
        chosen = self.sheet.text(name)
        own = [key for key in targets if self.sheet.goes_on(key) == source]
        default = "留在原社区" if own else "随多数户"
        return {
            "name": name,
            "label": label,
            "part": part,
            "source": source,
            "options": [("", default, not chosen)]
            + [(key, self._column(key), chosen == key) for key in targets if key not in own],
        }

    @property
    def part_mistakes(self):
        return self._said("estates", "grids")

    @property
    def part_comments(self):
        return [text for item in ("estates", "grids") if (text := self.comments.get(item))]

    @property
    def can_add(self):
        return self.kind == ActKind.SPLIT and len(self._new()) < MOST_SUCCESSORS

    @property
    def can_drop(self):
        return self.kind == ActKind.SPLIT and len(self._new()) > 2

    @property
    def new_housing(self):
        return self.kind in NEW_HOUSING

    @property
    def makes(self):
        return self.kind in MAKING

    def _new(self):
        return self.sheet.text("successors").split()


def with_another(typed):
    """The texts with one more community after the act."""
    keys = typed.get("successors", "").split()
    number = max((int(key[1:]) for key in keys), default=0) + 1
    return typed | {"successors": " ".join([*keys, f"s{number}"])}


def without(typed, key):
    """The texts without a community after the act."""
    left = [one for one in typed.get("successors", "").split() if one != key]
    kept = {name: text for name, text in typed.items() if not name.startswith(f"{key}-")}
    return kept | {"successors": " ".join(left)}
