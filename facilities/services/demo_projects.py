"""Demo development projects at different gates, one of them late with its handover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from accounts.models import User
from communities.models import Community
from communities.services.paper_files import CheckedFile
from facilities.choices import (
    MEASURING,
    DefaultKind,
    GateOutcome,
    GateState,
    Permit,
    RoomUse,
    Stage,
)
from facilities.models import BuilderDefault, DefaultNotice, Gate, HandoverItem, Project
from facilities.selectors.project_clock import clocks_of
from facilities.services.demo_premises import STREETS
from facilities.services.gates import approve_gate, record_gate, sign_gate
from facilities.services.handover import add_item
from facilities.services.projects import add_project, move_in

CLERK, REVIEWER, OFFICER, ELSEWHERE = "gulou", "gulou-shenhe", "dongchangfu", "liuyuan"
# the community that gets the rooms of the project that is in use
SERVED: Final = "371502001009"
DEPARTMENTS: Final = {
    Stage.PLANNING_CONDITION: "演示自然资源和规划局",
    Stage.LAND_CONTRACT: "演示自然资源和规划局",
    Stage.PLANNING_APPROVAL: "演示行政审批局",
    Stage.BUILDING: "演示住房和城乡建设局",
    Stage.ACCEPTANCE: "演示住房和城乡建设局",
    Stage.HANDOVER: "演示街道办事处",
    Stage.TITLE: "演示不动产登记中心",
    Stage.IN_USE: "演示街道办事处",
}
ORDER: Final = tuple(Stage)
# days between one gate and the next
STEP: Final = 45
Areas = tuple[int, int, int]
WORK, SERVICE, HALL = 320, 930, 200
TOO_LITTLE_WORK: Final = 260
SMALL_PLOT: Final = "演示：地块狭小，缺的面积由开发企业在相邻地块补建"
DEED_TEXT: Final = b"BT /F1 18 Tf 72 760 Td (Demo deed of handover, no real project) Tj ET"


@dataclass(frozen=True)
class Site:
    """What is made of a project: its last gate that is passed, `ago` days ago.

    `excepted`: its first gate is passed by exception.
    """

    name: str
    last: Stage
    ago: int
    households: int = 2800
    street: str = STREETS[0]
    moved_in: int = 0
    excepted: bool = False

    @property
    def floor_area(self) -> int:
        return self.households * 105

    @property
    def areas(self) -> Areas:
        """Work, service and property rooms: a little more than what is asked of a new area."""
        return WORK, SERVICE, self.floor_area * 33 // 10_000 + 1


SITES: Final = (
    Site("演示湖畔花园", Stage.PLANNING_CONDITION, 12, street=STREETS[1]),
    Site("演示云景府", Stage.LAND_CONTRACT, 30),
    Site("演示金水湾", Stage.LAND_CONTRACT, 25, 1900),
    Site("演示望岳城", Stage.BUILDING, 60, 2400, excepted=True),
    Site("演示学府里", Stage.BUILDING, 40, 3100),
    Site("演示东湖壹号", Stage.ACCEPTANCE, 95, 2200, moved_in=75),
    Site("演示江北新苑", Stage.ACCEPTANCE, 50, 2000, moved_in=12),
    Site("演示水城佳园", Stage.IN_USE, 120, 2600, moved_in=225),
)


@dataclass(frozen=True)
class Works:
    """Who registers, signs and approves, and the day."""

    people: Mapping[str, User]
    on: date
    at: datetime

    def clerk(self, street: str) -> User:
        return self.people[CLERK if street == STREETS[0] else ELSEWHERE]

    def add(self, site: Site) -> Project:
        """A project with the gates that it has passed."""
        begun = site.ago + STEP * ORDER.index(site.last)
        served = Community.objects.filter(code=SERVED, valid_until=None).first()
        done = site.last == Stage.IN_USE
        project = add_project(
            record=Project(
                code=site.street,
                name=site.name,
                developer="演示置业公司",
                location=f"演示路与{site.name.removeprefix('演示')}东街路口",
                planned_households=site.households,
                gross_floor_area_m2=Decimal(site.floor_area),
                community=served if done else None,
                is_demo=True,
            ),
            by=self.clerk(site.street),
            at=self.at - timedelta(days=begun + 5),
            on=self.on,
        )
        for place, stage in enumerate(ORDER[: ORDER.index(site.last) + 1]):
            ago = begun - STEP * place
            if stage == Stage.HANDOVER:
                self.list_of(project, site)
                self._moved_in(project, site)
            self.gate(project, site, stage, ago)
        if site.last == Stage.ACCEPTANCE:
            self._moved_in(project, site)
        project.refresh_from_db()
        return project

    def _moved_in(self, project: Project, site: Site) -> None:
        project.refresh_from_db()
        project.first_move_in_on = self.on - timedelta(days=site.moved_in)
        move_in(record=project, version=project.version)

    def list_of(self, project: Project, site: Site) -> None:
        """The rooms that are handed over."""
        work, service, rooms = site.areas
        for name, use, area in (
            ("1号楼一层西侧", RoomUse.WORK, work),
            ("1号楼一层大厅", RoomUse.HALL, HALL),
            ("1号楼二层", RoomUse.ACTIVITY, service - HALL),
            ("3号楼一层", RoomUse.PROPERTY, rooms),
        ):
            add_item(
                record=HandoverItem(
                    project=project, name=name, use=use, building_m2=Decimal(area),
                    usable_m2=Decimal(area * 4 // 5), above_ground_m2=Decimal(area), keys=4,
                    condition="水电暖已通",
                )
            )  # fmt: skip

    def gate(
        self, project: Project, site: Site, stage: Stage, ago: int, outcome: str = "", **more: Any
    ) -> Gate:
        """A try at a gate some days ago; what waits for others is signed and approved after it."""
        excepted = site.excepted and stage == ORDER[0]
        areas = (TOO_LITTLE_WORK, *site.areas[1:]) if excepted else site.areas
        values: dict[str, Any] = {
            "project": project,
            "stage": stage,
            "department": DEPARTMENTS[stage],
            "doc_no": f"演示{stage.label}〔{(self.on - timedelta(days=ago)).year}〕{project.pk}号",
            "decided_on": self.on - timedelta(days=ago),
            "exception": SMALL_PLOT if excepted else "",
        }
        gate = Gate(**(values | _areas(stage, areas) | more))
        usual = GateOutcome.EXCEPTION if excepted else GateOutcome.PASSED
        made = record_gate(
            gate=gate, outcome=outcome or usual, by=self.clerk(project.code),
            at=self.at - timedelta(days=ago), on=self.on,
            deed=deed() if stage == Stage.HANDOVER else None,
        )  # fmt: skip
        after = self.at - timedelta(days=ago - 2)
        if made.state == GateState.SIGNING and not outcome:
            made = sign_gate(
                gate=made, version=made.version, agreed=True, opinion="同意",
                by=self.people[REVIEWER], at=after, on=self.on,
            )  # fmt: skip
        if made.state == GateState.WAITING and not outcome:
            made = approve_gate(
                gate=made, version=made.version, decision="演示：同意，限期补建",
                by=self.people[OFFICER], at=after, on=self.on,
            )  # fmt: skip
        return made


def _areas(stage: Stage, areas: Areas) -> dict[str, Decimal]:
    """The columns of areas that a gate states: promised first, found when it is measured."""
    kind = "found" if stage in MEASURING else "promised"
    if stage in (Stage.BUILDING, Stage.HANDOVER, Stage.IN_USE):
        return {}
    names = ("work", "service", "property")
    return {f"{kind}_{name}_m2": Decimal(area) for name, area in zip(names, areas, strict=True)}


def load_projects(people: Mapping[str, User], *, on: date, at: datetime) -> int:
    """Register the demo projects; their number. Nothing without the demo accounts."""
    if not {CLERK, REVIEWER, OFFICER, ELSEWHERE} <= people.keys():
        return 0
    works = Works(people, on, at)
    made = {site.name: (site, works.add(site)) for site in SITES}
    site, project = made["演示云景府"]
    short = (280, 900, 880)
    works.gate(
        project, site, Stage.PLANNING_APPROVAL, 6, GateOutcome.REFUSED,
        note="演示：报审图纸的面积小于土地合同", **_areas(Stage.PLANNING_APPROVAL, short),
    )  # fmt: skip
    site, project = made["演示金水湾"]
    works.gate(
        project, site, Stage.PLANNING_APPROVAL, 4, GateOutcome.EXCEPTION,
        exception="演示：服务设施分两期建设，二期补足", **_areas(Stage.PLANNING_APPROVAL, short),
    )  # fmt: skip
    site, project = made["演示学府里"]
    works.gate(project, site, Stage.ACCEPTANCE, 3, GateOutcome.PASSED)
    _default(made["演示东湖壹号"][1], works)
    return len(made)


def _default(project: Project, works: Works) -> None:
    """What was not handed over in time, and the notice of it."""
    maker, found_on = works.people[OFFICER], works.on - timedelta(days=20)
    deadline = clocks_of([project], works.on)[project.pk].due
    until = f"应于{deadline}前移交，" if deadline else ""
    at = works.at - timedelta(days=20)
    default = BuilderDefault.objects.create(
        project=project, code=project.code, kind=DefaultKind.NOT_HANDED_OVER, found_on=found_on,
        facts=f"演示：首批居民{project.first_move_in_on}入住，{until}至今没有移交", made_by=maker,
        made_at=at, is_demo=True,
    )  # fmt: skip
    DefaultNotice.objects.create(
        default=default, code=project.code, doc_no=f"演示民函〔{found_on.year}〕3号",
        department="演示住房和城乡建设局", permit=Permit.PRESALE, issued_on=found_on,
        issuer=maker.office, made_by=maker, made_at=at, is_demo=True,
    )  # fmt: skip


def deed() -> CheckedFile:
    """A deed of one page that says that it is none."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(DEED_TEXT), DEED_TEXT),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
    content += end % (len(objects) + 1, table, len(objects) + 1)
    content += b"startxref\n%d\n%%%%EOF\n" % (content.rindex(b"xref\n0"))
    return CheckedFile("演示移交协议.pdf", "application/pdf", content, sha256(content).hexdigest())
