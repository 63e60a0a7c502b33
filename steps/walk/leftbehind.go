package walk

import (
	"fmt"

	"marsfix/steps"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// upgradedOnly reports whether the upgrade succeeded, and nothing is wrong but a service that does not run.
func upgradedOnly(a steps.Account) bool {
	at, p := a.Standing()
	return p != nil && at == len(a.Steps) && p.Code == screen.CodeServiceStopped
}

// leftBehind is what a walk that ends before it is done has changed, and what it has not done.
func leftBehind(a steps.Account) string {
	f := a.Facts
	at, problem := a.Standing()
	failed := problem != nil && at == len(a.Steps) // r forgets the upgrade that failed
	switch u := f.Upgrade; {
	case f.EverCopied() && (u.Judged && a.Code == steps.CodeFailed || !u.Begun && (failed || a.Round > 1)):
		return putBack(f) + ", but the upgrade has not succeeded"
	case f.EverCopied() && u.Judged:
		return putBack(f) + "; the upgrade has finished, but it was not verified"
	case f.EverCopied() && u.Begun:
		return putBack(f) + "; the upgrade was started, but its result was not checked"
	case f.EverCopied():
		return putBack(f) + "; the upgrade was not run"
	case f.SetAside():
		return "the unusable file was set aside; nothing was copied"
	case f.Opened:
		return "nothing was changed or copied, but the update installer was started"
	case f.File.Source.Path != "":
		return "nothing was changed or copied"
	}
	return "nothing was changed"
}

// putBack is what was copied, as the beginning of a sentence. What was used against advice is not called verified:
// lines of their own tell of it.
func putBack(f look.Facts) string {
	var names []string
	verified := " and verified"
	for _, c := range f.Copies() {
		if c.Done {
			names = append(names, disk.Base(c.To))
		}
		if c.Done && c.Risk != "" {
			verified = ""
		}
	}
	if len(names) == 1 {
		return names[0] + " was put back" + verified
	}
	return fmt.Sprintf("%d files were put back%s", len(names), verified)
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
		again += "; on a real computer, you could also run the installer"
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
