"""Inspections of premises, the corrections that they lead to, and checks of service halls."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from accounts.history import tracked
from accounts.models import User
from communities.models.parts import Part
from facilities.choices import ORDER_STEPS, STOPPING, Finding, OrderState
from facilities.models.guards import in_the_street_of
from facilities.models.premises import Premises, Room
from facilities.models.withdrawn import Withdrawable, withdrawn_whole


def stopped_days() -> Func:
    """The days from stops_from until before resumes_on, as a range."""
    return Func("stops_from", "resumes_on", function="daterange", output_field=DateRangeField())


@tracked()
class Inspection(Part, Withdrawable):
    """巡查: how premises, or one room of them, were found on a day.

    While stops_from ≤ a day < resumes_on the room, or all rooms, do not count on that day. One
    that was taken back stops nothing: both days are emptied, its history tells them.
    """

    premises = models.ForeignKey(
        Premises, models.PROTECT, verbose_name="用房", related_name="inspections"
    )
    room = models.ForeignKey(
        Room, models.PROTECT, verbose_name="房间", null=True, blank=True,
        related_name="inspections", help_text="不选：全部房间",
    )  # fmt: skip
    inspected_on = models.DateField("巡查日期")
    finding = models.CharField("巡查结果", max_length=9, choices=Finding.choices)
    note = models.CharField(
        "情况", max_length=500, blank=True, help_text="占用单位、用途、损坏情况；不写居民姓名"
    )
    stops_from = models.DateField(
        "自何日起不计入面积", null=True, blank=True, help_text="占用、挪用开始的日期"
    )
    resumes_on = models.DateField("自何日起恢复计入", null=True, blank=True, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="登记人", related_name="+")
    made_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "巡查"
        verbose_name_plural = "巡查"
        ordering = ["-inspected_on", "-pk"]
        default_permissions = ()
        triggers = [in_the_street_of("inspection", {"premises": "premises", "room": "room"})]
        constraints = [
            models.CheckConstraint(
                condition=~Q(finding__in=STOPPING)
                | Q(withdrawn_at__isnull=True, stops_from__isnull=False)
                | Q(withdrawn_at__isnull=False, stops_from__isnull=True, resumes_on__isnull=True),
                name="inspection_stops_from_a_day",
                violation_error_message="写明自何日起不计入面积",
            ),
            models.CheckConstraint(
                condition=Q(finding__in=STOPPING)
                | Q(stops_from__isnull=True, resumes_on__isnull=True),
                name="inspection_counts_otherwise",
                violation_error_message="这样的结果照常计入面积，不填“自何日起不计入面积”",
            ),
            models.CheckConstraint(
                condition=Q(resumes_on__isnull=True) | Q(resumes_on__gt=F("stops_from")),
                name="inspection_days_ordered",
                violation_error_message="恢复日期不晚于停计日期。改其中一个",
            ),
            # on the day of the inspection it was seen as it was: that day does not count
            models.CheckConstraint(
                condition=Q(resumes_on__isnull=True) | Q(resumes_on__gt=F("inspected_on")),
                name="inspection_resumes_after_it_was_seen",
                violation_error_message="恢复日期不晚于巡查日期。改其中一个",
            ),
            withdrawn_whole("inspection"),
            ExclusionConstraint(
                name="inspection_stops_once_a_day",
                expressions=[
                    ("premises", RangeOperators.EQUAL),
                    (Coalesce("room", Value(0)), RangeOperators.EQUAL),
                    (stopped_days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(stops_from__isnull=False),
                violation_error_message="这段时间已经停计。打开原来的巡查办理整改",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "-inspected_on"], name="inspection_code_on"),
        ]

    def __str__(self) -> str:
        return f"{self.inspected_on} {self.get_finding_display()}"


@tracked()
class CorrectionOrder(Part):
    """整改通知: what must be put right by a day; reported by one, looked over by another."""

    # one at a time; after one was cancelled there may be another
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, verbose_name="巡查", related_name="orders"
    )
    doc_no = models.CharField("文号", max_length=64, blank=True)
    addressed_to = models.CharField(
        "责任单位", max_length=64, help_text="写单位；个人填“个人”，不写姓名"
    )
    demand = models.CharField("整改要求", max_length=500)
    issued_on = models.DateField("下达日期")
    deadline = models.DateField("整改期限")
    state = models.CharField(
        "状态", max_length=9, choices=OrderState.choices, default=OrderState.OPEN, editable=False
    )
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="下达人", related_name="+")
    made_at = models.DateTimeField("下达时间")
    report = models.CharField("整改情况", max_length=500, blank=True)
    put_right_on = models.DateField("整改完成日期", null=True, blank=True)
    reported_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="报告人", null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField("报告时间", null=True, blank=True)
    outcome = models.CharField("复查意见", max_length=300, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="复查人", null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField("复查时间", null=True, blank=True)

    class Meta:
        verbose_name = "整改通知"
        verbose_name_plural = "整改通知"
        ordering = ["deadline", "pk"]
        default_permissions = ()
        triggers = [
            pgtrigger.FSM(
                name="order_by_steps",
                field="state",
                transitions=[(old.value, new.value) for old, new in ORDER_STEPS],
            ),
            pgtrigger.Protect(
                name="order_begins_open",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__state__df="open"),
            ),
            in_the_street_of("correctionorder", {"inspection": "inspection"}),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection"],
                condition=~Q(state="cancelled"),
                name="correctionorder_one_at_a_time",
                violation_error_message="这次巡查已经下达整改通知。打开已有的办理",
            ),
            models.CheckConstraint(
                condition=Q(deadline__gte=F("issued_on")),
                name="correctionorder_deadline_later",
                violation_error_message="整改期限早于下达日期。改其中一个",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True)
                | Q(reported_by__isnull=True)
                | ~Q(closed_by=F("reported_by")),
                name="correctionorder_reporter_not_closer",
                violation_error_message="报告整改的人不能自己复查",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["reported", "closed"])
                | Q(put_right_on__isnull=False, reported_by__isnull=False),
                name="correctionorder_reported_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "cancelled"])
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="correctionorder_closed_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "state", "deadline"], name="correctionorder_due"),
        ]

    def __str__(self) -> str:
        return f"整改通知 {self.deadline}"


@tracked()
class HallCheck(Part, Withdrawable):
    """大厅检查: whether a service hall has what all halls have alike (五统一), on a day."""

    premises = models.ForeignKey(
        Premises, models.PROTECT, verbose_name="用房", related_name="hall_checks"
    )
    checked_on = models.DateField("检查日期")
    signs = models.BooleanField("标识统一")
    windows = models.BooleanField("窗口设置统一")
    rules = models.BooleanField("规章制度统一")
    notice_board = models.BooleanField("公开栏统一")
    plaques = models.BooleanField("门牌统一")
    note = models.CharField("未统一的说明", max_length=500, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="登记人", related_name="+")
    made_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "大厅检查"
        verbose_name_plural = "大厅检查"
        ordering = ["-checked_on", "-pk"]
        default_permissions = ()
        triggers = [in_the_street_of("hallcheck", {"premises": "premises"})]
        constraints = [
            models.CheckConstraint(
                condition=Q(signs=True, windows=True, rules=True, notice_board=True, plaques=True)
                | ~Q(note=""),
                name="hallcheck_failing_says_why",
                violation_error_message="有未统一的项目，写明差在哪里",
            ),
            withdrawn_whole("hallcheck"),
        ]
        indexes = [models.Index(fields=["code", "-checked_on"], name="hallcheck_code_on")]

    def __str__(self) -> str:
        return f"大厅检查 {self.checked_on}"
