"""Where things may stand on each kind of picture, and how large text may be there. All in pixels."""

from __future__ import annotations

from maestro_actors.core.content import Kind
from maestro_actors.rendering.layout import Measures
from maestro_actors.rendering.stencils import Box
from maestro_actors.rendering.typeset import Sizes

REEL_SIZE = Kind.REEL.size
POST_SIZE = Kind.POST.size

# A reel's player lays its controls over the top 220 pixels, the bottom 380 and the right 120.
REEL_SAFE = Box(128, 240, 952, 1500)
POST_SAFE = Box(84, 84, 996, 1266)
POST_CARD_SAFE = Box(120, 120, 960, 1230)
CARD_PADDING = 60  # from a card's edge to what stands on it

COVER = Measures(title=Sizes(40, 142), items=Sizes(28, 44))
TITLE_SCENE = Measures(title=Sizes(40, 132), items=Sizes(28, 44))
LINES_SCENE = Measures(title=Sizes(30, 54), items=Sizes(28, 66), share=0.3)
POST = Measures(title=Sizes(34, 104), items=Sizes(24, 40), share=0.5)
SLIDE_COVER = Measures(title=Sizes(36, 124), items=Sizes(26, 42), share=0.72)
SLIDE = Measures(title=Sizes(34, 88), items=Sizes(26, 46), share=0.42)
CLOSING = Measures(title=Sizes(34, 92), items=Sizes(26, 44), share=0.5)
