"""Places and their yearly facts: divisions, communities, annual facts."""
