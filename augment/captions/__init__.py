"""Captions that stay true to their image: what its changes mean for words of direction and of colour, by language."""
