"""FactsDraft, FactsStep, Correction: a form under way, what was done with it, what was mended."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accounts.history import tracked
from accounts.models import User
from collection.choices import CorrectionState, StepKind
from communities.models import AnnualFacts, Community
from communities.querysets import ScopedQuerySet


class FactsDraft(models.Model):
    """草稿: what was typed into the form of a community and year, as it was typed.

    It goes when the form is handed in; only then do its figures reach AnnualFacts.
    """

    community = models.ForeignKey(
        Community, models.PROTECT, verbose_name="社区", related_name="facts_drafts"
    )
    year = models.PositiveSmallIntegerField("年度")
    code = models.CharField("社区代码", max_length=12, db_collation="C")
    # by name of a field: the text, its reason, and the version at which it was last changed
    cells = models.JSONField("填写内容", default=dict)
    reasons = models.JSONField("变动说明", default=dict)
    stamps = models.JSONField("各项版本", default=dict)
    version = models.PositiveIntegerField("版本", default=1)
    # the version of the facts on which it was begun; 0: there were none
    facts_version = models.PositiveIntegerField("数据版本", default=0)
    changed_by = models.ForeignKey(User, models.PROTECT, verbose_name="填写人", related_name="+")
    changed_at = models.DateTimeField("填写时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "草稿"
        verbose_name_plural = "草稿"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["community", "year"], name="draft_once_a_year")
        ]
        indexes = [models.Index(fields=["year", "code"], name="draft_year_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.year}年"


class FactsStep(models.Model):
    """办理记录: one act on a community's facts of a year; rows are only ever added."""

    facts = models.ForeignKey(
        AnnualFacts, models.PROTECT, verbose_name="年度数据", related_name="steps"
    )
    code = models.CharField("社区代码", max_length=12, db_collation="C")
    kind = models.CharField("办理", max_length=8, choices=StepKind.choices)
    # 1 for the first time the facts were handed in, 2 after the first return …
    number = models.PositiveSmallIntegerField("第几轮", default=1)
    # by name of a field; "" for what was said of the whole
    comments = models.JSONField("意见", default=dict, blank=True)
    by = models.ForeignKey(User, models.PROTECT, verbose_name="办理人", related_name="+")
    at = models.DateTimeField("办理时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "办理记录"
        verbose_name_plural = "办理记录"
        ordering = ["pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["facts", "id"], name="step_facts")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"


@tracked()
class Correction(models.Model):
    """更正: a dated, reasoned change of facts that were confirmed, and what it does to money."""

    facts = models.ForeignKey(
        AnnualFacts, models.PROTECT, verbose_name="年度数据", related_name="corrections"
    )
    code = models.CharField("社区代码", max_length=12, db_collation="C")
    year = models.PositiveSmallIntegerField("年度")
    state = models.CharField(
        "状态", max_length=9, choices=CorrectionState.choices, default="proposed"
    )
    # by name of a field: [text before, text after], as the collection writes texts
    changes = models.JSONField("更正内容")
    # by subject: [fen before, fen after], of the community, as shown when it was decided
    money = models.JSONField("对经费的影响", default=dict)
    reason = models.CharField("更正原因", max_length=200)
    document = models.CharField("依据文件或凭证", max_length=100)
    corrected_on = models.DateField("更正日期")
    proposed_by = models.ForeignKey(User, models.PROTECT, verbose_name="提出人", related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="批准人", related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)
    decision_note = models.CharField("批准意见", max_length=200, blank=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "更正"
        verbose_name_plural = "更正"
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["facts"],
                condition=Q(state="proposed"),
                name="correction_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | ~Q(decided_by=F("proposed_by"))
                | Q(state="withdrawn"),
                name="correction_maker_is_not_checker",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CorrectionState.values), name="correction_state"
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="states_follow",
                field="state",
                transitions=[
                    ("proposed", "applied"),
                    ("proposed", "refused"),
                    ("proposed", "withdrawn"),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.year}年 {self.get_state_display()}"
