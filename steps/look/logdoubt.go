package look

import (
	"fmt"
	"strings"

	"marsfix/logscan"
	"marsfix/steps/screen"
)

// doubts are the nearest guesses why a file says nothing as OBPatch.log. One that is no log at all shows how it begins.
var doubts = [...]string{
	logscan.OtherText:  "it is other text",
	logscan.Archive:    "it is a packed archive",
	logscan.WebPage:    "it is a web page, perhaps one to sign in",
	logscan.Data:       "it is JSON, XML or CSV",
	logscan.SetupLines: "it is the other log, " + SetupLogName,
	logscan.NotText:    "it is not a text file",
	logscan.Shifted:    "its UTF-16 text is shifted, as after a copy in text mode",
	logscan.Wrapped:    "its lines are broken inside words, as e-mail does",
	logscan.Blanks:     "the blanks in its text were changed, as web pages do",
	logscan.Altered:    "its words were changed by copying",
	logscan.Translated: "it was translated",
}

// notUnderstood is the problem of a log that cannot be relied on.
func notUnderstood(f Facts) *screen.Problem {
	guess := doubts[f.Reading.Doubt]
	if f.Reading.Sample != "" {
		guess += fmt.Sprintf(" (\"%s\")", f.Reading.Sample)
	}
	p := &screen.Problem{Code: screen.CodeNotUnderstood,
		Message: fmt.Sprintf("\"%s\" cannot be read as a log of Windows Installer: %s", f.PatchLog.Path, guess)}
	p.Cure, p.Then = theFileItself(f)
	return p
}

// theFileItself says how to come by a log that can be read.
func theFileItself(f Facts) (cure string, then screen.Then) {
	if f.Reading.Doubt == logscan.Archive {
		return "unpack it, and put the " + PatchLogName + " that is in it in its place", screen.Nothing
	}
	if f.About.Root != "" {
		return `take the file itself, not its text: copy C:\Windows\Temp\` + PatchLogName +
			" from that computer as a file, then look again: marsfix diagnose --root DIR", screen.Nothing
	}
	return "take the log file itself, not its text: marsfix --patch-log C:\\path\\" + PatchLogName +
		"; or run the failing update once more, so that it writes the log anew", screen.LookAgain
}

// unfinished is the problem of a log whose last session does not tell how it ended.
func unfinished(f Facts, s ending) screen.Problem {
	p := screen.Problem{Code: screen.CodeUnfinished, Message: fmt.Sprintf("the %s in %s has no result", s.called(),
		PatchLogName),
		Cure: "wait until the update has ended, or run it once more", Then: screen.LookAgain}
	if f.About.Root != "" {
		p.Cure = "take the whole log once the update has ended"
	}
	return p
}

// copyDamage is what copying has done to a warning whose name is not acceptable, if an acceptable one was behind it.
func copyDamage(f Facts, w logscan.Warning) logscan.Doubt {
	switch id := logscan.Restored(w.Path, f.About.WindowsNames); {
	case id == "?", w.Path == "" && strings.HasSuffix(strings.TrimSpace(w.Text), "package"):
		return logscan.Wrapped
	case id == "":
		return logscan.NoDoubt
	case strings.Contains(w.Path, `\\`):
		return logscan.Data
	}
	return logscan.Altered
}
