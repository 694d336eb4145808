"""Sample files: pictures, masks and labels, read from folders and written to them."""

from __future__ import annotations

from augment.data.adapt import samples_of
from augment.data.folder import Folder
from augment.data.form import Item
from augment.data.images import read_image, read_mask
from augment.data.job import Job, Outcome, Runner, run_job
from augment.data.output import Output
from augment.data.packed import Packs

__all__ = ["Folder", "Item", "Job", "Outcome", "Output", "Packs", "Runner", "read_image", "read_mask", "run_job", "samples_of"]
