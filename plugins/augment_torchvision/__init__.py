"""The backend ``torchvision``: a ``torchvision.transforms.v2.Transform`` for samples and batches."""

from augment.hookspecs import hookimpl


@hookimpl
def register_backends():
    from augment_torchvision.backend import TorchvisionBackend

    return [TorchvisionBackend()]
