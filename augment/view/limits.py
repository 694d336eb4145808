"""What the live page takes at most: everything that comes from a browser is bounded by a number here."""

from __future__ import annotations

SPEC_BYTES = 200_000
UPLOAD_BYTES = 16 << 20
REQUEST_BYTES = 1 << 20
"""Of all requests but uploads."""
UPLOADS = 32
WORDS = 20_000
"""Characters of a text that is typed."""
LISTED = 400
"""Files that are offered; of a larger folder those that are spread evenly over its classes."""
UPLOAD_PIXELS = 40_000_000

LEAVES = 2_000
"""Ops that a spec stands for, when what is repeated is written out."""
CANVAS_PIXELS = 50_000_000
"""Of any picture on its way through a spec."""
REQUEST_PIXELS = 600_000_000
"""Of all pictures of a sheet together."""
DRAWS = 32

READ_SECONDS = 10.0
LOOK_SECONDS = 25.0
SMALL = 160
"""The longer side of pictures while a slider is dragged."""
MOMENT = 0.12
"""In which as many draws are made as fit, while a slider is dragged; at least one."""
LOADING_SECONDS = 150.0
"""For the first picture of a backend, whose framework is loaded with it."""
RESIDENT_BYTES = 6 << 30
"""Of a worker's memory."""
WAITING = 32
"""Requests that wait for a worker."""
BODY_SECONDS = 30.0
HEADER_SECONDS = 15.0
"""How long a connection may stay without a request."""
