package steps

import (
	"context"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
)

// doSetAside renames an unusable file that stands under the package's name, in the same folder.
func doSetAside(ctx context.Context, m computer.Machine, f Facts, e Env) Facts {
	asked := f.Target.Info.ID
	f, ok := idle(ctx, m, f)
	if !ok {
		return f
	}
	f.Target = lookTarget(ctx, m, f, e)
	if t := f.Target; t.Unread != nil || t.Unseen() {
		f.Trouble = appeared(t)
		return f
	} else if t.Changed || !t.Exists || t.Usable || t.Info.ID != asked {
		return f // it stands otherwise than when it was asked about: the step looks at that, and asks again where it has to
	}
	aside := cache.AsideName(f.Target.Path, e.Now)
	err := m.Writer().Rename(f.Target.Path, aside, f.Target.Info.ID)
	if err != nil {
		f.Trouble = cache.AsideProblem(f.Target.Path, err)
		return f
	}
	f.Copied.Aside = aside
	f.Target = Target{Package: cache.Package{Path: f.Target.Path}, Owner: f.Target.Owner, Free: f.Target.Free} // the copy looks again
	return f
}
