"""What keeps a gate of a project from being passed: plain rules over areas and days.

A gate is barred while something stands in its way that nobody may wave through; it has objections
where it falls short of the rule, which another person may let pass for a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from facilities.choices import MEASURING, PROMISING, STAGES, DefaultKind, RoomUse, Stage

WORK, SERVICE, PROPERTY = "work", "service", "property_rooms"
PARTS: Final = (WORK, SERVICE, PROPERTY)
LABELS: Final = {WORK: "工作用房", SERVICE: "服务设施", PROPERTY: "物业服务用房"}
# which part of the areas a room of a use belongs to; other uses are in none
PART_OF_USE: Final = {
    RoomUse.WORK.value: WORK,
    RoomUse.HALL.value: SERVICE,
    RoomUse.ACTIVITY.value: SERVICE,
    RoomUse.PROPERTY.value: PROPERTY,
}
# what a builder did not do does not bar the gates by which it is done
CURES: Final = {
    DefaultKind.NOT_BUILT.value: (Stage.BUILDING, Stage.ACCEPTANCE),
    DefaultKind.NOT_HANDED_OVER.value: (Stage.HANDOVER,),
    DefaultKind.SOLD.value: (),
}
HANDED_OVER: Final = STAGES.index(Stage.HANDOVER)
# gates of a department that numbers its document, and what it is called; none is passed without
NUMBERED: Final = {
    Stage.PLANNING_CONDITION: "规划条件文号",
    Stage.LAND_CONTRACT: "土地出让合同编号",
    Stage.PLANNING_APPROVAL: "建设工程规划许可证号",
    Stage.BUILDING: "施工许可证号",
    Stage.ACCEPTANCE: "竣工验收备案号",
    Stage.TITLE: "不动产权证号",
}


@dataclass(frozen=True)
class Sizes:
    """m² of work, service and property rooms; None where none is stated."""

    work: Decimal | None = None
    service: Decimal | None = None
    property_rooms: Decimal | None = None

    def of(self, parts: Collection[str]) -> Decimal | None:
        """The sum of some parts, those not stated left out; None where none is stated."""
        stated = [one for one in map(self._part, parts) if one is not None]
        return sum(stated, Decimal()) if stated else None

    def _part(self, name: str) -> Decimal | None:
        found: Decimal | None = getattr(self, name)
        return found

    @property
    def premises(self) -> Decimal | None:
        """Work and service rooms together."""
        return self.of((WORK, SERVICE))

    @property
    def is_stated(self) -> bool:
        return self.of(PARTS) is not None


NOTHING: Final = Sizes()


@dataclass(frozen=True)
class Asked:
    """What a text asks of some parts together: at least `low`, planned with `required`."""

    label: str
    parts: tuple[str, ...]
    low: Decimal | None
    required: Decimal | None
    clause: str = ""


@dataclass(frozen=True)
class Passed:
    """A gate that is passed, with its day and areas."""

    stage: str
    decided_on: date
    promised: Sizes = NOTHING
    found: Sizes = NOTHING

    @property
    def label(self) -> str:
        return str(Stage(self.stage).label)


@dataclass(frozen=True)
class Case:
    """A gate that is to be passed on a day, and all that decides whether it may be.

    listed: what the list of handover adds up to. defaults: kinds of defaults that are open.
    """

    stage: str
    decided_on: date
    promised: Sizes = NOTHING
    found: Sizes = NOTHING
    doc_no: str = ""
    asked: Sequence[Asked] = ()
    passed: Sequence[Passed] = ()
    listed: Sizes = NOTHING
    items: int = 0
    has_deed: bool = False
    has_community: bool = False
    defaults: Collection[str] = ()

    def last(self, stages: Collection[str], stated: Callable[[Passed], Sizes]) -> Passed | None:
        """The last of some gates that states areas, or None."""
        found = [one for one in self.passed if one.stage in stages and stated(one).is_stated]
        return found[-1] if found else None


def next_stage(passed: Collection[str]) -> Stage | None:
    """The gate that comes next, by those that are passed; None after the last."""
    return next((one for one in STAGES if one not in passed), None)


def wrong_day(case: Case, today: date) -> str:
    """Why a gate cannot be of its day, in words, or ''."""
    if case.decided_on > today:
        return f"办理日期{case.decided_on}还没有到，填已经办理的日期"
    before = case.passed[-1] if case.passed else None
    if before is not None and case.decided_on < before.decided_on:
        return f"办理日期{case.decided_on}早于{before.label}的{before.decided_on}，核对日期"
    return ""


def bars(case: Case) -> list[str]:
    """What stands in the way and cannot be waved through, in sentences."""
    said = barred_by(case.stage, case.defaults)
    if case.stage == Stage.HANDOVER and not case.items:
        said.append("移交清单是空的，先登记移交清单")
    if case.stage == Stage.TITLE and not case.found.is_stated:
        said.append("填写登记的面积")
    if case.stage == Stage.IN_USE and not case.has_community:
        said.append("项目没有选受益社区，先在“修改项目”里选择")
    if case.stage == Stage.IN_USE and not case.items:
        said.append("移交清单里没有房间，没有可以投入使用的用房")
    return said


def barred_by(stage: str, defaults: Collection[str]) -> list[str]:
    """Which open defaults bar a gate, in sentences; those that it puts right do not."""
    return [
        f"“{DefaultKind(kind).label}”的违约没有纠正，纠正并核销以后再办理{Stage(stage).label}"
        for kind in defaults
        if stage not in CURES[kind]
    ]


def objections(case: Case) -> list[str]:
    """Where a gate falls short of the rule, in sentences; none: it may be passed."""
    if case.stage in PROMISING:
        return [*below_asked(case, case.promised, "约定"), *below_promise(case, "约定")]
    if case.stage not in MEASURING:
        return []
    said = below_earlier(case)
    if case.stage == Stage.HANDOVER:
        said += beyond_measured(case)
        if not case.has_deed:
            said.append("没有移交协议，上传双方盖章的移交协议")
    return said


def without_number(case: Case) -> str:
    """That a gate cannot be passed without the number of its document, in words, or ''."""
    label = NUMBERED.get(Stage(case.stage), "")
    return f"填写{label}" if label and not case.doc_no else ""


def warnings(case: Case) -> list[str]:
    """Where a promise reaches what must be kept and not what is aimed at, in sentences."""
    if case.stage not in PROMISING:
        return []
    said = []
    for one in case.asked:
        area = case.promised.of(one.parts)
        kept = area is not None and (one.low is None or area >= one.low)
        if kept and area is not None and one.required is not None and area < one.required:
            said.append(
                f"约定{one.label}{metres(area)}，文件要求{metres(one.required)}左右，"
                f"少{metres(one.required - area)}{quoted(one.clause)}"
            )
    return said


def below_asked(case: Case, sizes: Sizes, word: str) -> list[str]:
    """Which areas are less than the texts ask for at least; one not stated is none."""
    said = []
    for one in case.asked:
        area = sizes.of(one.parts)
        if one.low is None or (area is not None and area >= one.low):
            continue
        if area is None:
            said.append(
                f"没有写明{word}的{one.label}，应不少于{metres(one.low)}{quoted(one.clause)}"
            )
        else:
            said.append(
                f"{word}{one.label}{metres(area)}，应不少于{metres(one.low)}，"
                f"少{metres(one.low - area)}{quoted(one.clause)}"
            )
    return said


def below_promise(case: Case, word: str) -> list[str]:
    """Which areas are less than what the last gate that promised any has promised."""
    earlier = case.last(PROMISING, lambda one: one.promised)
    if earlier is None:
        return []
    return shrunk(case.promised, earlier.promised, word, f"{earlier.label}约定的")


def below_earlier(case: Case) -> list[str]:
    """Which measured areas are less than those measured before, else promised, and asked for.

    An acceptance is compared with what is asked on its day too: the project may have grown since
    its gates promised anything.
    """
    sizes = case.listed if case.stage == Stage.HANDOVER else case.found
    word = "移交清单的" if case.stage == Stage.HANDOVER else "实测"
    measured = case.last(MEASURING, lambda one: one.found)
    if measured is not None:
        if case.stage == Stage.TITLE:
            return shrunk(sizes, measured.found, "登记", f"{measured.label}的", whole=True)
        return shrunk(sizes, measured.found, word, f"{measured.label}实测的")
    promised = case.last(PROMISING, lambda one: one.promised)
    said = below_asked(case, sizes, word)
    if promised is not None:
        said = [*shrunk(sizes, promised.promised, word, f"{promised.label}约定的"), *said]
    return said


def beyond_measured(case: Case) -> list[str]:
    """Which parts of the list of handover are more than what was measured, in sentences."""
    measured = case.last(MEASURING, lambda one: one.found)
    if measured is None:
        return []
    said = []
    for part in PARTS:
        area, found = case.listed.of((part,)), measured.found.of((part,))
        if area is None or (found is not None and area <= found):
            continue
        stated = f"移交清单的{LABELS[part]}{metres(area)}，{measured.label}"
        said.append(
            f"{stated}没有实测"
            if found is None
            else f"{stated}实测的是{metres(found)}，多{metres(area - found)}"
        )
    return said


def shrunk(sizes: Sizes, before: Sizes, word: str, whose: str, *, whole: bool = False) -> list[str]:
    """Which parts are less than before, in sentences; whole: the parts together."""
    said = []
    for parts, label in [(PARTS, "用房合计")] if whole else [((p,), LABELS[p]) for p in PARTS]:
        then, now = before.of(parts), sizes.of(parts)
        if then is None or (now is not None and now >= then):
            continue
        stated = f"{word}{label}{metres(now)}" if now is not None else f"没有写明{word}{label}"
        lacking = f"，少{metres(then - now)}" if now is not None else ""
        said.append(f"{stated}，{whose}是{metres(then)}{lacking}")
    return said


def metres(area: Decimal) -> str:
    """An area as sentences name it: without zeros that say nothing."""
    text = f"{area:,.2f}".rstrip("0").rstrip(".")
    return f"{text}㎡"


def quoted(clause: str) -> str:
    return f"（{clause}）" if clause else ""
