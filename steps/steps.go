// Package steps is the article (Microsoft KB 4020490) as a program: its twelve steps, what each looks for on a
// computer, what it asks, what it changes, and the words for it.
//
// Data flows one way. The look of a step, in package look, asks a [computer.Looker] and returns [Facts]. The judge of
// the step, a pure function, says how the step stands. [Session] keeps facts and states, and answers each event with
// [Work] to be done and a [screen.Screen] to be shown. The package must never print, and nothing but [Do] touches the
// computer.
package steps

import (
	"context"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// The steps by name; their number on the screen is one more.
const (
	closeWizard = iota
	OpenLog
	searchLog
	locateLine
	noteID
	startInstaller
	openSetupLog
	findFolder
	checkPackage
	copyPackage
	CloseAgain
	RunUpgrade
	Count
)

// Facts is what a walk knows.
type Facts = look.Facts

// step is one step of the article. No step knows its neighbours.
type step struct {
	words *words
	// look asks the computer and returns the facts with this step's part renewed.
	look func(ctx context.Context, l computer.Looker, f Facts, e look.Env) Facts
	// judge says how the step stands. It is pure.
	judge func(f Facts, now time.Time) finding
	// show says what there is to see. It is pure.
	show func(f Facts) view
}

// skipped reports whether the step has nothing to do because nothing is lost: then it is done without a look.
func (st step) skipped(f Facts) bool { return st.words.skipped != "" && f.Needless() }

// judged is judge, and shown is show, for a step that may be skipped.
func (st step) judged(f Facts, now time.Time) finding {
	if st.skipped(f) {
		return finding{state: screen.Done}
	}
	return st.judge(f, now)
}

func (st step) shown(f Facts) view {
	if !st.skipped(f) {
		return st.show(f)
	}
	v := view{says: "Nothing to repair: " + st.words.skipped + ".", mood: screen.Good, came: "not needed",
		rows: []screen.Row{{Label: "reason", Value: f.Decision.Reason}, afterHealthy(f)}}
	if f.Decision.Other != "" {
		v.says, v.mood = "The update failed for another reason: "+st.words.skipped+".", screen.Warn
	}
	return v
}

// afterHealthy is what the engineer does where nothing is lost, told as soon as that is known.
func afterHealthy(f Facts) screen.Row {
	if f.Decision.Other != "" {
		return screen.Row{Label: "next",
			Value: "this article does not help here: look up that failure, or ask Microsoft Support"}
	}
	return screen.Row{Label: "next", Value: "run the update as usual"}
}

// article is the steps in their order. Nothing else knows that order.
var article = [Count]step{
	closeWizard:    {&wordsCloseWizard, look.CloseWizard, judgeCloseWizard, showCloseWizard},
	OpenLog:        {&wordsOpenLog, look.OpenLog, judgeOpenLog, showOpenLog},
	searchLog:      {&wordsSearchLog, look.SearchLog, judgeSearchLog, showSearchLog},
	locateLine:     {&wordsLocateLine, look.LocateLine, judgeLocateLine, showLocateLine},
	noteID:         {&wordsNoteID, look.NoteID, judgeNoteID, showNoteID},
	startInstaller: {&wordsStartInstaller, look.StartInstaller, judgeStartInstaller, showStartInstaller},
	openSetupLog:   {&wordsOpenSetupLog, look.OpenSetupLog, judgeOpenSetupLog, showOpenSetupLog},
	findFolder:     {&wordsFindFolder, look.FindFolder, judgeFindFolder, showFindFolder},
	checkPackage:   {&wordsCheckPackage, look.CheckPackage, judgeCheckPackage, showCheckPackage},
	copyPackage:    {&wordsCopyPackage, look.CopyPackage, judgeCopyPackage, showCopyPackage},
	CloseAgain:     {&wordsCloseAgain, look.CloseAgain, judgeCloseAgain, showCloseAgain},
	RunUpgrade:     {&wordsRunUpgrade, look.RunUpgrade, judgeRunUpgrade, showRunUpgrade},
}

// Title is what a step, counted from 0, is called, and what the article asks in it.
func Title(step int) (title, sentence string) {
	return article[step].words.title, article[step].words.article
}

// finding is how a step stands, and what can be done about it.
type finding struct {
	state    screen.State
	says     string           // the sentence that comes first on the screen; empty: the view's
	mood     screen.Tone      // of says
	declined string           // what is said first after an n
	toDo     bool             // the first problem is no failure, but a task of the normal course
	doing    string           // what marsfix does, for Looking
	limit    time.Duration    // how long that may take, 0 when nobody knows
	poll     time.Duration    // look again after this; 0: do not
	problems []screen.Problem // with a state of Failed or NeedsYou the first is what stops the step
	refused  bool             // leaving now counts as refused
	file     int              // which of the lost files it is about
	question *screen.Question
	answer   func(*Facts, screen.Answer) // takes the answer into the facts; nil: there is nothing to take
	then     outcome                     // what happens after the answer
	no       *action                     // what n does to a Confirm; nil: the step stays, and Enter asks again
	last     *action                     // what the last option of a Choose does instead; nil: it is one like the others
	enter    *action                     // what Enter does; nil on a step that is Done: go on
	click    bool                        // Enter plays a click in a window: only where the computer has a hand
	other    *action                     // what s does
	back     *action                     // what esc does; nil: the step before is shown
	again    func(*Facts)                // makes r forget something before it looks again; nil: nothing
}

// failed is how a step stands that a problem stops.
func failed(p screen.Problem) finding {
	return finding{state: screen.Failed, problems: []screen.Problem{p}}
}

// or adds what s does.
func (fd finding) or(other *action) finding {
	fd.other = other
	return fd
}

// action is what a key does beyond what it does on every step.
type action struct {
	verb string
	ask  string       // the question of a face without keys
	set  func(*Facts) // what it changes in the facts; nil: nothing
	then outcome
}

// outcome is what happens after an answer or an action. The zero value judges the step again.
type outcome struct {
	act        computer.Act
	look       bool
	to         int // the step to go to, with goBack
	transition transition
}

type transition uint8

const (
	stay     transition = iota
	goBack              // to an earlier step, which looks again
	newRound            // round again from step 2
	leave               // the walk is over
)

// view is what a step has to show.
type view struct {
	says      string      // the sentence that comes first: what was found and what it means
	mood      screen.Tone // of says
	came      string      // its result in a word or two, for the list of all steps
	claim     string      // the question that the witnesses answer
	rows      []screen.Row
	excerpt   []screen.LogLine
	witnesses []screen.Witness
	log       *screen.LogRef
	fact      string
	factName  string // what it is, for the footer: id, folder, path
}
