package steps

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"marsfix/logscan"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

func judgeLocateLine(f Facts, _ time.Time) finding {
	fd := finding{state: screen.Done, problems: look.SuspiciousNames(f)}
	if w := look.ChosenName(f); w != nil && w.Unended {
		fd.problems = append(fd.problems, screen.Problem{Code: screen.CodeLineCut,
			Message: fmt.Sprintf("line %d is the log's last and has no end: its wording may be cut off", w.Number),
			Cure:    "wait until the installer has finished", Then: screen.LookAgain})
	}
	if !asksName(f) {
		return fd
	}
	names := look.LastNames(f)
	q := &screen.Question{Kind: screen.Choose, Prompt: "Which one belongs to the MARS Agent?", Verb: "choose"}
	for _, w := range names {
		q.Options = append(q.Options, screen.Option{Label: w.ID + ".msi", Note: look.Known(f, w)})
	}
	fd.state, fd.question = screen.Asking, q
	fd.says, fd.mood = fmt.Sprintf("The log names %d packages; nothing says whose they are.", len(names)),
		screen.Warn
	if w := look.MostLikely(f, names); w != nil {
		fd.says = fmt.Sprintf("The log names %d packages; most likely %s.msi is the agent's.", len(names), w.ID)
	}
	fd.answer = func(f *Facts, a screen.Answer) { f.Choices.ID = look.LastNames(*f)[a.Choice].ID }
	fd.then.look = true
	return fd
}

// asksName reports whether nobody but the engineer can tell which of several names is the agent's.
func asksName(f Facts) bool {
	return len(look.LastNames(f)) > 1 && f.Choices.ID == "" && f.Registration.LeavesOpen()
}

func showLocateLine(f Facts) view {
	v := view{excerpt: f.Around, says: "No line names a cached package: the registration decides in step 5.",
		came: "no line"}
	if p := look.OnlyPatch(f); p != nil {
		return showLostPatch(f, v, *p)
	}
	w := look.ChosenName(f)
	if w == nil {
		if f.PatchLog.Read {
			v.log = patchRef(f, nil)
		}
		return v
	}
	line := fmt.Sprintf("Line %d", w.Number)
	if look.Elsewhere(f, *w) {
		line += " of " + w.Log
	}
	v.says, v.mood = fmt.Sprintf("%s %s.", line, look.Said(*w)), screen.Good
	v.came = fmt.Sprintf("line %d", w.Number)
	v.log = patchRef(f, w)
	v.fact, v.factName = w.ID, "id"
	v.rows = append(v.rows,
		screen.Row{Label: "line", Value: fmt.Sprintf("%d, session %d of %d, time %s", w.Number, w.Session,
			look.Sessions(f, *w), cmp.Or(w.Time, "unknown"))},
		screen.Row{Label: "package", Value: w.Path, Note: look.OnDisk(f, *w)})
	if look.OnDisk(f, *w) == "on the disk" && (w.Kind == logscan.Missing || w.Kind == logscan.Cut) {
		v.says = fmt.Sprintf("%s %s, but the file is there now.", line, look.Said(*w))
	}
	for _, o := range look.Names(f) {
		switch same := look.SameSession(f, o, *w); {
		case strings.EqualFold(o.ID, w.ID), same && asksName(f): // the question names it
		case same:
			v.rows = append(v.rows, screen.Row{Label: "also", Value: o.ID + ".msi", Note: look.Known(f, o)})
		default:
			v.rows = append(v.rows, screen.Row{Label: "also", Value: o.ID + ".msi",
				Note: fmt.Sprintf("line %d, session %d", o.Number, o.Session), Extra: true})
		}
	}
	if asksName(f) {
		v.rows = append(v.rows, screen.Row{Label: "if unsure",
			Value: "take the first; if it is wrong, step 12 goes on with the other"})
	}
	return v
}
