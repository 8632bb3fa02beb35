"""From a spec to a file: pure functions that run in child processes. The same spec gives the same bytes.

`specs` and `typefaces` are light, for anyone to import. `render` is the one door to the rest, and loads Pillow.
Behind it: `painter` and `backgrounds` (the offline painter), `stills` and `carousel` (pictures), `reel` (film, with
`motion`, `planes` and `encoder`). They share, from the page to the pixel: `composition`, `farewell`, `layout`, `pages`,
`legibility`, `typeset`, `fonts`, `stencils`, `colour`, `pictures` and `files`.
"""
