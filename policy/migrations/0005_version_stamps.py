"""A stamp that changes with every change of texts, series or exemptions."""

from django.db import migrations

from accounts.scope import read_only

TABLES = {
    "texts": ("policy_policytext", "policy_policysubject"),
    "series": ("policy_indexvalue",),
    "exemptions": ("policy_exemption",),
}
# Random and not counted: a number that was rolled back would come again for other rows.
STAMP = """
CREATE FUNCTION policy_changed() RETURNS trigger AS $$
BEGIN
    INSERT INTO policy_policyversion (name, stamp) VALUES (TG_ARGV[0], gen_random_uuid())
    ON CONFLICT (name) DO UPDATE SET stamp = excluded.stamp;
    RETURN NULL;
END $$ LANGUAGE plpgsql SECURITY DEFINER SET search_path = public;

INSERT INTO policy_policyversion (name, stamp)
SELECT name, gen_random_uuid() FROM unnest(ARRAY['texts', 'series', 'exemptions']) AS name
"""
UNDO = "DELETE FROM policy_policyversion; DROP FUNCTION policy_changed"


class Migration(migrations.Migration):
    dependencies = [("policy", "0004_answers_of_a_published_text")]
    operations = [
        migrations.RunSQL(STAMP, UNDO),
        *(
            migrations.RunSQL(
                "CREATE TRIGGER policy_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE "
                f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION policy_changed('{name}')",
                f"DROP TRIGGER policy_version ON {table}",
            )
            for name, tables in TABLES.items()
            for table in tables
        ),
        read_only("policy_policyversion"),
    ]
