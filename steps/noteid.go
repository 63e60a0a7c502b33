package steps

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"marsfix/steps/cache"
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
	switch {
	case c.Verdict == look.Healthy && c.Other != "":
		return "Nothing is lost: the update failed for another reason.", screen.Warn
	case c.Verdict == look.Healthy:
		return "Nothing is lost: there is nothing to repair.", screen.Good
	case c.Verdict != look.RepairNeeded:
		return wordsNoteID.stopped, screen.Warn
	case len(lost) > 1:
		return fmt.Sprintf("Windows Installer has lost %d files of the MARS Agent.", len(lost)), screen.Warn
	case len(lost) == 1 && c.Usable:
		return fmt.Sprintf("Windows Installer has lost %s.", disk.Base(lost[0].Place)), screen.Warn
	case c.Present && !c.Usable:
		return fmt.Sprintf("Windows Installer cannot use the %s in its cache.", disk.Base(c.Path)), screen.Warn
	}
	return fmt.Sprintf("Windows Installer has lost %s.", disk.Base(c.Path)), screen.Warn
}

// claim is the question that the witnesses answer, empty where there is no one answer.
func claim(f Facts) string {
	c, lost := f.Decision, f.Lost()
	name := disk.Base(c.Path)
	switch {
	case c.Verdict == look.Healthy && c.ID != "":
		return fmt.Sprintf("Is %s in place?", name)
	case c.Verdict != look.RepairNeeded:
		return ""
	case len(lost) > 1:
		return "Are these files missing?"
	case len(lost) == 1 && c.Usable:
		return fmt.Sprintf("Is %s missing?", disk.Base(lost[0].Place))
	case c.Present && !c.Usable:
		return fmt.Sprintf("Is %s unusable?", name)
	}
	return fmt.Sprintf("Is %s missing?", name)
}

// witnesses is what log, registration and disk say of the id.
func witnesses(f Facts) []screen.Witness {
	c := f.Decision
	if c.Verdict == "" {
		return nil
	}
	var ws []screen.Witness
	for _, l := range f.Lost() {
		if l.Kind == cache.KindPatch {
			ws = append(ws, patchWitnesses(f, l)...)
		}
	}
	if !c.Usable || len(ws) == 0 { // otherwise the package is in place, and nothing is claimed of it
		ws = append([]screen.Witness{logWitness(f, c), registrationWitness(f, c), diskWitness(f, c)}, ws...)
	}
	if len(f.Lost()) > 1 {
		return together(f, ws)
	}
	return ws
}

// together sums up who says the same of several lost files: a short window has no line for each.
func together(f Facts, ws []screen.Witness) []screen.Witness {
	n := len(f.Lost())
	line, _, _ := strings.Cut(ws[0].Says, ":")
	all := []screen.Witness{{Who: "log", Says: fmt.Sprintf("%s and others name all %d", line, n)},
		{Who: "registration", Says: fmt.Sprintf("Windows Installer expects all %d", n)}}
	broken := func(l look.LostFile) bool { return f.Unusable(l.Place) != "" }
	if !slices.ContainsFunc(f.Lost(), broken) && (!f.Decision.Present || f.Decision.Usable) {
		all = append(all, screen.Witness{Who: "disk", Says: fmt.Sprintf("none of these %d files is there", n)})
	}
	for _, a := range all {
		if !slices.ContainsFunc(ws, func(w screen.Witness) bool { return w.Who == a.Who && w.View != screen.Agrees }) {
			ws = append(slices.DeleteFunc(ws, func(w screen.Witness) bool { return w.Who == a.Who }), a)
		}
	}
	return ws
}

func logWitness(f Facts, c look.Decision) screen.Witness {
	w := look.ChosenName(f)
	if also := look.NameIn(look.LastNames(f), c.ID); c.LogID != "" && also != nil {
		c.LogID, w = "", also // its last session names both
	}
	in := ""
	if w != nil && look.Elsewhere(f, *w) {
		in = " of an older log"
	}
	switch {
	case !f.PatchLog.Read || f.PatchLog.Trouble != nil:
		return screen.Witness{Who: "log", Says: "could not be read", View: screen.Silent}
	case w == nil && f.Ending().LostUnnamed():
		return screen.Witness{Who: "log", Says: "reports a lost source without naming it", View: screen.Conflicts}
	case w == nil && f.Reading.File != "":
		return screen.Witness{Who: "log", Says: "says that " + f.Reading.File + " could not be used", View: screen.Conflicts}
	case w == nil:
		return screen.Witness{Who: "log", Says: "names no cached package", View: screen.Silent}
	case c.LogID != "":
		return screen.Witness{Who: "log",
			Says: fmt.Sprintf("line %d names %s; the registration has changed since", w.Number, c.LogID),
			View: screen.Conflicts}
	case c.ID == "":
		return screen.Witness{Who: "log", Says: fmt.Sprintf("line %d names %s", w.Number, w.ID), View: screen.Conflicts}
	}
	if c.Usable {
		return screen.Witness{Who: "log",
			Says: fmt.Sprintf("line %d%s is out of date: the file is back", w.Number, in), View: screen.Conflicts}
	}
	return screen.Witness{Who: "log",
		Says: fmt.Sprintf("line %d%s: %s %s", w.Number, in, disk.Base(c.Path), look.WarningWords[w.Kind]),
		View: screen.Agrees}
}

func registrationWitness(f Facts, c look.Decision) screen.Witness {
	switch {
	case f.Registration.Silent:
		return screen.Witness{Who: "registration", Says: "cannot be read here",
			View: screen.Silent}
	case c.Product == nil && c.Verdict == look.Unclear:
		return screen.Witness{Who: "registration", Says: "does not name it as the MARS Agent's package",
			View: screen.Conflicts}
	case c.Product == nil:
		return screen.Witness{Who: "registration", Says: "names no package of the MARS Agent", View: screen.Silent}
	}
	return screen.Witness{Who: "registration",
		Says: fmt.Sprintf("Windows Installer expects %s", c.Product.LocalPackage), View: screen.Agrees}
}

func diskWitness(f Facts, c look.Decision) screen.Witness {
	switch {
	case f.About.DiskSilent:
		return screen.Witness{Who: "disk", Says: "is not here; only the logs are", View: screen.Silent}
	case f.Cache == nil:
		return screen.Witness{Who: "disk", Says: "the Installer folder is not among these files", View: screen.Silent}
	case c.Path == "":
		return screen.Witness{Who: "disk", Says: "not asked: there is no name to ask for", View: screen.Silent}
	case c.Unseen:
		return screen.Witness{Who: "disk", Says: "the file could not be looked at", View: screen.Silent}
	case !c.Present:
		return screen.Witness{Who: "disk", Says: "there is no such file", View: screen.Agrees}
	case !c.Usable:
		return screen.Witness{Who: "disk", Says: "the file " + c.Why, View: screen.Agrees}
	}
	return screen.Witness{Who: "disk", Says: "the file is there and readable", View: screen.Agrees}
}
