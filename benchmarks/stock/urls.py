"""The stock admin with the register and its yearly facts, as a first ModelAdmin has them."""

from django.contrib.admin import AdminSite, ModelAdmin
from django.urls import path

from communities.models import AnnualFacts, Community, Division


class CommunityAdmin(ModelAdmin):
    list_display = ("code", "name", "short_name", "committee_kind", "area_kind", "valid_from")
    search_fields = ("code", "name", "short_name", "initials")
    list_per_page = 50


class FactsAdmin(ModelAdmin):
    list_display = (
        "code", "community", "year", "status", "households", "population_resident", "area_kind",
        "premises_area_m2", "committee_members_in_post", "received_yuan",
    )  # fmt: skip
    search_fields = ("code", "community__name", "community__short_name", "community__initials")
    list_per_page = 50


site = AdminSite()
site.register(Division, ModelAdmin)
site.register(Community, CommunityAdmin)
site.register(AnnualFacts, FactsAdmin)
urlpatterns = [path("admin/", site.urls)]
