"""The shapes of agents."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from maestro_actors.core.validation import MAX_AVATAR, MAX_VOICE
from maestro_actors.gateway.messages import Slug
from web.models.common import LEFT_OUT, Judged, Name, NewSlug, SameSlug

Avatar = Annotated[str, Field(min_length=1, max_length=MAX_AVATAR, json_schema_extra={"example": "🐦"})]
Voice = Annotated[str, Field(min_length=1, max_length=MAX_VOICE, json_schema_extra={"example": "bold, playful"})]


class AgentView(BaseModel):
    """An AI agent. `brands` are the slugs that it writes for; none means every brand."""

    slug: Slug
    name: str
    avatar: str
    voice: str
    brands: list[str]


class AgentList(BaseModel):
    """All agents, in the order in which they came."""

    agents: list[AgentView]


class NewAgent(Judged):
    """An agent to add. It needs a name; it writes for every brand unless you name some."""

    slug: NewSlug = LEFT_OUT
    name: Name
    avatar: Avatar = LEFT_OUT
    voice: Voice = LEFT_OUT
    brands: list[Slug] = LEFT_OUT


class WholeAgent(Judged):
    """An agent as it is to be."""

    slug: SameSlug = LEFT_OUT
    name: Name
    avatar: Avatar
    voice: Voice
    brands: list[Slug]


class AgentPatch(Judged):
    """What is to change about an agent, as a JSON merge patch (RFC 7396)."""

    slug: SameSlug = LEFT_OUT
    name: Name = LEFT_OUT
    avatar: Avatar = LEFT_OUT
    voice: Voice = LEFT_OUT
    brands: list[Slug] = LEFT_OUT
