//go:build unix

package ui

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"marsfix/steps/screen"
)

const childEnv = "MARSFIX_UI_STORY"

// seats is how many of the parallel tests run beside each other. They wait most of the time, so that more of them fit
// than there are processors; tests that compute are not among them, since keys have to come in time.
const seats = 16

// AtEnd takes away what tests share, when all of them have ended.
var AtEnd = func() error { return nil }

// TestMain plays a story in a terminal of its own when it is told so: the child of the tests below.
func TestMain(m *testing.M) {
	if name := os.Getenv(childEnv); name != "" {
		os.Exit(child(name))
	}
	flag.Parse()
	if flag.Lookup("test.fuzz").Value.String() == "" { // there it is the number of processes, and all compute
		if err := flag.Set("test.parallel", strconv.Itoa(seats)); err != nil {
			panic(err)
		}
	}
	code := m.Run()
	if err := AtEnd(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// child runs the screens over a story on standard input and output.
func child(name string) int {
	signals := make(chan screen.Event)
	code, err := runScreens(context.Background(), childWalk(name, signals), Options{Signals: signals})
	var crash *Panic
	switch {
	case errors.As(err, &crash):
		fmt.Printf("caught: %v, stack %v\n", crash.Value, bytes.Contains(crash.Stack, []byte("childWalk")))
		return 70
	case err != nil:
		fmt.Println(err)
		return 99
	}
	return code
}

// childWalk is a walk for a child: the short story, or one that meets its end.
func childWalk(name string, signals chan screen.Event) *fakeWalk {
	w := shortStory().walk("wizard")
	told := w.on
	w.on = func(w *fakeWalk, ev screen.Event) []screen.Task {
		if eventName(ev) == "enter" {
			switch name {
			case "panic":
				panic("defect in the walk")
			case "task panic":
				return []screen.Task{func() screen.Event { panic("defect in a task") }}
			case "terminate":
				go func() { signals <- screen.Terminate{} }()
				return nil
			case "work":
				w.screen = lookingScreen()
				w.screen.Since = time.Now()
				return nil
			}
		}
		if eventName(ev) == "interrupt" {
			w.screen.Left, w.screen.Code = true, 3
			return nil
		}
		return told(w, ev)
	}
	return w
}

func TestTerminalWalk(t *testing.T) {
	t.Parallel()
	x := play(t, "story", 80, 24)
	x.until("enter close it")
	x.send("\r")
	x.until("matches")
	x.send("\r")
	x.until("enter choose")
	x.send("\x1b[B") // down
	x.until("► 2")
	x.pace()
	x.send("\r")
	x.until("y copy")
	x.send("y")
	x.until("the copy is the original")
	x.resize(60, 16)
	x.untilSo("the narrower frame", func(s string) bool {
		return strings.Contains(s, "Step 10 of 12") && strings.Contains(s, "\n "+strings.Repeat("─", 58)+"\n")
	})
	x.resize(20, 5)
	x.untilSo("the sentence", func(s string) bool { return strings.Contains(flat(s), flat(tooSmall(20, 5))) })
	x.resize(120, 40)
	x.until("Step 10 of 12")
	x.send("\r")
	x.until("enter finish")
	x.send("\r")
	if code := x.code(); code != 0 {
		t.Errorf("code %d", code)
	}
	text, _ := x.screen()
	if x.emu.IsAltScreen() || strings.TrimSpace(text) != "the end" {
		t.Errorf("after the screens:\n%s", text)
	}
}

// TestTerminalAtRest: while the engineer is waited for, nothing at all is written.
func TestTerminalAtRest(t *testing.T) {
	t.Parallel()
	x := play(t, "story", 80, 24)
	x.until("enter close it")
	quiet := 0
	limit := time.After(20 * time.Second)
	for quiet < 5 {
		select {
		case <-x.changed:
			quiet = 0
		case <-time.After(200 * time.Millisecond):
			quiet++
		case <-limit:
			t.Fatal("it goes on writing while it waits")
		}
	}
	_, before := x.screen()
	x.send("z") // a key that does nothing draws nothing either
	x.send("\x03")
	if code := x.code(); code != 3 {
		t.Errorf("code %d", code)
	}
	if _, after := x.screen(); after == before {
		t.Error("nothing was written at the end either: the test sees nothing")
	}
}

// TestTerminalSpinner: while something runs the screen moves.
func TestTerminalSpinner(t *testing.T) {
	t.Parallel()
	x := play(t, "work", 80, 24)
	x.until("enter close it")
	x.send("\r")
	for _, frame := range []string{"| searching", "/ searching", "- searching", `\ searching`, "| searching"} {
		x.until(frame)
	}
	x.send("\x03")
	if code := x.code(); code != 3 {
		t.Errorf("code %d", code)
	}
}

func TestTerminalEnds(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"panic":      "caught: defect in the walk, stack true",
		"task panic": "caught: defect in a task, stack true",
		"terminate":  "the end",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := play(t, name, 80, 24)
			x.until("enter close it")
			x.send("\r")
			code := x.code()
			text, _ := x.screen()
			if strings.TrimSpace(text) != want || x.emu.IsAltScreen() || x.emu.CursorHidden() {
				t.Errorf("after the screens:\n%s", text)
			}
			if wantCode := map[string]int{"terminate": 3}[name]; name == "terminate" && code != wantCode ||
				name != "terminate" && code != 70 {
				t.Errorf("code %d", code)
			}
		})
	}
}
