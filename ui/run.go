package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/charmbracelet/bubbletea"

	"marsfix/steps/screen"
	"marsfix/ui/mute"
)

// The toolkit has been initialised by now, and has asked nothing.
func init() { mute.End() }

// runScreens shows the walk as screens until it is left, then prints its summary below, and returns its exit code.
// Standard input and the output are terminals.
func runScreens(ctx context.Context, w Walk, o Options) (code int, err error) {
	if o.Output == nil {
		o.Output = os.Stdout
	}
	m := newModel(ctx, w, o)
	var out io.Writer = m.glass
	if f, ok := o.Output.(*os.File); ok {
		out = pane{File: f, glass: m.glass}
	}
	p := tea.NewProgram(m, tea.WithAltScreen(), tea.WithoutSignalHandler(), tea.WithContext(ctx), tea.WithOutput(out))
	m.glass.tell = func() { go p.Send(seenMsg{}) }
	_, err = p.Run()
	m.close()
	switch {
	case m.crash != nil:
		return 0, m.crash
	case errors.Is(err, tea.ErrProgramPanic):
		return 0, &Panic{Value: err}
	case err != nil && ctx.Err() != nil:
		return 0, ctx.Err()
	case err != nil:
		return 0, fmt.Errorf("cannot use the terminal: %w", err)
	}
	return m.screen.Code, summarize(o.Output, append(w.Summary(), m.uncopied...), o.Closing, m.width)
}

// signalled is an event from outside the keyboard.
type signalled struct{ event screen.Event }

// listen waits for the next event from outside.
func (m *model) listen() tea.Cmd {
	if m.options.Signals == nil {
		return nil
	}
	return func() tea.Msg {
		select {
		case ev, open := <-m.options.Signals:
			if open {
				return signalled{ev}
			}
		case <-m.ctx.Done():
		}
		return nil
	}
}
