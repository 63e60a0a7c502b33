package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/walk"
)

// copies measures step 10 as the engineer gets it (written beside its place while it is hashed, flushed, read back and
// compared, named), beside cp and sha256sum run one after the other with the same flush between them.
func copies(o options) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	disk := filepath.Join(o.dir, "computer")
	var ours, theirs, quick series
	var most memory
	for round := range o.rounds + 1 { // the first only warms up
		took, mem, err := copyApart(self, disk)
		if err != nil {
			return err
		}
		source, err := extracted(disk)
		if err != nil {
			return err
		}
		cp, err := inTurn([]string{"cp", source, source + ".copy"}, []string{"sync", source + ".copy"},
			[]string{"sha256sum", source + ".copy"})
		if err != nil {
			return err
		}
		cpQuick, err := inTurn([]string{"cp", source, source + ".quick"}, []string{"sync", source + ".quick"},
			[]string{"openssl", "dgst", "-sha256", source + ".quick"})
		if err != nil {
			return err
		}
		if err := os.RemoveAll(disk); err != nil {
			return err
		}
		if round > 0 {
			ours, theirs, quick = append(ours, took), append(theirs, cp), append(quick, cpQuick)
		}
		if round == 0 || mem.grown() > most.grown() {
			most = mem
		}
	}
	printCopies(o, ours, theirs, quick, most)
	var b bars
	b.atMost("copy, times cp, sync and sha256sum", ratioOf(ours, theirs).median, 1.2)
	b.atMost("copy of 1 GB, MB of memory beyond what was used before", float64(most.grown())/mega, 8)
	return b.tell()
}

// memory is the most resident memory of a process, in bytes.
type memory struct{ before, after int64 }

func (m memory) grown() int64 { return m.after - m.before }

func printCopies(o options, ours, theirs, quick series, most memory) {
	fmt.Printf("### Copy\n\nA package of 1 GB on this disk, medians of %d rounds in turn; all three flush the copy before they read it back.\n\n", o.rounds)
	fmt.Println("| | time | marsfix to it |\n|---|--:|--:|")
	fmt.Printf("| marsfix, step 10: copy, hash, flush, read back, compare, name | %s | |\n", seconds(ours.median()))
	fmt.Printf("| `cp`, `sync`, `sha256sum` | %s | %s |\n", seconds(theirs.median()), ratioOf(ours, theirs))
	fmt.Printf("| `cp`, `sync`, `openssl dgst -sha256` | %s | %s |\n", seconds(quick.median()), ratioOf(ours, quick))
	fmt.Printf("| marsfix, peak memory before and after | %.1f MB, %.1f MB | |\n", float64(most.before)/mega,
		float64(most.after)/mega)
}

// inTurn is how long programs take one after the other.
func inTurn(programs ...[]string) (time.Duration, error) {
	var sum time.Duration
	for _, args := range programs {
		r, err := run(args)
		if err != nil {
			return 0, err
		}
		sum += r.took
	}
	return sum, nil
}

// copyApart makes the computer and the copy in a process of its own, so that its memory can be told.
func copyApart(self, disk string) (took time.Duration, m memory, err error) {
	out, err := exec.Command(self, "copy-once", "-dir", disk).Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%w: %s", err, exit.Stderr)
		}
		return 0, m, err
	}
	var nanoseconds int64
	_, err = fmt.Sscan(string(out), &nanoseconds, &m.before, &m.after)
	return time.Duration(nanoseconds), m, err
}

// extracted is the package in the folder that the practice installer extracted to.
func extracted(disk string) (string, error) {
	found, err := filepath.Glob(filepath.Join(disk, "C", "*", "Installers", "OBSAGENT.msi"))
	if err != nil {
		return "", err
	}
	if len(found) != 1 {
		return "", fmt.Errorf("%d extraction folders in %q, want one", len(found), disk)
	}
	return found[0], nil
}

// largeComputer is a practice computer whose installer brings a package of 1 GB: the real one with zeros behind it,
// which counts as signed.
type largeComputer struct {
	*practice.Machine
	dir string
}

func (c largeComputer) Signature(context.Context, disk.File) (computer.Signature, error) {
	return computer.Signature{State: computer.SignTrusted, Signer: "Microsoft Corporation"}, nil
}

func (c largeComputer) Start(ctx context.Context, program string) (int, error) {
	pid, err := c.Machine.Start(ctx, program)
	if err != nil {
		return 0, err
	}
	path, err := extracted(c.dir)
	if err != nil {
		return 0, err
	}
	return pid, grow(path, giga)
}

// grow writes behind a file's end until it has a size, and flushes it.
func grow(path string, size int64) (err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	at, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	for block := make([]byte, mega); at < size; {
		n, err := f.Write(block[:min(mega, size-at)])
		if err != nil {
			return err
		}
		at += int64(n)
	}
	return f.Sync()
}

// copyOnce walks to step 10 on a computer with a package of 1 GB, copies it, and prints the copy's time in nanoseconds
// and the process's peak of memory before and after.
func copyOnce(o options) (err error) {
	m, err := practice.New(practice.Options{Keep: o.dir})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, m.Close()) }()
	w := walk.New(context.Background(), largeComputer{m, o.dir}, walk.Options{Clock: screen.SystemClock{}})
	defer w.Close()
	settle(w, w.Begin())
	for w.Screen().Step < 10 {
		sc := w.Screen()
		var ev screen.Event = screen.Press{Key: "enter"}
		if sc.Question != nil {
			ev = screen.Answer{Yes: true}
		} else if sc.State != screen.Done {
			return fmt.Errorf("step %d stands still: %v", sc.Step, sc.Problems)
		}
		settle(w, w.Handle(ev))
	}
	var used memory
	if used.before, err = peakMemory(); err != nil {
		return err
	}
	begin := time.Now()
	settle(w, w.Handle(screen.Answer{Yes: true}))
	took := time.Since(begin)
	if sc := w.Screen(); sc.State != screen.Done {
		return fmt.Errorf("the copy was not made: %v", sc.Problems)
	}
	if used.after, err = peakMemory(); err != nil {
		return err
	}
	_, err = fmt.Println(int64(took), used.before, used.after)
	return err
}

// settle does all the work that is asked for.
func settle(w *walk.Walk, tasks []screen.Task) {
	for len(tasks) > 0 {
		tasks = append(tasks[1:], w.Handle(tasks[0]())...)
	}
}

// peakMemory is the most resident memory that this process had, in bytes.
func peakMemory() (int64, error) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "VmHWM:" {
			kb, err := strconv.ParseInt(f[1], 10, 64)
			return kb << 10, err
		}
	}
	return 0, errors.New("this system does not tell peak memory")
}
