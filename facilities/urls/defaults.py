"""Routes of facilities: defaults of builders and notices."""

from django.urls import path
from django.urls.resolvers import URLPattern

from facilities.views import defaults, notices

urlpatterns: list[URLPattern] = [
    path("projects/defaults/", defaults.defaults, name="defaults"),
    path("projects/defaults/export.xlsx", defaults.defaults_xlsx, name="defaults_xlsx"),
    path("projects/<int:pk>/defaults/new/", defaults.default_new, name="default_new"),
    path("projects/defaults/<int:pk>/", defaults.builder_default, name="builder_default"),
    path("projects/defaults/<int:pk>/remedy/", defaults.default_remedy, name="default_remedy"),
    path("projects/defaults/<int:pk>/notices/new/", notices.notice_new, name="notice_new"),
    path("projects/notices/<int:pk>/", notices.notice, name="notice"),
    path("projects/notices/<int:pk>/print/", notices.notice_print, name="notice_print"),
    path("projects/notices/<int:pk>/answer/", notices.notice_answer, name="notice_answer"),
    path("projects/notices/<int:pk>/withdraw/", notices.notice_withdraw, name="notice_withdraw"),
]
