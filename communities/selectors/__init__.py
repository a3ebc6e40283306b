"""Reads of communities: the register as columns, assessments, the ledger, breadcrumbs."""
