package walk

import (
	"cmp"
	"fmt"
	"slices"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// Summary is the plain text that stays in the console after the walk: what was found, what was done, what is left.
func (w *Walk) Summary() []string {
	a := w.session.Ending()
	f := a.Facts
	lines := []string{fmt.Sprintf("marsfix on %s: %s", screen.CleanText(cmp.Or(f.About.Name, "this computer")),
		outcomeWords(a))}
	add := func(label, value string) {
		if value != "" {
			lines = append(lines, fmt.Sprintf("  %-10s %s", label, screen.CleanText(value)))
		}
	}
	_, stopped := a.Standing()
	if stopped != nil {
		told := stopped.OfEnding(f.About.Label, f.Packed) // the screen and its keys are gone
		add("problem", told.Message)
		add("hint", told.Hint)
		if len(f.Ours()) > 0 && !f.Upgrade.Begun {
			add("wizard", "still open: close it")
		}
	} else if a.Code == steps.CodeLeft && !a.HandedOver {
		add("next", nextWords(a))
	} else if a.Code == steps.CodeGood && f.Decision.Other != "" {
		add("next", "find out why the update failed; its log is "+f.PatchLog.Path)
	} else if a.Code == steps.CodeGood && f.Needless() {
		add("next", "if the update has not been run since, run it as usual")
	}
	if !a.Upgraded() {
		add(fmt.Sprintf("round %d", a.Round), a.Because)
	}
	id, called, place := f.Subject()
	add("Unique_ID", id)
	add(called, place)
	add("temp path", f.Folder.Path)
	for _, c := range f.Copies() {
		if c.Aside != "" {
			add("set aside", c.Aside)
		}
		if c.Done {
			add("copied", fmt.Sprintf("%s (%s)", c.To, screen.Size(c.Size)))
			add("SHA-256", c.SHA256)
		}
	}
	if p := look.ProductAfter(f); p != nil && f.Upgrade.Judged {
		add("version", screen.Versions(f.Upgrade.Before, p.Version))
	}
	for _, p := range lasting(a, stopped) {
		told := p.OfWalk(f.About.Label)
		if f.About.Label != "" { // its services and logs are not those of the computer on which it is read
			told.Hint = "on a real computer, " + told.Hint
		}
		add("note", told.Message)
		add("hint", told.Hint)
	}
	add("zip", f.About.Told(f.Packed))
	if p := w.journal.Problem(); p != nil { // nor does undo know of what was changed
		add("note", p.Message)
		return lines
	}
	if n := len(f.Copies()); n > 1 && f.About.Label == "" {
		add("undo", computer.Undo+" (takes back one copy at a time, the last one first)")
	} else if n > 0 && f.About.Label == "" {
		add("undo", computer.Undo)
	}
	add("journal", f.About.Told(w.journal.Path()))
	return lines
}

// outcomeWords says how the walk ended.
func outcomeWords(a steps.Account) string {
	f := a.Facts
	at := fmt.Sprintf("step %d of %d", a.Step, len(a.Steps))
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
	case a.Upgraded() && f.Upgrade.ServicesUnseen != nil:
		return "upgraded; marsfix could not check whether the backup service is running"
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
