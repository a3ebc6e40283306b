"""Persons, appointments and acts; quotas, elections, training, awards and pay."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
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
            name="Certificate",
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
                    "level",
                    models.CharField(
                        choices=[
                            ("assistant", "助理社会工作师"),
                            ("intermediate", "社会工作师"),
                            ("senior", "高级社会工作师"),
                            ("other", "其他证书"),
                        ],
                        max_length=12,
                        verbose_name="级别",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="其他证书填写", max_length=64, verbose_name="证书名称"
                    ),
                ),
                (
                    "registration_no",
                    models.CharField(blank=True, max_length=40, verbose_name="登记号"),
                ),
                ("issued_on", models.DateField(verbose_name="取得日期")),
                (
                    "expires_on",
                    models.DateField(
                        blank=True, help_text="长期有效空着", null=True, verbose_name="登记有效期至"
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
            ],
            options={
                "verbose_name": "证书",
                "verbose_name_plural": "证书",
                "ordering": ["-issued_on", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Person",
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
                ("name", models.CharField(max_length=32, verbose_name="姓名")),
                (
                    "sex",
                    models.CharField(
                        choices=[("female", "女"), ("male", "男")],
                        max_length=6,
                        verbose_name="性别",
                    ),
                ),
                ("born_in", models.DateField(verbose_name="出生年月")),
                (
                    "ethnicity",
                    models.CharField(
                        choices=[
                            ("汉族", "汉族"),
                            ("蒙古族", "蒙古族"),
                            ("回族", "回族"),
                            ("藏族", "藏族"),
                            ("维吾尔族", "维吾尔族"),
                            ("苗族", "苗族"),
                            ("彝族", "彝族"),
                            ("壮族", "壮族"),
                            ("布依族", "布依族"),
                            ("朝鲜族", "朝鲜族"),
                            ("满族", "满族"),
                            ("侗族", "侗族"),
                            ("瑶族", "瑶族"),
                            ("白族", "白族"),
                            ("土家族", "土家族"),
                            ("哈尼族", "哈尼族"),
                            ("哈萨克族", "哈萨克族"),
                            ("傣族", "傣族"),
                            ("黎族", "黎族"),
                            ("傈僳族", "傈僳族"),
                            ("佤族", "佤族"),
                            ("畲族", "畲族"),
                            ("高山族", "高山族"),
                            ("拉祜族", "拉祜族"),
                            ("水族", "水族"),
                            ("东乡族", "东乡族"),
                            ("纳西族", "纳西族"),
                            ("景颇族", "景颇族"),
                            ("柯尔克孜族", "柯尔克孜族"),
                            ("土族", "土族"),
                            ("达斡尔族", "达斡尔族"),
                            ("仫佬族", "仫佬族"),
                            ("羌族", "羌族"),
                            ("布朗族", "布朗族"),
                            ("撒拉族", "撒拉族"),
                            ("毛南族", "毛南族"),
                            ("仡佬族", "仡佬族"),
                            ("锡伯族", "锡伯族"),
                            ("阿昌族", "阿昌族"),
                            ("普米族", "普米族"),
                            ("塔吉克族", "塔吉克族"),
                            ("怒族", "怒族"),
                            ("乌孜别克族", "乌孜别克族"),
                            ("俄罗斯族", "俄罗斯族"),
                            ("鄂温克族", "鄂温克族"),
                            ("德昂族", "德昂族"),
                            ("保安族", "保安族"),
                            ("裕固族", "裕固族"),
                            ("京族", "京族"),
                            ("塔塔尔族", "塔塔尔族"),
                            ("独龙族", "独龙族"),
                            ("鄂伦春族", "鄂伦春族"),
                            ("赫哲族", "赫哲族"),
                            ("门巴族", "门巴族"),
                            ("珞巴族", "珞巴族"),
                            ("基诺族", "基诺族"),
                        ],
                        default="汉族",
                        max_length=8,
                        verbose_name="民族",
                    ),
                ),
                (
                    "political_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("party", "中共党员"),
                            ("probationary", "中共预备党员"),
                            ("league", "共青团员"),
                            ("democratic", "民主党派"),
                            ("none", "群众"),
                        ],
                        max_length=12,
                        verbose_name="政治面貌",
                    ),
                ),
                (
                    "full_time_education",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary", "小学及以下"),
                            ("junior_high", "初中"),
                            ("senior_high", "高中、中专"),
                            ("junior_college", "大专"),
                            ("bachelor", "本科"),
                            ("master", "硕士研究生"),
                            ("doctor", "博士研究生"),
                        ],
                        max_length=14,
                        verbose_name="全日制学历",
                    ),
                ),
                (
                    "highest_education",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary", "小学及以下"),
                            ("junior_high", "初中"),
                            ("senior_high", "高中、中专"),
                            ("junior_college", "大专"),
                            ("bachelor", "本科"),
                            ("master", "硕士研究生"),
                            ("doctor", "博士研究生"),
                        ],
                        max_length=14,
                        verbose_name="最高学历",
                    ),
                ),
                (
                    "highest_education_on",
                    models.DateField(blank=True, null=True, verbose_name="最高学历取得日期"),
                ),
                ("school", models.CharField(blank=True, max_length=64, verbose_name="毕业院校")),
                ("major", models.CharField(blank=True, max_length=64, verbose_name="专业")),
                (
                    "joined_on",
                    models.DateField(blank=True, null=True, verbose_name="参加社区工作日期"),
                ),
                (
                    "leads_collective",
                    models.BooleanField(blank=True, null=True, verbose_name="任集体经济组织负责人"),
                ),
                (
                    "identity_hmac",
                    models.CharField(
                        blank=True,
                        db_collation="C",
                        editable=False,
                        max_length=64,
                        verbose_name="证件号码摘要",
                    ),
                ),
                (
                    "identity_mask",
                    models.CharField(
                        blank=True, editable=False, max_length=18, verbose_name="证件号码"
                    ),
                ),
                (
                    "phone_mask",
                    models.CharField(
                        blank=True, editable=False, max_length=16, verbose_name="电话"
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "purged_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="清除时间"
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
            ],
            options={
                "verbose_name": "人员",
                "verbose_name_plural": "人员",
                "ordering": ["code", "name", "pk"],
                "permissions": [
                    ("view_person", "可以查看花名册"),
                    ("change_person", "可以登记人员和人员变动"),
                    ("reveal_phone", "可以查看人员完整电话"),
                    ("export_person", "可以导出花名册"),
                    ("import_person", "可以批量导入花名册"),
                    ("check_staffact", "可以核对人员变动"),
                    ("view_establishment", "可以查看编制"),
                    ("propose_increase", "可以申请增配人员"),
                    ("propose_quota", "可以拟订名额分配"),
                    ("decide_quota", "可以批准名额分配和增配"),
                    ("view_election", "可以查看选举"),
                    ("record_election", "可以登记选举"),
                    ("run_election", "可以部署换届选举"),
                    ("view_training", "可以查看培训"),
                    ("run_training", "可以办理培训"),
                    ("view_pay", "可以查看人员待遇"),
                    ("record_pay", "可以登记人员待遇和奖励"),
                    ("decide_award", "可以批准奖励"),
                ],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PersonEvent",
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
                ("name", models.CharField(max_length=32, verbose_name="姓名")),
                (
                    "sex",
                    models.CharField(
                        choices=[("female", "女"), ("male", "男")],
                        max_length=6,
                        verbose_name="性别",
                    ),
                ),
                ("born_in", models.DateField(verbose_name="出生年月")),
                (
                    "ethnicity",
                    models.CharField(
                        choices=[
                            ("汉族", "汉族"),
                            ("蒙古族", "蒙古族"),
                            ("回族", "回族"),
                            ("藏族", "藏族"),
                            ("维吾尔族", "维吾尔族"),
                            ("苗族", "苗族"),
                            ("彝族", "彝族"),
                            ("壮族", "壮族"),
                            ("布依族", "布依族"),
                            ("朝鲜族", "朝鲜族"),
                            ("满族", "满族"),
                            ("侗族", "侗族"),
                            ("瑶族", "瑶族"),
                            ("白族", "白族"),
                            ("土家族", "土家族"),
                            ("哈尼族", "哈尼族"),
                            ("哈萨克族", "哈萨克族"),
                            ("傣族", "傣族"),
                            ("黎族", "黎族"),
                            ("傈僳族", "傈僳族"),
                            ("佤族", "佤族"),
                            ("畲族", "畲族"),
                            ("高山族", "高山族"),
                            ("拉祜族", "拉祜族"),
                            ("水族", "水族"),
                            ("东乡族", "东乡族"),
                            ("纳西族", "纳西族"),
                            ("景颇族", "景颇族"),
                            ("柯尔克孜族", "柯尔克孜族"),
                            ("土族", "土族"),
                            ("达斡尔族", "达斡尔族"),
                            ("仫佬族", "仫佬族"),
                            ("羌族", "羌族"),
                            ("布朗族", "布朗族"),
                            ("撒拉族", "撒拉族"),
                            ("毛南族", "毛南族"),
                            ("仡佬族", "仡佬族"),
                            ("锡伯族", "锡伯族"),
                            ("阿昌族", "阿昌族"),
                            ("普米族", "普米族"),
                            ("塔吉克族", "塔吉克族"),
                            ("怒族", "怒族"),
                            ("乌孜别克族", "乌孜别克族"),
                            ("俄罗斯族", "俄罗斯族"),
                            ("鄂温克族", "鄂温克族"),
                            ("德昂族", "德昂族"),
                            ("保安族", "保安族"),
                            ("裕固族", "裕固族"),
                            ("京族", "京族"),
                            ("塔塔尔族", "塔塔尔族"),
                            ("独龙族", "独龙族"),
                            ("鄂伦春族", "鄂伦春族"),
                            ("赫哲族", "赫哲族"),
                            ("门巴族", "门巴族"),
                            ("珞巴族", "珞巴族"),
                            ("基诺族", "基诺族"),
                        ],
                        default="汉族",
                        max_length=8,
                        verbose_name="民族",
                    ),
                ),
                (
                    "political_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("party", "中共党员"),
                            ("probationary", "中共预备党员"),
                            ("league", "共青团员"),
                            ("democratic", "民主党派"),
                            ("none", "群众"),
                        ],
                        max_length=12,
                        verbose_name="政治面貌",
                    ),
                ),
                (
                    "full_time_education",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary", "小学及以下"),
                            ("junior_high", "初中"),
                            ("senior_high", "高中、中专"),
                            ("junior_college", "大专"),
                            ("bachelor", "本科"),
                            ("master", "硕士研究生"),
                            ("doctor", "博士研究生"),
                        ],
                        max_length=14,
                        verbose_name="全日制学历",
                    ),
                ),
                (
                    "highest_education",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary", "小学及以下"),
                            ("junior_high", "初中"),
                            ("senior_high", "高中、中专"),
                            ("junior_college", "大专"),
                            ("bachelor", "本科"),
                            ("master", "硕士研究生"),
                            ("doctor", "博士研究生"),
                        ],
                        max_length=14,
                        verbose_name="最高学历",
                    ),
                ),
                (
                    "highest_education_on",
                    models.DateField(blank=True, null=True, verbose_name="最高学历取得日期"),
                ),
                ("school", models.CharField(blank=True, max_length=64, verbose_name="毕业院校")),
                ("major", models.CharField(blank=True, max_length=64, verbose_name="专业")),
                (
                    "joined_on",
                    models.DateField(blank=True, null=True, verbose_name="参加社区工作日期"),
                ),
                (
                    "leads_collective",
                    models.BooleanField(blank=True, null=True, verbose_name="任集体经济组织负责人"),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "purged_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="清除时间"
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="QuotaLine",
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
                ("households", models.PositiveIntegerField(verbose_name="核定户数")),
                ("computed", models.PositiveIntegerField(verbose_name="按户数分配")),
                ("shift", models.IntegerField(default=0, verbose_name="调整")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="调整理由")),
            ],
            options={
                "verbose_name": "社区名额",
                "verbose_name_plural": "社区名额",
                "ordering": ["code"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="QuotaLineEvent",
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
                ("households", models.PositiveIntegerField(verbose_name="核定户数")),
                ("computed", models.PositiveIntegerField(verbose_name="按户数分配")),
                ("shift", models.IntegerField(default=0, verbose_name="调整")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="调整理由")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="QuotaPlan",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("total", models.PositiveIntegerField(verbose_name="总量")),
                ("least", models.PositiveIntegerField(null=True, verbose_name="政策低值")),
                ("most", models.PositiveIntegerField(null=True, verbose_name="政策高值")),
                ("clause", models.CharField(blank=True, max_length=40, verbose_name="条款")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=300, verbose_name="总量在区间外的理由"),
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
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
            ],
            options={
                "verbose_name": "名额分配",
                "verbose_name_plural": "名额分配",
                "ordering": ["-year", "code"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="QuotaPlanEvent",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("total", models.PositiveIntegerField(verbose_name="总量")),
                ("least", models.PositiveIntegerField(null=True, verbose_name="政策低值")),
                ("most", models.PositiveIntegerField(null=True, verbose_name="政策高值")),
                ("clause", models.CharField(blank=True, max_length=40, verbose_name="条款")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=300, verbose_name="总量在区间外的理由"),
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
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StaffAct",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("enter", "进入"),
                            ("transfer", "调动"),
                            ("promote", "职务变动"),
                            ("add_post", "兼任"),
                            ("leave", "退出"),
                            ("elect", "当选"),
                            ("follow", "随社区变更"),
                            ("correct", "更正"),
                        ],
                        max_length=8,
                        verbose_name="变动",
                    ),
                ),
                ("on", models.DateField(verbose_name="变动日期")),
                (
                    "leave_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("resigned", "辞职"),
                            ("retired", "退休"),
                            ("term", "届满"),
                            ("dismissed", "辞退"),
                            ("recalled", "罢免"),
                            ("moved", "调出"),
                            ("died", "去世"),
                            ("other", "其他"),
                        ],
                        max_length=9,
                        verbose_name="离任原因",
                    ),
                ),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="文号")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "checked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="核对时间"),
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
                "verbose_name": "人员变动",
                "verbose_name_plural": "人员变动",
                "ordering": ["-on", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="StaffActEvent",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("enter", "进入"),
                            ("transfer", "调动"),
                            ("promote", "职务变动"),
                            ("add_post", "兼任"),
                            ("leave", "退出"),
                            ("elect", "当选"),
                            ("follow", "随社区变更"),
                            ("correct", "更正"),
                        ],
                        max_length=8,
                        verbose_name="变动",
                    ),
                ),
                ("on", models.DateField(verbose_name="变动日期")),
                (
                    "leave_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("resigned", "辞职"),
                            ("retired", "退休"),
                            ("term", "届满"),
                            ("dismissed", "辞退"),
                            ("recalled", "罢免"),
                            ("moved", "调出"),
                            ("died", "去世"),
                            ("other", "其他"),
                        ],
                        max_length=9,
                        verbose_name="离任原因",
                    ),
                ),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="文号")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "checked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="核对时间"),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StaffPaper",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("decision", "任免、录用文件"),
                            ("diploma", "学历证书"),
                            ("certificate", "资格证书"),
                            ("election", "选举材料"),
                            ("leave", "离任、辞职材料"),
                            ("other", "其他"),
                        ],
                        max_length=11,
                        verbose_name="材料类别",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "人员变动的材料",
                "verbose_name_plural": "人员变动的材料",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Appointment",
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
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("secretary", "党组织书记"),
                            ("deputy_secretary", "党组织副书记"),
                            ("party_member", "党组织委员"),
                            ("director", "居委会主任"),
                            ("deputy", "居委会副主任"),
                            ("member", "居委会委员"),
                            ("supervision_head", "居务监督委员会主任"),
                            ("supervision_member", "居务监督委员会成员"),
                            ("worker", "专职工作人员"),
                            ("grid_worker", "网格员"),
                            ("police_deputy", "社区民警（兼副职）"),
                            ("welfare_post", "公益性岗位人员"),
                            ("three_supports", "三支一扶人员"),
                        ],
                        max_length=18,
                        verbose_name="职务",
                    ),
                ),
                (
                    "identity",
                    models.CharField(
                        choices=[
                            ("elected", "选举产生"),
                            ("recruited", "招聘"),
                            ("seconded", "下派"),
                            ("welfare_post", "公益性岗位"),
                            ("three_supports", "三支一扶"),
                            ("police", "社区民警"),
                            ("other", "其他"),
                        ],
                        max_length=14,
                        verbose_name="身份",
                    ),
                ),
                (
                    "pay_channel",
                    models.CharField(
                        choices=[
                            ("funded", "社区经费"),
                            ("own_channel", "原渠道"),
                            ("unpaid", "不领报酬"),
                        ],
                        max_length=11,
                        verbose_name="报酬渠道",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="任职日期")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True, help_text="当日起不再任职", null=True, verbose_name="离任日期"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        help_text="文号或选举结果",
                        max_length=100,
                        verbose_name="任职依据",
                    ),
                ),
                (
                    "lives_here",
                    models.BooleanField(blank=True, null=True, verbose_name="居住在本社区"),
                ),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(36),
                        ],
                        verbose_name="岗位等级",
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
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="communities.community",
                        verbose_name="社区",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "verbose_name_plural": "任职",
                "ordering": ["code", "valid_from", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Attendance",
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
                ("attended", models.BooleanField(blank=True, null=True, verbose_name="参加")),
                (
                    "hours",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="学时"),
                ),
                (
                    "certificate_no",
                    models.CharField(blank=True, max_length=40, verbose_name="结业证书编号"),
                ),
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
                "verbose_name": "参训",
                "verbose_name_plural": "参训",
                "ordering": ["course_id", "code", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Award",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("annual_award", "年度奖励"),
                            ("long_service_award", "任职奖励"),
                            ("town_assistant_award", "镇长助理待遇"),
                        ],
                        max_length=20,
                        verbose_name="奖励",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="考核年度")),
                ("starts_on", models.DateField(verbose_name="自何日起")),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="文号")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
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
                        default="proposed",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="申报时间")),
                (
                    "decided_at",
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
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="communities.community",
                        verbose_name="社区",
                    ),
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
                        verbose_name="申报人",
                    ),
                ),
            ],
            options={
                "verbose_name": "奖励",
                "verbose_name_plural": "奖励",
                "ordering": ["-year", "code", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AwardEvent",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("annual_award", "年度奖励"),
                            ("long_service_award", "任职奖励"),
                            ("town_assistant_award", "镇长助理待遇"),
                        ],
                        max_length=20,
                        verbose_name="奖励",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="考核年度")),
                ("starts_on", models.DateField(verbose_name="自何日起")),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="文号")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
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
                        default="proposed",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="申报时间")),
                (
                    "decided_at",
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
                        verbose_name="申报人",
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
                        to="staffing.award",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Candidate",
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
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("secretary", "党组织书记"),
                            ("deputy_secretary", "党组织副书记"),
                            ("party_member", "党组织委员"),
                            ("director", "居委会主任"),
                            ("deputy", "居委会副主任"),
                            ("member", "居委会委员"),
                            ("supervision_head", "居务监督委员会主任"),
                            ("supervision_member", "居务监督委员会成员"),
                            ("worker", "专职工作人员"),
                            ("grid_worker", "网格员"),
                            ("police_deputy", "社区民警（兼副职）"),
                            ("welfare_post", "公益性岗位人员"),
                            ("three_supports", "三支一扶人员"),
                        ],
                        max_length=18,
                        verbose_name="竞选职务",
                    ),
                ),
                ("votes", models.PositiveIntegerField(blank=True, null=True, verbose_name="得票")),
                ("elected", models.BooleanField(blank=True, null=True, verbose_name="当选")),
                (
                    "lives_here",
                    models.BooleanField(blank=True, null=True, verbose_name="居住在本社区"),
                ),
                (
                    "pay_channel",
                    models.CharField(
                        choices=[
                            ("funded", "社区经费"),
                            ("own_channel", "原渠道"),
                            ("unpaid", "不领报酬"),
                        ],
                        default="funded",
                        max_length=11,
                        verbose_name="报酬渠道",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.community",
                        verbose_name="社区",
                    ),
                ),
            ],
            options={
                "verbose_name": "候选人",
                "verbose_name_plural": "候选人",
                "ordering": ["election_id", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CertificateEvent",
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
                    "level",
                    models.CharField(
                        choices=[
                            ("assistant", "助理社会工作师"),
                            ("intermediate", "社会工作师"),
                            ("senior", "高级社会工作师"),
                            ("other", "其他证书"),
                        ],
                        max_length=12,
                        verbose_name="级别",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="其他证书填写", max_length=64, verbose_name="证书名称"
                    ),
                ),
                (
                    "registration_no",
                    models.CharField(blank=True, max_length=40, verbose_name="登记号"),
                ),
                ("issued_on", models.DateField(verbose_name="取得日期")),
                (
                    "expires_on",
                    models.DateField(
                        blank=True, help_text="长期有效空着", null=True, verbose_name="登记有效期至"
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
                        to="staffing.certificate",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Course",
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
                        max_length=9,
                        verbose_name="举办单位区划代码",
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="培训名称")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("city", "市级"),
                            ("district", "县（市、区）级"),
                            ("street", "街道"),
                        ],
                        max_length=8,
                        verbose_name="举办级别",
                    ),
                ),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("directors", "主任"),
                                ("members", "其他成员"),
                                ("new_members", "新当选成员"),
                                ("workers", "专职工作人员"),
                                ("all", "全体"),
                            ],
                            max_length=11,
                        ),
                        size=None,
                        verbose_name="培训对象",
                    ),
                ),
                ("organiser", models.CharField(max_length=64, verbose_name="举办单位")),
                ("starts_on", models.DateField(verbose_name="开始日期")),
                ("ends_on", models.DateField(verbose_name="结束日期")),
                (
                    "hours",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(999),
                        ],
                        verbose_name="学时",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="地点")),
                (
                    "cost_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="费用（元）",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
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
                "verbose_name": "培训班",
                "verbose_name_plural": "培训班",
                "ordering": ["-starts_on", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AttendanceEvent",
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
                ("attended", models.BooleanField(blank=True, null=True, verbose_name="参加")),
                (
                    "hours",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="学时"),
                ),
                (
                    "certificate_no",
                    models.CharField(blank=True, max_length=40, verbose_name="结业证书编号"),
                ),
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
                        to="staffing.attendance",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="staffing.course",
                        verbose_name="培训班",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="attendance",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attendances",
                to="staffing.course",
                verbose_name="培训班",
            ),
        ),
        migrations.CreateModel(
            name="CourseEvent",
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
                        max_length=9,
                        verbose_name="举办单位区划代码",
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="培训名称")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("city", "市级"),
                            ("district", "县（市、区）级"),
                            ("street", "街道"),
                        ],
                        max_length=8,
                        verbose_name="举办级别",
                    ),
                ),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("directors", "主任"),
                                ("members", "其他成员"),
                                ("new_members", "新当选成员"),
                                ("workers", "专职工作人员"),
                                ("all", "全体"),
                            ],
                            max_length=11,
                        ),
                        size=None,
                        verbose_name="培训对象",
                    ),
                ),
                ("organiser", models.CharField(max_length=64, verbose_name="举办单位")),
                ("starts_on", models.DateField(verbose_name="开始日期")),
                ("ends_on", models.DateField(verbose_name="结束日期")),
                (
                    "hours",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(999),
                        ],
                        verbose_name="学时",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="地点")),
                (
                    "cost_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="费用（元）",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
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
                        to="staffing.course",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Election",
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "未开始"),
                            ("committee", "已推选选举委员会"),
                            ("registered", "已登记选民"),
                            ("nominated", "已提名候选人"),
                            ("held", "已投票"),
                            ("done", "已公布结果"),
                            ("void", "选举未成"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="进度",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("term", "换届选举"), ("by", "补选")],
                        default="term",
                        max_length=4,
                        verbose_name="选举类别",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direct", "直接选举"),
                            ("households", "户代表选举"),
                            ("representatives", "居民代表选举"),
                        ],
                        max_length=15,
                        verbose_name="选举方式",
                    ),
                ),
                (
                    "committee_on",
                    models.DateField(blank=True, null=True, verbose_name="推选选举委员会日期"),
                ),
                (
                    "registered_on",
                    models.DateField(blank=True, null=True, verbose_name="选民登记完成日期"),
                ),
                (
                    "nominated_on",
                    models.DateField(blank=True, null=True, verbose_name="提名候选人日期"),
                ),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="投票日期")),
                (
                    "announced_on",
                    models.DateField(blank=True, null=True, verbose_name="公布结果日期"),
                ),
                ("voided_on", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                (
                    "void_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="未成原因"),
                ),
                (
                    "seats",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="应选人数"
                    ),
                ),
                (
                    "electorate",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="应投票人数"),
                ),
                (
                    "voted",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="实际投票人数"),
                ),
                (
                    "valid_votes",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="有效票"),
                ),
                ("term_from", models.DateField(blank=True, null=True, verbose_name="任期自")),
                ("term_until", models.DateField(blank=True, null=True, verbose_name="任期到")),
                (
                    "term_clause",
                    models.CharField(
                        blank=True, editable=False, max_length=40, verbose_name="任期条款"
                    ),
                ),
                (
                    "doc_no",
                    models.CharField(blank=True, max_length=64, verbose_name="结果报告文号"),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="elections",
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
            ],
            options={
                "verbose_name": "选举",
                "verbose_name_plural": "选举",
                "ordering": ["-held_on", "code", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CandidateEvent",
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
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("secretary", "党组织书记"),
                            ("deputy_secretary", "党组织副书记"),
                            ("party_member", "党组织委员"),
                            ("director", "居委会主任"),
                            ("deputy", "居委会副主任"),
                            ("member", "居委会委员"),
                            ("supervision_head", "居务监督委员会主任"),
                            ("supervision_member", "居务监督委员会成员"),
                            ("worker", "专职工作人员"),
                            ("grid_worker", "网格员"),
                            ("police_deputy", "社区民警（兼副职）"),
                            ("welfare_post", "公益性岗位人员"),
                            ("three_supports", "三支一扶人员"),
                        ],
                        max_length=18,
                        verbose_name="竞选职务",
                    ),
                ),
                ("votes", models.PositiveIntegerField(blank=True, null=True, verbose_name="得票")),
                ("elected", models.BooleanField(blank=True, null=True, verbose_name="当选")),
                (
                    "lives_here",
                    models.BooleanField(blank=True, null=True, verbose_name="居住在本社区"),
                ),
                (
                    "pay_channel",
                    models.CharField(
                        choices=[
                            ("funded", "社区经费"),
                            ("own_channel", "原渠道"),
                            ("unpaid", "不领报酬"),
                        ],
                        default="funded",
                        max_length=11,
                        verbose_name="报酬渠道",
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
                        to="staffing.candidate",
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="staffing.election",
                        verbose_name="选举",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="candidate",
            name="election",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="candidates",
                to="staffing.election",
                verbose_name="选举",
            ),
        ),
        migrations.CreateModel(
            name="AppointmentEvent",
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
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("secretary", "党组织书记"),
                            ("deputy_secretary", "党组织副书记"),
                            ("party_member", "党组织委员"),
                            ("director", "居委会主任"),
                            ("deputy", "居委会副主任"),
                            ("member", "居委会委员"),
                            ("supervision_head", "居务监督委员会主任"),
                            ("supervision_member", "居务监督委员会成员"),
                            ("worker", "专职工作人员"),
                            ("grid_worker", "网格员"),
                            ("police_deputy", "社区民警（兼副职）"),
                            ("welfare_post", "公益性岗位人员"),
                            ("three_supports", "三支一扶人员"),
                        ],
                        max_length=18,
                        verbose_name="职务",
                    ),
                ),
                (
                    "identity",
                    models.CharField(
                        choices=[
                            ("elected", "选举产生"),
                            ("recruited", "招聘"),
                            ("seconded", "下派"),
                            ("welfare_post", "公益性岗位"),
                            ("three_supports", "三支一扶"),
                            ("police", "社区民警"),
                            ("other", "其他"),
                        ],
                        max_length=14,
                        verbose_name="身份",
                    ),
                ),
                (
                    "pay_channel",
                    models.CharField(
                        choices=[
                            ("funded", "社区经费"),
                            ("own_channel", "原渠道"),
                            ("unpaid", "不领报酬"),
                        ],
                        max_length=11,
                        verbose_name="报酬渠道",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="任职日期")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True, help_text="当日起不再任职", null=True, verbose_name="离任日期"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        help_text="文号或选举结果",
                        max_length=100,
                        verbose_name="任职依据",
                    ),
                ),
                (
                    "lives_here",
                    models.BooleanField(blank=True, null=True, verbose_name="居住在本社区"),
                ),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(36),
                        ],
                        verbose_name="岗位等级",
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
                        to="staffing.appointment",
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="staffing.election",
                        verbose_name="选举",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="appointment",
            name="election",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appointments",
                to="staffing.election",
                verbose_name="选举",
            ),
        ),
        migrations.CreateModel(
            name="ElectionRound",
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
                        verbose_name="部署单位区划代码",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="如：第八届社区居委会换届", max_length=60, verbose_name="名称"
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="开始日期")),
                ("closes_on", models.DateField(verbose_name="完成期限")),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="结束时间"
                    ),
                ),
                (
                    "reminded_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="最近催办"
                    ),
                ),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="文号")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("made_at", models.DateTimeField(verbose_name="建立时间")),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
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
                        verbose_name="部署人",
                    ),
                ),
            ],
            options={
                "verbose_name": "换届",
                "verbose_name_plural": "换届",
                "ordering": ["-opens_on", "code", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ElectionEvent",
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "未开始"),
                            ("committee", "已推选选举委员会"),
                            ("registered", "已登记选民"),
                            ("nominated", "已提名候选人"),
                            ("held", "已投票"),
                            ("done", "已公布结果"),
                            ("void", "选举未成"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="进度",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("term", "换届选举"), ("by", "补选")],
                        default="term",
                        max_length=4,
                        verbose_name="选举类别",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direct", "直接选举"),
                            ("households", "户代表选举"),
                            ("representatives", "居民代表选举"),
                        ],
                        max_length=15,
                        verbose_name="选举方式",
                    ),
                ),
                (
                    "committee_on",
                    models.DateField(blank=True, null=True, verbose_name="推选选举委员会日期"),
                ),
                (
                    "registered_on",
                    models.DateField(blank=True, null=True, verbose_name="选民登记完成日期"),
                ),
                (
                    "nominated_on",
                    models.DateField(blank=True, null=True, verbose_name="提名候选人日期"),
                ),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="投票日期")),
                (
                    "announced_on",
                    models.DateField(blank=True, null=True, verbose_name="公布结果日期"),
                ),
                ("voided_on", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                (
                    "void_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="未成原因"),
                ),
                (
                    "seats",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="应选人数"
                    ),
                ),
                (
                    "electorate",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="应投票人数"),
                ),
                (
                    "voted",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="实际投票人数"),
                ),
                (
                    "valid_votes",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="有效票"),
                ),
                ("term_from", models.DateField(blank=True, null=True, verbose_name="任期自")),
                ("term_until", models.DateField(blank=True, null=True, verbose_name="任期到")),
                (
                    "term_clause",
                    models.CharField(
                        blank=True, editable=False, max_length=40, verbose_name="任期条款"
                    ),
                ),
                (
                    "doc_no",
                    models.CharField(blank=True, max_length=64, verbose_name="结果报告文号"),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
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
                        to="staffing.election",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="staffing.electionround",
                        verbose_name="换届",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="election",
            name="round",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="elections",
                to="staffing.electionround",
                verbose_name="换届",
            ),
        ),
        migrations.CreateModel(
            name="ElectionRoundEvent",
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
                        verbose_name="部署单位区划代码",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="如：第八届社区居委会换届", max_length=60, verbose_name="名称"
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="开始日期")),
                ("closes_on", models.DateField(verbose_name="完成期限")),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="结束时间"
                    ),
                ),
                (
                    "reminded_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="最近催办"
                    ),
                ),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="文号")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("made_at", models.DateTimeField(verbose_name="建立时间")),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="演示数据"),
                ),
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
                        verbose_name="部署人",
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
                        to="staffing.electionround",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ExtraWorkers",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("number", models.PositiveSmallIntegerField(verbose_name="增配人数")),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
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
                        default="proposed",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="申请时间")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="批准时间"),
                ),
                ("decision", models.CharField(blank=True, max_length=300, verbose_name="批准意见")),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="批准文号")),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extra_workers",
                        to="communities.community",
                        verbose_name="社区",
                    ),
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
                        verbose_name="申请人",
                    ),
                ),
            ],
            options={
                "verbose_name": "增配",
                "verbose_name_plural": "增配",
                "ordering": ["-year", "code", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ExtraWorkersEvent",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("number", models.PositiveSmallIntegerField(verbose_name="增配人数")),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
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
                        default="proposed",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="申请时间")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="批准时间"),
                ),
                ("decision", models.CharField(blank=True, max_length=300, verbose_name="批准意见")),
                ("doc_no", models.CharField(blank=True, max_length=64, verbose_name="批准文号")),
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
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="communities.community",
                        verbose_name="社区",
                    ),
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
                        verbose_name="申请人",
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
                        to="staffing.extraworkers",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PayRecord",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "first_month",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="起始月",
                    ),
                ),
                (
                    "last_month",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="截止月",
                    ),
                ),
                (
                    "pay_channel",
                    models.CharField(
                        choices=[
                            ("funded", "社区经费"),
                            ("own_channel", "原渠道"),
                            ("unpaid", "不领报酬"),
                        ],
                        max_length=11,
                        verbose_name="报酬渠道",
                    ),
                ),
                (
                    "allowance_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="实发生活补贴（元）",
                    ),
                ),
                (
                    "insurance_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="单位缴纳社会保险（元）",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_records",
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
            ],
            options={
                "verbose_name": "实发报酬",
                "verbose_name_plural": "实发报酬",
                "ordering": ["-year", "code", "person_id", "first_month"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PayRecordEvent",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "first_month",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="起始月",
                    ),
                ),
                (
                    "last_month",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="截止月",
                    ),
                ),
                (
                    "pay_channel",
                    models.CharField(
                        choices=[
                            ("funded", "社区经费"),
                            ("own_channel", "原渠道"),
                            ("unpaid", "不领报酬"),
                        ],
                        max_length=11,
                        verbose_name="报酬渠道",
                    ),
                ),
                (
                    "allowance_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="实发生活补贴（元）",
                    ),
                ),
                (
                    "insurance_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="单位缴纳社会保险（元）",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
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
                        to="staffing.payrecord",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PersonPhone",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="telephone",
                        serialize=False,
                        to="staffing.person",
                        verbose_name="人员",
                    ),
                ),
                ("code", models.CharField(db_collation="C", max_length=9, verbose_name="街道代码")),
                ("number", models.CharField(max_length=20, verbose_name="电话")),
            ],
            options={
                "verbose_name": "人员电话",
                "verbose_name_plural": "人员电话",
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["code", "name"], name="person_code_name"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["identity_hmac"], name="person_identity"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9]{9}$")), name="person_code_shape"
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("born_in__day", 1)), name="person_born_in_is_a_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("identity_hmac", ""),
                    ("identity_hmac__regex", "^[0-9a-f]{64}$"),
                    _connector="OR",
                ),
                name="person_identity_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                condition=models.Q(("identity_hmac", ""), _negated=True),
                fields=("code", "identity_hmac"),
                name="person_identity_once",
                violation_error_message="本街道已经登记了同一证件号码的人员。打开已有的登记",
            ),
        ),
        migrations.AddField(
            model_name="payrecordevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="staffing.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="payrecord",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pay_records",
                to="staffing.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="certificateevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="staffing.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificates",
                to="staffing.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="candidateevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="staffing.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="candidate",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="candidacies",
                to="staffing.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="awardevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="staffing.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="award",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="awards",
                to="staffing.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="attendanceevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="staffing.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attendances",
                to="staffing.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="appointmentevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="staffing.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appointments",
                to="staffing.person",
                verbose_name="人员",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="48f077d829111dcb11447bc71a449f6056a1f1e9",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_1e455",
                    table="staffing_person",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_personevent" ("born_in", "code", "ethnicity", "full_time_education", "highest_education", "highest_education_on", "id", "is_demo", "joined_on", "leads_collective", "major", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "political_status", "purged_at", "remarks", "school", "sex", "version") SELECT new_values."born_in", new_values."code", new_values."ethnicity", new_values."full_time_education", new_values."highest_education", new_values."highest_education_on", new_values."id", new_values."is_demo", new_values."joined_on", new_values."leads_collective", new_values."major", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."political_status", new_values."purged_at", new_values."remarks", new_values."school", new_values."sex", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5e1fc10ec05beaf32231d56e0780911f762e5078",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c641e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="staffing_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_personevent" ("born_in", "code", "ethnicity", "full_time_education", "highest_education", "highest_education_on", "id", "is_demo", "joined_on", "leads_collective", "major", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "political_status", "purged_at", "remarks", "school", "sex", "version") SELECT new_values."born_in", new_values."code", new_values."ethnicity", new_values."full_time_education", new_values."highest_education", new_values."highest_education_on", new_values."id", new_values."is_demo", new_values."joined_on", new_values."leads_collective", new_values."major", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."political_status", new_values."purged_at", new_values."remarks", new_values."school", new_values."sex", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."born_in" IS DISTINCT FROM (new_values."born_in") OR old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."ethnicity" IS DISTINCT FROM (new_values."ethnicity") OR old_values."full_time_education" IS DISTINCT FROM (new_values."full_time_education") OR old_values."highest_education" IS DISTINCT FROM (new_values."highest_education") OR old_values."highest_education_on" IS DISTINCT FROM (new_values."highest_education_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_demo" IS DISTINCT FROM (new_values."is_demo") OR old_values."joined_on" IS DISTINCT FROM (new_values."joined_on") OR old_values."leads_collective" IS DISTINCT FROM (new_values."leads_collective") OR old_values."major" IS DISTINCT FROM (new_values."major") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."political_status" IS DISTINCT FROM (new_values."political_status") OR old_values."purged_at" IS DISTINCT FROM (new_values."purged_at") OR old_values."remarks" IS DISTINCT FROM (new_values."remarks") OR old_values."school" IS DISTINCT FROM (new_values."school") OR old_values."sex" IS DISTINCT FROM (new_values."sex") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e9b2504746bfea79e38871637aa9bbc22c7be459",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a1e17",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="staffing_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_personevent" ("born_in", "code", "ethnicity", "full_time_education", "highest_education", "highest_education_on", "id", "is_demo", "joined_on", "leads_collective", "major", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "political_status", "purged_at", "remarks", "school", "sex", "version") SELECT old_values."born_in", old_values."code", old_values."ethnicity", old_values."full_time_education", old_values."highest_education", old_values."highest_education_on", old_values."id", old_values."is_demo", old_values."joined_on", old_values."leads_collective", old_values."major", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."political_status", old_values."purged_at", old_values."remarks", old_values."school", old_values."sex", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b7755ddca552cfd835f44fff1f351097f082bd14",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5cc5b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="staffing_person",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="personevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="personevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="staffing.person",
            ),
        ),
        migrations.AddField(
            model_name="quotaline",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quota_lines",
                to="communities.community",
                verbose_name="社区",
            ),
        ),
        migrations.AddField(
            model_name="quotalineevent",
            name="community",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="communities.community",
                verbose_name="社区",
            ),
        ),
        migrations.AddField(
            model_name="quotalineevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="quotalineevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="staffing.quotaline",
            ),
        ),
        migrations.AddField(
            model_name="quotaplan",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="批准人",
            ),
        ),
        migrations.AddField(
            model_name="quotaplan",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="拟订人",
            ),
        ),
        migrations.AddField(
            model_name="quotalineevent",
            name="plan",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="staffing.quotaplan",
                verbose_name="名额分配",
            ),
        ),
        migrations.AddField(
            model_name="quotaline",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="staffing.quotaplan",
                verbose_name="名额分配",
            ),
        ),
        migrations.AddField(
            model_name="quotaplanevent",
            name="decided_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="quotaplanevent",
            name="made_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="拟订人",
            ),
        ),
        migrations.AddField(
            model_name="quotaplanevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="quotaplanevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="staffing.quotaplan",
            ),
        ),
        migrations.AddField(
            model_name="staffact",
            name="checked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="核对人",
            ),
        ),
        migrations.AddField(
            model_name="staffact",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="staff_acts",
                to="communities.community",
                verbose_name="社区",
            ),
        ),
        migrations.AddField(
            model_name="staffact",
            name="election",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acts",
                to="staffing.election",
                verbose_name="选举",
            ),
        ),
        migrations.AddField(
            model_name="staffact",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="登记人",
            ),
        ),
        migrations.AddField(
            model_name="staffact",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acts",
                to="staffing.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="appointmentevent",
            name="begun_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="staffing.staffact",
                verbose_name="任职的变动",
            ),
        ),
        migrations.AddField(
            model_name="appointmentevent",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="staffing.staffact",
                verbose_name="离任的变动",
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="begun_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="begun",
                to="staffing.staffact",
                verbose_name="任职的变动",
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ended",
                to="staffing.staffact",
                verbose_name="离任的变动",
            ),
        ),
        migrations.AddField(
            model_name="staffactevent",
            name="checked_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="核对人",
            ),
        ),
        migrations.AddField(
            model_name="staffactevent",
            name="community",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="communities.community",
                verbose_name="社区",
            ),
        ),
        migrations.AddField(
            model_name="staffactevent",
            name="election",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="staffing.election",
                verbose_name="选举",
            ),
        ),
        migrations.AddField(
            model_name="staffactevent",
            name="made_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="登记人",
            ),
        ),
        migrations.AddField(
            model_name="staffactevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="staffing.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="staffactevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="staffactevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="staffing.staffact",
            ),
        ),
        migrations.CreateModel(
            name="StaffPaperContent",
            fields=[
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="staffing.staffpaper",
                        verbose_name="材料",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C", editable=False, max_length=12, verbose_name="社区代码"
                    ),
                ),
                ("content", models.BinaryField(verbose_name="内容")),
            ],
            options={
                "verbose_name": "人员变动材料的内容",
                "verbose_name_plural": "人员变动材料的内容",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="staffpaper",
            name="act",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="staffing.staffact",
                verbose_name="人员变动",
            ),
        ),
        migrations.AddField(
            model_name="staffpaper",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="communities.community",
                verbose_name="社区",
            ),
        ),
        migrations.AddField(
            model_name="staffpaper",
            name="uploaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="上传人",
            ),
        ),
        migrations.AddIndex(
            model_name="course",
            index=models.Index(fields=["code", "-starts_on"], name="course_code_starts"),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                name="course_starts_before_it_ends",
                violation_error_message="结束日期早于开始日期。改其中一个日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cost_yuan__isnull", True), ("cost_yuan__gte", 0), _connector="OR"
                ),
                name="course_cost_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^([0-9]{4}|[0-9]{6}|[0-9]{9})$")),
                name="course_code_shape",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="course",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="c4416d343497dc6307e294168d0f9c8edd7927b1",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_3d4cf",
                    table="staffing_course",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="course",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_courseevent" ("audience", "code", "cost_yuan", "ends_on", "hours", "id", "is_demo", "level", "made_at", "made_by_id", "note", "organiser", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "starts_on", "title", "version") SELECT new_values."audience", new_values."code", new_values."cost_yuan", new_values."ends_on", new_values."hours", new_values."id", new_values."is_demo", new_values."level", new_values."made_at", new_values."made_by_id", new_values."note", new_values."organiser", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."starts_on", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="70e202bc06159d4474bfde799a12ccb57663cb3a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7da51",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="staffing_course",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="course",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_courseevent" ("audience", "code", "cost_yuan", "ends_on", "hours", "id", "is_demo", "level", "made_at", "made_by_id", "note", "organiser", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "starts_on", "title", "version") SELECT new_values."audience", new_values."code", new_values."cost_yuan", new_values."ends_on", new_values."hours", new_values."id", new_values."is_demo", new_values."level", new_values."made_at", new_values."made_by_id", new_values."note", new_values."organiser", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."starts_on", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e95535c1875cc617dd6c30f80b1e5d3ba07fa6e9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_66038",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="staffing_course",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="course",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_courseevent" ("audience", "code", "cost_yuan", "ends_on", "hours", "id", "is_demo", "level", "made_at", "made_by_id", "note", "organiser", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "starts_on", "title", "version") SELECT old_values."audience", old_values."code", old_values."cost_yuan", old_values."ends_on", old_values."hours", old_values."id", old_values."is_demo", old_values."level", old_values."made_at", old_values."made_by_id", old_values."note", old_values."organiser", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."starts_on", old_values."title", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f0436deb2ada41075f5052c0b0560abb474a8a9a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_32351",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="staffing_course",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="courseevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f1ae9e5b3cd8f888a79af9aee94d458b5ee5a1ef",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_129d8",
                    table="staffing_courseevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="electionround",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens_on__lte", models.F("closes_on"))),
                name="electionround_opens_before_it_closes",
                violation_error_message="完成期限早于开始日期。改其中一个日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="electionround",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^([0-9]{4}|[0-9]{6})$")),
                name="electionround_code_shape",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="electionround",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="ea708b0d33f661fd8112afc18a7fa1e8c0bc6b29",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_aba7c",
                    table="staffing_electionround",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="electionround",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_electionroundevent" ("closed_at", "closes_on", "code", "doc_no", "id", "is_demo", "made_at", "made_by_id", "note", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_at", "title", "version") SELECT new_values."closed_at", new_values."closes_on", new_values."code", new_values."doc_no", new_values."id", new_values."is_demo", new_values."made_at", new_values."made_by_id", new_values."note", new_values."opens_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reminded_at", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="636dd1f1eb6251cecd9512bbcddb9cbf42d6f724",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c9cc1",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="staffing_electionround",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="electionround",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_electionroundevent" ("closed_at", "closes_on", "code", "doc_no", "id", "is_demo", "made_at", "made_by_id", "note", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_at", "title", "version") SELECT new_values."closed_at", new_values."closes_on", new_values."code", new_values."doc_no", new_values."id", new_values."is_demo", new_values."made_at", new_values."made_by_id", new_values."note", new_values."opens_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reminded_at", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b79fb65f84b3d45f46a5700f84a362b558583c0a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8c325",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="staffing_electionround",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="electionround",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_electionroundevent" ("closed_at", "closes_on", "code", "doc_no", "id", "is_demo", "made_at", "made_by_id", "note", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_at", "title", "version") SELECT old_values."closed_at", old_values."closes_on", old_values."code", old_values."doc_no", old_values."id", old_values."is_demo", old_values."made_at", old_values."made_by_id", old_values."note", old_values."opens_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reminded_at", old_values."title", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0db429744d3e65d653911ffd276ed2a96b3bc6dc",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_928e6",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="staffing_electionround",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="electionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d7bb30c1e80940d3c7675a2b2aec0235edaf27de",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c8f0b",
                    table="staffing_electionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="election",
            index=models.Index(fields=["code", "-held_on"], name="election_code_held"),
        ),
        migrations.AddConstraint(
            model_name="election",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("voted__isnull", True),
                    ("electorate__isnull", True),
                    ("voted__lte", models.F("electorate")),
                    _connector="OR",
                ),
                name="election_voted_within_electorate",
                violation_error_message="实际投票人数多于应投票人数。改其中一个",
            ),
        ),
        migrations.AddConstraint(
            model_name="election",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_votes__isnull", True),
                    ("voted__isnull", True),
                    ("valid_votes__lte", models.F("voted")),
                    _connector="OR",
                ),
                name="election_valid_within_voted",
                violation_error_message="有效票多于实际投票人数。改其中一个",
            ),
        ),
        migrations.AddConstraint(
            model_name="election",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "done"), _negated=True),
                    models.Q(
                        ("held_on__isnull", False),
                        ("term_from__isnull", False),
                        models.Q(("mode", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="election_done_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="election",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "void"), _negated=True),
                    models.Q(
                        ("voided_on__isnull", False), models.Q(("void_reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="election_void_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="election",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "term"), ("round__isnull", True), _connector="OR"),
                name="election_by_election_outside_rounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="election",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "void"), _negated=True),
                fields=("round", "community"),
                name="election_once_a_round",
                violation_error_message="这个社区在本次换届里已经有选举。打开已有的",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="election",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="acaf806f1505a2cbcbd0bc06263ab41536726b12",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_eada2",
                    table="staffing_election",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="election",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_electionevent" ("announced_on", "code", "committee_on", "community_id", "doc_no", "electorate", "held_on", "id", "is_demo", "kind", "made_at", "made_by_id", "mode", "nominated_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_on", "round_id", "seats", "state", "term_clause", "term_from", "term_until", "valid_votes", "version", "void_reason", "voided_on", "voted") SELECT new_values."announced_on", new_values."code", new_values."committee_on", new_values."community_id", new_values."doc_no", new_values."electorate", new_values."held_on", new_values."id", new_values."is_demo", new_values."kind", new_values."made_at", new_values."made_by_id", new_values."mode", new_values."nominated_on", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."registered_on", new_values."round_id", new_values."seats", new_values."state", new_values."term_clause", new_values."term_from", new_values."term_until", new_values."valid_votes", new_values."version", new_values."void_reason", new_values."voided_on", new_values."voted" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="8e648341ce09954dea28e9f1ec521fc7ca5c1e60",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_955f5",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="staffing_election",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="election",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_electionevent" ("announced_on", "code", "committee_on", "community_id", "doc_no", "electorate", "held_on", "id", "is_demo", "kind", "made_at", "made_by_id", "mode", "nominated_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_on", "round_id", "seats", "state", "term_clause", "term_from", "term_until", "valid_votes", "version", "void_reason", "voided_on", "voted") SELECT new_values."announced_on", new_values."code", new_values."committee_on", new_values."community_id", new_values."doc_no", new_values."electorate", new_values."held_on", new_values."id", new_values."is_demo", new_values."kind", new_values."made_at", new_values."made_by_id", new_values."mode", new_values."nominated_on", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."registered_on", new_values."round_id", new_values."seats", new_values."state", new_values."term_clause", new_values."term_from", new_values."term_until", new_values."valid_votes", new_values."version", new_values."void_reason", new_values."voided_on", new_values."voted" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9aa92031f6b0e2fa95f00bab20a97bb43f44cddd",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3691d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="staffing_election",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="election",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_electionevent" ("announced_on", "code", "committee_on", "community_id", "doc_no", "electorate", "held_on", "id", "is_demo", "kind", "made_at", "made_by_id", "mode", "nominated_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_on", "round_id", "seats", "state", "term_clause", "term_from", "term_until", "valid_votes", "version", "void_reason", "voided_on", "voted") SELECT old_values."announced_on", old_values."code", old_values."committee_on", old_values."community_id", old_values."doc_no", old_values."electorate", old_values."held_on", old_values."id", old_values."is_demo", old_values."kind", old_values."made_at", old_values."made_by_id", old_values."mode", old_values."nominated_on", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."registered_on", old_values."round_id", old_values."seats", old_values."state", old_values."term_clause", old_values."term_from", old_values."term_until", old_values."valid_votes", old_values."version", old_values."void_reason", old_values."voided_on", old_values."voted" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="361918ecf9da95e1f39653371264a617f6ca1a2c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7c94b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="staffing_election",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="electionroundevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f7cc8d340c4ecaa8bbf244a392d9a229115fa052",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6addd",
                    table="staffing_electionroundevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="extraworkers",
            index=models.Index(fields=["code", "year"], name="extraworkers_code_year"),
        ),
        migrations.AddConstraint(
            model_name="extraworkers",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "proposed", "returned", "approved"])),
                fields=("community", "year"),
                name="extraworkers_once_a_year",
                violation_error_message="这个社区这一年已经有增配申请。打开已有的",
            ),
        ),
        migrations.AddConstraint(
            model_name="extraworkers",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="extraworkers_maker_not_decider",
                violation_error_message="提出的人不能批准自己提出的事项",
            ),
        ),
        migrations.AddConstraint(
            model_name="extraworkers",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("approved", "refused")), _negated=True),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="extraworkers_decided_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extraworkers",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="7d1c6de31a9783643a9c9a31dfec87c9053c1688",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_fad1c",
                    table="staffing_extraworkers",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extraworkers",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_extraworkersevent" ("code", "community_id", "decided_at", "decided_by_id", "decision", "doc_no", "id", "is_demo", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "version", "year") SELECT new_values."code", new_values."community_id", new_values."decided_at", new_values."decided_by_id", new_values."decision", new_values."doc_no", new_values."id", new_values."is_demo", new_values."made_at", new_values."made_by_id", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."state", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f17b3ef37d83073ce11430028ea156f881ad3442",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b3ed2",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="staffing_extraworkers",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extraworkers",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_extraworkersevent" ("code", "community_id", "decided_at", "decided_by_id", "decision", "doc_no", "id", "is_demo", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "version", "year") SELECT new_values."code", new_values."community_id", new_values."decided_at", new_values."decided_by_id", new_values."decision", new_values."doc_no", new_values."id", new_values."is_demo", new_values."made_at", new_values."made_by_id", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."state", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1f273bac31de5e791e4b779f92a26964aa8061cb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0ef51",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="staffing_extraworkers",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extraworkers",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_extraworkersevent" ("code", "community_id", "decided_at", "decided_by_id", "decision", "doc_no", "id", "is_demo", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "version", "year") SELECT old_values."code", old_values."community_id", old_values."decided_at", old_values."decided_by_id", old_values."decision", old_values."doc_no", old_values."id", old_values."is_demo", old_values."made_at", old_values."made_by_id", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."state", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e9049df3eacaf6b6ba007469b31831506296a437",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_79d9b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="staffing_extraworkers",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extraworkersevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d7f1a7f6f2f761d17fdf24e13acf474bca287162",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_94ce7",
                    table="staffing_extraworkersevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payrecordevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="202f8532b0d0f3de2d4288ce6f7dd3367a7e1806",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8db6e",
                    table="staffing_payrecordevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="payrecord",
            index=models.Index(fields=["code", "year"], name="payrecord_code_year"),
        ),
        migrations.AddIndex(
            model_name="payrecord",
            index=models.Index(fields=["person", "year"], name="payrecord_person_year"),
        ),
        migrations.AddConstraint(
            model_name="payrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_month__gte", 1),
                    ("last_month__lte", 12),
                    ("first_month__lte", models.F("last_month")),
                ),
                name="payrecord_months",
                violation_error_message="截止月早于起始月。改其中一个",
            ),
        ),
        migrations.AddConstraint(
            model_name="payrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("allowance_yuan__isnull", True),
                        ("allowance_yuan__gte", 0),
                        _connector="OR",
                    ),
                    models.Q(
                        ("insurance_yuan__isnull", True),
                        ("insurance_yuan__gte", 0),
                        _connector="OR",
                    ),
                ),
                name="payrecord_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="payrecord",
            constraint=models.UniqueConstraint(
                fields=("person", "community", "year", "first_month"),
                name="payrecord_once",
                violation_error_message="这个人在本社区从这个月起的实发已经登记。打开已有的",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="3c1c0094dff3351eff671d5450023e2ef33638de",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_f5445",
                    table="staffing_payrecord",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_payrecordevent" ("allowance_yuan", "code", "community_id", "first_month", "id", "insurance_yuan", "is_demo", "last_month", "made_at", "made_by_id", "note", "pay_channel", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "year") SELECT new_values."allowance_yuan", new_values."code", new_values."community_id", new_values."first_month", new_values."id", new_values."insurance_yuan", new_values."is_demo", new_values."last_month", new_values."made_at", new_values."made_by_id", new_values."note", new_values."pay_channel", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b4dcf464e1cd7e9a93699ec440e989235a4a84ba",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_70b9b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="staffing_payrecord",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_payrecordevent" ("allowance_yuan", "code", "community_id", "first_month", "id", "insurance_yuan", "is_demo", "last_month", "made_at", "made_by_id", "note", "pay_channel", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "year") SELECT new_values."allowance_yuan", new_values."code", new_values."community_id", new_values."first_month", new_values."id", new_values."insurance_yuan", new_values."is_demo", new_values."last_month", new_values."made_at", new_values."made_by_id", new_values."note", new_values."pay_channel", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="65e366e84774a5fc1aca79731cf6a568addfa24c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9ff7c",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="staffing_payrecord",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_payrecordevent" ("allowance_yuan", "code", "community_id", "first_month", "id", "insurance_yuan", "is_demo", "last_month", "made_at", "made_by_id", "note", "pay_channel", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "year") SELECT old_values."allowance_yuan", old_values."code", old_values."community_id", old_values."first_month", old_values."id", old_values."insurance_yuan", old_values."is_demo", old_values."last_month", old_values."made_at", old_values."made_by_id", old_values."note", old_values."pay_channel", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="12d66bcb6724937ceb7f874a9a0e0eb1491f5984",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3993e",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="staffing_payrecord",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificateevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1190cf82eeb79bea67aea9f1d3e8d8e4d742dad7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3a2f9",
                    table="staffing_certificateevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["code", "expires_on"], name="certificate_code_expires"),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_on__isnull", True),
                    ("expires_on__gt", models.F("issued_on")),
                    _connector="OR",
                ),
                name="certificate_expires_after_issue",
                violation_error_message="有效期不晚于取得日期。改其中一个日期",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificate",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="4f6d68d1a0e8bfa134ce130c81d862a492f981b6",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_ba40c",
                    table="staffing_certificate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_certificateevent" ("code", "expires_on", "id", "is_demo", "issued_on", "level", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_no", "version") SELECT new_values."code", new_values."expires_on", new_values."id", new_values."is_demo", new_values."issued_on", new_values."level", new_values."name", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."registration_no", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="893429d3573e6603ca7f8e7ec63d6b35ff593b35",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9aa22",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="staffing_certificate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_certificateevent" ("code", "expires_on", "id", "is_demo", "issued_on", "level", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_no", "version") SELECT new_values."code", new_values."expires_on", new_values."id", new_values."is_demo", new_values."issued_on", new_values."level", new_values."name", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."registration_no", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="336b8fae7aa13ba2f0b1ede4aa66ae76bb2442ee",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cff28",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="staffing_certificate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_certificateevent" ("code", "expires_on", "id", "is_demo", "issued_on", "level", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_no", "version") SELECT old_values."code", old_values."expires_on", old_values."id", old_values."is_demo", old_values."issued_on", old_values."level", old_values."name", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."registration_no", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="67f0639bcc21cb2022bbdd606c41dd668d4e23de",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_06ff0",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="staffing_certificate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="candidateevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4a23fbcdad1fa8aac36408707f851889dfbc710c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5ac5d",
                    table="staffing_candidateevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(
                fields=("election", "person", "post"),
                name="candidate_once",
                violation_error_message="这个人已经是这个职务的候选人",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="candidate",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="b4217c43b0deedf95d2ed17d9afaa9433283aefa",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_067bc",
                    table="staffing_candidate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="candidate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_candidateevent" ("code", "community_id", "elected", "election_id", "id", "lives_here", "pay_channel", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "votes") SELECT new_values."code", new_values."community_id", new_values."elected", new_values."election_id", new_values."id", new_values."lives_here", new_values."pay_channel", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."post", new_values."votes" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7d4ad6d36a3162330258e893f43836165f90d910",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c793d",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="staffing_candidate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="candidate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_candidateevent" ("code", "community_id", "elected", "election_id", "id", "lives_here", "pay_channel", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "votes") SELECT new_values."code", new_values."community_id", new_values."elected", new_values."election_id", new_values."id", new_values."lives_here", new_values."pay_channel", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."post", new_values."votes" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d03424d1f03aa3937eb0d793bb87d4c757e78f45",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7990a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="staffing_candidate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="candidate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_candidateevent" ("code", "community_id", "elected", "election_id", "id", "lives_here", "pay_channel", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "votes") SELECT old_values."code", old_values."community_id", old_values."elected", old_values."election_id", old_values."id", old_values."lives_here", old_values."pay_channel", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."post", old_values."votes" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a0de499d537fbfeba49962bddc1a2bc3cc82d078",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dfb85",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="staffing_candidate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="awardevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d39990caff9ab037f9e0d521ab035fd06ff772df",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3607b",
                    table="staffing_awardevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["code", "year"], name="award_code_year"),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "refused"), _negated=True),
                fields=("person", "kind", "year"),
                name="award_once_a_year",
                violation_error_message="这个人这一年已经有这项奖励。打开已有的",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="award_maker_not_decider",
                violation_error_message="提出的人不能批准自己提出的事项",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("approved", "refused")), _negated=True),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="award_decided_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="award",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="060ab2209d805cd7c7de37bcc4097f7441fccbc0",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_bf045",
                    table="staffing_award",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="award",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_awardevent" ("code", "community_id", "decided_at", "decided_by_id", "decision", "doc_no", "id", "is_demo", "kind", "made_at", "made_by_id", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "version", "year") SELECT new_values."code", new_values."community_id", new_values."decided_at", new_values."decided_by_id", new_values."decision", new_values."doc_no", new_values."id", new_values."is_demo", new_values."kind", new_values."made_at", new_values."made_by_id", new_values."note", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."starts_on", new_values."state", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="8661a543fd40838eb6d50515a0929fcc697af417",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a1be3",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="staffing_award",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="award",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_awardevent" ("code", "community_id", "decided_at", "decided_by_id", "decision", "doc_no", "id", "is_demo", "kind", "made_at", "made_by_id", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "version", "year") SELECT new_values."code", new_values."community_id", new_values."decided_at", new_values."decided_by_id", new_values."decision", new_values."doc_no", new_values."id", new_values."is_demo", new_values."kind", new_values."made_at", new_values."made_by_id", new_values."note", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."starts_on", new_values."state", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6725fecc6c2b09b4233c6485c40b85893201ac27",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_be199",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="staffing_award",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="award",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_awardevent" ("code", "community_id", "decided_at", "decided_by_id", "decision", "doc_no", "id", "is_demo", "kind", "made_at", "made_by_id", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "version", "year") SELECT old_values."code", old_values."community_id", old_values."decided_at", old_values."decided_by_id", old_values."decision", old_values."doc_no", old_values."id", old_values."is_demo", old_values."kind", old_values."made_at", old_values."made_by_id", old_values."note", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."starts_on", old_values."state", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="dd18611bd041557e3553af35cbea822f930f3485",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fa8cf",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="staffing_award",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendanceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="893564f31dd23769e0575b1b24d12a769740d4f0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6915b",
                    table="staffing_attendanceevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="attendance",
            index=models.Index(fields=["person"], name="attendance_person_only"),
        ),
        migrations.AddIndex(
            model_name="attendance",
            index=models.Index(fields=["code"], name="attendance_code"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                fields=("course", "person"),
                name="attendance_once",
                violation_error_message="这个人已经在这次培训的名单里",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("certificate_no", ""), _negated=True),
                fields=("course", "certificate_no"),
                name="attendance_certificate_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="7a5c7b1999b971dd43a738b47e5ecc6a0156dba6",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_7aae4",
                    table="staffing_attendance",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_attendanceevent" ("attended", "certificate_no", "code", "course_id", "hours", "id", "is_demo", "made_at", "made_by_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."attended", new_values."certificate_no", new_values."code", new_values."course_id", new_values."hours", new_values."id", new_values."is_demo", new_values."made_at", new_values."made_by_id", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a4aca7121dc7d72ab965bb0ccecfc386a729704c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8c87a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="staffing_attendance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_attendanceevent" ("attended", "certificate_no", "code", "course_id", "hours", "id", "is_demo", "made_at", "made_by_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."attended", new_values."certificate_no", new_values."code", new_values."course_id", new_values."hours", new_values."id", new_values."is_demo", new_values."made_at", new_values."made_by_id", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7d3f5f77ce51e6fb409fbd19f03c7c97e14d4f5e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_74b56",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="staffing_attendance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_attendanceevent" ("attended", "certificate_no", "code", "course_id", "hours", "id", "is_demo", "made_at", "made_by_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT old_values."attended", old_values."certificate_no", old_values."code", old_values."course_id", old_values."hours", old_values."id", old_values."is_demo", old_values."made_at", old_values."made_by_id", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="1fd7ce2c2f61aff6209c4f8a088f58e71ff29dc2",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_71e2d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="staffing_attendance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="16e84280f2eae8e0c9720c6a11253bb81850e525",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e9634",
                    table="staffing_personevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="quotaplan",
            constraint=models.UniqueConstraint(
                fields=("code", "year"), name="quotaplan_once_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="quotaplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9]{6}$")), name="quotaplan_code_shape"
            ),
        ),
        migrations.AddConstraint(
            model_name="quotaplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="quotaplan_maker_not_decider",
                violation_error_message="提出的人不能批准自己提出的事项",
            ),
        ),
        migrations.AddConstraint(
            model_name="quotaplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("approved", "refused")), _negated=True),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="quotaplan_decided_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quotaplan",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="16119e09c389a292d59ea4354a2ad33b3de83647",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_a6aef",
                    table="staffing_quotaplan",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quotaplan",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_quotaplanevent" ("clause", "code", "decided_at", "decided_by_id", "decision", "doc_no", "id", "is_demo", "least", "made_at", "made_by_id", "most", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "total", "version", "year") SELECT new_values."clause", new_values."code", new_values."decided_at", new_values."decided_by_id", new_values."decision", new_values."doc_no", new_values."id", new_values."is_demo", new_values."least", new_values."made_at", new_values."made_by_id", new_values."most", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."state", new_values."total", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0d7ea6a553b1c9f733e0a22e42981990c61c8071",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d0ecf",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="staffing_quotaplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quotaplan",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_quotaplanevent" ("clause", "code", "decided_at", "decided_by_id", "decision", "doc_no", "id", "is_demo", "least", "made_at", "made_by_id", "most", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "total", "version", "year") SELECT new_values."clause", new_values."code", new_values."decided_at", new_values."decided_by_id", new_values."decision", new_values."doc_no", new_values."id", new_values."is_demo", new_values."least", new_values."made_at", new_values."made_by_id", new_values."most", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."state", new_values."total", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2468268df55c950178c5d75f8a9a6f5b42085f8d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_785ff",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="staffing_quotaplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quotaplan",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_quotaplanevent" ("clause", "code", "decided_at", "decided_by_id", "decision", "doc_no", "id", "is_demo", "least", "made_at", "made_by_id", "most", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "total", "version", "year") SELECT old_values."clause", old_values."code", old_values."decided_at", old_values."decided_by_id", old_values."decision", old_values."doc_no", old_values."id", old_values."is_demo", old_values."least", old_values."made_at", old_values."made_by_id", old_values."most", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."state", old_values."total", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3cc3bf33bd3c41ef1e6ac9b0d10d695a34d31236",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_17e6d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="staffing_quotaplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quotalineevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="75251b12db9d2e0849db3bdf070f7b688c814631",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_7f20a",
                    table="staffing_quotalineevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="quotaline",
            index=models.Index(fields=["code"], name="quotaline_code"),
        ),
        migrations.AddConstraint(
            model_name="quotaline",
            constraint=models.UniqueConstraint(fields=("plan", "community"), name="quotaline_once"),
        ),
        migrations.AddConstraint(
            model_name="quotaline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shift", 0), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="quotaline_shift_has_a_reason",
                violation_error_message="调整了名额，写明理由",
            ),
        ),
        migrations.AddConstraint(
            model_name="quotaline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "computed__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.Value(0), "-", models.F("shift")
                        ),
                    )
                ),
                name="quotaline_not_negative",
                violation_error_message="调整后少于0人。改小调减的人数",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quotaline",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="552284c07f288e6186e8f4f838870e80a64066de",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_67f98",
                    table="staffing_quotaline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quotaline",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_quotalineevent" ("code", "community_id", "computed", "households", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reason", "shift") SELECT new_values."code", new_values."community_id", new_values."computed", new_values."households", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_id", new_values."reason", new_values."shift" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="27f634090aba6ac88749e9ec469f64e11bfb656d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_656d5",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="staffing_quotaline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quotaline",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_quotalineevent" ("code", "community_id", "computed", "households", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reason", "shift") SELECT new_values."code", new_values."community_id", new_values."computed", new_values."households", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_id", new_values."reason", new_values."shift" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2b6282360b08b07e6a6af887cac8aad4de924aba",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ee5b0",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="staffing_quotaline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quotaline",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_quotalineevent" ("code", "community_id", "computed", "households", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reason", "shift") SELECT old_values."code", old_values."community_id", old_values."computed", old_values."households", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id", old_values."reason", old_values."shift" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f53dd0d0eb66cce639c871c9ccc155e530b68c94",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fccc4",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="staffing_quotaline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quotaplanevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c5a4aa168ad3a49712661195cadfad6953cf39e6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_cacc2",
                    table="staffing_quotaplanevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="staffact",
            index=models.Index(fields=["code", "-on"], name="staffact_code_on"),
        ),
        migrations.AddIndex(
            model_name="staffact",
            index=models.Index(fields=["person", "-on"], name="staffact_person_on"),
        ),
        migrations.AddConstraint(
            model_name="staffact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checked_by__isnull", True),
                    models.Q(("checked_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="staffact_maker_not_checker",
                violation_error_message="登记的人不能核对自己的登记",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checked_at__isnull", True), ("checked_by__isnull", True)),
                    models.Q(("checked_at__isnull", False), ("checked_by__isnull", False)),
                    _connector="OR",
                ),
                name="staffact_checked_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staffact",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="5998dbefb225bfa3d08cbee0d570a6c2790cb25f",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_e349f",
                    table="staffing_staffact",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staffact",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_staffactevent" ("checked_at", "checked_by_id", "code", "community_id", "doc_no", "election_id", "id", "is_demo", "kind", "leave_reason", "made_at", "made_by_id", "note", "on", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."checked_at", new_values."checked_by_id", new_values."code", new_values."community_id", new_values."doc_no", new_values."election_id", new_values."id", new_values."is_demo", new_values."kind", new_values."leave_reason", new_values."made_at", new_values."made_by_id", new_values."note", new_values."on", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d6d5091a2a72ba8d2706679be68051148126710a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_58bc3",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="staffing_staffact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staffact",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_staffactevent" ("checked_at", "checked_by_id", "code", "community_id", "doc_no", "election_id", "id", "is_demo", "kind", "leave_reason", "made_at", "made_by_id", "note", "on", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."checked_at", new_values."checked_by_id", new_values."code", new_values."community_id", new_values."doc_no", new_values."election_id", new_values."id", new_values."is_demo", new_values."kind", new_values."leave_reason", new_values."made_at", new_values."made_by_id", new_values."note", new_values."on", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0dafa45396898d19232c02580700552ec9b6e9e0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a903b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="staffing_staffact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staffact",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_staffactevent" ("checked_at", "checked_by_id", "code", "community_id", "doc_no", "election_id", "id", "is_demo", "kind", "leave_reason", "made_at", "made_by_id", "note", "on", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT old_values."checked_at", old_values."checked_by_id", old_values."code", old_values."community_id", old_values."doc_no", old_values."election_id", old_values."id", old_values."is_demo", old_values."kind", old_values."leave_reason", old_values."made_at", old_values."made_by_id", old_values."note", old_values."on", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="713d9d1a3af548f639a1eb649ef2c56490ddb5a9",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d3094",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="staffing_staffact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointmentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4f58442820784ca982a8eed38a9a995ee4618f1c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_cc061",
                    table="staffing_appointmentevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(fields=["code", "valid_from"], name="appointment_code_from"),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(fields=["person", "valid_from"], name="appointment_person_from"),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_until__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="appointment_days_ordered",
                violation_error_message="“到何日止”不晚于“自何日起”。改其中一个日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_until__isnull", True)),
                fields=("person", "community", "post"),
                name="appointment_post_once",
                violation_error_message="这个人在本社区已经任这个职务。打开已有的登记",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("post__in", ("secretary", "director", "supervision_head")),
                    ("valid_until__isnull", True),
                ),
                fields=("community", "post"),
                name="appointment_single_post_once",
                violation_error_message="这个职务现在有人担任。先登记他离任，再登记新任",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointment",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="757f801285e97915aa8cb3eb159f78cf02602157",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_e9862",
                    table="staffing_appointment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_appointmentevent" ("basis", "begun_by_id", "code", "community_id", "election_id", "ended_by_id", "grade", "id", "identity", "is_demo", "lives_here", "pay_channel", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "valid_from", "valid_until", "version") SELECT new_values."basis", new_values."begun_by_id", new_values."code", new_values."community_id", new_values."election_id", new_values."ended_by_id", new_values."grade", new_values."id", new_values."identity", new_values."is_demo", new_values."lives_here", new_values."pay_channel", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."post", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="775ae7363d2acbe51488be747dece036895b588b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_93b47",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="staffing_appointment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_appointmentevent" ("basis", "begun_by_id", "code", "community_id", "election_id", "ended_by_id", "grade", "id", "identity", "is_demo", "lives_here", "pay_channel", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "valid_from", "valid_until", "version") SELECT new_values."basis", new_values."begun_by_id", new_values."code", new_values."community_id", new_values."election_id", new_values."ended_by_id", new_values."grade", new_values."id", new_values."identity", new_values."is_demo", new_values."lives_here", new_values."pay_channel", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."post", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6515600569ad9ea5a4d02f58482dac1bd532725b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_055ab",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="staffing_appointment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "staffing_appointmentevent" ("basis", "begun_by_id", "code", "community_id", "election_id", "ended_by_id", "grade", "id", "identity", "is_demo", "lives_here", "pay_channel", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "valid_from", "valid_until", "version") SELECT old_values."basis", old_values."begun_by_id", old_values."code", old_values."community_id", old_values."election_id", old_values."ended_by_id", old_values."grade", old_values."id", old_values."identity", old_values."is_demo", old_values."lives_here", old_values."pay_channel", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."post", old_values."valid_from", old_values."valid_until", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b532aad6fe17c6378125aa304a4eb958914e7e92",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dc0b0",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="staffing_appointment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staffactevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cef072d1f0d4fc7e36259b6f6efa573c5cfb8c26",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0bcdd",
                    table="staffing_staffactevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="staffpapercontent",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="communities.community",
                verbose_name="社区",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffpaper",
            constraint=models.UniqueConstraint(
                fields=("act", "sha256"),
                name="staffpaper_once",
                violation_error_message="这份材料已经上传了",
            ),
        ),
    ]
