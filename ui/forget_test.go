package ui

import (
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"marsfix/steps/screen"
)

// keyboard is a terminal's input: what is typed comes at its time and waits until it is read or forgotten. Nobody waits
// for it: reading moves the clock's hands.
type keyboard struct {
	clock *tourClock
	mu    sync.Mutex
	typed []typed
	more  *sync.Cond
}

// typed is some text and when it comes.
type typed struct {
	at   time.Time
	text string
}

func newKeyboard(clock *tourClock) *keyboard {
	k := &keyboard{clock: clock}
	k.more = sync.NewCond(&k.mu)
	return k
}

// types has texts typed, each so long after the one before it, the first after now.
func (k *keyboard) types(pause time.Duration, texts ...string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	at := k.clock.Now()
	if n := len(k.typed); n > 0 && k.typed[n-1].at.After(at) {
		at = k.typed[n-1].at
	}
	for _, text := range texts {
		at = at.Add(pause)
		k.typed = append(k.typed, typed{at, text})
	}
	k.more.Signal()
}

// Read gives a line at a time, as a terminal does, when its end has come.
func (k *keyboard) Read(p []byte) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	var line string
	for !strings.HasSuffix(line, "\n") {
		for len(k.typed) == 0 {
			k.more.Wait()
		}
		next := &k.typed[0]
		if wait := next.at.Sub(k.clock.Now()); wait > 0 {
			k.clock.after(wait)
		}
		head, _, ended := strings.Cut(next.text, "\n")
		if ended {
			head += "\n"
		}
		line += head
		if next.text = next.text[len(head):]; next.text == "" {
			k.typed = k.typed[1:]
		}
	}
	return copy(p, line), nil
}

func (k *keyboard) Forget() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.typed = slices.DeleteFunc(k.typed, k.come)
	return nil
}

func (k *keyboard) Typed() (bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.ContainsFunc(k.typed, k.come), nil
}

func (k *keyboard) come(t typed) bool { return !t.at.After(k.clock.Now()) }

const (
	// person is between two lines of somebody who reads what he answers.
	person     = 700 * time.Millisecond
	earlyLine  = hasAppeared + ": answer again\n"
	manyLines  = tooManyLines + ": answer again\n"
	copyAsked  = "Copy it as 7b5ea8.msi?"
	copyEvents = "answer(true,0,) enter enter"
)

// TestLinesThatNobodyTyped: at a terminal a line counts that came when its question could have been read, and alone.
// Behind each torrent somebody answers no.
func TestLinesThatNobodyTyped(t *testing.T) {
	ms := time.Millisecond
	for _, c := range []struct {
		name   string
		play   func(k *keyboard)
		events string
		said   []string // once each
	}{
		{"a line before its time", func(k *keyboard) { k.types(readable-ms, "y\n") }, "", []string{earlyLine}},
		{"a line in its time", func(k *keyboard) { k.types(readable, "y\n") }, copyEvents, nil},
		{"a line that ends in time", func(k *keyboard) { k.types(readable/2, "y", "\n") }, copyEvents, nil},
		{"a line too soon behind a dropped one", func(k *keyboard) { k.types(300*ms, "y\n", "y\n", "y\n", "y\n") }, "",
			[]string{earlyLine}},
		{"lines without end", func(k *keyboard) {
			k.types(16*ms, slices.Repeat([]string{"y", "\n"}, 300)...)
		}, "", []string{manyLines}},
		{"a list pasted at once", func(k *keyboard) { k.types(2*readable, strings.Repeat("y\nyork\n", 1000)) }, "",
			[]string{manyLines}},
		{"names, a key every 10 ms", func(k *keyboard) {
			k.types(2*readable, "s")
			k.types(10*ms, slices.Repeat(strings.Split("ydney\nyork\ny\ns", ""), 50)...)
		}, "", []string{manyLines}},
		{"a y with a long name right behind it", func(k *keyboard) {
			k.types(2*readable, "y\n")
			k.types(10*ms, strings.Split("the-file-server-of-the-branch-in-york\n", "")...)
		}, "", []string{manyLines}},
		{"a y with a line end of two characters", func(k *keyboard) { k.types(2*readable, "y\r\n") }, copyEvents, nil},
		{"early, then in time", func(k *keyboard) { k.types(person/2, "y\n"); k.types(person, "y\n") }, copyEvents,
			[]string{earlyLine}},
		{"what does not fit, and y too soon behind it", func(k *keyboard) {
			k.types(person, "what\n")
			k.types(2*alone, "y\n")
		}, "", []string{answerYesNo, earlyLine}},
		{"early twice, apart", func(k *keyboard) {
			k.types(ms, "y\n")
			k.types(person, "y\nyork\n")
		}, "", []string{earlyLine, manyLines}},
	} {
		t.Run(c.name, func(t *testing.T) {
			clock := &tourClock{now: startedAt}
			k, w := newKeyboard(clock), shortStory().walk("copy")
			out := &lookout{want: copyAsked, then: func() { c.play(k); k.types(person, "n\n") }}
			code, err := runPlain(t.Context(), w, Options{In: k, Text: out, Clock: clock})
			want, wantCode := c.events, 0
			if want == "" {
				want, wantCode = "answer(false,0,) end", 3
			}
			if got := withoutTasks(w.seen()); err != nil || code != wantCode || got != want {
				t.Errorf("code %d, %v, events %q, want %q", code, err, got, want)
			}
			for _, line := range []string{earlyLine, manyLines, answerYesNo} {
				n := 0
				if slices.Contains(c.said, line) {
					n = 1
				}
				if strings.Count(out.String(), line) != n {
					t.Errorf("%q is not said %d times:\n%s", line, n, out)
				}
			}
		})
	}
}

