"""The durable memory: what happened, in order, and lists of it. Blocking, for SQLite and PostgreSQL. In reading order:

tables         what is kept
content_codec  brands, agents, proposals, slots and assets as JSON
codec          every event as JSON, by type and version
database       connections, transactions, the database's version; `migrations` bring it there
failures       what a database's errors mean
ownership      one worker at a time: the lock, and the epoch that every transaction looks at
entries        what is handed to the writer
writer         events, jobs, slots, idempotency keys; `batch`, `bookings`, `statements` and `bulk` serve it
reader         what a worker resumes and decides from
history        what people look up, in pages; `rows` is what it answers, `naming` helps to tell it in sentences
library        brands, agents and daily times, which the command line and the web write
errors         what can go wrong, apart from what may pass
"""
