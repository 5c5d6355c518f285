"""Numbers, what they count, and how exactly they say it."""
