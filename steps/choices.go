package steps

import (
	"slices"

	"marsfix/steps/look"
)

// choices are the choices among several that a step offers, by the step: whether one was made, and how to forget it.
var choices = map[int]struct {
	made   func(Facts) bool
	forget func(*Facts)
}{
	locateLine: {func(f Facts) bool { return f.Choices.ID != "" }, func(f *Facts) { f.Choices.ID = "" }},
	noteID:     {func(f Facts) bool { return f.Choices.Product != "" }, func(f *Facts) { f.Choices.Product = "" }},
	startInstaller: {func(f Facts) bool { return f.Choices.InstallerTaken && f.Start.PID == 0 },
		func(f *Facts) { f.Choices.Installer, f.Choices.InstallerTaken = "", false }},
	findFolder: {func(f Facts) bool { return f.Choices.Folder != "" },
		func(f *Facts) { f.Choices.Folder, f.Choices.FolderSeen = "", false }},
	checkPackage: {func(f Facts) bool { return slices.ContainsFunc(f.Lost(), look.LostFile.Decided) },
		func(f *Facts) { *f = f.Each(func(l *look.LostFile) { l.Chosen, l.LeftOut = "", false }) }},
}

// rechoose lets the engineer make a choice of the step again, in case it was wrong; nil where none was made.
func rechoose(at int, f Facts) *action {
	choice, ok := choices[at]
	if !ok || !choice.made(f) {
		return nil
	}
	return &action{"choose again", "", choice.forget, outcome{look: true}}
}
