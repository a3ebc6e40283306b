"""Divisions, communities and their yearly facts."""

import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="AnnualFacts",
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
                (
                    "street_code",
                    models.CharField(db_collation="C", max_length=9, verbose_name="街道代码"),
                ),
                (
                    "district_code",
                    models.CharField(
                        db_collation="C", max_length=6, verbose_name="县（市、区）代码"
                    ),
                ),
                (
                    "city_code",
                    models.CharField(db_collation="C", max_length=4, verbose_name="市代码"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "填报中"),
                            ("submitted", "已提交"),
                            ("confirmed", "已确认"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "households",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="核定户数",
                    ),
                ),
                (
                    "households_registered",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="户籍户数",
                    ),
                ),
                (
                    "households_resident",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="常住户数",
                    ),
                ),
                (
                    "households_occupied",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="实际居住户数",
                    ),
                ),
                (
                    "households_recorded",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="实有户数",
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
                    "new_households",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="当年新管户数",
                    ),
                ),
                (
                    "population_registered",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="户籍人口",
                    ),
                ),
                (
                    "population_resident",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999999)],
                        verbose_name="常住人口",
                    ),
                ),
                (
                    "area_kind",
                    models.CharField(
                        blank=True,
                        choices=[("new", "新建住宅区或连片改造"), ("built", "老城区、已建成")],
                        max_length=5,
                        verbose_name="住区类型",
                    ),
                ),
                (
                    "central_urban",
                    models.BooleanField(blank=True, null=True, verbose_name="中心城区"),
                ),
                ("poor_county", models.BooleanField(blank=True, null=True, verbose_name="贫困县")),
                (
                    "street_tier",
                    models.CharField(
                        blank=True,
                        choices=[("better", "较强"), ("weaker", "较弱")],
                        max_length=8,
                        verbose_name="街道财力",
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
                        verbose_name="小区总建筑面积（㎡）",
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
                            ),
                            django.core.validators.MaxValueValidator(
                                datetime.date(2199, 12, 31),
                                "入住日%(show_value)s晚于%(limit_value)s。核对年份",
                            ),
                        ],
                        verbose_name="首批居民入住日",
                    ),
                ),
                (
                    "grids",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(9999)],
                        verbose_name="网格数",
                    ),
                ),
                (
                    "premises_tenure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bought", "购买"),
                            ("rented", "租赁"),
                            ("collective", "村改居集体用房"),
                            ("handed_over", "无偿移交"),
                            ("reallocated", "整合调剂"),
                            ("extended", "改扩建"),
                            ("lent", "借用"),
                            ("none", "没有用房"),
                        ],
                        max_length=11,
                        verbose_name="用房取得方式",
                    ),
                ),
                (
                    "premises_area_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="用房建筑面积（㎡）",
                    ),
                ),
                (
                    "premises_usable_area_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="用房使用面积（㎡）",
                    ),
                ),
                (
                    "premises_above_ground_area_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="用房地上建筑面积（㎡）",
                    ),
                ),
                (
                    "work_area_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="工作用房（㎡）",
                    ),
                ),
                (
                    "service_area_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="服务设施（㎡）",
                    ),
                ),
                (
                    "property_area_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="物业服务用房（㎡）",
                    ),
                ),
                (
                    "service_halls",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99)],
                        verbose_name="一站式服务大厅",
                    ),
                ),
                (
                    "contract_price_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="购房合同总价（元）",
                    ),
                ),
                (
                    "contract_rent_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="当年实付租金（元）",
                    ),
                ),
                (
                    "rented_months",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(12)],
                        verbose_name="当年租用月数",
                    ),
                ),
                (
                    "residents_committees",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99)],
                        verbose_name="居委会个数",
                    ),
                ),
                (
                    "committee_members_in_post",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(999)],
                        verbose_name="居委会成员在岗",
                    ),
                ),
                (
                    "resident_members",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(999)],
                        verbose_name="居住在本社区的居委会成员",
                    ),
                ),
                (
                    "party_members_in_post",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(999)],
                        verbose_name="社区党组织成员在岗",
                    ),
                ),
                (
                    "community_workers_in_post",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(999)],
                        verbose_name="专职工作人员在岗",
                    ),
                ),
                (
                    "extra_workers",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(999)],
                        verbose_name="核定增配人数",
                    ),
                ),
                (
                    "social_organisations",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(9999)],
                        verbose_name="备案社区社会组织",
                    ),
                ),
                (
                    "social_insurance_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="单位缴纳社会保险（元，每人每年）",
                    ),
                ),
                (
                    "received_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="上年到位经费（元）",
                    ),
                ),
                ("remarks", models.CharField(blank=True, max_length=500, verbose_name="备注")),
            ],
            options={
                "verbose_name": "年度数据",
                "verbose_name_plural": "年度数据",
                "ordering": ["-year", "code"],
                "permissions": [("export_annualfacts", "可以导出年度数据")],
            },
        ),
        migrations.CreateModel(
            name="Division",
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
                        db_collation="C",
                        max_length=9,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9})$",
                                "区划代码“%(value)s”应为2、4、6或9位数字",
                            )
                        ],
                        verbose_name="区划代码",
                    ),
                ),
                ("name", models.CharField(max_length=64, verbose_name="名称")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("province", "省"),
                            ("city", "市"),
                            ("district", "县（市、区）"),
                            ("street", "街道（乡镇）"),
                        ],
                        max_length=8,
                        verbose_name="级别",
                    ),
                ),
                (
                    "central_urban",
                    models.BooleanField(
                        blank=True, help_text="县（市、区）填", null=True, verbose_name="中心城区"
                    ),
                ),
                (
                    "poor_county",
                    models.BooleanField(
                        blank=True, help_text="县（市、区）填", null=True, verbose_name="贫困县"
                    ),
                ),
                (
                    "street_tier",
                    models.CharField(
                        blank=True,
                        choices=[("better", "较强"), ("weaker", "较弱")],
                        help_text="街道（乡镇）填",
                        max_length=8,
                        verbose_name="街道财力",
                    ),
                ),
            ],
            options={
                "verbose_name": "区划",
                "verbose_name_plural": "区划",
                "ordering": ["code", "valid_from"],
                "permissions": [("import_division", "可以导入区划和社区")],
            },
        ),
        migrations.CreateModel(
            name="FactsVersion",
            fields=[
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        primary_key=True, serialize=False, verbose_name="年度"
                    ),
                ),
                ("stamp", models.UUIDField(verbose_name="版本")),
                ("changed_at", models.DateTimeField(verbose_name="数据时点")),
            ],
            options={
                "verbose_name": "数据版本",
                "verbose_name_plural": "数据版本",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PendingImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="上传时间")),
                ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                ("text", models.TextField(verbose_name="内容")),
            ],
            options={
                "verbose_name": "待确认的导入",
                "verbose_name_plural": "待确认的导入",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Community",
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
                    "name",
                    models.CharField(
                        help_text="如：古城社区居委会", max_length=64, verbose_name="全称"
                    ),
                ),
                (
                    "short_name",
                    models.CharField(help_text="如：古城社区", max_length=64, verbose_name="简称"),
                ),
                (
                    "initials",
                    models.CharField(
                        blank=True, db_collation="C", max_length=64, verbose_name="拼音首字母"
                    ),
                ),
                (
                    "committee_kind",
                    models.CharField(
                        choices=[("residents", "居民委员会"), ("villagers", "村民委员会")],
                        max_length=9,
                        verbose_name="组织类型",
                    ),
                ),
                (
                    "area_kind",
                    models.CharField(
                        blank=True,
                        choices=[("new", "新建住宅区或连片改造"), ("built", "老城区、已建成")],
                        max_length=5,
                        verbose_name="住区类型",
                    ),
                ),
                (
                    "estate_kind",
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
                    "urban_rural_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("111", "主城区"),
                            ("112", "城乡结合区"),
                            ("121", "镇中心区"),
                            ("122", "镇乡结合区"),
                            ("123", "特殊区域"),
                            ("210", "乡中心区"),
                            ("220", "村庄"),
                        ],
                        max_length=3,
                        verbose_name="城乡分类",
                    ),
                ),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "search_grams",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, editable=False, size=None
                    ),
                ),
            ],
            options={
                "verbose_name": "社区",
                "verbose_name_plural": "社区",
                "ordering": ["code", "valid_from"],
                "indexes": [
                    models.Index(fields=["code"], name="community_code"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_grams"], name="community_search"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{12}$")),
                        name="community_code_shape",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("committee_kind__in", ["residents", "villagers"])),
                        name="community_committee_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_until__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="community_days_ordered",
                        violation_error_message="“到何日止”不晚于“自何日起”。改其中一个日期",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                django.db.models.functions.comparison.Cast(
                                    "code", models.BigIntegerField()
                                ),
                                "=",
                            ),
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
                        name="community_code_once_a_day",
                        violation_error_message="这个代码在这段时间已经有了。先给原来的填上“到何日止”",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="annualfacts",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="annual_facts",
                to="communities.community",
                verbose_name="社区",
            ),
        ),
        migrations.AddConstraint(
            model_name="division",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9})$")),
                name="division_code_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="division",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code__regex", "^[0-9]{2}$"), ("level", "province")),
                    models.Q(("code__regex", "^[0-9]{4}$"), ("level", "city")),
                    models.Q(("code__regex", "^[0-9]{6}$"), ("level", "district")),
                    models.Q(("code__regex", "^[0-9]{9}$"), ("level", "street")),
                    _connector="OR",
                ),
                name="division_level_of_code",
                violation_error_message="级别和代码位数不符：省2位，市4位，县（市、区）6位，街道9位",
            ),
        ),
        migrations.AddConstraint(
            model_name="division",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_until__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="division_days_ordered",
                violation_error_message="“到何日止”不晚于“自何日起”。改其中一个日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="division",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        django.db.models.functions.comparison.Cast(
                            "code", models.BigIntegerField()
                        ),
                        "=",
                    ),
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
                name="division_code_once_a_day",
                violation_error_message="这个代码在这段时间已经有了。先给原来的填上“到何日止”",
            ),
        ),
        migrations.AddField(
            model_name="pendingimport",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="上传人",
            ),
        ),
        migrations.AddIndex(
            model_name="annualfacts",
            index=models.Index(fields=["year", "code"], name="facts_year_code"),
        ),
        migrations.AddIndex(
            model_name="annualfacts",
            index=models.Index(fields=["code", "year"], name="facts_code_year"),
        ),
        migrations.AddConstraint(
            model_name="annualfacts",
            constraint=models.UniqueConstraint(
                fields=("community", "year"),
                name="facts_once_a_year",
                violation_error_message="这个社区这一年的数据已经有了。打开已有的修改",
            ),
        ),
        migrations.AddConstraint(
            model_name="annualfacts",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 1949), ("year__lte", 2199)),
                name="facts_year_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="annualfacts",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9]{12}$")), name="facts_code_shape"
            ),
        ),
        migrations.AddConstraint(
            model_name="annualfacts",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("code__startswith", models.F("street_code")),
                    ("street_code__startswith", models.F("district_code")),
                    ("district_code__startswith", models.F("city_code")),
                    ("street_code__regex", "^[0-9]{9}$"),
                    ("district_code__regex", "^[0-9]{6}$"),
                    ("city_code__regex", "^[0-9]{4}$"),
                ),
                name="facts_codes_nested",
            ),
        ),
        migrations.AddConstraint(
            model_name="annualfacts",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "submitted", "confirmed"])),
                name="facts_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="annualfacts",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rented_months__isnull", True), ("rented_months__lte", 12), _connector="OR"
                ),
                name="facts_rented_months",
            ),
        ),
        migrations.AddConstraint(
            model_name="annualfacts",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_move_in_on__isnull", True),
                    (
                        "first_move_in_on__range",
                        (datetime.date(1949, 10, 1), datetime.date(2199, 12, 31)),
                    ),
                    _connector="OR",
                ),
                name="facts_first_move_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="annualfacts",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("gross_floor_area_m2__isnull", True),
                        ("gross_floor_area_m2__gte", 0),
                        _connector="OR",
                    ),
                    models.Q(
                        ("premises_area_m2__isnull", True),
                        ("premises_area_m2__gte", 0),
                        _connector="OR",
                    ),
                    models.Q(
                        ("premises_usable_area_m2__isnull", True),
                        ("premises_usable_area_m2__gte", 0),
                        _connector="OR",
                    ),
                    models.Q(
                        ("premises_above_ground_area_m2__isnull", True),
                        ("premises_above_ground_area_m2__gte", 0),
                        _connector="OR",
                    ),
                    models.Q(
                        ("work_area_m2__isnull", True), ("work_area_m2__gte", 0), _connector="OR"
                    ),
                    models.Q(
                        ("service_area_m2__isnull", True),
                        ("service_area_m2__gte", 0),
                        _connector="OR",
                    ),
                    models.Q(
                        ("property_area_m2__isnull", True),
                        ("property_area_m2__gte", 0),
                        _connector="OR",
                    ),
                    models.Q(
                        ("contract_price_yuan__isnull", True),
                        ("contract_price_yuan__gte", 0),
                        _connector="OR",
                    ),
                    models.Q(
                        ("contract_rent_yuan__isnull", True),
                        ("contract_rent_yuan__gte", 0),
                        _connector="OR",
                    ),
                    models.Q(
                        ("social_insurance_yuan__isnull", True),
                        ("social_insurance_yuan__gte", 0),
                        _connector="OR",
                    ),
                    models.Q(
                        ("received_yuan__isnull", True), ("received_yuan__gte", 0), _connector="OR"
                    ),
                ),
                name="facts_decimals_not_negative",
            ),
        ),
    ]
