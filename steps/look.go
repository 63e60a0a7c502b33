package steps

import (
	"context"
	"fmt"
	"time"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// Look is all that looking alone tells: the first five steps, and what lies at hand in the extraction folder; not what stands about the
// lines that count, see Neighbours. An error says that ctx has ended.
func Look(ctx context.Context, l computer.Looker, given Given, now time.Time, report func(screen.Progress)) (Facts, error) {
	e := Env{Now: now, report: report}
	f := Facts{Given: given}
	f = lookCloseWizard(ctx, l, f, e)
	f = lookOpenLog(ctx, l, f, e)
	f = lookSearchLog(ctx, l, f, e)
	f = lookNoteID(ctx, l, f, e)
	f = lookSetup(ctx, l, f, e)
	f.Folder = pickFolder(l.Disk(), f)
	f.File.Source.Path = disk.Join(f.Folder.Path, installersDir, packageName)
	switch {
	case f.Folder.Path == "":
	case f.About.DiskSilent:
		f.Folder.Unknown, f.File.Source.Unseen = true, true
	default:
		f = checkFolder(l.Disk(), f)
		f.Trouble = nil // what could not be looked at is not known: the set-up log never changes the verdict
		f.File.Source = cache.Inspect(ctx, l, f.File.Source.Path, e.report)
	}
	if err := ctx.Err(); err != nil {
		return Facts{}, fmt.Errorf("stopped while looking: %w", err)
	}
	return f, nil
}

// Neighbours adds what stands about the lines that count, for people to read.
func (f Facts) Neighbours(d disk.Reader) Facts {
	f.Around, f.Folder.Around = aroundName(d, f), aroundFolder(d, f)
	return f
}

// Title is what a step is called, and what the article asks in it. Steps count from 0 here.
func Title(step int) (title, sentence string) {
	return article[step].words.title, article[step].words.article
}

// diagnosed are the steps that a diagnosis looks at as a walk would; the others want an installer, or change something.
var diagnosed = [Count]bool{closeWizard: true, OpenLog: true, searchLog: true, locateLine: true, noteID: true, openSetupLog: true,
	findFolder: true, checkPackage: true}

// Shown is what a step has to show.
type Shown struct {
	Rows      []screen.Row
	Witnesses []screen.Witness
	Excerpt   []screen.LogLine
	Log       *screen.LogRef
}

// Show is what a step, counted from 0, shows of facts that come from looking alone; looked is false for a step that looking cannot do.
func Show(f Facts, step int) (s Shown, looked bool) {
	if !diagnosed[step] {
		return Shown{}, false
	}
	if step == checkPackage && f.Folder.Path == "" && !f.Needless() {
		return Shown{}, true // it would name a folder that nobody has told
	}
	v := article[step].show(f)
	return Shown{Rows: v.rows, Witnesses: v.witnesses, Excerpt: v.excerpt, Log: v.log}, true
}
