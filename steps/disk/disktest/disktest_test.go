package disktest_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"testing"

	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
)

// story does every operation of a disk and of its files once, and goes on whatever fails.
func story(d disk.Disk) (done []error) {
	note := func(err error) { done = append(done, err) }
	note(d.MakeFolder(`C:\data`))
	if p, err := d.MakePrivate(`C:\private`); err == nil {
		private(p, note)
		p.Close()
	} else {
		note(err)
	}
	if p, err := d.OpenPrivate(`C:\private`); err == nil {
		_, err := p.List()
		note(err)
		if f, err := p.Open("journal"); err == nil {
			note(f.Close())
		} else {
			note(err)
		}
		p.Close()
	} else {
		note(err)
	}
	if f, err := d.Create(`C:\data\new`); err == nil {
		_, err := f.Write([]byte("0123456789"))
		note(err)
		note(f.Sync())
		_, err = f.Info()
		note(err)
		note(f.Close())
	} else {
		note(err)
	}
	info, err := d.Stat(`C:\data\new`)
	note(err)
	note(d.Rename(`C:\data\new`, `C:\data\named`, info.ID))
	for _, open := range []func() (disk.File, error){
		func() (disk.File, error) { return d.Open(`C:\data\named`, disk.ShareRead) },
		func() (disk.File, error) { f, _, err := d.OpenStrict(`C:\data\named`); return f, err },
	} {
		f, err := open()
		if err != nil {
			note(err)
			continue
		}
		_, err = io.ReadAll(io.NewSectionReader(f, 0, 10))
		note(err)
		note(f.Close())
	}
	_, err = d.Owner(`C:\data\named`)
	note(err)
	note(d.Guarded(`C:\data`))
	_, err = d.List(`C:\data`)
	note(err)
	_, err = d.Free(`C:\data`)
	note(err)
	_, err = d.Drives()
	note(err)
	_, err = d.Removable(`C:\data`)
	note(err)
	note(d.Remove(`C:\data\named`, info.ID))
	return done
}

// private does every operation of a private folder once.
func private(p disk.Private, note func(error)) {
	if r, err := p.Make("run"); err == nil {
		r.Close()
	} else {
		note(err)
	}
	if f, err := p.Append("journal"); err == nil {
		_, err := f.Write([]byte("line"))
		note(err)
		note(f.Close())
	} else {
		note(err)
	}
	if f, err := p.Create("new"); err == nil {
		note(f.Close())
	} else {
		note(err)
	}
	in, err := p.List()
	note(err)
	ids := map[string]disk.ID{}
	for _, i := range in {
		ids[i.Path] = i.ID
	}
	note(p.Rename("new", "named", ids[`C:\private\new`]))
	note(p.Remove("named", ids[`C:\private\new`]))
	if r, err := p.Enter("run"); err == nil {
		r.Close()
	} else {
		note(err)
	}
	if r, err := p.Inside("run"); err == nil {
		r.Close()
	} else {
		note(err)
	}
	note(p.RemoveFolder("run", ids[`C:\private\run`]))
}

func plain(dir string) disk.Disk { return disk.NewMapped(map[byte]string{'C': dir}) }

func seen(t *testing.T) (ops []disktest.Op) {
	t.Helper()
	h := disktest.New(plain(t.TempDir()), func(op disktest.Op, _ string) error { ops = append(ops, op); return nil })
	if err := errors.Join(story(h)...); err != nil {
		t.Fatal(err)
	}
	return ops
}

func TestAsksBeforeEveryOperation(t *testing.T) {
	got := map[disktest.Op]bool{}
	for _, op := range seen(t) {
		got[op] = true
	}
	var missing []disktest.Op
	for _, op := range disktest.Ops() {
		if !got[op] {
			missing = append(missing, op)
		}
	}
	if missing != nil {
		t.Fatalf("nobody was asked before %v", missing)
	}
	// A disk and its folders must not have an operation that the wrapper passes on without asking.
	for what, want := range map[reflect.Type]int{reflect.TypeFor[disk.Disk](): 15,
		reflect.TypeFor[disk.Private](): 12} {
		if n := what.NumMethod(); n != want {
			t.Fatalf("%v has %d methods: give the new ones an Op and a place in this test", what, n)
		}
	}
}

func TestFailsEachOperation(t *testing.T) {
	boom := errors.New("boom")
	for k := range len(seen(t)) {
		h := disktest.New(plain(t.TempDir()), disktest.At(k+1, disktest.Fail(boom)))
		if err := errors.Join(story(h)...); !errors.Is(err, boom) {
			t.Fatalf("operation %d did not fail: %v", k+1, err)
		}
	}
}

func TestWritesShort(t *testing.T) {
	dir := t.TempDir()
	h := disktest.New(plain(dir), disktest.Only(func(disktest.Op, string) error {
		return disktest.Short{N: 3, Err: disk.ErrFull}
	}, disktest.Write))
	f, err := h.Create(`C:\x`)
	if err != nil {
		t.Fatal(err)
	}
	n, err := f.Write([]byte("abcdef"))
	if n != 3 || !errors.Is(err, disk.ErrFull) {
		t.Fatalf("Write is %d, %v", n, err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "x")); err != nil || !bytes.Equal(got, []byte("abc")) {
		t.Fatalf("the file holds %q, %v", got, err)
	}
}

// The test binary is its own victim: with these set it plays the story and is killed before the given operation.
const victimDir, victimOp = "DISKTEST_DIR", "DISKTEST_OP"

func TestMain(m *testing.M) {
	if dir := os.Getenv(victimDir); dir != "" {
		k, err := strconv.Atoi(os.Getenv(victimOp))
		if err != nil {
			os.Exit(2)
		}
		story(disktest.New(plain(dir), disktest.At(k, disktest.Kill)))
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestKillsBeforeAnOperation(t *testing.T) {
	rename := 0
	for i, op := range seen(t) {
		if op == disktest.Rename {
			rename = i + 1
		}
	}
	for k, want := range map[int]string{rename: "new", rename + 1: "named"} {
		dir := t.TempDir()
		victim := exec.Command(os.Args[0])
		victim.Env = append(os.Environ(), victimDir+"="+dir, victimOp+"="+strconv.Itoa(k))
		var exit *exec.ExitError
		if err := victim.Run(); !errors.As(err, &exit) || exit.Exited() && exit.ExitCode() == 0 {
			t.Fatalf("it outlived operation %d: %v", k, err)
		}
		names, err := os.ReadDir(filepath.Join(dir, "data"))
		if err != nil || len(names) != 1 || names[0].Name() != want {
			t.Fatalf("killed before operation %d it left %v, %v; want only %q", k, names, err, want)
		}
	}
}
