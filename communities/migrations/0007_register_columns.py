"""What the register holds of a community, and the codes and names it had before."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import communities.typed
from accounts.scope import history_by_owner


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0006_least_rights"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerDesignation",
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
                ("name", models.CharField(max_length=64, verbose_name="全称")),
                ("short_name", models.CharField(max_length=64, verbose_name="简称")),
                (
                    "committee_kind",
                    models.CharField(
                        choices=[("residents", "居民委员会"), ("villagers", "村民委员会")],
                        max_length=9,
                        verbose_name="组织类型",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="自何日起")),
                ("valid_until", models.DateField(verbose_name="到何日止")),
                (
                    "present_code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="现用代码"),
                ),
            ],
            options={
                "verbose_name": "曾用代码和名称",
                "verbose_name_plural": "曾用代码和名称",
                "ordering": ["code", "valid_until"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="FormerDesignationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="社区代码"),
                ),
                ("name", models.CharField(max_length=64, verbose_name="全称")),
                ("short_name", models.CharField(max_length=64, verbose_name="简称")),
                (
                    "committee_kind",
                    models.CharField(
                        choices=[("residents", "居民委员会"), ("villagers", "村民委员会")],
                        max_length=9,
                        verbose_name="组织类型",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="自何日起")),
                ("valid_until", models.DateField(verbose_name="到何日止")),
                (
                    "present_code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="现用代码"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AlterModelOptions(
            name="community",
            options={
                "ordering": ["code", "valid_from"],
                "permissions": [
                    ("register_community", "可以登记社区资料、小区、网格、组织、档案和材料"),
                    ("export_community", "可以导出社区台账和档案"),
                ],
                "verbose_name": "社区",
                "verbose_name_plural": "社区",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="community",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="community",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="community",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="community",
            name="community_code_once_a_day",
        ),
        migrations.RemoveField(
            model_name="community",
            name="estate_kind",
        ),
        migrations.RemoveField(
            model_name="communityevent",
            name="estate_kind",
        ),
        migrations.AddField(
            model_name="community",
            name="address",
            field=models.CharField(blank=True, max_length=200, verbose_name="办公地址"),
        ),
        migrations.AddField(
            model_name="community",
            name="area_km2",
            field=models.DecimalField(
                blank=True,
                decimal_places=4,
                max_digits=9,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="面积（平方公里）",
            ),
        ),
        migrations.AddField(
            model_name="community",
            name="boundary_east",
            field=models.CharField(blank=True, max_length=100, verbose_name="东至"),
        ),
        migrations.AddField(
            model_name="community",
            name="boundary_north",
            field=models.CharField(blank=True, max_length=100, verbose_name="北至"),
        ),
        migrations.AddField(
            model_name="community",
            name="boundary_south",
            field=models.CharField(blank=True, max_length=100, verbose_name="南至"),
        ),
        migrations.AddField(
            model_name="community",
            name="boundary_west",
            field=models.CharField(blank=True, max_length=100, verbose_name="西至"),
        ),
        migrations.AddField(
            model_name="community",
            name="credit_code",
            field=models.CharField(
                blank=True,
                db_collation="C",
                max_length=18,
                validators=[communities.typed.check_credit_code],
                verbose_name="统一社会信用代码",
            ),
        ),
        migrations.AddField(
            model_name="community",
            name="designated_from",
            field=models.DateField(
                blank=True, editable=False, null=True, verbose_name="现用代码和名称自"
            ),
        ),
        migrations.AddField(
            model_name="community",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("new", "新建"),
                    ("old", "老旧"),
                    ("unit", "单位"),
                    ("village_turned", "村改居"),
                    ("mixed", "混合"),
                ],
                max_length=14,
                verbose_name="类型",
            ),
        ),
        migrations.AddField(
            model_name="community",
            name="remarks",
            field=models.CharField(blank=True, max_length=500, verbose_name="备注"),
        ),
        migrations.AddField(
            model_name="community",
            name="set_up_doc_no",
            field=models.CharField(
                blank=True,
                help_text="如：聊东政字〔2015〕8号",
                max_length=64,
                verbose_name="批准文号",
            ),
        ),
        migrations.AddField(
            model_name="community",
            name="set_up_on",
            field=models.DateField(blank=True, null=True, verbose_name="设立日期"),
        ),
        migrations.AddField(
            model_name="community",
            name="tags",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16),
                blank=True,
                default=list,
                help_text="如：示范社区；几个之间用顿号或逗号隔开",
                size=None,
                verbose_name="标签",
            ),
        ),
        migrations.AddField(
            model_name="community",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
        ),
        migrations.AddField(
            model_name="communityevent",
            name="address",
            field=models.CharField(blank=True, max_length=200, verbose_name="办公地址"),
        ),
        migrations.AddField(
            model_name="communityevent",
            name="area_km2",
            field=models.DecimalField(
                blank=True,
                decimal_places=4,
                max_digits=9,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="面积（平方公里）",
            ),
        ),
        migrations.AddField(
            model_name="communityevent",
            name="boundary_east",
            field=models.CharField(blank=True, max_length=100, verbose_name="东至"),
        ),
        migrations.AddField(
            model_name="communityevent",
            name="boundary_north",
            field=models.CharField(blank=True, max_length=100, verbose_name="北至"),
        ),
        migrations.AddField(
            model_name="communityevent",
            name="boundary_south",
            field=models.CharField(blank=True, max_length=100, verbose_name="南至"),
        ),
        migrations.AddField(
            model_name="communityevent",
            name="boundary_west",
            field=models.CharField(blank=True, max_length=100, verbose_name="西至"),
        ),
        migrations.AddField(
            model_name="communityevent",
            name="credit_code",
            field=models.CharField(
                blank=True,
                db_collation="C",
                max_length=18,
                validators=[communities.typed.check_credit_code],
                verbose_name="统一社会信用代码",
            ),
        ),
        migrations.AddField(
            model_name="communityevent",
            name="designated_from",
            field=models.DateField(
                blank=True, editable=False, null=True, verbose_name="现用代码和名称自"
            ),
        ),
        migrations.AddField(
            model_name="communityevent",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("new", "新建"),
                    ("old", "老旧"),
                    ("unit", "单位"),
                    ("village_turned", "村改居"),
                    ("mixed", "混合"),
                ],
                max_length=14,
                verbose_name="类型",
            ),
        ),
        migrations.AddField(
            model_name="communityevent",
            name="remarks",
            field=models.CharField(blank=True, max_length=500, verbose_name="备注"),
        ),
        migrations.AddField(
            model_name="communityevent",
            name="set_up_doc_no",
            field=models.CharField(
                blank=True,
                help_text="如：聊东政字〔2015〕8号",
                max_length=64,
                verbose_name="批准文号",
            ),
        ),
        migrations.AddField(
            model_name="communityevent",
            name="set_up_on",
            field=models.DateField(blank=True, null=True, verbose_name="设立日期"),
        ),
        migrations.AddField(
            model_name="communityevent",
            name="tags",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16),
                blank=True,
                default=list,
                help_text="如：示范社区；几个之间用顿号或逗号隔开",
                size=None,
                verbose_name="标签",
            ),
        ),
        migrations.AddField(
            model_name="communityevent",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
        ),
        migrations.AddIndex(
            model_name="community",
            index=models.Index(
                condition=models.Q(("credit_code", ""), _negated=True),
                fields=["credit_code"],
                name="community_credit_code",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="community",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_communityevent" ("address", "area_kind", "area_km2", "boundary_east", "boundary_north", "boundary_south", "boundary_west", "code", "committee_kind", "credit_code", "designated_from", "id", "initials", "is_demo", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "set_up_doc_no", "set_up_on", "short_name", "tags", "urban_rural_class", "valid_from", "valid_until", "version") SELECT new_values."address", new_values."area_kind", new_values."area_km2", new_values."boundary_east", new_values."boundary_north", new_values."boundary_south", new_values."boundary_west", new_values."code", new_values."committee_kind", new_values."credit_code", new_values."designated_from", new_values."id", new_values."initials", new_values."is_demo", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."remarks", new_values."set_up_doc_no", new_values."set_up_on", new_values."short_name", new_values."tags", new_values."urban_rural_class", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0fbfcade7a7dd4cda8a66d90f26f1c33a060268e",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_communityevent" ("address", "area_kind", "area_km2", "boundary_east", "boundary_north", "boundary_south", "boundary_west", "code", "committee_kind", "credit_code", "designated_from", "id", "initials", "is_demo", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "set_up_doc_no", "set_up_on", "short_name", "tags", "urban_rural_class", "valid_from", "valid_until", "version") SELECT new_values."address", new_values."area_kind", new_values."area_km2", new_values."boundary_east", new_values."boundary_north", new_values."boundary_south", new_values."boundary_west", new_values."code", new_values."committee_kind", new_values."credit_code", new_values."designated_from", new_values."id", new_values."initials", new_values."is_demo", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."remarks", new_values."set_up_doc_no", new_values."set_up_on", new_values."short_name", new_values."tags", new_values."urban_rural_class", new_values."valid_from", new_values."valid_until", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."address" IS DISTINCT FROM (new_values."address") OR old_values."area_kind" IS DISTINCT FROM (new_values."area_kind") OR old_values."area_km2" IS DISTINCT FROM (new_values."area_km2") OR old_values."boundary_east" IS DISTINCT FROM (new_values."boundary_east") OR old_values."boundary_north" IS DISTINCT FROM (new_values."boundary_north") OR old_values."boundary_south" IS DISTINCT FROM (new_values."boundary_south") OR old_values."boundary_west" IS DISTINCT FROM (new_values."boundary_west") OR old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."committee_kind" IS DISTINCT FROM (new_values."committee_kind") OR old_values."credit_code" IS DISTINCT FROM (new_values."credit_code") OR old_values."designated_from" IS DISTINCT FROM (new_values."designated_from") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."initials" IS DISTINCT FROM (new_values."initials") OR old_values."is_demo" IS DISTINCT FROM (new_values."is_demo") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."remarks" IS DISTINCT FROM (new_values."remarks") OR old_values."set_up_doc_no" IS DISTINCT FROM (new_values."set_up_doc_no") OR old_values."set_up_on" IS DISTINCT FROM (new_values."set_up_on") OR old_values."short_name" IS DISTINCT FROM (new_values."short_name") OR old_values."tags" IS DISTINCT FROM (new_values."tags") OR old_values."urban_rural_class" IS DISTINCT FROM (new_values."urban_rural_class") OR old_values."valid_from" IS DISTINCT FROM (new_values."valid_from") OR old_values."valid_until" IS DISTINCT FROM (new_values."valid_until") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="de1b782efe08b37834e0ff7981f0a9fc836587f8",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_communityevent" ("address", "area_kind", "area_km2", "boundary_east", "boundary_north", "boundary_south", "boundary_west", "code", "committee_kind", "credit_code", "designated_from", "id", "initials", "is_demo", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "set_up_doc_no", "set_up_on", "short_name", "tags", "urban_rural_class", "valid_from", "valid_until", "version") SELECT old_values."address", old_values."area_kind", old_values."area_km2", old_values."boundary_east", old_values."boundary_north", old_values."boundary_south", old_values."boundary_west", old_values."code", old_values."committee_kind", old_values."credit_code", old_values."designated_from", old_values."id", old_values."initials", old_values."is_demo", old_values."kind", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."remarks", old_values."set_up_doc_no", old_values."set_up_on", old_values."short_name", old_values."tags", old_values."urban_rural_class", old_values."valid_from", old_values."valid_until", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7cf027ca6d98e63850ca6ca506e4fd2f922c1bca",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_27a3a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="communities_community",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="community",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("designated_from__isnull", True),
                    ("valid_from__isnull", True),
                    ("designated_from__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="community_designated_within_life",
            ),
        ),
        migrations.AddConstraint(
            model_name="community",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("area_km2__isnull", True), ("area_km2__gte", 0), _connector="OR"
                ),
                name="community_area_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="community",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                expressions=[
                    (
                        django.db.models.functions.comparison.Cast(
                            "code", models.BigIntegerField()
                        ),
                        "=",
                    ),
                    (
                        models.Func(
                            django.db.models.functions.comparison.Cast(
                                django.db.models.functions.comparison.Coalesce(
                                    "designated_from", "valid_from"
                                ),
                                models.DateField(),
                            ),
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
        ),
        migrations.AddField(
            model_name="formerdesignation",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="former_designations",
                to="communities.community",
                verbose_name="社区",
            ),
        ),
        migrations.AddField(
            model_name="formerdesignationevent",
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
            model_name="formerdesignationevent",
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
            model_name="formerdesignationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="communities.formerdesignation",
            ),
        ),
        migrations.AddIndex(
            model_name="formerdesignation",
            index=models.Index(fields=["code"], name="former_designation_code"),
        ),
        migrations.AddConstraint(
            model_name="formerdesignation",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9]{12}$")),
                name="former_designation_code_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="formerdesignation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_until__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="former_designation_days_ordered",
                violation_error_message="“到何日止”不晚于“自何日起”。改其中一个日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="formerdesignation",
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
                name="former_designation_code_once_a_day",
                violation_error_message="这个代码在这段时间已经有了。先给原来的填上“到何日止”",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formerdesignation",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="cd4203b52295050f00eb5435cd2945cf8a98413a",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_6cce8",
                    table="communities_formerdesignation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formerdesignation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_formerdesignationevent" ("code", "committee_kind", "community_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present_code", "short_name", "valid_from", "valid_until") SELECT new_values."code", new_values."committee_kind", new_values."community_id", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."present_code", new_values."short_name", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a12e69dd253034eeb2446896d7b7b3e32ac3dde7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3b6ad",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="communities_formerdesignation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formerdesignation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_formerdesignationevent" ("code", "committee_kind", "community_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present_code", "short_name", "valid_from", "valid_until") SELECT new_values."code", new_values."committee_kind", new_values."community_id", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."present_code", new_values."short_name", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1e5c7deee8f3cb4ec1cb53f5283f82d962d38136",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0e708",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="communities_formerdesignation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formerdesignation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_formerdesignationevent" ("code", "committee_kind", "community_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present_code", "short_name", "valid_from", "valid_until") SELECT old_values."code", old_values."committee_kind", old_values."community_id", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."present_code", old_values."short_name", old_values."valid_from", old_values."valid_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d515dd10f79ca9d874e5d41b47336175a82946f5",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c0404",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="communities_formerdesignation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formerdesignationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ce7a6d18f708b8e3bc685126d5e963e52f586e8c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_856a8",
                    table="communities_formerdesignationevent",
                    when="BEFORE",
                ),
            ),
        ),
        history_by_owner("communities_community"),
        history_by_owner("communities_formerdesignation"),
    ]
