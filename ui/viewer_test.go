package ui

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"marsfix/steps/screen"
)

func TestViewerOpensAtTheMatch(t *testing.T) {
	m := viewing(t, numbered(5000))
	var match string
	for _, l := range shown(m) {
		if strings.Contains(l, ">") {
			match += l
		}
	}
	if strings.TrimSpace(match) != "> 2500  line 2500 of the log" {
		t.Errorf("the match is %q:\n%s", match, m.View())
	}
}

// TestViewerTellsItsPosition: the marked line while it is in sight, else the first one, of all lines; where nobody has
// counted them, how far it is into the log, until its end was in sight.
func TestViewerTellsItsPosition(t *testing.T) {
	c := numbered(5000)
	first := func(m *model) string { return strings.Split(ansi.Strip(m.View()), "\n")[0] }
	for _, x := range []struct {
		lines, size int64
		keys        []string
		want        string
	}{
		{5000, c.Size(), nil, "  2500 of 5000"},
		{5000, c.Size(), []string{"down"}, "  2500 of 5000"},
		{5000, c.Size(), []string{"pgdown"}, "  2512 of 5000"},
		{5000, c.Size(), []string{"home"}, "  1 of 5000"},
		{5000, c.Size(), []string{"/", "needle", "enter"}, "  3000 of 5000"},
		{5000, c.Size() - 1, nil, "  line 2500, 49 %"},
		{0, 0, []string{"home"}, "  line 1, 0 %"},
		{0, 0, []string{"end", "home"}, "  1 of 5000"},
	} {
		m := viewing(t, c)
		m.keysFor("esc")
		sc := m.screen
		sc.Log.Lines, sc.Log.Size = x.lines, x.size
		m.keysFor("l")
		if m.keysFor(x.keys...); !strings.HasSuffix(first(m), x.want) {
			t.Errorf("%d lines counted in %d bytes, after %q: %q, want %q", x.lines, x.size, x.keys, first(m), x.want)
		}
	}
}

// TestViewerMoves: whatever way is gone, the lines are consecutive, and their numbers are right.
func TestViewerMoves(t *testing.T) {
	t.Parallel()
	c := numbered(5000)
	for _, way := range []struct {
		keys  []string
		first int // line at the top
	}{
		{[]string{"down"}, 2495}, {[]string{"up", "up"}, 2492}, {[]string{"pgdown"}, 2512}, {[]string{"pgup"}, 2476},
		{[]string{"pgdown", "pgup"}, 2494}, {[]string{"home"}, 1}, {[]string{"home", "up", "pgup"}, 1},
		{[]string{"home", "pgdown", "down"}, 20},
		{[]string{"end"}, 4982}, {[]string{"end", "down", "pgdown"}, 4982}, {[]string{"end", "pgup"}, 4964},
		{[]string{"g"}, 1}, {[]string{"G"}, 4982},
		{[]string{"right", "left", "left"}, 2494}, {[]string{"G", "pgup", "g", "G", "up"}, 4981},
		{[]string{"/", "needle", "enter"}, 2994},
		{[]string{"/", "needle", "enter", "n", "N", "pgdown"}, 3012},
	} {
		m := viewing(t, c)
		m.keysFor(way.keys...)
		for i, l := range shown(m) {
			want := fmt.Sprintf("line %d of the log", way.first+i)
			number, text, found := strings.Cut(strings.TrimLeft(l, "> "), "line ")
			if !found || !strings.HasPrefix("line "+text, want) {
				t.Fatalf("after %q line %d is %q, want %q", way.keys, i, l, want)
			}
			if number = strings.TrimSpace(number); number != strconv.Itoa(way.first+i) {
				t.Fatalf("after %q line %d has the number %q: %q", way.keys, i, number, l)
			}
			if marked := strings.HasPrefix(l, " >"); marked != (way.first+i == 2500) && way.keys[0] != "/" {
				t.Fatalf("after %q line %d is marked: %v: %q", way.keys, way.first+i, marked, l)
			}
		}
	}
}

// TestViewerOfAWholeLog: where a step speaks of no line, none is marked.
func TestViewerOfAWholeLog(t *testing.T) {
	c := numbered(50)
	sc := excerptScreen()
	sc.Log, sc.Excerpt = &screen.LogRef{Path: sc.Log.Path}, nil
	m := opened(&fakeWalk{screen: sc}, size{80, 24}, Options{OpenLog: c.open})
	m.keysFor("l")
	if lines := shown(m); strings.Contains(m.View(), ">") || strings.TrimSpace(lines[0]) != "1  line 1 of the log" {
		t.Errorf("the log from its beginning:\n%s", m.View())
	}
}

