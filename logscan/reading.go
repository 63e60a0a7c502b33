package logscan

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
)

// Reading is what reading the last session of a log line by line tells: it finds what a scan cannot, where there are no
// fixed words to look for. It is never the source of a name.
type Reading struct {
	// Doubt says why the file's text cannot be relied on.
	Doubt Doubt
	// Sample is the beginning of a file that is no log.
	Sample string
	// Verbose: an engine line or a verbose session's header was read.
	Verbose bool
	// Later: a session without engine lines began after the last one that the scan knows. The fields below are about
	// it.
	Later   bool
	Through bool   // one before it and behind all that the scan knows went through
	Started string // of that session, as written
	// Lost is the first line that tells of a lost source, in whatever language; its Number is 0 where it was not
	// counted.
	Lost Line
	// Product is the first line that tells of a lost source of the product itself, where the session names lost patches
	// and nothing else.
	Product Line
	// Unread is the first line that calls a cached file lost or unusable in other words than the warnings that the scan
	// finds, and File that file as logged.
	Unread Line
	File   string
	// Code is the result of a session of which the scan has none, by its last sentence or, 0, by that of its last
	// action; a failure without a code is only Failed.
	Code    int
	HasCode bool
	Failed  bool
	// GoesOn: what the scan has for the session's result is that of a part of it, or the beginning of a number; the log
	// ends before the session does.
	GoesOn bool
	// ThroughAt is the offset of the result of the last session that the scan knows to have gone through, before that
	// of which the result is told; 0 when none did.
	ThroughAt int64
	// Partial: the log begins within the session, or something was left out of it; it failed with 1603, and what is
	// left of it does not say why.
	Partial bool
}

// maxThrough is how many results of sessions are kept, to find the last that was not an inner engine's.
const maxThrough = 16

// throughAt is the last of some results that is a session's, 0 when none is: an engine's behind which the session goes
// on is none. Where more were kept out of sight the first is believed.
func throughAt(ctx context.Context, p *Pager, w *window, through []int64) (int64, error) {
	const behind = 8 << 10 // bytes: what follows a result, or goes on
	for i, at := range slices.Backward(through) {
		var end ending
		over := false // it has ended, or another one has begun
		err := p.each(ctx, w, at, min(at+behind, p.size), 0, func(line Line) {
			_, header := readHeader(line.Text)
			if over = over || header; !over {
				rest, engine := engineText(line.Text)
				end.line(line.Text, rest, engine)
			}
		})
		if err != nil || !end.goesOn || i == 0 && len(through) >= maxThrough {
			return at, err
		}
	}
	return 0, nil
}

// TellsLost reports whether a line tells of a lost source.
func (r Reading) TellsLost() bool { return r.Lost.Text != "" }

// readMost is how much of a log's end is read line by line. What a verbose log says in English is found by the scan,
// however long it is; logs without engine lines are short.
const readMost = 2 << 20

// ReadLast reads the last session of a log that ScanPatch has scanned, as far as the scan has not told all of it.
func ReadLast(ctx context.Context, r io.ReaderAt, size int64, log PatchLog) (Reading, error) {
	p, err := NewPager(r, size)
	if err != nil {
		return Reading{}, err
	}
	return read(ctx, p, log, size >= skimFrom)
}

// read is ReadLast; skim: the lines that are like most may be passed over. Where those that were read tell something,
// all are read.
func read(ctx context.Context, p *Pager, log PatchLog, skim bool) (Reading, error) {
	// Whose source it was that was not found is told by lines that are like many others.
	out, skimmed, err := readOnce(ctx, p, log, skim && log.LastSession.Patches == 0)
	if skimmed && err == nil && !out.plain() {
		out, _, err = readOnce(ctx, p, log, false)
	}
	return out, err
}

// plain reports whether reading has told nothing that the scan has not.
func (r Reading) plain() bool {
	return r.Doubt == NoDoubt && !r.TellsLost() && r.Product.Text == "" && r.File == "" && !r.Later && !r.GoesOn &&
		!r.Partial
}

