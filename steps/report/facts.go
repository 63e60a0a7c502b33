package report

import (
	"cmp"
	"slices"
	"strings"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/installer"
	"marsfix/steps/look"
	"marsfix/steps/screen"
	"marsfix/steps/selfcheck"
)

// Of is what walk and diagnosis know alike.
func Of(f look.Facts) Report {
	a, c := f.About, f.Decision
	r := Report{Schema: 1, Machine: Machine{Name: a.Name, Label: screen.Named(a.Label), System: a.System, Root: a.Root,
		Elevated: a.Elevated},
		UniqueID: c.ID, Package: c.Path, TempPath: f.Folder.Path,
		Services: services(f), Checks: append([]selfcheck.Check{}, f.Checks...), Changes: []Change{},
		Packages: packages(f), Problems: []screen.Told{}, Missing: []NamedFile{},
		Next: []string{}, Steps: []Step{}, Summary: []string{}}
	if p := c.Product; p != nil {
		r.Product = Product{Name: p.Name, ProductCode: p.ProductCode, PackageCode: p.PackageCode,
			LocalPackage: p.LocalPackage, Before: p.Version}
	}
	if p := look.ProductAfter(f); p != nil && f.Upgrade.Judged {
		r.Product.Before, r.Product.After = f.Upgrade.Before, p.Version
	}
	for _, p := range look.OthersMissing(f) {
		r.Missing = append(r.Missing, NamedFile{Name: p.Name, LocalPackage: p.LocalPackage})
	}
	return r
}

// services are the agent's services before the upgrade, as the first look found them, and after it.
func services(f look.Facts) []Service {
	out := []Service{}
	for _, s := range f.Services {
		out = append(out, Service{Name: s.Name, Display: s.Display, Before: cmp.Or(s.State, "not installed")})
	}
	for _, s := range f.Upgrade.Services {
		i := slices.IndexFunc(out, func(o Service) bool { return o.Name == s.Name })
		if i < 0 {
			i = len(out)
			out = append(out, Service{Name: s.Name, Display: s.Display})
		}
		out[i].After = cmp.Or(s.State, "not installed")
	}
	return out
}

// packages are the files that matter, as they were looked at last.
func packages(f look.Facts) []Package {
	out := []Package{}
	if p := look.ChosenInstaller(f); p != nil {
		out = append(out, installerOf(*p))
	}
	files := f.Lost()
	if len(files) == 0 {
		files = append(files, f.File)
	}
	for _, l := range files {
		switch {
		case l.Source.Path == "" || f.Folder.Path == "":
		case l.Kind == cache.KindPatch:
			out = append(out, packageOf("patch found for "+disk.Base(l.Place), l.Source))
		default:
			out = append(out, packageOf("package from the installer", l.Source))
		}
	}
	for _, c := range f.Copies() {
		if c.Done {
			remark := "read back after the copy, identical"
			if c.Risk != "" {
				remark += "; used " + c.Risk
			}
			out = append(out, Package{Role: "copied by marsfix", Path: c.To, Exists: true, Size: c.Size,
				Written: Stamp(c.At), SHA256: c.SHA256, Remark: remark})
		}
	}
	for _, l := range f.Lost() {
		if !l.Copied.Done && (l.Target.Path != "" || l.Kind == cache.KindPatch) {
			out = append(out, cachedOf(f, l))
		}
	}
	switch lost := f.Lost(); {
	case len(lost) > 0 && lost[0].Kind == cache.KindPackage && (lost[0].Copied.Done || lost[0].Target.Path != ""):
	case f.Decision.Path != "":
		out = append(out, Package{Role: "cached package", Path: f.Decision.Path, Exists: f.Decision.Present,
			Unseen: f.Cache == nil || f.Decision.Unseen && !f.Decision.Present, Remark: f.Decision.Why})
	}
	return out
}

// installerOf is the installer that was chosen.
func installerOf(p installer.Program) Package {
	rp := Package{Role: "update installer", Path: p.Path, Exists: p.Trouble == nil, Unseen: p.Trouble != nil,
		Size: p.Info.Size, Written: Stamp(p.Info.Written), Version: p.Version, Signature: signed(p.Signature)}
	if p.Trouble != nil {
		rp.Signature, rp.Remark = "", p.Trouble.Message // which says whether it is there
	}
	return rp
}

// cachedOf is what stands under the name of a lost file that has not been put back.
func cachedOf(f look.Facts, l look.LostFile) Package {
	role := "cached " + l.Kind.String()
	if l.Target.Path == "" {
		told := f.Cache[strings.ToLower(l.Place)]
		return Package{Role: role, Path: l.Place, Exists: told.Present, Remark: told.Why}
	}
	rp := packageOf(role, l.Target.Package)
	rp.Unseen, rp.Remark = l.Target.Unseen(), cmp.Or(l.Target.Why, rp.Remark)
	return rp
}

// signed is what a check came to, as the steps show it.
func signed(s computer.Signature) string {
	r := s.Row()
	return strings.TrimSuffix(r.Value+", "+r.Note, ", ")
}

// packageOf is a package or a patch that was looked at, in its role.
func packageOf(role string, p cache.Package) Package {
	rp := Package{Role: role, Path: p.Path, Exists: p.Exists, Unseen: p.Unseen, Size: p.Info.Size,
		Written: Stamp(p.Info.Written), SHA256: p.SHA256,
		PackageCode: p.Code(), ProductCode: p.Identity.ProductCode, Version: p.Identity.Version}
	switch {
	case p.Trouble != nil && p.Trouble.Code != screen.CodePackageMissing: // that it is missing is told already
		rp.Remark = p.Trouble.Message
	case p.Exists:
		rp.Signature = signed(p.Signature)
	}
	return rp
}
