"""Rows of the scope only; rounds are readable by all; records of what was done stay as they are."""

from django.db import migrations

from accounts.scope import append_only, history_by_owner, no_delete, row_security, scoped_writes

SCOPED = (
    "extension",
    "reminder",
    "factsdraft",
    "factsstep",
    "correction",
    "correctionevent",
    "roundevent",
    "upload",
    "uploadcontent",
    "uploadrow",
)
ADDED_ONLY = ("extension", "reminder", "factsstep", "correctionevent", "roundevent")
# Codes of streets and communities follow a change of code; the rest of the row does not change.
FOLLOWING = ("extension", "reminder", "factsstep")


class Migration(migrations.Migration):
    dependencies = [("collection", "0001_rounds_drafts_uploads")]
    operations = [
        scoped_writes("collection_round"),
        *(row_security(f"collection_{name}") for name in SCOPED),
        *(append_only(f"collection_{name}") for name in ADDED_ONLY),
        *(
            migrations.RunSQL(
                f"GRANT UPDATE (code) ON collection_{name} TO gov_app",
                f"REVOKE UPDATE (code) ON collection_{name} FROM gov_app",
            )
            for name in FOLLOWING
        ),
        *(no_delete(f"collection_{name}") for name in ("round", "correction", "upload")),
        *(history_by_owner(f"collection_{name}") for name in ("round", "correction")),
    ]
