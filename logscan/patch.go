package logscan

import (
	"context"
	"io"
)

// The needles of Windows Installer's log, as msi.dll writes them, in English on every system seen, in the order of
// patchSearch.
const (
	findLocal   = iota // three of the four warnings
	findCode           // the fourth
	findPatch          // a lost .msp
	findSession        // a session's header
	findReturn         // what a session returned
	findResolve        // no source was found
)

var patchNeedles = [...]needle{
	"Warning: Local cached package",
	"Warning: The package code in the cached package",
	"Couldn't find local patch",
	header,
	"MainEngineThread is returning ",
	"Failed to resolve source",
}

// patchSearch looks for them. It is made when a log is first read: no screen has to wait for it.
var patchSearch = lazy[*search]{make: func() *search { return newSearch(patchNeedles[:]...) }}

// patchScan gathers what ScanPatch finds.
type patchScan struct {
	o          PatchOptions
	log        PatchLog
	ansi       bool
	named      newest[Warning]
	patches    newest[Warning]
	suspicious newest[Warning]
	clocks     times[string]
}

// ScanPatch reads a log of Windows Installer once, from start to end.
func ScanPatch(ctx context.Context, r io.ReaderAt, size int64, o PatchOptions) (PatchLog, error) {
	return scanPatch(ctx, newScanner(r, size, patchSearch.get(), o.Progress), o)
}

func scanPatch(ctx context.Context, s *scanner, o PatchOptions) (PatchLog, error) {
	p := patchScan{o: o}
	s.found, s.hold = p.found, p.hold
	if err := s.begin(nil); err != nil {
		return PatchLog{}, err
	}
	if err := s.run(ctx); err != nil {
		return PatchLog{}, err
	}
	p.each(func(w *Warning) { w.NameAt += w.settle(w.At) }, func(l *Line) { l.settle(0) })
	l := &p.log
	l.Size, l.Lines, l.Blank, l.Encoding = s.size, s.total.lines(), s.total.blank, s.total.encoding
	if p.ansi && l.Encoding == UTF8 {
		l.Encoding = ANSI
	}
	l.Named, l.Patches, l.Suspicious = p.named.best(), p.patches.best(), p.suspicious.best()
	for _, list := range [][]Warning{l.Named, l.Patches, l.Suspicious} {
		for i := range list {
			s.total.end(&list[i].Line)
		}
	}
	s.total.end(&l.Last.Line)
	s.total.end(&l.LastSession.Error)
	return *l, nil
}

// end notes on a line whether the log ended within it.
func (t totals) end(l *Line) { l.Unended = l.Number > 0 && l.Offset == t.start }

// found takes a hit; those before the new part are passed over.
func (p *patchScan) found(at *place) {
	if at.at < p.o.From {
		return
	}
	p.ansi = p.ansi || at.ansi
	text, cut := at.text()
	switch at.needle {
	case findSession:
		p.session(at, text)
	case findReturn:
		p.returned(at, text)
	case findResolve:
		p.failed(at)
	case findPatch:
		p.log.LastSession.Warnings++
		p.log.LastSession.Patches++
		if q := readQuoted(text, cut, LostPatch); !q.lost {
			w := p.warning(at, q)
			p.patches.put("="+fold(w.Path), w) // the name may be empty
		}
	case findLocal:
		p.warned(at, readLocal(text, cut))
	case findCode:
		p.warned(at, readQuoted(text, cut, OtherPackageCode))
	}
}

// warned takes one of the four warnings.
func (p *patchScan) warned(at *place, q quoted) {
	p.log.LastSession.Warnings++
	if q.lost {
		return
	}
	w := p.warning(at, q)
	if w.ID = uniqueID(q.path, p.o.Windows); w.ID != "" {
		p.log.Warnings++
		p.named.put(fold(w.ID), w)
		return
	}
	p.log.SuspiciousCount++
	p.suspicious.put("", w)
}

func (p *patchScan) warning(at *place, q quoted) Warning {
	return Warning{
		Line:    at.Line,
		Kind:    q.kind,
		Session: p.log.Sessions,
		Time:    p.clocks.before(at, clockIn),
		Path:    q.path,
		NameAt:  len(patchSearch.get().needles[at.needle]) + q.at, // settle adds the needle's place
		NameLen: len(q.path),
		At:      at.at,
	}
}

// hold keeps the lines that are wanted, before their chunk goes.
func (p *patchScan) hold() { p.each(func(w *Warning) { w.hold() }, (*Line).hold) }

// each calls the functions with what is wanted of the places found.
func (p *patchScan) each(warning func(*Warning), line func(*Line)) {
	for _, list := range []*newest[Warning]{&p.named, &p.patches, &p.suspicious} {
		list.each(warning)
	}
	line(&p.log.Last.Line)
	line(&p.log.LastSession.Error)
}

// session begins a new session.
func (p *patchScan) session(at *place, text string) {
	if o := p.log.LastSession; o.WentThrough() {
		l := &p.log
		l.Through = append(l.Through[max(0, len(l.Through)-maxThrough+1):], o.CodeAt)
	}
	p.log.Sessions++
	p.log.LastSession = Outcome{}
	p.log.Last = Session{Number: p.log.Sessions, Line: at.Line}
	p.log.Last.Started, p.log.Last.Process = parseHeader(text)
}

// returned notes the session's result; the client's line comes after the server's.
func (p *patchScan) returned(at *place, text string) {
	code, ok := leadingCode(text)
	if !ok {
		return // the words alone are no result
	}
	last := &p.log.LastSession
	last.Code, last.HasCode, last.CodeAt, last.ClientAt = code, true, at.at, 0
	if isClient(at.before(longestEngine)) {
		last.ClientAt = at.Offset
	}
	if isLostSource(code) {
		p.failed(at)
	}
}

// failed notes the first line of the session that tells why.
func (p *patchScan) failed(at *place) {
	if p.log.LastSession.Error.Number == 0 {
		p.log.LastSession.Error = at.Line
	}
}

// fold makes a key of text that is compared without case for ASCII letters.
func fold(text string) string {
	b := []byte(text)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}
