"""The HTTP routes, one module per noun; `context` is what they all need.

Those of the Auth API begin with `auth_`, and `auth_gateway` is the door to them; all others are under /storage/v1.
"""
