//go:build unix

package cache_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/look"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// theater is a computer on which step 10 has just been answered with y, and somebody who can write to the extraction
// folder.
type theater struct {
	t      *testing.T
	r      *walktest.Rig
	work   steps.Work // the copy that was agreed to
	folder string     // Installers, on this system
	source string     // what is copied, in it
	target string
	good   []byte
	evil   []byte // as long as the good one, with the same package code
	on     *trick // being played
}

func newTheater(t *testing.T, scenario string) *theater {
	t.Helper()
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, scenario, walktest.MemoryDir(t), clock.Now)
	th := &theater{t: t, r: r, work: copyWork(t, r, clock), target: r.Host(`C:\Windows\Installer\` + r.Target())}
	th.source = r.Host(th.work.Facts.File.Source.Path)
	th.folder = filepath.Dir(th.source)
	good, err := os.ReadFile(th.source)
	if err != nil || string(good) != string(r.Good(t)) {
		t.Fatalf("the source is %s, %v", walktest.Hashed(good), err)
	}
	th.good, th.evil = good, append([]byte{}, good...)
	th.evil[len(good)-1] ^= 0xff
	th.write(th.folder+".evil/"+filepath.Base(th.source), th.evil)
	th.write(th.folder+"/evil", th.evil)
	return th
}

func (th *theater) write(path string, content []byte) {
	th.t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, content, 0o644)); err != nil {
		th.t.Fatal(err)
	}
}

// copyWork drives a session by hand to the work that y at step 10 asks for.
func copyWork(t *testing.T, m computer.Machine, clock *walktest.QuickClock) steps.Work {
	t.Helper()
	s := steps.NewSession(look.Given{}, true, false)
	work := s.Begin(clock.Now())
	for range 500 {
		for len(work) > 0 {
			w := work[0]
			if w.Act == "copy" {
				return w
			}
			if err := clock.Wait(t.Context(), w.After); err != nil {
				t.Fatal(err)
			}
			w.At = clock.Now()
			work = s.Handle(steps.Do(t.Context(), m, w, func(screen.Progress) {}), w.At)
		}
		sc := s.Screen()
		switch {
		case sc.State == screen.Asking && sc.Question.Kind == screen.Confirm:
			work = s.Handle(screen.Answer{Yes: true}, clock.Now())
		case sc.State == screen.Done:
			work = s.Handle(screen.Press{Key: "enter"}, clock.Now())
		default:
			t.Fatalf("step %d is %v: %+v", sc.Step, sc.State, sc.Problems)
		}
	}
	t.Fatal("the copy is never asked for")
	return steps.Work{}
}

// trick is a change in the extraction folder, and what takes it back.
type trick struct {
	name string
	do   func(th *theater) error
	undo func(th *theater) error
}

// tricks can be taken back so that the very same file has its name again: a swap and back may go unseen, and then does
// no harm.
var tricks = []trick{
	{"symbolic link",
		func(th *theater) error {
			return errors.Join(os.Rename(th.source, th.source+".kept"), os.Symlink("evil", th.source))
		},
		func(th *theater) error { return os.Rename(th.source+".kept", th.source) }},
	{"rename over",
		func(th *theater) error {
			return errors.Join(os.Rename(th.source, th.source+".kept"), os.Link(th.folder+"/evil", th.source))
		},
		func(th *theater) error { return os.Rename(th.source+".kept", th.source) }},
	{"content",
		func(th *theater) error { return scribble(th.source, th.evil) },
		func(th *theater) error { return scribble(th.source, th.good) }},
	{"last byte",
		func(th *theater) error { return scribbleAt(th.source, th.evil[len(th.evil)-1:], len(th.evil)-1) },
		func(th *theater) error { return scribbleAt(th.source, th.good[len(th.good)-1:], len(th.good)-1) }},
	{"longer",
		func(th *theater) error { return scribbleAt(th.source, []byte("more"), len(th.good)) },
		func(th *theater) error { return os.Truncate(th.source, int64(len(th.good))) }},
	{"shorter",
		func(th *theater) error { return os.Truncate(th.source, int64(len(th.good)/2)) },
		func(th *theater) error { return scribble(th.source, th.good) }},
	{"folder",
		func(th *theater) error {
			return errors.Join(os.Rename(th.folder, th.folder+".kept"), os.Rename(th.folder+".evil", th.folder))
		},
		func(th *theater) error {
			return errors.Join(os.Rename(th.folder, th.folder+".evil"), os.Rename(th.folder+".kept", th.folder))
		}},
	{"linked folder",
		func(th *theater) error {
			return errors.Join(os.Rename(th.folder, th.folder+".kept"),
				os.Symlink(filepath.Base(th.folder)+".evil", th.folder))
		},
		func(th *theater) error {
			return errors.Join(os.Remove(th.folder), os.Rename(th.folder+".kept", th.folder))
		}},
	{"gone",
		func(th *theater) error { return os.Rename(th.source, th.source+".kept") },
		func(th *theater) error { return os.Rename(th.source+".kept", th.source) }},
}

// play does a trick; end takes back the one that is being played.
func (th *theater) play(tr trick) error {
	th.on = &tr
	return tr.do(th)
}

func (th *theater) end() error {
	if th.on == nil {
		return nil
	}
	tr := th.on
	th.on = nil
	return tr.undo(th)
}

// scribble writes into the file that is there.
func scribble(path string, content []byte) error { return scribbleAt(path, content, 0) }

func scribbleAt(path string, content []byte, at int) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(content, int64(at))
	return errors.Join(err, f.Close())
}

// ended looks at the cache folder after a copy: the target has every byte of the good package or is not there, and
// nothing else is new. It reports whether the package was copied.
func (th *theater) ended(res steps.Result) bool {
	th.t.Helper()
	content, err := os.ReadFile(th.target)
	there := err == nil
	if there && string(content) != string(th.good) {
		th.t.Fatalf("foreign bytes stand under the target's name: %s", walktest.Hashed(content))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		th.t.Fatal(err)
	}
	if there != res.Facts.File.Copied.Done || there == (res.Facts.Trouble != nil) {
		th.t.Fatalf("the copy is there: %v, and is said to be done: %v, %+v", there, res.Facts.File.Copied.Done,
			res.Facts.Trouble)
	}
	entries, err := os.ReadDir(filepath.Dir(th.target))
	if err != nil {
		th.t.Fatal(err)
	}
	for _, e := range entries {
		if walktest.Temporary(e.Name()) {
			th.t.Fatalf("%s was left behind after %+v", e.Name(), res.Facts.Trouble)
		}
	}
	if there {
		if err := os.Remove(th.target); err != nil {
			th.t.Fatal(err)
		}
	}
	return there
}

func (th *theater) copy() steps.Result {
	w := th.work
	w.At = walktest.Began.Add(time.Hour)
	return steps.Do(th.t.Context(), th.r, w, func(screen.Progress) {})
}
