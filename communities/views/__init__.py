"""Pages of communities, one module for each area of urls."""
