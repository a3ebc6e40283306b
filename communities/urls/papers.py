"""Routes of papers and dossiers."""

from django.urls import path

from communities.views import papers

urlpatterns = [
    path("<community:code>/papers/", papers.papers, name="papers"),
    path("<community:code>/dossier.zip", papers.dossier, name="dossier"),
]
