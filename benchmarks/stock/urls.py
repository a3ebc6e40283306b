"""The stock admin with the register and its yearly facts, as a first ModelAdmin has them."""

from django.contrib.admin import AdminSite, ModelAdmin
from django.urls import path

from communities.models import AnnualFacts, Community, Division


class OpenAdmin(ModelAdmin):
    """As a superuser sees it: our people have roles, which the peer does not know."""

    list_per_page = 50

    def has_module_permission(self, request):
        return True

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request):
        return True

    def has_change_permission(self, request, obj=None):
        return True

    def has_delete_permission(self, request, obj=None):
        return True


class CommunityAdmin(OpenAdmin):
    list_display = ("code", "name", "short_name", "committee_kind", "area_kind", "valid_from")
    search_fields = ("code", "name", "short_name", "initials")


class FactsAdmin(OpenAdmin):
    list_display = (
        "code", "community", "year", "status", "households", "population_resident", "area_kind",
        "premises_area_m2", "committee_members_in_post", "received_yuan",
    )  # fmt: skip
    search_fields = ("code", "community__name", "community__short_name", "community__initials")


site = AdminSite()
site.register(Division, OpenAdmin)
site.register(Community, CommunityAdmin)
site.register(AnnualFacts, FactsAdmin)
urlpatterns = [path("admin/", site.urls)]
