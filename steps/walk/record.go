package walk

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"marsfix/steps"
	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/installer"
	"marsfix/steps/journal"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// recordInput records what the engineer did. It is called before the session handles the event.
func (w *Walk) recordInput(now time.Time, ev screen.Event) {
	a := w.session.Account()
	r := journal.Record{Round: a.Round, Step: a.Step}
	switch ev := ev.(type) {
	case screen.Press:
		r.Kind, r.Text = "key", ev.Key
		if ev.Key == "s" && a.Other != "" {
			r.Text += ": " + a.Other
		}
	case screen.Answer:
		r.Kind, r.Text = "answer", answerText(a.Question, ev)
		if a.Question != nil {
			r.Asked = a.Question.Prompt
		}
	case screen.Interrupt:
		r.Kind, r.Text = "key", "ctrl+c"
	case screen.EndOfInput:
		r.Kind, r.Text = "key", "end of input"
	default:
		return
	}
	w.journal.Add(now, r)
}

func answerText(q *screen.Question, a screen.Answer) string {
	switch {
	case q == nil || q.Kind == screen.Confirm:
		return map[bool]string{true: "y", false: "n"}[a.Yes]
	case q.Kind == screen.Choose && a.Choice >= 0 && a.Choice < len(q.Options):
		return q.Options[a.Choice].Label
	}
	return a.Text
}

// recordStates records every step whose state has changed.
func (w *Walk) recordStates(now time.Time) {
	a := w.session.Account()
	for i, st := range a.Steps {
		if st.State == w.seen[i] {
			continue
		}
		w.seen[i] = st.State
		if st.State == screen.Looking || st.State == screen.Acting || st.State == screen.Pending {
			continue
		}
		w.journal.Add(now, journal.Record{Kind: "step", Round: a.Round, Step: i + 1, State: st.State.String(),
			Text: st.Title, Problem: told(a.Facts.About, st.First())})
	}
}

// recordBefore writes everything that is pending, and before a change what is about to be done, and flushes.
func (w *Walk) recordBefore(wk steps.Work) {
	if wk.Act != computer.ActNone {
		w.journal.Add(wk.At, changeRecord("before", wk, wk.Facts))
	}
	w.journal.Flush(wk.Act != computer.ActNone)
}

// recordAfter records how a change ended, and flushes.
func (w *Walk) recordAfter(now time.Time, wk steps.Work, r steps.Result) {
	if wk.Act == computer.ActNone {
		return
	}
	rec := changeRecord("after", wk, r.Facts)
	rec.Problem = told(r.Facts.About, r.Facts.Trouble)
	switch {
	case rec.Problem != nil:
	case wk.Act == computer.ActStart:
		rec.To = r.Facts.Start.Staged.Path
	case wk.Act == computer.ActRun:
		rec.To = r.Facts.Upgrade.Staged.Path
	case wk.Act == computer.ActCopy && !r.Facts.File.Copied.Done:
		rec.Problem = &screen.Told{Code: screen.CodePutOff,
			Message: "the copy was postponed: Windows Installer is busy, or now expects another package",
			Hint:    "nothing to do: marsfix looks again by itself"}
	case wk.Act == computer.ActSetAside && r.Facts.File.Copied.Aside == "":
		rec.Problem = &screen.Told{Code: screen.CodePutOff,
			Message: "nothing was set aside: Windows Installer is busy, or the file has changed",
			Hint:    "nothing to do: marsfix looks again by itself"}
	}
	if wk.Act == computer.ActStart || wk.Act == computer.ActRun {
		for _, sw := range r.Facts.Swept {
			w.journal.Add(now, sweptRecord(wk, sw))
		}
	}
	w.journal.Add(now, rec)
	w.journal.Flush(true)
}

// told is a problem as the journal tells it, nil for none.
func told(a computer.About, p *screen.Problem) *screen.Told {
	if p == nil {
		return nil
	}
	t := p.OfWalk(a.Label)
	return &t
}

// actRemoveRun is what a start does besides: it removes the private copies of earlier ones. No step asks for it.
const actRemoveRun computer.Act = "remove-run-folder"

// sweptRecord tells that a start has removed the copy of an earlier one, or could not.
func sweptRecord(wk steps.Work, sw installer.Swept) journal.Record {
	r := journal.Record{Kind: "after", Act: actRemoveRun, Round: wk.Round, Step: wk.Step, From: sw.Dir}
	if sw.Err != "" {
		r.Problem = &screen.Told{Code: screen.CodeNotRemoved,
			Message: fmt.Sprintf("\"%s\" could not be removed: %s", sw.Dir, sw.Err), Hint: "the next start tries again"}
	}
	return r
}

// changeRecord records a change. The facts are those before it or those after it, as kind says.
func changeRecord(kind string, wk steps.Work, f look.Facts) journal.Record {
	r := journal.Record{Kind: kind, Act: wk.Act, Round: wk.Round, Step: wk.Step}
	switch wk.Act {
	case computer.ActCopy:
		r.From, r.To, r.SHA256, r.Size, r.Aside = f.File.Source.Path, f.File.Place, f.File.Source.SHA256,
			f.File.Source.Info.Size, f.File.Copied.Aside
	case computer.ActSetAside:
		r.From, r.To, r.SHA256 = f.File.Place, cache.AsideName(f.File.Place, wk.At), f.File.Target.SHA256
	case computer.ActSweep: // before it all leftovers, after it those that could not be removed
		var left []string
		for _, in := range f.Leftovers {
			left = append(left, in.Path)
		}
		r.Text = strings.Join(left, ", ")
	case computer.ActStart, computer.ActRun:
		if p := look.ChosenInstaller(f); p != nil {
			r.From = p.Path
		}
		if f.InPlace.Agreed {
			r.Text = "in place, beside " + cmp.Or(strings.Join(f.InPlace.Beside, ", "), "no DLL")
		}
	}
	return r
}
