"""Routes of review and confirmation."""

from django.urls import path

from collection.views import review, reviews

ONE = "communities/<community:code>/<int:year>/review/"
urlpatterns = [
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/export.xlsx", reviews.reviews_export, {"form": "xlsx"}, name="reviews_xlsx"),
    path("reviews/export.csv", reviews.reviews_export, {"form": "csv"}, name="reviews_csv"),
    path("reviews/confirm/", reviews.reviews_confirm, name="reviews_confirm"),
    path(ONE, review.review, name="review"),
    path(f"{ONE}pass/", review.review_pass, name="review_pass"),
    path(f"{ONE}return/", review.review_return, name="review_return"),
    path(f"{ONE}confirm/", review.review_confirm, name="review_confirm"),
    path(f"{ONE}ask/", review.review_ask, name="review_ask"),
    path(f"{ONE}unlock/", review.review_unlock, name="review_unlock"),
]
