"""Development projects with their gates, what is handed over, and defaults of builders.

A project belongs to a street (`code`); the community that will get the rooms may not exist yet.
Gates are passed in their order. What was refused, and what was passed against the rule, stays.
"""

from __future__ import annotations

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.history import tracked
from accounts.models import User
from communities.choices import AreaKind
from communities.models import Community, Estate
from communities.models.facts import FIRST_DAY, area, count
from communities.querysets import ScopedQuerySet
from facilities.choices import (
    DefaultKind,
    DefaultState,
    GateState,
    Permit,
    ProjectState,
    RoomUse,
    Stage,
)
from facilities.models.premises import ROOM_AREA
from facilities.models.project_guards import GATE_GUARDS, LIST_GUARDS, PROJECT_GUARDS
from facilities.models.withdrawn import Withdrawable, withdrawn_whole


@tracked()
class Project(models.Model):
    """开发项目: a development that must build rooms for a community and hand them over."""

    code = models.CharField("街道代码", max_length=9, db_collation="C", editable=False)
    name = models.CharField("项目名称", max_length=64)
    developer = models.CharField("建设单位", max_length=64)
    location = models.CharField("坐落", max_length=200)
    # that gets the rooms; empty while it is not set up
    community = models.ForeignKey(
        Community, models.PROTECT, verbose_name="受益社区", null=True, blank=True,
        related_name="projects", help_text="社区还没有设立的，先不选",
    )  # fmt: skip
    estate = models.ForeignKey(
        Estate, models.PROTECT, verbose_name="建成小区", null=True, blank=True,
        related_name="projects",
    )  # fmt: skip
    area_kind = models.CharField(
        "住区类型", max_length=5, choices=AreaKind.choices, default=AreaKind.NEW
    )
    planned_households = models.PositiveIntegerField("规划户数", validators=[MinValueValidator(1)])
    gross_floor_area_m2 = area("总建筑面积（㎡）")
    first_move_in_on = models.DateField(
        "首批居民入住日", null=True, blank=True,
        validators=[
            MinValueValidator(FIRST_DAY, "入住日%(show_value)s早于%(limit_value)s。核对年份")
        ],
    )  # fmt: skip
    state = models.CharField(
        "状态", max_length=9, choices=ProjectState.choices, default=ProjectState.RUNNING,
        editable=False,
    )  # fmt: skip
    cancelled_because = models.CharField("取消原因", max_length=200, blank=True, editable=False)
    remarks = models.CharField("备注", max_length=500, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="登记人", related_name="+")
    made_at = models.DateTimeField("登记时间")
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "开发项目"
        verbose_name_plural = "开发项目"
        ordering = ["code", "name", "pk"]
        default_permissions = ()
        triggers = PROJECT_GUARDS
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{9}$"), name="project_code_shape"
            ),
            models.CheckConstraint(
                condition=Q(planned_households__gte=1),
                name="project_households_positive",
                violation_error_message="规划户数为0。填写规划户数",
            ),
            models.UniqueConstraint(
                fields=["code", "name"],
                name="project_name_once",
                violation_error_message="这个街道已经有同名的项目。改名称，或打开已有的",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""),
                name="project_cancelled_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["code", "state"], name="project_code_state")]

    def __str__(self) -> str:
        return self.name


