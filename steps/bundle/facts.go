package bundle

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"slices"
	"sort"
	"strings"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/redact"
	"marsfix/steps/report"
	"marsfix/steps/screen"
)

// product is one registration of Windows Installer.
type product struct {
	Name           string  `json:"name"`
	Version        string  `json:"version"`
	ProductCode    string  `json:"product_code"`
	PackageCode    string  `json:"package_code"`
	LocalPackage   string  `json:"local_package"`
	Cached         string  `json:"cached"` // what the disk says of LocalPackage
	LastUsedSource string  `json:"last_used_source"`
	InstallSource  string  `json:"install_source"`
	PackageName    string  `json:"package_name"`
	Patches        []patch `json:"patches"`
	Error          string  `json:"error"`
}

type patch struct {
	Code           string `json:"code"`
	Name           string `json:"name"`
	State          string `json:"state"`
	LocalPackage   string `json:"local_package"`
	Cached         string `json:"cached"`
	LastUsedSource string `json:"last_used_source"`
	PackageName    string `json:"package_name"`
	Error          string `json:"error"`
}

type service struct {
	Name    string `json:"name"`
	Display string `json:"display"`
	Image   string `json:"image"`
	State   string `json:"state"`
}

type registration struct {
	Silent   string    `json:"silent"` // why nothing could be read; empty when it could
	Products []product `json:"products"`
	Services []service `json:"services"`
}

// cacheListing is what the cache folder holds of the agent, with what marsfix itself has put beside it.
type cacheListing struct {
	Folder  string       `json:"folder"`
	Owner   string       `json:"owner"`
	Entry   string       `json:"entry"` // the package in question
	State   string       `json:"state"`
	Files   []listedFile `json:"files"`
	Entries int          `json:"entries"` // in the folder altogether
	Error   string       `json:"error"`
}

type listedFile struct {
	Name    string `json:"name"`
	Size    int64  `json:"size"`
	Written string `json:"written"`
	Folder  bool   `json:"folder"`
	Link    bool   `json:"link"`
	Owner   string `json:"owner"`
}

