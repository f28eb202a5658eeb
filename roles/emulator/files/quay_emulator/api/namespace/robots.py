# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Robots of organizations and of users: the same calls with two kinds of owner."""

from __future__ import annotations

import re

from flask import request

from ...data.models import Namespace
from ...data.store import name_problem, random_text
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import CrashError, MessageError, invalid, unauthorized
from ...endpoints.routing import Area
from ...endpoints.schema import flag, named, number, object_of, optional_body, text
from ...endpoints.views import avatar_of, date

area = Area()
NEW = named("CreateRobot", object_of(description=text(maxLength=255), unstructured_metadata={"type": "object"}))
MAX_SIZE = 1024 * 1024
ORG = "/organization/<orgname>/robots"
USER = "/user/robots"


def view(robot: Namespace, token: bool = True) -> dict:
    found = {
        "name": robot.name,
        "created": date(robot.created),
        "last_accessed": None,
        "description": robot.description,
    }
    if token:
        found["token"] = robot.token
    return found


def permissions_view(robot: Namespace) -> dict:
    """Names of teams of any organization; deleted repositories stay in it."""
    teams = [{"name": team.name, "avatar": avatar_of(team)} for team in auth.store().teams_of(robot)]
    repositories = [repo.name for repo in auth.store().repositories if robot in repo.user_roles]
    return {"teams": teams, "repositories": repositories}


def list_view(owner: str, permissions: bool, token: bool) -> dict:
    """The real server looks with SQL's LIKE: an underscore in the owner's name matches any character."""
    limit = number("limit", "If specified, the number of robots to return.")
    if limit is not None and limit < 0:
        raise CrashError()
    pattern = "".join("." if char == "_" else re.escape(char) for char in owner)
    robots = [one for one in auth.store().all("robot") if re.match(rf"{pattern}\+", one.name, re.IGNORECASE)]
    if permissions or limit:
        # Then sorted by last access, which falls back to the newest first.
        robots.reverse()
    views = []
    for robot in robots[: limit or None]:
        found = view(robot, token)
        if permissions:
            found.update(permissions_view(robot))
        views.append(found)
    return {"robots": views}


def create(owner: Namespace, robot_shortname: str, data: dict):
    store = auth.store()
    name = f"{owner.name}+{robot_shortname}"
    if store.settings["ROBOTS_DISALLOW"]:
        raise invalid("Robot account creation is disabled")
    if len(name) > 255 and name_problem(robot_shortname) is None:
        raise MessageError("value too long for type character varying(255)\n")
    if problem := name_problem(robot_shortname):
        raise invalid(f"The name for the robot '{robot_shortname}' is invalid: {problem}")
    if name in store.names:
        raise invalid(f"Existing robot with name: {name}")
    robot = Namespace(name, "robot", owner=owner, token=random_text(64))
    robot.description = data.get("description") or ""
    robot.metadata = data.get("unstructured_metadata") or {}
    store.names[name] = robot
    asked = {key: data.get(key) for key in ("description", "unstructured_metadata")}
    log_action("create_robot", owner, {"robot": robot_shortname, **asked})
    return {**view(robot), "unstructured_metadata": data.get("unstructured_metadata")}, 201


def new_body() -> dict:
    if request.is_json and len(request.get_data()) > MAX_SIZE:
        raise CrashError()
    return optional_body(NEW)


def find(owner: str, robot_shortname: str) -> Namespace:
    robot = auth.store().get(f"{owner}+{robot_shortname}", "robot")
    if robot is None:
        raise MessageError("Could not find robot with specified username")
    return robot


def delete(owner: str, robot_shortname: str):
    """One that a repository is mirrored with is kept; the mirror of an organization goes with its robot."""
    robot = find(owner, robot_shortname)
    mirrors = [repo.mirror for repo in auth.store().repositories if repo.mirror and not repo.deleted]
    if any(mirror["robot_username"] is robot for mirror in mirrors):
        raise invalid(f"Robot {robot.name} is used by a repository mirror")
    if robot.owner.mirror and robot.owner.mirror["robot_username"] is robot:
        robot.owner.mirror = None
    auth.store().delete_robot(robot)
    log_action("delete_robot", owner, {"robot": robot_shortname})
    return "", 204