// TestViewerReadsWhatItShows: moving about in a large log reads no more than its surroundings.
func TestViewerReadsWhatItShows(t *testing.T) {
	t.Parallel()
	c := numbered(1 << 20)
	m := viewing(t, c)
	m.keysFor("pgdown", "pgdown", "pgup", "home", "down")
	if read := c.read.Load(); read > c.Size()/8 {
		t.Errorf("%d of %d bytes were read", read, c.Size())
	}
	m.keysFor("end", "pgup", "up", "down")
	if read := c.read.Load(); read > c.Size()*9/8 {
		t.Errorf("to number the last lines %d of %d bytes were read", read, c.Size())
	}
	m.keysFor("esc")
	if m.over != nil || c.closed.Load() != 1 {
		t.Errorf("esc: over %v, closed %d times", m.over, c.closed.Load())
	}
}

func TestViewerTroubles(t *testing.T) {
	t.Parallel()
	c := numbered(3)
	m := viewing(t, c)
	if lines := shown(m); !strings.Contains(lines[0], "line 1") || strings.TrimSpace(lines[4]) != "" {
		t.Errorf("a log shorter than the window:\n%s", m.View())
	}
	m.keysFor("down", "pgdown", "pgup", "end", "home", "/", "nowhere", "enter")
	if !strings.Contains(m.View(), atEnd+": nowhere") {
		t.Errorf("nothing found:\n%s", m.View())
	}
	m.keysFor("ctrl+c")
	if m.over != nil || c.closed.Load() != 1 {
		t.Error("ctrl+c leaves the log open")
	}

	empty := &counted{Reader: bytes.NewReader(nil)}
	m = viewing(t, empty)
	if m.keysFor("down", "n", "/"); !strings.Contains(m.View(), emptyLog) {
		t.Errorf("an empty log:\n%s", m.View())
	}

	m = opened(&fakeWalk{screen: excerptScreen()}, size{80, 24},
		Options{OpenLog: func(screen.LogRef) (screen.Log, error) {
			return screen.Log{},
				errors.New("access is denied")
		}})
	m.keysFor("l")
	if !strings.Contains(m.View(), "access is denied") || !strings.Contains(m.View(), "OBPatch.log") {
		t.Errorf("a log that cannot be opened:\n%s", m.View())
	}
	m.keysFor("up", "end", "/", "x", "enter", "esc", "esc")
	if m.over != nil {
		t.Error("the viewer does not close")
	}
}

// TestViewerMovesWhileLinesAreCounted: a number that comes late is for its own line, and where that is out of sight
// others are counted.
func TestViewerMovesWhileLinesAreCounted(t *testing.T) {
	m := viewing(t, numbered(5000))
	_, late := m.Update(keyMsg("G"))
	if m.over.busy() != true || !strings.HasPrefix(shown(m)[0], "   line 4982") {
		t.Fatalf("it counts %v:\n%s", m.over.busy(), m.View())
	}
	for range 30 {
		m.Update(tea.KeyMsg{Type: tea.KeyPgUp}) // far from where it is counted to
	}
	m.settle(late)
	if first := shown(m)[0]; m.over.busy() || strings.TrimSpace(first) != "4442  line 4442 of the log" {
		t.Errorf("it counts %v, the first line is %q", m.over.busy(), first)
	}
}

// TestViewerOfALogThatCannotBeCounted: it says so once, and shows the lines all the same.
func TestViewerOfALogThatCannotBeCounted(t *testing.T) {
	m := viewing(t, numbered(50_000))
	v := m.over.(*viewer)
	v.log.Reader = failing{} // what shows the lines has its own
	m.keysFor("G")
	if again := v.number(); again != nil || v.busy() {
		t.Errorf("it counts again %v, still %v", again != nil, v.busy())
	}
	if text := m.View(); !strings.Contains(text, "the disk is gone") ||
		!strings.Contains(text, "line 50000 of the log") {
		t.Errorf("it shows\n%s", text)
	}
}

