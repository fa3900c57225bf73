"""Who acts: a person in one post. Rows belong to the post; the audit names both."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xiangxu.model.unit import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """The person at the keyboard and the post that is active, with what every permission rule needs, read once a request.

    ``area_path`` and ``county_path`` are paths in the area tree (``Area.path``): a rule "own town and below" is a prefix of a path.
    ``unit_path`` is the like in the tree of units. A post above the counties has no ``county_path``.
    ``acting_for`` is the unit on whose behalf a right of its own (代填、代录) is being used; marked everywhere.
    """

    person_id: int
    person_name: str
    post_id: int
    role: Role
    title: str
    unit_id: int
    unit_name: str
    unit_path: str
    area_id: int
    area_path: str
    county_path: str = ""
    may_open_child_files: bool = False
    may_act_for_others: bool = False
    acting_for: int | None = None
    # A visitor who came by a signed link has a unit and a purpose, no person and no post.
    link_id: int | None = None

    def on_behalf_of(self, unit_id: int | None) -> Actor:
        """The same post while it acts for another unit; for none (None) where it speaks for itself."""
        return self if unit_id == self.acting_for else replace(self, acting_for=unit_id)

    def is_any(self, *roles: Role) -> bool:
        """Whether the active post has one of these roles."""
        return self.role in roles
