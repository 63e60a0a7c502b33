package steps

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// reportVerdict is how the walk ended, in one sentence, and its tone.
func reportVerdict(a Account, changes []ReportChange) (sentence, tone string) {
	f := a.Facts
	name := screen.Or(f.About.Name, "this computer")
	done := a.Upgraded()
	switch {
	case f.needless() && f.Decision.Other != "" && a.Code == CodeGood:
		return fmt.Sprintf("%s needs another cure: %s", name, screen.LowerFirst(f.Decision.Reason)), "warn"
	case f.needless() && (done || a.Code == CodeGood):
		return fmt.Sprintf("%s has nothing to repair: %s", name, screen.LowerFirst(f.Decision.Reason)), "good"
	case done && f.Upgrade.restart():
		return fmt.Sprintf("%s is repaired and upgraded%s; a restart completes it.", name, versionWords(f)), "warn"
	case done:
		return fmt.Sprintf("%s is repaired: the upgrade went through%s, and it was verified.", name, versionWords(f)), "good"
	}
	at, problem := a.Standing()
	where := fmt.Sprintf("step %d of %d (%s)", at, len(a.Steps), a.Steps[at-1].Title)
	switch {
	case problem != nil:
		return fmt.Sprintf("%s is not repaired: %s stopped; %s. %s", name, where, problem.Message, changeWords(f, changes)), "bad"
	case f.Copied.Done:
		return fmt.Sprintf("%s is not verified yet: marsfix was left at %s; the package is in place, the upgrade has not been run to its end.", name, where), "warn"
	}
	return fmt.Sprintf("%s is not repaired: marsfix was left at %s. %s", name, where, changeWords(f, changes)), "warn"
}

func versionWords(f Facts) string {
	p := productAfter(f)
	switch {
	case p == nil || p.Version == "":
		return ""
	case f.Upgrade.Before != "" && f.Upgrade.Before != p.Version:
		return " from version " + f.Upgrade.Before + " to " + p.Version
	}
	return " to version " + p.Version
}

func changeWords(f Facts, changes []ReportChange) string {
	switch {
	case !changed(changes) && opened(changes):
		return "Nothing was changed; the update installer was started."
	case !changed(changes):
		return "Nothing was changed."
	case f.Copied.Done || len(f.Past) > 0:
		return "The copied package stays where it was put."
	}
	return "What was changed is listed below."
}

// reportNext is what to do now, in order.
func reportNext(a Account, changes []ReportChange) []string {
	f := a.Facts
	next := []string{}
	add := func(text string) { next = append(next, text) }
	done := a.Upgraded()
	copied := f.Copied.Done || len(f.Past) > 0
	_, problem := a.Standing()
	switch {
	case done && f.Upgrade.restart():
		add("Restart the computer when it suits; that completes the upgrade.")
	case done && !f.needless():
		add("Nothing more to do for this upgrade.")
	case f.Decision.Other != "":
		add("Nothing to repair by this article: find out why the update failed.")
	case done || a.Code == CodeGood:
		add("Nothing to repair. If the update has not been run since, run its installer as usual.")
	case problem != nil && problem.Hint == contactSupport:
		add(supportStep(f.About))
	case problem != nil && tellsKey(problem.Hint):
		add("Start marsfix again on that computer: it looks afresh from step 1. Do there what the hint of the problem below says.")
	case problem != nil:
		add("Do what the hint of the problem below says, then start marsfix again on that computer: it looks afresh from step 1.")
	default:
		add("Start marsfix again on that computer: it looks afresh from step 1.")
	}
	if f.Upgrade.Judged { // a failed upgrade may have stopped the service, and nobody would back up
		next = append(next, backupWords(f)...)
	}
	if copied && done {
		add("Leave the package where it is: Windows Installer needs it for the next upgrade, a repair and an uninstallation.")
	}
	if opened(changes) && a.Steps[closeAgain].State != screen.Done {
		add("Close the upgrade wizard that marsfix started in step 6, if it is still open.")
	}
	if copied && !done {
		add("To take the copy back: " + f.About.Undo())
	}
	if problem != nil && problem.Hint != contactSupport {
		add("If the problem persists, " + screen.LowerFirst(supportStep(f.About)))
	}
	return append(next, missingWords(f)...)
}

// supportStep is the article's last word. Only a real computer has something to send.
func supportStep(a computer.About) string {
	const step = "contact Microsoft Support, as the article says, and attach the zip that this creates: marsfix bundle"
	if a.Label != "" {
		return "On a real computer, " + step
	}
	return "C" + step[1:]
}

// tellsKey reports whether a hint wants a key of the screen pressed.
func tellsKey(hint string) bool {
	words := strings.FieldsFunc(hint, func(r rune) bool { return !unicode.IsLetter(r) })
	for i, w := range words[:max(0, len(words)-1)] {
		if w == "press" && slices.Contains([]string{"r", "s", "l", "esc", "Enter"}, words[i+1]) {
			return true
		}
	}
	return false
}

// forTicket is a problem as somebody reads it who has no screen of marsfix before him.
func forTicket(a computer.About, p screen.Problem) screen.Problem {
	p.Hint = strings.ReplaceAll(p.Hint, contactSupport, screen.LowerFirst(supportStep(a)))
	if tellsKey(p.Hint) {
		p.Hint = "in marsfix: " + p.Hint
	}
	return p
}

// backupWords says whether tonight's backup will run.
func backupWords(f Facts) []string {
	s := backupService(f.Upgrade)
	switch {
	case s == nil || s.State == "":
		return nil
	case s.State == "running":
		return []string{"The backup service " + s.Name + " runs: scheduled backups can run."}
	}
	return []string{fmt.Sprintf("The backup service %s is %s: start it before the next scheduled backup: net start %s", s.Name, s.State, s.Name)}
}

// missingWords tells of other products that have lost their packages as well.
func missingWords(f Facts) []string {
	n := len(othersMissing(f))
	if n == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%s lost a cached package as well: something cleans the folder %s. Find out what does, and repair them with their own installers.",
		screen.Count(int64(n), "other product has", "other products have"), disk.Join(f.About.WindowsDir, "Installer"))}
}
