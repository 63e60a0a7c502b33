package logscan

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"
)

// parseHeader reads what stands behind the header's first words.
func parseHeader(text string) (started, process string) {
	started, rest, _ := strings.Cut(text, "Build type:")
	started, _, _ = strings.Cut(started, "===")
	_, process, _ = strings.Cut(rest, "Calling process:")
	process = strings.TrimRight(strings.TrimSpace(process), "=")
	return strings.TrimSpace(started), strings.TrimSpace(process)
}

// LastSession finds the last session of a log of Windows Installer, from its end backwards. The numbers of session and line are 0: what
// stands before is not read. Without a header it is the zero Session.
func LastSession(ctx context.Context, r io.ReaderAt, size int64) (Session, error) {
	p, err := NewPager(r, size)
	if err != nil {
		return Session{}, err
	}
	at, err := p.Find(ctx, header, size, true)
	if err != nil || at < 0 {
		return Session{}, err
	}
	lines, i, err := p.Around(at, 0, 0)
	if err != nil || i >= len(lines) {
		return Session{}, err
	}
	_, text, _ := strings.Cut(lines[i].Text, header)
	s := Session{Line: lines[i]}
	s.Started, s.Process = parseHeader(text)
	return s, nil
}

// After tells whether a session began after another of the same computer. known is false where the headers do not tell: one cannot be read,
// both are the same, or which is later depends on whether their writer puts the day or the month first.
func (s Session) After(t Session) (later, known bool) {
	a, b := s.readings(), t.readings()
	for i := range a {
		if a[i].IsZero() || b[i].IsZero() {
			continue
		}
		after := a[i].After(b[i])
		if a[i].Equal(b[i]) || known && after != later {
			return false, false
		}
		later, known = after, true
	}
	return later, known
}

// readings are the times that Started can mean: the month first, the day first, the year first. A zero one is none.
func (s Session) readings() (times [3]time.Time) {
	n := numbers(s.Started)
	if len(n) < 5 {
		return times
	}
	clock := append(n[3:len(n):len(n)], 0) // some write no seconds
	for i, order := range [3][3]int{{2, 0, 1}, {2, 1, 0}, {0, 1, 2}} {
		year, month, day := n[order[0]], n[order[1]], n[order[2]]
		if year < 100 && i < 2 {
			year += 2000
		}
		t := time.Date(year, time.Month(month), day, clock[0], clock[1], clock[2], 0, time.UTC)
		if year >= 1000 && int(t.Month()) == month && t.Day() == day {
			times[i] = t
		}
	}
	return times
}

// numbers are the runs of digits in a text.
func numbers(text string) (ns []int) {
	for _, digits := range strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
		n, err := strconv.Atoi(digits)
		if err != nil {
			return nil // longer than any number in a date
		}
		ns = append(ns, n)
	}
	return ns
}
