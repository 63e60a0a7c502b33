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
	t := look.TargetNow(ctx, m, f, e)
	f.File.Target = t
	switch {
	case t.Unread != nil || t.Unseen():
		f.Trouble = appeared(t)
		return f
	case t.Changed || !t.Exists || t.Usable || t.Info.ID != asked:
		return f // it has changed since the question: the step shows that, and asks again if it must
	}
	aside := cache.AsideName(t.Path, e.Now)
	if err := m.Writer().Rename(t.Path, aside, t.Info.ID); err != nil {
		f.Trouble = cache.AsideProblem(t.Path, err)
		return f
	}
	f.File.Copied.Aside = aside
	// the copy looks again
	f.File.Target = look.Target{Package: cache.Package{Path: t.Path}, Folder: t.Folder, Free: t.Free}
	return f
}
