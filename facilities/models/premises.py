"""Premises with their rooms, the communities that share them, and their contracts.

A set of rooms under one title or contract is one record. Its rooms have areas and days, so that an
area is counted from the day it is there until the day it ends. One or several communities of one
street share it: each has a number of parts, and the area of every room is divided by them to the
hundredth of a square metre, so that what the communities have adds up to what there is.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Final

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q

from accounts.history import tracked
from communities.models import Estate
from communities.models.facts import area, money
from communities.models.parts import DatedPart
from communities.models.places import ordered_days
from facilities.choices import ACQUISITIONS, ContractKind, RoomUse
from facilities.models.guards import ENDED, in_the_street_of, takes_along, within_the_whole

MOST_PARTS = 1_000_000
# no room of a community is larger: what is, was typed wrong
MOST_ROOM_M2: Final = Decimal("99999.99")
ROOM_AREA: Final = MaxValueValidator(
    MOST_ROOM_M2, f"一个房间不大于{MOST_ROOM_M2:,}㎡。核对是否多输"
)


def days() -> Func:
    """The days from valid_from until before valid_until, as a range."""
    return Func("valid_from", "valid_until", function="daterange", output_field=DateRangeField())


@tracked()
class Premises(DatedPart):
    """办公服务用房: rooms under one title or contract; `community` keeps the record."""

    name = models.CharField("用房名称", max_length=64, help_text="如：党群服务中心")
    address = models.CharField("坐落", max_length=200)
    estate = models.ForeignKey(
        Estate, models.PROTECT, verbose_name="所在小区", null=True, blank=True,
        related_name="premises",
    )  # fmt: skip
    project = models.ForeignKey(
        "facilities.Project", models.PROTECT, verbose_name="开发项目", null=True, blank=True,
        editable=False, related_name="premises",
    )  # fmt: skip
    acquisition = models.CharField("取得方式", max_length=11, choices=ACQUISITIONS)
    acquired_on = models.DateField(
        "取得（移交）日期", null=True, blank=True, help_text="购买的填合同生效日期"
    )
    owner = models.CharField(
        "产权单位", max_length=64, blank=True, help_text="产权属于个人的填“个人”，不写姓名"
    )
    title_no = models.CharField("不动产权证号", max_length=64, blank=True)
    titled_on = models.DateField("登记日期", null=True, blank=True)
    # of how many parts the shares of communities are taken; more than they have together: the rest
    # serves nobody
    total_parts = models.PositiveIntegerField(
        "总份数", default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_PARTS)]
    )

    class Meta:
        verbose_name = "办公服务用房"
        verbose_name_plural = "办公服务用房"
        ordering = ["code", "name"]
        default_permissions = ()
        permissions = [
            ("view_premises", "可以查看办公服务用房"),
            ("change_premises", "可以登记办公服务用房"),
            ("export_premises", "可以导出办公服务用房台账"),
            ("import_premises", "可以批量导入办公服务用房"),
            ("inspect_premises", "可以登记用房巡查和大厅检查"),
            ("order_correction", "可以下达整改通知、复查"),
            ("view_project", "可以查看开发项目"),
            ("change_project", "可以登记开发项目、办理关口"),
            ("sign_acceptance", "可以代表街道签署验收意见"),
            ("approve_gate", "可以批准关口例外通过"),
            ("issue_notice", "可以认定违约、发出告知函"),
            ("view_spaceplan", "可以查看用房达标计划"),
            ("propose_spaceplan", "可以拟订用房达标计划"),
            ("decide_spaceplan", "可以批准用房达标计划"),
        ]
        triggers = [
            takes_along(("room", "share", "contract", "inspection", "hallcheck")),
            within_the_whole("id", pgtrigger.UpdateOf("total_parts")),
        ]
        constraints = [
            ordered_days("premises_days_ordered"),
            models.UniqueConstraint(
                fields=["community", "name"],
                condition=Q(valid_until__isnull=True),
                name="premises_name_once",
                violation_error_message="这个社区已经有同名的用房。改名称，或打开已有的修改",
            ),
            models.CheckConstraint(
                condition=Q(total_parts__range=(1, MOST_PARTS)), name="premises_parts_range"
            ),
        ]
        indexes = [
            models.Index(fields=["code"], name="premises_code"),
            models.Index(fields=["title_no"], name="premises_title_no"),
        ]

    def __str__(self) -> str:
        return self.name


def within_building(name: str) -> Q:
    """The condition that a part of the building area is not larger than it; empty passes."""
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__lte": F("building_m2")})


class WithPremises(DatedPart):
    """What belongs to premises, and ends with them unless it ended by itself."""

    # whether it has its last day from the premises: it comes back with them
    ends_with_premises = models.BooleanField("随用房终止", default=False, editable=False)
    # the last day that it had before the premises ended, if any
    own_until = models.DateField("本来的终止日期", null=True, blank=True, editable=False)

    class Meta:
        abstract = True


@tracked()
class Room(WithPremises):
    """房间: a part of premises with one use; another use from a day on is another room."""

    premises = models.ForeignKey(
        Premises, models.PROTECT, verbose_name="用房", related_name="rooms"
    )
    name = models.CharField("部位", max_length=64, help_text="如：一楼大厅、二楼东侧")
    use = models.CharField("用途", max_length=8, choices=RoomUse.choices)
    building_m2 = models.DecimalField(
        "建筑面积（㎡）", max_digits=10, decimal_places=2,
        validators=[MinValueValidator(0), ROOM_AREA],
    )  # fmt: skip
    usable_m2 = area("使用面积（㎡）")
    above_ground_m2 = area("地上建筑面积（㎡）")

    class Meta:
        verbose_name = "房间"
        verbose_name_plural = "房间"
        ordering = ["premises_id", "use", "name", "pk"]
        default_permissions = ()
        triggers = [in_the_street_of("room", {"premises": "premises"})]
        constraints = [
            ordered_days("room_days_ordered"),
            models.CheckConstraint(
                condition=Q(building_m2__gt=0),
                name="room_area_positive",
                violation_error_message="建筑面积不大于0。填房间的建筑面积",
            ),
            models.CheckConstraint(
                condition=Q(building_m2__lte=MOST_ROOM_M2), name="room_area_believable"
            ),
            models.CheckConstraint(
                condition=Q(usable_m2__isnull=True) | Q(usable_m2__gte=0),
                name="room_usable_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(above_ground_m2__isnull=True) | Q(above_ground_m2__gte=0),
                name="room_above_ground_not_negative",
            ),
            models.CheckConstraint(
                condition=within_building("usable_m2"),
                name="room_usable_within_building",
                violation_error_message="使用面积大于建筑面积。改其中一个",
            ),
            models.CheckConstraint(
                condition=within_building("above_ground_m2"),
                name="room_above_ground_within_building",
                violation_error_message="地上建筑面积大于建筑面积。改其中一个",
            ),
        ]
        indexes = [models.Index(fields=["code"], name="room_code")]

    def __str__(self) -> str:
        return self.name


@tracked()
class Share(WithPremises):
    """份额: how many parts of premises a community has from a day until another."""

    premises = models.ForeignKey(
        Premises, models.PROTECT, verbose_name="用房", related_name="shares"
    )
    parts = models.PositiveIntegerField(
        "份数", validators=[MinValueValidator(1), MaxValueValidator(MOST_PARTS)]
    )

    class Meta:
        verbose_name = "份额"
        verbose_name_plural = "份额"
        ordering = ["premises_id", "code", "valid_from"]
        default_permissions = ()
        triggers = [
            in_the_street_of("share", {"premises": "premises"}, ENDED),
            within_the_whole(
                "premises_id",
                pgtrigger.Insert | pgtrigger.UpdateOf("parts", "valid_until", "premises_id"),
            ),
        ]
        constraints = [
            ordered_days("share_days_ordered"),
            models.CheckConstraint(
                condition=Q(parts__range=(1, MOST_PARTS)), name="share_parts_range"
            ),
            ExclusionConstraint(
                name="share_once_a_day",
                expressions=[
                    ("premises", RangeOperators.EQUAL),
                    ("community", RangeOperators.EQUAL),
                    (days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="这个社区在这段时间已经有份额。先让原来的到期",
            ),
        ]
        indexes = [models.Index(fields=["code"], name="share_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.parts}份"


@tracked()
class Contract(DatedPart):
    """合同: a purchase, a lease from a day until another, or a loan of premises."""

    premises = models.ForeignKey(
        Premises, models.PROTECT, verbose_name="用房", related_name="contracts"
    )
    kind = models.CharField("合同类别", max_length=8, choices=ContractKind.choices)
    number = models.CharField("合同编号", max_length=64, blank=True)
    party = models.CharField(
        "对方", max_length=64, blank=True, help_text="单位名称；个人填“个人”，不写姓名"
    )
    signed_on = models.DateField("签订日期")
    area_m2 = area("合同面积（㎡）")
    price_yuan = money("合同总价（元）")
    monthly_rent_yuan = money("月租金（元）")

    class Meta:
        verbose_name = "合同"
        verbose_name_plural = "合同"
        ordering = ["premises_id", "-signed_on", "pk"]
        default_permissions = ()
        triggers = [in_the_street_of("contract", {"premises": "premises"})]
        constraints = [
            ordered_days("contract_days_ordered"),
            models.CheckConstraint(
                condition=~Q(kind="purchase") | Q(price_yuan__isnull=False),
                name="contract_purchase_has_price",
                violation_error_message="购买合同没有总价。填写合同总价",
            ),
            models.CheckConstraint(
                condition=~Q(kind="rent")
                | Q(monthly_rent_yuan__isnull=False, valid_from__isnull=False),
                name="contract_rent_has_rent",
                violation_error_message="租赁合同没有月租金或起租日。补填",
            ),
            models.CheckConstraint(
                condition=(Q(price_yuan__isnull=True) | Q(price_yuan__gte=0))
                & (Q(monthly_rent_yuan__isnull=True) | Q(monthly_rent_yuan__gte=0))
                & (Q(area_m2__isnull=True) | Q(area_m2__gte=0)),
                name="contract_not_negative",
            ),
            ExclusionConstraint(
                name="contract_one_lease_a_day",
                expressions=[
                    ("premises", RangeOperators.EQUAL),
                    (days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind="rent"),
                violation_error_message="这段时间已经有租赁合同。先让原来的到期",
            ),
        ]
        indexes = [models.Index(fields=["code"], name="contract_code")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}合同{self.number}"

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Leave the leases of a day aside while the kind is not known.

        The exclusion passes over what is left out of its columns, but not of its condition.
        """
        left_out = {*(exclude or ())}
        if "kind" in left_out:
            left_out.add("premises")
        super().validate_constraints(exclude=left_out)
