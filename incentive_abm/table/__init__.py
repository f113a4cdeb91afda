"""The rows of the parameter table, by theme."""

from incentive_abm.table.preferences import ROWS as PREFERENCES
from incentive_abm.table.setting import ROWS as SETTING
from incentive_abm.table.working import ROWS as WORKING

ROWS = (*PREFERENCES, *WORKING, *SETTING)
