"""Routes of facilities: papers and photos."""

from django.urls import path
from django.urls.resolvers import URLPattern

from facilities.views import papers

urlpatterns: list[URLPattern] = [
    path("premises/papers/<int:pk>/", papers.paper, name="paper"),
    path("premises/papers/<int:pk>/withdraw/", papers.paper_withdraw, name="paper_withdraw"),
    path("premises/papers/new/<slug:owner>/<int:record>/", papers.paper_new, name="paper_new"),
]
