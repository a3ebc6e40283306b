"""Authentication: names and passwords as Django does it, permissions from the role."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from accounts.models import Message, User
from accounts.typed import clean_username

# The top bar of every page shows it: read with the person, it is no query of its own.
UNREAD = Coalesce(
    Subquery(
        Message.objects.unread()
        .filter(to=OuterRef("pk"))
        .order_by()
        .values("to")
        .annotate(number=Count("pk"))
        .values("number")
    ),
    0,
)


def counted_username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the name under which axes counts a login: one for all spellings of an account."""
    return clean_username((credentials or request.POST).get("username") or "")


class RoleBackend(ModelBackend):
    def get_user(self, user_id: Any) -> User | None:
        """The person of a session; `unread` is the number of unread messages."""
        user = (
            User.objects.select_related("role").annotate(unread=UNREAD).filter(pk=user_id).first()
        )
        return user if user and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not isinstance(user_obj, User) or not user_obj.is_active or obj is not None:
            return set()
        if not hasattr(user_obj, "_role_permissions"):
            names = user_obj.role.permissions.values_list("content_type__app_label", "codename")
            user_obj._role_permissions = {f"{app}.{codename}" for app, codename in names}  # type: ignore[attr-defined]
        return set(user_obj._role_permissions)  # type: ignore[attr-defined]

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return self.get_all_permissions(user_obj, obj)
