"""App configurations of accounts, and of the admin that belongs to the bureau."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "账号与权限"
    default_auto_field = "django.db.models.BigAutoField"


class BureauAdminConfig(AdminConfig):
    """Put this in INSTALLED_APPS in place of django.contrib.admin."""

    default = False
    default_site = "accounts.admin_site.BureauAdminSite"
