"""The bureau's admin: the stock site with the login of the house, and what its tables share."""

import logging
from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DataError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from accounts.views import LogoutView

logger = logging.getLogger(__name__)


class BureauAdminSite(admin.AdminSite):
    site_header = "社区保障管理系统 · 后台管理"
    site_title = "后台管理"
    index_title = "后台管理"

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        target = request.GET.get("next") or reverse("admin:index")
        return redirect_to_login(target, reverse("accounts:login"))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return LogoutView.as_view()(request)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("accounts:password")

    def password_change_done(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("accounts:password")

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """Refuse a logged-in person without admin rights at once, without a detour to the login."""
        stock = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return stock(request, *args, **kwargs)

        return update_wrapper(guarded, stock)


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
