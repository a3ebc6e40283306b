"""App configuration of the collection."""

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "collection"
    verbose_name = "数据填报"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # models are loaded by now, and not before
        from collection.services.recoded import follow_codes  # noqa: PLC0415
        from collection.services.taking import FACTS  # noqa: PLC0415
        from collection.services.upload_kinds import register  # noqa: PLC0415
        from communities.services.division_codes import CODE_FOLLOWERS  # noqa: PLC0415

        register(FACTS)
        CODE_FOLLOWERS.append(follow_codes)