// readOnce reads once, and tells whether lines were passed over.
func readOnce(ctx context.Context, p *Pager, log PatchLog, skim bool) (out Reading, skimmed bool, err error) {
	size := p.size
	x := reader{log: log, window: newWindow(), open: log.Sessions > 0}
	from, number := log.Last.Line.Offset, max(log.Last.Line.Number, 1)
	if from < size-readMost {
		from, number = size-readMost, 0
	}
	told := x.settle(size)
	begin, first := from, number
	if from < told {
		if log.named() {
			err = x.searchUnread(ctx, p, from, told)
		}
		from, number = told, 0
		err = errors.Join(err, p.loadEnd(x.window, from))
	}
	if err == nil && from > log.Last.Line.Offset && (from < size || log.Sessions == 0) {
		err = x.begin(ctx, p, from)
	}
	rest := from
	if skim && !x.over && err == nil {
		if rest, err = x.skim(ctx, p, from); rest != from {
			number = 0
		}
	}
	if err == nil {
		err = p.each(ctx, x.window, rest, size, number, x.line)
	}
	if err != nil {
		return Reading{}, false, err
	}
	out, err = x.reading(ctx, p, from)
	if err == nil && out.Doubt == NoDoubt && !x.over && !out.Later && log.Sessions > 0 && x.engine == 0 && !x.action {
		out.Doubt, err = x.reversed(ctx, p)
	}
	if err == nil && out.Doubt == NoDoubt && len(log.Named) == 0 {
		out.Doubt, err = x.searchAltered(ctx, p, max(from, x.told))
	}
	if at := log.Last.Line.Offset; err == nil && out.Doubt == NoDoubt && len(log.Named) == 0 && at > 0 {
		var before []Line // a header is found wherever it stands: it may have ended what is out of step
		before, _, err = p.Around(at, 2, 0)
		if slices.ContainsFunc(before, func(l Line) bool { return isShifted(l.Text) }) {
			out.Doubt = Shifted
		}
	}
	if out.Doubt != NoDoubt { // its lines are not what Windows Installer wrote
		out.Unread, out.File = Line{}, ""
	}
	if through := log.Through; err == nil {
		if o := log.LastSession; out.Later && o.WentThrough() {
			through = append(slices.Clip(through), o.CodeAt)
		}
		out.ThroughAt, err = throughAt(ctx, p, x.window, through)
	}
	for _, l := range []*Line{&out.Lost, &out.Product, &out.Unread} {
		if l.Text != "" && l.Number == 0 && first > 0 && err == nil {
			l.Number = first
			err = p.each(ctx, x.window, begin, l.Offset, first, func(before Line) { l.Number = before.Number + 1 })
		}
	}
	return out, x.skimmed, err
}

// settle notes what of the last session the scan has told, and returns the offset up to which it needs no reading line
// by line; 0 where it does.
func (x *reader) settle(size int64) (told int64) {
	o := x.log.LastSession
	switch {
	case x.log.named() && !o.HasCode:
		x.over, told = true, size // it names its package, and goes on
	case x.log.named():
		x.over, x.told = true, x.log.Named[0].Offset
	case o.WentThrough():
		x.over, x.told = true, cmp.Or(o.ClientAt, o.CodeAt)
	}
	if x.over && o.ClientAt > 0 {
		told = max(o.ClientAt, x.told)
	}
	x.told = max(x.told, told)
	return told
}

// Good reports whether a result of Windows Installer means success: 0, or only a restart is left.
func Good(code int) bool { return code == 0 || code == 1641 || code == 3010 }

// WentThrough reports whether a session ended well and tells of nothing that was lost.
func (o Outcome) WentThrough() bool {
	return o.HasCode && Good(o.Code) && o.Warnings == 0 && o.Error.Number == 0
}

// named reports whether the last session names a package.
func (l PatchLog) named() bool { return len(l.Named) > 0 && l.Named[0].Session == l.Sessions }

// reversed is the doubt about a log that ends with a session's header, where it begins with a session's end and engine
// lines behind that: a collector has written its newest line first.
func (x *reader) reversed(ctx context.Context, p *Pager) (d Doubt, err error) {
	ends, begun := false, false
	err = p.each(ctx, x.window, 0, min(headSize, x.log.Last.Line.Offset), 0, func(l Line) {
		h, header := readHeader(l.Text)
		_, engine := engineText(l.Text)
		switch {
		case begun:
		case header && strings.Contains(h.words, "stopped"):
			ends = true
		case header || engine:
			begun = true
			if engine && ends {
				d = Reversed
			}
		}
	})
	return d, err
}

