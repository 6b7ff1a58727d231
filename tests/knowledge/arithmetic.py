"""Sums of the notes' examples, such as "sqrt(2 * 2600 * 60 / 7.8)", worked out without running them as code."""

import ast
import math
import operator
from collections.abc import Callable

from tools.metrics.loss import below, poisson_at_most, unit_loss, z_of

Number = float | list[float]

_TWO: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_ONE: dict[type[ast.unaryop], Callable[[float], float]] = {ast.UAdd: operator.pos, ast.USub: operator.neg}
_OF_NUMBERS: dict[str, Callable[..., float]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "log10": math.log10,
    "ceil": math.ceil,
    "floor": math.floor,
    "abs": abs,
    "normal_cdf": below,
    "normal_quantile": z_of,
    "normal_loss": unit_loss,
    "poisson_cdf": poisson_at_most,
}
_OF_LISTS: dict[str, Callable[[list[float]], float]] = {"min": min, "max": max, "sum": math.fsum}


class SumError(ValueError):
    """A sum cannot be worked out; the message says why."""


def work_out(text: str) -> float:
    """Return the value of a sum of numbers, + - * / **, parentheses, lists in [ ] and the functions named above.

    Raises:
        SumError: when it holds anything else, or has no finite value.
    """
    try:
        found = _value(ast.parse(text.strip(), mode="eval").body)
    except SyntaxError:
        raise SumError(f"{text!r} is not a sum; write it like 2 * (3 + 4)") from None
    except (ArithmeticError, ValueError, TypeError) as error:
        raise SumError(f"{text!r} cannot be worked out: {error}") from None
    if isinstance(found, list | complex) or not math.isfinite(found):
        raise SumError(f"{text!r} is not one finite number")
    return float(found)


def _value(part: ast.expr) -> Number:
    match part:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case ast.List() | ast.Tuple():
            return [_number(item) for item in part.elts]
        case ast.BinOp() if type(part.op) in _TWO:
            return _TWO[type(part.op)](_number(part.left), _number(part.right))
        case ast.UnaryOp() if type(part.op) in _ONE:
            return _ONE[type(part.op)](_number(part.operand))
        case ast.Call(func=ast.Name(id=name)) if not part.keywords:
            return _called(name, [_value(argument) for argument in part.args])
    raise SumError(f"{ast.unparse(part)!r} is no part of a sum")


def _number(part: ast.expr) -> float:
    found = _value(part)
    if isinstance(found, list):
        raise SumError(f"{ast.unparse(part)!r} is a list where one number belongs")
    return found


def _called(name: str, arguments: list[Number]) -> float:
    if name in _OF_LISTS:
        return _OF_LISTS[name](_flat(arguments))
    numbers = _flat(arguments)
    if name == "round":
        return float(round(numbers[0], int(numbers[1]) if len(numbers) > 1 else None))
    if name in _OF_NUMBERS:
        return float(_OF_NUMBERS[name](*numbers))
    raise SumError(f"there is no function {name!r}")


def _flat(arguments: list[Number]) -> list[float]:
    return [number for one in arguments for number in (one if isinstance(one, list) else [one])]
