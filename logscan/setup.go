package logscan

import (
	"cmp"
	"context"
	"io"
	"strings"
	"sync"
)

// setupSearch looks for the words that the article searches for.
var setupSearch = sync.OnceValue(func() *search { return newSearch("Directory Path for SetupLaunchScreen") })

// setupScan gathers what ScanSetup finds.
type setupScan struct {
	o                   SetupOptions
	folders, suspicious keep[FolderLine]
	stamps              times[stamp]
	ansi                bool
}

// counts puts the line that counts first: those beyond Since, then the latest stamp, then the last in the file. A line without
// a readable stamp has the zero time and so comes last.
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

// ScanSetup reads the set-up log once, from start to end.
func ScanSetup(ctx context.Context, r io.ReaderAt, size int64, o SetupOptions) (SetupLog, error) {
	return scanSetup(ctx, newScanner(r, size, setupSearch(), o.Progress), o)
}

func scanSetup(ctx context.Context, s *scanner, o SetupOptions) (SetupLog, error) {
	p := setupScan{o: o}
	p.folders.before, p.suspicious.before = counts, counts
	s.found, s.settle = p.found, p.settle
	if err := s.run(ctx); err != nil {
		return SetupLog{}, err
	}
	l := SetupLog{Encoding: s.total.encoding, Size: s.size, Lines: s.total.lines(), Blank: s.total.blank}
	if p.ansi && l.Encoding == UTF8 {
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

// found takes a line that names a folder.
func (p *setupScan) found(at *place) {
	p.ansi = p.ansi || at.ansi
	rest, cut := at.text()
	whole := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(rest), ":"))
	raw := logged(whole)
	st := p.stamps.before(at, func(b []byte) (stamp, int, bool) { return stampIn(b, p.o.Written) })
	f := &FolderLine{
		Line:    at.Line,
		PID:     st.pid,
		Stamp:   st.text,
		When:    st.when,
		Raw:     raw,
		New:     p.o.Since >= 0 && at.at >= p.o.Since,
		NameAt:  len(setupSearch().needles[at.needle]) + strings.LastIndex(rest, whole) + strings.Index(whole, raw), // settle adds the needle's place
		NameLen: len(raw),
		At:      at.at,
	}
	if at.ended || cut || at.next < at.to { // else the path is longer than what is shown of its line, and no path of Windows
		f.Folder = cleanFolder(raw)
	}
	if f.Folder == "" {
		p.suspicious.add(f)
		return
	}
	p.folders.add(f)
}

// settle decodes the lines that are kept, before their chunk goes.
func (p *setupScan) settle() {
	for _, list := range []*keep[FolderLine]{&p.folders, &p.suspicious} {
		list.each(func(f *FolderLine) { f.NameAt += f.settle(f.At) })
	}
}
