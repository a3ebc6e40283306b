"""History of texts, series and exemptions; what may happen to a published text."""

import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_history"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("policy", "0001_texts_series_exemptions"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExemptionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IndexValueEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PolicySubjectEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PolicyTextEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exemption",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="77201da056991987ede6f8fe3ff85739cae2edae",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_a86e5",
                    table="policy_exemption",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exemption",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "policy_exemptionevent" ("approver", "code", "document", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provision", "reason", "valid_from", "valid_until") SELECT new_values."approver", new_values."code", new_values."document", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."provision", new_values."reason", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7ce051362ab82e6776bcf04cca5ad965cd5499c7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_61bec",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="policy_exemption",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exemption",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "policy_exemptionevent" ("approver", "code", "document", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provision", "reason", "valid_from", "valid_until") SELECT new_values."approver", new_values."code", new_values."document", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."provision", new_values."reason", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="220152f6ce572fa20c42cdfa5df86176af64e721",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cfebf",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="policy_exemption",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exemption",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "policy_exemptionevent" ("approver", "code", "document", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provision", "reason", "valid_from", "valid_until") SELECT old_values."approver", old_values."code", old_values."document", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."provision", old_values."reason", old_values."valid_from", old_values."valid_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="778ae688c0bc0ef032e4cd3b37f09e1a971df72f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7d7f2",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="policy_exemption",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="exemptionevent",
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
            model_name="exemptionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="policy.exemption",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indexvalue",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="5d4051f00130f7538b0aaac5320018689410b320",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_60527",
                    table="policy_indexvalue",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indexvalue",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "policy_indexvalueevent" ("division_code", "document", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "series", "source", "unit", "value", "year") SELECT new_values."division_code", new_values."document", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."series", new_values."source", new_values."unit", new_values."value", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4914c0d9b23ac14d2e8b635ed0355b4afa388f4b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ce664",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="policy_indexvalue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indexvalue",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "policy_indexvalueevent" ("division_code", "document", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "series", "source", "unit", "value", "year") SELECT new_values."division_code", new_values."document", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."series", new_values."source", new_values."unit", new_values."value", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="677ecd179860e4c77e9b927e13a3841e0e61fe89",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_62ac2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="policy_indexvalue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indexvalue",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "policy_indexvalueevent" ("division_code", "document", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "series", "source", "unit", "value", "year") SELECT old_values."division_code", old_values."document", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."series", old_values."source", old_values."unit", old_values."value", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="fb0a44cd9d9d2e890776356f3a42da706231b4c2",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fb613",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="policy_indexvalue",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="indexvalueevent",
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
            model_name="indexvalueevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="policy.indexvalue",
            ),
        ),
        migrations.AddField(
            model_name="policysubjectevent",
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
            model_name="policysubjectevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="policy.policysubject",
            ),
        ),
        migrations.AddField(
            model_name="policysubjectevent",
            name="superseded_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="policy.policytext",
                verbose_name="被何文件取代",
            ),
        ),
        migrations.AddField(
            model_name="policysubjectevent",
            name="text",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="policy.policytext",
                verbose_name="政策文件",
            ),
        ),
        migrations.AddField(
            model_name="policytextevent",
            name="created_by",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="起草人",
            ),
        ),
        migrations.AddField(
            model_name="policytextevent",
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
            model_name="policytextevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="policy.policytext",
            ),
        ),
        migrations.AddField(
            model_name="policytextevent",
            name="released_by",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="发布人",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exemptionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b67be18aa1a5d5fee873d67994b25b3c2c2f186d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d0b73",
                    table="policy_exemptionevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indexvalueevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4fb7124ea22e2e55e57b0aacb22f44d41bdc3505",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1a9f9",
                    table="policy_indexvalueevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policytext",
            trigger=pgtrigger.compiler.Trigger(
                name="born_as_draft",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" IS DISTINCT FROM 'draft')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;",
                    hash="670aa04ab0a0a70cb0a94a381ff3a7d498550cf0",
                    operation="INSERT",
                    pgid="pgtrigger_born_as_draft_63f5a",
                    table="policy_policytext",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policytext",
            trigger=pgtrigger.compiler.Trigger(
                name="status_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:published,published:superseded}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="fe5b6e062073e2668d3728f57b73ce550283351b",
                    operation="UPDATE",
                    pgid="pgtrigger_status_steps_cd541",
                    table="policy_policytext",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policytext",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."status" <> \'draft\' AND ((OLD."text_id", OLD."version", OLD."source", OLD."sha256", OLD."options", OLD."jurisdiction", OLD."authority", OLD."subjects", OLD."effective_from", OLD."adopted_note", OLD."created_by_id", OLD."title", OLD."doc_no", OLD."issuer", OLD."issued_on", OLD."published_on", OLD."source_grade", OLD."trial") IS DISTINCT FROM (NEW."text_id", NEW."version", NEW."source", NEW."sha256", NEW."options", NEW."jurisdiction", NEW."authority", NEW."subjects", NEW."effective_from", NEW."adopted_note", NEW."created_by_id", NEW."title", NEW."doc_no", NEW."issuer", NEW."issued_on", NEW."published_on", NEW."source_grade", NEW."trial")\n    OR coalesce(NEW."effective_until", \'infinity\') > coalesce(OLD."effective_until", \'infinity\')))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="f105b9a057e1d7dcb977f87234aa6627f242120c",
                    operation="UPDATE",
                    pgid="pgtrigger_published_is_fixed_aac0e",
                    table="policy_policytext",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policytext",
            trigger=pgtrigger.compiler.Trigger(
                name="published_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IS DISTINCT FROM 'draft')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="1ae4d608dcdbb395c511d1f129e2eadd887eca44",
                    operation="DELETE",
                    pgid="pgtrigger_published_stays_7ee86",
                    table="policy_policytext",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policytext",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="8237824f4ad34d5ed4b9a00027cf906d0dc202fa",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_0773a",
                    table="policy_policytext",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policytext",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "policy_policytextevent" ("adopted_note", "authority", "created_at", "created_by_id", "doc_no", "effective_from", "effective_until", "id", "issued_on", "issuer", "jurisdiction", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "released_by_id", "released_on", "sha256", "source", "source_grade", "status", "subjects", "text_id", "title", "trial", "version") SELECT new_values."adopted_note", new_values."authority", new_values."created_at", new_values."created_by_id", new_values."doc_no", new_values."effective_from", new_values."effective_until", new_values."id", new_values."issued_on", new_values."issuer", new_values."jurisdiction", new_values."options", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_on", new_values."released_by_id", new_values."released_on", new_values."sha256", new_values."source", new_values."source_grade", new_values."status", new_values."subjects", new_values."text_id", new_values."title", new_values."trial", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="113009b96587940b6174512eba6eb7222bc4b2fb",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ed43c",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="policy_policytext",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policytext",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "policy_policytextevent" ("adopted_note", "authority", "created_at", "created_by_id", "doc_no", "effective_from", "effective_until", "id", "issued_on", "issuer", "jurisdiction", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "released_by_id", "released_on", "sha256", "source", "source_grade", "status", "subjects", "text_id", "title", "trial", "version") SELECT new_values."adopted_note", new_values."authority", new_values."created_at", new_values."created_by_id", new_values."doc_no", new_values."effective_from", new_values."effective_until", new_values."id", new_values."issued_on", new_values."issuer", new_values."jurisdiction", new_values."options", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_on", new_values."released_by_id", new_values."released_on", new_values."sha256", new_values."source", new_values."source_grade", new_values."status", new_values."subjects", new_values."text_id", new_values."title", new_values."trial", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a6852b5435dfb1a1d48bcec9110015d6257ddeda",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a6dd2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="policy_policytext",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policytext",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "policy_policytextevent" ("adopted_note", "authority", "created_at", "created_by_id", "doc_no", "effective_from", "effective_until", "id", "issued_on", "issuer", "jurisdiction", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "released_by_id", "released_on", "sha256", "source", "source_grade", "status", "subjects", "text_id", "title", "trial", "version") SELECT old_values."adopted_note", old_values."authority", old_values."created_at", old_values."created_by_id", old_values."doc_no", old_values."effective_from", old_values."effective_until", old_values."id", old_values."issued_on", old_values."issuer", old_values."jurisdiction", old_values."options", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_on", old_values."released_by_id", old_values."released_on", old_values."sha256", old_values."source", old_values."source_grade", old_values."status", old_values."subjects", old_values."text_id", old_values."title", old_values."trial", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8c7bdc5ea39d9cd10d1996b31eced32186fb056d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cf073",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="policy_policytext",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policysubjectevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f8171e03124f840a2d21475a19aea8ec09446314",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5a85f",
                    table="policy_policysubjectevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policysubject",
            trigger=pgtrigger.compiler.Trigger(
                name="text_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."text_id" IS DISTINCT FROM (NEW."text_id") OR OLD."authority" IS DISTINCT FROM (NEW."authority") OR OLD."subject" IS DISTINCT FROM (NEW."subject"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="c83e9fd36137e07521daf2a421cc17a8fc0932be",
                    operation="UPDATE",
                    pgid="pgtrigger_text_is_fixed_ec49d",
                    table="policy_policysubject",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policysubject",
            trigger=pgtrigger.compiler.Trigger(
                name="only_shortened",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NOT (NEW."validity" <@ OLD."validity"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="12b636005fb81eed650b82381fa31c1ceff9ddbb",
                    operation="UPDATE",
                    pgid="pgtrigger_only_shortened_4c258",
                    table="policy_policysubject",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policysubject",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="eabd4eddbbe1aefa9353ff70ff5396d67386a148",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_9edf9",
                    table="policy_policysubject",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policysubject",
            trigger=pgtrigger.compiler.Trigger(
                name="key_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="9c8b9a59341c5631fdd149b13920386b1f1b9f5b",
                    operation="UPDATE",
                    pgid="pgtrigger_key_is_fixed_4d284",
                    table="policy_policysubject",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policysubject",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "policy_policysubjectevent" ("authority", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "superseded_by_id", "text_id", "validity") SELECT new_values."authority", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."subject", new_values."superseded_by_id", new_values."text_id", new_values."validity" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c89ab27dc8389d13099a9d45fa77f5eff1e109dc",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6a32b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="policy_policysubject",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policysubject",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "policy_policysubjectevent" ("authority", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "superseded_by_id", "text_id", "validity") SELECT new_values."authority", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."subject", new_values."superseded_by_id", new_values."text_id", new_values."validity" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6e9cb9e0efc225373aede0e959a68e58ffb89dff",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b0085",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="policy_policysubject",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policysubject",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "policy_policysubjectevent" ("authority", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "superseded_by_id", "text_id", "validity") SELECT old_values."authority", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."subject", old_values."superseded_by_id", old_values."text_id", old_values."validity" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f6e9181d81a14b187bd7b2e80a4f8040432d959b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_385a4",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="policy_policysubject",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policytextevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="351da393f327822cba7e0ead4db319aecf65b0c7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_001a3",
                    table="policy_policytextevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
