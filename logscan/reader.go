package logscan

import (
	"context"
	"strings"
)

// reader reads line by line.
type reader struct {
	log    PatchLog
	window *window
	over   bool  // the scan has told all of its last session: only a later one counts, behind the place told
	told   int64 // offset in the log
	open   bool  // a verbose session has begun and not ended
	end    ending
	source sources
	own    Line // names the session's own package, a cached one
	out    Reading
	gap    bool   // something was left out
	weak   Line   // says that one source was not there; another one may have been
	last   Line   // the line before
	cause  Line   // an error 1714 whose reason may stand in the next lines
	opened int    // lines since
	opener string // the words of the log's first header
	engine int
	action bool // a line as logs without engine lines have them
	other  bool // another program has written the log, one with the same kind of header
	first  Line
	damage damage

	skimmed bool // lines were passed over
}

// begin looks at the log's first bytes, for whose it is, or, where a verbose session says that, for its first header
// alone, and at those behind the session's result, for whether it goes on there: all the rest up to the offset from is
// not read.
func (x *reader) begin(ctx context.Context, p *Pager, from int64) (err error) {
	head := reader{}
	if x.log.Sessions > 0 {
		var first string
		if first, err = p.first(); err == nil {
			head.line(Line{Text: first})
		}
	} else {
		err = p.each(ctx, x.window, 0, min(headSize, p.size), 1, head.line)
		x.damage = head.damage
	}
	x.first, x.engine, x.opener, x.action, x.other = head.first, head.engine, head.opener, head.action, head.other
	if o := x.log.LastSession; err == nil && o.HasCode && o.CodeAt < from {
		err = p.each(ctx, x.window, o.CodeAt, min(o.CodeAt+pageSize, from), 0, func(l Line) {
			rest, engine := engineText(l.Text)
			x.end.line(l.Text, rest, engine)
		})
	}
	return err
}

// line reads the next one.
func (x *reader) line(l Line) {
	text := l.Text
	if strings.TrimSpace(text) == "" { // a log may be made of them
		x.opened, x.damage.open = x.opened+1, false
		return
	}
	if x.first.Text == "" {
		x.first = l
	}
	if h, ok := readHeader(text); ok {
		x.header(h, x.first.Offset == l.Offset)
	}
	rest, engine := engineText(text)
	if engine {
		x.engine++
	}
	x.action = x.action || isAction(text)
	if l.Offset >= x.log.LastSession.ClientAt { // what ended before was a part of the session
		x.end.line(text, rest, engine)
	}
	if strings.HasPrefix(header, text) && len(text) > len("===") {
		x.end.forget() // the log ends within the header of another session
	}
	x.open = x.open && !x.end.engine
	x.other = x.other || strings.HasPrefix(text, "Executable: ") || strings.Contains(text, "--- logging level:")
	if !x.over || x.log.named() {
		x.unread(l, rest)
	}
	switch {
	case !x.over:
		x.tells(l, rest, engine)
		x.damage.line(text, rest, engine)
	case l.Offset > x.told: // behind the line that says so
		x.afterwards(l, rest, engine)
	case x.log.Sessions == 0: // its header may be broken as well
		x.damage.line(text, rest, engine)
	}
	x.last = l
}

// afterwards takes a line after a session has given its result or named its package: a contradiction of that result
// must not be missed.
func (x *reader) afterwards(l Line, rest string, engine bool) {
	if told, _ := lostIn(rest, ""); told && !x.log.named() {
		x.lost(l)
	}
	x.damage.line(l.Text, rest, engine)
}

// header begins a session that has no engine lines; verbose ones are the scan's, and in the middle of one installers
// with screens begin and end the logging of theirs (seen in logs of Windows Installer 5). The log's first line shows
// what such a header is called in its language. Any other may as well end a session, as the server's "=== Logging
// stopped: " does.
func (x *reader) header(h sessionHeader, first bool) {
	stops := strings.Contains(h.words, "stopped")
	if stops || h.verbose {
		x.end.closed = x.end.closed || stops
		x.open = x.open && !(stops && h.verbose)
		return
	}
	if first && x.log.Last.Number == 0 {
		x.opener = h.words
	}
	switch {
	case x.open:
	case h.words != x.opener && h.words != plainOpener:
		x.end.closed = true
	default:
		through := x.out.Through || x.out.Later && x.end.closed && x.end.hasCode && Good(x.end.code) &&
			!x.out.TellsLost()
		x.over, x.weak, x.cause, x.end = false, Line{}, Line{}, ending{}
		x.out = Reading{Later: true, Through: through, Started: h.started}
	}
}

// tells notes what a line says of the session's end and of a lost source.
func (x *reader) tells(l Line, rest string, engine bool) {
	if code, ok := statusIn(rest); ok && isLostSource(code) {
		x.lost(l)
	}
	switch {
	case strings.Contains(rest, "SOURCEMGMT: Resolved source to"):
		x.weak = Line{}
	case isSourceTried(rest):
		x.weak = l
	}
	before := x.last.Text
	x.opened++
	if engine || isAction(rest) { // it is no line's continuation
		before, x.opened = "", openLines+1
	}
	if end := strings.TrimLeft(rest, "> \t|"); before != "" && end != "" && isDigit(before[len(before)-1]) &&
		isDigit(end[0]) {
		rest = before + end // a number that was broken
	}
	x.gap = x.gap || isGap(rest)
	told, open := lostIn(rest, before)
	if x.source.line(rest); x.log.LastSession.Patches > 0 && x.out.Product.Text == "" && x.source.product(rest, told) {
		x.out.Product = l
	}
	switch {
	case told, x.out.Later && strings.Contains(rest, string(patchNeedles[findResolve])):
		x.lost(l)
	case open:
		x.cause, x.opened = l, 0
	case x.cause.Text != "" && x.opened <= openLines:
		x.reason(rest)
	}
}

// reason takes a line behind an error 1714, which its message may go on in.
func (x *reader) reason(text string) {
	switch n, ok := endNumber(text); {
	case ok && isLostSource(n):
		x.lost(x.cause)
	case ok:
		x.cause = Line{} // another reason
	}
}

// openLines is how many lines a message may be broken into.
const openLines = 3

func (x *reader) lost(l Line) {
	x.cause = Line{}
	if !x.out.TellsLost() {
		x.out.Lost = l
	}
}
