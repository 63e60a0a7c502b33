package look

import (
	"marsfix/steps/computer"
)

// Choices is what the engineer has decided in this round.
type Choices struct {
	WizardLeft     bool           // go on although a wizard runs (typed)
	WizardTyping   bool           // the question that leads there stands
	EndTyping      bool           // the question stands whether the upgrade has ended
	ID             string         // of several names in the log
	Product        string         // product code, of several that match
	Seat           *computer.Seat // whose wizard was taken for the one of this repair
	Installer      string         // full path
	InstallerTaken bool           // it was chosen among several
	Another        bool           // another installer is wanted than the one whose wizard runs
	Browse         string         // folder shown for choosing an installer, or a lost file; empty: not browsing
	Patches        []string       // files browsed to: looked at before all others
	Folders        []string       // folders browsed to in which lost files are looked for
	Folder         string         // extraction folder, when no log and no process tells
	ByHand         bool           // the folder is to be chosen, though the installer still runs and may tell it
	FolderSeen     bool           // use the folder although no witness but the log speaks for it
	Packing        bool           // the list of what goes into the zip for Microsoft Support is shown
	Unelevated     bool           // look around without being elevated

	Browsed []string // the folders shown before Browse, to which esc goes back
}
