"""Plans by which communities get the area that they lack, and pools of money for it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.history import tracked
from accounts.models import User
from communities.choices import DecisionState
from communities.models import Community
from communities.models.decisions import decided_by_another
from communities.models.facts import area, count, money
from communities.models.parts import Part
from communities.querysets import PublishedQuerySet, ScopedQuerySet
from facilities.choices import Means, MeasureState, PoolMethod, PoolShare, PoolWeight, RankedBy
from facilities.models.plan_guards import decided_stays, line_guards, measure_guards, pool_guards
from facilities.models.premises import Premises
from facilities.models.projects import Project

# who pays a measure: the columns of its cost
PAYERS = ("province", "city", "district", "street", "other")
YEARS = [MinValueValidator(1949), MaxValueValidator(2199)]


def paid_by(label: str) -> models.DecimalField:
    """Return the column of what one payer gives to a measure, in yuan."""
    return models.DecimalField(
        label, max_digits=14, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )


def not_by_makers(name: str) -> models.CheckConstraint:
    """The condition that none of those who wrote a record decides on it."""
    return models.CheckConstraint(
        condition=Q(decided_by__isnull=True) | ~Q(makers__contains=[F("decided_by")]),
        name=f"{name}_makers_not_decider",
        violation_error_message="拟订和修改过的人不能批准",
    )


def makers() -> ArrayField:
    """Return the column of all who ever wrote the record: none of them decides on it."""
    return ArrayField(
        models.BigIntegerField(), verbose_name="拟订和修改的人", default=list, blank=True,
        editable=False,
    )  # fmt: skip


@tracked()
class SpacePlan(models.Model):
    """用房达标计划: by which means a district's communities get what they lack, in some years."""

    code = models.CharField("县（市、区）代码", max_length=6, db_collation="C", editable=False)
    title = models.CharField("计划名称", max_length=64)
    first_year = models.PositiveSmallIntegerField("起始年度", validators=YEARS)
    last_year = models.PositiveSmallIntegerField("截止年度", validators=YEARS)
    state = models.CharField(
        "状态", max_length=8, choices=DecisionState.choices, default=DecisionState.DRAFT,
        editable=False,
    )  # fmt: skip
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="拟订人", related_name="+")
    made_at = models.DateTimeField("拟订时间")
    decided_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="批准人", null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)
    decision = models.CharField("批准意见", max_length=300, blank=True)
    doc_no = models.CharField("批准文号", max_length=64, blank=True)
    # what was approved; what was adjusted since shows beside it
    approved_count = count("批准时项目数")
    approved_m2 = area("批准时新增面积（㎡）")
    approved_yuan = money("批准时费用（元）")
    makers = makers()
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = "用房达标计划"
        verbose_name_plural = "用房达标计划"
        ordering = ["-first_year", "code"]
        default_permissions = ()
        triggers = decided_stays(
            "spaceplan",
            "first_year",
            decision=("approved_count", "approved_m2", "approved_yuan"),
        )
        constraints = [
            models.UniqueConstraint(
                fields=["code", "first_year"],
                name="spaceplan_once_a_year",
                violation_error_message="这个县（市、区）已经有从这一年开始的计划。打开已有的",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{6}$"), name="spaceplan_code_shape"
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")) & Q(last_year__lt=F("first_year") + 10),
                name="spaceplan_years_ordered",
                violation_error_message="截止年度早于起始年度，或长于十年。改其中一个",
            ),
            *decided_by_another("spaceplan", "made_by"),
            not_by_makers("spaceplan"),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class SpaceMeasure(Part):
    """达标计划的一项: one community, one means, one year; its cost by payer."""

    plan = models.ForeignKey(
        SpacePlan, models.PROTECT, verbose_name="达标计划", related_name="measures"
    )
    community = models.ForeignKey(
        Community, models.PROTECT, verbose_name="社区", related_name="space_measures"
    )
    year = models.PositiveSmallIntegerField("年度", validators=YEARS)
    means = models.CharField("补齐方式", max_length=10, choices=Means.choices)
    area_m2 = models.DecimalField(
        "新增面积（㎡）", max_digits=10, decimal_places=2, validators=[MinValueValidator(0)]
    )
    province_yuan = paid_by("省级（元）")
    city_yuan = paid_by("市级（元）")
    district_yuan = paid_by("县（市、区）级（元）")
    street_yuan = paid_by("街道（元）")
    other_yuan = paid_by("其他来源（元）")
    state = models.CharField(
        "进度", max_length=9, choices=MeasureState.choices, default=MeasureState.PLANNED
    )
    done_on = models.DateField("完成日期", null=True, blank=True)
    done_area_m2 = area("实际新增面积（㎡）")
    premises = models.ForeignKey(
        Premises, models.PROTECT, verbose_name="对应用房", null=True, blank=True,
        related_name="measures",
    )  # fmt: skip
    project = models.ForeignKey(
        Project, models.PROTECT, verbose_name="对应开发项目", null=True, blank=True,
        related_name="measures",
    )  # fmt: skip
    # when it was last changed in an approved plan
    adjusted_at = models.DateTimeField("调整时间", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "达标计划项目"
        verbose_name_plural = "达标计划项目"
        ordering = ["year", "code", "pk"]
        default_permissions = ()
        triggers = measure_guards()
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "community", "year", "means"],
                name="spacemeasure_once",
                violation_error_message="计划里已经有这个社区这一年同样的补齐方式。打开已有的修改",
            ),
            models.CheckConstraint(
                condition=Q(area_m2__gt=0),
                name="spacemeasure_area_positive",
                violation_error_message="新增面积不大于0。填写新增面积",
            ),
            models.CheckConstraint(
                condition=Q(*(Q(**{f"{payer}_yuan__gte": 0}) for payer in PAYERS)),
                name="spacemeasure_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_on__isnull=False, done_area_m2__isnull=False),
                name="spacemeasure_done_whole",
                violation_error_message="已完成的写明完成日期和实际新增面积",
            ),
        ]
        indexes = [models.Index(fields=["code", "year"], name="spacemeasure_code_year")]

    def __str__(self) -> str:
        return f"{self.code} {self.year}年{self.get_means_display()}"


