"""History is written by the owner's triggers, and by nobody else."""

from django.db import migrations

from accounts.scope import history_by_owner

TABLES = (
    "policy_policytext",
    "policy_policysubject",
    "policy_indexvalue",
    "policy_exemption",
)


class Migration(migrations.Migration):
    dependencies = [("policy", "0005_version_stamps"), ("accounts", "0004_least_rights")]
    operations = [history_by_owner(table) for table in TABLES]
