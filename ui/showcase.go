package ui

import (
	"time"

	"marsfix/steps/screen"
)

// showcase is a walk through everything that the screens can draw, for the first look at a console: fonts, code pages
// and colours are seen there and nowhere else. Each line says what must be seen. It is drawn by the same code as every
// walk.
type showcase struct {
	marks marks
	looks [4]string // how good, warn, bad and here look, by name
	clock Clock
	began time.Time
	at    int
	left  bool
}

// NewShowcase is that walk as it has to look with these options.
func NewShowcase(o Options) Walk {
	t := &showcase{marks: newMarks(o.ASCII), clock: o.clock(),
		looks: [4]string{"green", "bold", "bold and red", "cyan"}}
	if (newStyles(o.Output, o.NoColor).good == role{}) {
		t.looks = [4]string{"like all other words", "bold", "bold", "bold"}
	}
	return t
}

func (t *showcase) Begin() []screen.Task {
	t.began = t.clock.Now()
	return nil
}

// Handle turns the pages. Every answer goes on to the next one.
func (t *showcase) Handle(ev screen.Event) []screen.Task {
	switch ev := ev.(type) {
	case screen.Press:
		switch ev.Key {
		case "esc":
			t.turn(-1)
		case "q":
			t.left = true
		default:
			t.turn(1)
		}
	case screen.Answer:
		t.turn(1)
	case screen.Interrupt, screen.EndOfInput, screen.Terminate:
		t.left = true
	}
	return nil
}

func (t *showcase) turn(by int) {
	t.at = max(t.at+by, 0)
	t.left = t.left || t.at == len(t.pages())
	t.began = t.clock.Now()
}

func (t *showcase) Summary() []string { return nil }

// Screen is the page on the screen, with what all pages share.
func (t *showcase) Screen() screen.Screen {
	pages := t.pages()
	sc := pages[min(t.at, len(pages)-1)]
	sc.Computer, sc.Label, sc.Round, sc.Step, sc.Left = "SRV-TOUR", "tour", 1, min(t.at, len(pages)-1)+1, t.left
	sc.Help = "Every line says what must be seen. What looks otherwise is worth a picture of the window, with its font and the answer of: chcp"
	for i, p := range pages {
		sc.List[i].Name = p.Title
		if i < t.at {
			sc.Track[i], sc.List[i].Came = screen.Done, "seen"
		}
	}
	if sc.Question == nil {
		sc.Actions = []screen.Action{{Key: "enter", Verb: "next"}}
	}
	if t.at > 0 {
		sc.Actions = append(sc.Actions, screen.Action{Key: "esc", Verb: "back"})
	}
	sc.Actions = append(sc.Actions, screen.Action{Key: "?", Verb: "help"}, screen.Action{Key: "q", Verb: "quit"})
	return sc
}

// pages are in the order in which they are shown; at most as many as a walk has steps.
func (t *showcase) pages() []screen.Screen {
	return []screen.Screen{t.tones(), t.tags(), t.widths(), t.asking(), t.choosing(), t.working()}
}

// tones is the one screen that has most: every mark, every tone, a match and the three views of witnesses.
func (t *showcase) tones() screen.Screen {
	m := t.marks
	const line = "this line has a > at its left, and its match stands in reverse"
	return screen.Screen{Title: "Marks and colours", State: screen.Done, Mood: screen.Good,
		Finding: "This is bold, behind a round mark; a rule above and one below reach from edge to edge.",
		Article: "This is fainter than the rest, and can be read all the same.",
		Rows: []screen.Row{
			{Label: "marks", Value: m.done + " " + m.ahead + " " + m.found + " " + m.open + " " + m.pointer + " " +
				m.rule + " " + m.dots,
				Note: "full and empty square, full and empty circle, arrow, line, dots"},
			{Label: "track", Value: "top right: done before the arrow, empty after it"},
			{Label: "good", Value: "the words at the right:", Note: t.looks[0], Tone: screen.Good},
			{Label: "warn", Value: "the words at the right:", Note: t.looks[1], Tone: screen.Warn},
			{Label: "bad", Value: "the words at the right:", Note: t.looks[2], Tone: screen.Bad},
		},
		Excerpt: []screen.LogLine{{Number: 41, Text: "this line has no mark"},
			{Number: 42, Text: line, Match: true, MarkAt: len("this line has a > at its left, and its "),
				Mark: len("match")}},
		Claim: "Do three answers look as they should?",
		Witnesses: []screen.Witness{{Who: "good", Says: t.looks[0], View: screen.Agrees},
			{Who: "warn", Says: t.looks[1], View: screen.Conflicts},
			{Who: "silent", Says: "faint", View: screen.Silent}},
		UniqueID: "7b5ea8", TempPath: `C:\1f2e3d4c`,
	}
}

