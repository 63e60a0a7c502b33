package ui

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/walk"
	"marsfix/steps/walk/walktest"
)

// tour walks as an engineer does who says yes to everything that y and Enter can answer, and returns every screen at
// which the walk waited for him, the last one included.
func tour(t *testing.T, w Walk) []screen.Screen {
	t.Helper()
	var seen []screen.Screen
	tasks := w.Begin()
	for range 200 {
		tasks = settle(t, w, tasks)
		sc := w.Screen()
		if sc.Left {
			return seen
		}
		seen = append(seen, steady(cleaned(sc, false)))
		tasks = append(tasks, w.Handle(agree(sc))...)
	}
	t.Fatalf("it never ends:\n%+v", w.Screen())
	return nil
}

// settle does the work that is asked for until the engineer is waited for, and returns what is left of it: looking
// again later.
func settle(t *testing.T, w Walk, tasks []screen.Task) []screen.Task {
	t.Helper()
	for range 5000 {
		if len(tasks) == 0 || w.Screen().Left || w.Screen().State == screen.NeedsYou {
			return tasks
		}
		next := tasks[0]
		tasks = append(tasks[1:], w.Handle(next())...)
	}
	t.Fatalf("it polls for ever:\n%+v", w.Screen())
	return nil
}

// agree is what y, Enter, or else leaving comes to.
func agree(sc screen.Screen) screen.Event {
	if q := sc.Question; q != nil && q.Kind != screen.Type {
		return screen.Answer{Yes: true}
	}
	enter := func(a screen.Action) bool { return a.Key == "enter" }
	if slices.ContainsFunc(sc.Actions, enter) && !typing(sc) {
		return screen.Press{Key: "enter"}
	}
	return screen.EndOfInput{}
}

// tourClock lets nobody wait: waiting moves its hands.
type tourClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *tourClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// after moves the hands.
func (c *tourClock) after(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (c *tourClock) Wait(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d + time.Millisecond)
	return ctx.Err()
}

// tours are the tours that were made, by scenario: tests only read them.
var tours sync.Map

