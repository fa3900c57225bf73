"""The invented county 砚溪县 with its neighbour 墨池县: areas, units, people, posts, the history of their schools."""

from xiangxu.world.county.making import SEED, TODAY, county
from xiangxu.world.county.world import World

__all__ = ["SEED", "TODAY", "World", "county"]
