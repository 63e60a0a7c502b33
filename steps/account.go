package steps

import "marsfix/steps/screen"

// Account is how a walk stands, for what describes it afterwards: the journal, the report and the summary.
type Account struct {
	Facts       Facts
	Round, Step int // Step counts from 1
	Steps       [Count]StepAccount
	// the step's own, even after it was answered with no; nil while the screen asks whether to leave
	Question   *screen.Question
	Other      string // what s does; empty: nothing
	Code       int    // exit code of a walk that has been left, or would be left now
	HandedOver bool   // an elevated marsfix took the walk over
	Because    string // why there is another round than the first, in a sentence
	stop       stop   // what stopped the walk last, whatever was opened since
}

// StepAccount is how one step stands.
type StepAccount struct {
	Title    string
	State    screen.State
	Problems []screen.Problem
	stopped  bool // it failed or was refused: the first of its problems is why the walk is not done
}

// First is the first of the step's problems, nil when there is none.
func (s StepAccount) First() *screen.Problem {
	if len(s.Problems) == 0 {
		return nil
	}
	return &s.Problems[0]
}

// Account is the session as it stands.
func (s *Session) Account() Account {
	a := Account{Facts: s.facts, Round: s.round, Step: s.at + 1, Code: s.code, HandedOver: s.handedOver,
		Because: s.because, stop: s.stop}
	if !s.left {
		a.Code = s.codeNow()
	}
	if !s.quitting {
		a.Question = s.states[s.at].finding.question
	}
	if o := s.states[s.at].finding.other; o != nil {
		a.Other = o.verb
	}
	for i, st := range s.states {
		ps := st.finding.problems
		a.Steps[i] = StepAccount{Title: s.title(i), State: st.state, Problems: ps,
			stopped: len(ps) > 0 && (st.state == screen.Failed || st.finding.refused)}
	}
	return a
}

// Ending is Account without the list of the support zip, which may stand on the last screen and says nothing of how the
// upgrade ended.
func (s *Session) Ending() Account {
	if !s.facts.Choices.Packing {
		return s.Account()
	}
	c := *s
	c.facts.Choices.Packing, c.facts.Trouble = false, nil
	fd := judgeRunUpgrade(c.facts, c.facts.Upgrade.EndedAt)
	c.states[RunUpgrade] = stepState{state: fd.state, finding: fd}
	return c.Account()
}

// Standing is the first step that stopped the walk, counted from 1, and why, whatever was opened and closed since; no
// problem when none did.
func (a Account) Standing() (step int, p *screen.Problem) {
	for i, st := range a.Steps {
		if st.stopped {
			return i + 1, st.First()
		}
	}
	if p := a.stop.problem; p != nil && !a.Upgraded() {
		return a.stop.at + 1, p
	}
	return a.Step, nil
}

// Upgraded reports whether the last step is done: the upgrade was verified, or there was nothing to repair.
func (a Account) Upgraded() bool { return a.Steps[RunUpgrade].State == screen.Done }
