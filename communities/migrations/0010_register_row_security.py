"""Parts, papers and acts show the rows of the request's scope only; nothing of them is deleted."""

from django.db import migrations

from accounts.scope import append_only, history_by_owner, no_delete, row_security

TRACKED = (
    "formerdesignation",
    "estate",
    "building",
    "estatemeeting",
    "grid",
    "organisation",
    "archiveentry",
    "contact",
    "changeact",
    "lineage",
    "paper",
)
UNTRACKED = ("actstep", "papercontent")
FORMER = "communities_formerdesignation"
COMMUNITY = "communities_community"
# What registers of a year hold of a community. The rest of its card changes every day, and must
# neither empty everybody's registers nor wait behind a long act for the stamp.
READ = "code, name, short_name, committee_kind, valid_from, valid_until, designated_from"
# Plans of queries on a table that was empty a moment ago take minutes; only its owner may analyse.
ANALYSE = """
CREATE FUNCTION analyse_register() RETURNS void AS $$
    ANALYZE communities_division, communities_community, communities_annualfacts,
        communities_estate, communities_building, communities_estatemeeting, communities_grid,
        communities_organisation, communities_archiveentry, communities_contact
$$ LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public;
REVOKE EXECUTE ON FUNCTION analyse_register FROM PUBLIC;
GRANT EXECUTE ON FUNCTION analyse_register TO gov_app;
"""


def places_version(acts: str) -> str:
    """The trigger of communities that gives the year 0 another stamp on these acts."""
    return (
        f"CREATE TRIGGER places_version AFTER {acts} ON {COMMUNITY} "
        "FOR EACH STATEMENT EXECUTE FUNCTION places_changed()"
    )


class Migration(migrations.Migration):
    dependencies = [("communities", "0009_acts_and_papers")]
    operations = [
        *(row_security(f"communities_{name}") for name in (*TRACKED, *UNTRACKED)),
        # what a community was called is no secret: its page tells it in whatever street it lies now
        migrations.RunSQL(
            f"CREATE POLICY public_reading ON {FORMER} FOR SELECT USING (true)",
            f"DROP POLICY public_reading ON {FORMER}",
        ),
        *(row_security(f"communities_{name}event") for name in TRACKED),
        *(append_only(f"communities_{name}event") for name in TRACKED),
        *(no_delete(f"communities_{name}") for name in (*TRACKED, *UNTRACKED)),
        *(history_by_owner(f"communities_{name}") for name in TRACKED),
        append_only("communities_actstep"),
        append_only("communities_papercontent"),
        # A file moves with its community to another code, a step with its act; else they never change.
        *(
            migrations.RunSQL(
                f"GRANT UPDATE (code) ON communities_{name} TO gov_app",
                f"REVOKE UPDATE (code) ON communities_{name} FROM gov_app",
            )
            for name in UNTRACKED
        ),
        migrations.RunSQL(
            f"CREATE TRIGGER places_version AFTER INSERT OR UPDATE OR DELETE ON {FORMER} "
            "FOR EACH STATEMENT EXECUTE FUNCTION places_changed()",
            f"DROP TRIGGER places_version ON {FORMER}",
        ),
        migrations.RunSQL(
            f"DROP TRIGGER places_version ON {COMMUNITY}; "
            + places_version(f"INSERT OR DELETE OR UPDATE OF {READ}"),
            f"DROP TRIGGER places_version ON {COMMUNITY}; "
            + places_version("INSERT OR UPDATE OR DELETE"),
        ),
        migrations.RunSQL(ANALYSE, "DROP FUNCTION analyse_register"),
    ]
