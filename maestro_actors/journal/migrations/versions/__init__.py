"""One module per version, each from the one before it."""
