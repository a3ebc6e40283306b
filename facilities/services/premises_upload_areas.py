"""What a row of a register does to rooms: an area that changes ends a room and begins another.

Areas are whole hundredths of a square metre, so that what is divided adds up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from facilities.choices import RoomUse
from facilities.models import Room
from facilities.models.premises import MOST_ROOM_M2
from facilities.rules.premises_fields import AREAS, COLUMN_OF, FIELDS, MEASURES
from facilities.selectors.areas import hundredths, square_metres
from facilities.selectors.premises_filling import Held

ON_PAGE: Final = "在用房页修改"


@dataclass
class Slot:
    """The room of one use as it will be: `old` is the room that is there now."""

    use: str
    building: int
    old: Room | None = None
    measures: dict[str, int | None] = field(default_factory=dict)
    # whether its building area is another, or one of its measures that was known
    is_new: bool = False

    @property
    def filled(self) -> dict[str, Decimal]:
        """The measures that the room which is there lacks and now gets."""
        return {
            name: square_metres(area)
            for name, area in self.measures.items()
            if area is not None and getattr(self.old, name, None) is None
        }


@dataclass
class Rebuilding:
    """What happens to the rooms of premises from a day; `refused` are field and sentence."""

    since: date
    ended: list[Room] = field(default_factory=list)
    begun: list[Slot] = field(default_factory=list)
    filled: list[Slot] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def says(self) -> bool:
        """Whether anything happens."""
        return bool(self.ended or self.begun or self.filled)


def spread(whole: int, weights: Sequence[int]) -> list[int]:
    """A whole by weights: largest remainder, ties in order; the parts add up to the whole."""
    total = sum(weights)
    parts = [whole * weight // total for weight in weights]
    order = sorted(range(len(weights)), key=lambda row: -(whole * weights[row] % total))
    for row in order[: whole - sum(parts)]:
        parts[row] += 1
    return parts


def rebuild(
    given: Mapping[str, Decimal | None], changed: Iterable[str], held: Held | None, since: date
) -> Rebuilding:
    """What areas of a row do, by field; `changed`: those that differ from what is held."""
    made = Rebuilding(since)
    names = set(changed) & {*AREAS, *MEASURES}
    if not names:
        return made
    if held is not None and (said := _cannot(held)):
        made.refused = [(name, said) for name in sorted(names, key=[*FIELDS].index)]
        return made
    slots = _slots(given, names, held)
    if not slots and held is None:  # that new premises lack areas is said where they are asked for
        return made
    if not slots:
        first = next(name for name in FIELDS if name in names)
        made.refused.append((first, "各项面积都没有了。用房不再使用的，在用房页办理终止"))
        return made
    for name in MEASURES:
        _measure(made, slots, name, hundredths(given.get(name)))
    kept = {id(slot.old) for slot in slots if not slot.is_new}
    made.begun = [slot for slot in slots if slot.is_new]
    for slot in made.begun:
        if slot.building > (hundredths(MOST_ROOM_M2) or 0):
            said = f"“{square_metres(slot.building)}”大于{MOST_ROOM_M2:,}，核对是否多输"
            made.refused.append((COLUMN_OF[RoomUse(slot.use)], said))
    made.filled = [slot for slot in slots if not slot.is_new and slot.filled]
    made.ended = [room for room in (held.rooms if held else ()) if id(room) not in kept]
    _check_days(made, held)
    return made


def _cannot(held: Held) -> str:
    """Why a row cannot say the areas of premises; '' where it can."""
    if held.partners:
        return f"和{'、'.join(held.partners)}合用，面积{ON_PAGE}"
    if not held.is_whole:
        return f"份额不全归这个社区，面积{ON_PAGE}"
    for use in RoomUse:
        if len(several := held.rooms_of(use)) > 1:
            return f"{use.label}登记了{len(several)}间，面积{ON_PAGE}"
    for room in held.rooms:
        begins_later = room.valid_from is not None and room.valid_from > held.on
        if begins_later or room.valid_until != held.premises.valid_until:
            return f"{room.name}登记了以后的起止日期，面积{ON_PAGE}"
    return ""


def _slots(given: Mapping[str, Decimal | None], names: set[str], held: Held | None) -> list[Slot]:
    slots = []
    for name, use in AREAS.items():
        old = next(iter(held.rooms_of(use)), None) if held else None
        area = given.get(name) if name in names else old and old.building_m2
        if area:
            slots.append(Slot(use, hundredths(area) or 0, old, is_new=name in names))
    return slots


def _measure(made: Rebuilding, slots: Sequence[Slot], name: str, whole: int | None) -> None:
    """Give the slots their parts of a measure; those that stay keep theirs where that works."""
    for slot in slots:
        held = getattr(slot.old, name, None) if not slot.is_new else None
        slot.measures[name] = hundredths(held)
    if whole is None:
        return
    total = sum(slot.building for slot in slots)
    if whole > total:
        label, area = FIELDS[name].label, square_metres(total)
        made.refused.append((name, f"{label}大于各项建筑面积合计{area}㎡。改其中一个"))
        return
    lacking = [slot for slot in slots if slot.measures[name] is None]
    rest = whole - sum(slot.measures[name] or 0 for slot in slots)
    if not lacking and rest == 0:
        return
    if not lacking or not 0 <= rest <= sum(slot.building for slot in lacking):
        lacking, rest = list(slots), whole
    parts = spread(rest, [slot.building for slot in lacking])
    for slot, part in zip(lacking, parts, strict=True):
        known = hundredths(getattr(slot.old, name, None)) if slot.old else None
        if not slot.is_new and known is not None and known != part:
            slot.is_new = True
        slot.measures[name] = part


def _check_days(made: Rebuilding, held: Held | None) -> None:
    """Name what begins or ends before it can, and rooms that an inspection has stopped."""
    if held is None:
        return
    begins = held.premises.valid_from
    if begins is not None and made.says and made.since < begins and (made.begun or made.ended):
        made.refused.append(("since", f"用房自{begins}起登记，面积自何日起不早于这一天"))
    for room in made.ended:
        name = COLUMN_OF[RoomUse(room.use)]
        if room.pk in held.stopped:
            said = f"{room.name}因巡查停计面积，复查恢复以后再改，或{ON_PAGE}"
            made.refused.append((name, said))
        elif room.valid_from is not None and made.since <= room.valid_from:
            said = (
                f"{room.name}自{room.valid_from}起登记，面积自何日起应晚于这一天。"
                f"更正原来的面积，{ON_PAGE}"
            )
            made.refused.append((name, said))
