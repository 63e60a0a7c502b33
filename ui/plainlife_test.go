package ui

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"marsfix/steps/screen"
)

// TestPlainWaits: a step that needs something done elsewhere is waited for without reading, what is waited for is said
// once, and looking again prints nothing again.
func TestPlainWaits(t *testing.T) {
	waiting := with(needsYouScreen(), func(sc *screen.Screen) { sc.Actions = nil })
	st := story{
		"one":   {screen: waiting, task: "two"},
		"two":   {screen: waiting, task: "three"},
		"three": {screen: waiting, task: "gone"},
		"gone": {screen: onStep(1, "Close the upgrade wizard", "", screen.Done, next),
			then: map[string]string{"enter": "left 0"}},
	}
	var b bytes.Buffer
	in := iotest.ErrReader(errors.New("nobody may read this"))
	code, err := runPlain(t.Context(), st.walk("one"), Options{In: in, Text: &b})
	if err != nil || code != 0 {
		t.Fatalf("code %d, %v\n%s", code, err, &b)
	}
	if n := strings.Count(b.String(), "to do: an upgrade wizard is open"); n != 1 {
		t.Errorf("what is waited for is said %d times:\n%s", n, &b)
	}
}

// TestPlainQuestionSettlesItself: while a question waits for its line, the computer may answer it; the line is then not
// read as an answer to something else.
func TestPlainQuestionSettlesItself(t *testing.T) {
	gone := make(chan struct{})
	st := shortStory()
	wizard := st["wizard"]
	wizard.task, wizard.hold = "gone", gone
	st["wizard"] = wizard
	st["gone"] = leaf{screen: onStep(1, "Close the upgrade wizard", "", screen.Done, next),
		then: map[string]string{"enter": "copy"}}
	in, typing := io.Pipe()
	out := &lookout{want: "Close the upgrade wizard now?", then: func() { close(gone) }}
	second := &lookout{want: "Copy it as 7b5ea8.msi?", then: func() {
		go func() { _, _ = io.WriteString(typing, "y\n") }()
	}}
	code, err := runPlain(t.Context(), st.walk("wizard"), Options{In: in, Text: io.MultiWriter(out, second)})
	if err != nil || code != 0 {
		t.Errorf("code %d, %v\n%s", code, err, out.String())
	}
}

// lookout does something once a text was written.
type lookout struct {
	text strings.Builder
	want string
	then func()
}

func (l *lookout) String() string { return l.text.String() }

func (l *lookout) Write(p []byte) (int, error) {
	l.text.Write(p)
	if l.then != nil && strings.Contains(l.String(), l.want) {
		l.then()
		l.then = nil
	}
	return len(p), nil
}

// TestPlainNeverLoops: a walk that comes back to the same state for ever is left.
func TestPlainNeverLoops(t *testing.T) {
	st := story{"a": {screen: onStep(3, "Search", "", screen.Done, next), then: map[string]string{"enter": "b"}},
		"b": {screen: onStep(3, "Search", "", screen.Done, next), then: map[string]string{"enter": "a"}}}
	w := st.walk("a")
	if _, code := plainly(t, w, ""); code != 3 {
		t.Errorf("code %d", code)
	}
	if n := strings.Count(w.seen(), "enter"); n > mostEnters {
		t.Errorf("%d enters", n)
	}
	lists := story{}
	for name, other := range map[string]string{"a": "b", "b": "a"} {
		sc := chooseScreen()
		q := *sc.Question
		q.Prompt += name
		sc.Question = &q
		lists[name] = leaf{screen: sc, then: map[string]string{"answer(false,0,)": other}}
	}
	walk := lists.walk("a")
	if _, code := plainly(t, walk, strings.Repeat("\n", 10*mostAsks)); code != 3 ||
		strings.Count(walk.seen(), "answer") > mostAsks {
		t.Errorf("an input that never ends: code %d after %d answers", code, strings.Count(walk.seen(), "answer"))
	}
	stuck := story{"a": {screen: onStep(3, "Search", "", screen.Looking)}}
	if _, code := plainly(t, stuck.walk("a"), ""); code != 3 {
		t.Errorf("a step that neither looks nor asks: code %d", code)
	}
}

