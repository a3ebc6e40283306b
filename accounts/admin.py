"""Users, roles and the access log in the admin, inside the scope of whoever is logged in."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.models import Group, Permission

from accounts.admin_site import BureauModelAdmin, ScopedAdmin
from accounts.forms import ResetPasswordForm, UserAddForm, UserChangeForm
from accounts.models import AccessLog, Role, User

admin.site.unregister(Group)


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
        (None, {"fields": ["username", "display_name", "office"]}),
        ("权限", {"fields": ["role", "scope", "is_active"]}),
        ("时间", {"fields": ["last_login", "password_changed_at", "created_at"]}),
    ]
    readonly_fields = ["last_login", "password_changed_at", "created_at"]
    add_fieldsets = [
        (None, {"fields": ["username", "display_name", "office", "role", "scope"]}),
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
