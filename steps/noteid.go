package steps

import (
	"context"
	"fmt"
	"slices"
	"time"

	"marsfix/steps/disk"
)

func lookNoteID(ctx context.Context, l Looker, f Facts, _ env) Facts {
	f.Registration = lookRegistration(ctx, l)
	f.Cache = lookCache(l.Disk(), f)
	f.Decision = decide(f)
	f.CacheOwner = cacheOwner(l.Disk(), f)
	f.Moved = movedPackages(l.Disk(), f)
	f.Decision.Problems = append(f.Decision.Problems, explanations(f)...)
	return f
}

func judgeNoteID(f Facts, _ time.Time) finding {
	c := f.Decision
	if len(c.Choose) > 1 && f.Choices.Product == "" {
		return chooseProduct(c)
	}
	if c.Verdict == Unclear || c.Usable && c.Verdict == RepairNeeded { // a patch alone is lost, and the copy would change nothing
		return finding{state: Failed, problems: stopFirst(c)}
	}
	fd := finding{state: Done}
	for _, p := range c.Problems {
		// Said already on the step that it belongs to.
		if p.Code == codeUnread || p.Code == codePatchMissing || p.Code == codeCorrupt || p.Code == codeCacheOwner || p.Code == codePackageMoved {
			fd.problems = append(fd.problems, p)
		}
	}
	return fd
}

// stopFirst is a decision's problems, led by the one that stops.
func stopFirst(c Decision) []Problem {
	if len(c.Problems) == 0 {
		return []Problem{{Code: codeNothingFound, Message: c.Reason,
			Hint: "name the log of the failed update: marsfix --patch-log C:\\path\\" + patchLogName}}
	}
	order := []string{codeNeedsElevation, codePackageLocked, codeOtherProduct, codeNotRegistered, codeSuspiciousReg, codeSourceLost, codeNotUnderstood,
		codeSuperseded, codeUnfinished, codePatchMissing, codeSuspiciousName}
	if c.Damaged {
		order = append([]string{codeNotUnderstood}, order...)
	}
	var ps []Problem
	for i, code := range order {
		for _, p := range c.Problems {
			if p.Code == code && !slices.Contains(order[:i], code) {
				ps = append(ps, p)
			}
		}
	}
	for _, p := range c.Problems {
		if !hasCode(ps, p.Code) {
			ps = append(ps, p)
		}
	}
	return ps
}

func chooseProduct(c Decision) finding {
	q := &Question{Kind: Choose, Prompt: "Several registered products have lost their package. Which one is being updated?", Verb: "choose"}
	for _, p := range c.Choose {
		q.Options = append(q.Options, Option{Label: fmt.Sprintf("%s %s", p.Name, p.Version), Note: p.LocalPackage})
	}
	return finding{state: Asking, question: q, answer: func(f Facts, a Answer) (Facts, next) {
		f.Choices.Product = f.Decision.Choose[a.Choice].ProductCode
		return f, next{look: true}
	}}
}

func showNoteID(f Facts) view {
	c := f.Decision
	v := view{fact: c.ID}
	if f.PatchLog.Read && f.PatchLog.Info.Size > 0 {
		v.log = &LogRef{Path: f.PatchLog.Path}
		if w := chosenName(f); w != nil {
			v.log.Offset, v.log.Line = w.At, w.Number
		}
	}
	if c.ID != "" {
		v.rows = append(v.rows, Row{Label: "Unique_ID", Value: c.ID})
		r := Row{Label: "package", Value: c.Path}
		switch {
		case f.Cache == nil, c.Unseen:
		case c.Usable:
			r.Note, r.Tone = "in place", Good
		case c.Present:
			r.Note, r.Tone = c.Why, Bad
		default:
			r.Note, r.Tone = "is missing", Bad
		}
		v.rows = append(v.rows, r)
	}
	if c.Product != nil {
		v.rows = append(v.rows, Row{Label: "product", Value: c.Product.Name + " " + c.Product.Version})
	}
	if c.Reason != "" {
		v.rows = append(v.rows, Row{Label: "verdict", Value: string(c.Verdict) + ": " + c.Reason})
	}
	v.witnesses = witnesses(f)
	for i, p := range othersMissing(f) {
		v.rows = append(v.rows, Row{Label: "also gone", Value: p.LocalPackage, Note: "of " + p.Name + ", not touched", Tone: Warn, Extra: i > 0})
	}
	return v
}

