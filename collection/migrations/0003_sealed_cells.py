"""Texts of sealed cells, until the rows of an import are taken."""

import django.db.models.deletion
from django.db import migrations, models

from accounts.scope import row_security


class Migration(migrations.Migration):
    dependencies = [("collection", "0002_row_security")]

    operations = [
        migrations.CreateModel(
            name="UploadSecret",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="辖区代码"),
                ),
                ("number", models.PositiveIntegerField(verbose_name="行号")),
                ("name", models.CharField(max_length=60, verbose_name="列")),
                ("text", models.CharField(max_length=40, verbose_name="内容")),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="secrets",
                        to="collection.upload",
                        verbose_name="导入",
                    ),
                ),
            ],
            options={
                "verbose_name": "导入中的保密内容",
                "verbose_name_plural": "导入中的保密内容",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("upload", "number", "name"), name="upload_secret_once"
                    )
                ],
            },
        ),
        row_security("collection_uploadsecret"),
    ]
