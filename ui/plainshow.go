package ui

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"marsfix/steps/screen"
)

// paper is where lines are printed. Nothing can be taken back on it, so nothing is printed twice for a step that
// stands.
type paper struct {
	out     io.Writer
	err     error // the first failure; nothing is printed after it
	step    int
	round   int
	printed map[string]bool
	id      string
	temp    string
	open    bool         // the last line has no end yet: a question stands, and what answers it is not seen here
	rows    []screen.Row // of the step before
	last    []screen.Row // of this step, as they were printed last
}

// print writes lines as they are.
func (p *paper) print(lines ...string) {
	if p.err != nil || len(lines) == 0 {
		return
	}
	text := strings.Join(lines, "\n") + "\n"
	if p.open {
		text, p.open = "\n"+text, false
	}
	p.write(text)
}

// prompt writes a question, behind which the answer is typed. At a terminal Enter ends its line.
func (p *paper) prompt(text string, terminal bool) {
	if p.open {
		text = "\n" + text
	}
	p.write(text)
	p.open = !terminal
}

func (p *paper) write(text string) {
	if p.err != nil {
		return
	}
	if _, err := io.WriteString(p.out, text); err != nil {
		p.err = fmt.Errorf("cannot print: %w", err)
	}
}

// once writes those of the lines that this step has not shown yet.
func (p *paper) once(lines ...string) {
	for _, l := range lines {
		if !p.printed[l] {
			p.printed[l] = true
			p.print(l)
		}
	}
}

// show prints what is new. What a step has found is printed when it has been found, not while marsfix looks.
func (p *plain) show() {
	sc, paper := p.screen, p.paper
	if sc.Left && (sc.Step != paper.step || sc.Round != paper.round) {
		return
	}
	if sc.Step != paper.step || sc.Round != paper.round {
		if paper.step > 0 {
			paper.print("")
		}
		paper.step, paper.round, paper.printed = sc.Step, sc.Round, map[string]bool{}
		paper.rows = paper.last
		p.asked = ask{}
		paper.print(stepWords(sc.Step) + ": " + sc.Title)
		if sc.Round > 1 {
			paper.once(roundWords(sc.Round))
		}
	}
	paper.once(indented(sc.Purpose)...)
	if sc.Finding != "" {
		paper.once(indented(sc.Finding)...)
	}
	if sc.Doing == "" {
		paper.found(sc)
	}
	for i, pr := range sc.Problems {
		tag := screen.Note
		if i == 0 {
			tag = sc.Tag
		}
		paper.once(problemLines(pr.OfWalk(sc.Label), tag)...)
	}
	p.doing()
}

// found prints what a step has found.
func (p *paper) found(sc screen.Screen) {
	if sc.Computer != "" && sc.Step == 1 {
		p.once(computerLine(sc))
	}
	if p.last = sc.Rows; !slices.Equal(p.rows, sc.Rows) { // steps that are not needed all give the same reason
		for _, r := range sc.Rows {
			p.once(indented(rowLine(r))...)
		}
	}
	for _, l := range sc.Excerpt {
		p.once(excerptLine(l))
	}
	p.once(indented(sc.Claim)...)
	for _, w := range sc.Witnesses {
		p.once(fmt.Sprintf("  %s: %s, %s", w.Who, viewWords(sc)[w.View], w.Says))
	}
	if sc.UniqueID != "" && sc.UniqueID != p.id {
		p.id = sc.UniqueID
		p.once("  " + idLabel + ": " + sc.UniqueID)
	}
	if sc.TempPath != "" && sc.TempPath != p.temp {
		p.temp = sc.TempPath
		if !rowOf(sc, sc.TempPath) {
			p.once("  " + tempLabel + ": " + sc.TempPath)
		}
	}
}

// rowOf reports whether a row tells of a value.
func rowOf(sc screen.Screen, value string) bool {
	return slices.ContainsFunc(sc.Rows, func(r screen.Row) bool { return r.Value == value })
}

func indented(s string) []string {
	if s == "" {
		return nil
	}
	return []string{"  " + s}
}

func computerLine(sc screen.Screen) string {
	line := "  computer: " + sc.Computer + ", " + notElevated
	if sc.Elevated {
		line = "  computer: " + sc.Computer + ", " + elevated
	}
	if sc.Label != "" {
		line += ", " + screen.Named(sc.Label)
	}
	return line
}

func rowLine(r screen.Row) string {
	if r == (screen.Row{}) {
		return ""
	}
	line := r.Label + ": " + r.Value
	if r.Label == "" { // more of the row above
		line = "  " + r.Value
	}
	if r.Note != "" {
		line += " (" + columns.ReplaceAllString(r.Note, ", ") + ")"
	}
	return line
}

// columns are the blanks between facts that stand side by side on a screen.
var columns = regexp.MustCompile(` {2,}`)

func excerptLine(l screen.LogLine) string {
	lead := "    "
	if l.Match {
		lead = "  > "
	}
	if l.Number > 0 {
		lead += number(l.Number) + "  "
	}
	return lead + l.Text
}

func problemLines(pr screen.Told, tag screen.Tag) []string {
	lines := []string{tagWords[tag] + pr.Message}
	if pr.Hint != "" {
		lines = append(lines, hintLabel+pr.Hint)
	}
	return lines
}

// throttle is what was last printed about running work, so that lines about it come seldom.
type throttle struct {
	step  int
	doing string
	began time.Time
	last  time.Time
	told  int // percent
}

const (
	sayLooking  = 2 * time.Second  // a look that is shorter is not spoken of
	sayProgress = 5 * time.Second  // between two lines of progress, unless
	sayPercent  = 25               // this much more is done
	sayAgain    = 30 * time.Second // between two lines of work without progress
)

// doing says what runs: a change to the computer at once, a look when it takes long, and now and then how far it is.
func (p *plain) doing() {
	sc, now := p.screen, time.Now()
	if sc.Doing == "" {
		p.throttle = throttle{}
		return
	}
	if p.throttle.doing != sc.Doing || p.throttle.step != sc.Step {
		p.throttle = throttle{step: sc.Step, doing: sc.Doing, began: now}
		if sc.State == screen.Acting {
			p.throttle.last = now
			p.paper.print("  " + sc.Doing)
		}
		return
	}
	if now.Sub(p.throttle.began) < sayLooking {
		return
	}
	done, since := percent(sc.Progress), now.Sub(p.throttle.last)
	running := elapsed(p.options.clock().Now().Sub(sc.Since), sc.Limit)
	switch {
	case sc.Progress.Total > 0 && (since >= sayProgress || done >= p.throttle.told+sayPercent):
		p.paper.print("  " + sc.Doing + ": " + progressWords(sc.Progress))
		p.throttle.last, p.throttle.told = now, done
	case sc.Progress.Total <= 0 && since >= sayAgain:
		p.paper.print("  " + sc.Doing + ": " + running)
		p.throttle.last = now
	}
}
