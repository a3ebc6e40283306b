"""An index for the names of codes, which nearly every page looks up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0004_facts_version")]
    operations = [
        migrations.AddIndex(
            model_name="division",
            index=models.Index(fields=["code"], name="division_code"),
        ),
    ]
