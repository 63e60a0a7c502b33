package ui

import (
	"strings"
	"testing"

	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/walk"
	"marsfix/steps/walk/walktest"
)

// TestAskingToLeaveMovesNothing: on every screen of every scenario, in windows that hold it and in such that do not,
// what stands above the question whether to leave is what stood there before it came, line for line. (In narrower ones
// the footer may have two lines, and that of the question has one.)
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
				before := cleaned(sc, false)
				w.Handle(screen.Press{Key: "q"})
				after := cleaned(w.Screen(), false)
				w.Handle(screen.Answer{})
				for _, at := range []size{{80, 16}, {80, 18}, {80, 20}, {80, 22}, {80, 24}, {120, 40}} {
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

// standsStill compares what is above the question whether to leave, but for the blank lines right above it, which may
// cover what is needed least.
func standsStill(t *testing.T, before, after screen.Screen, at size) {
	t.Helper()
	was := strings.Split(album([]screen.Screen{before}, at), "\n")
	is := strings.Split(album([]screen.Screen{after}, at), "\n")
	q := 0
	for q < len(is) && !strings.Contains(is[q], "Leave marsfix?") {
		q++
	}
	if q == len(is) || len(was) != len(is) {
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
