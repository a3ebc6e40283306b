"""Photos and papers of premises, inspections, halls and projects; they are never deleted."""

from __future__ import annotations

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.history import tracked
from accounts.models import User
from communities.models import Community
from communities.querysets import PartQuerySet
from facilities.choices import PaperKind, Unified
from facilities.models.guards import in_the_street_of
from facilities.models.inspections import CorrectionOrder, HallCheck, Inspection
from facilities.models.premises import Premises
from facilities.models.projects import BuilderDefault, Gate, Project

OWNERS = ("premises", "inspection", "order", "hall_check", "project", "gate", "default")
TABLES = {one: one for one in OWNERS} | {
    "order": "correctionorder",
    "hall_check": "hallcheck",
    "default": "builderdefault",
}
# what a paper is stays: its bytes, and the record that rests on it
FIXED = (*OWNERS, "kind", "content_type", "size", "sha256", "uploaded_by", "uploaded_at")
STAYS_DOWN = """
    RAISE EXCEPTION 'a paper that was taken down stays down' USING ERRCODE = 'check_violation';
"""


def owner(model: type[models.Model], label: str) -> models.ForeignKey:
    """Return the column of a record that a paper may belong to."""
    return models.ForeignKey(
        model, models.PROTECT, verbose_name=label, null=True, blank=True, related_name="papers"
    )


def one_owner() -> Q:
    """The condition that exactly one of the owners is given."""
    found = Q()
    for name in OWNERS:
        found |= Q(**{f"{one}__isnull": one != name for one in OWNERS})
    return found


@tracked()
class SpacePaper(models.Model):
    """用房材料: a photo or file of one record of the space register."""

    premises = owner(Premises, "用房")
    inspection = owner(Inspection, "巡查")
    order = owner(CorrectionOrder, "整改通知")
    hall_check = owner(HallCheck, "大厅检查")
    project = owner(Project, "开发项目")
    gate = owner(Gate, "关口")
    default = owner(BuilderDefault, "违约")
    # of the record's community; empty for papers of a project, which stand under its street
    community = models.ForeignKey(
        Community, models.PROTECT, verbose_name="社区", null=True, blank=True, related_name="+"
    )
    code = models.CharField("代码", max_length=12, db_collation="C", editable=False)
    kind = models.CharField("材料类别", max_length=8, choices=PaperKind.choices)
    # which of the five a photo of a hall shows
    item = models.CharField("检查项目", max_length=12, choices=Unified.choices, blank=True)
    title = models.CharField("材料名称", max_length=100)
    taken_on = models.DateField("拍摄或成文日期", null=True, blank=True)
    file_name = models.CharField("文件名", max_length=150)
    content_type = models.CharField("文件类型", max_length=100)
    size = models.PositiveIntegerField("字节数", validators=[MinValueValidator(1)])
    sha256 = models.CharField("SHA-256", max_length=64, db_collation="C")
    uploaded_by = models.ForeignKey(User, models.PROTECT, verbose_name="上传人", related_name="+")
    uploaded_at = models.DateTimeField("上传时间")
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    withdrawn_because = models.CharField("撤下原因", max_length=200, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "用房材料"
        verbose_name_plural = "用房材料"
        ordering = ["-uploaded_at", "-pk"]
        default_permissions = ()
        triggers = [
            pgtrigger.ReadOnly(name="paper_is_fixed", fields=[*FIXED]),
            pgtrigger.Trigger(
                name="paper_stays_down",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False)
                & (
                    pgtrigger.Q(old__withdrawn_at__df=pgtrigger.F("new__withdrawn_at"))
                    | pgtrigger.Q(old__withdrawn_because__df=pgtrigger.F("new__withdrawn_because"))
                ),
                func=STAYS_DOWN,
            ),
            in_the_street_of("spacepaper", TABLES),
        ]
        constraints = [
            models.CheckConstraint(condition=one_owner(), name="spacepaper_belongs_to_one"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="spacepaper_withdrawn_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["code"], name="spacepaper_code")]

    def __str__(self) -> str:
        return self.title


class SpacePaperContent(models.Model):
    """用房材料的内容: the bytes of a paper."""

    paper = models.OneToOneField(
        SpacePaper, models.PROTECT, verbose_name="材料", primary_key=True, related_name="content"
    )
    community = models.ForeignKey(
        Community, models.PROTECT, verbose_name="社区", null=True, blank=True, related_name="+"
    )
    code = models.CharField("代码", max_length=12, db_collation="C", editable=False)
    content = models.BinaryField("内容")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "用房材料的内容"
        verbose_name_plural = "用房材料的内容"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.paper_id)
