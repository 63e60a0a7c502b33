package ui

import "marsfix/steps/screen"

// told is a task's end in a story.
type told struct{ screen.Event }

// leaf is one state of a story: its screen, what events make of it, and the state that a task leads to.
type leaf struct {
	screen screen.Screen
	then   map[string]string // by the event's name
	task   string            // the state after a task that runs from here; empty: none runs
	hold   <-chan struct{}   // the task ends when this is closed; nil: at once
}

// story is a walk as a graph of states. "left N" ends it with that code.
type story map[string]leaf

// walk begins a story at a state. EndOfInput and Terminate end it with 3, as leaving does, or with 1 where a step has
// failed.
func (st story) walk(first string) *fakeWalk {
	at := first
	w := &fakeWalk{screen: st[first].screen, summary: []string{"the end"}}
	task := func(name string) []screen.Task {
		if st[name].task == "" {
			return nil
		}
		return []screen.Task{func() screen.Event {
			if st[name].hold != nil {
				<-st[name].hold
			}
			return told{screen.Press{Key: "task " + name}}
		}}
	}
	enter := func(name string) []screen.Task {
		at = name
		w.screen = st[name].screen
		return task(name)
	}
	w.begin = task(first)
	w.on = func(w *fakeWalk, ev screen.Event) []screen.Task {
		if t, ok := ev.(told); ok {
			if t.Event == (screen.Press{Key: "task " + at}) {
				return enter(st[at].task)
			}
			return nil
		}
		next := st[at].then[eventName(ev)]
		switch ev.(type) {
		case screen.EndOfInput, screen.Terminate:
			next = "left 3"
			if w.screen.State == screen.Failed {
				next = "left 1"
			}
		}
		switch next {
		case "":
			return nil
		case "left 0", "left 1", "left 3":
			w.screen.Left, w.screen.Code = true, int(next[5]-'0')
			return nil
		}
		return enter(next)
	}
	return w
}

// with is a screen with something changed.
func with(sc screen.Screen, change func(*screen.Screen)) screen.Screen {
	change(&sc)
	return sc
}

var (
	next    = screen.Action{Key: "enter", Verb: "next"}
	finish  = screen.Action{Key: "enter", Verb: "finish"}
	closeIt = screen.Action{Key: "enter", Verb: "close it", Commits: true, Ask: "Close the upgrade wizard now?"}
)

// shortStory is a walk of five steps: closing, searching, choosing, copying, finishing.
func shortStory() story {
	looking := onStep(3, "Search", "Search the log.", screen.Looking)
	looking.Doing, looking.Since = "searching", startedAt
	found := onStep(3, "Search", "Search the log.", screen.Done, next)
	found.Rows = []screen.Row{{Label: "matches", Value: "2", Note: "in 3 sessions"}, {}}
	choose := onStep(4, "Locate the line", "Locate the line.", screen.Asking,
		screen.Action{Key: "enter", Verb: "choose", Commits: true})
	choose.Excerpt = []screen.LogLine{{Number: 41, Text: "before"}, {Number: 42, Text: "Warning", Match: true}}
	choose.Question = &screen.Question{Kind: screen.Choose, Prompt: "Which one is it?",
		Options: []screen.Option{{Label: "7b5ea8.msi", Note: "line 42"}, {Label: "312c0.msi"}}}
	copying := with(confirmScreen(), func(sc *screen.Screen) {
		sc.State, sc.Question, sc.Doing, sc.Since = screen.Acting, nil, "copying and verifying", startedAt
	})
	copied := with(confirmScreen(), func(sc *screen.Screen) {
		sc.State, sc.Question, sc.Actions = screen.Done, nil, []screen.Action{next}
		sc.Rows = append(sc.Rows, screen.Row{Label: "verified", Value: "the copy is the original"})
	})
	last := onStep(12, "Run the upgrade", "Run the upgrade installer.", screen.Done, finish)
	last.UniqueID = "7b5ea8"
	return story{
		"wizard": {screen: with(needsYouScreen(), func(sc *screen.Screen) { sc.Actions = []screen.Action{closeIt} }),
			then: map[string]string{"enter": "looking"}},
		"looking": {screen: looking, task: "found"},
		"found":   {screen: found, then: map[string]string{"enter": "choose"}},
		"choose":  {screen: choose, then: map[string]string{"answer(false,0,)": "copy", "answer(false,1,)": "copy"}},
		"copy": {screen: confirmScreen(), then: map[string]string{"answer(true,0,)": "copying",
			"answer(false,0,)": "declined"}},
		"declined": {screen: with(confirmScreen(), func(sc *screen.Screen) {
			sc.State,
				sc.Question = screen.NeedsYou, nil
		})},
		"copying": {screen: copying, task: "copied"},
		"copied":  {screen: copied, then: map[string]string{"enter": "last"}},
		"last":    {screen: last, then: map[string]string{"enter": "left 0"}},
	}
}
