package steps

import (
	"context"
	"fmt"
	"strings"
	"time"

	"marsfix/logscan"
	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// lastNames are the accepted names of the last session that names any, the one that is registered for the MARS Agent first, else the one
// that is registered at all, then the newest.
func lastNames(f Facts) []logscan.Warning {
	var ws []logscan.Warning
	for _, w := range f.Patch.Named {
		if w.Session == f.Patch.Named[0].Session {
			ws = append(ws, w)
		}
	}
	front := 0
	for i, rank := len(ws)-1, 0; i >= 0; i-- {
		switch p := f.Registration.ProductAt(cache.Path(f.About.WindowsDir, ws[i].ID, cache.KindPackage)); {
		case p != nil && computer.IsAgent(*p):
			front, rank = i, 2
		case p != nil && rank < 2:
			front, rank = i, 1
		}
	}
	if front == 0 {
		return ws
	}
	first := append([]logscan.Warning{ws[front]}, ws[:front]...)
	return append(first, ws[front+1:]...)
}

// ChosenName is the warning that counts, nil when the log names nothing acceptable.
func ChosenName(f Facts) *logscan.Warning {
	ws := lastNames(f)
	if w := nameIn(ws, f.Choices.ID); w != nil || len(ws) == 0 {
		return w
	}
	if f.Registration.Silent { // then the disk tells which of several it still is
		for i := range ws {
			if f.missing(cache.Path(f.About.WindowsDir, ws[i].ID, cache.KindPackage)) {
				return &ws[i]
			}
		}
	}
	return &ws[0]
}

// nameIn is the warning that names an id, nil when none does.
func nameIn(ws []logscan.Warning, id string) *logscan.Warning {
	for i := range ws {
		if strings.EqualFold(ws[i].ID, id) {
			return &ws[i]
		}
	}
	return nil
}

func lookLocateLine(_ context.Context, l computer.Looker, f Facts, _ Env) Facts {
	f.Around = aroundName(l.Disk(), f)
	return f
}

// aroundName is the line that counts in OBPatch.log with its neighbours.
func aroundName(d disk.Reader, f Facts) []screen.LogLine {
	if w := ChosenName(f); w != nil {
		return around(d, f.PatchLog.Path, w.Line, w.NameAt, w.NameLen)
	}
	if s := f.ending(); s.lostUnnamed() {
		return around(d, f.PatchLog.Path, s.lost, matchIn(s.lost.Text), 0)
	}
	if len(f.Patch.Patches) > 0 {
		p := f.Patch.Patches[0]
		return around(d, f.PatchLog.Path, p.Line, p.NameAt, p.NameLen)
	}
	return nil
}

func judgeLocateLine(f Facts, _ time.Time) finding {
	fd := finding{state: screen.Done, problems: suspiciousNames(f)}
	if w := ChosenName(f); w != nil && w.Unended {
		fd.problems = append(fd.problems, screen.Problem{Code: screen.CodeLineCut,
			Message: fmt.Sprintf("line %d is the log's last and has no end: its wording may be cut off", w.Number),
			Cure:    "wait until the installer has ended", Then: screen.LookAgain})
	}
	names := lastNames(f)
	if len(names) < 2 || f.Choices.ID != "" || !f.Registration.LeavesOpen() {
		return fd
	}
	q := &screen.Question{Kind: screen.Choose, Prompt: "Which one belongs to the MARS Agent?", Verb: "choose"}
	for _, w := range names {
		q.Options = append(q.Options, screen.Option{Label: w.ID + ".msi", Note: nameNote(f, w)})
	}
	fd.state, fd.question = screen.Asking, q
	fd.says, fd.mood = fmt.Sprintf("The last session names %d packages, and no registration decides.", len(names)), screen.Warn
	fd.answer = func(f Facts, a screen.Answer) (Facts, next) {
		f.Choices.ID = lastNames(f)[a.Choice].ID
		return f, next{look: true}
	}
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
	v := view{excerpt: f.Around, says: "No line names a lost package: the registration decides in step 5.", came: "no line"}
	w := ChosenName(f)
	if w == nil {
		if f.PatchLog.Read {
			v.log = &screen.LogRef{Path: f.PatchLog.Path}
		}
		return v
	}
	v.says, v.mood = fmt.Sprintf("Line %d says that %s.msi %s.", w.Number, w.ID, warningWords[w.Kind]), screen.Good
	v.came = fmt.Sprintf("line %d", w.Number)
	v.log = &screen.LogRef{Path: f.PatchLog.Path, Offset: w.At, Line: w.Number}
	v.fact = w.ID
	v.rows = append(v.rows,
		screen.Row{Label: "line", Value: fmt.Sprintf("%d, session %d, time %s", w.Number, w.Session, screen.Or(w.Time, "unknown"))},
		screen.Row{Label: "package", Value: w.Path})
	for _, o := range f.Patch.Named {
		switch {
		case strings.EqualFold(o.ID, w.ID):
		case o.Session == w.Session:
			v.rows = append(v.rows, screen.Row{Label: "also", Value: o.ID + ".msi", Note: nameNote(f, o)})
		default:
			v.rows = append(v.rows, screen.Row{Label: "also", Value: o.ID + ".msi", Note: fmt.Sprintf("line %d, session %d", o.Number, o.Session), Extra: true})
		}
	}
	return v
}
