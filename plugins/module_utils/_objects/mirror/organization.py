# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: organizations that mirror a namespace (quay endpoints/api/org_mirror.py)."""

from __future__ import annotations

from ..._client.client import Names, QuayClient, address
from ..._client.views import Object
from ..._engine.field import Field, State
from ..._engine.operation import Context, Params
from ..._engine.resource import Change, Observed, Resource, Wish
from ..._engine.singleton import Singleton
from ..._errors import QuayError
from ..._text.name_rules import namespace_rule, text_rule
from ..._text.shown import public_address
from ..shared import find_organization
from . import shared


class _OrganizationMirror(shared.MirrorView):
    external_registry_type: str
    external_registry_url: str
    external_namespace: str
    repository_filters: list[str]
    visibility: str
    skopeo_timeout: int


class OrganizationMirrorView(_OrganizationMirror, total=False):
    """GET /organization/<name>/mirror."""

    repo_sync_status_counts: Object


PATH = "/organization/{organization}/mirror"
TYPE, URL, NAMESPACE = "external_registry_type", "external_registry_url", "external_namespace"
NEEDED = (TYPE, URL, NAMESPACE, "robot_username")
FIXED = "Quay cannot change it; delete the mirror and create another"
OPTIONS = {"verify": {"type": "bool", "default": False}}


def url_rule(url: str) -> str:
    """The broken rule for the address of the other registry, or an empty string."""
    good = url.startswith(("http://", "https://")) and not any(map(str.isspace, url))
    return text_rule(url) if good else "use a URL with http:// or https://"


def remote_rule(name: str) -> str:
    """The broken rule for the namespace in the other registry, or an empty string."""
    return text_rule(name) if 1 <= len(name) <= 255 else "use 1 to 255 characters"


def locate(_client: QuayClient, params: State) -> Names:
    """No names in addition to the options. Raises BadInput for a robot of another namespace."""
    shared.check_robot(params, params["organization"])
    return {}


def adapt(_client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """As ``shared.adapt``. Raises QuayError."""
    return shared.adapt(ORGANIZATION_MIRROR, names, observed, wish, NEEDED)


def complete(change: Change, sent: State) -> State:
    """Quay replaces its whole configuration by what it is sent."""
    if change.observed.fields is None or shared.CONFIG not in sent:
        return sent
    present, given = change.facts["entry"][shared.CONFIG], sent[shared.CONFIG]
    proxy = {**present.get("proxy", {}), **given.get("proxy", {})}
    return {**sent, shared.CONFIG: {**present, **given, **({"proxy": proxy} if proxy else {})}}


def finish(context: Context, result: Params) -> None:
    """Let Quay connect to the other registry, if that is asked for; raises QuayError, with the result, if it cannot."""
    if context.params["state"] == "absent":
        return
    if context.params[shared.FORCE] and result["changed"]:
        # Quay moves it to the start of the synchronization.
        result["organization_mirror"].pop(shared.START, None)
    if not context.params["verify"]:
        return
    result["verified"] = None
    if context.check_mode:
        return
    names = {"organization": context.params["organization"]}
    title = ORGANIZATION_MIRROR.title(names)
    answer = context.client.write("POST", address(PATH + "/verify", names), None, f"verify {title}")
    result["verified"] = answer["message"]
    if not answer["success"]:
        cause = f"Quay cannot read the registry of {title}: {answer['message'].rstrip('.')}"
        raise QuayError(f"{cause}. Correct its URL, namespace, user or password.", result)


SHAPE = Singleton(
    PATH,
    update="PUT",
    complete=complete,
    needs="organization_mirror",
    parent=find_organization,
    view=OrganizationMirrorView,
)
ORGANIZATION_MIRROR = Resource(
    kind="organization_mirror",
    label="of {organization}",
    keys=(Field("organization", required=True, rule=namespace_rule),),
    fields=(
        Field(TYPE, create_only=FIXED, spec={"choices": ["quay", "harbor"]}),
        Field(URL, rule=url_rule, shown=public_address),
        Field(NAMESPACE, rule=remote_rule),
        Field("visibility", on_create="public", spec={"choices": ["public", "private"]}),
        shared.patterns("repository_filters", on_create=[]),
        shared.period("sync_interval", 60, 2**31 - 1, "use 60 to 2147483647 seconds", on_create=86400),
        shared.period(
            "skopeo_timeout",
            30,
            3600,
            "use 30 to 3600 seconds",
            on_create=300,
            spec={"aliases": ["skopeo_timeout_interval"]},
        ),
        *shared.fields(PATH, enabled=True),
    ),
    shape=SHAPE,
    locate=locate,
    adapt=adapt,
    needs="organization_mirror",
)
