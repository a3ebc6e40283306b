"""Rows of facilities for tests: premises, projects, plans; anything overridden by name."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from accounts.models import User
from accounts.scope import scope
from communities.models import Community
from communities.services.paper_files import check_file
from facilities.choices import MEASURING, PROMISING, STAGES, STOPPING, Stage
from facilities.models import (
    BuilderDefault,
    Contract,
    CorrectionOrder,
    DefaultNotice,
    Gate,
    HallCheck,
    HandoverItem,
    Inspection,
    Premises,
    Project,
    Room,
    Share,
    SpaceMeasure,
    SpacePaper,
    SpacePlan,
    SpacePool,
)
from facilities.services.papers import add_paper
from tests.factories import make_user
from tests.paper_samples import pdf

AT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)


def maker() -> User:
    return User.objects.first() or make_user(username="maker")


def make_premises(community: Community, name: str = "党群服务中心", **overrides: Any) -> Premises:
    """Premises without rooms, wholly of one community unless `parts` is 0."""
    parts = overrides.pop("parts", 1)
    values: dict[str, Any] = {
        "address": "东昌路1号",
        "acquisition": "handed_over",
        "acquired_on": date(2020, 6, 1),
        "valid_from": date(2020, 6, 1),
        "total_parts": max(parts, 1),
    }
    with scope("0"):
        made: Premises = Premises.objects.create(
            community=community, code=community.code, name=name, **(values | overrides)
        )
        if parts:
            make_share(made, community, parts)
    return made


def make_share(premises: Premises, community: Community, parts: int = 1, **overrides: Any) -> Share:
    values = {"valid_from": premises.valid_from} | overrides
    with scope("0"):
        made: Share = Share.objects.create(
            premises=premises, community=community, code=community.code, parts=parts, **values
        )
    return made


def make_room(premises: Premises, use: str = "work", area: str = "300", **overrides: Any) -> Room:
    values: dict[str, Any] = {"name": f"{use}室", "valid_from": premises.valid_from}
    with scope("0"):
        made: Room = Room.objects.create(
            premises=premises,
            community=premises.community,
            code=premises.code,
            use=use,
            building_m2=Decimal(area),
            **(values | overrides),
        )
    return made


def make_project(code: str = "371502001", name: str = "湖畔花园", **overrides: Any) -> Project:
    values: dict[str, Any] = {
        "developer": "聊城某置业有限公司",
        "location": "湖南路与柳园路交叉口",
        "planned_households": 3000,
        "gross_floor_area_m2": Decimal(300000),
        "made_at": AT,
    }
    with scope("0"):
        made: Project = Project.objects.create(
            code=code, name=name, **({"made_by": maker()} | values | overrides)
        )
    return made


def make_plan(code: str = "371502", by: User | None = None, **overrides: Any) -> SpacePlan:
    who = by or maker()
    values: dict[str, Any] = {"title": "达标计划", "first_year": 2026, "last_year": 2028}
    with scope("0"):
        made: SpacePlan = SpacePlan.objects.create(
            code=code, made_by=who, made_at=AT, makers=[who.pk], **(values | overrides)
        )
    return made


def make_measure(plan: SpacePlan, community: Community, **overrides: Any) -> SpaceMeasure:
    """A measure of 200 m² for 600,000 yuan, half of it the city's."""
    values: dict[str, Any] = {
        "year": plan.first_year,
        "means": "buy",
        "area_m2": Decimal(200),
        "city_yuan": Decimal(300000),
        "district_yuan": Decimal(300000),
    }
    with scope("0"):
        made: SpaceMeasure = SpaceMeasure.objects.create(
            plan=plan, community=community, code=community.code, **(values | overrides)
        )
    return made


def make_pool(code: str = "3715", by: User | None = None, **overrides: Any) -> SpacePool:
    who = by or maker()
    values: dict[str, Any] = {
        "year": 2026,
        "title": "贫困县用房补助",
        "amount_yuan": Decimal(1000000),
        "method": "weights",
    }
    with scope("0"):
        made: SpacePool = SpacePool.objects.create(
            code=code, made_by=who, made_at=AT, makers=[who.pk], **(values | overrides)
        )
    return made


def make_gate(project: Project, stage: str = "planning_condition", **overrides: Any) -> Gate:
    """A passed gate of the day of AT; an acceptance is signed by its maker."""
    values: dict[str, Any] = {
        "state": "passed",
        "department": "自然资源和规划局",
        "decided_on": AT.date(),
        "made_by": project.made_by,
        "made_at": AT,
    }
    if stage == "acceptance":
        values |= {"signed_by": project.made_by, "signed_at": AT}
    with scope("0"):
        made: Gate = Gate.objects.create(
            project=project, code=project.code, stage=stage, **(values | overrides)
        )
    return made