// scenarioTour is the tour of a practice scenario.
func scenarioTour(t *testing.T, scenario string) []screen.Screen {
	t.Helper()
	if made, ok := tours.Load(scenario); ok {
		return made.([]screen.Screen)
	}
	clock := &tourClock{now: time.Now().Truncate(24 * time.Hour).Add(12 * time.Hour)}
	m, err := practice.New(practice.Options{Scenario: scenario, Keep: walktest.MemoryDir(t), Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	w := walk.New(t.Context(), m, walk.Options{Clock: clock, Version: "test"})
	seen := tour(t, w)
	w.Close()
	if err := m.Close(); err != nil {
		t.Error(err)
	}
	tours.Store(scenario, seen)
	return seen
}

// TestGoldenWalk is every screen of the article's story, as it looks to an engineer.
func TestGoldenWalk(t *testing.T) {
	seen := scenarioTour(t, "missing")
	for _, at := range []size{{80, 24}, {120, 40}, {60, 16}, {200, 60}} {
		t.Run(fmt.Sprintf("walk_missing_%dx%d", at.w, at.h), func(t *testing.T) { golden(t, album(seen, at)) })
	}
	for n := 1; n <= 12; n++ {
		if !strings.Contains(album(seen, size{80, 24}), stepWords(n)) {
			t.Errorf("step %d is missing", n)
		}
	}
}

// TestGoldenEnds is the last screen of every scenario: the refusal, where there is one.
func TestGoldenEnds(t *testing.T) {
	for _, s := range practice.Scenarios() {
		last := scenarioTour(t, s.Name)
		last = last[len(last)-1:]
		t.Run("end_"+s.Name, func(t *testing.T) { golden(t, album(last, size{80, 24})) })
		t.Run("ends_"+s.Name, func(t *testing.T) { // in the other sizes, with its colours, and in ASCII
			text := album(last, size{60, 16}) + album(last, size{120, 40}) + album(last, size{200, 60})
			with := painter{styles: colored(), marks: newMarks(false)}
			text += strings.ReplaceAll(drawAlbum(with, last, size{80, 24}), "\x1b", "^[")
			ascii := painter{styles: colorless(), marks: newMarks(true)}
			golden(t, text+strings.ReplaceAll(drawAlbum(ascii, last, size{80, 24}), "\x1b", "^["))
		})
	}
}

// album is frames, one below the other, with what differs from run to run made equal.
func album(seen []screen.Screen, at size) string {
	return ansi.Strip(drawAlbum(painter{marks: newMarks(false)}, seen, at))
}

func drawAlbum(p painter, seen []screen.Screen, at size) string {
	var b strings.Builder
	var beneath []entry
	for _, sc := range seen {
		s := scene{screen: sc, width: at.w, height: at.h, keys: offered(sc, Options{
			Copy: func(string) error { return nil }, OpenLog: func(screen.LogRef) (screen.Log,
				error) {
				return screen.Log{}, nil
			}})}
		if !sc.Leaving {
			beneath = s.keys
		}
		s.beneath = beneath
		frame, _ := p.frame(s)
		b.WriteString(frame + "\n\n")
	}
	return b.String()
}

var (
	hexFolder = regexp.MustCompile(`[0-9a-f]{32}`)
	hexName   = regexp.MustCompile(`\b[0-9a-f]{16}\b`)
	stamp     = regexp.MustCompile(`\d{8}T\d{6}Z`)
	freeRoom  = regexp.MustCompile(`^[0-9.]+ ([KMGT]?B|bytes) on`)
	dayTime   = regexp.MustCompile(`\b\d\d:\d\d(:\d\d)?([:.]\d\d\d)?\b`)
	zone      = regexp.MustCompile(`[+-]12:34\b`) // once the times are the same
	day       = regexp.MustCompile(`\b(\d{4}-\d\d-\d\d|\d\d?/\d\d?/\d{4}|\d\d/\d\d)\b`)
)

// steady puts fixed values of the same length where a run's own stand: random folders, times, the room on the disk.
func steady(sc screen.Screen) screen.Screen {
	same := func(s string) string {
		s = hexFolder.ReplaceAllString(s, "1f2e3d4c5b6a79881f2e3d4c5b6a7988")
		s = hexName.ReplaceAllString(s, "1f2e3d4c5b6a7988")
		s = stamp.ReplaceAllString(s, "20260506T123456Z")
		s = freeRoom.ReplaceAllString(s, "80.0 GB on")
		s = dayTime.ReplaceAllStringFunc(s, func(m string) string { return "12:34:56.789"[:len(m)] })
		s = zone.ReplaceAllString(s, "+00:00")
		return day.ReplaceAllStringFunc(s, func(m string) string { return "2026-05-06"[:len(m)] })
	}
	sc = sc.MapText(same)
	sc.Excerpt = slices.Clone(sc.Excerpt)
	for i := range sc.Excerpt {
		sc.Excerpt[i].Text = same(sc.Excerpt[i].Text)
	}
	return sc
}

// TestTheTrackStaysInEveryRound: at 80 columns no title of the article takes its room, whichever round it is.
func TestTheTrackStaysInEveryRound(t *testing.T) {
	seen := map[int]bool{}
	for _, sc := range scenarioTour(t, "missing") {
		seen[sc.Step] = true
		for _, round := range []int{1, 2, 12} {
			sc.Round = round
			lines := strings.Split(album([]screen.Screen{sc}, size{80, 24}), "\n")
			marks := strings.Count(lines[1], "■") + strings.Count(lines[1], "□") + strings.Count(lines[1], "►")
			if marks != len(sc.Track) || !strings.Contains(lines[1], sc.Title) ||
				(round > 1) != strings.Contains(lines[0], roundWords(round)) {
				t.Errorf("step %d in round %d:\n%s\n%s", sc.Step, round, lines[0], lines[1])
			}
		}
	}
	if len(seen) != 12 {
		t.Errorf("%d steps", len(seen))
	}
}

// TestTheRiskStandsBesideItsQuestion: in the smallest window too, whoever is asked to type sees what he takes upon
// himself.
func TestTheRiskStandsBesideItsQuestion(t *testing.T) {
	asked := 0
	for _, sc := range scenarioTour(t, "unsigned") {
		if sc.State != screen.Asking || len(sc.Problems) == 0 {
			continue
		}
		asked++
		frame := album([]screen.Screen{sc}, size{leastWidth, leastHeight})
		if !strings.Contains(flat(frame), flat(sc.Problems[0].Message)) ||
			!strings.Contains(flat(frame), flat(sc.Question.Prompt)) {
			t.Errorf("%q is out of sight:\n%s", sc.Problems[0].Message, frame)
		}
	}
	if asked == 0 {
		t.Error("nothing was asked to be typed")
	}
}
