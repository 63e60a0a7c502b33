package steps

import (
	"context"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// doCopy copies the package into the cache so that whatever breaks, the cache holds nothing new, a temporary file, or the whole
// verified package under its name.
func doCopy(ctx context.Context, m computer.Machine, f Facts, e Env) Facts {
	f, ok := idle(ctx, m, f)
	if !ok {
		return f
	}
	f.Target = lookTarget(ctx, m, f, e)
	if t := f.Target; t.Unread != nil || t.Changed || t.Unseen() || t.Exists {
		f.Trouble = appeared(t)
		return f
	}
	shared, p := cache.Copy(ctx, m, orderOf(f), e.report)
	if p != nil {
		f.Target = lookTarget(ctx, m, f, e) // the screen shows what stands there now
		f.Trouble = p
		return lookForSource(ctx, m, f, e)
	}
	f.Copied = Copied{Done: true, From: f.Source.Path, To: f.Target.Path, SHA256: f.Source.SHA256, Size: f.Source.Info.Size,
		Aside: f.Copied.Aside, At: e.Now, Shared: shared}
	return f
}

// appeared is what has come up since the screen was shown: a file under the name, or that nobody can look there any more. None when the
// registration has moved on, which the step says itself.
func appeared(t Target) *screen.Problem {
	switch {
	case t.Unread != nil:
		return t.Unread
	case t.Changed:
		return nil
	case t.Unseen():
		return t.Trouble
	}
	return cache.TakenProblem(t.Path)
}

func orderOf(f Facts) cache.Order {
	s := f.Source
	return cache.Order{From: s.Path, ID: s.Info.ID, Size: s.Info.Size, SHA256: s.SHA256, PackageCode: s.Identity.PackageCode,
		To: f.Target.Path, AnySigner: f.Choices.Override == s.SHA256}
}
