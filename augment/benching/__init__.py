"""Times a spec on the libraries that are installed, against pipelines of their own classes: ``augment bench``.

Three regimes, which are never mixed: one sample after another in one thread, a `DataLoader` with worker processes that decode
files, and a batch on the device. Each side (a backend's compiled spec, or the library's own classes as `augment.export` writes
them) runs alone in a process of its own, since libraries change how memory is managed for all that share a process; the processes
take turns, so that a busy machine slows all sides alike.
"""

from augment.benching.regimes import REGIMES, Regime
from augment.benching.results import Bench, Row
from augment.benching.turns import bench

__all__ = ["REGIMES", "Bench", "Regime", "Row", "bench"]
