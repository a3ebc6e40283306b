"""Routes of facilities: inspections and correction orders."""

from django.urls import path
from django.urls.resolvers import URLPattern

from facilities.views import inspections, orders

urlpatterns: list[URLPattern] = [
    path("premises/inspections/", inspections.inspections, name="inspections"),
    path("premises/inspections/export.xlsx", inspections.inspections_xlsx, name="inspections_xlsx"),
    path("premises/<int:pk>/inspections/new/", inspections.inspection_new, name="inspection_new"),
    path("premises/inspections/<int:pk>/", inspections.inspection, name="inspection"),
    path(
        "premises/inspections/<int:pk>/withdraw/",
        inspections.inspection_withdraw,
        name="inspection_withdraw",
    ),
    path("premises/inspections/<int:pk>/order/new/", orders.order_new, name="order_new"),
    path("premises/orders/", orders.orders, name="orders"),
    path("premises/orders/export.xlsx", orders.orders_xlsx, name="orders_xlsx"),
    path("premises/orders/<int:pk>/", orders.order, name="order"),
    path("premises/orders/<int:pk>/print/", orders.order_print, name="order_print"),
    path("premises/orders/<int:pk>/report/", orders.order_report, name="order_report"),
    path("premises/orders/<int:pk>/close/", orders.order_close, name="order_close"),
    path("premises/orders/<int:pk>/return/", orders.order_return, name="order_return"),
    path("premises/orders/<int:pk>/cancel/", orders.order_cancel, name="order_cancel"),
]