// addRegistration adds what Windows Installer has registered, and the listing of the cache folder's entry.
func (b *Bundle) addRegistration(l computer.Looker, f look.Facts) {
	b.addMade("registration.json", "Windows Installer's registration and the agent's services",
		func(_ context.Context, w io.Writer, red *redact.Redactor) (string, error) {
			return "", writeJSON(w, registrationOf(f, red))
		})
	b.addMade("cache.json", "the agent's files in Windows Installer's cache",
		func(_ context.Context, w io.Writer, red *redact.Redactor) (string, error) {
			return "", writeJSON(w, cacheOf(l.Disk(), f, red))
		})
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

func registrationOf(f look.Facts, red *redact.Redactor) registration {
	clean := report.Sanitizer(red)
	r := registration{Products: []product{}, Services: []service{}}
	if f.Registration.Silent {
		r.Silent = "this computer's registration cannot be read"
		if t := f.Registration.Trouble; t != nil {
			r.Silent = clean(t.Message)
		}
	}
	for _, p := range f.Registration.Products {
		bp := product{p.Name, p.Version, p.ProductCode, p.PackageCode, p.LocalPackage, cachedWords(f, p.LocalPackage),
			p.LastUsedSource,
			p.InstallSource, p.PackageName, []patch{}, p.Err}
		report.MapEach(clean, &bp.Name, &bp.Version, &bp.ProductCode, &bp.PackageCode, &bp.LocalPackage, &bp.Cached,
			&bp.LastUsedSource, &bp.InstallSource,
			&bp.PackageName, &bp.Error)
		for _, pt := range p.Patches {
			q := patch{pt.Code, pt.Name, string(pt.State), pt.LocalPackage, cachedWords(f, pt.LocalPackage),
				pt.LastUsedSource, pt.PackageName, pt.Err}
			report.MapEach(clean, &q.Code, &q.Name, &q.LocalPackage, &q.Cached, &q.LastUsedSource, &q.PackageName,
				&q.Error)
			bp.Patches = append(bp.Patches, q)
		}
		r.Products = append(r.Products, bp)
	}
	for _, s := range f.Services {
		r.Services = append(r.Services, service{clean(s.Name), clean(s.Display), clean(s.Image),
			clean(cmp.Or(s.State, "not installed"))})
	}
	return r
}

// cachedWords is what the disk says of a cached file.
func cachedWords(f look.Facts, path string) string {
	c, asked := f.Cache[strings.ToLower(path)]
	switch {
	case !asked:
		return "not checked"
	case c.Denied:
		return "access denied"
	case c.Unseen != "":
		return "could not be checked: " + c.Unseen
	case !c.Present:
		return "missing"
	case c.Why != "":
		return "present, but it " + c.Why
	}
	return "present"
}

func cacheOf(d disk.Reader, f look.Facts, red *redact.Redactor) cacheListing {
	clean := report.Sanitizer(red)
	c := cacheListing{Folder: disk.Join(f.About.WindowsDir, "Installer"), Entry: f.Decision.Path,
		State: cachedWords(f, f.Decision.Path), Files: []listedFile{}}
	if o, err := d.Owner(c.Folder); err == nil {
		c.Owner = red.Account(screen.CleanText(o.Name))
	}
	infos, err := d.List(c.Folder)
	if err != nil {
		c.Error = disk.Cause(err).Error()
	}
	c.Entries = len(infos)
	ids := ownFiles(f)
	for _, in := range infos {
		name := disk.Base(in.Path)
		if !belongs(name, ids) {
			continue
		}
		file := listedFile{Name: name, Size: in.Size, Written: report.Stamp(in.Written), Folder: in.Dir, Link: in.Link}
		if o, err := d.Owner(in.Path); err == nil {
			file.Owner = red.Account(screen.CleanText(o.Name))
		}
		c.Files = append(c.Files, file)
	}
	report.MapEach(clean, &c.Folder, &c.Entry, &c.State, &c.Error)
	for i := range c.Files {
		c.Files[i].Name = clean(c.Files[i].Name)
	}
	return c
}

// ownFiles are the names, without their suffix and in lower case, of what the agent has in the cache: the package in
// question, and its patches.
func ownFiles(f look.Facts) []string {
	var ids []string
	add := func(id string) {
		if id != "" {
			ids = append(ids, strings.ToLower(id))
		}
	}
	add(f.Decision.ID)
	for _, p := range f.Registration.Products {
		if computer.IsAgent(p) {
			for _, patch := range p.Patches {
				add(cache.ID(f.About.WindowsDir, patch.LocalPackage, cache.KindPatch))
			}
		}
	}
	return ids
}

// belongs reports whether a name in the cache folder is one of the agent's, or something of marsfix.
func belongs(name string, ids []string) bool {
	low := strings.ToLower(name)
	own := slices.ContainsFunc(ids, func(id string) bool { return strings.HasPrefix(low, id+".") })
	return own || strings.HasPrefix(low, disk.LeftoverPrefix) || strings.Contains(low, ".marsfix-")
}

// userNames are the users that are known on a computer: those with a folder, and those whom its processes and logs
// name.
func userNames(d disk.Reader, f look.Facts) []string {
	seen := map[string]bool{}
	add := func(name string) {
		if name = disk.Base(name); name != "" {
			seen[name] = true
		}
	}
	if len(f.About.WindowsDir) > 2 && !f.About.DiskSilent {
		infos, err := d.List(f.About.WindowsDir[:2] + `\Users`)
		for _, in := range infos {
			if err == nil && in.Dir {
				add(in.Path)
			}
		}
	}
	for _, p := range f.Wizards {
		add(p.User)
	}
	for _, o := range f.Others {
		add(o.Owner.Name)
	}
	add(f.PatchLog.Owner.Name)
	add(f.SetupLog.Owner.Name)
	add(f.About.OtherMarsfix)
	names := make([]string, 0, len(seen))
	for n := range seen {
		names = append(names, n)
	}
	return longestFirst(names)
}

// longestFirst sorts names so that of "ann" and "ann.lee" the longer one is found.
func longestFirst(names []string) []string {
	sort.Slice(names, func(i, j int) bool {
		if len(names[i]) != len(names[j]) {
			return len(names[i]) > len(names[j])
		}
		return names[i] < names[j]
	})
	return names
}
