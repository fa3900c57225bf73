"""Printed pages: what the readers of PDF files and of pictures have in common.

Both see glyphs and rules on a page and nothing else. Here glyphs become lines and, where rules enclose them, cells; page
numbers and running heads go; rows that a page break cut become whole; and all of it becomes a `Source`.
"""
