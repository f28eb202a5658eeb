# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: messages to everybody who uses the registry (quay endpoints/api/globalmessages.py)."""

from __future__ import annotations

import dataclasses
import typing as t

from ..._client.client import Names, QuayClient
from ..._client.views import listed
from ..._engine.field import Field, State
from ..._engine.member import Member
from ..._engine.operation import Params, check_searches, searched
from ..._engine.resource import Observed, Resource, Wish
from ..._errors import QuayError
from ..._text.name_rules import text_rule

LEVELS = ["info", "warning", "error"]
SEARCH: Params = {
    "search_string": {"type": "str"},
    "regexp": {"type": "str", "aliases": ["regex"]},
    "search_severity": {"type": "str", "choices": LEVELS},
}
CONSTRAINTS: Params = {
    "mutually_exclusive": [("search_string", "regexp")],
    "required_if": [("state", "present", ("content", *SEARCH), True)],
}


class MessageView(t.TypedDict):
    """One of GET /messages."""

    uuid: str
    content: str
    severity: str
    media_type: str


def locate(_client: QuayClient, params: State) -> Names:
    """What messages to the user call the message: its text, or how it is searched for. Raises BadInput."""
    check_searches(params, "message")
    given = [name for name in ("content", *SEARCH) if params.get(name) is not None]
    if not given or given[0] == "content":
        return {}
    return {"content": f"with {given[0]} {params[given[0]]!r}"}


def is_meant(entry: State, names: Names, wish: Wish) -> bool:
    """Whether the task is about this message: by the search, or by the whole text if there is no search.

    Raises BadInput.
    """
    text, pattern, severity = (wish.options.get(name) for name in SEARCH)
    if severity not in (None, entry["severity"]):
        return False
    if text is not None:
        return text in entry["content"]
    if pattern is not None:
        return searched(wish.options, "regexp")(entry["content"])
    return bool(severity and "content" not in wish.fields) or entry["content"] == names["content"]


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """What is meant, the newest first; and what is as declared already, since the search may not find it again.

    Raises QuayError.
    """
    # Quay lists them in the order in which they were created.
    present = [(entry, SHAPE.values(MESSAGE, entry)) for entry in reversed(SHAPE.listed(client, names) or [])]
    declared = [entry for entry, values in present if wish.fields.items() <= values.items()]
    meant = [entry for entry, _values in present if is_meant(entry, names, wish)]
    made = declared[:1] if wish.state == "present" and "content" in wish.fields else []
    entries = meant if any(entry in meant for entry in made) else [*meant, *made]
    observed = SHAPE.choose(MESSAGE, entries, names, dataclasses.replace(wish, keep_twins=True))
    return dataclasses.replace(
        observed, facts={**observed.facts, "satisfied": any(entry in meant for entry in declared)}
    )


def adapt(_client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """If one of those that are meant is as declared, the others are left alone; otherwise it replaces them all.

    Raises QuayError for a new one without content.
    """
    if wish.state == "present" and observed.fields is None and "content" not in wish.fields:
        raise QuayError(f"content is required: there is no {MESSAGE.title(names)} yet.")
    return dataclasses.replace(wish, keep_twins=wish.keep_twins or observed.facts["satisfied"])


def render(values: State) -> State:
    """The body of a message with these canonical values."""
    return {"message": {"content": values["content"], "media_type": values["format"], "severity": values["severity"]}}


SHAPE = Member(
    "/messages",
    "messages",
    "uuid",
    match=(),
    update=None,
    below="/message/{id}",
    render=render,
    # Everybody may read the list.
    needs="messages",
    view=listed("messages", MessageView),
)
CONTENT = Field("content", rule=text_rule)
MESSAGE = Resource(
    kind="message",
    label="{content}",
    # It is a field, too: of those that a search finds, it can be changed.
    keys=(CONTENT,),
    fields=(
        CONTENT,
        Field(
            "format",
            api="media_type",
            on_create="text/plain",
            canonical=lambda name: name if name.startswith("text/") else f"text/{name}",
            shown=lambda media_type: media_type.removeprefix("text/"),
            spec={"choices": ["markdown", "plain"], "aliases": ["media_type"]},
        ),
        Field("severity", on_create="info", spec={"choices": LEVELS}),
    ),
    shape=SHAPE,
    locate=locate,
    read=read,
    adapt=adapt,
)
# In a list, the text names a message.
LISTED = dataclasses.replace(MESSAGE, shape=dataclasses.replace(SHAPE, match=("content",)))
