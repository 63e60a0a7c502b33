package walk

import (
	"cmp"
	"fmt"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/look"
	"marsfix/steps/report"
	"marsfix/steps/screen"
)

// verdict is how the walk ended, in one sentence, and its tone.
func verdict(a steps.Account, changes []report.Change) (sentence, tone string) {
	f := a.Facts
	name := cmp.Or(f.About.Name, "this computer")
	done := a.Upgraded()
	switch {
	case f.Needless() && f.Decision.Other != "" && a.Code == steps.CodeGood:
		return fmt.Sprintf(report.AnotherCause, name, f.Decision.Reason), "warn"
	case f.Needless() && (done || a.Code == steps.CodeGood):
		return fmt.Sprintf(report.NothingToRepair, name, f.Decision.Reason), "good"
	case done && f.Upgrade.Restart():
		return fmt.Sprintf("%s is repaired and upgraded%s. Restart it to complete the upgrade.", name,
			versionWords(f)), "warn"
	case done && look.Unproved(f) != "":
		return fmt.Sprintf("%s is repaired: the upgrade%s succeeded; %s.", name, versionWords(f), look.Unproved(f)),
			"warn"
	case done:
		return fmt.Sprintf("%s is repaired: the upgrade%s succeeded and was verified.", name, versionWords(f)),
			"good"
	}
	at, problem := a.Standing()
	where := fmt.Sprintf("step %d of %d (%s)", at, len(a.Steps), a.Steps[at-1].Title)
	switch {
	case upgradedOnly(a):
		return fmt.Sprintf("%s is upgraded%s, but its backup service does not run: scheduled backups cannot run.", name,
			versionWords(f)), "bad"
	case problem != nil:
		return fmt.Sprintf("%s is not repaired. marsfix stopped at %s: %s. %s", name, where, problem.Message,
			changeWords(f, changes)), "bad"
	case f.Copied():
		return fmt.Sprintf("The upgrade of %s is not verified yet: marsfix was left at %s. %s.", name, where,
			look.CopiedStay(f)), "warn"
	}
	return fmt.Sprintf("%s is not repaired. marsfix was left at %s. %s", name, where, changeWords(f, changes)), "warn"
}

func versionWords(f look.Facts) string {
	p := look.ProductAfter(f)
	switch {
	case p == nil || p.Version == "":
		return ""
	case f.Upgrade.Before != "" && f.Upgrade.Before != p.Version:
		return " from version " + f.Upgrade.Before + " to " + p.Version
	}
	return " to version " + p.Version
}

func changeWords(f look.Facts, changes []report.Change) string {
	switch {
	case !report.Changed(changes) && report.Opened(changes):
		return "Nothing was changed, but the update installer was started."
	case !report.Changed(changes):
		return "Nothing was changed."
	case f.EverCopied():
		return look.CopiedStay(f) + "."
	}
	return "The changes are listed below."
}

const startAgain = "Start marsfix again on that computer: it begins at step 1."

// next is what to do now, in order.
func next(a steps.Account, changes []report.Change) []string {
	f := a.Facts
	next := []string{}
	add := func(text string) { next = append(next, text) }
	done := a.Upgraded()
	copied := f.EverCopied()
	_, problem := a.Standing()
	switch {
	case done && f.Upgrade.Restart():
		add("Restart the computer when convenient, to complete the upgrade.")
	case done && !f.Needless():
		add("Nothing more to do for this upgrade.")
	case f.Decision.Other != "":
		add(report.FindOut)
	case done || a.Code == steps.CodeGood:
		add("Nothing to repair. If the update has not been run since, run its installer as usual.")
	case problem != nil && problem.Then == screen.Support:
		add(report.SupportStep(f))
	case problem != nil && problem.Cure == "":
		add(startAgain)
	case problem != nil:
		add("Follow the hint below, then start marsfix again on that computer: it begins at step 1.")
	case canUpgrade(a):
		add("Run the upgrade: " + installerWords(f) + ". Or start marsfix again on that computer: it begins at step 1.")
	default:
		add(startAgain)
	}
	if f.Upgrade.Judged { // a failed upgrade may have stopped the service, and then no backup runs
		next = append(next, report.BackupWords(f)...)
	}
	if copied && done {
		add("Leave what marsfix copied in place: Windows Installer needs it to upgrade, repair or uninstall the agent.")
	}
	if len(f.Ours()) > 0 && !f.Upgrade.Begun {
		add("Close the upgrade wizard, if it is still open.")
	}
	if copied && !done && f.About.Label == "" {
		add("To take the copy back, run: " + computer.Undo)
	}
	if problem != nil && problem.Then != screen.Support {
		add("If the problem persists, " + screen.LowerFirst(report.SupportStep(f)))
	}
	return append(next, report.MissingWords(f)...)
}
