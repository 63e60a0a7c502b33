package ui

import (
	"context"
	"io"
	"slices"
	"time"

	"github.com/charmbracelet/bubbles/spinner"
	"github.com/charmbracelet/bubbletea"

	"marsfix/steps/screen"
)

// model is the screens' state. The frame is drawn when something has changed, not when the toolkit asks for it.
type model struct {
	ctx     context.Context
	walk    Walk
	options Options
	painter painter
	keys    keyMap
	glass   *glass

	screen        screen.Screen
	width, height int
	answer        answer
	beneath       []entry // the step's footer, while the question whether to leave has its own
	asking        asking
	scroll        int
	status        string
	uncopied      []string // lines for the summary: the facts that no clipboard took
	over          overlay  // what lies over the step; nil: nothing

	spinner spinner.Model
	since   time.Time // when the present work was first seen; zero while nothing runs
	work    int       // counts pieces of work: on Windows two may begin at one instant
	spins   bool      // it has run for long enough to be shown

	frame string
	spent time.Duration // taking messages and drawing
	crash *Panic
}

// overlay is a view that lies over the step until esc closes it.
type overlay interface {
	// press takes a key and reports whether the view is to be closed.
	press(k keyPress) (cmd tea.Cmd, closed bool)
	// take gets every message that is not a key.
	take(msg tea.Msg) tea.Cmd
	draw(p painter, width, height int, spin string) string
	// typing reports whether keys are text, q too.
	typing() bool
	// busy reports whether it looks for something, so that the spinner is to move.
	busy() bool
	// shut releases what it holds.
	shut()
}

// spinMsg is due when work has run for long enough to be shown.
type spinMsg struct{ work int }

// copiedMsg is what became of a fact that was to be copied.
type copiedMsg struct {
	fact string
	err  error
}

func newModel(ctx context.Context, w Walk, o Options) *model {
	var out io.Writer = io.Discard
	if o.Output != nil {
		out = o.Output
	}
	return &model{ctx: ctx, walk: w, options: o, keys: newKeyMap(), glass: newGlass(out, o.clock()),
		painter: painter{styles: newStyles(o.Output, o.NoColor), marks: newMarks(o.ASCII)}}
}

// Init begins the walk. Its first work runs while the first frame is drawn.
func (m *model) Init() (cmd tea.Cmd) {
	defer m.rescue(&cmd)
	return tea.Batch(m.after(m.walk.Begin()), m.listen(), m.watch())
}

// Update takes a message, and draws. A panic anywhere in it ends the program in good order.
func (m *model) Update(msg tea.Msg) (same tea.Model, cmd tea.Cmd) {
	same = m // also where a panic cuts the rest short
	if m.crash != nil {
		return same, nil
	}
	defer m.rescue(&cmd)
	began := m.options.clock().Now()
	cmd = m.take(msg)
	if m.crash != nil || m.screen.Left {
		return same, tea.Quit
	}
	m.draw()
	m.spent += m.options.clock().Now().Sub(began)
	return same, tea.Batch(cmd, m.watch(), m.ripen())
}

// View is the frame as it was drawn last, for the terminal.
func (m *model) View() string {
	if m.asking.about == nil {
		return m.frame
	}
	return withMark(m.frame, m.asking.serial)
}

// rescue turns a panic into the end of the program.
func (m *model) rescue(cmd *tea.Cmd) {
	if p := caught(recover()); p != nil {
		m.crash, m.frame, *cmd = p, "", tea.Quit
	}
}

