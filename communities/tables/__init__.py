"""Columns of lists and exports, and the files that hold them."""
