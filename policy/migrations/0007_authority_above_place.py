"""A text is issued by the place for which it holds, or by one above it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("policy", "0006_history_by_the_owner")]

    operations = [
        migrations.AddConstraint(
            model_name="policytext",
            constraint=models.CheckConstraint(
                condition=models.Q(("jurisdiction__startswith", models.F("authority"))),
                name="text_authority_above_place",
                violation_error_message="发文层级不是适用范围本级或上级的代码。改其中一个",
            ),
        ),
    ]
