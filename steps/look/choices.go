package look

import (
	"marsfix/steps/computer"
)

// Choices is what the engineer has decided in this round.
type Choices struct {
	WizardLeft     bool           // go on although a wizard runs (typed)
	WizardTyping   bool           // that question is on the screen
	EndTyping      bool           // the question whether the upgrade has ended is on the screen
	ID             string         // of several names in the log
	Product        string         // product code, of several that match
	Seat           *computer.Seat // whose wizard the engineer said belongs to this repair
	Installer      string         // full path
	InstallerTaken bool           // it was chosen among several
	Another        bool           // another installer is wanted than the one whose wizard runs
	Refused        string         // SHA-256 of the installer in which the right package was not
	Browse         string         // folder shown for choosing an installer, or a lost file; empty: not browsing
	Patches        []string       // files browsed to: looked at before all others
	Folders        []string       // folders browsed to in which lost files are looked for
	Folder         string         // extraction folder, chosen where no log and no process shows it
	ByHand         bool           // choose the folder now, though the installer still runs and may show it
	FolderSeen     bool           // use the folder although no witness but the log speaks for it
	Packing        bool           // the list of what goes into the zip for Microsoft Support is shown
	Unelevated     bool           // look around without being elevated

	Browsed []string // the folders shown before Browse, to which esc goes back
}
