"""The HTTP routes, one module per noun, under /storage/v1; `context` is what they all need."""
