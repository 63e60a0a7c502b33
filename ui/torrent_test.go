//go:build unix

package ui_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// names are what help desks paste: one a line, some with a y and an n in them, some beginning with one.
var names = strings.Join([]string{"york-01", "sydney02", "nyc-fs-03", "dc1.company.tv", "hyperv-07", "BYTE-SQL", "yes",
	"y", "backup-ny", "player", "SYSTEM-11", "yellow"}, "\r") + "\r"

const (
	startAsked = "Start MARSAgentInstaller.exe?"
	copyAsked  = "Copy it as 7b5ea8.msi?"
	again      = " again"
	tooSoon    = "the question has just appeared: press y again"
	tooMany    = "several keys came at once: press y again"
	noAnswer   = "pasted text is no answer"
	held       = 30 * time.Millisecond
)

// writes is a torrent in one write.
func writes(keys ...string) func(s *seated) {
	return func(s *seated) { s.key(strings.Join(keys, "")) }
}

// pasted is text as a terminal sends what is pasted, where it tells so.
func pasted(text string) string { return "\x1b[200~" + text + "\x1b[201~" }

func scenario(name string) []string { return []string{"--scenario", name} }

// torrent is keys that come as from no person, and what they are to leave.
type torrent struct {
	name  string
	typed string // before the program was started
	args  []string
	at    string // walked to before
	play  func(s *seated)
	says  string   // on the screen afterwards
	want  []string // changes by then
	yes   string   // the change that a y then makes
}

// TestNobodyConfirmsWhatHeHasNotSeen lets keys come as they come from the clipboard, from a finger that stays on a key
// and from a program: none of them confirms anything. What a torrent leaves standing can be confirmed by somebody who
// looks.
func TestNobodyConfirmsWhatHeHasNotSeen(t *testing.T) {
	t.Parallel()
	for _, c := range []torrent{
		{name: "enter and y 300 times in one write", play: writes(strings.Repeat("\ry", 300)), yes: "start"},
		{name: "enter and y before the first frame", typed: strings.Repeat("\ry", 300), play: writes(), yes: "start"},
		{name: "enter and y in writes of 7 bytes", play: func(s *seated) {
			s.times(43, 5*time.Millisecond, "\ry\ry\ry\r", "y\ry\ry\ry")
		}, yes: "start"},
		{name: "enter and y every 16 ms", play: func(s *seated) {
			s.times(120, 16*time.Millisecond, "\r", "y")
		}, says: again, yes: "start"},
		{name: "names in one write", at: startAsked, play: writes(names)},
		{name: "names a key at a time", at: startAsked, play: func(s *seated) {
			s.times(1, 15*time.Millisecond, strings.Split("dc1\r"+names, "")...)
		}},
		{name: "names in brackets", at: startAsked, play: writes(pasted(names)), says: noAnswer, yes: "start"},
		{name: "y in brackets", at: startAsked, play: writes(pasted("y")), says: noAnswer, yes: "start"},
		{name: "y behind a paste", at: startAsked, play: writes(pasted("sql-07\r") + "y"), says: tooMany, yes: "start"},
		{name: "the word yes", at: startAsked, play: writes("yes\r"), says: "several keys came at once", yes: "start"},
		{name: "y with a line end", at: startAsked, play: writes("y\r\n"), says: tooMany, yes: "start"},
		{name: "y held down since the step before", at: "Step 5 of 12", play: func(s *seated) {
			s.key("\r")
			s.times(50, held, "yy") // in twos, since this machine may be slow
		}, says: again, yes: "start"},
		{name: "enter held down at an open wizard", args: scenario("wizard-open"), play: func(s *seated) {
			s.times(60, held, "\r\r") // in twos, as below
		}, says: again},
		{name: "y right behind a new size", at: startAsked, play: func(s *seated) {
			s.atOnce(func() { s.resize(100, 30) }, "─{98}") // the wider frame
		}, says: tooSoon, yes: "start"},
		{name: "y while the window is too small, and as it grows", at: startAsked, play: func(s *seated) {
			s.resize(40, 10)
			s.shows("60x16")
			s.times(20, held, "y")
			time.Sleep(beat)
			s.atOnce(func() { s.resize(80, 24) }, "Start MARSAgentInstaller")
		}, says: tooSoon, yes: "start"},
		{name: "y over help, and as it closes", at: startAsked, play: func(s *seated) {
			s.key("?")
			s.shows(`\n Keys`)
			time.Sleep(5 * beat)
			s.key("y")
			time.Sleep(beat)
			s.atOnce(func() { s.key("\x1b") }, "Start MARSAgentInstaller")
		}, says: tooSoon, yes: "start"},
		{name: "y over the log, and as it closes", at: "Step 4 of 12", play: func(s *seated) {
			s.key("l")
			s.shows("/ search")
			time.Sleep(5 * beat)
			s.times(3, beat, "y")
			s.key("\x1b")
			s.shows("Step 4 of 12")
			s.key("\ry\ry\r")
		}, yes: "start"},
		{name: "y behind a stay", at: startAsked, play: func(s *seated) {
			s.key("q")
			s.shows("Leave marsfix")
			s.atOnce(func() { s.key("n") }, "Start MARSAgentInstaller")
		}, says: tooSoon, yes: "start"},
		{name: "names at the question whether to leave", at: startAsked, play: func(s *seated) {
			s.key("q")
			s.shows("Leave marsfix")
			s.key(names)
		}},
		{name: "y typed ahead of the copy and while it runs", at: copyAsked, play: func(s *seated) {
			s.key("y")
			time.Sleep(beat)
			s.times(100, 15*time.Millisecond, "y", "\r")
		}, want: []string{"start", "copy"}},
		{name: "y, 150 ms, y", args: scenario("bad-target"), at: "Set the unusable", play: func(s *seated) {
			s.press("y", read)
			time.Sleep(150 * time.Millisecond)
			s.press("y", read)
		}, want: []string{"start", "set-aside"}, yes: "copy"},
		{name: "y held down", args: scenario("bad-target"), at: "Set the unusable", play: func(s *seated) {
			s.key("y")
			time.Sleep(500 * time.Millisecond) // until a keyboard begins to repeat
			s.times(40, held, "yy")
		}, says: again, want: []string{"start", "set-aside"}, yes: "copy"},
		{name: "an id with its enter", args: scenario("unsigned"), at: "Step 9 of 12", play: writes("7b5ea8\r"),
			says: "several keys came at once: press enter again", want: []string{"start"}},
		{name: "an id in brackets", args: scenario("unsigned"), at: "Step 9 of 12", play: writes(pasted("7b5ea8\r")),
			says: "7b5ea8", want: []string{"start"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for try := 1; !c.played(t, try > 3); try++ {
				switch try {
				case 3:
					t.Log("this machine is too busy for a torrent of single keys: they come in twos")
				case 20:
					t.Fatal("this machine is too slow for a torrent of keys")
				}
			}
		})
	}
}

