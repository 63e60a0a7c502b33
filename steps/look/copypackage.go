package look

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// CopyPackage looks at the place of the first lost file that waits for its copy (step 10).
func CopyPackage(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	for range max(1, len(f.Files)) { // pass over those that are in their place already
		i, waits := f.Waiting()
		if !waits {
			return f
		}
		f = Busy(ctx, l, f.Turn(i))
		f.File.Target = TargetNow(ctx, l, f, e)
	}
	f.Leftovers = cache.Leftovers(l.Disk(), disk.Dir(f.File.Place))
	if f.Trouble == nil {
		f.Trouble = sameSource(l.Disk(), f.File.Source)
	}
	return SourceGone(ctx, l, f, e)
}

// SourceGone asks for the wizard where the package has vanished: its folder goes with it.
func SourceGone(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	if t := f.Trouble; t != nil && t.Code == screen.CodeSourceMissing {
		f = lookWizardsKept(ctx, l, f, e)
	}
	return f
}

// TargetNow asks what is at the lost file's place now, and whether the registration still names that place.
func TargetNow(ctx context.Context, l computer.Looker, f Facts, e Env) Target {
	t := Target{Package: cache.Package{Path: f.File.Place}}
	t.Changed, t.Unread = registrationMoved(ctx, l, f)
	in, err := l.Disk().Stat(t.Path)
	switch {
	case err == nil:
		t.Package = cache.InspectCached(ctx, l, t.Path, e.Report)
		t.Exists, t.Info = true, in
		t.Why = unusable(f, t.Package)
		t.Usable = t.Why == ""
	case !errors.Is(err, fs.ErrNotExist):
		t.Package.Trouble = computer.PackageProblem(t.Path, err)
	}
	t.Folder = cache.FolderProblem(l.Disk(), disk.Dir(t.Path))
	if free, err := l.Disk().Free(disk.Dir(t.Path)); err == nil {
		t.Free = max(free, 1) // 0 would mean "not known"
	}
	return t
}

// unusable says why Windows Installer will not take the file that stands under the name; empty when it will.
func unusable(f Facts, p cache.Package) string {
	switch {
	case p.Trouble != nil:
		return p.Trouble.Message
	case CodeKnown(f) && !Accepted(f, p):
		return fmt.Sprintf("its %s code is %s", p.Kind, p.Code())
	case f.Decision.Product == nil && f.Decision.Present && !f.Decision.Usable && f.File.Copied.Aside == "":
		return f.Decision.Why // the last session's own word, where no registration has one
	}
	return ""
}

// Unseen reports whether what is at the place could not be examined, which is no evidence against it. That it is a
// folder, a link or no package is such evidence.
func (t Target) Unseen() bool {
	return t.Trouble != nil && (!t.Exists || !t.Info.Dir && t.Trouble.Code != screen.CodeNotPackage)
}

// registered is what the copy of a lost file was decided on: what a product says of its package, or of a patch.
type registered struct {
	place, code string // of the cached file
	state       computer.PatchState
	why         string // why some of it is not known; empty when all is
}

// registeredAs is what a product says of a lost file.
func registeredAs(p computer.Product, l LostFile) registered {
	if l.Kind == cache.KindPatch {
		for _, patch := range p.Patches {
			if strings.EqualFold(patch.Code, l.Code) {
				return registered{patch.LocalPackage, patch.Code, patch.State, patch.Err}
			}
		}
		return registered{why: p.Err}
	}
	r := registered{place: p.LocalPackage, code: p.PackageCode, why: p.Err}
	switch {
	case r.place == "":
		r.why = cmp.Or(r.why, "LocalPackage is empty")
	case r.code == "":
		r.why = cmp.Or(r.why, "PackageCode is empty")
	}
	return r
}

// same reports whether nothing of it has changed.
func (r registered) same(was registered) bool {
	return disk.SamePath(r.place, was.place) && strings.EqualFold(r.code, was.code) && r.state == was.state
}

// silent reports whether something that was known is not known any more.
func (r registered) silent(was registered) bool {
	return r.why != "" && (r.place == "" || r.code == "" && was.code != "" || r.state == "" && was.state != "")
}

// registrationMoved reports whether Windows Installer has registered another package, or patch, for the product
// meanwhile, or the same place with another code or state. The problem says why that could not be read.
func registrationMoved(ctx context.Context, l computer.Looker, f Facts) (bool, *screen.Problem) {
	was := f.Decision.Product
	if was == nil {
		return false, nil // the log alone counts, as the screen has said
	}
	r := computer.ReadRegistration(ctx, l)
	var unread *screen.Problem
	if r.Silent {
		unread = r.Unread()
	}
	then := registeredAs(*was, f.File)
	for _, p := range r.Products {
		now := registeredAs(p, f.File)
		switch {
		case p.ProductCode != was.ProductCode:
		case now.same(then):
			return false, nil // the same product may be registered for several users
		case now.silent(then):
			unread = computer.RegistrationUnreadable(errors.New(now.why))
		}
	}
	return unread == nil, unread // a product that is no longer registered counts as moved
}

// sameSource is the problem of a package that is not the file that was looked at; nil when it is.
func sameSource(d disk.Reader, p cache.Package) *screen.Problem {
	in, err := d.Stat(p.Path)
	if err != nil {
		return cache.SourceProblem(p.Path, err)
	}
	if in.ID != p.Info.ID || in.Size != p.Info.Size {
		return cache.SourceProblem(p.Path, disk.ErrChanged)
	}
	return nil
}

// Taken tells of a name that is taken, with what looking again will offer.
func (t Target) Taken(p *screen.Problem) *screen.Problem {
	if p.Code == screen.CodeTargetAppeared && t.Exists && !t.Usable && !t.Info.Dir {
		p.Then = screen.LookAside
	}
	return p
}
