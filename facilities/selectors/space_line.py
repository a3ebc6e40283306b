"""What the register of premises has for one community in one line, beside the year's facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from communities.selectors.assessment import Assessment
from facilities.choices import COMMUNITY_USES, SERVICE_USES, RoomUse
from facilities.rules.areas import areas_on, together
from facilities.selectors.areas import shared_premises, sites_of, square_metres
from facilities.selectors.space_columns import HALLS, WHOLE, facts_of

LABELS = {
    WHOLE: ("用房", "㎡"),
    "work_premises_area": ("工作用房", "㎡"),
    "service_area": ("服务设施", "㎡"),
    HALLS: ("一站式服务大厅", "处"),
}


@dataclass(frozen=True)
class SpaceLine:
    """Areas of a day in m² by building area, shared premises by parts; halls.

    differing: a sentence for each figure of the year's facts that is another one.
    """

    on: date
    premises: Decimal
    work: Decimal
    service: Decimal
    halls: int
    differing: tuple[str, ...]


def space_line(assessment: Assessment, row: int, on: date) -> SpaceLine | None:
    """The line of a row of the register; None where it has no share that day. Five queries.

    One query where the community never had a share.
    """
    key = int(assessment.register.keys[row])
    sites = sites_of(shared_premises([key]).get(key, []))
    held = [found[key] for site in sites.values() if key in (found := areas_on(site, on))]
    if not held:
        return None
    areas = together(held)
    counted = {
        WHOLE: areas.of(COMMUNITY_USES),
        "work_premises_area": areas.of((RoomUse.WORK,)),
        "service_area": areas.of(SERVICE_USES),
        HALLS: sum(one.has_hall for one in held),
    }
    said = []
    for subject, (label, unit) in LABELS.items():
        facts = facts_of(assessment, subject)
        if facts.has[row] and int(facts.num[row]) != counted[subject]:
            told, ours = (
                (str(number) if subject == HALLS else f"{square_metres(number):,}")
                for number in (int(facts.num[row]), counted[subject])
            )
            said.append(f"{label}年度数据{told}{unit}，用房台账{ours}{unit}，核对哪一个对")
    return SpaceLine(
        on,
        square_metres(counted[WHOLE]),
        square_metres(counted["work_premises_area"]),
        square_metres(counted["service_area"]),
        counted[HALLS],
        tuple(said),
    )
