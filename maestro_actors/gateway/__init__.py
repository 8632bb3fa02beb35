"""The gateway: how another process tells and asks the worker that owns the bursts.

In reading order:

    address     where it is, and the key that opens it; unix sockets and TCP
    line        one line between two processes: bytes in frames, bounded in time and in size
    snapshot    the snapshot as a model
    messages    what is asked, told and answered
    server      the worker's side
    client      whoever asks
    listening   whoever listens

Nothing here knows an actor: the worker hands in its door (`server.Door`). Nothing is unpickled, ever.
"""
