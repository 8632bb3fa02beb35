"""Designed backgrounds: each family paints a motif into the upper part and leaves the lower part calm for text."""
