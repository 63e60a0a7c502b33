package steps

import (
	"context"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/look"
)

// doSetAside renames an unusable file that stands under the package's name, in the same folder.
func doSetAside(ctx context.Context, m computer.Machine, f Facts, e look.Env) Facts {
	asked := f.File.Target.Info.ID
	f, ok := idle(ctx, m, f)
	if !ok {
		return f
	}
	f.File.Target = look.TargetNow(ctx, m, f, e)
	if t := f.File.Target; t.Unread != nil || t.Unseen() {
		f.Trouble = appeared(t)
		return f
	} else if t.Changed || !t.Exists || t.Usable || t.Info.ID != asked {
		// it has changed since the question: the step shows that, and asks again if it must
		return f
	}
	aside := cache.AsideName(f.File.Target.Path, e.Now)
	err := m.Writer().Rename(f.File.Target.Path, aside, f.File.Target.Info.ID)
	if err != nil {
		f.Trouble = cache.AsideProblem(f.File.Target.Path, err)
		return f
	}
	f.File.Copied.Aside = aside
	// the copy looks again
	f.File.Target = look.Target{Package: cache.Package{Path: f.File.Target.Path}, Folder: f.File.Target.Folder,
		Free: f.File.Target.Free}
	return f
}
