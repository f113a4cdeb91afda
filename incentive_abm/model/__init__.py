"""The model on Mesa: `IntegrationModel` runs a place quarter by quarter; `model_with` sweeps its parameters."""

from __future__ import annotations

from incentive_abm.model.model import PARTNER_CLASSES, IntegrationModel
from incentive_abm.model.sweeping import ModelWith, model_with

__all__ = ["PARTNER_CLASSES", "IntegrationModel", "ModelWith", "model_with"]