// TestPlainForgetsWhatWasTypedBefore: at a terminal each question is answered by what was typed after it; other input
// is read as it comes.
func TestPlainForgetsWhatWasTypedBefore(t *testing.T) {
	clock := &tourClock{now: startedAt}
	in := newKeyboard(clock)
	in.types(0, "y\ny\ny\ny\n")
	typing := func(want, text string) io.Writer {
		return &lookout{want: want, then: func() { in.types(person, text); in.types(2*alone, "y\ny\ny\n") }}
	}
	out := io.MultiWriter(typing("Close the upgrade wizard now?", "what\n"), typing(answerYesNo+"\n"+askLabel, "y\n"),
		typing("Which one is it?", "2\n"), typing(copyAsked, "n\n"))
	w := shortStory().walk("wizard")
	code, err := runPlain(t.Context(), w, Options{In: in, Text: out, Clock: clock})
	const want = "enter enter answer(false,1,) answer(false,0,) end"
	if err != nil || code != 3 || withoutTasks(w.seen()) != want {
		t.Errorf("code %d, %v, events %q, want %q", code, err, withoutTasks(w.seen()), want)
	}
}

// TestAskOfSomebodyWhoReads: a question outside of a walk has the same rule.
func TestAskOfSomebodyWhoReads(t *testing.T) {
	ms := time.Millisecond
	for _, q := range []screen.Question{{Kind: screen.Confirm, Prompt: "Undo it?", Verb: "undo", Want: "y"},
		{Kind: screen.Type, Prompt: "type 7b5ea8 and press Enter", Want: "7b5ea8"}} {
		line := q.Want + "\n"
		for name, c := range map[string]struct {
			play func(k *keyboard)
			yes  bool
		}{
			"half typed ahead": {func(k *keyboard) { k.types(person, line[1:]) }, false},
			"typed ahead":      {func(k *keyboard) { k.types(-ms, line) }, false},
			"at once":          {func(k *keyboard) { k.types(ms, line) }, false},
			"a stream":         {func(k *keyboard) { k.types(100*ms, slices.Repeat([]string{line}, 100)...) }, false},
			"a paste":          {func(k *keyboard) { k.types(person, strings.Repeat(line, 9)) }, false},
			"a line, and more": {func(k *keyboard) { k.types(person, line); k.types(ms, "x") }, false},
			"a person":         {func(k *keyboard) { k.types(person, line) }, true},
		} {
			t.Run(name+", "+q.Want, func(t *testing.T) {
				clock := &tourClock{now: startedAt}
				k := newKeyboard(clock)
				if strings.HasPrefix(name, "half") {
					k.types(0, line[:1])
				}
				out := &lookout{want: q.Prompt, then: func() { c.play(k); k.types(person, "n\n") }}
				yes, err := putQuestion(t.Context(), q, newLineReader(t.Context(), k, clock), out)
				if yes != c.yes || err != nil {
					t.Errorf("yes %v, %v", yes, err)
				}
			})
		}
	}
}

// stubborn forgets nothing.
type stubborn struct{ io.Reader }

func (stubborn) Forget() error        { return errors.New("no such terminal") }
func (stubborn) Typed() (bool, error) { return false, nil }

// TestPlainThatCannotForget: an answer that may be one to something else is none.
func TestPlainThatCannotForget(t *testing.T) {
	in := stubborn{iotest.ErrReader(errors.New("nobody may read this"))}
	w := shortStory().walk("copy")
	var out strings.Builder
	_, err := runPlain(t.Context(), w, Options{In: in, Text: &out})
	if err == nil || !strings.Contains(err.Error(), "no such terminal") || w.seen() != "" {
		t.Errorf("%v, events %q\n%s", err, w.seen(), &out)
	}
	q := screen.Question{Kind: screen.Confirm, Prompt: "Undo it?", Verb: "undo"}
	if yes, err := putQuestion(t.Context(), q, newLineReader(t.Context(), in, testClock()), &out); yes || err == nil {
		t.Errorf("yes %v, %v", yes, err)
	}
}

// unsure cannot tell what was typed.
type unsure struct{ *keyboard }

func (unsure) Typed() (bool, error) { return false, errors.New("no such console") }

// TestPlainThatCannotTell: a line behind which there may be more is no answer either.
func TestPlainThatCannotTell(t *testing.T) {
	clock := &tourClock{now: startedAt}
	k, w := newKeyboard(clock), shortStory().walk("copy")
	out := &lookout{want: copyAsked, then: func() { k.types(person, "y\n") }}
	code, err := runPlain(t.Context(), w, Options{In: unsure{k}, Text: out, Clock: clock})
	if err != nil || code != 3 || withoutTasks(w.seen()) != "end" ||
		!strings.Contains(out.String(), "no such console") {
		t.Errorf("code %d, %v, events %q\n%s", code, err, withoutTasks(w.seen()), out)
	}
}
