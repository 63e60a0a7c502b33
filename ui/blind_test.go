package ui

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"marsfix/steps/journal"
	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/walk"
	"marsfix/steps/walk/walktest"
)

// blind is what is left of a walk whichever face it had: its exit code, what stays in the console, and what the journal
// says was found and done.
type blind struct {
	code    int
	summary string
	journal string
}

// walked walks a practice computer with a face and tells what is left of it.
func walked(t *testing.T, scenario string, face func(w Walk, clock Clock) int) blind {
	t.Helper()
	clock := &tourClock{now: time.Now().Truncate(24 * time.Hour).Add(12 * time.Hour)}
	dir := walktest.MemoryDir(t)
	m, err := practice.New(practice.Options{Scenario: scenario, Keep: dir, Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	w := walk.New(t.Context(), m, walk.Options{Clock: clock, Version: "test"})
	b := blind{code: face(w, clock)}
	b.summary = steadyText(strings.Join(w.Summary(), "\n"))
	w.Close()
	if err := m.Close(); err != nil {
		t.Error(err)
	}
	b.journal = deeds(t, filepath.Join(dir, "C", "Program Files", "marsfix", "journal.jsonl"))
	return b
}

// steadyText is text with what differs from run to run made equal.
func steadyText(s string) string {
	return steady(screen.Screen{Rows: []screen.Row{{Value: s}}}).Rows[0].Value
}

// deeds are the journal's records of states and changes, a line each; which keys or lines led there differs with the
// face.
func deeds(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		var r journal.Record
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		code := ""
		if r.Problem != nil {
			code = string(r.Problem.Code)
		}
		switch r.Kind {
		case "step", "before", "after":
			fmt.Fprintln(&b, r.Kind, r.Round, r.Step, r.State, r.Act, code, r.SHA256)
		case "end":
			fmt.Fprintln(&b, "end", *r.Code)
		}
	}
	return b.String()
}

// screensFace gives the screens the keys that their footers offer, y and Enter alone, and leaves with q and y where
// nothing else is left.
func screensFace(t *testing.T) func(w Walk, clock Clock) int {
	return func(w Walk, clock Clock) int {
		m := newModel(t.Context(), w, Options{Clock: clock})
		msgs := make(chan tea.Msg)
		stop := make(chan struct{})
		defer close(stop)
		var do func(cmd tea.Cmd)
		do = func(cmd tea.Cmd) {
			if cmd == nil {
				return
			}
			go func() {
				msg := cmd()
				if batch, ok := msg.(tea.BatchMsg); ok {
					for _, c := range batch {
						do(c)
					}
					return
				}
				select {
				case msgs <- msg:
				case <-stop:
				}
			}()
		}
		m.glass.tell = func() { do(func() tea.Msg { return seenMsg{} }) }
		update := func(msg tea.Msg) {
			_, cmd := m.Update(msg)
			do(cmd)
			_, _ = m.glass.Write([]byte(m.View()))
		}
		do(m.Init())
		update(tea.WindowSizeMsg{Width: 80, Height: 24})
		limit := time.After(2 * time.Minute)
		last := ""
		for !m.screen.Left {
			key := footerKey(m)
			counts, _ := m.counts()
			switch now := m.frame; {
			case m.screen.Doing != "", m.asking.held != nil, m.asking.about != nil && !counts:
			// time leaps here, in the midst of a key too
			case key != "" && (now != last || strings.HasSuffix(m.status, " again")):
				last = now
				update(keyMsg(key))
				continue
			case m.screen.State != screen.Pending && m.screen.State != screen.Looking:
				update(keyMsg("q"))
				update(keyMsg("y"))
			}
			select {
			case msg := <-msgs:
				update(msg)
			case <-limit:
				t.Fatalf("it never ends:\n%s", m.frame)
			}
		}
		m.close()
		return m.screen.Code
	}
}

// footerKey is the key that the footer offers first to go on, empty when it offers none.
func footerKey(m *model) string {
	for _, a := range m.screen.Actions {
		if a.Key == "y" || a.Key == "enter" && (m.screen.Question == nil || m.screen.Question.Kind != screen.Type) {
			return a.Key
		}
	}
	return ""
}

func keyMsg(key string) tea.KeyMsg {
	if k, ok := named[key]; ok {
		return tea.KeyMsg{Type: k}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(key)}
}

// agreeing is a person at the plain mode who says y to what y answers, takes the first of a list and types nothing.
type agreeing struct {
	mu   sync.Mutex
	last string // what the last question takes; a hint may be printed behind it while it stands
}

func (a *agreeing) Write(b []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for line := range strings.Lines(string(b)) {
		if strings.Contains(line, askLabel) {
			a.last = line
		}
	}
	return len(b), nil
}

func (a *agreeing) Read(b []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if strings.Contains(a.last, " y to ") {
		return copy(b, "y\n"), nil
	}
	return copy(b, "\n"), nil
}

var _ io.ReadWriter = (*agreeing)(nil)

func plainFace(t *testing.T) func(w Walk, clock Clock) int {
	return func(w Walk, clock Clock) int {
		person := &agreeing{}
		code, err := runPlain(t.Context(), w, Options{In: person, Text: person, Clock: clock})
		if err != nil {
			t.Error(err)
		}
		return code
	}
}

// TestBothFacesComeToTheSame walks every scenario with the screens and blind, through the plain mode: the same facts,
// the same changes, the same exit code.
func TestBothFacesComeToTheSame(t *testing.T) {
	t.Parallel()
	for _, s := range practice.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			seen := walked(t, s.Name, screensFace(t))
			heard := walked(t, s.Name, plainFace(t))
			if seen.code != heard.code {
				t.Errorf("the screens end with %d, the plain mode with %d", seen.code, heard.code)
			}
			if seen.summary != heard.summary {
				t.Errorf("the screens leave\n%s\nthe plain mode\n%s", seen.summary, heard.summary)
			}
			if seen.journal != heard.journal {
				t.Errorf("the screens journal\n%s\nthe plain mode\n%s", seen.journal, heard.journal)
			}
		})
	}
}
