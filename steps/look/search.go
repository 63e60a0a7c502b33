package look

import (
	"cmp"
	"context"
	"slices"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// What a search reads at most, in bytes, so that files that were put there to be read do not keep it busy.
const (
	// mostHeaders is for what files say of themselves: an ordinary one takes some ten thousand
	mostHeaders = 512 << 20
	// mostContents is for checking signatures of files with the right code, beside the one that is taken
	mostContents = 512 << 20
)

// Search is how far the search for a lost file has gone.
type Search struct {
	There    int      // files of its kind where it was looked for
	Looked   int      // those that were looked at
	Differs  int      // those that have another code
	Passed   int      // those with the right code whose signature was not checked: together they are too large
	Unlisted []string // folders that could not be looked into, and why
}

// Cut reports whether it ended before all files were looked at.
func (s Search) Cut() bool { return s.Looked < s.There }

// search looks for a file that Windows Installer takes for a lost one.
type search struct {
	ctx               context.Context
	l                 computer.Looker
	f                 Facts
	headers, contents int64           // bytes that may still be read
	right             []cache.Package // their code is right, and their signature is checked; the surest first
	known             identified
	candidates
}

// newSearch begins a search for the current lost file.
func newSearch(ctx context.Context, l computer.Looker, f Facts) search {
	return search{ctx: ctx, l: l, f: f, known: identified{}, headers: mostHeaders, contents: mostContents,
		candidates: candidates{d: l.Disk(), lost: f.File, names: []string{disk.Base(f.File.Place)}}}
}

// run goes through the places until one has a file that nothing speaks against. What files say of themselves decides
// which of them are worth a check of their signature: it may read all of a file.
func (s *search) run() {
	var large []cache.Package
	for _, paths := range s.places {
		found := s.identify(paths)
		slices.SortStableFunc(found, likelier)
		for _, p := range found {
			if cost(p) > s.contents {
				large = append(large, p)
			} else if s.check(p) {
				return
			}
		}
	}
	slices.SortStableFunc(large, likelier)
	if len(large) > 0 && !s.check(large[0]) {
		s.Passed = len(large) - 1
	}
}

// identify tells which of some files have the right code.
func (s *search) identify(paths []string) (found []cache.Package) {
	for _, path := range paths {
		if s.headers <= 0 || s.ctx.Err() != nil {
			break
		}
		p := s.known.identify(s.l, path)
		s.Looked++
		s.headers -= p.Read
		switch {
		case s.refuses(p):
		case p.Trouble == nil:
			found = append(found, p)
		default:
			s.There, s.Looked = s.There-1, s.Looked-1 // it has gone since it was listed
		}
	}
	return found
}

// identified is what files say of themselves, by their paths: several lost files are looked for in the same places.
type identified map[string]cache.Package

func (known identified) identify(l computer.Looker, path string) cache.Package {
	p, asked := known[path]
	if !asked {
		var file disk.File
		if p, file = cache.Identify(l, path, disk.Reader.OpenStrict); file != nil {
			file.Close() // opened for reading: closing it can lose nothing
		}
		known[path] = p
	}
	return p
}

// refuses notes why a file is not the lost one; false when it may be.
func (s *search) refuses(p cache.Package) bool {
	not := notIt(s.f, p)
	if not == nil {
		return false
	}
	if not.Why == "" {
		s.Differs++
	}
	s.lost.Wrong = noted(s.lost.Wrong, *not)
	return true
}

// check checks the signature of a file with the right code, and reports whether nothing speaks against it.
func (s *search) check(p cache.Package) bool {
	s.contents -= cost(p)
	p, file := cache.Identify(s.l, p.Path, disk.Reader.OpenStrict)
	if file != nil {
		defer file.Close() // opened for reading: closing it can lose nothing
	}
	if s.refuses(p) || file == nil { // it is another one by now, or gone
		return false
	}
	p.Signature = computer.CheckSignature(s.ctx, s.l, file)
	s.right = append(s.right, p)
	slices.SortStableFunc(s.right, surer)
	return doubt(p) == 0
}

// best is the file that the search has come to, read to its end; none where there is none with the right code.
func (s *search) best(e Env) (best cache.Package) {
	for _, p := range s.right {
		if !p.Signature.Refused() {
			p = readWhole(s.ctx, s.l, p, e)
		}
		if doubt(p) < useless {
			return p
		}
		if best.Path == "" {
			best = p
		}
	}
	return best
}

// readWhole hashes a file whose signature was checked, if it is still that file.
func readWhole(ctx context.Context, l computer.Looker, p cache.Package, e Env) cache.Package {
	now, file := cache.Identify(l, p.Path, disk.Reader.OpenStrict)
	if file == nil {
		return now
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	if now.Info.ID != p.Info.ID || now.Info.Size != p.Info.Size {
		now.Trouble = cache.SourceProblem(p.Path, disk.ErrChanged)
		return now
	}
	now.Signature = p.Signature
	return cache.Hash(ctx, now, file, e.Report)
}

// cost is how many bytes the check of a signature reads at most: of a file that bears none, next to nothing.
func cost(p cache.Package) int64 {
	if p.Signed() {
		return p.Info.Size
	}
	return 0
}

// likelier puts first what bears a signature, then what is smaller: the cheapest to be proven right or wrong.
func likelier(a, b cache.Package) int {
	if a.Signed() != b.Signed() {
		if a.Signed() {
			return -1
		}
		return 1
	}
	return cmp.Compare(a.Info.Size, b.Info.Size)
}

// useless is the doubt about a file that is never used.
const useless = 2

// doubt is how much speaks against a file whose signature was checked: 0 is nothing.
func doubt(p cache.Package) int {
	switch {
	case p.Trouble != nil || p.Signature.Refused():
		return useless
	case p.Signature.Doubtful():
		return 1
	}
	return 0
}

// surer puts first what less speaks against.
func surer(a, b cache.Package) int { return doubt(a) - doubt(b) }
