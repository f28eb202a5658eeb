# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: OAuth applications of organizations (quay endpoints/api/organization.py)."""

from __future__ import annotations

from ..._client.views import MaybeText, Named, listed
from ..._engine.field import Field, State, Trigger
from ..._engine.member import Member
from ..._engine.operation import Context
from ..._engine.resource import Resource
from ..._engine.shapes import latest
from ..._text.codec import or_none
from ..._text.name_rules import namespace_rule, text_rule
from ..shared import find_organization

PATH = "/organization/{organization}/applications"
RESET = Trigger("reset the client secret of", "POST", PATH + "/{id}/resetclientsecret")


class ApplicationView(Named):
    """An application (quay endpoints/api/organization.py, app_view); a part of it only for administrators."""

    client_id: str
    client_secret: MaybeText
    description: MaybeText
    application_uri: MaybeText
    redirect_uri: MaybeText
    avatar_email: MaybeText


def name_rule(name: str) -> str:
    """The broken rule for the name of an application, or an empty string."""
    return text_rule(name) if len(name) >= 2 else "use 2 characters or more"


def finish(context: Context, result: State) -> None:
    """The name also at the top level; a secret that does not exist yet is null."""
    if "application" in result:
        result["name"] = result["application"]["name"]
        if context.check_mode and context.params["reset_client_secret"]:
            result["client_secret"] = None


APPLICATION = Resource(
    kind="application",
    label="{name} of {organization}",
    keys=(Field("organization", required=True, rule=namespace_rule), Field("name", required=True, rule=name_rule)),
    fields=(
        Field("new_name", api="name", rule=name_rule, shown_as="name"),
        Field("description", on_create="", rule=text_rule),
        Field("application_uri", on_create="", rule=text_rule),
        Field("redirect_uri", on_create="", rule=text_rule),
        Field("avatar_email", rule=text_rule, canonical=or_none),
        Field("reset_client_secret", "bool", trigger=RESET),
    ),
    shape=Member(
        PATH,
        "applications",
        "client_id",
        match=("name",),
        view=listed("applications", ApplicationView),
        renamed="new_name",
        gives_way=True,
        parent=find_organization,
    ),
    returns=latest("client_id", "client_secret", name="client_id"),
)
