# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A toy kind of an entry of a list, a client that answers its reads, and what its plan sends."""

from __future__ import annotations

from ansible_collections.dockhand.quay.plugins.module_utils._engine.field import Field, Trigger
from ansible_collections.dockhand.quay.plugins.module_utils._engine.member import Member
from ansible_collections.dockhand.quay.plugins.module_utils._engine.plan import due, plan
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Resource

HOOK = Resource(
    kind="hook",
    label="{name} of {box}",
    keys=(Field("box", required=True), Field("name", required=True, api="meta.title")),
    fields=(
        Field("new_name", api="meta.title", shown_as="name"),
        Field("url", on_create="", api="config.url"),
        Field("secret", write_only="update_secret"),
        Field("failures", "int", computed=True),
        Field("test", "bool", trigger=Trigger("test", "POST", "/boxes/{box}/hooks/{id}/test")),
    ),
    shape=Member("/boxes/{box}/hooks/", "hooks", "uuid", match=("name",), view=dict, renamed="new_name"),
)

ENTRY = {"uuid": "one", "meta": {"title": "ci"}, "config": {"url": "http://a"}, "failures": 3}
NAMES = {"box": "crate", "name": "ci"}


class Client:
    """Answers every read with ``answer``; an error is raised."""

    def __init__(self, answer):
        self.answer = answer

    def get(self, _path, _names, _query=None, missing=(404,), view=None):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def planned(resource, answer, wish):
    observed = resource.observe(Client(answer), NAMES, wish)
    return plan(resource, NAMES, observed, due(resource, observed, wish))


def sent(the_plan):
    return [(step.method, step.path, step.body) for step in the_plan.steps]
