//go:build windows

// Command victim walks this computer as marsfix does up to the copy, with yes to everything and the leftovers of
// earlier victims removed.
//
//	victim list FILE   copies, and writes the operations of the copy and of its journal to FILE, one a line
//	victim kill K      is killed before the K-th of them
//
// It ends with 0 when the copy was made, with 70 when it does not get so far, and with 1 when it was killed.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/screen"
	walks "marsfix/steps/walk"
	"marsfix/steps/winmachine"
)

func main() {
	if err := act(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "victim:", err)
		os.Exit(70)
	}
}

func act(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("started with %q", args)
	}
	if args[0] == "list" {
		var seen []string
		err := walk(func(op disktest.Op, path string) error {
			seen = append(seen, string(op)+" "+path+"\n")
			return nil
		})
		return errors.Join(err, os.WriteFile(args[1], []byte(strings.Join(seen, "")), 0o644))
	}
	k, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	return walk(disktest.At(k, disktest.Kill))
}

// computer is this one, with a function before every operation on its disk.
type computer struct {
	*winmachine.Machine
	hooked *disktest.Hooked
}

func (c computer) Disk() disk.Reader   { return c.hooked }
func (c computer) Writer() disk.Writer { return c.hooked }

// walk walks up to the copy and makes it, with before ahead of every operation of that act.
func walk(before disktest.Before) error {
	m, err := winmachine.New()
	if err != nil {
		return err
	}
	d, ok := m.Disk().(disk.Disk)
	if !ok {
		return errors.New("the computer's disk cannot be hooked")
	}
	acting := false // looks and acts are done one after the other here
	hooked := disktest.New(d, func(op disktest.Op, path string) error {
		if !acting {
			return nil
		}
		return before(op, path)
	})
	w := walks.New(context.Background(), computer{m, hooked},
		walks.Options{Clock: screen.SystemClock{}, Version: "test"})
	defer w.Close()
	settle(w, w.Begin())
	for range 40 {
		sc := w.Screen()
		switch q := sc.Question; {
		case offers(sc, "s", "remove leftover"):
			settle(w, w.Handle(screen.Press{Key: "s"}))
		case q != nil && q.Verb == "copy":
			copying := w.Handle(screen.Answer{Yes: true})
			acting = true
			made := copying[0]()
			acting = false
			settle(w, w.Handle(made))
			if sc := w.Screen(); sc.Step != 10 || sc.State != screen.Done {
				return fmt.Errorf("the copy came to %+v", sc.Problems)
			}
			return m.Close()
		case q != nil && q.Kind == screen.Type:
			settle(w, w.Handle(screen.Answer{Text: q.Want}))
		case q != nil:
			settle(w, w.Handle(screen.Answer{Yes: true}))
		default:
			settle(w, w.Handle(screen.Press{Key: "enter"}))
		}
	}
	sc := w.Screen()
	return fmt.Errorf("it comes no further than step %d: %+v", sc.Step, sc.Problems)
}

// settle does all the work that is asked for, until the walk waits for the engineer.
func settle(w *walks.Walk, tasks []screen.Task) {
	for len(tasks) > 0 && w.Screen().State != screen.NeedsYou {
		tasks = append(tasks[1:], w.Handle(tasks[0]())...)
	}
}

// offers reports whether the footer has a key for this.
func offers(sc screen.Screen, key, verb string) bool {
	return slices.ContainsFunc(sc.Actions, func(a screen.Action) bool { return a.Key == key && a.Verb == verb })
}