@tracked()
class Gate(models.Model):
    """关口: one try to pass a gate: who said what on which day, with the areas then.

    promised: what the document of the gate promises; found: what was measured. required: what the
    policies asked for the planned households on that day, kept as it was.
    """

    project = models.ForeignKey(
        Project, models.PROTECT, verbose_name="开发项目", related_name="gates"
    )
    code = models.CharField("街道代码", max_length=9, db_collation="C", editable=False)
    stage = models.CharField("关口", max_length=18, choices=Stage.choices)
    state = models.CharField("结果", max_length=7, choices=GateState.choices)
    department = models.CharField("办理部门", max_length=64)
    doc_no = models.CharField("文书编号", max_length=64, blank=True)
    decided_on = models.DateField("办理日期")
    promised_work_m2 = area("约定工作用房（㎡）")
    promised_service_m2 = area("约定服务设施（㎡）")
    promised_property_m2 = area("约定物业服务用房（㎡）")
    found_work_m2 = area("实测工作用房（㎡）")
    found_service_m2 = area("实测服务设施（㎡）")
    found_property_m2 = area("实测物业服务用房（㎡）")
    # [{"subject", "label", "low", "required", "clause"}], areas as texts with two decimals
    required = models.JSONField("应有面积", default=list, editable=False)
    # what kept the gate from being passed by the rule, in sentences
    objections = models.JSONField("不符合的", default=list, editable=False)
    note = models.CharField("说明", max_length=500, blank=True)
    signed_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="街道签署人", null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField("街道签署时间", null=True, blank=True)
    opinion = models.CharField("街道意见", max_length=300, blank=True)
    # why it is let pass against the rule; somebody else approves that
    exception = models.CharField("例外理由", max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="登记人", related_name="+")
    made_at = models.DateTimeField("登记时间")
    approved_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="批准人", null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    decision = models.CharField("批准意见", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "关口"
        verbose_name_plural = "关口"
        ordering = ["project_id", "pk"]
        default_permissions = ()
        triggers = GATE_GUARDS
        constraints = [
            models.UniqueConstraint(
                fields=["project", "stage"],
                condition=Q(state__in=["passed", "signing", "waiting"]),
                name="gate_passed_once",
                violation_error_message="这个关口已经通过，或正在等待批准。打开已有的",
            ),
            models.CheckConstraint(
                condition=~Q(state="passed") | Q(objections=[]) | Q(approved_by__isnull=False),
                name="gate_against_the_rule_approved",
                violation_error_message="不符合要求，要有批准人才能例外通过",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")),
                name="gate_maker_not_approver",
                violation_error_message="登记的人不能批准自己登记的例外",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | ~Q(exception=""), name="gate_exception_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="passed", stage="acceptance") | Q(signed_by__isnull=False),
                name="gate_acceptance_signed",
                violation_error_message="街道没有签署验收意见",
            ),
        ]
        indexes = [models.Index(fields=["code", "state"], name="gate_code_state")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.get_state_display()}"


@tracked()
class HandoverItem(models.Model):
    """移交清单的一项: a room that a project hands over, or what goes with it."""

    project = models.ForeignKey(
        Project, models.PROTECT, verbose_name="开发项目", related_name="handover_items"
    )
    code = models.CharField("街道代码", max_length=9, db_collation="C", editable=False)
    name = models.CharField("部位", max_length=64, help_text="如：3号楼一层西侧")
    use = models.CharField("用途", max_length=8, choices=RoomUse.choices)
    building_m2 = models.DecimalField(
        "建筑面积（㎡）", max_digits=10, decimal_places=2,
        validators=[MinValueValidator(0), ROOM_AREA],
    )  # fmt: skip
    usable_m2 = area("使用面积（㎡）")
    above_ground_m2 = area("地上建筑面积（㎡）")
    keys = count("钥匙（把）", 999)
    condition = models.CharField("设施状况", max_length=200, blank=True)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "移交清单"
        verbose_name_plural = "移交清单"
        ordering = ["project_id", "use", "name", "pk"]
        default_permissions = ()
        triggers = LIST_GUARDS
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name", "use", "building_m2"],
                name="handoveritem_once",
                violation_error_message="清单里已有部位、用途和建筑面积都相同的一项。"
                "是另一间的，把部位写清楚",
            ),
            models.CheckConstraint(
                condition=Q(building_m2__gt=0),
                name="handoveritem_area_positive",
                violation_error_message="建筑面积不大于0。填移交的建筑面积",
            ),
            models.CheckConstraint(
                condition=(Q(usable_m2__isnull=True) | Q(usable_m2__lte=F("building_m2")))
                & (Q(above_ground_m2__isnull=True) | Q(above_ground_m2__lte=F("building_m2"))),
                name="handoveritem_within_building",
                violation_error_message="使用面积或地上建筑面积大于建筑面积。改其中一个",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class BuilderDefault(models.Model):
    """违约: that a builder did not build, sold, or did not hand over; until it is put right."""

    project = models.ForeignKey(
        Project, models.PROTECT, verbose_name="开发项目", related_name="defaults"
    )
    code = models.CharField("街道代码", max_length=9, db_collation="C", editable=False)
    kind = models.CharField("违约情形", max_length=15, choices=DefaultKind.choices)
    found_on = models.DateField("认定日期")
    facts = models.CharField("事实", max_length=500, help_text="写明约定、期限和现状")
    state = models.CharField(
        "状态", max_length=8, choices=DefaultState.choices, default=DefaultState.OPEN,
        editable=False,
    )  # fmt: skip
    remedied_on = models.DateField("纠正日期", null=True, blank=True)
    remedy = models.CharField("纠正情况", max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="认定人", related_name="+")
    made_at = models.DateTimeField("认定时间")
    closed_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="核销人", null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField("核销时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "违约"
        verbose_name_plural = "违约"
        ordering = ["-found_on", "-pk"]
        default_permissions = ()
        triggers = [
            pgtrigger.FSM(
                name="default_by_steps",
                field="state",
                transitions=[(DefaultState.OPEN.value, DefaultState.REMEDIED.value)],
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind"],
                condition=Q(state="open"),
                name="builderdefault_open_once",
                violation_error_message="这个项目已经有同样的违约没有纠正。打开已有的",
            ),
            models.CheckConstraint(
                condition=Q(state="open")
                | (Q(remedied_on__isnull=False, closed_by__isnull=False) & ~Q(remedy="")),
                name="builderdefault_remedied_whole",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | ~Q(closed_by=F("made_by")),
                name="builderdefault_maker_not_closer",
                violation_error_message="认定的人不能核销自己认定的违约",
            ),
        ]
        indexes = [models.Index(fields=["code", "state"], name="builderdefault_code_state")]

    def __str__(self) -> str:
        return self.get_kind_display()


@tracked()
class DefaultNotice(Withdrawable):
    """告知函: what asks a department to withhold the next permit until a default is put right."""

    default = models.ForeignKey(
        BuilderDefault, models.PROTECT, verbose_name="违约", related_name="notices"
    )
    code = models.CharField("街道代码", max_length=9, db_collation="C", editable=False)
    doc_no = models.CharField("文号", max_length=64, help_text="用〔〕，如：东昌民函〔2026〕3号")
    department = models.CharField("主送部门", max_length=64)
    permit = models.CharField("暂停办理的手续", max_length=10, choices=Permit.choices)
    issued_on = models.DateField("成文日期")
    issuer = models.CharField("发文单位", max_length=64)
    answered_on = models.DateField("回复日期", null=True, blank=True)
    answer = models.CharField("回复内容", max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="发出人", related_name="+")
    made_at = models.DateTimeField("发出时间")
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "告知函"
        verbose_name_plural = "告知函"
        ordering = ["-issued_on", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["default", "doc_no"],
                condition=Q(withdrawn_at__isnull=True),
                name="defaultnotice_once",
                violation_error_message="这个文号的告知函已经登记了。打开已有的",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | ~Q(answer=""),
                name="defaultnotice_answered_whole",
            ),
            withdrawn_whole("defaultnotice"),
        ]
        indexes = [models.Index(fields=["code"], name="defaultnotice_code")]

    def __str__(self) -> str:
        return self.doc_no
