"""What is said with a year's facts and by whom, the order of their states, and their lock."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from accounts.scope import history_by_owner


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0010_register_row_security"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="annualfacts",
            options={
                "ordering": ["-year", "code"],
                "permissions": [
                    ("export_annualfacts", "可以导出年度数据"),
                    ("review_annualfacts", "可以审核年度数据（街道）"),
                    ("confirm_annualfacts", "可以确认、退回年度数据（县区）"),
                    ("import_annualfacts", "可以批量导入年度数据"),
                ],
                "verbose_name": "年度数据",
                "verbose_name_plural": "年度数据",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="annualfacts",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="annualfacts",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="annualfacts",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="annualfacts",
            name="facts_status",
        ),
        migrations.AddField(
            model_name="annualfacts",
            name="confirmed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="确认时间"),
        ),
        migrations.AddField(
            model_name="annualfacts",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="确认人",
            ),
        ),
        migrations.AddField(
            model_name="annualfacts",
            name="declared",
            field=models.JSONField(blank=True, default=dict, verbose_name="零报告和无变化"),
        ),
        migrations.AddField(
            model_name="annualfacts",
            name="makers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                size=None,
                verbose_name="填写人",
            ),
        ),
        migrations.AddField(
            model_name="annualfacts",
            name="reasons",
            field=models.JSONField(blank=True, default=dict, verbose_name="变动说明"),
        ),
        migrations.AddField(
            model_name="annualfacts",
            name="reviewed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="审核人",
            ),
        ),
        migrations.AddField(
            model_name="annualfacts",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="提交人",
            ),
        ),
        migrations.AddField(
            model_name="annualfactsevent",
            name="confirmed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="确认时间"),
        ),
        migrations.AddField(
            model_name="annualfactsevent",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="确认人",
            ),
        ),
        migrations.AddField(
            model_name="annualfactsevent",
            name="declared",
            field=models.JSONField(blank=True, default=dict, verbose_name="零报告和无变化"),
        ),
        migrations.AddField(
            model_name="annualfactsevent",
            name="makers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                size=None,
                verbose_name="填写人",
            ),
        ),
        migrations.AddField(
            model_name="annualfactsevent",
            name="reasons",
            field=models.JSONField(blank=True, default=dict, verbose_name="变动说明"),
        ),
        migrations.AddField(
            model_name="annualfactsevent",
            name="reviewed_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="审核人",
            ),
        ),
        migrations.AddField(
            model_name="annualfactsevent",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="提交人",
            ),
        ),
        migrations.AlterField(
            model_name="annualfacts",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "填报中"),
                    ("returned", "已退回"),
                    ("submitted", "待审核"),
                    ("reviewed", "待复核"),
                    ("confirmed", "已确认"),
                ],
                default="draft",
                max_length=9,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(
            model_name="annualfactsevent",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "填报中"),
                    ("returned", "已退回"),
                    ("submitted", "待审核"),
                    ("reviewed", "待复核"),
                    ("confirmed", "已确认"),
                ],
                default="draft",
                max_length=9,
                verbose_name="状态",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annualfacts",
            trigger=pgtrigger.compiler.Trigger(
                name="facts_guard",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF current_setting('app.facts_unlocked', true) = 'on' THEN\n        RETURN NEW;\n    END IF;\n    IF TG_OP = 'INSERT' THEN\n        IF NEW.status = 'confirmed' THEN\n            RAISE EXCEPTION 'facts are not born confirmed' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    END IF;\n    IF NEW.status <> OLD.status AND OLD.status || '>' || NEW.status NOT IN ('draft>submitted', 'draft>reviewed', 'returned>submitted', 'returned>reviewed', 'submitted>draft', 'submitted>returned', 'submitted>reviewed', 'reviewed>draft', 'reviewed>returned', 'reviewed>confirmed') THEN\n        RAISE EXCEPTION 'facts go from % to % by no step', OLD.status, NEW.status\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF OLD.status NOT IN ('draft', 'returned')\n        AND to_jsonb(NEW) - ARRAY['version', 'status', 'code', 'street_code', 'district_code', 'city_code', 'is_demo', 'submitted_by_id', 'reviewed_by_id', 'confirmed_by_id', 'confirmed_at'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['version', 'status', 'code', 'street_code', 'district_code', 'city_code', 'is_demo', 'submitted_by_id', 'reviewed_by_id', 'confirmed_by_id', 'confirmed_at'] THEN\n        RAISE EXCEPTION 'facts that are % are locked', OLD.status\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="63ee87efee522007674f46268cf9b73cf6daaf8f",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_facts_guard_a5067",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_annualfactsevent" ("area_kind", "central_urban", "city_code", "code", "committee_members_in_post", "community_id", "community_workers_in_post", "completed_dwellings", "confirmed_at", "confirmed_by_id", "contract_price_yuan", "contract_rent_yuan", "declared", "district_code", "dwellings", "extra_workers", "first_move_in_on", "grids", "gross_floor_area_m2", "households", "households_occupied", "households_recorded", "households_registered", "households_resident", "id", "is_demo", "makers", "new_households", "occupied_dwellings", "party_members_in_post", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poor_county", "population_registered", "population_resident", "premises_above_ground_area_m2", "premises_area_m2", "premises_tenure", "premises_usable_area_m2", "property_area_m2", "reasons", "received_yuan", "remarks", "rented_months", "resident_members", "residents_committees", "reviewed_by_id", "service_area_m2", "service_halls", "social_insurance_yuan", "social_organisations", "status", "street_code", "street_tier", "submitted_by_id", "version", "work_area_m2", "year") SELECT new_values."area_kind", new_values."central_urban", new_values."city_code", new_values."code", new_values."committee_members_in_post", new_values."community_id", new_values."community_workers_in_post", new_values."completed_dwellings", new_values."confirmed_at", new_values."confirmed_by_id", new_values."contract_price_yuan", new_values."contract_rent_yuan", new_values."declared", new_values."district_code", new_values."dwellings", new_values."extra_workers", new_values."first_move_in_on", new_values."grids", new_values."gross_floor_area_m2", new_values."households", new_values."households_occupied", new_values."households_recorded", new_values."households_registered", new_values."households_resident", new_values."id", new_values."is_demo", new_values."makers", new_values."new_households", new_values."occupied_dwellings", new_values."party_members_in_post", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."poor_county", new_values."population_registered", new_values."population_resident", new_values."premises_above_ground_area_m2", new_values."premises_area_m2", new_values."premises_tenure", new_values."premises_usable_area_m2", new_values."property_area_m2", new_values."reasons", new_values."received_yuan", new_values."remarks", new_values."rented_months", new_values."resident_members", new_values."residents_committees", new_values."reviewed_by_id", new_values."service_area_m2", new_values."service_halls", new_values."social_insurance_yuan", new_values."social_organisations", new_values."status", new_values."street_code", new_values."street_tier", new_values."submitted_by_id", new_values."version", new_values."work_area_m2", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="69b57ce8c7a4a89727b6cdb52dd052e6ca80869e",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_annualfactsevent" ("area_kind", "central_urban", "city_code", "code", "committee_members_in_post", "community_id", "community_workers_in_post", "completed_dwellings", "confirmed_at", "confirmed_by_id", "contract_price_yuan", "contract_rent_yuan", "declared", "district_code", "dwellings", "extra_workers", "first_move_in_on", "grids", "gross_floor_area_m2", "households", "households_occupied", "households_recorded", "households_registered", "households_resident", "id", "is_demo", "makers", "new_households", "occupied_dwellings", "party_members_in_post", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poor_county", "population_registered", "population_resident", "premises_above_ground_area_m2", "premises_area_m2", "premises_tenure", "premises_usable_area_m2", "property_area_m2", "reasons", "received_yuan", "remarks", "rented_months", "resident_members", "residents_committees", "reviewed_by_id", "service_area_m2", "service_halls", "social_insurance_yuan", "social_organisations", "status", "street_code", "street_tier", "submitted_by_id", "version", "work_area_m2", "year") SELECT new_values."area_kind", new_values."central_urban", new_values."city_code", new_values."code", new_values."committee_members_in_post", new_values."community_id", new_values."community_workers_in_post", new_values."completed_dwellings", new_values."confirmed_at", new_values."confirmed_by_id", new_values."contract_price_yuan", new_values."contract_rent_yuan", new_values."declared", new_values."district_code", new_values."dwellings", new_values."extra_workers", new_values."first_move_in_on", new_values."grids", new_values."gross_floor_area_m2", new_values."households", new_values."households_occupied", new_values."households_recorded", new_values."households_registered", new_values."households_resident", new_values."id", new_values."is_demo", new_values."makers", new_values."new_households", new_values."occupied_dwellings", new_values."party_members_in_post", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."poor_county", new_values."population_registered", new_values."population_resident", new_values."premises_above_ground_area_m2", new_values."premises_area_m2", new_values."premises_tenure", new_values."premises_usable_area_m2", new_values."property_area_m2", new_values."reasons", new_values."received_yuan", new_values."remarks", new_values."rented_months", new_values."resident_members", new_values."residents_committees", new_values."reviewed_by_id", new_values."service_area_m2", new_values."service_halls", new_values."social_insurance_yuan", new_values."social_organisations", new_values."status", new_values."street_code", new_values."street_tier", new_values."submitted_by_id", new_values."version", new_values."work_area_m2", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6f38c674ad3523da47b9c56620c8bd203d307830",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "communities_annualfactsevent" ("area_kind", "central_urban", "city_code", "code", "committee_members_in_post", "community_id", "community_workers_in_post", "completed_dwellings", "confirmed_at", "confirmed_by_id", "contract_price_yuan", "contract_rent_yuan", "declared", "district_code", "dwellings", "extra_workers", "first_move_in_on", "grids", "gross_floor_area_m2", "households", "households_occupied", "households_recorded", "households_registered", "households_resident", "id", "is_demo", "makers", "new_households", "occupied_dwellings", "party_members_in_post", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poor_county", "population_registered", "population_resident", "premises_above_ground_area_m2", "premises_area_m2", "premises_tenure", "premises_usable_area_m2", "property_area_m2", "reasons", "received_yuan", "remarks", "rented_months", "resident_members", "residents_committees", "reviewed_by_id", "service_area_m2", "service_halls", "social_insurance_yuan", "social_organisations", "status", "street_code", "street_tier", "submitted_by_id", "version", "work_area_m2", "year") SELECT old_values."area_kind", old_values."central_urban", old_values."city_code", old_values."code", old_values."committee_members_in_post", old_values."community_id", old_values."community_workers_in_post", old_values."completed_dwellings", old_values."confirmed_at", old_values."confirmed_by_id", old_values."contract_price_yuan", old_values."contract_rent_yuan", old_values."declared", old_values."district_code", old_values."dwellings", old_values."extra_workers", old_values."first_move_in_on", old_values."grids", old_values."gross_floor_area_m2", old_values."households", old_values."households_occupied", old_values."households_recorded", old_values."households_registered", old_values."households_resident", old_values."id", old_values."is_demo", old_values."makers", old_values."new_households", old_values."occupied_dwellings", old_values."party_members_in_post", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."poor_county", old_values."population_registered", old_values."population_resident", old_values."premises_above_ground_area_m2", old_values."premises_area_m2", old_values."premises_tenure", old_values."premises_usable_area_m2", old_values."property_area_m2", old_values."reasons", old_values."received_yuan", old_values."remarks", old_values."rented_months", old_values."resident_members", old_values."residents_committees", old_values."reviewed_by_id", old_values."service_area_m2", old_values."service_halls", old_values."social_insurance_yuan", old_values."social_organisations", old_values."status", old_values."street_code", old_values."street_tier", old_values."submitted_by_id", old_values."version", old_values."work_area_m2", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d87b4c330fbd268f1a9836216483d5e440377838",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3dd77",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="communities_annualfacts",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="annualfacts",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "returned", "submitted", "reviewed", "confirmed"])
                ),
                name="facts_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="annualfacts",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_by__isnull", True),
                    ("submitted_by__isnull", True),
                    models.Q(("reviewed_by", models.F("submitted_by")), _negated=True),
                    _connector="OR",
                ),
                name="facts_submitted_not_reviewed_by_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="annualfacts",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    ("submitted_by__isnull", True),
                    models.Q(("confirmed_by", models.F("submitted_by")), _negated=True),
                    _connector="OR",
                ),
                name="facts_submitted_not_confirmed_by_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="annualfacts",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    ("reviewed_by__isnull", True),
                    models.Q(("confirmed_by", models.F("reviewed_by")), _negated=True),
                    _connector="OR",
                ),
                name="facts_reviewed_not_confirmed_by_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="annualfacts",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_by__isnull", True),
                    models.Q(("makers__contains", [models.F("reviewed_by")]), _negated=True),
                    _connector="OR",
                ),
                name="facts_makers_not_reviewed",
            ),
        ),
        migrations.AddConstraint(
            model_name="annualfacts",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    models.Q(("makers__contains", [models.F("confirmed_by")]), _negated=True),
                    _connector="OR",
                ),
                name="facts_makers_not_confirmed",
            ),
        ),
        history_by_owner("communities_annualfacts"),
    ]
