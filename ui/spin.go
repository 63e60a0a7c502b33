package ui

import (
	"time"

	"github.com/charmbracelet/bubbles/spinner"
	tea "github.com/charmbracelet/bubbletea"
)

// spinEvery is the spinner's pace: twelve frames a second.
const spinEvery = 80 * time.Millisecond

// watch sees work begin and end: the spinner's clock is wound up a moment after the beginning, and not wound again once
// nothing runs. Nothing ticks while the engineer is waited for.
func (m *model) watch() tea.Cmd {
	running := m.screen.Doing != "" || m.over != nil && m.over.busy()
	switch {
	case !running:
		m.since, m.spins = time.Time{}, false
	case m.since.IsZero():
		m.since = time.Now()
		m.work++
		begun := spinMsg{m.work}
		return tea.Tick(spinAfter, func(time.Time) tea.Msg { return begun })
	}
	return nil
}

// startSpinner begins a spinner of its own, so that ticks of an earlier one mean nothing to it.
func (m *model) startSpinner(msg spinMsg) tea.Cmd {
	if m.since.IsZero() || msg.work != m.work {
		return nil
	}
	m.spins = true
	m.spinner = spinner.New(spinner.WithSpinner(spinner.Spinner{Frames: m.painter.marks.spin, FPS: spinEvery}))
	return m.spinner.Tick
}

// tick moves the spinner and looks at the work's progress.
func (m *model) tick(msg spinner.TickMsg) tea.Cmd {
	if !m.spins {
		return nil
	}
	var cmd tea.Cmd
	if m.spinner, cmd = m.spinner.Update(msg); cmd != nil {
		m.refresh()
	}
	return cmd
}

// spin is the spinner's present frame; empty while it is too soon for one.
func (m *model) spin() string {
	if !m.spins {
		return ""
	}
	return m.spinner.View()
}
