"""Captions as sentences: words with their classes, and patterns over these."""