func (t *showcase) tags() screen.Screen {
	return screen.Screen{Title: "What is wrong", State: screen.Failed, Mood: screen.Bad, Tag: screen.Stop,
		Finding: "The mark before this sentence is " + t.looks[2] + ".",
		Problems: []screen.Problem{
			{Message: "the word before this is " + t.looks[2],
				Cure: `a command stands whole, and can be copied: icacls "C:\Windows\Installer"`},
			{Message: "the word before this is " + t.looks[1]},
		},
	}
}

// widths has what takes more cells, or other ones, than its characters. Where a console draws it otherwise, the bars do
// not stand below each other.
func (t *showcase) widths() screen.Screen {
	rows := []screen.Row{{Label: "bars", Value: "the bars at the ends of these lines stand below each other:"}}
	for _, r := range []struct{ label, text string }{
		{"letters", "abcdefgh"}, {"marks", t.marks.done + t.marks.ahead + t.marks.found + t.marks.open +
			t.marks.pointer + t.marks.rule + "gh"},
		{"umlauts", "äöüßÉñøł"}, {"Greek", "αβγδεζηθ"}, {"Cyrillic", "абвгдежз"}, {"Chinese", "错误安装"},
		{"Japanese", "エラーで"}, {"composed", "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"},
	} {
		rows = append(rows, screen.Row{Label: r.label, Value: r.text + "|"})
	}
	rows = append(rows, screen.Row{Label: "long",
		Value: `C:\Users\Administrator.CONTOSO\AppData\Local\Temp\2f63d1cdbb7e4a3cd0a6d3c1e5f0a9b8\Installers\OBSAGENT.msi`,
		Note:  "shortened in the middle, if at all"},
		screen.Row{Label: "size", Value: "make the window smaller and larger: all is drawn anew, and nothing is left over"})
	return screen.Screen{Title: "Widths", State: screen.Done,
		Finding: "Nothing on this page is broken, doubled or shifted.", Rows: rows}
}

func (t *showcase) asking() screen.Screen {
	return screen.Screen{Title: "A question", State: screen.Asking,
		Finding: "The question stands at the foot; y counts once the footer shows it.",
		Question: &screen.Question{Kind: screen.Confirm, Prompt: "Is the arrow before this " + t.looks[3] +
			", and the question bold?", Verb: "go on",
			Yes: "goes on; pressed at once, held or pasted it does not", No: "goes on as well"},
		Actions: []screen.Action{{Key: "y", Verb: "go on", Commits: true}, {Key: "n", Verb: "go on"}},
	}
}

func (t *showcase) choosing() screen.Screen {
	return screen.Screen{Title: "A list", State: screen.Asking, Tag: screen.ToDo,
		Finding: "The chosen line has an arrow, and is " + t.looks[3] + ".",
		Problems: []screen.Problem{{Message: "move the arrow, then press Enter; the words before this are " +
			t.looks[3]}},
		Question: &screen.Question{Kind: screen.Choose, Prompt: "Do the arrow keys move it?", Verb: "choose",
			Options: []screen.Option{{Label: "the first", Note: "notes end at the right"},
				{Label: "the second", Note: "below each other"}, {Label: "the third"}}},
		Actions: []screen.Action{{Key: "enter", Verb: "choose", Commits: true}},
	}
}

// workLimit is how long the last page plays that something runs.
const workLimit = 8 * time.Second

func (t *showcase) working() screen.Screen {
	done := min(t.clock.Now().Sub(t.began), workLimit)
	sc := screen.Screen{Title: "Work", State: screen.Done,
		Finding: "The work has come to its end: nothing moves any more."}
	if done < workLimit {
		sc.State, sc.Finding = screen.Looking,
			"A sign turns at the foot without flickering, seconds count, and a bar grows."
		sc.Doing, sc.Since, sc.Limit = "playing that something runs", t.began, workLimit
		sc.Progress = screen.Progress{Done: int64(done / time.Millisecond), Total: int64(workLimit / time.Millisecond)}
	}
	return sc
}
