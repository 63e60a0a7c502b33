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
	ansi                bool
}

// counts puts the line that counts first: those beyond Since, then the latest stamp, then the last in the file. A line without
// a readable stamp has the zero time and so comes last.
func counts(a, b FolderLine) int {
	if a.New != b.New {
		if a.New {
			return -1
		}
		return 1
	}
	return cmp.Or(rank(b)-rank(a), b.When.Compare(a.When), cmp.Compare(b.At, a.At))
}

// rank is 1 for a line with a readable stamp.
func rank(f FolderLine) int {
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
	s.found = p.found
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
func (p *setupScan) found(c *chunk, h hit, number, start int64) {
	at := c.place(h, number, start)
	p.ansi = p.ansi || at.ansi
	rest := at.Text[min(len(at.Text), at.mark+len(setupSearch().needles[h.needle])):]
	whole := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(rest), ":"))
	raw := logged(whole)
	st := readStamp(at.Text[:at.mark], p.o.Written)
	f := FolderLine{
		Line:    at.Line,
		PID:     st.pid,
		Stamp:   st.text,
		When:    st.when,
		Raw:     raw,
		New:     p.o.Since >= 0 && at.at >= p.o.Since,
		NameAt:  len(at.Text) - len(rest) + strings.LastIndex(rest, whole) + strings.Index(whole, raw),
		NameLen: len(raw),
		At:      at.at,
	}
	if at.ended || at.cut { // else the path is longer than what is shown of its line, and no path of Windows
		f.Folder = cleanFolder(raw)
	}
	if f.Folder == "" {
		p.suspicious.add(f)
		return
	}
	p.folders.add(f)
}
