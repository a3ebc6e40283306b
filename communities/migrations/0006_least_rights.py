"""What the application need not do, it may not: delete places and facts, write history itself."""

from django.db import migrations

from accounts.scope import history_by_owner, no_delete, scoped_writes


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0005_division_code_index"),
        ("accounts", "0004_least_rights"),
    ]
    operations = [
        scoped_writes("communities_division"),
        *map(no_delete, ("communities_division", "communities_community")),
        no_delete("communities_annualfacts"),
        *map(history_by_owner, ("communities_division", "communities_community")),
        history_by_owner("communities_annualfacts"),
    ]
