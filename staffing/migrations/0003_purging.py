"""The history of persons lets the personal data of one go after the time of keeping."""

from django.db import migrations

# columns of history that tell who somebody was, with what stands there afterwards
BLANKED = {
    "person": "name = '已清除', school = '', major = '', remarks = ''",
    "certificate": "name = '', registration_no = ''",
    "staffact": "note = ''",
}
KEYS = {"person": "pgh_obj_id", "certificate": "person_id", "staffact": "person_id"}

# The application has no right to change history, and the owner's triggers refuse it. This lets a
# row be changed while staffing_blank_history says so, and no row be removed.
TRIGGER = """
DO $$
DECLARE
    one regprocedure;
BEGIN
    SELECT tgfoid::regprocedure INTO STRICT one FROM pg_trigger
    WHERE tgrelid = 'staffing_{table}event'::regclass AND tgname LIKE 'pgtrigger\\_append\\_only%';
    EXECUTE 'CREATE OR REPLACE FUNCTION ' || one || ' RETURNS trigger AS $body$
BEGIN
    {exception}
    RAISE EXCEPTION ''pgtrigger: Cannot update or delete rows from % table'', TG_TABLE_NAME;
END $body$ LANGUAGE plpgsql';
END $$
"""
BLANKING = """
    IF TG_OP = ''UPDATE'' AND OLD.{key}::text = current_setting(''app.blanking'', true) THEN
        RETURN NEW;
    END IF;
"""

FUNCTION = """
CREATE FUNCTION staffing_blank_history(one bigint) RETURNS void AS $$
BEGIN
    IF EXISTS (
        SELECT FROM staffing_appointment WHERE person_id = one
        AND (valid_until IS NULL OR valid_until > current_date - interval '1 year')
    ) THEN
        RAISE EXCEPTION 'a person who is in post, or was within a year, keeps the history';
    END IF;
    IF NOT EXISTS (
        SELECT FROM staffing_person WHERE id = one AND purged_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'the history goes with the personal data, not before';
    END IF;
    PERFORM set_config('app.blanking', one::text, true);
    {updates}
    PERFORM set_config('app.blanking', '', true);
END $$ LANGUAGE plpgsql SECURITY DEFINER SET search_path = public;
REVOKE EXECUTE ON FUNCTION staffing_blank_history FROM PUBLIC;
GRANT EXECUTE ON FUNCTION staffing_blank_history TO gov_app;
""".replace(
    "{updates}",
    "\n    ".join(  # names written above
        f"UPDATE staffing_{table}event SET {columns} WHERE {KEYS[table]} = one;"  # noqa: S608
        for table, columns in BLANKED.items()
    ),
)


def append_only_but_blanking(table: str) -> migrations.RunSQL:
    """The operation after which rows of a history are changed by staffing_blank_history alone."""
    exception = BLANKING.format(key=KEYS[table])
    return migrations.RunSQL(
        TRIGGER.format(table=table, exception=exception),
        TRIGGER.format(table=table, exception=""),
    )


class Migration(migrations.Migration):
    dependencies = [("staffing", "0002_row_security")]
    operations = [
        *(append_only_but_blanking(table) for table in BLANKED),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION staffing_blank_history"),
    ]
