"""AutoAugment's sub-policies, as its authors found them (Cubuk et al. 2019, tables 7 to 9) and torchvision lists them, and
those of EfficientNet's code (Tan and Le 2019), which timm calls v0.

A sub-policy is two ops, each with its probability in tenths and its magnitude from 0 to 10 (0 where it takes none).
"""

from __future__ import annotations

Part = tuple[str, int, int]

_NAMES = {
    "Sx": "shear_x", "Sy": "shear_y", "Tx": "translate_x", "Ty": "translate_y", "R": "rotate", "B": "brightness",
    "C": "saturation", "K": "contrast", "S": "sharpness", "P": "posterize", "Z": "solarize", "A": "auto_contrast",
    "E": "equalize", "I": "invert", "Za": "solarize_add",
}  # fmt: skip


def _read(lines: str) -> tuple[tuple[Part, Part], ...]:
    """Of 'P4.8 R6.9': posterize with the probability 0.4 and the magnitude 8, then rotate."""

    def part(word: str) -> Part:
        chance, magnitude = word.lstrip("".join(map("".join, _NAMES))).split(".")
        return _NAMES[word.rstrip("0123456789.")], int(chance), int(magnitude)

    pairs = (pair.split() for pair in lines.replace("\n", ",").split(",") if pair.strip())
    return tuple((part(first), part(second)) for first, second in pairs)


SUBPOLICIES = {
    "imagenet": _read("""
        P4.8 R6.9, Z6.5 A6.0, E8.0 E6.0, P6.7 P6.6, E4.0 Z2.4, E4.0 R8.8, Z6.3 E6.0, P8.5 E10.0, R2.3 Z6.8, E6.0 P4.6
        R8.8 C4.0, R4.9 E6.0, E0.0 E8.0, I6.0 E10.0, C6.4 K10.8, R8.8 C10.2, C8.8 Z8.7, S4.7 I6.0, Sx6.5 E10.0, C4.0 E6.0
        E4.0 Z2.4, Z6.5 A6.0, I6.0 E10.0, C6.4 K10.8, E8.0 E6.0
    """),
    "cifar10": _read("""
        I1.0 K2.6, R7.2 Tx3.9, S8.1 S9.3, Sy5.8 Ty7.9, A5.0 E9.0, Sy2.7 P3.7, C4.3 B6.7, S3.9 B7.9, E6.0 E5.0, K6.7 S6.5
        C7.7 Tx5.8, E3.0 A4.0, Ty4.3 S2.6, B9.6 C2.8, Z5.2 I0.0, E2.0 A6.0, E2.0 E6.0, C9.9 E6.0, A8.0 Z2.8, B1.3 C7.0
        Z4.5 A9.0, Ty9.9 Ty7.9, A9.0 Z8.3, E8.0 I1.0, Ty7.9 A9.0
    """),
    "svhn": _read("""
        Sx9.4 I2.0, Sy9.8 I7.0, E6.0 Z6.6, I9.0 E6.0, E6.0 R9.3, Sx9.4 A8.0, Sy9.8 I4.0, Sy9.5 Z2.6, I9.0 A8.0, E6.0 R9.3
        Sx9.4 Z3.3, Sy8.8 I7.0, E9.0 Ty6.6, I9.0 E6.0, K3.3 R8.4, I8.0 Ty0.2, Sy7.6 Z4.8, I6.0 R8.4, Sy3.7 Tx9.3, Sx1.6 I6.0
        Z7.2 Ty6.7, Sy8.4 I8.0, Sx7.9 Ty8.3, Sy8.5 A7.0, Sx7.2 I1.0
    """),
    "v0": _read("""
        E8.0 Sy8.4, C4.9 E6.0, C4.1 R6.8, Z8.3 E4.0, Z4.2 Z6.2, C2.0 E8.0, E4.0 Za8.3, Sx2.9 R6.8, C6.1 E10.0, I4.0 R6.0
        E10.0 Sy6.3, C4.7 E6.0, P4.6 A4.0, Z6.8 C6.9, Z2.4 R8.9, R10.7 Ty8.9, Sx0.0 Z8.4, Sy8.0 C6.4, C10.0 R6.2, E8.0 E0.0
        E10.0 A6.0, Sy4.7 Za6.7, P8.2 Z6.10, Z6.8 E6.0, C8.6 R4.5
    """),
}
