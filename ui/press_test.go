package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"marsfix/steps/screen"
)

// opened is a model over a walk in a window, begun.
func opened(w *fakeWalk, at size, o Options) *model {
	if o.Clock == nil {
		o.Clock = testClock()
	}
	m := newModel(context.Background(), w, o)
	m.Init()
	m.Update(tea.WindowSizeMsg{Width: at.w, Height: at.h})
	return m
}

// read has the terminal take the frame, and the engineer read it.
func (m *model) read() {
	_, _ = m.glass.Write([]byte(m.View()))
	_ = m.options.clock().Wait(m.ctx, readable)
	m.Update(ripeMsg{})
}

var named = map[string]tea.KeyType{"enter": tea.KeyEnter, "esc": tea.KeyEsc, "up": tea.KeyUp, "down": tea.KeyDown,
	"pgup":   tea.KeyPgUp,
	"pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd, "backspace": tea.KeyBackspace,
	"ctrl+c": tea.KeyCtrlC,
	"ctrl+j": tea.KeyCtrlJ, "left": tea.KeyLeft, "right": tea.KeyRight, "tab": tea.KeyTab, "delete": tea.KeyDelete,
	"ctrl+u": tea.KeyCtrlU}

// keysFor gives keys, by name or as text, at the pace of somebody who reads, and runs what comes of them to its end.
func (m *model) keysFor(keys ...string) {
	for _, k := range keys {
		m.read()
		msg := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(k)}
		if t, ok := named[k]; ok {
			msg = tea.KeyMsg{Type: t}
		}
		_, cmd := m.Update(msg)
		m.settle(cmd)
	}
}

// settle runs commands and gives their messages, as the toolkit would, except for clocks.
func (m *model) settle(cmd tea.Cmd) {
	if cmd == nil || m.screen.Doing != "" {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			m.settle(c)
		}
	case nil, tea.QuitMsg, spinMsg, ripeMsg:
	default:
		_, next := m.Update(msg)
		m.settle(next)
	}
}

func TestKeys(t *testing.T) {
	looking := lookingScreen()
	noted := witnessScreen()
	for _, c := range []struct {
		name   string
		screen screen.Screen
		keys   []string
		want   string
	}{
		{"yes is an answer", confirmScreen(), []string{"y"}, "answer(true,0,)"},
		{"no is an answer", confirmScreen(), []string{"n"}, "answer(false,0,)"},
		{"Caps Lock is forgiven", confirmScreen(), []string{"Y"}, "answer(true,0,)"},
		{"enter does not confirm", confirmScreen(), []string{"enter"}, ""},
		{"keys of the footer are pressed", confirmScreen(), []string{"esc", "r", "q"}, "esc r q"},
		{"keys that are not in the footer do nothing", confirmScreen(), []string{"s", "x", "tab", "delete", "1"}, ""},
		{"typed fast, each is a key", confirmScreen(), []string{"rn"}, "r answer(false,0,)"},
		{"enter goes on", noted, []string{"enter"}, "enter"},
		{"a line feed is enter", noted, []string{"ctrl+j"}, "enter"},
		{"y without a question does nothing", noted, []string{"y", "n"}, ""},
		{"while marsfix looks enter and y do nothing", looking, []string{"enter", "y"}, ""},
		{"while marsfix looks esc goes back", looking, []string{"esc"}, "esc"},
		{"ctrl+c interrupts", looking, []string{"ctrl+c"}, "interrupt"},
		{"ctrl+c interrupts from help", noted, []string{"?", "ctrl+c"}, "interrupt"},
		{"esc closes help first", noted, []string{"?", "esc", "esc"}, "esc"},
		{"keys under help are not pressed", noted, []string{"?", "r", "y"}, ""},
		{"down moves in a list", chooseScreen(), []string{"down", "down", "j", "up", "enter"}, "answer(false,2,)"},
		{"a list has ends", chooseScreen(), []string{"up", "enter", "end", "down", "enter"},
			"answer(false,0,) answer(false,11,)"},
		{"a digit chooses by number", chooseScreen(), []string{"3", "enter"}, "answer(false,2,)"},
		{"two digits choose by number", chooseScreen(), []string{"1", "2", "enter"}, "answer(false,11,)"},
		{"a number that is not there moves nothing", chooseScreen(), []string{"3", "0", "enter"}, "answer(false,2,)"},
		{"other keys of a list are pressed", chooseScreen(), []string{"s", "esc"}, "s esc"},
		{"hex digits are typed, c too", typeScreen(), []string{"7b5eC8", "enter"}, "answer(false,0,7b5eC8)"},
		{"backspace takes one back", typeScreen(), []string{"7b6", "backspace", "5", "enter"}, "answer(false,0,7b5)"},
		{"what was sent is gone", typeScreen(), []string{"7", "enter", "enter"}, "answer(false,0,7) answer(false,0,)"},
		{"other keys keep their meaning", typeScreen(), []string{"x", "q", "esc"}, "q esc"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := &fakeWalk{screen: c.screen}
			m := opened(w, size{80, 24}, Options{Copy: func(string) error { return nil }})
			m.keysFor(c.keys...)
			if got := w.seen(); got != c.want {
				t.Errorf("keys %q gave %q, want %q", c.keys, got, c.want)
			}
		})
	}
}

