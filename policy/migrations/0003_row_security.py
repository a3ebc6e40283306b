"""Exemptions show the rows of the request's scope; what the application may do with the rest."""

from django.db import migrations

from accounts.scope import append_only, row_security


class Migration(migrations.Migration):
    dependencies = [("policy", "0002_history_and_guards"), ("accounts", "0003_row_security")]
    operations = [
        row_security("policy_exemption"),
        row_security("policy_exemptionevent"),
        append_only("policy_exemptionevent"),
        append_only("policy_policytextevent"),
        append_only("policy_policysubjectevent"),
        append_only("policy_indexvalueevent"),
    ]
