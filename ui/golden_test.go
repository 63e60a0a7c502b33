package ui

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"marsfix/steps/screen"
)

var update = flag.Bool("update", false, "write the golden screens anew")

type size struct{ w, h int }

var sizes = []size{{80, 24}, {120, 40}, {60, 16}, {20, 5}}

// drawn is a screen as it looks in a window, work having run for a while.
func drawn(sc screen.Screen, at size, o Options) string {
	o.Clock = testClock()
	o.Copy = func(string) error { return nil }
	o.OpenLog = func(screen.LogRef) (screen.Log, error) { return screen.Log{}, nil }
	m := newModel(context.Background(), &fakeWalk{screen: sc}, o)
	m.Init()
	m.Update(tea.WindowSizeMsg{Width: at.w, Height: at.h})
	if sc.Doing != "" {
		m.Update(spinMsg{m.work})
		m.since = m.since.Add(-time.Second)
		m.draw()
	}
	m.read()
	return m.frame
}

func TestGoldenScreens(t *testing.T) {
	for name, sc := range screens() {
		for _, at := range sizes {
			if at.w == 20 && name != "confirm" {
				continue // the sentence is the same on every step
			}
			t.Run(fmt.Sprintf("%s_%dx%d", name, at.w, at.h), func(t *testing.T) {
				golden(t, ansi.Strip(drawn(sc, at, Options{})))
			})
		}
	}
	t.Run("ascii_80x24", func(t *testing.T) {
		golden(t,
			ansi.Strip(drawn(typeScreen(), size{80, 24}, Options{ASCII: true})))
	})
	t.Run("help_80x24", func(t *testing.T) {
		m := opened(&fakeWalk{screen: chooseScreen()}, size{80, 24}, Options{})
		m.keysFor("?")
		golden(t, ansi.Strip(m.View()))
	})
	t.Run("viewer_80x24", func(t *testing.T) {
		m := viewing(t, numbered(5000))
		m.keysFor("/", "needle", "enter")
		golden(t, ansi.Strip(m.View()))
	})
	t.Run("nocolor_80x24", func(t *testing.T) {
		golden(t, strings.ReplaceAll(drawn(excerptScreen(), size{80, 24}, Options{NoColor: true}), "\x1b", "^["))
	})
}

// golden compares a frame with its file. Blanks at the ends of lines are part of neither.
func golden(t *testing.T, got string) {
	t.Helper()
	lines := strings.Split(got, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	got = strings.Join(lines, "\n") + "\n"
	_, name, _ := strings.Cut(t.Name(), "/")
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the screen has changed (go test ./ui -update writes it anew)\n--- got\n%s\n--- want\n%s", got, want)
	}
}
