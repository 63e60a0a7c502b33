// Package selfcheck asks a computer once, before anything is changed, what later steps will ask of it: the first walk
// on a server must not find out at step 10 that something cannot be asked there. It must never decide what a step does.
package selfcheck

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// Check is what came of one question.
type Check struct {
	Name   string `json:"name"`   // kebab-case, never changes
	OK     bool   `json:"ok"`     // it was asked, and answered
	Looked bool   `json:"looked"` // false: nobody could ask, or nobody tried; that is no failure
	Why    string `json:"why"`    // why not; empty when it is ok
	Means  string `json:"means"`  // what a failure will mean; empty otherwise
}

// Failed reports whether it was asked and not answered.
func (c Check) Failed() bool { return c.Looked && !c.OK }

// Untried is why none of the checks was tried; empty where one was.
func Untried(checks []Check) string {
	for _, c := range checks {
		if c.Looked {
			return ""
		}
	}
	if len(checks) == 0 {
		return ""
	}
	return checks[0].Why
}

// Words is the check in a sentence's words.
func (c Check) Words() string {
	switch {
	case c.OK:
		return c.Title() + " worked"
	case c.Looked:
		return c.Title() + " failed: " + c.Why
	}
	return c.Title() + " was not tried: " + c.Why
}

// Title is what the check tries, in words; the name of one that is not known.
func (c Check) Title() string {
	for _, q := range questions {
		if q.name == c.Name {
			return q.title
		}
	}
	return c.Name
}

// Options says whom to ask, and how far that may go.
type Options struct {
	About computer.About
	// Own is for making and removing a file in marsfix's own folder; nil: nothing may be written, and only the folder's
	// rights are looked at.
	Own   disk.Writer
	Limit time.Duration // for all questions together
}

// question is one that later steps will ask.
type question struct {
	name  string
	title string                              // what is tried, for people
	ask   func(*asker, context.Context) error // notAsked: nobody could ask it
	means string
}

// questions are in the order in which they are asked: what may take long, because a server has many products, comes
// last.
var questions = [...]question{
	{"processes", "listing running programs", (*asker).processes,
		"steps 1, 6, 11 and 12 cannot tell whether a wizard is open, and stop"},
	{"busy", "asking whether Windows Installer is busy", (*asker).busy,
		"step 10 cannot tell whether Windows Installer is busy, and copies nothing"},
	{"services", "asking for the services' state", (*asker).services,
		"step 12 cannot tell whether backups can run"},
	{"signature", "checking a signature", (*asker).signature,
		"the Unique_ID has to be typed in step 9, because the package's signature cannot be checked"},
	{"file-version", "reading a program's version", (*asker).fileVersion,
		"step 6 shows no version of the installer"},
	{"own-folder", "writing to marsfix's own folder", (*asker).ownFolder,
		"there is no journal for marsfix undo; steps 6 and 12 start the installer only after more has been typed"},
	{"products", "reading the registration", (*asker).products,
		"log and disk decide; step 9 asks for the Unique_ID"},
	{"package-code", "reading a package code", (*asker).packageCode,
		"step 9 cannot tell whether a package is the right one, and step 10 copies nothing"},
}

// Ask asks every question once, one after the other. Those that have no answer within the limit are told as not asked:
// a computer that is slow has not failed.
func Ask(ctx context.Context, l computer.Looker, o Options) []Check {
	limited, cancel := context.WithTimeout(ctx, o.Limit)
	defer cancel()
	a := &asker{Looker: l, about: o.About, own: o.Own}
	late := fmt.Errorf("no answer within %s", screen.Count(int64(o.Limit/time.Second), "second", "seconds"))
	checks := make([]Check, 0, len(questions))
	for _, q := range questions {
		c := Check{Name: q.name}
		err := computer.ErrSilent
		if o.About.Root == "" {
			err = within(limited, func() error { return q.ask(a, limited) }, late)
		}
		var not notAsked
		switch {
		case err == nil:
			c.OK, c.Looked = true, true
		case errors.Is(err, computer.ErrSilent):
			c.Why = "this is a folder, not a computer"
		case errors.As(err, &not):
			c.Why = string(not)
		case errors.Is(err, late) || limited.Err() != nil:
			c.Why = late.Error()
			late = errors.New("an earlier check has not finished")
		default:
			c.Looked, c.Why, c.Means = true, err.Error(), q.means
		}
		checks = append(checks, c)
	}
	return checks
}

// notAsked is why nobody could ask, or nobody tried.
type notAsked string

func (n notAsked) Error() string { return string(n) }

// within is what do comes to, or late when that takes longer than ctx; do goes on then. A panic of it is the caller's,
// who may have a screen to restore.
func within(ctx context.Context, do func() error, late error) error {
	if ctx.Err() != nil {
		return late
	}
	type outcome struct {
		err   error
		crash any
	}
	done := make(chan outcome, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- outcome{crash: fmt.Sprintf("%v\n%s", p, debug.Stack())}
			}
		}()
		done <- outcome{err: do()}
	}()
	select {
	case o := <-done:
		if o.crash != nil {
			panic(o.crash)
		}
		return o.err
	case <-ctx.Done():
		return late
	}
}
