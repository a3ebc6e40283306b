"""Rows of the scope only; plans and pools are read by the offices beneath; history stays."""

from django.db import migrations

from accounts.scope import append_only, history_by_owner, no_delete, row_security, scoped_writes

# readable by every office, written by scope: they hold no personal data
PUBLISHED = ("spaceplan", "spacepool")
TRACKED = (
    "builderdefault",
    "contract",
    "correctionorder",
    "defaultnotice",
    "gate",
    "hallcheck",
    "handoveritem",
    "inspection",
    "premises",
    "project",
    "room",
    "share",
    "spacemeasure",
    "spacepaper",
    "spaceplan",
    "spacepool",
    "spacepoolline",
)
UNTRACKED = ("spacepapercontent",)
SCOPED = tuple(sorted({*TRACKED, *UNTRACKED} - {*PUBLISHED}))
# rooms, shares and contracts that were typed by mistake go, as do lines of drafts; history tells
KEPT = ("builderdefault", "correctionorder", "defaultnotice", "gate", "hallcheck", "inspection",
    "premises", "project", "spacepaper", "spaceplan", "spacepool")  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("facilities", "0001_premises_projects_plans")]
    operations = [
        *(scoped_writes(f"facilities_{name}") for name in PUBLISHED),
        *(row_security(f"facilities_{name}") for name in SCOPED),
        *(row_security(f"facilities_{name}event") for name in TRACKED),
        *(append_only(f"facilities_{name}event") for name in TRACKED),
        append_only("facilities_spacepapercontent"),
        # its code follows that of its community
        migrations.RunSQL(
            "GRANT UPDATE (code, community_id) ON facilities_spacepapercontent TO gov_app",
            "REVOKE UPDATE (code, community_id) ON facilities_spacepapercontent FROM gov_app",
        ),
        *(no_delete(f"facilities_{name}") for name in KEPT),
        *(history_by_owner(f"facilities_{name}") for name in TRACKED),
    ]
