package logscan

import (
	"cmp"
	"context"
	"io"
	"strings"
	"unicode"
)

// setupSearch looks for the words that the article searches for.
var setupSearch = lazy[*search]{make: func() *search { return newSearch("Directory Path for SetupLaunchScreen") }}

// setupScan gathers what ScanSetup finds.
type setupScan struct {
	o                   SetupOptions
	folders, suspicious keep[FolderLine]
	stamps              times[stamp]
	ansi                int64 // where the first line begins that is in a code page; -1: there is none
}

// counts puts the line that counts first: those beyond Since, then the latest stamp, then the last in the file. A line
// without a readable stamp has the zero time and so comes last.
func counts(a, b *FolderLine) int {
	if a.New != b.New {
		if a.New {
			return -1
		}
		return 1
	}
	return cmp.Or(rank(b)-rank(a), b.When.Compare(a.When), cmp.Compare(b.At, a.At))
}

// rank is 1 for a line with a readable stamp.
func rank(f *FolderLine) int {
	if f.When.IsZero() {
		return 0
	}
	return 1
}

// ScanSetup reads the set-up log once, from start to end or from where an earlier scan has ended.
func ScanSetup(ctx context.Context, r io.ReaderAt, size int64, o SetupOptions) (SetupLog, error) {
	l, err := scanSetup(ctx, newScanner(r, size, setupSearch.get(), o.Progress), o)
	if err == nil {
		err = l.passBroken(r, size)
	}
	return l, err
}

func scanSetup(ctx context.Context, s *scanner, o SetupOptions) (SetupLog, error) {
	p := setupScan{o: o, ansi: -1}
	p.folders.before, p.suspicious.before = counts, counts
	s.found, s.hold = p.found, func() { p.each((*FolderLine).hold) }
	before := o.After.reached
	if before != nil && before.since != o.Since {
		before = nil
	}
	if err := s.begin(before); err != nil {
		return SetupLog{}, err
	}
	p.takeOver(o.After, s.from)
	if err := s.run(ctx); err != nil {
		return SetupLog{}, err
	}
	p.each(func(f *FolderLine) { f.NameAt += f.settle(f.At) })
	l := SetupLog{Encoding: s.total.encoding, Size: s.size, Lines: s.total.lines(), Blank: s.total.blank}
	l.reached = &s.reached
	l.reached.ansi, l.reached.since = p.ansi, o.Since
	if p.ansi >= 0 && l.Encoding == UTF8 {
		l.Encoding = ANSI
	}
	l.Folders, l.Suspicious = p.folders.best(), p.suspicious.best()
	for _, list := range [][]FolderLine{l.Folders, l.Suspicious} {
		for i := range list {
			s.total.end(&list[i].Line)
		}
	}
	return l, nil
}

// takeOver keeps what an earlier scan has found before the offset at which this one resumes.
func (p *setupScan) takeOver(l SetupLog, from int64) {
	for i := range l.Folders {
		if f := l.Folders[i]; f.At < from {
			p.folders.add(&f)
		}
	}
	for i := range l.Suspicious {
		f := l.Suspicious[i]
		switch {
		case f.At >= from:
		case f.broken != "": // what follows it may be more by now
			f.Folder, f.broken = f.broken, ""
			p.folders.add(&f)
		default:
			p.suspicious.add(&f)
		}
	}
	if r := l.reached; r != nil && r.ansi < from {
		p.ansi = r.ansi
	}
}

// found takes a line that names a folder.
func (p *setupScan) found(at *place) {
	if at.ansi && p.ansi < 0 {
		p.ansi = at.Offset
	}
	rest, cut := at.text()
	whole := strings.TrimPrefix(strings.TrimLeftFunc(rest, unicode.IsSpace), ":")
	whole = strings.TrimLeftFunc(whole, unicode.IsSpace)
	before := len(rest) - len(whole)
	whole = strings.TrimSpace(whole)
	raw := logged(whole)
	st := p.stamps.before(at, func(b []byte) (stamp, int, bool) { return stampIn(b, p.o.Written) })
	f := &FolderLine{
		Line:  at.Line,
		PID:   st.pid,
		Stamp: st.text,
		When:  st.when,
		Raw:   raw,
		New:   p.o.Since >= 0 && at.at >= p.o.Since,
		// settle adds the needle's place
		NameAt:  len(setupSearch.get().needles[at.needle]) + before + strings.Index(whole, raw),
		NameLen: len(raw),
		At:      at.at,
	}
	// else the path is longer than what is shown of its line, and no path of Windows
	if at.ended || cut || at.next < at.to {
		f.Folder = cleanFolder(raw)
	}
	if f.Folder == "" {
		p.suspicious.add(f)
		return
	}
	p.folders.add(f)
}

// each calls f with the lines that are wanted.
func (p *setupScan) each(f func(*FolderLine)) {
	p.folders.each(f)
	p.suspicious.each(f)
}
