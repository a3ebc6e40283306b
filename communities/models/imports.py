"""PendingImport: an upload between its preview and its confirmation."""

from django.db import models

from accounts.models import User


class PendingImport(models.Model):
    """待确认的导入: an uploaded file between its preview and its confirmation."""

    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="上传人", related_name="+")
    made_at = models.DateTimeField("上传时间", auto_now_add=True)
    file_name = models.CharField("文件名", max_length=200)
    text = models.TextField("内容")

    class Meta:
        verbose_name = "待确认的导入"
        verbose_name_plural = "待确认的导入"
        default_permissions = ()

    def __str__(self) -> str:
        return self.file_name