// TestPlainInterrupt: Ctrl+C asks; a no goes on where the walk stood.
func TestPlainInterrupt(t *testing.T) {
	leaving := with(confirmScreen(), func(sc *screen.Screen) {
		sc.Question, sc.Actions = actingScreen().Question,
			actingScreen().Actions
	})
	for input, want := range map[string]string{
		"n\ny\n": "interrupt answer(false,0,) answer(true,0,) enter enter",
		"y\n":    "interrupt answer(true,0,)",
	} {
		st := shortStory()
		copying := st["copy"]
		copying.then["interrupt"] = "leaving"
		st["leaving"] = leaf{screen: leaving, then: map[string]string{"answer(false,0,)": "copy",
			"answer(true,0,)": "left 3"}}
		signals := make(chan screen.Event, 1)
		in, typing := io.Pipe()
		out := &lookout{want: "Copy it as 7b5ea8.msi?", then: func() { signals <- screen.Interrupt{} }}
		asked := &lookout{want: "Leave marsfix?", then: func() { go func() { _, _ = io.WriteString(typing, input) }() }}
		w := st.walk("copy")
		o := Options{In: in, Text: io.MultiWriter(out, asked), Signals: signals}
		if _, err := runPlain(t.Context(), w, o); err != nil {
			t.Fatal(err)
		}
		if got := withoutTasks(w.seen()); got != want {
			t.Errorf("input %q gave %q, want %q\n%s", input, got, want, out.String())
		}
	}
}

func TestPlainTroubles(t *testing.T) {
	t.Run("nobody reads", func(t *testing.T) {
		r, w := io.Pipe()
		r.Close()
		_, err := runPlain(t.Context(), shortStory().walk("found"), Options{In: strings.NewReader(""), Text: w})
		if !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("error %v", err)
		}
	})
	t.Run("the input cannot be read", func(t *testing.T) {
		var b bytes.Buffer
		in := iotest.ErrReader(errors.New("bad handle"))
		code, err := runPlain(t.Context(), shortStory().walk("copy"), Options{In: in, Text: &b})
		if err != nil || code != 3 || !strings.Contains(b.String(), "cannot read an answer: bad handle") {
			t.Errorf("code %d, %v\n%s", code, err, &b)
		}
	})
	t.Run("a defect", func(t *testing.T) {
		w := &fakeWalk{begin: []screen.Task{func() screen.Event { panic("defect in a task") }}, screen: lookingScreen()}
		_, err := runPlain(t.Context(), w, Options{In: strings.NewReader(""), Text: io.Discard})
		var p *Panic
		if !errors.As(err, &p) || !strings.Contains(string(p.Stack), "TestPlainTroubles") {
			t.Errorf("error %v", err)
		}
	})
	t.Run("given up from outside", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		in, _ := io.Pipe()
		_, err := runPlain(ctx, shortStory().walk("copy"), Options{In: in, Text: io.Discard})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
	})
}

// TestLinesAreBounded: however long a line is, only its beginning is kept, and the next line is whole.
func TestLinesAreBounded(t *testing.T) {
	r := bufio.NewReader(strings.NewReader(strings.Repeat("y", 10*longestLine) + "\r\nnext"))
	if line, err := readLine(r); err != nil || len(line) != longestLine {
		t.Errorf("%d bytes, %v", len(line), err)
	}
	if line, err := readLine(r); err != nil || line != "next" {
		t.Errorf("then %q, %v", line, err)
	}
	if _, err := readLine(r); err != io.EOF {
		t.Errorf("then %v", err)
	}
}
