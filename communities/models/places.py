"""Division and Community: places with their codes, valid for a time, and what they were called."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Deferrable, F, Func, Q
from django.db.models.functions import Cast, Coalesce

from accounts.history import tracked
from communities.choices import (
    AreaKind,
    CommitteeKind,
    CommunityKind,
    Level,
    StreetTier,
    UrbanRuralClass,
)
from communities.querysets import CommunityQuerySet, DatedQuerySet
from communities.typed import check_credit_code

DIVISION_CODE = r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9})$"
COMMUNITY_CODE = r"^[0-9]{12}$"


def no_overlap(name: str, *, since: Any = "valid_from", **more: Any) -> ExclusionConstraint:
    """One code may be re-issued after it ended, never held twice on one day.

    The code as a number: a GiST index over numbers takes a third of the time of one over text.
    """
    code = Cast("code", models.BigIntegerField())
    days = Func(since, "valid_until", function="daterange", output_field=DateRangeField())
    return ExclusionConstraint(
        name=name,
        expressions=[(code, RangeOperators.EQUAL), (days, RangeOperators.OVERLAPS)],
        **more,
        violation_error_message="这个代码在这段时间已经有了。先给原来的填上“到何日止”",
    )


def ordered_days(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_from__isnull=True)
        | Q(valid_until__isnull=True)
        | Q(valid_until__gt=F("valid_from")),
        name=name,
        violation_error_message="“到何日止”不晚于“自何日起”。改其中一个日期",
    )


class Dated(models.Model):
    valid_from = models.DateField("自何日起", null=True, blank=True, help_text="空：早于记录")
    valid_until = models.DateField("到何日止", null=True, blank=True, help_text="当日起不再有效")

    class Meta:
        abstract = True


@tracked()
class Division(Dated):
    """区划: a province, city, district or street with its code, valid for a time."""

    code = models.CharField(
        "区划代码",
        max_length=9,
        db_collation="C",
        validators=[RegexValidator(DIVISION_CODE, "区划代码“%(value)s”应为2、4、6或9位数字")],
    )
    name = models.CharField("名称", max_length=64)
    level = models.CharField("级别", max_length=8, choices=Level.choices)
    central_urban = models.BooleanField(
        "中心城区", null=True, blank=True, help_text="县（市、区）填"
    )
    poor_county = models.BooleanField("贫困县", null=True, blank=True, help_text="县（市、区）填")
    street_tier = models.CharField(
        "街道财力", max_length=8, choices=StreetTier.choices, blank=True, help_text="街道（乡镇）填"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "区划"
        verbose_name_plural = "区划"
        ordering = ["code", "valid_from"]
        permissions = [("import_division", "可以导入区划和社区")]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=DIVISION_CODE), name="division_code_shape"
            ),
            models.CheckConstraint(
                condition=Q(
                    *(
                        Q(level=level, code__regex=rf"^[0-9]{{{length}}}$")
                        for length, level in (
                            (2, "province"),
                            (4, "city"),
                            (6, "district"),
                            (9, "street"),
                        )
                    ),
                    _connector=Q.OR,
                ),
                name="division_level_of_code",
                violation_error_message="级别和代码位数不符：省2位，市4位，县（市、区）6位，街道9位",
            ),
            ordered_days("division_days_ordered"),
            no_overlap("division_code_once_a_day"),
        ]
        # Names of codes are looked up on nearly every page.
        indexes = [models.Index(fields=["code"], name="division_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@tracked(exclude=("search_grams",))
class Community(Dated):
    """社区: an urban community or a village with its 12-digit code, valid for a time."""

    code = models.CharField(
        "社区代码",
        max_length=12,
        db_collation="C",
        validators=[RegexValidator(COMMUNITY_CODE, "社区代码“%(value)s”应为12位数字")],
    )
    name = models.CharField("全称", max_length=64, help_text="如：古城社区居委会")
    short_name = models.CharField("简称", max_length=64, help_text="如：古城社区")
    initials = models.CharField("拼音首字母", max_length=64, db_collation="C", blank=True)
    committee_kind = models.CharField("组织类型", max_length=9, choices=CommitteeKind.choices)
    area_kind = models.CharField("住区类型", max_length=5, choices=AreaKind.choices, blank=True)
    kind = models.CharField("类型", max_length=14, choices=CommunityKind.choices, blank=True)
    urban_rural_class = models.CharField(
        "城乡分类", max_length=3, choices=UrbanRuralClass.choices, blank=True
    )
    credit_code = models.CharField(
        "统一社会信用代码",
        max_length=18,
        blank=True,
        db_collation="C",
        validators=[check_credit_code],
    )
    boundary_east = models.CharField("东至", max_length=100, blank=True)
    boundary_south = models.CharField("南至", max_length=100, blank=True)
    boundary_west = models.CharField("西至", max_length=100, blank=True)
    boundary_north = models.CharField("北至", max_length=100, blank=True)
    area_km2 = models.DecimalField(
        "面积（平方公里）",
        max_digits=9,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    set_up_on = models.DateField("设立日期", null=True, blank=True)
    set_up_doc_no = models.CharField(
        "批准文号", max_length=64, blank=True, help_text="如：聊东政字〔2015〕8号"
    )
    address = models.CharField("办公地址", max_length=200, blank=True)
    tags = ArrayField(
        models.CharField(max_length=16), verbose_name="标签", default=list, blank=True,
        help_text="如：示范社区；几个之间用顿号或逗号隔开",
    )  # fmt: skip
    remarks = models.CharField("备注", max_length=500, blank=True)
    # Since when it has the present code and name; empty: since valid_from. Earlier ones are
    # FormerDesignation.
    designated_from = models.DateField("现用代码和名称自", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    is_demo = models.BooleanField("演示数据", default=False)
    search_grams = ArrayField(models.TextField(), default=list, editable=False)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name = "社区"
        verbose_name_plural = "社区"
        ordering = ["code", "valid_from"]
        permissions = [
            ("register_community", "可以登记社区资料、小区、网格、组织、档案和材料"),
            ("export_community", "可以导出社区台账和档案"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=COMMUNITY_CODE), name="community_code_shape"
            ),
            models.CheckConstraint(
                condition=Q(committee_kind__in=CommitteeKind.values),
                name="community_committee_kind",
            ),
            ordered_days("community_days_ordered"),
            models.CheckConstraint(
                condition=Q(designated_from__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(designated_from__gte=F("valid_from")),
                name="community_designated_within_life",
            ),
            models.CheckConstraint(
                condition=Q(area_km2__isnull=True) | Q(area_km2__gte=0),
                name="community_area_not_negative",
            ),
            no_overlap(
                "community_code_once_a_day",
                since=Cast(Coalesce("designated_from", "valid_from"), models.DateField()),
                # codes that change places on one day are set one after the other
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]
        indexes = [
            models.Index(fields=["code"], name="community_code"),
            GinIndex(fields=["search_grams"], name="community_search"),
            models.Index(
                fields=["credit_code"], name="community_credit_code", condition=~Q(credit_code="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.short_name}"


@tracked()
class FormerDesignation(models.Model):
    """曾用代码和名称: the code and name that a community had until a day, which stay readable."""

    community = models.ForeignKey(
        Community, models.PROTECT, verbose_name="社区", related_name="former_designations"
    )
    code = models.CharField("社区代码", max_length=12, db_collation="C")
    name = models.CharField("全称", max_length=64)
    short_name = models.CharField("简称", max_length=64)
    committee_kind = models.CharField("组织类型", max_length=9, choices=CommitteeKind.choices)
    valid_from = models.DateField("自何日起", null=True, blank=True)
    valid_until = models.DateField("到何日止")
    # The present code, for the redirect and for readers whose scope ends at the old one.
    present_code = models.CharField("现用代码", max_length=12, db_collation="C")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "曾用代码和名称"
        verbose_name_plural = "曾用代码和名称"
        ordering = ["code", "valid_until"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=COMMUNITY_CODE), name="former_designation_code_shape"
            ),
            ordered_days("former_designation_days_ordered"),
            no_overlap("former_designation_code_once_a_day"),
        ]
        indexes = [models.Index(fields=["code"], name="former_designation_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.short_name}"
