package ui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"marsfix/steps/screen"
)

// keyboard is a terminal's input: what is typed waits until it is read or forgotten.
type keyboard struct {
	mu    sync.Mutex
	typed []byte
	more  *sync.Cond
}

func newKeyboard(typed string) *keyboard {
	k := &keyboard{typed: []byte(typed)}
	k.more = sync.NewCond(&k.mu)
	return k
}

func (k *keyboard) types(text string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.typed = append(k.typed, text...)
	k.more.Signal()
}

// Read gives a line at a time, as a terminal does.
func (k *keyboard) Read(p []byte) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for !bytes.Contains(k.typed, []byte("\n")) {
		k.more.Wait()
	}
	n := copy(p, k.typed[:bytes.IndexByte(k.typed, '\n')+1])
	k.typed = k.typed[n:]
	return n, nil
}

func (k *keyboard) Forget() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.typed = nil
	return nil
}

// TestPlainForgetsWhatWasTypedBefore: at a terminal each question is answered by what was typed after it; other input
// is read as it comes.
func TestPlainForgetsWhatWasTypedBefore(t *testing.T) {
	in := newKeyboard("y\ny\ny\ny\n")
	typing := func(want, text string) io.Writer {
		return &lookout{want: want, then: func() { in.types(text) }}
	}
	out := io.MultiWriter(typing("Close the upgrade wizard now?", "what\ny\ny\ny\n"),
		typing(answerYesNo+"\n"+askLabel, "y\ny\ny\n"), typing("Which one is it?", "2\ny\ny\n"),
		typing("Copy it as 7b5ea8.msi?", "n\ny\ny\n"))
	w := shortStory().walk("wizard")
	code, err := Plain(t.Context(), w, in, out, Options{Clock: testClock()})
	const want = "enter enter answer(false,1,) answer(false,0,) end"
	if err != nil || code != 3 || withoutTasks(w.seen()) != want {
		t.Errorf("code %d, %v, events %q, want %q", code, err, withoutTasks(w.seen()), want)
	}
	in = newKeyboard("y\n")
	asked := typing("Undo it?", "n\n")
	q := screen.Question{Kind: screen.Confirm, Prompt: "Undo it?", Verb: "undo"}
	if _, yes, err := putQuestion(t.Context(), q, in, asked); yes || err != nil {
		t.Errorf("yes %v, %v", yes, err)
	}
}

// stubborn forgets nothing.
type stubborn struct{ io.Reader }

func (stubborn) Forget() error { return errors.New("no such terminal") }

// TestPlainThatCannotForget: an answer that may be one to something else is none.
func TestPlainThatCannotForget(t *testing.T) {
	in := stubborn{iotest.ErrReader(errors.New("nobody may read this"))}
	w := shortStory().walk("copy")
	var out strings.Builder
	_, err := Plain(t.Context(), w, in, &out, Options{})
	if err == nil || !strings.Contains(err.Error(), "no such terminal") || w.seen() != "" {
		t.Errorf("%v, events %q\n%s", err, w.seen(), &out)
	}
	q := screen.Question{Kind: screen.Confirm, Prompt: "Undo it?", Verb: "undo"}
	if _, yes, err := putQuestion(context.Background(), q, in, &out); yes || err == nil {
		t.Errorf("yes %v, %v", yes, err)
	}
}
