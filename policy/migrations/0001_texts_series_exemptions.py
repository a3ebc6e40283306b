"""Policy texts and what they answer for, index series, exemptions."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                (
                    "name",
                    models.CharField(
                        max_length=16, primary_key=True, serialize=False, verbose_name="内容"
                    ),
                ),
                ("stamp", models.UUIDField(default=uuid.uuid4, verbose_name="版本")),
            ],
            options={
                "verbose_name": "数据版本",
                "verbose_name_plural": "数据版本",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Exemption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C",
                        max_length=12,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9]{12}$", "社区代码“%(value)s”应为12位数字"
                            )
                        ],
                        verbose_name="社区代码",
                    ),
                ),
                (
                    "provision",
                    models.CharField(help_text="如：BL-STF-6", max_length=32, verbose_name="条款"),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="理由")),
                (
                    "approver",
                    models.CharField(
                        help_text="如：北仑区民政局", max_length=100, verbose_name="批准机关"
                    ),
                ),
                ("document", models.CharField(blank=True, max_length=200, verbose_name="批准文件")),
                ("valid_from", models.DateField(verbose_name="自何日起")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True, help_text="当日起不再有效", null=True, verbose_name="到何日止"
                    ),
                ),
            ],
            options={
                "verbose_name": "豁免",
                "verbose_name_plural": "豁免",
                "ordering": ["code", "provision", "valid_from"],
                "default_permissions": ("add", "change", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{12}$")),
                        name="exemption_code_shape",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="exemption_days_ordered",
                        violation_error_message="“到何日止”不晚于“自何日起”。改其中一个日期",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("code", "="),
                            ("provision", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_until",
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="exemption_once_a_day",
                        violation_error_message="这个社区这一条款在这段时间已经有豁免。先给原来的填上“到何日止”",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndexValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "division_code",
                    models.CharField(
                        blank=True,
                        db_collation="C",
                        help_text="2、4或6位；全国留空",
                        max_length=6,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^([0-9]{2}|[0-9]{4}|[0-9]{6})?$",
                                "“%(value)s”不是区划代码。填2、4或6位数字，全国留空",
                            )
                        ],
                        verbose_name="区划代码",
                    ),
                ),
                (
                    "series",
                    models.CharField(
                        choices=[
                            ("average_sale_price", "商品房平均销售价格"),
                            ("average_rent", "平均租金"),
                            ("disposable_income", "城镇居民人均可支配收入"),
                            ("average_wage", "社会平均工资"),
                            ("natural_growth", "工作经费自然增长率"),
                        ],
                        max_length=32,
                        verbose_name="序列",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1949),
                            django.core.validators.MaxValueValidator(2199),
                        ],
                        verbose_name="年度",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(decimal_places=6, max_digits=18, verbose_name="数值"),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        help_text="空：按序列的常用单位",
                        max_length=32,
                        verbose_name="单位",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="如：聊城市统计年鉴2018", max_length=200, verbose_name="来源"
                    ),
                ),
                (
                    "document",
                    models.CharField(blank=True, max_length=200, verbose_name="文件或页码"),
                ),
            ],
            options={
                "verbose_name": "指数",
                "verbose_name_plural": "指数",
                "ordering": ["series", "division_code", "-year"],
                "permissions": [("import_indexvalue", "可以导入指数")],
                "default_permissions": ("add", "change", "view"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("division_code", "series", "year"),
                        name="index_once_a_year",
                        violation_error_message="这个地方这一年的这个指数已经有了。打开已有的修改",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("division_code__regex", "^([0-9]{2}|[0-9]{4}|[0-9]{6})?$")
                        ),
                        name="index_division_shape",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1949), ("year__lte", 2199)),
                        name="index_year_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "series__in",
                                [
                                    "average_sale_price",
                                    "average_rent",
                                    "disposable_income",
                                    "average_wage",
                                    "natural_growth",
                                ],
                            )
                        ),
                        name="index_series_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "text_id",
                    models.CharField(
                        max_length=64,
                        validators=[
                            django.core.validators.RegexValidator("^[a-z0-9]+(-[a-z0-9]+)*$")
                        ],
                        verbose_name="标识",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="版本")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("doc_no", models.CharField(blank=True, max_length=100, verbose_name="文号")),
                ("issuer", models.CharField(blank=True, max_length=200, verbose_name="发文机关")),
                (
                    "jurisdiction",
                    models.CharField(
                        blank=True,
                        db_collation="C",
                        default="*",
                        help_text="区划代码；文件写明的以文件为准，文件写“*”的由采用地填写",
                        max_length=9,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(\\*|([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9})?)$",
                                "“%(value)s”不是适用范围。填2、4、6或9位区划代码，全国留空",
                            )
                        ],
                        verbose_name="适用范围",
                    ),
                ),
                (
                    "authority",
                    models.CharField(
                        blank=True,
                        db_collation="C",
                        max_length=9,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(\\*|([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9})?)$",
                                "“%(value)s”不是适用范围。填2、4、6或9位区划代码，全国留空",
                            )
                        ],
                        verbose_name="发文层级",
                    ),
                ),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="成文日期")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="公布日期")),
                (
                    "effective_from",
                    models.DateField(
                        blank=True,
                        help_text="文件写明的以文件为准",
                        null=True,
                        verbose_name="自何日起执行",
                    ),
                ),
                (
                    "effective_until",
                    models.DateField(
                        blank=True,
                        help_text="当日起不再执行；空：继续有效",
                        null=True,
                        verbose_name="到何日止",
                    ),
                ),
                (
                    "source_grade",
                    models.CharField(
                        choices=[
                            ("official", "官方原文"),
                            ("reprint", "转载"),
                            ("report", "报道"),
                            ("upload", "网友上传"),
                        ],
                        max_length=8,
                        verbose_name="来源",
                    ),
                ),
                ("trial", models.BooleanField(default=False, verbose_name="试行")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("published", "已发布"),
                            ("superseded", "停止执行"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("source", models.TextField(verbose_name="条款（TOML）")),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="校验码")),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64),
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                ("options", models.JSONField(blank=True, default=dict, verbose_name="采用的口径")),
                (
                    "adopted_note",
                    models.CharField(blank=True, max_length=500, verbose_name="采用说明"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="起草时间")),
                (
                    "released_on",
                    models.DateField(editable=False, null=True, verbose_name="发布日期"),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="起草人",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发布人",
                    ),
                ),
            ],
            options={
                "verbose_name": "政策文件",
                "verbose_name_plural": "政策文件",
                "ordering": ["jurisdiction", "-effective_from", "text_id", "-version"],
                "permissions": [("publish_policytext", "可以发布、停止执行政策文件")],
                "default_permissions": ("add", "change", "view"),
            },
        ),
        migrations.CreateModel(
            name="PolicySubject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.CharField(
                        blank=True, db_collation="C", max_length=9, verbose_name="发文层级"
                    ),
                ),
                ("subject", models.CharField(max_length=64, verbose_name="事项")),
                (
                    "validity",
                    django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="执行日期"),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policy.policytext",
                        verbose_name="被何文件取代",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="policy.policytext",
                        verbose_name="政策文件",
                    ),
                ),
            ],
            options={
                "verbose_name": "执行事项",
                "verbose_name_plural": "执行事项",
                "ordering": ["subject", "validity"],
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="policytext",
            constraint=models.UniqueConstraint(
                fields=("text_id", "jurisdiction", "version"), name="text_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="policytext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("authority__regex", "^(\\*|([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9})?)$"),
                    ("jurisdiction__regex", "^(\\*|([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9})?)$"),
                ),
                name="text_codes_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="policytext",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "published", "superseded"])),
                name="text_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="policytext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "draft"),
                    models.Q(
                        ("effective_from__isnull", False),
                        models.Q(("jurisdiction", "*"), _negated=True),
                        models.Q(("authority", "*"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="text_published_where_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="policytext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("effective_from__isnull", True),
                    ("effective_until__isnull", True),
                    ("effective_until__gte", models.F("effective_from")),
                    _connector="OR",
                ),
                name="text_days_ordered",
                violation_error_message="“到何日止”早于“自何日起执行”。改其中一个日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="policysubject",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("authority", "="), ("subject", "="), ("validity", "&&")],
                name="subject_one_text_a_day",
            ),
        ),
    ]
