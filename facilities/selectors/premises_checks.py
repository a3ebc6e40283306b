"""核查 of premises: what of the register contradicts itself or the year's facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from accounts.models import User
from communities.choices import Tenure
from communities.models import AnnualFacts, Community
from facilities.choices import COMMUNITY_USES, ContractKind, Measure
from facilities.models import Contract, Premises, Share
from facilities.rules.areas import Areas
from facilities.selectors.areas import areas_of, square_metres
from facilities.selectors.premises import leases_there, rooms_there, shares_there, without_title


@dataclass(frozen=True)
class Finding:
    """A line of a check: premises (pk None: a community as a whole), and what is wrong."""

    code: str
    place: str
    name: str
    pk: int | None
    text: str


@dataclass(frozen=True)
class Kind:
    """A check: its key, its name, what it says, how it finds, and what it says of a row.

    find returns premises with their community, or findings; both in order.
    """

    key: str
    label: str
    says: str
    find: Callable[[Ground], QuerySet[Any] | list[Finding]]
    text: Callable[[Any], str] = str
    unit: str = "处"


@dataclass(frozen=True)
class Group:
    title: str
    note: str
    kinds: tuple[Kind, ...]


class Ground:
    """The premises of a division (code) on a day, and the facts of a year beside them."""

    def __init__(self, user: User, prefix: str, on: date, year: int) -> None:
        self.user, self.prefix, self.on, self.year = user, prefix, on, year

    @property
    def rows(self) -> QuerySet[Any]:
        """The premises that are there on the day, by code."""
        premises: Any = Premises.objects.for_user(self.user).under(self.prefix)
        found: QuerySet[Any] = premises.as_of(self.on).select_related("community")
        return found.order_by("code", "name", "pk")

    @property
    def given(self) -> QuerySet[Any]:
        """The premises with `given`: the parts that communities have together on the day."""
        parts = shares_there(self.on).order_by().values("premises")
        together = parts.annotate(all=Sum("parts")).values("all")
        given = Coalesce(Subquery(together, output_field=IntegerField()), 0)
        found: QuerySet[Any] = self.rows.annotate(given=given)
        return found

    @cached_property
    def registered(self) -> dict[int, Areas]:
        """What communities of the division have in the register, by key."""
        shares: Any = Share.objects.for_user(self.user).under(self.prefix)
        return areas_of(set(shares.values_list("community", flat=True)), self.on)

    @cached_property
    def facts(self) -> dict[int, tuple[Decimal | None, Decimal | None]]:
        """Building and usable area of premises that communities reported for the year, by key."""
        rows: Any = AnnualFacts.objects.for_user(self.user).under(self.prefix)
        found = rows.of_year(self.year).filter(community__in=list(self.registered))
        values = found.values_list("community_id", "premises_area_m2", "premises_usable_area_m2")
        return {key: (building, usable) for key, building, usable in values}


def same_title(ground: Ground) -> QuerySet[Any]:
    return _twins(ground.rows.exclude(title_no=""), "title_no")


def same_address(ground: Ground) -> QuerySet[Any]:
    return _twins(ground.rows, "address")


def _twins(rows: QuerySet[Any], name: str) -> QuerySet[Any]:
    """The rows whose value of a column another row has as well, side by side."""
    several = rows.order_by().values(name).annotate(rows=Count("pk")).filter(rows__gt=1)
    found: QuerySet[Any] = rows.filter(**{f"{name}__in": several.values(name)})
    return found.order_by(name, "code", "pk")


def untitled(ground: Ground) -> QuerySet[Any]:
    return ground.rows.filter(without_title(ground.on))


def without_day(ground: Ground) -> QuerySet[Any]:
    return ground.rows.filter(acquired_on=None)


def lease_over(ground: Ground) -> QuerySet[Any]:
    """Premises that are leased, or were, without a lease on the day."""
    leases = Contract.objects.filter(premises=OuterRef("pk"), kind=ContractKind.RENT).order_by()
    last = leases.values("premises").annotate(last=Max("valid_until")).values("last")
    leased = Q(acquisition=Tenure.RENTED) | Exists(leases)
    rows = ground.rows.annotate(last=Subquery(last))
    found: QuerySet[Any] = rows.filter(leased, ~Exists(leases_there(ground.on)))
    return found


def lease_text(row: Any) -> str:
    return f"租约{row.last}到期，仍在计入" if row.last else "租用，没有登记在期的租赁合同"


def over_whole(ground: Ground) -> QuerySet[Any]:
    return ground.given.filter(given__gt=F("total_parts"))


def with_rest(ground: Ground) -> QuerySet[Any]:
    return ground.given.filter(given__gt=0, given__lt=F("total_parts"))


def parts_text(row: Any) -> str:
    return f"各社区合计{row.given:,}份，共{row.total_parts:,}份"


def unused(ground: Ground) -> QuerySet[Any]:
    return ground.given.filter(given=0)


def not_measured(ground: Ground) -> QuerySet[Any]:
    rooms = rooms_there(ground.on).filter(use__in=COMMUNITY_USES, usable_m2=None).order_by()
    number = rooms.values("premises").annotate(number=Count("pk")).values("number")
    rows = ground.rows.annotate(rooms_without=Coalesce(Subquery(number), 0))
    found: QuerySet[Any] = rows.filter(rooms_without__gt=0)
    return found


def twin_rooms(ground: Ground) -> QuerySet[Any]:
    """Premises with rooms of one name that have the same use or area besides."""
    found = [
        rooms_there(ground.on).order_by().values("premises", "name", beside)
        .annotate(number=Count("pk")).filter(number__gt=1).values("name")[:1]
        for beside in ("use", "building_m2")
    ]  # fmt: skip
    rows = ground.rows.annotate(twin=Coalesce(*(Subquery(one) for one in found)))
    twins: QuerySet[Any] = rows.exclude(twin=None)
    return twins


def other_contract_area(ground: Ground) -> QuerySet[Any]:
    """Premises whose contracts are of another area than their rooms have on the day."""
    running = Q(kind=ContractKind.PURCHASE) | Q(pk__in=Contract.objects.as_of(ground.on))
    contracts = Contract.objects.filter(running, premises=OuterRef("pk"))
    rooms = rooms_there(ground.on)
    agreed, built = (
        Subquery(rows.order_by().values("premises").annotate(all=Sum(name)).values("all"))
        for rows, name in ((contracts, "area_m2"), (rooms, "building_m2"))
    )
    rows: QuerySet[Any] = ground.rows.annotate(agreed=agreed, built=built)
    return rows.exclude(agreed=None).exclude(built=None).exclude(agreed=F("built"))


def other_contract(ground: Ground) -> QuerySet[Any]:
    """Premises that were bought or are leased by contract, though had otherwise."""
    bought = Contract.objects.filter(premises=OuterRef("pk"), kind=ContractKind.PURCHASE)
    rows = ground.rows.annotate(leased=Exists(leases_there(ground.on)), bought=Exists(bought))
    found: QuerySet[Any] = rows.filter(
        Q(bought=True) & ~Q(acquisition=Tenure.BOUGHT)
        | Q(leased=True) & ~Q(acquisition=Tenure.RENTED)
    )
    return found


def contract_text(row: Any) -> str:
    kinds = [(row.bought, ContractKind.PURCHASE), (row.leased, ContractKind.RENT)]
    named = "、".join(kind.label for there, kind in kinds if there)
    return f"取得方式是{row.get_acquisition_display()}，登记了{named}合同"


def in_ended(ground: Ground) -> QuerySet[Any]:
    """Premises kept or shared by communities that have ended."""
    shares = shares_there(ground.on).filter(community__valid_until__lte=ground.on)
    kept = Q(community__valid_until__lte=ground.on)
    return ground.rows.filter(kept | Exists(shares))


def ended_text(row: Any) -> str:
    until = row.community.valid_until
    if until is None:
        return "合用的社区已撤销，份额没有终止"
    return f"{row.community.short_name}已于{until}撤销，用房没有转出或终止"


def usable_differs(ground: Ground) -> list[Finding]:
    return _differing(ground, Measure.USABLE, 1)


def building_differs(ground: Ground) -> list[Finding]:
    return _differing(ground, Measure.BUILDING, 0)


def _differing(ground: Ground, measure: str, column: int) -> list[Finding]:
    """Communities whose area in the register is another than in the year's facts."""
    wrong: dict[int, str] = {}
    for key, areas in ground.registered.items():
        reported = ground.facts.get(key, (None, None))[column]
        here = square_metres(areas.of(COMMUNITY_USES, measure))
        if reported is not None and areas.known(measure) and here != reported:
            wrong[key] = f"台账{here:,f}㎡，{ground.year}年度数据{reported:,f}㎡"
    places = Community.objects.filter(pk__in=wrong).order_by("code")
    return [Finding(one.code, one.short_name, "", None, wrong[one.pk]) for one in places]


