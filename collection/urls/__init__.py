"""Routes of the collection, by area; each area has its views and templates under the same name."""

from collection.urls import corrections, entry, indices, reviews, rounds, uploads

app_name = "collection"
urlpatterns = [
    *rounds.urlpatterns,
    *entry.urlpatterns,
    *uploads.urlpatterns,
    *reviews.urlpatterns,
    *corrections.urlpatterns,
    *indices.urlpatterns,
]
