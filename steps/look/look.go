// Package look finds out: the facts of a walk, how each of them is looked for on a computer, and what log, registration
// and disk decide together. It must never change the computer, ask anybody, or say how a step stands.
package look

import (
	"context"
	"fmt"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// All is what looking alone can tell: the first five steps, and what is in the extraction folder; not what
// stands about the lines that count, see Neighbours. An error says that ctx has ended.
func All(ctx context.Context, l computer.Looker, given Given, e Env) (Facts, error) {
	f := Facts{Given: given}
	f = CloseWizard(ctx, l, f, e)
	f = OpenLog(ctx, l, f, e)
	f = SearchLog(ctx, l, f, e)
	f = NoteID(ctx, l, f, e)
	f = SetupLines(ctx, l, f, e)
	f.Folder = pickFolder(l.Disk(), f)
	f.File.Source.Path = disk.Join(f.Folder.Path, InstallersDir, PackageName)
	switch {
	case f.Folder.Path == "":
	case f.About.DiskSilent:
		f.Folder.Unknown, f.File.Source.Unseen = true, true
	default:
		f = checkFolder(l.Disk(), f)
		f.Trouble = nil // what could not be looked at is not known: the set-up log never changes the verdict
		f.File.Source = cache.Inspect(ctx, l, f.File.Source.Path, e.Report)
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