// take gives a message to whom it concerns: what only an overlay asked for goes to the overlay.
func (m *model) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.resize(msg)
		return nil
	case tea.KeyMsg:
		return m.typed(msg)
	case outcome:
		if msg.crash != nil {
			m.crash, m.frame = msg.crash, ""
			return nil
		}
		return m.handle(msg.event)
	case signalled:
		m.close()
		return tea.Batch(m.handle(msg.event), m.listen())
	case heldMsg:
		return m.stoodAlone(msg.commit)
	case ripeMsg:
		m.ripened(msg)
		return nil
	case spinMsg:
		return m.startSpinner(msg)
	case spinner.TickMsg:
		return m.tick(msg)
	case copiedMsg:
		m.copied(msg)
		return nil
	}
	if m.over != nil {
		return m.over.take(msg)
	}
	if l, ok := msg.(openedMsg); ok && l.log.Close != nil {
		return closing(l.log) // the viewer that asked for it is gone
	}
	return nil
}

// resize takes the window's size. A terminal that does not know its own, such as a serial line, is taken for 80x24.
func (m *model) resize(msg tea.WindowSizeMsg) {
	m.width, m.height = msg.Width, msg.Height
	if m.width <= 0 || m.height <= 0 {
		m.width, m.height = 80, 24
	}
}

// copied tells whether a fact can be pasted now. One that cannot is kept for the summary, where it can be marked with
// the mouse.
func (m *model) copied(msg copiedMsg) {
	if msg.err == nil {
		m.status = copiedWords(msg.fact)
		return
	}
	m.status = copyFailed(msg.err)
	if line := factLine(msg.fact); !slices.Contains(m.uncopied, line) {
		m.uncopied = append(m.uncopied, line)
	}
}

// handle gives an event to the walk.
func (m *model) handle(ev screen.Event) tea.Cmd {
	if ev == nil || m.screen.Left {
		return nil
	}
	return m.after(m.walk.Handle(ev))
}

// after runs tasks and looks at what the walk has become.
func (m *model) after(tasks []screen.Task) tea.Cmd {
	m.refresh()
	cmds := make([]tea.Cmd, 0, len(tasks))
	for _, t := range tasks {
		cmds = append(cmds, func() tea.Msg { return perform(t) })
	}
	return tea.Batch(cmds...)
}

// refresh looks at the walk again. What was answered or scrolled so far is kept for as long as the question or the step
// is the same.
func (m *model) refresh() {
	old := m.screen
	m.screen = cleaned(m.walk.Screen(), m.options.ASCII)
	if old.Step != m.screen.Step || old.Round != m.screen.Round {
		m.scroll, m.status = 0, ""
	}
	if !sameQuestion(old.Question, m.screen.Question) {
		m.answer = newAnswer()
	}
	if q := m.screen.Question; q != nil && m.answer.choice >= len(q.Options) {
		m.answer.choice = max(len(q.Options)-1, 0)
	}
}

// sameQuestion reports whether what was typed or chosen so far still belongs to the question.
func sameQuestion(a, b *screen.Question) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Kind == b.Kind && a.Prompt == b.Prompt && a.Want == b.Want && len(a.Options) == len(b.Options)
}

// close takes the overlay away.
func (m *model) close() {
	if m.over != nil {
		m.over.shut()
		m.over = nil
	}
}

// draw makes the frame. Before the window's size is known there is none.
func (m *model) draw() {
	m.noteSubject()
	switch {
	case m.width == 0:
	case m.over != nil && m.width >= leastWidth && m.height >= leastHeight:
		m.frame = m.over.draw(m.painter.at(m.width), m.width, m.height, m.spin())
	default:
		m.frame, m.scroll = m.painter.frame(m.scene())
	}
}

// scene is the step as it stands.
func (m *model) scene() scene {
	sc := m.screen
	s := scene{screen: sc, width: m.width, height: m.height, answer: m.answer, keys: offered(sc, m.options),
		scroll: m.scroll, spin: m.spin(), status: m.status}
	if counts, _ := m.counts(); !counts {
		s.keys = unripe(sc, s.keys)
	}
	if !sc.Leaving {
		m.beneath = s.keys
	}
	s.beneath = m.beneath
	if sc.Doing != "" && !m.since.IsZero() {
		s.running = m.options.clock().Now().Sub(sc.Since)
		s.bar = time.Since(m.since) >= barAfter
	}
	return s
}
