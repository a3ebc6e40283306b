"""Pages of the parts of a community: estates, grids, organisations, archive."""

from django.http import Http404


def estates(request, **codes):
    raise Http404


def grids(request, **codes):
    raise Http404


def organisations(request, **codes):
    raise Http404


def archive(request, **codes):
    raise Http404
