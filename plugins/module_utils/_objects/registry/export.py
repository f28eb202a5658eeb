# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the operation of quay_export: which organizations, and where the document goes."""

from __future__ import annotations

import fnmatch
import os
from urllib.parse import quote

from ..._client.client import QuayClient
from ..._client.views import ListedOrganizationView, OrganizationView, OwnAccountView
from ..._client.workers import Workers
from ..._document.bulk_reads import SharedReads
from ..._document.export import Exporter
from ..._document.files import dump
from ..._engine.operation import Context, Operation, Params
from ..._errors import BadInput, Forbidden, QuayError
from ..._output_file import OutputFile
from ..._text.name_rules import is_pattern, is_uuid
from ..user.accounts import accounts
from .apply import READER

CHOICES = sorted({section.name for section in READER.exported})
SPEC: Params = {
    "organizations": {"type": "list", "elements": "str"},
    "sections": {"type": "list", "elements": "str", "choices": CHOICES},
    "dest": {"type": "path"},
    "split": {"type": "bool", "default": False},
    "defaults": {"type": "bool", "default": False},
    "on_unreadable": {"type": "str", "choices": ["fail", "skip"], "default": "fail"},
    "workers": {"type": "int", "default": 4},
}


def export(context: Context) -> Params:
    """Read, write the files that differ, and return the document.

    Raises QuayError, whose result names the files that were changed before.
    """
    params = context.params
    _check(params)
    _check_place(params, context.basedir)
    workers = Workers(context.client, params["workers"])
    try:
        exporter = Exporter(context.client, workers, READER, params["sections"] or CHOICES, params["defaults"])
        tops = _tops(context, exporter.reads)
        document = {name: entries for name, entries in exporter.document(tops).items() if name in tops}
    finally:
        workers.close()
    skipped = _skipped(context, exporter.unreadable)
    for sentence in exporter.omitted:
        context.warn(sentence)
    for fault in READER.read(document).faults:
        context.warn(f"quay_apply rejects the export as it is: {fault.rstrip('.')}.")
    if not params["dest"]:
        return {"changed": False, "document": document, **skipped}
    return {**_write_files(context, _files(params, document)), **skipped}


def _skipped(context: Context, unreadable: dict[str, str]) -> Params:
    """What the export does without, if it may; raises QuayError otherwise."""
    causes = [f"{title}: {cause}" for title, cause in unreadable.items()]
    if context.params["on_unreadable"] == "skip":
        for cause in causes:
            context.warn(f"Not exported: {cause}")
        return {"unreadable": [{"object": title, "reason": cause} for title, cause in unreadable.items()]}
    if causes:
        advice = "Set on_unreadable to skip to export the rest."
        raise QuayError("\n".join(["Nothing was exported because this could not be read:", *causes, advice]))
    return {}


def _check(params: Params) -> None:
    sections = params["sections"] or ()
    for name in sections:
        places = [section.parent for section in READER.sections if section.name == name]
        if not {"", *sections}.intersection(places):
            raise BadInput("sections", name, f"add {' or '.join(places)}, which contains it")
    if params["split"] and not params["dest"]:
        raise BadInput("split", True, "set dest to the folder for the files")


def _check_place(params: Params, basedir: str) -> None:
    """Raise BadInput before any request for a place where no document can be."""
    if not params["dest"]:
        return
    place = os.path.join(basedir, params["dest"])
    if params["split"]:
        if os.path.lexists(place) and not os.path.isdir(place):
            raise BadInput("dest", params["dest"], "split=true needs a folder")
    elif os.path.isdir(place) or not os.path.basename(place):
        raise BadInput("dest", params["dest"], "this is a folder; set split=true, or use the path of a file")
    else:
        OutputFile(place, params["dest"])


def _write_files(context: Context, texts: dict[str, str]) -> Params:
    """Replace those that differ; check mode only names them. Raises QuayError with those that were replaced before."""
    # All are looked at before the first is written.
    files = {path: OutputFile(os.path.join(context.basedir, path), path) for path in texts}
    differing = [path for path, file in files.items() if file.differs(texts[path])]
    written: list[str] = []
    try:
        for path in [] if context.check_mode else differing:
            files[path].write(texts[path])
            written.append(path)
    except QuayError as error:
        error.result.update({"changed": bool(written), "files": written})
        raise
    return {"changed": bool(differing), "files": differing}


def _tops(context: Context, reads: SharedReads) -> dict[str, list[Params]]:
    """The keys of the entries of the sections at the top."""
    params, client = context.params, context.client
    # Who names organizations means these, and not all accounts of the registry beside them.
    others = CHOICES if params["organizations"] is None else ["organizations"]
    sections = params["sections"] or others
    tops = {
        section.name: section.listed(reads, {})
        for section in READER.below("")
        if section.listed and section.name in sections
    }
    if "users" in sections:
        try:
            found = sorted(view["username"] for view in accounts(client))
            tops["users"] = [{"username": name} for name in found if not is_uuid(name)]
        except Forbidden:
            if params["sections"]:
                raise
            context.warn("Users are not exported: only a superuser (scope super:user) can list them.")
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
        purpose = "list the account's organizations, which needs the scope user:read"
        user = client.call("GET", "/api/v1/user/", purpose, view=OwnAccountView)
        present = sorted(entry["name"] for entry in user["organizations"] if _administers(client, entry))
    found: set[str] = set()
    for pattern in patterns:
        matches = fnmatch.filter(present, pattern) if is_pattern(pattern) else [pattern]
        if wanted and not matches:
            raise QuayError(f"No organization matches {pattern} (option organizations).")
        found.update(matches)
    return sorted(found)


def _administers(client: QuayClient, entry: Params) -> bool:
    """Whether the account administers an organization of its own; to a token without scope user:admin Quay shows that
    with the organization alone (org_view in quay endpoints/api/user.py)."""
    if "is_org_admin" in entry:
        return bool(entry["is_org_admin"])
    view = client.get("/organization/{name}", entry, view=OrganizationView)
    return bool(view and view["is_admin"])


def _file_of(organization: str) -> str:
    """A plain name that is not hidden, whatever Quay holds: each has its own, and none leaves the folder."""
    name = quote(organization, safe=" ")
    return f"%2E{name[1:]}.yml" if name.startswith(".") else f"{name}.yml"


def _files(params: Params, document: Params) -> dict[str, str]:
    if not params["split"]:
        return {params["dest"]: dump(document)}
    files = {
        _file_of(organization["name"]): {"organizations": [organization]}
        for organization in document.get("organizations", ())
    }
    for name, entries in document.items():
        if entries and name != "organizations":
            # An organization may have this name, too.
            files[f"{name}.yml"] = {name: entries, **files.get(f"{name}.yml", {})}
    return {os.path.join(params["dest"], name): dump(content) for name, content in sorted(files.items())}


EXPORT_DOCUMENT = Operation(SPEC, export)
