"""Conditions of the regime language: CEL expressions over documented names, checked at load, fast to evaluate."""

from huiyin.regime.expressions.compile import Result, compile_condition
from huiyin.regime.expressions.condition import Condition, Value
from huiyin.regime.expressions.names import Context, FieldType, Name, Names, ValueType, Vocabulary
from huiyin.regime.expressions.problems import ConditionErrors, ConditionProblem, Undecided, WrongValue
from huiyin.regime.expressions.say import say
from huiyin.regime.expressions.scope import PlainScope, Scope

__all__ = [
    "Condition",
    "ConditionErrors",
    "ConditionProblem",
    "Context",
    "FieldType",
    "Name",
    "Names",
    "PlainScope",
    "Result",
    "Scope",
    "Undecided",
    "Value",
    "ValueType",
    "Vocabulary",
    "WrongValue",
    "compile_condition",
    "say",
]
