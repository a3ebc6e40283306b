"""Users, their roles, and the access log."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]
    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "这个用户名已经有人用了。换一个用户名"},
                        max_length=32,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9._-]{1,31}$",
                                "用户名“%(value)s”不合规则。用2至32个小写字母、数字、点、横线，字母开头",
                            )
                        ],
                        verbose_name="用户名",
                    ),
                ),
                ("display_name", models.CharField(max_length=32, verbose_name="姓名")),
                (
                    "office",
                    models.CharField(
                        help_text="如：古楼街道办事处", max_length=64, verbose_name="单位"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        db_collation="C",
                        help_text="2、4、6、9或12位区划代码；全国填0",
                        max_length=12,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(0|[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$",
                                "辖区代码“%(value)s”的位数不对。填2、4、6、9或12位区划代码，全国填0",
                            )
                        ],
                        verbose_name="辖区代码",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True, help_text="停用后立即不能登录", verbose_name="启用"
                    ),
                ),
                (
                    "password_changed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="密码修改时间"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
            ],
            options={
                "verbose_name": "用户",
                "verbose_name_plural": "用户",
                "ordering": ["scope", "username"],
                "permissions": [("use_admin", "可以进入后台管理")],
            },
        ),
        migrations.CreateModel(
            name="AccessLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True, verbose_name="时间")),
                ("username", models.CharField(blank=True, max_length=64, verbose_name="用户名")),
                ("address", models.GenericIPAddressField(null=True, verbose_name="地址")),
                (
                    "act",
                    models.CharField(
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
                        ],
                        max_length=16,
                        verbose_name="行为",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[("done", "完成"), ("refused", "拒绝")],
                        max_length=8,
                        verbose_name="结果",
                    ),
                ),
                ("target", models.CharField(blank=True, max_length=200, verbose_name="对象")),
                (
                    "request_id",
                    models.CharField(blank=True, max_length=64, verbose_name="请求编号"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access_logs",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="用户",
                    ),
                ),
            ],
            options={
                "verbose_name": "访问记录",
                "verbose_name_plural": "访问记录",
                "ordering": ["-at", "-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "key",
                    models.SlugField(
                        max_length=32, primary_key=True, serialize=False, verbose_name="标识"
                    ),
                ),
                ("name", models.CharField(max_length=32, unique=True, verbose_name="名称")),
                ("description", models.TextField(verbose_name="说明")),
                ("order", models.PositiveSmallIntegerField(verbose_name="次序")),
                (
                    "scope_lengths",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        size=None,
                        verbose_name="辖区代码位数",
                    ),
                ),
                (
                    "grants",
                    models.ManyToManyField(
                        related_name="granted_by", to="accounts.role", verbose_name="可授予的角色"
                    ),
                ),
                (
                    "permissions",
                    models.ManyToManyField(
                        related_name="roles", to="auth.permission", verbose_name="权限"
                    ),
                ),
            ],
            options={
                "verbose_name": "角色",
                "verbose_name_plural": "角色",
                "ordering": ["order"],
            },
        ),
        migrations.AddField(
            model_name="user",
            name="role",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="users",
                to="accounts.role",
                verbose_name="角色",
            ),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(fields=["scope", "username"], name="user_scope"),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope__regex", "^(0|[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$")
                ),
                name="user_scope_shape",
            ),
        ),
    ]
