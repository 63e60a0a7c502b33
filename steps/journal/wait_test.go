package journal_test

import (
	"testing"
	"time"

	"marsfix/steps/disk/disktest"
	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/walk"
	"marsfix/steps/walk/walktest"
)

// A slow disk holds up the change that waits for its journal, and never the screen: it draws, takes keys and leaves.
func TestTheScreenDoesNotWaitForTheJournal(t *testing.T) {
	for _, op := range []disktest.Op{disktest.Write, disktest.Sync} {
		t.Run(string(op), func(t *testing.T) {
			r, e := walktest.OnRig(t, "missing")
			e.Until("copy")
			tasks := e.Walk.Handle(screen.Answer{Yes: true})
			waits, goOn := make(chan struct{}), make(chan struct{})
			first := true
			r.Before = func(o disktest.Op, path string) error {
				if o == op && path == walktest.OwnJournal && first {
					first = false
					close(waits)
					<-goOn
				}
				return nil
			}
			done := make(chan screen.Event)
			go func() { done <- tasks[0]() }()
			<-waits
			drawn := make(chan screen.Screen)
			go func() {
				e.Walk.Handle(screen.Press{Key: "q"})
				e.Walk.Handle(screen.Answer{Yes: true})
				drawn <- e.Walk.Screen()
			}()
			select {
			case sc := <-drawn:
				if sc.State != screen.Acting || sc.Doing == "" {
					t.Errorf("meanwhile step %d is %v, doing %q", sc.Step, sc.State, sc.Doing)
				}
				close(goOn)
			case <-time.After(walktest.Hanging):
				close(goOn)
				<-drawn
				t.Error("the screen waited for the disk")
			}
			e.Settle(e.Walk.Handle(<-done))
			if sc := e.Walk.Screen(); !sc.Left {
				t.Errorf("after the copy step %d is %v", sc.Step, sc.State)
			}
			if hash := walktest.CacheOf(t, r.Dir)[walktest.TargetName]; hash != walktest.GoodHash(t) {
				t.Errorf("%s is %q", walktest.TargetName, hash)
			}
		})
	}
}

// A walk may be left while a look still runs: its summary and its report are made while the journal is opened. The race
// detector looks on.
func TestSummaryIsMadeWhileTheJournalIsOpened(t *testing.T) {
	m, err := practice.New(practice.Options{Keep: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	w := walk.New(t.Context(), m, walk.Options{Clock: &walktest.QuickClock{At: time.Now()}, Version: "test"})
	tasks := w.Begin()
	looked := make(chan screen.Event)
	go func() { looked <- tasks[0]() }()
	for {
		if len(w.Summary()) == 0 || w.Report().Verdict == "" {
			t.Error("a walk has nothing to say")
		}
		select {
		case <-looked:
			w.Close()
			if err := m.Close(); err != nil {
				t.Error(err)
			}
			return
		default:
		}
	}
}
