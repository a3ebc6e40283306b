"""Reads of the pages: the community page, the district sheet, the workbench."""
