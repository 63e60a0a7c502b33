package ui

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"marsfix/logscan"
)

// numberedMsg is the number of the line that begins at an offset.
type numberedMsg struct {
	by     *viewer
	at     int64
	number int64
	err    error
}

// number has the lines in sight numbered, in the background, where no line in sight has a number: a jump leaves those
// that are known behind. All lines before them are counted then, a gigabyte in a second or so.
func (v *viewer) number() tea.Cmd {
	at := v.page.countable()
	if v.counts || v.pager == nil || v.broken != "" || at < 0 {
		return nil
	}
	v.counts = true
	ctx, log := v.ctx, v.log
	return background(func() tea.Msg {
		number, err := logscan.LineAt(ctx, log.Reader, log.Size, at)
		return numberedMsg{v, at, number, err}
	})
}

// numbered numbers the lines in sight if the one that was counted to is still among them.
func (v *viewer) numbered(msg numberedMsg) {
	v.counts = false
	switch {
	case errors.Is(msg.err, context.Canceled):
	case msg.err != nil:
		v.remark, v.page.uncountable = logFailed(v.ref.Path, msg.err), true
	case v.page.place(msg.at) >= 0:
		v.page.know(msg.at, msg.number)
		v.page.count()
	}
}
