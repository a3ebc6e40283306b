"""Pages of the collection, one module for each area."""
