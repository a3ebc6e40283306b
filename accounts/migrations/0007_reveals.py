"""The access log also keeps who looked at a telephone number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_messages"),
    ]

    operations = [
        migrations.AlterField(
            model_name="accesslog",
            name="act",
            field=models.CharField(
                choices=[
                    ("login", "登录"),
                    ("logout", "退出"),
                    ("login_refused", "登录未通过"),
                    ("lockout", "暂停登录"),
                    ("timeout", "会话到期"),
                    ("password_change", "修改密码"),
                    ("denial", "越权访问"),
                    ("export", "导出"),
                    ("import", "导入"),
                    ("reveal", "查看完整电话"),
                ],
                max_length=16,
                verbose_name="行为",
            ),
        ),
    ]
