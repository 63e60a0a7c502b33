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
		add("note", told.Message)
		add("hint", told.Hint)
	}
	add("zip", f.About.Told(f.Packed))
	if p := w.journal.Problem(); p != nil { // nor does undo know of what was changed
		add("note", p.Message)
		return lines
	}
	if len(f.Copies()) > 0 && f.About.Label == "" {
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

// upgradedOnly reports whether the upgrade succeeded, and nothing is wrong but a service that does not run.
func upgradedOnly(a steps.Account) bool {
	at, p := a.Standing()
	return p != nil && at == len(a.Steps) && p.Code == screen.CodeServiceStopped
}

// leftBehind is what a walk that ends before it is done has changed, and what it has not done.
func leftBehind(a steps.Account) string {
	f := a.Facts
	switch u := f.Upgrade; {
	case f.EverCopied() && u.Judged && a.Code == steps.CodeFailed || f.EverCopied() && a.Round > 1 && !u.Begun:
		return putBack(f) + ", but the upgrade has not succeeded"
	case f.EverCopied() && u.Judged:
		return putBack(f) + "; the upgrade has finished, but it was not verified"
	case f.EverCopied() && u.Begun:
		return putBack(f) + "; the upgrade was started, but its result was not checked"
	case f.EverCopied():
		return putBack(f) + "; the upgrade was not run"
	case f.SetAside():
		return "the unusable file was set aside; nothing was copied"
	case f.Start.PID != 0 && !f.Start.Found:
		return "nothing was changed or copied, but the update installer was started"
	case f.File.Source.Path != "":
		return "nothing was changed or copied"
	}
	return "nothing was changed"
}

// putBack is what was copied, as the beginning of a sentence.
func putBack(f look.Facts) string {
	var names []string
	for _, c := range f.Copies() {
		if c.Done {
			names = append(names, disk.Base(c.To))
		}
	}
	if len(names) == 1 {
		return names[0] + " was put back and verified"
	}
	return fmt.Sprintf("%d files were put back and verified", len(names))
}

// nextWords is what to do after a walk that was left, though nothing stopped it.
func nextWords(a steps.Account) string {
	f := a.Facts
	again := "start " + screen.Command(f.About.Label) + " again: it begins at step 1"
	switch {
	case f.Upgrade.Begun && !f.Upgrade.Ended:
		return "let the installer finish, then " + again
	case canUpgrade(a) && f.About.Label == "":
		again = installerWords(f) + ", or " + again
	case canUpgrade(a):
		again += "; on a real computer, you could also " + installerWords(f)
	}
	if len(f.Ours()) > 0 {
		again = "close the upgrade wizard, then " + again
	}
	return again
}

// canUpgrade reports whether all that was lost is back, and only the upgrade has to be run.
func canUpgrade(a steps.Account) bool {
	f := a.Facts
	return f.Copied() && f.Back() == len(f.Lost()) && !f.Upgrade.Begun && len(f.Installers) > 0
}

// installerWords is how the upgrade is run without marsfix.
func installerWords(f look.Facts) string {
	return fmt.Sprintf("run \"%s\" (press Next, then Upgrade)", f.Installers[0].Path)
}

// lasting are the notes of all steps that somebody still has to do something about when the walk is over, each once,
// but for what has stopped it.
func lasting(a steps.Account, stopped *screen.Problem) []screen.Problem {
	var ps []screen.Problem
	for _, st := range a.Steps {
		for _, p := range st.Problems {
			if slices.Contains(lastingCodes[:], p.Code) && (stopped == nil || p != *stopped) && !slices.Contains(ps, p) {
				ps = append(ps, p)
			}
		}
	}
	return ps
}

var lastingCodes = [...]screen.Code{screen.CodeSuspiciousName, screen.CodeSuspiciousDir, screen.CodeSuspiciousReg,
	screen.CodeCacheOwner, screen.CodeCacheOpen, screen.CodePatchMissing, screen.CodePatchNotFound,
	screen.CodeAnotherPackage, screen.CodeServiceStopped}
