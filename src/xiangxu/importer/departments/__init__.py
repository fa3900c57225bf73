"""Departments: found in brackets, lines and cells, taken apart into names, and resolved to the units of the place."""

from xiangxu.importer.departments.directory import UnitDirectory, answerable, education_bureau
from xiangxu.importer.departments.owners import Owners, cell_owners, cut_owners, find_owners, split_names
from xiangxu.importer.departments.roles import says_first_leads

__all__ = [
    "Owners",
    "UnitDirectory",
    "answerable",
    "cell_owners",
    "cut_owners",
    "education_bureau",
    "find_owners",
    "says_first_leads",
    "split_names",
]
