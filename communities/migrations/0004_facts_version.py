"""A stamp per year that changes with the facts; year 0 for communities and divisions."""

from django.db import migrations

from accounts.scope import read_only

# Written by the owner's functions only, so the application cannot call a stale figure fresh.
# Random and not counted: a number that was rolled back would come again for other rows.
BUMP = """
CREATE FUNCTION bump_facts_version(years smallint[]) RETURNS void AS $$
    INSERT INTO communities_factsversion (year, stamp, changed_at)
    SELECT changed.year, gen_random_uuid(), now()
    FROM (SELECT DISTINCT year FROM unnest(years) AS each(year)) AS changed ORDER BY 1
    ON CONFLICT (year) DO UPDATE SET stamp = excluded.stamp, changed_at = excluded.changed_at
$$ LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public;
REVOKE EXECUTE ON FUNCTION bump_facts_version FROM PUBLIC;

CREATE FUNCTION facts_changed() RETURNS trigger AS $$
BEGIN
    PERFORM bump_facts_version(ARRAY(SELECT DISTINCT changed.year FROM changed));
    RETURN NULL;
END $$ LANGUAGE plpgsql SECURITY DEFINER SET search_path = public;

CREATE FUNCTION facts_moved() RETURNS trigger AS $$
BEGIN
    -- A row that goes to another year is missing in its old one.
    PERFORM bump_facts_version(ARRAY(SELECT year FROM before UNION SELECT year FROM changed));
    RETURN NULL;
END $$ LANGUAGE plpgsql SECURITY DEFINER SET search_path = public;

CREATE FUNCTION places_changed() RETURNS trigger AS $$
BEGIN
    PERFORM bump_facts_version(ARRAY[0::smallint]);
    RETURN NULL;
END $$ LANGUAGE plpgsql SECURITY DEFINER SET search_path = public;
"""
DROP_FUNCTIONS = (
    "DROP FUNCTION facts_changed, facts_moved, places_changed, bump_facts_version(smallint[])"
)
FACTS = "communities_annualfacts"
PLACES = ("communities_community", "communities_division")


def facts_trigger(act: str, rows: str, function: str) -> migrations.RunSQL:
    """Return the trigger for one kind of change: rows of several kinds cannot share one."""
    name = f"facts_version_{act.lower()}"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} AFTER {act} ON {FACTS} REFERENCING {rows} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER {name} ON {FACTS}",
    )


class Migration(migrations.Migration):
    dependencies = [("communities", "0003_row_security")]
    operations = [
        migrations.RunSQL(BUMP, DROP_FUNCTIONS),
        facts_trigger("INSERT", "NEW TABLE AS changed", "facts_changed"),
        facts_trigger("UPDATE", "OLD TABLE AS before NEW TABLE AS changed", "facts_moved"),
        facts_trigger("DELETE", "OLD TABLE AS changed", "facts_changed"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER places_version AFTER INSERT OR UPDATE OR DELETE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION places_changed()",
                f"DROP TRIGGER places_version ON {table}",
            )
            for table in PLACES
        ),
        read_only("communities_factsversion"),
    ]
