"""Compiles the native code of the fused kernels into one library with a plain C interface; no Python is built against.

`python -m augment.kernels.native` builds it in place. Installing from source does so too where there is a compiler.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SOURCES = Path(__file__).parent / "code"
LIBRARY = Path(__file__).parent / ("fused.dylib" if sys.platform == "darwin" else "fused.so")
OPTIONS = (
    "-std=c++17", "-O2", "-ftree-vectorize", "-ffp-contract=off", "-fno-math-errno", "-fPIC", "-fvisibility=hidden", "-Wall",
    "-Wno-psabi",
)  # fmt: skip
"""Nothing is contracted: each variant computes the same bits."""
VECTORS = ("-fvect-cost-model=dynamic",)
"""What GCC alone takes, to vectorise plain loops too."""
VARIANTS = {
    "plain": ("-DWIDTH=4",),
    "avx2": ("-DWIDTH=8", "-mavx2", "-mfma"),
    "avx512": ("-DWIDTH=16", "-mavx512f", "-mavx512bw", "-mavx512dq", "-mavx512vl", "-mavx2", "-mfma"),
}
"""Of the same source, by what the processor can do; the library chooses among them when it runs."""
INTEL = ("x86_64", "amd64")


class BuildError(RuntimeError):
    """The library could not be built; says why."""


def fingerprint() -> str:
    """Of the sources: a library of others is not used."""
    digest = hashlib.sha256()
    for path in sorted([*SOURCES.glob("*.cpp"), *SOURCES.glob("*.h")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def compiler() -> str | None:
    """The C++ compiler: what CXX names, or the first of g++, clang++ and c++ that is there."""
    named = os.environ.get("CXX")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, ("g++", "clang++", "c++"))), None)


def variants() -> tuple[str, ...]:
    """Those that can be compiled for this kind of processor."""
    return tuple(VARIANTS) if platform.machine().lower() in INTEL else ("plain",)


def build(to: Path = LIBRARY, extra: Sequence[str] = (), main: Path | None = None, only: Sequence[str] | None = None) -> Path:
    """Build the library, or with a file that has a ``main`` a program. Raises `BuildError`.

    Args:
        to: the file to write.
        extra: further options of the compiler, such as sanitizers.
        main: a C++ file.
        only: the variants that are wanted, if not all.
    """
    found = compiler()
    if os.environ.get("AUGMENT_NO_NATIVE"):
        raise BuildError("AUGMENT_NO_NATIVE is set")
    if found is None:
        raise BuildError("there is no C++ compiler (g++ or clang++)")
    if sys.platform == "win32":
        raise BuildError("it is not written for Windows yet")
    wanted = variants() if only is None else only
    shared = (*OPTIONS, *(VECTORS if "clang" not in Path(found).resolve().name and sys.platform != "darwin" else ()), *extra)
    with tempfile.TemporaryDirectory() as folder:
        parts = [("variant.cpp", name, (f"-DVARIANT={name}", *VARIANTS[name])) for name in wanted]
        parts.append(("fused.cpp", "fused", (f'-DSOURCE="{fingerprint()}"', *(f"-DWITH_{name}" for name in wanted))))
        objects = [f"{folder}/{name}.o" for _, name, _ in parts]

        def compiled(part: tuple[str, str, Sequence[str]], out: str) -> None:
            _run([found, *shared, *part[2], "-c", str(SOURCES / part[0]), "-o", out])

        with ThreadPoolExecutor() as pool:
            list(pool.map(compiled, parts, objects))
        made = Path(folder) / to.name
        kind = ["-shared"] if main is None else [f"-I{SOURCES}", str(main)]
        _run([found, *shared, *kind, *objects, "-pthread", "-o", str(made)])
        to.parent.mkdir(parents=True, exist_ok=True)
        beside = to.with_name(f"{to.name}.{os.getpid()}")  # whoever has the old one open keeps it
        shutil.copy(made, beside)
        beside.replace(to)
    return to


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout).strip()[:2000]}")
