package walk

import (
	"slices"
	"time"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/report"
	"marsfix/steps/screen"
)

// mostEvents bounds the events of one step: somebody may press "look again" for hours.
const mostEvents = 200

// timeline remembers every step as it was when it was left, with what was asked and answered on it. A step that is
// shown again renews its entry.
type timeline struct {
	begun    time.Time
	services []computer.Service // as the first look found them
	visits   []*visit
	last     screen.Screen // as it stands since the last event
	on       *visit        // whose screen that was
}

// visit is one step of one round.
type visit struct {
	entered, left time.Time
	screen        screen.Screen
	events        []report.Event
	more          int // events beyond mostEvents
	problem       screen.Code
}

// record notes an event and how the session stands after it; nil is the beginning.
func (t *timeline) record(now time.Time, s *steps.Session, ev screen.Event) {
	if ev == nil {
		t.begun = now
	} else if t.on != nil {
		t.recordInput(now, ev)
	}
	if t.services == nil {
		t.services = s.Facts().Services
	}
	sc := s.Screen()
	v := t.visit(sc.Round, sc.Step)
	if v == nil {
		v = &visit{entered: now, screen: sc}
		t.visits = append(t.visits, v)
	}
	if t.on != nil && t.on != v {
		t.on.left = now
	}
	if !sc.ReadOnly && !s.Facts().Choices.Packing {
		v.screen = sc
	}
	v.left = now
	v.recordScreen(now, t.last, sc)
	t.last, t.on = sc, v
}

func (t *timeline) visit(round, step int) *visit {
	i := slices.IndexFunc(t.visits, func(v *visit) bool { return v.screen.Round == round && v.screen.Step == step })
	if i < 0 {
		return nil
	}
	return t.visits[i]
}

// recordInput notes what the engineer, or the system, did on the step that was on the screen.
func (t *timeline) recordInput(now time.Time, ev screen.Event) {
	add := func(kind, text string) { t.on.add(now, kind, text) }
	switch ev := ev.(type) {
	case screen.Answer:
		if q := t.last.Question; q != nil {
			add(report.EventAnswered, answerWords(*q, ev))
		}
	case screen.Press:
		for _, a := range t.last.Actions {
			if a.Key == ev.Key && worthRecording(a) {
				add(report.EventPressed, a.Key+": "+a.Verb)
			}
		}
	case screen.Interrupt:
		add(report.EventPressed, "Ctrl+C")
	case screen.EndOfInput:
		add(report.EventLeft, "no answer came, so the walk ended here")
	case screen.Terminate:
		add(report.EventLeft, "the system asked marsfix to close")
	}
}

// worthRecording reports whether a key did more than turn to another step: the steps themselves show that.
func worthRecording(a screen.Action) bool {
	switch a.Key {
	case "enter":
		return a.Verb != "next" && a.Verb != "finish"
	case "r", "s":
		return true
	}
	return false
}

// answerWords is an answer in words.
func answerWords(q screen.Question, a screen.Answer) string {
	switch {
	case q.Kind == screen.Choose && a.Choice >= 0 && a.Choice < len(q.Options):
		return q.Options[a.Choice].Label
	case q.Kind == screen.Type:
		return `typed "` + screen.CleanText(a.Text) + `"`
	case a.Yes:
		return "yes"
	}
	return "no"
}

// problemKinds are the events of a problem, by how the screen presents it.
var problemKinds = [...]string{screen.Note: report.EventNote, screen.ToDo: report.EventToDo,
	screen.Stop: report.EventProblem}

// recordScreen notes a problem and a question when they are new on the screen.
func (v *visit) recordScreen(now time.Time, before, sc screen.Screen) {
	same := before.Round == sc.Round && before.Step == sc.Step
	if len(sc.Problems) > 0 && sc.Problems[0].Code != v.problem { // before the question, which is often about it
		v.problem = sc.Problems[0].Code
		v.add(now, problemKinds[sc.Tag], sc.Problems[0].Message)
	}
	if q := sc.Question; q != nil && (!same || before.Question == nil || before.Question.Prompt != q.Prompt) {
		v.add(now, report.EventAsked, q.Prompt)
	}
}

func (v *visit) add(now time.Time, kind, text string) {
	if len(v.events) >= mostEvents {
		v.more++
		return
	}
	v.events = append(v.events, report.Event{Time: report.Stamp(now), Kind: kind, Text: text})
}
