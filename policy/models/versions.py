"""PolicyVersion: a stamp that changes with every change of texts, series or exemptions."""

import uuid

from django.db import models


class PolicyVersion(models.Model):
    """数据版本: kept by database triggers, so that parsed texts may be held in memory.

    A random stamp and no counter: a number that was rolled back would come again for other rows.
    """

    name = models.CharField("内容", max_length=16, primary_key=True)
    stamp = models.UUIDField("版本", default=uuid.uuid4)

    class Meta:
        verbose_name = "数据版本"
        verbose_name_plural = "数据版本"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} · {self.stamp}"
