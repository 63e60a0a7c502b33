//go:build unix

package ui_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"marsfix/steps/walk/walktest"
)

// seated is an engineer at a practice computer, in a terminal.
type seated struct {
	*terminal
	disk string
	twos bool        // keys of a torrent come in twos
	last time.Time   // no key of the torrent was typed later
	late bool        // a key came so late that it was no torrent
	busy atomic.Bool // this machine let a short sleep become a long one since
}

// sit lets an engineer sit down who has typed something before the program was started.
func sit(t *testing.T, typed string, args ...string) *seated {
	t.Helper()
	s := &seated{disk: walktest.MemoryDir(t)}
	s.terminal = openTyped(t, 80, 24, typed, append([]string{"practice", "--keep", s.disk}, args...)...)
	go s.watch()
	return s
}

// watch notes how busy this machine is, until the program has ended: where it lets programs stand, keys that were typed
// at once come to marsfix as if a person had typed them.
func (s *seated) watch() {
	for !s.busy.Load() {
		began := time.Now()
		select {
		case <-s.terminal.done:
			return
		case <-time.After(5 * time.Millisecond):
		}
		s.busy.Store(time.Since(began) > 25*time.Millisecond)
	}
}

// to walks as a person does until a text stands on the screen.
func (s *seated) to(text string) {
	s.t.Helper()
	last := ""
	for keys := 0; keys < 30; keys++ {
		screen, key := s.ready(last)
		if strings.Contains(screen, text) {
			return
		}
		s.key(map[string]string{"enter": "\r", "y": "y"}[key])
		last = screen
	}
	s.t.Fatalf("%q never came; the screen is\n%s", text, last)
}

// times sends keys again and again, with a pause between them. In twos none of them stands alone, whatever the pause
// becomes.
func (s *seated) times(n int, pause time.Duration, keys ...string) {
	s.t.Helper()
	keys = slices.Repeat(keys, n)
	for len(keys) > 0 {
		k := keys[:1]
		if s.twos {
			k = keys[:min(2, len(keys))]
		}
		keys = keys[len(k):]
		together, most := strings.Join(k, ""), max(2*pause, lone)
		if pause >= lone || len(together) > 1 {
			most = patience
		}
		s.press(together, most)
		time.Sleep(pause)
	}
}

// press types the next key of a torrent. Where it came so long after the one before it as most says, because this
// machine does other things, the torrent was none: by then the program may take the one before for a lone key.
func (s *seated) press(key string, most time.Duration) {
	s.t.Helper()
	before := s.last
	s.last = time.Now() // before it is typed, so that no pause is taken for a shorter one
	s.key(key)
	if !before.IsZero() && time.Since(before) >= most {
		s.late = true
	}
}

// atOnce presses y as soon as something shows what is looked for. Where that took as long as reading does, it was not
// at once.
func (s *seated) atOnce(do func(), pattern string) {
	s.t.Helper()
	began := time.Now()
	do()
	s.shows(pattern)
	s.key("y")
	s.late = s.late || time.Since(began) >= read
}

// read is the time in which somebody may have read a question.
const read = 400 * time.Millisecond

// lone is the pause between two keys from which on one of them may stand alone: shorter than the program's, for what a
// terminal takes to hand a key on.
const lone = 45 * time.Millisecond

// beat is longer than a key has to stand alone to count. It is time that is tested here, so that nothing on the screen
// tells when it is over.
const beat = 120 * time.Millisecond

// done waits until marsfix has taken every key so far: help answers a key of its own. Keys in twos may have left it,
// for that is no commitment: a y counts behind any key once its question is on the screen. So may single ones that this
// machine let come slowly: those were no torrent.
func (s *seated) done() {
	s.t.Helper()
	time.Sleep(beat)
	s.key("\x1b")
	time.Sleep(beat)
	s.until("what stands after the keys", func(screen string) bool {
		left := strings.Contains(screen, "left at step")
		s.late = left && !s.twos && s.busy.Load()
		if strings.Contains(screen, "\n Keys") || left && s.twos || s.late {
			return true
		}
		s.key("?")
		time.Sleep(beat)
		return false
	})
	s.key("\x1b")
}

// deeds are the changes that the journal tells of.
func (s *seated) deeds() (acts []string) {
	s.t.Helper()
	found, err := filepath.Glob(filepath.Join(s.disk, "C", "Program*", "marsfix", "journal.jsonl"))
	if err != nil || len(found) != 1 {
		s.t.Fatalf("journals %v, %v", found, err)
	}
	data, err := os.ReadFile(found[0])
	if err != nil {
		s.t.Fatal(err)
	}
	for line := range bytes.Lines(data) {
		var r struct{ Kind, Act string }
		if err := json.Unmarshal(line, &r); err != nil {
			s.t.Fatalf("%v in the journal's line %q", err, line)
		}
		if r.Kind == "before" {
			acts = append(acts, r.Act)
		}
	}
	return acts
}

// cached is what lies in the cache folder.
func (s *seated) cached() (files []string) {
	s.t.Helper()
	entries, err := os.ReadDir(filepath.Join(s.disk, "C", "Windows", "Installer"))
	if err != nil {
		s.t.Fatal(err)
	}
	for _, e := range entries {
		files = append(files, e.Name())
	}
	return files
}
