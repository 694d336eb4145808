"""Programs: what a spec is lowered to, and what runs it."""
