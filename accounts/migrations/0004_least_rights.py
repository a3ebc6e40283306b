"""What the application need not do, it may not: delete accounts, rewrite the log, write history."""

from django.db import migrations

from accounts.scope import append_only, history_by_owner, no_delete


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_row_security"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]
    operations = [
        append_only("django_admin_log"),
        no_delete("accounts_user"),
        history_by_owner("accounts_user"),
    ]
