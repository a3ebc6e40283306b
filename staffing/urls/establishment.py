"""Routes of staffing: establishment, quotas and extra workers."""

from django.urls import path

import communities.converters  # noqa: F401
from staffing.views import establishment, extra, quotas, quotas_steps

urlpatterns = [
    path("staff/establishment/", establishment.establishment, name="establishment"),
    path(
        "staff/establishment/export.xlsx",
        establishment.establishment_xlsx,
        name="establishment_xlsx",
    ),
    path("staff/quotas/", quotas.quotas, name="quotas"),
    path("staff/quotas/<division:division>/<int:year>/", quotas.quota, name="quota"),
    path("staff/quotas/<division:division>/<int:year>/edit/", quotas.quota_edit, name="quota_edit"),
    *(
        path(
            f"staff/quotas/<division:division>/<int:year>/{step}/",
            getattr(quotas_steps, f"quota_{step}"),
            name=f"quota_{step}",
        )
        for step in ("propose", "approve", "return")
    ),
    path("staff/extra/", extra.extra_workers, name="extra_workers"),
    path("staff/extra/new/", extra.extra_new, name="extra_new"),
    path("staff/extra/<int:pk>/", extra.extra, name="extra"),
    path("staff/extra/<int:pk>/decide/", extra.extra_decide, name="extra_decide"),
    path("staff/extra/<int:pk>/withdraw/", extra.extra_withdraw, name="extra_withdraw"),
]
