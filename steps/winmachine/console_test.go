package winmachine

import (
	"bytes"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// console is what ReadConsole gives, one string after the other; empty for Ctrl+C.
func console(lines ...string) *consoleInput {
	return &consoleInput{forget: func() error { return nil }, read: func(units []uint16) (uint32, error) {
		if len(lines) == 0 {
			return 0, errors.New("the console is gone")
		}
		n := copy(units, utf16.Encode([]rune(lines[0])))
		lines = lines[1:]
		return uint32(n), nil
	}}
}

// TestControlCIsNoEndOfInput: Go's own reading of a console takes it for one.
func TestControlCIsNoEndOfInput(t *testing.T) {
	got, err := io.ReadAll(console("", "jä\r\n", "", "", "\r\n", "y\r\n", "\x1a\r\n", "never read"))
	if err != nil || string(got) != "jä\r\n\r\ny\r\n" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := io.ReadAll(console("y\r\n")); err == nil || string(got) != "y\r\n" {
		t.Errorf("%q, %v", got, err)
	}
	small := make([]byte, 2) // smaller than a line
	c := console("abc\r\n")
	for _, want := range []string{"ab", "c\r", "\n"} {
		if n, err := c.Read(small); err != nil || string(small[:n]) != want {
			t.Errorf("%q, %v, want %q", small[:n], err, want)
		}
	}
}

// TestTypedInAConsole: characters that wait are told of, and neither keys that are let go of nor what is no key.
func TestTypedInAConsole(t *testing.T) {
	y := inputEvent{kind: 1, down: 1, key: 'Y', char: 'y'}
	let, shift, mouse, alt := y, y, y, inputEvent{kind: 1, key: 0x12, char: 'é'}
	let.down, shift.char, mouse.kind = 0, 0, 2
	for _, tt := range []struct {
		events []inputEvent
		want   bool
	}{{nil, false}, {[]inputEvent{let, shift, mouse}, false}, {[]inputEvent{let, y}, true}, {[]inputEvent{alt}, true},
		{slices.Repeat([]inputEvent{mouse}, mostEvents), true}} { // what lies behind is not seen
		c := consoleInput{peek: func(into []inputEvent) (uint32, error) { return uint32(copy(into, tt.events)), nil }}
		if got, err := c.Typed(); got != tt.want || err != nil {
			t.Errorf("%v: %v, %v", tt.events, got, err)
		}
	}
	c := console("yes\r\n")
	c.peek = func([]inputEvent) (uint32, error) { return 0, nil }
	if _, err := c.Read(make([]byte, 2)); err != nil {
		t.Fatal(err)
	}
	if got, err := c.Typed(); !got || err != nil {
		t.Errorf("of a line that is half read it tells %v, %v", got, err)
	}
	c.peek = func([]inputEvent) (uint32, error) { return 0, errors.New("the console is gone") }
	if _, err := c.Typed(); err == nil {
		t.Error("no error")
	}
}

// TestUntilEnter: a line is waited for, and nothing that was typed before; a signal ends it too.
func TestUntilEnter(t *testing.T) {
	const words = "press Enter to close"
	var out bytes.Buffer
	read := 0
	c := console()
	c.read = func(units []uint16) (uint32, error) {
		read++
		return uint32(copy(units, utf16.Encode([]rune("some words\r\n")))), nil
	}
	forgot := false
	c.forget = func() error { forgot = out.Len() == 0 && read == 0; return nil }
	untilEnter(c, &out, words, nil)
	if out.String() != "\n"+words+"\n" || read != 1 || !forgot {
		t.Errorf("%q, %d reads, forgot before %v", &out, read, forgot)
	}

	told := make(chan os.Signal, 1)
	told <- os.Interrupt
	never, _ := io.Pipe()
	untilEnter(never, &out, words, told)

	c = console("\r\n")
	c.forget = func() error { return errors.New("no console") }
	out.Reset()
	if untilEnter(c, &out, words, nil); out.Len() != 0 {
		t.Errorf("without a console it says %q", &out)
	}
	untilEnter(strings.NewReader("no line"), &out, words, nil)
}
