package ui

import (
	"reflect"
	"slices"
	"time"

	"github.com/charmbracelet/bubbletea"

	"marsfix/steps/screen"
)

// Nobody confirms what he has not seen. A key that commits counts once what it commits to has been on the screen for
// readable, and when no other key comes within alone of it, before or behind: keys that come in a bunch were pasted,
// held down or typed ahead. (A keyboard repeats a held key every 33 ms or so, after 250 ms to 1 s: the first repeat of
// a y would answer the next question if the second did not follow so soon.) What does not count is dropped and said,
// and the time begins anew. The same holds for the lines of the plain mode at a terminal, where a line counts from its
// end.
const (
	readable = 400 * time.Millisecond
	alone    = 50 * time.Millisecond
)

// dropping is what did not count of the answers to one question.
type dropping struct {
	dropped time.Time // when one was dropped last; zero: none was
	why     string    // what was said of it
}

// from is when answers begin to count to what can be read since a moment.
func (d *dropping) from(since time.Time) time.Time {
	if since.Before(d.dropped) {
		since = d.dropped
	}
	return since.Add(readable)
}

// drop notes an answer that does not count, one of a bunch or one that came too soon. One that follows a dropped one
// too soon is dropped for the same reason.
func (d *dropping) drop(now time.Time, why string, bunch bool) {
	if d.dropped.IsZero() || bunch {
		d.why = why
	}
	d.dropped = now
}

// asking is what can be committed to now, as it was drawn last.
type asking struct {
	dropping
	serial int
	about  *subject      // nil: nothing, or something lies over it
	held   *commit       // the key that counts unless another follows at once
	last   time.Time     // when the last key was done with
	spent  time.Duration // by the program until then
	ripe   time.Time     // when it will have been readable for long enough, as far as that is waited for
}

// subject is what is decided about, and the room in which it stands.
type subject struct {
	screen        screen.Screen
	width, height int
}

// commit is a key that commits, and what it gives to the walk.
type commit struct {
	key   string
	event screen.Event
	due   time.Time // when it will have stood alone for long enough
}

type (
	heldMsg struct{ commit *commit } // is due when a key has stood alone for long enough
	ripeMsg struct{ at time.Time }   // is due when what is asked has been readable for long enough
	seenMsg struct{}                 // says that it is on the screen now
)

// subject is what the frame that is drawn now can be committed to. What moves while marsfix works is no part of a
// question.
func (m *model) subject() *subject {
	if m.over != nil || m.width < leastWidth || m.height < leastHeight {
		return nil
	}
	if m.screen.Question == nil && !commits(m.screen) {
		return nil
	}
	s := &subject{screen: m.screen, width: m.width, height: m.height}
	s.screen.Doing, s.screen.Since, s.screen.Limit, s.screen.Progress = "", time.Time{}, 0, screen.Progress{}
	return s
}

// commits reports whether a screen has a key that commits.
func commits(sc screen.Screen) bool {
	return slices.ContainsFunc(sc.Actions, func(a screen.Action) bool { return a.Commits })
}

// weighs reports whether a key of the screen commits.
func weighs(sc screen.Screen, key string) bool {
	return slices.ContainsFunc(sc.Actions, func(a screen.Action) bool { return a.Key == key && a.Commits })
}

// noteSubject compares what is to be drawn with what was drawn before: what is new has not been seen.
func (m *model) noteSubject() {
	about, q := m.subject(), &m.asking
	if reflect.DeepEqual(about, q.about) {
		return
	}
	held := q.held
	if !q.dropped.IsZero() {
		m.status = "" // it was about what is gone
	}
	q.about, q.held, q.dropping = about, nil, dropping{}
	if about == nil {
		return
	}
	q.serial++
	if held != nil {
		m.drop(held.key, justAppeared(m.screen))
	}
}

