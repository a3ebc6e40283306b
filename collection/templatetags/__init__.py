"""Template tags of the collection."""
