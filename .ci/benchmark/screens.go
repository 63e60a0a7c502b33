package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	frames   = 25 // starts of each program
	keyCount = 100
	idleFor  = 10 * time.Second
	idles    = 3 // how often the idle time is measured
	walks    = 5 // in which lines are added to the set-up log
	settling = 1500 * time.Millisecond
	enter    = "\r"
)

// screens measures what the engineer feels.
func screens(o options) error {
	fmt.Print("### Screens\n\nIn a pseudo terminal, beside a program of the same toolkit that says hello, world; medians.\n\n")
	fmt.Println("| | marsfix | hello, world | ratio |")
	fmt.Println("|---|--:|--:|--:|")
	var b bars
	for _, part := range []func(options, *bars) error{firstFrames, keys, idle, news} {
		if err := part(o, &b); err != nil {
			return err
		}
	}
	return b.tell()
}

// firstFrames measures from the start of a program to its first whole frame, one program after the other.
func firstFrames(o options, b *bars) error {
	var ours, theirs series
	for range frames {
		m, err := firstFrame(o, []string{o.marsfix, "practice"}, "Step 1 of 12", "q quit")
		if err != nil {
			return err
		}
		h, err := firstFrame(o, []string{o.hello}, "hello, world")
		if err != nil {
			return err
		}
		ours, theirs = append(ours, m), append(theirs, h)
	}
	fmt.Printf("| start to the first whole frame, 80x24 (%d times) | %s | %s | %s |\n", frames, ms(ours.median()),
		ms(theirs.median()), ratioOf(ours, theirs))
	b.atMost("first frame, times that of hello, world", ratioOf(ours, theirs).median, 1.5)
	return nil
}

func firstFrame(o options, args []string, texts ...string) (took time.Duration, err error) {
	t, err := open(80, 24, o.dir, args...)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	at, err := t.shows(texts...)
	return at.Sub(t.started), err
}

// keys measures from a key to the last byte that it draws, in the viewer over a log of 1 GB, in a large window.
func keys(o options, b *bars) (err error) {
	path, err := patchLog(true).build(filepath.Join(o.dir, "viewed"), giga)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(filepath.Dir(path))) }()
	m, err := open(200, 60, o.dir, o.marsfix, "practice", "--patch-log", path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, m.close()) }()
	h, err := open(200, 60, o.dir, o.hello)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	// Step 4 may ask which of the names is meant; its log can be seen all the same.
	if err := m.press("enter next", enter, "Step 2 of 12", "", "enter next", enter, "Step 3 of 12", "", "enter next",
		enter, "Step 4 of 12", "", "l log", "l", "/ search", ""); err != nil {
		return err
	}
	if _, err := h.shows("hello, world"); err != nil {
		return err
	}
	ours, err := keyTimes(m, "\x1b[B", "\x1b[6~", "\x1b[A", "\x1b[5~") // down, page down, up, page up
	if err != nil {
		return err
	}
	theirs, err := keyTimes(h, "a", "b")
	if err != nil {
		return err
	}
	fmt.Printf("| key to its last byte, 200x60, in the viewer over a log of 1 GB (%d keys) | %s | %s | %.2f |\n",
		keyCount, ms(ours.median()), ms(theirs.median()), float64(ours.median())/float64(theirs.median()))
	b.atMost("key to its bytes, ms", ours.median().Seconds()*1000, 17)
	return nil
}

// keyTimes presses keys one at a time, at any moment of the toolkit's tick.
func keyTimes(t *terminal, names ...string) (series, error) {
	var all series
	for i := range keyCount {
		t.quiet(time.Duration(40+rand.IntN(30)) * time.Millisecond)
		before := t.count()
		begin := time.Now()
		if err := t.key(names[i%len(names)]); err != nil {
			return nil, err
		}
		for t.count() == before {
			if time.Since(begin) > patience {
				return nil, fmt.Errorf("key %d drew nothing", i)
			}
			<-t.fresh
		}
		all = append(all, t.quiet(40*time.Millisecond).Sub(begin))
	}
	return all, nil
}

// idle measures what is used and written while the engineer is waited for, all programs at the same time.
func idle(o options, b *bars) error {
	var ours, theirs, asking series
	written := 0
	for range idles {
		m, a, h, n, err := idleOnce(o)
		if err != nil {
			return err
		}
		ours, asking, theirs, written = append(ours, m), append(asking, a), append(theirs, h), written+n
	}
	share := func(d time.Duration) string {
		return fmt.Sprintf("%.2f %% of a core", 100*d.Seconds()/idleFor.Seconds())
	}
	fmt.Printf("| waiting at step 1 for %v (%d times) | %s | %s | %s |\n", idleFor, idles, share(ours.median()),
		share(theirs.median()), ratioOf(ours, theirs))
	fmt.Printf("| waiting at the question of step 6 | %s | %s | %s |\n", share(asking.median()), share(theirs.median()),
		ratioOf(asking, theirs))
	fmt.Printf("| bytes written while waiting, in all | %d | | |\n", written)
	b.atMost("waiting at step 1, times the CPU of hello, world", ratioOf(ours, theirs).median, 1.3)
	b.atMost("waiting at step 6, times the CPU of hello, world", ratioOf(asking, theirs).median, 1.3)
	b.atMost("bytes written while waiting", float64(written), 0)
	return nil
}

