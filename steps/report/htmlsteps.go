package report

import (
	"cmp"
	"fmt"
	"strings"

	"marsfix/steps/screen"
)

func (p sheet) steps(sts []Step) {
	p.Line("<h2>The twelve steps</h2>")
	for _, st := range sts {
		p.step(st)
	}
}

// step is what a step found, asked and did, or one line where it was not reached.
func (p sheet) step(st Step) {
	if st.Entered == "" && st.State != StateLooked {
		p.Put(`<div class="step off"><div class="head">`)
		p.Line(`<h3>{} {}</h3><span class="state">{}</span></div></div>`, stepNumber(st), st.Title, st.State)
		return
	}
	p.Line(`<section class="step">`)
	p.stepHead(st)
	class := "problem"
	if st.State == screen.Done.String() {
		class = "problem note" // what a step that is done tells of has stopped nothing
	}
	for _, t := range st.Problems {
		p.trouble(class, t)
	}
	p.found(st.Found, st.Witnesses)
	p.log(st.LogFile, st.Log)
	p.events(st.Events)
	p.Line("</section>")
}

func (p sheet) stepHead(st Step) {
	p.Put(`<div class="head"><h3>{} {}</h3>`, stepNumber(st), st.Title)
	if st.Entered != "" {
		p.Put(`<span class="quiet">{} to {}</span>`, clock(st.Entered), clock(st.Left))
	}
	words, tone := shownStates(st.State)
	p.Line(`<span class="state {}">{}</span></div>`, tone, words)
	p.Line(`<p class="quiet">{}</p>`, st.Article)
}

func (p sheet) found(rows []Row, ws []Witness) {
	if len(rows)+len(ws) == 0 {
		return
	}
	p.Line(`<table class="facts">`)
	for _, r := range rows {
		p.Put("<tr><th>{}</th><td>", r.Label)
		if r.Note != "" {
			p.Put("{} · ", r.Value)
			p.marked(r, r.Note)
		} else {
			p.marked(r, r.Value)
		}
		p.Line("</td></tr>")
	}
	for _, w := range ws {
		p.Line(`<tr><th>{}</th><td>{} <span class="{}">· {}</span></td></tr>`, w.Who, w.Says, viewTones(w.View), w.View)
	}
	p.Line("</table>")
}

// marked gives the state word of a row its tone in a text, as the screens do: without one all of it, and where it is
// not found, as in a text from which something was taken out, nothing.
func (p sheet) marked(r Row, text string) {
	word, tone := cmp.Or(r.Word, text), tones(r.Tone)
	before, after, found := strings.Cut(text, word)
	if !found || tone == "" {
		p.Put("{}", text)
		return
	}
	p.Put(`{}<span class="{}">{}</span>{}`, before, tone, word, after)
}

func (p sheet) log(file string, lines []Line) {
	if len(lines) == 0 {
		return
	}
	p.Line(`<p class="quiet"><code>{}</code></p>`, file)
	p.Line(`<div class="log">`)
	for _, ln := range lines {
		p.logLine(ln)
	}
	p.Line("</div>")
}

func (p sheet) logLine(ln Line) {
	p.Put("<div")
	if ln.Match {
		p.Put(` class="hit"`)
	}
	number := ""
	if ln.Number != 0 {
		number = fmt.Sprint(ln.Number)
	}
	// whatever the numbers say: a report may have been read from a file
	at := min(max(ln.MarkAt, 0), len(ln.Text))
	end := at + min(max(ln.Mark, 0), len(ln.Text)-at)
	p.Put(`><span class="n">{}</span>{}`, number, ln.Text[:at])
	if end > at {
		p.Put("<mark>{}</mark>", ln.Text[at:end])
	}
	p.Line("{}</div>", ln.Text[end:])
}

func (p sheet) events(evs []Event) {
	if len(evs) == 0 {
		return
	}
	p.Line(`<table class="events">`)
	for _, ev := range evs {
		p.Line(`<tr><th>{}</th><td class="kind">{}</td><td>{}</td></tr>`, clock(ev.Time), ev.Kind, ev.Text)
	}
	p.Line("</table>")
}
