"""Keys of forms that were acted on; the application adds them and removes none."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.scope import no_delete


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_least_rights"),
    ]

    operations = [
        migrations.CreateModel(
            name="SubmittedForm",
            fields=[
                (
                    "key",
                    models.UUIDField(primary_key=True, serialize=False, verbose_name="提交标识"),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                ("led_to", models.CharField(blank=True, max_length=300, verbose_name="去向")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提交人",
                    ),
                ),
            ],
            options={
                "verbose_name": "已提交的表单",
                "verbose_name_plural": "已提交的表单",
                "default_permissions": (),
            },
        ),
        no_delete("accounts_submittedform"),
    ]
