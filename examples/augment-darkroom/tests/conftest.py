"""The order in which frameworks are imported, where they are installed."""

from contextlib import suppress

with suppress(ImportError):  # before TensorFlow: the other order aborts the process
    import torchvision  # noqa: F401
