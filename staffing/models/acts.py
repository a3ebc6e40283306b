"""StaffAct: an entry, transfer, change of post or exit, with its papers; checked by another."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.history import tracked
from accounts.models import User
from communities.models import Community
from communities.querysets import PartQuerySet
from staffing.choices import ActKind, LeaveReason, PaperKind
from staffing.querysets import StaffActQuerySet


@tracked()
class StaffAct(models.Model):
    """人员变动: what began or ended appointments of a person on a day, and on what basis."""

    person = models.ForeignKey(
        "staffing.Person", models.PROTECT, verbose_name="人员", related_name="acts"
    )
    # of the community that the person enters or stays in; of the one left where none is entered
    community = models.ForeignKey(
        Community, models.PROTECT, verbose_name="社区", related_name="staff_acts"
    )
    code = models.CharField("社区代码", max_length=12, db_collation="C", editable=False)
    kind = models.CharField("变动", max_length=8, choices=ActKind.choices)
    on = models.DateField("变动日期")
    leave_reason = models.CharField(
        "离任原因", max_length=9, choices=LeaveReason.choices, blank=True
    )
    doc_no = models.CharField("文号", max_length=64, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    # whose result began or ended the posts, or took that back
    election = models.ForeignKey(
        "staffing.Election", models.PROTECT, verbose_name="选举", null=True, blank=True,
        related_name="acts",
    )  # fmt: skip
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="登记人", related_name="+")
    made_at = models.DateTimeField("登记时间")
    checked_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="核对人", null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField("核对时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = StaffActQuerySet.as_manager()

    class Meta:
        verbose_name = "人员变动"
        verbose_name_plural = "人员变动"
        ordering = ["-on", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("made_by")),
                name="staffact_maker_not_checker",
                violation_error_message="登记的人不能核对自己的登记",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_at__isnull=True)
                | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="staffact_checked_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "-on"], name="staffact_code_on"),
            models.Index(fields=["person", "-on"], name="staffact_person_on"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


class StaffPaper(models.Model):
    """人员变动的材料: a file of an act; its own name is not kept, it may name the person."""

    act = models.ForeignKey(
        StaffAct, models.PROTECT, verbose_name="人员变动", related_name="papers"
    )
    community = models.ForeignKey(Community, models.PROTECT, verbose_name="社区", related_name="+")
    code = models.CharField("社区代码", max_length=12, db_collation="C", editable=False)
    kind = models.CharField("材料类别", max_length=11, choices=PaperKind.choices)
    content_type = models.CharField("文件类型", max_length=100)
    size = models.PositiveIntegerField("字节数", validators=[MinValueValidator(1)])
    sha256 = models.CharField("SHA-256", max_length=64, db_collation="C")
    uploaded_by = models.ForeignKey(User, models.PROTECT, verbose_name="上传人", related_name="+")
    uploaded_at = models.DateTimeField("上传时间")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "人员变动的材料"
        verbose_name_plural = "人员变动的材料"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["act", "sha256"],
                name="staffpaper_once",
                violation_error_message="这份材料已经上传了",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class StaffPaperContent(models.Model):
    """人员变动材料的内容: the bytes of a paper."""

    paper = models.OneToOneField(
        StaffPaper, models.PROTECT, verbose_name="材料", primary_key=True, related_name="content"
    )
    community = models.ForeignKey(Community, models.PROTECT, verbose_name="社区", related_name="+")
    code = models.CharField("社区代码", max_length=12, db_collation="C", editable=False)
    content = models.BinaryField("内容")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "人员变动材料的内容"
        verbose_name_plural = "人员变动材料的内容"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.paper_id)
