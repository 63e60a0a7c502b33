package steps

import "marsfix/steps/computer"

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
	Browse         string         // folder shown for choosing an installer; empty: not browsing
	Folder         string         // extraction folder, when no log and no process tells
	ByHand         bool           // the folder is to be chosen, though the installer still runs and may tell it
	FolderSeen     bool           // use the folder although no witness but the log speaks for it
	Source         string         // package to copy, when it is not the extracted OBSAGENT.msi
	Packing        bool           // the list of what goes into the zip for Microsoft Support is shown
	Override       string         // SHA-256 of the package whose risk was taken, typed
	Unelevated     bool           // look around without being elevated

	Browsed []string // the folders shown before Browse, to which esc goes back
}

// choices are those of several that a step lets the engineer make, by the place of the step: whether one was made, and how it is forgotten.
var choices = map[int]struct {
	made   func(Facts) bool
	forget func(*Choices)
}{
	locateLine: {func(f Facts) bool { return f.Choices.ID != "" }, func(c *Choices) { c.ID = "" }},
	noteID:     {func(f Facts) bool { return f.Choices.Product != "" }, func(c *Choices) { c.Product = "" }},
	startInstaller: {func(f Facts) bool { return f.Choices.InstallerTaken && f.Start.PID == 0 },
		func(c *Choices) { c.Installer, c.InstallerTaken = "", false }},
	findFolder:   {func(f Facts) bool { return f.Choices.Folder != "" }, func(c *Choices) { c.Folder, c.FolderSeen = "", false }},
	checkPackage: {func(f Facts) bool { return f.Choices.Source != "" }, func(c *Choices) { c.Source = "" }},
}

// rechoose leads back to a choice that was made in a step: one that was wrong is made again. It is nil where none was.
func rechoose(at int, f Facts) *move {
	choice, ok := choices[at]
	if !ok || !choice.made(f) {
		return nil
	}
	return &move{"choose again", "", func(f Facts) (Facts, next) {
		choice.forget(&f.Choices)
		return f, next{look: true}
	}}
}
