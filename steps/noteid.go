package steps

import (
	"fmt"
	"slices"
	"time"

	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

func judgeNoteID(f Facts, _ time.Time) finding {
	c := f.Decision
	if len(c.Choose) > 1 && f.Choices.Product == "" {
		return chooseProduct(c)
	}
	if c.Verdict == look.Unclear || c.Verdict == look.RepairNeeded && len(f.Lost()) == 0 {
		return finding{state: screen.Failed, problems: stopFirst(c)}
	}
	fd := finding{state: screen.Done}
	for _, p := range c.Problems {
		// The step that it belongs to has said it already.
		if p.Code == screen.CodeUnread || p.Code == screen.CodePackageLocked || p.Code == screen.CodeNeedsElevation ||
			p.Code == screen.CodePatchMissing && c.Product == nil || p.Code == screen.CodeSuspiciousReg ||
			p.Code == screen.CodeCorrupt || p.Code == screen.CodeCacheOwner || p.Code == screen.CodeCacheOpen ||
			p.Code == screen.CodePackageMoved {
			fd.problems = append(fd.problems, p)
		}
	}
	return fd
}

// stopFirst is a decision's problems, led by the one that stops.
func stopFirst(c look.Decision) []screen.Problem {
	if len(c.Problems) == 0 {
		return []screen.Problem{{Code: screen.CodeNothingFound, Message: c.Reason,
			Cure: "name the log of the failed update: marsfix --patch-log C:\\path\\" + look.PatchLogName}}
	}
	order := []screen.Code{screen.CodeNeedsElevation, screen.CodePackageLocked, screen.CodeOtherProduct,
		screen.CodeNotRegistered, screen.CodeSuspiciousReg, screen.CodeSourceLost, screen.CodeNotUnderstood,
		screen.CodeSuperseded, screen.CodeAnotherLost, screen.CodeLogsDisagree, screen.CodeUnfinished,
		screen.CodePatchMissing, screen.CodeSuspiciousName}
	if c.Damaged {
		order = append([]screen.Code{screen.CodeNotUnderstood}, order...)
	}
	var ps []screen.Problem
	for i, code := range order {
		for _, p := range c.Problems {
			if p.Code == code && !slices.Contains(order[:i], code) {
				ps = append(ps, p)
			}
		}
	}
	for _, p := range c.Problems {
		if !look.HasCode(ps, p.Code) {
			ps = append(ps, p)
		}
	}
	return ps
}

func chooseProduct(c look.Decision) finding {
	q := &screen.Question{Kind: screen.Choose,
		Prompt: "Several registered products have lost files. Which one is being updated?", Verb: "choose"}
	for _, p := range c.Choose {
		q.Options = append(q.Options, screen.Option{Label: fmt.Sprintf("%s %s", p.Name, p.Version),
			Note: p.LocalPackage})
	}
	return finding{state: screen.Asking, question: q, then: outcome{look: true},
		answer: func(f *Facts, a screen.Answer) { f.Choices.Product = f.Decision.Choose[a.Choice].ProductCode }}
}

func showNoteID(f Facts) view {
	c := f.Decision
	v := view{fact: f.UniqueID(), factName: "id", claim: claim(f), came: f.UniqueID()}
	v.says, v.mood = lossSays(f)
	if f.PatchLog.Read && f.PatchLog.Info.Size > 0 {
		v.log = patchRef(f, look.ChosenName(f))
	}
	if c.ID != "" {
		r := screen.Row{Label: "package", Value: c.Path}
		switch {
		case f.Cache == nil, c.Unseen:
		case c.Usable:
			r.Note, r.Tone = "in place", screen.Good
		case c.Present:
			r.Note, r.Tone, r.Word = unusableNote(c.Why), screen.Bad, unusableWord
		default:
			r.Note, r.Tone = "is missing", screen.Bad
		}
		v.rows = append(v.rows, r)
	}
	v.rows = append(v.rows, lostPatchRows(f)...)
	if c.Product != nil {
		v.rows = append(v.rows, screen.Row{Label: "product", Value: c.Product.Name + " " + c.Product.Version})
	}
	if c.Reason != "" && c.Verdict != look.RepairNeeded { // otherwise finding and witnesses say it
		v.rows = append(v.rows, screen.Row{Label: "reason", Value: c.Reason})
	}
	if f.Needless() {
		v.rows = append(v.rows, afterHealthy(f))
	}
	v.witnesses = witnesses(f)
	for i, p := range look.OthersMissing(f) {
		v.rows = append(v.rows, screen.Row{Label: "also gone", Value: p.LocalPackage,
			Note: "package of " + p.Name + ", not touched", Tone: screen.Warn,
			Word: "not touched", Extra: i > 0})
	}
	return v
}

// lossSays sums the witnesses up in a sentence.
func lossSays(f Facts) (string, screen.Tone) {
	c, lost := f.Decision, f.Lost()
	_, _, place := f.Subject()
	switch {
	case c.Verdict == look.Healthy && c.Other != "":
		return "Nothing is lost: the update failed for another reason.", screen.Warn
	case c.Verdict == look.Healthy:
		return "Nothing is lost: there is nothing to repair.", screen.Good
	case c.Verdict != look.RepairNeeded:
		return wordsNoteID.stopped, screen.Warn
	case len(lost) > 1:
		return fmt.Sprintf("Windows Installer has lost %d files of the MARS Agent.", len(lost)), screen.Warn
	case c.Present && !c.Usable:
		return fmt.Sprintf("Windows Installer cannot use the %s in its cache.", disk.Base(c.Path)), screen.Warn
	}
	return fmt.Sprintf("Windows Installer has lost %s.", disk.Base(place)), screen.Warn
}
