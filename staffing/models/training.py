"""Course and attendance: who was trained by whom, when, for how long and at what cost."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.history import tracked
from accounts.models import User
from communities.models.facts import money
from communities.querysets import PublishedQuerySet
from staffing.choices import Audience, CourseLevel
from staffing.models.persons import Person
from staffing.querysets import PersonQuerySet


@tracked()
class Course(models.Model):
    """培训班: held by an office for its level and everything beneath."""

    code = models.CharField("举办单位区划代码", max_length=9, db_collation="C", editable=False)
    title = models.CharField("培训名称", max_length=60)
    level = models.CharField("举办级别", max_length=8, choices=CourseLevel.choices)
    audience = ArrayField(
        models.CharField(max_length=11, choices=Audience.choices), verbose_name="培训对象"
    )
    organiser = models.CharField("举办单位", max_length=64)
    starts_on = models.DateField("开始日期")
    # the last day of the course, included
    ends_on = models.DateField("结束日期")
    hours = models.PositiveSmallIntegerField(
        "学时", validators=[MinValueValidator(1), MaxValueValidator(999)]
    )
    place = models.CharField("地点", max_length=100, blank=True)
    # money of the level that holds the course
    cost_yuan = money("费用（元）")
    note = models.CharField("说明", max_length=500, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="登记人", related_name="+")
    made_at = models.DateTimeField("登记时间")
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = "培训班"
        verbose_name_plural = "培训班"
        ordering = ["-starts_on", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="course_starts_before_it_ends",
                violation_error_message="结束日期早于开始日期。改其中一个日期",
            ),
            models.CheckConstraint(
                condition=Q(cost_yuan__isnull=True) | Q(cost_yuan__gte=0),
                name="course_cost_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^([0-9]{4}|[0-9]{6}|[0-9]{9})$"), name="course_code_shape"
            ),
        ]
        indexes = [models.Index(fields=["code", "-starts_on"], name="course_code_starts")]

    def __str__(self) -> str:
        return self.title


@tracked()
class Attendance(models.Model):
    """参训: a person in a course, with the hours and the certificate of attendance."""

    course = models.ForeignKey(
        Course, models.PROTECT, verbose_name="培训班", related_name="attendances"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="人员", related_name="attendances"
    )
    # the street that keeps the person's file
    code = models.CharField("街道代码", max_length=9, db_collation="C", editable=False)
    # null: enrolled, the course is not over
    attended = models.BooleanField("参加", null=True, blank=True)
    hours = models.PositiveSmallIntegerField("学时", null=True, blank=True)
    certificate_no = models.CharField("结业证书编号", max_length=40, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="登记人", related_name="+")
    made_at = models.DateTimeField("登记时间")
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "参训"
        verbose_name_plural = "参训"
        ordering = ["course_id", "code", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person"],
                name="attendance_once",
                violation_error_message="这个人已经在这次培训的名单里",
            ),
            models.UniqueConstraint(
                fields=["course", "certificate_no"],
                condition=~Q(certificate_no=""),
                name="attendance_certificate_once",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="attendance_person_only"),
            models.Index(fields=["code"], name="attendance_code"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
