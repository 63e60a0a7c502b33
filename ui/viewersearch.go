package ui

import (
	"context"
	"errors"

	"github.com/charmbracelet/bubbletea"

	"marsfix/logscan"
	"marsfix/steps/screen"
)

// foundMsg is what a search came to: the offset of the line that holds the text, -1 when there is none.
type foundMsg struct {
	by     *viewer
	serial int
	at     int64
	err    error
}

// find searches from the line found last, in the background: a log may be large.
func (v *viewer) find(backwards bool) tea.Cmd {
	if v.pager == nil || v.broken != "" || v.wait != "" {
		return nil
	}
	if v.found == "" {
		v.askFor()
		return nil
	}
	v.serial++
	v.wait = searching
	ctx, cancel := context.WithCancel(v.ctx)
	v.giveUp = cancel
	log, from, text, serial := v.log, v.hit, v.found, v.serial
	return background(func() tea.Msg {
		defer cancel()
		at, err := search(ctx, log, text, from, backwards)
		return foundMsg{v, serial, at, err}
	})
}

// search has a pager of its own, since the one on the screen goes on being used meanwhile.
func search(ctx context.Context, log screen.Log, text string, from int64, backwards bool) (int64, error) {
	pager, err := logscan.NewPager(log.Reader, log.Size)
	if err != nil {
		return -1, err
	}
	if !backwards {
		lines, at, err := pager.Around(from, 0, 1)
		if err != nil {
			return -1, err
		}
		if at+1 >= len(lines) {
			return -1, nil
		}
		from = lines[at+1].Offset
	}
	return pager.Find(ctx, text, from, backwards)
}

// arrive shows what was found.
func (v *viewer) arrive(msg foundMsg) {
	v.wait = ""
	switch {
	case errors.Is(msg.err, context.Canceled):
	case msg.err != nil:
		v.remark = logFailed(v.ref.Path, msg.err)
	case msg.at < 0:
		v.remark = atEnd + ": " + v.found
	default:
		v.hit, v.left = msg.at, 0
		v.show(msg.at, v.height/3)
	}
}

// stop gives a search up.
func (v *viewer) stop() {
	v.giveUp()
	v.serial++
	v.wait, v.remark = "", ""
}
