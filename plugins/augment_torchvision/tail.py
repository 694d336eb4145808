"""The end of a spec as a module: it makes floats of a batch of bytes, on the device where that lies."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from augment.ops.kinds import Scale


class Tail(nn.Module):
    """``gain·x + offset`` of fractions of full scale, with one number for all channels or one for each: uint8 (..., C, H, W) to
    float32."""

    gain: Tensor
    offset: Tensor

    def __init__(self, scale: Scale):
        super().__init__()
        for name, numbers in scale._asdict().items():
            self.register_buffer(name, torch.tensor(numbers, dtype=torch.float32)[:, None, None])

    def forward(self, images: Tensor) -> Tensor:
        return torch.addcmul(self.offset, images.to(self.gain.dtype), self.gain / 255)


__all__ = ["Tail"]
