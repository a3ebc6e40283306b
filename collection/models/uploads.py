"""Upload and its rows: a pasted block or a file, from reading to the record of what it did."""

from django.db import models
from django.db.models import Q, Value
from django.utils.timezone import localtime

from accounts.models import User
from collection.choices import RowState, Source, UploadState
from collection.querysets import UploadQuerySet


class Upload(models.Model):
    """导入: one pasted block or file; it stays as the record of what it changed.

    `code` is the scope of whoever uploaded; colleagues of the same office may go on with it.
    Who reads or takes its rows holds the advisory lock of its number: a state “reading” or “taking”
    without the lock was interrupted.
    """

    kind = models.CharField("内容", max_length=20, default="facts")
    code = models.CharField("辖区代码", max_length=12, db_collation="C")
    year = models.PositiveSmallIntegerField("年度")
    source = models.CharField("来源", max_length=5, choices=Source.choices)
    file_name = models.CharField("文件名", max_length=200, blank=True)
    sheet_name = models.CharField("工作表", max_length=100, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("字节数")
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="上传人", related_name="+")
    made_at = models.DateTimeField("上传时间")
    state = models.CharField("状态", max_length=9, choices=UploadState.choices, default="reading")
    # what is under way: done of total rows of the stage; written outside its transaction
    stage = models.CharField("进度", max_length=20, blank=True)
    moved_at = models.DateTimeField("进度时间", null=True)
    done_rows = models.PositiveIntegerField("已处理行数", default=0)
    total_rows = models.PositiveIntegerField("总行数", default=0)
    cancel_asked = models.BooleanField("要求取消", default=False)
    # [heading as found, name of the field or ""], in the order of the columns
    headings = models.JSONField("表头", default=list)
    # rows by state, and taken rows: new, changed
    counts = models.JSONField("行数", default=dict)
    # what was chosen with it: {"status": "reviewed"}
    options = models.JSONField("选项", default=dict)
    notes = models.JSONField("说明", default=list)
    message = models.CharField("结果", max_length=500, blank=True)
    finished_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="导入人", related_name="+", null=True
    )
    finished_at = models.DateTimeField("结束时间", null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "导入"
        verbose_name_plural = "导入"
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(state__in=UploadState.values), name="upload_state")
        ]
        indexes = [models.Index(fields=["code", "-id"], name="upload_code")]

    def __str__(self) -> str:
        return self.file_name or f"粘贴 {localtime(self.made_at):%Y-%m-%d %H:%M}"


class UploadContent(models.Model):
    """导入的原文: the bytes of an upload until they are read; then only its hash is kept."""

    upload = models.OneToOneField(
        Upload, models.PROTECT, verbose_name="导入", related_name="content", primary_key=True
    )
    code = models.CharField("辖区代码", max_length=12, db_collation="C")
    content = models.BinaryField("内容")

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "导入的原文"
        verbose_name_plural = "导入的原文"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.upload_id)


class UploadRow(models.Model):
    """导入的行: one row of an upload, as typed, with what is found of it."""

    upload = models.ForeignKey(Upload, models.PROTECT, verbose_name="导入", related_name="rows")
    code = models.CharField("辖区代码", max_length=12, db_collation="C")
    # as in the file, the heading being row 1 of most
    number = models.PositiveIntegerField("行号")
    # the record that the row is about: a community's code and key; "" and none where unknown
    subject = models.CharField("社区代码", max_length=40, blank=True)
    name = models.CharField("名称", max_length=100, blank=True)
    subject_key = models.BigIntegerField("社区", null=True)
    # texts as typed, by column; [text, what is wrong with it] where the file is broken there;
    # [mask, "", keyed hash, …] where the text is sealed; null where the row has nothing of a column
    # that was added later
    cells = models.JSONField("内容", default=list)
    # by name of a field: what is stored now where it differs; reasons given
    before = models.JSONField("原值", default=dict)
    reasons = models.JSONField("变动说明", default=dict)
    # [[field, grade, message]]
    findings = models.JSONField("核对结果", default=list)
    state = models.CharField("结果", max_length=9, choices=RowState.choices)
    # who mended or left out the row: [[key of the user, moment]]
    mended = models.JSONField("改动人", default=list, db_default=Value([], models.JSONField()))
    # the version of the record with which it was compared; 0: there was none
    version = models.PositiveIntegerField("数据版本", default=0)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "导入的行"
        verbose_name_plural = "导入的行"
        ordering = ["number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["upload", "number"], name="upload_row_once"),
            models.CheckConstraint(condition=Q(state__in=RowState.values), name="upload_row_state"),
        ]
        indexes = [models.Index(fields=["upload", "state", "number"], name="upload_row_state")]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.number}"


class UploadSecret(models.Model):
    """导入中的保密内容: the text of a sealed cell, until its row is taken or given up.

    The row itself holds a mask and a keyed hash; no page and no workbook reads this table.
    """

    upload = models.ForeignKey(Upload, models.PROTECT, verbose_name="导入", related_name="secrets")
    code = models.CharField("辖区代码", max_length=12, db_collation="C")
    number = models.PositiveIntegerField("行号")
    name = models.CharField("列", max_length=60)
    text = models.CharField("内容", max_length=40)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "导入中的保密内容"
        verbose_name_plural = "导入中的保密内容"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["upload", "number", "name"], name="upload_secret_once")
        ]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.number} {self.name}"
