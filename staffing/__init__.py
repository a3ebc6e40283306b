"""Who is needed in the communities, who is there, and what is due to them."""
