package look

import (
	"fmt"
	"strings"

	"marsfix/logscan"
	"marsfix/steps/screen"
)

// doubts are the nearest guesses why a file says nothing as OBPatch.log. One that is no log at all shows how it begins.
var doubts = [...]string{
	logscan.OtherText:  "it is some other text",
	logscan.Archive:    "it is an archive, such as a zip",
	logscan.WebPage:    "it is a web page, perhaps a sign-in page",
	logscan.Data:       "it is JSON, XML or CSV",
	logscan.SetupLines: "it is the other log, " + SetupLogName,
	logscan.NotText:    "it is not a text file",
	logscan.Shifted:    "its UTF-16 bytes are out of step, as after a transfer in text mode",
	logscan.Wrapped:    "its lines are broken inside words, as e-mail breaks them",
	logscan.Blanks:     "its spaces were changed, as web pages change them",
	logscan.Altered:    "its text was changed by copying",
	logscan.Translated: "its text was translated",
	logscan.Reversed:   "its lines are in reverse order, the newest first",
}

// notUnderstood is the problem of a log that cannot be relied on.
func notUnderstood(f Facts) *screen.Problem {
	guess := doubts[f.Reading.Doubt]
	if f.Reading.Sample != "" {
		guess += fmt.Sprintf(" (\"%s\")", f.Reading.Sample)
	}
	p := &screen.Problem{Code: screen.CodeNotUnderstood,
		Message: fmt.Sprintf("\"%s\" cannot be read as a Windows Installer log: %s", f.PatchLog.Path, guess)}
	p.Cure, p.Then = theFileItself(f)
	return p
}

// theFileItself says how to come by a log that can be read.
func theFileItself(f Facts) (cure string, then screen.Then) {
	if f.Reading.Doubt == logscan.Archive {
		return "unpack it and put the " + PatchLogName + " from it in its place", screen.Nothing
	}
	itself := "the file itself"
	switch {
	case f.Reading.Doubt == logscan.WebPage:
		itself += " (if it is downloaded, sign in first)"
	case f.Reading.Doubt.Damage():
		itself += ", not its text"
	}
	if f.About.Root != "" {
		return "copy " + itself + ` from that computer: C:\Windows\Temp\` + PatchLogName +
			"; then run: marsfix diagnose --root DIR", screen.Nothing
	}
	return "give " + itself + ": marsfix --patch-log C:\\path\\" + PatchLogName +
		"; or run the failing update again, so that it writes a new log", screen.LookAgain
}

// unfinished is the problem of a log whose last session does not tell how it ended.
func unfinished(f Facts, s ending) screen.Problem {
	p := screen.Problem{Code: screen.CodeUnfinished, Message: fmt.Sprintf("the %s in %s has no result", s.called(),
		PatchLogName),
		Cure: "wait until the update has ended, or run it again", Then: screen.LookAgain}
	if f.About.Root != "" {
		p.Cure = "copy the whole log once the update has ended"
	}
	return p
}

// copyDamage is what copying has done to a warning whose name is not acceptable, if the name was acceptable before.
func copyDamage(f Facts, w logscan.Warning) logscan.Doubt {
	path := w.Path
	if strings.Trim(path, `\`) == "" { // quotes were doubled, or escaped by others
		path = strings.TrimLeft(w.Text[w.NameAt:], `'\`)
	}
	switch id := logscan.Restored(path, f.About.WindowsNames); {
	case logscan.IsHidden(path):
		return logscan.Altered
	case id == "?", w.Path == "" && strings.HasSuffix(strings.TrimSpace(w.Text), "package"):
		return logscan.Wrapped
	case id == "":
		return logscan.NoDoubt
	case strings.Contains(w.Path, `\\`):
		return logscan.Data
	}
	return logscan.Altered
}
