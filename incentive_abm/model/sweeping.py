"""Parameters by name for Mesa's `batch_run`, which passes each value as an argument of its own."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import Parameter as Argument
from inspect import Signature, signature

from incentive_abm.errors import UserError
from incentive_abm.model.model import IntegrationModel
from incentive_abm.parameters import Scope, parameter


@dataclass(frozen=True)
class ModelWith:
    """Makes models from their usual arguments and from the parameters named; can be sent to other processes."""

    names: tuple[str, ...]
    model: type[IntegrationModel]

    @property
    def __signature__(self) -> Signature:
        usual = [argument for name, argument in signature(self.model).parameters.items() if name != "parameters"]
        return Signature([argument.replace(kind=Argument.KEYWORD_ONLY) for argument in usual]
                         + [Argument(name, Argument.KEYWORD_ONLY) for name in self.names])

    def __call__(self, **arguments: object) -> IntegrationModel:
        given = dict(self.__signature__.bind(**arguments).arguments)
        parameters = {name: given.pop(name) for name in self.names}
        return self.model(parameters=parameters, **given)


def model_with(*names: str, model: type[IntegrationModel] = IntegrationModel) -> ModelWith:
    """A maker of models for `mesa.batch_run` that takes these parameters of the table as arguments of their own.

    Example: `batch_run(model_with("bailout", "handover"), {"bailout": [0.0, 0.5], "handover": 0.3, "seed": [1, 2, 3]})`
    (from Mesa 3.5 on, seeds are given as `rng=[1, 2, 3]` instead). Raises UserError for a name that is not in the table.
    """
    for name in names:
        if parameter(name).scope is Scope.DATA:
            raise UserError(f"{name} fills holes when a place is read; a run cannot set it")
    return ModelWith(names, model)


