package bundle

import (
	"context"

	"marsfix/logscan"
)

// sessionMark begins a session in a Windows Installer log.
const sessionMark = "=== Verbose logging started: "

// logSpan is a part of a log, in bytes; it begins and ends where lines do.
type logSpan struct{ from, to int64 }

func total(spans []logSpan) int64 {
	n := int64(0)
	for _, s := range spans {
		n += s.to - s.from
	}
	return n
}

// keptSpans tells which parts of a log are kept when it is longer than most bytes: its last sessions, and if the
// warning in question lies before them, the part of its session around it.
func keptSpans(ctx context.Context, log paged, most int64, named *logscan.Warning) ([]logSpan, error) {
	n := log.size
	if n <= most {
		return []logSpan{{0, n}}, nil
	}
	tail, err := lastSessions(ctx, log, most*3/4)
	if err != nil {
		return nil, err
	}
	if named == nil || named.At >= tail.from {
		return []logSpan{tail}, nil
	}
	head, err := aroundWarning(ctx, log.pager, named.At, most/4)
	if err != nil {
		return nil, err
	}
	if head.to >= tail.from {
		return []logSpan{{head.from, n}}, nil
	}
	return []logSpan{head, tail}, nil
}

// lastSessions is the end of a log, from the first session on that begins in its last most bytes. Where that would
// leave out most of them, or none begins there, it starts in the middle of a session.
func lastSessions(ctx context.Context, log paged, most int64) (logSpan, error) {
	p, n := log.pager, log.size
	from, err := lineAfter(p, n-most)
	if err != nil {
		return logSpan{}, err
	}
	header, err := p.Find(ctx, sessionMark, from, false)
	if err != nil {
		return logSpan{}, err
	}
	if header >= 0 && n-header > most/2 {
		from = header
	}
	return logSpan{from, n}, nil
}

// aroundWarning is at most most bytes around a warning, and nothing before its session's header.
func aroundWarning(ctx context.Context, p *logscan.Pager, at, most int64) (logSpan, error) {
	from, err := lineAfter(p, max(0, at-most/2))
	if err != nil {
		return logSpan{}, err
	}
	header, err := p.Find(ctx, sessionMark, at, true)
	if err != nil {
		return logSpan{}, err
	}
	to, err := lineAfter(p, at+most/2)
	return logSpan{max(min(from, at), header), to}, err
}

// lineAfter is where the next line begins behind a place; the place of the line itself when there is no other.
func lineAfter(p *logscan.Pager, at int64) (int64, error) {
	lines, i, err := p.Around(at, 0, 1)
	if err != nil || len(lines) == 0 {
		return 0, err
	}
	return lines[min(i+1, len(lines)-1)].Offset, nil
}
