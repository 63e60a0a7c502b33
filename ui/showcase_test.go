package ui

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"marsfix/steps/screen"
)

// pagesOf are the frames of the showcase, one of each page.
func pagesOf(t *testing.T, at size, o Options) (frames []string) {
	t.Helper()
	o.Clock = testClock()
	w := NewShowcase(o)
	w.Begin()
	for range 20 {
		sc := w.Screen()
		if sc.Left {
			return frames
		}
		m := newModel(context.Background(), &fakeWalk{screen: sc}, o)
		m.Init()
		m.Update(tea.WindowSizeMsg{Width: at.w, Height: at.h})
		if sc.Doing != "" {
			m.Update(spinMsg{m.work})
			m.since = m.since.Add(-time.Second)
			m.draw()
		}
		m.read()
		frames = append(frames, m.frame)
		var ev screen.Event = screen.Press{Key: "enter"}
		if sc.Question != nil {
			ev = screen.Answer{Yes: true}
		}
		w.Handle(ev)
	}
	t.Fatal("it has no end")
	return nil
}

// texts are all strings in a struct, those of nested ones too.
func texts(v reflect.Value, name string, found map[string]string) {
	switch v.Kind() {
	case reflect.String:
		found[name] = v.String()
	case reflect.Struct:
		for i := range v.NumField() {
			texts(v.Field(i), name+"."+v.Type().Field(i).Name, found)
		}
	}
}

// Every mark and every look that the screens can draw is on a page, with colours and without, in both sets of marks: a
// new one shows up here.
func TestTheShowcaseHasEverything(t *testing.T) {
	for name, o := range map[string]Options{"colours": {}, "no colours": {NoColor: true}, "ASCII": {ASCII: true}} {
		t.Setenv("NO_COLOR", "")
		t.Setenv("CLICOLOR_FORCE", "1") // here is no terminal
		all := strings.Join(pagesOf(t, size{80, 24}, o), "\n")
		want := map[string]string{}
		texts(reflect.ValueOf(newMarks(o.ASCII)), "mark", want)
		delete(want, "mark.cursor") // of a field for typing
		texts(reflect.ValueOf(newStyles(nil, o.NoColor)), "look", want)
		for what, text := range want {
			if !strings.Contains(all, text) {
				t.Errorf("%s: %s %q is on no page", name, what, text)
			}
		}
		if green := "\x1b[32m"; strings.Contains(all, green) == o.NoColor ||
			strings.Contains(all, "green") == o.NoColor {
			t.Errorf("%s: there is green: %v, and it is told of: %v", name, strings.Contains(all, green),
				strings.Contains(all, "green"))
		}
		plain := ansi.Strip(all)
		for _, words := range []string{stopLabel, toDoLabel, noteLabel, hintLabel, moveWords, " yes ", " no ",
			" unknown ", "Unique_ID", "8 s"} {
			if !strings.Contains(plain, words) {
				t.Errorf("%s: %q is on no page", name, words)
			}
		}
	}
}

// All of a page can be seen at once, and no line reaches the last column.
func TestTheShowcaseFits(t *testing.T) {
	for _, at := range []size{{80, 24}, {120, 40}, {60, 16}} {
		for i, frame := range pagesOf(t, at, Options{}) {
			lines := strings.Split(ansi.Strip(frame), "\n")
			if len(lines) > at.h {
				t.Errorf("page %d has %d lines at %dx%d", i+1, len(lines), at.w, at.h)
			}
			for _, l := range lines {
				if width(l) >= at.w {
					t.Errorf("page %d at %dx%d: %q", i+1, at.w, at.h, l)
				}
			}
			if at.h >= 24 && strings.Contains(frame, moreBelow) {
				t.Errorf("page %d does not fit %dx%d:\n%s", i+1, at.w, at.h, ansi.Strip(frame))
			}
		}
	}
}

// What is drawn as wide as eight letters is counted so: on a console that agrees, the bars stand below each other.
func TestTheBarsOfTheShowcaseStandBelowEachOther(t *testing.T) {
	bars := 0
	for _, l := range strings.Split(ansi.Strip(pagesOf(t, size{80, 24}, Options{})[2]), "\n") {
		if before, _, ok := strings.Cut(l, "|"); ok {
			if bars++; width(before) != len(" Japanese  ")+8 {
				t.Errorf("%q", l)
			}
		}
	}
	if bars != 8 {
		t.Errorf("%d lines have a bar", bars)
	}
}

// It ends by its last page, by q and by Ctrl+C, and goes back no further than its first page.
func TestTheShowcaseEnds(t *testing.T) {
	for _, ev := range []screen.Event{screen.Press{Key: "q"}, screen.Interrupt{}, screen.EndOfInput{},
		screen.Terminate{}} {
		w := NewShowcase(Options{Clock: testClock()})
		w.Begin()
		w.Handle(screen.Press{Key: "esc"})
		if sc := w.Screen(); sc.Step != 1 || sc.Left {
			t.Errorf("step %d, left %v", sc.Step, sc.Left)
		}
		w.Handle(screen.Press{Key: "enter"})
		w.Handle(screen.Press{Key: "esc"})
		w.Handle(screen.Press{Key: "enter"})
		if w.Handle(ev); w.Screen().Step != 2 || !w.Screen().Left || w.Screen().Code != 0 {
			t.Errorf("%+v: step %d, left %v", ev, w.Screen().Step, w.Screen().Left)
		}
	}
}
