"""A sweep's report: one self-contained page that opens anywhere, offline, and prints."""

from experiments.report.files import PicturesError
from experiments.report.inputs import ReportInputs, read_folder
from experiments.report.stage_runs import StagePage, stage_page
from experiments.report.sweep_page import write_report

__all__ = ["PicturesError", "ReportInputs", "StagePage", "read_folder", "stage_page", "write_report"]
