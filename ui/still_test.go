package ui

import (
	"slices"
	"strings"
	"testing"

	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/walk"
	"marsfix/steps/walk/walktest"
)

// TestAskingToLeaveMovesNothing: on every screen of every scenario, in windows that hold it and in such that do not,
// what stands above the question whether to leave is what stood there before it came, line for line.
func TestAskingToLeaveMovesNothing(t *testing.T) {
	for _, s := range practice.Scenarios() {
		walktest.Row(t, s.Name, func(t *testing.T) {
			clock := &tourClock{}
			m, err := practice.New(practice.Options{Scenario: s.Name, Keep: walktest.MemoryDir(t), Now: clock.Now})
			if err != nil {
				t.Fatal(err)
			}
			w := walk.New(t.Context(), m, walk.Options{Clock: clock, Version: "test"})
			asked := 0
			for tasks := w.Begin(); ; asked++ {
				tasks = settle(t, w, tasks)
				sc := w.Screen()
				if sc.Left {
					break
				}
				before := steady(cleaned(sc, false))
				w.Handle(screen.Press{Key: "q"})
				after := steady(cleaned(w.Screen(), false))
				w.Handle(screen.Answer{})
				for _, asks := range []screen.Screen{before, after} {
					standsApart(t, asks)
				}
				for _, at := range []size{{60, 16}, {60, 24}, {70, 20}, {80, 16}, {80, 18}, {80, 20}, {80, 22}, {80, 24},
					{120, 40}} {
					standsStill(t, before, after, at)
				}
				tasks = append(tasks, w.Handle(agree(sc))...)
			}
			w.Close()
			if err := m.Close(); err != nil {
				t.Error(err)
			}
			if asked < 10 {
				t.Errorf("asked on %d screens", asked)
			}
		})
	}
}

// standsApart looks for a blank line above the question in a window of 80x24.
func standsApart(t *testing.T, sc screen.Screen) {
	t.Helper()
	if sc.Question == nil {
		return
	}
	frame := album([]screen.Screen{sc}, size{80, 24})
	lines := strings.Split(frame, "\n")
	first, _, _ := strings.Cut(sc.Question.Prompt, ", ") // a longer one is wrapped
	q := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, first) })
	if q < 1 || strings.TrimSpace(lines[q-1]) != "" {
		t.Errorf("step %d: no blank line above the question in row %d:\n%s", sc.Step, q, frame)
	}
}

// standsStill compares what is above the question whether to leave, but for the blank lines right above it, which may
// cover what is needed least.
func standsStill(t *testing.T, before, after screen.Screen, at size) {
	t.Helper()
	both := strings.Split(album([]screen.Screen{before, after}, at), "\n")
	if len(both) != 2*(at.h+1)+1 {
		t.Fatalf("step %d at %dx%d: two frames have %d lines", before.Step, at.w, at.h, len(both))
	}
	was, is := both[:at.h], both[at.h+1:2*at.h+1]
	q := 0
	for q < len(is) && !strings.Contains(is[q], "Leave marsfix?") {
		q++
	}
	if q == len(is) {
		t.Errorf("step %d at %dx%d does not ask:\n%s", before.Step, at.w, at.h, strings.Join(is, "\n"))
		return
	}
	for q > 0 && strings.TrimSpace(is[q-1]) == "" {
		q--
	}
	if q < 5 || strings.Join(was[:q], "\n") != strings.Join(is[:q], "\n") {
		t.Errorf("step %d moves at %dx%d:\n%s\n%s", before.Step, at.w, at.h, strings.Join(was, "\n"),
			strings.Join(is, "\n"))
	}
}

// TestALongRefusalStandsStill: what is too high even for a window without the question stands still as well.
func TestALongRefusalStandsStill(t *testing.T) {
	for rows := range 30 {
		before := failedScreen()
		for range rows {
			before.Rows = append(before.Rows, screen.Row{Label: "wizard", Value: `C:\9d83\MARSAgentInstaller.exe`})
		}
		after := before
		after.Leaving, after.Question = true, &screen.Question{Kind: screen.Confirm, Prompt: "Leave marsfix?",
			Yes: "leaves", No: "stays here"}
		standsStill(t, before, after, size{80, 24})
	}
}

// TestTheFooterKeepsItsHeight: that of the question whether to leave is as high as the one it stands over.
func TestTheFooterKeepsItsHeight(t *testing.T) {
	sc := confirmScreen()
	sc.Actions = append(sc.Actions, screen.Action{Key: "s", Verb: "browse for another installer on this computer"})
	m := opened(&fakeWalk{screen: sc, on: func(w *fakeWalk, _ screen.Event) []screen.Task {
		w.screen.Leaving, w.screen.Covered = true, w.screen.Question
		w.screen.Question = &screen.Question{Kind: screen.Confirm, Prompt: "Leave marsfix?", Yes: "leaves", No: "stays"}
		w.screen.Actions = []screen.Action{{Key: "y", Verb: "leave"}, {Key: "n", Verb: "stay"}}
		return nil
	}}, size{60, 24}, Options{})
	rules := func() (rows []int) {
		for i, l := range strings.Split(m.frame, "\n") {
			if strings.Contains(l, "───") {
				rows = append(rows, i)
			}
		}
		return rows
	}
	before := rules()
	m.Update(keyMsg("q"))
	if after := rules(); !strings.Contains(m.frame, "Leave marsfix?") || before[1] > 21 || !slices.Equal(before, after) {
		t.Errorf("the rules stood in rows %v and stand in %v:\n%s", before, after, m.frame)
	}
}
