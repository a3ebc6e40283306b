"""Rounds, forms under way, steps, corrections and uploads."""

from collection.models.facts import Correction, FactsDraft, FactsStep
from collection.models.rounds import Extension, Reminder, Round
from collection.models.uploads import Upload, UploadContent, UploadRow, UploadSecret

__all__ = [
    "Correction",
    "Extension",
    "FactsDraft",
    "FactsStep",
    "Reminder",
    "Round",
    "Upload",
    "UploadContent",
    "UploadRow",
    "UploadSecret",
]