// idleOnce tells the CPU time at step 1, at the question of step 6, and of hello, world; and the bytes that the first
// two wrote.
func idleOnce(o options) (first, asking, hello time.Duration, written int, err error) {
	all := make([]*terminal, 3)
	for i, args := range [][]string{{o.marsfix, "practice"}, {o.marsfix, "practice"}, {o.hello}} {
		if all[i], err = open(80, 24, o.dir, args...); err != nil {
			return
		}
		defer func() { err = errors.Join(err, all[i].close()) }()
	}
	if _, err = all[0].shows("Step 1 of 12", "enter next"); err != nil {
		return
	}
	if err = toStep6(all[1]); err != nil {
		return
	}
	if _, err = all[2].shows("hello, world"); err != nil {
		return
	}
	time.Sleep(settling)
	var before, after [3]time.Duration
	var pieces [3]int
	for i, t := range all {
		pieces[i] = t.count()
		if before[i], err = t.cpu(); err != nil {
			return
		}
	}
	time.Sleep(idleFor)
	for i, t := range all {
		if after[i], err = t.cpu(); err != nil {
			return
		}
	}
	return after[0] - before[0], after[1] - before[1], after[2] - before[2],
		all[0].bytesSince(pieces[0]) + all[1].bytesSince(pieces[1]), nil
}

// toStep6 walks to the question whether the installer is to be started.
func toStep6(t *terminal) error {
	for n := 1; n < 6; n++ {
		if err := t.press(fmt.Sprintf("Step %d of 12", n), "", "enter next", enter); err != nil {
			return err
		}
	}
	_, err := t.shows("Step 6 of 12", "y start")
	return err
}

// news measures from a line's being in the set-up log to its being on the screen, in step 7 (something was written) and
// in step 8 (the line itself).
func news(o options, b *bars) error {
	var all series
	for i := range walks {
		took, err := newsOnce(o, filepath.Join(o.dir, fmt.Sprintf("walk%d", i)))
		if err != nil {
			return err
		}
		all = append(all, took...)
	}
	slowest := all[0]
	for _, d := range all {
		slowest = max(slowest, d)
	}
	fmt.Printf("| a new line in the set-up log to the screen (%d times) | %s, the slowest %s | | |\n", len(all),
		ms(all.median()), ms(slowest))
	b.atMost("new line to the screen, the slowest, ms", slowest.Seconds()*1000, 300)
	return nil
}

func newsOnce(o options, disk string) (took series, err error) {
	t, err := open(80, 24, o.dir, o.marsfix, "practice", "--scenario", "no-errlog", "--keep", disk)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, t.close(), os.RemoveAll(disk)) }()
	if err := toStep6(t); err != nil {
		return nil, err
	}
	if err := t.press("y start", "y", "enter next", enter); err != nil {
		return nil, err
	}
	if _, err := t.shows("Step 7 of 12", "waiting for the installer"); err != nil {
		return nil, err
	}
	folder, err := installed(disk)
	if err != nil {
		return nil, err
	}
	log := filepath.Join(disk, "C", "Windows", "Temp", "OBInstaller0Curr.errlog")
	time.Sleep(time.Duration(rand.IntN(200)) * time.Millisecond) // anywhere between two looks
	for _, s := range []struct {
		text  string
		shown []string
		key   string
	}{
		{"Setup launched, version 2.0.9262.0", []string{"since the installer was started", "enter next"}, enter},
		{"Directory Path for SetupLaunchScreen: " + folder, []string{"written since the start"}, ""},
	} {
		begin, err := logged(log, s.text)
		if err != nil {
			return nil, err
		}
		at, err := t.shows(s.shown...)
		if err != nil {
			return nil, err
		}
		if !at.After(begin) {
			return nil, fmt.Errorf("the screen said %q before the log did", s.shown)
		}
		took = append(took, at.Sub(begin))
		if s.key != "" {
			if err := t.press("", s.key, "Step 8 of 12", ""); err != nil {
				return nil, err
			}
			time.Sleep(time.Duration(300+rand.IntN(200)) * time.Millisecond)
		}
	}
	return took, nil
}

// installed waits until the practice installer has extracted the package, and tells the folder as Windows names it.
func installed(disk string) (string, error) {
	for begin := time.Now(); time.Since(begin) < patience; time.Sleep(20 * time.Millisecond) {
		if path, err := extracted(disk); err == nil {
			return `C:\` + filepath.Base(filepath.Dir(filepath.Dir(path))), nil
		}
	}
	return "", fmt.Errorf("the practice installer extracted nothing to %q", disk)
}

// logged adds a line to the set-up log, as the installer does, and tells when it stood there.
func logged(path, text string) (time.Time, error) {
	line := strings.Join([]string{"1084", "108C", time.Now().Format("01/02"), time.Now().Format("15:04:05.000"), "18",
		"setuplaunch.cpp(371)",
		"[0000000053582120]", "1FCFF8B4-3E0E-4B52-9C4A-7F1A5D2E9169", "", "NORMAL", text}, "\t") + "\r\n"
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return time.Time{}, err
	}
	_, err = f.WriteString(line)
	at := time.Now()
	return at, errors.Join(err, f.Close())
}
