package practice_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"testing"
	"time"

	"marsfix/steps/disk"
	"marsfix/steps/practice"
)

// gate lets time pass only when it is told to.
type gate chan pause

// pause is somebody who waits.
type pause struct {
	d    time.Duration
	over chan struct{}
}

func (p pause) end() { close(p.over) }

func (g gate) wait(ctx context.Context, d time.Duration) error {
	p := pause{d, make(chan struct{})}
	select {
	case g <- p:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-p.over:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

const long = 20 * time.Second // a limit that only a hanging test meets

// until plays on until somebody waits while ok holds, and gives that pause.
func (g gate) until(t *testing.T, ok func() bool) pause {
	t.Helper()
	for {
		select {
		case p := <-g:
			if ok() {
				return p
			}
			p.end()
		case <-time.After(long):
			t.Fatal("it waits no more, and what should have happened did not")
		}
	}
}

// settled plays on until ok holds, and tells how long that would have taken.
func (g gate) settled(t *testing.T, ok func() bool) (played time.Duration) {
	t.Helper()
	limit := time.After(long)
	for !ok() {
		select {
		case p := <-g:
			played += p.d
			p.end()
		case <-time.After(time.Millisecond): // look again
		case <-limit:
			t.Fatal("what should have happened did not")
		}
	}
	return played
}

func TestTheInstallerTakesItsTime(t *testing.T) {
	g := make(gate)
	e := with(t, practice.Options{Wait: g.wait})
	pid := e.start()
	held := g.until(t, func() bool { return true })
	if w := e.wizards(); len(w) != 1 || w[0].PID != pid || w[0].Title != "" {
		t.Fatalf("just started, there runs %+v", w)
	}
	log := e.text(setupLog)
	held.end()
	held = g.until(t, func() bool { return len(e.wizards()) == 2 })
	if e.text(setupLog) != log {
		t.Error("the line is written before the wizard shows")
	}
	held.end()
	g.settled(t, func() bool { return e.text(setupLog) != log })
	folder := e.folder()
	if r := e.follow(pid); r.Ended || !e.exists(folder+`\Installers\OBSAGENT.msi`) {
		t.Errorf("it came to %+v", r)
	}
	e.closeThrough(g)
	if r := e.follow(pid); !r.Ended || e.exists(folder) {
		t.Errorf("closed, it came to %+v", r)
	}
}

// closeThrough closes the wizards while time has to be let pass.
func (e engineer) closeThrough(g gate) {
	e.t.Helper()
	closed := make(chan error, 1)
	go func() { closed <- e.CloseWizard(context.Background()) }()
	for {
		select {
		case p := <-g:
			p.end()
		case err := <-closed:
			e.ok(err)
			return
		case <-time.After(long):
			e.t.Fatal("closing the wizard hangs")
		}
	}
}

func TestClosedWhileExtracting(t *testing.T) {
	g := make(gate)
	e := with(t, practice.Options{Wait: g.wait})
	log := e.text(setupLog)
	pid := e.start()
	var extracted string
	g.until(t, func() bool {
		drive, err := e.Disk().List(`C:\`)
		e.ok(err)
		for _, entry := range drive {
			if len(entry.Path) == len(`C:\`)+32 {
				extracted = entry.Path
			}
		}
		return extracted != ""
	})
	e.closeThrough(g)
	if r := e.follow(pid); !r.Ended || r.Code != 1602 || e.exists(extracted) || e.text(setupLog) != log {
		t.Errorf("closed while extracting to %s, it came to %+v", extracted, r)
	}
}

func TestPeopleWaitASecondOrTwo(t *testing.T) {
	g := make(gate)
	e := with(t, practice.Options{Scenario: "healthy", Wait: g.wait})
	pid := e.start()
	played := g.settled(t, func() bool { return e.follow(pid).Ended })
	if played < time.Second || played > 4*time.Second {
		t.Errorf("extracting and upgrading take %v", played)
	}
	e.upgraded(pid)
}

func TestTheUpgradeLooksAtThePackageWhenItNeedsIt(t *testing.T) {
	g := make(gate)
	e := with(t, practice.Options{Scenario: "healthy", Wait: g.wait})
	pid := e.start()
	held := g.until(t, func() bool {
		busy, err := e.Busy(context.Background())
		e.ok(err)
		return busy
	})
	if s := e.states(); s[0] != "stopped" || len(e.wizards()) != 2 {
		t.Errorf("while it upgrades the services are %v", s)
	}
	info, err := e.Disk().Stat(cached)
	e.ok(err)
	e.ok(e.Writer().Remove(cached, info.ID))
	held.end()
	g.settled(t, func() bool { return e.follow(pid).Ended })
	if busy, err := e.Busy(context.Background()); busy || err != nil {
		t.Errorf("busy %v, %v after the end", busy, err)
	}
	e.failed(pid, "Warning: Local cached package '"+cached+"' is missing.\r\n")
}

func TestAnUpgradeIsNotClosed(t *testing.T) {
	g := make(gate)
	e := with(t, practice.Options{Scenario: "healthy", Wait: g.wait})
	pid := e.start()
	held := g.until(t, func() bool { return len(e.wizards()) == 2 })
	held.end()
	closed := make(chan error, 1)
	go func() { closed <- e.CloseWizard(context.Background()) }()
	g.settled(t, func() bool { return e.follow(pid).Ended && len(closed) == 1 })
	e.ok(<-closed)
	e.upgraded(pid)
}

func TestClosedTooEarlyTakesAMoment(t *testing.T) {
	g := make(gate)
	e := with(t, practice.Options{Scenario: "closed-too-early", Wait: g.wait})
	log := e.text(setupLog)
	pid := e.start()
	held := g.until(t, func() bool { return e.text(setupLog) != log })
	folder := e.folder()
	if !e.exists(folder) || e.follow(pid).Ended {
		t.Error("the wizard is gone before its line could be read")
	}
	held.end()
	g.settled(t, func() bool { return e.follow(pid).Ended })
	if e.exists(folder) {
		t.Errorf("%s is still there", folder)
	}
}

func TestCloseEndsWhatPlays(t *testing.T) {
	g := make(gate)
	m, err := practice.New(practice.Options{Wait: g.wait})
	if err != nil {
		t.Fatal(err)
	}
	e := engineer{t, m}
	e.start()
	g.until(t, func() bool { return true })
	closed := make(chan error, 1)
	go func() { closed <- m.Close() }() // returns only when the installer plays no more
	select {
	case err := <-closed:
		e.ok(err)
	case <-time.After(long):
		t.Fatal("closing the computer hangs")
	}
	if _, err := os.Lstat(m.Place()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the disk is still there: %v", err)
	}
}

func TestSleep(t *testing.T) {
	if err := practice.Sleep(context.Background(), time.Millisecond); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := practice.Sleep(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestRoomIsMade: the disk is full for a while, tells so, and takes the next copy whole once somebody has made room.
func TestRoomIsMade(t *testing.T) {
	g := make(gate)
	e := with(t, practice.Options{Scenario: "disk-full", Wait: g.wait})
	content := make([]byte, 50000)
	before := e.room()
	first, err := e.Writer().Create(cache + "marsfix-1.msi")
	e.ok(err)
	if n, err := first.Write(content); !errors.Is(err, disk.ErrFull) || n >= len(content) {
		t.Fatalf("%d bytes written, %v", n, err)
	}
	e.ok(first.Close())
	held := g.until(t, func() bool { return true })
	if room := e.room(); room >= uint64(len(content)) || room >= before {
		t.Errorf("the full disk has room for %d bytes", room)
	}
	held.end()
	g.settled(t, func() bool { return e.room() > uint64(len(content)) })
	second, err := e.Writer().Create(cache + "marsfix-2.msi")
	e.ok(err)
	_, err = second.Write(content)
	e.ok(errors.Join(err, second.Close()))
}

func (e engineer) room() uint64 {
	e.t.Helper()
	free, err := e.Disk().Free(`C:\Windows\Installer`)
	e.ok(err)
	return free
}
