package steps

import (
	"context"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// doCopy copies the package into the cache. Whatever breaks, the cache then holds nothing new, or a temporary file, or
// the whole verified package under its name.
func doCopy(ctx context.Context, m computer.Machine, f Facts, e look.Env) Facts {
	f, ok := idle(ctx, m, f)
	if !ok {
		return f
	}
	f.File.Target = look.TargetNow(ctx, m, f, e)
	if t := f.File.Target; t.Unread != nil || t.Changed || t.Unseen() || t.Exists {
		f.Trouble = appeared(t)
		return f
	}
	shared, p := cache.Copy(ctx, m, orderOf(f), e.Report)
	if p != nil {
		f.File.Target = look.TargetNow(ctx, m, f, e) // the screen shows what stands there now
		f.Trouble = f.File.Target.Taken(p)
		return look.SourceGone(ctx, m, f, e)
	}
	f.File.Copied = look.Copied{Done: true, From: f.File.Source.Path, To: f.File.Target.Path,
		SHA256: f.File.Source.SHA256, Size: f.File.Source.Info.Size,
		Aside: f.File.Copied.Aside, At: e.Now, Shared: shared, Risk: look.Risk(f)}
	return f
}

// appeared is the problem that came up since the screen was shown: the registration cannot be read, nobody can look at
// the place, or a file stands there. Nil when the registration has moved on, since the step itself says that.
func appeared(t look.Target) *screen.Problem {
	switch {
	case t.Unread != nil:
		return t.Unread
	case t.Changed:
		return nil
	case t.Unseen():
		return t.Trouble
	}
	return t.Taken(cache.TakenProblem(t.Path))
}

// orderOf is the copy that was looked at and agreed to.
func orderOf(f Facts) cache.Order {
	s := f.File.Source
	return cache.Order{Kind: s.Kind, From: s.Path, ID: s.Info.ID, Size: s.Info.Size, SHA256: s.SHA256, Code: s.Code(),
		To: f.File.Target.Path, AnySigner: f.File.Override == s.SHA256}
}
