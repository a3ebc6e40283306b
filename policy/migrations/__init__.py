"""Migrations, named by hand, one idea each."""
