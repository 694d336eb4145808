"""Hue, lightness and saturation (Joblove and Greenberg 1978), in array functions."""

from __future__ import annotations

from typing import Any

Array = Any


def to_hls(image: Array, xp: Any) -> tuple[Array, Array, Array]:
    """Hue in sixths of the circle, lightness and saturation in [0, 1], (..., 1) each, of red, green and blue (..., 3)."""
    red, green, blue = image[..., 0:1], image[..., 1:2], image[..., 2:3]
    high, low = xp.maximum(xp.maximum(red, green), blue), xp.minimum(xp.minimum(red, green), blue)
    chroma, lightness = high - low, (high + low) * 0.5
    safe = xp.where(chroma > 0, chroma, xp.ones_like(chroma))
    sixths = xp.where(high == green, 2 + (blue - red) / safe, 4 + (red - green) / safe)
    sixths = xp.where(high == red, (green - blue) / safe, sixths)
    return sixths, lightness, chroma / xp.clip(1 - xp.abs(2 * lightness - 1), 1e-6, 1)


def from_hls(hue: Array, lightness: Array, saturation: Array, xp: Any) -> Array:
    """The way back; any turn of the hue is one of the circle."""
    chroma = saturation * (1 - xp.abs(2 * lightness - 1))
    top = lightness + chroma * 0.5

    def channel(phase: float) -> Array:
        at = hue + phase
        at = at - 6 * xp.floor(at / 6)
        return top - chroma * xp.clip(xp.minimum(at, 4 - at), 0, 1)

    return xp.stack([channel(phase)[..., 0] for phase in (5.0, 3.0, 1.0)], axis=-1)
