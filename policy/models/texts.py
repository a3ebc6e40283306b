"""PolicyText, and the subjects for which a published text answers, day by day."""

import hashlib
from dataclasses import replace

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from accounts.history import tracked
from accounts.models import User
from policy.choices import LEVEL_LABELS, SOURCE_GRADE_CHOICES, TextStatus
from policy.engine import Text, TextErrors
from policy.engine.catalogue import catalogue
from policy.engine.texts import ADOPTABLE
from policy.models.reading import option_mistakes, own_subjects, read_text, with_options
from policy.querysets import TextQuerySet

TEXT_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
JURISDICTION = r"^(\*|([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9})?)$"
JURISDICTION_MESSAGE = "“%(value)s”不是适用范围。填2、4、6或9位区划代码，全国留空"
HEAD = ("title", "doc_no", "issuer", "issued_on", "published_on", "source_grade", "trial")
# what a published text never changes; its end may still be brought forward
FROZEN = (
    "text_id", "version", "source", "sha256", "options", "jurisdiction", "authority", "subjects",
    "effective_from", "adopted_note", "created_by_id", *HEAD,
)  # fmt: skip
PUBLISHED_CHANGED = """
    OLD."status" <> 'draft' AND (({}) IS DISTINCT FROM ({})
    OR coalesce(NEW."effective_until", 'infinity') > coalesce(OLD."effective_until", 'infinity'))
""".format(*(", ".join(f'{row}."{column}"' for column in FROZEN) for row in ("OLD", "NEW")))


