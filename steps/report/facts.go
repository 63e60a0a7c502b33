package report

import (
	"cmp"
	"slices"

	"marsfix/steps"
	"marsfix/steps/cache"
	"marsfix/steps/screen"
	"marsfix/steps/selfcheck"
)

// Of is what walk and diagnosis know alike.
func Of(f steps.Facts) Report {
	a, c := f.About, f.Decision
	r := Report{Schema: 1, Machine: Machine{Name: a.Name, Label: a.Label, System: a.System, Root: a.Root, Elevated: a.Elevated},
		UniqueID: c.ID, Package: c.Path, TempPath: f.Folder.Path,
		Services: services(f), Checks: append([]selfcheck.Check{}, f.Checks...), Changes: []Change{}, Packages: packages(f), Problems: []screen.Told{}, Missing: []NamedFile{},
		Next: []string{}, Steps: []Step{}, Summary: []string{}}
	if p := c.Product; p != nil {
		r.Product = Product{Name: p.Name, ProductCode: p.ProductCode, PackageCode: p.PackageCode, LocalPackage: p.LocalPackage, Before: p.Version}
	}
	if p := steps.ProductAfter(f); p != nil && f.Upgrade.Judged {
		r.Product.Before, r.Product.After = f.Upgrade.Before, p.Version
	}
	for _, p := range steps.OthersMissing(f) {
		r.Missing = append(r.Missing, NamedFile{Name: p.Name, LocalPackage: p.LocalPackage})
	}
	return r
}

func services(f steps.Facts) []Service {
	out := []Service{}
	for _, s := range f.Services {
		out = append(out, Service{Name: s.Name, Display: s.Display, Before: screen.Or(s.State, "not installed")})
	}
	for _, s := range f.Upgrade.Services {
		i := slices.IndexFunc(out, func(o Service) bool { return o.Name == s.Name })
		if i < 0 {
			i = len(out)
			out = append(out, Service{Name: s.Name, Display: s.Display})
		}
		out[i].After = screen.Or(s.State, "not installed")
	}
	return out
}

// packages are the files that matter, as they were looked at last.
func packages(f steps.Facts) []Package {
	out := []Package{}
	if p := steps.ChosenInstaller(f); p != nil {
		rp := Package{Role: "update installer", Path: p.Path, Exists: p.Trouble == nil, Unseen: p.Trouble != nil, Size: p.Info.Size, Written: Stamp(p.Info.Written),
			Version: p.Version, Signature: p.Signature.Words()}
		if p.Trouble != nil {
			rp.Signature, rp.Remark = "", p.Trouble.Message // which says whether it is there
		}
		out = append(out, rp)
	}
	if f.Source.Path != "" && f.Folder.Path != "" {
		out = append(out, packageOf("package of the installer", f.Source))
	}
	for _, c := range append(slices.Clone(f.Past), f.Copied) {
		if c.Done {
			out = append(out, Package{Role: "put back by marsfix", Path: c.To, Exists: true, Size: c.Size, Written: Stamp(c.At), SHA256: c.SHA256, Remark: "verified when it was copied"})
		}
	}
	switch {
	case f.Copied.Done:
	case f.Target.Path != "":
		rp := packageOf("cached package", f.Target.Package)
		rp.Unseen, rp.Remark = f.Target.Unseen(), cmp.Or(f.Target.Why, rp.Remark)
		out = append(out, rp)
	case f.Decision.Path != "":
		out = append(out, Package{Role: "cached package", Path: f.Decision.Path, Exists: f.Decision.Present,
			Unseen: f.Cache == nil || f.Decision.Unseen && !f.Decision.Present, Remark: f.Decision.Why})
	}
	return out
}

func packageOf(role string, p cache.Package) Package {
	rp := Package{Role: role, Path: p.Path, Exists: p.Exists, Unseen: p.Unseen, Size: p.Info.Size, Written: Stamp(p.Info.Written), SHA256: p.SHA256,
		PackageCode: p.Identity.PackageCode, ProductCode: p.Identity.ProductCode, Version: p.Identity.Version}
	switch {
	case p.Trouble != nil:
		rp.Remark = p.Trouble.Message
	case p.Exists:
		rp.Signature = p.Signature.Words()
	}
	return rp
}
