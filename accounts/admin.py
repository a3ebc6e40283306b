"""What all tables of the admin share; users, roles and the access log inside the own scope."""

import logging
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import SuspiciousOperation
from django.db import DataError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from accounts.forms import ResetPasswordForm, UserAddForm, UserChangeForm
from accounts.models import AccessLog, Role, User

admin.site.unregister(Group)
logger = logging.getLogger(__name__)


class BureauModelAdmin(admin.ModelAdmin):
    """A table in the admin whose list answers any address: it is filtered by its filters only."""

    list_per_page = 50
    show_full_result_count = False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        assert request is not None  # noqa: S101 - only old Django leaves it out
        return lookup in self.filter_names(request)

    def filter_names(self, request: HttpRequest) -> set[str]:
        """Return the names of parameters that the filters beside the list may send."""
        names = {f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day")}
        for item in self.get_list_filter(request):
            if not isinstance(item, str):
                names.add(item.parameter_name)  # type: ignore[union-attr]
                continue
            field = self.opts.get_field(item)
            key = f"{item}__{field.target_field.name}" if field.is_relation else item  # type: ignore[union-attr]
            names |= {f"{key}__exact", f"{item}__isnull"}
        return names

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list; an address that the database cannot answer leads to the whole list."""
        if ERROR_FLAG in request.GET:
            messages.error(request, "地址里的筛选条件不对，显示的是全部。用右侧的筛选再选一次")
        try:
            with transaction.atomic():
                response = super().changelist_view(request, extra_context)
                # A list is read when its page is rendered: do it here, where errors are caught.
                return response.render() if isinstance(response, TemplateResponse) else response
        except (DataError, ValueError, OverflowError, SuspiciousOperation) as error:
            if [*request.GET] in ([], [ERROR_FLAG]):
                raise
            logger.warning("%s: filters refused, %s", request.path, type(error).__name__)
            return redirect(f"{request.path}?{ERROR_FLAG}=1")


class ScopedAdmin(BureauModelAdmin):
    """Rows that concern the person's scope; nothing is deleted."""

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).for_user(request.user)  # type: ignore[attr-defined]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Return the form class, which knows the person at the keyboard as `by`."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"by": request.user})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(BureauModelAdmin):
    """A table that is looked at here and changed elsewhere."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


VERBS = {"add": "新增", "change": "修改", "delete": "删除", "view": "查看"}


def permission_name(permission: Permission) -> str:
    """Say a permission in Chinese; the stock ones have English names."""
    verb = VERBS.get(permission.codename.split("_")[0])
    model = permission.content_type.model_class()
    if verb and model and permission.codename.endswith(f"_{model._meta.model_name}"):
        return f"{verb}{model._meta.verbose_name}"
    return permission.name


@admin.register(Role)
class RoleAdmin(ReadOnlyAdmin):
    list_display = ["name", "key", "description"]
    fields = ["name", "key", "description", "scope_lengths", "grant_names", "permission_names"]
    search_fields = ["name", "key"]

    @admin.display(description="可授予的角色")
    def grant_names(self, role):
        return "、".join(role.grants.values_list("name", flat=True)) or "无"

    @admin.display(description="权限")
    def permission_names(self, role):
        rows = role.permissions.select_related("content_type")
        return "\n".join(permission_name(permission) for permission in rows)


@admin.register(User)
class UserAdmin(ScopedAdmin, StockUserAdmin):
    form = UserChangeForm
    add_form = UserAddForm
    # The stock one says in English that there is more to fill in afterwards.
    add_form_template = "admin/change_form.html"
    change_password_form = ResetPasswordForm
    list_display = [
        "username",
        "display_name",
        "office",
        "scope",
        "role",
        "is_active",
        "last_login",
    ]
    list_filter = ["role", "is_active"]
    list_select_related = ["role"]
    search_fields = ["username", "display_name", "office", "scope"]
    ordering = ["scope", "username"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "display_name", "office", "email"]}),
        ("权限", {"fields": ["role", "scope", "is_active"]}),
        ("时间", {"fields": ["last_login", "password_changed_at", "created_at"]}),
    ]
    readonly_fields = ["last_login", "password_changed_at", "created_at"]
    add_fieldsets = [
        (None, {"fields": ["username", "display_name", "office", "email", "role", "scope"]}),
        ("初始密码", {"fields": ["password1", "password2"], "description": "首次登录时由本人修改"}),
    ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "role":
            kwargs["queryset"] = request.user.role.grants.all()
            kwargs["error_messages"] = {"invalid_choice": "你不能授予这个角色。从列表里选一个"}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        # Nobody changes the own rights, or those of somebody one could not have appointed.
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or (
            obj.pk != request.user.pk and request.user.role.grants.filter(pk=obj.role_id).exists()
        )


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnlyAdmin, ScopedAdmin):
    list_display = ["at", "username", "act", "result", "target", "address"]
    list_filter = ["act", "result"]
    date_hierarchy = "at"
    search_fields = ["username", "target", "request_id"]
    list_select_related = ["user"]
    list_per_page = 100
    fields = ["at", "username", "act", "result", "target", "address", "request_id"]
