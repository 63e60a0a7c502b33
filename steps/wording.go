package steps

import (
	"fmt"
	"strings"

	"marsfix/steps/computer"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// words are what a step says whatever it finds.
type words struct {
	title   string
	short   string // the title in the list of all steps, where there is less room; empty: the title
	article string // what the article asks
	looking string // what marsfix does while it looks
	stopped string // said first when the step does not go on, and its problem has no sentence of its own
	help    string
	skipped string // what that spares, where nothing is lost and the step is skipped; empty: it never is
}

// purpose says on the first step what the repair is for.
const purpose = `Repairs "Update install failed with error 1612". It asks before each change.`

// notDone is what the screen says first after an n, unless the question has its own words for that.
const notDone = "Nothing was done."

// stoppedShort is what the list of all steps says of one that does not go on.
const stoppedShort = "stopped"

// The titles and sentences of the article, to be proof-read against it. The article contradicts itself on when to close
// the wizard (the note of its step 6 says 12, its step 11 closes it); here it stays open until step 11 everywhere.
var (
	wordsCloseWizard = words{
		title:   "Close the upgrade wizard",
		short:   "Close the wizard",
		article: "Exit the Microsoft Azure Recovery Services Agent Upgrade Wizard.",
		looking: "looking for the upgrade wizard",
		stopped: "The repair cannot begin yet.",
		help: "marsfix looks for the wizard's processes and window, and again every second while one is open. It never ends a process: " +
			"close the wizard on the desktop where it is open."}
	wordsOpenLog = words{
		title:   "Open OBPatch.log",
		article: `Open OBPatch.log in C:\Windows\Temp.`,
		looking: "looking for OBPatch.log",
		stopped: "OBPatch.log cannot be read.",
		help: "OBPatch.log is the log that Windows Installer wrote during the agent's last update. marsfix only reads it. " +
			"To use another log: marsfix --patch-log FILE."}
	wordsSearchLog = words{
		title:   `Search for "Warning: Local cached package"`,
		short:   "Search the log",
		article: `Search OBPatch.log for "Warning: Local cached package".`,
		looking: "searching OBPatch.log",
		stopped: "OBPatch.log cannot be searched.",
		help: "Windows Installer writes four different warnings about a cached package: it is missing, it is not a valid .msi file, it has no " +
			"package code, or it has a different one. marsfix finds all four, and lost patches, in every session of the log."}
	wordsLocateLine = words{
		title:   "Locate the line",
		article: `Locate the line: Warning: Local cached package 'C:\Windows\Installer\Unique_ID.msi' is missing.`,
		looking: "reading the lines around the match",
		stopped: "No line of OBPatch.log can be used.",
		help: "The last session that names a package counts. A name counts only if it is a drive letter, the Windows folder, \\Installer\\, " +
			"1 to 16 hex digits and .msi. Anything else is shown as suspicious and never used."}
	wordsNoteID = words{
		title:   "Note the Unique_ID",
		article: "Note the Unique_ID for future reference.",
		looking: "asking the log, the registration and the disk",
		stopped: "It is not certain what is lost.",
		help: "The log names a package, the registration says which package Windows Installer expects, and the disk shows whether it is there. " +
			"A readable registration decides. The log is only a hint: any user can write to its folder."}
	wordsStartInstaller = words{
		title:   "Start the update installer",
		short:   "Start installer",
		article: "Start the MARS Agent update installer.",
		looking: "looking for the update installer",
		stopped: "The installer was not started.",
		skipped: "no installer has to be started",
		help: "The installer copies its files to a temporary folder, and marsfix needs one of them. The newest installer found is proposed. " +
			"Only the installer may come from another computer, never a cached .msi: get it at https://aka.ms/azurebackup_agent"}
	wordsOpenSetupLog = words{
		title:   "Open OBInstaller0Curr.errlog",
		short:   "Open the errlog",
		article: `Open OBInstaller0Curr.errlog in C:\Windows\Temp.`,
		looking: "waiting for the installer to write its log",
		stopped: "The installer's log cannot be used.",
		skipped: "no installer's log has to be opened",
		help: "The installer writes to this log once it has extracted its files. If it has not written for 20 seconds, " +
			"marsfix takes the folder from the running installer instead."}
	wordsFindFolder = words{
		title:   `Find "Directory Path for SetupLaunchScreen"`,
		short:   "Find the folder",
		article: `Take the line "Directory Path for SetupLaunchScreen" with the latest time.`,
		looking: "looking for the extraction folder",
		stopped: "The extraction folder was not found.",
		skipped: "no temporary folder is needed",
		help: "A line written after the installer's start beats every earlier one. Besides the log, marsfix wants one more sign: " +
			"a process of the wizard that runs from that folder, or a folder that is newer than the start."}
	wordsCheckPackage = words{
		title:   "Go to the Installers folder",
		short:   "Check the package",
		article: "Go to the Installers folder inside that temporary folder.",
		looking: "reading OBSAGENT.msi",
		stopped: "This OBSAGENT.msi cannot be used.",
		skipped: "no package is needed",
		help: "Windows Installer accepts a cached package only if its package code is the registered one. Name, version and product code do not matter. " +
			"A package with a different code cannot help and is never copied."}
	wordsCopyPackage = words{
		title:   "Copy OBSAGENT.msi",
		article: "Copy OBSAGENT.msi to the Installer folder as Unique_ID.msi.",
		looking: "looking at the destination",
		stopped: "The file was not copied.",
		skipped: "nothing has to be copied",
		help: "marsfix copies to a temporary name in the same folder, reads the copy back, compares it, and only then gives it its name. " +
			"Nothing is ever overwritten. marsfix undo takes the copy back."}
	wordsCloseAgain = words{
		title:   "Close the upgrade wizard",
		short:   "Close the wizard",
		article: "Close the MARS Agent Upgrade Wizard.",
		looking: "looking for the upgrade wizard",
		stopped: "The upgrade cannot run yet.",
		skipped: "marsfix has opened no wizard",
		help: "The package is in place, so the wizard from step 6 is no longer needed. It must be closed before the upgrade starts afresh. " +
			"Its temporary folder is deleted with it."}
	wordsRunUpgrade = words{
		title:   "Run the upgrade",
		article: "Run the upgrade. If the issue persists, contact Microsoft Support.",
		looking: "checking the computer before the upgrade",
		stopped: "The upgrade has not succeeded.",
		skipped: "marsfix has nothing to run",
		help: "marsfix starts the installer and waits until it finishes. Then it reads the new part of OBPatch.log, the registered version and " +
			"the services. The upgrade may interrupt a running backup."}
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
	yes := "leaves; nothing has been changed"
	switch {
	case acting:
		yes = "leaves once the present work is finished"
	case f.About.Passing:
		yes = "leaves; this practice computer is deleted"
	case f.Upgrade.Begun && !f.Upgrade.Ended:
		yes = "leaves; the installer keeps running"
	case f.EverCopied():
		yes = "leaves; " + screen.LowerFirst(look.CopiedStay(f))
	case f.SetAside():
		yes = "leaves; the unusable file stays set aside"
		if f.About.Label == "" {
			yes += " until " + computer.Undo
		}
	case f.Opened && len(f.Ours()) > 0:
		yes = "leaves; the upgrade wizard stays open"
	}
	return &screen.Question{Kind: screen.Confirm, Prompt: "Leave marsfix?", Verb: "leave", Yes: yes, No: "stays here"}
}

func remarkTyped(typed, want string) string {
	if strings.TrimSpace(typed) == "" {
		return "Nothing was typed."
	}
	return fmt.Sprintf("That is not %s.", want)
}
