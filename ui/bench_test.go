package ui

import (
	"bytes"
	"fmt"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"marsfix/steps/screen"
)

// BenchmarkFrame is the drawing of one frame: what every key costs on the screen's thread. crowded has more than its
// window can show, so every way to draw it is tried.
func BenchmarkFrame(b *testing.B) {
	for _, at := range []size{{80, 24}, {200, 60}} {
		for _, name := range []string{"confirm", "excerpt", "crowded"} {
			b.Run(fmt.Sprintf("%dx%d/%s", at.w, at.h, name), func(b *testing.B) {
				m := newModel(b.Context(), &fakeWalk{screen: screens()[name]}, Options{Clock: testClock()})
				m.Init()
				m.Update(tea.WindowSizeMsg{Width: at.w, Height: at.h})
				if err := fits(ansi.Strip(m.View()), at.w, at.h); err != nil {
					b.Fatal(err)
				}
				b.ReportAllocs()
				for b.Loop() {
					m.draw()
				}
			})
		}
	}
}

// BenchmarkViewer is a page further down and up again in a log of 100 MB: it is read anew each time.
func BenchmarkViewer(b *testing.B) {
	line := []byte("MSI (s) (C0:E4) [09:27:14:308]: SOURCEMGMT: Looking for sourcelist for product {F0C3E5D1-1ADE-321E-8167-68EF0DE699A5}\r\n")
	log := bytes.Repeat(line, (100<<20)/len(line))
	sc := excerptScreen()
	sc.Log.Offset = int64(len(log)/len(line)/2) * int64(len(line))
	o := Options{Clock: testClock(), OpenLog: func(screen.LogRef) (screen.Log, error) {
		return screen.Log{Reader: bytes.NewReader(log), Size: int64(len(log))}, nil
	}}
	for _, at := range []size{{80, 24}, {200, 60}} {
		b.Run(fmt.Sprintf("%dx%d", at.w, at.h), func(b *testing.B) {
			m := newModel(b.Context(), &fakeWalk{screen: sc}, o)
			m.Init()
			m.Update(tea.WindowSizeMsg{Width: at.w, Height: at.h})
			v := newViewer(b.Context(), m.keys, m.screen)
			m.over = v
			m.Update(v.open(o.OpenLog)())
			first := m.View()
			down, up := tea.KeyMsg{Type: tea.KeyPgDown}, tea.KeyMsg{Type: tea.KeyPgUp}
			b.ReportAllocs()
			for b.Loop() {
				m.Update(down)
				if m.View() == first {
					b.Fatal("page down shows the same")
				}
				m.Update(up)
			}
		})
	}
}
