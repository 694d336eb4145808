"""What all tests share: the order in which frameworks are imported."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("NO_ALBUMENTATIONS_UPDATE", "1")

# TensorFlow before torchvision aborts the process (both register the same LLVM option), so it comes first here.
import torchvision  # noqa: F401