func TestPasteIsNoKey(t *testing.T) {
	w := &fakeWalk{screen: confirmScreen()}
	m := opened(w, size{80, 24}, Options{})
	m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("y"), Paste: true})
	if got := w.seen(); got != "" {
		t.Errorf("pasting y gave %q", got)
	}
	w = &fakeWalk{screen: typeScreen()}
	m = opened(w, size{80, 24}, Options{})
	m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("7b5ea8\r\nrm -"), Paste: true})
	m.keysFor("enter")
	if got := w.seen(); got != "answer(false,0,7b5ea8)" {
		t.Errorf("pasting an id gave %q", got)
	}
}

// A field is edited as every other: the cursor moves in it, and what is typed goes where it stands.
func TestFieldIsEdited(t *testing.T) {
	for _, tt := range []struct {
		keys []string
		want string
	}{
		{[]string{"7bea8", "left", "left", "left", "5"}, "7b5ea8"},
		{[]string{"b5ea8", "home", "7"}, "7b5ea8"},
		{[]string{"7b5ea88", "left", "delete"}, "7b5ea8"},
		{[]string{"ffff", "ctrl+u", "7b5ea8"}, "7b5ea8"},
		{[]string{"7b5ea88", "backspace", "end"}, "7b5ea8"},
	} {
		w := &fakeWalk{screen: typeScreen()}
		m := opened(w, size{80, 24}, Options{})
		m.keysFor(append(tt.keys, "enter")...)
		if got := w.seen(); got != "answer(false,0,"+tt.want+")" {
			t.Errorf("%q gave %q", tt.keys, got)
		}
		if text := m.answer.typed.text(); text != "" {
			t.Errorf("%q stays in the field", text)
		}
	}
}

func TestAltIsNoKey(t *testing.T) {
	w := &fakeWalk{screen: confirmScreen()}
	m := opened(w, size{80, 24}, Options{})
	m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("y"), Alt: true})
	if got := w.seen(); got != "" {
		t.Errorf("alt+y gave %q", got)
	}
}

func TestSmallWindowTakesCtrlCOnly(t *testing.T) {
	w := &fakeWalk{screen: confirmScreen()}
	m := opened(w, size{20, 5}, Options{})
	m.keysFor("y", "n", "q", "esc", "?", "ctrl+c")
	if got := w.seen(); got != "interrupt" {
		t.Errorf("a window too small to read gave %q", got)
	}
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	if !strings.Contains(m.View(), "Copy OBSAGENT.msi to") {
		t.Errorf("the step did not come back with the room:\n%s", m.View())
	}
}

func TestCopy(t *testing.T) {
	var copied string
	w := &fakeWalk{screen: witnessScreen()}
	m := opened(w, size{80, 24}, Options{Copy: func(s string) error { copied = s; return nil }})
	m.keysFor("c")
	if copied != "7b5ea8" || !strings.Contains(m.View(), "copied 7b5ea8") {
		t.Errorf("copied %q, and the screen says\n%s", copied, m.View())
	}
	m = opened(w, size{80, 24}, Options{Copy: func(string) error { return errors.New("no clipboard here") }})
	m.keysFor("c", "c")
	if !strings.Contains(m.View(), "cannot copy: no clipboard here; it will stand in the closing summary instead") {
		t.Errorf("a failure is not said:\n%s", m.View())
	}
	if want := []string{"  fact       7b5ea8"}; !slices.Equal(m.uncopied, want) {
		t.Errorf("the summary is told %q, want %q", m.uncopied, want)
	}
	m = opened(w, size{80, 24}, Options{})
	if m.keysFor("c"); strings.Contains(m.View(), "c copy") {
		t.Errorf("the footer offers a key that has no function:\n%s", m.View())
	}
}

func TestAnswerBelongsToItsQuestion(t *testing.T) {
	w := &fakeWalk{screen: typeScreen()}
	w.on = func(w *fakeWalk, ev screen.Event) []screen.Task {
		if ev == (screen.Press{Key: "q"}) {
			w.screen.Question = &screen.Question{Kind: screen.Confirm, Prompt: "Leave marsfix?", Verb: "leave"}
			w.screen.Actions = actingScreen().Actions
		}
		return nil
	}
	m := opened(w, size{80, 24}, Options{})
	m.keysFor("7b5", "q", "n")
	if got := w.seen(); got != "q answer(false,0,)" {
		t.Errorf("events %q", got)
	}
	if a := m.answer; a.typed.text() != "" || a.choice != 0 || a.number {
		t.Errorf("what was typed before is kept for another question: %+v", m.answer)
	}
}

func TestLeft(t *testing.T) {
	w := &fakeWalk{screen: confirmScreen()}
	w.on = func(w *fakeWalk, ev screen.Event) []screen.Task {
		w.screen.Left, w.screen.Code = true, 3
		return nil
	}
	m := opened(w, size{80, 24}, Options{})
	_, cmd := m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("qqq")})
	if cmd == nil || cmd() != tea.Quit() {
		t.Error("the program does not end when the walk is left")
	}
	if got := w.seen(); got != "q" {
		t.Errorf("events after the end: %q", got)
	}
}
