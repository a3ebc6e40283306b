"""App configuration of the collection."""

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "collection"
    verbose_name = "数据填报"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # models are loaded by now, and not before
        from accounts.daily import add_daily_job  # noqa: PLC0415
        from collection.services.daily import remind_streets, tidy_uploads  # noqa: PLC0415
        from collection.services.facts_kind import FACTS  # noqa: PLC0415
        from collection.services.recoded import follow_codes  # noqa: PLC0415
        from collection.services.upload_kinds import register  # noqa: PLC0415
        from collection.tables.returned import facts_model, register_model  # noqa: PLC0415
        from communities.services.division_codes import CODE_FOLLOWERS  # noqa: PLC0415

        register(FACTS)
        register_model(FACTS.shape.key, facts_model)
        CODE_FOLLOWERS.append(follow_codes)
        add_daily_job(remind_streets, failed="streets could not be reminded")
        add_daily_job(tidy_uploads, failed="old imports could not be tidied up")
