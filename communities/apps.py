"""App configuration of communities."""

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = "区划与社区"
    default_auto_field = "django.db.models.BigAutoField"