@tracked()
class SpacePool(models.Model):
    """用房补助资金: a sum that a wider office divides in a year, by weights or by rank."""

    code = models.CharField("区划代码", max_length=4, db_collation="C", editable=False)
    year = models.PositiveSmallIntegerField("年度", validators=YEARS)
    title = models.CharField("资金名称", max_length=64)
    amount_yuan = models.DecimalField(
        "总额（元）", max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )
    method = models.CharField("分配方式", max_length=7, choices=PoolMethod.choices)
    weight_by = models.CharField(
        "权数", max_length=10, choices=PoolWeight.choices, default=PoolWeight.GAP
    )
    pays = models.CharField(
        "承担范围", max_length=8, choices=PoolShare.choices, default=PoolShare.TOTAL
    )
    ranked_by = models.CharField(
        "受益口径", max_length=10, choices=RankedBy.choices, default=RankedBy.RESIDENTS
    )
    pays_last_in_part = models.BooleanField("余额部分安排下一项", default=False)
    basis = models.CharField("依据", max_length=200, blank=True, help_text="文件名称、文号、条款")
    state = models.CharField(
        "状态", max_length=8, choices=DecisionState.choices, default=DecisionState.DRAFT,
        editable=False,
    )  # fmt: skip
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="拟订人", related_name="+")
    made_at = models.DateTimeField("拟订时间")
    decided_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="批准人", null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)
    decision = models.CharField("批准意见", max_length=300, blank=True)
    doc_no = models.CharField("批准文号", max_length=64, blank=True)
    makers = makers()
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = "用房补助资金"
        verbose_name_plural = "用房补助资金"
        ordering = ["-year", "code", "pk"]
        default_permissions = ()
        triggers = pool_guards()
        constraints = [
            models.UniqueConstraint(
                fields=["code", "year", "title"],
                name="spacepool_once",
                violation_error_message="这一年已经有同名的资金。打开已有的",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^([0-9]{2}|[0-9]{4})$"), name="spacepool_code_shape"
            ),
            models.CheckConstraint(
                condition=Q(amount_yuan__gt=0),
                name="spacepool_amount_positive",
                violation_error_message="总额不大于0。填写总额",
            ),
            *decided_by_another("spacepool", "made_by"),
            not_by_makers("spacepool"),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class SpacePoolLine(models.Model):
    """资金分配的一行: what a county, or a measure of a plan, gets; kept as it was divided."""

    pool = models.ForeignKey(
        SpacePool, models.PROTECT, verbose_name="用房补助资金", related_name="lines"
    )
    # of the county, or of the measure's community
    code = models.CharField("区划代码", max_length=12, db_collation="C", editable=False)
    measure = models.ForeignKey(
        SpaceMeasure, models.PROTECT, verbose_name="达标计划项目", null=True, blank=True,
        related_name="pool_lines",
    )  # fmt: skip
    weight = models.PositiveBigIntegerField("权数", null=True, blank=True)
    rank = models.PositiveIntegerField("名次", null=True, blank=True)
    asked_yuan = money("申请（元）")
    amount_yuan = models.DecimalField(
        "分配（元）", max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "资金分配"
        verbose_name_plural = "资金分配"
        ordering = ["pool_id", "rank", "code", "pk"]
        default_permissions = ()
        triggers = line_guards()
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "code", "measure"],
                name="spacepoolline_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(amount_yuan__gte=0), name="spacepoolline_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["code"], name="spacepoolline_code")]

    def __str__(self) -> str:
        return self.code
