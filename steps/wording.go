package steps

import (
	"fmt"
	"strings"

	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// words are what a step says whatever it finds: its title, what the article asks, what marsfix does while looking, and help.
type words struct {
	title, article, looking, help string
}

// The titles and sentences of the article, to be proof-read against it. The article contradicts itself on when to close the wizard
// (the note of its step 6 says 12, its step 11 closes it); here it stays open until step 11 everywhere.
var (
	wordsCloseWizard = words{"Close the upgrade wizard",
		"Exit the Microsoft Azure Recovery Services Agent Upgrade Wizard.",
		"looking for the upgrade wizard",
		"marsfix looks for the wizard's processes and window, again every second while one runs. It never ends a process itself: close the wizard at the desktop on which it stands."}
	wordsOpenLog = words{"Open OBPatch.log",
		"Open the OBPatch.log file in the Windows folder's Temp.",
		"looking for OBPatch.log",
		"OBPatch.log is the log of Windows Installer for the agent's last update. marsfix opens it by name and shares it with everybody; --patch-log FILE names another one."}
	wordsSearchLog = words{`Search for "Warning: Local cached package"`,
		`Search OBPatch.log for "Warning: Local cached package".`,
		"searching OBPatch.log",
		"marsfix looks for all four warnings that Windows Installer writes of a cached package (missing, no storage file, no package code, other package code) and for lost patches, in every session of the log."}
	wordsLocateLine = words{"Locate the line",
		`Locate the line that resembles: Warning: Local cached package 'C:\Windows\Installer\Unique_ID.msi' is missing.`,
		"reading the lines around the match",
		"The last session that names a package counts. A name counts only if it is a drive letter, the Windows folder, \\Installer\\, 1 to 16 hex digits and .msi; anything else is shown as suspicious and never used."}
	wordsNoteID = words{"Note the Unique_ID",
		"Note the Unique_ID for future reference.",
		"asking log, registration and disk",
		"Three witnesses are asked: the log names a package, Windows Installer's registration says which package it wants, the disk says whether it is there. A readable registration decides; the log is a hint, since every user of the computer can write to that folder."}
	wordsStartInstaller = words{"Start the update installer",
		"Start the MARS Agent update installer. It copies its files to a temporary folder and opens the wizard. Do NOT press Next or Upgrade: leave it open until step 11 and come back here.",
		"looking for the update installer",
		"marsfix starts the installer by its full path, with no switch. The newest one found is proposed. Only the installer may come from another computer, never a cached .msi: get it at https://aka.ms/azurebackup_agent"}
	wordsOpenSetupLog = words{"Open OBInstaller0Curr.errlog",
		"Open the OBInstaller0Curr.errlog file in the Windows folder's Temp.",
		"waiting for the installer to write its log",
		"The installer appends to this log when it has extracted its files. When it writes nothing within 20 seconds of its start, the folder of its running process is taken instead, as soon as there is one."}
	wordsFindFolder = words{`Find "Directory Path for SetupLaunchScreen"`,
		`Search for "Directory Path for SetupLaunchScreen" and take the line with the latest time stamp.`,
		"looking for the extraction folder",
		"A line written since the installer was started beats every earlier one. Besides the log, one witness is wanted: a process of the wizard that runs from that folder, or a folder that is newer than the start."}
	wordsCheckPackage = words{"Go to the Installers folder",
		`Go to the Installers folder of that temporary folder, where OBSAGENT.msi lies.`,
		"reading OBSAGENT.msi",
		"Windows Installer accepts a cached package only if its package code is the registered one. Name, version and product code are no test. A package with another code cannot help and is never copied."}
	wordsCopyPackage = words{"Copy OBSAGENT.msi",
		"Copy OBSAGENT.msi to the Installer folder under the name Unique_ID.msi.",
		"looking at the place of the copy",
		"The copy is written under a temporary name in the same folder, flushed, read back and compared, and only then gets its name. Nothing is ever overwritten. marsfix undo takes it back."}
	wordsCloseAgain = words{"Close the upgrade wizard",
		"Close the MARS Agent Upgrade Wizard.",
		"looking for the upgrade wizard",
		"The package is in place now, so the wizard that was opened in step 6 has to go before the upgrade is run afresh. Its temporary folder goes with it."}
	wordsRunUpgrade = words{"Run the upgrade",
		"Run the upgrade installer: press Next, then Upgrade in its window. If the issue persists, contact Microsoft Support.",
		"looking at the computer before the upgrade",
		"marsfix waits for the installer's end and then reads what is new in OBPatch.log, the registered version and the services. What the installer leaves open is named; s says that the upgrade has ended all the same. A backup that runs now may be stopped by the upgrade."}
)

// ActDoing is what marsfix does during an act.
func ActDoing() map[computer.Act]string {
	return map[computer.Act]string{
		computer.ActElevate:  "waiting for the elevated marsfix",
		computer.ActClose:    "closing the wizard",
		computer.ActStart:    "starting the installer",
		computer.ActSetAside: "setting the unusable file aside",
		computer.ActSweep:    "removing leftovers",
		computer.ActPack:     "packing",
		computer.ActCopy:     "copying and verifying",
		computer.ActRun:      "starting the installer",
	}
}

const leavingAfter = " (then leaving)"

func quitQuestion(f Facts, acting bool) *screen.Question {
	p := "Leave marsfix?"
	switch {
	case acting:
		p += " What runs now is finished first."
	case f.About.Passing:
		p += " This computer and all that was done on it goes."
	case f.Upgrade.Begun && !f.Upgrade.Ended:
		p += " The installer runs on without it."
	case f.Copied() || len(f.Past) > 0:
		p += " " + CopiedStay(f) + "."
	case f.SetAside():
		p += " The unusable file stays set aside; " + f.About.Undo() + " gives it its name back."
	case f.Start.PID != 0 && !f.Start.Found && len(f.Ours()) > 0:
		p += " The upgrade wizard stays open."
	default:
		p += " Nothing has been changed."
	}
	return &screen.Question{Kind: screen.Confirm, Prompt: p, Verb: "leave"}
}

func remarkTyped(typed, want string) string {
	if strings.TrimSpace(typed) == "" {
		return "Nothing was typed."
	}
	return fmt.Sprintf("That is not %s.", want)
}

// warningWords says what one of the four warnings means, for a person.
var warningWords = [...]string{"", "is missing", "could not be opened as a storage file", "does not contain a valid package code",
	"has another package code than the registered one", "(wording cut off)", "lost patch"}
