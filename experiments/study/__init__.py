"""Studies: a question, what is varied to answer it, and how; read from TOML and checked against the parameter table."""

from experiments.study.study import Method, PlaceSource, Study, StudyFactor, Varies
from experiments.study.study_reading import load_study, shipped_studies, study_from_text

__all__ = ["Method", "PlaceSource", "Study", "StudyFactor", "Varies", "load_study", "shipped_studies", "study_from_text"]
