"""Policies that were found by search or made to need none: N of a list of ops, at strengths that tables give; and presets."""
