"""Forms of the collection, one module for each area of views."""
