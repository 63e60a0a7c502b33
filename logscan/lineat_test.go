package logscan

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
)

// A line has the number that the plain scan gives it, in whatever encoding, and where that changes too.
func TestLineAtAsPlain(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for i := range 200 {
		data := randomLog(r, 1+r.IntN(1500), i%3, i%4 == 0)
		for k, l := range plainLines(data) {
			got, err := LineAt(t.Context(), bytes.NewReader(data), int64(len(data)), int64(l.start))
			if err != nil || got != int64(k+1) {
				t.Fatalf("the line at %d has number %d, %v, want %d\nlog: %q", l.start, got, err, k+1, data)
			}
		}
	}
}

// Of a log of many pieces only what lies before the line is read.
func TestLineAtReadsUpToTheLine(t *testing.T) {
	line := strings.Repeat("x", 99) + "\n"
	log := &counting{ReaderAt: endless{[]byte(line), 1 << 30}}
	got, err := LineAt(t.Context(), log, 1<<30, 100*100_000)
	if err != nil || got != 100_001 {
		t.Errorf("number %d, %v", got, err)
	}
	if log.read.Load() > 20<<20 {
		t.Errorf("%d bytes read", log.read.Load())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := LineAt(ctx, log, 1<<30, 1<<29); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
}
