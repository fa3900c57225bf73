"""What persons do to a draft: write a sentence anew, leave it out, add one; and how that survives a new draft."""

from __future__ import annotations

from dataclasses import replace

from xiangxu.monthly.content import Block, BulletinContent, Kind


def edited(content: BulletinContent, id: str, text: str) -> BulletinContent:
    """The content with a person's text in a block; text equal to the generated one is no edit. KeyError for an unknown block."""
    old = _block(content, id)
    own = None if old.spans and text == old.generated else text
    return _with(content, replace(old, edited=own, dropped=False))


def dropped(content: BulletinContent, id: str) -> BulletinContent:
    """The content without a block; its text is kept and can be restored."""
    return _with(content, replace(_block(content, id), dropped=True))


def restored(content: BulletinContent, id: str) -> BulletinContent:
    """The content with a block as it was generated; of an added block as it was written."""
    old = _block(content, id)
    return _with(content, replace(old, edited=None if old.spans else old.edited, dropped=False))


def added(content: BulletinContent, after: str, id: str, text: str) -> BulletinContent:
    """The content with a person's own paragraph behind a block. ValueError where the id is taken."""
    if any(block.id == id for block in content.blocks):
        raise ValueError(f"已有标识为“{id}”的段落")
    place = content.blocks.index(_block(content, after)) + 1
    new = Block(id, Kind.PARAGRAPH, edited=text)
    return replace(content, blocks=(*content.blocks[:place], new, *content.blocks[place:]))


def keeping_edits(fresh: BulletinContent, old: BulletinContent) -> tuple[BulletinContent, tuple[Block, ...]]:
    """The fresh draft with what persons did to the old one, and the edited blocks that have no place in it any more.

    A sentence is known by its id; an added one goes behind the block that it stood behind, else to the end. Figures that the fresh
    state no longer bears out are then found by `disagreements`.
    """
    kept = fresh
    if old.title != fresh.title:
        kept = replace(kept, title=old.title)
    lost = []
    for place, block in enumerate(old.blocks):
        known = any(block.id == other.id for other in kept.blocks)
        if not block.spans and not known:
            before = [other.id for other in old.blocks[:place] if any(other.id == new.id for new in kept.blocks)]
            kept = added(kept, before[-1] if before else kept.blocks[-1].id, block.id, block.text)
            kept = dropped(kept, block.id) if block.dropped else kept
        elif known and (block.edited is not None or block.dropped):
            kept = _with(kept, replace(_block(kept, block.id), edited=block.edited, dropped=block.dropped))
        elif not known and block.edited is not None:
            lost.append(block)
    return kept, tuple(lost)


def _block(content: BulletinContent, id: str) -> Block:
    return {block.id: block for block in content.blocks}[id]


def _with(content: BulletinContent, new: Block) -> BulletinContent:
    return replace(content, blocks=tuple(new if block.id == new.id else block for block in content.blocks))
