package look

import (
	"context"

	"marsfix/steps/computer"
)

// NoteID decides which files are lost (step 5).
func NoteID(ctx context.Context, l computer.Looker, f Facts, _ Env) Facts {
	f.Past = f.Copies() // the lost files are found anew, and the copies that were made must not be forgotten
	f.Registration = computer.ReadRegistration(ctx, l)
	f.Cache = lookCache(l.Disk(), f)
	f.Decision = Decide(f)
	f.cacheFolder = cacheFolder(l.Disk(), f)
	f.moved = movedPackages(l.Disk(), f)
	f.Decision.Problems = append(f.Decision.Problems, explanations(f)...)
	files, suspicious := lostFiles(f)
	f.File, f.Files, f.At = LostFile{}, files, 0
	if len(files) > 0 {
		f.File = files[0]
	}
	f.Decision.Problems = append(f.Decision.Problems, suspicious...)
	return f
}

// Needless reports whether the rest of the walk has nothing to do.
func (f *Facts) Needless() bool { return f.Decision.Verdict == Healthy }
