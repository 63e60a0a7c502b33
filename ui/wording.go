package ui

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"marsfix/steps/screen"
)

// What the interface itself says. Everything else comes from the walk.
const (
	program      = "marsfix"
	elevated     = "elevated"
	notElevated  = "not elevated"
	idLabel      = "Unique_ID"
	tempLabel    = "temp path"
	hintLabel    = "hint: "
	stopLabel    = "problem: "
	articleLabel = "KB 4020490: "
	noteLabel    = "note: "
	toDoLabel    = "to do: "
	shownAgain   = "read-only: this step can no longer be changed"
	moveWords    = "up/down to move, enter to choose"
	moreAbove    = "more above"
	moreBelow    = "more below"
	scrollKeys   = "up/down to scroll"
	pageKeys     = "pgup/pgdn to scroll" // up and down move in a list
	searching    = "searching"
	opening      = "opening the log"
	counting     = "counting lines"
	atEnd        = "no further match"
	searchFor    = "search for: "
	keysTitle    = "Keys"
	wordsTitle   = "Words"
	scrollHelp   = "scroll what does not fit the window"
	chooseHelp   = "move in the list; digits choose by number; pgup pgdn scroll"
	stopHelp     = "asks, then quits; twice within 2 seconds quits at once"
	emptyLog     = "the log is empty"
	askLabel     = "question: "
	answerYesNo  = "please answer y or n"
	takenAsNo    = "; that counts as no"
	tooMany      = "several keys came at once"
	tooManyLines = "several lines came at once"
	hasAppeared  = "the question has just appeared"
	noAnswer     = "pasted text is no answer"
)

// glossary are the words that an engineer may not know: a line each at 80 cells.
func glossary() []entry {
	return []entry{
		bind(nil, "Unique_ID", "the cached file's own name: 1 to 16 hex digits"),
		bind(nil, "package code, patch code", "how Windows Installer recognises an .msi, .msp"),
		bind(nil, "registration", "Windows Installer's record of what is installed"),
	}
}

// tagWords stand before a problem.
var tagWords = [...]string{screen.Note: noteLabel, screen.ToDo: toDoLabel, screen.Stop: stopLabel}

// viewWords are the witnesses' answers to the claim; without one, what they do to what was found.
func viewWords(sc screen.Screen) [3]string {
	if sc.Claim != "" {
		return [...]string{screen.Agrees: "yes", screen.Conflicts: "no", screen.Silent: "unknown"}
	}
	return [...]string{screen.Agrees: "agrees", screen.Conflicts: "conflicts", screen.Silent: "unknown"}
}

func stepWords(n int) string { return fmt.Sprintf("Step %d of 12", n) }

func roundWords(n int) string { return fmt.Sprintf("round %d", n) }

func copiedWords(fact string) string { return "copied " + fact }

func copyFailed(err error) string {
	return fmt.Sprintf("cannot copy: %v; it will stand in the closing summary instead", err)
}

// justAppeared says why a key came too soon.
func justAppeared(sc screen.Screen) string {
	if sc.Question == nil {
		return "this has just appeared"
	}
	return hasAppeared
}

// pressAgain says that a key was dropped.
func pressAgain(why, key string) string { return fmt.Sprintf("%s: press %s again", why, key) }

// answerAgain says that a line was dropped.
func answerAgain(why string) string { return why + ": answer again" }

// summaryLead is how many cells stand before a value of the summary: two blanks, a label, a blank.
const summaryLead = 2 + 10 + 1

// factLine is a fact in the summary, its label as wide as the walk's own.
func factLine(fact string) string { return fmt.Sprintf("  %-10s %s", "fact", fact) }

func logFailed(path string, err error) string {
	return fmt.Sprintf("cannot show \"%s\": %v", path, err)
}

// asked is a question of the plain mode, with the answers that fit. An answer is typed behind it.
func asked(prompt, answers string) string {
	if !strings.HasSuffix(prompt, "?") {
		answers = "(" + answers + ")" // it says itself what to type
	}
	return askLabel + prompt + " " + answers + ": "
}

func yesNo(verb string) string { return "y to " + verb + ", n or Enter for no" }

func answerNumber(n int) string { return fmt.Sprintf("please answer with a number from 1 to %d", n) }

func answerTyped(want string) string { return "please type " + want }

// inputEnded says that nobody can answer any more.
func inputEnded(err error) string {
	if errors.Is(err, io.EOF) {
		return "the input ended" + takenAsNo
	}
	return fmt.Sprintf("cannot read an answer: %v%s", err, takenAsNo)
}

// tooSmall is the sentence of a window in which nothing can be decided.
func tooSmall(w, h int) string {
	return fmt.Sprintf("marsfix needs a window of at least %dx%d, this is %dx%d. Ctrl+C twice leaves.", leastWidth,
		leastHeight, w, h)
}

// elapsed writes how long something runs, in whole seconds, and how long it may.
func elapsed(d, limit time.Duration) string {
	s := int(max(d, 0) / time.Second)
	if limit > 0 {
		return fmt.Sprintf("%d s of %d s", s, int(limit/time.Second))
	}
	if s >= 120 {
		return fmt.Sprintf("%d min %d s", s/60, s%60)
	}
	return fmt.Sprintf("%d s", s)
}

// progressWords writes how far a piece of work is.
func progressWords(p screen.Progress) string {
	s := fmt.Sprintf("%d %%  %s of %s", percent(p), bytesWords(p.Done), bytesWords(p.Total))
	if p.What != "" {
		s += "  " + p.What
	}
	return s
}

func percent(p screen.Progress) int {
	if p.Total <= 0 {
		return 0
	}
	return int(100 * min(max(float64(p.Done)/float64(p.Total), 0), 1))
}

func bytesWords(n int64) string {
	switch {
	case n < 1000*1000:
		return fmt.Sprintf("%.1f KB", float64(n)/1e3)
	case n < 1000*1000*1000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.2f GB", float64(n)/1e9)
}
