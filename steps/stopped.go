package steps

import (
	"cmp"
	"strings"

	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// stops are the sentences that come first where a problem keeps a step from going on, by the problem's code.
var stops = map[screen.Code]string{
	screen.CodeNeedsElevation:      "This needs an administrator's rights.",
	screen.CodeLogMissing:          "OBPatch.log was not found.",
	screen.CodeLogEmpty:            "OBPatch.log is empty.",
	screen.CodeNotUnderstood:       "This file cannot be read as a log of Windows Installer.",
	screen.CodeOtherProduct:        "The package in the log belongs to another product.",
	screen.CodeNotRegistered:       "The MARS Agent is not registered on this computer.",
	screen.CodeSourceLost:          "The log reports a lost source, but does not name it.",
	screen.CodePatchMissing:        "The log reports a lost patch; only the registration can tell which one.",
	screen.CodePatchNotFound:       "The lost patch was not found.",
	screen.CodeNoDesktop:           "Start the installer at the computer's own desktop.",
	screen.CodeNoInstaller:         "No update installer was found.",
	screen.CodeClosedTooEarly:      "The wizard was closed too early: its files are gone.",
	screen.CodeInstallerSlow:       "The installer is running, but its folder is not known yet.",
	screen.CodeWrongPackage:        "This OBSAGENT.msi is not the lost package.",
	screen.CodeSignatureRefused:    "The signature of this file is not valid.",
	screen.CodePackageMissing:      "OBSAGENT.msi is not there.",
	screen.CodeDiskFull:            "The file was not copied: the disk is full.",
	screen.CodeSourceMissing:       "The file was not copied: it has vanished.",
	screen.CodeTargetAppeared:      "The file was not copied: a file already has its name.",
	screen.CodeRegistrationChanged: "Windows Installer's registration has changed.",
	screen.CodeCopyNotAccepted:     "The upgrade failed again: the copy was not accepted.",
	screen.CodeAnotherPackage:      "The upgrade now needs another lost package.",
	screen.CodeNotUpgraded:         "Nothing was upgraded.",
	screen.CodeServiceStopped:      "The upgrade succeeded, but the backup service does not run.",
}

// stopped is the sentence for a step, counted from 0, that a problem keeps from going on. Step 10 names the file that
// it was about: others may have been copied.
func stopped(f Facts, step int, p screen.Problem) string {
	if step == RunUpgrade || step == openSetupLog { // these codes speak of step 10 and of the other log
		switch p.Code {
		case screen.CodeDiskFull, screen.CodeLogMissing, screen.CodeLogEmpty, screen.CodeNotRegistered:
			return article[step].words.stopped
		}
	}
	says := cmp.Or(stops[p.Code], article[step].words.stopped)
	if from := f.File.Source.Path; step == copyPackage && from != "" {
		says = strings.Replace(says, "The file", disk.Base(from), 1)
	}
	return says
}
