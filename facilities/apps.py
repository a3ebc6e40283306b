"""App configuration of facilities."""

from django.apps import AppConfig


class FacilitiesConfig(AppConfig):
    name = "facilities"
    verbose_name = "用房"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the year's facts be taken from the register, and the register follow change acts."""
        from collection.selectors.sources import register_provider  # noqa: PLC0415
        from collection.services.upload_kinds import register  # noqa: PLC0415
        from collection.tables.returned import register_model  # noqa: PLC0415
        from communities.services.division_codes import CODE_FOLLOWERS  # noqa: PLC0415
        from communities.services.succession import FOLLOWERS  # noqa: PLC0415
        from facilities.selectors.sources import from_premises  # noqa: PLC0415
        from facilities.services.following import hand_over_premises  # noqa: PLC0415
        from facilities.services.following_codes import follow_codes  # noqa: PLC0415
        from facilities.services.premises_upload import PREMISES  # noqa: PLC0415
        from facilities.tables.premises_template import premises_model  # noqa: PLC0415

        register(PREMISES)
        register_model(PREMISES.shape.key, premises_model)
        register_provider(from_premises)
        FOLLOWERS.append(hand_over_premises)
        CODE_FOLLOWERS.append(follow_codes)