// counts reports whether keys that commit count now, and since or from when; the zero time means that this is not known
// yet.
func (m *model) counts() (counts bool, from time.Time) {
	since, shown := m.glass.seen(m.asking.serial)
	if !shown || since.IsZero() || m.asking.about == nil {
		return false, time.Time{}
	}
	from = m.asking.from(since)
	return !m.options.clock().Now().Before(from), from
}

// commit takes a key that answers or commits, unless it comes too soon or in a bunch. To leave is no commitment: its
// question has to be on the screen, but for no time.
func (m *model) commit(key string, ev screen.Event) tea.Cmd {
	counts, _ := m.counts()
	_, shown := m.glass.seen(m.asking.serial)
	if !reflect.DeepEqual(m.subject(), m.asking.about) {
		shown = false // it has come with a key of the same moment and is not even drawn
	}
	heavy := weighs(m.screen, key)
	switch {
	case !shown, heavy && !counts:
		m.drop(key, justAppeared(m.screen))
	case heavy && m.sinceKey() < alone:
		m.drop(key, tooMany)
	default:
		m.asking.held = &commit{key: key, event: ev}
		return m.hold(m.asking.held)
	}
	return nil
}

// hold waits for the time in which no other key may follow.
func (m *model) hold(c *commit) tea.Cmd {
	c.due = m.options.clock().Now().Add(alone)
	return m.later(alone, heldMsg{c})
}

// noteKey notes that a key was done with.
func (m *model) noteKey() {
	m.asking.last, m.asking.spent = m.options.clock().Now(), m.spent+m.glass.writing()
}

// sinceKey is how long nobody has pressed a key. While the program works or the terminal takes a frame keys wait, and
// come afterwards as if they had been typed slowly: that time does not count.
func (m *model) sinceKey() time.Duration {
	return m.options.clock().Now().Sub(m.asking.last) - (m.spent + m.glass.writing() - m.asking.spent)
}

// drop says that a key did not count.
func (m *model) drop(key, why string) {
	q := &m.asking
	q.dropping.drop(m.options.clock().Now(), why, why == tooMany)
	q.held = nil
	m.status = pressAgain(q.why, key)
}

// clear takes away what was said last. That a key was dropped stays for a while: the rest of the bunch comes at once.
func (m *model) clear() {
	if now := m.options.clock().Now(); m.asking.dropped.IsZero() || now.Sub(m.asking.dropped) >= readable {
		m.status = ""
	}
}

// bunched drops a held key that another follows at once.
func (m *model) bunched() {
	if c := m.asking.held; c != nil {
		m.drop(c.key, tooMany)
	}
}

// stoodAlone gives the held key to the walk. Where its time ended late the whole program stood still, and keys that
// came meanwhile have not been read: they get the same time again.
func (m *model) stoodAlone(c *commit) tea.Cmd {
	switch {
	case c != m.asking.held:
		return nil
	case m.options.clock().Now().Sub(c.due) > alone/2:
		return m.hold(c)
	}
	m.asking.held = nil
	if typing(m.screen) {
		m.answer = newAnswer()
	}
	return m.handle(c.event)
}

// ripen has the frame drawn again when the keys that commit begin to count: only then they are in the footer.
func (m *model) ripen() tea.Cmd {
	counts, from := m.counts()
	if counts || from.IsZero() || from.Equal(m.asking.ripe) {
		return nil
	}
	m.asking.ripe = from
	return m.later(from.Sub(m.options.clock().Now()), ripeMsg{from})
}

// ripened is what was waited for with ripe.
func (m *model) ripened(msg ripeMsg) {
	if msg.at.Equal(m.asking.ripe) {
		m.asking.ripe = time.Time{}
	}
}

// later is a message after a while.
func (m *model) later(d time.Duration, msg tea.Msg) tea.Cmd {
	return func() tea.Msg {
		if m.options.clock().Wait(m.ctx, d) != nil {
			return nil // the walk is over
		}
		return msg
	}
}
