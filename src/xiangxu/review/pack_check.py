"""t"""
from xiangxu.cards import Packs, Fault
def strict_faults(packs: Packs) -> list[Fault]:
    """t"""
    return []
