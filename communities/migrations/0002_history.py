"""History of divisions, communities and facts."""

import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0001_divisions_communities_facts"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]
    operations = [
        migrations.CreateModel(
            name="CommunityEvent",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DivisionEvent",
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AnnualFactsEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
                        to="communities.annualfacts",
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
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="community",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="4c6716635e51ebe546fac6358089bdf9d090232b",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_b89fb",
                    table="communities_community",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="community",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_communityevent" ("area_kind", "code", "committee_kind", "estate_kind", "id", "initials", "is_demo", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "urban_rural_class", "valid_from", "valid_until") SELECT new_values."area_kind", new_values."code", new_values."committee_kind", new_values."estate_kind", new_values."id", new_values."initials", new_values."is_demo", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."short_name", new_values."urban_rural_class", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="47e1326962bd94a8bbd063c6a5ea52f63016e713",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e0892",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="communities_community",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="community",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_communityevent" ("area_kind", "code", "committee_kind", "estate_kind", "id", "initials", "is_demo", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "urban_rural_class", "valid_from", "valid_until") SELECT new_values."area_kind", new_values."code", new_values."committee_kind", new_values."estate_kind", new_values."id", new_values."initials", new_values."is_demo", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."short_name", new_values."urban_rural_class", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."area_kind" IS DISTINCT FROM (new_values."area_kind") OR old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."committee_kind" IS DISTINCT FROM (new_values."committee_kind") OR old_values."estate_kind" IS DISTINCT FROM (new_values."estate_kind") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."initials" IS DISTINCT FROM (new_values."initials") OR old_values."is_demo" IS DISTINCT FROM (new_values."is_demo") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."short_name" IS DISTINCT FROM (new_values."short_name") OR old_values."urban_rural_class" IS DISTINCT FROM (new_values."urban_rural_class") OR old_values."valid_from" IS DISTINCT FROM (new_values."valid_from") OR old_values."valid_until" IS DISTINCT FROM (new_values."valid_until")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="51a64d83e6ddf4d5ec15e536ba878705e5b8a5a3",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9c278",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="communities_community",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="community",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_communityevent" ("area_kind", "code", "committee_kind", "estate_kind", "id", "initials", "is_demo", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "urban_rural_class", "valid_from", "valid_until") SELECT old_values."area_kind", old_values."code", old_values."committee_kind", old_values."estate_kind", old_values."id", old_values."initials", old_values."is_demo", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."short_name", old_values."urban_rural_class", old_values."valid_from", old_values."valid_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ece317a4eb33a33c5c1eb0e60b18093d79c2343b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_27a3a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="communities_community",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="communityevent",
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
            model_name="communityevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="communities.community",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="division",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="7c5b5557b5c6840c097dd207c4b82c48f66fdb7f",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_4943e",
                    table="communities_division",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="division",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_divisionevent" ("central_urban", "code", "id", "level", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poor_county", "street_tier", "valid_from", "valid_until") SELECT new_values."central_urban", new_values."code", new_values."id", new_values."level", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."poor_county", new_values."street_tier", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="31af1417b8a6d1e89ce23e5cd71f5e60f6fe0fdb",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0e13e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="communities_division",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="division",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_divisionevent" ("central_urban", "code", "id", "level", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poor_county", "street_tier", "valid_from", "valid_until") SELECT new_values."central_urban", new_values."code", new_values."id", new_values."level", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."poor_county", new_values."street_tier", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0bceef32c24ef2cac8acd6aaa23943d78a2a708c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8c8d8",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="communities_division",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="division",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_divisionevent" ("central_urban", "code", "id", "level", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poor_county", "street_tier", "valid_from", "valid_until") SELECT old_values."central_urban", old_values."code", old_values."id", old_values."level", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."poor_county", old_values."street_tier", old_values."valid_from", old_values."valid_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="29711a7318d7d57ee64b74310176e782517bda41",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_77ee9",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="communities_division",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="divisionevent",
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
            model_name="divisionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="communities.division",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annualfactsevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b2139e1f05fe519cc01aea7fe11a21d994912f40",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1c012",
                    table="communities_annualfactsevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annualfacts",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="0df9a6c51d4462083f707f53d8e0d3e8d902904a",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_fba58",
                    table="communities_annualfacts",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annualfacts",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_annualfactsevent" ("area_kind", "central_urban", "city_code", "code", "committee_members_in_post", "community_id", "community_workers_in_post", "completed_dwellings", "contract_price_yuan", "contract_rent_yuan", "district_code", "dwellings", "extra_workers", "first_move_in_on", "grids", "gross_floor_area_m2", "households", "households_occupied", "households_recorded", "households_registered", "households_resident", "id", "is_demo", "new_households", "occupied_dwellings", "party_members_in_post", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poor_county", "population_registered", "population_resident", "premises_above_ground_area_m2", "premises_area_m2", "premises_tenure", "premises_usable_area_m2", "property_area_m2", "received_yuan", "remarks", "rented_months", "resident_members", "residents_committees", "service_area_m2", "service_halls", "social_insurance_yuan", "social_organisations", "status", "street_code", "street_tier", "version", "work_area_m2", "year") SELECT new_values."area_kind", new_values."central_urban", new_values."city_code", new_values."code", new_values."committee_members_in_post", new_values."community_id", new_values."community_workers_in_post", new_values."completed_dwellings", new_values."contract_price_yuan", new_values."contract_rent_yuan", new_values."district_code", new_values."dwellings", new_values."extra_workers", new_values."first_move_in_on", new_values."grids", new_values."gross_floor_area_m2", new_values."households", new_values."households_occupied", new_values."households_recorded", new_values."households_registered", new_values."households_resident", new_values."id", new_values."is_demo", new_values."new_households", new_values."occupied_dwellings", new_values."party_members_in_post", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."poor_county", new_values."population_registered", new_values."population_resident", new_values."premises_above_ground_area_m2", new_values."premises_area_m2", new_values."premises_tenure", new_values."premises_usable_area_m2", new_values."property_area_m2", new_values."received_yuan", new_values."remarks", new_values."rented_months", new_values."resident_members", new_values."residents_committees", new_values."service_area_m2", new_values."service_halls", new_values."social_insurance_yuan", new_values."social_organisations", new_values."status", new_values."street_code", new_values."street_tier", new_values."version", new_values."work_area_m2", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="172c250b0caaa4c610f42b4f393d9008dfabd5cf",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bd3cf",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="communities_annualfacts",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annualfacts",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_annualfactsevent" ("area_kind", "central_urban", "city_code", "code", "committee_members_in_post", "community_id", "community_workers_in_post", "completed_dwellings", "contract_price_yuan", "contract_rent_yuan", "district_code", "dwellings", "extra_workers", "first_move_in_on", "grids", "gross_floor_area_m2", "households", "households_occupied", "households_recorded", "households_registered", "households_resident", "id", "is_demo", "new_households", "occupied_dwellings", "party_members_in_post", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poor_county", "population_registered", "population_resident", "premises_above_ground_area_m2", "premises_area_m2", "premises_tenure", "premises_usable_area_m2", "property_area_m2", "received_yuan", "remarks", "rented_months", "resident_members", "residents_committees", "service_area_m2", "service_halls", "social_insurance_yuan", "social_organisations", "status", "street_code", "street_tier", "version", "work_area_m2", "year") SELECT new_values."area_kind", new_values."central_urban", new_values."city_code", new_values."code", new_values."committee_members_in_post", new_values."community_id", new_values."community_workers_in_post", new_values."completed_dwellings", new_values."contract_price_yuan", new_values."contract_rent_yuan", new_values."district_code", new_values."dwellings", new_values."extra_workers", new_values."first_move_in_on", new_values."grids", new_values."gross_floor_area_m2", new_values."households", new_values."households_occupied", new_values."households_recorded", new_values."households_registered", new_values."households_resident", new_values."id", new_values."is_demo", new_values."new_households", new_values."occupied_dwellings", new_values."party_members_in_post", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."poor_county", new_values."population_registered", new_values."population_resident", new_values."premises_above_ground_area_m2", new_values."premises_area_m2", new_values."premises_tenure", new_values."premises_usable_area_m2", new_values."property_area_m2", new_values."received_yuan", new_values."remarks", new_values."rented_months", new_values."resident_members", new_values."residents_committees", new_values."service_area_m2", new_values."service_halls", new_values."social_insurance_yuan", new_values."social_organisations", new_values."status", new_values."street_code", new_values."street_tier", new_values."version", new_values."work_area_m2", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e35e919b7e23b39a6f31700bc9980a1b7b61ef80",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f5020",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="communities_annualfacts",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annualfacts",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_annualfactsevent" ("area_kind", "central_urban", "city_code", "code", "committee_members_in_post", "community_id", "community_workers_in_post", "completed_dwellings", "contract_price_yuan", "contract_rent_yuan", "district_code", "dwellings", "extra_workers", "first_move_in_on", "grids", "gross_floor_area_m2", "households", "households_occupied", "households_recorded", "households_registered", "households_resident", "id", "is_demo", "new_households", "occupied_dwellings", "party_members_in_post", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poor_county", "population_registered", "population_resident", "premises_above_ground_area_m2", "premises_area_m2", "premises_tenure", "premises_usable_area_m2", "property_area_m2", "received_yuan", "remarks", "rented_months", "resident_members", "residents_committees", "service_area_m2", "service_halls", "social_insurance_yuan", "social_organisations", "status", "street_code", "street_tier", "version", "work_area_m2", "year") SELECT old_values."area_kind", old_values."central_urban", old_values."city_code", old_values."code", old_values."committee_members_in_post", old_values."community_id", old_values."community_workers_in_post", old_values."completed_dwellings", old_values."contract_price_yuan", old_values."contract_rent_yuan", old_values."district_code", old_values."dwellings", old_values."extra_workers", old_values."first_move_in_on", old_values."grids", old_values."gross_floor_area_m2", old_values."households", old_values."households_occupied", old_values."households_recorded", old_values."households_registered", old_values."households_resident", old_values."id", old_values."is_demo", old_values."new_households", old_values."occupied_dwellings", old_values."party_members_in_post", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."poor_county", old_values."population_registered", old_values."population_resident", old_values."premises_above_ground_area_m2", old_values."premises_area_m2", old_values."premises_tenure", old_values."premises_usable_area_m2", old_values."property_area_m2", old_values."received_yuan", old_values."remarks", old_values."rented_months", old_values."resident_members", old_values."residents_committees", old_values."service_area_m2", old_values."service_halls", old_values."social_insurance_yuan", old_values."social_organisations", old_values."status", old_values."street_code", old_values."street_tier", old_values."version", old_values."work_area_m2", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ca2ffa869aa6dc742ccf1c862cbef86200f90105",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3dd77",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="communities_annualfacts",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="communityevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9f63e32cd7db4c1e3b6a5557329122cf8d70bb76",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a5b49",
                    table="communities_communityevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="divisionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="43e89a26744f7804d8c36286a53c7a525cdf7fda",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_79863",
                    table="communities_divisionevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
