package steps

import (
	"fmt"
)

// Summary is the plain text that stays in the console after the walk: what was found, what was done, what is left.
func (w *Walk) Summary() []string {
	f := w.session.Facts()
	s := w.session
	lines := []string{fmt.Sprintf("marsfix on %s: %s", cleanText(or(f.About.Name, "this computer")), outcomeWords(s))}
	add := func(label, value string) {
		if value != "" {
			lines = append(lines, fmt.Sprintf("  %-10s %s", label, cleanText(value)))
		}
	}
	add("Unique_ID", f.Decision.ID)
	add("package", f.Decision.Path)
	add("temp path", f.Folder.Path)
	for _, c := range append(append([]Copied{}, f.Past...), f.Copied) {
		if c.Aside != "" {
			add("set aside", c.Aside)
		}
		if c.Done {
			add("copied", fmt.Sprintf("%s (%s)", c.To, size(c.Size)))
			add("SHA-256", c.SHA256)
		}
	}
	if p := productAfter(f); p != nil && f.Upgrade.Judged {
		add("version", versions(f.Upgrade.Before, p.Version))
	}
	if p := s.standing(); p != nil {
		told := forTicket(*p) // the screen and its keys are gone
		add("problem", told.Message)
		add("hint", told.Hint)
	}
	if f.Copied.Done || f.Copied.Aside != "" || len(f.Past) > 0 {
		add("undo", "marsfix undo")
	}
	add("zip", f.Packed)
	add("journal", w.journal.place())
	return lines
}

// versions is a version before and after an upgrade, told once where it is the same.
func versions(before, after string) string {
	if before == "" || before == after {
		return after
	}
	return before + " -> " + after
}

// standing is the problem of the step that stands failed, nil when none does.
func (s *Session) standing() *Problem {
	for i := range s.slots {
		sl := s.slots[i]
		if (sl.state == Failed || sl.finding.refused) && len(sl.finding.problems) > 0 {
			return &sl.finding.problems[0]
		}
	}
	return nil
}

// outcomeWords says how the walk ended.
func outcomeWords(s *Session) string {
	f := s.facts
	at := fmt.Sprintf("step %d of %d", s.at+1, stepCount)
	switch {
	case s.handedOver: // what that one found and did is not known here
		return fmt.Sprintf("the elevated marsfix went on, and ended with code %d; its report tells what it did", s.code)
	case s.slots[runUpgrade].state == Done && f.needless(), s.codeNow() == CodeGood && f.needless():
		return "nothing to repair"
	case s.slots[runUpgrade].state == Done && f.Upgrade.restart():
		return "upgraded, a restart is left"
	case s.slots[runUpgrade].state == Done:
		return "upgraded and verified"
	case s.codeNow() == CodeFailed:
		return "not repaired, stopped at " + at
	}
	return "left at " + at + "; " + leftBehind(f)
}

// leftBehind is what a walk that is left before its end has changed.
func leftBehind(f Facts) string {
	switch {
	case f.Copied.Done:
		return "the package is in place, the upgrade has not been verified"
	case len(f.Past) > 0:
		return "what was copied is in place, the upgrade has not been verified"
	case f.Copied.Aside != "":
		return "the unusable file was set aside, nothing was copied"
	case f.Start.PID != 0 && !f.Start.Found:
		return "nothing was changed, the update installer was started"
	}
	return "nothing was changed"
}
