package steps

import (
	"cmp"
	"slices"

	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// Screen is the session as it stands.
func (s *Session) Screen() screen.Screen {
	st := s.states[s.at]
	this := article[s.at]
	v := this.shown(s.facts)
	sc := screen.Screen{
		Computer: s.facts.About.Name, Label: s.facts.About.Label, Elevated: s.facts.About.Elevated,
		Step: s.at + 1, Round: s.round, Title: s.title(s.at), Article: this.words.article, Help: this.words.help,
		State: st.state, ReadOnly: s.readOnly(),
		UniqueID: s.facts.UniqueID(), TempPath: s.facts.Folder.Path,
		Rows: v.rows, Excerpt: v.excerpt, Claim: v.claim, Witnesses: v.witnesses, Log: v.log, Fact: v.fact,
		Problems: st.finding.problems, Tag: st.tag(), Left: s.left, Code: s.code,
	}
	switch s.at {
	case closeWizard:
		sc.Purpose = purpose
	case OpenLog:
		sc.Purpose = s.because
	default:
		if st.picked {
			sc.Purpose = s.pick.Says(st.state)
		}
	}
	sc.Finding, sc.Mood = s.says(st, v)
	for i := range s.states {
		sc.Track[i], sc.List[i] = s.states[i].state, s.entry(i)
	}
	if !s.readOnly() {
		s.situation(&sc, st)
	}
	if s.quitting {
		sc.Leaving, sc.Covered = true, sc.Question
		sc.Question = quitQuestion(s.facts, s.acting())
	}
	sc.Actions = s.actions()
	return sc.Cleaned()
}

// says is the sentence that comes first; empty before the first look of the step has ended.
func (s *Session) says(st stepState, v view) (string, screen.Tone) {
	fd := st.finding
	switch {
	case s.readOnly():
	case fd.state == screen.Pending:
		return "", screen.Plain
	case st.declined:
		return cmp.Or(fd.declined, notDone), screen.Plain
	case fd.says != "":
		return fd.says, fd.mood
	case st.tag() == screen.Stop && len(fd.problems) > 0:
		return stopped(s.facts, s.at, fd.problems[0]), screen.Bad
	}
	return v.says, v.mood
}

// tag is what the first problem of a step is to the engineer.
func (st stepState) tag() screen.Tag {
	switch {
	case st.state == screen.Failed || st.state == screen.Asking && st.finding.refused:
		return screen.Stop
	case st.state != screen.NeedsYou || st.declined:
		return screen.Note
	case st.finding.toDo:
		return screen.ToDo
	}
	return screen.Stop
}

// title is what a step is called: step 10 after the file that it copies.
func (s *Session) title(i int) string {
	from := cmp.Or(s.facts.File.Copied.From, s.facts.File.Source.Path)
	switch {
	case i != copyPackage || from == "":
		return article[i].words.title
	case len(s.facts.Lost()) > 1:
		return "Copy lost files"
	}
	return "Copy " + disk.Base(from)
}

// entry is a step in the list of all.
func (s *Session) entry(i int) screen.Entry {
	e := screen.Entry{Name: cmp.Or(article[i].words.short, s.title(i))}
	switch s.states[i].state {
	case screen.Done:
		e.Came = article[i].shown(s.facts).came
	case screen.Failed:
		e.Came = stoppedShort
	}
	return e
}

// situation adds what the step does or asks now.
func (s *Session) situation(sc *screen.Screen, st stepState) {
	if st.state == screen.Looking || st.state == screen.Acting {
		sc.Doing, sc.Since, sc.Limit = st.doing, st.since, st.finding.limit
		if st.state == screen.Looking {
			sc.Problems = st.finding.problems
		}
	}
	if s.leaveAfter {
		sc.Doing += leavingAfter
	}
	if st.finding.question != nil && st.state == screen.Asking {
		q := *st.finding.question
		if st.remark != "" {
			q.Prompt = st.remark + " " + q.Prompt
		}
		sc.Question = &q
	}
}

// actions is the footer, in order.
func (s *Session) actions() []screen.Action {
	if s.quitting {
		return []screen.Action{{Key: "y", Verb: "leave"}, {Key: "n", Verb: "stay"}, {Key: "esc", Verb: "stay"}}
	}
	var as []screen.Action
	st := s.states[s.at]
	looking := st.state == screen.Looking || st.state == screen.Acting || st.state == screen.Pending
	switch {
	case s.readOnly():
		as = append(as, screen.Action{Key: "enter", Verb: "next"})
	case looking:
	default:
		as = append(as, s.primary(st)...)
	}
	if s.at > 0 && st.state != screen.Acting && !(s.at == OpenLog && s.round > 1) {
		verb := "back"
		if b := s.backAction(); b != nil {
			verb = b.verb
		}
		as = append(as, screen.Action{Key: "esc", Verb: verb})
	}
	if !looking && !s.readOnly() {
		as = append(as, s.lookAgain(st)...)
	}
	v := article[s.at].shown(s.facts)
	if v.log != nil && st.state != screen.Acting {
		as = append(as, screen.Action{Key: "l", Verb: "log"})
	}
	if v.fact != "" && !looking && st.tag() == screen.Note { // where a step is stopped there is nothing to copy yet
		as = append(as, screen.Action{Key: "c", Verb: "copy " + cmp.Or(v.factName, "path")})
	}
	as = append(as, screen.Action{Key: "?", Verb: "help"}, screen.Action{Key: "q", Verb: "quit"})
	if ps := st.finding.problems; st.refuses() && len(ps) > 0 && !s.readOnly() {
		advisedFirst(as, ps[0].Then.Key())
	}
	return as
}

// refuses reports whether a step does not go on, or only against advice, which is typed.
func (st stepState) refuses() bool {
	return st.state == screen.Failed || st.state == screen.Asking && st.finding.question.Kind == screen.Type
}

// advisedFirst puts the key first that the hint of a problem tells to press.
func advisedFirst(as []screen.Action, key string) {
	slices.SortStableFunc(as, func(a, b screen.Action) int {
		switch {
		case a.Key == key && b.Key != key:
			return -1
		case b.Key == key && a.Key != key:
			return 1
		}
		return 0
	})
}

// primary is the step's own action or answers, and s.
func (s *Session) primary(st stepState) []screen.Action {
	var as []screen.Action
	q := st.finding.question
	switch {
	case st.declined:
		as = append(as, screen.Action{Key: "enter", Verb: "ask again"})
	case st.state == screen.Asking && q.Kind == screen.Confirm:
		no := cmp.Or(st.finding.no, &action{verb: "not now"})
		as = append(as, screen.Action{Key: "y", Verb: q.Verb, Commits: true}, screen.Action{Key: "n", Verb: no.verb})
	case st.state == screen.Asking && q.Kind == screen.Choose:
		as = append(as, screen.Action{Key: "enter", Verb: "choose", Commits: true})
	case st.state == screen.Asking:
		as = append(as, screen.Action{Key: "enter", Verb: q.Verb, Commits: true})
	case st.finding.enter != nil:
		if e := st.finding.enter; !st.finding.click || s.hand {
			as = append(as, screen.Action{Key: "enter", Verb: e.verb, Commits: true, Ask: e.ask})
		}
	case st.state == screen.Done && s.at == RunUpgrade:
		as = append(as, screen.Action{Key: "enter", Verb: "finish"})
	case st.state == screen.Done:
		as = append(as, screen.Action{Key: "enter", Verb: "next"})
	}
	if o := st.finding.other; o != nil {
		as = append(as, screen.Action{Key: "s", Verb: o.verb, Commits: true, Ask: o.ask})
	}
	return as
}

// lookAgain is r where looking again can change anything.
func (s *Session) lookAgain(st stepState) []screen.Action {
	acted := s.at == copyPackage && copiedAll(s.facts) || s.at == RunUpgrade && s.facts.Upgrade.Begun &&
		st.state == screen.Done
	stays := s.facts.About.Still && st.state == screen.Failed && st.finding.problems[0].Then.Key() != "r"
	if acted || stays || st.state == screen.Asking && st.finding.question.Kind == screen.Type {
		return nil
	}
	return []screen.Action{{Key: "r", Verb: "look again"}}
}
