"""Layers as users have them."""

import pytest


@pytest.fixture(autouse=True)
def layers_are_compiled() -> None:
    """As for users, by XLA."""