// witnesses is what log, registration and disk say of the id.
func witnesses(f Facts) []Witness {
	c := f.Decision
	if c.Verdict == "" {
		return nil
	}
	return []Witness{logWitness(f, c), registrationWitness(f, c), diskWitness(f, c)}
}

func logWitness(f Facts, c Decision) Witness {
	w := chosenName(f)
	if also := nameIn(lastNames(f), c.ID); c.LogID != "" && also != nil {
		c.LogID, w = "", also // its last session names both
	}
	switch {
	case !f.PatchLog.Read || f.PatchLog.Trouble != nil:
		return Witness{Who: "log", Says: "could not be read", View: Silent}
	case w == nil && f.ending().lostUnnamed():
		return Witness{Who: "log", Says: "lacks a source, and does not say which", View: Conflicts}
	case w == nil:
		return Witness{Who: "log", Says: "names no cached package", View: Silent}
	case c.LogID != "":
		return Witness{Who: "log",
			Says: fmt.Sprintf("line %d names %s: old, the registration has moved on", w.Number, c.LogID), View: Conflicts}
	case c.ID == "":
		return Witness{Who: "log", Says: fmt.Sprintf("line %d names %s", w.Number, w.ID), View: Conflicts}
	}
	if c.Usable {
		return Witness{Who: "log",
			Says: fmt.Sprintf("line %d: %s %s, but that is over: the log is out of date", w.Number, disk.Base(c.Path), warningWords[w.Kind]), View: Conflicts}
	}
	return Witness{Who: "log",
		Says: fmt.Sprintf("line %d: %s %s", w.Number, disk.Base(c.Path), warningWords[w.Kind]), View: Agrees}
}

func registrationWitness(f Facts, c Decision) Witness {
	switch {
	case f.Registration.Silent:
		return Witness{Who: "registration", Says: "cannot be read here: the log counts alone", View: Silent}
	case c.Product == nil && c.Verdict == Unclear:
		return Witness{Who: "registration", Says: "does not have it as the MARS Agent's package", View: Conflicts}
	case c.Product == nil:
		return Witness{Who: "registration", Says: "has no package of the MARS Agent", View: Silent}
	}
	return Witness{Who: "registration",
		Says: fmt.Sprintf("LocalPackage of %s is %s", c.Product.Name, c.Product.LocalPackage), View: Agrees}
}

func diskWitness(f Facts, c Decision) Witness {
	switch {
	case f.About.DiskSilent:
		return Witness{Who: "disk", Says: "is not here: only its logs are", View: Silent}
	case f.Cache == nil:
		return Witness{Who: "disk", Says: "is not here whole: the cache's folder is not", View: Silent}
	case c.Path == "":
		return Witness{Who: "disk", Says: "was not asked: no name to ask for", View: Silent}
	case c.Unseen:
		return Witness{Who: "disk", Says: "nobody could look at the file", View: Silent}
	case !c.Present:
		return Witness{Who: "disk", Says: "has no such file", View: Agrees}
	case !c.Usable:
		return Witness{Who: "disk", Says: "the file " + c.Why, View: Agrees}
	}
	return Witness{Who: "disk", Says: "has the file, whole", View: Agrees}
}

// needless tells whether the rest of the walk has nothing to do.
func (f Facts) needless() bool { return f.Decision.Verdict == Healthy }

func needlessRows(f Facts) []Row {
	r := Row{Label: "not needed", Value: "nothing to repair", Tone: Good}
	if f.Decision.Other != "" {
		r.Value, r.Tone = "this article repairs nothing here; the update failed for another reason", Warn
	}
	return []Row{r, {Label: "because", Value: f.Decision.Reason}}
}
