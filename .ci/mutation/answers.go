package main

var (
	linesAlone = "TestLinesThatNobodyTyped"
	typedAhead = "TestPlainForgetsWhatWasTypedBefore|TestAskOfSomebodyWhoReads"
)

// answerRows let somebody confirm at a terminal what he has not read.
var answerRows = []mutation{
	{"a line that comes at once counts", "ui/lines.go", `!line.more && !line.at.Before(l.from(l.shown))`, `!line.more`,
		linesAlone, ""},
	{"a line of many counts", "ui/lines.go", `!line.more && !line.at.Before(l.from(l.shown))`,
		`!line.at.Before(l.from(l.shown))`, linesAlone, ""},
	{"a dropped line is no reason to wait", "ui/lines.go", `l.drop(now, why, line.more)`, `l.why = why`, linesAlone, ""},
	{"what was typed before a question answers it", "ui/lines.go", "{\n\tl.forget(p)\n\tp.print(a.lines...)",
		"{\n\tp.print(a.lines...)", typedAhead, ""},
}
