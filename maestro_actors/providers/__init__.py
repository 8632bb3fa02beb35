"""Who writes and who paints: what a provider is, and the pair that needs no network.

For texts, read `text` (the contract), `stories` (the notation of the notebooks), `ideas` and `knowledge` (the
notebooks), `voices` and `topics` (how a story is made somebody's), `repertoire` (what to tell next) and
`offline_writer`. `images` is the contract for pictures.
"""
