package steps

import (
	"slices"
	"strings"
	"time"

	"marsfix/steps/screen"
)

// press takes a key that the screen offers; any other does nothing.
func (s *Session) press(key string, now time.Time) []Work {
	if !s.offers(key) {
		return nil
	}
	if s.quitting {
		if key == "esc" || key == "n" {
			s.stayHere()
		}
		return nil
	}
	st := &s.states[s.at]
	switch key {
	case "q":
		s.quitting = true
	case "esc":
		if b := s.backAction(); b != nil {
			return s.perform(b, now)
		}
		return s.back(now)
	case "r":
		if st.finding.again != nil {
			st.finding.again(&s.facts)
		}
		if s.at == s.stop.at && s.at != RunUpgrade { // it stops again if it still has to
			s.stop = stop{}
		}
		s.forget(s.at)
		s.reached = s.at
		return s.arrive(s.at, now)
	case "s":
		return s.perform(st.finding.other, now)
	case "enter":
		return s.enter(now)
	}
	return nil
}

// backAction is what esc does in the step itself; nil: the step before is shown.
func (s *Session) backAction() *action {
	st := s.states[s.at]
	if s.readOnly() || st.state == screen.Looking || st.state == screen.Acting {
		return nil
	}
	return st.finding.back
}

// offers reports whether a key is in the footer now.
func (s *Session) offers(key string) bool {
	return slices.ContainsFunc(s.actions(), func(a screen.Action) bool { return a.Key == key })
}

// enter does the step's primary action.
func (s *Session) enter(now time.Time) []Work {
	st := &s.states[s.at]
	switch {
	case s.readOnly():
		return s.forward(now)
	case st.declined:
		st.declined, st.state = false, screen.Asking
		return nil
	case st.finding.enter != nil:
		return s.perform(st.finding.enter, now)
	case st.state == screen.Done && s.at == RunUpgrade:
		s.leave()
		return nil
	case st.state == screen.Done:
		return s.forward(now)
	}
	return nil
}

// forward goes on to the next step. Work that still polls for this one becomes stale.
func (s *Session) forward(now time.Time) []Work {
	s.busy = false
	return s.arrive(s.at+1, now)
}

// back shows the step before. A step that was looking looks again when it is reached again.
func (s *Session) back(now time.Time) []Work {
	s.busy = false
	failed := s.states[s.at].state == screen.Failed
	if s.states[s.at].state != screen.Done && !failed {
		s.states[s.at] = stepState{}
	}
	s.at--
	s.facts.Choices.Browse, s.facts.Choices.Browsed = "", nil // a list is left with its step
	if failed && !s.readOnly() {
		s.states[s.at] = stepState{} // the failure may come from what it found: it looks again
	}
	return s.arrive(s.at, now)
}

func (s *Session) perform(a *action, now time.Time) []Work {
	if a == nil {
		return nil
	}
	if s.at < s.reached {
		s.forgetAfter() // later steps rest on what this one found
	}
	if s.states[s.at].picked = false; a.set != nil {
		a.set(&s.facts)
	}
	return s.follow(a.then, now)
}

// answered takes an answer to the question on the screen.
func (s *Session) answered(a screen.Answer, now time.Time) []Work {
	if s.quitting {
		if !a.Yes {
			s.stayHere()
			return nil
		}
		if s.acting() {
			s.leaveAfter, s.quitting = true, false
			return nil
		}
		s.leave()
		return nil
	}
	st := &s.states[s.at]
	q := st.finding.question
	if q == nil || st.declined || st.state != screen.Asking || s.readOnly() {
		return nil
	}
	st.remark, st.picked = "", false
	switch q.Kind {
	case screen.Confirm:
		if no := st.finding.no; !a.Yes && no != nil {
			return s.perform(no, now)
		}
		if !a.Yes {
			st.declined, st.state = true, screen.NeedsYou
			return nil
		}
	case screen.Choose:
		if a.Choice < 0 || a.Choice >= len(q.Options) {
			return nil
		}
		if last := st.finding.last; last != nil && a.Choice == len(q.Options)-1 {
			return s.perform(last, now)
		}
	case screen.Type:
		if !strings.EqualFold(strings.TrimSpace(a.Text), q.Want) {
			st.remark = remarkTyped(a.Text, q.Want)
			return nil
		}
	}
	fd, in := st.finding, s.facts.Choices.Browse
	s.forgetAfter() // later steps rest on the old answer
	if fd.answer != nil {
		fd.answer(&s.facts, a)
	}
	if q.Kind == screen.Choose && s.facts.Choices.Browse == "" {
		s.pick, st.picked = s.pick.Then(q.Options[a.Choice].Label, in), true
	}
	return s.follow(fd.then, now)
}

// stayHere withdraws the question whether to leave, and forgets the Ctrl+C that raised it.
func (s *Session) stayHere() { s.quitting, s.interrupted = false, time.Time{} }

// forgetAfter makes every step behind the one on the screen look again.
func (s *Session) forgetAfter() {
	if s.at+1 < Count {
		s.forget(s.at + 1)
	}
	s.reached = s.at
}

// interrupt is Ctrl+C: it asks like q. A second one within two seconds leaves without asking, as soon as a running act
// has ended.
func (s *Session) interrupt(now time.Time) []Work {
	gone := now.Sub(s.interrupted)
	again := !s.interrupted.IsZero() && gone >= 0 && gone <= doublePress
	s.interrupted = now
	switch {
	case !again:
		s.quitting = true
	case s.acting():
		s.leaveAfter, s.quitting = true, false
	default:
		s.leave()
	}
	return nil
}
