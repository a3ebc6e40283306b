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


class Migration(migrations.Migration):
    dependencies = [("communities", "0009_acts_and_papers")]
    operations = [
        *(row_security(f"communities_{name}") for name in (*TRACKED, *UNTRACKED)),
        *(row_security(f"communities_{name}event") for name in TRACKED),
        *(append_only(f"communities_{name}event") for name in TRACKED),
        *(no_delete(f"communities_{name}") for name in (*TRACKED, *UNTRACKED)),
        *(history_by_owner(f"communities_{name}") for name in TRACKED),
        append_only("communities_actstep"),
        append_only("communities_papercontent"),
        # A file moves with its community to another code; its bytes never change.
        migrations.RunSQL(
            "GRANT UPDATE (code) ON communities_papercontent TO gov_app",
            "REVOKE UPDATE (code) ON communities_papercontent FROM gov_app",
        ),
        migrations.RunSQL(
            f"CREATE TRIGGER places_version AFTER INSERT OR UPDATE OR DELETE ON {FORMER} "
            "FOR EACH STATEMENT EXECUTE FUNCTION places_changed()",
            f"DROP TRIGGER places_version ON {FORMER}",
        ),
    ]
