package report

import (
	"slices"
	"time"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/journal"
	"marsfix/steps/screen"
)

// actDone is what an act has changed; acts that are not here change nothing.
func actDone() map[computer.Act]string {
	return map[computer.Act]string{
		computer.ActStart:    "start the update installer",
		computer.ActSetAside: "set an unusable file aside",
		computer.ActCopy:     "copy the package into the cache",
		computer.ActSweep:    "remove leftovers of interrupted copies",
		computer.ActRun:      "start the installer for the upgrade",
	}
}

// What became of a change.
const (
	changeDone    = "done"
	changeNot     = "not done: Windows Installer was busy, or something had changed since marsfix looked"
	changeUnknown = "started; the outcome is not known"
)

// Changes is what the journal tells of changes, in order. An act of which only the beginning is known is told as such.
func Changes(records []journal.Record, zone *time.Location) []Change {
	out := []Change{}
	open, done := map[computer.Act]int{}, actDone()
	for _, rec := range records {
		what, changes := done[rec.Act]
		if !changes {
			continue
		}
		i, begun := open[rec.Act]
		switch {
		case rec.Kind == "before":
			open[rec.Act] = len(out)
			if rec.Act == computer.ActCopy && cache.KindOf(rec.To) == cache.KindPatch {
				what = "copy the patch into the cache"
			}
			out = append(out, Change{Time: Stamp(rec.Time.In(zone)), What: what, From: rec.From, To: rec.To,
				Size: rec.Size, SHA256: rec.SHA256, Outcome: changeUnknown})
		case begun:
			out[i].Outcome = changeOutcome(rec)
			delete(open, rec.Act)
		}
	}
	return out
}

// changeOutcome reads the record that follows an act.
func changeOutcome(rec journal.Record) string {
	switch {
	case rec.Problem == nil:
		return changeDone
	case rec.Problem.Code == screen.CodePutOff:
		return changeNot
	}
	return "failed: " + rec.Problem.Message
}

// Changed reports whether the computer is not as it was before. A wizard that merely stands open has changed nothing.
func Changed(cs []Change) bool {
	return slices.ContainsFunc(cs, func(c Change) bool { return c.took() && c.What != actDone()[computer.ActStart] })
}

// Opened reports whether the installer was started for its folder, which leaves its wizard open.
func Opened(cs []Change) bool {
	return slices.ContainsFunc(cs, func(c Change) bool { return c.took() && c.What == actDone()[computer.ActStart] })
}

// took reports whether a change was made, or may have been.
func (c Change) took() bool { return c.Outcome == changeDone || c.Outcome == changeUnknown }
