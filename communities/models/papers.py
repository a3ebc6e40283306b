"""Papers: uploaded files with their bytes, which never change and are never deleted."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.history import tracked
from accounts.models import User
from communities.choices import PaperKind
from communities.models.acts import ChangeAct
from communities.models.parts import ArchiveEntry
from communities.models.places import Community
from communities.querysets import PartQuerySet


class PaperContent(models.Model):
    """文件内容: the bytes of a file, once for each place and hash."""

    # the code of the community or, for papers of an act, that of the act
    code = models.CharField("代码", max_length=12, db_collation="C")
    sha256 = models.CharField("SHA-256", max_length=64, db_collation="C")
    content = models.BinaryField("内容")

    class Meta:
        verbose_name = "文件内容"
        verbose_name_plural = "文件内容"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["code", "sha256"], name="papercontent_once"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="papercontent_hash_shape"
            ),
        ]

    def __str__(self) -> str:
        return self.sha256


@tracked()
class Paper(models.Model):
    """材料: an uploaded file of a community, of an archive entry or of a change act."""

    code = models.CharField("代码", max_length=12, db_collation="C", editable=False)
    community = models.ForeignKey(
        Community, models.PROTECT, verbose_name="社区", related_name="papers", null=True, blank=True
    )
    archive_entry = models.ForeignKey(
        ArchiveEntry,
        models.PROTECT,
        verbose_name="电子档案",
        related_name="papers",
        null=True,
        blank=True,
    )
    act = models.ForeignKey(
        ChangeAct, models.PROTECT, verbose_name="变更", related_name="papers", null=True, blank=True
    )
    kind = models.CharField("材料类别", max_length=11, choices=PaperKind.choices)
    title = models.CharField("材料名称", max_length=100)
    doc_no = models.CharField("文号", max_length=64, blank=True)
    issued_on = models.DateField("成文日期", null=True, blank=True)
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
        verbose_name = "材料"
        verbose_name_plural = "材料"
        ordering = ["-uploaded_at", "-id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(community__isnull=False, act__isnull=True)
                | Q(community__isnull=True, archive_entry__isnull=True, act__isnull=False),
                name="paper_belongs_to_one",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="paper_withdrawn_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["code"], name="paper_code")]

    def __str__(self) -> str:
        return self.title
