package screen

import (
	"fmt"
	"strings"
)

// Problem is something that is wrong. What to do about it is data: each face puts it into words of its own.
type Problem struct {
	Code    Code
	Message string // what, on which path, why
	Cure    string // what to do about it, wherever that is read: it names no key
	Then    Then   // how it goes on after that
	// Refused is the cure where marsfix runs as administrator already, and an administrator is refused as well; empty:
	// there is no other.
	Refused string
	// when the step's own action (s) is wanted beside that, "if the upgrade has ended"; only a face with keys tells it
	Offer string
}

// Then is how it goes on after the cure of a problem.
type Then uint8

const (
	Nothing    Then = iota // the cure says it all
	LookAgain              // look again, to see whether the cure has helped
	LookAside              // looking again offers to set a file aside and then to copy
	LookFirst              // looking again may be enough: the cure is for where it is not
	RunAgain               // the upgrade is run again
	StartAgain             // step 6 starts an installer again
	StartOther             // step 6 starts another installer; s is for something else
	CheckAgain             // step 9 looks at the package again
	GoOn                   // Enter leads on; the cure says to what
	Support                // Microsoft Support is the article's last word
)

// Key is the key that does it, empty where there is none. Such a key stands first in the footer.
func (t Then) Key() string { return thenKeys[t] }

var thenKeys = [...]string{LookAgain: "r", LookAside: "r", LookFirst: "r", RunAgain: "r", StartAgain: "s", StartOther: "esc",
	CheckAgain: "s", GoOn: "enter", Support: "s"}

// ending is what a face says of a Then: alone, and around a cure (%s).
type ending struct{ alone, around string }

func (e ending) of(cure string) string {
	if cure == "" {
		return e.alone
	}
	return fmt.Sprintf(e.around, cure)
}

const (
	aside    = "offers to set that file aside, and then to copy"
	support  = "contact Microsoft Support"
	runWords = "in its window press Next, then Upgrade"
)

// keyEndings are those of a face with keys.
var keyEndings = [...]ending{
	Nothing:    {"", "%s"},
	LookAgain:  {"press r to look again", "%s, then press r"},
	LookAside:  {"press r: marsfix " + aside, "%s, then press r: marsfix " + aside},
	LookFirst:  {"press r to look again", "press r to look again; if it stays so, %s"},
	RunAgain:   {"press r to run it again: " + runWords, "%s, then press r to run it again: " + runWords},
	StartAgain: {"press s to go back to step 6 and start the installer again", "%s, then press s to go back to step 6"},
	StartOther: {"press esc to start another installer in step 6",
		"%s, then press esc to start it in step 6"},
	CheckAgain: {"press s to go back to step 9: it looks at the file that is there now",
		"%s, then press s to go back to step 9"},
	GoOn: {"press Enter", "press Enter: %s"},
	Support: {support + "; press s for the support zip",
		"%s; " + support + "; press s for the support zip"},
}

// Told is a problem in the words of a face: what its hint says can be done where it is read.
type Told struct {
	Code    Code   `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"` // what to do next, ready to type
}

// Keyed is a problem in the words of a face with keys.
func (p Problem) Keyed() Told {
	hint := keyEndings[p.Then].of(p.Cure)
	if p.Offer != "" {
		if hint != "" {
			hint += "; "
		}
		hint += p.Offer + ", press s"
	}
	return Told{Code: p.Code, Message: p.Message, Hint: hint}
}

// Told is a problem in words that name no key. command is what looks again, ready to type.
func (p Problem) Told(command string) Told { return p.told(command, Supported("", "")) }

// OfWalk is Told where a walk tells it, on the computer with this label.
func (p Problem) OfWalk(label string) Told { return p.on(label, "") }

// OfEnding is OfWalk at the walk's end, where a zip for Microsoft Support may have been written; empty: none was.
func (p Problem) OfEnding(label, zip string) Told {
	if p.Then == GoOn {
		p.Cure = fmt.Sprintf("run %s again: %s", Command(label), p.Cure)
	}
	t := p.on(label, zip)
	told := strings.Contains(t.Hint, Command(label)) || strings.HasPrefix(t.Hint, "on ") // says itself where it is for
	if label != "" && t.Hint != "" && !told {
		t.Hint = onReal + t.Hint
	}
	return t
}

func (p Problem) on(label, zip string) Told {
	if p.Then == LookAside && label != "" { // on a new disk the file has not appeared yet
		p.Then = LookAgain
	}
	return p.told(Command(label), Supported(label, zip))
}

func (p Problem) told(command, supported string) Told {
	endings := [...]ending{
		Nothing:    {"", "%s"},
		LookAgain:  {"look again: " + command, "%s, then look again: " + command},
		LookAside:  {"look again: " + command + "; it " + aside, "%s, then look again: " + command + "; it " + aside},
		LookFirst:  {"look again: " + command, "look again: " + command + "; if it stays so, %s"},
		RunAgain:   {"run the upgrade again: " + runWords, "%s, then run the upgrade again: " + runWords},
		StartAgain: {"start the installer again with marsfix", "%s, then start the installer again with marsfix"},
		StartOther: {"start another installer with marsfix", "%s, then start the new one with marsfix"},
		CheckAgain: {"look again: " + command, "%s, then look again: " + command},
		GoOn:       {"", "%s"},
		Support:    {supported, "%s; " + supported},
	}
	return Told{Code: p.Code, Message: p.Message, Hint: endings[p.Then].of(p.Cure)}
}

// Named is a label as it is shown: what is behind its first word only tells how to walk there again.
func Named(label string) string {
	name, _, _ := strings.Cut(label, " ")
	return name
}

// Command is what walks on a computer with this label, ready to type.
func Command(label string) string {
	if label == "" {
		return "marsfix"
	}
	return "marsfix " + label
}

// Staying is a problem on a computer where nothing changes by itself: to look again helps nobody there, and what would
// have to be fetched from elsewhere can be had on a real computer only.
func (p Problem) Staying() Problem {
	switch {
	case p.Cure == "":
	case p.Then == LookFirst:
		p.Then = Nothing
	case p.Then == StartAgain, p.Then == StartOther:
		p.Cure = onReal + p.Cure
	}
	return p
}

// onReal begins a hint that is for a real computer, where it is read of a practice one.
const onReal = "on a real computer, "

// Supported is the article's last word. Only a real computer, which has no label, has something to send: the zip that
// was written, or the one that is still to be.
func Supported(label, zip string) string {
	const words = support + " and attach "
	switch {
	case label != "":
		return onReal + words + "the zip that this creates: marsfix bundle"
	case zip != "":
		return words + zip
	}
	return words + "the zip that this creates: marsfix bundle"
}
