"""QuotaPlan: a district's full-time workers of a year and whose they are; ExtraWorkers: 增配."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.history import tracked
from accounts.models import User
from communities.choices import DecisionState
from communities.models import Community
from communities.models.decisions import decided_by_another
from communities.querysets import PublishedQuerySet, ScopedQuerySet


@tracked()
class QuotaPlan(models.Model):
    """名额分配: how many full-time workers a district has in a year, out of what its texts ask."""

    code = models.CharField("县（市、区）代码", max_length=6, db_collation="C", editable=False)
    year = models.PositiveSmallIntegerField("年度")
    total = models.PositiveIntegerField("总量")
    # the ends of the rule when the plan was made, and the clause that gives them
    least = models.PositiveIntegerField("政策低值", null=True)
    most = models.PositiveIntegerField("政策高值", null=True)
    clause = models.CharField("条款", max_length=40, blank=True)
    reason = models.CharField("总量在区间外的理由", max_length=300, blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=DecisionState.choices, default=DecisionState.DRAFT
    )
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="拟订人", related_name="+")
    made_at = models.DateTimeField("拟订时间")
    decided_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="批准人", null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)
    decision = models.CharField("批准意见", max_length=300, blank=True)
    doc_no = models.CharField("批准文号", max_length=64, blank=True)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = "名额分配"
        verbose_name_plural = "名额分配"
        ordering = ["-year", "code"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["code", "year"], name="quotaplan_once_a_year"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{6}$"), name="quotaplan_code_shape"
            ),
            *decided_by_another("quotaplan", "made_by"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.year}年名额分配"


@tracked()
class QuotaLine(models.Model):
    """一个社区的名额: its part by households, and what was shifted to or from it."""

    plan = models.ForeignKey(
        QuotaPlan, models.PROTECT, verbose_name="名额分配", related_name="lines"
    )
    community = models.ForeignKey(
        Community, models.PROTECT, verbose_name="社区", related_name="quota_lines"
    )
    code = models.CharField("社区代码", max_length=12, db_collation="C", editable=False)
    households = models.PositiveIntegerField("核定户数")
    computed = models.PositiveIntegerField("按户数分配")
    shift = models.IntegerField("调整", default=0)
    reason = models.CharField("调整理由", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "社区名额"
        verbose_name_plural = "社区名额"
        ordering = ["code"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["plan", "community"], name="quotaline_once"),
            models.CheckConstraint(
                condition=Q(shift=0) | ~Q(reason=""),
                name="quotaline_shift_has_a_reason",
                violation_error_message="调整了名额，写明理由",
            ),
            models.CheckConstraint(
                condition=Q(computed__gte=0 - F("shift")),
                name="quotaline_not_negative",
                violation_error_message="调整后少于0人。改小调减的人数",
            ),
        ]
        indexes = [models.Index(fields=["code"], name="quotaline_code")]

    def __str__(self) -> str:
        return self.code

    @property
    def number(self) -> int:
        """The community's quota."""
        return self.computed + self.shift


@tracked()
class ExtraWorkers(models.Model):
    """增配: full-time workers beyond the clause for a heavier load, proposed and decided."""

    community = models.ForeignKey(
        Community, models.PROTECT, verbose_name="社区", related_name="extra_workers"
    )
    code = models.CharField("社区代码", max_length=12, db_collation="C", editable=False)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("增配人数")
    reason = models.CharField("理由", max_length=300)
    state = models.CharField(
        "状态", max_length=8, choices=DecisionState.choices, default=DecisionState.PROPOSED
    )
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="申请人", related_name="+")
    made_at = models.DateTimeField("申请时间")
    decided_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="批准人", null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)
    decision = models.CharField("批准意见", max_length=300, blank=True)
    doc_no = models.CharField("批准文号", max_length=64, blank=True)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "增配"
        verbose_name_plural = "增配"
        ordering = ["-year", "code", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["community", "year"],
                condition=Q(state__in=["draft", "proposed", "returned", "approved"]),
                name="extraworkers_once_a_year",
                violation_error_message="这个社区这一年已经有增配申请。打开已有的",
            ),
            *decided_by_another("extraworkers", "made_by"),
        ]
        indexes = [models.Index(fields=["code", "year"], name="extraworkers_code_year")]

    def __str__(self) -> str:
        return f"{self.code} {self.year}年增配{self.number}人"
