package steps

import (
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// diagnosed are the steps that a diagnosis looks at as a walk would; the others want an installer, or change something.
var diagnosed = [Count]bool{closeWizard: true, OpenLog: true, searchLog: true, locateLine: true, noteID: true,
	openSetupLog: true, findFolder: true, checkPackage: true}

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

// Problems are what a diagnosis tells of: a decision's problems, and those of the set-up log where one is there.
func Problems(f Facts) []screen.Problem {
	var ps []screen.Problem
	if c := f.Decision; c.Verdict == look.Unclear {
		ps = stopFirst(c)
	} else {
		ps = append(ps, c.Problems...)
	}
	if t := f.SetupLog.Trouble; t != nil && t.Code != screen.CodeLogMissing && t.Code != screen.CodeLogEmpty {
		ps = append(ps, *t)
	}
	ps = append(ps, suspiciousFolders(f.Setup)...)
	return ps
}
