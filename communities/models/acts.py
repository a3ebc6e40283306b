"""Change acts: what governments decide of communities, and what follows from it."""

import uuid

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from accounts.history import tracked
from accounts.models import User
from communities.choices import ActKind, ActState, Relation, StepKind
from communities.models.places import Community
from communities.querysets import ActQuerySet, PartQuerySet

TRANSITIONS = (
    (ActState.DRAFT, ActState.SUBMITTED),
    (ActState.DRAFT, ActState.WITHDRAWN),
    (ActState.SUBMITTED, ActState.RETURNED),
    (ActState.SUBMITTED, ActState.REVIEWED),
    (ActState.SUBMITTED, ActState.WITHDRAWN),
    (ActState.RETURNED, ActState.SUBMITTED),
    (ActState.RETURNED, ActState.WITHDRAWN),
    (ActState.REVIEWED, ActState.RETURNED),
    (ActState.REVIEWED, ActState.REFUSED),
    (ActState.REVIEWED, ActState.DECIDED),
    (ActState.DECIDED, ActState.APPLIED),
    (ActState.DECIDED, ActState.RETURNED),
)


@tracked()
class ChangeAct(models.Model):
    """变更: a request to change communities, its review, the government's decision, its effect.

    `plan` and `table` are JSON as communities.services.plans describes; `code` is the scope in
    which it is dealt with, that of the office that proposed it.
    """

    key = models.UUIDField("提交标识", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("变更类型", max_length=9, choices=ActKind.choices)
    code = models.CharField("辖区代码", max_length=9, db_collation="C", editable=False)
    state = models.CharField(
        "状态", max_length=9, choices=ActState.choices, default=ActState.DRAFT, editable=False
    )
    title = models.CharField("事项", max_length=200)
    reason = models.TextField("理由", max_length=2000)
    plan = models.JSONField("变更方案", default=dict)
    table = models.JSONField("变更前后对照", default=dict, blank=True)
    round = models.PositiveSmallIntegerField("轮次", default=1, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    proposed_by = models.ForeignKey(User, models.PROTECT, verbose_name="提出人", related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="审查人", related_name="+", null=True, blank=True
    )
    decision_authority = models.CharField("批准机关", max_length=64, blank=True)
    decision_doc_no = models.CharField("批复文号", max_length=64, blank=True)
    decided_on = models.DateField("批复日期", null=True, blank=True)
    effective_on = models.DateField("生效日期", null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="批复录入人", related_name="+", null=True, blank=True
    )
    applied_at = models.DateTimeField("执行时间", null=True, blank=True)
    # why it could not take effect on its day; it stays decided until somebody mends it
    failure = models.CharField("未能生效的原因", max_length=500, blank=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = "变更"
        verbose_name_plural = "变更"
        ordering = ["-id"]
        default_permissions = ()
        permissions = [
            ("propose_changeact", "可以提出变更"),
            ("review_changeact", "可以审查变更"),
            ("decide_changeact", "可以录入批复"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="state_by_steps",
                field="state",
                transitions=[(old.value, new.value) for old, new in TRANSITIONS],
            ),
            pgtrigger.Protect(
                name="born_as_draft",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__state__df="draft"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("proposed_by")),
                name="act_reviewed_by_another",
                violation_error_message="提出人不能审查自己提出的变更，由其他人审查",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="act_decided_by_another",
                violation_error_message="提出人不能录入自己提出的变更的批复，由其他人录入",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("decided", "applied"))
                | Q(
                    ~Q(decision_doc_no=""),
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                    effective_on__isnull=False,
                ),
                name="act_decided_with_document",
            ),
            models.CheckConstraint(
                condition=~Q(state="applied") | Q(applied_at__isnull=False),
                name="act_applied_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "state"], name="act_code_state"),
            models.Index(fields=["effective_on"], name="act_due", condition=Q(state="decided")),
            # acts that concern a community: plan @> {"communities": [key]}
            GinIndex(fields=["plan"], name="act_plan", opclasses=["jsonb_path_ops"]),
        ]

    def __str__(self) -> str:
        return self.title


class ActStep(models.Model):
    """办理记录: one step of a change act with its comments; rows are only ever added."""

    act = models.ForeignKey(ChangeAct, models.PROTECT, verbose_name="变更", related_name="steps")
    code = models.CharField("辖区代码", max_length=9, db_collation="C")
    round = models.PositiveSmallIntegerField("轮次")
    kind = models.CharField("步骤", max_length=8, choices=StepKind.choices)
    # empty: done by the system on the effective day
    by = models.ForeignKey(
        User, models.PROTECT, verbose_name="办理人", related_name="+", null=True, blank=True
    )
    at = models.DateTimeField("时间")
    comment = models.TextField("意见", max_length=2000, blank=True)
    # comments per item of the request: {item: comment}
    items = models.JSONField("逐项意见", default=dict, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "办理记录"
        verbose_name_plural = "办理记录"
        ordering = ["id"]
        default_permissions = ()
        indexes = [models.Index(fields=["code"], name="actstep_code")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"


@tracked()
class Lineage(models.Model):
    """沿革: what the page of a community says of another that came before or after it."""

    community = models.ForeignKey(
        Community, models.PROTECT, verbose_name="社区", related_name="lineage"
    )
    code = models.CharField("社区代码", max_length=12, db_collation="C")
    relation = models.CharField("关系", max_length=11, choices=Relation.choices)
    other = models.ForeignKey(Community, models.PROTECT, verbose_name="另一社区", related_name="+")
    other_code = models.CharField("另一社区代码", max_length=12, db_collation="C")
    other_name = models.CharField("另一社区名称", max_length=64)
    act = models.ForeignKey(ChangeAct, models.PROTECT, verbose_name="变更", related_name="lineage")
    kind = models.CharField("变更类型", max_length=9, choices=ActKind.choices)
    doc_no = models.CharField("批复文号", max_length=64)
    effective_on = models.DateField("生效日期")
    households = models.PositiveIntegerField("划转户数", null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "沿革"
        verbose_name_plural = "沿革"
        ordering = ["effective_on", "id"]
        default_permissions = ()
        indexes = [models.Index(fields=["code"], name="lineage_code")]

    def __str__(self) -> str:
        return f"{self.get_relation_display()}{self.other_name}"