// played plays a torrent and holds what it leaves. It is not to be counted where the keys came too slowly.
func (c torrent) played(t *testing.T, twos bool) bool {
	s := sit(t, c.typed, c.args...)
	s.twos = twos
	switch {
	case c.typed != "":
	case c.at != "":
		s.to(c.at)
	default:
		s.ready("") // the computer was looked at: its disk is made
	}
	var before []string
	if c.typed == "" {
		before = s.cached() // of a program that has just begun the disk is still made
	}
	c.play(s)
	if s.late {
		return false
	}
	if says := regexp.MustCompile(c.says); c.says != "" {
		s.until(c.says, func(screen string) bool {
			return says.MatchString(screen) || !slices.Equal(s.deeds(), c.want)
		})
	}
	s.done()
	acts := s.deeds()
	switch {
	case s.late:
		return false
	case s.busy.Load() && !slices.Equal(acts, c.want):
		return false
	case !slices.Equal(acts, c.want):
		t.Fatalf("the journal tells of %q, want %q", acts, c.want)
	case len(c.want) < 2 && before != nil && !slices.Equal(before, s.cached()):
		t.Fatalf("the cache held %q and holds %q", before, s.cached())
	}
	if c.yes == "" {
		return true
	}
	s.to("y " + c.yes)
	s.key("y")
	want := append(slices.Clone(c.want), c.yes)
	s.until("the change that was confirmed", func(string) bool { return slices.Equal(s.deeds(), want) })
	return true
}
