"""The stock Django admin over the same models and data, as the peer of our pages."""
