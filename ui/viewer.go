package ui

import (
	"context"

	"github.com/charmbracelet/bubbletea"

	"marsfix/logscan"
	"marsfix/steps/screen"
)

// viewer lies over a step and shows a log around a place in it. It reads the lines that it shows and no others, so the
// log's size does not matter.
type viewer struct {
	ctx  context.Context    // ends with the viewer
	end  context.CancelFunc // of ctx
	keys keyMap
	ref  screen.LogRef
	mark string // what matched, to be marked in its line

	log    screen.Log
	pager  *logscan.Pager
	page   page
	height int // lines of log that fit
	left   int // first cell shown
	hit    int64
	found  string // what was searched for, marked in the line that holds it
	lines  int64  // how many the log has, 0 while nobody has counted

	field  field // what is being typed to search for
	asking bool
	serial int                // of the present search
	giveUp context.CancelFunc // ends it
	wait   string             // what runs in the background and keeps another search waiting; empty: nothing
	counts bool               // lines are counted, to number those in sight
	remark string
	broken string // why the log cannot be shown
}

// openedMsg is a log that was opened for a viewer, or why it was not.
type openedMsg struct {
	by    *viewer
	log   screen.Log
	pager *logscan.Pager
	err   error
}

func newViewer(ctx context.Context, keys keyMap, sc screen.Screen) *viewer {
	v := &viewer{keys: keys, ref: *sc.Log, hit: sc.Log.Offset, mark: sc.Log.Mark, wait: opening, height: 1}
	v.ctx, v.end = context.WithCancel(ctx)
	for _, l := range sc.Excerpt {
		if l.Match {
			v.mark = l.Text[l.MarkAt : l.MarkAt+l.Mark]
		}
	}
	return v
}

// open opens the log off the screen's thread: a disk may be slow.
func (v *viewer) open(openLog func(screen.LogRef) (screen.Log, error)) tea.Cmd {
	ref := v.ref
	return background(func() tea.Msg {
		log, err := openLog(ref)
		if err != nil {
			return openedMsg{by: v, err: err}
		}
		pager, err := logscan.NewPager(log.Reader, log.Size)
		return openedMsg{v, log, pager, err}
	})
}

// background is work off the screen's thread. A panic in it ends the program in good order, as one on that thread does.
func background(do func() tea.Msg) tea.Cmd {
	return func() (msg tea.Msg) {
		defer func() {
			if p := caught(recover()); p != nil {
				msg = outcome{crash: p}
			}
		}()
		return do()
	}
}

func (v *viewer) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case numberedMsg:
		if msg.by == v {
			v.numbered(msg)
		}
	case openedMsg:
		if msg.by != v {
			return closing(msg.log)
		}
		v.opened(msg)
	case foundMsg:
		if msg.by == v && msg.serial == v.serial {
			v.arrive(msg)
		}
	}
	return v.number()
}

// opened shows the place that the step speaks of, a third down the window.
func (v *viewer) opened(msg openedMsg) {
	v.wait, v.log, v.pager = "", msg.log, msg.pager
	if msg.err != nil {
		v.broken = logFailed(v.ref.Path, msg.err)
		return
	}
	if v.log.Size == 0 {
		v.broken = emptyLog
		return
	}
	if v.ref.Size == v.log.Size {
		v.lines = v.ref.Lines
	}
	v.page.know(v.ref.Offset, v.ref.Line)
	v.show(v.ref.Offset, v.height/3)
}

// show fills the window with the lines around a place, before of them above it.
func (v *viewer) show(offset int64, before int) {
	if v.pager == nil || v.broken != "" {
		return
	}
	if err := v.page.load(v.pager, offset, before, v.height); err != nil {
		v.broken = logFailed(v.ref.Path, err)
	}
}

func (v *viewer) busy() bool { return v.wait != "" || v.counts }

// typing reports whether keys are text.
func (v *viewer) typing() bool { return v.asking }

func (v *viewer) shut() {
	v.end()
	closeLog(v.log)
	v.log.Close = nil
}

// closing closes a log that nobody waits for any more, off the screen's thread: a disk may be slow.
func closing(l screen.Log) tea.Cmd {
	return func() tea.Msg {
		closeLog(l)
		return nil
	}
}

// closeLog closes a log, if it was opened.
func closeLog(l screen.Log) {
	if l.Close != nil {
		_ = l.Close() // opened for reading only: closing it can lose nothing, and the walk does not depend on it
	}
}
