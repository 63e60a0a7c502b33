//go:build windows

// Command events is a program that draws: it says of every key, size and signal that it got one, in lines with terminal
// sequences.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"
)

type model struct{ lines []string }

type signalled string

func (m model) Init() tea.Cmd { return nil }

func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		m.lines = append(m.lines, "key "+msg.String())
	case tea.WindowSizeMsg:
		m.lines = append(m.lines, fmt.Sprintf("size %dx%d", msg.Width, msg.Height))
	case signalled:
		m.lines = append(m.lines, "signal "+string(msg))
		if string(msg) == syscall.SIGTERM.String() {
			return m, tea.Quit
		}
	}
	return m, nil
}

func (m model) View() string {
	rule := "\x1b[1m\x1b[36m" + strings.Repeat("=", 79) + "\x1b[0m"
	return "events\n" + rule + "\n" + strings.Join(m.lines, "\n")
}

func main() {
	p := tea.NewProgram(model{}, tea.WithoutSignalHandler())
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		for s := range signals {
			p.Send(signalled(s.String()))
		}
	}()
	if _, err := p.Run(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(7)
}
