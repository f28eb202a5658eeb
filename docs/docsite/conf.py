# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sphinx makes the site of what antsibull-docs writes with this: tests/tools/site.sh."""

from __future__ import annotations

import typing as t

from docutils import nodes

project = "dockhand.quay"
project_copyright = "The dockhand.quay authors"
extensions = ["sphinx_antsibull_ext"]
nitpicky = True
default_role = "any"
highlight_language = "yaml+jinja"
pygments_style = "default"
pygments_dark_style = "github-dark"
html_theme = "furo"
html_title = "dockhand.quay"
html_static_path = ["site.css"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_use_index = False
# The tables of antsibull-docs in the colors of the theme, and names of types that can be read on dark ones.
html_theme_options = {
    "light_css_variables": {
        "antsibull-table-background-even": "var(--color-background-secondary)",
        "antsibull-table-background-odd": "var(--color-background-primary)",
        "antsibull-table-border": "var(--color-background-border)",
        "antsibull-narrowtable-background": "var(--color-background-secondary)",
        "antsibull-links-background": "var(--color-brand-primary)",
        "antsibull-links-background-active": "var(--color-brand-content)",
        "antsibull-links-text": "var(--color-background-primary)",
    },
    "dark_css_variables": {
        f"antsibull-{what}": color
        for color, names in {
            "#d7a8ff": ("option-type", "option-elements"),
            "#ff8a80": ("option-required", "attribute-support-none"),
            "#7ee787": ("option-version-added", "option-aliases", "attribute-support-full"),
            "#79c0ff": ("option-default", "option-sample"),
            "#e3b341": ("attribute-support-partial",),
            "inherit": ("option-sample-header",),
        }.items()
        for what in names
    },
}

# Labels of Ansible's own documentation that generated pages name, so that a build needs no network.
ANSIBLE = "https://docs.ansible.com/projects/ansible/latest/"
PAGES = {
    "action_plugins": "plugins/action.html",
    "ansible_configuration_settings": "reference_appendices/config.html",
    "common_return_values": "reference_appendices/common_return_values.html",
}


def in_ansible(_app: t.Any, _env: t.Any, node: t.Any, content: t.Any) -> nodes.reference | None:
    """A link into Ansible's documentation, None for a label that isn't there either."""
    target = node["reftarget"]
    page = PAGES.get(target)
    if target.startswith("ANSIBLE_"):
        page = f"{PAGES['ansible_configuration_settings']}#envvar-{target}"
    return nodes.reference("", "", content, refuri=ANSIBLE + page) if page else None


def setup(app: t.Any) -> None:
    """What Sphinx calls at its start."""
    app.connect("missing-reference", in_ansible)
