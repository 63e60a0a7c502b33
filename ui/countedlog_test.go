package ui

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"marsfix/steps/screen"
)

// counted is a log in memory that counts what is read of it.
type counted struct {
	*bytes.Reader
	read   atomic.Int64
	closed atomic.Int64
}

func (c *counted) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.Reader.ReadAt(p, off)
	c.read.Add(int64(n))
	return n, err
}

// numbered is a log of n lines that tell their number; every 1000th says needle.
func numbered(n int) *counted {
	var b bytes.Buffer
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "line %d of the log", i)
		if i%1000 == 0 {
			b.WriteString(", a Needle")
		}
		b.WriteString("\r\n")
	}
	return &counted{Reader: bytes.NewReader(b.Bytes())}
}

func (c *counted) open(screen.LogRef) (screen.Log, error) {
	return screen.Log{Reader: c, Size: c.Size(), Close: func() error { c.closed.Add(1); return nil }}, nil
}

// offset is where a line of a numbered log begins.
func (c *counted) offset(line int) int64 {
	all := make([]byte, c.Size())
	_, _ = c.Reader.ReadAt(all, 0)
	return int64(bytes.Index(all, fmt.Appendf(nil, "line %d ", line)))
}

// viewing is a step whose log's line 2500 is the match, with the viewer open over it.
func viewing(t *testing.T, c *counted) *model {
	t.Helper()
	sc := excerptScreen()
	// a walk tells of the words that matched, not of their line's beginning
	sc.Log.Offset, sc.Log.Line = c.offset(2500)+5, 2500
	sc.Excerpt = []screen.LogLine{{Number: 2500, Text: "line 2500 of the log", Match: true, MarkAt: 5, Mark: 4}}
	m := opened(&fakeWalk{screen: sc}, size{80, 24}, Options{OpenLog: c.open})
	m.keysFor("l")
	return m
}

// shown is the window as text, from the first line of the log to the last.
func shown(m *model) []string {
	lines := strings.Split(ansi.Strip(m.View()), "\n")
	return lines[2 : len(lines)-3]
}

// failing cannot be read.
type failing struct{}

func (failing) ReadAt([]byte, int64) (int, error) { return 0, errors.New("the disk is gone") }
