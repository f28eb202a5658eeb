# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what Quay does not let an organization be."""

from __future__ import annotations

import dataclasses
import uuid

from ..._client.capabilities import lack
from ..._client.client import Names, QuayClient
from ..._client.views import UserView
from ..._engine.resource import Observed, Wish
from ..._errors import FeatureOff, Forbidden, QuayError
from ..._text.codec import duration, rule, seconds
from ..shared import foreign, prove_credentials

EXPIRATION = "time_machine_expiration"
# Quay gives it to every new account (data/database.py); its DEFAULT_TAG_EXPIRATION plays no part in this.
NEW_TIME_MACHINE = 14 * 86400


def adapt(client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """Look at what a change needs before it is promised: of a request that it refuses, Quay carries out a part.

    Raises QuayError.
    """
    if wish.state == "absent":
        return wish
    if "take_ownership" in wish.fields and observed.facts.get("is_admin"):
        fields = {name: value for name, value in wish.fields.items() if name != "take_ownership"}
        wish = dataclasses.replace(wish, fields=fields)
    present, new_name = observed.fields, wish.fields.get("new_name")
    if present is None:
        prove_credentials(client, names["current"])
    elif new_name not in (None, names["current"]) and client.get("/users/{name}", {"name": new_name}, view=UserView):
        raise QuayError(f"Organization {names['current']} cannot be renamed to {new_name}: a user has this name.")
    if (present or {}).get("email") and wish.fields.get("email") == "" and lack(client, "empty_email"):
        wish = dataclasses.replace(wish, options={**wish.options, "no_email": str(uuid.uuid4())})
    expiration = wish.fields.get(EXPIRATION)
    before = NEW_TIME_MACHINE if present is None else present.get(EXPIRATION)
    if expiration not in (None, before):
        _check_expiration(client, names["current"], expiration)
    return wish


def _check_expiration(client: QuayClient, name: str, expiration: int) -> None:
    published = client.config()
    if not published.get("features", {}).get("CHANGE_TAG_EXPIRATION", True):
        cause = f"FEATURE_CHANGE_TAG_EXPIRATION is off on {client.transport.endpoint.url}"
        raise FeatureOff(f"Could not set {EXPIRATION} of organization {name}: {cause}.", 404, "")
    allowed = published.get("config", {}).get("TAG_EXPIRATION_OPTIONS")
    if allowed and expiration not in [seconds(option) for option in allowed if not rule(seconds)(option)]:
        cause = f"this server allows only {', '.join(allowed)}"
        raise QuayError(f"{EXPIRATION} of organization {name} cannot be {duration(expiration)}: {cause}.")


def explain_partial_view(client: QuayClient, name: str, wish: Wish) -> None:
    """Quay shows anyone that an organization exists; a superuser without full access can rename and delete it.

    Raises Forbidden with the reason why the account sees no more of it.
    """
    if client.get("/superuser/organizations/", {}, {"limit": 1}, missing=(403, 404)) is None:
        cause = "the account does not administer it, or the token lacks the scope org:admin"
        raise Forbidden(f"No rights to manage organization {name}: {cause}.", 403, "")
    if wish.state == "absent" or not wish.fields.keys() - {"new_name"}:
        return
    raise foreign(client, name)
