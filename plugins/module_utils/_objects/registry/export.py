# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the operation of quay_export: which organizations, and where the document goes."""

from __future__ import annotations

import fnmatch
import os

from ..._client.client import QuayClient
from ..._client.views import ListedOrganizationView, UserView
from ..._client.workers import Workers
from ..._document.export import Exporter
from ..._document.files import dump
from ..._engine.operation import Context, Operation, Params
from ..._errors import BadInput, Forbidden, QuayError
from ..._output_file import OutputFile
from ..._text.name_rules import is_pattern, is_uuid
from ..user.accounts import accounts
from .apply import READER

CHOICES = sorted({section.name for section in READER.sections})
SPEC: Params = {
    "organizations": {"type": "list", "elements": "str"},
    "sections": {"type": "list", "elements": "str", "choices": CHOICES},
    "dest": {"type": "path"},
    "split": {"type": "bool", "default": False},
    "workers": {"type": "int", "default": 4},
}


def export(context: Context) -> Params:
    """Read, write the files that differ, and return the document."""
    params = context.params
    _check(params)
    _check_place(params, context.basedir)
    workers = Workers(context.client, params["workers"])
    try:
        tops = _tops(context)
        exporter = Exporter(context.client, workers, READER, params["sections"] or CHOICES)
        document = {name: entries for name, entries in exporter.document(tops).items() if name in tops}
    finally:
        workers.close()
    for sentence in exporter.omitted:
        context.warn(sentence)
    for fault in READER.read(document).faults:
        context.warn(f"quay_apply will not take the export as it is: {fault}.")
    if not params["dest"]:
        return {"changed": False, "document": document}
    texts = _files(params, document)
    # All are looked at before the first is written.
    files = {path: OutputFile(os.path.join(context.basedir, path), path) for path in texts}
    changed = [path for path, file in files.items() if file.differs(texts[path])]
    for path in [] if context.check_mode else changed:
        files[path].write(texts[path])
    return {"changed": bool(changed), "files": changed}


def _check(params: Params) -> None:
    sections = params["sections"] or ()
    for name in sections:
        places = [section.parent for section in READER.sections if section.name == name]
        if not {"", *sections}.intersection(places):
            raise BadInput("sections", name, f"it stands in {' or '.join(places)}, which must be named too")
    if params["split"] and not params["dest"]:
        raise BadInput("split", True, "it needs dest, the folder for the files")


def _check_place(params: Params, basedir: str) -> None:
    """Raise BadInput before any request for a place where no document can be."""
    if not params["dest"]:
        return
    place = os.path.join(basedir, params["dest"])
    if params["split"]:
        if os.path.lexists(place) and not os.path.isdir(place):
            raise BadInput("dest", params["dest"], "it is not a folder, which split=true needs")
    elif os.path.isdir(place) or not os.path.basename(place):
        raise BadInput("dest", params["dest"], "it is a folder, and takes files with split=true only")
    else:
        OutputFile(place, params["dest"])


def _tops(context: Context) -> dict[str, list[Params]]:
    """The keys of the users and organizations to export."""
    params, client = context.params, context.client
    sections = params["sections"] or CHOICES
    tops: dict[str, list[Params]] = {}
    # Who names organizations means these, and not all accounts of the registry beside them.
    if "users" in sections and (params["sections"] or params["organizations"] is None):
        try:
            found = sorted(view["username"] for view in accounts(client))
            tops["users"] = [{"username": name} for name in found if not is_uuid(name)]
        except Forbidden:
            if params["sections"]:
                raise
            context.warn("The users are left out: only a superuser (scope super:user) can list them.")
    if "organizations" in sections:
        tops["organizations"] = [{"name": name} for name in _organizations(client, params["organizations"])]
    return tops


def _organizations(client: QuayClient, wanted: list[str] | None) -> list[str]:
    """Names are taken as they are; where there is a pattern, or nothing is named, all organizations are listed."""
    # Of "payments, team-*" as one text, Ansible leaves the blank to the second.
    patterns = ["*"] if wanted is None else [name.strip() for name in wanted]
    if not any(map(is_pattern, patterns)):
        return sorted(set(patterns))
    try:
        views = client.pages("/superuser/organizations/", {}, "organizations", {"limit": 100}, ListedOrganizationView)
        present = sorted(view["name"] for view in views if not is_uuid(view["name"]))
    except Forbidden:
        # No superuser: the organizations of the account itself.
        purpose = "list the account's organizations, which needs scope user:read"
        user = client.call("GET", "/api/v1/user/", purpose, view=UserView)
        present = sorted(entry["name"] for entry in user["organizations"] if entry["is_org_admin"])
    found: set[str] = set()
    for pattern in patterns:
        matches = fnmatch.filter(present, pattern) if is_pattern(pattern) else [pattern]
        if wanted and not matches:
            raise QuayError(f"No organization matches {pattern} (option organizations).")
        found.update(matches)
    return sorted(found)


def _file_name(organization: str) -> str:
    """The name that the server gives, unless it leads elsewhere, is hidden, or is none to the system."""
    if organization.startswith(".") or not organization.isprintable() or {"/", "\\"} & set(organization):
        raise QuayError(f"Could not export organization {organization!r} with split: no file can have its name.")
    return organization


def _files(params: Params, document: Params) -> dict[str, str]:
    if not params["split"]:
        return {params["dest"]: dump(document)}
    files = {}
    for organization in document.get("organizations", ()):
        files[f"{_file_name(organization['name'])}.yml"] = {"organizations": [organization]}
    if document.get("users"):
        # An organization may have this name, too.
        files["users.yml"] = {"users": document["users"], **files.get("users.yml", {})}
    return {os.path.join(params["dest"], name): dump(content) for name, content in sorted(files.items())}


EXPORT_DOCUMENT = Operation(SPEC, export)
