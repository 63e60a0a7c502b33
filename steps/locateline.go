package steps

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"marsfix/logscan"
	"marsfix/steps/cache"
	"marsfix/steps/computer"
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
	names := look.LastNames(f)
	if len(names) < 2 || f.Choices.ID != "" || !f.Registration.LeavesOpen() {
		return fd
	}
	q := &screen.Question{Kind: screen.Choose, Prompt: "Which one belongs to the MARS Agent?", Verb: "choose"}
	for _, w := range names {
		q.Options = append(q.Options, screen.Option{Label: w.ID + ".msi", Note: nameNote(f, w)})
	}
	fd.state, fd.question = screen.Asking, q
	fd.says, fd.mood = fmt.Sprintf("The log names %d packages; no registration says which is the agent's.", len(names)),
		screen.Warn
	fd.answer = func(f *Facts, a screen.Answer) { f.Choices.ID = look.LastNames(*f)[a.Choice].ID }
	fd.then.look = true
	return fd
}

// nameNote says what is known of a logged name.
func nameNote(f Facts, w logscan.Warning) string {
	note := fmt.Sprintf("line %d", w.Number)
	switch p := f.Registration.ProductAt(cache.Path(f.About.WindowsDir, w.ID, cache.KindPackage)); {
	case p == nil && f.Registration.LeavesOpen():
	case p == nil:
		note += ", not registered"
	case computer.IsAgent(*p):
		note += ", registered for the MARS Agent"
	default:
		note += ", registered for " + p.Name
	}
	return note
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
	v.says, v.mood = fmt.Sprintf("Line %d %s.", w.Number, look.Said(*w)), screen.Good
	v.came = fmt.Sprintf("line %d", w.Number)
	v.log = patchRef(f, w)
	v.fact, v.factName = w.ID, "id"
	v.rows = append(v.rows,
		screen.Row{Label: "line", Value: fmt.Sprintf("%d, session %d, time %s", w.Number, w.Session,
			cmp.Or(w.Time, "unknown"))},
		screen.Row{Label: "package", Value: w.Path})
	for _, o := range f.Patch.Named {
		switch {
		case strings.EqualFold(o.ID, w.ID):
		case o.Session == w.Session:
			v.rows = append(v.rows, screen.Row{Label: "also", Value: o.ID + ".msi", Note: nameNote(f, o)})
		default:
			v.rows = append(v.rows, screen.Row{Label: "also", Value: o.ID + ".msi",
				Note: fmt.Sprintf("line %d, session %d", o.Number, o.Session), Extra: true})
		}
	}
	return v
}