// TestQuitOverAView: q asks whether to leave from help and from the log too, but is text in a field.
func TestQuitOverAView(t *testing.T) {
	t.Parallel()
	for _, keys := range [][]string{{"?", "q"}, {"l", "q"}, {"l", "Q"}, {"l", "/", "esc", "q"}} {
		c := numbered(50)
		w := &fakeWalk{screen: excerptScreen()}
		m := opened(w, size{80, 24}, Options{OpenLog: c.open})
		m.keysFor(keys...)
		if m.over != nil || w.seen() != "q" || keys[0] == "l" && c.closed.Load() != 1 {
			t.Errorf("%q: over %v, events %q, closed %d times", keys, m.over, w.seen(), c.closed.Load())
		}
	}
	c := numbered(50)
	w := &fakeWalk{screen: excerptScreen()}
	m := opened(w, size{80, 24}, Options{OpenLog: c.open})
	m.keysFor("l", "/", "q", "u", "i", "t")
	if v := m.over.(*viewer); v.field.text() != "quit" || w.seen() != "" {
		t.Errorf("the field holds %q, events %q", v.field.text(), w.seen())
	}
}

// TestAltGrTypes: what keyboards make with AltGr comes with Alt set, and is text all the same.
func TestAltGrTypes(t *testing.T) {
	const text = `\[]{}@|~€µ²³ąćß?/`
	m := viewing(t, numbered(50))
	m.keysFor("/")
	for _, r := range text + "aZ5" { // those are Alt itself
		m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{0}, Alt: true})
		m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: true})
	}
	if got := m.over.(*viewer).field.text(); got != text {
		t.Errorf("the field holds %q, want %q", got, text)
	}
}

// TestViewerHostile: no control character of a log reaches the frame.
func TestViewerHostile(t *testing.T) {
	c := &counted{Reader: bytes.NewReader([]byte(strings.Repeat(strings.ReplaceAll(hostile, "\n", "")+"\n", 50)))}
	sc := excerptScreen()
	sc.Log.Offset = 0
	m := opened(&fakeWalk{screen: sc}, size{80, 24}, Options{OpenLog: c.open, NoColor: true})
	m.keysFor("l")
	if bad := controls(ansi.Strip(m.View())); bad != "" || !strings.Contains(m.View(), "a?[31mb") {
		t.Errorf("the viewer shows %q:\n%q", bad, m.View())
	}
}

// TestViewerClosedWhileOpening: a log that arrives for a viewer that is gone is closed, whatever stands there now.
func TestViewerClosedWhileOpening(t *testing.T) {
	c := numbered(5000)
	for _, keys := range [][]string{{"esc"}, {"esc", "l"}} {
		c.closed.Store(0)
		m := opened(&fakeWalk{screen: excerptScreen()}, size{80, 24}, Options{OpenLog: c.open})
		_, late := m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("l")})
		m.keysFor(keys...)
		m.settle(late)
		if c.closed.Load() != 1 || len(keys) == 2 && m.over == nil {
			t.Errorf("keys %q: closed %d times, over %v", keys, c.closed.Load(), m.over)
		}
	}
}

// TestViewerLeavesNothingBehind holds that closing a viewer ends all that it began, also after a search of its own.
func TestViewerLeavesNothingBehind(t *testing.T) {
	m := viewing(t, numbered(5000))
	m.keysFor("/", "n", "e", "e", "d", "l", "e", "enter")
	v := m.over.(*viewer)
	if v.wait != "" || v.remark != "" {
		t.Fatalf("the search did not come to its end: %q, %q", v.wait, v.remark)
	}
	m.keysFor("esc")
	if m.over != nil || v.ctx.Err() == nil {
		t.Errorf("the viewer is gone (%v), and what it began may go on", m.over == nil)
	}
}

// TestViewerShowsWhatTheStepSpeaksOf: the name in the line is in sight at 80 cells, also where the step quotes nothing.
func TestViewerShowsWhatTheStepSpeaksOf(t *testing.T) {
	const name = `C:\Windows\Installer\7b5ea8.msi`
	text := "first\nMSI (c) (2C:D0) [04:53:11:294]: Warning: Local cached package '" + name + "' is missing.\nlast\n"
	c := &counted{Reader: bytes.NewReader([]byte(text))}
	sc := excerptScreen()
	sc.Excerpt, sc.Log.Offset, sc.Log.Line = nil, 6, 2
	m := opened(&fakeWalk{screen: sc}, size{80, 24}, Options{OpenLog: c.open})
	for mark, seen := range map[string]bool{"": false, name: true} {
		m.screen.Log.Mark = mark
		if m.keysFor("l"); strings.Contains(ansi.Strip(m.View()), name) != seen {
			t.Errorf("marked %q:\n%s", mark, m.View())
		}
		m.keysFor("esc")
	}
}
