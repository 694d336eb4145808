"""Texts: their units, the edits that ops make of them, the randomness of those, and what must stay as it is."""
