# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: tags (quay endpoints/api/tag.py, data/model/oci/tag.py)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import time
import typing as t

from ..._client.client import Names, QuayClient
from ..._engine.field import Field
from ..._engine.resource import Change, Observed, Resource, State, Steps, Wish
from ..._errors import BadInput, ParentMissing, QuayError
from ..._text.image_reference import image_reference, tag_rule
from ..._text.times import iso
from ..repository.read import find_repository
from .read import MANIFEST, ended_tags, image_rule, live_tag, locate_image


class ManifestView(t.TypedDict):
    """What of a manifest is read here (quay endpoints/api/manifest.py, _manifest_dict)."""

    digest: str


TAG_PATH = "/repository/{+repository}/tag/{tag}"
# Where Quay moves an end to that is nearer to the tag's start or further away (LABELED_EXPIRATION_MINIMUM, _MAXIMUM).
NEAREST, FURTHEST = 3600, 104 * 7 * 86400


def locate(client: QuayClient, params: State) -> Names:
    """The tag that is meant, and the image that it should point to. Raises BadInput and QuayError."""
    reference = image_reference(params["image"])
    if reference.digest and not params["tag"]:
        raise BadInput("image", params["image"], "set tag too")
    moment_of(params["expiration"], params["expiration_format"])
    _full, names = locate_image(client, params["image"])
    return {**names, "source": names["tag"] or params["tag"], "tag": params["tag"] or names["tag"]}


def moment_of(text: str | None, form: str) -> int | None:
    """Seconds since 1970 of an expiration; None for none. Raises BadInput."""
    if not text:
        return None
    try:
        # Without a zone in the format it is local time.
        moment = int(dt.datetime.strptime(text, form).timestamp())
    except (ValueError, OverflowError) as error:
        raise BadInput("expiration", text, f"use the form {form}: {error}") from None
    if moment <= time.time():
        raise BadInput("expiration", text, "use a time in the future")
    return moment


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """The tag, and in ``facts`` where it should point to, or what the time machine has of it.

    Raises ParentMissing and QuayError.
    """
    now = live_tag(client, names, names["tag"])
    facts: State = {"start": (now or {}).get("start_ts", 0), "lives": now is not None}
    if wish.state == "absent":
        last = now
        if wish.options.get("permanent"):
            window = find_repository(client, names).get("tag_expiration_s") or 0
            dead = [one for one in ended_tags(client, names, names["tag"], now) if one["end_ts"] > time.time() - window]
            dead = [one for one in dead if not one.get("immutable")]
            facts["dead"] = list(dict.fromkeys(one["manifest_digest"] for one in dead))
            last = now or next(iter(dead), None)
        return Observed(fields_of(last), facts)
    facts.update(_target(client, names, wish, now))
    return Observed(fields_of(now), facts)


def fields_of(tag: State | None) -> State | None:
    """The canonical values of a tag as Quay shows it; None without a tag."""
    if tag is None:
        return None
    return {
        "manifest_digest": tag["manifest_digest"],
        "expiration": tag.get("end_ts"),
        "immutable": tag.get("immutable", False),
    }


def _target(client: QuayClient, names: Names, wish: Wish, now: State | None) -> State:
    """The manifest that the image means, and whether it must be restored; raises ParentMissing."""
    source = now if names["source"] == names["tag"] else None
    if not names["digest"]:
        source = source or live_tag(client, names, names["source"])
        if source:
            return {"target": source["manifest_digest"]}
    elif (now and now["manifest_digest"] == names["digest"]) or client.get(MANIFEST, names, view=ManifestView):
        return {"target": names["digest"]}
    if not wish.options.get("restore"):
        cure = "Set restore to true if only the time machine still has it"
        raise ParentMissing(f"Image {names['image']} does not exist. {cure}.")
    for entry in ended_tags(client, names, names["source"], source):
        if entry["manifest_digest"] == (names["digest"] or entry["manifest_digest"]):
            return {"target": entry["manifest_digest"], "restore": True}
    raise ParentMissing(f"Image {names['image']} does not exist, and the time machine does not have it either.")


