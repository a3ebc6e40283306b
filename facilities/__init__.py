"""Which rooms the communities must have, which they have, and how they get them."""
