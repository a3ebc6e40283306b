"""Help on keys, and the reference of components for staff."""

from django.contrib.auth.decorators import user_passes_test
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.samples import component_samples


@require_safe
def keys(request):
    return render(request, "help/keys.html")


def staff_only(user):
    """Let staff in; others are refused, not sent to log in again."""
    if user.is_authenticated and not user.is_staff:
        raise PermissionDenied
    return bool(user.is_authenticated)


@require_safe
@user_passes_test(staff_only)
def components(request):
    return render(request, "portal/components.html", component_samples())
