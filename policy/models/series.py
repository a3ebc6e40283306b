"""IndexValue: a yearly figure of a division, such as an average price or wage."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from accounts.history import tracked
from policy.choices import SERIES_CHOICES
from policy.engine import Series, SeriesError
from policy.engine.catalogue import catalogue
from policy.querysets import IndexValueQuerySet

SERIES_DIVISION = r"^([0-9]{2}|[0-9]{4}|[0-9]{6})?$"
DIVISION_MESSAGE = "“%(value)s”不是区划代码。填2、4或6位数字，全国留空"
MAY_FALL = {"natural_growth"}
FIRST_YEAR, LAST_YEAR = 1949, 2199


@tracked()
class IndexValue(models.Model):
    """指数: the figure of a series for a division and a year, in the unit as published."""

    division_code = models.CharField(
        "区划代码",
        max_length=6,
        blank=True,
        db_collation="C",
        validators=[RegexValidator(SERIES_DIVISION, DIVISION_MESSAGE)],
        help_text="2、4或6位；全国留空",
    )
    series = models.CharField("序列", max_length=32, choices=SERIES_CHOICES)
    year = models.PositiveSmallIntegerField(
        "年度", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    value = models.DecimalField("数值", max_digits=18, decimal_places=6)
    unit = models.CharField("单位", max_length=32, blank=True, help_text="空：按序列的常用单位")
    source = models.CharField("来源", max_length=200, help_text="如：聊城市统计年鉴2018")
    document = models.CharField("文件或页码", max_length=200, blank=True)

    objects = IndexValueQuerySet.as_manager()

    class Meta:
        verbose_name = "指数"
        verbose_name_plural = "指数"
        ordering = ["series", "division_code", "-year"]
        default_permissions = ("add", "change", "view")
        permissions = [("import_indexvalue", "可以导入指数")]
        constraints = [
            models.UniqueConstraint(
                fields=["division_code", "series", "year"],
                name="index_once_a_year",
                violation_error_message="这个地方这一年的这个指数已经有了。打开已有的修改",
            ),
            models.CheckConstraint(
                condition=Q(division_code__regex=SERIES_DIVISION), name="index_division_shape"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="index_year_range"
            ),
            models.CheckConstraint(
                condition=Q(series__in=[key for key, _ in SERIES_CHOICES]),
                name="index_series_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division_code or '全国'} {self.year}年{self.get_series_display()}"

    @property
    def plain_value(self) -> str:
        """The value as written, without the zeros that the column adds."""
        written = f"{self.value:f}"
        return written.rstrip("0").rstrip(".") if "." in written else written

    @property
    def row(self) -> dict[str, object]:
        """The row as the engine takes it."""
        return {
            "division": self.division_code,
            "series": self.series,
            "year": self.year,
            "value": self.plain_value,
            "unit": self.unit,
        }

    def clean(self) -> None:
        kind = catalogue().series_named(self.series)
        if kind and not self.unit:
            self.unit = kind.unit
        readable = re.fullmatch(SERIES_DIVISION, self.division_code)
        if not kind or not readable or self.value is None or self.year is None:
            return  # told by the fields themselves
        if self.value <= 0 and self.series not in MAY_FALL:
            raise ValidationError({"value": f"{kind.label}“{self.plain_value}”应大于0"})
        try:
            Series.from_rows([self.row])
        except SeriesError as error:
            raise ValidationError({"unit": str(error).partition("：")[2]}) from error