def adapt(_client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """The image as a digest, the expiration as Quay takes it; refuses what an immutable tag rules out.

    Raises BadInput and QuayError.
    """
    fields, now = dict(wish.fields), observed.fields or {}
    locked = now.get("immutable") and fields.get("immutable") is not False
    if locked and wish.state == "absent" and observed.facts["lives"]:
        raise _immutable(names, "delete")
    if wish.state == "absent":
        return wish
    # In check mode an earlier task may make the image.
    target = fields["manifest_digest"] = observed.facts.get("target", names["digest"])
    start = observed.facts.get("start")
    if now.get("manifest_digest") != target:
        if locked:
            raise _immutable(names, "move")
        # Quay ends the tag and begins another, without the expiration of the old one.
        start, fields["expiration"] = None, fields.get("expiration")
    if "expiration" in fields:
        end, start = moment_of(fields["expiration"], wish.options["expiration_format"]), start or int(time.time())
        fields["expiration"] = end and start + min(max(end - start, NEAREST), FURTHEST)
    return dataclasses.replace(wish, fields=fields)


def _immutable(names: Names, verb: str) -> QuayError:
    cure = "Set immutable to false, which requires rights to administer the repository"
    return QuayError(f"Could not {verb} tag {names['tag']} of {names['repository']}: it is immutable. {cure}.")


def write(change: Change) -> Steps:
    """One request each: what rules out a move, the move, and what Quay sets only on a tag that is there."""
    moves = "manifest_digest" in change.differs
    before = {} if moves else change.before
    if change.before["immutable"] and change.after["immutable"] is False:
        yield change.step("make mutable the", "PUT", TAG_PATH, {"immutable": False}, "tag_immutability")
    if moves:
        body = {"manifest_digest": change.after["manifest_digest"]}
        if change.facts.get("restore"):
            yield change.step("restore", "POST", TAG_PATH + "/restore", body)
        else:
            yield change.step("move" if change.facts.get("lives") else "create", "PUT", TAG_PATH, body)
    rest: State = {}
    if "expiration" in change.wish.fields and change.after["expiration"] != before.get("expiration"):
        rest["expiration"] = change.after["expiration"]
    if change.wish.fields.get("immutable") and not before.get("immutable"):
        rest["immutable"] = True
    if rest:
        both = change.after["expiration"] and change.after["immutable"]
        yield change.step("change", "PUT", TAG_PATH, rest, "expiring_immutable_tags" if both else "")


def remove(change: Change) -> Steps:
    """With ``permanent`` also out of the time machine."""
    if change.facts["lives"] and change.before["immutable"]:
        yield change.step("make mutable the", "PUT", TAG_PATH, {"immutable": False}, "tag_immutability")
    if not change.wish.options.get("permanent"):
        yield change.step("delete", "DELETE", TAG_PATH)
        return
    bodies: list[State] = [{"is_alive": True}] if change.facts["lives"] else []
    bodies += [{"is_alive": False, "manifest_digest": digest} for digest in change.facts["dead"]]
    for body in bodies:
        body["include_submanifests"] = True
        yield change.step("delete for good", "POST", TAG_PATH + "/expire", body, "permanent_tag_deletion")


TAG = Resource(
    kind="tag",
    label="{tag} of {repository}",
    keys=(Field("image", required=True, rule=image_rule), Field("tag", rule=tag_rule)),
    fields=(
        Field("manifest_digest", computed=True),
        Field("expiration", shown=lambda end: iso(dt.datetime.fromtimestamp(end, dt.timezone.utc)) if end else None),
        Field("immutable", "bool", on_create=False, needs="tag_immutability"),
    ),
    locate=locate,
    read=read,
    adapt=adapt,
    writes=(write,),
    remove=remove,
)
OPTIONS = {
    "expiration_format": {"type": "str", "default": "%Y%m%d%H%M.%S"},
    "restore": {"type": "bool", "default": False},
    "permanent": {"type": "bool", "default": False},
}
