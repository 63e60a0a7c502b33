package steps

import (
	"cmp"
	"slices"

	"marsfix/steps/cache"
	"marsfix/steps/screen"
)

// ReportFacts is what walk and diagnosis know alike.
func ReportFacts(f Facts) Report {
	a, c := f.About, f.Decision
	r := Report{Schema: 1, Machine: ReportMachine{Name: a.Name, Label: a.Label, System: a.System, Root: a.Root, Elevated: a.Elevated},
		UniqueID: c.ID, Package: c.Path, TempPath: f.Folder.Path,
		Services: reportServices(f), Changes: []ReportChange{}, Packages: reportPackages(f), Problems: []screen.Problem{}, Missing: []NamedFile{},
		Next: []string{}, Steps: []ReportStep{}, Summary: []string{}}
	if p := c.Product; p != nil {
		r.Product = ReportProduct{Name: p.Name, ProductCode: p.ProductCode, PackageCode: p.PackageCode, LocalPackage: p.LocalPackage, Before: p.Version}
	}
	if p := ProductAfter(f); p != nil && f.Upgrade.Judged {
		r.Product.Before, r.Product.After = f.Upgrade.Before, p.Version
	}
	for _, p := range OthersMissing(f) {
		r.Missing = append(r.Missing, NamedFile{Name: p.Name, LocalPackage: p.LocalPackage})
	}
	return r
}

func reportServices(f Facts) []ReportService {
	out := []ReportService{}
	for _, s := range f.Services {
		out = append(out, ReportService{Name: s.Name, Display: s.Display, Before: screen.Or(s.State, "not installed")})
	}
	for _, s := range f.Upgrade.Services {
		i := slices.IndexFunc(out, func(o ReportService) bool { return o.Name == s.Name })
		if i < 0 {
			i = len(out)
			out = append(out, ReportService{Name: s.Name, Display: s.Display})
		}
		out[i].After = screen.Or(s.State, "not installed")
	}
	return out
}

// reportPackages are the files that matter, as they were looked at last.
func reportPackages(f Facts) []ReportPackage {
	out := []ReportPackage{}
	if p := ChosenInstaller(f); p != nil {
		rp := ReportPackage{Role: "update installer", Path: p.Path, Exists: p.Trouble == nil, Unseen: p.Trouble != nil, Size: p.Info.Size, Written: StampOf(p.Info.Written),
			Version: p.Version, Signature: p.Signature.Words()}
		if p.Trouble != nil {
			rp.Signature, rp.Remark = "", p.Trouble.Message // which says whether it is there
		}
		out = append(out, rp)
	}
	if f.Source.Path != "" && f.Folder.Path != "" {
		out = append(out, reportPackage("package of the installer", f.Source))
	}
	for _, c := range append(slices.Clone(f.Past), f.Copied) {
		if c.Done {
			out = append(out, ReportPackage{Role: "put back by marsfix", Path: c.To, Exists: true, Size: c.Size, Written: StampOf(c.At), SHA256: c.SHA256, Remark: "verified when it was copied"})
		}
	}
	switch {
	case f.Copied.Done:
	case f.Target.Path != "":
		rp := reportPackage("cached package", f.Target.Package)
		rp.Unseen, rp.Remark = f.Target.unseen(), cmp.Or(f.Target.Why, rp.Remark)
		out = append(out, rp)
	case f.Decision.Path != "":
		out = append(out, ReportPackage{Role: "cached package", Path: f.Decision.Path, Exists: f.Decision.Present,
			Unseen: f.Cache == nil || f.Decision.Unseen && !f.Decision.Present, Remark: f.Decision.Why})
	}
	return out
}

func reportPackage(role string, p cache.Package) ReportPackage {
	rp := ReportPackage{Role: role, Path: p.Path, Exists: p.Exists, Unseen: p.Unseen, Size: p.Info.Size, Written: StampOf(p.Info.Written), SHA256: p.SHA256,
		PackageCode: p.Identity.PackageCode, ProductCode: p.Identity.ProductCode, Version: p.Identity.Version}
	switch {
	case p.Trouble != nil:
		rp.Remark = p.Trouble.Message
	case p.Exists:
		rp.Signature = p.Signature.Words()
	}
	return rp
}
