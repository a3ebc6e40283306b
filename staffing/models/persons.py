"""Person, its certificates and telephone, and the posts that it holds from one day until another.

A person's file is kept by a street: `code` is the street's. Appointments stand under the code of
their community, which lies in that street (services.files keeps it so). Whoever works in two
streets has a file in each; `identity_hmac` tells that they are one person.
"""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.history import tracked
from communities.models import Community
from communities.models.places import ordered_days
from staffing.choices import (
    ETHNICITIES,
    SINGLE_POSTS,
    CertificateLevel,
    Education,
    Identity,
    PayChannel,
    PoliticalStatus,
    Post,
    Sex,
)
from staffing.models.acts import StaffAct
from staffing.querysets import AppointmentQuerySet, PersonQuerySet

HIGHEST_GRADE = 36


# What tells who a person is beyond the name stays out of the history.
@tracked(exclude=("identity_hmac", "identity_mask", "phone_mask"))
class Person(models.Model):
    """人员: who works or worked in a community; a street keeps the file."""

    code = models.CharField("街道代码", max_length=9, db_collation="C", editable=False)
    name = models.CharField("姓名", max_length=32)
    sex = models.CharField("性别", max_length=6, choices=Sex.choices)
    # the first day of the month
    born_in = models.DateField("出生年月")
    ethnicity = models.CharField(
        "民族", max_length=8, choices=[(one, one) for one in ETHNICITIES], default="汉族"
    )
    political_status = models.CharField(
        "政治面貌", max_length=12, choices=PoliticalStatus.choices, blank=True
    )
    full_time_education = models.CharField(
        "全日制学历", max_length=14, choices=Education.choices, blank=True
    )
    highest_education = models.CharField(
        "最高学历", max_length=14, choices=Education.choices, blank=True
    )
    highest_education_on = models.DateField("最高学历取得日期", null=True, blank=True)
    school = models.CharField("毕业院校", max_length=64, blank=True)
    major = models.CharField("专业", max_length=64, blank=True)
    joined_on = models.DateField("参加社区工作日期", null=True, blank=True)
    leads_collective = models.BooleanField("任集体经济组织负责人", null=True, blank=True)
    # keyed hash of the identity number, and what a page may show of it; '' where none was given
    identity_hmac = models.CharField(
        "证件号码摘要", max_length=64, db_collation="C", blank=True, editable=False
    )
    identity_mask = models.CharField("证件号码", max_length=18, blank=True, editable=False)
    phone_mask = models.CharField("电话", max_length=16, blank=True, editable=False)
    remarks = models.CharField("备注", max_length=500, blank=True)
    # when the personal data was removed after the time of keeping
    purged_at = models.DateTimeField("清除时间", null=True, blank=True, editable=False)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        ordering = ["code", "name", "pk"]
        default_permissions = ()
        permissions = [
            ("view_person", "可以查看花名册"),
            ("change_person", "可以登记人员和人员变动"),
            ("reveal_phone", "可以查看人员完整电话"),
            ("export_person", "可以导出花名册"),
            ("import_person", "可以批量导入花名册"),
            ("check_staffact", "可以核对人员变动"),
            ("view_establishment", "可以查看编制"),
            ("propose_increase", "可以申请增配人员"),
            ("propose_quota", "可以拟订名额分配"),
            ("decide_quota", "可以批准名额分配和增配"),
            ("view_election", "可以查看选举"),
            ("record_election", "可以登记选举"),
            ("run_election", "可以部署换届选举"),
            ("view_training", "可以查看培训"),
            ("run_training", "可以办理培训"),
            ("view_pay", "可以查看人员待遇"),
            ("record_pay", "可以登记人员待遇和奖励"),
            ("decide_award", "可以批准奖励"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{9}$"), name="person_code_shape"
            ),
            models.CheckConstraint(condition=Q(born_in__day=1), name="person_born_in_is_a_month"),
            models.CheckConstraint(
                condition=Q(identity_hmac="") | Q(identity_hmac__regex=r"^[0-9a-f]{64}$"),
                name="person_identity_shape",
            ),
            models.UniqueConstraint(
                fields=["code", "identity_hmac"],
                condition=~Q(identity_hmac=""),
                name="person_identity_once",
                violation_error_message="本街道已经登记了同一证件号码的人员。打开已有的登记",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "name"], name="person_code_name"),
            models.Index(fields=["identity_hmac"], name="person_identity"),
        ]

    def __str__(self) -> str:
        return self.name