// mentions reports whether all that is named stands within sentences, as people write of a log.
func mentions(named []Warning) bool {
	return !slices.ContainsFunc(named, func(w Warning) bool { return !w.mentioned() })
}

// mentioned reports whether three words or more stand before a warning on its line, and no beginning of an engine line.
func (w Warning) mentioned() bool {
	begin := "Warning: "
	if w.Kind == LostPatch {
		begin = string(patchNeedles[findPatch])
	}
	before := w.Text[:max(0, strings.LastIndex(w.Text[:w.NameAt], begin))]
	words := 0
	for _, part := range strings.Split(before, "<") {
		if _, text, tag := strings.Cut(part, ">"); tag {
			part = text
		}
		for _, word := range strings.Fields(part) {
			if word = strings.Trim(word, ".,:;!(\"'*_"); len(word) > 1 && firstWord(word) == word {
				words++
			}
		}
	}
	return words > 2 && !strings.Contains(before, "MSI (")
}

// reading says what was read.
func (x *reader) reading(ctx context.Context, p *Pager, from int64) (Reading, error) {
	x.concludes(from)
	if x.out.Partial {
		err := p.each(ctx, x.window, from, p.size, 0, func(l Line) {
			rest, _ := engineText(l.Text)
			x.out.Partial = x.out.Partial && !tellsOther(rest)
		})
		if err != nil {
			return Reading{}, err
		}
	}
	out := x.out
	if x.over {
		var err error
		switch {
		case x.damage.shifted:
			out.Doubt = Shifted
		case x.damage.broken():
			out.Doubt, err = howBroken(ctx, p, from, x.damage)
		case x.engine == 0 && x.log.Sessions == 0 && mentions(x.log.Named): // its result alone is no log
			out.Doubt, out.Sample = x.otherFile(p)
		}
		return out, err
	}
	switch {
	case out.TellsLost():
	case x.cause.Text != "":
		out.Lost = x.cause
	case !x.wentThrough():
		out.Lost = x.weak
	}
	out.Verbose = x.engine > 0 || x.log.Sessions > 0
	known := out.Verbose || (out.Later || x.opener != "") && !x.other || !mentions(x.log.Patches)
	switch {
	case x.damage.shifted:
		out.Doubt = Shifted
	case x.damage.broken():
		var err error
		if out.Doubt, err = howBroken(ctx, p, from, x.damage); err != nil {
			return Reading{}, err
		}
	case !known:
		out.Doubt, out.Sample = x.otherFile(p)
	case x.damage.translated(x.log) && x.damage.cut > 0,
		x.damage.misread, x.damage.cut > x.engine/2 && x.engine > 0 && !x.log.LastSession.HasCode:
		out.Doubt = Altered
	case x.damage.translated(x.log):
		out.Doubt = Translated
	}
	return out, nil
}

// concludes notes how the session ended, if it did; whether a partial one says why is still to be asked. The lines
// before the offset from were not read.
func (x *reader) concludes(from int64) {
	last := x.log.LastSession
	if e := last.Error; !x.out.Later && x.out.Product.Text == "" && last.Patches > 0 && e.Number > 0 && e.Offset < from {
		x.out.Product = e // whose source that was is not known
	}
	if code := x.end.code; x.own.Text != "" && x.out.File == "" && (code == notOpened || code == notValid) {
		x.out.Unread, x.out.File = x.own, cachedIn(x.own.Text)
	}
	switch {
	case !x.out.Later && x.log.LastSession.HasCode:
		x.out.GoesOn = x.end.goesOn || x.damage.short
		x.out.Partial = (x.gap || x.log.Sessions == 0 && from == 0) && x.log.LastSession.Code == fatalError &&
			!x.out.GoesOn
	case (x.out.Later || x.log.Sessions == 0) && (x.end.engine || x.end.closed):
		x.out.Code, x.out.HasCode, x.out.Failed = x.end.code, x.end.hasCode, x.end.failed
	}
}

// wentThrough reports whether the session is known to have ended well.
func (x *reader) wentThrough() bool {
	if x.out.HasCode {
		return Good(x.out.Code)
	}
	return !x.out.Later && !x.out.GoesOn && x.log.LastSession.HasCode && Good(x.log.LastSession.Code)
}
