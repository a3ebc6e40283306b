"""Estates, buildings, meetings, grids, organisations, archive entries and contacts."""

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0007_register_columns"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactEvent",
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
                    "duty",
                    models.CharField(
                        help_text="如：社区党组织书记、包保责任人",
                        max_length=32,
                        verbose_name="职务",
                    ),
                ),
                ("name", models.CharField(max_length=32, verbose_name="姓名")),
                ("office", models.CharField(blank=True, max_length=64, verbose_name="单位")),
                (
                    "office_phone",
                    models.CharField(blank=True, max_length=20, verbose_name="办公电话"),
                ),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="到何日止")),
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
            name="Estate",
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
                ("name", models.CharField(max_length=64, verbose_name="小区名称")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("commercial", "商品住宅"),
                            ("employer", "单位住宅"),
                            ("bankrupt", "破产企业住宅"),
                            ("converted", "村改居"),
                            ("mixed", "混合"),
                        ],
                        max_length=10,
                        verbose_name="小区类型",
                    ),
                ),
                (
                    "is_new",
                    models.BooleanField(
                        blank=True,
                        help_text="新建住宅区或旧城区连片改造填是",
                        null=True,
                        verbose_name="新建住宅区",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="坐落")),
                (
                    "built_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1900),
                            django.core.validators.MaxValueValidator(2199),
                        ],
                        verbose_name="建成年份",
                    ),
                ),
                (
                    "building_count",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(9999)],
                        verbose_name="楼栋数",
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
                    "dwellings",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="住宅套数",
                    ),
                ),
                (
                    "completed_dwellings",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="已竣工住宅套数",
                    ),
                ),
                (
                    "occupied_dwellings",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="已入住住宅套数",
                    ),
                ),
                (
                    "households",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="户数",
                    ),
                ),
                (
                    "management",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("company", "物业服务企业"),
                            ("association", "物业协会或自治管理"),
                            ("none", "无物业"),
                        ],
                        max_length=11,
                        verbose_name="物业",
                    ),
                ),
                (
                    "management_name",
                    models.CharField(blank=True, max_length=64, verbose_name="物业服务企业名称"),
                ),
                (
                    "has_party_branch",
                    models.BooleanField(blank=True, null=True, verbose_name="小区党支部"),
                ),
                (
                    "has_residents_group",
                    models.BooleanField(blank=True, null=True, verbose_name="居民小组"),
                ),
                (
                    "has_owners_committee",
                    models.BooleanField(blank=True, null=True, verbose_name="业主委员会"),
                ),
            ],
            options={
                "verbose_name": "小区",
                "verbose_name_plural": "小区",
                "ordering": ["code", "name"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="EstateEvent",
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
                ("name", models.CharField(max_length=64, verbose_name="小区名称")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("commercial", "商品住宅"),
                            ("employer", "单位住宅"),
                            ("bankrupt", "破产企业住宅"),
                            ("converted", "村改居"),
                            ("mixed", "混合"),
                        ],
                        max_length=10,
                        verbose_name="小区类型",
                    ),
                ),
                (
                    "is_new",
                    models.BooleanField(
                        blank=True,
                        help_text="新建住宅区或旧城区连片改造填是",
                        null=True,
                        verbose_name="新建住宅区",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="坐落")),
                (
                    "built_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1900),
                            django.core.validators.MaxValueValidator(2199),
                        ],
                        verbose_name="建成年份",
                    ),
                ),
                (
                    "building_count",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(9999)],
                        verbose_name="楼栋数",
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
                    "dwellings",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="住宅套数",
                    ),
                ),
                (
                    "completed_dwellings",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="已竣工住宅套数",
                    ),
                ),
                (
                    "occupied_dwellings",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="已入住住宅套数",
                    ),
                ),
                (
                    "households",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="户数",
                    ),
                ),
                (
                    "management",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("company", "物业服务企业"),
                            ("association", "物业协会或自治管理"),
                            ("none", "无物业"),
                        ],
                        max_length=11,
                        verbose_name="物业",
                    ),
                ),
                (
                    "management_name",
                    models.CharField(blank=True, max_length=64, verbose_name="物业服务企业名称"),
                ),
                (
                    "has_party_branch",
                    models.BooleanField(blank=True, null=True, verbose_name="小区党支部"),
                ),
                (
                    "has_residents_group",
                    models.BooleanField(blank=True, null=True, verbose_name="居民小组"),
                ),
                (
                    "has_owners_committee",
                    models.BooleanField(blank=True, null=True, verbose_name="业主委员会"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EstateMeeting",
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
                ("held_on", models.DateField(verbose_name="召开日期")),
                ("subject", models.CharField(max_length=100, verbose_name="议题")),
                (
                    "attended_by",
                    models.CharField(
                        help_text="写单位和职务，不写居民姓名",
                        max_length=200,
                        verbose_name="参加单位",
                    ),
                ),
                (
                    "decided",
                    models.TextField(
                        help_text="不写居民姓名", max_length=2000, verbose_name="议定事项"
                    ),
                ),
            ],
            options={
                "verbose_name": "联席会议",
                "verbose_name_plural": "联席会议",
                "ordering": ["-held_on", "-id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="EstateMeetingEvent",
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
                ("held_on", models.DateField(verbose_name="召开日期")),
                ("subject", models.CharField(max_length=100, verbose_name="议题")),
                (
                    "attended_by",
                    models.CharField(
                        help_text="写单位和职务，不写居民姓名",
                        max_length=200,
                        verbose_name="参加单位",
                    ),
                ),
                (
                    "decided",
                    models.TextField(
                        help_text="不写居民姓名", max_length=2000, verbose_name="议定事项"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Grid",
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
                    models.CharField(help_text="如：第一网格", max_length=32, verbose_name="网格"),
                ),
                ("number", models.CharField(blank=True, max_length=20, verbose_name="编号")),
                (
                    "extent",
                    models.CharField(
                        blank=True,
                        help_text="小区、楼栋或道路",
                        max_length=200,
                        verbose_name="范围",
                    ),
                ),
                (
                    "households",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999)],
                        verbose_name="户数",
                    ),
                ),
                ("worker", models.CharField(blank=True, max_length=32, verbose_name="网格员")),
            ],
            options={
                "verbose_name": "网格",
                "verbose_name_plural": "网格",
                "ordering": ["code", "number", "name"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="GridEvent",
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
                    models.CharField(help_text="如：第一网格", max_length=32, verbose_name="网格"),
                ),
                ("number", models.CharField(blank=True, max_length=20, verbose_name="编号")),
                (
                    "extent",
                    models.CharField(
                        blank=True,
                        help_text="小区、楼栋或道路",
                        max_length=200,
                        verbose_name="范围",
                    ),
                ),
                (
                    "households",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999)],
                        verbose_name="户数",
                    ),
                ),
                ("worker", models.CharField(blank=True, max_length=32, verbose_name="网格员")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Organisation",
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
                        choices=[
                            ("party", "社区党组织"),
                            ("residents_committee", "居民委员会"),
                            ("supervision_committee", "居务监督委员会"),
                            ("mediation", "人民调解委员会"),
                            ("security", "治安保卫委员会"),
                            ("public_health", "公共卫生委员会"),
                            ("family_planning", "计划生育委员会"),
                            ("culture", "文化教育委员会"),
                            ("other_sub_committee", "其他下属委员会"),
                            ("residents_group", "居民小组"),
                            ("social", "社区社会组织"),
                        ],
                        max_length=21,
                        verbose_name="组织类别",
                    ),
                ),
                ("name", models.CharField(max_length=64, verbose_name="组织名称")),
                (
                    "registration_no",
                    models.CharField(blank=True, max_length=64, verbose_name="登记（备案）号"),
                ),
                ("set_up_on", models.DateField(blank=True, null=True, verbose_name="成立日期")),
                (
                    "set_up_doc_no",
                    models.CharField(blank=True, max_length=64, verbose_name="批准文号"),
                ),
                ("leader", models.CharField(blank=True, max_length=32, verbose_name="负责人")),
                (
                    "members",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(9999)],
                        verbose_name="成员人数",
                    ),
                ),
                (
                    "term_ends_on",
                    models.DateField(blank=True, null=True, verbose_name="本届任期到"),
                ),
            ],
            options={
                "verbose_name": "组织",
                "verbose_name_plural": "组织",
                "ordering": ["code", "kind", "name"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OrganisationEvent",
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
                        choices=[
                            ("party", "社区党组织"),
                            ("residents_committee", "居民委员会"),
                            ("supervision_committee", "居务监督委员会"),
                            ("mediation", "人民调解委员会"),
                            ("security", "治安保卫委员会"),
                            ("public_health", "公共卫生委员会"),
                            ("family_planning", "计划生育委员会"),
                            ("culture", "文化教育委员会"),
                            ("other_sub_committee", "其他下属委员会"),
                            ("residents_group", "居民小组"),
                            ("social", "社区社会组织"),
                        ],
                        max_length=21,
                        verbose_name="组织类别",
                    ),
                ),
                ("name", models.CharField(max_length=64, verbose_name="组织名称")),
                (
                    "registration_no",
                    models.CharField(blank=True, max_length=64, verbose_name="登记（备案）号"),
                ),
                ("set_up_on", models.DateField(blank=True, null=True, verbose_name="成立日期")),
                (
                    "set_up_doc_no",
                    models.CharField(blank=True, max_length=64, verbose_name="批准文号"),
                ),
                ("leader", models.CharField(blank=True, max_length=32, verbose_name="负责人")),
                (
                    "members",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(9999)],
                        verbose_name="成员人数",
                    ),
                ),
                (
                    "term_ends_on",
                    models.DateField(blank=True, null=True, verbose_name="本届任期到"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ArchiveEntry",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("activity", "社区活动"),
                            ("social_organisation", "社会组织活动"),
                            ("meeting", "居民会议或代表会议"),
                            ("other", "其他"),
                        ],
                        max_length=19,
                        verbose_name="类别",
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="题名")),
                ("happened_on", models.DateField(verbose_name="日期")),
                ("organiser", models.CharField(blank=True, max_length=64, verbose_name="主办")),
                (
                    "attendance",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(999999)],
                        verbose_name="参加人次",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        help_text="不写居民姓名和证件号",
                        max_length=4000,
                        verbose_name="内容",
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
                "verbose_name": "电子档案",
                "verbose_name_plural": "电子档案",
                "ordering": ["-happened_on", "-id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ArchiveEntryEvent",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("activity", "社区活动"),
                            ("social_organisation", "社会组织活动"),
                            ("meeting", "居民会议或代表会议"),
                            ("other", "其他"),
                        ],
                        max_length=19,
                        verbose_name="类别",
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="题名")),
                ("happened_on", models.DateField(verbose_name="日期")),
                ("organiser", models.CharField(blank=True, max_length=64, verbose_name="主办")),
                (
                    "attendance",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(999999)],
                        verbose_name="参加人次",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        help_text="不写居民姓名和证件号",
                        max_length=4000,
                        verbose_name="内容",
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
                        to="communities.archiveentry",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Building",
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
                    models.CharField(help_text="如：3号楼", max_length=32, verbose_name="楼栋"),
                ),
                (
                    "units",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99)],
                        verbose_name="单元数",
                    ),
                ),
                (
                    "floors",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(199)],
                        verbose_name="层数",
                    ),
                ),
                (
                    "households",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999)],
                        verbose_name="户数",
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
                "verbose_name": "楼栋",
                "verbose_name_plural": "楼栋",
                "ordering": ["estate_id", "name"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BuildingEvent",
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
                    models.CharField(help_text="如：3号楼", max_length=32, verbose_name="楼栋"),
                ),
                (
                    "units",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99)],
                        verbose_name="单元数",
                    ),
                ),
                (
                    "floors",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(199)],
                        verbose_name="层数",
                    ),
                ),
                (
                    "households",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999)],
                        verbose_name="户数",
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
                        to="communities.building",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Contact",
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
                    "duty",
                    models.CharField(
                        help_text="如：社区党组织书记、包保责任人",
                        max_length=32,
                        verbose_name="职务",
                    ),
                ),
                ("name", models.CharField(max_length=32, verbose_name="姓名")),
                ("office", models.CharField(blank=True, max_length=64, verbose_name="单位")),
                (
                    "office_phone",
                    models.CharField(blank=True, max_length=20, verbose_name="办公电话"),
                ),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="到何日止")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
            ],
            options={
                "verbose_name": "责任人",
                "verbose_name_plural": "责任人",
                "ordering": ["code", "id"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["code"], name="contact_code")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="09c91d0dc0e5df0b9d19e6ebde530cb169474a2d",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_3aa23",
                    table="communities_contact",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_contactevent" ("code", "duty", "id", "name", "office", "office_phone", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_until", "version") SELECT new_values."code", new_values."duty", new_values."id", new_values."name", new_values."office", new_values."office_phone", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2dfd4fa8a6dfaf727279cab15fb698634f5791d9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0d9e6",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="communities_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_contactevent" ("code", "duty", "id", "name", "office", "office_phone", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_until", "version") SELECT new_values."code", new_values."duty", new_values."id", new_values."name", new_values."office", new_values."office_phone", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="265eecd5e5819ff224992c8ad02432fd9710a3eb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c30d8",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="communities_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_contactevent" ("code", "duty", "id", "name", "office", "office_phone", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_until", "version") SELECT old_values."code", old_values."duty", old_values."id", old_values."name", old_values."office", old_values."office_phone", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."valid_until", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0de78465631dbce5e8fd6e1a9f481e03fd497557",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e37d7",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="communities_contact",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
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
            model_name="contactevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="communities.contact",
            ),
        ),
        migrations.AddField(
            model_name="estate",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to="communities.community",
                verbose_name="社区",
            ),
        ),
        migrations.AddField(
            model_name="buildingevent",
            name="estate",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="communities.estate",
                verbose_name="小区",
            ),
        ),
        migrations.AddField(
            model_name="building",
            name="estate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="buildings",
                to="communities.estate",
                verbose_name="小区",
            ),
        ),
        migrations.AddField(
            model_name="estateevent",
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
            model_name="estateevent",
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
            model_name="estateevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="communities.estate",
            ),
        ),
        migrations.AddField(
            model_name="estatemeeting",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to="communities.community",
                verbose_name="社区",
            ),
        ),
        migrations.AddField(
            model_name="estatemeeting",
            name="estate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="communities.estate",
                verbose_name="小区",
            ),
        ),
        migrations.AddField(
            model_name="estatemeetingevent",
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
            model_name="estatemeetingevent",
            name="estate",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="communities.estate",
                verbose_name="小区",
            ),
        ),
        migrations.AddField(
            model_name="estatemeetingevent",
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
            model_name="estatemeetingevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="communities.estatemeeting",
            ),
        ),
        migrations.AddField(
            model_name="grid",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to="communities.community",
                verbose_name="社区",
            ),
        ),
        migrations.AddField(
            model_name="gridevent",
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
            model_name="gridevent",
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
            model_name="gridevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="communities.grid",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to="communities.community",
                verbose_name="社区",
            ),
        ),
        migrations.AddField(
            model_name="organisationevent",
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
            model_name="organisationevent",
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
            model_name="organisationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="communities.organisation",
            ),
        ),
        migrations.AddIndex(
            model_name="archiveentry",
            index=models.Index(fields=["code"], name="archiveentry_code"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="archiveentry",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="0b6e6985677bd03557c260164873d0db3b386039",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_5341f",
                    table="communities_archiveentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="archiveentry",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_archiveentryevent" ("attendance", "code", "community_id", "happened_on", "id", "is_demo", "kind", "organiser", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "text", "title", "version") SELECT new_values."attendance", new_values."code", new_values."community_id", new_values."happened_on", new_values."id", new_values."is_demo", new_values."kind", new_values."organiser", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."remarks", new_values."text", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9c31e3ad1a8252c41a197a32e41badb360c944c9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c3b75",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="communities_archiveentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="archiveentry",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_archiveentryevent" ("attendance", "code", "community_id", "happened_on", "id", "is_demo", "kind", "organiser", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "text", "title", "version") SELECT new_values."attendance", new_values."code", new_values."community_id", new_values."happened_on", new_values."id", new_values."is_demo", new_values."kind", new_values."organiser", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."remarks", new_values."text", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ab4c6b558806d4052eec3e226b0997273dd91100",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d5917",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="communities_archiveentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="archiveentry",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_archiveentryevent" ("attendance", "code", "community_id", "happened_on", "id", "is_demo", "kind", "organiser", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "text", "title", "version") SELECT old_values."attendance", old_values."code", old_values."community_id", old_values."happened_on", old_values."id", old_values."is_demo", old_values."kind", old_values."organiser", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."remarks", old_values."text", old_values."title", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6b9130bbe329692ca11db479ac00c67f574e463e",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2f177",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="communities_archiveentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="archiveentryevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="db69f57bd11f7397a49ea784f5ea5ea744705910",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_39073",
                    table="communities_archiveentryevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7a553be297059ef7cede4b42023abea8ebc853ac",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8f58e",
                    table="communities_contactevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="estate",
            index=models.Index(fields=["code"], name="estate_code"),
        ),
        migrations.AddIndex(
            model_name="estate",
            index=models.Index(fields=["name"], name="estate_name"),
        ),
        migrations.AddConstraint(
            model_name="estate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_until__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="estate_days_ordered",
                violation_error_message="“到何日止”不晚于“自何日起”。改其中一个日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="estate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_until__isnull", True)),
                fields=("community", "name"),
                name="estate_name_once",
                violation_error_message="这个社区已经有同名的小区。改名称，或打开已有的修改",
            ),
        ),
        migrations.AddConstraint(
            model_name="estate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("completed_dwellings__isnull", True),
                    ("dwellings__isnull", True),
                    ("completed_dwellings__lte", models.F("dwellings")),
                    _connector="OR",
                ),
                name="estate_completed_within_dwellings",
                violation_error_message="已竣工住宅套数多于住宅套数。改其中一个",
            ),
        ),
        migrations.AddConstraint(
            model_name="estate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("occupied_dwellings__isnull", True),
                    ("completed_dwellings__isnull", True),
                    ("occupied_dwellings__lte", models.F("completed_dwellings")),
                    _connector="OR",
                ),
                name="estate_occupied_within_completed",
                violation_error_message="已入住住宅套数多于已竣工套数。改其中一个",
            ),
        ),
        migrations.AddConstraint(
            model_name="estate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gross_floor_area_m2__isnull", True),
                    ("gross_floor_area_m2__gte", 0),
                    _connector="OR",
                ),
                name="estate_area_not_negative",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="estate",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="67aa28ee93d81f0215622bd4e678b04fe7e2cdd0",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_6515d",
                    table="communities_estate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="estate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_estateevent" ("address", "building_count", "built_year", "code", "community_id", "completed_dwellings", "dwellings", "gross_floor_area_m2", "has_owners_committee", "has_party_branch", "has_residents_group", "households", "id", "is_demo", "is_new", "kind", "management", "management_name", "name", "occupied_dwellings", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "valid_from", "valid_until", "version") SELECT new_values."address", new_values."building_count", new_values."built_year", new_values."code", new_values."community_id", new_values."completed_dwellings", new_values."dwellings", new_values."gross_floor_area_m2", new_values."has_owners_committee", new_values."has_party_branch", new_values."has_residents_group", new_values."households", new_values."id", new_values."is_demo", new_values."is_new", new_values."kind", new_values."management", new_values."management_name", new_values."name", new_values."occupied_dwellings", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."remarks", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e53a7010a07deb6d8c0f6bcb7ef6a4a6c0f05669",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1f676",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="communities_estate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="estate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_estateevent" ("address", "building_count", "built_year", "code", "community_id", "completed_dwellings", "dwellings", "gross_floor_area_m2", "has_owners_committee", "has_party_branch", "has_residents_group", "households", "id", "is_demo", "is_new", "kind", "management", "management_name", "name", "occupied_dwellings", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "valid_from", "valid_until", "version") SELECT new_values."address", new_values."building_count", new_values."built_year", new_values."code", new_values."community_id", new_values."completed_dwellings", new_values."dwellings", new_values."gross_floor_area_m2", new_values."has_owners_committee", new_values."has_party_branch", new_values."has_residents_group", new_values."households", new_values."id", new_values."is_demo", new_values."is_new", new_values."kind", new_values."management", new_values."management_name", new_values."name", new_values."occupied_dwellings", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."remarks", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3af8b654c04a2947065e11b93ca4572552640123",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_80446",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="communities_estate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="estate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_estateevent" ("address", "building_count", "built_year", "code", "community_id", "completed_dwellings", "dwellings", "gross_floor_area_m2", "has_owners_committee", "has_party_branch", "has_residents_group", "households", "id", "is_demo", "is_new", "kind", "management", "management_name", "name", "occupied_dwellings", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "valid_from", "valid_until", "version") SELECT old_values."address", old_values."building_count", old_values."built_year", old_values."code", old_values."community_id", old_values."completed_dwellings", old_values."dwellings", old_values."gross_floor_area_m2", old_values."has_owners_committee", old_values."has_party_branch", old_values."has_residents_group", old_values."households", old_values."id", old_values."is_demo", old_values."is_new", old_values."kind", old_values."management", old_values."management_name", old_values."name", old_values."occupied_dwellings", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."remarks", old_values."valid_from", old_values."valid_until", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4c8a0875f7232218aec867645b5110e63041983e",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3601a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="communities_estate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="buildingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1208c8e18bd6c985fb823fec43753aa823fd689a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b23dd",
                    table="communities_buildingevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="building",
            index=models.Index(fields=["code"], name="building_code"),
        ),
        migrations.AddConstraint(
            model_name="building",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_until__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="building_days_ordered",
                violation_error_message="“到何日止”不晚于“自何日起”。改其中一个日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="building",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_until__isnull", True)),
                fields=("estate", "name"),
                name="building_name_once",
                violation_error_message="这个小区已经有同名的楼栋。改名称，或打开已有的修改",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="building",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="712db6c590382961a2b1c2455d9d404c70ca0fb3",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_a3bde",
                    table="communities_building",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="building",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_buildingevent" ("code", "community_id", "estate_id", "floors", "households", "id", "is_demo", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "units", "valid_from", "valid_until", "version") SELECT new_values."code", new_values."community_id", new_values."estate_id", new_values."floors", new_values."households", new_values."id", new_values."is_demo", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."remarks", new_values."units", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f0b228c6bfcdad9cfc7894cbef733847cd98df00",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3825d",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="communities_building",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="building",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_buildingevent" ("code", "community_id", "estate_id", "floors", "households", "id", "is_demo", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "units", "valid_from", "valid_until", "version") SELECT new_values."code", new_values."community_id", new_values."estate_id", new_values."floors", new_values."households", new_values."id", new_values."is_demo", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."remarks", new_values."units", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e0f9751db135d4e1ccbbcec6cda65dbd53d043ff",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b3ceb",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="communities_building",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="building",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_buildingevent" ("code", "community_id", "estate_id", "floors", "households", "id", "is_demo", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "units", "valid_from", "valid_until", "version") SELECT old_values."code", old_values."community_id", old_values."estate_id", old_values."floors", old_values."households", old_values."id", old_values."is_demo", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."remarks", old_values."units", old_values."valid_from", old_values."valid_until", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c9c342531dabcdb337a1dd7c90634487f10a4c47",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_49845",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="communities_building",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="estateevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="10c3c384b38a6556caa07be2c1e0c2ab67929eba",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f4892",
                    table="communities_estateevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="estatemeeting",
            index=models.Index(fields=["code"], name="estatemeeting_code"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="estatemeeting",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="795e58dd04b4d5e57b9c673975819be029b2e516",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_aa96d",
                    table="communities_estatemeeting",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="estatemeeting",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_estatemeetingevent" ("attended_by", "code", "community_id", "decided", "estate_id", "held_on", "id", "is_demo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "subject", "version") SELECT new_values."attended_by", new_values."code", new_values."community_id", new_values."decided", new_values."estate_id", new_values."held_on", new_values."id", new_values."is_demo", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."remarks", new_values."subject", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="32d64baac57bc99c3e799a69cfa1c1f0ccabf932",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b6ada",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="communities_estatemeeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="estatemeeting",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_estatemeetingevent" ("attended_by", "code", "community_id", "decided", "estate_id", "held_on", "id", "is_demo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "subject", "version") SELECT new_values."attended_by", new_values."code", new_values."community_id", new_values."decided", new_values."estate_id", new_values."held_on", new_values."id", new_values."is_demo", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."remarks", new_values."subject", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1efcf86dde642cbf356aff9a93059457afe2faef",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bc2d5",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="communities_estatemeeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="estatemeeting",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_estatemeetingevent" ("attended_by", "code", "community_id", "decided", "estate_id", "held_on", "id", "is_demo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "subject", "version") SELECT old_values."attended_by", old_values."code", old_values."community_id", old_values."decided", old_values."estate_id", old_values."held_on", old_values."id", old_values."is_demo", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."remarks", old_values."subject", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="01cb3e9dba03249a79c64300b43b49abd8e3beb8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b290b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="communities_estatemeeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="estatemeetingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="602513c37e824395c31fde788ea8d06392f7e68d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_7eb63",
                    table="communities_estatemeetingevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="grid",
            index=models.Index(fields=["code"], name="grid_code"),
        ),
        migrations.AddConstraint(
            model_name="grid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_until__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="grid_days_ordered",
                violation_error_message="“到何日止”不晚于“自何日起”。改其中一个日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="grid",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_until__isnull", True)),
                fields=("community", "name"),
                name="grid_name_once",
                violation_error_message="这个社区已经有同名的网格。改名称，或打开已有的修改",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grid",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="f1ca2a40d122cdb216a08d36f6f68b9d47dfc601",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_1a467",
                    table="communities_grid",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grid",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_gridevent" ("code", "community_id", "extent", "households", "id", "is_demo", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "valid_from", "valid_until", "version", "worker") SELECT new_values."code", new_values."community_id", new_values."extent", new_values."households", new_values."id", new_values."is_demo", new_values."name", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."remarks", new_values."valid_from", new_values."valid_until", new_values."version", new_values."worker" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b667de1a219312ed6b5a0058827e1e601ac607dc",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_068fa",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="communities_grid",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grid",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_gridevent" ("code", "community_id", "extent", "households", "id", "is_demo", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "valid_from", "valid_until", "version", "worker") SELECT new_values."code", new_values."community_id", new_values."extent", new_values."households", new_values."id", new_values."is_demo", new_values."name", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."remarks", new_values."valid_from", new_values."valid_until", new_values."version", new_values."worker" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="108a351cc00b4fc16d325c4f6a19bce388a3ea1d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b4673",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="communities_grid",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grid",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_gridevent" ("code", "community_id", "extent", "households", "id", "is_demo", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "valid_from", "valid_until", "version", "worker") SELECT old_values."code", old_values."community_id", old_values."extent", old_values."households", old_values."id", old_values."is_demo", old_values."name", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."remarks", old_values."valid_from", old_values."valid_until", old_values."version", old_values."worker" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ca7f3313735b1dcf709a0b500d38ab1521d70711",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b026b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="communities_grid",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gridevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9d54f156dfa03a2248f99625a8c8be886ac65757",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_fbdbe",
                    table="communities_gridevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["code"], name="organisation_code"),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_until__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="organisation_days_ordered",
                violation_error_message="“到何日止”不晚于“自何日起”。改其中一个日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "residents_committee"), ("valid_until__isnull", True)),
                fields=("community",),
                name="residents_committee_once",
                violation_error_message="一个社区只设一个居民委员会，已经登记了。打开已有的修改",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_until__isnull", True)),
                fields=("community", "kind", "name"),
                name="organisation_name_once",
                violation_error_message="这个社区已经有同类同名的组织。改名称，或打开已有的修改",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="afbd65401ba37205642c5f4632443c494a6923ec",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_81a58",
                    table="communities_organisation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_organisationevent" ("code", "community_id", "id", "is_demo", "kind", "leader", "members", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_no", "remarks", "set_up_doc_no", "set_up_on", "term_ends_on", "valid_from", "valid_until", "version") SELECT new_values."code", new_values."community_id", new_values."id", new_values."is_demo", new_values."kind", new_values."leader", new_values."members", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."registration_no", new_values."remarks", new_values."set_up_doc_no", new_values."set_up_on", new_values."term_ends_on", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a72e399c4e6c3bc6e5d17462b4a1c25099562c93",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a3788",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="communities_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_organisationevent" ("code", "community_id", "id", "is_demo", "kind", "leader", "members", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_no", "remarks", "set_up_doc_no", "set_up_on", "term_ends_on", "valid_from", "valid_until", "version") SELECT new_values."code", new_values."community_id", new_values."id", new_values."is_demo", new_values."kind", new_values."leader", new_values."members", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."registration_no", new_values."remarks", new_values."set_up_doc_no", new_values."set_up_on", new_values."term_ends_on", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="99be77bdb7d5988bc08ac49c36d218bfb4d678da",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_32b8a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="communities_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_organisationevent" ("code", "community_id", "id", "is_demo", "kind", "leader", "members", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_no", "remarks", "set_up_doc_no", "set_up_on", "term_ends_on", "valid_from", "valid_until", "version") SELECT old_values."code", old_values."community_id", old_values."id", old_values."is_demo", old_values."kind", old_values."leader", old_values."members", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."registration_no", old_values."remarks", old_values."set_up_doc_no", old_values."set_up_on", old_values."term_ends_on", old_values."valid_from", old_values."valid_until", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="97fec76aaa47b00e338532669a7fe520e043defc",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2b6d6",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="communities_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="704efb783c6534efe9a6c527c0ab67af91731a57",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_34565",
                    table="communities_organisationevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
