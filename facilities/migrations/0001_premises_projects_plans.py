"""Premises and their rooms, inspections, projects with gates, plans and pools, papers."""

import datetime
from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
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
            name="HandoverItem",
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
                        db_collation="C", editable=False, max_length=9, verbose_name="街道代码"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="如：3号楼一层西侧", max_length=64, verbose_name="部位"
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("work", "工作用房"),
                            ("hall", "服务大厅"),
                            ("activity", "服务活动用房"),
                            ("property", "物业服务用房"),
                            ("other", "其他用途"),
                        ],
                        max_length=8,
                        verbose_name="用途",
                    ),
                ),
                (
                    "building_m2",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(
                                Decimal("99999.99"), "一个房间不大于99,999.99㎡。核对是否多输"
                            ),
                        ],
                        verbose_name="建筑面积（㎡）",
                    ),
                ),
                (
                    "usable_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="使用面积（㎡）",
                    ),
                ),
                (
                    "above_ground_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="地上建筑面积（㎡）",
                    ),
                ),
                (
                    "keys",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(999)],
                        verbose_name="钥匙（把）",
                    ),
                ),
                (
                    "condition",
                    models.CharField(blank=True, max_length=200, verbose_name="设施状况"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
            ],
            options={
                "verbose_name": "移交清单",
                "verbose_name_plural": "移交清单",
                "ordering": ["project_id", "use", "name", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SpacePaper",
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
                            ("photo", "照片"),
                            ("title", "不动产权证"),
                            ("contract", "合同、协议"),
                            ("deed", "移交协议"),
                            ("list", "移交清单"),
                            ("plan", "图纸、平面图"),
                            ("document", "批文、验收文件"),
                            ("letter", "往来函件"),
                            ("other", "其他"),
                        ],
                        max_length=8,
                        verbose_name="材料类别",
                    ),
                ),
                (
                    "item",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signs", "标识"),
                            ("windows", "窗口设置"),
                            ("rules", "规章制度"),
                            ("notice_board", "公开栏"),
                            ("plaques", "门牌"),
                        ],
                        max_length=12,
                        verbose_name="检查项目",
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="材料名称")),
                (
                    "taken_on",
                    models.DateField(blank=True, null=True, verbose_name="拍摄或成文日期"),
                ),
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
                    "community",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.community",
                        verbose_name="社区",
                    ),
                ),
            ],
            options={
                "verbose_name": "用房材料",
                "verbose_name_plural": "用房材料",
                "ordering": ["-uploaded_at", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BuilderDefault",
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
                        db_collation="C", editable=False, max_length=9, verbose_name="街道代码"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("not_built", "未按规定配建"),
                            ("sold", "擅自出售、出租或抵押"),
                            ("not_handed_over", "逾期未移交"),
                        ],
                        max_length=15,
                        verbose_name="违约情形",
                    ),
                ),
                ("found_on", models.DateField(verbose_name="认定日期")),
                (
                    "facts",
                    models.CharField(
                        help_text="写明约定、期限和现状", max_length=500, verbose_name="事实"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "未纠正"), ("remedied", "已纠正")],
                        default="open",
                        editable=False,
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("remedied_on", models.DateField(blank=True, null=True, verbose_name="纠正日期")),
                ("remedy", models.CharField(blank=True, max_length=300, verbose_name="纠正情况")),
                ("made_at", models.DateTimeField(verbose_name="认定时间")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="核销时间")),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核销人",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="认定人",
                    ),
                ),
            ],
            options={
                "verbose_name": "违约",
                "verbose_name_plural": "违约",
                "ordering": ["-found_on", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        blank=True, help_text="空：早于记录", null=True, verbose_name="自何日起"
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True, help_text="当日起不再有效", null=True, verbose_name="到何日止"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=12, verbose_name="社区代码"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("purchase", "购买"), ("rent", "租赁"), ("loan", "借用")],
                        max_length=8,
                        verbose_name="合同类别",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=64, verbose_name="合同编号")),
                (
                    "party",
                    models.CharField(
                        blank=True,
                        help_text="单位名称；个人填“个人”，不写姓名",
                        max_length=64,
                        verbose_name="对方",
                    ),
                ),
                ("signed_on", models.DateField(verbose_name="签订日期")),
                (
                    "area_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="合同面积（㎡）",
                    ),
                ),
                (
                    "price_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="合同总价（元）",
                    ),
                ),
                (
                    "monthly_rent_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="月租金（元）",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="communities.community",
                        verbose_name="社区",
                    ),
                ),
            ],
            options={
                "verbose_name": "合同",
                "verbose_name_plural": "合同",
                "ordering": ["premises_id", "-signed_on", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CorrectionOrder",
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
                        db_collation="C", editable=False, max_length=12, verbose_name="社区代码"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="文号")),
                (
                    "addressed_to",
                    models.CharField(
                        help_text="写单位；个人填“个人”，不写姓名",
                        max_length=64,
                        verbose_name="责任单位",
                    ),
                ),
                ("demand", models.CharField(max_length=500, verbose_name="整改要求")),
                ("issued_on", models.DateField(verbose_name="下达日期")),
                ("deadline", models.DateField(verbose_name="整改期限")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "整改中"),
                            ("reported", "待复查"),
                            ("closed", "已整改"),
                            ("cancelled", "已撤销"),
                        ],
                        default="open",
                        editable=False,
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="下达时间")),
                ("report", models.CharField(blank=True, max_length=500, verbose_name="整改情况")),
                (
                    "put_right_on",
                    models.DateField(blank=True, null=True, verbose_name="整改完成日期"),
                ),
                (
                    "reported_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="报告时间"),
                ),
                ("outcome", models.CharField(blank=True, max_length=300, verbose_name="复查意见")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="复查时间")),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="复查人",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="communities.community",
                        verbose_name="社区",
                    ),
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
                (
                    "reported_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="报告人",
                    ),
                ),
            ],
            options={
                "verbose_name": "整改通知",
                "verbose_name_plural": "整改通知",
                "ordering": ["deadline", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DefaultNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="撤回时间"
                    ),
                ),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="撤回原因"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=9, verbose_name="街道代码"
                    ),
                ),
                (
                    "doc_no",
                    models.CharField(
                        help_text="用〔〕，如：东昌民函〔2026〕3号",
                        max_length=64,
                        verbose_name="文号",
                    ),
                ),
                ("department", models.CharField(max_length=64, verbose_name="主送部门")),
                (
                    "permit",
                    models.CharField(
                        choices=[
                            ("planning", "规划许可"),
                            ("acceptance", "竣工验收备案"),
                            ("presale", "商品房预售许可"),
                            ("title", "不动产权登记"),
                        ],
                        max_length=10,
                        verbose_name="暂停办理的手续",
                    ),
                ),
                ("issued_on", models.DateField(verbose_name="成文日期")),
                ("issuer", models.CharField(max_length=64, verbose_name="发文单位")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="回复日期")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="回复内容")),
                ("made_at", models.DateTimeField(verbose_name="发出时间")),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "default",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="facilities.builderdefault",
                        verbose_name="违约",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发出人",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撤回人",
                    ),
                ),
            ],
            options={
                "verbose_name": "告知函",
                "verbose_name_plural": "告知函",
                "ordering": ["-issued_on", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DefaultNoticeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="撤回时间"
                    ),
                ),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="撤回原因"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=9, verbose_name="街道代码"
                    ),
                ),
                (
                    "doc_no",
                    models.CharField(
                        help_text="用〔〕，如：东昌民函〔2026〕3号",
                        max_length=64,
                        verbose_name="文号",
                    ),
                ),
                ("department", models.CharField(max_length=64, verbose_name="主送部门")),
                (
                    "permit",
                    models.CharField(
                        choices=[
                            ("planning", "规划许可"),
                            ("acceptance", "竣工验收备案"),
                            ("presale", "商品房预售许可"),
                            ("title", "不动产权登记"),
                        ],
                        max_length=10,
                        verbose_name="暂停办理的手续",
                    ),
                ),
                ("issued_on", models.DateField(verbose_name="成文日期")),
                ("issuer", models.CharField(max_length=64, verbose_name="发文单位")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="回复日期")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="回复内容")),
                ("made_at", models.DateTimeField(verbose_name="发出时间")),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "default",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.builderdefault",
                        verbose_name="违约",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发出人",
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
                        to="facilities.defaultnotice",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撤回人",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Gate",
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
                        db_collation="C", editable=False, max_length=9, verbose_name="街道代码"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("planning_condition", "规划条件"),
                            ("land_contract", "土地合同"),
                            ("planning_approval", "规划审批"),
                            ("building", "开工建设"),
                            ("acceptance", "竣工验收"),
                            ("handover", "无偿移交"),
                            ("title", "产权登记"),
                            ("in_use", "投入使用"),
                        ],
                        max_length=18,
                        verbose_name="关口",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("refused", "未通过"),
                            ("signing", "待街道签署"),
                            ("waiting", "例外待批准"),
                            ("passed", "已通过"),
                        ],
                        max_length=7,
                        verbose_name="结果",
                    ),
                ),
                ("department", models.CharField(max_length=64, verbose_name="办理部门")),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="文书编号")),
                ("decided_on", models.DateField(verbose_name="办理日期")),
                (
                    "promised_work_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="约定工作用房（㎡）",
                    ),
                ),
                (
                    "promised_service_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="约定服务设施（㎡）",
                    ),
                ),
                (
                    "promised_property_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="约定物业服务用房（㎡）",
                    ),
                ),
                (
                    "found_work_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="实测工作用房（㎡）",
                    ),
                ),
                (
                    "found_service_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="实测服务设施（㎡）",
                    ),
                ),
                (
                    "found_property_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="实测物业服务用房（㎡）",
                    ),
                ),
                (
                    "required",
                    models.JSONField(default=list, editable=False, verbose_name="应有面积"),
                ),
                (
                    "objections",
                    models.JSONField(default=list, editable=False, verbose_name="不符合的"),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                (
                    "signed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="街道签署时间"),
                ),
                ("opinion", models.CharField(blank=True, max_length=300, verbose_name="街道意见")),
                (
                    "exception",
                    models.CharField(blank=True, max_length=300, verbose_name="例外理由"),
                ),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="批准时间"),
                ),
                ("decision", models.CharField(blank=True, max_length=300, verbose_name="批准意见")),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "approved_by",
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
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="街道签署人",
                    ),
                ),
            ],
            options={
                "verbose_name": "关口",
                "verbose_name_plural": "关口",
                "ordering": ["project_id", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HallCheck",
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
                        db_collation="C", editable=False, max_length=12, verbose_name="社区代码"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="撤回时间"
                    ),
                ),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="撤回原因"
                    ),
                ),
                ("checked_on", models.DateField(verbose_name="检查日期")),
                ("signs", models.BooleanField(verbose_name="标识统一")),
                ("windows", models.BooleanField(verbose_name="窗口设置统一")),
                ("rules", models.BooleanField(verbose_name="规章制度统一")),
                ("notice_board", models.BooleanField(verbose_name="公开栏统一")),
                ("plaques", models.BooleanField(verbose_name="门牌统一")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="未统一的说明")),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="communities.community",
                        verbose_name="社区",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撤回人",
                    ),
                ),
            ],
            options={
                "verbose_name": "大厅检查",
                "verbose_name_plural": "大厅检查",
                "ordering": ["-checked_on", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Inspection",
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
                        db_collation="C", editable=False, max_length=12, verbose_name="社区代码"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="撤回时间"
                    ),
                ),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="撤回原因"
                    ),
                ),
                ("inspected_on", models.DateField(verbose_name="巡查日期")),
                (
                    "finding",
                    models.CharField(
                        choices=[
                            ("in_order", "正常使用"),
                            ("occupied", "被其他单位或个人占用"),
                            ("misused", "改作他用"),
                            ("unusable", "损坏不能使用"),
                            ("vacant", "闲置"),
                        ],
                        max_length=9,
                        verbose_name="巡查结果",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="占用单位、用途、损坏情况；不写居民姓名",
                        max_length=500,
                        verbose_name="情况",
                    ),
                ),
                (
                    "stops_from",
                    models.DateField(
                        blank=True,
                        help_text="占用、挪用开始的日期",
                        null=True,
                        verbose_name="自何日起不计入面积",
                    ),
                ),
                (
                    "resumes_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="自何日起恢复计入"
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="communities.community",
                        verbose_name="社区",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撤回人",
                    ),
                ),
            ],
            options={
                "verbose_name": "巡查",
                "verbose_name_plural": "巡查",
                "ordering": ["-inspected_on", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CorrectionOrderEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=12, verbose_name="社区代码"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="文号")),
                (
                    "addressed_to",
                    models.CharField(
                        help_text="写单位；个人填“个人”，不写姓名",
                        max_length=64,
                        verbose_name="责任单位",
                    ),
                ),
                ("demand", models.CharField(max_length=500, verbose_name="整改要求")),
                ("issued_on", models.DateField(verbose_name="下达日期")),
                ("deadline", models.DateField(verbose_name="整改期限")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "整改中"),
                            ("reported", "待复查"),
                            ("closed", "已整改"),
                            ("cancelled", "已撤销"),
                        ],
                        default="open",
                        editable=False,
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="下达时间")),
                ("report", models.CharField(blank=True, max_length=500, verbose_name="整改情况")),
                (
                    "put_right_on",
                    models.DateField(blank=True, null=True, verbose_name="整改完成日期"),
                ),
                (
                    "reported_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="报告时间"),
                ),
                ("outcome", models.CharField(blank=True, max_length=300, verbose_name="复查意见")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="复查时间")),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="复查人",
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
                        to="facilities.correctionorder",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="报告人",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.inspection",
                        verbose_name="巡查",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="correctionorder",
            name="inspection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="facilities.inspection",
                verbose_name="巡查",
            ),
        ),
        migrations.CreateModel(
            name="Premises",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        blank=True, help_text="空：早于记录", null=True, verbose_name="自何日起"
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True, help_text="当日起不再有效", null=True, verbose_name="到何日止"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=12, verbose_name="社区代码"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="如：党群服务中心", max_length=64, verbose_name="用房名称"
                    ),
                ),
                ("address", models.CharField(max_length=200, verbose_name="坐落")),
                (
                    "acquisition",
                    models.CharField(
                        choices=[
                            ("bought", "购买"),
                            ("rented", "租赁"),
                            ("collective", "村改居集体用房"),
                            ("handed_over", "无偿移交"),
                            ("reallocated", "整合调剂"),
                            ("extended", "改扩建"),
                            ("lent", "借用"),
                        ],
                        max_length=11,
                        verbose_name="取得方式",
                    ),
                ),
                (
                    "acquired_on",
                    models.DateField(
                        blank=True,
                        help_text="购买的填合同生效日期",
                        null=True,
                        verbose_name="取得（移交）日期",
                    ),
                ),
                (
                    "owner",
                    models.CharField(
                        blank=True,
                        help_text="产权属于个人的填“个人”，不写姓名",
                        max_length=64,
                        verbose_name="产权单位",
                    ),
                ),
                (
                    "title_no",
                    models.CharField(blank=True, max_length=64, verbose_name="不动产权证号"),
                ),
                ("titled_on", models.DateField(blank=True, null=True, verbose_name="登记日期")),
                (
                    "total_parts",
                    models.PositiveIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="总份数",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="communities.community",
                        verbose_name="社区",
                    ),
                ),
                (
                    "estate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="premises",
                        to="communities.estate",
                        verbose_name="所在小区",
                    ),
                ),
            ],
            options={
                "verbose_name": "办公服务用房",
                "verbose_name_plural": "办公服务用房",
                "ordering": ["code", "name"],
                "permissions": [
                    ("view_premises", "可以查看办公服务用房"),
                    ("change_premises", "可以登记办公服务用房"),
                    ("export_premises", "可以导出办公服务用房台账"),
                    ("import_premises", "可以批量导入办公服务用房"),
                    ("inspect_premises", "可以登记用房巡查和大厅检查"),
                    ("order_correction", "可以下达整改通知、复查"),
                    ("view_project", "可以查看开发项目"),
                    ("change_project", "可以登记开发项目、办理关口"),
                    ("sign_acceptance", "可以代表街道签署验收意见"),
                    ("approve_gate", "可以批准关口例外通过"),
                    ("issue_notice", "可以认定违约、发出告知函"),
                    ("view_spaceplan", "可以查看用房达标计划"),
                    ("propose_spaceplan", "可以拟订用房达标计划"),
                    ("decide_spaceplan", "可以批准用房达标计划"),
                ],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="inspection",
            name="premises",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inspections",
                to="facilities.premises",
                verbose_name="用房",
            ),
        ),
        migrations.CreateModel(
            name="HallCheckEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=12, verbose_name="社区代码"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="撤回时间"
                    ),
                ),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="撤回原因"
                    ),
                ),
                ("checked_on", models.DateField(verbose_name="检查日期")),
                ("signs", models.BooleanField(verbose_name="标识统一")),
                ("windows", models.BooleanField(verbose_name="窗口设置统一")),
                ("rules", models.BooleanField(verbose_name="规章制度统一")),
                ("notice_board", models.BooleanField(verbose_name="公开栏统一")),
                ("plaques", models.BooleanField(verbose_name="门牌统一")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="未统一的说明")),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
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
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
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
                        to="facilities.hallcheck",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撤回人",
                    ),
                ),
                (
                    "premises",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.premises",
                        verbose_name="用房",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="hallcheck",
            name="premises",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hall_checks",
                to="facilities.premises",
                verbose_name="用房",
            ),
        ),
        migrations.CreateModel(
            name="ContractEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "valid_from",
                    models.DateField(
                        blank=True, help_text="空：早于记录", null=True, verbose_name="自何日起"
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True, help_text="当日起不再有效", null=True, verbose_name="到何日止"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=12, verbose_name="社区代码"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("purchase", "购买"), ("rent", "租赁"), ("loan", "借用")],
                        max_length=8,
                        verbose_name="合同类别",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=64, verbose_name="合同编号")),
                (
                    "party",
                    models.CharField(
                        blank=True,
                        help_text="单位名称；个人填“个人”，不写姓名",
                        max_length=64,
                        verbose_name="对方",
                    ),
                ),
                ("signed_on", models.DateField(verbose_name="签订日期")),
                (
                    "area_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="合同面积（㎡）",
                    ),
                ),
                (
                    "price_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="合同总价（元）",
                    ),
                ),
                (
                    "monthly_rent_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="月租金（元）",
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
                        to="facilities.contract",
                    ),
                ),
                (
                    "premises",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.premises",
                        verbose_name="用房",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="contract",
            name="premises",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contracts",
                to="facilities.premises",
                verbose_name="用房",
            ),
        ),
        migrations.CreateModel(
            name="Project",
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
                        db_collation="C", editable=False, max_length=9, verbose_name="街道代码"
                    ),
                ),
                ("name", models.CharField(max_length=64, verbose_name="项目名称")),
                ("developer", models.CharField(max_length=64, verbose_name="建设单位")),
                ("location", models.CharField(max_length=200, verbose_name="坐落")),
                (
                    "area_kind",
                    models.CharField(
                        choices=[("new", "新建住宅区或连片改造"), ("built", "老城区、已建成")],
                        default="new",
                        max_length=5,
                        verbose_name="住区类型",
                    ),
                ),
                (
                    "planned_households",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="规划户数",
                    ),
                ),
                (
                    "gross_floor_area_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="总建筑面积（㎡）",
                    ),
                ),
                (
                    "first_move_in_on",
                    models.DateField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(
                                datetime.date(1949, 10, 1),
                                "入住日%(show_value)s早于%(limit_value)s。核对年份",
                            )
                        ],
                        verbose_name="首批居民入住日",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "进行中"),
                            ("done", "已投入使用"),
                            ("cancelled", "已取消"),
                        ],
                        default="running",
                        editable=False,
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                (
                    "cancelled_because",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="取消原因"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "community",
                    models.ForeignKey(
                        blank=True,
                        help_text="社区还没有设立的，先不选",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="communities.community",
                        verbose_name="受益社区",
                    ),
                ),
                (
                    "estate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="communities.estate",
                        verbose_name="建成小区",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "开发项目",
                "verbose_name_plural": "开发项目",
                "ordering": ["code", "name", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PremisesEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "valid_from",
                    models.DateField(
                        blank=True, help_text="空：早于记录", null=True, verbose_name="自何日起"
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True, help_text="当日起不再有效", null=True, verbose_name="到何日止"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=12, verbose_name="社区代码"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="如：党群服务中心", max_length=64, verbose_name="用房名称"
                    ),
                ),
                ("address", models.CharField(max_length=200, verbose_name="坐落")),
                (
                    "acquisition",
                    models.CharField(
                        choices=[
                            ("bought", "购买"),
                            ("rented", "租赁"),
                            ("collective", "村改居集体用房"),
                            ("handed_over", "无偿移交"),
                            ("reallocated", "整合调剂"),
                            ("extended", "改扩建"),
                            ("lent", "借用"),
                        ],
                        max_length=11,
                        verbose_name="取得方式",
                    ),
                ),
                (
                    "acquired_on",
                    models.DateField(
                        blank=True,
                        help_text="购买的填合同生效日期",
                        null=True,
                        verbose_name="取得（移交）日期",
                    ),
                ),
                (
                    "owner",
                    models.CharField(
                        blank=True,
                        help_text="产权属于个人的填“个人”，不写姓名",
                        max_length=64,
                        verbose_name="产权单位",
                    ),
                ),
                (
                    "title_no",
                    models.CharField(blank=True, max_length=64, verbose_name="不动产权证号"),
                ),
                ("titled_on", models.DateField(blank=True, null=True, verbose_name="登记日期")),
                (
                    "total_parts",
                    models.PositiveIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="总份数",
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
                    "estate",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="communities.estate",
                        verbose_name="所在小区",
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
                        to="facilities.premises",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.project",
                        verbose_name="开发项目",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="premises",
            name="project",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="premises",
                to="facilities.project",
                verbose_name="开发项目",
            ),
        ),
        migrations.CreateModel(
            name="HandoverItemEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=9, verbose_name="街道代码"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="如：3号楼一层西侧", max_length=64, verbose_name="部位"
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("work", "工作用房"),
                            ("hall", "服务大厅"),
                            ("activity", "服务活动用房"),
                            ("property", "物业服务用房"),
                            ("other", "其他用途"),
                        ],
                        max_length=8,
                        verbose_name="用途",
                    ),
                ),
                (
                    "building_m2",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(
                                Decimal("99999.99"), "一个房间不大于99,999.99㎡。核对是否多输"
                            ),
                        ],
                        verbose_name="建筑面积（㎡）",
                    ),
                ),
                (
                    "usable_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="使用面积（㎡）",
                    ),
                ),
                (
                    "above_ground_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="地上建筑面积（㎡）",
                    ),
                ),
                (
                    "keys",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(999)],
                        verbose_name="钥匙（把）",
                    ),
                ),
                (
                    "condition",
                    models.CharField(blank=True, max_length=200, verbose_name="设施状况"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
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
                        to="facilities.handoveritem",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.project",
                        verbose_name="开发项目",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="handoveritem",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handover_items",
                to="facilities.project",
                verbose_name="开发项目",
            ),
        ),
        migrations.CreateModel(
            name="GateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=9, verbose_name="街道代码"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("planning_condition", "规划条件"),
                            ("land_contract", "土地合同"),
                            ("planning_approval", "规划审批"),
                            ("building", "开工建设"),
                            ("acceptance", "竣工验收"),
                            ("handover", "无偿移交"),
                            ("title", "产权登记"),
                            ("in_use", "投入使用"),
                        ],
                        max_length=18,
                        verbose_name="关口",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("refused", "未通过"),
                            ("signing", "待街道签署"),
                            ("waiting", "例外待批准"),
                            ("passed", "已通过"),
                        ],
                        max_length=7,
                        verbose_name="结果",
                    ),
                ),
                ("department", models.CharField(max_length=64, verbose_name="办理部门")),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="文书编号")),
                ("decided_on", models.DateField(verbose_name="办理日期")),
                (
                    "promised_work_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="约定工作用房（㎡）",
                    ),
                ),
                (
                    "promised_service_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="约定服务设施（㎡）",
                    ),
                ),
                (
                    "promised_property_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="约定物业服务用房（㎡）",
                    ),
                ),
                (
                    "found_work_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="实测工作用房（㎡）",
                    ),
                ),
                (
                    "found_service_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="实测服务设施（㎡）",
                    ),
                ),
                (
                    "found_property_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="实测物业服务用房（㎡）",
                    ),
                ),
                (
                    "required",
                    models.JSONField(default=list, editable=False, verbose_name="应有面积"),
                ),
                (
                    "objections",
                    models.JSONField(default=list, editable=False, verbose_name="不符合的"),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                (
                    "signed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="街道签署时间"),
                ),
                ("opinion", models.CharField(blank=True, max_length=300, verbose_name="街道意见")),
                (
                    "exception",
                    models.CharField(blank=True, max_length=300, verbose_name="例外理由"),
                ),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="批准时间"),
                ),
                ("decision", models.CharField(blank=True, max_length=300, verbose_name="批准意见")),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "approved_by",
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
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
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
                        to="facilities.gate",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="街道签署人",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.project",
                        verbose_name="开发项目",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="gate",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gates",
                to="facilities.project",
                verbose_name="开发项目",
            ),
        ),
        migrations.CreateModel(
            name="BuilderDefaultEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=9, verbose_name="街道代码"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("not_built", "未按规定配建"),
                            ("sold", "擅自出售、出租或抵押"),
                            ("not_handed_over", "逾期未移交"),
                        ],
                        max_length=15,
                        verbose_name="违约情形",
                    ),
                ),
                ("found_on", models.DateField(verbose_name="认定日期")),
                (
                    "facts",
                    models.CharField(
                        help_text="写明约定、期限和现状", max_length=500, verbose_name="事实"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "未纠正"), ("remedied", "已纠正")],
                        default="open",
                        editable=False,
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("remedied_on", models.DateField(blank=True, null=True, verbose_name="纠正日期")),
                ("remedy", models.CharField(blank=True, max_length=300, verbose_name="纠正情况")),
                ("made_at", models.DateTimeField(verbose_name="认定时间")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="核销时间")),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核销人",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="认定人",
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
                        to="facilities.builderdefault",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.project",
                        verbose_name="开发项目",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="builderdefault",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="defaults",
                to="facilities.project",
                verbose_name="开发项目",
            ),
        ),
        migrations.CreateModel(
            name="ProjectEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=9, verbose_name="街道代码"
                    ),
                ),
                ("name", models.CharField(max_length=64, verbose_name="项目名称")),
                ("developer", models.CharField(max_length=64, verbose_name="建设单位")),
                ("location", models.CharField(max_length=200, verbose_name="坐落")),
                (
                    "area_kind",
                    models.CharField(
                        choices=[("new", "新建住宅区或连片改造"), ("built", "老城区、已建成")],
                        default="new",
                        max_length=5,
                        verbose_name="住区类型",
                    ),
                ),
                (
                    "planned_households",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="规划户数",
                    ),
                ),
                (
                    "gross_floor_area_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="总建筑面积（㎡）",
                    ),
                ),
                (
                    "first_move_in_on",
                    models.DateField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(
                                datetime.date(1949, 10, 1),
                                "入住日%(show_value)s早于%(limit_value)s。核对年份",
                            )
                        ],
                        verbose_name="首批居民入住日",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "进行中"),
                            ("done", "已投入使用"),
                            ("cancelled", "已取消"),
                        ],
                        default="running",
                        editable=False,
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                (
                    "cancelled_because",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="取消原因"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "community",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="社区还没有设立的，先不选",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="communities.community",
                        verbose_name="受益社区",
                    ),
                ),
                (
                    "estate",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="communities.estate",
                        verbose_name="建成小区",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
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
                        to="facilities.project",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        blank=True, help_text="空：早于记录", null=True, verbose_name="自何日起"
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True, help_text="当日起不再有效", null=True, verbose_name="到何日止"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=12, verbose_name="社区代码"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "ends_with_premises",
                    models.BooleanField(default=False, editable=False, verbose_name="随用房终止"),
                ),
                (
                    "own_until",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="本来的终止日期"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="如：一楼大厅、二楼东侧", max_length=64, verbose_name="部位"
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("work", "工作用房"),
                            ("hall", "服务大厅"),
                            ("activity", "服务活动用房"),
                            ("property", "物业服务用房"),
                            ("other", "其他用途"),
                        ],
                        max_length=8,
                        verbose_name="用途",
                    ),
                ),
                (
                    "building_m2",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(
                                Decimal("99999.99"), "一个房间不大于99,999.99㎡。核对是否多输"
                            ),
                        ],
                        verbose_name="建筑面积（㎡）",
                    ),
                ),
                (
                    "usable_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="使用面积（㎡）",
                    ),
                ),
                (
                    "above_ground_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="地上建筑面积（㎡）",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="communities.community",
                        verbose_name="社区",
                    ),
                ),
                (
                    "premises",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rooms",
                        to="facilities.premises",
                        verbose_name="用房",
                    ),
                ),
            ],
            options={
                "verbose_name": "房间",
                "verbose_name_plural": "房间",
                "ordering": ["premises_id", "use", "name", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="InspectionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=12, verbose_name="社区代码"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="撤回时间"
                    ),
                ),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="撤回原因"
                    ),
                ),
                ("inspected_on", models.DateField(verbose_name="巡查日期")),
                (
                    "finding",
                    models.CharField(
                        choices=[
                            ("in_order", "正常使用"),
                            ("occupied", "被其他单位或个人占用"),
                            ("misused", "改作他用"),
                            ("unusable", "损坏不能使用"),
                            ("vacant", "闲置"),
                        ],
                        max_length=9,
                        verbose_name="巡查结果",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="占用单位、用途、损坏情况；不写居民姓名",
                        max_length=500,
                        verbose_name="情况",
                    ),
                ),
                (
                    "stops_from",
                    models.DateField(
                        blank=True,
                        help_text="占用、挪用开始的日期",
                        null=True,
                        verbose_name="自何日起不计入面积",
                    ),
                ),
                (
                    "resumes_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="自何日起恢复计入"
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
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
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
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
                        to="facilities.inspection",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撤回人",
                    ),
                ),
                (
                    "premises",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.premises",
                        verbose_name="用房",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="不选：全部房间",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.room",
                        verbose_name="房间",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="inspection",
            name="room",
            field=models.ForeignKey(
                blank=True,
                help_text="不选：全部房间",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inspections",
                to="facilities.room",
                verbose_name="房间",
            ),
        ),
        migrations.CreateModel(
            name="RoomEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "valid_from",
                    models.DateField(
                        blank=True, help_text="空：早于记录", null=True, verbose_name="自何日起"
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True, help_text="当日起不再有效", null=True, verbose_name="到何日止"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=12, verbose_name="社区代码"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "ends_with_premises",
                    models.BooleanField(default=False, editable=False, verbose_name="随用房终止"),
                ),
                (
                    "own_until",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="本来的终止日期"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="如：一楼大厅、二楼东侧", max_length=64, verbose_name="部位"
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("work", "工作用房"),
                            ("hall", "服务大厅"),
                            ("activity", "服务活动用房"),
                            ("property", "物业服务用房"),
                            ("other", "其他用途"),
                        ],
                        max_length=8,
                        verbose_name="用途",
                    ),
                ),
                (
                    "building_m2",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(
                                Decimal("99999.99"), "一个房间不大于99,999.99㎡。核对是否多输"
                            ),
                        ],
                        verbose_name="建筑面积（㎡）",
                    ),
                ),
                (
                    "usable_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="使用面积（㎡）",
                    ),
                ),
                (
                    "above_ground_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="地上建筑面积（㎡）",
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
                        to="facilities.room",
                    ),
                ),
                (
                    "premises",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.premises",
                        verbose_name="用房",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        blank=True, help_text="空：早于记录", null=True, verbose_name="自何日起"
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True, help_text="当日起不再有效", null=True, verbose_name="到何日止"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=12, verbose_name="社区代码"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "ends_with_premises",
                    models.BooleanField(default=False, editable=False, verbose_name="随用房终止"),
                ),
                (
                    "own_until",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="本来的终止日期"
                    ),
                ),
                (
                    "parts",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="份数",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="communities.community",
                        verbose_name="社区",
                    ),
                ),
                (
                    "premises",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="facilities.premises",
                        verbose_name="用房",
                    ),
                ),
            ],
            options={
                "verbose_name": "份额",
                "verbose_name_plural": "份额",
                "ordering": ["premises_id", "code", "valid_from"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ShareEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "valid_from",
                    models.DateField(
                        blank=True, help_text="空：早于记录", null=True, verbose_name="自何日起"
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True, help_text="当日起不再有效", null=True, verbose_name="到何日止"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=12, verbose_name="社区代码"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "ends_with_premises",
                    models.BooleanField(default=False, editable=False, verbose_name="随用房终止"),
                ),
                (
                    "own_until",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="本来的终止日期"
                    ),
                ),
                (
                    "parts",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="份数",
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
                        to="facilities.share",
                    ),
                ),
                (
                    "premises",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.premises",
                        verbose_name="用房",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SpaceMeasure",
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
                        db_collation="C", editable=False, max_length=12, verbose_name="社区代码"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
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
                    "means",
                    models.CharField(
                        choices=[
                            ("extend", "改扩建"),
                            ("buy", "购买"),
                            ("rent", "租赁"),
                            ("reallocate", "整合调剂"),
                            ("handover", "配建移交"),
                        ],
                        max_length=10,
                        verbose_name="补齐方式",
                    ),
                ),
                (
                    "area_m2",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="新增面积（㎡）",
                    ),
                ),
                (
                    "province_yuan",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="省级（元）",
                    ),
                ),
                (
                    "city_yuan",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="市级（元）",
                    ),
                ),
                (
                    "district_yuan",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="县（市、区）级（元）",
                    ),
                ),
                (
                    "street_yuan",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="街道（元）",
                    ),
                ),
                (
                    "other_yuan",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="其他来源（元）",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "未开始"),
                            ("under_way", "进行中"),
                            ("done", "已完成"),
                            ("dropped", "已取消"),
                        ],
                        default="planned",
                        max_length=9,
                        verbose_name="进度",
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                (
                    "done_area_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="实际新增面积（㎡）",
                    ),
                ),
                (
                    "adjusted_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="调整时间"
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="space_measures",
                        to="communities.community",
                        verbose_name="社区",
                    ),
                ),
                (
                    "premises",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="facilities.premises",
                        verbose_name="对应用房",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="facilities.project",
                        verbose_name="对应开发项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "达标计划项目",
                "verbose_name_plural": "达标计划项目",
                "ordering": ["year", "code", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SpacePaperContent",
            fields=[
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="facilities.spacepaper",
                        verbose_name="材料",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=12, verbose_name="代码"
                    ),
                ),
                ("content", models.BinaryField(verbose_name="内容")),
            ],
            options={
                "verbose_name": "用房材料的内容",
                "verbose_name_plural": "用房材料的内容",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="spacepaper",
            name="default",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="facilities.builderdefault",
                verbose_name="违约",
            ),
        ),
        migrations.AddField(
            model_name="spacepaper",
            name="gate",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="facilities.gate",
                verbose_name="关口",
            ),
        ),
        migrations.AddField(
            model_name="spacepaper",
            name="hall_check",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="facilities.hallcheck",
                verbose_name="大厅检查",
            ),
        ),
        migrations.AddField(
            model_name="spacepaper",
            name="inspection",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="facilities.inspection",
                verbose_name="巡查",
            ),
        ),
        migrations.AddField(
            model_name="spacepaper",
            name="order",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="facilities.correctionorder",
                verbose_name="整改通知",
            ),
        ),
        migrations.AddField(
            model_name="spacepaper",
            name="premises",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="facilities.premises",
                verbose_name="用房",
            ),
        ),
        migrations.AddField(
            model_name="spacepaper",
            name="project",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="facilities.project",
                verbose_name="开发项目",
            ),
        ),
        migrations.AddField(
            model_name="spacepaper",
            name="uploaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="上传人",
            ),
        ),
        migrations.CreateModel(
            name="SpacePaperEvent",
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
                            ("photo", "照片"),
                            ("title", "不动产权证"),
                            ("contract", "合同、协议"),
                            ("deed", "移交协议"),
                            ("list", "移交清单"),
                            ("plan", "图纸、平面图"),
                            ("document", "批文、验收文件"),
                            ("letter", "往来函件"),
                            ("other", "其他"),
                        ],
                        max_length=8,
                        verbose_name="材料类别",
                    ),
                ),
                (
                    "item",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signs", "标识"),
                            ("windows", "窗口设置"),
                            ("rules", "规章制度"),
                            ("notice_board", "公开栏"),
                            ("plaques", "门牌"),
                        ],
                        max_length=12,
                        verbose_name="检查项目",
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="材料名称")),
                (
                    "taken_on",
                    models.DateField(blank=True, null=True, verbose_name="拍摄或成文日期"),
                ),
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
                    "default",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.builderdefault",
                        verbose_name="违约",
                    ),
                ),
                (
                    "gate",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.gate",
                        verbose_name="关口",
                    ),
                ),
                (
                    "hall_check",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.hallcheck",
                        verbose_name="大厅检查",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.inspection",
                        verbose_name="巡查",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.correctionorder",
                        verbose_name="整改通知",
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
                        to="facilities.spacepaper",
                    ),
                ),
                (
                    "premises",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.premises",
                        verbose_name="用房",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.project",
                        verbose_name="开发项目",
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
        migrations.CreateModel(
            name="SpacePlan",
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
                        editable=False,
                        max_length=6,
                        verbose_name="县（市、区）代码",
                    ),
                ),
                ("title", models.CharField(max_length=64, verbose_name="计划名称")),
                (
                    "first_year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1949),
                            django.core.validators.MaxValueValidator(2199),
                        ],
                        verbose_name="起始年度",
                    ),
                ),
                (
                    "last_year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1949),
                            django.core.validators.MaxValueValidator(2199),
                        ],
                        verbose_name="截止年度",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "起草中"),
                            ("proposed", "待批准"),
                            ("returned", "已退回"),
                            ("approved", "已批准"),
                            ("refused", "不予批准"),
                            ("revoked", "已撤回"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="拟订时间")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="批准时间"),
                ),
                ("decision", models.CharField(blank=True, max_length=300, verbose_name="批准意见")),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="批准文号")),
                (
                    "approved_count",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="批准时项目数",
                    ),
                ),
                (
                    "approved_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="批准时新增面积（㎡）",
                    ),
                ),
                (
                    "approved_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="批准时费用（元）",
                    ),
                ),
                (
                    "makers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                        verbose_name="拟订和修改的人",
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
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
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拟订人",
                    ),
                ),
            ],
            options={
                "verbose_name": "用房达标计划",
                "verbose_name_plural": "用房达标计划",
                "ordering": ["-first_year", "code"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SpaceMeasureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=12, verbose_name="社区代码"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
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
                    "means",
                    models.CharField(
                        choices=[
                            ("extend", "改扩建"),
                            ("buy", "购买"),
                            ("rent", "租赁"),
                            ("reallocate", "整合调剂"),
                            ("handover", "配建移交"),
                        ],
                        max_length=10,
                        verbose_name="补齐方式",
                    ),
                ),
                (
                    "area_m2",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="新增面积（㎡）",
                    ),
                ),
                (
                    "province_yuan",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="省级（元）",
                    ),
                ),
                (
                    "city_yuan",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="市级（元）",
                    ),
                ),
                (
                    "district_yuan",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="县（市、区）级（元）",
                    ),
                ),
                (
                    "street_yuan",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="街道（元）",
                    ),
                ),
                (
                    "other_yuan",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="其他来源（元）",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "未开始"),
                            ("under_way", "进行中"),
                            ("done", "已完成"),
                            ("dropped", "已取消"),
                        ],
                        default="planned",
                        max_length=9,
                        verbose_name="进度",
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                (
                    "done_area_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="实际新增面积（㎡）",
                    ),
                ),
                (
                    "adjusted_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="调整时间"
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
                        to="facilities.spacemeasure",
                    ),
                ),
                (
                    "premises",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.premises",
                        verbose_name="对应用房",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.project",
                        verbose_name="对应开发项目",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.spaceplan",
                        verbose_name="达标计划",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="spacemeasure",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measures",
                to="facilities.spaceplan",
                verbose_name="达标计划",
            ),
        ),
        migrations.CreateModel(
            name="SpacePlanEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(
                        db_collation="C",
                        editable=False,
                        max_length=6,
                        verbose_name="县（市、区）代码",
                    ),
                ),
                ("title", models.CharField(max_length=64, verbose_name="计划名称")),
                (
                    "first_year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1949),
                            django.core.validators.MaxValueValidator(2199),
                        ],
                        verbose_name="起始年度",
                    ),
                ),
                (
                    "last_year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1949),
                            django.core.validators.MaxValueValidator(2199),
                        ],
                        verbose_name="截止年度",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "起草中"),
                            ("proposed", "待批准"),
                            ("returned", "已退回"),
                            ("approved", "已批准"),
                            ("refused", "不予批准"),
                            ("revoked", "已撤回"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="拟订时间")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="批准时间"),
                ),
                ("decision", models.CharField(blank=True, max_length=300, verbose_name="批准意见")),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="批准文号")),
                (
                    "approved_count",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="批准时项目数",
                    ),
                ),
                (
                    "approved_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="批准时新增面积（㎡）",
                    ),
                ),
                (
                    "approved_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="批准时费用（元）",
                    ),
                ),
                (
                    "makers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                        verbose_name="拟订和修改的人",
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
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
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拟订人",
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
                        to="facilities.spaceplan",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SpacePool",
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
                        db_collation="C", editable=False, max_length=4, verbose_name="区划代码"
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
                ("title", models.CharField(max_length=64, verbose_name="资金名称")),
                (
                    "amount_yuan",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="总额（元）",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("weights", "按权数分配"), ("ranked", "按排名安排")],
                        max_length=7,
                        verbose_name="分配方式",
                    ),
                ),
                (
                    "weight_by",
                    models.CharField(
                        choices=[
                            ("entered", "录入的权数"),
                            ("gap", "用房缺口面积"),
                            ("households", "未达标社区的户数"),
                        ],
                        default="gap",
                        max_length=10,
                        verbose_name="权数",
                    ),
                ),
                (
                    "pays",
                    models.CharField(
                        choices=[
                            ("total", "全部费用"),
                            ("province", "省级承担部分"),
                            ("city", "市级承担部分"),
                            ("district", "县（市、区）级承担部分"),
                        ],
                        default="total",
                        max_length=8,
                        verbose_name="承担范围",
                    ),
                ),
                (
                    "ranked_by",
                    models.CharField(
                        choices=[("residents", "常住人口"), ("households", "核定户数")],
                        default="residents",
                        max_length=10,
                        verbose_name="受益口径",
                    ),
                ),
                (
                    "pays_last_in_part",
                    models.BooleanField(default=False, verbose_name="余额部分安排下一项"),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        help_text="文件名称、文号、条款",
                        max_length=200,
                        verbose_name="依据",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "起草中"),
                            ("proposed", "待批准"),
                            ("returned", "已退回"),
                            ("approved", "已批准"),
                            ("refused", "不予批准"),
                            ("revoked", "已撤回"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="拟订时间")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="批准时间"),
                ),
                ("decision", models.CharField(blank=True, max_length=300, verbose_name="批准意见")),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="批准文号")),
                (
                    "makers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                        verbose_name="拟订和修改的人",
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
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
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拟订人",
                    ),
                ),
            ],
            options={
                "verbose_name": "用房补助资金",
                "verbose_name_plural": "用房补助资金",
                "ordering": ["-year", "code", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SpacePoolEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=4, verbose_name="区划代码"
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
                ("title", models.CharField(max_length=64, verbose_name="资金名称")),
                (
                    "amount_yuan",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="总额（元）",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("weights", "按权数分配"), ("ranked", "按排名安排")],
                        max_length=7,
                        verbose_name="分配方式",
                    ),
                ),
                (
                    "weight_by",
                    models.CharField(
                        choices=[
                            ("entered", "录入的权数"),
                            ("gap", "用房缺口面积"),
                            ("households", "未达标社区的户数"),
                        ],
                        default="gap",
                        max_length=10,
                        verbose_name="权数",
                    ),
                ),
                (
                    "pays",
                    models.CharField(
                        choices=[
                            ("total", "全部费用"),
                            ("province", "省级承担部分"),
                            ("city", "市级承担部分"),
                            ("district", "县（市、区）级承担部分"),
                        ],
                        default="total",
                        max_length=8,
                        verbose_name="承担范围",
                    ),
                ),
                (
                    "ranked_by",
                    models.CharField(
                        choices=[("residents", "常住人口"), ("households", "核定户数")],
                        default="residents",
                        max_length=10,
                        verbose_name="受益口径",
                    ),
                ),
                (
                    "pays_last_in_part",
                    models.BooleanField(default=False, verbose_name="余额部分安排下一项"),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        help_text="文件名称、文号、条款",
                        max_length=200,
                        verbose_name="依据",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "起草中"),
                            ("proposed", "待批准"),
                            ("returned", "已退回"),
                            ("approved", "已批准"),
                            ("refused", "不予批准"),
                            ("revoked", "已撤回"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="拟订时间")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="批准时间"),
                ),
                ("decision", models.CharField(blank=True, max_length=300, verbose_name="批准意见")),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="批准文号")),
                (
                    "makers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                        verbose_name="拟订和修改的人",
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
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
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拟订人",
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
                        to="facilities.spacepool",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SpacePoolLine",
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
                        db_collation="C", editable=False, max_length=12, verbose_name="区划代码"
                    ),
                ),
                (
                    "weight",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="权数"),
                ),
                ("rank", models.PositiveIntegerField(blank=True, null=True, verbose_name="名次")),
                (
                    "asked_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="申请（元）",
                    ),
                ),
                (
                    "amount_yuan",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="分配（元）",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pool_lines",
                        to="facilities.spacemeasure",
                        verbose_name="达标计划项目",
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="facilities.spacepool",
                        verbose_name="用房补助资金",
                    ),
                ),
            ],
            options={
                "verbose_name": "资金分配",
                "verbose_name_plural": "资金分配",
                "ordering": ["pool_id", "rank", "code", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SpacePoolLineEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=12, verbose_name="区划代码"
                    ),
                ),
                (
                    "weight",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="权数"),
                ),
                ("rank", models.PositiveIntegerField(blank=True, null=True, verbose_name="名次")),
                (
                    "asked_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="申请（元）",
                    ),
                ),
                (
                    "amount_yuan",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="分配（元）",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.spacemeasure",
                        verbose_name="达标计划项目",
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
                        to="facilities.spacepoolline",
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="facilities.spacepool",
                        verbose_name="用房补助资金",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="defaultnotice",
            index=models.Index(fields=["code"], name="defaultnotice_code"),
        ),
        migrations.AddConstraint(
            model_name="defaultnotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("default", "doc_no"),
                name="defaultnotice_once",
                violation_error_message="这个文号的告知函已经登记了。打开已有的",
            ),
        ),
        migrations.AddConstraint(
            model_name="defaultnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_on__isnull", True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="defaultnotice_answered_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="defaultnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="defaultnotice_withdrawn_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="defaultnotice",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="e261d9e6be66b5c1172c333fa18be620fa25d3c0",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_9fede",
                    table="facilities_defaultnotice",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="defaultnotice",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_defaultnoticeevent" ("answer", "answered_on", "code", "default_id", "department", "doc_no", "id", "is_demo", "issued_on", "issuer", "made_at", "made_by_id", "permit", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") SELECT new_values."answer", new_values."answered_on", new_values."code", new_values."default_id", new_values."department", new_values."doc_no", new_values."id", new_values."is_demo", new_values."issued_on", new_values."issuer", new_values."made_at", new_values."made_by_id", new_values."permit", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."version", new_values."withdrawn_at", new_values."withdrawn_because", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="081e1de72031a398a7386cb081a946700d3f6913",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c334b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="facilities_defaultnotice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="defaultnotice",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_defaultnoticeevent" ("answer", "answered_on", "code", "default_id", "department", "doc_no", "id", "is_demo", "issued_on", "issuer", "made_at", "made_by_id", "permit", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") SELECT new_values."answer", new_values."answered_on", new_values."code", new_values."default_id", new_values."department", new_values."doc_no", new_values."id", new_values."is_demo", new_values."issued_on", new_values."issuer", new_values."made_at", new_values."made_by_id", new_values."permit", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."version", new_values."withdrawn_at", new_values."withdrawn_because", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9519ef32ee87264cda8e54ee2dfe50c5422e47c0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a60b5",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="facilities_defaultnotice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="defaultnotice",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_defaultnoticeevent" ("answer", "answered_on", "code", "default_id", "department", "doc_no", "id", "is_demo", "issued_on", "issuer", "made_at", "made_by_id", "permit", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") SELECT old_values."answer", old_values."answered_on", old_values."code", old_values."default_id", old_values."department", old_values."doc_no", old_values."id", old_values."is_demo", old_values."issued_on", old_values."issuer", old_values."made_at", old_values."made_by_id", old_values."permit", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."version", old_values."withdrawn_at", old_values."withdrawn_because", old_values."withdrawn_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d0ebb455f6ed4a2db5269a4ef10321d112d8d1ca",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_74a05",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="facilities_defaultnotice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="defaultnoticeevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="89c3675cf2238bb846e74541da120fafe990b947",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f907a",
                    table="facilities_defaultnoticeevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionorderevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="267e5b3ff73d5bb91ea46f4babf7d60353386774",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1d44c",
                    table="facilities_correctionorderevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="correctionorder",
            index=models.Index(fields=["code", "state", "deadline"], name="correctionorder_due"),
        ),
        migrations.AddConstraint(
            model_name="correctionorder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                fields=("inspection",),
                name="correctionorder_one_at_a_time",
                violation_error_message="这次巡查已经下达整改通知。打开已有的办理",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("deadline__gte", models.F("issued_on"))),
                name="correctionorder_deadline_later",
                violation_error_message="整改期限早于下达日期。改其中一个",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_by__isnull", True),
                    ("reported_by__isnull", True),
                    models.Q(("closed_by", models.F("reported_by")), _negated=True),
                    _connector="OR",
                ),
                name="correctionorder_reporter_not_closer",
                violation_error_message="报告整改的人不能自己复查",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["reported", "closed"]), _negated=True),
                    models.Q(("put_right_on__isnull", False), ("reported_by__isnull", False)),
                    _connector="OR",
                ),
                name="correctionorder_reported_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["closed", "cancelled"]), _negated=True),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="correctionorder_closed_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionorder",
            trigger=pgtrigger.compiler.Trigger(
                name="order_by_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:reported,reported:closed,reported:open,open:cancelled}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="d6f41fc680b15e4d698c35651b15fd2b886740b7",
                    operation="UPDATE",
                    pgid="pgtrigger_order_by_steps_eacbd",
                    table="facilities_correctionorder",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionorder",
            trigger=pgtrigger.compiler.Trigger(
                name="order_begins_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"state\" IS DISTINCT FROM 'open')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;",
                    hash="6755b17bfb5e465681b49f7784fdc93e62bc1b43",
                    operation="INSERT",
                    pgid="pgtrigger_order_begins_open_2d863",
                    table="facilities_correctionorder",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionorder",
            trigger=pgtrigger.compiler.Trigger(
                name="correctionorder_in_its_street",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n    IF EXISTS (\n        SELECT FROM facilities_correctionorder AS own WHERE own.id = NEW.id AND (\n    own.inspection_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM facilities_inspection AS other\n        WHERE other.id = own.inspection_id AND (left(other.code, 9) = left(own.code, 9) )\n    )\n)\n    ) THEN\n        RAISE EXCEPTION 'a correctionorder stands in another street than what it belongs to'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n",
                    hash="0e09217dbe10e07143427636927e54252ffa6439",
                    operation='INSERT OR UPDATE OF "code", "inspection_id"',
                    pgid="pgtrigger_correctionorder_in_its_street_bc77e",
                    table="facilities_correctionorder",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionorder",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="4a6ba202f45053ae6b3d4f277071e943a21c77de",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_aa808",
                    table="facilities_correctionorder",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionorder",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_correctionorderevent" ("addressed_to", "closed_at", "closed_by_id", "code", "community_id", "deadline", "demand", "doc_no", "id", "inspection_id", "is_demo", "issued_on", "made_at", "made_by_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_right_on", "remarks", "report", "reported_at", "reported_by_id", "state", "version") SELECT new_values."addressed_to", new_values."closed_at", new_values."closed_by_id", new_values."code", new_values."community_id", new_values."deadline", new_values."demand", new_values."doc_no", new_values."id", new_values."inspection_id", new_values."is_demo", new_values."issued_on", new_values."made_at", new_values."made_by_id", new_values."outcome", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."put_right_on", new_values."remarks", new_values."report", new_values."reported_at", new_values."reported_by_id", new_values."state", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="bbcac9cc0039a42d4c72c94b671a528b29996be5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f00bf",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="facilities_correctionorder",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionorder",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_correctionorderevent" ("addressed_to", "closed_at", "closed_by_id", "code", "community_id", "deadline", "demand", "doc_no", "id", "inspection_id", "is_demo", "issued_on", "made_at", "made_by_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_right_on", "remarks", "report", "reported_at", "reported_by_id", "state", "version") SELECT new_values."addressed_to", new_values."closed_at", new_values."closed_by_id", new_values."code", new_values."community_id", new_values."deadline", new_values."demand", new_values."doc_no", new_values."id", new_values."inspection_id", new_values."is_demo", new_values."issued_on", new_values."made_at", new_values."made_by_id", new_values."outcome", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."put_right_on", new_values."remarks", new_values."report", new_values."reported_at", new_values."reported_by_id", new_values."state", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3e4d92becca013adc96e63b4b134b672cd4dd586",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bc05a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="facilities_correctionorder",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionorder",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_correctionorderevent" ("addressed_to", "closed_at", "closed_by_id", "code", "community_id", "deadline", "demand", "doc_no", "id", "inspection_id", "is_demo", "issued_on", "made_at", "made_by_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_right_on", "remarks", "report", "reported_at", "reported_by_id", "state", "version") SELECT old_values."addressed_to", old_values."closed_at", old_values."closed_by_id", old_values."code", old_values."community_id", old_values."deadline", old_values."demand", old_values."doc_no", old_values."id", old_values."inspection_id", old_values."is_demo", old_values."issued_on", old_values."made_at", old_values."made_by_id", old_values."outcome", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."put_right_on", old_values."remarks", old_values."report", old_values."reported_at", old_values."reported_by_id", old_values."state", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="38e6620f88879a259b3cd31485356987164f36d1",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c5b0d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="facilities_correctionorder",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hallcheckevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="306606b77bf999c8915fad945db07d8156ca0a23",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_09f7b",
                    table="facilities_hallcheckevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="hallcheck",
            index=models.Index(fields=["code", "-checked_on"], name="hallcheck_code_on"),
        ),
        migrations.AddConstraint(
            model_name="hallcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("notice_board", True),
                        ("plaques", True),
                        ("rules", True),
                        ("signs", True),
                        ("windows", True),
                    ),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="hallcheck_failing_says_why",
                violation_error_message="有未统一的项目，写明差在哪里",
            ),
        ),
        migrations.AddConstraint(
            model_name="hallcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="hallcheck_withdrawn_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hallcheck",
            trigger=pgtrigger.compiler.Trigger(
                name="hallcheck_in_its_street",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n    IF EXISTS (\n        SELECT FROM facilities_hallcheck AS own WHERE own.id = NEW.id AND (\n    own.premises_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM facilities_premises AS other\n        WHERE other.id = own.premises_id AND (left(other.code, 9) = left(own.code, 9) )\n    )\n)\n    ) THEN\n        RAISE EXCEPTION 'a hallcheck stands in another street than what it belongs to'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n",
                    hash="5553aebddc0202d3edff8a1f40b72f1c603574b0",
                    operation='INSERT OR UPDATE OF "code", "premises_id"',
                    pgid="pgtrigger_hallcheck_in_its_street_c248b",
                    table="facilities_hallcheck",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hallcheck",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="04681224f3a992325b1d57e503edccd4ac1f1d4a",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_fff0e",
                    table="facilities_hallcheck",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hallcheck",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_hallcheckevent" ("checked_on", "code", "community_id", "id", "is_demo", "made_at", "made_by_id", "note", "notice_board", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plaques", "premises_id", "remarks", "rules", "signs", "version", "windows", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") SELECT new_values."checked_on", new_values."code", new_values."community_id", new_values."id", new_values."is_demo", new_values."made_at", new_values."made_by_id", new_values."note", new_values."notice_board", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plaques", new_values."premises_id", new_values."remarks", new_values."rules", new_values."signs", new_values."version", new_values."windows", new_values."withdrawn_at", new_values."withdrawn_because", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c4a03ffb5be93ade893bf71c1226087822047210",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e8be4",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="facilities_hallcheck",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hallcheck",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_hallcheckevent" ("checked_on", "code", "community_id", "id", "is_demo", "made_at", "made_by_id", "note", "notice_board", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plaques", "premises_id", "remarks", "rules", "signs", "version", "windows", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") SELECT new_values."checked_on", new_values."code", new_values."community_id", new_values."id", new_values."is_demo", new_values."made_at", new_values."made_by_id", new_values."note", new_values."notice_board", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plaques", new_values."premises_id", new_values."remarks", new_values."rules", new_values."signs", new_values."version", new_values."windows", new_values."withdrawn_at", new_values."withdrawn_because", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e8ae1836e0b719c1075a94d364ec5e29efabc998",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d6301",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="facilities_hallcheck",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hallcheck",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_hallcheckevent" ("checked_on", "code", "community_id", "id", "is_demo", "made_at", "made_by_id", "note", "notice_board", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plaques", "premises_id", "remarks", "rules", "signs", "version", "windows", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") SELECT old_values."checked_on", old_values."code", old_values."community_id", old_values."id", old_values."is_demo", old_values."made_at", old_values."made_by_id", old_values."note", old_values."notice_board", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plaques", old_values."premises_id", old_values."remarks", old_values."rules", old_values."signs", old_values."version", old_values."windows", old_values."withdrawn_at", old_values."withdrawn_because", old_values."withdrawn_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="cc948eb8f23c99dcf02bab270116ae4034d37128",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e3c1a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="facilities_hallcheck",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contractevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8832da3ba8fabe1011f4a67da09f867ae618def4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_633b9",
                    table="facilities_contractevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="contract",
            index=models.Index(fields=["code"], name="contract_code"),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_until__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="contract_days_ordered",
                violation_error_message="“到何日止”不晚于“自何日起”。改其中一个日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "purchase"), _negated=True),
                    ("price_yuan__isnull", False),
                    _connector="OR",
                ),
                name="contract_purchase_has_price",
                violation_error_message="购买合同没有总价。填写合同总价",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "rent"), _negated=True),
                    models.Q(("monthly_rent_yuan__isnull", False), ("valid_from__isnull", False)),
                    _connector="OR",
                ),
                name="contract_rent_has_rent",
                violation_error_message="租赁合同没有月租金或起租日。补填",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("price_yuan__isnull", True), ("price_yuan__gte", 0), _connector="OR"),
                    models.Q(
                        ("monthly_rent_yuan__isnull", True),
                        ("monthly_rent_yuan__gte", 0),
                        _connector="OR",
                    ),
                    models.Q(("area_m2__isnull", True), ("area_m2__gte", 0), _connector="OR"),
                ),
                name="contract_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind", "rent")),
                expressions=[
                    ("premises", "="),
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
                name="contract_one_lease_a_day",
                violation_error_message="这段时间已经有租赁合同。先让原来的到期",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_in_its_street",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n    IF EXISTS (\n        SELECT FROM facilities_contract AS own WHERE own.id = NEW.id AND (\n    own.premises_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM facilities_premises AS other\n        WHERE other.id = own.premises_id AND (left(other.code, 9) = left(own.code, 9) )\n    )\n)\n    ) THEN\n        RAISE EXCEPTION 'a contract stands in another street than what it belongs to'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n",
                    hash="1a1c188d93971155b8d001479b3156fbe2499448",
                    operation='INSERT OR UPDATE OF "code", "premises_id"',
                    pgid="pgtrigger_contract_in_its_street_83dee",
                    table="facilities_contract",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="b109cf3d4811c883b0479869e1064ec13d245e9c",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_239c4",
                    table="facilities_contract",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_contractevent" ("area_m2", "code", "community_id", "id", "is_demo", "kind", "monthly_rent_yuan", "number", "party", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "premises_id", "price_yuan", "remarks", "signed_on", "valid_from", "valid_until", "version") SELECT new_values."area_m2", new_values."code", new_values."community_id", new_values."id", new_values."is_demo", new_values."kind", new_values."monthly_rent_yuan", new_values."number", new_values."party", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."premises_id", new_values."price_yuan", new_values."remarks", new_values."signed_on", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="39edc8b72d8aaa7ec3ebee83856e9637cbc3c59a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5384e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="facilities_contract",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_contractevent" ("area_m2", "code", "community_id", "id", "is_demo", "kind", "monthly_rent_yuan", "number", "party", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "premises_id", "price_yuan", "remarks", "signed_on", "valid_from", "valid_until", "version") SELECT new_values."area_m2", new_values."code", new_values."community_id", new_values."id", new_values."is_demo", new_values."kind", new_values."monthly_rent_yuan", new_values."number", new_values."party", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."premises_id", new_values."price_yuan", new_values."remarks", new_values."signed_on", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3bbc04e2fcb0adcc936b47de70dc112f43547ad2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c32fc",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="facilities_contract",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_contractevent" ("area_m2", "code", "community_id", "id", "is_demo", "kind", "monthly_rent_yuan", "number", "party", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "premises_id", "price_yuan", "remarks", "signed_on", "valid_from", "valid_until", "version") SELECT old_values."area_m2", old_values."code", old_values."community_id", old_values."id", old_values."is_demo", old_values."kind", old_values."monthly_rent_yuan", old_values."number", old_values."party", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."premises_id", old_values."price_yuan", old_values."remarks", old_values."signed_on", old_values."valid_from", old_values."valid_until", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8dadfc3bb47ee8014e398a93fef429a90c727ea0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_81944",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="facilities_contract",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["code", "state"], name="project_code_state"),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9]{9}$")), name="project_code_shape"
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("planned_households__gte", 1)),
                name="project_households_positive",
                violation_error_message="规划户数为0。填写规划户数",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.UniqueConstraint(
                fields=("code", "name"),
                name="project_name_once",
                violation_error_message="这个街道已经有同名的项目。改名称，或打开已有的",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True),
                    models.Q(("cancelled_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="project_cancelled_with_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="project_by_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{running:done,running:cancelled}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="5b448088879fc33bcbf3496307b4bbf3428d8be4",
                    operation="UPDATE",
                    pgid="pgtrigger_project_by_steps_ccadd",
                    table="facilities_project",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="project_done_last",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"state\" = 'done' AND NOT (OLD.\"state\" = 'done'))",
                    func="\n    IF NOT EXISTS (\n        SELECT FROM facilities_gate\n        WHERE project_id = NEW.id AND stage = 'in_use' AND state = 'passed'\n    ) THEN\n        RAISE EXCEPTION 'a project is done when its rooms are in use'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="33c220c8c599ab376e7a5c43e0845b5a9aace919",
                    operation="UPDATE",
                    pgid="pgtrigger_project_done_last_b9410",
                    table="facilities_project",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="efcefb166d323896d97b061d2bd0f9f7679cccd3",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_e3845",
                    table="facilities_project",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_projectevent" ("area_kind", "cancelled_because", "code", "community_id", "developer", "estate_id", "first_move_in_on", "gross_floor_area_m2", "id", "is_demo", "location", "made_at", "made_by_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_households", "remarks", "state", "version") SELECT new_values."area_kind", new_values."cancelled_because", new_values."code", new_values."community_id", new_values."developer", new_values."estate_id", new_values."first_move_in_on", new_values."gross_floor_area_m2", new_values."id", new_values."is_demo", new_values."location", new_values."made_at", new_values."made_by_id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."planned_households", new_values."remarks", new_values."state", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d44d2236619973e03ac4af21f1ca69895300f0f8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0d545",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="facilities_project",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_projectevent" ("area_kind", "cancelled_because", "code", "community_id", "developer", "estate_id", "first_move_in_on", "gross_floor_area_m2", "id", "is_demo", "location", "made_at", "made_by_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_households", "remarks", "state", "version") SELECT new_values."area_kind", new_values."cancelled_because", new_values."code", new_values."community_id", new_values."developer", new_values."estate_id", new_values."first_move_in_on", new_values."gross_floor_area_m2", new_values."id", new_values."is_demo", new_values."location", new_values."made_at", new_values."made_by_id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."planned_households", new_values."remarks", new_values."state", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a9f24c39c07fcf0f8d337f2dad84ae95a0907ea0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_43f79",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="facilities_project",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_projectevent" ("area_kind", "cancelled_because", "code", "community_id", "developer", "estate_id", "first_move_in_on", "gross_floor_area_m2", "id", "is_demo", "location", "made_at", "made_by_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_households", "remarks", "state", "version") SELECT old_values."area_kind", old_values."cancelled_because", old_values."code", old_values."community_id", old_values."developer", old_values."estate_id", old_values."first_move_in_on", old_values."gross_floor_area_m2", old_values."id", old_values."is_demo", old_values."location", old_values."made_at", old_values."made_by_id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."planned_households", old_values."remarks", old_values."state", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="9f1b2a0c586769cc8fea68f6b95fab1d2ce98a00",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e7858",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="facilities_project",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="premisesevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="41547ac956667a512111ce097725e32123ea339d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_fb64f",
                    table="facilities_premisesevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="premises",
            index=models.Index(fields=["code"], name="premises_code"),
        ),
        migrations.AddIndex(
            model_name="premises",
            index=models.Index(fields=["title_no"], name="premises_title_no"),
        ),
        migrations.AddConstraint(
            model_name="premises",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_until__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="premises_days_ordered",
                violation_error_message="“到何日止”不晚于“自何日起”。改其中一个日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="premises",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_until__isnull", True)),
                fields=("community", "name"),
                name="premises_name_once",
                violation_error_message="这个社区已经有同名的用房。改名称，或打开已有的修改",
            ),
        ),
        migrations.AddConstraint(
            model_name="premises",
            constraint=models.CheckConstraint(
                condition=models.Q(("total_parts__range", (1, 1000000))),
                name="premises_parts_range",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="premises",
            trigger=pgtrigger.compiler.Trigger(
                name="premises_takes_along",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n    IF EXISTS (\n        SELECT FROM facilities_premises AS own WHERE own.id = NEW.id AND (\n    EXISTS (\n        SELECT FROM facilities_room AS other\n        WHERE other.premises_id = own.id AND left(other.code, 9) <> left(own.code, 9) \n    )\n OR \n    EXISTS (\n        SELECT FROM facilities_share AS other\n        WHERE other.premises_id = own.id AND left(other.code, 9) <> left(own.code, 9) AND own.valid_until IS NULL AND other.valid_until IS NULL\n    )\n OR \n    EXISTS (\n        SELECT FROM facilities_contract AS other\n        WHERE other.premises_id = own.id AND left(other.code, 9) <> left(own.code, 9) \n    )\n OR \n    EXISTS (\n        SELECT FROM facilities_inspection AS other\n        WHERE other.premises_id = own.id AND left(other.code, 9) <> left(own.code, 9) \n    )\n OR \n    EXISTS (\n        SELECT FROM facilities_hallcheck AS other\n        WHERE other.premises_id = own.id AND left(other.code, 9) <> left(own.code, 9) \n    )\n)\n    ) THEN\n        RAISE EXCEPTION 'a premises stands in another street than what it belongs to'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n",
                    hash="7c98882d5513bc7981b10cd517224b5d3e838446",
                    operation='UPDATE OF "code"',
                    pgid="pgtrigger_premises_takes_along_25b07",
                    table="facilities_premises",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="premises",
            trigger=pgtrigger.compiler.Trigger(
                name="parts_within_the_whole",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n    IF EXISTS (\n        SELECT FROM facilities_premises AS whole\n        WHERE whole.id = NEW.id AND whole.total_parts < (\n            SELECT sum(one.parts) FROM facilities_share AS one\n            WHERE one.premises_id = whole.id AND one.valid_until IS NULL\n        )\n    ) THEN\n        RAISE EXCEPTION 'the shares of premises are more than the whole'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n",
                    hash="1bbb74db3ca48653119898f34e378b3c821ce670",
                    operation='UPDATE OF "total_parts"',
                    pgid="pgtrigger_parts_within_the_whole_fe162",
                    table="facilities_premises",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="premises",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="7d80af027a3fa29b28f6f557d6d2c006ce7b0883",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_a4338",
                    table="facilities_premises",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="premises",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_premisesevent" ("acquired_on", "acquisition", "address", "code", "community_id", "estate_id", "id", "is_demo", "name", "owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "remarks", "title_no", "titled_on", "total_parts", "valid_from", "valid_until", "version") SELECT new_values."acquired_on", new_values."acquisition", new_values."address", new_values."code", new_values."community_id", new_values."estate_id", new_values."id", new_values."is_demo", new_values."name", new_values."owner", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."project_id", new_values."remarks", new_values."title_no", new_values."titled_on", new_values."total_parts", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ef662966b96ee65163e392f2f4621e555f05ef8f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c90f1",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="facilities_premises",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="premises",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_premisesevent" ("acquired_on", "acquisition", "address", "code", "community_id", "estate_id", "id", "is_demo", "name", "owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "remarks", "title_no", "titled_on", "total_parts", "valid_from", "valid_until", "version") SELECT new_values."acquired_on", new_values."acquisition", new_values."address", new_values."code", new_values."community_id", new_values."estate_id", new_values."id", new_values."is_demo", new_values."name", new_values."owner", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."project_id", new_values."remarks", new_values."title_no", new_values."titled_on", new_values."total_parts", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="8ac8f519a7e359a5b6c10d96a5538990d0a9cd0e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d8654",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="facilities_premises",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="premises",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_premisesevent" ("acquired_on", "acquisition", "address", "code", "community_id", "estate_id", "id", "is_demo", "name", "owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "remarks", "title_no", "titled_on", "total_parts", "valid_from", "valid_until", "version") SELECT old_values."acquired_on", old_values."acquisition", old_values."address", old_values."code", old_values."community_id", old_values."estate_id", old_values."id", old_values."is_demo", old_values."name", old_values."owner", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."project_id", old_values."remarks", old_values."title_no", old_values."titled_on", old_values."total_parts", old_values."valid_from", old_values."valid_until", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="154bac947bd2d902d686dc1bcc2a3ae13cdd7e21",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a7417",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="facilities_premises",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handoveritemevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="465333a6ae5ed483bfb36556789ee10e20f86398",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_47458",
                    table="facilities_handoveritemevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="handoveritem",
            constraint=models.UniqueConstraint(
                fields=("project", "name", "use", "building_m2"),
                name="handoveritem_once",
                violation_error_message="清单里已有部位、用途和建筑面积都相同的一项。是另一间的，把部位写清楚",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoveritem",
            constraint=models.CheckConstraint(
                condition=models.Q(("building_m2__gt", 0)),
                name="handoveritem_area_positive",
                violation_error_message="建筑面积不大于0。填移交的建筑面积",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoveritem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("usable_m2__isnull", True),
                        ("usable_m2__lte", models.F("building_m2")),
                        _connector="OR",
                    ),
                    models.Q(
                        ("above_ground_m2__isnull", True),
                        ("above_ground_m2__lte", models.F("building_m2")),
                        _connector="OR",
                    ),
                ),
                name="handoveritem_within_building",
                violation_error_message="使用面积或地上建筑面积大于建筑面积。改其中一个",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handoveritem",
            trigger=pgtrigger.compiler.Trigger(
                name="list_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'UPDATE'\n        AND to_jsonb(NEW) - ARRAY['code', 'version'] = to_jsonb(OLD) - ARRAY['code', 'version']\n    THEN\n        RETURN NEW;\n    END IF;\n    IF EXISTS (\n        SELECT FROM facilities_gate WHERE stage = 'handover' AND state IN ('waiting', 'passed')\n        AND project_id IN (\n            CASE WHEN TG_OP <> 'DELETE' THEN NEW.project_id END,\n            CASE WHEN TG_OP <> 'INSERT' THEN OLD.project_id END\n        )\n    ) THEN\n        RAISE EXCEPTION 'the list of a handover that is decided stays'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n",
                    hash="f89b86d9f8685c7d5ec0f1422b7ed404ffae61a1",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_list_stays_975a7",
                    table="facilities_handoveritem",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handoveritem",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="5ee878aec38beedd83f6df183f5e575f742e4604",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_52b60",
                    table="facilities_handoveritem",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handoveritem",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_handoveritemevent" ("above_ground_m2", "building_m2", "code", "condition", "id", "is_demo", "keys", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "usable_m2", "use", "version") SELECT new_values."above_ground_m2", new_values."building_m2", new_values."code", new_values."condition", new_values."id", new_values."is_demo", new_values."keys", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."project_id", new_values."usable_m2", new_values."use", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f7781790e70be3dbc8b636e7026bc5a4cd3afab8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f680b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="facilities_handoveritem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handoveritem",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_handoveritemevent" ("above_ground_m2", "building_m2", "code", "condition", "id", "is_demo", "keys", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "usable_m2", "use", "version") SELECT new_values."above_ground_m2", new_values."building_m2", new_values."code", new_values."condition", new_values."id", new_values."is_demo", new_values."keys", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."project_id", new_values."usable_m2", new_values."use", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="15cc87c4a440e7f68dcaec2d4a06ffdb54616d50",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_73e72",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="facilities_handoveritem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handoveritem",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_handoveritemevent" ("above_ground_m2", "building_m2", "code", "condition", "id", "is_demo", "keys", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "usable_m2", "use", "version") SELECT old_values."above_ground_m2", old_values."building_m2", old_values."code", old_values."condition", old_values."id", old_values."is_demo", old_values."keys", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."project_id", old_values."usable_m2", old_values."use", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7b601cfd29e09641e788c5a3bfb6bffcfc5266dc",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5010a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="facilities_handoveritem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gateevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b59c8904db35f4ab660129be75a45aa3f08d1b5a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_80366",
                    table="facilities_gateevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="gate",
            index=models.Index(fields=["code", "state"], name="gate_code_state"),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["passed", "signing", "waiting"])),
                fields=("project", "stage"),
                name="gate_passed_once",
                violation_error_message="这个关口已经通过，或正在等待批准。打开已有的",
            ),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "passed"), _negated=True),
                    ("objections", []),
                    ("approved_by__isnull", False),
                    _connector="OR",
                ),
                name="gate_against_the_rule_approved",
                violation_error_message="不符合要求，要有批准人才能例外通过",
            ),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="gate_maker_not_approver",
                violation_error_message="登记的人不能批准自己登记的例外",
            ),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waiting"), _negated=True),
                    models.Q(("exception", ""), _negated=True),
                    _connector="OR",
                ),
                name="gate_exception_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "acceptance"), ("state", "passed"), _negated=True),
                    ("signed_by__isnull", False),
                    _connector="OR",
                ),
                name="gate_acceptance_signed",
                violation_error_message="街道没有签署验收意见",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gate",
            trigger=pgtrigger.compiler.Trigger(
                name="gate_order",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NEW.state <> 'passed' OR (TG_OP = 'UPDATE' AND OLD.state = 'passed') THEN\n        RETURN NEW;\n    END IF;\n    IF array_position(ARRAY['planning_condition', 'land_contract', 'planning_approval', 'building', 'acceptance', 'handover', 'title', 'in_use'], NEW.stage::text) > 1 AND NOT EXISTS (\n        SELECT FROM facilities_gate WHERE project_id = NEW.project_id AND state = 'passed'\n        AND stage = (ARRAY['planning_condition', 'land_contract', 'planning_approval', 'building', 'acceptance', 'handover', 'title', 'in_use'])[array_position(ARRAY['planning_condition', 'land_contract', 'planning_approval', 'building', 'acceptance', 'handover', 'title', 'in_use'], NEW.stage::text) - 1]\n    ) THEN\n        RAISE EXCEPTION 'the gate before % is not passed', NEW.stage\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="a5fdcc6eaf8b19c0dbc81809800f2db7cfe58efe",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_gate_order_ec3c0",
                    table="facilities_gate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gate",
            trigger=pgtrigger.compiler.Trigger(
                name="gate_decided_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" IN ('passed', 'refused'))",
                    func="\n    IF to_jsonb(NEW) - ARRAY['code', 'version'] <> to_jsonb(OLD) - ARRAY['code', 'version'] THEN\n        RAISE EXCEPTION 'a gate that is % stays as it is', OLD.state\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="9328e8b344321d2268a9c031f954af1e29b89b49",
                    operation="UPDATE",
                    pgid="pgtrigger_gate_decided_stays_07b3e",
                    table="facilities_gate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gate",
            trigger=pgtrigger.compiler.Trigger(
                name="gate_by_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{signing:waiting,signing:passed,signing:refused,waiting:passed,waiting:refused}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="d2b285cd21f2bb47500a405a2b8406d855240709",
                    operation="UPDATE",
                    pgid="pgtrigger_gate_by_steps_de7af",
                    table="facilities_gate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gate",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="d90ff837a5bc0f845ef30a3cc60299ec4f588346",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_275b3",
                    table="facilities_gate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_gateevent" ("approved_at", "approved_by_id", "code", "decided_on", "decision", "department", "doc_no", "exception", "found_property_m2", "found_service_m2", "found_work_m2", "id", "is_demo", "made_at", "made_by_id", "note", "objections", "opinion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "promised_property_m2", "promised_service_m2", "promised_work_m2", "required", "signed_at", "signed_by_id", "stage", "state", "version") SELECT new_values."approved_at", new_values."approved_by_id", new_values."code", new_values."decided_on", new_values."decision", new_values."department", new_values."doc_no", new_values."exception", new_values."found_property_m2", new_values."found_service_m2", new_values."found_work_m2", new_values."id", new_values."is_demo", new_values."made_at", new_values."made_by_id", new_values."note", new_values."objections", new_values."opinion", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."project_id", new_values."promised_property_m2", new_values."promised_service_m2", new_values."promised_work_m2", new_values."required", new_values."signed_at", new_values."signed_by_id", new_values."stage", new_values."state", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0da9c6ad0a411e2ad5927f177aee48f57d599c86",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_410c3",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="facilities_gate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_gateevent" ("approved_at", "approved_by_id", "code", "decided_on", "decision", "department", "doc_no", "exception", "found_property_m2", "found_service_m2", "found_work_m2", "id", "is_demo", "made_at", "made_by_id", "note", "objections", "opinion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "promised_property_m2", "promised_service_m2", "promised_work_m2", "required", "signed_at", "signed_by_id", "stage", "state", "version") SELECT new_values."approved_at", new_values."approved_by_id", new_values."code", new_values."decided_on", new_values."decision", new_values."department", new_values."doc_no", new_values."exception", new_values."found_property_m2", new_values."found_service_m2", new_values."found_work_m2", new_values."id", new_values."is_demo", new_values."made_at", new_values."made_by_id", new_values."note", new_values."objections", new_values."opinion", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."project_id", new_values."promised_property_m2", new_values."promised_service_m2", new_values."promised_work_m2", new_values."required", new_values."signed_at", new_values."signed_by_id", new_values."stage", new_values."state", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="51ba1c668dc6cc90aa2f79ebeed926126a27255e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_37df6",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="facilities_gate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_gateevent" ("approved_at", "approved_by_id", "code", "decided_on", "decision", "department", "doc_no", "exception", "found_property_m2", "found_service_m2", "found_work_m2", "id", "is_demo", "made_at", "made_by_id", "note", "objections", "opinion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "promised_property_m2", "promised_service_m2", "promised_work_m2", "required", "signed_at", "signed_by_id", "stage", "state", "version") SELECT old_values."approved_at", old_values."approved_by_id", old_values."code", old_values."decided_on", old_values."decision", old_values."department", old_values."doc_no", old_values."exception", old_values."found_property_m2", old_values."found_service_m2", old_values."found_work_m2", old_values."id", old_values."is_demo", old_values."made_at", old_values."made_by_id", old_values."note", old_values."objections", old_values."opinion", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."project_id", old_values."promised_property_m2", old_values."promised_service_m2", old_values."promised_work_m2", old_values."required", old_values."signed_at", old_values."signed_by_id", old_values."stage", old_values."state", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="89235b2e658ee97ef72ba0a6f2457eb7431b45c8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9e325",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="facilities_gate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="builderdefaultevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3381a9db3bb1a5aae0995f8c6c76c0277492a604",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_fafaa",
                    table="facilities_builderdefaultevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="builderdefault",
            index=models.Index(fields=["code", "state"], name="builderdefault_code_state"),
        ),
        migrations.AddConstraint(
            model_name="builderdefault",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("project", "kind"),
                name="builderdefault_open_once",
                violation_error_message="这个项目已经有同样的违约没有纠正。打开已有的",
            ),
        ),
        migrations.AddConstraint(
            model_name="builderdefault",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "open"),
                    models.Q(
                        ("closed_by__isnull", False),
                        ("remedied_on__isnull", False),
                        models.Q(("remedy", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="builderdefault_remedied_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="builderdefault",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_by__isnull", True),
                    models.Q(("closed_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="builderdefault_maker_not_closer",
                violation_error_message="认定的人不能核销自己认定的违约",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="builderdefault",
            trigger=pgtrigger.compiler.Trigger(
                name="default_by_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:remedied}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="465520839521f1a4bfd3d5dc27a7fa6c963b847f",
                    operation="UPDATE",
                    pgid="pgtrigger_default_by_steps_8e1dc",
                    table="facilities_builderdefault",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="builderdefault",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="017ac0635de66071066db923910c58fcb1ddefc1",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_c10d9",
                    table="facilities_builderdefault",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="builderdefault",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_builderdefaultevent" ("closed_at", "closed_by_id", "code", "facts", "found_on", "id", "is_demo", "kind", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "remedied_on", "remedy", "state", "version") SELECT new_values."closed_at", new_values."closed_by_id", new_values."code", new_values."facts", new_values."found_on", new_values."id", new_values."is_demo", new_values."kind", new_values."made_at", new_values."made_by_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."project_id", new_values."remedied_on", new_values."remedy", new_values."state", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a74b38f6c964b0731c3cb92aa38ae544d10e4c8a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_57577",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="facilities_builderdefault",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="builderdefault",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_builderdefaultevent" ("closed_at", "closed_by_id", "code", "facts", "found_on", "id", "is_demo", "kind", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "remedied_on", "remedy", "state", "version") SELECT new_values."closed_at", new_values."closed_by_id", new_values."code", new_values."facts", new_values."found_on", new_values."id", new_values."is_demo", new_values."kind", new_values."made_at", new_values."made_by_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."project_id", new_values."remedied_on", new_values."remedy", new_values."state", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ebc30252f4fb1411266f07ec618e8584ffdcebf1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4dfab",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="facilities_builderdefault",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="builderdefault",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_builderdefaultevent" ("closed_at", "closed_by_id", "code", "facts", "found_on", "id", "is_demo", "kind", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "remedied_on", "remedy", "state", "version") SELECT old_values."closed_at", old_values."closed_by_id", old_values."code", old_values."facts", old_values."found_on", old_values."id", old_values."is_demo", old_values."kind", old_values."made_at", old_values."made_by_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."project_id", old_values."remedied_on", old_values."remedy", old_values."state", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c62708cccb50723ed9c82ab75a43d5964b3e6330",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1660c",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="facilities_builderdefault",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="projectevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4b936cba64d0f491938a1efd110915af1634f823",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8ae00",
                    table="facilities_projectevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="room",
            index=models.Index(fields=["code"], name="room_code"),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_until__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="room_days_ordered",
                violation_error_message="“到何日止”不晚于“自何日起”。改其中一个日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(("building_m2__gt", 0)),
                name="room_area_positive",
                violation_error_message="建筑面积不大于0。填房间的建筑面积",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(("building_m2__lte", Decimal("99999.99"))),
                name="room_area_believable",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("usable_m2__isnull", True), ("usable_m2__gte", 0), _connector="OR"
                ),
                name="room_usable_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("above_ground_m2__isnull", True), ("above_ground_m2__gte", 0), _connector="OR"
                ),
                name="room_above_ground_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("usable_m2__isnull", True),
                    ("usable_m2__lte", models.F("building_m2")),
                    _connector="OR",
                ),
                name="room_usable_within_building",
                violation_error_message="使用面积大于建筑面积。改其中一个",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("above_ground_m2__isnull", True),
                    ("above_ground_m2__lte", models.F("building_m2")),
                    _connector="OR",
                ),
                name="room_above_ground_within_building",
                violation_error_message="地上建筑面积大于建筑面积。改其中一个",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="room",
            trigger=pgtrigger.compiler.Trigger(
                name="room_in_its_street",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n    IF EXISTS (\n        SELECT FROM facilities_room AS own WHERE own.id = NEW.id AND (\n    own.premises_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM facilities_premises AS other\n        WHERE other.id = own.premises_id AND (left(other.code, 9) = left(own.code, 9) )\n    )\n)\n    ) THEN\n        RAISE EXCEPTION 'a room stands in another street than what it belongs to'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n",
                    hash="70ffae21f9345219f1af80b0ee6bef1610a9fe73",
                    operation='INSERT OR UPDATE OF "code", "premises_id"',
                    pgid="pgtrigger_room_in_its_street_2f0ea",
                    table="facilities_room",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="room",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="ee5961b64848cbed1cb2df1f2402c31bc8facc38",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_42724",
                    table="facilities_room",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="room",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_roomevent" ("above_ground_m2", "building_m2", "code", "community_id", "ends_with_premises", "id", "is_demo", "name", "own_until", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "premises_id", "remarks", "usable_m2", "use", "valid_from", "valid_until", "version") SELECT new_values."above_ground_m2", new_values."building_m2", new_values."code", new_values."community_id", new_values."ends_with_premises", new_values."id", new_values."is_demo", new_values."name", new_values."own_until", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."premises_id", new_values."remarks", new_values."usable_m2", new_values."use", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4976ee812c91de00b6e284b8f66ede757031e7a7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3dd2f",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="facilities_room",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="room",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_roomevent" ("above_ground_m2", "building_m2", "code", "community_id", "ends_with_premises", "id", "is_demo", "name", "own_until", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "premises_id", "remarks", "usable_m2", "use", "valid_from", "valid_until", "version") SELECT new_values."above_ground_m2", new_values."building_m2", new_values."code", new_values."community_id", new_values."ends_with_premises", new_values."id", new_values."is_demo", new_values."name", new_values."own_until", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."premises_id", new_values."remarks", new_values."usable_m2", new_values."use", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4fb74558dccde26fa933dff8606e2cbfa768a4b5",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cdab6",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="facilities_room",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="room",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_roomevent" ("above_ground_m2", "building_m2", "code", "community_id", "ends_with_premises", "id", "is_demo", "name", "own_until", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "premises_id", "remarks", "usable_m2", "use", "valid_from", "valid_until", "version") SELECT old_values."above_ground_m2", old_values."building_m2", old_values."code", old_values."community_id", old_values."ends_with_premises", old_values."id", old_values."is_demo", old_values."name", old_values."own_until", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."premises_id", old_values."remarks", old_values."usable_m2", old_values."use", old_values."valid_from", old_values."valid_until", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e0f23464c45001ee3acd8b3bd50015dffe3936d0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4bd56",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="facilities_room",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inspectionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="afae91725c32bca2c52c05b96030569d87d2075f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d84d7",
                    table="facilities_inspectionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="inspection",
            index=models.Index(fields=["code", "-inspected_on"], name="inspection_code_on"),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finding__in", ("occupied", "misused", "unusable")), _negated=True),
                    models.Q(("stops_from__isnull", False), ("withdrawn_at__isnull", True)),
                    models.Q(
                        ("resumes_on__isnull", True),
                        ("stops_from__isnull", True),
                        ("withdrawn_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="inspection_stops_from_a_day",
                violation_error_message="写明自何日起不计入面积",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finding__in", ("occupied", "misused", "unusable")),
                    models.Q(("resumes_on__isnull", True), ("stops_from__isnull", True)),
                    _connector="OR",
                ),
                name="inspection_counts_otherwise",
                violation_error_message="这样的结果照常计入面积，不填“自何日起不计入面积”",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resumes_on__isnull", True),
                    ("resumes_on__gt", models.F("stops_from")),
                    _connector="OR",
                ),
                name="inspection_days_ordered",
                violation_error_message="恢复日期不晚于停计日期。改其中一个",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resumes_on__isnull", True),
                    ("resumes_on__gt", models.F("inspected_on")),
                    _connector="OR",
                ),
                name="inspection_resumes_after_it_was_seen",
                violation_error_message="恢复日期不晚于巡查日期。改其中一个",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="inspection_withdrawn_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("stops_from__isnull", False)),
                expressions=[
                    ("premises", "="),
                    (django.db.models.functions.comparison.Coalesce("room", models.Value(0)), "="),
                    (
                        models.Func(
                            "stops_from",
                            "resumes_on",
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="inspection_stops_once_a_day",
                violation_error_message="这段时间已经停计。打开原来的巡查办理整改",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inspection",
            trigger=pgtrigger.compiler.Trigger(
                name="inspection_in_its_street",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n    IF EXISTS (\n        SELECT FROM facilities_inspection AS own WHERE own.id = NEW.id AND (\n    own.premises_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM facilities_premises AS other\n        WHERE other.id = own.premises_id AND (left(other.code, 9) = left(own.code, 9) )\n    )\n OR \n    own.room_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM facilities_room AS other\n        WHERE other.id = own.room_id AND (left(other.code, 9) = left(own.code, 9) )\n    )\n)\n    ) THEN\n        RAISE EXCEPTION 'a inspection stands in another street than what it belongs to'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n",
                    hash="b4bb5a1909461c95f7e0ea224b3ba628b8fcd8d7",
                    operation='INSERT OR UPDATE OF "code", "premises_id", "room_id"',
                    pgid="pgtrigger_inspection_in_its_street_5ab29",
                    table="facilities_inspection",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inspection",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="e77e9893ef7b2e8eadead76a44af516dc00fca12",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_a4d57",
                    table="facilities_inspection",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inspection",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_inspectionevent" ("code", "community_id", "finding", "id", "inspected_on", "is_demo", "made_at", "made_by_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "premises_id", "remarks", "resumes_on", "room_id", "stops_from", "version", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") SELECT new_values."code", new_values."community_id", new_values."finding", new_values."id", new_values."inspected_on", new_values."is_demo", new_values."made_at", new_values."made_by_id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."premises_id", new_values."remarks", new_values."resumes_on", new_values."room_id", new_values."stops_from", new_values."version", new_values."withdrawn_at", new_values."withdrawn_because", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="95cdbf91bc8dd7c2118abb5aab57212a7f87b3da",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_54382",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="facilities_inspection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inspection",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_inspectionevent" ("code", "community_id", "finding", "id", "inspected_on", "is_demo", "made_at", "made_by_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "premises_id", "remarks", "resumes_on", "room_id", "stops_from", "version", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") SELECT new_values."code", new_values."community_id", new_values."finding", new_values."id", new_values."inspected_on", new_values."is_demo", new_values."made_at", new_values."made_by_id", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."premises_id", new_values."remarks", new_values."resumes_on", new_values."room_id", new_values."stops_from", new_values."version", new_values."withdrawn_at", new_values."withdrawn_because", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7bb2675e9b44231ec00809b442d1ffd05c7801c1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b3c8f",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="facilities_inspection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inspection",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_inspectionevent" ("code", "community_id", "finding", "id", "inspected_on", "is_demo", "made_at", "made_by_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "premises_id", "remarks", "resumes_on", "room_id", "stops_from", "version", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") SELECT old_values."code", old_values."community_id", old_values."finding", old_values."id", old_values."inspected_on", old_values."is_demo", old_values."made_at", old_values."made_by_id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."premises_id", old_values."remarks", old_values."resumes_on", old_values."room_id", old_values."stops_from", old_values."version", old_values."withdrawn_at", old_values."withdrawn_because", old_values."withdrawn_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="fc59c2080fdf0d1427e56cfade4fe16b371e978d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8122f",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="facilities_inspection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roomevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5529cd47136f4c8735603ba28a27d3340e9a6cc6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_56682",
                    table="facilities_roomevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="share",
            index=models.Index(fields=["code"], name="share_code"),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_until__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="share_days_ordered",
                violation_error_message="“到何日止”不晚于“自何日起”。改其中一个日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(("parts__range", (1, 1000000))), name="share_parts_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("premises", "="),
                    ("community", "="),
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
                name="share_once_a_day",
                violation_error_message="这个社区在这段时间已经有份额。先让原来的到期",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="share",
            trigger=pgtrigger.compiler.Trigger(
                name="share_in_its_street",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n    IF EXISTS (\n        SELECT FROM facilities_share AS own WHERE own.id = NEW.id AND (\n    own.premises_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM facilities_premises AS other\n        WHERE other.id = own.premises_id AND (left(other.code, 9) = left(own.code, 9) OR (TG_OP = 'UPDATE' AND (own.valid_until IS NOT NULL OR other.valid_until IS NOT NULL)))\n    )\n)\n    ) THEN\n        RAISE EXCEPTION 'a share stands in another street than what it belongs to'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n",
                    hash="c6740ff25ee03d85f70b5a043e548693739069f0",
                    operation='INSERT OR UPDATE OF "code", "premises_id"',
                    pgid="pgtrigger_share_in_its_street_dcec7",
                    table="facilities_share",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="share",
            trigger=pgtrigger.compiler.Trigger(
                name="parts_within_the_whole",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n    IF EXISTS (\n        SELECT FROM facilities_premises AS whole\n        WHERE whole.id = NEW.premises_id AND whole.total_parts < (\n            SELECT sum(one.parts) FROM facilities_share AS one\n            WHERE one.premises_id = whole.id AND one.valid_until IS NULL\n        )\n    ) THEN\n        RAISE EXCEPTION 'the shares of premises are more than the whole'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n",
                    hash="ebd9dd323f82aa23f92f96f4ce1b74fa83fd82b5",
                    operation='INSERT OR UPDATE OF "parts", "valid_until", "premises_id"',
                    pgid="pgtrigger_parts_within_the_whole_a1519",
                    table="facilities_share",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="share",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="f7f4f336ccb02f7d5b22d26a9fcee4560fe5679a",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_9a670",
                    table="facilities_share",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="share",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_shareevent" ("code", "community_id", "ends_with_premises", "id", "is_demo", "own_until", "parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "premises_id", "remarks", "valid_from", "valid_until", "version") SELECT new_values."code", new_values."community_id", new_values."ends_with_premises", new_values."id", new_values."is_demo", new_values."own_until", new_values."parts", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."premises_id", new_values."remarks", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6d8c9688bd99c33c9463b63e970bf7638463507e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_54d68",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="facilities_share",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="share",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_shareevent" ("code", "community_id", "ends_with_premises", "id", "is_demo", "own_until", "parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "premises_id", "remarks", "valid_from", "valid_until", "version") SELECT new_values."code", new_values."community_id", new_values."ends_with_premises", new_values."id", new_values."is_demo", new_values."own_until", new_values."parts", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."premises_id", new_values."remarks", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a0e1c1680318189aa74eb90d1d67f3c39af2e3dd",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_da412",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="facilities_share",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="share",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_shareevent" ("code", "community_id", "ends_with_premises", "id", "is_demo", "own_until", "parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "premises_id", "remarks", "valid_from", "valid_until", "version") SELECT old_values."code", old_values."community_id", old_values."ends_with_premises", old_values."id", old_values."is_demo", old_values."own_until", old_values."parts", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."premises_id", old_values."remarks", old_values."valid_from", old_values."valid_until", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="acd8d5471423e49d68a5c5f76c4f2e4c30dd3fc6",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9bac4",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="facilities_share",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="shareevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="91a7ac7b70085da5e9c6a4220a2d11fe81e5b4ac",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_af7cf",
                    table="facilities_shareevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="spacepapercontent",
            name="community",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="communities.community",
                verbose_name="社区",
            ),
        ),
        migrations.AddIndex(
            model_name="spacepaper",
            index=models.Index(fields=["code"], name="spacepaper_code"),
        ),
        migrations.AddConstraint(
            model_name="spacepaper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("default__isnull", True),
                        ("gate__isnull", True),
                        ("hall_check__isnull", True),
                        ("inspection__isnull", True),
                        ("order__isnull", True),
                        ("premises__isnull", False),
                        ("project__isnull", True),
                    ),
                    models.Q(
                        ("default__isnull", True),
                        ("gate__isnull", True),
                        ("hall_check__isnull", True),
                        ("inspection__isnull", False),
                        ("order__isnull", True),
                        ("premises__isnull", True),
                        ("project__isnull", True),
                    ),
                    models.Q(
                        ("default__isnull", True),
                        ("gate__isnull", True),
                        ("hall_check__isnull", True),
                        ("inspection__isnull", True),
                        ("order__isnull", False),
                        ("premises__isnull", True),
                        ("project__isnull", True),
                    ),
                    models.Q(
                        ("default__isnull", True),
                        ("gate__isnull", True),
                        ("hall_check__isnull", False),
                        ("inspection__isnull", True),
                        ("order__isnull", True),
                        ("premises__isnull", True),
                        ("project__isnull", True),
                    ),
                    models.Q(
                        ("default__isnull", True),
                        ("gate__isnull", True),
                        ("hall_check__isnull", True),
                        ("inspection__isnull", True),
                        ("order__isnull", True),
                        ("premises__isnull", True),
                        ("project__isnull", False),
                    ),
                    models.Q(
                        ("default__isnull", True),
                        ("gate__isnull", False),
                        ("hall_check__isnull", True),
                        ("inspection__isnull", True),
                        ("order__isnull", True),
                        ("premises__isnull", True),
                        ("project__isnull", True),
                    ),
                    models.Q(
                        ("default__isnull", False),
                        ("gate__isnull", True),
                        ("hall_check__isnull", True),
                        ("inspection__isnull", True),
                        ("order__isnull", True),
                        ("premises__isnull", True),
                        ("project__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="spacepaper_belongs_to_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="spacepaper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(("withdrawn_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="spacepaper_withdrawn_with_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepaper",
            trigger=pgtrigger.compiler.Trigger(
                name="paper_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."premises_id" IS DISTINCT FROM (NEW."premises_id") OR OLD."inspection_id" IS DISTINCT FROM (NEW."inspection_id") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."hall_check_id" IS DISTINCT FROM (NEW."hall_check_id") OR OLD."project_id" IS DISTINCT FROM (NEW."project_id") OR OLD."gate_id" IS DISTINCT FROM (NEW."gate_id") OR OLD."default_id" IS DISTINCT FROM (NEW."default_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."content_type" IS DISTINCT FROM (NEW."content_type") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="c3f6247f4f4e9d27910fa6139052a9518952caa9",
                    operation="UPDATE",
                    pgid="pgtrigger_paper_is_fixed_c44ec",
                    table="facilities_spacepaper",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepaper",
            trigger=pgtrigger.compiler.Trigger(
                name="paper_stays_down",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."withdrawn_at" IS NOT NULL AND (OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_because" IS DISTINCT FROM (NEW."withdrawn_because")))',
                    func="\n    RAISE EXCEPTION 'a paper that was taken down stays down' USING ERRCODE = 'check_violation';\n",
                    hash="840923cc0453feccb0d0c73e7c954f2d746ee59a",
                    operation="UPDATE",
                    pgid="pgtrigger_paper_stays_down_60d63",
                    table="facilities_spacepaper",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepaper",
            trigger=pgtrigger.compiler.Trigger(
                name="spacepaper_in_its_street",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n    IF EXISTS (\n        SELECT FROM facilities_spacepaper AS own WHERE own.id = NEW.id AND (\n    own.premises_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM facilities_premises AS other\n        WHERE other.id = own.premises_id AND (left(other.code, 9) = left(own.code, 9) )\n    )\n OR \n    own.inspection_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM facilities_inspection AS other\n        WHERE other.id = own.inspection_id AND (left(other.code, 9) = left(own.code, 9) )\n    )\n OR \n    own.order_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM facilities_correctionorder AS other\n        WHERE other.id = own.order_id AND (left(other.code, 9) = left(own.code, 9) )\n    )\n OR \n    own.hall_check_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM facilities_hallcheck AS other\n        WHERE other.id = own.hall_check_id AND (left(other.code, 9) = left(own.code, 9) )\n    )\n OR \n    own.project_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM facilities_project AS other\n        WHERE other.id = own.project_id AND (left(other.code, 9) = left(own.code, 9) )\n    )\n OR \n    own.gate_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM facilities_gate AS other\n        WHERE other.id = own.gate_id AND (left(other.code, 9) = left(own.code, 9) )\n    )\n OR \n    own.default_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM facilities_builderdefault AS other\n        WHERE other.id = own.default_id AND (left(other.code, 9) = left(own.code, 9) )\n    )\n)\n    ) THEN\n        RAISE EXCEPTION 'a spacepaper stands in another street than what it belongs to'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n",
                    hash="e5b13bea5aa5564809d2edbf9a162093080a9a16",
                    operation='INSERT OR UPDATE OF "code", "premises_id", "inspection_id", "order_id", "hall_check_id", "project_id", "gate_id", "default_id"',
                    pgid="pgtrigger_spacepaper_in_its_street_f0f42",
                    table="facilities_spacepaper",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepaper",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="84023c4c59d6cf93c2cdc1f6b63bf4bee4086cc7",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_f6b93",
                    table="facilities_spacepaper",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepaper",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_spacepaperevent" ("code", "community_id", "content_type", "default_id", "file_name", "gate_id", "hall_check_id", "id", "inspection_id", "item", "kind", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "premises_id", "project_id", "sha256", "size", "taken_on", "title", "uploaded_at", "uploaded_by_id", "withdrawn_at", "withdrawn_because") SELECT new_values."code", new_values."community_id", new_values."content_type", new_values."default_id", new_values."file_name", new_values."gate_id", new_values."hall_check_id", new_values."id", new_values."inspection_id", new_values."item", new_values."kind", new_values."order_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."premises_id", new_values."project_id", new_values."sha256", new_values."size", new_values."taken_on", new_values."title", new_values."uploaded_at", new_values."uploaded_by_id", new_values."withdrawn_at", new_values."withdrawn_because" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3f1c5952ff0d9467378fd4b5ba607699ca15dfbc",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_32b25",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="facilities_spacepaper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepaper",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_spacepaperevent" ("code", "community_id", "content_type", "default_id", "file_name", "gate_id", "hall_check_id", "id", "inspection_id", "item", "kind", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "premises_id", "project_id", "sha256", "size", "taken_on", "title", "uploaded_at", "uploaded_by_id", "withdrawn_at", "withdrawn_because") SELECT new_values."code", new_values."community_id", new_values."content_type", new_values."default_id", new_values."file_name", new_values."gate_id", new_values."hall_check_id", new_values."id", new_values."inspection_id", new_values."item", new_values."kind", new_values."order_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."premises_id", new_values."project_id", new_values."sha256", new_values."size", new_values."taken_on", new_values."title", new_values."uploaded_at", new_values."uploaded_by_id", new_values."withdrawn_at", new_values."withdrawn_because" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e4910984f6f66e9620998371bac5bc575c574111",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_69bcd",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="facilities_spacepaper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepaper",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_spacepaperevent" ("code", "community_id", "content_type", "default_id", "file_name", "gate_id", "hall_check_id", "id", "inspection_id", "item", "kind", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "premises_id", "project_id", "sha256", "size", "taken_on", "title", "uploaded_at", "uploaded_by_id", "withdrawn_at", "withdrawn_because") SELECT old_values."code", old_values."community_id", old_values."content_type", old_values."default_id", old_values."file_name", old_values."gate_id", old_values."hall_check_id", old_values."id", old_values."inspection_id", old_values."item", old_values."kind", old_values."order_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."premises_id", old_values."project_id", old_values."sha256", old_values."size", old_values."taken_on", old_values."title", old_values."uploaded_at", old_values."uploaded_by_id", old_values."withdrawn_at", old_values."withdrawn_because" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a8a44b964f70f676b3c961e910446f1a292dc79f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_38744",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="facilities_spacepaper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepaperevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2cc229bb302a0ee29ba6ebb44ce5442e495563db",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b898a",
                    table="facilities_spacepaperevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="spaceplan",
            constraint=models.UniqueConstraint(
                fields=("code", "first_year"),
                name="spaceplan_once_a_year",
                violation_error_message="这个县（市、区）已经有从这一年开始的计划。打开已有的",
            ),
        ),
        migrations.AddConstraint(
            model_name="spaceplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9]{6}$")), name="spaceplan_code_shape"
            ),
        ),
        migrations.AddConstraint(
            model_name="spaceplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_year__gte", models.F("first_year")),
                    (
                        "last_year__lt",
                        django.db.models.expressions.CombinedExpression(
                            models.F("first_year"), "+", models.Value(10)
                        ),
                    ),
                ),
                name="spaceplan_years_ordered",
                violation_error_message="截止年度早于起始年度，或长于十年。改其中一个",
            ),
        ),
        migrations.AddConstraint(
            model_name="spaceplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="spaceplan_maker_not_decider",
                violation_error_message="提出的人不能批准自己提出的事项",
            ),
        ),
        migrations.AddConstraint(
            model_name="spaceplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("approved", "refused")), _negated=True),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="spaceplan_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="spaceplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("makers__contains", [models.F("decided_by")]), _negated=True),
                    _connector="OR",
                ),
                name="spaceplan_makers_not_decider",
                violation_error_message="拟订和修改过的人不能批准",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spaceplan",
            trigger=pgtrigger.compiler.Trigger(
                name="spaceplan_by_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:proposed,proposed:approved,proposed:returned,approved:returned,returned:draft}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="0d3fccad83b86ccb341cd5c1a244d15a57a6e676",
                    operation="UPDATE",
                    pgid="pgtrigger_spaceplan_by_steps_224bf",
                    table="facilities_spaceplan",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spaceplan",
            trigger=pgtrigger.compiler.Trigger(
                name="spaceplan_decided_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" IN ('proposed', 'approved'))",
                    func="\n    IF (NEW.made_by_id IS DISTINCT FROM OLD.made_by_id OR NEW.made_at IS DISTINCT FROM OLD.made_at OR NEW.title IS DISTINCT FROM OLD.title OR NEW.is_demo IS DISTINCT FROM OLD.is_demo) OR (NEW.first_year <> OLD.first_year AND abs(NEW.first_year - OLD.first_year) <> 10000) THEN\n        RAISE EXCEPTION 'what was proposed stays until it is returned'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF NEW.state = OLD.state AND (NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id OR NEW.decided_at IS DISTINCT FROM OLD.decided_at OR NEW.decision IS DISTINCT FROM OLD.decision OR NEW.doc_no IS DISTINCT FROM OLD.doc_no OR NEW.approved_count IS DISTINCT FROM OLD.approved_count OR NEW.approved_m2 IS DISTINCT FROM OLD.approved_m2 OR NEW.approved_yuan IS DISTINCT FROM OLD.approved_yuan) THEN\n        RAISE EXCEPTION 'a decision stays' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="94ef4a670329f9d5241cbf18415b79fc454f4f11",
                    operation="UPDATE",
                    pgid="pgtrigger_spaceplan_decided_stays_341a3",
                    table="facilities_spaceplan",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spaceplan",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="2a8c3c8eb8475ff98c83104ec8c897e885d33b83",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_04779",
                    table="facilities_spaceplan",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spaceplan",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_spaceplanevent" ("approved_count", "approved_m2", "approved_yuan", "code", "decided_at", "decided_by_id", "decision", "doc_no", "first_year", "id", "is_demo", "last_year", "made_at", "made_by_id", "makers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "title", "version") SELECT new_values."approved_count", new_values."approved_m2", new_values."approved_yuan", new_values."code", new_values."decided_at", new_values."decided_by_id", new_values."decision", new_values."doc_no", new_values."first_year", new_values."id", new_values."is_demo", new_values."last_year", new_values."made_at", new_values."made_by_id", new_values."makers", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."state", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="728d2ba7154fafd5099ce6a4830b5385b5f96573",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_299b3",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="facilities_spaceplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spaceplan",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_spaceplanevent" ("approved_count", "approved_m2", "approved_yuan", "code", "decided_at", "decided_by_id", "decision", "doc_no", "first_year", "id", "is_demo", "last_year", "made_at", "made_by_id", "makers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "title", "version") SELECT new_values."approved_count", new_values."approved_m2", new_values."approved_yuan", new_values."code", new_values."decided_at", new_values."decided_by_id", new_values."decision", new_values."doc_no", new_values."first_year", new_values."id", new_values."is_demo", new_values."last_year", new_values."made_at", new_values."made_by_id", new_values."makers", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."state", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4337b89da5c864fa4cd0080e3340b6ef3bacad4f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_796fd",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="facilities_spaceplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spaceplan",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_spaceplanevent" ("approved_count", "approved_m2", "approved_yuan", "code", "decided_at", "decided_by_id", "decision", "doc_no", "first_year", "id", "is_demo", "last_year", "made_at", "made_by_id", "makers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "title", "version") SELECT old_values."approved_count", old_values."approved_m2", old_values."approved_yuan", old_values."code", old_values."decided_at", old_values."decided_by_id", old_values."decision", old_values."doc_no", old_values."first_year", old_values."id", old_values."is_demo", old_values."last_year", old_values."made_at", old_values."made_by_id", old_values."makers", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."state", old_values."title", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e7be430ccf9da4778a5961152cb84c43498a3ffa",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9ed60",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="facilities_spaceplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacemeasureevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="eb135dc7a567621a739692422d59912937d2d7f8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b6e36",
                    table="facilities_spacemeasureevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="spacemeasure",
            index=models.Index(fields=["code", "year"], name="spacemeasure_code_year"),
        ),
        migrations.AddConstraint(
            model_name="spacemeasure",
            constraint=models.UniqueConstraint(
                fields=("plan", "community", "year", "means"),
                name="spacemeasure_once",
                violation_error_message="计划里已经有这个社区这一年同样的补齐方式。打开已有的修改",
            ),
        ),
        migrations.AddConstraint(
            model_name="spacemeasure",
            constraint=models.CheckConstraint(
                condition=models.Q(("area_m2__gt", 0)),
                name="spacemeasure_area_positive",
                violation_error_message="新增面积不大于0。填写新增面积",
            ),
        ),
        migrations.AddConstraint(
            model_name="spacemeasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("province_yuan__gte", 0)),
                    models.Q(("city_yuan__gte", 0)),
                    models.Q(("district_yuan__gte", 0)),
                    models.Q(("street_yuan__gte", 0)),
                    models.Q(("other_yuan__gte", 0)),
                ),
                name="spacemeasure_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="spacemeasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "done"), _negated=True),
                    models.Q(("done_area_m2__isnull", False), ("done_on__isnull", False)),
                    _connector="OR",
                ),
                name="spacemeasure_done_whole",
                violation_error_message="已完成的写明完成日期和实际新增面积",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacemeasure",
            trigger=pgtrigger.compiler.Trigger(
                name="spacemeasure_adjusted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."area_m2" IS DISTINCT FROM (NEW."area_m2") OR OLD."city_yuan" IS DISTINCT FROM (NEW."city_yuan") OR OLD."district_yuan" IS DISTINCT FROM (NEW."district_yuan") OR OLD."means" IS DISTINCT FROM (NEW."means") OR OLD."other_yuan" IS DISTINCT FROM (NEW."other_yuan") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."project_id" IS DISTINCT FROM (NEW."project_id") OR OLD."province_yuan" IS DISTINCT FROM (NEW."province_yuan") OR OLD."street_yuan" IS DISTINCT FROM (NEW."street_yuan") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                    func="\n    DECLARE _state text;\n    BEGIN\n    SELECT p.state INTO _state FROM facilities_spaceplan p WHERE p.id = OLD.plan_id;\n    IF TG_OP = 'DELETE' THEN\n        IF _state IN ('proposed', 'approved') THEN\n            RAISE EXCEPTION 'a measure of a plan that was handed in is dropped'\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN OLD;\n    END IF;\n    IF NEW.plan_id <> OLD.plan_id OR _state = 'proposed' OR (\n        _state = 'approved'\n        AND (NEW.adjusted_at IS NULL OR NEW.adjusted_at IS NOT DISTINCT FROM OLD.adjusted_at)\n    ) THEN\n        RAISE EXCEPTION 'a measure of an approved plan is adjusted'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n    END;\n",
                    hash="261b54e774c1ac37b113b01be19cd2f2870fed94",
                    operation="UPDATE",
                    pgid="pgtrigger_spacemeasure_adjusted_b8747",
                    table="facilities_spacemeasure",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacemeasure",
            trigger=pgtrigger.compiler.Trigger(
                name="spacemeasure_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    DECLARE _state text;\n    BEGIN\n    SELECT p.state INTO _state FROM facilities_spaceplan p WHERE p.id = OLD.plan_id;\n    IF TG_OP = 'DELETE' THEN\n        IF _state IN ('proposed', 'approved') THEN\n            RAISE EXCEPTION 'a measure of a plan that was handed in is dropped'\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN OLD;\n    END IF;\n    IF NEW.plan_id <> OLD.plan_id OR _state = 'proposed' OR (\n        _state = 'approved'\n        AND (NEW.adjusted_at IS NULL OR NEW.adjusted_at IS NOT DISTINCT FROM OLD.adjusted_at)\n    ) THEN\n        RAISE EXCEPTION 'a measure of an approved plan is adjusted'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n    END;\n",
                    hash="fc13ab452efc9b6432dcd6a0927c9a33dae1e96c",
                    operation="DELETE",
                    pgid="pgtrigger_spacemeasure_deleted_b0bce",
                    table="facilities_spacemeasure",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacemeasure",
            trigger=pgtrigger.compiler.Trigger(
                name="spacemeasure_paid",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."city_yuan" IS DISTINCT FROM (NEW."city_yuan") OR OLD."district_yuan" IS DISTINCT FROM (NEW."district_yuan") OR OLD."other_yuan" IS DISTINCT FROM (NEW."other_yuan") OR OLD."province_yuan" IS DISTINCT FROM (NEW."province_yuan") OR OLD."street_yuan" IS DISTINCT FROM (NEW."street_yuan"))',
                    func="\n    IF (NEW.province_yuan + NEW.city_yuan + NEW.district_yuan + NEW.street_yuan\n    + NEW.other_yuan) < (\n        SELECT coalesce(sum(l.amount_yuan), 0) FROM facilities_spacepoolline l\n        JOIN facilities_spacepool p ON p.id = l.pool_id\n        WHERE l.measure_id = NEW.id AND p.state IN ('proposed', 'approved')\n    ) THEN\n        RAISE EXCEPTION 'a measure costs less than pools give' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="1065e0e2545b3f525d6ea6367dd781106002e14f",
                    operation="UPDATE",
                    pgid="pgtrigger_spacemeasure_paid_f7a6f",
                    table="facilities_spacemeasure",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacemeasure",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="7aabe01935eb8eb8e0ce2e347c61f41c6b8c647f",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_1225f",
                    table="facilities_spacemeasure",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacemeasure",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_spacemeasureevent" ("adjusted_at", "area_m2", "city_yuan", "code", "community_id", "district_yuan", "done_area_m2", "done_on", "id", "is_demo", "means", "other_yuan", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "premises_id", "project_id", "province_yuan", "remarks", "state", "street_yuan", "version", "year") SELECT new_values."adjusted_at", new_values."area_m2", new_values."city_yuan", new_values."code", new_values."community_id", new_values."district_yuan", new_values."done_area_m2", new_values."done_on", new_values."id", new_values."is_demo", new_values."means", new_values."other_yuan", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_id", new_values."premises_id", new_values."project_id", new_values."province_yuan", new_values."remarks", new_values."state", new_values."street_yuan", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="559020ea1e273e3410f2f214a7933535d9e34915",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_56683",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="facilities_spacemeasure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacemeasure",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_spacemeasureevent" ("adjusted_at", "area_m2", "city_yuan", "code", "community_id", "district_yuan", "done_area_m2", "done_on", "id", "is_demo", "means", "other_yuan", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "premises_id", "project_id", "province_yuan", "remarks", "state", "street_yuan", "version", "year") SELECT new_values."adjusted_at", new_values."area_m2", new_values."city_yuan", new_values."code", new_values."community_id", new_values."district_yuan", new_values."done_area_m2", new_values."done_on", new_values."id", new_values."is_demo", new_values."means", new_values."other_yuan", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_id", new_values."premises_id", new_values."project_id", new_values."province_yuan", new_values."remarks", new_values."state", new_values."street_yuan", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2c1f6b0219ec5e34aea384890a00123ff8dc3017",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c2691",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="facilities_spacemeasure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacemeasure",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_spacemeasureevent" ("adjusted_at", "area_m2", "city_yuan", "code", "community_id", "district_yuan", "done_area_m2", "done_on", "id", "is_demo", "means", "other_yuan", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "premises_id", "project_id", "province_yuan", "remarks", "state", "street_yuan", "version", "year") SELECT old_values."adjusted_at", old_values."area_m2", old_values."city_yuan", old_values."code", old_values."community_id", old_values."district_yuan", old_values."done_area_m2", old_values."done_on", old_values."id", old_values."is_demo", old_values."means", old_values."other_yuan", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id", old_values."premises_id", old_values."project_id", old_values."province_yuan", old_values."remarks", old_values."state", old_values."street_yuan", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f79352e21c183141554bdbcf3c3603d2aba6ea78",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e6495",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="facilities_spacemeasure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spaceplanevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b23b7630cba0ac29ebe580d791295cfa3c62d071",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_222e3",
                    table="facilities_spaceplanevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="spacepool",
            constraint=models.UniqueConstraint(
                fields=("code", "year", "title"),
                name="spacepool_once",
                violation_error_message="这一年已经有同名的资金。打开已有的",
            ),
        ),
        migrations.AddConstraint(
            model_name="spacepool",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^([0-9]{2}|[0-9]{4})$")),
                name="spacepool_code_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="spacepool",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_yuan__gt", 0)),
                name="spacepool_amount_positive",
                violation_error_message="总额不大于0。填写总额",
            ),
        ),
        migrations.AddConstraint(
            model_name="spacepool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="spacepool_maker_not_decider",
                violation_error_message="提出的人不能批准自己提出的事项",
            ),
        ),
        migrations.AddConstraint(
            model_name="spacepool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("approved", "refused")), _negated=True),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="spacepool_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="spacepool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("makers__contains", [models.F("decided_by")]), _negated=True),
                    _connector="OR",
                ),
                name="spacepool_makers_not_decider",
                violation_error_message="拟订和修改过的人不能批准",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepool",
            trigger=pgtrigger.compiler.Trigger(
                name="spacepool_by_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:proposed,proposed:approved,proposed:returned,approved:returned,returned:draft}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="a98c7cac4c917d4ae5835d46efedc1fe9095b338",
                    operation="UPDATE",
                    pgid="pgtrigger_spacepool_by_steps_10829",
                    table="facilities_spacepool",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepool",
            trigger=pgtrigger.compiler.Trigger(
                name="spacepool_decided_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" IN ('proposed', 'approved'))",
                    func="\n    IF (NEW.made_by_id IS DISTINCT FROM OLD.made_by_id OR NEW.made_at IS DISTINCT FROM OLD.made_at OR NEW.title IS DISTINCT FROM OLD.title OR NEW.is_demo IS DISTINCT FROM OLD.is_demo OR NEW.amount_yuan IS DISTINCT FROM OLD.amount_yuan OR NEW.method IS DISTINCT FROM OLD.method OR NEW.weight_by IS DISTINCT FROM OLD.weight_by OR NEW.pays IS DISTINCT FROM OLD.pays OR NEW.ranked_by IS DISTINCT FROM OLD.ranked_by OR NEW.pays_last_in_part IS DISTINCT FROM OLD.pays_last_in_part OR NEW.basis IS DISTINCT FROM OLD.basis) OR (NEW.year <> OLD.year AND abs(NEW.year - OLD.year) <> 10000) THEN\n        RAISE EXCEPTION 'what was proposed stays until it is returned'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF NEW.state = OLD.state AND (NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id OR NEW.decided_at IS DISTINCT FROM OLD.decided_at OR NEW.decision IS DISTINCT FROM OLD.decision OR NEW.doc_no IS DISTINCT FROM OLD.doc_no) THEN\n        RAISE EXCEPTION 'a decision stays' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="69e6ffa5877f924634d1a980bbd10d61a4619e70",
                    operation="UPDATE",
                    pgid="pgtrigger_spacepool_decided_stays_61851",
                    table="facilities_spacepool",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepool",
            trigger=pgtrigger.compiler.Trigger(
                name="spacepool_within_costs",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."state" IN (\'proposed\', \'approved\') AND NEW."state" IS DISTINCT FROM (OLD."state"))',
                    func="\n    PERFORM FROM facilities_spacemeasure m WHERE m.id IN (\n        SELECT l.measure_id FROM facilities_spacepoolline l WHERE l.pool_id = NEW.id\n    ) ORDER BY m.id FOR UPDATE;\n    IF EXISTS (\n        SELECT FROM facilities_spacemeasure m\n        JOIN facilities_spacepoolline l ON l.measure_id = m.id\n        JOIN facilities_spacepool p ON p.id = l.pool_id\n        WHERE (p.id = NEW.id OR p.state IN ('proposed', 'approved'))\n        AND m.id IN (\n            SELECT o.measure_id FROM facilities_spacepoolline o WHERE o.pool_id = NEW.id\n        )\n        GROUP BY m.id HAVING sum(l.amount_yuan) > (m.province_yuan + m.city_yuan + m.district_yuan + m.street_yuan\n    + m.other_yuan)\n    ) THEN\n        RAISE EXCEPTION 'pools give a measure more than it costs' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="3ca9ef82e4cac7218e51e6ded39a1fd0995cbb54",
                    operation="UPDATE",
                    pgid="pgtrigger_spacepool_within_costs_8b751",
                    table="facilities_spacepool",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepool",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="668f53ef2861c52ff684aadd6817bb65d778c42e",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_03b00",
                    table="facilities_spacepool",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepool",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_spacepoolevent" ("amount_yuan", "basis", "code", "decided_at", "decided_by_id", "decision", "doc_no", "id", "is_demo", "made_at", "made_by_id", "makers", "method", "pays", "pays_last_in_part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ranked_by", "state", "title", "version", "weight_by", "year") SELECT new_values."amount_yuan", new_values."basis", new_values."code", new_values."decided_at", new_values."decided_by_id", new_values."decision", new_values."doc_no", new_values."id", new_values."is_demo", new_values."made_at", new_values."made_by_id", new_values."makers", new_values."method", new_values."pays", new_values."pays_last_in_part", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."ranked_by", new_values."state", new_values."title", new_values."version", new_values."weight_by", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="fb15ac848882349af988035472dcc2dd18e7b071",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7d350",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="facilities_spacepool",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepool",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_spacepoolevent" ("amount_yuan", "basis", "code", "decided_at", "decided_by_id", "decision", "doc_no", "id", "is_demo", "made_at", "made_by_id", "makers", "method", "pays", "pays_last_in_part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ranked_by", "state", "title", "version", "weight_by", "year") SELECT new_values."amount_yuan", new_values."basis", new_values."code", new_values."decided_at", new_values."decided_by_id", new_values."decision", new_values."doc_no", new_values."id", new_values."is_demo", new_values."made_at", new_values."made_by_id", new_values."makers", new_values."method", new_values."pays", new_values."pays_last_in_part", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."ranked_by", new_values."state", new_values."title", new_values."version", new_values."weight_by", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="cb25135a35264811196ce328092798c494b702e5",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5abf2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="facilities_spacepool",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepool",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_spacepoolevent" ("amount_yuan", "basis", "code", "decided_at", "decided_by_id", "decision", "doc_no", "id", "is_demo", "made_at", "made_by_id", "makers", "method", "pays", "pays_last_in_part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ranked_by", "state", "title", "version", "weight_by", "year") SELECT old_values."amount_yuan", old_values."basis", old_values."code", old_values."decided_at", old_values."decided_by_id", old_values."decision", old_values."doc_no", old_values."id", old_values."is_demo", old_values."made_at", old_values."made_by_id", old_values."makers", old_values."method", old_values."pays", old_values."pays_last_in_part", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."ranked_by", old_values."state", old_values."title", old_values."version", old_values."weight_by", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="fae12c1c00b0aeb5ecc5e4d6372d985e77950d0b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0adbe",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="facilities_spacepool",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepoolevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ac3898feea78ec608c46ac06213c5606a197e456",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5b39a",
                    table="facilities_spacepoolevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="spacepoolline",
            index=models.Index(fields=["code"], name="spacepoolline_code"),
        ),
        migrations.AddConstraint(
            model_name="spacepoolline",
            constraint=models.UniqueConstraint(
                fields=("pool", "code", "measure"), name="spacepoolline_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="spacepoolline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_yuan__gte", 0)), name="spacepoolline_not_negative"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepoolline",
            trigger=pgtrigger.compiler.Trigger(
                name="spacepoolline_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    DECLARE _pool bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.pool_id ELSE OLD.pool_id END;\n    BEGIN\n    IF TG_OP = 'UPDATE' AND (NEW.pool_id, NEW.amount_yuan, NEW.measure_id, NEW.weight, NEW.rank,\n        NEW.asked_yuan) IS NOT DISTINCT FROM (OLD.pool_id, OLD.amount_yuan, OLD.measure_id,\n        OLD.weight, OLD.rank, OLD.asked_yuan) THEN\n        RETURN NEW;\n    END IF;\n    IF (TG_OP = 'UPDATE' AND NEW.pool_id <> OLD.pool_id) OR EXISTS (\n        SELECT FROM facilities_spacepool p\n        WHERE p.id = _pool AND p.state IN ('proposed', 'approved')\n    ) THEN\n        RAISE EXCEPTION 'what a pool gives stays as it was proposed'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN\n        RETURN OLD;\n    END IF;\n    RETURN NEW;\n    END;\n",
                    hash="ad3380da73c0fc3ed72bb433cae0decd57a9ea15",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_spacepoolline_stays_42f90",
                    table="facilities_spacepoolline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepoolline",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="f162146a0c726365c6567b854fb95b893311c710",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_ee4e1",
                    table="facilities_spacepoolline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepoolline",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_spacepoollineevent" ("amount_yuan", "asked_yuan", "code", "id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pool_id", "rank", "weight") SELECT new_values."amount_yuan", new_values."asked_yuan", new_values."code", new_values."id", new_values."measure_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pool_id", new_values."rank", new_values."weight" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="508c30350d654fcb6c1a2c76b62ef592a245203c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ee261",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="facilities_spacepoolline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepoolline",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_spacepoollineevent" ("amount_yuan", "asked_yuan", "code", "id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pool_id", "rank", "weight") SELECT new_values."amount_yuan", new_values."asked_yuan", new_values."code", new_values."id", new_values."measure_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pool_id", new_values."rank", new_values."weight" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c386fff2376317546527bd756db76678e15ec916",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ee3a3",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="facilities_spacepoolline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepoolline",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "facilities_spacepoollineevent" ("amount_yuan", "asked_yuan", "code", "id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pool_id", "rank", "weight") SELECT old_values."amount_yuan", old_values."asked_yuan", old_values."code", old_values."id", old_values."measure_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pool_id", old_values."rank", old_values."weight" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d2659653939db228148df540dfebc46d58572571",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_83f23",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="facilities_spacepoolline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spacepoollineevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="60cf8434660abf547759bacd80e860cff56f391c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_db978",
                    table="facilities_spacepoollineevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
