"""Exemption: a provision lifted for one community, by whom and until when."""

import re

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q

from accounts.history import tracked
from policy.engine.errors import nearest
from policy.models.texts import PolicyText
from policy.querysets import ExemptionQuerySet

COMMUNITY_CODE = r"^[0-9]{12}$"


@tracked()
class Exemption(models.Model):
    """豁免: an approved exception from one provision for one community, for a time."""

    code = models.CharField(
        "社区代码",
        max_length=12,
        db_collation="C",
        validators=[RegexValidator(COMMUNITY_CODE, "社区代码“%(value)s”应为12位数字")],
    )
    provision = models.CharField("条款", max_length=32, help_text="如：BL-STF-6")
    reason = models.CharField("理由", max_length=500)
    approver = models.CharField("批准机关", max_length=100, help_text="如：北仑区民政局")
    document = models.CharField("批准文件", max_length=200, blank=True)
    valid_from = models.DateField("自何日起")
    valid_until = models.DateField("到何日止", null=True, blank=True, help_text="当日起不再有效")

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        verbose_name = "豁免"
        verbose_name_plural = "豁免"
        ordering = ["code", "provision", "valid_from"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=COMMUNITY_CODE), name="exemption_code_shape"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="exemption_days_ordered",
                violation_error_message="“到何日止”不晚于“自何日起”。改其中一个日期",
            ),
            ExclusionConstraint(
                name="exemption_once_a_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("provision", RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from",
                            "valid_until",
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="这个社区这一条款在这段时间已经有豁免。先给原来的填上“到何日止”",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.provision}"

    def clean(self) -> None:
        """A provision must be one of a published text that holds for the community."""
        if not re.fullmatch(COMMUNITY_CODE, self.code):
            return  # told by the field itself
        texts = PolicyText.objects.answering().touching(self.code)
        known = {one.id for text in texts for one in text.parsed.provisions if one.computable}
        if self.provision not in known:
            hint = f"{self.code}没有条款“{self.provision}”；{nearest(self.provision, known)}"
            raise ValidationError({"provision": hint.rstrip("；")})
