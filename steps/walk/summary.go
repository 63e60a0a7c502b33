package walk

import (
	"cmp"
	"fmt"

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
	if _, p := a.Standing(); p != nil {
		told := p.OfEnding(f.About.Label, f.Packed) // the screen and its keys are gone
		add("problem", told.Message)
		add("hint", told.Hint)
	} else if a.Code == steps.CodeLeft && !a.HandedOver {
		again := "start " + screen.Command(f.About.Label) + " again: it begins at step 1"
		if len(f.Ours()) > 0 {
			again = "close the upgrade wizard, then " + again
		}
		add("next", again)
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
	case a.Code == steps.CodeFailed:
		return "not repaired; stopped at " + at
	}
	return "left at " + at + "; " + leftBehind(f)
}

// leftBehind is what a walk that is left before its end has changed.
func leftBehind(f look.Facts) string {
	switch {
	case f.EverCopied():
		return "what was copied is in place; the upgrade is not verified"
	case f.SetAside():
		return "the unusable file was set aside; nothing was copied"
	case f.Start.PID != 0 && !f.Start.Found:
		return "nothing was changed, but the update installer was started"
	}
	return "nothing was changed"
}
