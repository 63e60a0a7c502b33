package report

import (
	"fmt"

	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// What a walk and a diagnosis both tell. The first two have places for the computer and the reason.
const (
	NothingToRepair = "%s has nothing to repair. %s"
	AnotherCause    = "%s has a different problem, which this article does not solve. %s"
	FindOut         = "This article does not apply: find out why the update failed."
	FollowHints     = "Follow the hints below."
)

// SupportStep is the article's last word, as a sentence.
func SupportStep(f look.Facts) string {
	return screen.UpperFirst(screen.Supported(f.About.Label, f.Packed))
}

// BackupWords says whether tonight's backup will run.
func BackupWords(f look.Facts) []string {
	s := look.BackupService(f.Upgrade)
	switch {
	case f.Upgrade.ServicesUnseen != nil:
		return []string{"marsfix could not check whether the backup service is running. " +
			"Check before the next scheduled backup: sc query obengine"}
	case s == nil || s.State == "":
		return nil
	case s.State == "running":
		return []string{"The backup service " + s.Name + " is running: scheduled backups can run."}
	}
	return []string{fmt.Sprintf("The backup service %s is %s: start it before the next scheduled backup: net start %s",
		s.Name, s.State, s.Name)}
}

// MissingWords tells of other products that have lost their packages as well.
func MissingWords(f look.Facts) []string {
	n := len(look.OthersMissing(f))
	if n == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%s lost a cached package as well. Find out what deletes files from %s, "+
		"and repair those products with their own installers.",
		screen.Count(int64(n), "other product has", "other products have"), disk.Join(f.About.WindowsDir, "Installer"))}
}
