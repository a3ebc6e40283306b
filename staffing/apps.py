"""App configuration of staffing."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    name = "staffing"
    verbose_name = "人员"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the year's facts be taken from the rosters, and rosters follow the register."""
        from accounts.daily import add_daily_job  # noqa: PLC0415
        from collection.selectors.sources import register_provider  # noqa: PLC0415
        from collection.services.upload_kinds import register  # noqa: PLC0415
        from collection.tables.returned import register_model  # noqa: PLC0415
        from communities.services.division_codes import CODE_FOLLOWERS  # noqa: PLC0415
        from communities.services.succession import FOLLOWERS  # noqa: PLC0415
        from staffing.selectors.sources import from_increases, from_rosters  # noqa: PLC0415
        from staffing.services.attendance_upload import ATTENDANCE  # noqa: PLC0415
        from staffing.services.daily import forget_staff  # noqa: PLC0415
        from staffing.services.following import follow_codes, hand_over_posts  # noqa: PLC0415
        from staffing.services.roster_upload import ROSTER  # noqa: PLC0415
        from staffing.tables.roster_template import roster_model  # noqa: PLC0415

        register(ROSTER)
        register(ATTENDANCE)
        register_model(ROSTER.shape.key, roster_model)
        register_provider(from_rosters)
        register_provider(from_increases)
        FOLLOWERS.append(hand_over_posts)
        CODE_FOLLOWERS.append(follow_codes)
        add_daily_job(forget_staff, failed="staff who left long ago could not be forgotten")
