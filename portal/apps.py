"""App configuration of the pages that read across the apps."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "工作台"
