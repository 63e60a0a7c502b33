package steps

import (
	"fmt"
	"regexp"
	"strings"
)

// unpacked is the session as it stood before the list of the support zip was put on its last screen.
func (s *Session) unpacked() *Session {
	if !s.facts.Choices.Packing {
		return s
	}
	c := *s
	c.facts.Choices.Packing, c.facts.Trouble = false, nil
	fd := judgeRunUpgrade(c.facts, c.facts.Upgrade.EndedAt)
	c.slots[runUpgrade] = slot{state: fd.state, finding: fd}
	return &c
}

// reportVerdict is how the walk ended, in one sentence, and its tone.
func (s *Session) reportVerdict(changes []ReportChange) (sentence, tone string) {
	f := s.facts
	name := or(f.About.Name, "this computer")
	done := s.slots[runUpgrade].state == Done
	switch {
	case f.needless() && (done || s.codeNow() == CodeGood):
		return fmt.Sprintf("%s has nothing to repair: %s", name, lowerFirst(f.Decision.Reason)), "good"
	case done && f.Upgrade.restart():
		return fmt.Sprintf("%s is repaired and upgraded%s; a restart completes it.", name, versionWords(f)), "warn"
	case done:
		return fmt.Sprintf("%s is repaired: the upgrade went through%s, and it was verified.", name, versionWords(f)), "good"
	}
	at := s.at
	problem := s.standing()
	if problem != nil {
		at = s.standingAt()
	}
	where := fmt.Sprintf("step %d of %d (%s)", at+1, stepCount, theStep(at).words.title)
	switch {
	case problem != nil:
		return fmt.Sprintf("%s is not repaired: %s stopped; %s. %s", name, where, problem.Message, changeWords(s, changes)), "bad"
	case f.Copied.Done:
		return fmt.Sprintf("%s is not verified yet: marsfix was left at %s; the package is in place, the upgrade has not been run to its end.", name, where), "warn"
	}
	return fmt.Sprintf("%s is not repaired: marsfix was left at %s. %s", name, where, changeWords(s, changes)), "warn"
}

// standingAt is the step whose problem stands.
func (s *Session) standingAt() int {
	for i := range s.slots {
		if sl := s.slots[i]; (sl.state == Failed || sl.finding.refused) && len(sl.finding.problems) > 0 {
			return i
		}
	}
	return s.at
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

func changeWords(s *Session, changes []ReportChange) string {
	switch {
	case !changed(changes) && opened(changes):
		return "Nothing was changed; the update installer was started."
	case !changed(changes):
		return "Nothing was changed."
	case s.facts.Copied.Done || len(s.facts.Past) > 0:
		return "The copied package stays where it was put."
	}
	return "What was changed is listed below."
}

// reportNext is what to do now, in order.
func (s *Session) reportNext(changes []ReportChange) []string {
	f := s.facts
	next := []string{}
	add := func(text string) { next = append(next, text) }
	done := s.slots[runUpgrade].state == Done
	copied := f.Copied.Done || len(f.Past) > 0
	problem := s.standing()
	switch {
	case done && f.Upgrade.restart():
		add("Restart the computer when it suits; that completes the upgrade.")
	case done && !f.needless():
		add("Nothing has to be done for this upgrade any more.")
	case done || s.codeNow() == CodeGood:
		add("Nothing to repair. If the update has not been run since, run its installer as usual.")
	case problem != nil && problem.Hint == contactSupport:
		add(supportStep)
	case problem != nil && screenKeys.MatchString(problem.Hint):
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
	if opened(changes) && s.slots[closeAgain].state != Done {
		add("Close the upgrade wizard that marsfix started in step 6, if it is still open.")
	}
	if copied && !done {
		add("To take the copy back: marsfix undo")
	}
	if problem != nil && problem.Hint != contactSupport {
		add("If the problem persists, " + lowerFirst(supportStep))
	}
	return append(next, missingWords(f)...)
}

const supportStep = "Contact Microsoft Support, as the article says, with the file that this writes: marsfix bundle"

// screenKeys finds a key of the screen in a hint.
var screenKeys = regexp.MustCompile(`\bpress (r|s|l|esc|Enter)\b`)

// forTicket is a problem as somebody reads it who has no screen of marsfix before him.
func forTicket(p Problem) Problem {
	p.Hint = strings.ReplaceAll(p.Hint, contactSupport, lowerFirst(supportStep))
	if screenKeys.MatchString(p.Hint) {
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
		count(int64(n), "other product has", "other products have"), join(f.About.WindowsDir, "Installer"))}
}

func lowerFirst(s string) string {
	if s == "" || len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	b := []byte(s)
	if b[0] >= 'A' && b[0] <= 'Z' {
		b[0] += 'a' - 'A'
	}
	return string(b)
}
