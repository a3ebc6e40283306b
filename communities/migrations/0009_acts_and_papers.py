"""Change acts with their steps, what followed from them, and papers."""

import uuid

import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0008_parts"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChangeAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="提交标识"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("establish", "设立"),
                            ("rename", "更名"),
                            ("recode", "代码变更"),
                            ("rescale", "规模调整"),
                            ("transfer", "划归其他街道"),
                            ("merge", "合并"),
                            ("split", "分设"),
                            ("abolish", "撤销"),
                            ("reopen", "恢复"),
                        ],
                        max_length=9,
                        verbose_name="变更类型",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=9, verbose_name="辖区代码"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "起草中"),
                            ("submitted", "待审查"),
                            ("returned", "已退回"),
                            ("reviewed", "待批复"),
                            ("decided", "待生效"),
                            ("applied", "已生效"),
                            ("refused", "不予批准"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="事项")),
                ("reason", models.TextField(max_length=2000, verbose_name="理由")),
                ("plan", models.JSONField(default=dict, verbose_name="变更方案")),
                ("table", models.JSONField(blank=True, default=dict, verbose_name="变更前后对照")),
                (
                    "round",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, verbose_name="轮次"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "decision_authority",
                    models.CharField(blank=True, max_length=64, verbose_name="批准机关"),
                ),
                (
                    "decision_doc_no",
                    models.CharField(blank=True, max_length=64, verbose_name="批复文号"),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="批复日期")),
                ("effective_on", models.DateField(blank=True, null=True, verbose_name="生效日期")),
                (
                    "applied_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="执行时间"),
                ),
                (
                    "failure",
                    models.CharField(blank=True, max_length=500, verbose_name="未能生效的原因"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批复录入人",
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
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审查人",
                    ),
                ),
            ],
            options={
                "verbose_name": "变更",
                "verbose_name_plural": "变更",
                "ordering": ["-id"],
                "permissions": [
                    ("propose_changeact", "可以提出变更"),
                    ("review_changeact", "可以审查变更"),
                    ("decide_changeact", "可以录入批复"),
                ],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ActStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(db_collation="C", max_length=9, verbose_name="辖区代码")),
                ("round", models.PositiveSmallIntegerField(verbose_name="轮次")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submit", "提交审查"),
                            ("return", "退回修改"),
                            ("pass", "审查通过"),
                            ("decide", "录入批复"),
                            ("refuse", "不予批准"),
                            ("withdraw", "撤回"),
                            ("apply", "生效"),
                            ("fail", "未能生效"),
                        ],
                        max_length=8,
                        verbose_name="步骤",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("comment", models.TextField(blank=True, max_length=2000, verbose_name="意见")),
                ("items", models.JSONField(blank=True, default=dict, verbose_name="逐项意见")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
                    ),
                ),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="communities.changeact",
                        verbose_name="变更",
                    ),
                ),
            ],
            options={
                "verbose_name": "办理记录",
                "verbose_name_plural": "办理记录",
                "ordering": ["id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ChangeActEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "key",
                    models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="提交标识"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("establish", "设立"),
                            ("rename", "更名"),
                            ("recode", "代码变更"),
                            ("rescale", "规模调整"),
                            ("transfer", "划归其他街道"),
                            ("merge", "合并"),
                            ("split", "分设"),
                            ("abolish", "撤销"),
                            ("reopen", "恢复"),
                        ],
                        max_length=9,
                        verbose_name="变更类型",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=9, verbose_name="辖区代码"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "起草中"),
                            ("submitted", "待审查"),
                            ("returned", "已退回"),
                            ("reviewed", "待批复"),
                            ("decided", "待生效"),
                            ("applied", "已生效"),
                            ("refused", "不予批准"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="事项")),
                ("reason", models.TextField(max_length=2000, verbose_name="理由")),
                ("plan", models.JSONField(default=dict, verbose_name="变更方案")),
                ("table", models.JSONField(blank=True, default=dict, verbose_name="变更前后对照")),
                (
                    "round",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, verbose_name="轮次"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "decision_authority",
                    models.CharField(blank=True, max_length=64, verbose_name="批准机关"),
                ),
                (
                    "decision_doc_no",
                    models.CharField(blank=True, max_length=64, verbose_name="批复文号"),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="批复日期")),
                ("effective_on", models.DateField(blank=True, null=True, verbose_name="生效日期")),
                (
                    "applied_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="执行时间"),
                ),
                (
                    "failure",
                    models.CharField(blank=True, max_length=500, verbose_name="未能生效的原因"),
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
                        verbose_name="批复录入人",
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
                        to="communities.changeact",
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
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审查人",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Lineage",
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
                    "relation",
                    models.CharField(
                        choices=[("predecessor", "来自"), ("successor", "去向")],
                        max_length=11,
                        verbose_name="关系",
                    ),
                ),
                (
                    "other_code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="另一社区代码"),
                ),
                ("other_name", models.CharField(max_length=64, verbose_name="另一社区名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("establish", "设立"),
                            ("rename", "更名"),
                            ("recode", "代码变更"),
                            ("rescale", "规模调整"),
                            ("transfer", "划归其他街道"),
                            ("merge", "合并"),
                            ("split", "分设"),
                            ("abolish", "撤销"),
                            ("reopen", "恢复"),
                        ],
                        max_length=9,
                        verbose_name="变更类型",
                    ),
                ),
                ("doc_no", models.CharField(max_length=64, verbose_name="批复文号")),
                ("effective_on", models.DateField(verbose_name="生效日期")),
                (
                    "households",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="划转户数"),
                ),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lineage",
                        to="communities.changeact",
                        verbose_name="变更",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lineage",
                        to="communities.community",
                        verbose_name="社区",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.community",
                        verbose_name="另一社区",
                    ),
                ),
            ],
            options={
                "verbose_name": "沿革",
                "verbose_name_plural": "沿革",
                "ordering": ["effective_on", "id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="LineageEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="社区代码"),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[("predecessor", "来自"), ("successor", "去向")],
                        max_length=11,
                        verbose_name="关系",
                    ),
                ),
                (
                    "other_code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="另一社区代码"),
                ),
                ("other_name", models.CharField(max_length=64, verbose_name="另一社区名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("establish", "设立"),
                            ("rename", "更名"),
                            ("recode", "代码变更"),
                            ("rescale", "规模调整"),
                            ("transfer", "划归其他街道"),
                            ("merge", "合并"),
                            ("split", "分设"),
                            ("abolish", "撤销"),
                            ("reopen", "恢复"),
                        ],
                        max_length=9,
                        verbose_name="变更类型",
                    ),
                ),
                ("doc_no", models.CharField(max_length=64, verbose_name="批复文号")),
                ("effective_on", models.DateField(verbose_name="生效日期")),
                (
                    "households",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="划转户数"),
                ),
                (
                    "act",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="communities.changeact",
                        verbose_name="变更",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="communities.community",
                        verbose_name="社区",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="communities.community",
                        verbose_name="另一社区",
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
                        to="communities.lineage",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Paper",
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
                        db_collation="C", editable=False, max_length=12, verbose_name="代码"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("request", "请示、申请"),
                            ("map", "四至图、地图"),
                            ("meeting", "会议记录、居民意见"),
                            ("report", "调查、审查报告"),
                            ("decision", "批复、公告"),
                            ("certificate", "证书、登记证"),
                            ("photo", "照片"),
                            ("other", "其他"),
                        ],
                        max_length=11,
                        verbose_name="材料类别",
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="材料名称")),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="文号")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="成文日期")),
                ("file_name", models.CharField(max_length=150, verbose_name="文件名")),
                ("content_type", models.CharField(max_length=100, verbose_name="文件类型")),
                (
                    "size",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="字节数",
                    ),
                ),
                (
                    "sha256",
                    models.CharField(db_collation="C", max_length=64, verbose_name="SHA-256"),
                ),
                ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="撤下时间"),
                ),
                (
                    "withdrawn_because",
                    models.CharField(blank=True, max_length=200, verbose_name="撤下原因"),
                ),
                (
                    "act",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="communities.changeact",
                        verbose_name="变更",
                    ),
                ),
                (
                    "archive_entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="communities.archiveentry",
                        verbose_name="电子档案",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="communities.community",
                        verbose_name="社区",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
            ],
            options={
                "verbose_name": "材料",
                "verbose_name_plural": "材料",
                "ordering": ["-uploaded_at", "-id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PaperContent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(db_collation="C", max_length=12, verbose_name="代码")),
                (
                    "sha256",
                    models.CharField(db_collation="C", max_length=64, verbose_name="SHA-256"),
                ),
                ("content", models.BinaryField(verbose_name="内容")),
            ],
            options={
                "verbose_name": "文件内容",
                "verbose_name_plural": "文件内容",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("code", "sha256"), name="papercontent_once"),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="papercontent_hash_shape",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=12, verbose_name="代码"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("request", "请示、申请"),
                            ("map", "四至图、地图"),
                            ("meeting", "会议记录、居民意见"),
                            ("report", "调查、审查报告"),
                            ("decision", "批复、公告"),
                            ("certificate", "证书、登记证"),
                            ("photo", "照片"),
                            ("other", "其他"),
                        ],
                        max_length=11,
                        verbose_name="材料类别",
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="材料名称")),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="文号")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="成文日期")),
                ("file_name", models.CharField(max_length=150, verbose_name="文件名")),
                ("content_type", models.CharField(max_length=100, verbose_name="文件类型")),
                (
                    "size",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="字节数",
                    ),
                ),
                (
                    "sha256",
                    models.CharField(db_collation="C", max_length=64, verbose_name="SHA-256"),
                ),
                ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="撤下时间"),
                ),
                (
                    "withdrawn_because",
                    models.CharField(blank=True, max_length=200, verbose_name="撤下原因"),
                ),
                (
                    "act",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="communities.changeact",
                        verbose_name="变更",
                    ),
                ),
                (
                    "archive_entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="communities.archiveentry",
                        verbose_name="电子档案",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="communities.community",
                        verbose_name="社区",
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
                        to="communities.paper",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="changeact",
            index=models.Index(fields=["code", "state"], name="act_code_state"),
        ),
        migrations.AddIndex(
            model_name="changeact",
            index=models.Index(
                condition=models.Q(("state", "decided")), fields=["effective_on"], name="act_due"
            ),
        ),
        migrations.AddIndex(
            model_name="changeact",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["plan"], name="act_plan", opclasses=["jsonb_path_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="changeact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_by__isnull", True),
                    models.Q(("reviewed_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="act_reviewed_by_another",
                violation_error_message="提出人不能审查自己提出的变更，由其他人审查",
            ),
        ),
        migrations.AddConstraint(
            model_name="changeact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="act_decided_by_another",
                violation_error_message="提出人不能录入自己提出的变更的批复，由其他人录入",
            ),
        ),
        migrations.AddConstraint(
            model_name="changeact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("decided", "applied")), _negated=True),
                    models.Q(
                        models.Q(("decision_doc_no", ""), _negated=True),
                        ("decided_by__isnull", False),
                        ("decided_on__isnull", False),
                        ("effective_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="act_decided_with_document",
            ),
        ),
        migrations.AddConstraint(
            model_name="changeact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "applied"), _negated=True),
                    ("applied_at__isnull", False),
                    _connector="OR",
                ),
                name="act_applied_at_a_time",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changeact",
            trigger=pgtrigger.compiler.Trigger(
                name="state_by_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:submitted,draft:withdrawn,submitted:returned,submitted:reviewed,submitted:withdrawn,returned:submitted,returned:withdrawn,reviewed:returned,reviewed:refused,reviewed:decided,decided:applied,decided:returned}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="7d6ec0da13d5b7c06afa76319eb637656d7177ae",
                    operation="UPDATE",
                    pgid="pgtrigger_state_by_steps_2278f",
                    table="communities_changeact",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changeact",
            trigger=pgtrigger.compiler.Trigger(
                name="born_as_draft",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"state\" IS DISTINCT FROM 'draft')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;",
                    hash="71d379989eb32fc0f1d3a892e93c439ac19204e4",
                    operation="INSERT",
                    pgid="pgtrigger_born_as_draft_e407c",
                    table="communities_changeact",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changeact",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="102cd561dd093883619ce7726341e27054a8268c",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_9043c",
                    table="communities_changeact",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changeact",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_changeactevent" ("applied_at", "code", "decided_by_id", "decided_on", "decision_authority", "decision_doc_no", "effective_on", "failure", "id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "proposed_at", "proposed_by_id", "reason", "reviewed_by_id", "round", "state", "table", "title", "version") SELECT new_values."applied_at", new_values."code", new_values."decided_by_id", new_values."decided_on", new_values."decision_authority", new_values."decision_doc_no", new_values."effective_on", new_values."failure", new_values."id", new_values."key", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."reviewed_by_id", new_values."round", new_values."state", new_values."table", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6815016f31921ef8e0d21ddc7fbc679d7096d39f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_25a63",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="communities_changeact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changeact",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_changeactevent" ("applied_at", "code", "decided_by_id", "decided_on", "decision_authority", "decision_doc_no", "effective_on", "failure", "id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "proposed_at", "proposed_by_id", "reason", "reviewed_by_id", "round", "state", "table", "title", "version") SELECT new_values."applied_at", new_values."code", new_values."decided_by_id", new_values."decided_on", new_values."decision_authority", new_values."decision_doc_no", new_values."effective_on", new_values."failure", new_values."id", new_values."key", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."reviewed_by_id", new_values."round", new_values."state", new_values."table", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d0bfaa790ca58e79f01a0fb334f21edb08fbf35b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ab862",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="communities_changeact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changeact",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_changeactevent" ("applied_at", "code", "decided_by_id", "decided_on", "decision_authority", "decision_doc_no", "effective_on", "failure", "id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "proposed_at", "proposed_by_id", "reason", "reviewed_by_id", "round", "state", "table", "title", "version") SELECT old_values."applied_at", old_values."code", old_values."decided_by_id", old_values."decided_on", old_values."decision_authority", old_values."decision_doc_no", old_values."effective_on", old_values."failure", old_values."id", old_values."key", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan", old_values."proposed_at", old_values."proposed_by_id", old_values."reason", old_values."reviewed_by_id", old_values."round", old_values."state", old_values."table", old_values."title", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c6cd34556178ebef06996f9a6119af551fda5b17",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9a30a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="communities_changeact",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="actstep",
            index=models.Index(fields=["code"], name="actstep_code"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changeactevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="04acf9db7a846a916d98655241c486a5fb73e7e3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_983ba",
                    table="communities_changeactevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="lineage",
            index=models.Index(fields=["code"], name="lineage_code"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lineage",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="40b5104c7e9891527e61b2dd5990e5b90a60a10e",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_0a9f4",
                    table="communities_lineage",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lineage",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_lineageevent" ("act_id", "code", "community_id", "doc_no", "effective_on", "households", "id", "kind", "other_code", "other_id", "other_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation") SELECT new_values."act_id", new_values."code", new_values."community_id", new_values."doc_no", new_values."effective_on", new_values."households", new_values."id", new_values."kind", new_values."other_code", new_values."other_id", new_values."other_name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."relation" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9b5eb9641cd3ae3a860a6691b59af9379d52c11c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f66b1",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="communities_lineage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lineage",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_lineageevent" ("act_id", "code", "community_id", "doc_no", "effective_on", "households", "id", "kind", "other_code", "other_id", "other_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation") SELECT new_values."act_id", new_values."code", new_values."community_id", new_values."doc_no", new_values."effective_on", new_values."households", new_values."id", new_values."kind", new_values."other_code", new_values."other_id", new_values."other_name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."relation" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0a5b6216dd8baf10a2f8e482aaf96ca82277f53e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7d8c0",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="communities_lineage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lineage",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_lineageevent" ("act_id", "code", "community_id", "doc_no", "effective_on", "households", "id", "kind", "other_code", "other_id", "other_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation") SELECT old_values."act_id", old_values."code", old_values."community_id", old_values."doc_no", old_values."effective_on", old_values."households", old_values."id", old_values."kind", old_values."other_code", old_values."other_id", old_values."other_name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."relation" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6dbaa6d885a23da2af670631a34d8b81f9efda5f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_33697",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="communities_lineage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lineageevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e204a928625ebeb4418bc8602318b7e03a418c7a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8f7f2",
                    table="communities_lineageevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(fields=["code"], name="paper_code"),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act__isnull", True), ("community__isnull", False)),
                    models.Q(
                        ("act__isnull", False),
                        ("archive_entry__isnull", True),
                        ("community__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="paper_belongs_to_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(("withdrawn_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="paper_withdrawn_with_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paper",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="97150408bf2bfeed871e0ea9437341cfc1f984bd",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_cefda",
                    table="communities_paper",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paper",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_paperevent" ("act_id", "archive_entry_id", "code", "community_id", "content_type", "doc_no", "file_name", "id", "issued_on", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "title", "uploaded_at", "uploaded_by_id", "withdrawn_at", "withdrawn_because") SELECT new_values."act_id", new_values."archive_entry_id", new_values."code", new_values."community_id", new_values."content_type", new_values."doc_no", new_values."file_name", new_values."id", new_values."issued_on", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."sha256", new_values."size", new_values."title", new_values."uploaded_at", new_values."uploaded_by_id", new_values."withdrawn_at", new_values."withdrawn_because" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4f9941043c217c357b44182f222e60cb6e3d9c47",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_add94",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="communities_paper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paper",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_paperevent" ("act_id", "archive_entry_id", "code", "community_id", "content_type", "doc_no", "file_name", "id", "issued_on", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "title", "uploaded_at", "uploaded_by_id", "withdrawn_at", "withdrawn_because") SELECT new_values."act_id", new_values."archive_entry_id", new_values."code", new_values."community_id", new_values."content_type", new_values."doc_no", new_values."file_name", new_values."id", new_values."issued_on", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."sha256", new_values."size", new_values."title", new_values."uploaded_at", new_values."uploaded_by_id", new_values."withdrawn_at", new_values."withdrawn_because" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="324c14e395b5549fb5ceb6e6f7e3caf9cdb45950",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0b52f",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="communities_paper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paper",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_paperevent" ("act_id", "archive_entry_id", "code", "community_id", "content_type", "doc_no", "file_name", "id", "issued_on", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "title", "uploaded_at", "uploaded_by_id", "withdrawn_at", "withdrawn_because") SELECT old_values."act_id", old_values."archive_entry_id", old_values."code", old_values."community_id", old_values."content_type", old_values."doc_no", old_values."file_name", old_values."id", old_values."issued_on", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."sha256", old_values."size", old_values."title", old_values."uploaded_at", old_values."uploaded_by_id", old_values."withdrawn_at", old_values."withdrawn_because" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8454533882fe985ea53d3ced10702841e495b634",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_59ce1",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="communities_paper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paperevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6cf2d34f801d890d56dba8ec83e90baeab95c321",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f277d",
                    table="communities_paperevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
