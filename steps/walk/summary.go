package walk

import (
	"cmp"
	"fmt"
	"slices"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// Summary is the plain text that stays in the console after the walk: what was found, what was done, what is left.
func (w *Walk) Summary() []string {
	a := w.session.Ending()
	f := a.Facts
	s := summary{fmt.Sprintf("marsfix on %s: %s", screen.CleanText(cmp.Or(f.About.Name, "this computer")),
		outcomeWords(a))}
	_, stopped := a.Standing()
	s.addNext(a, stopped)
	s.addFound(a)
	for _, p := range lasting(a, stopped) {
		told := p.OfEnding(f.About.Label, f.Packed)
		s.add("note", told.Message)
		s.add("hint", told.Hint)
	}
	s.add("zip", f.About.Told(f.Packed))
	if p := w.journal.Problem(); p != nil { // nor does undo know of what was changed
		s.add("note", p.Message)
		return s
	}
	if n := len(f.Copies()); n > 1 && f.About.Label == "" {
		s.add("undo", computer.Undo+" (takes back one copy at a time, the last one first)")
	} else if n > 0 && f.About.Label == "" {
		s.add("undo", computer.Undo)
	}
	s.add("journal", f.About.Told(w.journal.Path()))
	return s
}

// summary is the lines of a Summary: behind the first, each has a label.
type summary []string

// add adds a line, unless there is nothing to say.
func (s *summary) add(label, value string) {
	if value != "" {
		*s = append(*s, fmt.Sprintf("  %-10s %s", label, screen.CleanText(value)))
	}
}

// addNext adds why the walk stopped, if it did, and what to do now.
func (s *summary) addNext(a steps.Account, stopped *screen.Problem) {
	f := a.Facts
	switch {
	case stopped != nil:
		told := stopped.OfEnding(f.About.Label, f.Packed) // the screen and its keys are gone
		s.add("problem", told.Message)
		s.add("hint", told.Hint)
		if len(f.Ours()) > 0 && !f.Upgrade.Begun {
			s.add("wizard", "still open: close it")
		}
	case a.Code == steps.CodeLeft && !a.HandedOver:
		s.add("next", nextWords(a))
	case a.Code == steps.CodeGood && f.Decision.Other != "":
		s.add("next", "find out why the update failed; its log is "+f.PatchLog.Path)
	case a.Code == steps.CodeGood && f.Needless():
		s.add("next", "if the update has not been run since, run it as usual")
	}
}

// addFound adds what the walk was about, and what was changed.
func (s *summary) addFound(a steps.Account) {
	f := a.Facts
	if !a.Upgraded() {
		s.add(fmt.Sprintf("round %d", a.Round), a.Because)
	}
	id, called, place := f.Subject()
	s.add("Unique_ID", id)
	if !f.CopiedTo(place) { // else it is told below
		s.add(called, place)
	}
	for _, l := range f.Lost() {
		if l.Place != place && !l.Copied.Done && !l.Target.Usable {
			s.add(l.Kind.String(), l.Place+" (still lost)")
		}
	}
	s.add("temp path", f.Folder.Path)
	for _, c := range f.Copies() {
		if c.Aside != "" {
			s.add("set aside", c.Aside)
		}
		if c.Done {
			s.add("copied", fmt.Sprintf("%s (%s)", c.To, screen.Size(c.Size)))
			s.add("SHA-256", c.SHA256)
			if c.Risk != "" {
				s.add("note", fmt.Sprintf("you chose to use %s %s", disk.Base(c.From), c.Risk))
			}
		}
	}
	if p := look.ProductAfter(f); p != nil && f.Upgrade.Judged {
		s.add("version", screen.Versions(f.Upgrade.Before, p.Version))
	}
}

// outcomeWords says how the walk ended.
func outcomeWords(a steps.Account) string {
	f := a.Facts
	step, _ := a.Standing()
	at := fmt.Sprintf("step %d of %d", step, len(a.Steps))
	switch {
	case a.HandedOver: // what the elevated marsfix found and did is not known here
		return fmt.Sprintf("the elevated marsfix took over and ended with code %d; see its report", a.Code)
	case f.Needless() && (a.Upgraded() || a.Code == steps.CodeGood):
		if f.Decision.Other != "" {
			return "this article does not apply; the update failed " + f.Decision.Other
		}
		return "nothing to repair"
	case a.Upgraded() && f.Upgrade.Restart():
		return "upgraded; restart the computer to complete it"
	case a.Upgraded() && look.Unproved(f) != "":
		return "the upgrade succeeded; " + look.Unproved(f)
	case a.Upgraded():
		return "upgraded and verified"
	case a.Code == steps.CodeFailed && upgradedOnly(a):
		return "upgraded, but the backup service does not run"
	case a.Code == steps.CodeFailed:
		return "not repaired; stopped at " + at + "; " + leftBehind(a)
	}
	return "left at " + at + "; " + leftBehind(a)
}

// lasting are the notes of all steps that somebody still has to do something about when the walk is over, each once,
// but for what has stopped it.
func lasting(a steps.Account, stopped *screen.Problem) []screen.Problem {
	var ps []screen.Problem
	for _, st := range a.Steps {
		for _, p := range st.Problems {
			told := stopped != nil && p == *stopped || slices.Contains(ps, p)
			if !told && slices.Contains(lastingCodes[:], p.Code) {
				ps = append(ps, p)
			}
		}
	}
	return ps
}

var lastingCodes = [...]screen.Code{screen.CodeSuspiciousName, screen.CodeSuspiciousDir, screen.CodeSuspiciousReg,
	screen.CodeCacheOwner, screen.CodeCacheOpen, screen.CodePatchMissing, screen.CodePatchNotFound,
	screen.CodeAnotherPackage, screen.CodeServiceStopped}
