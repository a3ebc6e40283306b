"""Forms of communities, one module for each area of views."""
