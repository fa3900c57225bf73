"""The one formula grammar: a line such as `100 * sum(体质优良学生) / sum(参测学生)` becomes a small tree, and visitors give it meaning.

- `tree`, `grammar`, `writing`: the nodes; text to tree; tree to its one canonical text.
- `vocabulary`, `arguments`, `naming`: the functions and their arguments; what a formula uses.
- `fault`, `check`: what is wrong, where, and what to write instead.
- `quotients`: which sums of a formula must count the same rows.
- `optional`: what a parameter that is not given means; every visitor looks at the tree after this step.
- `values`, `aggregates`, `scope`, `reckoning`, `rows`: the reference meaning, on plain rows.
- `settled`, `sentence`: the formula in words, after the parameters have decided what they decide.

The package knows nothing of cards, forms or engines: whoever calls it brings fields, parameters and rows.
"""

from xiangxu.formula.check import check
from xiangxu.formula.fault import Fault, FormulaError
from xiangxu.formula.grammar import parse
from xiangxu.formula.naming import Names, names
from xiangxu.formula.optional import without
from xiangxu.formula.rows import Result, evaluate, holds
from xiangxu.formula.sentence import Sentence, explain
from xiangxu.formula.tree import Tree
from xiangxu.formula.vocabulary import FieldWord, Kind, ParamWord
from xiangxu.formula.writing import write

__all__ = [
    "Fault",
    "FieldWord",
    "FormulaError",
    "Kind",
    "Names",
    "ParamWord",
    "Result",
    "Sentence",
    "Tree",
    "check",
    "evaluate",
    "explain",
    "holds",
    "names",
    "parse",
    "without",
    "write",
]
