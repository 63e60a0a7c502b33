//go:build unix

package ui_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// seated is an engineer at a practice computer, in a terminal.
type seated struct {
	*terminal
	disk string
	twos bool // keys of a torrent come in twos
	late bool // a key came so late that it was no torrent
}

// sit lets an engineer sit down who has typed something before the program was started.
func sit(t *testing.T, typed string, args ...string) *seated {
	t.Helper()
	s := &seated{disk: t.TempDir()}
	s.terminal = openTyped(t, 80, 24, typed, append([]string{"practice", "--keep", s.disk}, args...)...)
	return s
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

// times sends keys again and again, with a pause between them.
func (s *seated) times(n int, pause time.Duration, keys ...string) {
	s.t.Helper()
	keys = slices.Repeat(keys, n)
	for len(keys) > 0 {
		k := keys[:1]
		if s.twos {
			k = keys[:min(2, len(keys))]
		}
		keys = keys[len(k):]
		together := strings.Join(k, "")
		s.key(together)
		s.pause(pause, pause >= lone || len(together) > 1)
	}
}

// pause lets some time pass between two keys. Where it became more, because this machine does other things, so that a
// key stood alone, the torrent was none, unless that does not matter.
func (s *seated) pause(d time.Duration, whatever bool) {
	began := time.Now()
	time.Sleep(d)
	if took := time.Since(began); took >= max(2*d, lone) && !whatever {
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

// lone is the pause between two keys from which on one of them may stand alone.
const lone = 50 * time.Millisecond

// beat is longer than a key has to stand alone to count. It is time that is tested here, so that nothing on the screen
// tells when it is over.
const beat = 120 * time.Millisecond

// done waits until marsfix has taken every key so far: help answers a key of its own.
func (s *seated) done() {
	s.t.Helper()
	time.Sleep(beat)
	s.key("\x1b")
	time.Sleep(beat)
	s.until("what stands after the keys", func(screen string) bool {
		if strings.Contains(screen, "\n Keys") {
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
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // the disk is made while the first frame is drawn
		s.t.Fatal(err)
	}
	for _, e := range entries {
		files = append(files, e.Name())
	}
	return files
}

func (s *seated) resize(cols, rows int) {
	s.t.Helper()
	s.mu.Lock()
	s.screen.Resize(cols, rows)
	s.mu.Unlock()
	if err := pty.Setsize(s.tty, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)}); err != nil {
		s.t.Fatal(err)
	}
}
