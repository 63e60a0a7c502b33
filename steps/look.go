package steps

import (
	"marsfix/steps/screen"
)

// Title is what a step is called, and what the article asks in it. Steps count from 0 here.
func Title(step int) (title, sentence string) {
	return article[step].words.title, article[step].words.article
}

// diagnosed are the steps that a diagnosis looks at as a walk would; the others want an installer, or change something.
var diagnosed = [Count]bool{closeWizard: true, OpenLog: true, searchLog: true, locateLine: true, noteID: true,
	openSetupLog: true,
	findFolder:   true, checkPackage: true}

// Shown is what a step has to show.
type Shown struct {
	Rows      []screen.Row
	Witnesses []screen.Witness
	Excerpt   []screen.LogLine
	Log       *screen.LogRef
}

// Show is what a step, counted from 0, shows of facts that come from looking alone; looked is false for a step that
// looking cannot do.
func Show(f Facts, step int) (s Shown, looked bool) {
	if !diagnosed[step] {
		return Shown{}, false
	}
	if step == checkPackage && f.Folder.Path == "" && !f.Needless() {
		return Shown{}, true // it would speak of a folder that no log and no process has named
	}
	v := article[step].shown(f)
	return Shown{Rows: v.rows, Witnesses: v.witnesses, Excerpt: v.excerpt, Log: v.log}, true
}
