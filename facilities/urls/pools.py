"""Routes of facilities: pools of money."""

from django.urls import path

from facilities.views import pools, pools_steps

POOL = "space/pools/<int:pk>/"

urlpatterns = [
    path("space/pools/", pools.pools, name="pools"),
    path("space/pools/new/", pools.pool_new, name="pool_new"),
    path(POOL, pools.pool, name="pool"),
    path(f"{POOL}export.xlsx", pools.pool_xlsx, name="pool_xlsx"),
    path(f"{POOL}edit/", pools.pool_edit, name="pool_edit"),
    path(f"{POOL}propose/", pools_steps.pool_propose, name="pool_propose"),
    path(f"{POOL}approve/", pools_steps.pool_approve, name="pool_approve"),
    path(f"{POOL}return/", pools_steps.pool_return, name="pool_return"),
]
