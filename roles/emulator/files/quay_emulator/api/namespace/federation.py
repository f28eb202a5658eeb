# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The outside identities that may act as a robot."""

from __future__ import annotations

from ...data.models import Namespace
from ...endpoints.actions import log_action
from ...endpoints.errors import invalid
from ...endpoints.routing import Area
from ...endpoints.schema import body, named, object_of, text
from .robots import ORG, USER, org_robot, own_robot

area = Area()
CONFIG = named(
    "CreateRobotFederation",
    {"type": "array", "items": object_of(["issuer", "subject"], issuer=text(), subject=text())},
)


def replace(find, *names: str):
    """The body is a bare array and replaces all entries; it is checked before who asks."""
    data = body(CONFIG)
    robot: Namespace = find(*names)
    entries = []
    for item in data:
        if not item["issuer"].startswith(("http://", "https://")):
            raise invalid("Issuer must be a URL (http:// or https://)")
        entry = {"issuer": item["issuer"], "subject": item["subject"]}
        if entry in entries:
            raise invalid("Duplicate federation config entry")
        entries.append(entry)
    robot.federation = entries
    log_action("create_robot_federation", robot.owner, {"config": entries, "robot": robot.name.split("+", 1)[1]})
    return entries


def clear(robot: Namespace):
    robot.federation = []
    log_action("delete_robot_federation", robot.owner, {"robot": robot.name.split("+", 1)[1]})
    return "", 204


@area.route("GET", f"{ORG}/<robot_shortname>/federation")
def get_org(orgname: str, robot_shortname: str):
    return org_robot(orgname, robot_shortname, read=True).federation


@area.route("POST", f"{ORG}/<robot_shortname>/federation")
def replace_org(orgname: str, robot_shortname: str):
    return replace(org_robot, orgname, robot_shortname)


@area.route("DELETE", f"{ORG}/<robot_shortname>/federation")
def clear_org(orgname: str, robot_shortname: str):
    return clear(org_robot(orgname, robot_shortname))


@area.route("GET", f"{USER}/<robot_shortname>/federation")
def get_own(robot_shortname: str):
    return own_robot(robot_shortname).federation


@area.route("POST", f"{USER}/<robot_shortname>/federation")
def replace_own(robot_shortname: str):
    return replace(own_robot, robot_shortname)


@area.route("DELETE", f"{USER}/<robot_shortname>/federation")
def clear_own(robot_shortname: str):
    return clear(own_robot(robot_shortname))
