"""Round: what a bureau asks of its streets for a year; extensions and reminders."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.history import tracked
from accounts.models import User
from collection.choices import HouseholdsMeasure, RoundState
from collection.querysets import RoundQuerySet
from collection.rules.fields import FIELDS
from communities.querysets import ScopedQuerySet


@tracked()
class Round(models.Model):
    """填报任务: which facts of a year are asked, of which streets, until when."""

    code = models.CharField("下达单位区划代码", max_length=6, db_collation="C")
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("任务名称", max_length=60)
    reference_on = models.DateField("统计时点")
    households_measure = models.CharField(
        "核定户数取自", max_length=24, choices=HouseholdsMeasure.choices
    )
    # names of fields of AnnualFacts
    asked = ArrayField(models.CharField(max_length=40), verbose_name="填报项目")
    # none: all streets of the unit
    street_codes = ArrayField(
        models.CharField(max_length=9, db_collation="C"),
        verbose_name="填报街道",
        default=list,
        blank=True,
    )
    street_review = models.BooleanField("街道审核后报送", default=True)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    state = models.CharField("状态", max_length=6, choices=RoundState.choices, default="draft")
    note = models.CharField("填报说明", max_length=500, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="下达人", related_name="+")
    made_at = models.DateTimeField("建立时间", auto_now_add=True)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "填报任务"
        verbose_name_plural = "填报任务"
        ordering = ["-year", "code", "pk"]
        permissions = [("run_round", "可以下达填报任务")]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on")), name="round_opens_before_it_closes"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1949, year__lte=2199), name="round_year_range"
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^([0-9]{4}|[0-9]{6})$"), name="round_code_shape"
            ),
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="round_state"),
        ]
        indexes = [models.Index(fields=["year", "code"], name="round_year_code")]

    def __str__(self) -> str:
        return self.title

    def get_asked_display(self) -> str:
        return "、".join(FIELDS[name].label for name in self.asked if name in FIELDS)

    def get_street_codes_display(self) -> str:
        return "、".join(self.street_codes)


class Extension(models.Model):
    """延期: a later closing day for one street, with its reason; rows are only ever added."""

    round = models.ForeignKey(
        Round, models.PROTECT, verbose_name="填报任务", related_name="extensions"
    )
    code = models.CharField("街道代码", max_length=9, db_collation="C")
    closes_on = models.DateField("延期至")
    reason = models.CharField("延期原因", max_length=200)
    by = models.ForeignKey(User, models.PROTECT, verbose_name="批准人", related_name="+")
    at = models.DateTimeField("批准时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "延期"
        verbose_name_plural = "延期"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.code} {self.closes_on}"


class Reminder(models.Model):
    """催办: a street was reminded of what is missing; rows are only ever added."""

    round = models.ForeignKey(
        Round, models.PROTECT, verbose_name="填报任务", related_name="reminders"
    )
    code = models.CharField("街道代码", max_length=9, db_collation="C")
    unfinished = models.PositiveIntegerField("未报社区")
    by = models.ForeignKey(
        User, models.PROTECT, verbose_name="催办人", related_name="+", null=True
    )  # none: by the calendar
    at = models.DateTimeField("催办时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "催办"
        verbose_name_plural = "催办"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.code} {self.at:%Y-%m-%d}"
