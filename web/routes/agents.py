"""`/api/agents`: the user's agents, listed, added, changed and removed."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from maestro_actors.core.content import Agent
from maestro_actors.core.usual import Json, merged, usual_agent
from maestro_actors.core.validation import agent_from
from maestro_actors.journal.content_codec import agent_json
from web.answers import json_answer
from web.callers import Caller, welcomed
from web.models import AgentList, AgentPatch, AgentView, NewAgent, SlugPath, WholeAgent
from web.shelves import created, found, gone, of_the_same_slug
from web.site import site
from web.spec import SECURITY

TAG = Tag(name="agents", description="Who proposes content. A burst reads them fresh when it begins.")
blueprint = APIBlueprint("agents", __name__, url_prefix="/api/agents", abp_tags=[TAG], abp_security=SECURITY)


@blueprint.get("", responses={"200": AgentList})
def list_agents() -> Response:
    """All agents"""
    who = welcomed()
    return json_answer({"agents": [agent_json(each) for each in site().library.agents.all(who.user_id)]})


@blueprint.post("", responses={"201": AgentView, "409": {"description": "There is an agent of that slug."}})
def add_agent(body: NewAgent) -> Response:
    """Add an agent

    It needs a name; it writes for every brand unless you name some.
    """
    who, here = welcomed(), site()
    new = agent_from(usual_agent(body.given), _slugs(who))
    here.library.agents.add(who.user_id, new, here.clock())
    return created(agent_json(new), f"/api/agents/{new.slug}")


@blueprint.get("/<slug>", responses={"200": AgentView})
def get_agent(path: SlugPath) -> Response:
    """One agent"""
    return json_answer(agent_json(_known(welcomed(), path)))


@blueprint.put("/<slug>", responses={"200": AgentView})
def set_agent(path: SlugPath, body: WholeAgent) -> Response:
    """Let an agent be so, whatever it was"""
    who = welcomed()
    return _changed(who, _known(who, path), of_the_same_slug(body.given, path.slug))


@blueprint.patch("/<slug>", responses={"200": AgentView})
def change_agent(path: SlugPath, body: AgentPatch) -> Response:
    """Change what is given about an agent, and nothing else

    Brands that are given take the place of those before.
    """
    who, given = welcomed(), of_the_same_slug(body.given, path.slug)
    _known(who, path)
    slugs = _slugs(who)

    def edited(before: Agent) -> Agent:
        return agent_from(merged(agent_json(before), given), (*slugs, *before.brands))

    return json_answer(agent_json(site().library.agents.edit(who.user_id, path.slug, edited)))


@blueprint.delete("/<slug>", responses={"204": None})
def remove_agent(path: SlugPath) -> Response:
    """Remove an agent from all bursts to come

    What it wrote stays.
    """
    who, here = welcomed(), site()
    _known(who, path)
    here.library.agents.remove(who.user_id, path.slug, here.clock())
    return gone()


def _known(who: Caller, path: SlugPath) -> Agent:
    return found(site().library.agents, who.user_id, path.slug, "agent")


def _changed(who: Caller, before: Agent, wanted: Json) -> Response:
    """An agent may go on naming a brand that was removed."""
    agent = agent_from(wanted, (*_slugs(who), *before.brands))
    site().library.agents.change(who.user_id, agent)
    return json_answer(agent_json(agent))


def _slugs(who: Caller) -> tuple[str, ...]:
    return tuple(brand.slug for brand in site().library.brands.all(who.user_id))
