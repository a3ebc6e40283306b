"""Forms of facilities."""
