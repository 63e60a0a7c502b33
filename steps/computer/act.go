package computer

// Act is a change to the computer; empty for a look.
type Act string

const ActNone Act = ""

const ActElevate Act = "elevate"

const ActClose Act = "close-wizard"

const ActStart Act = "start"

const ActSetAside Act = "set-aside"

const ActCopy Act = "copy"

const ActRun Act = "run"

const ActSweep Act = "remove-leftovers"

const ActPack Act = "pack"

const ActUndo Act = "undo"
