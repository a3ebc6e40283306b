"""What was typed by mistake is taken back and stays: the columns and the condition of its table."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User


class Withdrawable(models.Model):
    """What was typed by mistake stays, with who took it back, when and why."""

    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="撤回人", null=True, blank=True, related_name="+",
        editable=False,
    )  # fmt: skip
    withdrawn_because = models.CharField("撤回原因", max_length=200, blank=True, editable=False)

    class Meta:
        abstract = True


def withdrawn_whole(name: str) -> models.CheckConstraint:
    """The condition that what was taken back says by whom and why."""
    return models.CheckConstraint(
        condition=Q(withdrawn_at__isnull=True)
        | (Q(withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
        name=f"{name}_withdrawn_whole",
    )
