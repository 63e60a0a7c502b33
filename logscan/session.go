package logscan

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// parseHeader reads what stands behind the header's first words.
func parseHeader(text string) (started, process string) {
	started, rest, _ := strings.Cut(text, "Build type:")
	started, _, _ = strings.Cut(started, "===")
	_, process, _ = strings.Cut(rest, "Calling process:")
	process, _, _ = strings.Cut(process, " ===") // behind it may stand what a collector has added
	process = strings.TrimRight(strings.TrimSpace(process), "=")
	return strings.TrimSpace(started), strings.TrimSpace(process)
}

// LastSession finds the last session of a log of Windows Installer, from its end backwards, verbose or not. The numbers
// of session and line are 0: what stands before is not read. Without a header it is the zero Session.
func LastSession(ctx context.Context, r io.ReaderAt, size int64) (Session, error) {
	p, err := NewPager(r, size)
	if err != nil {
		return Session{}, err
	}
	for to := size; ; {
		at, err := p.Find(ctx, plainOpener+": ", to, true) // without case: "Verbose logging started: " as well
		if err != nil || at < 0 {
			return Session{}, err
		}
		lines, i, err := p.Around(at, 0, 0)
		if err != nil || i >= len(lines) {
			return Session{}, err
		}
		if s, ok := sessionOf(lines[i]); ok {
			return s, nil
		}
		to = lines[i].Offset
	}
}

// sessionOf reads a session's header.
func sessionOf(line Line) (Session, bool) {
	s := Session{Line: line}
	if _, text, ok := strings.Cut(line.Text, header); ok {
		s.Started, s.Process = parseHeader(text)
		return s, true
	}
	h, ok := readHeader(line.Text)
	s.Started = h.started
	return s, ok && h.words == plainOpener
}

// After reports whether a session began after another of the same computer. known is false where the headers do not
// tell: one cannot be read, both are the same, or which is later depends on whether their writer puts the day or the
// month first. Two accounts may write in two orders; a day near the time written is the one that is meant.
func (s Session) After(t Session) (later, known bool) {
	var same, all, near [][2]time.Time
	for i, a := range s.readings() {
		for j, b := range t.readings() {
			if a.IsZero() || b.IsZero() {
				continue
			}
			pair := [2]time.Time{a, b}
			all = append(all, pair)
			if i == j {
				same = append(same, pair)
			}
			if s.near(a) && t.near(b) {
				near = append(near, pair)
			}
		}
	}
	for _, pairs := range [][][2]time.Time{same, all, near} {
		if later, known = allAfter(pairs); known {
			break
		}
	}
	return later, known
}

// allAfter reports whether in every pair the first is after the second; known is false where the pairs differ.
func allAfter(pairs [][2]time.Time) (later, known bool) {
	for _, p := range pairs {
		after := p[0].After(p[1])
		if p[0].Equal(p[1]) || known && after != later {
			return false, false
		}
		later, known = after, true
	}
	return later, known
}

// near reports whether a reading is that of a log which was last written soon after.
func (s Session) near(t time.Time) bool { return !s.Written.IsZero() && t.After(s.Written.Add(-slack)) }

// readings are the times that Started can mean: the month first, the day first, the year first. A zero one is none. A
// header without a year has that of the time written, or the year before, as a stamp of the set-up log does. A log
// cannot tell of what began after it was written: such a reading is none, unless nothing else is left.
func (s Session) readings() (times [3]time.Time) {
	n, clock := dateAndClock(s.Started)
	if clock == nil {
		return times
	}
	for i, order := range [3][3]int{{2, 0, 1}, {2, 1, 0}, {0, 1, 2}} {
		switch {
		case len(n) == 2 && i < 2 && !s.Written.IsZero():
			if t := yearOf([6]int{n[order[1]], n[order[2]], clock[0], clock[1], clock[2]}, s.Written); !t.IsZero() {
				times[i] = dated(t.Year(), n[order[1]], n[order[2]], clock, false)
			}
		case len(n) == 3:
			times[i] = dated(n[order[0]], n[order[1]], n[order[2]], clock, i < 2)
		}
	}
	possible := times
	for i, t := range possible {
		if !s.Written.IsZero() && t.After(s.Written.Add(slack)) {
			possible[i] = time.Time{}
		}
	}
	if possible != [3]time.Time{} {
		return possible
	}
	return times
}

// Began is Started with its date in the order of ISO 8601, by the writer's clock, where the header can mean one day
// only, or only one that is near the time written; else it is as written.
func (s Session) Began() string {
	for _, counts := range []func(time.Time) bool{func(time.Time) bool { return true }, s.near} {
		var days []time.Time
		for _, t := range s.readings() {
			if !t.IsZero() && counts(t) && !slices.ContainsFunc(days, t.Equal) {
				days = append(days, t)
			}
		}
		if len(days) == 1 {
			return days[0].Format(time.DateTime)
		}
	}
	return s.Started
}

// dated is a time, zero if there is no such day. short: a year of two digits is one of this century.
func dated(year, month, day int, clock []int, short bool) time.Time {
	switch {
	case year < 100 && short:
		year += 2000
	case year > 2400 && year < 2700:
		year -= 543 // of the Buddhist era
	}
	t := time.Date(year, time.Month(month), day, clock[0], clock[1], clock[2], 0, time.UTC)
	if year < 1000 || int(t.Month()) != month || t.Day() != day {
		return time.Time{}
	}
	return t
}

// dateAndClock are the numbers of the date and the three of the clock, whose seconds some do not write: "12/3/2015
// 13:14:36", "2025. 07. 25. 16:37", "2/6  23.15.13", "7/25/2025 4:37:07 PM". The clock is nil where there is none.
func dateAndClock(text string) (date, clock []int) {
	fields := strings.Fields(strings.Replace(text, "T", " ", 1))
	for i, field := range slices.Backward(fields) {
		n := numbers(field)
		if clock == nil && len(n) >= 2 && i > 0 {
			clock = append(n, 0)[:3]
			clock[0] = hourOfDay(clock[0], field, fields[i-1], append(fields, "")[i+1])
			continue
		}
		if clock != nil {
			date = append(n, date...)
		}
	}
	return date, clock
}

// What stands beside a clock of twelve hours, before and after noon, in capitals.
var (
	morningWords   = []string{"AM", "A.M.", "A.", "上午", "午前", "오전", "ΠΜ", "Π.Μ."}
	afternoonWords = []string{"PM", "P.M.", "P.", "下午", "午後", "오후", "ΜΜ", "Μ.Μ."}
)

// hourOfDay is the hour by a clock of 24 hours, where the clock, or a word beside it, tells of which half of the day it
// is: the hour after midnight is 12 AM, that after noon 12 PM.
func hourOfDay(hour int, clock string, beside ...string) int {
	says := func(words []string) bool {
		return slices.ContainsFunc(words, func(w string) bool {
			return strings.HasSuffix(strings.ToUpper(clock), w) ||
				slices.ContainsFunc(beside, func(b string) bool { return strings.ToUpper(b) == w })
		})
	}
	switch {
	case hour == 12 && says(morningWords):
		return 0
	case hour < 12 && says(afternoonWords):
		return hour + 12
	}
	return hour
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
