"""Workbooks and files of the collection."""
