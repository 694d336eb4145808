"""Loads photographs with their captions for training, so that a caption stays true to what is done to its photograph.

The photographs ship in scikit-image and scikit-learn, the captions stand in captions.jsonl. Run it from here:

    pip install 'augment-spec[torchvision]' scikit-image scikit-learn
    python load.py --report captions.html
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import numpy as np
import torchvision  # noqa: F401  # before anything that loads TensorFlow
from skimage import data
from sklearn.datasets import load_sample_image
from torch.utils.data import DataLoader, Dataset

import augment

HERE = Path(__file__).parent


class Photographs(Dataset):
    """Photographs with a caption each, and boxes whose phrases are spans of it."""

    def __init__(self, path: Path = HERE / "captions.jsonl"):
        self.rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> dict[str, Any]:
        row = self.rows[index]
        caption = row["caption"]
        starts = [caption.index(phrase) for phrase, _ in row["objects"]]
        return {
            "image": photograph(row["image"]),
            "caption": caption,
            "boxes": np.array([box for _, box in row["objects"]], np.float32),
            "labels": [phrase for phrase, _ in row["objects"]],
            "phrases": [[[at, at + len(phrase)]] for at, (phrase, _) in zip(starts, row["objects"], strict=True)],
        }


def photograph(name: str) -> np.ndarray:
    """Return a photograph (height, width, 3) of bytes by its name."""
    return load_sample_image(f"{name}.jpg") if name in ("china", "flower") else getattr(data, name)()


@click.command()
@click.option("--backend", default="torchvision", show_default=True, help="Who transforms the photographs.")
@click.option("--text-backend", default="builtin", show_default=True, help="Who edits the captions.")
@click.option("--epoch", default=0, show_default=True, help="Of the draws.")
@click.option("--workers", default=0, show_default=True, help="Of the loader; they change nothing.")
@click.option("--report", type=click.Path(), help="Also write a page that shows it.")
def main(backend: str, text_backend: str, epoch: int, workers: int, report: str | None) -> None:
    """Print what becomes of each caption, and of the phrases that its boxes are linked to."""
    backends = {"image": backend, "text": text_backend}
    transform = augment.compile(HERE / "spec.yaml", backends)
    photographs = Photographs()
    over = transform.over(photographs)
    over.set_epoch(epoch)
    loader = DataLoader(over, batch_size=None, num_workers=workers)
    for before, after in zip((photographs[i] for i in range(len(photographs))), loader, strict=True):
        phrases = [after["caption"][a:b] for row in after["phrases"] for a, b in row]
        click.echo(f"- {before['caption']}\n+ {after['caption']}\n  linked: {', '.join(phrases)}")
    if report:
        names = [row["image"] for row in photographs.rows]
        augment.preview(HERE / "spec.yaml", photographs, backend=backends, names=names, n=4).save(report)
        click.echo(f"{report}: before and after, with boxes and changes")


if __name__ == "__main__":
    main()
