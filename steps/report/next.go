package report

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// SupportStep is the article's last word. Only a real computer has something to send.
func SupportStep(a computer.About) string {
	const step = "contact Microsoft Support, as the article says, and attach the zip that this creates: marsfix bundle"
	if a.Label != "" {
		return "On a real computer, " + step
	}
	return "C" + step[1:]
}

// TellsKey reports whether a hint wants a key of the screen pressed.
func TellsKey(hint string) bool {
	words := strings.FieldsFunc(hint, func(r rune) bool { return !unicode.IsLetter(r) })
	for i, w := range words[:max(0, len(words)-1)] {
		if w == "press" && slices.Contains([]string{"r", "s", "l", "esc", "Enter"}, words[i+1]) {
			return true
		}
	}
	return false
}

// ForTicket is a problem as somebody reads it who has no screen of marsfix before him.
func ForTicket(a computer.About, p screen.Problem) screen.Problem {
	p.Hint = strings.ReplaceAll(p.Hint, steps.ContactSupport, screen.LowerFirst(SupportStep(a)))
	if TellsKey(p.Hint) {
		p.Hint = "in marsfix: " + p.Hint
	}
	return p
}

// BackupWords says whether tonight's backup will run.
func BackupWords(f steps.Facts) []string {
	s := steps.BackupService(f.Upgrade)
	switch {
	case s == nil || s.State == "":
		return nil
	case s.State == "running":
		return []string{"The backup service " + s.Name + " runs: scheduled backups can run."}
	}
	return []string{fmt.Sprintf("The backup service %s is %s: start it before the next scheduled backup: net start %s", s.Name, s.State, s.Name)}
}

// MissingWords tells of other products that have lost their packages as well.
func MissingWords(f steps.Facts) []string {
	n := len(steps.OthersMissing(f))
	if n == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%s lost a cached package as well: something cleans the folder %s. Find out what does, and repair them with their own installers.",
		screen.Count(int64(n), "other product has", "other products have"), disk.Join(f.About.WindowsDir, "Installer"))}
}
