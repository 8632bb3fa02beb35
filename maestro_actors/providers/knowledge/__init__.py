"""Stories written for one topic each, found by the topic's name whichever brand asks."""

from maestro_actors.providers.knowledge import (
    coffee_beans,
    coffee_brewing,
    student_days,
    student_rest,
    travel_moving,
    travel_staying,
)
from maestro_actors.providers.stories import Topic, read_topics

KNOWLEDGE: dict[str, Topic] = {
    topic.name: topic
    for notebook in (
        student_rest,
        student_days,
        coffee_brewing,
        coffee_beans,
        travel_moving,
        travel_staying,
    )
    for topic in read_topics(notebook.NOTEBOOK)
}
