package look

import (
	"fmt"
	"slices"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
)

// LostFile is one file of the product that Windows Installer has lost from its cache, a package or a patch, and what
// has become of it.
type LostFile struct {
	Kind  cache.Kind
	ID    string // its Unique_ID
	Place string // its full path in the cache, composed from what the system reports
	Code  string // the registered package or patch code; empty where none can be read
	Name  string // what the registration calls it: a patch's DisplayName
	State computer.PatchState

	Source   cache.Package   // the file that was found for it; no path: none
	Others   []cache.Package // packages that are the right ones, looked for when Source is not
	Wrong    []NotIt         // patches that were looked at and are not it, the first few
	Search   Search          // how far the search for the two went
	Chosen   string          // the package to copy, when it is not the extracted OBSAGENT.msi
	Override string          // SHA-256 of the Source whose risk was taken, typed
	LeftOut  bool            // the walk goes on without it, as the engineer wants
	Declined bool            // its copy was answered with n

	Target Target
	Copied Copied
}

// Lost are all lost files, the current one as it is now. Written out in each of the forty places that ask, it was 40 kB
// of the program.
//
//go:noinline
func (f *Facts) Lost() []LostFile {
	switch {
	case len(f.Files) > 0:
		all := slices.Clone(f.Files)
		all[f.At] = f.File
		return all
	case f.File.Place != "":
		return []LostFile{f.File}
	}
	return nil
}

// Back is how many of the lost files are in place again.
func (f *Facts) Back() (n int) {
	for _, l := range f.Lost() {
		if l.Copied.Done || l.Target.Usable {
			n++
		}
	}
	return n
}

// Turn makes another lost file the current one.
//
//go:noinline
func (f Facts) Turn(i int) Facts {
	all := f.Lost()
	f.Files, f.At, f.File = all, i, all[i]
	return f
}

// Each changes every lost file.
func (f Facts) Each(do func(l *LostFile)) Facts {
	all := f.Lost()
	if len(all) == 0 {
		return f
	}
	for i := range all {
		do(&all[i])
	}
	f.Files, f.File = all, all[f.At]
	return f
}

// Copies are all copies and files set aside of this walk, in the order in which they were made.
func (f *Facts) Copies() []Copied {
	all := slices.Clone(f.Past)
	for _, l := range f.Lost() {
		if l.Copied.Done || l.Copied.Aside != "" {
			all = append(all, l.Copied)
		}
	}
	return all
}

// Copied reports whether something was copied in this round.
func (f *Facts) Copied() bool {
	return slices.ContainsFunc(f.Lost(), func(l LostFile) bool { return l.Copied.Done })
}

// EverCopied reports whether something was copied in this walk.
func (f *Facts) EverCopied() bool {
	return slices.ContainsFunc(f.Copies(), func(c Copied) bool { return c.Done })
}

// CopiedStay says that what was copied stays in the cache, as the beginning of a sentence.
func CopiedStay(f Facts) string {
	made := slices.DeleteFunc(f.Copies(), func(c Copied) bool { return !c.Done })
	if len(made) == 1 {
		return fmt.Sprintf("The copied %s stays where it is", cache.KindOf(made[0].To))
	}
	return "The copied files stay where they are"
}

// SetAside reports whether an unusable file was set aside in this round.
func (f *Facts) SetAside() bool {
	return slices.ContainsFunc(f.Lost(), func(l LostFile) bool { return l.Copied.Aside != "" })
}

// Decided reports whether the engineer chose something about the file in step 9.
func (l LostFile) Decided() bool { return !l.Copied.Done && (l.Chosen != "" || l.LeftOut) }

// Settled reports whether nothing is left to be done for a lost file in this round.
func (l LostFile) Settled() bool {
	return l.Copied.Done || l.Declined || l.LeftOut || !l.Ready() || l.Target.Exists && l.Target.Usable &&
		!l.Target.Changed && l.Target.Unread == nil
}

// Ready reports whether a file was found that may be copied to its place.
func (l LostFile) Ready() bool {
	return l.Source.Path != "" && l.Source.Trouble == nil && !l.Source.Signature.Refused()
}

// Waiting is the first lost file that is not settled; false when all are.
func (f *Facts) Waiting() (int, bool) {
	i := slices.IndexFunc(f.Lost(), func(l LostFile) bool { return !l.Settled() })
	return max(i, 0), i >= 0
}

// More reports whether another lost file than the current one waits as well.
func (f *Facts) More() bool {
	all := f.Lost()
	all[f.At].Declined = true
	return slices.ContainsFunc(all, func(l LostFile) bool { return !l.Settled() })
}

// UniqueID is the id that the walk is about: of the package, or of the first patch where the package is in place.
func (f *Facts) UniqueID() string {
	id, _, _ := f.Subject()
	return id
}

// Subject is the file of that id: what it is called, and where it has to lie.
func (f *Facts) Subject() (id, called, place string) {
	if all := f.Lost(); f.Decision.Usable && len(all) > 0 {
		return all[0].ID, all[0].Kind.String(), all[0].Place
	}
	return f.Decision.ID, cache.KindPackage.String(), f.Decision.Path
}

// ForgetSources forgets what was found for files that are not copied yet: it went with the wizard's folder.
func (f Facts) ForgetSources() Facts {
	return f.Each(func(l *LostFile) {
		if !l.Copied.Done {
			l.Source, l.Others, l.Wrong, l.Search = cache.Package{}, nil, nil, Search{}
			l.Chosen, l.Target, l.Declined = "", Target{}, false
		}
	})
}
