//go:build unix

package ui_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	// paceOfReading is between two lines of a person who reads what he answers. It is time that is tested here, so that
	// nothing on the screen tells when it is over.
	paceOfReading = 700 * time.Millisecond
	tooEarly      = "the question has just appeared: answer again"
	tooManyLines  = "several lines came at once: answer again"
)

// plainTorrent is lines that come as from no person, and what they are to leave.
type plainTorrent struct {
	name  string
	typed string // before the program was started
	args  []string
	to    []string // questions that are answered before, in their order: what is asked and the answer in turns
	at    string   // the question that the lines are for
	read  bool     // it has stood for long when they come
	play  func(s *seated)
	says  string
	want  []string // changes by then
}

// each types a text byte by byte. From the first line on to the second a pause of the kind that a person makes is too
// long, and behind it one in which a question can be read.
func each(pause time.Duration, text string) func(s *seated) {
	return func(s *seated) {
		for i := range len(text) {
			most := read
			if strings.Count(text[:i], "\n") < 2 {
				most = lone
			}
			s.press(text[i:i+1], most)
			time.Sleep(pause)
		}
	}
}

// TestPlainModeConfirmsNothingUnread lets lines come at a terminal as they come from the clipboard, from a program and
// from somebody who types ahead: none of them answers a question.
func TestPlainModeConfirmsNothingUnread(t *testing.T) {
	t.Parallel()
	const start, closeIt, copied = `Start MARSAgentInstaller\.exe\?`, `Close`, `Copy it as 7b5ea8\.msi\?`
	const unsigned = "To use it anyway, type 7b5ea8"
	ids := strings.Repeat("7b5ea8\n", 30)
	ys := strings.Repeat("y\n", 100)
	list := strings.Repeat("sydney\nyork\ny\n", 8)
	for _, c := range []plainTorrent{
		{name: "typed before the program began", typed: strings.Repeat("y\n", 20), at: start, play: writes()},
		{name: "y and enter every 16 ms", at: start, read: true, says: tooManyLines,
			play: each(16*time.Millisecond, ys)},
		{name: "y and enter every 16 ms at once", at: start, play: each(16*time.Millisecond, ys), says: "answer again"},
		{name: "names every 10 ms", at: start, read: true, play: each(10*time.Millisecond, list), says: "answer again"},
		{name: "names every 3 ms", at: start, read: true, play: each(3*time.Millisecond, "hosts\nyes\ny\n"),
			says: tooManyLines},
		{name: "20000 lines pasted", at: start, read: true, play: writes(strings.Repeat("y\n", 20000)),
			says: tooManyLines},
		{name: "names pasted", at: start, read: true, play: writes(names), says: tooManyLines},
		{name: "y and a long name", at: start, read: true, says: tooManyLines,
			play: each(10*time.Millisecond, "y\nfile-server-of-york.example\n")},
		{name: "a line every 200 ms, from the beginning on", says: tooEarly, play: func(s *seated) {
			for after := 0; after < 6; {
				s.press("y\n", read)
				time.Sleep(200 * time.Millisecond)
				if regexp.MustCompile(start).MatchString(s.out()) {
					after++
				}
			}
		}},
		{name: "behind an answer", to: []string{start, "y\n"}, at: copied, want: []string{"start"},
			says: "answer again", play: each(16*time.Millisecond, ys)},
		{name: "y and enter at a file to be set aside", args: scenario("bad-target"), to: []string{start, "y\n"},
			at: `Set the unusable`, read: true, want: []string{"start"}, play: each(16*time.Millisecond, ys)},
		{name: "behind the file that was set aside", args: scenario("bad-target"), at: copied,
			to: []string{start, "y\n", `Set the unusable`, "y\n"}, want: []string{"start", "set-aside"},
			play: each(16*time.Millisecond, ys)},
		{name: "an id typed again and again", args: scenario("unsigned"), to: []string{start, "y\n"}, at: unsigned,
			want: []string{"start"}, play: each(16*time.Millisecond, ids)},
		{name: "ids pasted", args: scenario("unsigned"), to: []string{start, "y\n"}, at: unsigned, read: true,
			want: []string{"start"}, play: writes(ids), says: tooManyLines},
		{name: "at the wizard's end", to: []string{start, "y\n", copied, "y\n"}, at: closeIt,
			want: []string{"start", "copy"}, play: each(16*time.Millisecond, ys), says: "answer again"},
		{name: "at the upgrade", to: []string{start, "y\n", copied, "y\n", closeIt, "y\n"}, at: `Run `, read: true,
			want: []string{"start", "copy", "close-wizard"}, play: each(16*time.Millisecond, ys), says: "answer again"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for try := 1; !c.played(t); try++ {
				if try == 10 {
					t.Fatal("this machine is too slow for a torrent of lines")
				}
			}
		})
	}
}

