"""The engines that come with the library, by name."""

from __future__ import annotations

from augment.shards.cluster import Ray
from augment.shards.engine import Engine
from augment.shards.local import Local

ENGINES: dict[str, Engine] = {engine.name: engine for engine in (Local(), Ray())}