@tracked()
class PolicyText(models.Model):
    """政策文件: one version of a text as written, with the readings chosen by who adopted it."""

    text_id = models.CharField("标识", max_length=64, validators=[RegexValidator(TEXT_ID)])
    version = models.PositiveSmallIntegerField("版本", default=1)
    title = models.CharField("标题", max_length=200)
    doc_no = models.CharField("文号", max_length=100, blank=True)
    issuer = models.CharField("发文机关", max_length=200, blank=True)
    jurisdiction = models.CharField(
        "适用范围",
        max_length=9,
        blank=True,
        default=ADOPTABLE,
        db_collation="C",
        validators=[RegexValidator(JURISDICTION, JURISDICTION_MESSAGE)],
        help_text="区划代码；文件写明的以文件为准，文件写“*”的由采用地填写",
    )
    authority = models.CharField(
        "发文层级", max_length=9, blank=True, db_collation="C",
        validators=[RegexValidator(JURISDICTION, JURISDICTION_MESSAGE)],
    )  # fmt: skip
    issued_on = models.DateField("成文日期", null=True, blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True)
    effective_from = models.DateField(
        "自何日起执行", null=True, blank=True, help_text="文件写明的以文件为准"
    )
    effective_until = models.DateField(
        "到何日止", null=True, blank=True, help_text="当日起不再执行；空：继续有效"
    )
    source_grade = models.CharField("来源", max_length=8, choices=SOURCE_GRADE_CHOICES)
    trial = models.BooleanField("试行", default=False)
    status = models.CharField(
        "状态", max_length=10, choices=TextStatus.choices, default=TextStatus.DRAFT
    )
    source = models.TextField("条款（TOML）")
    sha256 = models.CharField("校验码", max_length=64, editable=False)
    # from the parse: the subjects for which the text itself speaks, citations of a superior not
    subjects = ArrayField(models.CharField(max_length=64), default=list, editable=False)
    options = models.JSONField("采用的口径", default=dict, blank=True)
    adopted_note = models.CharField("采用说明", max_length=500, blank=True)
    created_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="起草人", null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField("起草时间", auto_now_add=True)
    released_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="发布人", null=True, editable=False, related_name="+"
    )
    released_on = models.DateField("发布日期", null=True, editable=False)

    objects = TextQuerySet.as_manager()

    class Meta:
        verbose_name = "政策文件"
        verbose_name_plural = "政策文件"
        ordering = ["jurisdiction", "-effective_from", "text_id", "-version"]
        default_permissions = ("add", "change", "view")
        permissions = [("publish_policytext", "可以发布、停止执行政策文件")]
        constraints = [
            models.UniqueConstraint(
                fields=["text_id", "jurisdiction", "version"], name="text_version_once"
            ),
            models.CheckConstraint(
                condition=Q(jurisdiction__regex=JURISDICTION, authority__regex=JURISDICTION),
                name="text_codes_shape",
            ),
            models.CheckConstraint(
                condition=Q(jurisdiction__startswith=F("authority")),
                name="text_authority_above_place",
                violation_error_message="发文层级不是适用范围本级或上级的代码。改其中一个",
            ),
            models.CheckConstraint(
                condition=Q(status__in=TextStatus.values), name="text_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="draft")
                | (Q(effective_from__isnull=False) & ~Q(jurisdiction="*") & ~Q(authority="*")),
                name="text_published_where_and_when",
            ),
            models.CheckConstraint(
                condition=Q(effective_from__isnull=True)
                | Q(effective_until__isnull=True)
                | Q(effective_until__gte=F("effective_from")),
                name="text_days_ordered",
                violation_error_message="“到何日止”早于“自何日起执行”。改其中一个日期",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="born_as_draft",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__status__df="draft"),
            ),
            pgtrigger.FSM(
                name="status_steps",
                field="status",
                transitions=[("draft", "published"), ("published", "superseded")],
            ),
            pgtrigger.Protect(
                name="published_is_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(PUBLISHED_CHANGED),
            ),
            pgtrigger.Protect(
                name="published_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__status__df="draft"),
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"

    @property
    def is_draft(self) -> bool:
        return self.status == TextStatus.DRAFT

    @property
    def level_label(self) -> str:
        if self.jurisdiction == ADOPTABLE:
            return "由采用地确定"
        return LEVEL_LABELS[len(self.jurisdiction)]

    @property
    def place(self) -> str:
        """Where the text holds, in words: 市（3715）."""
        code = "" if self.jurisdiction in ("", ADOPTABLE) else f"（{self.jurisdiction}）"
        return self.level_label + code

    @property
    def as_written(self) -> Text:
        """The engine's text as the source alone says."""
        return read_text(self.source, self.text_id)

    @property
    def parsed(self) -> Text:
        """The engine's text: where and when this row says, with the chosen readings."""
        placed = replace(
            self.as_written,
            jurisdiction=self.jurisdiction,
            authority=self.authority,
            effective_from=self.effective_from,
            effective_until=self.effective_until,
        )
        return with_options(placed, self.options)

    def clean(self) -> None:
        """Read a draft's source and fill the head from it; every mistake is told at once."""
        if not self.is_draft:
            return
        try:
            text = read_text(self.source, "文件")
        except TextErrors as errors:
            raise ValidationError({"source": [str(error) for error in errors.errors]}) from errors
        self._take_head(text)
        self._check_head(text)
        self._check_options(text)

    def _take_head(self, text: Text) -> None:
        self.text_id = text.id
        self.sha256 = hashlib.sha256(self.source.encode()).hexdigest()
        self.subjects = own_subjects(text)
        for name in HEAD:
            setattr(self, name, getattr(text, name))
        if text.jurisdiction == ADOPTABLE:
            self.authority = self.jurisdiction
            self.effective_from = self.effective_from or text.effective_from
            self.effective_until = self.effective_until or text.effective_until
        else:
            self.jurisdiction, self.authority = text.jurisdiction, text.authority
            self.effective_from = text.effective_from or self.effective_from
            self.effective_until = text.effective_until or self.effective_until

    def _check_head(self, text: Text) -> None:
        """Tell mistakes of the head as those of the source: no form has fields for it."""
        read = {"text_id", *HEAD}
        if text.jurisdiction != ADOPTABLE:
            read |= {"jurisdiction", "authority"}
        try:
            self.clean_fields({one.name for one in self._meta.fields} - read)
        except ValidationError as error:
            said = [
                f"文件 · text.{'id' if name == 'text_id' else name}：{message}"
                for name, messages in error.message_dict.items()
                for message in messages
            ]
            raise ValidationError({"source": said}) from error

    def _check_options(self, text: Text) -> None:
        if not isinstance(self.options, dict):
            raise ValidationError({"options": "写成 {“条款.选项”: “值”}"})
        self.options = {key: str(value) for key, value in self.options.items()}
        mistakes = option_mistakes(text, self.options)
        if mistakes:
            raise ValidationError({"options": mistakes})


@tracked()
class PolicySubject(models.Model):
    """执行事项: the days on which a published text answers for a subject.

    Added by the database when a text is published; the days are only ever shortened.
    """

    text = models.ForeignKey(
        PolicyText, models.PROTECT, verbose_name="政策文件", related_name="answers"
    )
    authority = models.CharField("发文层级", max_length=9, blank=True, db_collation="C")
    subject = models.CharField("事项", max_length=64)
    validity = DateRangeField("执行日期")
    superseded_by = models.ForeignKey(
        PolicyText, models.PROTECT, verbose_name="被何文件取代", null=True, related_name="+"
    )

    class Meta:
        verbose_name = "执行事项"
        verbose_name_plural = "执行事项"
        ordering = ["subject", "validity"]
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="subject_one_text_a_day",
                expressions=[
                    ("authority", RangeOperators.EQUAL),
                    ("subject", RangeOperators.EQUAL),
                    ("validity", RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="text_is_fixed", fields=["text", "authority", "subject"]),
            pgtrigger.Protect(
                name="only_shortened",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition('NOT (NEW."validity" <@ OLD."validity")'),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.text} {self.label}"

    @property
    def label(self) -> str:
        subject = catalogue().subjects.get(self.subject)
        return subject.label if subject else self.subject
