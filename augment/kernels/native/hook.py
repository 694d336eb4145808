"""The build hook: compiles the native kernels while a wheel is built, or the project is installed in place; where that cannot be,
the wheel is a pure one, and says so."""

from __future__ import annotations

import importlib.util
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class NativeHook(BuildHookInterface):
    """One wheel for each platform, for all Pythons: the library knows none."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        build = _build()
        try:
            library = build.build()
        except build.BuildError as error:
            build.LIBRARY.unlink(missing_ok=True)  # of other sources, or of another machine
            self.app.display_warning(f"without the fused kernels, which need no more than a compiler: {error}")
            return
        build_data["artifacts"].append(str(library.relative_to(self.root)))
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"


def _build() -> Any:
    """The module that builds, by its path: the package is not installed yet."""
    spec = importlib.util.spec_from_file_location("augment_native_build", Path(__file__).with_name("build.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
