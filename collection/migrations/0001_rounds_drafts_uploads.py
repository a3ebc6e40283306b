"""Rounds, forms under way, steps, corrections and uploads."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("communities", "0011_facts_handed_in"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(default="facts", max_length=20, verbose_name="内容")),
                (
                    "code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="辖区代码"),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "source",
                    models.CharField(
                        choices=[("paste", "粘贴"), ("file", "文件")],
                        max_length=5,
                        verbose_name="来源",
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="文件名")),
                ("sheet_name", models.CharField(blank=True, max_length=100, verbose_name="工作表")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveIntegerField(verbose_name="字节数")),
                ("made_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "读取中"),
                            ("ready", "待核对"),
                            ("taking", "导入中"),
                            ("done", "已导入"),
                            ("cancelled", "已取消"),
                            ("failed", "已中断"),
                        ],
                        default="reading",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("stage", models.CharField(blank=True, max_length=20, verbose_name="进度")),
                ("moved_at", models.DateTimeField(null=True, verbose_name="进度时间")),
                ("done_rows", models.PositiveIntegerField(default=0, verbose_name="已处理行数")),
                ("total_rows", models.PositiveIntegerField(default=0, verbose_name="总行数")),
                ("cancel_asked", models.BooleanField(default=False, verbose_name="要求取消")),
                ("headings", models.JSONField(default=list, verbose_name="表头")),
                ("counts", models.JSONField(default=dict, verbose_name="行数")),
                ("options", models.JSONField(default=dict, verbose_name="选项")),
                ("notes", models.JSONField(default=list, verbose_name="说明")),
                ("message", models.CharField(blank=True, max_length=500, verbose_name="结果")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                (
                    "finished_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="导入人",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
            ],
            options={
                "verbose_name": "导入",
                "verbose_name_plural": "导入",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="社区代码"),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待批准"),
                            ("applied", "已更正"),
                            ("refused", "不予更正"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="proposed",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("changes", models.JSONField(verbose_name="更正内容")),
                ("money", models.JSONField(default=dict, verbose_name="对经费的影响")),
                ("reason", models.CharField(max_length=200, verbose_name="更正原因")),
                ("document", models.CharField(max_length=100, verbose_name="依据文件或凭证")),
                ("corrected_on", models.DateField(verbose_name="更正日期")),
                ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="批准时间"),
                ),
                (
                    "decision_note",
                    models.CharField(blank=True, max_length=200, verbose_name="批准意见"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                (
                    "facts",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="communities.annualfacts",
                        verbose_name="年度数据",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "更正",
                "verbose_name_plural": "更正",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CorrectionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="社区代码"),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待批准"),
                            ("applied", "已更正"),
                            ("refused", "不予更正"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="proposed",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("changes", models.JSONField(verbose_name="更正内容")),
                ("money", models.JSONField(default=dict, verbose_name="对经费的影响")),
                ("reason", models.CharField(max_length=200, verbose_name="更正原因")),
                ("document", models.CharField(max_length=100, verbose_name="依据文件或凭证")),
                ("corrected_on", models.DateField(verbose_name="更正日期")),
                ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="批准时间"),
                ),
                (
                    "decision_note",
                    models.CharField(blank=True, max_length=200, verbose_name="批准意见"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                (
                    "facts",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="communities.annualfacts",
                        verbose_name="年度数据",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="collection.correction",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FactsDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="社区代码"),
                ),
                ("cells", models.JSONField(default=dict, verbose_name="填写内容")),
                ("reasons", models.JSONField(default=dict, verbose_name="变动说明")),
                ("stamps", models.JSONField(default=dict, verbose_name="各项版本")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                ("facts_version", models.PositiveIntegerField(default=0, verbose_name="数据版本")),
                ("changed_at", models.DateTimeField(verbose_name="填写时间")),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填写人",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts_drafts",
                        to="communities.community",
                        verbose_name="社区",
                    ),
                ),
            ],
            options={
                "verbose_name": "草稿",
                "verbose_name_plural": "草稿",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="FactsStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="社区代码"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submit", "提交"),
                            ("withdraw", "撤回"),
                            ("pass", "审核通过"),
                            ("return", "退回修改"),
                            ("confirm", "确认"),
                            ("unlock", "撤销确认"),
                            ("correct", "更正"),
                            ("import", "批量导入"),
                        ],
                        max_length=8,
                        verbose_name="办理",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="第几轮")),
                ("comments", models.JSONField(blank=True, default=dict, verbose_name="意见")),
                ("at", models.DateTimeField(verbose_name="办理时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
                    ),
                ),
                (
                    "facts",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="communities.annualfacts",
                        verbose_name="年度数据",
                    ),
                ),
            ],
            options={
                "verbose_name": "办理记录",
                "verbose_name_plural": "办理记录",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Round",
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
                        db_collation="C", max_length=6, verbose_name="下达单位区划代码"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("title", models.CharField(max_length=60, verbose_name="任务名称")),
                ("reference_on", models.DateField(verbose_name="统计时点")),
                (
                    "households_measure",
                    models.CharField(
                        choices=[
                            ("households_registered", "户籍户数"),
                            ("households_resident", "常住户数"),
                            ("households_occupied", "实际居住户数"),
                            ("households_recorded", "实有户数"),
                            ("dwellings", "住宅套数"),
                        ],
                        max_length=24,
                        verbose_name="核定户数取自",
                    ),
                ),
                (
                    "asked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        size=None,
                        verbose_name="填报项目",
                    ),
                ),
                (
                    "street_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(db_collation="C", max_length=9),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="填报街道",
                    ),
                ),
                ("street_review", models.BooleanField(default=True, verbose_name="街道审核后报送")),
                ("opens_on", models.DateField(verbose_name="开始日期")),
                ("closes_on", models.DateField(verbose_name="截止日期")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "未下达"), ("open", "填报中"), ("closed", "已结束")],
                        default="draft",
                        max_length=6,
                        verbose_name="状态",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="填报说明")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="下达人",
                    ),
                ),
            ],
            options={
                "verbose_name": "填报任务",
                "verbose_name_plural": "填报任务",
                "ordering": ["-year", "code", "pk"],
                "permissions": [("run_round", "可以下达填报任务")],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(db_collation="C", max_length=9, verbose_name="街道代码")),
                ("unfinished", models.PositiveIntegerField(verbose_name="未报社区")),
                ("at", models.DateTimeField(verbose_name="催办时间")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="催办人",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="collection.round",
                        verbose_name="填报任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "催办",
                "verbose_name_plural": "催办",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(db_collation="C", max_length=9, verbose_name="街道代码")),
                ("closes_on", models.DateField(verbose_name="延期至")),
                ("reason", models.CharField(max_length=200, verbose_name="延期原因")),
                ("at", models.DateTimeField(verbose_name="批准时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="collection.round",
                        verbose_name="填报任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "延期",
                "verbose_name_plural": "延期",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RoundEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(
                        db_collation="C", max_length=6, verbose_name="下达单位区划代码"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("title", models.CharField(max_length=60, verbose_name="任务名称")),
                ("reference_on", models.DateField(verbose_name="统计时点")),
                (
                    "households_measure",
                    models.CharField(
                        choices=[
                            ("households_registered", "户籍户数"),
                            ("households_resident", "常住户数"),
                            ("households_occupied", "实际居住户数"),
                            ("households_recorded", "实有户数"),
                            ("dwellings", "住宅套数"),
                        ],
                        max_length=24,
                        verbose_name="核定户数取自",
                    ),
                ),
                (
                    "asked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        size=None,
                        verbose_name="填报项目",
                    ),
                ),
                (
                    "street_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(db_collation="C", max_length=9),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="填报街道",
                    ),
                ),
                ("street_review", models.BooleanField(default=True, verbose_name="街道审核后报送")),
                ("opens_on", models.DateField(verbose_name="开始日期")),
                ("closes_on", models.DateField(verbose_name="截止日期")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "未下达"), ("open", "填报中"), ("closed", "已结束")],
                        default="draft",
                        max_length=6,
                        verbose_name="状态",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="填报说明")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="下达人",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="collection.round",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UploadContent",
            fields=[
                (
                    "upload",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="collection.upload",
                        verbose_name="导入",
                    ),
                ),
                (
                    "code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="辖区代码"),
                ),
                ("content", models.BinaryField(verbose_name="内容")),
            ],
            options={
                "verbose_name": "导入的原文",
                "verbose_name_plural": "导入的原文",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="UploadRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="辖区代码"),
                ),
                ("number", models.PositiveIntegerField(verbose_name="行号")),
                ("subject", models.CharField(blank=True, max_length=40, verbose_name="社区代码")),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="名称")),
                ("subject_key", models.BigIntegerField(null=True, verbose_name="社区")),
                ("cells", models.JSONField(default=list, verbose_name="内容")),
                ("before", models.JSONField(default=dict, verbose_name="原值")),
                ("reasons", models.JSONField(default=dict, verbose_name="变动说明")),
                ("findings", models.JSONField(default=list, verbose_name="核对结果")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("wrong", "有错误"),
                            ("unlikely", "待确认"),
                            ("changed", "有变化"),
                            ("new", "新增"),
                            ("unchanged", "无变化"),
                            ("taken", "已导入"),
                            ("dropped", "已删去"),
                        ],
                        max_length=9,
                        verbose_name="结果",
                    ),
                ),
                (
                    "mended",
                    models.JSONField(
                        db_default=models.Value([], models.JSONField()),
                        default=list,
                        verbose_name="改动人",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, verbose_name="数据版本")),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="collection.upload",
                        verbose_name="导入",
                    ),
                ),
            ],
            options={
                "verbose_name": "导入的行",
                "verbose_name_plural": "导入的行",
                "ordering": ["number"],
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")),
                fields=("facts",),
                name="correction_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    ("state", "withdrawn"),
                    _connector="OR",
                ),
                name="correction_maker_is_not_checker",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["proposed", "applied", "refused", "withdrawn"])),
                name="correction_state",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="states_follow",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{proposed:applied,proposed:refused,proposed:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="dc87c342c0b7e4126d85229bae9e849a825dd48b",
                    operation="UPDATE",
                    pgid="pgtrigger_states_follow_b6f4b",
                    table="collection_correction",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="1f7ad90325ab964aa515975c2f36fff4149a971d",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_6b039",
                    table="collection_correction",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "collection_correctionevent" ("changes", "code", "corrected_on", "decided_at", "decided_by_id", "decision_note", "document", "facts_id", "id", "money", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "state", "version", "year") SELECT new_values."changes", new_values."code", new_values."corrected_on", new_values."decided_at", new_values."decided_by_id", new_values."decision_note", new_values."document", new_values."facts_id", new_values."id", new_values."money", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."state", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="bf66d1c5920336e88079cbc24b8d092c38d82abf",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9649a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="collection_correction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "collection_correctionevent" ("changes", "code", "corrected_on", "decided_at", "decided_by_id", "decision_note", "document", "facts_id", "id", "money", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "state", "version", "year") SELECT new_values."changes", new_values."code", new_values."corrected_on", new_values."decided_at", new_values."decided_by_id", new_values."decision_note", new_values."document", new_values."facts_id", new_values."id", new_values."money", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."state", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="687ee025f79eb65ee8364f24987f1f39420c893d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fb9c8",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="collection_correction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "collection_correctionevent" ("changes", "code", "corrected_on", "decided_at", "decided_by_id", "decision_note", "document", "facts_id", "id", "money", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "state", "version", "year") SELECT old_values."changes", old_values."code", old_values."corrected_on", old_values."decided_at", old_values."decided_by_id", old_values."decision_note", old_values."document", old_values."facts_id", old_values."id", old_values."money", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposed_at", old_values."proposed_by_id", old_values."reason", old_values."state", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b500ddf94a5ffeffb360bf978bb0f9626c8f4454",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_aed14",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="collection_correction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="26ca0da1925b066b6c3827186b9709ca538e9129",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c1d5f",
                    table="collection_correctionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="factsdraft",
            index=models.Index(fields=["year", "code"], name="draft_year_code"),
        ),
        migrations.AddConstraint(
            model_name="factsdraft",
            constraint=models.UniqueConstraint(
                fields=("community", "year"), name="draft_once_a_year"
            ),
        ),
        migrations.AddIndex(
            model_name="factsstep",
            index=models.Index(fields=["facts", "id"], name="step_facts"),
        ),
        migrations.AddIndex(
            model_name="round",
            index=models.Index(fields=["year", "code"], name="round_year_code"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens_on__lte", models.F("closes_on"))),
                name="round_opens_before_it_closes",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 1949), ("year__lte", 2199)),
                name="round_year_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^([0-9]{4}|[0-9]{6})$")),
                name="round_code_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "open", "closed"])), name="round_state"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="c1b00f7bc09d706a4227de264a2af7f48297a75d",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_f2484",
                    table="collection_round",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "collection_roundevent" ("asked", "closed_at", "closes_on", "code", "households_measure", "id", "is_demo", "made_at", "made_by_id", "note", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference_on", "state", "street_codes", "street_review", "title", "version", "year") SELECT new_values."asked", new_values."closed_at", new_values."closes_on", new_values."code", new_values."households_measure", new_values."id", new_values."is_demo", new_values."made_at", new_values."made_by_id", new_values."note", new_values."opens_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reference_on", new_values."state", new_values."street_codes", new_values."street_review", new_values."title", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2628f691b9c3819a39adc7541cc06623776307bb",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9c61e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="collection_round",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "collection_roundevent" ("asked", "closed_at", "closes_on", "code", "households_measure", "id", "is_demo", "made_at", "made_by_id", "note", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference_on", "state", "street_codes", "street_review", "title", "version", "year") SELECT new_values."asked", new_values."closed_at", new_values."closes_on", new_values."code", new_values."households_measure", new_values."id", new_values."is_demo", new_values."made_at", new_values."made_by_id", new_values."note", new_values."opens_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reference_on", new_values."state", new_values."street_codes", new_values."street_review", new_values."title", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0b4b5c10555979e227115faaf719ecb0a27b04e5",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a3c10",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="collection_round",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "collection_roundevent" ("asked", "closed_at", "closes_on", "code", "households_measure", "id", "is_demo", "made_at", "made_by_id", "note", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference_on", "state", "street_codes", "street_review", "title", "version", "year") SELECT old_values."asked", old_values."closed_at", old_values."closes_on", old_values."code", old_values."households_measure", old_values."id", old_values."is_demo", old_values."made_at", old_values."made_by_id", old_values."note", old_values."opens_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reference_on", old_values."state", old_values."street_codes", old_values."street_review", old_values."title", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="62ebbb57814bd7e65647baaa405585354a2f38b0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cbb2c",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="collection_round",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roundevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e69a9c77e48fbf55e5e41c30ee5dc1c7c3dddea0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9c44c",
                    table="collection_roundevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["code", "-id"], name="upload_code"),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["reading", "ready", "taking", "done", "cancelled", "failed"])
                ),
                name="upload_state",
            ),
        ),
        migrations.AddIndex(
            model_name="uploadrow",
            index=models.Index(fields=["upload", "state", "number"], name="upload_row_state"),
        ),
        migrations.AddConstraint(
            model_name="uploadrow",
            constraint=models.UniqueConstraint(fields=("upload", "number"), name="upload_row_once"),
        ),
        migrations.AddConstraint(
            model_name="uploadrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["wrong", "unlikely", "changed", "new", "unchanged", "taken", "dropped"],
                    )
                ),
                name="upload_row_state",
            ),
        ),
    ]