def make_gates_before(project: Project, stage: str, **overrides: Any) -> list[Gate]:
    """All gates before one, passed; work, service and property rooms are 300, 900 and 900 m².

    title: the number of its deed; anything else is overridden in all of them.
    """
    numbers = {Stage.TITLE: overrides.pop("title", "")}
    before = STAGES[: STAGES.index(Stage(stage))]
    names = ("work", "service", "property")
    areas = dict(zip(names, (Decimal(300), Decimal(900), Decimal(900)), strict=True))
    found = []
    for one in before:
        word = "promised" if one in PROMISING else "found" if one in MEASURING else ""
        stated = {f"{word}_{name}_m2": area for name, area in areas.items()} if word else {}
        found.append(
            make_gate(project, one.value, **{"doc_no": numbers.get(one, "")} | stated | overrides)
        )
    return found


def make_item(project: Project, use: str = "work", area: str = "300", **overrides: Any) -> Any:
    """A line of the list of handover."""
    values: dict[str, Any] = {"name": f"1号楼{use}室", "keys": 2}
    with scope("0"):
        return HandoverItem.objects.create(
            project=project,
            code=project.code,
            use=use,
            building_m2=Decimal(area),
            **(values | overrides),
        )


def make_contract(premises: Premises, kind: str = "rent", **overrides: Any) -> Contract:
    """A contract of premises: a lease of 2025 to 2027 unless said otherwise."""
    lease = {
        "monthly_rent_yuan": Decimal(5000),
        "valid_from": date(2025, 1, 1),
        "valid_until": date(2028, 1, 1),
    }
    values: dict[str, Any] = {"signed_on": date(2024, 12, 1), **(lease if kind == "rent" else {})}
    if kind == "purchase":
        values["price_yuan"] = Decimal(3_000_000)
    with scope("0"):
        made: Contract = Contract.objects.create(
            premises=premises,
            community=premises.community,
            code=premises.code,
            kind=kind,
            **(values | overrides),
        )
    return made


def make_space_paper(record: Any, owner: str = "premises", **overrides: Any) -> SpacePaper:
    """A photo of a record of the space register (a key of selectors.papers.OWNERS)."""
    content = overrides.pop("content", None) or pdf(b"premises")
    values: dict[str, Any] = {"kind": "photo", "at": AT, "on": AT.date()}
    with scope("0"):
        file = check_file("照片.pdf", content, limit=len(content))
        by = overrides.pop("by", None) or maker()
        return add_paper(owner=owner, record=record, file=file, by=by, **(values | overrides))


def make_inspection(premises: Premises, finding: str = "in_order", **overrides: Any) -> Inspection:
    """An inspection; of rooms that were found otherwise used it stops counting from its day."""
    stops = {"stops_from": date(2026, 10, 1)} if finding in STOPPING else {}
    values: dict[str, Any] = {
        "inspected_on": date(2026, 10, 1),
        "made_by": maker(),
        "made_at": AT,
        **stops,
    }
    with scope("0"):
        made: Inspection = Inspection.objects.create(
            premises=premises,
            community=premises.community,
            code=premises.code,
            finding=finding,
            **(values | overrides),
        )
    return made


def make_order(inspection: Inspection, **overrides: Any) -> CorrectionOrder:
    """An open correction order on an inspection."""
    values: dict[str, Any] = {
        "addressed_to": "东昌物业公司",
        "demand": "腾出占用的房间",
        "issued_on": date(2026, 10, 2),
        "deadline": date(2026, 10, 31),
        "made_by": maker(),
        "made_at": AT,
    }
    with scope("0"):
        made: CorrectionOrder = CorrectionOrder.objects.create(
            inspection=inspection,
            community=inspection.community,
            code=inspection.code,
            **(values | overrides),
        )
    return made


def make_hall_check(premises: Premises, on: date = date(2026, 9, 1), **overrides: Any) -> HallCheck:
    """A check of a hall that has all five."""
    five = dict.fromkeys(("signs", "windows", "rules", "notice_board", "plaques"), True)
    values: dict[str, Any] = {"checked_on": on, "made_by": maker(), "made_at": AT, **five}
    with scope("0"):
        made: HallCheck = HallCheck.objects.create(
            premises=premises,
            community=premises.community,
            code=premises.code,
            **(values | overrides),
        )
    return made


def make_default(
    project: Project, kind: str = "not_handed_over", **overrides: Any
) -> BuilderDefault:
    values: dict[str, Any] = {
        "found_on": date(2026, 10, 1),
        "facts": "首批居民入住后没有移交社区用房",
        "made_by": maker(),
        "made_at": AT,
    }
    with scope("0"):
        made: BuilderDefault = BuilderDefault.objects.create(
            project=project, code=project.code, kind=kind, **(values | overrides)
        )
    return made


def make_notice(default: BuilderDefault, **overrides: Any) -> DefaultNotice:
    values: dict[str, Any] = {
        "doc_no": "东昌民函〔2026〕3号",
        "department": "东昌府区自然资源和规划局",
        "permit": "title",
        "issued_on": date(2026, 10, 2),
        "issuer": "东昌府区民政局",
        "made_by": maker(),
        "made_at": AT,
    }
    with scope("0"):
        made: DefaultNotice = DefaultNotice.objects.create(
            default=default, code=default.code, **(values | overrides)
        )
    return made
