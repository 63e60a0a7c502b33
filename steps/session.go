package steps

import (
	"context"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// doublePress is how soon a second Ctrl+C must follow the first to leave without being asked.
const doublePress = 2 * time.Second

// Exit codes of a walk.
const (
	CodeGood   = 0 // upgraded and verified, or nothing to repair, or a restart is all that is left
	CodeFailed = 1 // a step stood failed or refused, or the upgrade failed
	CodeLeft   = 3 // left by the engineer otherwise
)

// LeftOr is the exit code for a failure: CodeLeft where it only comes of ctx having ended, otherwise code.
func LeftOr(ctx context.Context, code int) int {
	if ctx.Err() != nil {
		return CodeLeft
	}
	return code
}

// Session is the article as a state machine: events in, Work and a Screen out. It is pure: it asks no computer and no
// clock.
type Session struct {
	facts   Facts
	at      int // the step on the screen
	reached int // the furthest step of this round
	round   int
	because string // why there is another round than the first, in a sentence
	states  [Count]stepState
	attempt int // of the work that counts; every other result is stale
	busy    bool

	stop        stop        // what stopped the walk last and has not been mended since
	pick        screen.Pick // what was chosen last from a list
	quitting    bool
	leaveAfter  bool // leave as soon as the running act has ended
	interrupted time.Time
	left        bool
	handedOver  bool // an elevated marsfix took over, and has ended
	code        int
	hand        bool // marsfix can play the clicks in the wizard's window (practice)
	elevate     bool // it can start marsfix again elevated
}

// stepState is one step's place in a Session.
type stepState struct {
	state    screen.State
	finding  finding
	since    time.Time // when it began to look or act
	doing    string
	declined bool   // the question was answered with no
	remark   string // about the last answer
	picked   bool   // something was chosen from a list, and nothing else was done since
}

// stop is why a step did not go on.
type stop struct {
	at      int // counted from 0
	problem *screen.Problem
}

// NewSession begins at step 1, knowing only what was given.
func NewSession(given look.Given, hand, elevate bool) *Session {
	return &Session{facts: Facts{Given: given}, round: 1, hand: hand, elevate: elevate}
}

// Begin is the first work.
func (s *Session) Begin(now time.Time) []Work { return s.arrive(0, now) }

// Current reports whether work with this attempt still counts.
func (s *Session) Current(attempt int) bool { return s.busy && attempt == s.attempt && !s.left }

// Handle takes an event and returns what is to be done because of it. Work that was going on and is not Current any
// more is to be cancelled.
func (s *Session) Handle(ev screen.Event, now time.Time) []Work {
	if s.left {
		return nil
	}
	switch ev := ev.(type) {
	case Result:
		return s.result(ev, now)
	case screen.Interrupt:
		return s.interrupt(now)
	case screen.EndOfInput, screen.Terminate:
		s.leave()
	case screen.Answer:
		return s.answered(ev, now)
	case screen.Press:
		return s.press(ev.Key, now)
	}
	return nil
}

// acting reports whether the computer is being changed at this moment: nothing interrupts that.
func (s *Session) acting() bool { return s.states[s.at].state == screen.Acting }

// readOnly reports whether the step on the screen is only shown again: once the copy is made, or the upgrade begun, the
// answers before it cannot be changed.
func (s *Session) readOnly() bool {
	copied := s.facts.Copied() && s.reached >= copyPackage
	begun := s.facts.Upgrade.Begun && s.reached >= RunUpgrade
	return copied && s.at < copyPackage || begun && s.at < RunUpgrade
}

// arrive puts the cursor on a step and looks, unless it is done already.
func (s *Session) arrive(at int, now time.Time) []Work {
	s.at = at
	s.reached = max(s.reached, at)
	if s.states[at].state == screen.Done {
		return nil
	}
	s.states[at] = stepState{}
	return s.work(computer.ActNone, 0, now)
}

// work asks for a look or an act of the step on the screen.
func (s *Session) work(act computer.Act, after time.Duration, now time.Time) []Work {
	s.attempt++
	s.busy = true
	st := &s.states[s.at]
	if after == 0 {
		st.since = now
		st.state, st.doing, st.finding.limit = screen.Looking, article[s.at].words.looking, 0
		if act != computer.ActNone {
			st.state, st.doing, st.finding.problems = screen.Acting, ActDoing()[act], nil
		}
	}
	return []Work{{Round: s.round, Step: s.at + 1, Attempt: s.attempt, After: after, Act: act, Facts: s.facts}}
}

// result takes the result of work, unless it is stale.
func (s *Session) result(r Result, now time.Time) []Work {
	if !s.Current(r.Attempt) || r.Round != s.round || r.Step != s.at+1 {
		return nil
	}
	s.busy = false
	if r.leave {
		s.left, s.handedOver, s.code = true, true, r.code
		return nil
	}
	s.facts = r.Facts
	if r.act == computer.ActStart && !s.facts.Start.Found {
		s.stop = stop{}           // it stood in the way of an earlier start
		s.facts.Start.Since = now // hashing, copying and checking before the start do not count as waiting
	}
	work := s.judge(now)
	if s.leaveAfter {
		s.leave()
		return nil
	}
	return work
}

// judge lets the step on the screen say how it stands.
func (s *Session) judge(now time.Time) []Work {
	st := &s.states[s.at]
	fd := article[s.at].judged(s.facts, now)
	fd.problems = s.facts.About.Typed(fd.problems)
	if fd.back == nil {
		fd.back = rechoose(s.at, s.facts)
	}
	if fd.other == nil && fd.state == screen.Failed && len(fd.problems) > 0 {
		fd.other = wayBack(s.at, fd.problems[0].Then)
	}
	since, declined := st.since, st.declined && fd.question != nil
	if fd.state != screen.Looking || st.state != screen.Looking {
		since = now
	}
	*st = stepState{state: fd.state, finding: fd, since: since, doing: fd.doing, declined: declined, remark: st.remark,
		picked: st.picked}
	if fd.question != nil && declined {
		st.state = screen.NeedsYou
	}
	s.noteStop(fd)
	if fd.poll > 0 {
		return s.work(computer.ActNone, fd.poll, now)
	}
	return nil
}

// noteStop remembers why a step did not go on until it or a later step is done, so that whoever leaves later, even from
// another screen, is still told.
func (s *Session) noteStop(fd finding) {
	switch {
	case len(fd.problems) > 0 && (fd.state == screen.Failed || fd.refused):
		s.stop = stop{s.at, &fd.problems[0]}
	case fd.state == screen.Done && (s.at >= s.stop.at || s.at == noteID && s.facts.Needless()):
		s.stop = stop{}
	}
}

// follow does what an answer or an action asked for.
func (s *Session) follow(o outcome, now time.Time) []Work {
	switch {
	case o.transition == leave:
		s.leave()
		return nil
	case o.transition == goBack:
		s.forget(o.to)
		s.reached = o.to
		return s.arrive(o.to, now)
	case o.transition == newRound:
		s.beginRound()
		return s.arrive(OpenLog, now)
	case o.act != computer.ActNone:
		return s.work(o.act, 0, now)
	case o.look:
		return s.work(computer.ActNone, 0, now)
	}
	return s.judge(now)
}

// forget makes every step from the given one on look again.
func (s *Session) forget(from int) {
	for i := from; i < Count; i++ {
		s.states[i] = stepState{}
	}
}

// beginRound forgets what belongs to the last round, and keeps what was done.
func (s *Session) beginRound() {
	f := s.facts
	s.facts = Facts{Given: f.Given, About: f.About, Checks: f.Checks, Past: f.Copies(), Registration: f.Registration,
		Opened: f.Opened}
	s.facts.Choices.WizardLeft, s.facts.Choices.Seat = f.Choices.WizardLeft, f.Choices.Seat
	if f.Choices.Installer == f.Start.Program { // one of step 12 alone upgrades, and need not contain the lost file
		s.facts.Choices.Installer = f.Choices.Installer
	}
	s.round, s.because = s.round+1, look.Because(f)
	s.stop = stop{}
	s.reached = OpenLog
	s.forget(OpenLog)
}

// leave ends the walk.
func (s *Session) leave() { s.left, s.code = true, s.codeNow() }

// codeNow is the exit code of leaving now.
func (s *Session) codeNow() int {
	if s.states[RunUpgrade].state == screen.Done {
		return CodeGood
	}
	if f := s.facts; f.Choices.Packing && f.Upgrade.Judged {
		f.Choices.Packing, f.Trouble = false, nil // a zip, written or not, does not change how the upgrade ended
		if judgeRunUpgrade(f, f.Upgrade.EndedAt).state == screen.Done {
			return CodeGood
		}
		return CodeFailed
	}
	for i := range s.states {
		if s.states[i].state == screen.Failed || s.states[i].finding.refused {
			return CodeFailed
		}
	}
	if s.states[noteID].state == screen.Done && s.facts.Decision.Verdict == look.Healthy && !s.facts.EverCopied() &&
		s.round == 1 {
		return CodeGood
	}
	if s.stop.problem != nil { // also after a way back: what stopped the walk has not been mended
		return CodeFailed
	}
	return CodeLeft
}

// Facts is what the session knows, for the journal and the summary.
func (s *Session) Facts() Facts { return s.facts }
