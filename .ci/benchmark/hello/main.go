// Command hello is the smallest program on the whole screen that bubbletea allows, and counts keys: what the toolkit
// costs by itself.
package main

import (
	"fmt"
	"os"

	tea "github.com/charmbracelet/bubbletea"
)

type hello int

func (hello) Init() tea.Cmd { return nil }

func (h hello) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyMsg); ok {
		if k.String() == "q" {
			return h, tea.Quit
		}
		return h + 1, nil
	}
	return h, nil
}

func (h hello) View() string { return fmt.Sprintf("hello, world: %d keys", int(h)) }

func main() {
	if _, err := tea.NewProgram(hello(0), tea.WithAltScreen()).Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
