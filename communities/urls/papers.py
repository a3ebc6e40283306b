"""Routes of papers and dossiers."""

from django.urls import path

from communities.views import papers

urlpatterns = [
    path("<community:code>/papers/", papers.papers, name="papers"),
    path("<community:code>/papers/add/", papers.paper_add, name="paper_add"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("papers/<int:pk>/withdraw/", papers.paper_withdraw, name="paper_withdraw"),
    path("<community:code>/dossier.zip", papers.dossier, name="dossier"),
]