def _quoted(label: str, name: str) -> Callable[[Any], str]:
    return lambda row: f"{label}{getattr(row, name)}"


def _words(text: str) -> Callable[[Any], str]:
    return lambda row: text


GROUPS: Final = (
    Group("重复和产权", "同一处用房只登记一次", (
        Kind("same-title", "产权证号重复", "同一不动产权证号登记了几处。同一处的，合并成一处，"
             "用份额分给各社区", same_title, _quoted("证号", "title_no")),
        Kind("same-address", "坐落重复", "同一坐落登记了几处。核对是否同一处，不是的写明楼层、门牌",
             same_address, _quoted("坐落", "address")),
        Kind("no-title", "没有产权证号", "无偿移交、购买的用房，没有登记不动产权证号；"
             "只有物业服务用房的不算",
             untitled, lambda row: f"{row.get_acquisition_display()}，没有不动产权证号"),
        Kind("no-day", "没有取得日期", "没有登记取得（移交）日期，补助和移交期限算不出",
             without_day, _words("没有取得（移交）日期")),
    )),
    Group("使用和份额", "当日计入的面积", (
        Kind("lease-over", "租约到期仍在计入",
             "租用的用房，当日没有在期的租赁合同。续租的登记合同，"
             "不再租用的终止用房", lease_over, lease_text),
        Kind("other-contract", "取得方式和合同不符",
             "有购买合同的不是购买取得，或在租的不是租赁取得。核对取得方式，或更正合同",
             other_contract, contract_text),
        Kind("over-whole", "份额超过全部", "各社区份额合计超过总份数，面积按合计分",
             over_whole, parts_text),
        Kind("with-rest", "份额有余", "各社区份额合计少于总份数，余下的面积不计入任何社区",
             with_rest, parts_text),
        Kind("unused", "没有社区使用", "当日没有任何社区的份额，面积不计入",
             unused, _words("没有社区使用")),
        Kind("in-ended", "社区已撤销", "登记社区或合用的社区已经撤销，用房没有转出",
             in_ended, ended_text),
    )),
    Group("面积和年度数据", "台账和填报核对", (
        Kind("not-measured", "没有使用面积", "计入的房间没有使用面积，按使用面积的标准算不出",
             not_measured, lambda row: f"{row.rooms_without}个房间没有使用面积"),
        Kind("twin-rooms", "房间重复", "同一用房有两间部位名称相同，用途或面积也相同。"
             "重复登记的删除，不是的改部位名称", twin_rooms,
             lambda row: f"“{row.twin}”登记了不止一次"),
        Kind("contract-area", "合同面积和房间不一致",
             "购买合同和在期的租赁、借用合同的面积，和当日房间的建筑面积合计不同",
             other_contract_area,
             lambda row: f"合同{row.agreed:,}㎡，房间合计{row.built:,}㎡"),
        Kind("usable-differs", "使用面积和年度数据不一致", "台账当日的使用面积和年度填报的不同。"
             "核对后改台账，或更正年度数据", usable_differs, unit="个社区"),
        Kind("building-differs", "建筑面积和年度数据不一致", "台账当日工作和服务用房的建筑面积，"
             "和年度填报的用房建筑面积不同", building_differs, unit="个社区"),
    )),
)  # fmt: skip
KINDS: Final = {kind.key: kind for group in GROUPS for kind in group.kinds}


def count_of(kind: Kind, ground: Ground) -> int:
    """How many lines a check has."""
    found = kind.find(ground)
    return len(found) if isinstance(found, list) else found.count()


def findings_of(kind: Kind, rows: Sequence[Any]) -> list[Finding]:
    """Rows of a check as its lines."""
    return [
        row
        if isinstance(row, Finding)
        else Finding(row.code, row.community.short_name, row.name, row.pk, kind.text(row))
        for row in rows
    ]
