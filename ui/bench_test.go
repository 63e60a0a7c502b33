package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"marsfix/steps"
)

// BenchmarkFrame is what a key costs: the walk's screen read again, cleaned, and drawn at 200x60.
func BenchmarkFrame(b *testing.B) {
	for _, name := range []string{"confirm", "excerpt", "crowded"} {
		b.Run(name, func(b *testing.B) {
			m := opened(&fakeWalk{screen: screens()[name]}, size{200, 60}, Options{})
			for b.Loop() {
				m.Update(outcome{event: steps.Press{Key: "x"}})
			}
		})
	}
}

// BenchmarkViewer is what a key costs in a log of a gigabyte, in lines of 100 bytes.
func BenchmarkViewer(b *testing.B) {
	sc := excerptScreen()
	sc.Log.Offset = 500 << 20
	m := opened(&fakeWalk{screen: sc}, size{200, 60}, Options{OpenLog: func(steps.LogRef) (Log, error) {
		return Log{Reader: endless{}, Size: 1 << 30}, nil
	}})
	m.keysFor("l")
	b.ReportAllocs()
	for b.Loop() {
		m.Update(tea.KeyMsg{Type: tea.KeyPgDown})
	}
}

// endless is a log that needs no room: the same line over and over.
type endless struct{}

var endlessLine = strings.Repeat("x", 99) + "\n"

func (endless) ReadAt(p []byte, off int64) (int, error) {
	for i := 0; i < len(p); {
		i += copy(p[i:], endlessLine[(off+int64(i))%100:])
	}
	return len(p), nil
}