// played plays a torrent and holds what it leaves. It is not to be counted where the lines came too slowly.
func (c plainTorrent) played(t *testing.T) bool {
	s := sit(t, c.typed, append([]string{"--plain"}, c.args...)...)
	for i := 0; i < len(c.to); i += 2 {
		s.asked(c.to[i])
		s.answers(c.to[i+1])
	}
	var before []string
	if c.at != "" {
		s.asked(c.at)
		before = s.cached() // before the first question the disk is still made
	}
	if c.read {
		time.Sleep(paceOfReading)
	}
	c.play(s)
	code := s.leaves()
	acts := s.deeds()
	switch {
	case s.late, s.busy.Load() && !slices.Equal(acts, c.want):
		return false
	case code > 3: // which of a walk's it is depends on what was done before
		t.Errorf("exit code %d", code)
	case !slices.Equal(acts, c.want):
		t.Errorf("the journal tells of %q, want %q", acts, c.want)
	case before != nil && !slices.Equal(before, s.cached()):
		t.Errorf("the cache held %q and holds %q", before, s.cached())
	case !strings.Contains(s.out(), c.says):
		t.Errorf("%q was not said:\n%s", c.says, s.out())
	}
	switch n := strings.Count(s.out(), "answer again"); { // once for each bunch of lines, and not for each line
	case n > 10:
		t.Errorf("it is said %d times that an answer came too soon", n)
	case n > 2:
		return false // a machine that stood still has cut the torrent into several
	}
	return true
}

// out is all that the program has printed.
func (tm *terminal) out() string {
	tm.mu.Lock()
	defer tm.mu.Unlock()
	return tm.raw.String()
}

// asked waits for a question, whole.
func (s *seated) asked(pattern string) {
	s.t.Helper()
	re := regexp.MustCompile(`question: ` + pattern + `[^:\n]*: `)
	s.until(pattern, func(string) bool { return re.MatchString(strings.ReplaceAll(s.out(), "\r", "")) })
}

// answers types a line as a person does who has read the question.
func (s *seated) answers(line string) {
	s.t.Helper()
	time.Sleep(paceOfReading)
	s.key(line)
}

// leaves says no as a person does, as often as it is asked for, and tells the exit code.
func (s *seated) leaves() int {
	s.t.Helper()
	limit := time.After(patience)
	for {
		select {
		case <-s.terminal.done:
			return s.exit()
		case <-time.After(paceOfReading):
			_, _ = s.tty.WriteString("n\n") // it may have ended meanwhile
		case <-limit:
			s.t.Fatalf("it does not end:\n%s", s.out())
		}
	}
}

// TestPlainModeIsAnsweredByAPerson: at a terminal the whole article is gone through by somebody who takes his time.
func TestPlainModeIsAnsweredByAPerson(t *testing.T) {
	t.Parallel()
	s := sit(t, "", "--plain")
	for _, pattern := range []string{`Start MARSAgentInstaller\.exe\?`, `Copy it as 7b5ea8\.msi\?`, `Close`, `Run `} {
		s.asked(pattern)
		s.answers("y\n")
	}
	if code := s.exit(); code != 0 || !slices.Contains(s.cached(), "7b5ea8.msi") ||
		strings.Contains(s.out(), "answer again") {
		t.Errorf("code %d, cache %q\n%s", code, s.cached(), s.out())
	}
}
