"""Award: an honour with money by a clause; PayRecord: what a person was in fact paid in a year."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.history import tracked
from accounts.models import User
from communities.choices import DecisionState
from communities.models import Community
from communities.models.decisions import decided_by_another
from communities.models.facts import money, not_below_zero
from communities.querysets import ScopedQuerySet
from staffing.choices import AwardKind, PayChannel
from staffing.models.persons import Person


@tracked()
class Award(models.Model):
    """奖励: granted to a person; the amount follows from the clause, month by month or once."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="人员", related_name="awards")
    community = models.ForeignKey(
        Community, models.PROTECT, verbose_name="社区", related_name="awards"
    )
    code = models.CharField("社区代码", max_length=12, db_collation="C", editable=False)
    kind = models.CharField("奖励", max_length=20, choices=AwardKind.choices)
    # the year that is rewarded
    year = models.PositiveSmallIntegerField("考核年度")
    # the first day of the first month that is paid monthly; the day of a single payment
    starts_on = models.DateField("自何日起")
    doc_no = models.CharField("文号", max_length=64, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=DecisionState.choices, default=DecisionState.PROPOSED
    )
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="申报人", related_name="+")
    made_at = models.DateTimeField("申报时间")
    decided_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="批准人", null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)
    decision = models.CharField("批准意见", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "奖励"
        verbose_name_plural = "奖励"
        ordering = ["-year", "code", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "year"],
                condition=~Q(state=DecisionState.REFUSED),
                name="award_once_a_year",
                violation_error_message="这个人这一年已经有这项奖励。打开已有的",
            ),
            *decided_by_another("award", "made_by"),
        ]
        indexes = [models.Index(fields=["code", "year"], name="award_code_year")]

    def __str__(self) -> str:
        return f"{self.year}年{self.get_kind_display()}"


@tracked()
class PayRecord(models.Model):
    """实发: what a person was paid in a community for some months of a year, not a payroll."""

    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="人员", related_name="pay_records"
    )
    community = models.ForeignKey(
        Community, models.PROTECT, verbose_name="社区", related_name="pay_records"
    )
    code = models.CharField("社区代码", max_length=12, db_collation="C", editable=False)
    year = models.PositiveSmallIntegerField("年度")
    first_month = models.PositiveSmallIntegerField(
        "起始月", validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    last_month = models.PositiveSmallIntegerField(
        "截止月", validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    pay_channel = models.CharField("报酬渠道", max_length=11, choices=PayChannel.choices)
    # sums of the months
    allowance_yuan = money("实发生活补贴（元）")
    insurance_yuan = money("单位缴纳社会保险（元）")
    note = models.CharField("说明", max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="登记人", related_name="+")
    made_at = models.DateTimeField("登记时间")
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "实发报酬"
        verbose_name_plural = "实发报酬"
        ordering = ["-year", "code", "person_id", "first_month"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(first_month__gte=1, last_month__lte=12)
                & Q(first_month__lte=F("last_month")),
                name="payrecord_months",
                violation_error_message="截止月早于起始月。改其中一个",
            ),
            models.CheckConstraint(
                condition=not_below_zero(("allowance_yuan", "insurance_yuan")),
                name="payrecord_not_negative",
            ),
            models.UniqueConstraint(
                fields=["person", "community", "year", "first_month"],
                name="payrecord_once",
                violation_error_message="这个人在本社区从这个月起的实发已经登记。打开已有的",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "year"], name="payrecord_code_year"),
            models.Index(fields=["person", "year"], name="payrecord_person_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.first_month}至{self.last_month}月"
