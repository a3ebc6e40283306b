"""Communities, facts and their history show the rows of the request's scope only."""

from django.db import migrations

from accounts.scope import append_only, row_security


class Migration(migrations.Migration):
    dependencies = [("communities", "0002_history"), ("accounts", "0003_row_security")]
    operations = [
        row_security("communities_community"),
        row_security("communities_annualfacts"),
        row_security("communities_communityevent"),
        row_security("communities_annualfactsevent"),
        append_only("communities_communityevent"),
        append_only("communities_annualfactsevent"),
        append_only("communities_divisionevent"),
    ]
