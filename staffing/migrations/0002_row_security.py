"""Rows of the scope only; what wider offices publish is readable by all; history stays as it is."""

from django.db import migrations

from accounts.scope import append_only, history_by_owner, no_delete, row_security, scoped_writes

# readable by every office, written by scope: they hold no personal data
PUBLISHED = ("course", "electionround", "quotaplan")
TRACKED = (
    "appointment",
    "attendance",
    "award",
    "candidate",
    "certificate",
    "course",
    "election",
    "electionround",
    "extraworkers",
    "payrecord",
    "person",
    "quotaline",
    "quotaplan",
    "staffact",
)
UNTRACKED = ("personphone", "staffpaper", "staffpapercontent")
SCOPED = tuple(sorted({*TRACKED, *UNTRACKED} - {*PUBLISHED}))
KEPT = ("award", "certificate", "course", "election", "electionround",
    "extraworkers", "person", "quotaplan", "staffact")  # fmt: skip

# A mistaken result of an election is taken back before anything else happened on its posts: those
# that it began go, and their history stays. No other appointment is ever removed.
KEEP_APPOINTMENTS = """
CREATE FUNCTION keep_appointments() RETURNS trigger AS $$
BEGIN
    IF OLD.election_id IS NULL OR OLD.valid_until IS NOT NULL THEN
        RAISE EXCEPTION 'an appointment is ended, not removed';
    END IF;
    RETURN OLD;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER keep_appointments BEFORE DELETE ON staffing_appointment
    FOR EACH ROW EXECUTE FUNCTION keep_appointments();
"""
FORGET_APPOINTMENTS = """
DROP TRIGGER keep_appointments ON staffing_appointment;
DROP FUNCTION keep_appointments();
"""


class Migration(migrations.Migration):
    dependencies = [("staffing", "0001_persons_posts_acts")]
    operations = [
        *(scoped_writes(f"staffing_{name}") for name in PUBLISHED),
        *(row_security(f"staffing_{name}") for name in SCOPED),
        *(row_security(f"staffing_{name}event") for name in TRACKED),
        *(append_only(f"staffing_{name}event") for name in TRACKED),
        append_only("staffing_staffpaper"),
        # its code follows that of its community
        migrations.RunSQL(
            "GRANT UPDATE (code) ON staffing_staffpaper TO gov_app",
            "REVOKE UPDATE (code) ON staffing_staffpaper FROM gov_app",
        ),
        *(no_delete(f"staffing_{name}") for name in KEPT),
        migrations.RunSQL(KEEP_APPOINTMENTS, FORGET_APPOINTMENTS),
        *(history_by_owner(f"staffing_{name}") for name in TRACKED),
    ]
