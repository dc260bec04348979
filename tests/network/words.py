"""What a person is told, as patterns of any case: the scenes ask for the cause, not for each word of the sentence."""

NOT_HEARD = r"(not|nothing|no longer)\b.*\bheard"
UNDELIVERED = r"undelivered|unconfirmed|(not|never) (be |been )?(confirmed|acknowledged|delivered)"
NOT_SENT = "not sent"
KEPT = r"\bkept\b"
WITHOUT_A_BYE = "without a bye"
LOST_ON_THE_WAY = r"\blost\b|" + UNDELIVERED
OTHER_END_GONE = "keyhole: error: .*(server|other end)"
SERVER_AWAY = "keyhole: error: .*server"
BUSY = "busy"
SLOW = r"\bslow\b|slowly"

# Causes that a network which is gone must never be given.
FALSE_PROGRAMS = "does not read|another protocol|operation (aborted|canceled)"
FALSE_CAUSES = f"without a bye|{FALSE_PROGRAMS}"
TROUBLE = f"keyhole: error|{FALSE_CAUSES}|{NOT_HEARD}|{UNDELIVERED}"
