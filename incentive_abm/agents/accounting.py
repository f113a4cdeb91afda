"""Phases 1, 3 and 9 as one partner lives them: the year's end, shocks, the balance."""

from __future__ import annotations

from incentive_abm.agents.organisation import Organisation
from incentive_abm.chance import Stream
from incentive_abm.rules import appraisal, money, politics


class Accounting(Organisation):
    """How money and trouble reach a partner."""

    def is_bailed_out(self, deficit: float) -> bool:
        """M2. Whether it is bailed out at the year's end; deficit is 1 where it is in deficit then, else 0."""
        drawn = self.place.chance(Stream.BAILOUT, self.key)
        return bool(money.bailed_out(deficit, drawn, self.settings.bailout, self.rescued) == 1.0)

    def close_quarter(self, year_end: float) -> None:
        """M2. At the year's end a trust in deficit may be bailed out; left alone, it cuts."""
        deficit = year_end * money.in_deficit(self.balance, self.place.settings.deficit_line)
        rescue = 1.0 if self.is_bailed_out(deficit) else 0.0
        after = money.balance_bailed(self.balance, rescue)
        self.place.bailouts += (after - self.balance) * self.income * self.connected
        self.balance = after
        self.pressure = money.pressure_bailed(self.pressure, deficit, rescue)
        self.in_deficit = deficit * self.rescued
        self.bailed_out = rescue
        self.seen_bailouts = rescue
        self.seen_deficits = deficit * self.rescued

    def remember_bailouts(self) -> None:
        """F1. Add what it and its neighbours went through to what it has seen; feel the stress of its own balance."""
        self.bailouts_seen += self.seen_bailouts
        self.deficits_seen += self.seen_deficits
        self.stress = appraisal.stress_of(self.balance)

    def meet_shock(self) -> None:
        """C5. A sudden priority arrives, or none."""
        place, own = self.place, self.settings
        self.shock = politics.shock_of(place.chance(Stream.SHOCK, self.key), place.chance(Stream.SHOCK_SIZE, self.key),
                                       own.shock_rate, own.shock_size)
        self.mixed = 0.0
        self.spill = 0.0

    def feel_pressure(self) -> None:
        """C5. Pressure after this quarter's shock, less what partners carry, plus what their lone answers cost it."""
        settings = self.place.settings
        self.pressure = politics.pressure_after(self.pressure, settings.pressure_memory, self.shock, self.mixed,
                                                settings.joint_resolution, self.spill)

    def strike_balance(self) -> None:
        """M1. Balance after the quarter: settled with the centre, luck, trend, and what its ties brought or cost."""
        place, own = self.place, self.settings
        settled = money.settled_of(self.balance, place.settings.balance_memory)
        luck = money.luck_of(place.chance(Stream.BALANCE_NOISE, self.key), own.balance_noise)
        trend = own.deficit_trend * self.trend
        self.balance = self.balance - settled + luck - trend + self.flow / self.income
        place.settled += settled * self.income * self.connected
        place.luck += luck * self.income * self.connected
        place.trend += trend * self.income * self.connected