def regenerate(robot: Namespace) -> dict:
    robot.token = random_text(64)
    log_action("regenerate_robot_token", robot.owner, {"robot": robot.name.split("+", 1)[1]})
    return view(robot)


def grants(robot: Namespace) -> dict:
    found = [(repo, repo.user_roles[robot]) for repo in auth.store().repositories if robot in repo.user_roles]
    return {
        "permissions": [
            {"repository": {"name": repo.name, "is_public": repo.public}, "role": role} for repo, role in found
        ]
    }


def org_robot(orgname: str, robot_shortname: str, read: bool = False) -> Namespace:
    auth.need_org_admin(orgname, read)
    auth.store().need_org(orgname)
    return find(orgname, robot_shortname)


def own_robot(robot_shortname: str) -> Namespace:
    return find(auth.need_user_admin().name, robot_shortname)


def own_writer() -> Namespace:
    one = auth.need_user_admin()
    if auth.restricted():
        raise unauthorized()
    return one


@area.route("GET", ORG)
def list_org_robots(orgname: str):
    """A missing organization has an empty list for a superuser."""
    auth.need_org_member(orgname)
    admin = auth.org_admin(orgname)
    permissions = flag("permissions") and (admin or auth.readonly_superuser())
    return list_view(orgname, permissions, admin and flag("token", default=True))


@area.route("GET", f"{ORG}/<robot_shortname>")
def get_org_robot(orgname: str, robot_shortname: str):
    robot = org_robot(orgname, robot_shortname, read=True)
    return {**view(robot, token=auth.org_admin(orgname) or auth.full_access()), "unstructured_metadata": robot.metadata}


@area.route("PUT", f"{ORG}/<robot_shortname>", takes=NEW)
def create_org_robot(orgname: str, robot_shortname: str):
    data = new_body()
    auth.need_org_admin(orgname)
    return create(auth.store().need_org(orgname), robot_shortname, data)


@area.route("DELETE", f"{ORG}/<robot_shortname>")
def delete_org_robot(orgname: str, robot_shortname: str):
    auth.need_org_admin(orgname)
    return delete(orgname, robot_shortname)


@area.route("POST", f"{ORG}/<robot_shortname>/regenerate")
def regenerate_org_robot(orgname: str, robot_shortname: str):
    return regenerate(org_robot(orgname, robot_shortname))


@area.route("GET", f"{ORG}/<robot_shortname>/permissions")
def org_robot_permissions(orgname: str, robot_shortname: str):
    """Wants the scope user:admin besides; the refusal has another shape."""
    auth.need_user_admin()
    if not (auth.org_admin(orgname) or auth.full_access() or auth.readonly_superuser()):
        text = "You don't have the permission to access the requested resource."
        raise MessageError(f"{text} It is either read-protected or not readable by the server.", 403)
    auth.store().need_org(orgname)
    return grants(find(orgname, robot_shortname))


@area.route("GET", USER)
def list_own_robots():
    return list_view(auth.need_user_admin().name, flag("permissions"), flag("token", default=True))


@area.route("GET", f"{USER}/<robot_shortname>")
def get_own_robot(robot_shortname: str):
    robot = own_robot(robot_shortname)
    return {**view(robot), "unstructured_metadata": robot.metadata}


@area.route("PUT", f"{USER}/<robot_shortname>", takes=NEW)
def create_own_robot(robot_shortname: str):
    owner = own_writer()
    return create(owner, robot_shortname, new_body())


@area.route("DELETE", f"{USER}/<robot_shortname>")
def delete_own_robot(robot_shortname: str):
    return delete(own_writer().name, robot_shortname)


@area.route("POST", f"{USER}/<robot_shortname>/regenerate")
def regenerate_own_robot(robot_shortname: str):
    return regenerate(find(own_writer().name, robot_shortname))


@area.route("GET", f"{USER}/<robot_shortname>/permissions")
def own_robot_permissions(robot_shortname: str):
    return grants(own_robot(robot_shortname))
