package ui

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strconv"
	"sync"
	"time"
)

// glass is the terminal that the screens are drawn on. It knows which of them has really been written to it, and when:
// the toolkit takes a frame from the model and writes it later, on a clock of its own.
//
// A frame says by a mark of no width behind its last line which asking it shows, and glass takes the mark out again.
// Reading it in what is written is the only way that needs no guess about the toolkit's clock: a frame that was
// replaced before its time is never written.
type glass struct {
	out   io.Writer
	clock Clock
	tell  func() // is called when an asking was written, on the toolkit's own thread: it must not wait for the toolkit

	mu    sync.Mutex
	shown int       // the asking written last, 0: none so far
	since time.Time // since when it can be read; zero while it is being written
	spent time.Duration
}

func newGlass(out io.Writer, clock Clock) *glass {
	return &glass{out: out, clock: clock, tell: func() {}}
}

// The mark is an application program command, a string that is for no terminal: the toolkit counts it as no cell.
const (
	markOn  = "\x1b_marsfix "
	markOff = "\x1b\\"
)

// withMark is a frame that shows an asking.
func withMark(frame string, asking int) string {
	return fmt.Sprint(frame, markOn, asking, markOff)
}

// withoutMark takes the mark out of what is to be written; asking is 0 where there was none.
func withoutMark(b []byte) (clean []byte, asking int) {
	before, rest, found := bytes.Cut(b, []byte(markOn))
	if !found {
		return b, 0
	}
	number, after, _ := bytes.Cut(rest, []byte(markOff))
	asking, err := strconv.Atoi(string(number))
	if err != nil {
		return b, 0 // not ours
	}
	return append(bytes.Clone(before), after...), asking
}

// Write writes to the terminal.
func (g *glass) Write(b []byte) (int, error) {
	clean, asking := withoutMark(b)
	g.begin(asking)
	began := g.clock.Now()
	if n, err := g.out.Write(clean); err != nil {
		return min(n, len(b)), err
	}
	if g.end(g.clock.Now(), began) {
		g.tell()
	}
	return len(b), nil
}

// begin notes what is going to be on the screen.
func (g *glass) begin(asking int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if asking != 0 && asking != g.shown {
		g.shown, g.since = asking, time.Time{}
	}
}

// end notes that it is there, and reports whether that is new.
func (g *glass) end(now, began time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.spent += now.Sub(began)
	if !g.since.IsZero() {
		return false
	}
	g.since = now
	return true
}

// writing is how long writing has taken so far.
func (g *glass) writing() time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.spent
}

// seen reports whether an asking is on the screen, and since when it can be read: the zero time while the terminal is
// taking it.
func (g *glass) seen(asking int) (since time.Time, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.since, asking != 0 && asking == g.shown
}

// pane is a glass over a real terminal: the toolkit asks it for its size and switches its modes.
type pane struct {
	*os.File
	*glass
}

func (p pane) Write(b []byte) (int, error) { return p.glass.Write(b) }
