package report

import (
	"fmt"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// SupportStep is the article's last word, as a sentence.
func SupportStep(a computer.About) string { return screen.UpperFirst(screen.Supported(a.Label)) }

// BackupWords says whether tonight's backup will run.
func BackupWords(f look.Facts) []string {
	s := look.BackupService(f.Upgrade)
	switch {
	case f.Upgrade.ServicesUnseen != nil:
		return []string{"Nobody could look whether the backup service runs. Ask before the next scheduled backup: sc query obengine"}
	case s == nil || s.State == "":
		return nil
	case s.State == "running":
		return []string{"The backup service " + s.Name + " runs: scheduled backups can run."}
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
	return []string{fmt.Sprintf("%s lost a cached package as well: something cleans the folder %s. Find out what does, and repair them with their own installers.",
		screen.Count(int64(n), "other product has", "other products have"), disk.Join(f.About.WindowsDir, "Installer"))}
}
