package walk_test

import (
	"testing"
	"testing/synctest"
	"time"

	"marsfix/steps/disk"
	"marsfix/steps/screen"
	"marsfix/steps/walk"
	"marsfix/steps/walk/walktest"
)

// stuck is a computer whose disk does not come back from one operation before it may: a virus scanner, an installer
// that still runs.
type stuck struct {
	*walktest.Rig
	op          string
	there, goOn chan struct{}
}

type stuckWriter struct {
	disk.Writer
	stuck
}

func (s stuck) Writer() disk.Writer { return stuckWriter{s.Rig.Writer(), s} }

func (s stuck) wait(op string) {
	if op == s.op {
		s.there <- struct{}{}
		<-s.goOn
	}
}

func (w stuckWriter) Rename(from, to string, same disk.ID) error {
	w.wait("rename")
	return w.Writer.Rename(from, to, same)
}

func (w stuckWriter) MakePrivate(path string) (disk.Private, error) {
	p, err := w.Writer.MakePrivate(path)
	return stuckFolder{p, w.stuck}, err
}

type stuckFolder struct {
	disk.Private
	stuck
}

func (f stuckFolder) Enter(name string) (disk.Private, error) {
	p, err := f.Private.Enter(name)
	return stuckFolder{p, f.stuck}, err
}

func (f stuckFolder) Remove(name string, same disk.ID) error {
	f.wait("remove")
	return f.Private.Remove(name, same)
}

// consoleClosed is what Windows gives a console that is closed, about.
const consoleClosed = 5 * time.Second

// Windows gives a console that is closed about five seconds: in that time the journal has its end, whatever the disk
// does not come back from.
func TestLeavingWaitsForNoDisk(t *testing.T) {
	for _, op := range []string{"rename", "remove"} {
		t.Run(op, func(t *testing.T) { synctest.Test(t, func(t *testing.T) { leftAtAStuckDisk(t, op) }) })
	}
}

// leftAtAStuckDisk leaves a walk whose disk does not come back from an operation, in a bubble where waiting takes no
// time.
func leftAtAStuckDisk(t *testing.T, op string) {
	clock := &walktest.QuickClock{At: walktest.Began}
	m := stuck{walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now), op, make(chan struct{}, 1),
		make(chan struct{})}
	w := walk.New(t.Context(), m, walk.Options{Clock: clock, Version: "test"})
	e := &walktest.Engineer{T: t, Walk: w, Disk: m.Dir}
	e.Settle(w.Begin())
	e.Until("copy")
	acted := make(chan struct{})
	if op == "rename" {
		task := w.Handle(screen.Answer{Yes: true})[0]
		go func() { task(); close(acted) }()
		<-m.there
	} else {
		close(acted)
	}
	closed, left := make(chan struct{}), time.Now()
	go func() { w.Close(); close(closed) }()
	<-closed
	if took := time.Since(left); took > consoleClosed {
		t.Errorf("leaving took %v", took)
	}
	if rs := walktest.Records(t, m.Rig); rs[len(rs)-1].Kind != "end" {
		t.Errorf("the journal ends with %+v", rs[len(rs)-1])
	}
	if op == "remove" {
		<-m.there // it was tried
	}
	close(m.goOn)
	<-acted
}

// What is told after the walk was left tells how a change ended that was being made meanwhile.
func TestTheReportOfAWalkThatWasToldToEnd(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	m := stuck{walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now), "rename", make(chan struct{}, 1),
		make(chan struct{})}
	w := walk.New(t.Context(), m, walk.Options{Clock: clock, Version: "test"})
	e := &walktest.Engineer{T: t, Walk: w, Disk: m.Dir}
	e.Settle(w.Begin())
	e.Until("copy")
	task := w.Handle(screen.Answer{Yes: true})[0]
	go task()
	<-m.there
	w.Handle(screen.Terminate{})
	close(m.goOn)
	w.Close()
	if hash := walktest.CacheOf(t, m.Dir)[walktest.TargetName]; hash != walktest.GoodHash(t) {
		t.Fatalf("%s is %q", walktest.TargetName, hash)
	}
	cs := w.Report().Changes
	if last := cs[len(cs)-1]; last.To != `C:\Windows\Installer\`+walktest.TargetName || last.Outcome != "done" {
		t.Errorf("the report tells %+v", last)
	}
}
