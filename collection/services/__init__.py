"""Writes of the collection."""