class PersonPhone(models.Model):
    """电话: kept apart, so that no page reads it but the one that records who looked."""

    person = models.OneToOneField(
        Person, models.PROTECT, verbose_name="人员", primary_key=True, related_name="telephone"
    )
    code = models.CharField("街道代码", max_length=9, db_collation="C")
    number = models.CharField("电话", max_length=20)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "人员电话"
        verbose_name_plural = "人员电话"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.person_id)


@tracked()
class Certificate(models.Model):
    """证书: a professional certificate of a person, with its number and expiry."""

    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="人员", related_name="certificates"
    )
    code = models.CharField("街道代码", max_length=9, db_collation="C", editable=False)
    level = models.CharField("级别", max_length=12, choices=CertificateLevel.choices)
    name = models.CharField("证书名称", max_length=64, blank=True, help_text="其他证书填写")
    registration_no = models.CharField("登记号", max_length=40, blank=True)
    issued_on = models.DateField("取得日期")
    expires_on = models.DateField("登记有效期至", null=True, blank=True, help_text="长期有效空着")
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "证书"
        verbose_name_plural = "证书"
        ordering = ["-issued_on", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("issued_on")),
                name="certificate_expires_after_issue",
                violation_error_message="有效期不晚于取得日期。改其中一个日期",
            ),
        ]
        indexes = [models.Index(fields=["code", "expires_on"], name="certificate_code_expires")]

    def __str__(self) -> str:
        return self.name or self.get_level_display()


@tracked()
class Appointment(models.Model):
    """任职: a post that a person holds in a community from one day until before another."""

    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="人员", related_name="appointments"
    )
    community = models.ForeignKey(
        Community, models.PROTECT, verbose_name="社区", related_name="appointments"
    )
    code = models.CharField("社区代码", max_length=12, db_collation="C", editable=False)
    post = models.CharField("职务", max_length=18, choices=Post.choices)
    identity = models.CharField("身份", max_length=14, choices=Identity.choices)
    pay_channel = models.CharField("报酬渠道", max_length=11, choices=PayChannel.choices)
    valid_from = models.DateField("任职日期")
    valid_until = models.DateField("离任日期", null=True, blank=True, help_text="当日起不再任职")
    basis = models.CharField("任职依据", max_length=100, blank=True, help_text="文号或选举结果")
    lives_here = models.BooleanField("居住在本社区", null=True, blank=True)
    grade = models.PositiveSmallIntegerField(
        "岗位等级",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_GRADE)],
    )
    begun_by = models.ForeignKey(
        StaffAct, models.PROTECT, verbose_name="任职的变动", null=True, blank=True,
        related_name="begun",
    )  # fmt: skip
    ended_by = models.ForeignKey(
        StaffAct, models.PROTECT, verbose_name="离任的变动", null=True, blank=True,
        related_name="ended",
    )  # fmt: skip
    election = models.ForeignKey(
        "staffing.Election", models.PROTECT, verbose_name="选举", null=True, blank=True,
        related_name="appointments",
    )  # fmt: skip
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "任职"
        verbose_name_plural = "任职"
        ordering = ["code", "valid_from", "pk"]
        default_permissions = ()
        constraints = [
            ordered_days("appointment_days_ordered"),
            models.UniqueConstraint(
                fields=["person", "community", "post"],
                condition=Q(valid_until__isnull=True),
                name="appointment_post_once",
                violation_error_message="这个人在本社区已经任这个职务。打开已有的登记",
            ),
            models.UniqueConstraint(
                fields=["community", "post"],
                condition=Q(valid_until__isnull=True, post__in=SINGLE_POSTS),
                name="appointment_single_post_once",
                violation_error_message="这个职务现在有人担任。先登记他离任，再登记新任",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "valid_from"], name="appointment_code_from"),
            models.Index(fields=["person", "valid_from"], name="appointment_person_from"),
        ]

    def __str__(self) -> str:
        return f"{self.get_post_display()} {self.valid_from}"
