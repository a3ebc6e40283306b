"""Pages of papers and dossiers."""

from django.http import Http404


def papers(request, **codes):
    raise Http404


def dossier(request, **codes):
    raise Http404
