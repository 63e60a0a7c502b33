// Package practice is a practice computer: a scratch folder that plays C:\ (and F:\ where the story needs it), with the
// logs, the registration, the update installer and the upgrade that the article speaks of. It is a stand-in for
// Windows, not for marsfix: it must never know a step.
//
// What it claims it reads from its files each time it is asked: a cached package is there because the file is there,
// its package code comes from the file's bytes, the upgrade ends with 1612 for as long as the registered package cannot
// be used, and it succeeds because a usable one lies under the registered name. What changes the files are actors: the
// installer that was started, and the faults of the chosen scenario.
package practice

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// ErrScenario is the cause when New is asked for a scenario that does not exist.
var ErrScenario = errors.New("unknown scenario")

// Options says which computer to play, and how.
type Options struct {
	Scenario string // a name of Scenarios; empty: the first one
	// Keep is the folder that will hold C (and F) and outlives Close; empty: a temporary folder that Close deletes.
	Keep string
	// HostFiles are paths of this system that can be looked at as they stand, beside the computer's own (a log given by
	// name). What is no whole path of this system is one of the computer's. Everywhere but on Windows each path that
	// begins with "/" is one.
	HostFiles []string
	// Wait lets time pass between what the installer does; it returns early with the context's error. nil: no time
	// passes, and Start returns when the installer has done all that it does by itself. See Sleep.
	Wait func(ctx context.Context, d time.Duration) error
	// Now is the clock of the computer's logs and processes; nil: time.Now.
	Now func() time.Time
}

// Sleep is the Wait for people: time passes as it does.
func Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// Machine is a practice computer. It satisfies steps.Machine and steps.Hand; its methods may be called from any
// goroutine.
type Machine struct {
	plot      plot
	place     string
	keep      bool
	hostFiles []string
	wait      func(ctx context.Context, d time.Duration) error
	now       func() time.Time
	installer func() ([]byte, error) // the update installer's bytes, the same at every call

	once sync.Once
	disk disk.Disk // nil until made
	made error     // why it could not be made

	ctx    context.Context // ends with Close
	cancel context.CancelFunc
	actors sync.WaitGroup

	registry sync.Mutex // one reader or writer of the registration's file at a time

	mu      sync.Mutex
	closed  bool
	runs    []*run // installers started, the ended ones too
	busy    bool   // a Windows Installer transaction runs
	created bool   // a file was created in the cache folder
	gone    string // the path of the package that has vanished, in lower case
	full    bool   // drive C: has no room
	tight   bool   // and nobody has asked for it since that began
	renamed bool   // a file there got another name since the last upgrade
}

// New gives a practice computer. Its disk is made when it is first needed; Close ends it. An unknown scenario is
// ErrScenario, a Keep that already holds a disk is fs.ErrExist; both say what to do.
func New(o Options) (*Machine, error) {
	p, err := find(o.Scenario)
	if err != nil {
		return nil, screen.Hinted{Err: err, Hint: "marsfix practice --list"}
	}
	place, err := makePlace(o.Keep)
	if err != nil {
		return nil, screen.Hinted{Err: err, Hint: "choose an empty folder: marsfix practice --keep DIR"}
	}
	own := slices.DeleteFunc(slices.Clone(o.HostFiles), func(p string) bool { return !filepath.IsAbs(p) })
	m := &Machine{plot: p, place: place, keep: o.Keep != "", hostFiles: own, wait: o.Wait, now: o.Now}
	if m.now == nil {
		m.now = time.Now
	}
	m.installer = sync.OnceValues(func() ([]byte, error) { return buildInstaller(p) })
	m.ctx, m.cancel = context.WithCancel(context.Background())
	return m, nil
}

// makePlace makes the folder that holds the drives. An empty one is taken as it is.
func makePlace(keep string) (string, error) {
	if keep == "" {
		return os.MkdirTemp("", "marsfix-practice-")
	}
	dir, err := filepath.Abs(keep)
	if err != nil {
		return "", fmt.Errorf("cannot make a practice disk in \"%s\": %w", keep, err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("cannot make a practice disk: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", fmt.Errorf("cannot make a practice disk: %w", err)
	}
	for _, e := range entries {
		if strings.EqualFold(e.Name(), "C") || strings.EqualFold(e.Name(), "F") {
			return "", occupied{dir, e.Name()}
		}
	}
	return dir, nil
}

// occupied is the fs.ErrExist of a folder that holds a drive already, whosever it is.
type occupied struct{ dir, drive string }

func (o occupied) Error() string {
	return fmt.Sprintf("cannot make a practice disk in \"%s\": it already contains \"%s\"", o.dir, o.drive)
}

func (o occupied) Is(target error) bool { return target == fs.ErrExist }

// Place is the folder of this system that holds the computer's drives, as C and F.
func (m *Machine) Place() string { return m.place }

// Fate is what becomes of its disk when it is closed.
func (m *Machine) Fate() string {
	if m.keep {
		return "kept in " + m.place
	}
	return "the practice computer's disk has been deleted (--keep DIR keeps it)"
}

// Close ends the computer: nothing of it runs any more, and its disk is deleted unless it is to be kept.
func (m *Machine) Close() error {
	m.mu.Lock()
	m.closed = true
	m.mu.Unlock()
	m.cancel()
	m.actors.Wait()
	m.once.Do(func() { m.made = fs.ErrClosed }) // from here on nobody makes a disk
	if m.keep {
		return nil
	}
	if err := os.RemoveAll(m.place); err != nil {
		return fmt.Errorf("cannot delete the practice disk: %w", err)
	}
	return nil
}

// ready gives the disk, made at the first call.
func (m *Machine) ready() (disk.Disk, error) {
	m.mu.Lock()
	closed := m.closed
	m.mu.Unlock()
	if closed {
		return nil, fs.ErrClosed
	}
	m.once.Do(func() { m.disk, m.made = m.build() })
	return m.disk, m.made
}

// pause lets time pass, if it passes at all.
func (m *Machine) pause(ctx context.Context, d time.Duration) error {
	if m.wait == nil {
		return ctx.Err()
	}
	return m.wait(ctx, d)
}

// act lets f happen: at once where no time passes, else beside everything else until Close.
func (m *Machine) act(f func()) error {
	m.mu.Lock()
	if m.closed {
		m.mu.Unlock()
		return fs.ErrClosed
	}
	if m.wait == nil {
		m.mu.Unlock()
		f()
		return nil
	}
	m.actors.Add(1)
	m.mu.Unlock()
	go func() {
		defer m.actors.Done()
		f()
	}()
	return nil
}
