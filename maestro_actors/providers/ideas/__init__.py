"""Stories that can be told about any topic: a person's own brand gets these."""

from maestro_actors.providers.ideas import beginning, keeping_on, thinking
from maestro_actors.providers.stories import Story, read_stories

IDEAS: tuple[Story, ...] = tuple(
    story for notebook in (beginning, keeping_on, thinking) for story in read_stories(notebook.NOTEBOOK)
)
