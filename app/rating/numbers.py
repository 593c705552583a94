"""The codes as plain integers: cheap to compare when interpreted, storable when compiled."""

from __future__ import annotations

from app.rating import codes

VOICE = int(codes.Kind.VOICE)
SMS = int(codes.Kind.SMS)
DATA = int(codes.Kind.DATA)
LIMIT = int(codes.Kind.LIMIT)
HARD = int(codes.Kind.HARD)
BARS = int(codes.Kind.BARS)
BUNDLES = int(codes.Kind.BUNDLES)
CAP = int(codes.Kind.CAP)
ZERO_LIFTED = int(codes.Kind.ZERO_LIFTED)
USAGE_NOTICE = int(codes.Kind.USAGE_NOTICE)
ROAMING_NOTICE = int(codes.Kind.ROAMING_NOTICE)
ANSWER = int(codes.Kind.ANSWER)

MT = int(codes.Direction.MT)

WIFI = int(codes.Flag.WIFI)
CONTINUED = int(codes.Flag.CONTINUED)

ZONE_UNKNOWN = int(codes.Zone.UNKNOWN)
ZONE_HOME = int(codes.Zone.HOME)
ZONE_EU = int(codes.Zone.EU)

BARS_PREMIUM = int(codes.Bar.PREMIUM)
BARS_INTERNATIONAL = int(codes.Bar.INTERNATIONAL)
BARS_DATA_OUTSIDE_EU = int(codes.Bar.DATA_OUTSIDE_EU)
BARS_DATA_EU = int(codes.Bar.DATA_EU)
BARS_ROAMING = int(codes.Bar.ROAMING)

CLASS_WORLD = int(codes.RoamingClass.WORLD)

DATA_ONLY = int(codes.LineKind.DATA_ONLY)

RATED = int(codes.Status.RATED)
BLOCKED = int(codes.Status.BLOCKED)
SUSPENDED = int(codes.Status.SUSPENDED)

NONE = int(codes.Reason.NONE)
INCLUDED = int(codes.Reason.INCLUDED)
ALLOWANCE = int(codes.Reason.ALLOWANCE)
OUT_OF_BUNDLE = int(codes.Reason.OUT_OF_BUNDLE)
ROAMING_BUNDLE = int(codes.Reason.ROAMING_BUNDLE)
STANDARD = int(codes.Reason.STANDARD)
PRICED = int(codes.Reason.PRICED)
ZERO_VOLUME = int(codes.Reason.ZERO_VOLUME)
BAR_PREMIUM = int(codes.Reason.BAR_PREMIUM)
BAR_INTERNATIONAL = int(codes.Reason.BAR_INTERNATIONAL)
BAR_DATA_OUTSIDE_EU = int(codes.Reason.BAR_DATA_OUTSIDE_EU)
BAR_DATA_EU = int(codes.Reason.BAR_DATA_EU)
BAR_ROAMING = int(codes.Reason.BAR_ROAMING)
DATA_OFF = int(codes.Reason.DATA_OFF)
ZERO_BLOCK = int(codes.Reason.ZERO_BLOCK)
LIMIT_BLOCK = int(codes.Reason.LIMIT_BLOCK)
CAP_BLOCK = int(codes.Reason.CAP_BLOCK)
NO_VOICE = int(codes.Reason.NO_VOICE)
NO_RATE = int(codes.Reason.NO_RATE)
UNKNOWN_PLACE = int(codes.Reason.UNKNOWN_PLACE)
BAD_FIELD = int(codes.Reason.BAD_FIELD)
COUNTER_FULL = int(codes.Reason.COUNTER_FULL)

MARK_NOTICE_80 = int(codes.Crossing.NOTICE_80)
MARK_NOTICE_100 = int(codes.Crossing.NOTICE_100)
MARK_ROAMING_80 = int(codes.Crossing.ROAMING_80)
MARK_ROAMING_100 = int(codes.Crossing.ROAMING_100)
MARK_LIMIT_80 = int(codes.Crossing.LIMIT_80)
MARK_LIMIT_100 = int(codes.Crossing.LIMIT_100)
MARK_LIMIT_200 = int(codes.Crossing.LIMIT_200)
MARK_BUNDLE_START = int(codes.Crossing.BUNDLE_START)
MARK_BUNDLE_80 = int(codes.Crossing.BUNDLE_80)
MARK_BUNDLE_100 = int(codes.Crossing.BUNDLE_100)
MARK_BUNDLE_CAP = int(codes.Crossing.BUNDLE_CAP)
MARK_LIFTED_100 = int(codes.Crossing.LIFTED_100)
MARK_LIFTED_200 = int(codes.Crossing.LIFTED_200)
MARK_ANSWER_REFUSED = int(codes.Crossing.ANSWER_REFUSED)
MARK_ANSWER_IDLE = int(codes.Crossing.ANSWER_IDLE)

FULL = 1 << 61
"""A counter above this takes no more: one record adds less than 2**61, so sums stay within 63 bits."""

FLAG_PREMIUM = 1
FLAG_INTERNATIONAL = 2
"""Bits of an interval of numbers."""

NUMBER_BOUND = 10**15
"""E.164 numbers have at most 15 digits."""

ZONES = 6
"""Known zones; tables of numbers are laid out by them."""

CLASSES = 4
"""Roaming classes."""

ROUND_HALF_UP = 0
ROUND_UP = 1
ROUND_DOWN = 2

LAST_INSTANT = 1 << 38
"""Instants beyond this (the year 10680) are mistakes."""
